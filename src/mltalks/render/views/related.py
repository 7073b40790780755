"""The output of `related`: the sessions near one, each with the values that they share."""

from typing import get_args

from mltalks.messages import Lang, word
from mltalks.render import value_types as t
from mltalks.render.columns import Column, objects, record
from mltalks.render.output import View
from mltalks.render.views.sessions import SESSION, SESSIONS
from mltalks.search.catalogue import Catalogue
from mltalks.search.related import Related, What

SHARED = objects(what=t.one_of(*get_args(What)), value=t.TEXT, score=t.SCORE).worded("{what} {value}")
NEARNESS = Column("score", t.SCORE, style="dim"), Column("shared", SHARED, cell="shared")
RELATED = SESSIONS._replace(
    name="related",
    commands=("related",),
    columns=(*SESSION, *NEARNESS),
    text=("id", "event", "title", "companies", "shared"),
    table=("id", "title", "companies", "event", "shared"),
)


def related_view(catalogue: Catalogue, related: Related, lang: Lang = "en") -> View:
    """Return the sessions near one as a list, each with its score and the shared values."""
    records = [near.session.record() | record(NEARNESS, near) for near in related.sessions]
    output = RELATED.with_text("shared", lambda one: f"{word(one['what'], lang)} {one['value']}")
    return View(output, records, catalogue=catalogue)
