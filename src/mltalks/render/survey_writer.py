"""Sentences, tables and lists of talks about one survey, in one language.

Does not choose the content: `survey_document` does.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mltalks.analysis.survey import Survey, Voice
from mltalks.dataset.model import Event, Session
from mltalks.messages import Lang, japanese, say
from mltalks.render.document import Cell, Group, Paragraph, Picture, Table, Talk
from mltalks.render.output import heading
from mltalks.search.catalogue import Catalogue

THEMES_OF_VOICE = 5


class Limits(NamedTuple):
    """The most rows of a table, talks under a name, and columns of organizations to be shown (None: all)."""

    rows: int | None = None
    talks: int | None = None
    columns: int = 8


class SurveyWriter:
    """Writes the texts of one survey."""

    def __init__(self, catalogue: Catalogue, survey: Survey, lang: Lang, limits: Limits) -> None:
        self.catalogue = catalogue
        self.survey = survey
        self.lang: Lang = lang
        self.limits = limits

    def _session(self, session_id: str) -> Session:
        return self.catalogue.session(self.catalogue.doc(session_id))

    def say(self, template: str, **values: object) -> str:
        """Return a text; an event becomes its name, several are listed, and the number `sessions` gets a noun."""
        return say(template, self.lang, **{name: self._worded(name, value) for name, value in values.items()})

    def _worded(self, name: str, value: object) -> object:
        if isinstance(value, Event):
            return value.name
        if isinstance(value, list):
            return self.listed(str(self._worded("", one)) for one in value)
        return self.count(value) if name == "sessions" and isinstance(value, int) else value

    def text(self, template: str, **values: object) -> Paragraph:
        """Return a sentence."""
        return Paragraph(self.say(template, **values))

    def caution(self, template: str, **values: object) -> Paragraph:
        """Return a sentence about what is not known."""
        return Paragraph(self.say(template, **values), caution=True)

    def count(self, sessions: int) -> str:
        """Return a number of sessions in words."""
        return say("{count} sessions", self.lang, count=sessions)

    def listed(self, names: Iterable[str]) -> str:
        """Return names as a list in a sentence."""
        return ("、" if self.lang == "ja" else ", ").join(names)

    def label(self, theme: str) -> str:
        """Return the label of a theme."""
        return self.catalogue.themes[theme].label(self.lang)

    def company(self, name: str) -> str:
        """Return the name that shows an organization."""
        return self.catalogue.label("company", name, self.lang)

    def kind(self, kind: str | None) -> str:
        """Return the name of a kind of organizations."""
        named = kind or "not known"
        return japanese("organization_kinds").get(named, named) if self.lang == "ja" else named

    def table(
        self,
        key: str,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Cell, ...]],
        *,
        numbers: int = 1,
        picture: Picture | None = None,
    ) -> Table:
        """Return a table with its first rows and its headings; `numbers` columns after the first hold numbers."""
        named = tuple(heading(name, self.lang) for name in columns)
        shown = tuple(rows[: self.limits.rows])
        places = tuple(range(1, numbers + 1))
        return Table(key, caption, named, shown, places, len(rows), picture)

    def group(self, name: str, ids: Sequence[str], depth: int = 0, sessions: int | None = None) -> Group:
        """Return the first talks of some sessions under a name, with their number or, if given, the number `sessions`."""
        talks = tuple(
            Talk(
                one.id,
                one.title,
                self.listed(map(self.company, one.companies)),
                one.slides or one.paper or one.url or one.video,
            )
            for one in map(self._session, ids[: self.limits.talks])
        )
        return Group(name, depth, len(ids) if sessions is None else sessions, talks, len(ids))

    def voice(self, voice: Voice) -> Group:
        """Return the talks of a company, with a note of its most frequent themes."""
        themes = voice.themes[:THEMES_OF_VOICE]
        note = self.listed(f"{self.label(theme)} {count}" for theme, count in themes)
        return self.group(self.company(voice.companies[0][0]), voice.ids, sessions=voice.sessions)._replace(
            note=note
        )
