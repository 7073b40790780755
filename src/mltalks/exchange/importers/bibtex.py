"""Imports BibTeX and biblatex: each entry but a volume is a session.

Does not find the entries: `readers.bibtex_entries` does. Source: Oren Patashnik, BibTeXing (1988); Philipp Lehman, The biblatex
Package, 2.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from mltalks.exchange.bibliography import arxiv, citation_keys, latex, person_names
from mltalks.exchange.bibliography.bibtex_volumes import OTHER_TYPE, VOLUMES, Entry, Volumes
from mltalks.exchange.mapping import convert, extra_fields, markup
from mltalks.exchange.readers import bibtex_entries
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, lines
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem
from mltalks.text.folding import name_key

_FIRST = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{3,20}[ \t]*[{(]", re.MULTILINE)
_PIECE = 1 << 15  # characters that are read before entries are looked for
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_AND_DAY = re.compile(
    r"(?:(\d{1,2})[\s.~]*)?([a-z]{3,9}|\d{1,2}(?!\d))\.?(?:[\s.~]*(\d{1,2}))?", re.ASCII
)
_AT = re.compile(r"(Paper|Talk|Keynote|Panel|Tutorial|Poster) at (.+)", re.DOTALL)
_AND = re.compile(" and ", re.IGNORECASE)
_AND_IN_JAPANESE = re.compile(" and |、", re.IGNORECASE)  # no name has the comma of Japanese lists
_EMPTY_LINES = re.compile(r"\n{2,}")
_WORDS = re.compile("[,;，；、､]")
_COMMA = re.compile(",")
_BRACED_FAMILY = re.compile(r"(?:^|(?<=[^\s{}]) )\{([^{}\\]* [^{}\\]*)\}$")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_PAPERS = frozenset({
    "article", "conference", "inbook", "incollection", "inproceedings", "proceedings", "techreport", "report", "phdthesis",
    "mastersthesis", "thesis",
})  # fmt: skip
# Types that an export has again, or that say nothing.
_KEPT = frozenset(
    {"article", "inproceedings", "conference", "misc", "online", "presentation", "unpublished", "video"}
)
# Towns of publishers, which many bibliographies name in place of the town of a conference.
_SEATS = frozenset({
    "new york", "berlin", "heidelberg", "cham", "piscataway", "los alamitos", "red hook", "stroudsburg", "menlo park",
    "palo alto", "republic and canton of geneva", "amsterdam", "dordrecht", "richland", "norwell", "san rafael", "hoboken",
    "cambridge", "oxford", "usa",
})  # fmt: skip
# Languages by their names in the package babel, unless they are those of English.
_BABEL = {
    **dict.fromkeys(("american", "british", "usenglish", "ukenglish", "canadian", "australian", "newzealand"), "en"),
    **dict.fromkeys(("ngerman", "austrian", "naustrian", "swissgerman", "nswissgerman"), "de"),
    **dict.fromkeys(("francais", "acadian", "canadien"), "fr"), **dict.fromkeys(("brazil", "brazilian"), "pt-br"),
    "portuges": "pt", "mexican": "es", "magyar": "hu", "norsk": "nb", "nynorsk": "nn", "ukrainian": "uk", "greek": "el",
    "polutonikogreek": "el", "slovene": "sl", "slovenian": "sl", "bahasa": "id", "farsi": "fa", "turkish": "tr",
    "finnish": "fi", "danish": "da", "norwegian": "no", "hungarian": "hu", "romanian": "ro", "bulgarian": "bg",
    "croatian": "hr", "serbian": "sr", "slovak": "sk", "catalan": "ca", "hebrew": "he", "arabic": "ar", "vietnamese": "vi",
    "thai": "th", "persian": "fa", "hindi": "hi", "indonesian": "id", "estonian": "et", "latvian": "lv", "lithuanian": "lt",
    "icelandic": "is", "basque": "eu", "galician": "gl", "welsh": "cy", "irish": "ga", "latin": "la", "esperanto": "eo",
}  # fmt: skip
EXTRA_PREFIX = "x-mltalks-"
_NAMES = ("eventtitle", "booktitle", "journal", "journaltitle", "series")  # of an event, the likeliest first
_OF_DAY = frozenset(("month", "day"))
_OF_ARXIV = ("eprint", "archiveprefix", "eprinttype")
_READ = _OF_DAY | {
    "title", "subtitle", "author", "keywords", "abstract", "doi", "url", "howpublished", "pdf", "file", "slides", "video", "year",
    "date", "eventdate", "venue", "location", "address", "language", "langid", "annote", "annotation", "note", "type",
    "entrysubtype", "crossref", "xdata", *_OF_ARXIV,
}  # fmt: skip
_LINKS = ("pdf", "file", "slides", "video")  # which are used only if they are addresses
_LONGEST_MACRO = 2_000
_GROWTH = 4  # characters that macros may make of each one that was read


class _Macros:
    """The macros of @string, and how many characters they may still make."""

    def __init__(self) -> None:
        self.texts = {name[:3]: name.capitalize() for name in _MONTHS}
        self.left = 1_000_000

    def value(self, parts: list[tuple[str, bool]]) -> str | None:
        """Return the parts of a value joined; None if macros make it too long."""
        texts = []
        for part, is_macro in parts:
            text = self.texts.get(part.casefold(), part) if is_macro else part
            self.left -= len(text) if is_macro else 0
            if is_macro and self.left < 0:
                return None
            texts.append(text)
        return "".join(texts)


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

    An entry that takes over fields from another one comes after that. A volume is reported, and left out.

    Raises DataError: it cannot be read, or is not text in its encoding.
    """
    changed = citation_keys.ChangedKeys()
    for one in _all(source):
        yield one
        changed.note(one, one.name if isinstance(one, Draft) else None)
    yield from changed.problems(source)


