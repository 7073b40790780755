"""The events by the names that publishers print for their volumes: with a place, an acronym or "Proceedings of".

Does not take a name for an event of another year, or of another number in its series.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Any, NamedTuple

from mltalks.dataset.ids import is_edition
from mltalks.text.folding import name_key

_NUMBERS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.ASCII)
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_JOINED_YEAR = re.compile(r"([a-z]+)((?:19|20|21)?\d\d)", re.ASCII)  # opml19, opml2019
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BREAK = re.compile(r"[,:;()\[\]]|\s[–—-]\s")
_BEFORE_TITLE = re.compile(r":|\s[–—-]\s(?!\d|\w{3,9}\.? \d)")  # but not between days
_LONGEST = 1000  # characters of a name
_MOST_BREAKS = 20  # of a name that is more than a list of words
_PROCEEDINGS = re.compile(r"proc(?:eedings|s)?(?: of)?(?: the)? ")
_VOLUME = re.compile(r" (?:vol(?:ume)? )?\d{1,3}$", re.ASCII)
_CONFERENCE = re.compile(r"(?:conference|conf) on ")
# Words for what is held or printed beside a conference under its name, and is no edition of it.
_BESIDE = re.compile(
    r"\b(?:workshops?|tutorials?|symposi(?:um|a)|meet ?ups?|challenges?|competitions?|hackathons?|contests?|schools?"
    r"|bootcamps?|seminars?|webinars?|forums?|colloqui(?:um|a)|consorti(?:um|a)|doctoral|days?|nights?|companion|journal|transactions"
    r"|magazine|newsletter|satellite|co ?located|at)\b|ワークショップ|勉強会|チュートリアル"
)


def beside(name: str) -> frozenset[str]:
    """Return the words of a name by which an event may be another one beside a conference.

    >>> sorted(beside("Co-located Meet-up at OpML")), sorted(beside("OpML Berlin"))
    (['at', 'co located', 'meet up'], [])
    """
    return frozenset(_BESIDE.findall(name_key(name)))


class _Name(NamedTuple):
    """The words of a name without its years and its number, which are beside them."""

    words: str
    years: frozenset[int]
    short_years: frozenset[int]
    numbers: frozenset[int]


class VolumeNames:
    """The ids of events by the words of their names, each with the year of the event and its number in the series."""

    def __init__(self) -> None:
        self._events: dict[tuple[str, int], dict[str, tuple[str, frozenset[int]]]] = {}
        self._series: dict[str, set[str]] = {}  # by the words of the names of their events

    def add(self, event: Mapping[str, Any]) -> None:
        """Add a record of an event; one of several of its series in a year only counts by its whole name elsewhere."""
        if is_edition(event["name"]):
            return
        names = [_read(one) for one in (event["name"], event.get("full_name"), event["series"]) if one]
        numbers = frozenset[int]().union(*(one.numbers for one in names))
        for one in names:
            for words in _spellings(one.words):
                self._events.setdefault((words, event["year"]), {})[event["id"]] = event["series"], numbers
                self._series.setdefault(words, set()).add(event["series"])

    def find(self, printed: str, year: int | None) -> str | None:
        """Return the id of the one event that a printed name names, in a year if that is given.

        It is the whole name or begins it; before it may be another name of its series. After a colon or a dash, too, is such a name:
        another title there is that of another volume.

        >>> names = VolumeNames()
        >>> names.add({"id": "opml19", "name": "OpML '19", "series": "OpML", "year": 2019, "full_name": "2019 Conference on Operational ML"})
        >>> names.find("2019 Conference on Operational ML (OpML 19)", 2019), names.find("Proceedings of OpML'19, Santa Clara", 2019)
        ('opml19', 'opml19')
        >>> names.find("Proc. of Operational ML", 2019), names.find("Conference on Operational ML (OpML 20)", 2019)
        ('opml19', None)
        >>> names.find("Proceedings of Operational ML 3 (OpML 2019)", 2019), names.find("Proc. Operational ML, vol. 3", 2019)
        ('opml19', 'opml19')
        >>> names.find("Journal of Moss, OpML 2019", 2019), names.find("OpML 2019: Moss Day", 2019), names.find("OpML 2019", 2020)
        (None, None, None)
        >>> names.find("OpML 2019: The Moss Book", 2019), names.find("OpML 2019: Conference on Operational ML, Oslo, May 2-3", 2019)
        (None, 'opml19')
        """
        if len(printed) > _LONGEST:
            return None
        whole = _read(printed)
        years = {year} if year else whole.years
        if len(years) != 1 or whole.years - years:
            return None
        (sought,) = years
        if whole.short_years and not whole.years and sought % 100 not in whole.short_years:
            return None
        found = {
            name
            for before, words, after in _candidates(printed)
            for name, (series, numbers) in self._events.get((words, sought), {}).items()
            if not before or self._is_of(before, series)
            if not (numbers and whole.numbers) or numbers & whole.numbers
            if not self._has_title(after, series)
        }
        return found.pop() if len(found) == 1 else None

    def _is_of(self, words: str, series: str) -> bool:
        """Return whether words are a name of a series."""
        return any(series in self._series.get(one, ()) for one in _spellings(words))

    def _has_title(self, after: str, series: str) -> bool:
        """Return whether a colon or a dash in the text after the name of an event is followed by something else than a name of its series."""
        for sign in islice(_BEFORE_TITLE.finditer(after), _MOST_BREAKS):
            text = after[sign.end() :]
            ends = [one.start() for one in islice(_BREAK.finditer(text), _MOST_BREAKS)]
            parts = {_read(text[:end]).words for end in [*ends, None]}
            if any(parts) and not any(self._is_of(part, series) for part in parts):
                return True
        return False


def _candidates(printed: str) -> Iterator[tuple[str, str, str]]:
    """Yield what may be the name of the event, as words, with the words before it and the text after it.

    It is no part of an event beside another one.
    """
    breaks = list(islice(_BREAK.finditer(printed), _MOST_BREAKS))
    parts = [("", printed, ""), ("", _IN_BRACKETS.sub(" ", printed), " ".join(_IN_BRACKETS.findall(printed)))]
    parts += [("", printed[: one.start()], printed[one.start() :]) for one in breaks]
    for one, after in pairwise([*breaks, None]):
        if one:
            end = after.start() if after else len(printed)
            parts.append((printed[: one.start()], printed[one.end() : end], printed[end:]))
    besides = beside(printed)
    texts: dict[tuple[str, str], str] = {}  # of the same words, the longest text after them is the first
    for before, part, rest in parts:
        texts.setdefault((_read(before).words, _read(part).words), rest)
    for (before, part), rest in texts.items():
        if part and besides <= beside(part):
            yield from ((before, one, rest) for one in _spellings(part))


def _spellings(words: str) -> Iterator[str]:
    """Yield words, and as volumes have them: the proceedings of a Conference on X are those of X, whatever the number of the volume."""
    yield words
    bare = _PROCEEDINGS.sub("", f"{words} ").strip()
    if bare and bare != words:
        bare = _VOLUME.sub("", bare)
        yield bare
        yield f"proceedings of {bare}"
    elif found := _CONFERENCE.match(words):
        yield f"proceedings of {words[found.end() :]}"


def _read(name: str) -> _Name:
    """Return a name in its parts.

    >>> _read("The Third Annual OpML'19 Conference 2019")
    _Name(words='opml', years=frozenset({2019}), short_years=frozenset({19}), numbers=frozenset({3}))
    """
    words: list[str] = []
    years, short_years, numbers = set[int](), set[int](), set[int]()
    for word in name_key(name).split():
        joined = _JOINED_YEAR.fullmatch(word)
        ordinal = _ORDINAL.fullmatch(word)
        bare, digits = joined.groups() if joined else ("", word)
        if ordinal or word in _NUMBERS:
            numbers.add(int(ordinal[1]) if ordinal else _NUMBERS.index(word) + 1)
        elif _YEAR.fullmatch(digits):
            years.add(int(digits))
            words += [bare] if bare else []
        elif digits.isascii() and digits.isdecimal() and len(digits) == 2 and (bare or words):
            short_years.add(int(digits))
            words += [bare] if bare else []
        elif word not in ("the", "annual"):
            words.append(word)
    if len(words) > 1 and words[-1] == "conference":
        words.pop()
    return _Name(" ".join(words), frozenset(years), frozenset(short_years), frozenset(numbers))
