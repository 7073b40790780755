"""Events as commands print them: counts of sessions by event, and one event with its tracks and committee.

Does not count.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record, an_object, objects, of_type, record
from mltalks.render.output import Output, View
from mltalks.render.shared_columns import COUNTED_FROM, TRACK_COUNTS, TRACKS
from mltalks.render.views.facets import FACET, facet_view
from mltalks.render.views.sessions import ORIGINS, places

if TYPE_CHECKING:
    from mltalks.analysis.event_detail import EventDetail
    from mltalks.analysis.facets import FacetCounts
    from mltalks.search.catalogue import Catalogue
    from mltalks.userdata.layers import Origin

COVERAGE = Column("coverage", t.TEXT_OR_NULL, cell="word", least=8)
LOCATION = Column("location", t.TEXT_OR_NULL, heading="place", cell="word", least=16)
OF_EVENT = (
    Column("date", t.TEXT, "days", only="fields", least=12),
    *of_type(t.TEXT_OR_NULL, "start_date", "end_date"),
    LOCATION,
    COVERAGE,
    *of_type(t.TEXT_OR_NULL, "coverage_note", "coverage_note_ja"),
)
_AS_EVENT = {
    one.name: one._replace(**changed)
    for one, changed in (
        (FACET.columns[0], {"heading": "id", "whole": True}),
        (FACET.columns[2], {"heading": "event"}),
        (next(one for one in FACET.columns if one.name == "themes"), {"least": 24}),
    )
}
EVENTS = FACET._replace(
    name="events",
    commands=("events",),
    columns=(
        *(_AS_EVENT.get(one.name, one) for one in FACET.columns),
        *OF_EVENT,
    ),
    text=("value", "label", "sessions", "first_year", "last_year", "themes", "date", "location", "coverage"),
    table=("value", "label", "date", "location", "coverage", "sessions", "bar", "themes"),
    spare=(("bar",), ("themes",), ("location",), ("coverage",)),
)


def _track(one: Record) -> str:
    known = f" ({one['known']} known)" if one["known"] != one["sessions"] else ""
    return f"{one['value']} {one['sessions']}{known}"


def _seats(one: Record) -> str:
    return f"{one['organization'] or 'not known'} {one['seats']}"


EVENT = Output(
    "event",
    ("show",),
    (
        *of_type(t.TEXT, "id", "name", "series", part="event"),
        *of_type(t.YEAR, "year", part="event"),
        *of_type(t.TEXT_OR_NULL, "full_name", "start_date", "end_date", "location", part="event"),
        Column("date", t.TEXT, "event.days", only="fields"),
        *of_type(t.LINK, "url", part="event"),
        *of_type(
            t.TEXT_OR_NULL, "about", "about_ja", "coverage", "coverage_note", "coverage_note_ja", part="event"
        ),
        Column("sessions", t.COUNT),
        Column("tracks", TRACK_COUNTS.worded(_track), "tracks.tracks"),
        Column("tracks_counted", an_object(*TRACKS), "tracks", only="json"),
        *of_type(t.TEXT_OR_NULL, "committee_coverage", "committee_note", "committee_note_ja", part="event"),
        # A committee of which nothing is known has no number.
        Column("seats", t.COUNT_OR_NULL, lambda one: one.committee.seats or None),
        Column("members", t.COUNT_OR_NULL, lambda one: one.committee.members or None),
        Column("seats_counted", an_object(*COUNTED_FROM), lambda one: one.committee.events[0], only="json"),
        Column(
            "committee",
            objects(
                organization=t.TEXT_OR_NULL, seats=t.COUNT, members=t.COUNT_OR_NULL, share=t.SHARE
            ).worded(_seats),
            "committee.organizations",
        ),
        *of_type(t.TEXT_OR_NULL, "source", part="event"),
        Column("origins", ORIGINS),
    ),
    single=None,
    layout="event",
    detail=" EVENT (one object; of several ids, an array)",
)


EVENT = EVENT._replace(text=tuple(name for name in EVENT.fields if name != "origins"))


def events_view(catalogue: "Catalogue", counts: "FacetCounts", limit: int | None, lang: Lang) -> View:
    """Return the first `limit` events with their counts."""
    view = facet_view(catalogue, counts, limit, lang)
    events = catalogue.events
    records = [
        one | record(OF_EVENT, events[one["value"]]) | {"date": catalogue.days(events[one["value"]])}
        for one in view.records
    ]
    return view._replace(output=EVENTS, records=records)


def event_view(
    catalogue: "Catalogue",
    events: "Iterable[EventDetail]",
    origins: "Mapping[str, Mapping[str, Origin]]",
    *,
    single: bool = True,
) -> View:
    """Return one event, or some, with all fields, and the place that each field comes from."""
    view = EVENT.view(
        events,
        catalogue=catalogue,
        origins=lambda one: places(origins[one.event.id]),
        date=lambda one: catalogue.days(one.event),
    )
    return view._replace(output=EVENT._replace(single=single))
