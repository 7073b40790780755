"""The output of commands that compare counts: committees, years, two sets of sessions.

Does not count: columns of tables only repeat numbers of the JSON output.
"""

from collections.abc import Iterable
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, get_args

from mltalks.analysis.compare import FACETS as COMPARED_FACETS, NAMED, Over
from mltalks.analysis.significance import EXACT
from mltalks.analysis.trend import CHANGES, FACETS, LEVEL
from mltalks.messages import Lang, excerpt, say
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record, an_object, attributes, objects, of_type, record
from mltalks.render.output import Output, View
from mltalks.render.shared_columns import (
    BAR,
    COUNTED_FROM,
    EVENT,
    INCOMPLETE,
    ROLES,
    SEATS,
    VALUE,
    VALUE_LABELS,
    of_facet,
    picture,
    value_columns,
    value_labels,
)

if TYPE_CHECKING:
    from mltalks.analysis.committee import Committee, OrganizationSeats
    from mltalks.analysis.compare import ComparedValue, Comparison, Side
    from mltalks.analysis.trend import Trend, TrendValue
    from mltalks.search.catalogue import Catalogue


def _digits(number: float | None) -> float | None:
    """Return a number with three significant digits.

    >>> _digits(0.000012345), _digits(None)
    (1.23e-05, None)
    """
    return None if number is None else float(f"{number:.3g}")


OF_EVENT = (
    Column("name", t.TEXT, "event.name"),
    Column("coverage", t.one_of("complete", "partial", None), "event.committee_coverage"),
    Column("note", t.TEXT_OR_NULL, "event.committee_note"),
    Column("note_ja", t.TEXT_OR_NULL, "event.committee_note_ja"),
)
# The schema lists the seats first, for compatibility; the output lists them after the name.
EVENTS = objects(*SEATS, *OF_EVENT, *COUNTED_FROM)._replace(
    convert=objects(SEATS[0], OF_EVENT[0], *SEATS[1:], *OF_EVENT[1:], *COUNTED_FROM).convert
)
COMMITTEE = Output(
    "committee",
    ("committee",),
    (
        Column("organization", t.TEXT_OR_NULL, cell="organization", style="cyan", absent="not known"),
        *attributes(seats=t.COUNT, members=t.COUNT_OR_NULL),
        Column("share", t.SHARE, cell="percent"),
        BAR,
        Column("roles", ROLES, cell="roles"),
        Column("printed", t.TEXTS),
        Column("events", objects(*SEATS), only="json"),
    ),
    key="organization",
    head=(
        Column("events", EVENTS),
        *of_type(t.COUNT, "seats", "members"),
    ),
    listed_as="organizations",
)
MEMBERS = Output(
    "members",
    ("committee",),
    (
        EVENT,
        Column("name", t.TEXT),
        Column("organizations", t.TEXTS),
        Column("roles", t.TEXTS, cell="words"),
        Column("printed", t.TEXTS),
    ),
    table=("name", "organizations", "roles", "event"),
    key="name",
    detail=" --people",
)
TEST = (
    f"Cochran-Armitage: exact conditional test if at most {EXACT} sessions have the value or lack it, "
    "else normal approximation"
)
CHANCE = t.number(["number", "null"], minimum=0, maximum=1)._replace(convert=_digits)
TREND = Output(
    "trend",
    ("trend",),
    (
        VALUE,
        Column("label", t.TEXT),
        Column("change", t.one_of(*CHANGES), cell="change"),
        picture("sparkline"),
        Column("sessions", t.COUNT),
        *of_type(CHANCE, "p", "q"),
        Column("test", t.one_of("exact", "approximate", None)),
        Column(
            "years",
            objects(
                year=t.YEAR, sessions=t.COUNT, share=t.SHARE, tested=t.COUNT, tested_share=t.SHARE_OR_NULL
            ),
            only="json",
        ),
        *VALUE_LABELS,
    ),
    key="value",
    head=(
        *attributes(facet=t.one_of(*FACETS, "query"), query=t.TEXT, sessions=t.COUNT),
        Column("test", t.TEXT, lambda trend: TEST + ("" if trend.alone else "; Benjamini-Hochberg")),
        Column("level", t.SHARE, lambda _: LEVEL),
        Column("min", t.COUNT, "fewest"),
        Column(
            "years",
            objects(
                *attributes(year=t.YEAR, sessions=t.COUNT, with_value=t.COUNT, tested=t.COUNT, judged=t.FLAG),
                Column("incomplete", t.TEXTS, lambda year: [event.id for event in year.incomplete]),
            ),
        ),
        INCOMPLETE,
    ),
    listed_as="values",
)
SIDE = an_object(name=t.TEXT, value=t.TEXT, kind=t.one_of(*NAMED, "query"), query=t.TEXT, sessions=t.COUNT)
COMPARISON = Output(
    "compare",
    ("compare",),
    (
        Column("facet", t.one_of(*COMPARED_FACETS), cell="faint word"),
        VALUE._replace(heading="name"),
        Column("label", t.TEXT, heading="name"),
        *of_type(t.COUNT, "a", "b", "both"),
        *of_type(t.SHARE, "share_a", "share_b"),
        picture("balance"),
        Column("log_odds", t.rounded(t.REAL_OR_NULL, 3)),
        Column("z", t.rounded(t.REAL_OR_NULL, 2)),
        Column("over", t.one_of(*get_args(Over), None), cell="side"),
        Column("found", t.one_of("both", "a", "b")),
        *VALUE_LABELS,
    ),
    text=("facet", "value", "a", "b", "both", "z", "over"),
    markdown=("facet", "label", "a", "b", "both", "z", "over"),
    key="value",
    head=(
        *(Column("query", t.TEXT), Column("a", SIDE), Column("b", SIDE), Column("both", t.COUNT)),
        Column(
            "facets",
            objects(
                Column("facet", t.one_of(*COMPARED_FACETS)), *attributes(a=t.COUNT, b=t.COUNT, judged=t.FLAG)
            ),
        ),
        INCOMPLETE,
    ),
    listed_as="values",
    spare=(("balance",), ("both",)),
)


