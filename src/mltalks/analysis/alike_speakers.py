"""Speakers in a list who look like one person under two names, by the rule of the check-up for short names.

Does not look for all of them: the first pair is enough for a notice, and `mltalks doctor` lists the others.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import doc_numbers
from mltalks.text.folding import spelling_key
from mltalks.text.same_person import abbreviates

MOST_TRIED = 10  # groups of names of which sessions are read
CROWD = 20  # names with one surname and initial: more are ambiguous
MOST_SPEAKERS = 100  # in a list of hundreds, co-speaking proves nothing


_Tie = Callable[[Catalogue, str, Iterable[int]], set[str]]


class _Name(NamedTuple):
    name: str
    parts: list[str]


def alike_speakers(
    catalogue: Catalogue, counts: Mapping[str, int], shown: Collection[str]
) -> tuple[str, str] | None:
    """Return the first two counted names of speakers that look like one person, the shorter before the longer, if any do.

    Both are `shown`, or their sessions together are more than those of the last that is. Takes time in proportion to the names of the catalogue, and reads the sessions of few speakers.
    """
    least = min(map(counts.__getitem__, shown), default=0)

    def is_listed(*pair: str) -> bool:
        both = counts.keys() >= {*pair}
        return both and (sum(map(counts.__getitem__, pair)) > least or {*pair}.issubset(shown))

    groups = _groups(catalogue, counts, is_listed)[:MOST_TRIED]
    for ties in (_TIES[:1], _TIES):  # 5 ms for organizations, which a pair seldom needs
        for group in groups:
            for pair in _joined(catalogue, group, ties):
                if is_listed(*pair):
                    return pair
    return None


def _groups(
    catalogue: Catalogue, counts: Iterable[str], is_listed: Callable[[str, str], bool]
) -> list[list[_Name]]:
    """Return the names with one surname and initial, if one may be short for another with which it is listed, in the order of the counts."""
    listed = {name: at for at, name in enumerate(counts)}
    groups: dict[tuple[str, str], list[_Name]] = {}
    for key, name in catalogue.index.facets.keys("speaker"):
        parts = key.split()
        if len(parts) > 1:
            groups.setdefault((parts[-1], parts[0][0]), []).append(_Name(name, parts))
    found = []
    for group in groups.values():
        known = [one for one in group if one.name in listed] if 1 < len(group) <= CROWD else []
        if any(
            abbreviates(few.parts, many.parts) and is_listed(few.name, many.name)
            for few in known
            for many in known
        ):
            found.append(group)
    return sorted(found, key=lambda group: min(listed.get(one.name, len(listed)) for one in group))


def _joined(catalogue: Catalogue, group: list[_Name], ties: Sequence[_Tie]) -> Iterator[tuple[str, str]]:
    """Yield each name with the one that it is short for, if there is only one that has anything in common with it."""
    for few in group:
        longer = [many.name for many in group if abbreviates(few.parts, many.parts)]
        needed = ties if len(longer) == 1 else _TIES
        alike = [many for many in longer if _share(catalogue, few.name, many, needed)]
        if len(alike) == 1:
            yield few.name, alike[0]


def _share(catalogue: Catalogue, one: str, other: str, ties: Sequence[_Tie]) -> bool:
    """Return whether two speakers have anything of `ties` in common, and no session."""
    facets = catalogue.index.facets
    docs, others = ([*doc_numbers(facets.docs("speaker", (name,)))] for name in (one, other))
    if {*docs} & {*others}:
        return False
    return any(not tie(catalogue, one, docs).isdisjoint(tie(catalogue, other, others)) for tie in ties)


def _co_speakers(catalogue: Catalogue, name: str, docs: Iterable[int]) -> set[str]:
    """Return who speaks beside a speaker."""
    lists = (catalogue.index.sessions.value(doc, "speakers") for doc in docs)
    few = (speakers for speakers in lists if len(speakers) <= MOST_SPEAKERS)
    return {spelling_key(one["name"]) for speakers in few for one in speakers} - {spelling_key(name)}


def _organizations(catalogue: Catalogue, name: str, docs: Iterable[int]) -> set[str]:
    """Return the organizations of a speaker, or of the sessions that have none for the speaker."""
    sessions, key = catalogue.index.sessions, spelling_key(name)
    found: set[str] = set()
    for doc in docs:
        own = [
            one["organization"] for one in sessions.value(doc, "speakers") if spelling_key(one["name"]) == key
        ]
        printed = own if all(own) else sessions.value(doc, "organizations")
        found.update(name for text in printed for name in catalogue.organizations.resolve(text))
    return found


_TIES: Sequence[_Tie] = (_co_speakers, _organizations)
