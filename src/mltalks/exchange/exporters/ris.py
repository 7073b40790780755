"""Sessions as RIS records for reference managers: one tag on each line.

Does not read RIS. Source: RIS Format Specifications, Research Information Systems (2001 and 2011); in a round trip, fields
without a tag are lines U1 ("user definable") that begin with `mltalks-`.
"""

from collections.abc import Iterable, Iterator

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.exchange.bibliography import arxiv, person_names
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.importers.ris import EXTRA_TAG, INCOMPLETE
from mltalks.exchange.mapping import extra_fields
from mltalks.text import sanitize

_HELD = frozenset({"id", "doi", "language", "speaker"})


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a record for each session."""
    for session in sessions:
        # On one line, and stripped, so that no text begins another tag.
        texts = ((tag, sanitize.shown(value or "").strip()) for tag, value in _tags(session, context))
        yield "\r\n".join([*(f"{tag}  - {text}" for tag, text in texts if text), "ER  - ", "", ""])


def _tags(session: Session, context: Context) -> Iterator[tuple[str, str | None]]:
    session = context.as_printed(session)
    event = context.event(session)
    names = [_author(speaker) for speaker in session.speakers]
    yield "TY", _type(session, event)
    yield "ID", session.citation_key or session.id
    yield "TI", session.title
    yield from (("AU", name) for name in names)
    yield "M3", session.kind
    if event.is_collection:
        number = arxiv.number(session.paper) or arxiv.number(session.url)
        yield from (("PB", "arXiv"), ("AN", f"arXiv:{number}")) if number else ()
    else:
        yield "T2", event.full_name or event.name
    yield "PY", str(session.year)
    yield "DA", (session.date or "")[:10].replace("-", "/")
    yield "CY", event.location
    yield "DO", session.doi
    yield "LA", session.language
    yield "UR", session.paper or session.url or session.slides or session.video
    yield "AB", session.summary
    yield "N1", session.note
    yield "N1", INCOMPLETE if session.speakers_incomplete else None
    yield from (("KW", keyword) for keyword in session.keywords)
    if context.roundtrip:
        held = set(_HELD) - ({"id"} if session.citation_key else set())
        read = [person_names.person(name.split(",", 2)).get("name") for name in names]
        if read != [speaker.name for speaker in session.speakers]:
            held.remove("speaker")
        if "\n" not in extra_fields.newlines(session.summary or ""):
            held.add("summary")
        for name, text in extra_fields.write(context.settled(session), event, held):
            yield EXTRA_TAG, f"mltalks-{name}: {text}"


def _type(session: Session, event: Event) -> str:
    """Return the type of reference; that of a work without an event says nothing of one."""
    if event.is_collection:
        return "GEN"
    if session.kind != "paper":
        return "SLIDE"
    return "JOUR" if event.journal else "CPAPER"


def _author(speaker: Speaker) -> str:
    """Return a name as RIS has it: last, first, suffix; the name of an organization as it is."""
    name = person_names.parted(speaker)
    return ", ".join(filter(None, name)) if name.given else speaker.name


EXPORTER = Exporter(write)
