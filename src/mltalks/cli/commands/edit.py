"""The commands that change the user data: add, edit, note, tag, mark, remove, alias, undo, log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mltalks.cli import streams
from mltalks.cli.commands.show import SessionId
from mltalks.cli.console import Console, ExitStatus, Limit, with_console
from mltalks.cli.declarations import argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.session_options import SessionOptions
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from mltalks.userdata.journal import Change
    from mltalks.userdata.transaction import Transaction

DryRun = Annotated[bool, flag("--dry-run", "Print what would change, and change nothing.")]
InEditor = Annotated[bool, flag("--edit", "Write it in your editor ($VISUAL, $EDITOR).")]
Values = dict[str, Any]


@with_console
def add_command(
    console: Console,
    title: Annotated[str | None, argument("[TITLE]", "The title.")] = None,
    session_id: Annotated[
        str | None, option("--id", "Id; default: made from event and title.", metavar="ID")
    ] = None,
    editor: InEditor = False,
    dry_run: DryRun = False,
    *,
    options: SessionOptions,
) -> Exit:
    """Add a session to your data and print its id.

    mltalks add "Feature stores at scale" --event "ML Meetup 2025" --speaker "Ada Lovelace (Analytical Engines)"
    mltalks add --edit

    On a terminal you are asked for missing values.
    """
    values = options.values() | ({"title": title} if title else {})
    if editor:
        return _add_in_editor(console, values, session_id, dry_run=dry_run)
    if not {"title", "event"} <= values.keys():
        from mltalks.cli.prompts import prompted

        values = prompted(console, values)
    return _add(console, values, session_id, dry_run=dry_run)


def _add(console: Console, values: Values, session_id: str | None, *, dry_run: bool) -> Exit:
    with _changing(console, "add", dry_run=dry_run) as change:
        made = change.add_session(values, session_id)
    if not dry_run and console.form in ("plain", "table", "ids"):
        streams.write(f"{made}\n")
    return Exit.DONE


def _add_in_editor(console: Console, values: Values, session_id: str | None, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited
    from mltalks.userdata.transaction import one_session, template

    text = template({"id": session_id, "kind": "talk", **values})
    with edited(text, ".toml") as written:
        if written == text:
            console.say("nothing was changed")
            return Exit.DONE
        _, values = one_session(written)
        return _add(console, values, values.pop("id", session_id), dry_run=dry_run)


@with_console
def edit_command(
    console: Console,
    session_id: SessionId,
    title: Annotated[str | None, option("--title", "The title.")] = None,
    unset: Annotated[
        list[str] | None, option("--unset", "Remove this field; repeatable.", metavar="FIELD")
    ] = None,
    dry_run: DryRun = False,
    *,
    options: SessionOptions,
) -> Exit:
    """Change a session. Your values override the shipped ones, field by field.

    mltalks edit opml19-katib --video https://example.org/recording --keyword AutoML --keyword Kubernetes
    mltalks edit opml19-katib

    A repeatable option such as --keyword replaces all existing values of its field. If you name no field to change, your
    editor opens with your values of this session, and with the shipped values of all other fields as comments.
    """
    values = options.values() | ({"title": title} if title else {})
    if not values and not unset:
        return _edit_in_editor(console, session_id, dry_run=dry_run)
    with _changing(console, "edit", dry_run=dry_run) as change:
        change.session(session_id).update({**values, **dict.fromkeys(unset or ())})
    return Exit.DONE


def _edit_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited

    with console.transaction("edit", dry_run=True) as look:
        text = look.text_of(session_id)
    with edited(text, ".toml") as written, _changing(console, "edit", dry_run=dry_run) as change:
        change.rewrite(session_id, written)
    return Exit.DONE


@with_console
def note_command(
    console: Console,
    session_id: SessionId,
    text: Annotated[
        str | None,
        argument("[TEXT]", "Text of the note; - reads standard input; without it, your editor opens."),
    ] = None,
    replace: Annotated[bool, flag("--replace", "Replace the existing note.")] = False,
    remove: Annotated[bool, flag("--remove", "Delete the note.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Add a note to a session. If it has a note already, the text is added below it.

    mltalks note opml19-katib "Compare with our own tuner."
    mltalks note opml19-katib --remove

    'mltalks show' prints the note, and the query note:WORD finds it. 'mltalks export' leaves notes out unless
    you add --with-notes.
    """
    if remove and (text is not None or replace):
        raise UsageError("--remove cannot be combined with a text or another option")
    if text is None and not remove:
        return _note_in_editor(console, session_id, dry_run=dry_run)
    given = (sys.stdin.read() if text == "-" and sys.stdin else text or "").strip()
    if not given and not remove:
        raise UsageError("the note is empty; to delete a note, use --remove")
    with _changing(console, "note", dry_run=dry_run) as change:
        record = change.session(session_id)
        before = "" if remove or replace else change.valid(record, "note", "")
        record["note"] = "\n\n".join(part for part in (before, given) if part)
    return Exit.DONE


