"""What a command prints, before it has a format: records of plain values, with the fields that they have.

One function a family of results; adds no fact that the result does not hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mltalks.dataset.model import SESSION_FIELDS
from mltalks.messages import HEADINGS, Lang
from mltalks.render.stored_json import why

if TYPE_CHECKING:  # 5 ms that a table of hits need not pay
    from mltalks.analysis.facets import FacetCounts, ThemeCount, ThemeDetail, ThemeTree
    from mltalks.dataset.model import Event, Session
    from mltalks.problems import Problem
    from mltalks.search.catalogue import Catalogue
    from mltalks.search.ranking import Hit
    from mltalks.search.related import Related
    from mltalks.userdata.layers import Origin

Record = dict[str, Any]
LINKS = ("slides", "paper", "video", "url")


@dataclass(frozen=True)
class View:
    """Records under a schema; `columns` are what text formats show by default, `envelope` surrounds them in JSON.

    Of a `wide` view the columns are values of the data: every text format names them, and takes care of them.
    """

    schema: str
    records: Sequence[Record]
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    key: str = "id"
    table: tuple[str, ...] = ()
    envelope: tuple[Record, str] | None = None
    single: bool = False
    wide: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


HIT_FIELDS = (*SESSION_FIELDS, "score", "matched")
SESSION_COLUMNS = ("id", "event", "kind", "title", "companies", "themes", "slides")
FACET_FIELDS = ("value", "label", "sessions", "first_year", "last_year", "themes")
PROBLEM_FIELDS = ("path", "line", "record", "field", "severity", "message", "nearest", "text")
PATH_FIELDS = ("what", "path")
INDEX_FIELDS = ("path", "sessions")
ADDRESS_FIELDS = ("id", "what", "address")
THEME_FIELDS = ("id", "label_en", "label_ja", "broader", "depth", "sessions", "own", "definition")


def sessions_view(catalogue: "Catalogue", sessions: "Iterable[Session]", lang: Lang) -> View:
    """Return sessions as a list."""
    records = [session.record() for session in sessions]
    return View(
        "sessions", records, SESSION_FIELDS, SESSION_COLUMNS,
        table=("id", "title", "companies", "event", "links"), extra=_names(catalogue, lang),
    )  # fmt: skip


def hits_view(catalogue: "Catalogue", hits: "Iterable[Hit]", lang: Lang) -> View:
    """Return hits as a list of sessions, each with its score and the reason."""
    records = [hit.session.record() | why(hit) for hit in hits]
    return View(
        "hits", records, HIT_FIELDS, (*SESSION_COLUMNS, "matched"),
        table=("id", "title", "companies", "event", "links"), extra=_names(catalogue, lang),
    )  # fmt: skip


RELATED_FIELDS = (*SESSION_FIELDS, "score", "shared")


def related_view(catalogue: "Catalogue", related: "Related", lang: Lang) -> View:
    """Return the sessions near one as a list, each with its score and what they share."""
    records = [
        near.session.record()
        | {
            "score": near.score,
            "shared": [{"what": s.what, "value": s.value, "score": s.score} for s in near.shared],
        }
        for near in related.sessions
    ]
    return View(
        "related", records, RELATED_FIELDS, ("id", "event", "title", "companies", "shared"),
        table=("id", "title", "companies", "event", "shared"), extra=_names(catalogue, lang),
    )  # fmt: skip


def session_view(
    catalogue: "Catalogue", session: "Session", origins: "Mapping[str, Origin]", lang: Lang
) -> View:
    """Return one session whole, with the place that each field comes from."""
    places = {field: {"path": str(one.path), "line": one.line} for field, one in origins.items()}
    return View(
        "session", [session.record() | {"origins": places}], (*SESSION_FIELDS, "origins"), SESSION_FIELDS,
        single=True, extra=_names(catalogue, lang),
    )  # fmt: skip


def _names(catalogue: "Catalogue", lang: Lang) -> Mapping[str, Any]:
    """Return the names that tables and bibliographies show for ids."""
    return {
        "themes": {theme.id: theme.label(lang) for theme in catalogue.themes.values()},
        "theme_labels": {theme: _labels(catalogue, theme) for theme in catalogue.themes},
        "events": {event.id: event.name for event in catalogue.events.values()},
        "bibtex_events": catalogue.events,
    }


def _labels(catalogue: "Catalogue", theme: str) -> tuple[str, ...]:
    """Return the labels of a theme and of those above it, which all stand for a session filed under it."""
    above = (catalogue.themes[one] for one in (theme, *catalogue.broader(theme)))
    return tuple(label for one in above for label in (one.label_en, one.label_ja) if label)


def facet_view(catalogue: "Catalogue", counts: "FacetCounts", limit: int | None, lang: Lang) -> View:
    """Return the values of a facet with their counts, the first `limit`."""
    records = [
        {
            "value": value.value,
            "label": catalogue.label(counts.facet, value.value, lang),
            "sessions": value.sessions,
            "first_year": value.first_year,
            "last_year": value.last_year,
            "themes": [{"id": theme, "sessions": count} for theme, count in value.themes],
        }
        for value in counts.values[:limit]
    ]
    envelope = {
        "schema": "mltalks/facet/1",
        "facet": counts.facet,
        "query": counts.query,
        "sessions": counts.sessions,
        "incomplete": incomplete(counts.incomplete),
    }
    labelled = ("value", "label") if counts.facet == "event" else ("value",)
    columns = (*labelled, "sessions", "first_year", "last_year", "themes")
    extra = {
        "themes": {theme.id: theme.label(lang) for theme in catalogue.themes.values()},
        "facet": counts.facet,
        "bar": ("sessions", max((value.sessions for value in counts.values), default=0)),
        "spare": ("bar",),
    }
    return View(
        "facet",
        records,
        FACET_FIELDS,
        columns,
        key="value",
        table=(*labelled, "sessions", "bar", "first_year", "last_year", "themes"),
        envelope=(envelope, "values"),
        extra=extra,
    )


def coverage_view(counts: "FacetCounts") -> View:
    """Return by what sessions have their themes: how many, and what share of all."""
    records = [
        {
            "filing": one.value,
            "sessions": one.sessions,
            "share": round(one.sessions / max(1, counts.sessions), 3),
        }
        for one in counts.values
    ]
    columns = ("filing", "sessions", "share")
    return View("coverage", records, columns, columns, key="filing", table=columns)


def incomplete(events: "Iterable[Event]") -> list[Record]:
    """Return which events are not known whole, and how far they are."""
    return [{"event": event.id, "coverage": event.coverage, "note": event.coverage_note} for event in events]


def _theme_record(count: "ThemeCount") -> Record:
    theme = count.theme
    return {
        "id": theme.id,
        "label_en": theme.label_en,
        "label_ja": theme.label_ja,
        "broader": theme.broader,
        "depth": count.depth,
        "sessions": count.sessions,
        "own": count.own,
        "definition": theme.definition,
    }


def themes_view(tree: "ThemeTree", limit: int | None, lang: Lang) -> View:
    """Return the theme tree, each theme before its narrower ones, the first `limit`."""
    labels = ("label_ja", "label_en") if lang == "ja" else ("label_en", "label_ja")
    columns = ("id", "sessions", *labels)
    envelope = {
        "schema": "mltalks/themes/1",
        "query": tree.query,
        "sessions": tree.sessions,
        "filed": tree.filed,
        "incomplete": incomplete(tree.incomplete),
    }
    return View(
        "themes", [_theme_record(count) for count in tree.themes[:limit]], THEME_FIELDS, columns,
        table=("id", "sessions", "bar", *labels), envelope=(envelope, "themes"),
        extra={"bar": ("sessions", max((count.sessions for count in tree.themes), default=0)), "spare": ("bar",)},
    )  # fmt: skip


def theme_view(catalogue: "Catalogue", detail: "ThemeDetail", limit: int | None, lang: Lang) -> View:
    """Return one theme with its sessions, the first `limit`."""
    theme = detail.theme
    envelope = {
        "schema": "mltalks/theme/1",
        "id": theme.id,
        "label_en": theme.label_en,
        "label_ja": theme.label_ja,
        "definition": theme.definition,
        "definition_ja": theme.definition_ja,
        "terms": [*theme.terms.strong, *theme.terms.weak],
        "query": detail.query,
        "broader": [above.id for above in detail.broader],
        "narrower": [_theme_record(count) for count in detail.narrower],
        "companies": [{"value": name, "sessions": count} for name, count in detail.companies],
        "count": len(detail.sessions),
        "incomplete": incomplete(detail.incomplete),
    }
    listed = sessions_view(catalogue, detail.sessions[:limit], lang)
    return View(
        "theme", listed.records, listed.fields, listed.columns,
        table=listed.table, envelope=(envelope, "sessions"), extra=listed.extra,
    )  # fmt: skip


def problems_view(problems: "Iterable[Problem]", lang: Lang) -> View:
    """Return what is wrong with data files."""
    records = [
        {
            "path": str(problem.path),
            "line": problem.line,
            "record": problem.record,
            "field": problem.field,
            "severity": problem.severity,
            "message": problem.message.text(lang),
            "nearest": list(problem.nearest),
            "text": problem.text(lang),
        }
        for problem in problems
    ]
    return View("problems", records, PROBLEM_FIELDS, ("text",), key="path", table=("text",))


def addresses_view(session: "Session", addresses: Mapping[str, str]) -> View:
    """Return links of a session by what they lead to; one link is one object."""
    records = [{"id": session.id, "what": what, "address": address} for what, address in addresses.items()]
    return View(
        "address", records, ADDRESS_FIELDS, ADDRESS_FIELDS,
        single=len(records) == 1,
    )  # fmt: skip


def paths_view(paths: Mapping[str, Sequence[str]]) -> View:
    """Return where mltalks reads and keeps things."""
    records = [{"what": what, "path": path} for what, found in paths.items() for path in found]
    return View("paths", records, PATH_FIELDS, PATH_FIELDS, key="path", table=PATH_FIELDS)


def index_view(path: str, sessions: int) -> View:
    """Return which compiled index was written, and how many sessions it holds."""
    return View(
        "index", [{"path": path, "sessions": sessions}], INDEX_FIELDS, INDEX_FIELDS, key="path", single=True
    )


def heading(name: str, lang: Lang) -> str:
    """Return the heading of a column in a table.

    >>> heading("first_year", "en"), heading("companies", "ja")
    ('first', '組織')
    """
    short = {"first_year": "first", "last_year": "last", "label_en": "English", "label_ja": "Japanese"}
    name = short.get(name, name)
    return HEADINGS.get(name, name) if lang == "ja" else name
