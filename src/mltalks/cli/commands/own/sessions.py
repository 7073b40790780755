"""The commands that add, edit and remove sessions in the user data.

Do not check values: the transaction does.
"""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

from mltalks.cli import streams
from mltalks.cli.commands.chosen import OfQuery, Sessions, chosen
from mltalks.cli.commands.own.changing import DryRun, Yes, agreed, changing, explained
from mltalks.cli.commands.own.session_options import (
    ListChanges,
    SessionOptions,
    doubts,
    in_zone,
    of_kind,
    person,
    time_zone,
)
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.dataset.values import is_local_time, is_time
from mltalks.errors import DataError, NotFoundError, UsageError
from mltalks.messages import Listing, Message, excerpt
from mltalks.text.folding import spaced, spelling_key, title_key
from mltalks.text.fuzzy import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from mltalks.userdata.layers import Layers
    from mltalks.userdata.transaction import Transaction

InEditor = Annotated[bool, flag("--edit", "Write it in your editor ($VISUAL, $EDITOR).")]
Values = dict[str, Any]
NO_TIME = "{id}: the new date has no time; the talk was at {time}"
NO_ZONE = "{id}: the new time has no time zone, which the time before had ({time}); to add one: mltalks edit {id} --timezone ZONE"
LISTED = 20  # sessions that are named before they are removed


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
    values = options.values() | ({"title": spaced(title)} if title else {})
    if editor:
        return _add_in_editor(console, values, session_id, dry_run=dry_run)
    if not {"title", "event"} <= values.keys():
        from mltalks.cli.commands.own.prompts import prompted

        values = prompted(console, values)
    console.notices(of_kind(options.kind, values))
    return _add(console, values, session_id, dry_run=dry_run)


def _add(console: Console, values: Values, session_id: str | None, *, dry_run: bool) -> Exit:
    _check_key(console, values, [session_id] if session_id else [])
    with changing(console, "add", dry_run=dry_run) as change:
        made = change.add_session(values, session_id)
    console.notices(doubts(values.get("speakers", ())))
    _report_twins(console, change)
    if not dry_run and "themes" not in values:
        _report_themes(console, made)
    if not dry_run and console.form in ("plain", "table", "ids"):
        streams.write(f"{made}\n")
    return Exit.DONE


def _check_key(console: Console, values: Values, ids: "Sequence[str]") -> None:
    """Raise a UsageError if a citation key would be that of two sessions: it identifies one at the next import."""
    key = values.get("citation_key")
    if not isinstance(key, str):
        return
    catalogue = console.library.catalogue
    named = [catalogue.ids[doc] for doc in catalogue.docs_named(key)]
    others = [one for one in named if one not in ids] or list(ids[1:])
    if others:
        template = 'the citation key "{key}" is that of {id}; a key is of one session only'
        raise UsageError(template, key=excerpt(key), id=others[0])


def _report_twins(console: Console, change: "Transaction") -> None:
    """Report the sessions with the title of one that was added, or got its title or event; in another event, not if it has other speakers."""
    from mltalks.exchange.intake.twins import CROWD, in_common

    placed = {
        one.name: {**one.before, **one.fields}
        for one in change.outcomes
        if one.what in ("added", "changed") and {"title", "event"} & one.fields.keys()
    }
    with suppress(DataError):  # `validate` reports it
        catalogue = console.library.catalogue
        named: dict[str, list[tuple[str, str]]] = {}
        for other, title, event, _ in catalogue.index.sessions.briefs() if placed else ():
            named.setdefault(title_key(title), []).append((other, event))
        reported: set[str] = set()
        for name, now in placed.items():
            titled = named.get(title_key(now["title"]), [])
            here = [other for other, event in titled if event == now["event"]]
            elsewhere = (other for other, event in titled[:CROWD] if event != now["event"])
            same = (
                one for one in elsewhere if in_common(now, catalogue.record(catalogue.doc(one))) is not False
            )
            for other in (*here, *same):
                if other != name and other not in reported:
                    console.say("{id}: has the same title as {other}", id=name, other=other)
            reported.add(name)


