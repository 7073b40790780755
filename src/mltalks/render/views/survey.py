"""A survey as records: one object in long form for JSON, and a line for each number and each talk for tables and pipes.

Says the same numbers as the document that `survey` makes, without its sentences.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.render.views.core import Record, View, incomplete

if TYPE_CHECKING:
    from mltalks.analysis.survey import Counts, Survey, Voice
    from mltalks.messages import Lang
    from mltalks.search.catalogue import Catalogue

SURVEY_FIELDS = ("part", "under", "value", "label", "sessions")


def survey_view(survey: "Survey") -> View:
    """Return a survey as the one object of `mltalks schema survey`."""
    return View("survey", [survey_record(survey)], (), (), single=True)


def ids_view(survey: "Survey") -> View:
    """Return the sessions of a survey by their ids."""
    return View("facts", [{"id": session.id} for session in survey.sessions], ("id",), ("id",))


def survey_record(survey: "Survey") -> Record:
    """Return a survey as JSON has it; sessions stand by their ids, whole ones are what `list` prints."""
    return {
        "schema": "mltalks/survey/1",
        "query": survey.query,
        "sessions": len(survey.sessions),
        "catalogue_sessions": survey.catalogue_sessions,
        "events": _events(survey),
        "committee": _committee(survey),
        "tracks": [
            {
                "event": one.event.id,
                "sessions": one.sessions,
                "known": one.known,
                "largest": None if one.largest is None else list(one.largest),
                "values": _counted(one.tracks),
            }
            for one in survey.tracks
        ],
        "kinds": _counted(survey.kinds),
        "companies": [
            {"value": one.name, "sessions": one.sessions, "kind": one.kind, "parent": one.parent}
            for one in survey.companies
        ],
        "company_kinds": _counted(survey.company_kinds),
        "themes": [
            {
                "id": part.theme.id,
                "label_en": part.theme.label_en,
                "label_ja": part.theme.label_ja,
                "broader": part.theme.broader,
                "depth": part.depth,
                "sessions": part.sessions,
                "ids": list(part.ids),
            }
            for part in survey.themes
        ],
        "themes_inferred": survey.inferred,
        "keywords": _counted(survey.keywords),
        "giants": {
            "least": survey.voices.least,
            "themes": _counted(survey.voices.themes),
            "companies": [_voice(one) for one in survey.voices.giants],
            "unknown": survey.voices.unknown,
        },
        "others": _voice(survey.voices.others),
        "unfiled": list(survey.unfiled),
        "crossing": [
            {"theme": theme, "company": company, "sessions": count}
            for theme in survey.crossing.themes
            for company in survey.crossing.companies
            if (count := survey.crossing.cell(theme, company))
        ],
        "years": [
            {"year": year.year, "sessions": year.sessions, "themes": _of_year(survey, at)}
            for at, year in enumerate(survey.years.years)
        ],
        "changes": [
            {
                "event": one.event.id,
                "before": one.before.id if one.before else None,
                "whole": one.whole,
                "values": [change._asdict() for change in one.changes],
            }
            for one in survey.editions
        ],
        "missing": [{"fact": fact, "sessions": count} for fact, count in survey.missing],
        "incomplete": incomplete(survey.incomplete),
    }


def _events(survey: "Survey") -> list[Record]:
    return [
        {
            "id": part.event.id,
            "name": part.event.name,
            "series": part.event.series,
            "year": part.event.year,
            "start_date": part.event.start_date,
            "end_date": part.event.end_date,
            "location": part.event.location,
            "about": part.event.about,
            "about_ja": part.event.about_ja,
            "coverage": part.event.coverage,
            "coverage_note": part.event.coverage_note,
            "sessions": part.sessions,
            "of": part.total,
        }
        for part in survey.events
    ]


def _committee(survey: "Survey") -> Record:
    return {
        "events": [one.event.id for one in survey.committee.events],
        "seats": survey.committee.seats,
        "members": survey.committee.members,
        "organizations": [
            {
                "organization": one.organization,
                "seats": one.seats,
                "members": one.members,
                "share": round(one.share, 3),
            }
            for one in survey.committee.organizations
        ],
        "not_counted": [
            {"event": event.id, "coverage": event.committee_coverage, "note": event.committee_note}
            for event in survey.uncounted
        ],
    }


def _counted(counts: "Counts") -> list[Record]:
    return [{"value": value, "sessions": sessions} for value, sessions in counts]


def _of_year(survey: "Survey", at: int) -> list[Record]:
    values = sorted(survey.years.values, key=lambda one: one.value)
    return [{"value": one.value, "sessions": one.years[at]} for one in values if one.years[at]]


def _voice(voice: "Voice") -> Record:
    return {
        "companies": _counted(voice.companies),
        "sessions": voice.sessions,
        "themes": _counted(voice.themes),
        "ids": list(voice.ids),
    }


def facts_view(catalogue: "Catalogue", survey: "Survey", limit: int | None, lang: "Lang") -> View:
    """Return the numbers and talks of a survey, one a record; of each list the first `limit`.

    A record says: in `part`, `under` this event, theme or company, the `value` has so many `sessions`; a talk has none.
    """
    facts = _Facts(catalogue, limit, lang)
    return View(
        "facts", list(facts.of(survey)), SURVEY_FIELDS, SURVEY_FIELDS, key="value", table=SURVEY_FIELDS
    )


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
