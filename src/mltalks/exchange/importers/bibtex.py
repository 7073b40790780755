"""BibTeX and biblatex: each entry a session.

Source: Oren Patashnik, BibTeXing (1988); Philipp Lehman, The biblatex Package, 2. Entries are found by bibtexparser, piece by
piece; what their values say is read here, as bibtexparser neither joins values at # nor bounds what macros make of them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.dataset.vocabulary import KINDS
from mltalks.exchange.mapping import convert, extra_fields, latex
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, lines
from mltalks.exchange.readers.source import Draft, Found, Importer, Source

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

_FIRST = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{3,20}[ \t]*[{(]", re.MULTILINE)
_PIECE = 1 << 15  # characters handed to bibtexparser, of which it makes some 100 times as many bytes at worst
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
OWN_PREFIX = "x-mltalks-"
_LONGEST_MACRO = 2_000
_GROWTH = 4  # times the characters that have been read: more is not made of macros


class _Macros:
    """What @string says, and how many characters may still be made of it."""

    def __init__(self) -> None:
        self.texts = {name[:3]: name.capitalize() for name in _MONTHS}
        self.room = 1_000_000

    def value(self, raw: str) -> str | None:
        """Return what the parts of a value say together; None when macros make too much of it."""
        said = []
        at = 0
        while part := _VALUE.match(raw, at):
            sign = part[1]
            if sign in ('"', "{"):
                end = _closing(raw, part.start(1))
                said.append(raw[part.end() : end])
                at = end + 1
            else:
                text = self.texts.get(sign.casefold(), sign)
                self.room -= len(text)
                if self.room < 0:
                    return None
                said.append(text)
                at = part.end()
        return "".join(said)


def _closing(raw: str, start: int) -> int:
    """Return where the quoted or braced part that begins at `start` ends; the end of the text when it does not."""
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
    """Some whole blocks, as lines from `line` on; `long` when they are one that is too long."""

    line: int
    text: str
    long: bool


def recognises(name: str, head: str) -> bool:
    """Return whether a text is BibTeX: it has an entry, with nothing but comments before it unless the file is named so."""
    first = _FIRST.search(head)
    if first is None:
        return False
    before = head[: first.start()].lstrip("\ufeff \t\r\n")
    return name.endswith((".bib", ".bibtex")) or all(
        line.lstrip().startswith("%") for line in before.splitlines()
    )


def read(source: Source) -> Found:
    """Yield a draft for each entry; a problem for each that is not closed, has no title, or has a key seen before.

    Raises:
        DataError: it cannot be read, or is not text in its encoding.

    """
    macros = _Macros()
    keys: set[str] = set()
    for piece in _pieces(source):
        if piece.long:
            yield source.too_long(piece.line, None, LONGEST_RECORD)
            continue
        macros.room += _GROWTH * len(piece.text)
        for block in _library(piece.text).blocks:
            yield from _found(source, block, piece.line, macros, keys)


def _pieces(source: Source) -> Iterator[_Piece]:
    """Yield the source in pieces that begin at an entry and hold whole ones, as far as these begin on a line of their own."""
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
    """Return the blocks of a piece, their values as they stand; what is wrong is not logged but told by the blocks."""
    import logging

    from bibtexparser.splitter import Splitter  # 21 ms

    logger = logging.getLogger("bibtexparser")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return Splitter(text).split()


def _found(source: Source, block: "Block", first: int, macros: _Macros, keys: set[str]) -> Found:
    from bibtexparser.model import (
        DuplicateBlockKeyBlock,
        DuplicateFieldKeyBlock,
        Entry,
        ParsingFailedBlock,
        String,
    )

    line = first + (block.start_line or 0)
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block or block
    if isinstance(block, String):
        macros.texts[block.key.strip().casefold()] = (macros.value(block.value) or "")[:_LONGEST_MACRO]
    elif isinstance(block, Entry):
        yield _of_entry(source, block, line, macros, keys)
    elif isinstance(block, ParsingFailedBlock):
        name = convert.line(block.raw[:40].splitlines()[0]) if block.raw else None
        yield source.problem("is not closed, or lacks a comma or =; it is left out", line=line, name=name)


def _of_entry(source: Source, entry: "Entry", line: int, macros: _Macros, keys: set[str]) -> Any:
    key = entry.key.strip()
    problem = partial(source.problem, line=line, name=convert.line(key[:200]))
    values = {}
    for field in entry.fields:
        name = field.key.strip().casefold()
        if name in values or (name not in _READ and not name.startswith(OWN_PREFIX)):
            continue
        value = macros.value(str(field.value)[: convert.LONGEST_TEXT])
        if value is None:
            return problem("is too long once its macros are filled in; it is left out")
        if value.strip():
            values[name] = value
    title = convert.line(latex.plain(values.get("title", "")))
    if title is None:
        return problem("has no title; it is left out")
    if key.casefold() in keys:
        return problem("its key was seen before; give it another one")
    keys.add(key.casefold())
    return _draft(source, entry.entry_type.casefold(), key, values, title, line)


_READ = frozenset({
    "title", "subtitle", "author", "keywords", "abstract", "annote", "annotation", "doi", "url", "pdf", "file", "video", "slides",
    "language", "langid", "date", "eventdate", "year", "month", "day", "type", "entrysubtype", "howpublished", "note",
    "eventtitle", "booktitle", "journal", "journaltitle", "series", "venue", "location", "address",
})  # fmt: skip


def _draft(
    source: Source, entry_type: str, key: str, values: Mapping[str, str], title: str, line: int
) -> Draft:
    known = extra_fields.read(
        (name.removeprefix(OWN_PREFIX), text)
        for name, value in values.items()
        if name.startswith(OWN_PREFIX)
        for text in _paragraphs(value).split("\n")
    )
    kind, name = _kind_and_name(entry_type, values)
    fields: dict[str, Any] = {
        "id": convert.identifier(key),
        "title": title,
        "kind": kind,
        "speakers": known.speakers(_authors(values.get("author", ""))),
        "keywords": convert.lines([latex.plain(word) for word in _keywords(values, known.ours)]),
        "summary": convert.prose(_paragraphs(values.get("abstract", ""))),
        "doi": convert.doi(latex.address(values.get("doi", ""))) or convert.doi(_address(values)),
        "language": convert.language(values.get("language") or values.get("langid")),
        "date": _date(values),
        "note": convert.prose(_paragraphs(values.get("annote") or values.get("annotation") or "")),
    }
    event = _event(values, name)
    return known.draft(source, line, fields, event, foreign=_links(values), name=key or title)


def _kind_and_name(entry_type: str, values: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the kind of a session, and the event that `howpublished` names as "Talk at EVENT" or by itself."""
    published = convert.line(latex.plain(values.get("howpublished", "")))
    at = _AT.fullmatch(published or "")
    if at and at[1].lower() in KINDS:
        return at[1].lower(), at[2]
    told = next(
        (
            kind
            for name in ("type", "entrysubtype", "note")
            if (kind := convert.kind(latex.plain(values.get(name, ""))))
        ),
        None,
    )
    named = None if published is None or convert.link(_published_address(values)) else published
    return told or ("paper" if entry_type in _PAPERS else "talk"), named