def _with_columns(columns: Iterable[Column], spread: Iterable[Column], before: str) -> tuple[Column, ...]:
    """Return columns with one for each element of a list before the column `before`."""
    return tuple(part for one in columns for part in ((*spread, one) if one.name == before else (one,)))


def committee_view(found: "Committee", limit: int | None) -> View:
    """Return the first `limit` organizations of committees; for several events, with a column of seats for each.

    An event of whose committee members may be missing has an empty cell in place of 0.
    """
    events = [one.event.id for one in found.events] if len(found.events) > 1 else []
    several = tuple(f"event:{name}" if name in COMMITTEE.fields else name for name in events)

    def seats(at: int, one: "OrganizationSeats") -> int | None:
        of = found.events[at]
        is_whole = of.event.committee_coverage == "complete" or of.seats_from == "tally"
        return one.events[at].seats or (0 if is_whole else None)

    spread = [
        Column(name, t.COUNT_OR_NULL, partial(seats, at), only="fields") for at, name in enumerate(several)
    ]
    most = max((one.seats for one in found.organizations), default=0)
    counts = ("organization", "seats", "members", "share")
    output = COMMITTEE._replace(
        columns=_with_columns(COMMITTEE.columns, spread, "roles"),
        text=(*counts, *several, "roles"),
        table=(*counts, "bar", *(several or ("roles",))),
        spare=(several,),
        wide=bool(several),
    )
    return output.view(found.organizations[:limit], found, bar=lambda one: one.seats / most)


