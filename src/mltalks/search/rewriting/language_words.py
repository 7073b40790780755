"""Finds the words of a query that may mean the language in which talks are given: "in Japanese", 日本語の発表.

Does not decide what is done with them: `filter_hints` does.
"""

from collections.abc import Sequence

from mltalks.search.query.fields import CHOICE_NAMES
from mltalks.search.query.nodes import Filter
from mltalks.search.rewriting.claims import Claim
from mltalks.search.rewriting.query_tokens import Token


def language_claim(tokens: Sequence[Token], at: int) -> Claim | None:
    """Return what a token and those beside it may mean: a language is no filter surely, since a talk may be about it."""
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
    return Claim(at, at + 1, Filter("language", (language,)), sure=False)
