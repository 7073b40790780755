"""What the script of a page searches: the sessions, the names of what they speak of, and how words are weighed.

Leaves out what is a person's own: notes, tags and marks.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang, say, word
from mltalks.render.output import heading
from mltalks.search import expansion, ranking, scoring
from mltalks.search.index.field_weights import FIELD_WEIGHTS, LENGTH
from mltalks.text import sanitize
from mltalks.text.japanese import is_japanese_word
from mltalks.text.stemmer import stem
from mltalks.text.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from mltalks.analysis.survey import Survey
    from mltalks.search.catalogue import Catalogue

LANGS: tuple[Lang, Lang] = ("en", "ja")


def embedded(catalogue: "Catalogue", survey: "Survey") -> dict[str, Any]:
    """Return what is embedded into a page: short keys, and places in lists for what comes again and again."""
    sessions = survey.sessions
    companies = sorted({name for one in sessions for name in one.companies}, key=str.casefold)
    with_parents = catalogue.organizations.with_parents(companies)
    events = {part.event.id: part.event for part in survey.events}
    themes = list(catalogue.themes)
    kinds = dict.fromkeys(one.kind for one in sessions)
    place = {name: at for at, name in enumerate(with_parents)}
    theme_place = {theme: at for at, theme in enumerate(themes)}
    return {
        "sessions": [
            _without_nothing(
                {
                    "i": one.id,
                    "t": sanitize.shown(one.title),
                    "e": list(events).index(one.event),
                    "k": one.kind,
                    "c": [place[name] for name in one.companies],
                    "s": [sanitize.shown(speaker.name) for speaker in one.speakers],
                    "w": list(map(sanitize.shown, one.keywords)),
                    "j": list(map(sanitize.shown, one.keywords_ja)),
                    "h": [theme_place[theme] for theme in one.themes],
                    "r": sanitize.shown(one.track or ""),
                    "x": sanitize.shown(one.summary or ""),
                    "y": sanitize.shown(one.summary_ja or ""),
                    "l": _links(one._asdict()),
                }
            )
            for one in sessions
        ],
        "events": [[one.name, one.series, one.year] for one in events.values()],
        "companies": [[name, _parent(catalogue, name, place)] for name in with_parents],
        "themes": [
            [theme.label("en"), theme.label("ja"), theme_place.get(theme.broader or "")]
            for theme in catalogue.themes.values()
        ],
        "kinds": {kind: [kind, word(kind, "ja")] for kind in kinds},
        "names": list(_names(catalogue, survey)),
        "settings": _settings(),
        "texts": {lang: _texts(lang) for lang in LANGS},
    }


def _without_nothing(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in ("", [], {})}


def _links(record: dict[str, Any]) -> dict[str, str]:
    found = {name: sanitize.link(record[name]) for name in ("slides", "paper", "video", "url")}
    return {name: address for name, address in found.items() if address}


def _parent(catalogue: "Catalogue", name: str, place: dict[str, int]) -> int | None:
    known = catalogue.organizations.by_name.get(name)
    return place.get(known.parent) if known and known.parent else None


def _names(catalogue: "Catalogue", survey: "Survey") -> Iterator[list[str]]:
    """Yield the names of each thing of the thesaurus that stands in one of the sessions under any of them."""
    index = catalogue.index
    docs = [doc for one in survey.sessions if (doc := index.sessions.doc(one.id)) is not None]
    text = " \n ".join(index.sessions.line(doc) for doc in docs)
    stems = f" {' '.join(map(stem, text.split()))} "
    for names in _single(frozenset(names) for names in index.thesaurus.things_named()):
        if any(_stands(name, text, stems) for name in names):
            yield sorted(names)


def _single(things: Iterable[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Yield the sets that are not just others put together, as those are of a name that means several things.

    >>> ab, cd = frozenset("ab"), frozenset("cd")
    >>> list(_single([ab, cd, ab | cd])) == [ab, cd]
    True
    """
    every = list(things)
    holding: dict[str, list[frozenset[str]]] = {}
    for thing in every:
        for name in thing:
            holding.setdefault(name, []).append(thing)
    for thing in every:
        smaller = [other for name in thing for other in holding[name] if other < thing]
        if frozenset[str]().union(*smaller) != thing:
            yield thing


def _stands(name: str, text: str, stems: str) -> bool:
    if is_japanese_word(name):
        return name.replace(" ", "") in text
    return f" {' '.join(map(stem, name.split()))} " in stems


def _settings() -> dict[str, Any]:
    """Return how the command weighs words, so that the page weighs them alike."""
    return {
        "weight": {field: weight for field, (weight, _) in FIELD_WEIGHTS.items()},
        "typical": {field: typical for field, (_, typical) in FIELD_WEIGHTS.items()},
        "length": LENGTH,
        "saturation": scoring.SATURATION,
        "coverage": ranking.COVERAGE,
        "adjacent": ranking.ADJACENT,
        "ownName": scoring.OWN_NAME,
        "apart": scoring.APART,
        "behind": ranking.FAR_BEHIND,
        "longestName": ranking.LONGEST_NAME,
        "plural": expansion.PLURAL,
        "derived": expansion.DERIVED,
        "compound": expansion.COMPOUND,
        "prefix": expansion.PREFIX,
        "prefixTyped": expansion.PREFIX_TYPED,
        "synonym": expansion.SYNONYM,
        "shortestPrefix": expansion.SHORTEST_PREFIX,
        "rare": expansion.RARE,
        "longer": expansion.MAX_LONGER,
        "inflected": expansion.MAX_INFLECTED,
        "meant": expansion.MAX_MEANT,
        "stop": sorted(STOP_WORDS),
    }


def _texts(lang: Lang) -> dict[str, str]:
    """Return what the script says, in a language; {count} and the like are filled in there."""
    return {
        "found": say("{count} sessions found", lang),
        "one": say("1 session found", lang),
        "unasked": say("{count} sessions", lang),
        "none": say("No session has these words and filters.", lang),
        "most": say("No session has all these words; showing those that have most of them.", lang),
        "corrected": say('No session says "{word}"; showing "{corrected}".', lang),
        "more": say("Show {count} more", lang),
        "first": say("Show the first {count}", lang),
        "all": say("All", lang),
        "stands": say("{text} for {query}", lang),
        **{name: heading(name, lang) for name in ("slides", "paper", "video")},
        "url": say("Page", lang),
        "tools": say("Language and colours", lang),
    }
