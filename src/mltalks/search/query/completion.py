"""How a query that is being typed may go on: fields, and the values of a field.

Does not know command lines or keys.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from mltalks.messages import Lang
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.fields import CHOICES, FIELDS, NAME_FIELDS
from mltalks.text.folding import fold, slug
from mltalks.text.typed_names import Candidate, starting, typed_key

Values = Callable[[str, str], Iterable[Candidate]]  # of a facet, for what is typed


def continuations(typed: str, values: Values) -> Iterator[Candidate]:
    """Yield fields, or after `field:` or a comma the values of that field, each with the text typed before it.

    The typed text may have words and parentheses before the one to complete.
    """
    parted = re.fullmatch(r"((?:.*[\s(])?-?)(.*)", typed, re.DOTALL)
    done, last = (parted[1], parted[2]) if parted else ("", typed)
    field, colon, value = last.partition(":")
    name = fold(field)
    if not colon:
        yield from (
            (f"{done}{one}", about) for one, about in starting(((f"{one}:", "") for one in FIELDS), last)
        )
        return
    listed, comma, value = value.rpartition(",")
    prefix = f"{done}{field}:{listed}{comma}"
    if name in CHOICES:
        found: Iterable[Candidate] = ((choice, "") for choice in CHOICES[name])
    elif name in NAME_FIELDS or name == "year":
        plain = name in ("id", "theme", "event")
        found = ((one if plain else slug(one), about or one) for one, about in values(name, value))
    else:
        return
    for candidate, about in starting(found, value):
        yield f"{prefix}{candidate}", about if about != candidate else ""


def facet_values(catalogue: Catalogue, facet: str, typed: str, lang: Lang) -> Iterator[Candidate]:
    """Yield the values of a facet in the data, with their labels; keywords in a language, with their text in the other.

    Of ids, only those that begin with the typed text.
    """
    if facet == "id":
        yield from catalogue.index.sessions.titles(typed_key(typed))
    elif facet == "theme":
        yield from ((theme.id, theme.label("en")) for theme in catalogue.themes.values())
    elif facet == "event":
        yield from ((event.id, event.name) for event in catalogue.events.values())
    else:
        other = 0 if lang == "ja" else 1
        for value in sorted(catalogue.index.facets.values(facet), key=str.casefold):
            yield catalogue.label(facet, value, lang), catalogue.labels(facet, value)[other] or ""
