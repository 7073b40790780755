"""Finds the words of a query that mean a kind of talk: "keynote", "a panel on deployment", 2024年の論文, 招待講演.

Does not decide what is done with them: `filter_hints` does.
"""

from collections.abc import Callable, Collection, Sequence

from mltalks.search.query.fields import KIND_WORDS
from mltalks.search.query.nodes import Filter
from mltalks.search.rewriting.claims import Claim
from mltalks.search.rewriting.query_tokens import Token

# Words that are filler beside a subject; 論文 in English is filler in any place, as in "papers on compilers".
PAPERS = Filter("kind", ("paper",))
_PAPERS = ("論文", "論文発表")
# Some programmes call an invited talk a keynote, others a talk.
INVITED = Filter("kind", ("talk", "keynote"))
_INVITED = ("招待講演", "招待トーク", "特別講演")
AS_KINDS = '"{words}" is no kind of its own; talks and keynotes are searched, with {filter}'


def kind_claim(
    tokens: Sequence[Token], known: Callable[[str], Collection[str]], ends: Callable[[int], bool], at: int
) -> Claim | None:
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


def completed(tokens: Sequence[Token], claims: Sequence[Claim], slides: Filter) -> list[Claim]:
    """Return the claims, with slides surely meant if nothing but sure filters is beside them: "opml 2019 slides".

    So are papers beside filters that only may be meant, too (2024年のMLSysの論文); beside a subject they are filler.
    """
    if not any(claim.sure for claim in claims):
        return [claim for claim in claims if claim.filter != PAPERS]
    kept = list(claims) if _alone(tokens, claims) else [claim for claim in claims if claim.filter != PAPERS]
    sure = {PAPERS}
    if _alone(tokens, [claim for claim in kept if claim.sure or claim.filter in (slides, PAPERS)]):
        sure.add(slides)
    return [claim._replace(sure=claim.sure or claim.filter in sure) for claim in kept]


def _alone(tokens: Sequence[Token], claims: Sequence[Claim]) -> bool:
    """Return whether nothing that may be a subject is beside claims."""
    covered = {at for claim in claims for at in claim.places}
    return all(token.plain or at in covered for at, token in enumerate(tokens))
