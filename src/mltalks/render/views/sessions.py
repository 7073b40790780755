"""Sessions as commands print them: a list, the hits of a search, one session with its sources, and its links.

Does not find or rank sessions.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, get_args

from mltalks.dataset.model import SESSION_FIELDS
from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record, attributes, object_schema, objects, of_type
from mltalks.render.match_text import in_questions, match_text
from mltalks.render.output import Output, View, heading
from mltalks.render.session_json import why
from mltalks.render.shared_columns import EVENT, ID, TITLE
from mltalks.search.catalogue import MadeOnDemand
from mltalks.search.match_reasons import ReasonKind

if TYPE_CHECKING:  # saves 5 ms for a table of hits
    from mltalks.dataset.model import Session
    from mltalks.search.catalogue import Catalogue
    from mltalks.search.ranking import Hit
    from mltalks.userdata.layers import Origin


def _speaker(one: Record) -> str:
    return f"{one['name']} ({one['organization']})" if one["organization"] else str(one["name"])


def _match(one: Record, lang: Lang = "en") -> str:
    text = match_text(one, one["text"], lang)
    if lang == "ja":
        return f"{'・'.join(heading(name, lang) for name in one['fields'])}: {text}"
    return f"answers: {text}" if in_questions(one) else f"{text} in {', '.join(one['fields'])}"


def _addresses(one: Record) -> list[str]:
    return [one[name] for name in ("url", "slides", "paper", "video") if one[name]]


def _origins(places: Mapping[str, Record]) -> str:
    return "; ".join(f"{name} {place['path']}:{place['line']}" for name, place in places.items())


SPEAKERS = objects(name=t.TEXT, organization=t.TEXT_OR_NULL).worded(_speaker)
SESSION = (
    ID,
    EVENT,
    Column("series", t.TEXT),
    Column("year", t.YEAR),
    TITLE._replace(cell="title", least=30),
    Column("kind", t.one_of(*KINDS), cell="faint word"),
    Column("track", t.TEXT_OR_NULL, cell="track"),
    Column("track_inferred", t.FLAG_OR_NULL),
    Column("companies", t.TEXTS, cell="companies", style="green", share=0.22, least=14),
    Column("speakers", SPEAKERS, share=0.3, cell="all speakers"),
    Column("speakers_incomplete", t.FLAG_OR_NULL),
    Column("keywords", t.TEXTS, share=0.25, cell="keywords"),
    Column("keywords_ja", t.TEXTS),
    Column("themes", t.TEXTS, cell="themes"),
    Column("summary", t.TEXT_OR_NULL, cell="summary", least=24),
    Column("summary_ja", t.TEXT_OR_NULL, least=24),
    Column("questions", t.TEXTS, heading="answers", cell="answers"),
    Column("questions_ja", t.TEXTS),
    *of_type(t.LINK, "url", "slides", "paper", "video"),
    Column("slides_public", t.FLAG_OR_NULL),
    Column("organizations", t.TEXTS),
    *of_type(t.TEXT_OR_NULL, "source", "source_note"),
    Column("themes_inferred", t.TEXTS, cell="inferred themes"),
    Column("doi", t.TEXT_OR_NULL),
    Column("citation_key", t.TEXT_OR_NULL),
    Column("language", t.TEXT_OR_NULL, cell="language"),
    Column("date", t.TEXT_OR_NULL, cell="date"),
    Column("minutes", t.LINE),
    Column("room", t.TEXT_OR_NULL),
    Column("tags", t.TEXTS),
    Column("mark", t.one_of(*MARKS, None), cell="faint word", style="magenta"),
    Column("note", t.TEXT_OR_NULL),
    Column("inferred", t.FLAG),
)
LINKS = Column("links", t.TEXTS, only="named", cell="links", share=0.13, least=8, derived=_addresses)
FIRST_SPEAKERS = Column("by", t.TEXT, only="table", heading="speakers", cell="speakers", share=0.18, least=14)
SESSIONS = Output(
    "sessions",
    ("list", "by-company", "by-theme", "by-keyword", "by-speaker", "by-event"),
    (*SESSION, FIRST_SPEAKERS, LINKS),
    text=("id", "event", "kind", "title", "companies", "themes", "slides"),
    table=("id", "title", "by", "companies", "event", "links"),
    spare=(("links",), ("companies",), ("event",), ("by",)),
    sessions=True,
)
PROGRAMME = SESSIONS._replace(
    table=("id", "date", "title", "by", "companies", "links"), spare=(("links",), ("companies",), ("by",))
)

_HOWS = [how for kinds in get_args(ReasonKind) for how in get_args(kinds)]
MATCHES = objects(query=t.TEXT, text=t.TEXT, how=t.one_of(*_HOWS), fields=t.TEXTS, theme=t.TEXT_OR_NULL)
HITS = SESSIONS._replace(
    name="hits",
    commands=("search",),
    columns=(
        *(one._replace(cell="hit title") if one.name == "title" else one for one in SESSIONS.columns),
        Column("score", t.SCORE, style="dim"),
        Column("matched", MATCHES.worded(_match)),
    ),
    text=(*SESSIONS.text, "matched"),
)

PLACE = object_schema(attributes(path=t.TEXT, line=t.number(minimum=1)))
ORIGINS = t.ValueType({"type": "object", "additionalProperties": PLACE}, text=_origins)
ONE_SESSION = SESSIONS._replace(
    name="session",
    commands=("show",),
    columns=(*SESSION, LINKS, Column("origins", ORIGINS)),
    text=SESSION_FIELDS,
    table=(),
    single=None,
    layout="session",
    detail=" (one object; of several ids, an array)",
)

ADDRESS = Output(
    "address",
    ("open",),
    (
        ID,
        Column("what", t.one_of("page", "slides", "paper", "video"), cell="word"),
        Column("address", t.ValueType({"type": "string", "pattern": "^https?://"})),
    ),
    single=None,
    detail=" (one object; with several options or ids, an array)",
)


def sessions_view(catalogue: "Catalogue", sessions: "Iterable[Session]", output: Output = SESSIONS) -> View:
    """Return sessions as a list."""
    return View(output, [session.record() for session in sessions], catalogue=catalogue)


def listing_view(catalogue: "Catalogue", docs: Sequence[int], *, only_ids: bool, drawn: bool = False) -> View:
    """Return the sessions of some numbers as a list, each read when it is printed; `only_ids` reads their ids alone.

    A table, which is `drawn`, of the programme of one event has the times in place of the event.
    """

    def identified(doc: int) -> Record:
        return {"id": catalogue.ids[doc]}

    output = PROGRAMME if drawn and _is_programme(catalogue, docs) else SESSIONS
    return View(output, MadeOnDemand(docs, identified if only_ids else catalogue.record), catalogue=catalogue)


def _is_programme(catalogue: "Catalogue", docs: Sequence[int]) -> bool:
    """Return whether some sessions are of one event, and have a time of the day, which says more than the event."""
    sessions = catalogue.index.sessions
    if len(docs) < 2 or any(sessions.value(doc, "event") != sessions.value(docs[0], "event") for doc in docs):
        return False
    dates = sessions.dates()
    return any("T" in dates.get(doc, "") for doc in docs)


def hits_view(catalogue: "Catalogue", hits: "Iterable[Hit]", lang: Lang = "en") -> View:
    """Return hits as a list of sessions, each with its score and the reasons; themes are named in a language."""
    output = HITS.with_text("matched", partial(_match, lang=lang))
    return View(output, [hit.session.record() | why(hit, lang) for hit in hits], catalogue=catalogue)


def session_view(
    catalogue: "Catalogue",
    sessions: "Iterable[Session]",
    origins: "Mapping[str, Mapping[str, Origin]]",
    *,
    single: bool = True,
) -> View:
    """Return one session, or some, with all fields, and the place that each field comes from."""
    records = [session.record() | {"origins": places(origins[session.id])} for session in sessions]
    return View(ONE_SESSION._replace(single=single), records, catalogue=catalogue)


def places(origins: "Mapping[str, Origin]") -> Record:
    """Return the origins of fields as a record."""
    return {field: {"path": str(one.path), "line": one.line} for field, one in origins.items()}


def addresses_view(links: Mapping[str, Mapping[str, str]], *, several: bool = False) -> View:
    """Return links of sessions by id and kind; one link is one object unless there may be `several`."""
    records = [
        {"id": session, "what": what, "address": address}
        for session, some in links.items()
        for what, address in some.items()
    ]
    return View(ADDRESS._replace(single=False) if several else ADDRESS, records)
