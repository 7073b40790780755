"""Declarations of the arguments and options of commands.

Does not declare any: commands do.
"""

from typing import Any

import typer


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
