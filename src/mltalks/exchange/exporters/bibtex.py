"""Sessions as BibTeX entries that hold all of them: what BibTeX has no field for stands in x-mltalks- fields, which it ignores.

Source: Oren Patashnik, BibTeXing (1988); Philipp Lehman, The biblatex Package, 2 (eventtitle, eventdate, venue, language).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mltalks.dataset.model import Event, Session
from mltalks.exchange.exporters import extra_fields
from mltalks.exchange.exporters.latex import escaped, key_of
from mltalks.exchange.importers.bibtex import OWN_PREFIX
from mltalks.exchange.mapping import convert

_LIGATURE = re.compile(r"([-`'])(?=\1)")
_ODD = re.compile(r'[\\{}"]')
_GROUP = re.compile(r",|\band\b|\A\s*others\s*\Z", re.IGNORECASE)
_HELD = frozenset({
    "kind", "summary", "language", "date", "note", "speaker", "event-name", "event-year", "event-start", "event-end",
    "event-location",
})  # fmt: skip


def write(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:
    """Yield the entry of each session; `events` are those of the sessions by id."""
    taken: set[str] = set()
    for session in sessions:
        key = key_of(session.id)
        while key.lower() in taken:  # BibTeX takes keys that differ in case for the same
            key += "-"
        taken.add(key.lower())
        fields = _fields(session, key, events.get(session.event))
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        yield f"@{'inproceedings' if session.kind == 'paper' else 'misc'}{{{key},\n{lines}}}\n\n"


def _fields(session: Session, key: str, event: Event | None) -> Iterator[tuple[str, str]]:
    told = event or Event(session.event, session.event, session.series, session.year)
    full = _written(told.full_name or told.name)
    paper = session.kind == "paper"
    yield "title", "{" + _written(session.title) + "}"
    yield "author", " and ".join(_protected(speaker.name, _GROUP) for speaker in session.speakers)
    yield (
        "booktitle" if paper else "howpublished",
        full if paper else f"{session.kind.capitalize()} at {full}",
    )
    yield "eventtitle", _written(told.name)
    yield "year", str(told.year)
    yield "date", session.date or ""
    yield (
        "eventdate",
        "/".join(filter(None, [told.start_date or "", told.end_date])) if told.start_date else "",
    )
    yield "venue", _written(told.location or "")
    yield "url", _address(session.paper or session.url or session.slides or session.video)
    yield "doi", session.doi if session.doi and not _ODD.search(session.doi) else ""
    yield "language", session.language or ""
    yield "keywords", ", ".join(_protected(keyword, re.compile(",")) for keyword in session.keywords)
    yield "abstract", _lines(session.summary)
    yield "annote", _lines(session.note)
    held = set(_HELD)
    held |= {"id"} if key == session.id else set()
    held |= {"doi"} if session.doi and not _ODD.search(session.doi) else set()
    held -= set() if told.start_date else {"event-end"}
    values: dict[str, list[str]] = defaultdict(list)
    for name, text in extra_fields.write(session, event, held):
        values[name].append(_written(text))
    for name, texts in values.items():
        yield f"{OWN_PREFIX}{name}", r"\newline{}".join(texts)


def _written(text: str) -> str:
    r"""Return a text for a field so that LaTeX sets it as it is, without joining `--` to a dash.

    >>> _written("a -- b {c}")
    'a -{}- b \\textbraceleft{}c\\textbraceright{}'
    """
    return _LIGATURE.sub(r"\1{}", escaped(text))


def _lines(text: str | None) -> str:
    return r"\newline{}".join(_written(line) for line in extra_fields.newlines(text or "").split("\n"))


def _protected(text: str, parting: re.Pattern[str]) -> str:
    """Return one of several texts, in braces where it holds what parts them."""
    return f"{{{_written(text)}}}" if parting.search(text) else _written(text)


def _address(address: str | None) -> str:
    r"""Return a link for a field, which it cannot close.

    >>> _address("https://example.org/{a}"), _address("javascript:x")
    ('https://example.org/%7Ba%7D', '')
    """
    return _ODD.sub(lambda odd: f"%{ord(odd.group()):02X}", convert.link(address) or "")
