"""A document without a format: sections of paragraphs, tables and lists of talks; and its text in Markdown.

Does not compute numbers and does not draw pictures: `terminal.document` and `html.charts` do.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from mltalks.messages import Lang, say
from mltalks.text import sanitize
from mltalks.text.formats import markdown as md

Picture = Literal["bars", "heat", "lines"]
Cell = str | int


class Paragraph(NamedTuple):
    """Sentences; a `caution` says what is not known."""

    text: str
    caution: bool = False


class Table(NamedTuple):
    """The first `rows` out of `of` rows, with headings; the first column names the subject of each row.

    `numbers` are the columns (from 0) of numbers; `picture` is how they may be drawn: bars of the column `numbers[0]`, shades
    of all, or lines along the rows.
    """

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    of: int
    picture: Picture | None = None

    def most(self, columns: Iterable[int]) -> int:
        """Return the highest number in some columns, or 1 if there is none above 0."""
        return max((int(row[at]) for row in self.rows for at in columns), default=0) or 1


class Talk(NamedTuple):
    """A session as a line: id, title, speakers or companies, and an address or None."""

    id: str
    title: str
    by: str
    address: str | None


class Group(NamedTuple):
    """The first talks out of `of` under a name; `depth` is 0 at the top, `note` a line about all of them."""

    name: str
    depth: int
    sessions: int
    talks: tuple[Talk, ...]
    of: int
    note: str = ""


class Talks(NamedTuple):
    """Groups of talks, in order."""

    groups: tuple[Group, ...]


Block = Paragraph | Table | Talks


class Section(NamedTuple):
    """A part of a document under a heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]


class Document(NamedTuple):
    """A title, introductory sentences, and sections."""

    title: str
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    lang: Lang


def more(shown: int, of: int, lang: Lang) -> str:
    """Return a note on how many are not shown, or "" if all are shown."""
    return say("{count} more", lang, count=of - shown) if of > shown else ""


def markdown(document: Document) -> str:
    """Return a document as GitHub Flavored Markdown, with all data escaped."""
    lines = [f"# {sanitize.markdown(document.title)}", ""]
    lines += [line for paragraph in document.lead for line in _paragraph(paragraph)]
    for section in document.sections:
        lines += [f"## {sanitize.markdown(section.title)}", ""]
        for block in section.blocks:
            lines += _block(block, document.lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(block: Block, lang: Lang) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _paragraph(block)
        case Table():
            yield from _table(block, lang)
        case Talks(groups):
            for group in groups:
                yield from _group(group, lang)
            yield ""


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    text = sanitize.markdown(paragraph.text)
    yield f"*{text}*" if paragraph.caution else text
    yield ""


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield f"**{sanitize.markdown(table.caption)}**"
    yield ""
    heading, *rows = ([sanitize.markdown(str(cell)) for cell in row] for row in (table.columns, *table.rows))
    yield from md.table(heading, rows, right=table.numbers)
    yield ""
    rest = more(len(table.rows), table.of, lang)
    if rest:
        yield from (f"… {rest}", "")


def _group(group: Group, lang: Lang) -> Iterator[str]:
    indent = "  " * group.depth
    note = f": {sanitize.markdown(group.note)}" if group.note else ""
    yield f"{indent}- **{sanitize.markdown(group.name)}** ({group.sessions}){note}"
    for talk in group.talks:
        title = sanitize.markdown(talk.title)
        by = f" — {sanitize.markdown(talk.by)}" if talk.by else ""
        yield f"{indent}  - {md.link(title, talk.address) or title}{by}"
    rest = more(len(group.talks), group.of, lang)
    if rest:
        yield f"{indent}  - … {rest}"
