"""The prompts of `add` on a terminal for the fields that were not given.

Does not write anything; the answers are values for the transaction.
"""

import sys
from typing import Any

import typer

from mltalks.cli import streams
from mltalks.cli.commands.own.session_options import SessionOptions, kind, person, separated, unknown_kind
from mltalks.cli.console import Console
from mltalks.cli.typed_text import characters
from mltalks.dataset.schema import check
from mltalks.dataset.vocabulary import KINDS
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import Message, japanese, say, word
from mltalks.search.query.fields import choices_of
from mltalks.text.folding import spaced

# The fields with a prompt, in order; that of a list is repeated until the answer is empty.
ASKED = (
    "title", "event", "date", "minutes", "room", "kind", "speakers", "organizations", "keywords", "url", "slides", "video", "note",
)  # fmt: skip
LISTS = ("speakers", "organizations", "keywords")


def prompted(console: Console, values: dict[str, Any]) -> dict[str, Any]:
    """Return values with the answers typed on the terminal; an empty answer leaves a field out.

    Raises UsageError: there is no terminal for prompts.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("give a title and --event, or use --edit to write the session in your editor")
    found = dict(values)
    console.say("press Enter to leave a field out, Ctrl-C to cancel")
    for field in ASKED:
        if field not in found:
            value = _list(console, field) if field in LISTS else _one(console, field, found.get("date"))
            if value:
                found[field] = value
    return found


def _list(console: Console, field: str) -> list[Any]:
    found: list[Any] = []
    while typed := _one(console, field):
        found.extend(person(one) if field == "speakers" else one for one in separated(typed))
    return found


def _one(console: Console, field: str, day: object = None) -> Any:
    """Prompt for one value until it is valid for the field."""
    heading = japanese("headings")[field] if console.lang == "ja" else field
    default = word("talk", console.lang) if field == "kind" else ""
    hints = {
        "kind": choices_of("kind").text(console.lang),
        "speakers": say("a name, and an organization in parentheses", console.lang),
    }
    hint = (f"（{hints[field]}）" if console.lang == "ja" else f" ({hints[field]})") if field in hints else ""
    streams.end_waiting()
    while True:
        typed: str = typer.prompt(f"{heading}{hint}", default=default, show_default=bool(default), err=True)
        try:
            typed = characters(typed, console.say)
            if typed.strip() and field in ("date", "minutes"):
                given = SessionOptions(date=typed) if field == "date" else SessionOptions(minutes=typed)
                return given.values()[field]
        except UsageError as error:
            streams.write_message(f"mltalks: {error.text(console.lang)}")
            continue
        typed = kind(typed.strip()) if field == "kind" else spaced(typed)
        problem = _problem(console, field, typed, day)
        if problem is None:
            return typed
        streams.write_message(f"mltalks: {problem}")


def _problem(console: Console, field: str, typed: str, day: object) -> str | None:
    """Return the error in an answer, in the language of messages; None if it is valid."""
    if not typed:
        return say("is missing", console.lang) if field in ("title", "event") else None
    if field == "kind" and typed not in KINDS:
        return unknown_kind(typed).text(console.lang)
    if field == "event":
        try:
            with console.transaction("add", dry_run=True) as look:
                look.event(typed, day)
        except MltalksError as error:
            return error.text(console.lang)
        return None
    value = [{"name": typed}] if field == "speakers" else [typed] if field in LISTS else typed
    errors = [one for one in check("sessions", {field: value}) if one.severity == "error"]
    return Message(errors[0].template, errors[0].values).text(console.lang) if errors else None
