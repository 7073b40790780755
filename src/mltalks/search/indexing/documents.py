"""The indexed values of sessions: the texts by field, the facet values, and all names of these values.

Does not write the index: `session_changes` and `builder` do.
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Decision, Event, Keyword, Organization, Session, Theme, Unloaded
from mltalks.dataset.organizations import Organizations
from mltalks.dataset.values import doi_key
from mltalks.messages import Lang
from mltalks.taxonomy.assignment import Filing, theme_source
from mltalks.text.folding import spelling_key
from mltalks.text.japanese.scripts import is_japanese


class Things(NamedTuple):
    """What sessions refer to, and the records that are left out of them (see `Unloaded`)."""

    events: Sequence[Event]
    themes: Sequence[Theme]
    organizations: Sequence[Organization]
    keywords: Sequence[Keyword]
    decisions: Sequence[Decision]
    unloaded: Sequence[Unloaded] = ()


NOTHING = Things((), (), (), (), ())


class Documents:
    """What is indexed of each session, among the things that it refers to."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self._filing = Filing(things.themes, things.decisions, things.events)
        self._events = {event.id: event for event in things.events}
        self._organizations = Organizations(things.organizations)
        self._keywords = {keyword.label_en: keyword for keyword in things.keywords}
        self.keyword_spellings = {
            spelling_key(text) or text: keyword.label_en
            for keyword in things.keywords
            for text in (*keyword.en, *keyword.ja)
        }
        self.keyword_labels = self._keywords.keys()
        self.named = {(facet, value) for facet, value, _ in self.names()}
        self._with_parents = cache(self._organizations.with_parents)
        self._and_broader = cache(
            partial(with_ancestors, parents={theme.id: theme.broader for theme in things.themes})
        )
        self._broadest = {theme.id for theme in things.themes if theme.broader is None}
        self.filed = self._filing.filed

    def texts(self, session: Session) -> dict[str, tuple[str, ...]]:
        """Return the indexed texts of a session, by field; absent fields are left out."""
        event = self._events[session.event]
        lists = {
            "keywords": session.keywords,
            "keywords_ja": session.keywords_ja,
            "questions": session.questions,
            "questions_ja": session.questions_ja,
            "companies": session.companies,
            "speakers": tuple([speaker.name for speaker in session.speakers]),
            "event": (f"{event.name} {event.series} {event.year}",),
        }
        found = {field: texts for field, texts in lists.items() if texts}
        for field in ("title", "track", "summary", "summary_ja", "note"):
            if text := getattr(session, field):
                found[field] = (text,)
        return found

    def facets(self, session: Session) -> list[tuple[str, str]]:
        """Return (facet, value) for everything that a session, as filed, is counted and filtered by, some perhaps twice.

        A facet with "/own" leaves out broader themes and parents of organizations, "theme/broad" all themes but the broadest,
        "track/inferred" printed tracks; "id/cited" is the citation key. Tags, tracks, rooms,
        keywords and speakers are spelled as in the session.
        """
        found = [
            ("event", session.event),
            ("series", session.series),
            ("year", str(session.year)),
            ("kind", session.kind),
            ("filing", theme_source(session, decided=session.id in self._filing.decided)),
        ]
        found += [("lang", lang) for lang in languages(session)]
        found += [("doi", doi) for doi in _dois(session)]
        found += [("id/cited", session.citation_key.casefold())] if session.citation_key else []
        found += [("has", what) for what in _has(session)]
        found += [("tag", tag) for tag in session.tags]
        found += [(name, value) for name in ("mark", "language", "room") if (value := getattr(session, name))]
        if session.track:
            found.append(("track", session.track))
            if session.track_inferred:
                found.append(("track/inferred", session.track))
        found += [("keyword", keyword) for keyword in (*session.keywords, *session.keywords_ja)]
        found += [("speaker", name) for name in session.people]
        found += [("company", name) for name in self._with_parents(session.companies)]
        found += [("company/own", name) for name in session.companies]
        for own in session.themes:
            themes = self._and_broader((own,))
            found += [("theme", theme) for theme in themes]
            found += [("theme/broad", theme) for theme in themes if theme in self._broadest]
            found.append(("theme/own", own))
        return found

    def broader(self, session: Session) -> list[str]:
        """Return the themes of a session, as filed, and all broader ones."""
        return sorted({theme for own in session.themes for theme in self._and_broader((own,))})

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Yield (facet, value, spelling) for the names of companies, themes and events that are known without any session."""
        for organization in self.things.organizations:
            for spelling in (organization.name, *organization.aliases):
                yield "company", organization.name, spelling
        for theme in self.things.themes:
            labels = (theme.id, *theme.aliases, theme.label_en, theme.label_ja)
            yield from (("theme", theme.id, label) for label in labels if label)
        for event in self.things.events:
            labels = (event.id, event.name, event.full_name)
            yield from (("event", event.id, label) for label in labels if label)

    def spellings(self, facet: str, value: str) -> tuple[str, ...]:
        """Return a value itself and, of a keyword, its texts in both languages."""
        keyword = self._keywords.get(value) if facet == "keyword" else None
        return (value, *keyword.en, *keyword.ja) if keyword else (value,)


def languages(session: Session) -> tuple[Lang, ...]:
    """Return the languages of a session's title, keywords and summaries."""
    texts = [session.title, *session.keywords, *session.keywords_ja, session.summary, session.summary_ja]
    japanese = {is_japanese(text) for text in texts if text}
    found: dict[Lang, bool] = {"en": False in japanese, "ja": True in japanese}
    return tuple(lang for lang, has in found.items() if has)


def _dois(session: Session) -> set[str]:
    """Return the DOIs of a session, as `values.doi_key` returns them: its own, and those that its page and paper are found by."""
    return {doi for text in (session.doi, session.paper, session.url) if text and (doi := doi_key(text))}


def _has(session: Session) -> list[str]:
    own = ("slides", "paper", "video", "url", "track", "date", "room", "note", "mark")
    found = {name: getattr(session, name) for name in own} | {
        "summary": session.summary or session.summary_ja,
        "organization": session.companies,
        # No filter has it: a count says how many talks may have other organizations.
        "affiliations": session.companies and all(one.organization for one in session.speakers),
        "keyword": session.keywords or session.keywords_ja,
        "speaker": session.people,
        "theme": session.themes,
        "doi": _dois(session),
        "tag": session.tags,
    }
    return [what for what, value in found.items() if value]
