"""Imports BibTeX and biblatex: each entry is a session.

Source: Oren Patashnik, BibTeXing (1988); Philipp Lehman, The biblatex Package, 2. bibtexparser finds the entries, piece by
piece. This module evaluates their values, as bibtexparser neither joins values at # nor limits how long macros make them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.exchange.mapping import convert, extra_fields, latex
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, lines
from mltalks.exchange.readers.source import Draft, Found, Importer, Source

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

_FIRST = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{3,20}[ \t]*[{(]", re.MULTILINE)
_PIECE = 1 << 15  # characters for bibtexparser, which takes up to some 100 bytes for each
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_AND_DAY = re.compile(
    r"(?:(\d{1,2})[\s.~]*)?([a-z]{3,9}|\d{1,2}(?!\d))\.?(?:[\s.~]*(\d{1,2}))?", re.ASCII
)
_VALUE = re.compile(r'\s*+(?:#\s*+)?("|\{|[^\s"{}#,]++)')
_AT = re.compile(r"(Paper|Talk|Keynote|Panel|Tutorial|Poster) at (.+)", re.DOTALL)
_AND = re.compile(" and ", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n{2,}")
_WORDS = re.compile("[,;]")
_COMMA = re.compile(",")
_PAPERS = frozenset({
    "article", "conference", "inbook", "incollection", "inproceedings", "proceedings", "techreport", "report", "phdthesis",
    "mastersthesis", "thesis",
})  # fmt: skip
EXTRA_PREFIX = "x-mltalks-"
_LONGEST_MACRO = 2_000
_GROWTH = 4  # characters that macros may make of each one that was read


class _Macros:
    """The macros of @string, and how many characters they may still make."""

    def __init__(self) -> None:
        self.texts = {name[:3]: name.capitalize() for name in _MONTHS}
        self.left = 1_000_000

    def value(self, raw: str) -> str | None:
        """Return the parts of a value joined; None if macros make it too long."""
        texts = []
        at = 0
        while part := _VALUE.match(raw, at):
            sign = part[1]
            if sign in ('"', "{"):
                end = _closing(raw, part.start(1))
                texts.append(raw[part.end() : end])
                at = end + 1
            else:
                text = self.texts.get(sign.casefold(), sign)
                self.left -= len(text)
                if self.left < 0:
                    return None
                texts.append(text)
                at = part.end()
        return "".join(texts)


def _closing(raw: str, start: int) -> int:
    """Return the end of the quoted or braced part that begins at `start`; the end of the text if it is not closed."""
    depth = 0
    quoted = raw[start] == '"'
    for sign in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(raw, start + quoted):
        depth += (sign.group() == "{") - (sign.group() == "}")
        if (quoted and sign.group() == '"' and depth <= 0) or (
            not quoted and depth == 0 and sign.group() == "}"
        ):
            return sign.start()
    return len(raw)


class _Piece(NamedTuple):
    """Some whole blocks, as lines from `line` on; `long` if they are one block that is too long."""

    line: int
    text: str
    long: bool


def recognises(name: str, head: str) -> bool:
    """Return whether a text is BibTeX: it has an entry and, unless it is named .bib, only comments before that."""
    first = _FIRST.search(head)
    if first is None:
        return False
    before = head[: first.start()].lstrip("\ufeff \t\r\n")
    return name.endswith((".bib", ".bibtex")) or all(
        line.lstrip().startswith("%") for line in before.splitlines()
    )


def read(source: Source) -> Found:
    """Yield a draft for each entry; a problem for each that is not closed, has no title, or repeats a key.

    Raises DataError: it cannot be read, or is not text in its encoding.
    """
    macros = _Macros()
    keys: set[str] = set()
    for piece in _pieces(source):
        if piece.long:
            yield source.too_long(piece.line, None, LONGEST_RECORD)
            continue
        macros.left += _GROWTH * len(piece.text)
        for block in _library(piece.text).blocks:
            yield from _found(source, block, piece.line, macros, keys)


def _pieces(source: Source) -> Iterator[_Piece]:
    """Yield the source in pieces of whole entries, if each entry begins on a new line."""
    start, held, size, long = 1, list[str](), 0, False
    for line in lines(source):
        if size >= _PIECE and line.text.lstrip().startswith("@"):
            yield _Piece(start, "\n".join(held), long)
            start, held, size, long = line.number, [], 0, False
        size += len(line.text) + 1
        long = long or line.cut or size > LONGEST_RECORD
        if long:
            held.clear()
        else:
            held.append(line.text)
    if size:
        yield _Piece(start, "\n".join(held), long)


def _library(text: str) -> "Library":
    """Return the blocks of a piece, their values as written; errors are blocks too, and nothing is logged."""
    import logging

    from bibtexparser.splitter import Splitter  # 21 ms

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return Splitter(text).split()


def _found(source: Source, block: "Block", first: int, macros: _Macros, keys: set[str]) -> Found:
    from bibtexparser import model

    line = first + (block.start_line or 0)
    if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
        block = block.ignore_error_block or block
    if isinstance(block, model.String):
        macros.texts[block.key.strip().casefold()] = (macros.value(block.value) or "")[:_LONGEST_MACRO]
    elif isinstance(block, model.Entry):
        yield _of_entry(source, block, line, macros, keys)
    elif isinstance(block, model.ParsingFailedBlock):
        name = convert.line(block.raw[:40].splitlines()[0]) if block.raw else None
        yield source.problem(
            "is not closed, or a comma or = is missing; it is left out", line=line, name=name
        )


def _of_entry(source: Source, entry: "Entry", line: int, macros: _Macros, keys: set[str]) -> Any:
    key = entry.key.strip()
    problem = partial(source.problem, line=line, name=convert.line(key[:200]))
    values = {}
    for field in entry.fields:
        name = field.key.strip().casefold()
        if name in values:
            continue
        value = macros.value(str(field.value)[: convert.LONGEST_TEXT])
        if value is None:
            return problem("the entry is too long after its macros are expanded; it is left out")
        if value.strip():
            values[name] = value
    title = _text(values, "title")
    if title is None:
        return problem("has no title; it is left out")
    if key.casefold() in keys:
        return problem("its key is used twice; give it another key")
    keys.add(key.casefold())
    return _draft(source, entry.entry_type.casefold(), key, values, title, line)


def _draft(
    source: Source, entry_type: str, key: str, values: Mapping[str, str], title: str, line: int
) -> Draft:
    known = extra_fields.read(
        (name.removeprefix(EXTRA_PREFIX), text)
        for name, value in values.items()
        if name.startswith(EXTRA_PREFIX)
        for text in _paragraphs(value).split("\n")
    )
    kind, published = _kind_and_event(entry_type, values)
    keywords = convert.parts(values.get("keywords", ""), _COMMA if known.is_native else _WORDS)
    dois = (convert.doi(latex.address(values.get(name, ""))) for name in ("doi", "url"))
    fields = {
        "id": convert.identifier(key),
        "title": title,
        "kind": kind,
        "speakers": known.speakers(_authors(values.get("author", ""))),
        "keywords": convert.lines([latex.plain(word) for word in keywords]),
        "summary": convert.prose(_paragraphs(values.get("abstract", ""))),
        "doi": next(filter(None, dois), None),
        "language": convert.language(_text(values, "language", "langid")),
        "date": _date(values),
        "note": convert.prose(_paragraphs(values.get("annote") or values.get("annotation") or "")),
    }
    foreign = {
        "url": _link(values, "url", "howpublished"),
        "paper": _link(values, "pdf", "file"),  # any file counts as the paper
        "slides": _link(values, "slides"),
        "video": _link(values, "video"),
    }
    event = _event(values, published)
    return known.draft(source, line, fields, event, foreign=foreign, name=key or title)


def _text(values: Mapping[str, str], *names: str) -> str | None:
    """Return the first non-empty text of some fields on one line."""
    texts = (convert.line(latex.plain(values.get(name, ""))) for name in names)
    return next(filter(None, texts), None)


def _link(values: Mapping[str, str], *names: str) -> str | None:
    """Return the first http or https address of some fields."""
    return next(filter(None, (convert.link(latex.address(values.get(name, ""))) for name in names)), None)


def _kind_and_event(entry_type: str, values: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the kind of a session, and the event that `howpublished` names as "Talk at EVENT" or by itself."""
    published = _text(values, "howpublished")
    at = _AT.fullmatch(published or "")
    if at:
        return at[1].lower(), at[2]
    kinds = (convert.kind(_text(values, name)) for name in ("type", "entrysubtype", "note"))
    by_type = "paper" if entry_type in _PAPERS else "talk"
    return next(filter(None, kinds), by_type), None if _link(values, "howpublished") else published


