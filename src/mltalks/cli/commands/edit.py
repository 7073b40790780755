"""The commands that write into a person's own data: add, edit, note, tag, mark, remove, alias, undo, log."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mltalks.cli import streams
from mltalks.cli.commands.show import SessionId
from mltalks.cli.console import Console, ExitStatus, Limit, with_console
from mltalks.cli.exit_codes import Exit
from mltalks.cli.session_options import Facts, with_facts
from mltalks.errors import MltalksError, UsageError

if TYPE_CHECKING:
    from mltalks.userdata.edits import Edit
    from mltalks.userdata.journal import Change

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")]
InEditor = Annotated[bool, typer.Option("--edit", help="Write it in your editor ($VISUAL, $EDITOR).")]
Values = dict[str, Any]


@with_console
@with_facts
def add_command(
    console: Console,
    title: Annotated[
        str | None, typer.Argument(metavar="[TITLE]", show_default=False, help="The title.")
    ] = None,
    session_id: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="ID", help="Its id; else one is made of event and title.", show_default=False
        ),
    ] = None,
    editor: InEditor = False,
    dry_run: DryRun = False,
    *,
    facts: Facts,
) -> Exit:
    """Add a session to your own data and print its id.

    mltalks add "Feature stores at scale" --event "ML Meetup 2025" --speaker "Ada Lovelace (Analytical Engines)"
    mltalks add --edit

    On a terminal, what is missing is asked for.
    """
    values = facts.values() | ({"title": title} if title else {})
    if editor:
        return _add_in_editor(console, values, session_id, dry_run=dry_run)
    if not {"title", "event"} <= values.keys():
        from mltalks.cli.prompts import asked

        values = asked(console, values)
    return _add(console, values, session_id, dry_run=dry_run)


def _add(console: Console, values: Values, name: str | None, *, dry_run: bool) -> Exit:
    event, made = console.writer.event(values.pop("event"))
    edit = console.writer.add({"event": event, "kind": "talk", **values}, name, made)
    if _done(console, edit, dry_run=dry_run) and console.form in ("plain", "table", "ids"):
        streams.write(f"{edit.about[0]}\n")
    return Exit.DONE


def _add_in_editor(console: Console, values: Values, name: str | None, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited
    from mltalks.userdata.edits import record_of, template

    def use(text: str) -> Exit:
        written = record_of(text)
        return _add(console, written, written.pop("id", name), dry_run=dry_run)

    code = edited(template({"id": name, "kind": "talk", **values}), ".toml", use)
    if code is None:
        console.say("nothing is changed")
    return code or Exit.DONE


@with_console
@with_facts
def edit_command(
    console: Console,
    session_id: SessionId,
    title: Annotated[str | None, typer.Option("--title", help="The title.", show_default=False)] = None,
    unset: Annotated[
        list[str] | None,
        typer.Option(
            "--unset", metavar="FIELD", help="Take this field away; repeatable.", show_default=False
        ),
    ] = None,
    dry_run: DryRun = False,
    *,
    facts: Facts,
) -> Exit:
    """Change what is known of a session: your word is laid over the shipped one, field by field.

    mltalks edit opml19-katib --video https://example.org/recording --keyword AutoML --keyword Kubernetes
    mltalks edit opml19-katib

    A list replaces the one before. Without options, your own record opens in your editor.
    """
    values = facts.values() | ({"title": title} if title else {})
    gone = _fields(unset or [])
    if not values and not gone:
        return _edit_in_editor(console, session_id, dry_run=dry_run)
    if "event" in values:
        values["event"], made = console.writer.event(values["event"])
        if made is not None:
            raise UsageError("add a session to make an event; here, write one that is known")
    change = {**values, **dict.fromkeys(gone)}
    edit = console.writer.change(session_id, "edit", lambda _: change)
    _done(console, edit, dry_run=dry_run)
    return Exit.DONE


def _fields(names: list[str]) -> list[str]:
    from mltalks.dataset.schema import TABLES
    from mltalks.text.fuzzy import nearest

    for name in names:
        if name not in TABLES["sessions"]:
            known = TABLES["sessions"]
            raise UsageError('unknown field "{name}"', name=name[:60], nearest=nearest(name, known))
    return names


def _edit_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited

    text = console.writer.text_of(session_id)

    def use(written: str) -> bool:
        return _done(console, console.writer.rewrite(session_id, written), dry_run=dry_run)

    if edited(text, ".toml", use) is None:
        console.say("nothing is changed")
    return Exit.DONE


@with_console
def note_command(
    console: Console,
    session_id: SessionId,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT]",
            show_default=False,
            help="What to note; - reads it; without it, your editor opens.",
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="In the place of the note that is there.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the note away.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Write a note of your own on a session, under the one that is there.

    mltalks note opml19-katib "Compare with our own tuner."
    mltalks note opml19-katib --remove

    'show' shows it, 'note:' finds it, 'export' leaves it out unless asked.
    """
    from mltalks.userdata.edits import standing

    if remove and (text is not None or replace):
        raise UsageError("--remove stands alone")
    if text is None and not remove:
        return _note_in_editor(console, session_id, dry_run=dry_run)
    given = (sys.stdin.read() if text == "-" and sys.stdin else text or "").strip()
    if not given and not remove:
        raise UsageError("the note is empty; --remove takes a note away")

    def change(now: Any) -> Values:
        before = "" if remove or replace else standing(now, "note", "")
        return {"note": "\n\n".join(part for part in (before, given) if part)}

    _done(console, console.writer.change(session_id, "note", change), dry_run=dry_run)
    return Exit.DONE


