"""Columns and types that several outputs share."""

from mltalks.render import value_types as t
from mltalks.render.columns import CellKind, Column, attributes, objects, of_type, tuples


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
ID = Column("id", t.TEXT, cell="id", style="cyan", share=0.26, least=20, keeps_share=True)
TITLE = Column("title", t.TEXT, least=23, labelled=False)
LABELS = (
    Column("label_en", t.TEXT_OR_NULL, "theme.label_en", heading="English"),
    Column("label_ja", t.TEXT_OR_NULL, "theme.label_ja", heading="Japanese"),
)
EVENT = Column("event", t.TEXT, cell="event", style="dim", share=0.14)
VALUE = Column("value", t.TEXT, style="cyan", share=0.4)
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
    *attributes(sessions=t.COUNT, known=t.COUNT, total=t.COUNT, unknown=t.COUNT),
    Column("largest", t.ValueType({"type": ["array", "null"], "items": t.TEXT.schema})),
    Column("counted_from", t.one_of("sessions", "tally"), lambda one: "tally" if one.tally else "sessions"),
    *map(_of_tally, ("source", "source_note", "source_note_ja")),
)
TRACK_COUNTS = objects(Column("value", t.TEXT, "track"), sessions=t.COUNT, known=t.COUNT)
