"""Rows of cells as CSV (RFC 4180, lines ended as on Unix) and as tab-separated values, in which no text is a formula.

Does not choose the columns and does not encode lists and people: `csv_cells` does.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from mltalks.text.formats.csv_cells import guarded
from mltalks.text.sanitize import shown

Cell = str | int | float
Rows = Iterable[Iterable[Cell]]


def csv_lines(rows: Rows) -> Iterator[str]:
    r"""Yield a record of CSV for each row; a cell keeps its lines and tabs, and loses other control characters.

    >>> "".join(csv_lines([["title", "score"], ["=1\r\n+1\t2", -1]]))
    'title,score\n"\'=1\n+1\t2",-1\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow(_lines_cell(cell) if isinstance(cell, str) else cell for cell in row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def tsv_lines(rows: Rows) -> Iterator[str]:
    r"""Yield a line for each row; no cell holds a tab or the end of a line, so that none is quoted.

    >>> "".join(tsv_lines([["title", "score"], ["=1\r\n+1\t2", -1]]))
    "title\tscore\n'=1 +1 2\t-1\n"
    """
    for row in rows:
        yield "\t".join(guarded(shown(cell)) if isinstance(cell, str) else str(cell) for cell in row) + "\n"


def _lines_cell(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return guarded("\n".join("\t".join(map(shown, line.split("\t"))) for line in lines))
