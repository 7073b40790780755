"""Claims: the words of a query that mean a filter, or may: a kind, a language, a mark or a tag; and the filters of several.

Does not find names and years, and does not decide what is done with claims: `filter_hints` does.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from mltalks.search.query.fields import CHOICE_NAMES, KIND_WORDS, year_range
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
AS_KINDS = '"{words}" is no kind of its own; talks and keynotes are searched, with {filter}'
# The filter that finds texts in a language, where `language:` would find nothing.
OF_TEXTS = '"{words}" is searched as text, since no talk is known to be given in that language; texts in it are found with {filter}'
LONGEST_MARK = 4  # tokens of これから見る
_OWNED = ("発表", "論文", "講演", "動画", "もの", "トーク")
TAG = "タグ"
_WITH = re.compile("あり[のでに]?|[のが]ある|のあった|のついた")
_PUBLIC = re.compile("(?:の|済みの?|されて?い?る|された)?")  # behind 公開
_TALKS = ("発表", "論文", "講演", "トーク", "セッション")
_GIVEN = ("発表", "講演", "トーク", "セッション")  # what is given in a language


class Claim(NamedTuple):
    """Tokens `start` to `end` of a query that mean a filter; if not `sure`, they only may."""

    start: int
    end: int
    filter: Filter
    sure: bool


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


def merged(filters: Iterable[Filter]) -> list[Filter]:
    """Return one filter a field: of several values of one field, a session has any.

    One open beginning and one open end of years bound each other; if no year is between, their filter has no value.
    """
    values: dict[str, dict[str, None]] = {}
    for one in filters:
        values.setdefault(one.field, {}).update(dict.fromkeys(one.values))
    years = values.get("year", {})
    since = [value for value in years if value.endswith("..")]
    until = [value for value in years if value.startswith("..")]
    if len(since) == len(until) == 1:
        between = since[0] + until[0].removeprefix("..")
        kept = [value for value in years if value not in (*since, *until)]
        values["year"] = dict.fromkeys([*kept, between] if year_range(between) else [])
    return [Filter(field, tuple(found)) for field, found in values.items()]


def kind_claim(tokens: Sequence[Token], known: Known, ends: Callable[[int], bool], at: int) -> Claim | None:
    """Return what a token means; before a subject, others than a keynote only may be meant: "panel data".

    `known` has the values of a facet, `ends` says whether no subject follows a place.
    """
    word = tokens[at].folded
    if word in _PAPERS and "paper" in known("kind"):
        return Claim(at, at + 1, PAPERS, sure=False)
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


def completed(tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, with slides surely meant if nothing but sure filters is beside them: "opml 2019 slides".

    So are papers beside filters that only may be meant, too (2024年のMLSysの論文); beside a subject they are filler.
    """
    others = [claim for claim in claims if claim.filter != PAPERS]
    if not any(claim.sure for claim in claims):
        return others
    kept = claims if _alone(tokens, claims) else others
    sure = {PAPERS}
    if _alone(tokens, [claim for claim in kept if claim.sure or claim.filter in (SLIDES, PAPERS)]):
        sure.add(SLIDES)
    return [claim._replace(sure=claim.sure or claim.filter in sure) for claim in kept]


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