def _all(source: Source) -> Found:
    macros, volumes = _Macros(), Volumes()
    keys: set[str] = set()
    for piece in _pieces(source):
        if piece.long:
            yield source.too_long(piece.line, None, LONGEST_RECORD)
            continue
        macros.left += _GROWTH * len(piece.text)
        for written in bibtex_entries.entries(piece.text, piece.line):
            for one in _read(source, written, macros, keys):
                if isinstance(one, Problem):
                    yield one
                else:
                    for entry in volumes.take(one):
                        yield from _of_entry(source, entry) if entry.type != "xdata" else ()
    for entry in volumes.rest():
        yield from _of_entry(source, entry)


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


def _read(
    source: Source, written: bibtex_entries.Entry, macros: _Macros, keys: set[str]
) -> Iterator[Entry | Problem]:
    """Yield an entry with its values, and a problem of it; macros are noted."""
    key = written.key or next(iter(written.fields), written.type)
    problem = partial(source.problem, line=written.line, name=convert.line(key[:200]))
    if not written.whole:
        yield problem("is not closed, or a comma or = is missing; it is left out")
        return
    if written.unparted:
        field = convert.line(written.unparted[:200])
        yield source.warning("a comma is missing after {field}", line=written.line, name=convert.line(key[:200]), field=field)  # fmt: skip
    if written.type == "string":
        macros.texts |= {
            name: (macros.value(parts) or "")[:_LONGEST_MACRO] for name, parts in written.fields.items()
        }
        return
    if written.key in keys:
        yield problem("its key is used twice; give it another key")
        return
    keys |= {written.key} - {""}
    values = {name: macros.value(parts) for name, parts in written.fields.items()}
    if None in values.values():
        yield problem("the entry is too long after its macros are expanded; it is left out")
    else:
        texts = {name: text[: convert.LONGEST_TEXT] for name, text in values.items() if text and text.strip()}
        yield Entry(written.line, written.type, written.key, texts)


