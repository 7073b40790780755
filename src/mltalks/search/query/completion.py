"""How a query that is being typed may go on: fields, and the values of a field.

Does not know command lines or keys.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from mltalks.messages import Lang
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.fields import CHOICE_NAMES, CHOICES, FIELD_NAMES, FIELDS, NAME_FIELDS, named_field
from mltalks.text.folding import fold, slug, starting, typed_key
from mltalks.text.japanese.scripts import is_japanese

Candidate = tuple[str, str]  # a name, and what it is
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
        fields = (*FIELDS, *(_japanese_names(FIELD_NAMES) if is_japanese(last) else ()))
        yield from (
            (f"{done}{one}", about) for one, about in starting(((f"{one}:", "") for one in fields), last)
        )
        return
    name = named_field(field) or name
    listed, comma, value = value.rpartition(",")
    prefix = f"{done}{field}:{listed}{comma}"
    if name in CHOICES:
        names = _japanese_names(CHOICE_NAMES[name]) if is_japanese(value) else CHOICES[name]
        found: Iterable[Candidate] = ((choice, "") for choice in names)
    elif name in NAME_FIELDS or name == "year":
        plain = name in ("id", "theme", "event") and " " not in value
        found = ((one if plain else slug(one), about or one) for one, about in values(name, value))
    else:
        return
    for candidate, about in starting(found, value):
        yield f"{prefix}{candidate}", about if about != candidate else ""


def facet_values(catalogue: Catalogue, facet: str, typed: str, lang: Lang) -> Iterator[Candidate]:
    """Yield the values of a facet in the data, with their labels; keywords in a language, with their text in the other.

    Of ids, only those that begin with the typed text. Themes, events and organizations have their Japanese names, too, if the
    typed text is Japanese.
    """
    if facet == "id":
        yield from catalogue.index.sessions.titles(typed_key(typed))
    elif facet == "theme":
        yield from ((theme.id, theme.label("en")) for theme in catalogue.themes.values())
        if is_japanese(typed):
            yield from ((one.label_ja, one.id) for one in catalogue.themes.values() if one.label_ja)
    elif facet == "event":
        yield from ((event.id, event.name) for event in catalogue.events.values())
        if is_japanese(typed):
            yield from ((event.name, event.id) for event in catalogue.events.values())
    else:
        other = 0 if lang == "ja" else 1
        for value in sorted(catalogue.index.facets.values(facet), key=str.casefold):
            named = catalogue.label(facet, value, lang) if facet == "keyword" else value
            yield named, catalogue.labels(facet, value)[other] or ""
        if facet == "company" and is_japanese(typed):
            known = catalogue.organizations.by_name.values()
            yield from ((one, it.name) for it in known for one in it.aliases if is_japanese(one))


def _japanese_names(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.isascii()]
