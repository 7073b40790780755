"""Sessions as RIS records for reference managers: a line a tag.

Does not read RIS. Source: RIS Format Specifications, Research Information Systems (2001 and 2011); what has no tag is, in a
round trip, a line U1 ("user definable") that begins with `mltalks-`.
"""

from collections.abc import Iterable, Iterator

from mltalks.dataset.model import Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.importers.ris import OWN_TAG
from mltalks.exchange.mapping import extra_fields
from mltalks.text import sanitize

_HELD = frozenset({"id", "doi", "language", "speaker"})


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a record for each session."""
    for session in sessions:
        lines = [f"{tag}  - {value}" for tag, value in _tags(session, context) if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _tags(session: Session, context: Context) -> Iterator[tuple[str, str]]:
    event = context.event(session)
    names = [speaker.name for speaker in session.speakers]
    yield "TY", "CPAPER" if session.kind == "paper" else "SLIDE"
    yield "ID", _one(session.id)
    yield "TI", _one(session.title)
    for name in names:
        yield "AU", _one(name)
    yield "M3", session.kind
    yield "T2", _one(event.full_name or event.name)
    yield "PY", str(session.year)
    yield "DA", _one(session.date or "")[:10].replace("-", "/")
    yield "CY", _one(event.location or "")
    yield "DO", _one(session.doi or "")
    yield "LA", _one(session.language or "")
    yield "UR", _one(session.paper or session.url or session.slides or session.video or "")
    yield "AB", _one(session.summary or "")
    yield "N1", _one(session.note or "")
    for keyword in session.keywords:
        yield "KW", _one(keyword)
    if context.roundtrip:
        held = set(_HELD)
        if any("," in name for name in names):  # is read as surname, first name
            held.remove("speaker")
        if "\n" not in extra_fields.newlines(session.summary or ""):
            held.add("summary")
        for name, text in extra_fields.write(session, event, held):
            yield OWN_TAG, f"mltalks-{name}: {text}"


def _one(text: str) -> str:
    """Return a text on one line, so that it cannot begin another tag."""
    return sanitize.shown(text).strip()


EXPORTER = Exporter(write)
