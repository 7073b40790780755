"""Why a session was found: which words of the query it has, how it writes them, as which variants, in which fields.

Does not find sessions: `ranking` does.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from mltalks.dataset.hierarchy import ancestors
from mltalks.search.catalogue import Catalogue
from mltalks.search.expansion.expanded_terms import LITERAL, ExpandedTerm, MatchKind, Variant
from mltalks.search.index.postings import MembershipTest
from mltalks.search.index.sessions import FIELDS
from mltalks.search.query.nodes import Filter
from mltalks.text.japanese.scripts import is_japanese_word, is_katakana
from mltalks.text.words.passages import passages, whole_end
from mltalks.text.words.word_forms import is_form, shared_letters

# What a variant was found as, and: a word that only starts like the typed one, an inferred theme, a filter without words.
ReasonKind = MatchKind | Literal["derivation", "inferred theme", "filter"]
# The text is the typed word itself, written, inflected, joined or completed in another way.
AS_TYPED: frozenset[ReasonKind] = frozenset(("exact", "inflection", "phrase", "compound", "prefix", "filter"))
QUESTIONS = frozenset(("questions", "questions_ja"))
_TYPED, _SAME, _ASKED, _FILED, _NEAR = range(5)  # how telling a match is, the most telling first
_FIELD_ORDER = {field: place for place, field in enumerate((*FIELDS, "themes"))}


class Match(NamedTuple):
    """Why a session was found: words of the query, what the session has for them, as what, and in which fields.

    `query` and `text` are written as in the query and in the first of the fields. For a theme, `text` is its label in English,
    and `theme` its id.
    """

    query: str
    text: str
    how: ReasonKind
    fields: tuple[str, ...]
    theme: str | None = None


class MatchReasons:
    """The terms of one query, from which the matches of each hit are listed.

    `typed` are the texts of the query, `filters` those that all hits pass; `spoken` has the Japanese words that were typed in
    Latin letters, and those letters.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        terms: Iterable[ExpandedTerm],
        typed: Iterable[str],
        filters: Iterable[Filter] = (),
        spoken: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._catalogue = catalogue
        self._index = catalogue.index
        self._query = " ".join(typed)
        self._typed_terms = terms
        self._filters = filters
        self._spoken = spoken

    def _as_spoken(self, name: str) -> str:
        """Return how words, or a part of one, were typed in Latin letters; "" if they were not."""
        parts = name.split()
        if self._spoken.keys().isdisjoint(parts):
            return next((typed for word, typed in self._spoken.items() if name in word), "")
        return " ".join(dict.fromkeys(self._spoken.get(part, part) for part in parts))

    def matches(self, doc: int) -> tuple[Match, ...]:
        """Return why a document was found, the most telling match first, then in the order of the query.

        Two variants of a word that are written alike are one match, and so is a theme that several words name. What is near the whole
        query in meaning is no match if a word of the query is matched by the same text.
        """
        found: dict[tuple[str, ...], Match] = {}
        for term in self._terms:
            for match in term.matches(doc, self._match):
                key = (match.theme,) if match.theme else (match.query, match.text.casefold())
                same = found.setdefault(key, match)
                if same is not match and not match.theme:
                    fields = {*same.fields, *match.fields}
                    found[key] = same._replace(fields=tuple(field for field in FIELDS if field in fields))
        if not self._terms:
            return tuple(
                Match(str(one), ", ".join(one.values), "filter", (one.field,)) for one in self._filters
            )
        said = {match.text.casefold() for match in found.values() if match.how != "near"}
        telling = (one for one in found.values() if one.how != "near" or one.text.casefold() not in said)
        return tuple(sorted(telling, key=_order))

    @cached_property
    def _terms(self) -> "list[_Term]":
        return [self._term(term) for term in self._typed_terms]

    def _term(self, term: ExpandedTerm) -> "_Term":
        size = self._index.size
        spoken = self._as_spoken(term.typed)
        typed = spoken or self._as_typed(term.typed)
        found = [
            _Variant(
                typed,
                variant,
                "sound" if spoken and variant.how in LITERAL else _how(term, variant),
                MembershipTest(variant.postings.docs(size), size),
            )
            for variant in term.variants
        ]
        return _Term(found, list(map(self._term, term.parts)))

    def _match(self, one: "_Variant", doc: int) -> Match | None:
        """Return the match of a variant that a document has; None if no field has it."""
        typed, variant, how = one.typed, one.variant, one.how
        if how == "theme":
            return self._theme_match(typed, variant.themes, doc)
        fields = self._index.sessions.fields_with(doc, variant.text)
        if not fields:
            return None
        name = variant.text.split()
        for place, field in enumerate(fields):
            text = self._text(doc, field)
            for start, end in passages(text, name):
                return Match(typed, text[start : whole_end(text, end)], how, fields[place:])
        return Match(typed, _joined(variant.text), how, fields)

    def _theme_match(self, typed: str, named: Iterable[str], doc: int) -> Match | None:
        """Return the match of the first of some themes under which, or under a narrower one of which, a document is filed."""
        own: list[str] = self._index.sessions.value(doc, "themes")
        for theme in named:
            filed = {theme}.intersection(own) or {
                one for one in own if theme in ancestors(one, self._catalogue.theme_parents)
            }
            if filed:
                inferred = filed.issubset(self._index.sessions.value(doc, "themes_inferred"))
                label = self._catalogue.label("theme", theme, "en")
                return Match(typed, label, "inferred theme" if inferred else "theme", ("themes",), theme)
        return None

    def _text(self, doc: int, field: str) -> str:
        """Return the texts of a field of a document, a line each."""
        value = self._index.sessions.value(doc, field)
        if field == "event":
            series, year = (self._index.sessions.value(doc, one) for one in ("series", "year"))
            return f"{self._events[value]}\n{series}\n{year}"
        if field == "speakers":
            return "\n".join([speaker["name"] for speaker in value])
        return value if isinstance(value, str) else "\n".join(value)

    @cached_property
    def _events(self) -> dict[str, str]:
        return {event["id"]: event["name"] for event in self._index.things("events")}

    def _as_typed(self, name: str) -> str:
        """Return words of the query as the user wrote them."""
        apart = name.split()
        for some in (apart, ["".join(apart)]):
            for start, end in passages(self._query, some):
                return self._query[start : whole_end(self._query, end)]
        return " ".join(map(self._as_typed, apart)) if len(apart) > 1 else name