def _of_entry(source: Source, entry: Entry) -> Found:
    title = _title(entry.values)
    name = convert.line(entry.key[:200])
    if title is None:
        yield source.problem("has no title; it is left out", line=entry.line, name=name)
        return
    if entry.type in VOLUMES:
        template = 'has the type "{type}", which is not a talk'
        yield source.no_talk(template, line=entry.line, name=name or title, type=entry.type)
        return
    if entry.type not in _KEPT:
        kind = "paper" if entry.type in _PAPERS else "talk"
        yield source.warning(OTHER_TYPE, line=entry.line, name=name or title, type=entry.type, what=kind)
    written = _text(entry.values, "year") or ""
    if len(set(_YEARS.findall(written))) > 1:
        template = 'has several years, "{written}": {year} is taken'
        years = {"written": written, "year": convert.year(written)}
        yield source.warning(template, line=entry.line, name=name or title, **years)
    yield _draft(source, entry, title)


def _draft(source: Source, entry: Entry, title: str) -> Draft:
    values = entry.values
    known = extra_fields.read(
        (name.removeprefix(EXTRA_PREFIX), text)
        for name, value in values.items()
        if name.startswith(EXTRA_PREFIX)
        for text in _paragraphs(value).split("\n")
    )
    clean: Callable[[str], str] = str if known.is_native else markup.without_html
    in_arxiv = (_text(values, "archiveprefix", "eprinttype") or "").casefold() == "arxiv"
    kind, published = _kind_and_event("article" if in_arxiv else entry.type, values)
    name = next((field for field in _NAMES if _text(values, field)), "")
    full_name = "booktitle" if name == "eventtitle" else ""
    others = {field: _text(values, field) for field in ("volume", "note", "publisher", "number")}
    first = f"arXiv:{_text(values, 'eprint')}" if in_arxiv else arxiv.of_doi(_doi(values))
    venue, paper = arxiv.venue(
        convert.line(clean(_text(values, name) or published or "")), first, *others.values()
    )
    date = _date(values)
    if not known.is_native:
        unread = _OF_DAY if date is None or _text(values, "date") else frozenset[str]()
        unread |= {one for one in _LINKS if not _link(values, one)}
        unread |= {"date"} if date is None and _has_month(_text(values, "date")) else set()
        given = {field: text for field, text in values.items() if not field.startswith(EXTRA_PREFIX)}
        read_too = {name, full_name, *(field for field, text in others.items() if arxiv.says_arxiv(text))}
        source.not_used(given, (_READ | read_too).difference(unread, () if in_arxiv else _OF_ARXIV))
    keywords = convert.parts(values.get("keywords", ""), _COMMA if known.is_native else _WORDS)
    fields = {
        "id": convert.key(entry.key),
        "title": convert.line(clean(title)),
        "kind": "paper" if venue == "arXiv" else kind,
        "speakers": known.speakers(_authors(values.get("author", ""), native=known.is_native)),
        "keywords": convert.lines([clean(latex.plain(word)) for word in keywords]),
        "summary": convert.prose(clean(_paragraphs(values.get("abstract", "")))),
        "doi": _doi(values),
        "language": _language(values),
        "date": date,
        "note": convert.prose("\n".join(_remarks(values))),
    }
    foreign = {
        "citation_key": convert.citation_key(entry.key),
        "url": _link(values, "url", "howpublished"),
        "paper": _link(values, "pdf", "file") or paper,  # any file counts as the paper
        "slides": _link(values, "slides"),
        "video": _link(values, "video"),
    }
    begins, _, ends = (_text(values, "eventdate") or "").partition("/")
    event = {
        "name": venue,
        "year": convert.year(_text(values, "year", "date") or begins),
        "start_date": convert.day(begins),
        "end_date": convert.day(ends),
        "location": _place(entry),
    }
    if not known.is_native:
        event["full_name"] = convert.line(clean(_text(values, full_name) or ""))
        event["journal"] = "journal" in name or None
    draft = known.draft(source, entry.line, fields, event, foreign=foreign, name=entry.key or title)
    return draft._replace(foreign_id=not known.is_native, cited=not known.is_native)


def _title(values: Mapping[str, str]) -> str | None:
    """Return the title with the subtitle.

    >>> _title({"title": "Drift", "subtitle": "A Look"}), _title({"title": "Drift?", "subtitle": "A Look"})
    ('Drift: A Look', 'Drift? A Look')
    >>> _title({"title": "Drift: A Look", "subtitle": "a look"}), _title({"title": "Training at Scale", "subtitle": "Train"})
    ('Drift: A Look', 'Training at Scale: Train')
    """
    title, subtitle = _text(values, "title"), _text(values, "subtitle")
    if title is None or subtitle is None or f" {name_key(title)} ".endswith(f" {name_key(subtitle)} "):
        return title
    return f"{title} {subtitle}" if title[-1] in "?!:.…" else f"{title}: {subtitle}"


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


