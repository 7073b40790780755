"""What all commands that change the user data share: the transaction, and the messages on what it has changed.

Does not declare commands.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from mltalks.cli import streams
from mltalks.cli.commands.own.doubts import doubts_of
from mltalks.cli.console import Console
from mltalks.cli.declarations import flag
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Message, say
from mltalks.text.folding import fold

if TYPE_CHECKING:
    from mltalks.userdata.journal import Change
    from mltalks.userdata.transaction import Transaction

DryRun = Annotated[bool, flag("--dry-run", "Print what would change, and change nothing.")]
_ANSWERS = {"": False, "n": False, "no": False, "いいえ": False, "y": True, "yes": True, "はい": True}
Yes = Annotated[bool, flag("--yes", "-y", "Do not ask for confirmation.")]


@contextmanager
def changing(
    console: Console, command: str, *, dry_run: bool = False, several: bool = False
) -> "Iterator[Transaction]":
    """Open a transaction (see `userdata.transaction`), and at the end print what it has changed or would change.

    `several` is whether it changes several records: an error then says that none of them was changed.
    """
    from mltalks.render.views.changes import outcome

    try:
        with console.transaction(command, dry_run=dry_run) as change:
            yield change
    except NotFoundError as error:
        raise explained(console, error, several=several) from None
    print_differences(change)
    for done in change.changes:
        print_change(console, done)
    if not dry_run:
        console.notices(outcome(one, console.lang) for one in change.outcomes)
    console.notices(change.doubts)
    console.notices(doubts_of(console, change))
    if not change.outcomes or (dry_run and not change.differences):
        console.say("nothing was changed")


def print_differences(change: "Transaction") -> None:
    """Print what a change would do, if it is not made."""
    from mltalks.render.views.changes import difference

    for one in change.differences:
        streams.show(difference(one))


def explained(console: Console, error: NotFoundError, *, several: bool) -> NotFoundError:
    """Return an error with the theme that may be meant, and with what has become of the other records."""
    near, message = error.nearest, error.message
    if message.values.get("what") == "theme":
        from mltalks.search.other_names import themes_with_term

        near = tuple(themes_with_term(console.library.catalogue, str(message.values["name"]))) or near
    if not several or message.values.get("what") not in ("session", "event"):
        return NotFoundError(message.template, nearest=near, **message.values)
    if "words" in message.values:  # an id is no word to search for
        message = Message('no {what} "{name}"', {one: message.values[one] for one in ("what", "name")})
    return NotFoundError("{message}; nothing was changed", message=message, nearest=near)


def print_change(console: Console, change: "Change") -> None:
    """Print an entry of the journal, in JSON only."""
    if console.form in ("json", "jsonl"):
        from mltalks.render.views.changes import CHANGE

        console.print(CHANGE.view([change]))


def agreed(console: Console, question: Message, without_terminal: UsageError) -> bool:
    """Ask a question on the terminal, and return whether the answer is yes; without a terminal, raise that error."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise without_terminal
    import typer

    text = f"{say(question.template, console.lang, **question.values)} [y/N]"
    streams.end_waiting()
    while True:
        typed: str = typer.prompt(text, default="", show_default=False, err=True)
        answer = _ANSWERS.get(fold(typed).strip())
        if answer is not None:
            return answer
        streams.write_message(f"mltalks: {say('answer y (yes) or n (no)', console.lang)}")
