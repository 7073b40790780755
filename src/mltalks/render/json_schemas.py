"""JSON Schemas (draft 2020-12) of everything that `--json` prints, made from the columns of each output.

Does not declare columns. Fields are added, but never removed.
"""

from mltalks.render import value_types as t
from mltalks.render.columns import Column, an_object, object_schema
from mltalks.render.output import Output, heading
from mltalks.render.views.changes import CHANGE, CHANGES
from mltalks.render.views.comparisons import COMMITTEE, COMPARISON, MEMBERS, TREND
from mltalks.render.views.crosstab import CROSSTAB, LISTED
from mltalks.render.views.doctor import CHECKUP
from mltalks.render.views.events import EVENT, EVENTS
from mltalks.render.views.facets import COVERAGE, FACET, ONE_THEME, TAGS, THEMES
from mltalks.render.views.files import INDEX, PATHS, PROBLEMS, SETTINGS, VERSION
from mltalks.render.views.imports import TAKEN
from mltalks.render.views.related import RELATED
from mltalks.render.views.sessions import ADDRESS, HITS, ONE_SESSION, SESSIONS
from mltalks.render.views.survey import FACTS, SURVEY
from mltalks.render.views.themes import CLASSIFIED, DECISION, DECISIONS, EXPLANATION, GAPS

ERROR = Output(
    "error",
    ("any command that fails",),
    detail=", on standard error",
    columns=(Column("error", an_object(message=t.TEXT, code=t.number(), nearest=t.TEXTS), only="json"),),
    single=True,
)
OUTPUTS = {
    output.name: output
    for output in (
        *(SESSIONS, HITS, RELATED, ONE_SESSION, TAKEN, CHANGES, CHANGE, FACET, THEMES, ONE_THEME, CROSSTAB),
        *(EVENT, EVENTS),
        *(
            EXPLANATION,
            CLASSIFIED,
            DECISIONS,
            DECISION,
            INDEX,
            GAPS,
            CHECKUP,
            COVERAGE,
            TAGS,
            COMMITTEE,
            MEMBERS,
        ),
        *(TREND, COMPARISON, SURVEY, FACTS, PROBLEMS, PATHS, SETTINGS, VERSION, ADDRESS, ERROR),
    )
}


def fields_of(command: str) -> tuple[str, ...]:
    """Return the fields of all that a command can print, each once."""
    printed = (one for one in (*OUTPUTS.values(), LISTED) if command in one.commands)
    return tuple(dict.fromkeys(field for one in printed for field in one.fields))


def headings_of(command: str) -> tuple[str, ...]:
    """Return the Japanese headings of these fields, by which they may be chosen, each once."""
    printed = (one for one in (*OUTPUTS.values(), LISTED) if command in one.commands)
    columns = (column for one in printed for column in one.columns if column.name in one.fields)
    return tuple(dict.fromkeys(heading(column.head, "ja") for column in columns))


def schema(name: str) -> t.Schema:
    """Return the JSON Schema of an output; raise KeyError for an unknown name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"mltalks/{name}/1",
        "title": f"What {OUTPUTS[name].printed_by} prints",
        **body(OUTPUTS[name]),
    }


def body(output: Output) -> t.Schema:
    """Return the JSON Schema of an output without its name."""
    one = object_schema(output.columns)
    several = {"type": "array", "items": one}
    if output.head:
        name = Column("schema", t.ValueType({"const": f"mltalks/{output.name}/1"}))
        records = (Column(output.listed_as, t.ValueType(several)),) if output.listed_as else ()
        return object_schema((name, *output.head, *records))
    if output.single is None:
        return {"anyOf": [one, several]}
    return one if output.single else several
