"""Results -> text: one function a format, one switch; the same rows whatever the format.

Writes to no stream and imports rich only for tables (25 ms).
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mltalks.errors import UsageError

if TYPE_CHECKING:
    from mltalks.render.views.core import View


def check_fields(view: "View", fields: Sequence[str]) -> None:
    """Raise UsageError when a view lacks one of the fields."""
    unknown = [name for name in fields if name not in view.fields]
    if unknown:
        raise UsageError(
            "no field {names} here; the fields are {fields}",
            names=", ".join(unknown)[:60],
            fields=", ".join(view.fields),
        )


def render(view: "View", form: str, fields: Sequence[str] = ()) -> str:
    """Return a view in any format but `table`, with its last line ended.

    Raises:
        UsageError: a field that the view does not have; BibTeX of something that is not a session.

    """
    from mltalks.render import text_formats as records  # with all views: 6 ms that stored JSON need not pay

    check_fields(view, fields)
    if form == "json":
        return records.json_text(view, fields)
    if form == "jsonl":
        return records.json_lines(view, fields)
    if form == "ids":
        return records.ids(view)
    if form == "bibtex":
        return _bibtex(view)
    columns = fields or (view.fields if form in ("csv", "tsv") else view.columns)
    text_formats: dict[str, Callable[[View, Sequence[str]], str]] = {
        "plain": records.plain,
        "csv": records.csv_text,
        "tsv": records.tsv,
        "md": records.markdown,
    }
    return text_formats[form](view, columns)


def _bibtex(view: "View") -> str:
    from mltalks.dataset.model import SESSION_FIELDS, Session
    from mltalks.exchange.exporters import bibtex
    from mltalks.exchange.exporters.exporter import Context

    if "bibtex_events" not in view.extra:
        raise UsageError("-o {format} is for sessions; this command has none to print", format="bibtex")
    sessions = (Session.of({name: record[name] for name in SESSION_FIELDS}) for record in view.records)
    public = (session._replace(note=None) for session in sessions)  # as `export` without --with-notes
    return "".join(bibtex.write(public, Context(view.extra["bibtex_events"])))
