"""Finds names of several words in a command line, whose quotes the shell has removed: only words that are exactly a name.

Does not correct names or look for parts of them: `search.name_resolver` does.
"""

import re
from collections.abc import Callable, Sequence

from mltalks.search.catalogue import Catalogue
from mltalks.search.query.fields import NAME_FIELDS, named_field
from mltalks.search.query.parser import OPERATORS

_LONGEST = 12  # words of a name
_ARGUMENT = re.compile(r'([-!]?)([^\s:："()]+)[:：](\S[^":：()]*\s[^":：()]*)')


def words_of_name(catalogue: Catalogue, facet: str, words: Sequence[str]) -> int:
    """Return how many of the first words are together exactly a name of a value of a facet; 1 if no several are."""
    plain = 0
    while plain < min(len(words), _LONGEST) and _is_plain(words[plain]):
        plain += 1
    names = catalogue.names(facet)
    return next((count for count in range(plain, 1, -1) if names.exact(" ".join(words[:count]))), 1)


def _is_plain(word: str) -> bool:
    field, colon, _ = word.partition(":")
    is_filter = bool(colon) and named_field(field) is not None
    return word not in OPERATORS and not is_filter and word[:1] not in tuple('-!("')


def with_quotes(catalogue: Callable[[], Catalogue], words: Sequence[str]) -> list[str]:
    """Return the arguments of a query with quotes around the name in each that is FIELD:NAME, such as "theme:Feature stores"."""
    return [_quoted(catalogue, word) if " " in word.strip() else word for word in words]


def _quoted(catalogue: Callable[[], Catalogue], word: str) -> str:
    found = _ARGUMENT.fullmatch(word.strip())
    field = named_field(found[2]) if found else None
    if found is None or field not in NAME_FIELDS or not catalogue().names(field).exact(found[3]):
        return word
    return f'{found[1]}{found[2]}:"{found[3].strip()}"'
