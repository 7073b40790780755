"""The events with the telling words of a new name, whatever "Proceedings of the", number, "&" or acronym in brackets is beside them.

Does not take names for one that differ in any other word, unless one of them is the acronym of the other alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mltalks.dataset.ids import is_edition
from mltalks.text.folding import name_key

_LONGEST = 1000  # characters of a name
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ACRONYM = re.compile(r"([A-Za-z][A-Za-z0-9/&+-]{1,14}?)[ '’-]*((?:19|20|21)?\d\d)?", re.ASCII)
_LEAST = 3  # letters of an acronym
_PROCEEDINGS = re.compile(r"(?:in )?proc(?:eedings)? of ")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.ASCII)
_NUMBERS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_COMMON = frozenset(("the", "and", "annual"))


class NameParts(NamedTuple):
    """The telling words of a name, its acronym without case, and its numbers in a series."""

    words: str
    acronym: str = ""
    numbers: frozenset[int] = frozenset()


def parts_of_name(name: str, year: int) -> NameParts | None:
    """Return the parts of the name of an event of a year; None for one of several of its series in a year.

    >>> parts_of_name("Proceedings of the 16th Symposium on Ferns & Mosses (SOFM 22)", 2022) == parts_of_name("16th Symposium on Ferns and Mosses (SOFM '22)", 2022)
    True
    >>> [found and found[:2] for name in ("SOFM '22", "Ferns '22", "Ferns 12", "第3回勉強会") for found in [parts_of_name(name, 2022)]]
    [('', 'sofm'), ('ferns', ''), ('ferns 12', ''), None]
    """
    if len(name) > _LONGEST or is_edition(name):
        return None
    acronyms = [one for part in (name, *_BRACKETS.findall(name)) if (one := _acronym(part.strip(), year))]
    if acronyms and _acronym(name.strip(), year):
        return NameParts("", acronyms[0])
    kept = _BRACKETS.sub(lambda found: " " if _acronym(found[1].strip(), year) else found[0], name)
    kept = re.sub(rf"['’‘]{year % 100:02}(?!\w)", " ", kept)
    words, numbers = list[str](), set[int]()
    for word in _PROCEEDINGS.sub("", f"{name_key(kept)} ", count=1).split():
        ordinal = _ORDINAL.fullmatch(word)
        if ordinal:
            numbers.add(int(ordinal[1]))
        elif word in _NUMBERS and not words and f"{word}-" not in kept.casefold():
            numbers.add(_NUMBERS.index(word) + 1)
        elif word not in _COMMON and word != str(year):
            words.append(word)
    if not words:
        return None
    return NameParts(" ".join(words), acronyms[0] if len(acronyms) == 1 else "", frozenset(numbers))


def _acronym(text: str, year: int) -> str | None:
    """Return a text that is an acronym, with or without a year, which is that of the event; None for any other."""
    found = _ACRONYM.fullmatch(text)
    if not found or len(found[1]) < _LEAST or sum(map(str.isupper, found[1])) < 2:
        return None
    return found[1].casefold() if found[2] is None or int(found[2]) % 100 == year % 100 else None


class _Names:
    """The parts of all names of an event or a series."""

    def __init__(self) -> None:
        self.words, self.acronyms, self.numbers = set[str](), set[str](), set[int]()

    def add(self, name: NameParts) -> None:
        """Add the parts of a name."""
        self.words |= {name.words} - {""}
        self.acronyms |= {name.acronym} - {""}
        self.numbers |= name.numbers

    def are_of(self, name: NameParts, *, numbered: bool) -> bool:
        """Return whether a name has the same telling words; a `numbered` one has the number of one of these, if they have any."""
        if self.acronyms and name.acronym and name.acronym not in self.acronyms:
            return False
        if not (self.words and name.words):
            return name.acronym in self.acronyms
        same_number = not (self.numbers and name.numbers) or bool(self.numbers & name.numbers)
        return name.words in self.words and (same_number or not numbered)


class EventVariants:
    """Events and series by the parts of their names."""

    def __init__(self, events: Iterable[Mapping[str, Any]]) -> None:
        self._names: defaultdict[tuple[int | None, str], _Names] = defaultdict(_Names)
        self._by_part: defaultdict[tuple[int | None, str], dict[str, None]] = defaultdict(dict)
        for event in events:
            self.add(event)

    def add(self, event: Mapping[str, Any]) -> None:
        """Add a record of an event; a journal has one name."""
        for name in (event["name"], event.get("full_name")):
            if (
                name
                and not (event.get("journal") or event.get("collection"))
                and (parts := parts_of_name(name, event["year"]))
            ):
                self._note(event["year"], event["id"], parts)
                self._note(None, event["series"], parts)

    def _note(self, year: int | None, key: str, parts: NameParts) -> None:
        self._names[year, key].add(parts)
        for part in {parts.words, parts.acronym} - {""}:
            self._by_part[year, part][key] = None

    def find(self, name: str, year: int) -> str | None:
        """Return the id of the one event of a year that a name is of, and keep the name for it.

        >>> some = EventVariants([{"id": "a", "name": "16th Symposium on Ferns (SOF 22)", "series": "SOF", "year": 2022}])
        >>> some.find("SOF '22", 2022), some.find("Proceedings of the Symposium on Ferns", 2022), some.find("SOF '23", 2023)
        ('a', 'a', None)
        >>> some.find("Workshop on Moss (SOF 22)", 2022), some.find("17th Symposium on Ferns", 2022), some.find("Ferns", 2022)
        (None, None, None)
        """
        return self._one(name, year, year)

    def series(self, name: str, year: int) -> str | None:
        """Return the one series that the name of an event of a year is of.

        >>> some = EventVariants([{"id": "a", "name": "16th Symposium on Ferns (SOF 22)", "series": "SOF", "year": 2022}])
        >>> some.series("17th Symposium on Ferns", 2023), some.series("Days of Ferns (SOF '23)", 2023)
        ('SOF', None)
        """
        return self._one(name, year, None)

    def _one(self, name: str, year: int, of_year: int | None) -> str | None:
        parts = parts_of_name(name, year)
        if parts is None:
            return None
        near = {
            key
            for part in {parts.words, parts.acronym} - {""}
            for key in self._by_part.get((of_year, part), ())
        }
        found = [key for key in near if self._names[of_year, key].are_of(parts, numbered=of_year is not None)]
        if len(found) != 1:
            return None
        self._note(of_year, found[0], parts)
        return found[0]
