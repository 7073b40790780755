"""Notices on the words of a typed query that mean something else elsewhere: operators, signs of other languages, names of two meanings.

Does not change the query.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.foreign_signs import foreign_signs, operator_words
from mltalks.search.query.parser import parse
from mltalks.text.eras import KANJI_DIGITS

_FISCAL = rf'[^\s:："(、,]*(?:[0-9０-９元十{KANJI_DIGITS}]|[今昨本去])年度(?!末)'


def query_notices(
    catalogue: Callable[[], Catalogue], query: Sequence[str], operators: Collection[str]
) -> Iterator[Message]:
    """Yield notices on the words of a query, of which some may mean one of `operators`; the `catalogue` is read if it is needed."""
    found = list(dict.fromkeys(operator_words(query, operators)))
    if any("NOT" in str(one.values) for one in found):
        from mltalks.search.rewriting.filter_hints import left_out  # 2 ms that other queries need not pay

        named = left_out(catalogue(), parse(query))
        found = [one for one in found if not any(_overlap(str(one.values["word"]), said) for said in named)]
    yield from found
    yield from foreign_signs(query)
    typed = " ".join(query)
    if "言語" in typed or "年度" in typed:
        yield from _of_two_meanings(catalogue, re.sub('"[^"]*"', "", typed))


def _of_two_meanings(catalogue: Callable[[], Catalogue], typed: str) -> Iterator[Message]:
    """Yield a notice for each 言語: and each fiscal year of a text."""
    for word in re.findall("(?<![^\\s(-])言語[:：](?=\\S)", typed):
        template = (
            '"{word}" finds texts in a language, in whichever the talks are given; for these, write {field}'
        )
        if not catalogue().index.facets.values("language"):
            template = '"{word}" finds texts in a language; in which the talks are given is known of none'
        yield Message(template, {"word": word, "field": "使用言語:"})
    for word in re.findall(_FISCAL, typed):
        template = '"{word}" means the calendar year here; for April to March, list both years with --fields date,title'
        yield Message(template, {"word": excerpt(word)})


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one
