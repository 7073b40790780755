"""Imports RIS, the format of reference managers: one tag on each line, a record from TY to ER.

Source: RIS Format Specifications, Research Information Systems (2001 and 2011). Does not use rispy, which reads the whole file
into a list, silently joins a record without ER with the next one, and does not report lines.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from mltalks.exchange.bibliography import arxiv, citation_keys, person_names
from mltalks.exchange.bibliography.bibtex_volumes import OTHER_TYPE
from mltalks.exchange.mapping import convert, extra_fields, link_kinds, markup
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, Line, lines
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.text.not_people import ET_AL

_HINTS = ("PB", "M1", "AN", "VL")  # tags that may say that a paper is at arXiv
_TAG = re.compile(r"([A-Z][A-Z0-9]) {2}-(?: ?|$)(.*)")
_LOOSE_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,3}-(?: ?|$)(.*)")
_FIRST = re.compile(r"(?:^|[\r\n])TY {1,3}-")
_EXTRA = re.compile(r"mltalks-([a-z-]+): ?(.*)")
INCOMPLETE = "There are more authors."  # a note (N1) of an export: the format has no other place
EXTRA_TAG = "U1"  # "user definable"
_PAPERS = frozenset({"ABST", "CHAP", "CONF", "CPAPER", "ECHAP", "EJOUR", "INPR", "JOUR", "RPRT", "THES"})
_TALKS = frozenset({"ELEC", "GEN", "HEAR", "MULTI", "SLIDE", "SOUND", "UNPB", "UNPD", "VIDEO"})
_VOLUMES = frozenset({"BOOK", "EBOOK", "EDBOOK", "JFULL", "SER"})  # none is a talk
_JOURNALS = frozenset({"EJOUR", "INPR", "JOUR", "MGZN", "NEWS"})
# Types that an export has again, or that say nothing.
_KEPT = _JOURNALS | _TALKS | {"CHAP", "CONF", "CPAPER", "ECHAP"}
_AT_EVENTS = frozenset({"CONF", "CPAPER", *_TALKS})  # the place (CY) may be that of the conference
_NAMES = ("T2", "C3", "BT", "JO", "JF", "JA", "T3")  # of an event, the likeliest first
_READ = frozenset((
    "TY", "ID", "TI", "T1", "CT", "AU", "A1", "KW", "DO", "LA", "AB", "N2", "N1", "DA", "Y1", "PY", "UR", "L3", "L1", "L2", "M3",
))  # fmt: skip
_DAYS = ("DA", "Y1", "PY")
_BETWEEN_LINKS = re.compile(r"(?<![\s;,])[\s;,]++(?=https?://)")
_SEPARATOR = re.compile("[;；，、､\n]")
# How files of other programs begin that people take for RIS.
_OTHERS = (
    ("Web of Science", re.compile(r"FN (?:Clarivate|Thomson|ISI)|VR 1\.0|PT [A-Z](?!\S)")),
    ("EndNote", re.compile("%0 ")),
    ("PubMed", re.compile("PMID- {0,9}[0-9]")),
)


class _Record:
    """The tags of a record, each with its values as lists of lines.

    `problem` is "long" if it is cut, "end" if the tag ER is missing.
    """

    def __init__(self, line: int, reference: str) -> None:
        self.line = line
        self.problem: str | None = "end"
        self._values: dict[str, list[tuple[int, list[str]]]] = {"TY": [(line, [reference])]}
        self._value: list[str] = []
        self._size = 0

    def add(self, line: Line, tag: str, text: str) -> None:
        """Add the value of a tag, or for "" another line of the last one."""
        self._size += len(line.text)
        if line.cut or self._size > LONGEST_RECORD:
            self.problem = "long"
        elif tag:
            self._value = [text]
            self._values.setdefault(tag, []).append((line.number, self._value))
        else:
            self._value.append(text)

    def all(self, *tags: str) -> list[str]:
        """Return all values of some tags, in the order of the record."""
        found = [one for tag in tags for one in self._values.get(tag, ())]
        return ["\n".join(value) for _, value in (sorted(found) if len(tags) > 1 else found)]

    def report_unread(self, source: Source) -> None:
        """Note the tags that no field takes; of those that may name the event, all but the first."""
        name = next((tag for tag in _NAMES if self.first(tag)), None)
        others = {tag: self.first(tag) for tag in self._values if tag != name}
        if others.get(EXTRA_TAG, "") and all(map(_EXTRA.match, self.all(EXTRA_TAG))):
            del others[EXTRA_TAG]
        day = next((tag for tag in _DAYS if self.first(tag)), "")
        parts = [part for part in (self.first(day) or "").replace("-", "/").split("/")[:3] if part.strip()]
        partial = {day} if len(parts) == 2 else set()
        if not citation_keys.pinned(self.first("M2"))[1]:
            others.pop("M2", None)
        read_too = {tag for tag in _HINTS if arxiv.says_arxiv(convert.line(self.first(tag)))}
        source.not_used(others, (_READ | read_too | ({"CY"} if _names_place(self) else set())) - partial)

    def first(self, *tags: str) -> str | None:
        """Return the first value of the first tag that has one."""
        for tag in tags:
            for _, lines_of_value in self._values.get(tag, ()):
                if any(map(str.strip, lines_of_value)):
                    return "\n".join(lines_of_value)
        return None


def recognises(name: str, head: str) -> bool:
    """Return whether a text is RIS: a line begins a record and, unless it is named .ris, nothing precedes that.

    The formats of other programs for which RIS is often taken count, too, so that `read` can name them.
    """
    first = _FIRST.search(head)
    begins_record = bool(first and (name.endswith(".ris") or not head[: first.start()].strip()))
    return begins_record or _other(head.lstrip("\ufeff \t\r\n")) is not None


def read(source: Source) -> Found:
    """Yield a draft for each record; a problem for each that has no title, is too long or is a whole volume.

    Raises DataError: it cannot be read, is not text in its encoding, or has no record but other text.
    """
    other: list[str] = []
    empty, changed = True, citation_keys.ChangedKeys()
    for record in _records(source, other):
        empty = False
        title = convert.line(record.first("TI", "T1", "CT", "BT"))
        name = title or convert.line(record.first("ID"))
        reference = record.first("TY") or ""
        if record.problem == "long":
            yield source.too_long(record.line, name, LONGEST_RECORD)
        elif title is None:
            yield source.problem("has no title; it is left out", line=record.line, name=name)
        elif reference.upper() in _VOLUMES:
            template = 'has the type "{type}", which is not a talk'
            yield source.no_talk(template, line=record.line, name=name, type=reference)
        else:
            if record.problem:
                yield source.warning(
                    "has no ER line; everything up to the next record is read as part of this record",
                    line=record.line,
                    name=name,
                )
            if reference.upper() not in _KEPT:
                kind = _kind(record) or "talk"
                yield source.warning(OTHER_TYPE, line=record.line, name=name, type=reference, what=kind)
            yield (draft := _draft(source, record, title))
            changed.note(draft, _key(record))
    yield from changed.problems(source)
    if empty and other:
        program = _other(other[0])
        if program is None:
            raise source.unreadable('has no line "TY  - ", which begins a record of RIS')
        raise source.unreadable(
            "is in a format of {program}; export it there as RIS or BibTeX", program=program
        )


def _other(text: str) -> str | None:
    """Return the program in whose format a text begins, of those that write no RIS."""
    return next((program for program, pattern in _OTHERS if pattern.match(text)), None)


def _records(source: Source, other: list[str]) -> Iterator[_Record]:
    """Yield each record; `other` gets the first line, if it has text, that belongs to none."""
    record: _Record | None = None
    pattern = _TAG
    for line in lines(source):
        begins = _FIRST.match(line.text)
        if begins:  # its spaces are those of all its tags
            pattern = _TAG if line.text.startswith("TY  -") else _LOOSE_TAG
        found = pattern.match(line.text)
        tag, text = found.groups() if found else ("", line.text)
        if tag == "TY":
            if record:
                yield record
            record = _Record(line.number, text.strip())
        elif record and tag == "ER":
            record.problem = "long" if record.problem == "long" else None
            yield record
            record = None
        elif record and record.problem != "long":
            record.add(line, tag, text.strip())
        elif not record and not other and line.text.strip():
            other.append(line.text.strip()[:100])
    if record:
        yield record


def _draft(source: Source, record: _Record, title: str) -> Draft:
    extras = [found.groups() for value in record.all(EXTRA_TAG) if (found := _EXTRA.match(value))]
    known = extra_fields.read((name, text) for name, text in extras)
    if not known.is_native:
        record.report_unread(source)
    clean: Callable[[str], str] = str if known.is_native else markup.without_html
    ours = known.is_native
    written = [part for one in record.all("AU", "A1") for part in ([one] if ours else one.split(";"))]
    people = [who for one in written if (who := person_names.person(one.split(",", 2)))]
    notes = "\n".join(one for one in record.all("N1") if one != INCOMPLETE)
    key = convert.line(record.first("ID")) if ours else _key(record)
    if not ours and INCOMPLETE in record.all("N1"):
        people.append({"name": ET_AL})  # is reported, and left out
    reference = (record.first("TY") or "").upper()
    words = [part for one in record.all("KW") for part in ([one] if ours else _SEPARATOR.split(one))]
    doi, language = (convert.line(record.first(tag)) for tag in ("DO", "LA"))
    hints = (convert.line(record.first(tag)) for tag in _HINTS)
    name = convert.line(clean(record.first(*_NAMES) or ""))
    venue, paper = arxiv.venue(name, *hints, arxiv.of_doi(convert.doi(doi)))
    fields: dict[str, Any] = {
        "id": convert.key(key),
        "title": convert.line(clean(title)),
        "kind": "paper" if venue == "arXiv" else _kind(record),
        "speakers": known.numbered(people if ours else {one["name"]: one for one in people}.values()),
        "keywords": convert.lines([clean(word) for word in words]),
        "summary": convert.prose(clean("\n".join(_different(record.all("AB", "N2"))))),
        "doi": convert.doi(doi) or convert.doi(record.first("UR", "L3")) or doi,
        "language": convert.language(language) or language,
        "note": convert.prose(clean(notes if ours else citation_keys.pinned(notes)[1])),
    }
    foreign: dict[str, Any] = {
        "citation_key": convert.citation_key(key),
        "date": _day(record.first(*_DAYS)),
        "url": next(_links(record, "UR", "L3"), None),
        "paper": next(_links(record, "L1", "L2"), paper),
    }
    event = {
        "name": venue,
        "year": convert.year(record.first("PY", "Y1", "DA")),
        "location": convert.line(record.first("CY")) if _names_place(record) else None,
    }
    if not ours:
        event["journal"] = reference in _JOURNALS or None
        _add_links(source, record, foreign, fields["doi"])
    draft = known.draft(source, record.line, fields, event, foreign=foreign)
    return draft._replace(foreign_id=not ours, cited=not ours)


def _key(record: _Record) -> str | None:
    """Return the key by which a record is cited: that of a note, else its id."""
    pinned, _ = citation_keys.pinned("\n".join(record.all("N1", "M2")))
    return pinned or convert.line(record.first("ID"))


def _links(record: _Record, *tags: str) -> Iterator[str]:
    """Yield the http and https addresses of some tags, those of the first tag first."""
    for text in (text for tag in tags for text in record.all(tag)):
        yield from filter(None, map(convert.link, _BETWEEN_LINKS.split(text)))


def _add_links(source: Source, record: _Record, fields: dict[str, Any], doi: str | None) -> None:
    """Add the further links of a record to the fields that are free; note the tag of the others."""
    for tag in ("UR", "L3", "L1", "L2"):
        for link in _links(record, tag):
            if link in fields.values() or (doi and convert.doi(link) == doi):
                continue
            field = link_kinds.kind_of("", link)
            if field is None or fields.get(field):
                source.not_used({tag: link})
            else:
                fields[field] = link


def _different(texts: list[str]) -> list[str]:
    """Return texts without those that another one repeats or begins with.

    >>> _different(["Fast.", "Fast. And small.", "Other."])
    ['Fast. And small.', 'Other.']
    """
    words = {" ".join(text.split()): text for text in reversed(texts)}
    shorter = {one for one, other in pairwise(sorted(words)) if other.startswith(one)}
    return [text for one, text in reversed(words.items()) if one not in shorter]


def _names_place(record: _Record) -> bool:
    """Return whether CY is the place of a conference, not that of a publisher."""
    return (record.first("TY") or "").upper() in _AT_EVENTS and not record.first("PB")


def _kind(record: _Record) -> str | None:
    """Return the kind by the type of work (M3), else by the type of reference (TY)."""
    reference = (record.first("TY") or "").upper()
    by_type = convert.kind(record.first("M3"))
    return by_type or ("paper" if reference in _PAPERS else "talk" if reference in _TALKS else None)


def _day(value: str | None) -> str | None:
    """Return the date of YYYY/MM/DD/other, if it is complete; as written if it has no year.

    >>> _day("2019/05/20/Monday"), _day("2019/05//"), _day("2019-05-20"), _day(None), _day("in press")
    ('2019-05-20', None, '2019-05-20', None, 'in press')
    """
    if value and convert.year(value) is None:
        return convert.line(value)
    parts = (convert.line(value) or "").replace("-", "/").split("/")[:3]
    if len(parts) < 3 or not all(parts):
        return None
    return convert.day(f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}")


IMPORTER = Importer(read, recognises, (".ris",))
