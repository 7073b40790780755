"""Cells of tables as rich text: one function for each kind of cell.

Does not depend on a table or its width. Text of data files is never markup.
"""

from collections.abc import Callable
from datetime import datetime

from rich.style import Style
from rich.text import Text

from mltalks.messages import word
from mltalks.render.columns import CellKind, Column, Record
from mltalks.render.output import heading
from mltalks.render.terminal import blocks
from mltalks.render.terminal.matches import MATCH_STYLE, MAX_COMPANIES, first_speakers, highlight, reasons
from mltalks.render.terminal.rich_console import Context, styled
from mltalks.text import sanitize
from mltalks.text.not_people import ET_AL

_BAR = 10  # cells of a bar; of each side of a balance, half
_CHANGE_STYLES = {"new": "bold green", "rising": "green", "fading": "red", "gone": "bold red"}
INFERRED = "~"  # before an inferred theme or track
AROUND = 30  # letters that are shown before and after a phrase


def cell(context: Context, record: Record, column: Column) -> Text:
    """Return the cell of a record in one column."""
    return _DRAWN[column.cell](context, record, column)


def _text(_: Context, record: Record, column: Column) -> Text:
    return styled(column.type.text(record[column.name]), column.style)


def _word(context: Context, record: Record, column: Column) -> Text:
    return styled(word(record[column.name] or "not known", context.lang))


def _faint_word(context: Context, record: Record, column: Column) -> Text:
    return styled(word(record[column.name] or "", context.lang), column.style or "dim")


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


def _track(_: Context, record: Record, column: Column) -> Text:
    return styled(f"{INFERRED if record['track_inferred'] else ''}{record[column.name] or ''}")


def _companies(context: Context, record: Record, column: Column) -> Text:
    names = context.companies(record)
    more = f" +{len(names) - MAX_COMPANIES}" if len(names) > MAX_COMPANIES else ""
    text = styled(", ".join(names[:MAX_COMPANIES]) + more, column.style)
    highlight(text, [match for match in record.get("matched", ()) if "companies" in match["fields"]])
    return text


def _all_speakers(context: Context, record: Record, column: Column) -> Text:
    text = column.type.text(record[column.name])
    more = word(ET_AL, context.lang) if record["speakers_incomplete"] else ""
    return styled("; ".join(filter(None, (text, more))), column.style)


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


def _themes(context: Context, record: Record, column: Column) -> Text:
    inferred = set(record["themes_inferred"])
    return styled(
        ", ".join(
            f"{INFERRED if theme in inferred else ''}{context.theme(theme)}" for theme in record[column.name]
        )
    )


def _keywords(context: Context, record: Record, column: Column) -> Text:
    """Return the keywords in the language, or in the other one if there are more in it."""
    in_english, in_japanese = record["keywords"], record["keywords_ja"]
    as_many = len(in_japanese) >= len(in_english)
    shown = in_japanese if as_many and (context.lang == "ja" or not in_english) else in_english
    return styled(", ".join(shown), column.style)


def _gap(context: Context, record: Record, column: Column) -> Text:
    """Return the name of a gap; themes by their labels."""
    name = record[column.name]
    if record["gap"] not in ("big", "nearly empty", "alike"):
        return styled(name, column.style)
    return styled("; ".join(map(context.theme, name.split(" "))), column.style)


def _parts(context: Context, record: Record, column: Column) -> Text:
    """Return phrases or themes with their scores; themes by their labels."""
    return styled(
        "; ".join(f"{context.theme(one['phrase'])} {one['share']}" for one in record[column.name]),
        column.style,
    )


def _theme_counts(context: Context, record: Record, column: Column) -> Text:
    counts = (f"{context.theme(one['id'])} {one['sessions']}" for one in record[column.name])
    return styled(", ".join(counts), "dim")


def _theme_scores(context: Context, record: Record, column: Column) -> Text:
    """Return themes with their scores and, if one is only near, why it is not filed."""
    return styled(
        ", ".join(
            f"{one['id']} {one['score']}"
            + (f" ({word(one['lacks'], context.lang)})" if "lacks" in one else "")
            for one in record[column.name]
        ),
        "" if column.name == "themes" else "dim",
    )


