"""Counts of sessions as commands print them: by a facet, by the source of themes, by theme, and one theme with its sessions.

Does not count.
"""

from collections.abc import Container
from typing import TYPE_CHECKING

from mltalks.dataset.hierarchy import ancestors, in_tree_order
from mltalks.messages import Lang
from mltalks.render import value_types as t
from mltalks.render.columns import Column, objects, of_type, record, tuples
from mltalks.render.output import Output, View
from mltalks.render.shared_columns import (
    BAR,
    COUNTED,
    ID,
    INCOMPLETE,
    LABELS,
    VALUE,
    VALUE_LABELS,
    of_facet,
    value_columns,
    value_labels,
)
from mltalks.render.views.sessions import SESSIONS, sessions_view
from mltalks.search.index.postings import doc_numbers
from mltalks.text.folding import spelling_key

if TYPE_CHECKING:
    from mltalks.analysis.facets import FacetCounts, ThemeDetail, ThemeTree
    from mltalks.search.catalogue import Catalogue

THEMES_COUNTED = tuples(id=t.TEXT, sessions=t.COUNT).worded("{id} {sessions}")
FACET = Output(
    "facet",
    ("companies", "keywords", "speakers"),
    (
        VALUE,
        Column("depth", t.COUNT, only="table"),
        Column("label", t.TEXT),
        Column("sessions", t.COUNT),
        BAR,
        Column("first_year", t.YEAR, heading="first"),
        Column("last_year", t.YEAR, heading="last"),
        Column("themes", THEMES_COUNTED, cell="theme counts", least=24),
        *VALUE_LABELS,
    ),
    key="value",
    head=(*of_type(t.TEXT, "facet", "query"), Column("sessions", t.COUNT), INCOMPLETE),
    listed_as="values",
    spare=(("bar",),),
)
COUNTS = ("sessions", "first_year", "last_year", "themes")
COMPANIES = Column("companies", t.TEXTS, only="named", cell="companies", style="green", share=0.25)
COVERAGE = Output(
    "coverage",
    ("themes",),
    (Column("filing", t.TEXT, "value", cell="word"), Column("sessions", t.COUNT), Column("share", t.SCORE)),
    key="filing",
    detail=" --coverage",
)
TAGS = Output(
    "tags",
    ("tags",),
    (
        Column("what", t.one_of("tag", "mark"), cell="word"),
        VALUE._replace(cell="named"),
        Column("sessions", t.COUNT),
    ),
    table=("value", "what", "sessions"),
    key="value",
)
THEME_COUNTS = (
    ID._replace(get="theme.id", cell="theme id"),
    *LABELS,
    Column("broader", t.TEXT_OR_NULL, "theme.broader"),
    *of_type(t.COUNT, "depth", "sessions", "own"),
    Column("definition", t.TEXT_OR_NULL, "theme.definition", least=24),
)
THEMES = Output(
    "themes",
    ("themes",),
    (*THEME_COUNTS, BAR),
    head=(Column("query", t.TEXT), *of_type(t.COUNT, "sessions", "filed"), INCOMPLETE),
    listed_as="themes",
    spare=(("bar",),),
)
ONE_THEME = SESSIONS._replace(
    name="theme",
    commands=("themes",),
    detail=" THEME",
    layout="theme",
    head=(
        Column("id", t.TEXT, "theme.id"),
        *LABELS,
        *of_type(t.TEXT_OR_NULL, "definition", "definition_ja", part="theme"),
        Column("terms", t.TEXTS, lambda detail: (*detail.theme.terms.strong, *detail.theme.terms.weak)),
        Column("query", t.TEXT),
        Column("broader", t.TEXTS, lambda detail: [theme.id for theme in detail.broader]),
        Column("narrower", objects(*THEME_COUNTS)),
        Column("companies", COUNTED),
        Column("count", t.COUNT, lambda detail: len(detail.sessions)),
        INCOMPLETE,
    ),
    listed_as="sessions",
)


