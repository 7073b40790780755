"""A survey as records: one object for JSON, and a record for each number and each talk for tables and pipes.

Does not write sentences: `survey_document` does.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mltalks.analysis.survey import CHANGES, FACTS as KNOWN_FACTS
from mltalks.render import value_types as t
from mltalks.render.columns import Column, an_object, attributes, objects, of_type, record, tuples
from mltalks.render.output import Output, View
from mltalks.render.shared_columns import (
    COUNTED,
    COUNTED_FROM,
    INCOMPLETE,
    LABELS,
    ROLES,
    SEATS,
    TRACK_COUNTS,
    TRACKS,
    VALUE,
    VALUE_LABELS,
)

if TYPE_CHECKING:
    from mltalks.analysis.survey import Survey
    from mltalks.messages import Lang
    from mltalks.search.catalogue import Catalogue


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
                *of_type(t.TEXT_OR_NULL, "about", "about_ja", "coverage", part="event"),
                *of_type(t.TEXT_OR_NULL, "coverage_note", "coverage_note_ja", part="event"),
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
                    objects(
                        *attributes(organization=t.TEXT_OR_NULL, seats=t.COUNT, members=t.COUNT_OR_NULL),
                        *attributes(share=t.SHARE, roles=ROLES),
                    ),
                    "committee.organizations",
                ),
                Column("counted", objects(*SEATS, *COUNTED_FROM), "committee.events"),
                Column(
                    "most",
                    objects(
                        Column("event", t.TEXT, "event.id"),
                        Column("role", t.TEXT_OR_NULL, lambda one: one.tally and one.tally.role),
                        *attributes(organizations=t.TEXTS, seats=t.COUNT),
                        Column("of", t.COUNT, "total"),
                        Column("source", t.TEXT_OR_NULL, lambda one: one.tally and one.tally.source),
                    ),
                    "committee.leaders",
                ),
                Column(
                    "not_counted",
                    objects(
                        Column("event", t.TEXT, "id"),
                        Column("coverage", t.TEXT_OR_NULL, "committee_coverage"),
                        Column("note", t.TEXT_OR_NULL, "committee_note"),
                        Column("note_ja", t.TEXT_OR_NULL, "committee_note_ja"),
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
                *TRACKS,
                Column("values", TRACK_COUNTS, "tracks"),
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
        Column("keywords", objects(VALUE, Column("sessions", t.COUNT), *VALUE_LABELS)),
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
        Column(
            "crossing",
            tuples(theme=t.TEXT, company=t.TEXT, sessions=t.COUNT),
            lambda survey: survey.crossing.cells(),
        ),
        Column("years", tuples(year=t.YEAR, sessions=t.COUNT, themes=COUNTED), _years),
        Column(
            "changes",
            objects(
                Column("event", t.TEXT, "event.id"),
                Column("before", t.TEXT_OR_NULL, lambda one: one.before and one.before.id),
                Column("whole", t.FLAG),
                Column("compared", t.FLAG),
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
        Column("sessions", t.COUNT_OR_NULL),
    ),
    key="value",
    detail=" --fields, or with -o jsonl (one object per line)",
)
IDS = Output("", ("survey",), (Column("id", t.TEXT),))


class _List(NamedTuple):
    """Values of one part with their sessions; `facet` is how they get labels: by a facet, "session", or ""."""

    part: str
    under: str | None
    rows: Sequence[tuple[str | None, int | None]]
    facet: str = ""


def survey_view(catalogue: "Catalogue", survey: "Survey") -> View:
    """Return a survey as one object."""
    keywords = [
        {"value": value, "sessions": sessions, "label_en": english, "label_ja": japanese}
        for value, sessions in survey.keywords
        for english, japanese in [catalogue.labels("keyword", value)]
    ]
    return View(SURVEY, (), record(SURVEY.head, survey, keywords=keywords))


def facts_view(catalogue: "Catalogue", survey: "Survey", limit: int | None, lang: "Lang") -> View:
    """Return a record for each number and talk of a survey, the first `limit` of each list.

    A record means: in `part`, `under` this event, theme or company, the `value` has so many `sessions`; a talk has none.
    """

    def label(facet: str, value: str | None) -> str | None:
        if not facet or value is None:
            return None
        if facet == "session":
            return str(catalogue.index.sessions.value(catalogue.doc(value), "title"))
        return catalogue.label(facet, value, lang)

    lists = (*_lists(survey), *_lists_over_time(survey)) if survey.sessions else ()
    names = [column.name for column in FACTS.columns]
    facts = (
        (one.part, one.under, value, label(one.facet, value), sessions)
        for one in lists
        for value, sessions in one.rows[:limit]
    )
    return View(FACTS, [dict(zip(names, fact, strict=True)) for fact in facts])


def _lists(survey: "Survey") -> Iterator[_List]:
    voices = survey.voices
    yield _List("sessions", None, [("sessions", len(survey.sessions))])
    yield from (_List("events", None, [(one.event.id, one.sessions)], "event") for one in survey.events)
    yield _List("committee", None, [(one.organization, one.seats) for one in survey.committee.organizations])
    for most in survey.committee.leaders:
        under = f"{most.event.id}: {most.tally.role}" if most.tally else most.event.id
        yield _List("committee-most", under, [(name, most.seats) for name in most.organizations])
    for one in survey.tracks:
        yield _List(
            "tracks-tally" if one.tally else "tracks", one.event.id, [count[:2] for count in one.tracks]
        )
    yield _List("kinds", None, survey.kinds)
    for theme in survey.crossing.row_values:
        yield _List("crossing", theme, list(survey.crossing.row(theme)))
    yield _List("company-kinds", None, survey.company_kinds)
    yield _List("companies", None, [(one.name, one.sessions) for one in survey.companies])
    for part in survey.themes:
        yield _List("themes", part.theme.broader, [(part.theme.id, part.sessions)], "theme")
        yield _List("talks", part.theme.id, [(one, None) for one in part.ids], "session")
    yield _List("keywords", None, survey.keywords, "keyword")
    yield _List("giants-themes", None, voices.themes, "theme")
    for name, voice in ((one.companies[0][0], one) for one in voices.giants):
        yield _List("giants", None, [(name, voice.sessions)])
        yield _List("giants", name, voice.themes, "theme")
    yield _List("others", None, voices.others.companies)
    yield _List("others-themes", None, voices.others.themes, "theme")
    yield _List("unfiled", None, [(one, None) for one in survey.unfiled], "session")


def _lists_over_time(survey: "Survey") -> Iterator[_List]:
    for year, _, counts in _years(survey):
        counts.sort(key=lambda one: (-one[1], one[0]))
        yield _List("years", str(year), counts, "theme")
    for edition in survey.editions:
        for one in edition.changes:
            if one.change != "few":
                yield _List(f"changes-{one.change}", edition.event.id, [(one.value, one.now)], one.facet)
    yield _List("missing", None, survey.missing)
