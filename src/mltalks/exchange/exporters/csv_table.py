"""Sessions as CSV and as tab-separated values, which an import reads back as the same sessions.

Marks inferred themes in a column of their own, as JSON does, so that an import takes none for a decision. The companies are those that
a session counts under, which an import leaves out.

Does not choose columns.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from mltalks.dataset.model import SESSION_FIELDS, Session
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.mapping.column_names import FAMILIES
from mltalks.text.formats import csv_cells
from mltalks.text.formats.csv_rows import csv_lines, tsv_lines

COLUMNS = (*(name for name in SESSION_FIELDS if name != "inferred"), FAMILIES)


def write_csv(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a heading, then a row for each session."""
    return csv_lines(_rows(sessions, context))


def write_tsv(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a heading, then a line for each session; a line end within a text becomes a space."""
    return tsv_lines(_rows(sessions, context))


def _rows(sessions: Iterable[Session], context: Context) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for session in sessions:
        speakers = tuple(csv_cells.person(speaker.name, speaker.organization) for speaker in session.speakers)
        families = tuple(speaker.family or "" for speaker in session.speakers)
        values = context.settled(session)._asdict() | {
            "speakers": speakers,
            FAMILIES: families if any(families) else (),
        }
        yield [_text(values[name]) for name in COLUMNS]


def _text(value: Any) -> str:
    if not value and value is not False:
        return ""
    if isinstance(value, tuple):
        return csv_cells.joined(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


CSV = Exporter(write_csv)
TSV = Exporter(write_tsv)
