"""Finds the words of a query that may mean the language in which talks are given: "in Japanese", 日本語の発表.

Does not decide what is done with them: `filter_hints` does.
"""

from collections.abc import Callable, Collection, Sequence

from mltalks.search.query.fields import CHOICE_NAMES
from mltalks.search.query.nodes import Filter
from mltalks.search.rewriting.claims import Claim
from mltalks.search.rewriting.query_tokens import Token

# The filter that finds texts in a language, where `language:` would find nothing.
OF_TEXTS = '"{words}" is searched as text, since no talk is known to be given in that language; texts in it are found with {filter}'


def language_claim(tokens: Sequence[Token], known: Callable[[str], Collection[str]], at: int) -> Claim | None:
    """Return what a token and those beside it may mean: a language is no filter surely, since a talk may be about it.

    `known` has the values of a facet: where no talk is given in the language, only texts in it can be meant.
    """
    language = CHOICE_NAMES["lang"].get(tokens[at].folded)
    after = [token.folded for token in tokens[at + 1 : at + 3]]
    if tokens[at].folded.isascii():
        asked = at > 0 and tokens[at - 1].folded == "in"
    else:
        asked = (
            after == ["の"]
            or (after[:1] == ["の"] and tokens[at + 2].plain)
            or after[:1] in (["による"], ["での"])
        )
    if language is None or not asked:
        return None
    field = "language" if language in known("language") else "lang"
    return Claim(at, at + 1, Filter(field, (language,)), sure=False)
