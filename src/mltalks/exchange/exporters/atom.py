"""Sessions as an Atom feed, for feed readers.

Does not read feeds. Source: RFC 4287; times are those of RFC 3339.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from mltalks.dataset.model import Session
from mltalks.exchange.exporters.exporter import NEVER, Context, Exporter
from mltalks.messages import word
from mltalks.text import sanitize
from mltalks.text.dates import shown_times
from mltalks.text.not_people import ET_AL

_FEED = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # of XML 1.0, besides those that `sanitize.shown` replaces


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a feed with an entry for each session; its time is that of the last change, also without entries."""
    entries = list(sessions)
    yield _FEED
    yield _element("id", _urn(f"feed {context.query}".rstrip()))
    yield _element("title", context.heading())
    yield _element("updated", _time(max(map(context.changed, entries), default=NEVER)))
    for session in entries:
        yield f"<entry>\n{''.join(_parts(session, context))}</entry>\n"
    yield "</feed>\n"


def _parts(session: Session, context: Context) -> Iterator[str]:
    session, event = context.to_read(session), context.event(session)
    yield _element("id", _urn(session.id))
    yield _element("title", session.title)
    yield _element("updated", _time(context.changed(session)))
    more = [word(ET_AL, context.lang)] if session.speakers_incomplete else []
    for name in [*(speaker.name for speaker in session.speakers), *more] or [event.name]:
        yield f"<author>{_element('name', name).rstrip()}</author>\n"
    links = {"page": session.url, "paper": session.paper, "slides": session.slides, "video": session.video}
    rel = "alternate"  # one of them, which a feed reader opens
    for title, address in links.items():
        if target := sanitize.link(address):
            yield f'<link rel="{rel}" title="{word(title, context.lang)}" href={quoteattr(target)}/>\n'
            rel = "related"
    for keyword in session.keywords:
        yield f"<category term={quoteattr(_shown(keyword))}/>\n"
    when = shown_times([session.date])[0]
    companies = context.joined(map(context.company, session.companies))
    facts = " · ".join(filter(None, [event.name, when, companies]))
    # An entry without a link has to have content.
    name = "content" if rel == "alternate" else "summary"
    note = session.note if context.notes else None
    yield _element(name, " — ".join(filter(None, [facts, session.summary or session.summary_ja, note])))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_shown(text))}</{name}>\n"


def _shown(text: str) -> str:
    return sanitize.shown(text).translate(_NO_CHARACTERS)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'mltalks:{name}')}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


EXPORTER = Exporter(write)
