"""Columns and types that several outputs share."""

from mltalks.render import value_types as t
from mltalks.render.columns import CellKind, Column, objects, tuples


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
