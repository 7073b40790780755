"""A survey as a document, in one language: its parts as sentences, tables and lists of talks.

Does not count: if the survey has no number, the sentence says why.
"""

import re
from collections.abc import Callable, Iterator

from mltalks.analysis.survey import Edition, Survey
from mltalks.dataset.model import Event
from mltalks.messages import Lang, Message, excerpt, say, word
from mltalks.render import survey_events
from mltalks.render.document import Block, Cell, Document, Paragraph, Section, Talks
from mltalks.render.output import heading
from mltalks.render.survey_writer import Limits, SurveyWriter
from mltalks.search.catalogue import Catalogue
from mltalks.search.query.fields import in_language

_SERIES = re.compile(r'series:(?:"([^"]+)"|([^\s"(),|]+))')
LONGEST_TITLE = 120  # letters of a query in the title
LINES = 8  # themes whose years are drawn
OF_NO_KIND = 20  # organizations whose kind is not known that are named


def survey_title(survey: Survey, lang: Lang) -> str:
    """Return the title of a survey: the event or the series if it covers one whole event or asks for one series, else the query."""
    whole = [part for part in survey.events if part.sessions == part.total]
    if len(survey.events) == len(whole) == 1:
        return say("Survey of {what}", lang, what=whole[0].event.name)
    series = _SERIES.fullmatch(survey.query)
    if series:
        return say("Survey of {what}", lang, what=excerpt(series[1] or series[2], LONGEST_TITLE))
    if survey.query:
        return say("Survey of {what}", lang, what=excerpt(in_language(survey.query, lang), LONGEST_TITLE))
    return say("Survey of all sessions", lang)


def survey_document(catalogue: Catalogue, survey: Survey, lang: Lang, limits: Limits) -> Document:
    """Return a survey as a document; for an empty one, only the sentence that nothing was found."""
    writer = SurveyWriter(catalogue, survey, lang, limits)
    title = survey_title(survey, lang)
    if not survey.sessions:
        return Document(title, (writer.caution("nothing found"),), (), lang)
    sections = tuple(
        Section(key, message.text(lang), tuple(blocks(writer))) for key, message, blocks in SECTIONS
    )
    return Document(title, tuple(_lead(writer)), sections, lang)


def _lead(writer: SurveyWriter) -> Iterator[Paragraph]:
    survey = writer.survey
    number = len(survey.events)
    yield writer.text(
        "{sessions} of {events}: {names}.",
        sessions=len(survey.sessions),
        events=writer.say("{count} events", count=number),
        names=[part.event for part in survey.events],
    )
    endless = [one for one in survey.incomplete if one.endless]
    missing = [one for one in survey.incomplete if one not in endless]
    if missing:
        yield writer.caution(
            "Sessions of {events} may be missing; all counts in this survey include only the known ones.",
            events=missing,
        )
    if endless:
        yield writer.caution(
            "Of these journals and collections, only the works in the data are counted: {events}.",
            events=endless,
        )


def _companies(writer: SurveyWriter) -> Iterator[Block]:
    survey = writer.survey
    unknown = dict(survey.missing)["organization"]
    if unknown:
        yield writer.caution(
            "No organization is known for {unknown} of {sessions}; they are not counted here.",
            unknown=unknown,
            sessions=len(survey.sessions),
        )
    if not survey.companies:
        return
    kinds = [(writer.kind(kind), count) for kind, count in survey.company_kinds]
    caption = writer.say(
        "Sessions by kind of organization (a unit is counted under its own kind and that of its parent)"
    )
    yield writer.table("company-kinds", caption, ("kind", "sessions"), kinds, picture="bars")
    rows = [
        (writer.company(one.name), one.sessions, writer.kind(one.kind), writer.company(one.parent or ""))
        for one in survey.companies
    ]
    columns = ("organization", "sessions", "kind", "unit of")
    caption = writer.say("Sessions by organization, including its units")
    yield writer.table("companies", caption, columns, rows, picture="bars")
    crossing = survey.crossing
    across = crossing.column_values[: writer.limits.columns]
    if crossing.row_values and across:
        counts = {theme: [crossing.cell(theme, name) for name in across] for theme in crossing.row_values}
        cells: list[tuple[Cell, ...]] = [
            (writer.label(theme), *some) for theme, some in counts.items() if any(some)
        ]
        empty = [writer.label(theme) for theme, some in counts.items() if not any(some)]
        caption = writer.say(
            "Sessions by theme and organization (a session with two themes is counted for both)"
        )
        yield writer.table(
            "crossing",
            caption,
            ("theme", *map(writer.company, across)),
            cells,
            numbers=len(across),
            picture="heat",
        )
        if empty:
            template = "Themes without a session of these organizations are left out: {names}."
            yield writer.caution(template, names=writer.listed(empty))


