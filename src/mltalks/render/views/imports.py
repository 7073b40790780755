"""What `import` prints: what becomes of each record of a source."""

from collections.abc import Iterable

from mltalks.exchange.intake import Taken
from mltalks.messages import Lang
from mltalks.render.views.core import View

TAKEN_FIELDS = ("outcome", "id", "title", "fields", "reason", "place")


def taken_view(taken: Iterable[Taken], lang: Lang) -> View:
    """Return what becomes of records as a list."""
    records = [
        one._asdict() | {"fields": list(one.fields), "reason": one.reason.text(lang) if one.reason else None}
        for one in taken
    ]
    columns = ("outcome", "id", "title", "fields", "reason")
    return View("taken", records, TAKEN_FIELDS, columns, table=columns)