class _Variant(NamedTuple):
    """A variant of a term, with what was typed and the documents that have it."""

    typed: str
    variant: Variant
    how: ReasonKind
    docs: MembershipTest


class _Term:
    """The variants of a term, those that are near in meaning apart, and its parts."""

    def __init__(self, found: Sequence[_Variant], parts: "Sequence[_Term]") -> None:
        self.firm = [one for one in found if one.how != "near"]
        self.near = [one for one in found if one.how == "near"]
        self.parts = parts

    def matches(self, doc: int, match: Callable[[_Variant, int], Match | None]) -> list[Match]:
        """Return the matches in a document: those of parts if the whole does not occur as typed, near ones if there are no others."""
        found = [one for variant in self.firm if doc in variant.docs and (one := match(variant, doc))]
        if self.parts and not any(one.how in AS_TYPED for one in found):
            same = any(not one.theme for one in found)
            of_parts = [one for part in self.parts for one in part.matches(doc, match)]
            found += [one for one in of_parts if not same or one.how in AS_TYPED]
        return found or [one for variant in self.near if doc in variant.docs and (one := match(variant, doc))]


# Endings of the forms of one word.
_ENDINGS = tuple(
    map(
        frozenset,
        (("", "s", "ed", "ing"), ("", "s", "d"), ("", "es"), ("e", "es", "ed", "ing"), ("y", "ies", "ied")),
    )
)


def _how(term: ExpandedTerm, variant: Variant) -> ReasonKind:
    """Return what a variant was found as: an inflection or a correction only if it is surely one."""
    typed, text = term.typed, variant.text
    if variant.how == "correction" and is_japanese_word(typed) and not is_katakana(typed):
        return "near"  # a word with most of the characters
    if variant.how != "inflection":
        return variant.how
    shared = shared_letters(typed, text)
    if any(some.issuperset((typed[shared:], text[shared:])) for some in _ENDINGS):
        return "inflection"
    if not any(one.how == "exact" for one in term.variants) and _lacks_a_letter(typed, text):
        return "correction"
    return "inflection" if is_form(typed, text) else "derivation"


def _lacks_a_letter(word: str, other: str) -> bool:
    """Return whether a word has one letter less or more within than another; doubled ones (modelling) do not count.

    >>> _lacks_a_letter("kubernets", "kubernetes"), _lacks_a_letter("modelling", "modeling"), _lacks_a_letter("tune", "tuned")
    (True, False, False)
    """
    short, long = sorted((word, other), key=len)
    at = shared_letters(short, long)
    return 0 < at < len(short) == len(long) - 1 and short[at:] == long[at + 1 :] and long[at] != long[at - 1]


def _joined(name: str) -> str:
    """Return words that were split at a change of script as they are written.

    >>> _joined("省 エネ"), _joined("feature store")
    ('省エネ', 'feature store')
    """
    return name.replace(" ", "") if is_japanese_word(name) else name


def _order(match: Match) -> tuple[int, int]:
    """Return how telling a match is, as a key for sorting: as typed before others, titles and keywords before other fields.

    A match in questions alone comes after all others that find a session.
    """
    if match.how in ("theme", "inferred theme"):
        rank = _FILED
    elif match.how == "near":
        rank = _NEAR
    elif QUESTIONS.issuperset(match.fields):
        rank = _ASKED
    else:
        rank = _TYPED if match.how in AS_TYPED else _SAME
    return rank, _FIELD_ORDER[match.fields[0]]
