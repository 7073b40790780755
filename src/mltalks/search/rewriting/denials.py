"""Claims of what a query leaves out, and of organizations whose talks are by all of them.

Does not find names: `filter_hints` does. What is left out is only named as a filter, never read as one.
"""

import re
from collections.abc import Callable, Sequence

from mltalks.dataset.vocabulary import KIND_NAMES, KINDS
from mltalks.search.query.fields import EXCLUDING, HAS_WORDS, KIND_WORDS
from mltalks.search.query.nodes import Filter
from mltalks.search.query.written_years import EXCEPT
from mltalks.search.rewriting.claims import INVITED, Claim, Known
from mltalks.search.rewriting.query_tokens import SIGNS, Token

_Named = Callable[[int], tuple[int, str] | None]  # where a name that starts at a token ends, and the name
_LACKING = ("no", "without", "lacking")  # of EXCLUDING
_BETWEEN = ("for", "than", "from", "by", "at", "any", "a", "the")  # "except for", "not from"
# Japanese; compiled when a query has Japanese.
_EXCLUDED = f"(?:{EXCEPT}|は除[くいき])の?"
_LACKED = "(?:[がのは]な[いく]|[がのは]?(?:なし|無し|無い)|[がの]ありません)の?"
_LONGEST = 4  # tokens of を除いて and the like
_MATERIALS = HAS_WORDS | dict.fromkeys(("論文", "paper", "papers"), "paper")
_KINDS = {one: kind for kind in KINDS for one in (kind, f"{kind}s")} | KIND_WORDS
_GIVEN = ("講演", "トーク", "talk", "talks")
_NO_KIND = ("発表", *_GIVEN)
_JOINT = (
    "joint",
    "jointly",
    "both",
    "together",
    "collaboration",
    "collaborations",
    "coauthored",
    "co-authored",
)
_OF_JOINT = ("work", "works", "papers", "paper", "talk", "talks", "research", "by", "of", "from", "between")
_AND = ("と", "および", "及び", "and", "&", "with", *SIGNS)
_JOINTLY = "(?:共同|共著|合同|連名)(?:発表|論文|研究|講演|執筆|開発)?"


def denied_claim(
    tokens: Sequence[Token], known: Known, event: Callable[[int], Claim | None], company: _Named, at: int
) -> Claim | None:
    """Return the kind, material, event or organization that a query leaves out: "not papers", "without slides", Google以外, スライドのない.

    `event` and `company` read names at a place.
    """
    words = [token.folded for token in tokens]
    start = at
    if words[at] in EXCLUDING and (words[at] != "other" or words[at + 1 : at + 2] == ["than"]):
        start += 1
        while words[start : start + 1] and words[start] in _BETWEEN:
            start += 1
    if start >= len(words):
        return None
    kind = _kind(words[start])
    named = Filter("kind", kind) if known("kind") and kind else None
    end = start + 1
    if named is None and (found := event(start)):
        end, named = found.end, found.filter
    elif named is None and (name := company(start)):
        end, named = name[0], Filter("company", (name[1],))
    has = _MATERIALS.get(words[start])
    material = Filter("has", (has,)) if has and has in known("has") else None
    if start > at:
        last = end >= len(words) or tokens[end].plain
        lacked = material if words[at] in _LACKING else None
        chosen = (named or lacked) if words[at] == "no" else (lacked or named)
        return Claim(at, end, chosen, sure=False, denied=True) if chosen and last else None
    for pattern, one, after in ((_EXCLUDED, named, end), (_LACKED, material, start + 1)):
        for length in range(_LONGEST, 0, -1):
            behind = tokens[after : after + length]
            text = "".join(token.folded for token in behind)
            if one and not text.isascii() and re.fullmatch(pattern, text):
                return Claim(at, after + len(behind), one, sure=False, denied=True)
    return None


def joint_claim(tokens: Sequence[Token], company: _Named, at: int) -> Claim | None:
    """Return the organizations of which talks are by all: "joint work of A and B", AとBの共同発表."""
    words = [token.folded for token in tokens]
    start = at
    while start < len(words) and words[start] in (*_JOINT, *_OF_JOINT):
        start += 1
    names: list[str] = []
    end, following = start, start
    while following < len(words) and (found := company(following)):
        end, name = found
        names.append(name)
        following = end + 1 if words[end : end + 1] and words[end] in _AND else len(words)
    behind = words[end : end + 2]
    after = 0
    if len(behind) == 2 and tokens[end].plain and re.fullmatch(_JOINTLY, behind[1]):
        after = end + 2
    elif behind and behind[0] in _JOINT:
        after = end + 1
    said = after or any(word in _JOINT for word in words[at:start])
    if len(names) < 2 or not said:
        return None
    return Claim(at, after or end, Filter("company", tuple(names)), sure=True, together=True)


def _kind(word: str) -> tuple[str, ...]:
    """Return the kinds that a word means where it is left out."""
    if word in _NO_KIND:
        return INVITED.values if word in _GIVEN else ()
    kind = _KINDS.get(word) or KIND_NAMES.get(word)
    return (kind,) if kind else ()