def trend_view(
    catalogue: "Catalogue", found: "Trend", limit: int | None, lang: Lang, *, absolute: bool
) -> View:
    """Return the first `limit` values of a facet, with a column for each year, of shares or of sessions.

    Only the years that are judged are drawn: the share in another may be that of two known talks.
    """
    names = tuple(str(year.year) for year in found.years)

    def of_years(one: "TrendValue") -> list[Record]:
        return [
            {
                "year": year.year,
                "sessions": sessions,
                "share": round(sessions / year.sessions, 3) if year.sessions else 0.0,
                "tested": tested,
                "tested_share": round(tested / year.tested, 3) if year.judged else None,
            }
            for year, sessions, tested in zip(found.years, one.years, one.tested, strict=True)
        ]

    def number(at: int, one: "TrendValue") -> float | None:
        return found.number(one, at, absolute=absolute)

    kind = t.COUNT if absolute else t.SHARE_OR_NULL
    spread = [Column(name, kind, partial(number, at), only="fields") for at, name in enumerate(names)]
    text, table = value_columns(found.facet, lang)
    output = TREND._replace(
        columns=of_facet(_with_columns(TREND.columns, spread, "p"), found.facet, table),
        text=(*text, "change", "sessions", *names, "p", "q"),
        markdown=(*table, "change", "sessions", *names, "p", "q"),
        table=(*table, "change", "sparkline", "sessions", *names, "q"),
        spare=tuple((name,) for name in names),  # the newest that fit are kept
        wide=True,
    )
    return output.view(
        found.values[:limit],
        found,
        catalogue,
        label=lambda one: catalogue.label(found.facet, one.value, lang),
        **value_labels(catalogue, lambda _: found.facet),
        sparkline=lambda one: [
            number(at, one) if year.judged else None for at, year in enumerate(found.years)
        ],
        years=of_years,
    )


def comparison_view(catalogue: "Catalogue", found: "Comparison", limit: int | None, lang: Lang) -> View:
    """Return the values of two sides, the first `limit` of each facet, with their shares of the sessions that are tested."""
    of_facets = groupby(found.values, key=attrgetter("facet"))
    shown = [one for _, values in of_facets for one in islice(values, limit)]

    tested = {of.facet: of for of in found.facets}

    def shares(one: "ComparedValue") -> tuple[float, float]:
        of = tested[one.facet]
        return round(one.a / max(1, of.a), 3), round(one.b / max(1, of.b), 3)

    most = max((max(shares(one)) for one in shown), default=0) or 1
    output = COMPARISON._replace(table=("facet", "label", "a", "b", "both", "balance", "z", "over"))
    view = output.view(
        shown,
        catalogue=catalogue,
        label=lambda one: catalogue.label(one.facet, one.value, lang),
        **value_labels(catalogue, attrgetter("facet")),
        share_a=lambda one: shares(one)[0],
        share_b=lambda one: shares(one)[1],
        balance=lambda one: [share / most for share in shares(one)],
    )
    sides = {side: _side(catalogue, getattr(found, side), lang) for side in ("a", "b")}
    return view._replace(head=record(COMPARISON.head, found, **sides))


def readable_comparison(view: View, lang: Lang) -> View:
    """Return a comparison for Markdown, in which the heads of the sides say what these are and how many sessions they have."""
    head = view.head or {}
    names = {
        side: say("{side}: {name}, {count} sessions", lang, side=side, **_named(head[side])) for side in "ab"
    }
    columns = [
        one._replace(name=names.get(one.name, one.name)) for one in view.chosen((), view.output.markdown)
    ]
    records = [{names.get(name, name): value for name, value in one.items()} for one in view.records]
    return View(Output("", ("compare",), tuple(columns), wide=True), records)


def _named(side: Record) -> Record:
    return {"name": side["name"], "count": side["sessions"]}


def _side(catalogue: "Catalogue", side: "Side", lang: Lang) -> Record:
    return {"name": side_name(catalogue, side, lang), **side._asdict()}


def side_name(catalogue: "Catalogue", side: "Side", lang: Lang) -> str:
    """Return the name of a side: of an event or theme its name, of a query its text."""
    return excerpt(side.value) if side.kind == "query" else catalogue.label(side.kind, side.value, lang)
