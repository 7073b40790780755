"""Claims: the words of a query that mean a filter, or may: a kind, a language, a mark or a tag; and the filters of several.

Does not find names and years, and does not decide what is done with claims: `filter_hints` does.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from mltalks.search.query.fields import CHOICE_NAMES, HAS_WORDS, KIND_WORDS, year_range
from mltalks.search.query.nodes import Filter
from mltalks.search.rewriting.query_tokens import Token
from mltalks.text.folding import fold

Known = Callable[[str], Collection[str]]  # the values of a facet that talks have
SLIDES = Filter("has", ("slides",))
# Words that are filler beside a subject; 論文 in English is filler in any place, as in "papers on compilers".
PAPERS = Filter("kind", ("paper",))
_PAPERS = ("論文", "論文発表")
# Some programmes call an invited talk a keynote, others a talk.
INVITED = Filter("kind", ("talk", "keynote"))
_INVITED = ("招待講演", "招待トーク", "特別講演")
ANY_TALK = '"{words}" may be any talk; the filter is written {filter}'
AS_KINDS = '"{words}" is no kind of its own; talks and keynotes are searched, with {filter}'
# The filter that finds texts in a language, where `language:` would find nothing.
OF_TEXTS = '"{words}" is searched as text, since no talk is known to be given in that language; texts in it are found with {filter}'
LONGEST_MARK = 4  # tokens of これから見る
_ABOUT = ("about", "on", "of", "from", "by")
_OWNED = ("発表", "論文", "講演", "動画", "もの", "トーク")
TAG = "タグ"
_WITH = re.compile("あり[のでに]?|[のが]ある|のあった|のついた")
_PUBLIC = re.compile("(?:の|済みの?|されて?い?る|された)?")  # behind 公開
_TALKS = ("発表", "論文", "講演", "トーク", "セッション")
_GIVEN = ("発表", "講演", "トーク", "セッション")  # what is given in a language


class Claim(NamedTuple):
    """Tokens `start` to `end` of a query that mean a filter; if not `sure`, they only may.

    The query leaves out what is `denied`; of what is `together`, talks have all values.
    """

    start: int
    end: int
    filter: Filter
    sure: bool
    denied: bool = False
    together: bool = False

    @property
    def filters(self) -> list[Filter]:
        """The filter, or one for each value."""
        each = [Filter(self.filter.field, (value,)) for value in self.filter.values]
        return each if self.together else [self.filter]


def is_with(behind: Sequence[Token], material: str) -> bool:
    """Return whether the tokens behind a material say that a talk has it: 動画あり, スライドのある推論; not 動画ありません.

    Videos are a subject, too: 動画のある推論の発表, but not 動画のある場面.
    """
    found = _WITH.fullmatch(behind[0].folded) if behind else None
    if not found or found[0].startswith("あり") or material != "video":
        return bool(found)
    return any(one.folded.startswith(_TALKS) for one in behind[1:]) or not (behind[1:] and behind[1].glued)


def is_public(behind: Sequence[Token]) -> bool:
    """Return whether the tokens behind a material say that it is published: 動画が公開されている; not 公開されていない, 公開されず."""
    folded = [token.folded for token in behind[:3]]
    return folded[:2] == ["が", "公開"] and bool(_PUBLIC.fullmatch("".join(folded[2:])))


def unsure(claims: Iterable[Claim], field: str) -> list[Claim]:
    """Return claims, those on one field as such that only may mean a filter."""
    return [claim._replace(sure=claim.sure and claim.filter.field != field) for claim in claims]


def merged(claims: Iterable[Claim]) -> list[Filter]:
    """Return one filter a field: of several values of one field, a session has any; those that it has together are apart.

    One open beginning and one open end of years bound each other; if no year is between, their filter has no value.
    """
    values: dict[str, dict[str, None]] = {}
    together: list[Filter] = []
    for claim in claims:
        one = claim.filter
        if claim.together:
            together += claim.filters
            continue
        values.setdefault(one.field, {}).update(dict.fromkeys(one.values))
    years = values.get("year", {})
    since = [value for value in years if value.endswith("..")]
    until = [value for value in years if value.startswith("..")]
    if len(since) == len(until) == 1:
        between = since[0] + until[0].removeprefix("..")
        kept = [value for value in years if value not in (*since, *until)]
        values["year"] = dict.fromkeys([*kept, between] if year_range(between) else [])
    return [*(Filter(field, tuple(found)) for field, found in values.items()), *together]


def kind_claim(tokens: Sequence[Token], known: Known, ends: Callable[[int], bool], at: int) -> Claim | None:
    """Return what a token means; before a subject, others than a keynote only may be meant: "panel data".

    `known` has the values of a facet, `ends` says whether no subject follows a place.
    """
    word = tokens[at].folded
    if word in _PAPERS and "paper" in known("kind"):
        return Claim(at, at + 1, PAPERS, sure=False)
    if word == "講演" and "talk" in known("kind") and ends(at + 1):
        return Claim(at, at + 1, INVITED, sure=False)
    if word in _INVITED and "talk" in known("kind"):
        return Claim(at, at + 1, INVITED, sure=True)
    kind = KIND_WORDS.get(word)
    if kind is None or kind not in known("kind"):
        return None
    end = at + 1
    if kind == "panel" and end < len(tokens) and tokens[end].folded in ("discussion", "discussions"):
        end += 1
    sure = kind == "keynote" or end > at + 1 or ends(end)
    return Claim(at, end, Filter("kind", (kind,)), sure)


def material_claim(
    tokens: Sequence[Token], known: Known, ends: Callable[[int], bool], at: int
) -> Claim | None:
    """Return what スライドあり and 動画のある mean, and "slides" at the end of a query, or at its start in "slides about", which only may."""
    word, behind = tokens[at].folded, tokens[at + 1 :]
    attached = word.endswith("付") and bool(behind) and behind[0].folded.startswith("き")  # スライド付き
    has = HAS_WORDS.get(word.removesuffix("付") if attached else word)
    if has is None or has not in known("has"):
        return None
    last = all(token.plain or ends(at + 1 + place) for place, token in enumerate(behind))
    first = at == 0 and bool(behind) and behind[0].folded in _ABOUT
    public = is_public(behind)
    sure = attached or public or is_with(behind, has)
    end = at + 1 + attached + 2 * public
    return Claim(at, end, Filter("has", (has,)), sure) if last or first or sure else None


def completed(tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, with slides surely meant if nothing but sure filters is beside them: "opml 2019 slides".

    So are papers beside filters that only may be meant, too (2024年のMLSysの論文); beside a subject they are filler.
    """
    if not any(claim.sure for claim in claims):
        return list(claims)
    sure = {PAPERS} if _alone(tokens, claims) else set()
    if _alone(tokens, [claim for claim in claims if claim.sure or claim.filter in (SLIDES, PAPERS)]):
        sure.add(SLIDES)
    return [
        claim._replace(sure=claim.sure or (claim.filter in sure and not claim.denied)) for claim in claims
    ]


