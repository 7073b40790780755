"""The fields of the query language: their names, the values that some of them allow, ranges of years.

Does not look up names of companies, themes and events: `name_resolver` does.
"""

import re
from typing import Literal, NamedTuple

from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.text.folding import fold
from mltalks.text.fuzzy import corrections

TextField = Literal["title", "summary", "note"]
TEXT_FIELDS: tuple[TextField, ...] = ("title", "summary", "note")
NAME_FIELDS = ("company", "theme", "keyword", "speaker", "event", "series", "track", "id", "tag", "language")
CHOICES = {
    "kind": KINDS,
    "lang": ("en", "ja"),
    "has": ("slides", "paper", "video", "summary", "organization", "note"),
    "mark": MARKS,
}
# Other names of a choice, accepted without a notice.
CHOICE_NAMES = {
    "lang": {"jp": "ja", "japanese": "ja", "日本語": "ja", "english": "en", "英語": "en"},
    "has": {"company": "organization", "companies": "organization", "summaries": "summary"},
}
FIELDS = (*NAME_FIELDS, "year", *CHOICES, *TEXT_FIELDS)


class Choice(NamedTuple):
    """An allowed value of a field, and whether it corrects what was typed."""

    value: str
    corrected: bool = False


def resolve_choice(field: str, typed: str) -> Choice | None:
    """Return the allowed value of a field of CHOICES that a typed one stands for; None if there is none.

    >>> resolve_choice("kind", "ＰＡＰＥＲ")
    Choice(value='paper', corrected=False)
    >>> resolve_choice("kind", "pannel"), resolve_choice("kind", "poem")
    (Choice(value='panel', corrected=True), None)
    """
    folded = fold(typed)
    named = CHOICE_NAMES.get(field, {}).get(folded, folded)
    if named in CHOICES[field]:
        return Choice(named)
    for other in (f"{named}s", named.removesuffix("s")):
        if other in CHOICES[field]:
            return Choice(other, corrected=True)
    likely = corrections(folded, CHOICES[field])
    return Choice(likely[0], corrected=True) if len(likely) == 1 else None


def year_range(value: str) -> tuple[int, int] | None:
    """Return the first and last year of `2019`, `2019..2021`, `2024..` or `..2020`; None if it is none of these."""
    match = re.fullmatch(r"(\d{4})?(?:(\.\.)(\d{4})?)?", value, re.ASCII)
    if match is None or not (match[1] or match[3]):
        return None
    first = int(match[1] or 0)
    last = int(match[3] or 9999) if match[2] else first
    return (first, last) if first <= last else None
