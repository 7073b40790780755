"""What the commands print that lay many counts side by side: committees, years, two sets of sessions.

The long form is the record; what stands in a column of its own in a table is the same number again, and no other.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang
from mltalks.render.views.core import Record, View, incomplete

if TYPE_CHECKING:
    from mltalks.analysis.committee import Committee, EventSeats
    from mltalks.analysis.compare import ComparedValue, Comparison, Side
    from mltalks.analysis.trend import Trend
    from mltalks.search.catalogue import Catalogue

COMMITTEE_FIELDS = ("organization", "seats", "members", "share", "roles", "printed")
MEMBER_FIELDS = ("event", "name", "organizations", "roles", "printed")
TREND_FIELDS = ("value", "label", "change", "sessions", "p", "q")
COMPARED_FIELDS = (
    *("facet", "value", "label", "a", "b", "both", "share_a", "share_b", "log_odds", "z", "over", "found"),
)


class Wide(dict[str, Any]):
    """A record with more columns than JSON shows: those that spread one of its lists."""

    def __init__(self, values: Record, columns: Mapping[str, object]) -> None:
        super().__init__(values)
        self._columns = columns

    def __missing__(self, name: str) -> object:
        return self._columns[name]


def _column(name: str, fields: Iterable[str]) -> str:
    """Return the name of a column for an event, told from the fields that are there."""
    return f"event:{name}" if name in fields else name


def committee_view(found: "Committee", limit: int | None) -> View:
    """Return the organizations of one or more committees, the first `limit`; of several, with a column of seats for each event."""
    several = (
        [_column(one.event.id, COMMITTEE_FIELDS) for one in found.events] if len(found.events) > 1 else []
    )
    records = []
    for one in found.organizations[:limit]:
        record = {
            "organization": one.organization,
            "seats": one.seats,
            "members": one.members,
            "share": round(one.share, 3),
            "roles": [{"role": role, "seats": seats} for role, seats in one.roles],
            "printed": list(one.printed),
            "events": [
                {"event": here.event.id, "seats": here.seats, "members": here.members} for here in one.events
            ],
        }
        records.append(Wide(record, dict(zip(several, (here.seats for here in one.events), strict=False))))
    counts = ("organization", "seats", "members", "share")
    envelope = {
        "schema": "mltalks/committee/1",
        "events": [_committee(one) for one in found.events],
        "seats": found.seats,
        "members": found.members,
    }
    most = max((one.seats for one in found.organizations), default=0)
    table = (*counts, "bar", *several) if several else (*counts, "bar", "roles")
    return View(
        "committee", records, (*counts, *several, *COMMITTEE_FIELDS[4:]), (*counts, *several, "roles"),
        key="organization", table=table, envelope=(envelope, "organizations"),
        extra={"bar": ("seats", most), "spare": several, "numbers": several},
    )  # fmt: skip


def _committee(one: "EventSeats") -> Record:
    return {
        "event": one.event.id,
        "name": one.event.name,
        "seats": one.seats,
        "members": one.members,
        "coverage": one.event.committee_coverage,
        "note": one.event.committee_note,
    }


def members_view(found: "Committee", limit: int | None) -> View:
    """Return the people of committees, the first `limit`, each with all roles and organizations."""
    records = [
        {
            "event": person.event,
            "name": person.name,
            "organizations": list(person.organizations),
            "roles": list(person.roles),
            "printed": list(person.printed),
        }
        for person in found.people[:limit]
    ]
    events = {one.event.id: one.event.name for one in found.events}
    return View(
        "members", records, MEMBER_FIELDS, MEMBER_FIELDS, key="name",
        table=("name", "organizations", "roles", "event"), extra={"events": events},
    )  # fmt: skip


def trend_view(
    catalogue: "Catalogue", found: "Trend", limit: int | None, lang: Lang, *, absolute: bool
) -> View:
    """Return the values of a facet over the years, the first `limit`; a column a year, of shares or of sessions."""
    measure = "sessions" if absolute else "share"
    columns = [str(year.year) for year in found.years]
    records = []
    for one in found.values[:limit]:
        years = [
            {"year": year.year, "sessions": count, "share": round(count / year.sessions, 3)}
            for year, count in zip(found.years, one.years, strict=True)
        ]
        record = {
            "value": one.value,
            "label": catalogue.label(found.facet, one.value, lang),
            "change": one.change,
            "sessions": one.sessions,
            "p": _digits(one.p),
            "q": _digits(one.q),
            "years": years,
        }
        records.append(Wide(record, dict(zip(columns, (year[measure] for year in years), strict=True))))
    labelled = (
        ("value", "label") if found.facet == "event" or (found.facet, lang) == ("theme", "ja") else ("value",)
    )
    shown = (*labelled, "change", "sessions", *columns, "p", "q")
    return View(
        "trend", records, (*TREND_FIELDS[:4], *columns, "p", "q"), shown, key="value",
        table=(*labelled, "change", "sparkline", "sessions", *columns, "q"),
        envelope=(_trend_head(found), "values"),
        extra={"measure": measure, "spare": columns, "numbers": columns},
    )  # fmt: skip


def _trend_head(found: "Trend") -> Record:
    from mltalks.analysis.trend import LEVEL

    return {
        "schema": "mltalks/trend/1",
        "facet": found.facet,
        "query": found.query,
        "sessions": found.sessions,
        "test": "Cochran-Armitage, Benjamini-Hochberg",
        "level": LEVEL,
        "min": found.fewest,
        "years": [
            {
                "year": year.year,
                "sessions": year.sessions,
                "with_value": year.with_value,
                "judged": year.judged,
                "incomplete": [event.id for event in year.incomplete],
            }
            for year in found.years
        ],
        "incomplete": incomplete(found.incomplete),
    }


def _digits(number: float | None) -> float | None:
    """Return a number to three digits that count.

    >>> _digits(0.000012345), _digits(None)
    (1.23e-05, None)
    """
    return None if number is None else float(f"{number:.3g}")


def comparison_view(catalogue: "Catalogue", found: "Comparison", limit: int | None, lang: Lang) -> View:
    """Return the values of two sides, of each facet the first `limit`."""
    seen: dict[str, int] = {}
    records = []
    for one in found.values:
        seen[one.facet] = seen.get(one.facet, 0) + 1
        if limit is None or seen[one.facet] <= limit:
            records.append(_compared(catalogue, one, found, lang))
    envelope = {
        "schema": "mltalks/compare/1",
        "query": found.query,
        "a": _side(catalogue, found.a, lang),
        "b": _side(catalogue, found.b, lang),
        "both": found.both,
        "incomplete": incomplete(found.incomplete),
    }
    most = max((max(record["share_a"], record["share_b"]) for record in records), default=0)
    named = "label" if lang == "ja" else "value"
    return View(
        "compare", records, COMPARED_FIELDS, ("facet", "value", "a", "b", "both", "z", "over"), key="value",
        table=("facet", named, "a", "b", "both", "balance", "z", "over"), envelope=(envelope, "values"),
        extra={"most": most, "spare": ("both", "balance")},
    )  # fmt: skip


def _side(catalogue: "Catalogue", side: "Side", lang: Lang) -> Record:
    return {"name": side_name(catalogue, side, lang), **side._asdict()}


def side_name(catalogue: "Catalogue", side: "Side", lang: Lang) -> str:
    """Return how a side is called: an event or theme by its name, a query as it is written."""
    return side.value if side.kind == "query" else catalogue.label(side.kind, side.value, lang)


def _compared(catalogue: "Catalogue", one: "ComparedValue", found: "Comparison", lang: Lang) -> Record:
    return {
        "facet": one.facet,
        "value": one.value,
        "label": catalogue.label(one.facet, one.value, lang),
        "a": one.a,
        "b": one.b,
        "both": one.both,
        "share_a": round(one.a / max(1, found.a.sessions), 3),
        "share_b": round(one.b / max(1, found.b.sessions), 3),
        "log_odds": None if one.log_odds is None else round(one.log_odds, 3),
        "z": None if one.z is None else round(one.z, 2),
        "over": one.over,
        "found": one.found,
    }
