"""Finds the values of a facet for a name that none of them has (typed in hiragana, translated, read, a term), and says what a name means.

Does not correct typing errors: `name_resolver` does.
"""

from collections.abc import Iterator, Sequence

from mltalks.dataset.vocabulary import ORGANIZATION_KINDS
from mltalks.errors import NotFoundError, QueryError
from mltalks.messages import Correction, Listing, Message, Quoted, excerpt
from mltalks.search.catalogue import Catalogue
from mltalks.search.name_resolver import How, Resolution, beginning
from mltalks.search.query.fields import CHOICE_NAMES
from mltalks.search.query.nodes import Filter
from mltalks.text.folding import fold, name_key
from mltalks.text.japanese.scripts import is_japanese, katakana_of_hiragana
from mltalks.text.words.stemmer import stem
from mltalks.text.words.tokenizer import words

MOST_NAMED = 5  # values that a name may mean
MOST_THEMES = 3  # of which a text may be a term
STRENGTHS = ("label", "strong", "weak")  # of a term
PART_OF = '{what} "{name}" stands for {count} names: {taken}, …'
TAKEN_AS = '{what} "{name}" is read as {taken}'
# Facets whose names are words, so that they may be typed as they are read.
READ = {"theme", "keyword"}


def named_otherwise(catalogue: Catalogue, facet: str, typed: str, named: Resolution) -> Resolution:
    """Return the values that a name stands for, given those that have it or a part of it.

    A name that none has may be in katakana, the code of a language, read or translated. A part of a name means less than a series,
    or than the translation of a keyword.
    """
    if facet == "event" and named.how != "exact" and (events := events_of_series(catalogue, typed)):
        return Resolution(events, "part")
    if facet == "keyword" and is_japanese(typed):
        exact = named.values if named.how == "exact" else ()
        paired = not catalogue.keywords.keys().isdisjoint(exact)
        same = () if paired else _with_same_name(catalogue, facet, typed)
        if set(same).difference(exact):
            return Resolution(tuple(dict.fromkeys((*exact, *same))), "part")
    if named.values:
        return named
    resolve = catalogue.names(facet).resolve
    if facet == "language":
        from mltalks.dataset.languages import language  # for unknown names alone

        return resolve(CHOICE_NAMES["lang"].get(fold(typed)) or language(typed) or typed)
    found = resolve(katakana_of_hiragana(fold(typed))) if is_japanese(typed) else Resolution(())
    if not found.values and facet in READ:
        found = read_name(catalogue, facet, typed)
    if not found.values and facet in READ:
        same = _with_same_name(catalogue, facet, typed)
        found = Resolution(same if facet == "keyword" or len(same) == 1 else ())
    return found._replace(how="part") if found.how == "exact" else found


def events_of_series(catalogue: Catalogue, typed: str) -> tuple[str, ...]:
    """Return the events of the series that a name, or one of its spellings, is."""
    series, how = catalogue.names("series").resolve(typed)
    facets = catalogue.index.facets
    docs = facets.docs("series", series) if how == "exact" else 0
    return tuple(facets.counts("event", docs)) if docs else ()


def meant_instead(catalogue: Catalogue, facet: str, typed: str) -> list[str]:
    """Return what may be meant by a name that nothing has: themes of which it is a term, the filter for the events that are called so."""
    if facet == "theme":
        return [*themes_with_term(catalogue, typed)]
    events = catalogue.names("event").resolve(typed) if facet == "series" else Resolution((), "typo")
    return [str(Filter("event", (typed,)))] if events.values and events.how in ("exact", "part") else []


def beginning_so(catalogue: Catalogue, facet: str, typed: str, values: Sequence[str]) -> Message:
    """Return the notice of the values that a pattern means.

    Raises NotFoundError: no name begins so.
    Raises QueryError: the pattern has other signs than one at its end.
    """
    start = beginning(typed)
    if start is None:
        template = '"{name}" has a sign for any letters; only a * at the end is one, for all names that begin so, as in company:google*'
        raise QueryError(template, name=excerpt(typed))
    what = "session" if facet == "id" else facet
    first = values[:MOST_NAMED]
    if not values:
        shown = excerpt(typed[:-1])
        near = [] if facet == "id" else catalogue.names(facet).with_word(start)
        if near:
            template = 'no name of a {what} begins with "{name}"; these have a word that does: {near}'
            some = Listing(near[:MOST_NAMED], more=len(near) > MOST_NAMED)
            raise NotFoundError(template, what=what, name=shown, near=some)
        template = (
            'no id of a {what} begins with "{name}"'
            if facet == "id"
            else 'no name of a {what} begins with "{name}"'
        )
        raise NotFoundError(template, what=what, name=shown)
    japanese = [catalogue.label(facet, one, "ja") for one in first] if facet in ("company", "theme") else None
    taken = Listing(first, more=len(values) > len(first), in_japanese=japanese)
    template = '{what} "{name}" means all names that begin so ({count}): {taken}'
    return Message(template, {"what": what, "name": excerpt(typed), "count": len(values), "taken": taken})


