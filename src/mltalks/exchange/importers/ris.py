"""Imports RIS, the format of reference managers: one tag on each line, a record from TY to ER.

Source: RIS Format Specifications, Research Information Systems (2001 and 2011). Does not use rispy, which reads the whole file
into a list, silently joins a record without ER with the next one, and does not report lines.
"""

import re
from collections.abc import Iterator
from typing import Any

from mltalks.exchange.mapping import convert, extra_fields
from mltalks.exchange.readers.line_reader import LONGEST_RECORD, Line, lines
from mltalks.exchange.readers.source import Draft, Found, Importer, Source

_TAG = re.compile(r"([A-Z][A-Z0-9]) {2}-(?: ?|$)(.*)")
_FIRST = re.compile(r"(?:^|[\r\n])TY {2}-")
_EXTRA = re.compile(r"mltalks-([a-z-]+): ?(.*)")
EXTRA_TAG = "U1"  # "user definable"
_PAPERS = frozenset({"ABST", "CHAP", "CONF", "CPAPER", "EJOUR", "INPR", "JFULL", "JOUR", "RPRT"})
_TALKS = frozenset({"ELEC", "GEN", "HEAR", "MULTI", "SLIDE", "SOUND", "UNPB", "UNPD", "VIDEO"})
_SEPARATOR = re.compile("[;,]")


class _Record:
    """The tags of a record, each with its values as lists of lines.

    `problem` is "long" if it is cut, "end" if the tag ER is missing.
    """

    def __init__(self, line: int, reference: str) -> None:
        self.line = line
        self.problem: str | None = "end"
        self._values: dict[str, list[list[str]]] = {"TY": [[reference]]}
        self._value: list[str] = []
        self._size = 0

    def add(self, line: Line, tag: str, text: str) -> None:
        """Add the value of a tag, or for "" another line of the last one."""
        self._size += len(line.text)
        if line.cut or self._size > LONGEST_RECORD:
            self.problem = "long"
        elif tag:
            self._value = [text]
            self._values.setdefault(tag, []).append(self._value)
        else:
            self._value.append(text)

    def all(self, *tags: str) -> list[str]:
        """Return all values of some tags."""
        return ["\n".join(value) for tag in tags for value in self._values.get(tag, ())]

    def first(self, *tags: str) -> str | None:
        """Return the first value of the first tag that has one."""
        return next(filter(str.strip, self.all(*tags)), None)


def recognises(name: str, head: str) -> bool:
    """Return whether a text is RIS: a line begins a record and, unless it is named .ris, nothing precedes that."""
    first = _FIRST.search(head)
    return bool(first and (name.endswith(".ris") or not head[: first.start()].strip()))


def read(source: Source) -> Found:
    """Yield a draft for each record, and a problem for each that has no title, no end, or is too long.

    Raises DataError: it cannot be read, or is not text in its encoding.
    """
    for record in _records(source):
        title = convert.line(record.first("TI", "T1", "CT", "BT"))
        name = title or convert.line(record.first("ID"))
        if record.problem == "long":
            yield source.too_long(record.line, name, LONGEST_RECORD)
        elif title is None:
            yield source.problem("has no title; it is left out", line=record.line, name=name)
        else:
            if record.problem:
                yield source.warning(
                    "has no ER line; everything up to the next record is read as part of this record",
                    line=record.line,
                    name=name,
                )
            yield _draft(source, record, title)


def _records(source: Source) -> Iterator[_Record]:
    record: _Record | None = None
    for line in lines(source):
        found = _TAG.match(line.text)
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
    if record:
        yield record


def _draft(source: Source, record: _Record, title: str) -> Draft:
    extras = [found.groups() for value in record.all(EXTRA_TAG) if (found := _EXTRA.match(value))]
    known = extra_fields.read((name, text) for name, text in extras)
    names = [name for one in record.all("AU", "A1", "A2", "A3", "A4") if (name := convert.reordered(one))]
    fields: dict[str, Any] = {
        "id": convert.identifier(record.first("ID")),
        "title": title,
        "kind": _kind(record),
        "speakers": known.speakers(names if known.is_native else convert.lines(names)),
        "keywords": convert.lines(_keywords(record, known.is_native)),
        "summary": convert.prose("\n".join(record.all("AB", "N2"))),
        "doi": convert.doi(record.first("DO")) or convert.doi(record.first("UR", "L3")),
        "language": convert.language(record.first("LA")),
    }
    foreign = {
        "date": _day(record.first("DA", "Y1", "PY")),
        "url": convert.link(record.first("UR", "L3")),
        "paper": convert.link(record.first("L1", "L2")),
    }
    event = {
        "name": convert.line(record.first("T2", "BT", "JO", "JF", "JA", "T3")),
        "year": convert.year(record.first("PY", "Y1", "DA")),
        "location": convert.line(record.first("CY")),
    }
    return known.draft(source, record.line, fields, event, foreign=foreign)


def _keywords(record: _Record, ours: bool) -> list[str]:
    values = record.all("KW")
    return (
        values if ours else [word for value in values for word in _SEPARATOR.split(value.replace("\n", ","))]
    )


def _kind(record: _Record) -> str | None:
    """Return the kind by the type of work (M3), else by the type of reference (TY)."""
    reference = (record.first("TY") or "").upper()
    by_type = convert.kind(record.first("M3"))
    return by_type or ("paper" if reference in _PAPERS else "talk" if reference in _TALKS else None)


def _day(value: str | None) -> str | None:
    """Return the date of YYYY/MM/DD/other, if it is complete.

    >>> _day("2019/05/20/Monday"), _day("2019/05//"), _day("2019-05-20"), _day(None)
    ('2019-05-20', None, '2019-05-20', None)
    """
    parts = (convert.line(value) or "").replace("-", "/").split("/")[:3]
    if len(parts) < 3 or not all(parts):
        return None
    return convert.day(f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}")


IMPORTER = Importer(read, recognises, (".ris",))