def _themes(writer: SurveyWriter) -> Iterator[Block]:
    survey = writer.survey
    if survey.inferred:
        yield writer.text(
            "The themes of {inferred} of {sessions} are inferred from their texts.",
            inferred=survey.inferred,
            sessions=len(survey.sessions),
        )
    if survey.themes:
        parts = ((part, part.theme.label(writer.lang)) for part in survey.themes)
        yield Talks(tuple(writer.group(name, part.ids, part.depth, part.sessions) for part, name in parts))
    else:
        yield writer.caution("None of these sessions has a theme.")


def _keywords(writer: SurveyWriter) -> Iterator[Block]:
    survey = writer.survey
    without = dict(survey.missing)["keywords"]
    if without:
        yield writer.caution(
            "No keyword is known for {unknown} of {sessions}.", unknown=without, sessions=len(survey.sessions)
        )
    if survey.keywords:
        columns = ("keyword", "sessions")
        rows = [
            (writer.catalogue.label("keyword", value, writer.lang), count) for value, count in survey.keywords
        ]
        yield writer.table("keywords", writer.say("Sessions by keyword"), columns, rows, picture="bars")


def _giants(writer: SurveyWriter) -> Iterator[Block]:
    voices = writer.survey.voices
    yield writer.text(
        "This section counts the companies with at least {least} of the {all} sessions in the catalogue (1 %, but no fewer than 5), including their units. It measures the number of sessions, not the size of a company.",
        least=voices.least,
        all=writer.survey.catalogue_sessions,
    )
    if voices.giants:
        themes = [(writer.label(theme), count) for theme, count in voices.themes]
        if themes:
            caption = writer.say("Top-level themes of the sessions of these companies together")
            yield writer.table("giants", caption, ("theme", "sessions"), themes, picture="bars")
        yield Talks(tuple(map(writer.voice, voices.giants)))
    else:
        yield writer.caution("None of these companies has a session in this survey.")
    if voices.unknown:
        yield writer.caution(
            "No organization is known for {sessions}, which may belong to these companies.",
            sessions=voices.unknown,
        )


def _and_more(writer: SurveyWriter, names: str, *, more: bool) -> str:
    return writer.say("{names}…", names=names) if more else names


def _others(writer: SurveyWriter) -> Iterator[Block]:
    voice, rows = writer.survey.voices.others, writer.limits.rows
    yield writer.text(
        "This section counts all other companies. The data does not contain the size of a company."
    )
    unknown = [
        writer.company(one.name) for one in writer.survey.companies if one.kind is None and one.parent is None
    ]
    if unknown:
        some = unknown[:OF_NO_KIND]
        yield writer.caution(
            "Not counted here, because it is not known whether they are companies: {count} organizations ({names}).",
            count=len(unknown),
            names=_and_more(writer, writer.listed(some), more=len(unknown) > len(some)),
        )
    if not voice.sessions:
        yield writer.caution("None of these companies has a session in this survey.")
        return
    names = writer.listed(f"{writer.company(name)} {count}" for name, count in voice.companies[:rows])
    more = bool(rows and len(voice.companies) > rows)
    yield writer.text("Companies and their sessions: {names}.", names=_and_more(writer, names, more=more))
    if voice.themes:
        themes = [(writer.label(theme), count) for theme, count in voice.themes]
        caption = writer.say("Sessions of all these companies, by theme")
        yield writer.table("others", caption, ("theme", "sessions"), themes, picture="bars")
    yield Talks(
        (
            writer.group(
                writer.say("Talks of the companies with fewer sessions"), voice.ids, sessions=voice.sessions
            ),
        )
    )


def _unfiled(writer: SurveyWriter) -> Iterator[Block]:
    if writer.survey.unfiled:
        yield Talks((writer.group(writer.say("Talks without a theme"), writer.survey.unfiled),))
    else:
        yield writer.text("None: every session has a theme.")


def _years(writer: SurveyWriter) -> Iterator[Block]:
    found = writer.survey.years
    if len(found.years) < 2:
        yield writer.caution("All sessions are from one year, so there is no trend.")
        return
    tops = writer.catalogue.top_themes
    values = sorted((one for one in found.values if one.value in tops), key=lambda one: -one.sessions)
    if not values:
        yield writer.caution("None of these sessions has a theme.")
        return
    rows: list[tuple[Cell, ...]] = [(writer.say("all sessions"), *(year.sessions for year in found.years))]
    rows.extend((writer.label(one.value), *one.years) for one in values[:LINES])
    caption = writer.say("Sessions by theme and year: the {count} most common themes", count=len(rows) - 1)
    columns = ("theme", *(str(year.year) for year in found.years))
    table = writer.table("years", caption, columns, rows, numbers=len(found.years), picture="lines")
    yield table._replace(rows=tuple(rows))  # only a few: all are shown
    unknown = [str(year.year) for year in found.years if year.incomplete]
    if unknown:
        yield writer.caution(
            "Do not compare the counts of different years directly: sessions of {years} may be missing.",
            years=unknown,
        )


