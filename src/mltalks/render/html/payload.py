"""The data that the script of a page searches: the sessions, names of their facet values, and weights of words.

Does not include user data: notes, tags and marks.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.dataset.hierarchy import in_tree_order
from mltalks.messages import Lang, say, word
from mltalks.render.html.meaning import theme_idf
from mltalks.render.html.vocabulary import vocabulary
from mltalks.render.output import heading
from mltalks.text import sanitize
from mltalks.text.not_people import ET_AL

if TYPE_CHECKING:
    from mltalks.analysis.survey import Survey
    from mltalks.search.catalogue import Catalogue

LANGS: tuple[Lang, Lang] = ("en", "ja")


class Choice(NamedTuple):
    """A value that the sessions of a page can be filtered by: the value, its label in each language, and their places."""

    value: str
    labels: dict[Lang, str]
    sessions: list[int]


def embedded(
    catalogue: "Catalogue", survey: "Survey", docs: Sequence[int], choices: Mapping[str, Sequence[Choice]]
) -> dict[str, Any]:
    """Return the JSON for a page: short keys, and places in lists instead of repeated values."""
    sessions = survey.sessions
    events = {part.event.id: part.event for part in survey.events}
    event_place = {event: place for place, event in enumerate(events)}
    theme_place = {theme: place for place, theme in enumerate(catalogue.themes)}
    company_place: dict[str, int] = {}
    for name in (name for one in sessions for name in one.companies):
        company_place.setdefault(name, len(company_place))
    return {
        "sessions": [
            _without_nothing(
                {
                    "i": one.id,
                    "t": sanitize.shown(one.title),
                    "e": event_place[one.event],
                    "k": one.kind,
                    "c": [company_place[name] for name in one.companies],
                    "s": [sanitize.shown(speaker.name) for speaker in one.speakers],
                    "o": 1 if one.speakers_incomplete else "",
                    "w": list(map(sanitize.shown, one.keywords)),
                    "j": list(map(sanitize.shown, one.keywords_ja)),
                    "h": [theme_place[theme] for theme in one.themes],
                    "r": ("~" if one.track_inferred else "") + sanitize.shown(one.track or ""),
                    "x": sanitize.shown(one.summary or ""),
                    "y": sanitize.shown(one.summary_ja or ""),
                    "q": list(map(sanitize.shown, one.questions)),
                    "p": list(map(sanitize.shown, one.questions_ja)),
                    "l": _links(one._asdict()),
                }
            )
            for one in sessions
        ],
        "events": [[one.name, one.series, one.year] for one in events.values()],
        "companies": [[catalogue.label("company", one, lang) for lang in LANGS] for one in company_place],
        "themes": [[theme.label(lang) for lang in LANGS] for theme in catalogue.themes.values()],
        "kinds": {one.kind: [word(one.kind, lang) for lang in LANGS] for one in sessions},
        "filters": {name: [choice.sessions for choice in some] for name, some in choices.items()},
        "known": {
            **vocabulary(catalogue.index, docs),
            "themes": theme_idf(catalogue.index, [choice.value for choice in choices["theme"]]),
        },
        "texts": {lang: _texts(lang) for lang in LANGS},
    }


def filters(catalogue: "Catalogue", docs: Sequence[int]) -> dict[str, list[Choice]]:
    """Return the choices of each filter, those of most sessions first: themes as a tree; of years, the newest first."""
    places = {doc: place for place, doc in enumerate(docs)}
    found: dict[str, list[Choice]] = {name: [] for name in ("theme", "company", "year", "kind")}
    for name, choices in found.items():
        members = {
            value: [places[doc] for doc in its if doc in places]
            for value, its in catalogue.index.facets.members(name).items()
        }
        depths = dict.fromkeys(sorted(members, key=lambda one: (-len(members[one]), one.casefold())), 0)
        if name == "year":
            depths = dict.fromkeys(sorted(members, reverse=True), 0)
        if name == "theme":
            parents = {theme.id: theme.broader for theme in catalogue.themes.values()}
            by_count = sorted(parents, key=lambda one: -len(members.get(one, ())))
            depths = dict(in_tree_order({one: parents[one] for one in by_count}))
        for value, depth in depths.items():
            sessions = members.get(value, [])
            labels = {
                lang: word(value, lang)
                if name == "kind"
                else "\u2003" * depth + catalogue.label(name, value, lang)
                for lang in LANGS
            }
            if sessions:
                choices.append(Choice(value, labels, sessions))
    return found


def _without_nothing(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in ("", [], {})}


def _links(record: dict[str, Any]) -> dict[str, str]:
    found = {name: sanitize.link(record[name]) for name in ("slides", "paper", "video", "url")}
    return {name: address for name, address in found.items() if address}


def _texts(lang: Lang) -> dict[str, str]:
    """Return the texts of the script in a language; the script fills in {count} and the like."""
    return {
        "found": say("{count} sessions found", lang),
        "one": say("1 session found", lang),
        "others": word(ET_AL, lang),
        "unasked": say("{count} sessions", lang),
        "none": say("No session matches these words and filters.", lang),
        "close": say("{count} close answers", lang),
        "distant": say("Show all {total}", lang),
        "unknown": say('No session says "{word}".', lang),
        "short": say('"{word}" is too short to search for; type a longer word', lang),
        "alike": say('No session says "{word}"; near in spelling: {near}.', lang),
        "meant": say('No session says "{word}"; near in meaning: {near}.', lang),
        "corrected": say('No session says "{word}"; showing "{corrected}".', lang),
        "more": say("Show {count} more", lang),
        "first": say("Show the first {count}", lang),
        "stands": say("{text} for {query}", lang),
        **{
            name: heading(name, lang)
            for name in ("slides", "paper", "video", "answers", "keywords", "track", "summary", "theme")
        },
        "url": word("page", lang),
        "tools": say("Language and colours", lang),
    }
