"""Views as rich tables, fitted to a width; what a data file says is never markup here.

The only room that imports rich.
"""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang
from mltalks.render import harmless
from mltalks.render.records import text_of
from mltalks.render.view import LINKS, Record, View, heading
from mltalks.text import is_japanese

NARROW = 60  # below this many columns a record is shown as lines rather than as a row
MAX_COMPANIES = 3
_NUMBERS = {"sessions", "own", "first_year", "last_year", "year", "score", "line", "depth"}
_STYLES = {"id": "cyan", "value": "cyan", "event": "dim", "companies": "green", "score": "dim", "kind": "dim"}
# The most that a column may take of the width, so that titles keep theirs.
_SHARES = {
    "id": 0.26,
    "companies": 0.22,
    "event": 0.14,
    "links": 0.13,
    "value": 0.4,
    "keywords": 0.25,
    "speakers": 0.3,
}
_MATCH_STYLE = "bold yellow"


def table(view: View, fields: Sequence[str], lang: Lang, width: int | None, *, colour: bool) -> str:
    """Return a view as a table, or as lines where there is no room for one; `width` None is as wide as it gets."""
    console = Console(
        file=io.StringIO(),
        width=width or 10_000,
        force_terminal=colour,
        no_color=not colour,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        if view.single:
            console.print(_card(view, lang))
        elif view.schema == "problems":
            for record in view.records:
                console.print(Text(harmless.shown(record["text"])), soft_wrap=True)
        else:
            if view.schema == "theme" and view.envelope:
                console.print(_theme_head(view.envelope[0], lang))
            if view.records:
                columns = tuple(fields) or view.table or view.columns
                console.print(
                    _lines(view, columns) if width and width < NARROW else _rows(view, columns, lang, width)
                )
    return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)


def _rows(view: View, columns: Sequence[str], lang: Lang, width: int | None) -> Table:
    """Return a row a record; when there is a width, the widest columns give way and the title takes what is left."""
    drawn = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        share = _SHARES.get(name)
        drawn.add_column(
            heading(name, lang),
            style=_STYLES.get(name, ""),
            justify="right" if name in _NUMBERS else "left",
            overflow="fold",
            no_wrap=name in _NUMBERS or not width,
            max_width=max(10, int(width * share)) if width and share else None,
            min_width=24 if name == "title" and width else None,
        )
    for record in view.records:
        drawn.add_row(*(_cell(view, record, name) for name in columns))
    return drawn


def _lines(view: View, columns: Sequence[str]) -> RenderableType:
    """Return each record as its id and, below it, its other columns."""
    parts: list[Text] = []
    for record in view.records:
        for i, name in enumerate(columns):
            text = _cell(view, record, name)
            if text.plain:
                parts.append(Text("  " if i else "") + text)
    return Group(*parts)


def _cell(view: View, record: Record, name: str) -> Text:
    special = _CELLS.get(name)
    if special:
        return special(view, record)
    return _text(text_of(record[name]), _STYLES.get(name, ""))


def _text(text: str, style: str = "") -> Text:
    return Text(harmless.shown(text), style=style)


def _title(view: View, record: Record) -> Text:
    title = _text(record["title"], "bold" if view.schema == "hits" else "")
    address = harmless.link(record["url"] or record["paper"])
    if address:
        title.stylize(Style(link=address))
    matched = record.get("matched", [])
    found = _highlight(title, matched)
    if matched and not found:
        reason = _reason(record)
        if reason:
            title.append("\n")
            title.append_text(reason)
    return title


def _highlight(text: Text, matched: Sequence[Record]) -> int:
    """Mark the matched words in a text; return how many places were marked."""
    return sum(text.highlight_regex(pattern, style=_MATCH_STYLE) for pattern in map(_pattern, matched))


def _pattern(match: Record) -> str:
    words = [re.escape(word) for word in match["text"].split()]
    whole = r"[\W_]+".join(words)
    return f"(?i){whole}" if is_japanese(match["text"]) else rf"(?i)(?<![^\W_]){whole}(?![^\W_])"


def _reason(record: Record) -> Text | None:
    """Return the place that matched when it is not the title: the field, and the words around the match."""
    for match in record["matched"]:
        for name in match["fields"]:
            value = record.get(name)
            for text in value if isinstance(value, list) else [value]:
                snippet = _snippet(text_of(text), _pattern(match)) if text else None
                if snippet:
                    reason = _text(f"{name}: {snippet}", "dim")
                    _highlight(reason, [match])
                    return reason
    return None


