"""Columns and types that several outputs share."""

from collections.abc import Callable, Container, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import CellKind, Column, attributes, objects, of_type, tuples

if TYPE_CHECKING:
    from mltalks.search.catalogue import Catalogue


# Facets of which a table in Japanese has the label alone.
_IN_LANGUAGE = ("keyword", "company", "kind", "lang", "language", "mark", "filing")


def picture(kind: CellKind) -> Column:
    """Return a column that only tables have."""
    return Column(kind, t.PICTURE, only="table", cell=kind)


COUNTED = tuples(value=t.TEXT, sessions=t.COUNT)
INCOMPLETE = Column(
    "incomplete",
    objects(
        Column("event", t.TEXT, "id"),
        Column("coverage", t.TEXT_OR_NULL),
        Column("note", t.TEXT_OR_NULL, "coverage_note"),
        Column("note_ja", t.TEXT_OR_NULL, "coverage_note_ja"),
    ),
)
ID = Column("id", t.TEXT, cell="id", style="cyan", whole=True)
TITLE = Column("title", t.TEXT, least=23, labelled=False)
LABELS = (
    Column("label_en", t.TEXT_OR_NULL, "theme.label_en", heading="English"),
    Column("label_ja", t.TEXT_OR_NULL, "theme.label_ja", heading="Japanese"),
)
VALUE_LABELS = tuple(column._replace(get="") for column in LABELS)
EVENT = Column("event", t.TEXT, cell="event", style="dim", share=0.14)
VALUE = Column("value", t.TEXT, cell="value", style="cyan", share=0.4)
BAR = picture("bar")
# Seats on a committee: at an event, how they are counted, and by role.
SEATS = Column("event", t.TEXT, "event.id"), *attributes(seats=t.COUNT, members=t.COUNT_OR_NULL)
COUNTED_FROM = (
    Column("seats_from", t.one_of("names", "tally", None)),
    *of_type(t.COUNT, "names", "unknown"),
    Column(
        "tallies",
        objects(
            *attributes(role=t.TEXT, total=t.COUNT, unknown=t.COUNT, source=t.TEXT),
            *of_type(t.TEXT_OR_NULL, "source_note", "source_note_ja"),
        ),
    ),
)
ROLES = tuples(role=t.TEXT, seats=t.COUNT).worded("{role} {seats}")


def _of_tally(name: str) -> Column:
    return Column(name, t.TEXT_OR_NULL, lambda tracks: tracks.tally and getattr(tracks.tally, name))


# The sessions of an event by track, and how they are counted.
TRACKS = (
    *attributes(sessions=t.COUNT, known=t.COUNT, inferred=t.COUNT, total=t.COUNT, unknown=t.COUNT),
    Column("largest", t.ValueType({"type": ["array", "null"], "items": t.TEXT.schema})),
    Column("counted_from", t.one_of("sessions", "tally"), lambda one: "tally" if one.tally else "sessions"),
    *map(_of_tally, ("source", "source_note", "source_note_ja")),
)
TRACK_COUNTS = objects(Column("value", t.TEXT, "track"), sessions=t.COUNT, known=t.COUNT, inferred=t.COUNT)


def value_labels(
    catalogue: "Catalogue", facet: Callable[[Any], str]
) -> dict[str, Callable[[Any], str | None]]:
    """Return the functions for `VALUE_LABELS` of a result that has a `value`; `facet` returns its facet."""

    def label(at: int, one: Any) -> str | None:
        return catalogue.labels(facet(one), one.value)[at]

    return {column.name: partial(label, at) for at, column in enumerate(VALUE_LABELS)}


def of_facet(columns: Iterable[Column], facet: str, shown: Container[str]) -> tuple[Column, ...]:
    """Return columns whose headings say of which facet the values are."""
    headings = {"value": facet, "label": "name" if "value" in shown else facet}
    headed = (one._replace(heading=headings.get(one.name, one.heading)) for one in columns)
    return tuple(
        one._replace(cell=VALUE.cell, style=VALUE.style, share=VALUE.share)
        if one.name == "label" and facet in _IN_LANGUAGE
        else one
        for one in headed
    )


def value_columns(facet: str, lang: Lang) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns with the values of a facet in text, the same in both languages, and in a table, which is for readers."""
    if facet == "event":
        return ("value", "label"), ("value", "label")
    if facet == "theme":
        return ("value",), ("label",) if lang == "en" else ("value", "label")
    if facet in _IN_LANGUAGE and lang == "ja":
        return ("value",), ("label",)
    return ("value",), ("value",)
