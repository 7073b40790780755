"""The commands on the journal of the user data: undo, redo, log.

Do not change records: `userdata.store` takes changes back as a whole.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from mltalks.cli import streams
from mltalks.cli.commands.own.changing import DryRun, print_change
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, argument, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mltalks.userdata.journal import Change
    from mltalks.userdata.store import Difference

Steps = Annotated[int | None, argument("[N]", "How many changes; default: 1.")]


@with_console
def undo_command(
    console: Console,
    steps: Steps = None,
    number: Annotated[
        int | None, option("--change", "Undo the change of this number, as log prints it.", metavar="NUMBER")
    ] = None,
    dry_run: DryRun = False,
) -> Exit:
    """Undo the last change of your data, or the last N. Run it again to undo the changes before.

    mltalks undo
    mltalks undo 3 --dry-run

    'mltalks redo' takes an undo back.
    """
    if steps is not None and number is not None:
        raise UsageError("N and --change cannot be combined")
    wanted = _count(steps)
    done = console.store.undo(steps=wanted, number=number, dry_run=dry_run)
    if not done and number is not None:
        raise MltalksError(
            "there is no change {number} that can be undone; 'mltalks log' lists all changes", number=number
        )
    return _report(console, done, wanted, "undone: {change}", "nothing to undo", dry_run=dry_run)


@with_console
def redo_command(console: Console, steps: Steps = None, dry_run: DryRun = False) -> Exit:
    """Do again what you have undone last, or the last N, as long as nothing else has changed since.

    mltalks redo
    mltalks redo 2
    """
    wanted = _count(steps)
    done = console.store.redo(steps=wanted, dry_run=dry_run)
    return _report(console, done, wanted, "redone: {change}", "nothing to redo", dry_run=dry_run)


def _count(steps: int | None) -> int:
    if steps is not None and steps < 1:
        raise UsageError(
            "{option}: {value} is not in the range {range}",
            option="N",
            value=steps,
            range=Message("x>={least}", {"least": 1}),
        )
    return steps or 1


def _report(
    console: Console,
    done: "Sequence[tuple[Change, Difference]]",
    wanted: int,
    template: str,
    nothing: str,
    *,
    dry_run: bool,
) -> Exit:
    """Print what was taken back, or would be."""
    from mltalks.render.views.changes import difference, named
    from mltalks.userdata.journal import system_user

    if not done:
        raise MltalksError(nothing)
    steps = len({change.step for change, _ in done})
    if steps < wanted:
        raise MltalksError(
            "only {count} of {wanted} changes can be redone; nothing was changed"
            if nothing == "nothing to redo"
            else "only {count} of {wanted} changes can be undone; nothing was changed",
            count=steps,
            wanted=wanted,
        )
    for change, change_back in done:
        if dry_run:
            streams.show(difference(change_back))
            continue
        console.say(template, change=named(change))
        if change.user not in (None, system_user()):
            console.say(
                "this change was one of {user}; the opposite command (undo, redo) takes this back",
                user=change.user,
            )
        print_change(console, change)
    return Exit.DONE


@with_console
def log_command(
    console: Console,
    number: Annotated[int | None, argument("[NUMBER]", "The number of a change to show.")] = None,
    limit: Annotated[int | None, limit_option("20 on a terminal, otherwise all")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """List the changes of your data, newest first, or show one of them.

    mltalks log
    mltalks log 12
    """
    from mltalks.render.views.changes import change_text, log_view
    from mltalks.userdata import journal

    unreadable: list[Path] = []
    changes = console.store.changes(unreadable)
    for file in unreadable:
        console.say("the entry {path} of the history cannot be read; its change is not listed", path=file)
    if number is not None:
        chosen = [change for change in changes if change.number == number]
        if not chosen:
            raise MltalksError("there is no change {number}; 'mltalks log' lists all changes", number=number)
        if console.form in ("json", "jsonl"):
            print_change(console, chosen[0])
        else:
            streams.show(change_text(chosen[0]))
        return Exit.DONE
    shown = changes[: console.limit(limit, 20)]
    console.print(log_view(shown, journal.undone(changes)))
    if not changes:
        console.say("no changes yet")
    return Exit.FAILURE if exit_status and not changes else Exit.DONE
