"""One record as a page, and what stands above a table or in the place of one, as rich text.

Draws no table of several records.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang, word
from mltalks.render.terminal.cells import Cells, styled
from mltalks.render.text_formats import text_of
from mltalks.render.views.core import LINKS, Record, View, heading
from mltalks.text import sanitize

_SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def _pairs(pairs: Sequence[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in pairs:
        if text.plain:
            grid.add_row(name, text)
    return grid


def picked(view: View, fields: Sequence[str], lang: Lang) -> RenderableType:
    """Return some fields of the one record of a view."""
    cells = Cells(view, fields, lang)
    return _pairs([(heading(name, lang), cells.cell(view.records[0], name)) for name in fields])


def card(view: View, lang: Lang) -> RenderableType:
    """Return one session as a page."""
    record = view.records[0]
    cells = Cells(view, (), lang)
    texts: list[tuple[str, Text]] = [
        ("id", styled(record["id"], "cyan")),
        ("event", cells.cell(record, "event")),
        ("kind", styled(record["kind"])),
        ("track", styled(record["track"] or "")),
        ("companies", styled(", ".join(record["companies"]), "green")),
        ("speakers", styled(text_of(record["speakers"]))),
        ("keywords", styled(", ".join(dict.fromkeys([*record["keywords"], *record["keywords_ja"]])))),
        ("themes", cells.cell(record, "themes")),
    ]
    first, second = ("summary_ja", "summary") if lang == "ja" else ("summary", "summary_ja")
    texts.append(("summary", styled(record[first] or record[second] or "")))
    for name in LINKS:
        address = sanitize.link(record[name])
        texts.append((name, Text(address, Style(link=address)) if address else Text()))
    if record["slides_public"] is False and not record["slides"]:
        texts.append(("slides", styled(heading("not public", lang), "dim")))
    texts += [(name, styled(text_of(record[name]))) for name in ("doi", "language", "date", "minutes")]
    texts.append(("source", styled(record["source"] or "", "dim")))
    texts += [
        ("tags", styled(", ".join(record["tags"]), "magenta")),
        ("mark", styled(record["mark"] or "", "magenta")),
    ]
    note = [styled(line) for line in (record["note"] or "").split("\n")]
    texts += [("note", Text("\n").join(note)), ("from", _places(record["origins"]))]
    named = [(heading(name, lang), text) for name, text in texts]
    return Group(styled(record["title"], "bold"), Text(), _pairs(named))


def _places(origins: Mapping[str, Record]) -> Text:
    """Return a line for each file that says something of a session: the fields that it says, each with its line."""
    files: dict[str, list[str]] = {}
    for field, place in origins.items():
        files.setdefault(place["path"], []).append(f"{field} {place['line']}")
    lines = [styled(f"{path}: {', '.join(fields)}", "dim") for path, fields in files.items()]
    return Text("\n").join(lines)


def finding(record: Record, lang: Lang) -> Text:
    """Return what a check-up found, and below it the command that mends it."""
    shown = styled(f"{word(record['severity'], lang)}: ", _SEVERITIES[record["severity"]])
    shown.append_text(styled(record["message"]))
    if record["command"]:
        shown.append_text(Text("\n    ") + styled(record["command"], "cyan"))
    return shown


def theme_head(head: Record, lang: Lang) -> RenderableType:
    """Return what stands above the sessions of a theme."""
    labels = [head["label_en"], head["label_ja"]]
    title = " · ".join(label for label in (reversed(labels) if lang == "ja" else labels) if label)
    companies = ", ".join(f"{c['value']} {c['sessions']}" for c in head["companies"][:10])
    narrower = ", ".join(f"{n['id']} {n['sessions']}" for n in head["narrower"])
    pairs: list[tuple[str, Any]] = [
        ("id", styled(head["id"], "cyan")),
        ("definition", styled((lang == "ja" and head["definition_ja"]) or head["definition"] or "")),
        ("terms", styled(", ".join(head["terms"]))),
        ("broader", styled(", ".join(head["broader"]))),
        ("narrower", styled(narrower)),
        ("sessions", styled(str(head["count"]))),
        ("companies", styled(companies, "green")),
    ]
    named = [(heading(name, lang), text) for name, text in pairs]
    return Group(styled(title, "bold"), Text(), _pairs(named), Text())