def _changes(writer: SurveyWriter) -> Iterator[Block]:
    editions = writer.survey.editions
    parted = [one.event for one in editions if not one.whole]
    if parted:
        yield writer.caution(
            "Only editions of which the query finds all known sessions are compared; it finds only some of these: {events}.",
            events=parted,
        )
    first = [one.event for one in editions if one.before is None and not one.open]
    if first:
        yield writer.caution("The catalogue has no edition before {events}.", events=first)
    unordered = [one.event for one in editions if one.open]
    if unordered:
        yield writer.caution(
            "Not shown for {events}: it is not known which edition came before, because the series has several in one year and not all have dates.",
            events=unordered,
        )
    yield from _not_compared(writer)
    compared = [(one, one.before) for one in editions if one.before and one.compared]
    for one, before in compared:
        yield from _edition(writer, one, before)
    beside = [
        writer.say("{event} compared with {before} ({few})", event=one.event, before=before, few=few)
        for one, before in compared
        if (few := sum(change.change == "few" for change in one.changes))
    ]
    if beside:
        yield writer.caution(
            "Differences that are too small to be certain are not listed. Themes and organizations that have such a difference: {editions}.",
            editions=beside,
        )
    both = dict.fromkeys(event for one, before in compared for event in (one.event, before))
    unknown = [event for event in both if not event.complete]
    if unknown:
        yield writer.caution(
            "Sessions of {events} may be missing: a value may look new or gone for that reason alone.",
            events=unknown,
        )


def _not_compared(writer: SurveyWriter) -> Iterator[Block]:
    """Yield why whole editions are not compared with those before them."""
    editions = writer.survey.editions
    whole = [one.event.id for one in editions if one.whole]
    others = [one for one in editions if one.before and one.whole and not one.compared]
    outside = [one.event for one in others if one.before and one.before.id not in whole]
    if outside:
        yield writer.caution(
            "Not shown for {events}: the query does not find all sessions of the edition before.",
            events=outside,
        )
    unknown = [one.event for one in others if one.event not in outside]
    if unknown:
        yield writer.caution(
            "Not shown for {events}: not all sessions of the edition, or of the one before, are known.",
            events=unknown,
        )


def _edition(writer: SurveyWriter, one: Edition, before: Event) -> Iterator[Block]:
    """Yield the changes from an edition to the next that are significant."""
    lang = writer.lang
    rows = [
        (
            writer.catalogue.label(change.facet, change.value, lang),
            change.now,
            change.before,
            word(change.facet, lang),
            word(change.change, lang),
        )
        for change in one.changes
        if change.change != "few"
    ]
    if rows:
        columns = ("value", one.event.name, before.name, "what", "change")
        caption = writer.say("{event} compared with {before}", event=one.event, before=before)
        yield writer.table(f"changes-{one.event.id}", caption, columns, rows, numbers=2)


def _missing(writer: SurveyWriter) -> Iterator[Block]:
    total = len(writer.survey.sessions)
    rows = []
    for fact, missing in writer.survey.missing:
        name = heading("companies" if fact == "organization" else fact, writer.lang)
        rows.append((name, total - missing, missing, f"{(total - missing) * 100 // total}%"))
    columns = ("what", "known", "missing", "share")
    caption = writer.say("Number of {sessions} for which each field is known", sessions=total)
    yield writer.table("missing", caption, columns, rows, numbers=3, picture="bars")
    own = writer.survey.own
    if any(own):
        yield writer.caution(
            "This survey does not count the shipped data alone. Sessions added: {added}; sessions with changed facts: {changed}; sessions whose themes were accepted or rejected: {decided}; organizations added or changed: {organizations}; events added or changed: {events}.",
            **own._asdict(),
        )


SECTIONS: tuple[tuple[str, Message, Callable[[SurveyWriter], Iterator[Block]]], ...] = (
    ("events", Message("The events"), survey_events.events),
    ("committee", Message("Committee by organization"), survey_events.committee),
    ("tracks", Message("Sessions by track and kind"), survey_events.tracks),
    ("companies", Message("Organizations"), _companies),
    ("themes", Message("Themes and their talks"), _themes),
    ("keywords", Message("Keywords"), _keywords),
    ("giants", Message("Themes of the companies with the most sessions"), _giants),
    ("others", Message("Themes of the companies with fewer sessions"), _others),
    ("unfiled", Message("Talks without a theme"), _unfiled),
    ("years", Message("Themes over the years"), _years),
    ("changes", Message("Changes since the previous edition"), _changes),
    ("missing", Message("How complete the data is"), _missing),
)
