"""The indexed values of a dataset: the texts of each session by field, its facet values, and all names.

Does not write the index: `builder` does.
"""

from collections.abc import Iterator
from functools import cache, partial

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.loader import Dataset
from mltalks.dataset.model import Session, Term
from mltalks.dataset.organizations import Organizations
from mltalks.messages import Lang
from mltalks.taxonomy.assignment import filed, in_force, theme_source
from mltalks.text.folding import name_key
from mltalks.text.japanese import is_japanese


class Documents:
    """The sessions of a dataset, numbered from 0 in the order of the files."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.sessions = filed(data)
        self._decided = in_force(data)
        self._events = {event.id: event for event in data.events}
        self._organizations = Organizations(data.organizations)
        self._keywords = {keyword.label_en: keyword for keyword in data.keywords}
        self._spellings = {
            ("keyword", name_key(text) or text): keyword.label_en
            for keyword in data.keywords
            for text in (*keyword.en, *keyword.ja)
        }
        self._with_parents = cache(self._organizations.with_parents)
        self._and_broader = cache(
            partial(with_ancestors, parents={theme.id: theme.broader for theme in data.themes})
        )
        self._one_spelling = cache(self._first_spelling)

    def texts(self, session: Session) -> dict[str, tuple[str, ...]]:
        """Return the indexed texts of a session, by field; absent fields are left out."""
        event = self._events[session.event]
        lists = {
            "keywords": session.keywords,
            "keywords_ja": session.keywords_ja,
            "questions": session.questions,
            "questions_ja": session.questions_ja,
            "companies": session.companies,
            "speakers": tuple(speaker.name for speaker in session.speakers),
            "event": (f"{event.name} {event.series} {event.year}",),
        }
        found = {field: texts for field, texts in lists.items() if texts}
        for field in ("title", "track", "summary", "summary_ja", "note"):
            if text := getattr(session, field):
                found[field] = (text,)
        return found

    def facets(self, session: Session) -> Iterator[tuple[str, str]]:
        """Yield (facet, value) for everything that a session is counted and filtered by, some perhaps twice.

        A facet with "/own" leaves out broader themes and parents of organizations, "track/inferred" printed tracks.
        """
        yield "event", session.event
        yield "series", session.series
        yield "year", str(session.year)
        yield "kind", session.kind
        yield "filing", theme_source(session, decided=session.id in self._decided)
        yield from (("lang", lang) for lang in languages(session))
        yield from (("has", what) for what in _has(session))
        yield from (("tag", self._one_spelling("tag", tag)) for tag in session.tags)
        yield from ((name, value) for name in ("mark", "language") if (value := getattr(session, name)))
        if session.track:
            yield "track", self._one_spelling("track", session.track)
            if session.track_inferred:
                yield "track/inferred", self._one_spelling("track", session.track)
        for keyword in (*session.keywords, *session.keywords_ja):
            yield "keyword", self._one_spelling("keyword", keyword)
        for speaker in session.speakers:
            yield "speaker", self._one_spelling("speaker", speaker.name)
        yield from (("company", name) for name in self._with_parents(session.companies))
        yield from (("company/own", name) for name in session.companies)
        for own in session.themes:
            yield from (("theme", theme) for theme in self._and_broader((own,)))
            yield "theme/own", own

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Yield (facet, value, spelling) for the spellings of companies, themes and events that are not values themselves."""
        for organization in self.data.organizations:
            for spelling in (organization.name, *organization.aliases):
                yield "company", organization.name, spelling
        for theme in self.data.themes:
            labels = (theme.id, *theme.aliases, theme.label_en, theme.label_ja)
            yield from (("theme", theme.id, label) for label in labels if label)
        for event in self.data.events:
            labels = (event.id, event.name, event.full_name)
            yield from (("event", event.id, label) for label in labels if label)

    def spellings(self, facet: str, value: str) -> tuple[str, ...]:
        """Return a value itself and, of a keyword, its texts in both languages."""
        keyword = self._keywords.get(value) if facet == "keyword" else None
        return (value, *keyword.en, *keyword.ja) if keyword else (value,)

    def terms(self) -> Iterator[Term]:
        """Yield all things that have several names: those of the thesaurus, and organizations."""
        yield from self.data.terms
        for organization in self.data.organizations:
            names = (organization.name, *organization.aliases)
            if len(names) > 1:
                yield Term(
                    tuple(name for name in names if not is_japanese(name)),
                    tuple(name for name in names if is_japanese(name)),
                )

    def _first_spelling(self, facet: str, value: str) -> str:
        """Return the first spelling seen of a value that is spelled in several ways, up to case and width.

        Of a keyword in two languages, it is the usual English text.
        """
        return self._spellings.setdefault((facet, name_key(value) or value), value)


def languages(session: Session) -> tuple[Lang, ...]:
    """Return the languages of a session's title, keywords and summaries."""
    texts = [session.title, *session.keywords, *session.keywords_ja, session.summary, session.summary_ja]
    japanese = {is_japanese(text) for text in texts if text}
    found: dict[Lang, bool] = {"en": False in japanese, "ja": True in japanese}
    return tuple(lang for lang, has in found.items() if has)


def _has(session: Session) -> Iterator[str]:
    yield from (name for name in ("slides", "paper", "video", "note") if getattr(session, name))
    if session.summary or session.summary_ja:
        yield "summary"
    if session.companies:
        yield "organization"