def nothing_named(catalogue: Catalogue, facet: str, typed: str) -> Message:
    """Return the notice that no value has a name, with what else there is: the languages of talks, the words of a keyword."""
    if facet == "keyword":
        return NotFoundError.named(facet, typed, ()).message
    if facet != "language":
        values: dict[str, object] = {"what": facet, "name": excerpt(typed)}
        if near := catalogue.names(facet).nearest(typed):
            return Message('no {what} "{name}"; near in spelling: {near}', {**values, "near": Listing(near)})
        return Message('no {what} "{name}"', values)
    known = sorted(catalogue.index.facets.values(facet))
    if known:
        template = 'no talk is given in the language "{name}"; others are in {known}'
        return Message(template, {"name": excerpt(typed), "known": Listing(known)})
    return Message(
        "the spoken language of no talk is known; lang:en and lang:ja find texts in a language", {}
    )


def read_name(catalogue: Catalogue, facet: str, typed: str) -> Resolution:
    """Return the values whose name is what a text in kana or romaji is read as."""
    from mltalks.search.expansion.readings import read_as_japanese  # for unknown names alone
    from mltalks.text.japanese.romaji import spelling_of_kana

    reading = read_as_japanese(catalogue.index, words(spelling_of_kana(typed)))
    found = catalogue.names(facet).resolve("".join(reading.written)) if reading else Resolution(())
    return found._replace(how="part") if found.how == "exact" else Resolution(())


def _with_same_name(catalogue: Catalogue, facet: str, typed: str) -> tuple[str, ...]:
    """Return the keywords or themes that mean the same as a text: 推薦 for レコメンド."""
    resolve = catalogue.names(facet).resolve
    names = catalogue.index.thesaurus.meaning(" ".join(words(typed)))[0]
    same = (resolve(form) for one in names for form in (one, f"{one}s"))
    return tuple(dict.fromkeys(value for one in same if one.how == "exact" for value in one.values))


def correction(what: str, name: str, taken: object, meant: Sequence[str]) -> Correction:
    """Return the notice that a name is taken for a typing error of others."""
    values: dict[str, object] = {"what": what, "name": name}
    return Correction(TAKEN_AS, {**values, "taken": taken}, Message('no {what} "{name}"', values), meant)


def names_taken(
    catalogue: Catalogue, facet: str, typed: str, values: Sequence[str], how: How
) -> Iterator[Message]:
    """Yield a notice of the values that a name is read as; if it is a part of several, each is one.

    There is another one for a name that is a kind of organization, as "university".
    """
    name, first, several = excerpt(typed), values[:MOST_NAMED], how in ("part", "misspelt part")
    in_japanese = facet in ("company", "theme")
    shown = [catalogue.label(facet, one, "ja") for one in first] if in_japanese else None
    if several and len(values) > len(first):
        taken = Listing(first, in_japanese=shown)
        yield Message(PART_OF, {"what": facet, "name": name, "count": len(values), "taken": taken})
    elif several and len(values) > 1 and all(fold(typed) in fold(one) for one in values):
        template = 'several names have "{name}", and all of them are meant: {several}'
        yield Message(template, {"name": name, "several": Quoted(first)})
    else:
        taken = Listing(first, more=len(values) > len(first), in_japanese=shown)
        if how in ("typo", "misspelt part"):
            yield correction(facet, name, taken, first)
        else:
            yield Message(TAKEN_AS, {"what": facet, "name": name, "taken": taken})
    if facet == "company" and several and name_key(name) in ORGANIZATION_KINDS:
        yield Message(
            "there is no filter for kinds of organizations; 'mltalks survey' counts sessions by them"
        )


def longer_keywords(catalogue: Catalogue, keyword: str, values: Sequence[str]) -> Iterator[Message]:
    """Yield a notice of the longer keywords that have a whole keyword, which is some `values`, among their words."""
    longer = [one for one in catalogue.names("keyword").with_word(f"{keyword} ") if one not in values]
    if longer:
        near = Listing(longer[:MOST_NAMED], more=len(longer) > MOST_NAMED)
        yield Message('other keywords have "{name}": {near}', {"name": excerpt(keyword), "near": near})


def themes_with_term(catalogue: Catalogue, typed: str) -> list[str]:
    """Return the ids of the themes that have a text as a term, the surest first; else of those that have it in a longer term.

    >>> import mltalks
    >>> themes_with_term(mltalks.open().catalogue, "feature store")
    ['feature-management']
    """
    named = catalogue.index.thesaurus.themes_named(" ".join(words(typed)))
    found = sorted(named, key=lambda theme: STRENGTHS.index(named[theme])) or _within(catalogue, typed)
    return list(dict.fromkeys(found))[:MOST_THEMES]


def _within(catalogue: Catalogue, typed: str) -> Iterator[str]:
    """Yield the themes with a longer term that has the words of a text side by side; those with strong ones first."""
    wanted = f" {_stems(typed)} "
    if not wanted.strip():
        return
    for weak in (False, True):
        for theme in catalogue.themes.values():
            terms = theme.terms.phrases[weak]
            if any(wanted in f" {_stems(term)} " for term in terms):
                yield theme.id


def _stems(text: str) -> str:
    return " ".join(map(stem, words(text)))
