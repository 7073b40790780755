"""Sessions as CSV (RFC 4180, lines ended as on Unix) and as tab-separated values, to be read back as the same sessions.

Holds facts alone: nothing inferred, no canonical names of organizations. Cells are made harmless and written as `cells`
tells; CSV keeps the lines of a text, tab-separated values have a space in their place, and both lose control characters.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mltalks.dataset.model import SESSION_FIELDS, Event, Session
from mltalks.text import sanitize, spreadsheet_cells

COLUMNS = tuple(name for name in SESSION_FIELDS if name not in ("companies", "themes_inferred", "inferred"))


def write_csv(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield a heading, then a row a session."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for session in sessions:
        writer.writerow(text and sanitize.cell_of_lines(text) for text in _texts(session))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def write_tsv(sessions: Iterable[Session], events: Mapping[str, Event]) -> Iterator[str]:  # noqa: ARG001
    """Yield a heading, then a line a session; no cell holds a tab or the end of a line, so none is quoted."""
    yield "\t".join(COLUMNS) + "\n"
    for session in sessions:
        yield "\t".join(text and sanitize.cell(text) for text in _texts(session)) + "\n"


def _texts(session: Session) -> Iterator[str]:
    values = session._asdict()
    values["themes"] = tuple(theme for theme in session.themes if theme not in session.themes_inferred)
    values["speakers"] = tuple(spreadsheet_cells.person(*speaker) for speaker in session.speakers)
    for name in COLUMNS:
        yield _text(values[name])


def _text(value: Any) -> str:
    if not value and value is not False:
        return ""
    if isinstance(value, tuple):
        return spreadsheet_cells.joined(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
