"""Finds the words of a Japanese query that mean the marks and tags of a user: 見た発表, タグが要フォローの発表.

Does not decide what is done with them: `filter_hints` does.
"""

from collections.abc import Callable, Collection, Sequence

from mltalks.search.query.fields import CHOICE_NAMES
from mltalks.search.query.nodes import Filter
from mltalks.search.rewriting.claims import Claim
from mltalks.search.rewriting.query_tokens import Token
from mltalks.text.folding import fold

LONGEST_MARK = 4  # tokens of これから見る
TALKS = ("発表", "論文", "講演", "動画", "もの", "トーク")
TAG = "タグ"


def own_claim(tokens: Sequence[Token], known: Callable[[str], Collection[str]], at: int) -> Claim | None:
    """Return the mark or tag that a token and those after it mean; it is sure if a talk has it (`known` has the values of a facet)."""
    return _mark(tokens, known, at) or _tag(tokens, known, at)


def _mark(tokens: Sequence[Token], known: Callable[[str], Collection[str]], at: int) -> Claim | None:
    for end in range(min(at + LONGEST_MARK, len(tokens)), at, -1):
        name = "".join(token.folded for token in tokens[at:end])
        follows = tokens[end].folded if end < len(tokens) else ""
        if name in CHOICE_NAMES["mark"] and follows.startswith(TALKS):
            sure = CHOICE_NAMES["mark"][name] in known("mark")
            return Claim(at, end, Filter("mark", (name,)), sure)
    return None


def _tag(tokens: Sequence[Token], known: Callable[[str], Collection[str]], at: int) -> Claim | None:
    three = [token.folded for token in tokens[at : at + 3]]
    if len(three) < 3 or three[1] not in ("が", "の", "は") or TAG not in (three[0], three[2]):
        return None
    tags = {fold(tag): tag for tag in known("tag")}
    tag = tags.get(three[2] if three[0] == TAG else three[0])
    return Claim(at, at + 3, Filter("tag", (tag,)), sure=True) if tag else None