def _event(values: Mapping[str, str], published: str | None) -> dict[str, Any]:
    names = (
        convert.line(latex.plain(values.get(name, "")))
        for name in ("eventtitle", "booktitle", "journal", "journaltitle", "series")
    )
    begins, _, ends = latex.plain(values.get("eventdate", "")).partition("/")
    place = values.get("venue") or values.get("location") or values.get("address") or ""
    return {
        "name": next((name for name in names if name), None) or published,
        "year": convert.year(latex.plain(values.get("year") or values.get("date") or begins)),
        "start_date": convert.day(begins),
        "end_date": convert.day(ends),
        "location": convert.line(latex.plain(place)),
    }


def _authors(text: str) -> Iterator[str]:
    for name in latex.parts(convert.line(text) or "", _AND):
        parts = [convert.line(latex.plain(part)) or "" for part in latex.parts(name, _COMMA)[:3]]
        said = convert.line(" ".join(convert.in_order(parts)))
        if said and name.strip().casefold() != "others":
            yield said


def _keywords(values: Mapping[str, str], ours: bool) -> list[str]:
    return latex.parts(values.get("keywords", ""), _COMMA if ours else _WORDS)


def _paragraphs(text: str) -> str:
    r"""Return a text whose lines end where LaTeX ends a line, at an empty line or \newline."""
    stripped = "\n".join(one.strip() for one in text.split("\n"))
    return latex.plain(_EMPTY_LINES.sub(r"\\par{}", stripped).replace("\n", " "))


def _published_address(values: Mapping[str, str]) -> str:
    return latex.address(values.get("howpublished", ""))


def _address(values: Mapping[str, str]) -> str:
    return latex.address(values.get("url", ""))


def _links(values: Mapping[str, str]) -> dict[str, str | None]:
    """Return the links of an entry: http and https only, a file under `paper` whatever it is of."""
    found = {
        name: convert.link(latex.address(values.get(name, ""))) for name in ("slides", "video", "pdf", "file")
    }
    return {
        "url": convert.link(_address(values)) or convert.link(_published_address(values)),
        "paper": found["pdf"] or found["file"],
        "slides": found["slides"],
        "video": found["video"],
    }


def _date(values: Mapping[str, str]) -> str | None:
    """Return the date of an entry where it is whole: of `date`, or of year, month and day."""
    told = convert.day(latex.plain(values.get("date", "")))
    if told:
        return told
    written = latex.plain(values.get("month", "")).strip().casefold()
    found = _MONTH_AND_DAY.fullmatch(written)
    year = convert.year(latex.plain(values.get("year", "")))
    if found is None or year is None:
        return None
    before, named, after = found.groups()
    day = latex.plain(values.get("day", "")).strip() or before or after or ""
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(named)), None)
    return convert.day(f"{year}-{named if month is None else month:0>2}-{day:0>2}")


IMPORTER = Importer(read, recognises, (".bib", ".bibtex"))
