"""A survey as records: one object in long form for JSON, and a line for each number and each talk for tables and pipes.

Does not write sentences: the document of a survey says the same numbers with them.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.analysis.survey import CHANGES, FACTS as KNOWN_FACTS
from mltalks.render import value_types as t
from mltalks.render.columns import (
    COUNTED,
    INCOMPLETE,
    LABELS,
    VALUE,
    Column,
    Record,
    an_object,
    attributes,
    objects,
    of_type,
    tuples,
)  # fmt: skip
from mltalks.render.output import Output, View

if TYPE_CHECKING:
    from mltalks.analysis.survey import Survey
    from mltalks.messages import Lang
    from mltalks.search.catalogue import Catalogue


def _crossing(survey: "Survey") -> Iterator[tuple[str, str, int]]:
    crossing = survey.crossing
    for theme in crossing.themes:
        for company in crossing.companies:
            if sessions := crossing.cell(theme, company):
                yield theme, company, sessions


def _years(survey: "Survey") -> Iterator[tuple[int, int, list[tuple[str, int]]]]:
    values = sorted(survey.years.values, key=lambda one: one.value)
    for at, year in enumerate(survey.years.years):
        yield year.year, year.sessions, [(one.value, one.years[at]) for one in values if one.years[at]]


VOICE = attributes(companies=COUNTED, sessions=t.COUNT, themes=COUNTED, ids=t.TEXTS)
SURVEY = Output(
    "survey",  # one object; its sessions are listed by their ids
    ("survey",),
    head=(
        Column("query", t.TEXT),
        Column("sessions", t.COUNT, lambda survey: len(survey.sessions)),
        Column("catalogue_sessions", t.COUNT),
        Column(
            "events",
            objects(
                *of_type(t.TEXT, "id", "name", "series", part="event"),
                *of_type(t.YEAR, "year", part="event"),
                *of_type(t.TEXT_OR_NULL, "start_date", "end_date", "location", part="event"),
                *of_type(t.TEXT_OR_NULL, "about", "about_ja", "coverage", "coverage_note", part="event"),
                Column("sessions", t.COUNT),
                Column("of", t.COUNT, "total"),
            ),
        ),
        Column(
            "committee",
            an_object(
                Column("events", t.TEXTS, lambda survey: [one.event.id for one in survey.committee.events]),
                *of_type(t.COUNT, "seats", "members", part="committee"),
                Column(
                    "organizations",
                    objects(organization=t.TEXT_OR_NULL, seats=t.COUNT, members=t.COUNT, share=t.SHARE),
                    "committee.organizations",
                ),
                Column(
                    "not_counted",
                    objects(
                        Column("event", t.TEXT, "id"),
                        Column("coverage", t.TEXT_OR_NULL, "committee_coverage"),
                        Column("note", t.TEXT_OR_NULL, "committee_note"),
                    ),
                    "uncounted",
                ),
            ),
            lambda survey: survey,
        ),
        Column(
            "tracks",
            objects(
                Column("event", t.TEXT, "event.id"),
                *of_type(t.COUNT, "sessions", "known"),
                Column("largest", t.ValueType({"type": ["array", "null"], "items": t.TEXT.schema})),
                Column("values", COUNTED, "tracks"),
            ),
        ),
        Column("kinds", COUNTED),
        Column(
            "companies",
            objects(
                Column("value", t.TEXT, "name"), sessions=t.COUNT, kind=t.TEXT_OR_NULL, parent=t.TEXT_OR_NULL
            ),
        ),
        Column("company_kinds", COUNTED),
        Column(
            "themes",
            objects(
                Column("id", t.TEXT, "theme.id"),
                *LABELS,
                Column("broader", t.TEXT_OR_NULL, "theme.broader"),
                *attributes(depth=t.COUNT, sessions=t.COUNT, ids=t.TEXTS),
            ),
        ),
        Column("themes_inferred", t.COUNT, "inferred"),
        Column("keywords", COUNTED),
        Column(
            "giants",
            an_object(
                *attributes(least=t.COUNT, themes=COUNTED),
                Column("companies", objects(*VOICE), "giants"),
                unknown=t.COUNT,
            ),
            "voices",
        ),
        Column("others", an_object(*VOICE), "voices.others"),
        Column("unfiled", t.TEXTS),
        Column("crossing", tuples(theme=t.TEXT, company=t.TEXT, sessions=t.COUNT), _crossing),
        Column("years", tuples(year=t.YEAR, sessions=t.COUNT, themes=COUNTED), _years),
        Column(
            "changes",
            objects(
                Column("event", t.TEXT, "event.id"),
                Column("before", t.TEXT_OR_NULL, lambda one: one.before and one.before.id),
                Column("whole", t.FLAG),
                Column(
                    "values",
                    objects(
                        facet=t.TEXT, value=t.TEXT, now=t.COUNT, before=t.COUNT, change=t.one_of(*CHANGES)
                    ),
                    "changes",
                ),
            ),
            "editions",
        ),
        Column("missing", tuples(fact=t.one_of(*KNOWN_FACTS), sessions=t.COUNT)),
        INCOMPLETE,
    ),
)
FACTS = Output(
    "facts",
    ("survey",),
    (
        *attributes(part=t.TEXT, under=t.TEXT_OR_NULL),
        VALUE._replace(type=t.TEXT_OR_NULL),
        Column("label", t.TEXT_OR_NULL),
        Column("sessions", t.number(["integer", "null"], minimum=0)),
    ),
    key="value",
    detail=" --fields, or with -o jsonl an object a line",
)
IDS = Output("", ("survey",), (Column("id", t.TEXT),))


def facts_view(catalogue: "Catalogue", survey: "Survey", limit: int | None, lang: "Lang") -> View:
    """Return the numbers and talks of a survey, one a record; of each list the first `limit`.

    A record says: in `part`, `under` this event, theme or company, the `value` has so many `sessions`; a talk has none.
    """
    facts = _Facts(catalogue, limit, lang)
    return View(FACTS, list(facts.of(survey)))


class _Facts:
    """Yields the records of one survey."""

    def __init__(self, catalogue: "Catalogue", limit: int | None, lang: "Lang") -> None:
        self._catalogue = catalogue
        self._limit = limit
        self._lang: Lang = lang

    def of(self, survey: "Survey") -> Iterator[Record]:
        titles = {session.id: session.title for session in survey.sessions}
        if not titles:
            return
        yield self._fact("sessions", None, "sessions", None, len(titles))
        for part in survey.events:
            yield self._fact("events", None, part.event.id, part.event.name, part.sessions)
        for one in survey.committee.organizations[: self._limit]:
            yield self._fact("committee", None, one.organization, None, one.seats)
        for tracks in survey.tracks:
            yield from self._counts("tracks", tracks.event.id, tracks.tracks)
        yield from self._counts("kinds", None, survey.kinds)
        for top in survey.crossing.themes:
            found = survey.crossing.counts.get(top, {})
            yield from self._counts("crossing", top, list(found.items()))
        yield from self._counts("company-kinds", None, survey.company_kinds)
        yield from self._counts("companies", None, [(one.name, one.sessions) for one in survey.companies])
        for theme in survey.themes:
            yield self._fact(
                "themes", theme.theme.broader, theme.theme.id, theme.theme.label(self._lang), theme.sessions
            )
            yield from self._talks("talks", theme.theme.id, theme.ids, titles)
        yield from self._counts("keywords", None, survey.keywords)
        yield from self._counts("giants-themes", None, survey.voices.themes)
        for voice in survey.voices.giants:
            name = voice.companies[0][0]
            yield self._fact("giants", None, name, None, voice.sessions)
            yield from self._counts("giants", name, voice.themes)
        yield from self._counts("others", None, survey.voices.others.companies)
        yield from self._counts("others-themes", None, survey.voices.others.themes)
        yield from self._talks("unfiled", None, survey.unfiled, titles)
        yield from self._later(survey)

    def _later(self, survey: "Survey") -> Iterator[Record]:
        for at, year in enumerate(survey.years.years):
            found = [(one.value, one.years[at]) for one in survey.years.values if one.years[at]]
            yield from self._counts("years", str(year.year), sorted(found, key=lambda one: (-one[1], one[0])))
        for edition in survey.editions:
            told = [one for one in edition.changes if one.change != "few"]
            for one in told:
                label = self._catalogue.label(one.facet, one.value, self._lang)
                yield self._fact(f"changes-{one.change}", edition.event.id, one.value, label, one.now)
        yield from self._counts("missing", None, survey.missing)

    @staticmethod
    def _fact(part: str, under: str | None, value: str | None, label: str | None, sessions: Any) -> Record:
        return {"part": part, "under": under, "value": value, "label": label, "sessions": sessions}

    def _counts(self, part: str, under: str | None, counts: "Sequence[tuple[str, int]]") -> Iterator[Record]:
        themed = part in ("years", "giants-themes", "others-themes") or (part == "giants" and under)
        for value, sessions in counts[: self._limit]:
            label = self._catalogue.label("theme", value, self._lang) if themed else None
            yield self._fact(part, under, value, label, sessions)

    def _talks(
        self, part: str, under: str | None, ids: Sequence[str], titles: dict[str, str]
    ) -> Iterator[Record]:
        for one in ids[: self._limit]:
            yield self._fact(part, under, one, titles[one], None)
