"""Cells of tables as rich text: one function for each kind of cell.

Does not depend on a table or its width. Text of data files is never markup.
"""

from collections.abc import Callable

from rich.style import Style
from rich.text import Text

from mltalks.messages import word
from mltalks.render.cell_texts import Context, cell_text
from mltalks.render.columns import CellKind, Column, Record
from mltalks.render.output import heading
from mltalks.render.terminal import blocks
from mltalks.render.terminal.matches import (
    MATCH_STYLE,
    MAX_COMPANIES,
    around,
    first_speakers,
    highlight,
    reasons,
)
from mltalks.render.terminal.rich_console import styled
from mltalks.text import sanitize

_BAR = 10  # cells of a bar; of each side of a balance, half
_CHANGE_STYLES = {"new": "bold green", "rising": "green", "fading": "red", "gone": "bold red"}
_STYLES: dict[CellKind, str] = {"faint word": "dim", "side": "bold", "theme counts": "dim"}
_AROUND = {"en": " ({})", "ja": "（{}）"}  # after a phrase, the text that it is from
_TOGETHER = " + "  # between phrases that are a term together; the first of them is found at its place
AROUND = 30  # letters that are shown before and after a phrase


def cell(context: Context, record: Record, column: Column) -> Text:
    """Return the cell of a record in one column."""
    return _DRAWN.get(column.cell, _text)(context, record, column)


def _text(context: Context, record: Record, column: Column) -> Text:
    """Return the text of a value, in the style of the column or, for some values, in one of their own."""
    style = column.style or _STYLES.get(column.cell, "")
    if column.cell == "change":
        style = _CHANGE_STYLES.get(record[column.name], "dim")
    if column.cell == "organization" and record[column.name] is None:
        style = "dim"
    if column.cell == "theme scores":
        style = "" if column.name == "themes" else "dim"
    return styled(cell_text(context, record, column), style)


def _id(_: Context, record: Record, column: Column) -> Text:
    """Return an id whose style does not extend to the space after it."""
    return Text() + styled(record[column.name], column.style)


def _theme_id(_: Context, record: Record, column: Column) -> Text:
    indent = "  " * record["depth"]
    return Text(indent) + styled(record[column.name], "cyan" if indent else "bold cyan")


def _value(_: Context, record: Record, column: Column) -> Text:
    """Return a value of a facet, a unit of an organization indented."""
    return Text("  " * record.get("depth", 0)) + styled(record[column.name], column.style)


def _title(_: Context, record: Record, column: Column, style: str = "") -> Text:
    title = styled(record[column.name], style)
    address = sanitize.link(record["url"] or record["paper"])
    if address:
        title.stylize(Style(link=address))
    return title


def _hit_title(context: Context, record: Record, column: Column) -> Text:
    title = _title(context, record, column, "bold")
    highlight(title, [match for match in record["matched"] if "title" in match["fields"]])
    for reason in reasons(context, record):
        title.append("\n")
        title.append_text(reason)
    return title


def _companies(context: Context, record: Record, column: Column) -> Text:
    names = context.companies(record)
    more = f" +{len(names) - MAX_COMPANIES}" if len(names) > MAX_COMPANIES else ""
    text = styled(context.listed(names[:MAX_COMPANIES]) + more, column.style)
    highlight(text, [match for match in record.get("matched", ()) if "companies" in match["fields"]])
    return text


def _speakers(context: Context, record: Record, column: Column) -> Text:
    text = styled(first_speakers(record, context.lang), column.style)
    highlight(text, [match for match in record.get("matched", ()) if "speakers" in match["fields"]])
    return text


def _event(context: Context, record: Record, column: Column) -> Text:
    text = styled(context.event(record), column.style)
    highlight(text, [match for match in record.get("matched", ()) if "event" in match["fields"]])
    return text


def _links(context: Context, record: Record, _: Column) -> Text:
    text = Text()
    for name, field in (("page", "url"), ("slides", "slides"), ("paper", "paper"), ("video", "video")):
        address = sanitize.link(record[field])
        if address:
            text.append(" " if text else "")
            text.append(word(name, context.lang), Style(link=address, underline=True))
    return text


def _evidence(context: Context, record: Record, column: Column) -> Text:
    """Return a line for each phrase that is evidence of a theme: its field, the phrase, and the text that it is from."""
    lines = []
    for one in record[column.name]:
        text = one["text"]
        start, end = around(text, one["start"], one["end"], AROUND)
        phrase = text[one["start"] : one["end"]]
        line = styled(f"{heading(one['field'], context.lang)}: ", "dim")
        shown = one["term"] if _TOGETHER in one["term"] else phrase
        line.append(sanitize.shown(shown), MATCH_STYLE)
        if phrase != text:
            rest = "…" if end < len(text) else ""
            passage = f"{'…' if start else ''}{text[start:end]}{rest}"
            line.append(sanitize.shown(_AROUND[context.lang].format(passage)), "dim")
        lines.append(line)
    return Text("\n").join(lines)


def _bar(_: Context, record: Record, column: Column) -> Text:
    return Text(blocks.bar(record[column.name], 1, _BAR), "cyan")


def _balance(_: Context, record: Record, column: Column) -> Text:
    left, right = record[column.name]
    return Text(blocks.balance(left, right, 1, _BAR // 2), "cyan")


def _sparkline(_: Context, record: Record, column: Column) -> Text:
    return Text(blocks.sparkline(record[column.name]), _CHANGE_STYLES.get(record["change"], ""))


# What is more than text; the others are drawn by `_text`.
_DRAWN: dict[CellKind, Callable[[Context, Record, Column], Text]] = {
    "id": _id,
    "theme id": _theme_id,
    "value": _value,
    "title": _title,
    "hit title": _hit_title,
    "companies": _companies,
    "speakers": _speakers,
    "event": _event,
    "links": _links,
    "evidence": _evidence,
    "bar": _bar,
    "balance": _balance,
    "sparkline": _sparkline,
}
