"""Documents on a terminal: headings, wrapped paragraphs, tables with bars or shades, talks as lists, fitted to a width.

Does not replace numbers by pictures: without colour or blocks, all information remains.
"""

import re
import sys
from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Drawn
from rich.text import Text

from mltalks.messages import Lang
from mltalks.render.document import Document, Group, Paragraph, Picture, Section, Table, Talks, more
from mltalks.render.terminal import blocks
from mltalks.render.terminal.rich_console import new_console
from mltalks.render.terminal.table import GAP, longest_word
from mltalks.text import sanitize

NARROW = 60  # below this many columns there are no pictures
BAR = 20  # cells of the longest bar
LABEL = 30  # cells for names of rows in a heat table, and
COLUMN = 12  # for the heading of a column, before columns are left out
LEAST = 12  # cells of a column of text
WIDEST = 100  # columns of a paragraph, so that lines are easy to read


def article(document: Document, width: int | None, *, colour: bool) -> str:
    """Return a document for a terminal of a width (None: without a limit)."""
    console = new_console(width, colour=colour)
    with console.capture() as captured:
        console.print(Text(sanitize.shown(document.title), "bold"))
        for paragraph in document.lead:
            console.print(_paragraph(paragraph, width), soft_wrap=width is None)
        for section in document.sections:
            for part in _section(section, document.lang, width):
                console.print(part, soft_wrap=width is None and not isinstance(part, Drawn))
    return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)


def _section(section: Section, lang: Lang, width: int | None) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"━━ {sanitize.shown(section.title)}", "bold cyan")
    for block in section.blocks:
        match block:
            case Paragraph():
                yield _paragraph(block, width)
            case Table():
                yield Text()
                yield Text(sanitize.shown(block.caption), "bold")
                fitting = _fitting(block, width)
                yield from _table(fitting, width)
                left_out = more(len(fitting.columns), len(block.columns), lang)
                if left_out:
                    yield Text(f"→ {left_out}", "dim")
                rest = more(len(block.rows), block.of, lang)
                if rest:
                    yield Text(f"… {rest}", "dim")
            case Talks(groups):
                for group in groups:
                    yield from _group(group, lang)


def _paragraph(paragraph: Paragraph, width: int | None) -> RenderableType:
    text = Text(sanitize.shown(paragraph.text), "yellow" if paragraph.caution else "")
    shown: RenderableType = text
    if paragraph.caution:
        text.overflow = "fold"
        shown = Drawn.grid(padding=(0, 1, 0, 0))
        shown.add_row(Text("!", "yellow"), text)
    return Padding(shown, (0, max(0, width - WIDEST), 0, 0)) if width else shown


def _fitting(table: Table, width: int | None) -> Table:
    """Return a table with the columns that fit beside its first: the first ones, but the latest of years."""
    if table.picture not in ("heat", "lines") or width is None:
        return table
    available = width - min(LABEL, max((cell_len(str(row[0])) for row in table.rows), default=0))
    names = table.columns[1:] if table.picture == "heat" else table.columns[:0:-1]
    kept = 0
    for name in names:
        available -= min(COLUMN, cell_len(name)) + 2
        if available < 0 and kept:
            break
        kept += 1
    chosen = (
        range(1, kept + 1)
        if table.picture == "heat"
        else range(len(table.columns) - kept, len(table.columns))
    )
    at = (0, *chosen)
    return table._replace(
        columns=tuple(table.columns[i] for i in at),
        rows=tuple(tuple(row[i] for i in at) for row in table.rows),
        numbers=tuple(range(1, kept + 1)),
    )


def _table(table: Table, width: int | None) -> Iterator[RenderableType]:
    """Yield a table, without its picture if that does not fit; if its words do not fit, either, its rows as cards."""
    picture = table.picture if width is None or width >= NARROW else None
    drawn_beside = {"bars": BAR + 1, "lines": len(table.numbers) + 1, "heat": 3 * len(table.numbers)}
    least = [_least(table, at) for at in range(len(table.columns))]
    available = sys.maxsize if width is None else width - GAP * (len(least) - 1)
    if picture and sum(least) + drawn_beside[picture] > available:
        picture = None
    if sum(least) > available:
        yield from _cards(table)
    else:
        yield _rows(table, picture, least)


def _least(table: Table, at: int) -> int:
    """Return the least width of a column in which no word is broken; Japanese is broken anywhere."""
    texts = [str(row[at]) for row in table.rows]
    heading = table.columns[at]
    longest = max((cell_len(text) for text in texts), default=0)
    if at in table.numbers:
        return max(longest, longest_word([heading]))
    return max(min(longest, LEAST), longest_word([heading, *texts]))


def _cards(table: Table) -> Iterator[RenderableType]:
    """Yield each row as its first cell and, below it, the other ones with their headings."""
    for name, *cells in table.rows:
        yield Text(sanitize.shown(str(name)), "green")
        for heading, value in zip(table.columns[1:], cells, strict=True):
            if value != "":
                label = Text(f"{sanitize.shown(heading)}: ", "dim")
                yield Padding(label + Text(sanitize.shown(str(value))), (0, 0, 0, 2))


def _rows(table: Table, picture: Picture | None, least: list[int]) -> Drawn:
    before_bars = table.numbers[0] if picture == "bars" else None
    drawn = Drawn(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    most = table.most(table.numbers if table.picture == "heat" else table.numbers[:1]) if picture else 1
    for at, name in enumerate(table.columns):
        number = at in table.numbers
        drawn.add_column(
            sanitize.shown(name),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=number and len(name) < 8,
            min_width=least[at],
        )
        if at == before_bars:
            drawn.add_column("", no_wrap=True)
    if picture == "lines":
        drawn.add_column("", no_wrap=True)
    for row in table.rows:
        cells: list[Text] = []
        for at, value in enumerate(row):
            cells.append(_cell(table, at, value, most, pictured=picture is not None))
            if at == before_bars:
                cells.append(Text(blocks.bar(float(value), most, BAR), "cyan"))
        if picture == "lines":
            cells.append(Text(blocks.sparkline([int(row[at]) for at in table.numbers]), "cyan"))
        drawn.add_row(*cells)
    return drawn


def _cell(table: Table, at: int, value: str | int, most: int, *, pictured: bool) -> Text:
    text = sanitize.shown(str(value))
    if table.picture == "heat" and at in table.numbers:
        shade = blocks.shade(int(value), most, 2) if pictured else ""
        return Text(f"{shade} {text}" if value else "·", "" if value else "dim")
    return Text(text, "green" if not at else "")


def _group(group: Group, lang: Lang) -> Iterator[RenderableType]:
    left = 2 * group.depth
    name = Text(sanitize.shown(group.name), "bold" if not group.depth else "cyan")
    name.append(f"  {group.sessions}", "dim")
    if not group.depth:
        yield Text()
    yield Padding(name, (0, 0, 0, left))
    if group.note:
        yield Padding(Text(sanitize.shown(group.note), "dim"), (0, 0, 0, left + 2))
    for talk in group.talks:
        line = Drawn.grid(padding=(0, 1, 0, 0))
        address = sanitize.link(talk.address)
        title = Text(sanitize.shown(talk.title), Style(link=address) if address else "")
        if talk.by:
            title.append(f"  {sanitize.shown(talk.by)}", "green")
        title.overflow = "fold"
        line.add_row(Text("•", "dim"), title)
        yield Padding(line, (0, 0, 0, left + 2))
    rest = more(len(group.talks), group.of, lang)
    if rest:
        yield Padding(Text(f"… {rest}", "dim"), (0, 0, 0, left + 2))