def _note_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited

    with console.transaction("note", dry_run=True) as look:
        note = look.valid(look.session(session_id), "note", "")
    text = f"{note}\n" if note else ""
    with edited(text, ".md") as written, _changing(console, "note", dry_run=dry_run) as change:
        change.session(session_id)["note"] = written.strip()
    return Exit.DONE


@with_console
def tag_command(
    console: Console,
    session_id: SessionId,
    tags: Annotated[list[str] | None, argument("TAG...", "Tags to add.")] = None,
    remove: Annotated[bool, flag("--remove", "Remove these tags; without tags, remove all of them.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Add tags to a session, or remove them.

    mltalks tag opml19-katib survey automl
    mltalks tag --remove opml19-katib survey
    """
    if not tags and not remove:
        raise UsageError("give at least one tag")
    with _changing(console, "tag", dry_run=dry_run) as change:
        record = change.session(session_id)
        before = change.valid(record, "tags", [])
        if remove:
            record["tags"] = [tag for tag in before if tags and tag not in tags]
        else:
            record["tags"] = list(dict.fromkeys([*before, *(tags or [])]))
    return Exit.DONE


@with_console
def mark_command(
    console: Console,
    session_id: SessionId,
    mark: Annotated[
        Literal["watched", "to-watch", "none"],
        argument("MARK", "'watched' or 'to-watch'; 'none' removes the mark."),
    ],
    dry_run: DryRun = False,
) -> Exit:
    """Mark a session as watched or to-watch.

    mltalks mark opml19-katib to-watch
    mltalks mark opml19-katib none
    """
    with _changing(console, "mark", dry_run=dry_run) as change:
        change.session(session_id)["mark"] = None if mark == "none" else mark
    return Exit.DONE


@with_console
def remove_command(
    console: Console,
    session_id: SessionId,
    yes: Annotated[bool, flag("--yes", "-y", "Do not ask for confirmation.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Remove one of your sessions, or your changes to a shipped one.

    mltalks remove ml-meetup-2025-feature-stores-scale
    mltalks remove opml19-katib --yes
    """
    if not yes and not dry_run:
        with console.transaction("remove", dry_run=True) as look:
            look.remove(session_id)  # raises if there is nothing to remove, before the prompt
        if not _agreed(console, session_id):
            console.say("nothing was changed")
            return Exit.DONE
    with _changing(console, "remove", dry_run=dry_run) as change:
        shipped = change.remove(session_id)
    if shipped and not dry_run:
        console.say("your changes to {id} were removed", id=session_id)
    return Exit.DONE


def _agreed(console: Console, session_id: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("cannot ask for confirmation without a terminal; use --yes")
    from mltalks.messages import say

    streams.end_waiting()
    return typer.confirm(say("remove {id}?", console.lang, id=session_id), err=True)


@with_console
def alias_command(
    console: Console,
    spelling: Annotated[str, argument("SPELLING", "The name as printed in a programme.")],
    organization: Annotated[str, argument("ORGANIZATION", "The organization, by any of its names.")],
    dry_run: DryRun = False,
) -> Exit:
    """Register another name of an organization, so that sessions with this name are counted under the organization.

    mltalks alias "Gogle Inc." Google
    mltalks alias 日本電信電話 NTT
    """
    with _changing(console, "alias", dry_run=dry_run) as change:
        record = change.organization(organization)
        owner = change.known.named("organizations", spelling)
        if owner is not None:
            raise UsageError('"{alias}" is already a name of {owner}', alias=excerpt(spelling), owner=owner)
        record["aliases"] = [*change.valid(record, "aliases", [], "organizations"), spelling]
    return Exit.DONE


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
    _print(console, change)
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
            _print(console, chosen[0])
        else:
            streams.write(change_text(chosen[0]))
        return Exit.DONE
    shown = changes[: console.limit(limit, 20)]
    console.print(log_view(shown, journal.undone(changes)))
    if not changes:
        console.say("no changes yet")
    return Exit.FAILURE if exit_status and not changes else Exit.DONE


@contextmanager
def _changing(console: Console, command: str, *, dry_run: bool) -> "Iterator[Transaction]":
    """Open a transaction (see `userdata.transaction`), and at the end print what it has changed or would change."""
    from mltalks.render.views.changes import about, difference

    with console.transaction(command, dry_run=dry_run) as change:
        yield change
    for one in change.differences:
        streams.write(difference(one))
    for done in change.changes:
        path = console.store.folder / done.file
        console.say("saved: {change}, in {path}", change=f"{done.command} {about(done)}", path=path)
        _print(console, done)
    if not change.differences and not change.changes:
        console.say("nothing was changed")


def _print(console: Console, change: "Change") -> None:
    if console.form in ("json", "jsonl"):
        from mltalks.render.views.changes import CHANGE

        console.print(CHANGE.view([change]))
