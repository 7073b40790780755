"""Shared by tests of importers and exporters: drafts of a text, various sessions, and the expected drafts after a round trip."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem
from mltalks.text import sanitize

FOLDER = Path(__file__).parent / "data" / "foreign"


def found(importer: ModuleType, content: bytes | str) -> tuple[list[Draft], list[Problem]]:
    """Return the drafts and problems of a file."""
    some = content.encode() if isinstance(content, str) else content
    read = list(importer.read(Source(Path("in"), io.BytesIO(some))))
    return [one for one in read if isinstance(one, Draft)], [one for one in read if isinstance(one, Problem)]


def texts(problems: Iterable[Problem]) -> list[str]:
    """Return problems as a user reads them."""
    return [one.text() for one in problems]


_SIGNS = "{}\\\"@,;:%$#&_~^-`'()=+|/<>\n\r"
_CHARACTERS = st.one_of(
    st.sampled_from(_SIGNS + " aZé九ü"),
    st.characters(codec="utf-8", exclude_categories=["Cs"]),
)


def _one_line(text: str) -> str:
    return " ".join(sanitize.shown(" ".join(text.split())).split())


TRAPS = st.sampled_from([
    "END:VEVENT", "ER  - ", "TY  - CONF", "}}, @misc{evil, title={x}}", "a and b", "Others", "a, b", "@string{a = 1}", "\\", "{",
    "}", "-- ``x'' ---", "x\\newline{}y", "mltalks-event: x", "others", "A AND B", "1 x", "  - ", "https://example.org",
])  # fmt: skip
LINES = st.one_of(TRAPS, st.text(_CHARACTERS, min_size=1, max_size=20)).map(_one_line).filter(bool)
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
IDS = st.from_regex(r"[a-z0-9推][a-z0-9._推-]{0,8}", fullmatch=True).filter(lambda name: name == name.strip())
LINKS = st.sampled_from([
    "https://example.org/", "http://example.org/a_b~c--d?x=1&y=%20#z", "https://example.org/{a}\\\"'(b)", "https://例え.jp/推論",
])  # fmt: skip
DATES = st.one_of(
    st.dates(min_value=date(1970, 1, 1), max_value=date(2199, 12, 31)).map(date.isoformat),
    st.sampled_from(["2019-05-20T10:30", "2019-05-20T10:30+09:00", "2019-05-20T10:30+00:00"]),
)
_LISTS = st.lists(LINES, max_size=3, unique=True).map(tuple)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


EVENTS = st.builds(
    Event,
    id=IDS, name=LINES, series=LINES, year=st.integers(1970, 2199), full_name=_maybe(LINES), location=_maybe(LINES),
    start_date=_maybe(st.just("2019-05-20")), end_date=_maybe(st.just("2019-05-21")), url=_maybe(LINKS),
)  # fmt: skip


def _sessions(event: Event) -> st.SearchStrategy[Session]:
    return st.builds(
        Session,
        id=IDS, event=st.just(event.id), series=st.just(event.series), year=st.just(event.year), title=LINES,
        kind=st.sampled_from(KINDS), track=_maybe(LINES), room=_maybe(LINES), companies=_LISTS,
        speakers=st.lists(st.builds(Speaker, LINES, _maybe(LINES), _maybe(LINES)), max_size=3).map(tuple),
        keywords=_LISTS, keywords_ja=_LISTS, questions=_LISTS, questions_ja=_LISTS,
        track_inferred=_maybe(st.booleans()), themes=st.lists(IDS, max_size=3, unique=True).map(tuple),
        themes_inferred=st.just(()) | st.just(("inferred",)), summary=_maybe(PROSE), summary_ja=_maybe(PROSE),
        url=_maybe(LINKS), slides=_maybe(LINKS), paper=_maybe(LINKS), video=_maybe(LINKS), slides_public=_maybe(st.booleans()),
        organizations=_LISTS, source=_maybe(PROSE), source_note=_maybe(PROSE),
        doi=_maybe(st.sampled_from(["10.1145/3342195.3387514", "10.5555/a_b(c){d}", "10.1000/<x>~\\y"])),
        citation_key=_maybe(st.sampled_from(["müller:2021", "DBLP:conf/osdi/X22", "a_b"])),
        language=_maybe(st.sampled_from(["en", "ja", "pt-br"])), date=_maybe(DATES), minutes=_maybe(st.integers(1, 1440)),
        tags=st.lists(IDS, max_size=3, unique=True).map(tuple), mark=_maybe(st.sampled_from(MARKS)), note=_maybe(PROSE),
    )  # fmt: skip


def _programme(event: Event) -> st.SearchStrategy[tuple[Event, list[Session]]]:
    sessions = st.lists(_sessions(event), min_size=1, max_size=3, unique_by=lambda session: session.id)
    return st.tuples(st.just(event), sessions.map(lambda some: [_filed(one) for one in some]))


def _filed(session: Session) -> Session:
    """Return a session whose inferred themes are among its themes, as the catalogue has them."""
    return session._replace(themes=tuple(dict.fromkeys((*session.themes, *session.themes_inferred))))


PROGRAMMES = EVENTS.flatmap(_programme)
_DERIVED = ("series", "year", "companies", "themes_inferred")


def fields(session: Session) -> dict[str, Any]:
    """Return all fields of a session in a data file, which a round trip through each of these formats keeps."""
    values = {name: value for name, value in session._asdict().items() if name not in _DERIVED}
    values["themes"] = session.themes if set(session.themes) > set(session.themes_inferred) else []
    values["speakers"] = [
        {name: value for name, value in speaker._asdict().items() if value} for speaker in session.speakers
    ]
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {name: value for name, value in listed.items() if value not in (None, [])}


def event_fields(event: Event) -> Mapping[str, Any]:
    """Return the fields of an event that a round trip keeps: all but its id, which the session has, and its coverage."""
    names = (
        "name",
        "series",
        "year",
        "full_name",
        "location",
        "start_date",
        "end_date",
        "url",
        "journal",
        "collection",
    )
    return {name: value for name in names if (value := getattr(event, name)) not in (None, False)}