def _report_themes(console: Console, made: str) -> None:
    """Report the themes that were inferred for a session that has been added."""
    with suppress(DataError, NotFoundError):  # `validate` reports it
        themes = console.library.session(made).themes
        label = console.library.catalogue.label
        template = (
            "{id}: inferred themes: {themes}; why: mltalks explain {id}; to add another: mltalks accept {id} THEME"
            if themes
            else "{id}: no theme fits; why: mltalks explain {id}; to add one: mltalks accept {id} THEME"
        )
        values = (
            {
                "themes": Listing(
                    [label("theme", one, console.lang) if console.lang == "ja" else one for one in themes]
                )
            }
            if themes
            else {}
        )
        console.say(template, id=made, **values)


def _add_in_editor(console: Console, values: Values, session_id: str | None, *, dry_run: bool) -> Exit:
    from mltalks.cli.commands.own.editor import edited
    from mltalks.userdata.edited_text import one_session, template

    text = template({"id": session_id, "kind": "talk", **values})
    with edited(text, ".toml", console.say) as written:
        if written == text:
            console.say("nothing was changed")
            return Exit.DONE
        _, values = one_session(written)
        return _add(console, values, values.pop("id", session_id), dry_run=dry_run)


@with_console
def edit_command(
    console: Console,
    sessions: Sessions = None,
    of_query: OfQuery = None,
    title: Annotated[str | None, option("--title", "The title.")] = None,
    unset: Annotated[
        list[str] | None, option("--unset", "Remove this field; repeatable.", metavar="FIELD")
    ] = None,
    timezone: Annotated[
        str | None,
        option(
            "--timezone",
            "Time zone of the times that have none, such as Europe/Lisbon or +09:00.",
            metavar="ZONE",
        ),
    ] = None,
    dry_run: DryRun = False,
    *,
    options: SessionOptions,
    changes: ListChanges,
) -> Exit:
    """Change sessions. Your values override the shipped ones, field by field.

    mltalks edit opml19-katib --video https://example.org/recording --keyword AutoML --keyword Kubernetes
    mltalks edit --rename-speaker 'Wen-mei Hwu=Wen-Mei Hwu'
    mltalks edit --query event:our-days-2027 --timezone Europe/Lisbon

    A repeatable option such as --keyword replaces all existing values of its field; --add-keyword and similar options change
    one. --rename-speaker without an id changes the name in all sessions. If you name no field to change, your
    editor opens with your values of this session, and with the shipped values of all other fields as comments.
    """
    values = options.values() | ({"title": spaced(title)} if title else {})
    if changes.rename_speakers and not sessions and of_query is None:
        ids, several = _sessions_of(console, changes), True
    else:
        ids, _, several, _ = chosen(console, sessions, of_query, only=True)
    zone = time_zone(timezone) if timezone else None
    if not values and not unset and not changes and not zone:
        if several:
            raise UsageError("name a field to change; your editor opens for one session only")
        return _edit_in_editor(console, ids[0], dry_run=dry_run)
    _check_key(console, values, ids)
    with changing(console, "edit", dry_run=dry_run, several=len(ids) > 1) as change:
        before, lost = [], list[Message]()
        if "event" in values:
            values["event"] = change.event(values["event"], values.get("date"))
        for session_id in ids:
            record = change.session(session_id)
            date = str(change.valid(record, "date", ""))
            record.update({**values, **dict.fromkeys(unset or ())})
            lost.extend(_place_time(record, session_id, date, zone))
            if "speakers" in values:  # all of them
                record["speakers_incomplete"] = None
            if changes:
                lists = {field: change.valid(record, field, []) for field in ("keywords", "speakers")}
                before.append(lists)
                record["keywords"] = changes.keywords(lists["keywords"])
                record["speakers"] = changes.speakers(lists["speakers"])
        _check_named(changes, before)
    added = map(person, changes.add_speakers or ())
    named = [*values.get("speakers", ()), *added, *changes.renamed.values()]
    console.notices((*lost, *doubts(named), *of_kind(options.kind, values)))
    _report_twins(console, change)
    return Exit.DONE


def _place_time(record: Values, name: str, before: str, zone: "tzinfo | None") -> "Iterator[Message]":
    """Give the time of a session a zone, or that of its time before, and yield what it has lost."""
    now = str(record.get("date") or "")
    if zone and now:
        record["date"] = in_zone(now, zone)
    elif not is_time(before) or not now:
        return
    elif not is_time(now):
        yield Message(NO_TIME, {"id": name, "time": before[11:16]})
    elif is_local_time(now) and not is_local_time(before):
        from mltalks.exchange.mapping.times import in_zone_of

        record["date"] = in_zone_of(now, before)
        if is_local_time(record["date"]):
            yield Message(NO_ZONE, {"id": name, "time": before})


