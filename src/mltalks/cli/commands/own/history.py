"""The commands on the journal of the user data: undo, redo, log.

Do not change records: `userdata.store` takes changes back as a whole.
"""

from typing import Annotated

from mltalks.cli import streams
from mltalks.cli.commands.own.changing import DryRun, print_change
from mltalks.cli.console import Console, ExitStatus, Limit, with_console
from mltalks.cli.declarations import argument
from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError


@with_console
def undo_command(console: Console, dry_run: DryRun = False) -> Exit:
    """Undo the last change of your data. Run it again to undo the change before that.

    mltalks undo
    mltalks undo --dry-run
    """
    from mltalks.render.views.changes import about, difference

    found = console.store.undo(dry_run=dry_run)
    if found is None:
        raise MltalksError("nothing to undo")
    change, change_back = found
    if dry_run:
        streams.write(difference(change_back))
        return Exit.DONE
    console.say("undone: {change}", change=f"{change.command} {about(change)}")
    print_change(console, change)
    return Exit.DONE


@with_console
def log_command(
    console: Console,
    number: Annotated[int | None, argument("[NUMBER]", "The number of a change to show.")] = None,
    limit: Limit = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """List the changes of your data, newest first, or show one of them.

    mltalks log
    mltalks log 12
    """
    from mltalks.render.views.changes import change_text, log_view
    from mltalks.userdata import journal

    changes = console.store.changes()
    if number is not None:
        chosen = [change for change in changes if change.number == number]
        if not chosen:
            raise MltalksError("there is no change {number}; 'mltalks log' lists all changes", number=number)
        if console.form in ("json", "jsonl"):
            print_change(console, chosen[0])
        else:
            streams.write(change_text(chosen[0]))
        return Exit.DONE
    shown = changes[: console.limit(limit, 20)]
    console.print(log_view(shown, journal.undone(changes)))
    if not changes:
        console.say("no changes yet")
    return Exit.FAILURE if exit_status and not changes else Exit.DONE