def _remarks(values: Mapping[str, str]) -> Iterator[str]:
    """Yield the annotation of an entry, and its note unless that names the kind of the session."""
    yield from filter(None, [_paragraphs(values.get("annote") or values.get("annotation") or "")])
    note = _paragraphs(values.get("note", ""))
    if note and not convert.kind(note) and arxiv.venue(None, convert.line(note)) == (None, None):
        yield note


def _place(entry: Entry) -> str | None:
    """Return the place of an event: where a conference was held, but not where a publisher sits."""
    values = entry.values
    place = _text(values, "venue")
    if place or (entry.type in _PAPERS and entry.type not in ("inproceedings", "conference")):
        return place
    place = _text(values, "location", "address")
    town = name_key((place or "").split(",")[0])
    return None if values.get("publisher") and town in _SEATS else place


def _doi(values: Mapping[str, str]) -> str | None:
    """Return the DOI of the field, else of the address; as written if it is none."""
    written = convert.line(latex.address(values.get("doi", "")))
    return convert.doi(written) or convert.doi(latex.address(values.get("url", ""))) or written


def _language(values: Mapping[str, str]) -> str | None:
    """Return the language by its code, its name or its name in the package babel; as written if it is not known."""
    names = [name for field in ("language", "langid") if (name := _text(values, field))]
    known = (convert.language(_BABEL.get(name.casefold(), name)) for name in names)
    return next(filter(None, [*known, *names]), None)


def _authors(text: str, *, native: bool) -> Iterator[dict[str, str]]:
    """Yield the people of an author list; several words in braces are one family name, in a `native` entry only if it says so."""
    for written in convert.parts(convert.line(text) or "", _AND if native else _AND_IN_JAPANESE):
        name = written.strip()
        parts = [latex.plain(part) for part in convert.parts(name, _COMMA)]
        named = dict(part.partition("=")[::2] for part in map(str.strip, parts))
        if named.keys() & {"family", "given"}:  # as biblatex allows
            parts = [
                f"{named.get('prefix', '')} {named.get('family', '')}",
                *filter(None, [named.get("suffix"), named.get("given")]),
            ]
        person = person_names.person(parts)
        braced = _BRACED_FAMILY.search(name) if len(parts) == 1 else None
        if braced and not native and not person_names.is_organization(braced[1]):
            person["family"] = latex.plain(braced[1])
        if name.casefold() == "others":
            person = {"name": "et al."}  # is reported, and left out
        if person:
            yield person


def _paragraphs(text: str) -> str:
    r"""Return a text with line ends where LaTeX has one: at an empty line or \newline."""
    stripped = "\n".join(one.strip() for one in text.split("\n"))
    return latex.plain(_EMPTY_LINES.sub(r"\\par{}", stripped).replace("\n", " "))


def _has_month(written: str | None) -> bool:
    """Return whether a date without a day says more than a year.

    >>> _has_month("2024-03"), _has_month("2024"), _has_month(None)
    (True, False, False)
    """
    return bool(written and convert.year(written) and not written.isdecimal())


def _date(values: Mapping[str, str]) -> str | None:
    """Return the date of an entry if it is complete, from `date` or from year, month and day; as written if it has no year."""
    written = _text(values, "date", "year")
    whole = convert.day(written) or (None if convert.year(written) else written)
    found = _MONTH_AND_DAY.fullmatch((_text(values, "month") or "").casefold())
    year = convert.year(_text(values, "year"))
    if whole or found is None or year is None:
        return whole
    before, named, after = found.groups()
    day = _text(values, "day") or before or after or ""
    month = next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(named)), None)
    return convert.day(f"{year}-{named if month is None else month:0>2}-{day:0>2}")


IMPORTER = Importer(read, recognises, (".bib", ".bibtex"))
