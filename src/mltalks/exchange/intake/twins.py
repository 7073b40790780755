"""Finds the session that a draft duplicates: by its DOI, or by its title if neither speakers nor day and time say otherwise.

Does not decide what becomes of the draft: `intake` does.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from mltalks.exchange.mapping.times import apart, moments
from mltalks.text.folding import spelling_key, title_key
from mltalks.text.fuzzy import edits
from mltalks.text.not_people import is_nobody
from mltalks.text.placeholders import is_placeholder
from mltalks.text.same_person import names_speakers
from mltalks.text.words.stop_words import STOP_WORDS

Values = Mapping[str, Any]
NEARLY = "has nearly the same title as {id}"
SAME_ADDRESS = "has the same address as {id}"
SAME_PAGE = "has the page of {id}, and is added as another one; if it is the same: mltalks remove {new}"
WITH_SPEAKERS = "has the time of {id}, and its title with its speakers behind it"
HAD_NO_TITLE = "has the time and a speaker of {id}, which has no title yet"
BEHIND = (SAME_ADDRESS, WITH_SPEAKERS)  # whose titles may have the speakers behind them
SAME_WORK = "has the title, the year and a speaker of {id}"
LOOKS_LIKE = "looks like {id}, and is added as another one; if it is the same: mltalks remove {new}"
LOOKS_LIKE_CITED = (
    "looks like {id}, and is added as another one; if it is the same: mltalks remove {new}, "
    "then mltalks edit {id} --citation-key {key}, by which the next import knows it"
)
SAME_ID = "has the id from which {id} was imported"
OTHER_SPEAKERS = (
    "has the title and the time of {id}, but other speakers: it is added as a second talk; if it is the same one, "
    "set its speakers with 'mltalks edit {id} --speaker NAME', and remove the second one with 'mltalks remove {new}'"
)
OTHER_TIME = (
    "has the title and the speakers of {id}, but another day or time: it is added as a second talk; if that talk was moved, "
    "undo the import and repeat it with --update"
)
_BLOCK = 16  # letters of the common beginning or end of titles that are compared for typos
CROWD = 20  # sessions of one title, or titles of one block, that are compared
_AT_ONE_TIME = 100  # sessions at one time that are compared
_LONGEST = 1_000  # letters of a title in which typos are looked for
_MOST_SPEAKERS = 200  # that are compared as written
_MOST_NEARLY = 40  # that are compared by initials, too


class Twin(NamedTuple):
    """The id of a session that a draft duplicates, and a template with the reason."""

    id: str
    how: str


class Twins:
    """The sessions among which duplicates are looked for, by event and title, and by DOI."""

    def __init__(self, facts: Callable[[str], Values]) -> None:
        """Take a function that returns the fields of a noted session."""
        self._facts = facts
        self._titles: dict[tuple[str, str], list[str]] = {}
        self._everywhere: dict[str, list[tuple[str, str]]] = {}  # the events and sessions of each title
        self._exact: dict[tuple[str, str], dict[tuple[Any, ...], str]] = {}
        self._dois: dict[str, str] = {}
        self._blocks: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._of_events: dict[str, list[str]] = {}
        # The session of each address by event, None if it is of several.
        self._addresses: dict[str, dict[str, str | None]] = {}
        self._times: dict[str, dict[str, list[str]]] = {}

    def note(self, name: str, event: str, title: str, doi: str | None) -> None:
        """Add a session."""
        key = title_key(title)
        self._titles.setdefault((event, key), []).append(name)
        self._of_events.setdefault(event, []).append(name)
        everywhere = self._everywhere.setdefault(key, [])
        if len(everywhere) < CROWD:
            everywhere.append((event, name))
        if (event, key) in self._exact:
            self._exact[event, key].setdefault(_exactly(self._facts(name)), name)
        if doi:
            self._dois.setdefault(doi.casefold(), name)
        for block in _blocks(key):
            some = self._blocks.setdefault((event, block), [])
            if len(some) < CROWD:
                some.append((key, name))

    def find(self, event: str, title: str, fields: Values, are_one: Callable[[str], bool]) -> Twin | None:
        """Return the session that a draft of an event duplicates; `are_one` says of a session with its title whether it does."""
        doi = fields.get("doi")
        if doi and doi.casefold() in self._dois:
            return Twin(self._dois[doi.casefold()], "has the same DOI as {id}")
        key = title_key(title)
        for name in self._named(event, key, fields):
            if are_one(name):
                return Twin(name, "has the same title as {id}")
        for block in _blocks(key):
            for other, name in self._blocks.get((event, block), ()):
                if other != key and _alike(key, other) and are_one(name):
                    return Twin(name, NEARLY)
        for name in self.beginning_at(event, fields.get("date") or ""):
            facts = self._facts(name)
            other, people = str(facts["title"]), names_of(facts)
            if names_of(fields):
                how = HAD_NO_TITLE if is_placeholder(other) and in_common(fields, facts) else None
            else:
                how = WITH_SPEAKERS if names_speakers(key, title_key(other), people) else None
            if how and are_one(name):
                return Twin(name, how)
        return None

    def candidates(self, event: str, title: str, fields: Values) -> Iterator[str]:
        """Yield the sessions that have the DOI of a draft, or its title or address in its event."""
        doi = fields.get("doi")
        if isinstance(doi, str) and doi.casefold() in self._dois:
            yield self._dois[doi.casefold()]
        yield from self._named(event, title_key(title), fields)
        if fields.get("url") and (name := self._with_address(event, fields["url"])):
            yield name

    def at_address(self, event: str, fields: Values) -> Twin | None:
        """Return the one session of an event with the address of a draft, a word of the title and a speaker in common.

        If one of them names no speaker, both begin at the same time, or one title with the other: the speakers may be behind it.
        Only sessions count that were noted before the first address of the event was looked up.
        """
        name = self._with_address(event, fields["url"])
        facts = self._facts(name) if name else {}
        title, other = title_key(fields["title"]), title_key(str(facts.get("title", "")))
        alike = {*title.split()} & {*other.split()} - STOP_WORDS
        common = in_common(fields, facts)
        begins = f"{title} ".startswith(f"{other} ") or f"{other} ".startswith(f"{title} ")
        unnamed = common is None and (begins or _at_one_time(fields, facts))
        return Twin(name, SAME_ADDRESS) if name and alike and (common or unnamed) else None

    def beginning_at(self, event: str, when: str) -> list[str]:
        """Return the sessions of an event that may begin at a time, by its own clock or by that of Unix; of very many, the first ones.

        They are among those that were noted before the first one of the event was looked for.
        """
        wanted = sorted(moments(when))
        if wanted and event not in self._times:
            at = self._times[event] = {}
            for one in self._of_events.get(event, ()):
                for moment in moments(str(self._facts(one).get("date"))):
                    at.setdefault(moment, []).append(one)
        names = (self._times[event].get(moment, ())[:_AT_ONE_TIME] for moment in wanted)
        return list(dict.fromkeys(chain.from_iterable(names)))

    def _of_page(self, event: str, url: object) -> str | None:
        """Return the one session of an event with an address, the first time that it is asked for."""
        name = self._with_address(event, url) if isinstance(url, str) else None
        if name:
            self._addresses[event][str(url)] = None
        return name

    def elsewhere(self, event: str, title: str, fields: Values) -> Iterator[str]:
        """Yield the sessions of other events with the same title and a speaker in common."""
        for other, name in self._everywhere.get(title_key(title), ()):
            if other != event and in_common(fields, self._facts(name)):
                yield name

    def doubtful(self, event: str, title: str, fields: Values) -> Iterator[tuple[str, str]]:
        """Yield sessions of its event that a draft may be, each behind what is so: those with its title, and either the time or the speakers, or with its page."""
        when = fields.get("date") or ""
        for name in self._named(event, title_key(title), fields) if when else ():
            facts = self._facts(name)
            if _at_one_time(fields, facts):
                yield OTHER_SPEAKERS, name
            elif in_common(fields, facts) and apart(when, facts.get("date") or ""):
                yield OTHER_TIME, name
        if page := self._of_page(event, fields.get("url")):
            yield SAME_PAGE, page

    def _with_address(self, event: str, url: str) -> str | None:
        """Return the one session of an event with an address."""
        if event not in self._addresses:
            found: dict[str, str | None] = {}
            for one in self._of_events.get(event, ()):
                if its := self._facts(one).get("url"):
                    found[its] = None if its in found else one
            self._addresses[event] = found
        return self._addresses[event].get(url)

    def _named(self, event: str, key: str, fields: Values) -> Iterator[str]:
        """Yield the sessions of an event and a title that are compared: of many, one with the same facts, and the first ones."""
        names = self._titles.get((event, key), [])
        if len(names) > CROWD:
            if (event, key) not in self._exact:
                self._exact[event, key] = {_exactly(self._facts(name)): name for name in reversed(names)}
            same = self._exact[event, key].get(_exactly(fields))
            yield from [same] if same else []
        yield from names[:CROWD]


def are_one(one: Values, other: Values, *, other_ids: bool = False, timed: bool = True) -> bool:
    """Return whether nothing in the fields of two sessions with one title says that they are two.

    `other_ids`: the same source gives them two ids, so that they are two unless they have speakers in common. Unless `timed`,
    days and times may differ.

    >>> ann, bo = ({"speakers": [{"name": name}]} for name in ("Ann Example", "Bo Sample"))
    >>> are_one(ann, {}), are_one(ann, bo), are_one({**ann, "date": "2031-05-01"}, {**ann, "date": "2031-05-02"})
    (True, False, False)
    """
    common = in_common(one, other)
    if common is False or (other_ids and not common):
        return False
    if one.get("video") and one.get("video") == other.get("video"):
        return True
    if timed and apart(one.get("date") or "", other.get("date") or ""):
        return False
    return common or not any(
        one.get(field) and other.get(field) and one[field] != other[field] for field in ("doi", "video")
    )


def are_one_work(one: Values, other: Values) -> bool:
    """Return whether two sessions of two events, with one title and a speaker in common, are surely one paper.

    They have an address in common, or are papers to which nothing gives two DOIs; the caller compares the years.

    >>> paper = {"kind": "paper", "doi": "10.1/a"}
    >>> are_one_work(paper, {"kind": "paper"}), are_one_work(paper, {"kind": "talk"}), are_one_work(paper, {**paper, "doi": "10.1/b"})
    (True, False, False)
    """
    if one.get("doi") and other.get("doi") and one["doi"].casefold() != other["doi"].casefold():
        return False
    addresses = ({some.get(field) for field in ("url", "paper")} - {None} for some in (one, other))
    return bool(set.intersection(*addresses)) or one.get("kind") == other.get("kind") == "paper"


def has_title(fields: Values, record: Values) -> bool:
    """Return whether the title of a draft, if it has one, is that of a session."""
    title = fields.get("title")
    return isinstance(title, str) and title_key(title) == title_key(str(record.get("title", "")))


def have_alike_titles(one: str, other: str) -> bool:
    """Return whether two titles have at least half of their telling words in common.

    >>> have_alike_titles("AWQ: Weight Quantization for LLMs", "AWQ: Activation-aware Weight Quantization of LLMs")
    True
    >>> have_alike_titles("Soup by night", "Bread by night and day")
    False
    """
    words, others = ({*title_key(title).split()} - STOP_WORDS for title in (one, other))
    return bool(words & others) and 2 * len(words & others) >= max(len(words), len(others))


def names_of(fields: Values) -> list[str]:
    """Return the folded names of the speakers of a session or a record, at most the first 200, without those who name nobody."""
    some = fields.get("speakers")
    people = some[:_MOST_SPEAKERS] if isinstance(some, list | tuple) else ()
    names = [one.get("name") for one in people if isinstance(one, Mapping)]
    return [spelling_key(name) for name in names if isinstance(name, str) and name and not is_nobody(name)]


def _exactly(fields: Values) -> tuple[Any, ...]:
    return (tuple(names_of(fields)), fields.get("date"), fields.get("video"))


def in_common(one: Values, other: Values) -> bool | None:
    """Return whether two sessions have a speaker in common; None if one of them names none."""
    some, others = names_of(one), names_of(other)
    if not some or not others:
        return None
    return not set(some).isdisjoint(others) or any(
        _same_person(name, another) for name in some[:_MOST_NEARLY] for another in others[:_MOST_NEARLY]
    )


def _same_person(name: str, other: str) -> bool:
    """Return whether two folded names may be of one person: one word is the same, and the others begin alike.

    >>> _same_person("ann example", "a example"), _same_person("wei wang", "li wang"), _same_person("山田太郎", "山田 太郎")
    (True, False, True)
    """
    words, others = set(name.split()), set(other.split())
    left, right = words - others, others - words
    shared = any(len(word) > 1 for word in words & others)
    initials = {word[0] for word in left} & {word[0] for word in right}
    return (shared and (not left or not right or bool(initials))) or name.replace(" ", "") == other.replace(
        " ", ""
    )


def _at_one_time(one: Values, other: Values) -> bool:
    """Return whether two sessions begin at the same time of one day."""
    some, others = (fields.get("date") or "" for fields in (one, other))
    return "T" in some and "T" in others and not apart(some, others)


def _blocks(key: str) -> Collection[str]:
    bare = key.replace(" ", "")
    return (f"{bare[:_BLOCK]}…", f"…{bare[-_BLOCK:]}") if len(bare) > _BLOCK else ()


def _alike(key: str, other: str) -> bool:
    """Return whether two folded titles differ only by typos: one or two letters within long words, or spaces.

    >>> _alike("efficient serving of large modles", "efficient serving of large models")
    True
    >>> _alike("lightning talks of the day part 1", "lightning talks of the day part 2")
    False
    """
    if max(len(key), len(other)) > _LONGEST:
        return False
    if key.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = key.split(), other.split()
    if len(words) != len(others):
        return False
    pairs = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    return len(pairs) <= 2 and all(
        min(len(one), len(two)) >= 5
        and one.isalpha()
        and two.isalpha()
        and edits(one, two) <= 1 + (len(one) > 8)
        for one, two in pairs
    )