def _snippet(text: str, pattern: str, around: int = 40) -> str | None:
    found = re.search(pattern, text)
    if found is None:
        return None
    start, end = max(0, found.start() - around), found.end() + around
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _companies(view: View, record: Record) -> Text:
    names = record["companies"]
    more = f" +{len(names) - MAX_COMPANIES}" if len(names) > MAX_COMPANIES else ""
    text = _text(", ".join(names[:MAX_COMPANIES]) + more, "green")
    if view.schema == "hits":
        _highlight(text, record["matched"])
    return text


def _event(view: View, record: Record) -> Text:
    return _text(view.extra.get("events", {}).get(record["event"], record["event"]), "dim")


def _links(_view: View, record: Record) -> Text:
    text = Text()
    for name in ("slides", "paper", "video"):
        address = harmless.link(record[name])
        if address:
            text.append(" " if text else "")
            text.append(name, Style(link=address, underline=True))
    return text


def _themes(view: View, record: Record) -> Text:
    labels = view.extra.get("themes", {})
    if view.schema == "facet":
        return _text(", ".join(f"{labels[t['id']]} {t['sessions']}" for t in record["themes"]), "dim")
    return _text(", ".join(labels.get(theme, theme) for theme in record["themes"]))


def _id(view: View, record: Record) -> Text:
    indent = "  " * record.get("depth", 0)
    return Text(indent) + _text(record["id"], "cyan" if indent or view.schema != "themes" else "bold cyan")


_CELLS: dict[str, Callable[[View, Record], Text]] = {
    "id": _id,
    "title": _title,
    "companies": _companies,
    "event": _event,
    "links": _links,
    "themes": _themes,
}


def _pairs(pairs: Sequence[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for name, text in pairs:
        if text.plain:
            grid.add_row(name, text)
    return grid


def _card(view: View, lang: Lang) -> RenderableType:
    """Return one session as a page."""
    record = view.records[0]
    texts: list[tuple[str, Text]] = [
        ("id", _text(record["id"], "cyan")),
        ("event", _event(view, record)),
        ("kind", _text(record["kind"])),
        ("track", _text(record["track"] or "")),
        ("companies", _text(", ".join(record["companies"]), "green")),
        ("speakers", _text(text_of(record["speakers"]))),
        ("keywords", _text(", ".join(dict.fromkeys([*record["keywords"], *record["keywords_ja"]])))),
        ("themes", _themes(view, record)),
    ]
    first, second = ("summary_ja", "summary") if lang == "ja" else ("summary", "summary_ja")
    texts.append(("summary", _text(record[first] or record[second] or "")))
    for name in LINKS:
        address = harmless.link(record[name])
        texts.append((name, Text(address, Style(link=address)) if address else Text()))
    if record["slides_public"] is False and not record["slides"]:
        texts.append(("slides", _text(heading("not public", lang), "dim")))
    texts.append(("source", _text(record["source"] or "", "dim")))
    named = [(heading(name, lang), text) for name, text in texts]
    return Group(_text(record["title"], "bold"), Text(), _pairs(named))


def _theme_head(head: Record, lang: Lang) -> RenderableType:
    """Return what stands above the sessions of a theme."""
    labels = [head["label_en"], head["label_ja"]]
    title = " · ".join(label for label in (reversed(labels) if lang == "ja" else labels) if label)
    companies = ", ".join(f"{c['value']} {c['sessions']}" for c in head["companies"][:10])
    narrower = ", ".join(f"{n['id']} {n['sessions']}" for n in head["narrower"])
    pairs: list[tuple[str, Any]] = [
        ("id", _text(head["id"], "cyan")),
        ("definition", _text(head["definition"] or "")),
        ("terms", _text(", ".join(head["terms"]))),
        ("broader", _text(", ".join(head["broader"]))),
        ("narrower", _text(narrower)),
        ("sessions", _text(str(head["count"]))),
        ("companies", _text(companies, "green")),
    ]
    named = [(heading(name, lang), text) for name, text in pairs]
    return Group(_text(title, "bold"), Text(), _pairs(named), Text())
