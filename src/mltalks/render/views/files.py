"""The output of commands about files: problems of data files, places of files, and a compiled index."""

from collections.abc import Iterable

from mltalks.messages import Lang
from mltalks.problems import Problem
from mltalks.render import value_types as t
from mltalks.render.columns import Column, of_type
from mltalks.render.output import Output, View

PROBLEMS = Output(
    "problems",
    ("validate",),
    (
        Column("path", t.TEXT, lambda problem: str(problem.path)),
        Column("line", t.LINE),
        *of_type(t.TEXT_OR_NULL, "record", "field"),
        Column("severity", t.one_of("error", "warning")),
        Column("message", t.TEXT),
        Column("nearest", t.TEXTS),
        Column("text", t.TEXT),
    ),
    text=("text",),
    key="path",
    layout="problems",
)
PATHS = Output("paths", ("paths",), (Column("what", t.TEXT, cell="word"), Column("path", t.TEXT)), key="path")
SETTINGS = Output(
    "settings",
    ("config",),
    (
        Column("name", t.TEXT, heading="setting"),
        Column("value", t.TEXT_OR_NULL),
        Column("source", t.TEXT, heading="set by", cell="word"),
    ),
    key="name",
)
VERSION = Output("version", ("version",), of_type(t.TEXT, "version", "data"), single=True)
INDEX = Output(
    "index", ("index",), (Column("path", t.TEXT), Column("sessions", t.COUNT)), key="path", single=True
)


def problems_view(problems: Iterable[Problem], lang: Lang) -> View:
    """Return the problems of data files."""
    return PROBLEMS.view(
        problems, message=lambda one: one.message.text(lang), text=lambda one: one.text(lang)
    )
