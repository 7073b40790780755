"""Declarations of arguments and options: how one is declared, and those that several commands share.

Does not declare those of one command: its module does.
"""

import inspect
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mltalks.cli.config import Color, Format
from mltalks.messages import Lang


def argument(metavar: str, text: str) -> Any:
    """Return the declaration of an argument: how the usage shows it, and its help."""
    return typer.Argument(metavar=metavar, help=text)


def option(*names_and_text: str, metavar: str | None = None, least: int | None = None) -> Any:
    """Return the declaration of an option with a value, by default called by its type: its names, then its help."""
    *names, text = names_and_text
    return typer.Option(*names, help=text, metavar=metavar, min=least)


def flag(*names_and_text: str) -> Any:
    """Return the declaration of an option without a value: its names, then its help."""
    *names, text = names_and_text
    return typer.Option(*names, help=text)


def limit_option(default: str) -> Any:
    """Return the declaration of the option --limit: how many records are printed without it."""
    return option(
        "--limit", "-n", f"Print at most N; 0 prints all. Default: {default}.", metavar="N", least=0
    )


@cache
def options_of(group: type) -> tuple[inspect.Parameter, ...]:
    """Return the fields of a dataclass, each the declaration of an option, as parameters of a function."""
    return tuple(inspect.signature(group).parameters.values())


Query = Annotated[
    list[str] | None,
    argument(
        "[QUERY]...",
        "Search words and filters; see 'mltalks help query'. A lone - reads ids from standard input.",
    ),
]
Sort = Annotated[
    Literal["date", "title", "event", "company", "speaker", "added"],
    option(
        "--sort",
        "Order: date or added (the newest first), title, event, company or speaker (from A to Z).",
        metavar="ORDER",
    ),
]
Reverse = Annotated[bool, flag("--reverse", "Print in the opposite order.")]
Count = Annotated[bool, flag("--count", "Print only the number of sessions.")]
ExitStatus = Annotated[bool, flag("--exit-status", "Exit with 1 when nothing is found.")]


@dataclass(frozen=True)
class Options:
    """The options of every command that prints."""

    form: Annotated[
        Format | None,
        option(
            "--format",
            "-o",
            "Output format: table, plain, json, jsonl, csv, tsv, md, bibtex or ids; default: 'table' on a terminal, otherwise 'plain'.",
            metavar="FORMAT",
        ),
    ] = None
    as_json: Annotated[bool, flag("--json", "The same as -o json.")] = False
    field_list: Annotated[
        str | None, option("--fields", "Print these fields, in this order.", metavar="A,B")
    ] = None
    labels: Annotated[
        bool,
        flag(
            "--labels",
            "With csv and tsv: print the headings and values of -o md, in the language, not codes and ids.",
        ),
    ] = False
    lang: Annotated[Lang | None, option("--lang", "Language of labels, headings and messages.")] = None
    quiet: Annotated[
        bool, flag("--quiet", "-q", "Suppress all messages on standard error except errors.")
    ] = False
    color: Annotated[
        Color,
        option("--color", "Colour in tables (in a pipe with -o table); 'auto' uses it on a terminal only."),
    ] = "auto"
    no_pager: Annotated[bool, flag("--no-pager", "Do not use the pager for long output.")] = False
    data: Annotated[
        list[Path] | None, option("--data", "Also load this TOML file or folder; repeatable.", metavar="PATH")
    ] = None
    themes: Annotated[
        Path | None,
        option(
            "--themes",
            "Use the theme tree of this TOML or SKOS file instead of the shipped one.",
            metavar="FILE",
        ),
    ] = None
