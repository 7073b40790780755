"""What mltalks says of a session beyond the fields of a foreign format, as named texts of one line.

The other way is `mltalks.importers.extras`. Knows how no format writes them.
"""

from collections.abc import Collection, Iterator

from mltalks.dataset.model import Event, Session
from mltalks.exchange.mapping import extra_fields
from mltalks.text import sanitize


def write(session: Session, event: Event | None, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield a name with a text for each fact of a session and its event, but for the names that a format has fields for."""
    themes = set(session.themes_inferred)
    record = session._asdict() | {"themes": [theme for theme in session.themes if theme not in themes]}
    found = [(name, record[one.field]) for name, one in extra_fields.SESSION.items()]
    found.append((extra_fields.SPEAKER, [speaker.name for speaker in session.speakers]))
    found.append((extra_fields.SPEAKER_ORGANIZATION, list(_organizations(session))))
    told = event or Event(session.event, session.event, session.series, session.year)
    found += [(name, getattr(told, one.field)) for name, one in extra_fields.EVENT.items()]
    for name, value in found:
        if name not in without:
            yield from ((name, text) for text in _texts(value))


def _organizations(session: Session) -> Iterator[str]:
    for number, speaker in enumerate(session.speakers, 1):
        if speaker.organization:
            yield f"{number} {speaker.organization}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, list | tuple):
        yield from (sanitize.shown(one) for one in value)
    elif value is not None:
        yield from (sanitize.shown(one) for one in newlines(str(value)).split("\n"))


def newlines(text: str) -> str:
    """Return a text with its lines ended by line feeds, by whatever they ended."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
