"""Sessions as RIS records for reference managers: a line a tag.

Source: RIS Format Specifications, Research Information Systems (2001 and 2011). What has no tag of its own is a line U1
("user definable") that begins with `mltalks-`.
"""

from collections.abc import Iterable, Iterator, Mapping

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters import extra_fields
from mltalks.exchange.importers.ris import OWN_TAG
from mltalks.text import sanitize

_TAGGED = frozenset({"id", "doi", "language", "speaker"})


def write(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:
    """Yield the record of each session; `events` are those of the sessions by id."""
    for session in sessions:
        lines = [f"{tag}  - {value}" for tag, value in _tags(session, events.get(session.event)) if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _tags(session: Session, event: Event | None) -> Iterator[tuple[str, str]]:
    paper = session.kind == "paper"
    told = event or Event(session.event, session.event, session.series, session.year)
    names = [speaker.name for speaker in session.speakers]
    yield "TY", "CPAPER" if paper else "SLIDE"
    yield "ID", _one(session.id)
    yield "TI", _one(session.title)
    for name in names:
        yield "AU", _one(name)
    yield "M3", session.kind
    yield "T2", _one(told.full_name or told.name)
    yield "PY", str(session.year)
    yield "DA", _one(session.date or "")[:10].replace("-", "/")
    yield "CY", _one(told.location or "")
    yield "DO", _one(session.doi or "")
    yield "LA", _one(session.language or "")
    yield "UR", _one(session.paper or session.url or session.slides or session.video or "")
    yield "AB", _one(session.summary or "")
    for keyword in session.keywords:
        yield "KW", _one(keyword)
    tagged = set(_TAGGED)
    if any("," in name for name in names):  # would part the surname from the rest
        tagged.remove("speaker")
    if "\n" not in extra_fields.newlines(session.summary or ""):
        tagged.add("summary")
    for name, text in extra_fields.write(session, event, tagged):
        yield OWN_TAG, f"mltalks-{name}: {text}"


def _one(text: str) -> str:
    """Return a text on one line, so that it cannot begin another tag."""
    return sanitize.shown(text).strip()