def _check_named(changes: ListChanges, sessions: "Sequence[Mapping[str, list[Any]]]") -> None:
    """Raise a NotFoundError for a speaker or keyword to be removed or renamed that none of the sessions has."""
    for (field, key), typed in changes.named().items() if sessions else ():
        values = (one for lists in sessions for one in lists[field])
        names = dict.fromkeys(one["name"] if isinstance(one, dict) else one for one in values)
        if key not in map(spelling_key, names):
            near = nearest(typed, names)
            raise NotFoundError('no {what} "{name}"', what=field[:-1], name=excerpt(typed), nearest=near)


def _sessions_of(console: Console, changes: ListChanges) -> list[str]:
    """Return the sessions of the speakers who are to be renamed, without those in which they have the new names.

    Raises NotFoundError: there is no such speaker.
    """
    catalogue = console.library.catalogue
    found: dict[str, None] = {}
    for key, new in changes.renamed.items():
        typed = changes.named()["speakers", key]
        named = catalogue.names("speaker").resolve(typed)
        if not named.values or named.how != "exact":
            near = catalogue.names("speaker").nearest(typed)
            raise NotFoundError('no {what} "{name}"', what="speaker", name=excerpt(typed), nearest=near)
        docs = catalogue.index.facets.docs("speaker", named.values)
        for session in map(catalogue.session, catalogue.index.ordered(docs)):
            if any(spelling_key(one.name) == key and one.name != new["name"] for one in session.speakers):
                found[session.id] = None
    return list(found)


def _edit_in_editor(console: Console, session_id: str, *, dry_run: bool) -> Exit:
    from mltalks.cli.commands.own.editor import edited

    with console.transaction("edit", dry_run=True) as look:
        text = look.text_of(session_id)
    with edited(text, ".toml", console.say) as written, changing(console, "edit", dry_run=dry_run) as change:
        change.rewrite(session_id, written)
    return Exit.DONE


@with_console
def remove_command(
    console: Console,
    sessions: Sessions = None,
    of_query: OfQuery = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> Exit:
    """Remove sessions of your own, or your changes to shipped ones.

    mltalks remove ml-meetup-2025-feature-stores-scale
    mltalks remove opml19-katib opml19-tony --yes

    Of the sessions that --query finds, those in your data are removed; the shipped ones stay.
    """
    picked = chosen(console, sessions, of_query, only=True)
    with console.transaction("remove", dry_run=True) as look:  # raises before the prompt
        ids = [one for one in picked.ids if one not in picked.found or look.has_own(one)]
        for one in ids:
            if one not in look.known.ids("sessions") and one in look.known.ids("events"):
                raise UsageError("{id} is an event; to remove it: mltalks event remove {id}", id=one)
            try:
                look.remove(one)
            except NotFoundError as error:
                raise explained(console, error, several=len(ids) > 1) from None
    if not ids:
        console.say("nothing was changed")
        return Exit.DONE
    first = {"id": ids[0], "count": len(ids)}
    taken_back = all(one.what == "restored" for one in look.outcomes)
    one, many = (
        ("take back your changes to {id}?", "take back your changes to {count} sessions?")
        if taken_back
        else ("remove {id}?", "remove {count} sessions?")
    )
    question = Message(one if len(ids) == 1 else many, first)
    without = UsageError("cannot ask for confirmation without a terminal; use --yes")
    if not (yes or dry_run) and len(ids) > 1:
        _list_titles(console, look.known, ids)
    if not (yes or dry_run or agreed(console, question, without)):
        console.say("nothing was changed")
        return Exit.DONE
    with changing(console, "remove", dry_run=dry_run) as change:
        for session_id in ids:
            change.remove(session_id)
    return Exit.DONE


def _list_titles(console: Console, known: "Layers", ids: "Sequence[str]") -> None:
    """Write the first ids with their titles, and how many there are more; without a terminal, nobody is asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        return
    from mltalks.userdata.layers import merged

    for one in ids[:LISTED]:
        title = str(merged(known.parts("sessions", one)).get("title", ""))
        console.say("{id}: {message}", id=one, message=excerpt(title))
    if len(ids) > LISTED:
        console.say("and {count} more", count=len(ids) - LISTED)