def _note_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.editor import edited
    from mltalks.userdata.edits import standing
    from mltalks.userdata.layers import merged

    now = standing(merged(console.writer.known.session(session_id)), "note", "")

    def use(text: str) -> bool:
        edit = console.writer.change(session_id, "note", lambda _: {"note": text.strip()})
        return _done(console, edit, dry_run=dry_run)

    if edited(f"{now}\n" if now else "", ".md", use) is None:
        console.say("nothing is changed")
    return Exit.DONE


@with_console
def tag_command(
    console: Console,
    session_id: SessionId,
    tags: Annotated[
        list[str] | None, typer.Argument(metavar="TAG...", help="Words of your own.", show_default=False)
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take these tags away; without any, all of them.")
    ] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Give a session tags of your own, or take them away.

    mltalks tag opml19-katib survey automl
    mltalks tag --remove opml19-katib survey
    """
    from mltalks.userdata.edits import standing

    if not tags and not remove:
        raise UsageError("write at least one tag")

    def change(now: Any) -> Values:
        there = standing(now, "tags", [])
        if remove:
            return {"tags": [tag for tag in there if tags and tag not in tags]}
        return {"tags": list(dict.fromkeys([*there, *(tags or [])]))}

    _done(console, console.writer.change(session_id, "tag", change), dry_run=dry_run)
    return Exit.DONE


@with_console
def mark_command(
    console: Console,
    session_id: SessionId,
    mark: Annotated[
        Literal["watched", "to-watch", "none"],
        typer.Argument(metavar="MARK", help="watched, to-watch, or none to take the mark away."),
    ],
    dry_run: DryRun = False,
) -> Exit:
    """Mark a session as watched, or to watch.

    mltalks mark opml19-katib to-watch
    mltalks mark opml19-katib none
    """
    change = {"mark": None if mark == "none" else mark}
    _done(console, console.writer.change(session_id, "mark", lambda _: change), dry_run=dry_run)
    return Exit.DONE


@with_console
def remove_command(
    console: Console,
    session_id: SessionId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Remove a session of your own, or what you have laid over a shipped one.

    mltalks remove ml-meetup-2025-feature-stores-scale
    mltalks remove opml19-katib --yes
    """
    edit = console.writer.remove(session_id)
    if not yes and not dry_run and not _agreed(console, session_id):
        console.say("nothing is changed")
        return Exit.DONE
    if _done(console, edit, dry_run=dry_run) and console.writer.is_shipped(session_id):
        console.say("{id} is again as it was without your own", id=session_id)
    return Exit.DONE


def _agreed(console: Console, session_id: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("no terminal to ask at; --yes removes without asking")
    from mltalks.messages import say

    return typer.confirm(say("remove {id}?", console.lang, id=session_id), err=True)


@with_console
def alias_command(
    console: Console,
    spelling: Annotated[str, typer.Argument(metavar="SPELLING", help="A name as it is printed.")],
    organization: Annotated[
        str,
        typer.Argument(metavar="ORGANIZATION", help="The organization it stands for, by any of its names."),
    ],
    dry_run: DryRun = False,
) -> Exit:
    """Say that a printed name stands for an organization, so that it is counted and found as that.

    mltalks alias "Gogle Inc." Google
    mltalks alias 日本電信電話 NTT
    """
    _done(console, console.writer.alias(spelling, organization), dry_run=dry_run)
    return Exit.DONE


@with_console
def undo_command(console: Console, dry_run: DryRun = False) -> Exit:
    """Take the last change of your own data back; again, the one before.

    mltalks undo
    mltalks undo --dry-run
    """
    found = console.own.undo(dry_run=dry_run)
    if found is None:
        raise MltalksError("no change to take back")
    change, before, after = found
    if dry_run:
        from mltalks.render.views.changes import difference

        streams.write(difference(console.own.folder / change.file, before, after))
        return Exit.DONE
    from mltalks.render.views.changes import about

    console.say("taken back: {change}", change=f"{change.command} {about(change)}")
    _print(console, change)
    return Exit.DONE


@with_console
def log_command(
    console: Console,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[NUMBER]", show_default=False, help="A change, to see what it did."),
    ] = None,
    limit: Limit = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """List the changes of your own data, the latest first, or show what one of them did.

    mltalks log
    mltalks log 12
    """
    from mltalks.render.views.changes import change_text, log_view
    from mltalks.userdata import journal

    changes = console.own.changes()
    if number is not None:
        chosen = [change for change in changes if change.number == number]
        if not chosen:
            raise MltalksError("no change {number}; 'mltalks log' lists them", number=number)
        if console.form in ("json", "jsonl"):
            _print(console, chosen[0])
        else:
            streams.write(change_text(chosen[0]))
        return Exit.DONE
    shown = changes[::-1][: console.limit(limit, 20)]
    console.print(log_view(shown, journal.undone(changes)))
    if not changes:
        console.say("no change yet")
    return Exit.FAILURE if exit_status and not changes else Exit.DONE


def _done(console: Console, edit: "Edit", *, dry_run: bool) -> bool:
    """Make an edit, or show what it would do; tell whether something was changed."""
    if dry_run:
        from mltalks.render.views.changes import difference

        before, after = console.own.preview(edit.file, edit.how)
        streams.write(difference(edit.file, before, after))
        if before == after:
            console.say("nothing is changed")
        return False
    change = console.own.change(*edit)
    if change is None:
        console.say("nothing is changed")
        return False
    from mltalks.render.views.changes import about

    console.say("{change}, in {path}", change=f"{change.command} {about(change)}", path=edit.file)
    _print(console, change)
    return True


def _print(console: Console, change: "Change") -> None:
    if console.form in ("json", "jsonl"):
        from mltalks.render.views.changes import log_view

        console.print(log_view([change], set(), single=True))
