"""The commands that annotate sessions in the user data: note, tag, tags, mark.

Do not change facts about a session: `edit` does.
"""

import sys
from typing import Annotated

from mltalks.cli.commands.chosen import (
    OfQuery,
    chosen,
    is_session,
    looks_like_id,
    refuse_content,
    refuse_rest,
)
from mltalks.cli.commands.own.changing import DryRun, agreed, changing
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_text import standard_input
from mltalks.dataset.vocabulary import MARKS
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Choices, Message, excerpt, word
from mltalks.text.folding import fold
from mltalks.userdata.annotations import add_tags, remove_tags, set_mark, set_note

NO_MARK = "none"


@with_console
def note_command(
    console: Console,
    sessions_and_text: Annotated[
        list[str] | None,
        argument(
            "[ID]... [TEXT]",
            "Ids of sessions, and the text; for either, - reads standard input. Without a text, your editor opens.",
        ),
    ] = None,
    of_query: OfQuery = None,
    replace: Annotated[bool, flag("--replace", "Replace the existing note.")] = False,
    remove: Annotated[bool, flag("--remove", "Delete the note.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Add a note to sessions. Where there is a note already, the text is added below it.

    mltalks note opml19-katib "Compare with our own tuner."
    mltalks note --remove --query tag:done

    'mltalks show' prints the note, and the query note:WORD finds it. 'mltalks export' leaves notes out unless
    you add --with-notes.
    """
    ids, words, several, _ = chosen(console, sessions_and_text, of_query)
    _refuse_unknown_ids(console, words[:-1])
    refuse_rest(words[1:])
    many = len(ids) > 1
    if remove and (words or replace):
        raise UsageError("--remove cannot be combined with a text or another option")
    if not words and not remove:
        if several:
            raise UsageError("give the text of the note; your editor opens for one session only")
        refuse_content(console, ids, of_query)
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(
                "give the text of the note; to read it from standard input: mltalks note {id} -", id=ids[0]
            )
        return _note_in_editor(console, ids[0], dry_run=dry_run)
    if "-" in words and sys.stdin is not None and sys.stdin.isatty():
        console.say("reading the note from the terminal; press Ctrl-D to finish")
    given = "\n".join(standard_input(console.say) if word == "-" else word for word in words).strip()
    if not given and not remove:
        raise UsageError("the note is empty; to delete a note, use --remove")
    with changing(console, "note", dry_run=dry_run, several=many) as change:
        for session_id in ids:
            record = change.session(session_id)
            before = "" if remove or replace else change.valid(record, "note", "")
            record["note"] = "\n\n".join(part for part in (before, given) if part)
    return Exit.DONE


def _refuse_unknown_ids(console: Console, words: list[str]) -> None:
    """Raise a NotFoundError if a word before the text is no id but looks like one."""
    from mltalks.text.fuzzy import nearest

    for one in words:
        if looks_like_id(console, one):
            raise NotFoundError.named("session", one, nearest(one, console.records.ids("sessions")))


def _note_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.commands.own.editor import edited

    with console.transaction("note", dry_run=True) as look:
        note = look.valid(look.session(session_id), "note", "")
    text = f"{note}\n" if note else ""
    with edited(text, ".md", console.say) as written, changing(console, "note", dry_run=dry_run) as change:
        set_note(change, session_id, written)
    return Exit.DONE


@with_console
def tag_command(
    console: Console,
    sessions_and_tags: Annotated[
        list[str] | None,
        argument(
            "[ID]... [TAG]...",
            "Ids of sessions, then tags: the first word that is no id is a tag. - reads ids from standard input.",
        ),
    ] = None,
    of_query: OfQuery = None,
    tags: Annotated[
        list[str] | None, option("--tag", "A tag, even if it looks like an id; repeatable.", metavar="TAG")
    ] = None,
    remove: Annotated[bool, flag("--remove", "Remove these tags; without tags, remove all of them.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Add tags to sessions, or remove them.

    mltalks tag opml19-katib opml19-tony survey automl
    mltalks tag --query 'company:google year:2024..' survey
    """
    ids, words, _, _ = chosen(console, sessions_and_tags, of_query)
    for odd in (one for one in words if looks_like_id(console, one)):
        _ask_about(console, odd)
    given = [*words, *(tags or [])]
    if not given and not remove:
        refuse_content(console, ids, of_query)
        raise UsageError("give at least one tag")
    with changing(console, "tag", dry_run=dry_run, several=len(ids) > 1) as change:
        before = {fold(tag) for one in ids for tag in change.valid(change.session(one), "tags", [])}
        (remove_tags if remove else add_tags)(change, ids, given)
    for tag in given if remove else ():
        if fold(tag) not in before:
            console.say('none of these sessions has the tag "{name}"', name=excerpt(tag))
    return Exit.DONE


@with_console
def tags_command(console: Console, query: Query = None, exit_status: ExitStatus = False) -> Exit:
    """List your tags and marks, each with its number of sessions.

    mltalks tags
    mltalks tags event:opml19

    The queries tag:NAME and mark:NAME find these sessions, has:tag and has:mark those with any.
    """
    from mltalks.render.views.facets import tags_view

    tags, marks = (console.library.facet(facet, query or "") for facet in ("tag", "mark"))
    console.notices(tags.notices)
    console.print(tags_view(tags, marks))
    found = bool(tags.values or marks.values)
    if not found:
        facets = console.library.catalogue.index.facets
        if facets.values("tag") or facets.values("mark"):
            console.say("no tag or mark on the sessions found; a name of a tag is written tag:NAME")
        else:
            console.say("no tags or marks yet; make one with 'mltalks tag' or 'mltalks mark'")
    return Exit.FAILURE if exit_status and not found else Exit.DONE


def _ask_about(console: Console, word: str) -> None:
    """Ask whether a word that looks like an id is a tag; exit if it is not."""
    import typer

    from mltalks.text.fuzzy import nearest

    question = Message('"{word}" looks like the id of a session; use it as a tag?', {"word": excerpt(word)})
    without = UsageError(
        '"{word}" looks like the id of a session; write known ids before the tags, or --tag {word} to use it as a tag',
        word=excerpt(word),
        nearest=() if is_session(console, word) else nearest(word, console.records.ids("sessions"), 1),
    )
    if not agreed(console, question, without):
        console.say("nothing was changed")
        raise typer.Exit


@with_console
def mark_command(
    console: Console,
    sessions_and_mark: Annotated[
        list[str] | None,
        argument(
            "[ID]... MARK",
            "Ids of sessions, - for those on standard input; then 'watched' or 'to-watch', or 'none' to remove the mark.",
        ),
    ] = None,
    of_query: OfQuery = None,
    remove: Annotated[bool, flag("--remove", "Remove the mark.")] = False,
    dry_run: DryRun = False,
) -> Exit:
    """Mark sessions as watched or to-watch.

    mltalks mark opml19-katib opml19-tony to-watch
    mltalks mark --query tag:survey watched
    mltalks mark --remove opml19-katib
    """
    typed_words = sessions_and_mark or []
    words, mark = (typed_words, NO_MARK) if remove else _mark_last(console, typed_words or [""])
    ids, rest, _, _ = chosen(console, words, of_query, only=True)
    refuse_rest(rest)
    with changing(console, "mark", dry_run=dry_run, several=len(ids) > 1) as change:
        set_mark(change, ids, None if mark == NO_MARK else mark)
    return Exit.DONE


def _mark_last(console: Console, typed_words: list[str]) -> tuple[list[str], str]:
    """Return the words before a mark, and the mark.

    Raises UsageError: the last word is none.
    """
    *words, typed = typed_words
    from mltalks.search.query.fields import exact_choice

    mark = NO_MARK if typed == word(NO_MARK, "ja") else exact_choice("mark", typed) or typed
    if mark not in (*MARKS, NO_MARK):
        first = exact_choice("mark", words[0]) if words else None
        if first and is_session(console, typed):
            template = "the mark comes last: mltalks mark {ids} {mark}"
            raise UsageError(template, ids=excerpt(" ".join([*words[1:], typed])), mark=first)
        choices = Choices((*MARKS, NO_MARK))
        if not typed or is_session(console, typed):
            raise UsageError("the mark is missing after the ids; it is one of {choices}", choices=choices)
        raise UsageError('"{value}" is not one of {choices}', value=excerpt(mark), choices=choices)
    return words, mark
