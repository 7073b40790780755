"""The themes that a typed name may mean: those of which it is a term, or a part of a term.

Does not resolve names: a term is not a name of its theme.
"""

from collections.abc import Iterator

from mltalks.search.catalogue import Catalogue
from mltalks.text.words.stemmer import stem
from mltalks.text.words.tokenizer import words

MOST = 3
STRENGTHS = ("label", "strong", "weak")


def themes_with_term(catalogue: Catalogue, typed: str) -> list[str]:
    """Return the ids of the themes that have a text as a term, the surest first; else of those that have it in a longer term.

    >>> import mltalks
    >>> themes_with_term(mltalks.open().catalogue, "feature store")
    ['feature-management']
    """
    named = catalogue.index.thesaurus.themes_named(" ".join(words(typed)))
    found = sorted(named, key=lambda theme: STRENGTHS.index(named[theme])) or _within(catalogue, typed)
    return list(dict.fromkeys(found))[:MOST]


def _within(catalogue: Catalogue, typed: str) -> Iterator[str]:
    """Yield the themes with a longer term that has the words of a text side by side; those with strong ones first."""
    wanted = f" {_stems(typed)} "
    if not wanted.strip():
        return
    for weak in (False, True):
        for theme in catalogue.themes.values():
            terms = theme.terms.phrases[weak]
            if any(wanted in f" {_stems(term)} " for term in terms):
                yield theme.id


def _stems(text: str) -> str:
    return " ".join(map(stem, words(text)))
