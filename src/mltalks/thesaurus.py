"""The other names that a word or phrase goes by, in English and Japanese.

Answers with names as they are written in the data; where they stand in sessions is the index's business.
"""

from collections import defaultdict
from collections.abc import Iterable

from mltalks.model import Term
from mltalks.text import words


class Thesaurus:
    """Terms by each of their names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: defaultdict[tuple[str, ...], list[Term]] = defaultdict(list)
        for term in terms:
            for key in dict.fromkeys(tuple(words(name)) for name in (*term.en, *term.ja)):
                self._terms[key].append(term)

    def others(self, name: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the other names of what has this one, each as its words (see `text.words`); none when unknown."""
        if name not in self._terms:
            return []
        found = dict.fromkeys(
            tuple(words(other)) for term in self._terms[name] for other in (*term.en, *term.ja)
        )
        return [other for other in found if other and other != name]