def _status(context: Context, record: Record, column: Column) -> Text:
    day = f" {record['decided']}" if record["decided"] else ""
    lacks = f": {word(record['lacks'], context.lang)}" if record["lacks"] else ""
    return styled(word(record[column.name], context.lang) + day + lacks)


def _evidence(context: Context, record: Record, column: Column) -> Text:
    """Return a line for each phrase that is evidence of a theme: its field, and the words around it."""
    lines = []
    for one in record[column.name]:
        start = max(0, one["start"] - AROUND)
        before, after = one["text"][start : one["start"]], one["text"][one["end"] : one["end"] + AROUND]
        line = styled(f"{heading(one['field'], context.lang)}: {'…' if start else ''}{before}", "dim")
        line.append(sanitize.shown(one["text"][one["start"] : one["end"]]), MATCH_STYLE)
        line.append(sanitize.shown(after) + ("…" if one["end"] + AROUND < len(one["text"]) else ""), "dim")
        lines.append(line)
    return Text("\n").join(lines)


def _shared(context: Context, record: Record, column: Column) -> Text:
    named = {"keyword": context.keyword, "theme": context.theme}
    shared = (
        f"{word(one['what'], context.lang)} {named.get(one['what'], str)(one['value'])}"
        for one in record[column.name]
    )
    return styled("; ".join(shared))


def _organization(context: Context, record: Record, column: Column) -> Text:
    known = record[column.name]
    return (
        styled(known, column.style) if known is not None else styled(word("not known", context.lang), "dim")
    )


def _change(context: Context, record: Record, column: Column) -> Text:
    change = record[column.name]
    return styled(word(change, context.lang), _CHANGE_STYLES.get(change, "dim"))


def _side(_: Context, record: Record, column: Column) -> Text:
    return styled((record[column.name] or "").upper(), "bold")


def _percent(context: Context, record: Record, column: Column) -> Text:
    return styled(f"{100 * record[column.name]:.0f}{'%' if context.lang == 'ja' else ' %'}")


def _score(_: Context, record: Record, column: Column) -> Text:
    """Return a score; 0 is that of a decision, which has none."""
    return styled(column.type.text(record[column.name] or None), column.style)


def _flag(context: Context, record: Record, column: Column) -> Text:
    return styled(word("yes", context.lang) if record[column.name] else "")


def _roles(context: Context, record: Record, column: Column) -> Text:
    return styled(
        "; ".join(f"{word(one['role'], context.lang)} {one['seats']}" for one in record[column.name])
    )


def _words(context: Context, record: Record, column: Column) -> Text:
    return styled("; ".join(word(one, context.lang) for one in record[column.name]))


def _time(_: Context, record: Record, column: Column) -> Text:
    """Return a time in the zone of the terminal, to the minute."""
    return styled(f"{datetime.fromisoformat(record[column.name]).astimezone():%Y-%m-%d %H:%M}")


def _bar(_: Context, record: Record, column: Column) -> Text:
    return Text(blocks.bar(record[column.name], 1, _BAR), "cyan")


def _balance(_: Context, record: Record, column: Column) -> Text:
    left, right = record[column.name]
    return Text(blocks.balance(left, right, 1, _BAR // 2), "cyan")


def _sparkline(_: Context, record: Record, column: Column) -> Text:
    return Text(blocks.sparkline(record[column.name]), _CHANGE_STYLES.get(record["change"], ""))


_DRAWN: dict[CellKind, Callable[[Context, Record, Column], Text]] = {
    "text": _text,
    "word": _word,
    "faint word": _faint_word,
    "side": _side,
    "id": _id,
    "theme id": _theme_id,
    "value": _value,
    "title": _title,
    "track": _track,
    "hit title": _hit_title,
    "companies": _companies,
    "speakers": _speakers,
    "all speakers": _all_speakers,
    "event": _event,
    "links": _links,
    "themes": _themes,
    "keywords": _keywords,
    "gap": _gap,
    "parts": _parts,
    "theme counts": _theme_counts,
    "theme scores": _theme_scores,
    "status": _status,
    "evidence": _evidence,
    "shared": _shared,
    "organization": _organization,
    "change": _change,
    "percent": _percent,
    "score": _score,
    "flag": _flag,
    "time": _time,
    "roles": _roles,
    "words": _words,
    "bar": _bar,
    "balance": _balance,
    "sparkline": _sparkline,
}
