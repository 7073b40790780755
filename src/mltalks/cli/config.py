"""A person's configuration: the values of config.toml, checked, and the problems of the others.

Does not say where the file is, nor what the environment sets: `environment` does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from mltalks.messages import Lang, Message, excerpt

if TYPE_CHECKING:  # most runs have no file to read
    from mltalks.problems import Problem

Format = Literal["table", "plain", "json", "jsonl", "csv", "tsv", "md", "bibtex", "ids"]
Color = Literal["auto", "always", "never"]
CHOICES = {"language": get_args(Lang), "format": get_args(Format), "color": get_args(Color)}
KEYS = ("language", "format", "color", "limit", "pager", "columns")


class Config(NamedTuple):
    """The valid values by key, and the problems of the file; `columns` is a mapping from commands to fields."""

    values: Mapping[str, Any]
    problems: "tuple[Problem, ...]" = ()


def read_config(path: Path) -> Config:
    """Read a file of the configuration; a value that is not valid is a problem, and left out."""
    from mltalks.dataset.files import read_text
    from mltalks.dataset.toml.parser import parse
    from mltalks.problems import Problem

    text = read_text(path)
    if isinstance(text, Problem):
        return Config({}, (text,))
    found = parse(path, text)
    if isinstance(found, Problem):
        return Config({}, (found,))
    problems = [problem for key, value in found.items() if (problem := _problem(path, text, key, value))]
    wrong = {problem.field for problem in problems}
    return Config({key: value for key, value in found.items() if key not in wrong}, tuple(problems))


def _problem(path: Path, text: str, key: str, value: Any) -> "Problem | None":
    """Return what is wrong with a key or its value; None if nothing is."""
    from mltalks.problems import Problem
    from mltalks.text.fuzzy import nearest

    near: tuple[str, ...] = ()
    if key not in KEYS:
        near = tuple(nearest(key, KEYS))
        message = Message("is not a setting; the settings are {names}", {"names": ", ".join(KEYS)})
    elif key in CHOICES and value not in CHOICES[key]:
        near = tuple(nearest(str(value), CHOICES[key]))
        message = Message(
            '"{value}" is not one of {choices}',
            {"value": excerpt(str(value)), "choices": ", ".join(CHOICES[key])},
        )
    elif key == "limit" and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        message = Message("is not a whole number from 0 on", {})
    elif key == "pager" and not isinstance(value, str):
        message = Message("is not a text", {})
    elif key == "columns" and not _are_columns(value):
        message = Message('is not a table of lists, like list = ["id", "title"]', {})
    else:
        return None
    return Problem(path, _line(text, key), None, key, message, "error", near)


def _are_columns(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(names, list) and names and all(isinstance(name, str) for name in names)
        for names in value.values()
    )


def _line(text: str, key: str) -> int | None:
    """Return the line of the first statement that begins with a key or its table."""
    import re

    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}(?![\w-])", line):
            return number
    return None