def _alone(tokens: Sequence[Token], claims: Sequence[Claim]) -> bool:
    """Return whether nothing that may be a subject is beside claims."""
    covered = {at for claim in claims for at in range(claim.start, claim.end)}
    return all(token.plain or at in covered for at, token in enumerate(tokens))


def language_claim(tokens: Sequence[Token], known: Known, at: int) -> Claim | None:
    """Return what a token and those beside it may mean: a language is no filter surely, since a talk may be about it.

    It is in 日本語の発表, without another word, as papers may be on texts in a language, but talks are given in it.
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
    sure = field == "language" and after[:1] == ["の"] and after[-1] in _GIVEN and at + 3 >= len(tokens)
    return Claim(at, at + 1, Filter(field, (language,)), sure)


def own_claim(tokens: Sequence[Token], known: Known, at: int) -> Claim | None:
    """Return the mark or tag that a token and those after it mean; it is sure if a talk has it (`known` has the values of a facet)."""
    return _mark(tokens, known, at) or _tag(tokens, known, at)


def _mark(tokens: Sequence[Token], known: Known, at: int) -> Claim | None:
    for end in range(min(at + LONGEST_MARK, len(tokens)), at, -1):
        name = "".join(token.folded for token in tokens[at:end])
        follows = tokens[end].folded if end < len(tokens) else ""
        if name in CHOICE_NAMES["mark"] and follows.startswith(_OWNED):
            sure = CHOICE_NAMES["mark"][name] in known("mark")
            return Claim(at, end, Filter("mark", (name,)), sure)
    return None


def _tag(tokens: Sequence[Token], known: Known, at: int) -> Claim | None:
    three = [token.folded for token in tokens[at : at + 3]]
    if len(three) < 3 or three[1] not in ("が", "の", "は") or TAG not in (three[0], three[2]):
        return None
    tags = {fold(tag): tag for tag in known("tag")}
    tag = tags.get(three[2] if three[0] == TAG else three[0])
    return Claim(at, at + 3, Filter("tag", (tag,)), sure=True) if tag else None
