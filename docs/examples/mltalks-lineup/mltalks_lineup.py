"""A lineup: a plain text with a line for the event, and below it a line for each talk.

LINEUP ML Meetup 2031
2031-05-20 10:00 | Serving a made-up model | Ada Example (Example, Inc.); Alan Sample
"""

from collections.abc import Iterable, Iterator

from mltalks.exchange.api import (
    Context,
    Draft,
    Exporter,
    Importer,
    Problem,
    Session,
    Source,
    convert,
    lines,
    people_of,
)

MARK = "LINEUP "


def recognises(_name: str, head: str) -> bool:
    return head.startswith(MARK)


def read(source: Source) -> Iterator[Draft | Problem]:
    event = {}
    for line in lines(source):
        if line.text.startswith(MARK):
            event = {"name": line.text.removeprefix(MARK)}
        elif line.text.strip():
            time, title, speakers = [*line.text.split(" | "), "", ""][:3]
            if title:
                fields = {
                    "title": convert.line(title),
                    "date": convert.day(time.replace(" ", "T")),
                    "speakers": people_of(speakers),
                }
                yield source.draft(fields, event, line=line.number)
            else:
                yield source.problem("has no title", line=line.number)


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    last = ""
    for session in sessions:
        event = context.event(session)
        if event.id != last:
            last = event.id
            yield f"{MARK}{event.name}\n"
        people = (
            f"{one.name} ({one.organization})" if one.organization else one.name for one in session.speakers
        )
        yield (
            " | ".join([(session.date or "")[:16].replace("T", " "), session.title, "; ".join(people)]) + "\n"
        )


IMPORTER = Importer(read, recognises, endings=(".lineup",))
EXPORTER = Exporter(write)