def _event(values: Mapping[str, str], published: str | None) -> dict[str, Any]:
    begins, _, ends = (_text(values, "eventdate") or "").partition("/")
    return {
        "name": _text(values, "eventtitle", "booktitle", "journal", "journaltitle", "series") or published,
        "year": convert.year(_text(values, "year", "date") or begins),
        "start_date": convert.day(begins),
        "end_date": convert.day(ends),
        "location": _text(values, "venue", "location", "address"),
    }


def _authors(text: str) -> Iterator[str]:
    for name in convert.parts(convert.line(text) or "", _AND):
        parts = [convert.line(latex.plain(part)) or "" for part in convert.parts(name, _COMMA)[:3]]
        person = convert.line(" ".join(convert.in_order(parts)))
        if person and name.strip().casefold() != "others":
            yield person


def _paragraphs(text: str) -> str:
    r"""Return a text with line ends where LaTeX has one: at an empty line or \newline."""
    stripped = "\n".join(one.strip() for one in text.split("\n"))
    return latex.plain(_EMPTY_LINES.sub(r"\\par{}", stripped).replace("\n", " "))


def _date(values: Mapping[str, str]) -> str | None:
    """Return the date of an entry if it is complete: from `date`, or from year, month and day."""
    whole = convert.day(_text(values, "date"))
    found = _MONTH_AND_DAY.fullmatch((_text(values, "month") or "").casefold())
    year = convert.year(_text(values, "year"))
    if whole or found is None or year is None:
        return whole
    before, named, after = found.groups()
    day = _text(values, "day") or before or after or ""
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(named)), None)
    return convert.day(f"{year}-{named if month is None else month:0>2}-{day:0>2}")


IMPORTER = Importer(read, recognises, (".bib", ".bibtex"))