def facet_view(
    catalogue: "Catalogue",
    counts: "FacetCounts",
    limit: int | None,
    lang: Lang,
    *,
    companies: bool = False,
    nested: bool = False,
) -> View:
    """Return the first `limit` values of a facet with their counts, speakers with their `companies` if asked for: a look at each talk.

    If `nested`, each of these that is a unit of another one is below it.
    """
    text, table = value_columns(counts.facet, lang)
    of_speakers = (COMPANIES,) if counts.facet == "speaker" else ()
    output = FACET._replace(
        columns=of_facet((*FACET.columns, *of_speakers), counts.facet, table),
        text=(*text, *COUNTS),
        markdown=(*table, *COUNTS),
        table=(
            *table,
            *(one.name for one in of_speakers),
            "sessions",
            "bar",
            "first_year",
            "last_year",
            "themes",
        ),
    )
    values = counts.values[:limit]
    depths: dict[str, int] = {}
    if nested:
        by_name = {one.value: one for one in values}
        depths = dict(in_tree_order({name: _above(catalogue, name, by_name) for name in by_name}))
        values = [by_name[name] for name in depths]
    return output.view(
        values,
        counts,
        catalogue,
        label=lambda one: catalogue.label(counts.facet, one.value, lang),
        **value_labels(catalogue, lambda _: counts.facet),
        bar=lambda one: one.sessions / (counts.most or 1),
        depth=lambda one: depths.get(one.value, 0),
        companies=lambda one: _companies(catalogue, one.value) if companies else [],
    )


def _above(catalogue: "Catalogue", name: str, names: Container[str]) -> str | None:
    """Return the nearest of some organizations that another one is a unit of."""
    return next((one for one in ancestors(name, catalogue.organizations.parents) if one in names), None)


def _companies(catalogue: "Catalogue", speaker: str) -> list[str]:
    """Return the organizations that are printed beside a speaker, by their canonical names."""
    sessions, key = catalogue.index.sessions, spelling_key(speaker)
    docs = doc_numbers(catalogue.index.facets.docs("speaker", (speaker,)))
    speakers = (
        one for doc in docs for one in sessions.value(doc, "speakers") if spelling_key(one["name"]) == key
    )
    printed = (one["organization"] for one in speakers if one["organization"])
    return list(dict.fromkeys(name for one in printed for name in catalogue.organizations.resolve(one)))


def tags_view(tags: "FacetCounts", marks: "FacetCounts") -> View:
    """Return the tags and the marks with their counts."""
    records = [
        {"what": counts.facet, "value": one.value, "sessions": one.sessions}
        for counts in (tags, marks)
        for one in counts.values
    ]
    return View(TAGS, records)


def coverage_view(counts: "FacetCounts") -> View:
    """Return the number and share of sessions by the source of their themes."""
    return COVERAGE.view(counts.values, share=lambda one: round(one.sessions / counts.sessions, 3))


def themes_view(tree: "ThemeTree", limit: int | None, lang: Lang) -> View:
    """Return the first `limit` themes of the tree, each before its narrower ones; a table has one label, in the language."""
    most = max((one.sessions for one in tree.themes), default=0) or 1
    labels = ("label_ja", "label_en") if lang == "ja" else ("label_en", "label_ja")
    output = THEMES._replace(text=("id", "sessions", *labels), table=("id", "sessions", "bar", labels[0]))
    if tree.order != "tree":  # an indentation would say that a theme is below the one before it
        output = output._replace(columns=(ID._replace(get="theme.id"), *output.columns[1:]))
    return output.view(tree.themes[:limit], tree, bar=lambda one: one.sessions / most)


def theme_view(catalogue: "Catalogue", detail: "ThemeDetail", limit: int | None) -> View:
    """Return one theme with its first `limit` sessions."""
    listed = sessions_view(catalogue, detail.sessions[:limit], ONE_THEME)
    return listed._replace(head=record(ONE_THEME.head, detail))
