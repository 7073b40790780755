"""A survey as a document, in one language: what its parts say in sentences, tables and lists of talks.

Turns numbers into words and adds none; where the survey has no number, the sentence says why.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mltalks.messages import Lang, japanese, say, word
from mltalks.render.document import (
    Block,
    Cell,
    Document,
    Group,
    Paragraph,
    Picture,
    Section,
    Table,
    Talk,
    Talks,
)
from mltalks.render.output import heading

if TYPE_CHECKING:
    from mltalks.analysis.survey import Edition, Survey, Tracks, Voice
    from mltalks.dataset.model import Event, Session
    from mltalks.search.catalogue import Catalogue

LINES = 8  # themes whose years are drawn
THEMES_OF_VOICE = 5


class Limits(NamedTuple):
    """How many rows of a table, and talks under a name, are shown; None for all."""

    rows: int | None = None
    talks: int | None = None
    columns: int = 8


def survey_title(survey: "Survey", lang: Lang) -> str:
    """Return what a survey is called: by its event where it is of one event whole, else by its query."""
    whole = [part for part in survey.events if part.sessions == part.total]
    if len(survey.events) == len(whole) == 1:
        return say("Survey of {what}", lang, what=whole[0].event.name)
    return (
        say("Survey of {what}", lang, what=survey.query)
        if survey.query
        else say("Survey of all sessions", lang)
    )


def survey_document(catalogue: "Catalogue", survey: "Survey", lang: Lang, limits: Limits) -> Document:
    """Return a survey as a document; of an empty one, only that nothing was found."""
    return _Writer(catalogue, survey, lang, limits).document()


class _Writer:
    """Writes the sections of one survey in one language."""

    def __init__(self, catalogue: "Catalogue", survey: "Survey", lang: Lang, limits: Limits) -> None:
        self._catalogue = catalogue
        self._survey = survey
        self._lang: Lang = lang
        self._limits = limits

    @cached_property
    def _sessions(self) -> "dict[str, Session]":
        return {session.id: session for session in self._survey.sessions}

    def document(self) -> Document:
        survey, lang = self._survey, self._lang
        title = survey_title(survey, lang)
        if not survey.sessions:
            return Document(title, (self._caution("nothing found"),), (), lang)
        parts = {
            "events": (say("The events", lang), self._events()),
            "committee": (say("Committee by organization", lang), self._committee()),
            "tracks": (say("Sessions by track and kind", lang), self._tracks()),
            "companies": (say("Organizations", lang), self._companies()),
            "themes": (say("Themes and their talks", lang), self._themes()),
            "keywords": (say("Keywords", lang), self._keywords()),
            "giants": (say("What the giants talk about", lang), self._giants()),
            "others": (say("What other companies talk about", lang), self._others()),
            "unfiled": (say("Talks that fit no theme", lang), self._unfiled()),
            "years": (say("Themes over the years", lang), self._years()),
            "changes": (say("Changes since the edition before", lang), self._changes()),
            "missing": (say("How complete the data is", lang), self._missing()),
        }
        sections = tuple(Section(key, name, tuple(blocks)) for key, (name, blocks) in parts.items())
        return Document(title, tuple(self._lead()), sections, lang)

    # sentences and tables

    def _text(self, template: str, **values: object) -> Paragraph:
        return Paragraph(say(template, self._lang, **values))

    def _caution(self, template: str, **values: object) -> Paragraph:
        return Paragraph(say(template, self._lang, **values), caution=True)

    def _count(self, sessions: int) -> str:
        if sessions == 1:
            return say("1 session", self._lang)
        return say("{count} sessions", self._lang, count=sessions)

    def _names(self, events: "Iterable[Event]") -> str:
        return self._listed(event.name for event in events)

    def _listed(self, names: Iterable[str]) -> str:
        return ("、" if self._lang == "ja" else ", ").join(names)

    def _table(
        self,
        key: str,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Cell, ...]],
        *,
        numbers: Sequence[int] = (1,),
        picture: Picture | None = None,
    ) -> Table:
        """Return a table with its first rows; columns are named by their headings, or stand as they are."""
        named = tuple(heading(name, self._lang) for name in columns)
        shown = tuple(rows[: self._limits.rows])
        return Table(key, caption, named, shown, tuple(numbers), len(rows), picture)

    def _label(self, theme: str) -> str:
        return self._catalogue.themes[theme].label(self._lang)

    def _talks(self, ids: Sequence[str]) -> tuple[Talk, ...]:
        return tuple(
            Talk(
                one.id,
                one.title,
                self._listed(one.companies),
                one.slides or one.paper or one.url or one.video,
            )
            for one in (self._sessions[id_] for id_ in ids[: self._limits.talks])
        )

    # the sections

    def _lead(self) -> Iterator[Paragraph]:
        survey = self._survey
        yield self._text(
            "{sessions} of {events}: {names}.",
            sessions=self._count(len(survey.sessions)),
            events=self._events_count(len(survey.events)),
            names=self._names(part.event for part in survey.events),
        )
        if survey.incomplete:
            yield self._caution(
                "Not all sessions of {events} are known; every count here is of those that are.",
                events=self._names(survey.incomplete),
            )

    def _events_count(self, events: int) -> str:
        return say("1 event", self._lang) if events == 1 else say("{count} events", self._lang, count=events)

    def _events(self) -> Iterator[Block]:
        rows = [
            (
                part.event.name,
                part.sessions,
                part.total,
                _dates(part.event),
                part.event.location or "",
                self._coverage(part.event),
            )
            for part in self._survey.events
        ]
        columns = ("event", "found", "known sessions", "date", "place", "coverage")
        yield self._table(
            "events", say("Events, their sessions in this survey, and coverage", self._lang), columns, rows,
            numbers=(1, 2),
        )  # fmt: skip
        abouts: dict[str, list[Event]] = {}
        for part in self._survey.events:
            about = part.event.about_ja if self._lang == "ja" else part.event.about
            if about or part.event.about:
                abouts.setdefault(about or part.event.about or "", []).append(part.event)
        for about, events in abouts.items():
            yield self._text("{events}: {about}", events=self._names(events), about=about)

    def _coverage(self, event: "Event") -> str:
        known = word(event.coverage or "not known", self._lang)
        return f"{known} ({event.coverage_note})" if event.coverage_note else known

    def _committee(self) -> Iterator[Block]:
        found = self._survey.committee
        if found.seats:
            rows = [
                (
                    one.organization or say("(not printed)", self._lang),
                    one.seats,
                    one.members,
                    f"{one.share:.1%}",
                )
                for one in found.organizations
            ]
            caption = say(
                "Seats on the committee of {events}, {seats} in all",
                self._lang,
                events=self._names(one.event for one in found.events),
                seats=found.seats,
            )
            columns = ("organization", "seats", "members", "share")
            yield self._table("committee", caption, columns, rows, numbers=(1, 2, 3), picture="bars")
        unknown = [event for event in self._survey.uncounted if event.committee_coverage is None]
        for event in self._survey.uncounted:
            if event.committee_coverage is not None:
                yield self._caution(
                    "The committee of {event} is not completely known, so it is not counted by organization: {note}.",
                    event=event.name,
                    note=event.committee_note or word(event.committee_coverage, self._lang),
                )
        if unknown:
            yield self._caution("The committee is not known: {events}.", events=self._names(unknown))

    def _tracks(self) -> Iterator[Block]:
        lang = self._lang
        untold: list[Tracks] = []
        for one in self._survey.tracks:
            if one.largest is None:
                untold.append(one)
                continue
            caption = say(
                "Tracks of {event}, known of {known} of {sessions}",
                lang,
                event=one.event.name,
                known=one.known,
                sessions=self._count(one.sessions),
            )
            yield self._text(
                "The largest track of {event}: {tracks} ({count}).",
                event=one.event.name,
                tracks=self._listed(one.largest),
                count=self._count(one.tracks[0][1]),
            )
            yield self._table(f"tracks-{one.event.id}", caption, ("track", "sessions"), list(one.tracks))
        yield from self._untold(untold)
        rows = [(word(kind, lang), count) for kind, count in self._survey.kinds]
        yield self._table("kinds", say("Sessions by kind", lang), ("kind", "sessions"), rows, picture="bars")

    def _untold(self, untold: "Sequence[Tracks]") -> Iterator[Block]:
        """Yield why nothing is said of the tracks of some events."""
        for one in untold:
            if one.known:
                yield self._caution(
                    "The largest track of {event} is unknown: the track is known for only {known} of {sessions}.",
                    event=one.event.name,
                    known=one.known,
                    sessions=self._count(one.sessions),
                )
        nothing = [one.event for one in untold if not one.known]
        if nothing:
            yield self._caution(
                "No track is known for these events, so the largest one is unknown: {events}.",
                events=self._names(nothing),
            )

    def _kind(self, kind: str | None) -> str:
        named = kind or "not known"
        return japanese("organization_kinds").get(named, named) if self._lang == "ja" else named

    def _companies(self) -> Iterator[Block]:
        lang, survey = self._lang, self._survey
        unknown = dict(survey.missing)["organization"]
        if unknown:
            yield self._caution(
                "No organization is known for {unknown} of {sessions}; they are not counted here.",
                unknown=unknown,
                sessions=self._count(len(survey.sessions)),
            )
        if not survey.companies:
            return
        kinds = [(self._kind(kind), count) for kind, count in survey.company_kinds]
        yield self._table(
            "company-kinds", say("Sessions by kind of organization", lang), ("kind", "sessions"), kinds,
            picture="bars",
        )  # fmt: skip
        rows = [(one.name, one.sessions, self._kind(one.kind), one.parent or "") for one in survey.companies]
        yield self._table(
            "companies", say("Sessions by organization, its units included", lang),
            ("organization", "sessions", "kind", "unit of"), rows, picture="bars",
        )  # fmt: skip
        crossing = survey.crossing
        across = crossing.companies[: self._limits.columns]
        if crossing.themes and across:
            cells: list[tuple[Cell, ...]] = [
                (self._label(theme), *(crossing.cell(theme, name) for name in across))
                for theme in crossing.themes
            ]
            yield self._table(
                "crossing", say("Sessions by theme and organization; one with two themes counts under both", lang),
                ("theme", *across), cells, numbers=range(1, len(across) + 1), picture="heat",
            )  # fmt: skip

    def _themes(self) -> Iterator[Block]:
        survey = self._survey
        if survey.inferred:
            yield self._text(
                "The themes of {inferred} of {sessions} are inferred from their texts.",
                inferred=survey.inferred,
                sessions=self._count(len(survey.sessions)),
            )
        groups = [
            Group(
                part.theme.label(self._lang), part.depth, part.sessions, self._talks(part.ids), len(part.ids)
            )
            for part in survey.themes
        ]
        if groups:
            yield Talks(tuple(groups))
        else:
            yield self._caution("No session here is filed under a theme.")

    def _keywords(self) -> Iterator[Block]:
        survey, lang = self._survey, self._lang
        without = dict(survey.missing)["keywords"]
        if without:
            yield self._caution(
                "No keyword is known for {unknown} of {sessions}.",
                unknown=without,
                sessions=self._count(len(survey.sessions)),
            )
        if survey.keywords:
            yield self._table(
                "keywords",
                say("Sessions by keyword", lang),
                ("keyword", "sessions"),
                survey.keywords,
                picture="bars",
            )

    def _giants(self) -> Iterator[Block]:
        voices = self._survey.voices
        yield self._text(
            "Here, giants are companies with at least {least} of the {all} sessions in the catalogue (1 %, but no fewer than 5), including their units. This measures how much they speak, not how large they are.",
            least=voices.least,
            all=self._survey.catalogue_sessions,
        )
        if voices.giants:
            themes = [(self._label(theme), count) for theme, count in voices.themes]
            caption = say("Top-level themes of all sessions by giants", self._lang)
            if themes:
                yield self._table("giants", caption, ("theme", "sessions"), themes, picture="bars")
            yield Talks(tuple(self._voice(one, one.companies[0][0]) for one in voices.giants))
        else:
            yield self._caution("No giant has a session in this survey.")
        if voices.unknown:
            yield self._caution(
                "{sessions} have no known organization; any of them may be a giant's.",
                sessions=self._count(voices.unknown),
            )

    def _voice(self, voice: "Voice", name: str) -> Group:
        themes = voice.themes[:THEMES_OF_VOICE]
        note = self._listed(f"{self._label(theme)} {count}" for theme, count in themes)
        return Group(name, 0, voice.sessions, self._talks(voice.ids), len(voice.ids), note)

    def _others(self) -> Iterator[Block]:
        voice, lang = self._survey.voices.others, self._lang
        yield self._text(
            "All companies with fewer sessions than the giants. The data does not say how large a company is."
        )
        if not voice.sessions:
            yield self._caution("No giant has a session in this survey.")
            return
        yield self._text(
            "Companies and their sessions: {names}.",
            names=self._listed(f"{name} {count}" for name, count in voice.companies[: self._limits.rows])
            + ("…" if self._limits.rows and len(voice.companies) > self._limits.rows else ""),
        )
        if voice.themes:
            themes = [(self._label(theme), count) for theme, count in voice.themes]
            caption = say("Themes of the sessions of other companies", lang)
            yield self._table("others", caption, ("theme", "sessions"), themes, picture="bars")
        yield Talks((self._voice(voice, say("Talks of other companies", lang))._replace(note=""),))

    def _unfiled(self) -> Iterator[Block]:
        ids = self._survey.unfiled
        if not ids:
            yield self._text("None: every session is filed under a theme.")
            return
        name = say("Talks without a theme", self._lang)
        yield Talks((Group(name, 0, len(ids), self._talks(ids), len(ids)),))

    def _years(self) -> Iterator[Block]:
        found, lang = self._survey.years, self._lang
        if len(found.years) < 2:
            yield self._caution("All sessions are from one year, so there is no trend.")
            return
        tops = self._catalogue.top_themes
        values = sorted((one for one in found.values if one.value in tops), key=lambda one: -one.sessions)
        if not values:
            yield self._caution("No session here is filed under a theme.")
            return
        rows: list[tuple[Cell, ...]] = [
            (say("all sessions", lang), *(year.sessions for year in found.years)),
        ]
        rows.extend((self._label(one.value), *one.years) for one in values[:LINES])
        columns = ("theme", *(str(year.year) for year in found.years))
        yield Table(
            "years", say("Sessions by theme and year: the {count} most common themes", lang, count=len(rows) - 1),
            tuple(heading(name, lang) for name in columns), tuple(rows), tuple(range(1, len(columns))), len(rows), "lines",
        )  # fmt: skip
        unknown = [str(year.year) for year in found.years if year.incomplete]
        if unknown:
            yield self._caution(
                "Do not compare the counts of different years directly: not all sessions of {years} are known.",
                years=self._listed(unknown),
            )

    def _changes(self) -> Iterator[Block]:
        parted = [one for one in self._survey.editions if not one.whole]
        if parted:
            yield self._caution(
                "Only complete editions are compared; the query selects only a part of {events}.",
                events=self._names(one.event for one in parted),
            )
        first = [one.event for one in self._survey.editions if one.before is None]
        if first:
            yield self._caution(
                "The catalogue has no earlier edition of {events}.", events=self._names(first)
            )
        compared = [one for one in self._survey.editions if one.before and one.whole]
        for one in compared:
            yield from self._edition(one)
        beside = [
            say(
                "{event} compared with {before} ({few})",
                self._lang,
                event=one.event.name,
                before=one.before.name,
                few=few,
            )
            for one in compared
            if one.before and (few := sum(change.change == "few" for change in one.changes))
        ]
        if beside:
            yield self._caution(
                "Number of themes and organizations whose difference may be chance: {editions}.",
                editions=self._listed(beside),
            )
        both = dict.fromkeys(event for one in compared for event in (one.event, one.before) if event)
        unknown = [event for event in both if not event.complete]
        if unknown:
            yield self._caution(
                "Not all sessions of {events} are known: what looks new or gone may only be missing from the data.",
                events=self._names(unknown),
            )

    def _edition(self, one: "Edition") -> Iterator[Block]:
        """Yield the changes from an edition to the next that are no chance."""
        lang = self._lang
        told = [change for change in one.changes if change.change != "few"]
        if not told or one.before is None:
            return
        rows = [
            (
                self._catalogue.label(change.facet, change.value, lang),
                change.now,
                change.before,
                word(change.facet, lang),
                word(change.change, lang),
            )
            for change in told
        ]
        caption = say("{event} compared with {before}", lang, event=one.event.name, before=one.before.name)
        columns = ("value", one.event.name, one.before.name, "what", "change")
        yield self._table(f"changes-{one.event.id}", caption, columns, rows, numbers=(1, 2))

    def _missing(self) -> Iterator[Block]:
        total = len(self._survey.sessions)
        names = {"organization": "companies"}
        rows = [
            (
                heading(names.get(fact, fact), self._lang),
                total - missing,
                missing,
                f"{(total - missing) / total:.0%}",
            )
            for fact, missing in self._survey.missing
        ]
        columns = ("what", "known", "missing", "share")
        caption = say("How many of {sessions} have each fact", self._lang, sessions=self._count(total))
        yield self._table("missing", caption, columns, rows, numbers=(1, 2, 3), picture="bars")


def _dates(event: "Event") -> str:
    days = dict.fromkeys(day for day in (event.start_date, event.end_date) if day)
    return " – ".join(days) or str(event.year)
