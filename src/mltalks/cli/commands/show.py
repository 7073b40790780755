"""The commands for one or some sessions: show, related, open."""

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

from mltalks.cli import streams
from mltalks.cli.commands.chosen import OfQuery, Sessions, chosen
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, argument, flag, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_ids import STANDARD_INPUT
from mltalks.errors import MltalksError, NotFoundError, UsageError
from mltalks.messages import Listed, Message, excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mltalks.analysis.event_detail import EventDetail
    from mltalks.dataset.model import Session
    from mltalks.render.output import View
    from mltalks.search.related import Related

MOST_OPENED = 10  # pages in the browser without a question
RELATED_SHOWN = 10
LISTED_BY = ("speaker", "company", "theme", "keyword")  # facets of which by-… lists the sessions
SessionId = Annotated[str, argument("ID", "A session's id, as lists print it.")]


@with_console
def show_command(
    console: Console,
    sessions_or_events: Annotated[
        list[str] | None,
        argument(
            "[ID]...",
            "Ids, DOIs, addresses, arXiv numbers or citation keys of sessions, or ids or names of events; - reads standard input.",
        ),
    ] = None,
    of_query: OfQuery = None,
    with_origins: Annotated[bool, flag("--origins", "Also print the file and line of each field.")] = False,
) -> Exit:
    """Show everything known about sessions or events.

    mltalks show opml19-katib --json | jq -r .slides
    mltalks list tag:survey -o ids | mltalks show -
    mltalks show opml20

    Of several ids, those that exist are printed, and the others are errors. JSON is an object for one id, and an array for several, with the origins. For an event, the sessions are counted by track
    and the committee by organization.
    """
    from mltalks.analysis.event_detail import EventDetail
    from mltalks.dataset.model import Session

    names, _, several, _ = chosen(console, sessions_or_events, of_query, only=True, unknown="kept")
    found, unknown = _all_found(console, names)
    sessions = [one for one in found if isinstance(one, Session)]
    events = [one for one in found if isinstance(one, EventDetail)]
    from mltalks.render.output import with_columns

    more = ("origins",) if with_origins else ()
    if not found and unknown and STANDARD_INPUT not in (sessions_or_events or ()):
        raise unknown[0]
    if sessions or not events:
        console.print(with_columns(_sessions_view(console, sessions, several=several), more))
    if sessions and events and console.form == "table":
        streams.show("\n")
    if events:
        console.print(with_columns(_events_view(console, events, several=several), more))
        if not several:
            console.say("to list the sessions: mltalks by-event {event}", event=events[0].event.id)
    if STANDARD_INPUT in (sessions_or_events or ()):
        for error in unknown:
            console.typed_ids.report(error)
        return Exit.DONE
    for error in unknown[:-1]:
        console.typed_ids.report(error)
    if unknown:
        raise unknown[-1]
    return Exit.DONE


def _all_found(
    console: Console, names: "Sequence[str]"
) -> "tuple[list[Session | EventDetail], list[NotFoundError]]":
    """Return sessions and events, and an error for each name that nothing has."""
    found, unknown = [], []
    for name in names:
        try:
            found.append(_found(console, name))
        except NotFoundError as error:
            unknown.append(error)
    return found, unknown


def _found(console: Console, typed: str) -> "Session | EventDetail":
    """Return a session or an event, also by the title of one session; of another name, the error says which command lists its sessions."""
    try:
        return console.library.show(typed)
    except NotFoundError:
        titled = console.library.catalogue.titled(typed)
        if len(titled) == 1:
            return console.library.show(titled[0])
        if titled:
            raise NotFoundError.named("session", typed, titled[:5]) from None
        for facet in LISTED_BY:
            resolved = console.library.catalogue.names(facet).resolve(typed)
            if resolved.how == "exact" and resolved.values:
                raise NotFoundError(
                    '"{name}" is neither a session nor an event; to list its sessions: mltalks by-{facet} "{name}"',
                    name=excerpt(typed),
                    facet=facet,
                ) from None
        raise


def _sessions_view(console: Console, sessions: "Sequence[Session]", *, several: bool) -> "View":
    from mltalks.render.views.sessions import session_view
    from mltalks.userdata.layers import origins

    library = console.library
    places = {one.id: origins(library.files, one.id) for one in sessions}
    return session_view(library.catalogue, sessions, places, single=not several)


def _events_view(console: Console, events: "Sequence[EventDetail]", *, several: bool) -> "View":
    from mltalks.render.views.events import event_view
    from mltalks.userdata.layers import origins

    library = console.library
    for one in events:
        console.notices(one.notices)
    places = {one.event.id: origins(library.files, one.event.id, "events") for one in events}
    return event_view(library.catalogue, events, places, single=not several)


@with_console
def related_command(
    console: Console,
    sessions: Sessions = None,
    of_query: OfQuery = None,
    among: Annotated[
        str | None,
        option("--among", "Of the related sessions, only those that this query finds.", metavar="QUERY"),
    ] = None,
    limit: Annotated[int | None, limit_option("10")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """List the sessions most similar to a session, with the themes, keywords, words and names that they share with it.

    mltalks related opml19-katib
    mltalks related --query tag:survey -n 5 --json | jq -r '.[] | .id, .shared[0].value'
    mltalks related opml19-katib --among year:2024..

    For several sessions, those that are near many of them come first.
    """
    ids = chosen(console, sessions, of_query, only=True, unknown="left out", narrowed_by="--among").ids
    most = console.limit(limit, RELATED_SHOWN, RELATED_SHOWN)
    found = console.library.related(ids, most) if among is None else _related_among(console, ids, among, most)
    from mltalks.render.views.related import related_view

    console.print(related_view(console.library.catalogue, found, console.lang))
    if not ids:  # which `chosen` reports
        return Exit.FAILURE if exit_status else Exit.DONE
    return console.counted(len(found.sessions), found.total, exit_status=exit_status)


def _related_among(console: Console, ids: "Sequence[str]", query: str, limit: int | None) -> "Related":
    from mltalks.search.related import related

    among = console.library.list(query)
    console.notices(among.notices)
    docs = frozenset(among.docs)
    return console.library.evaluate(
        lambda catalogue: related(catalogue, [*map(catalogue.doc, ids)], limit, docs)
    )


@with_console
def open_command(
    console: Console,
    sessions: Sessions = None,
    of_query: OfQuery = None,
    page: Annotated[bool, flag("--page", "The session's page.")] = False,
    slides: Annotated[bool, flag("--slides", "The slides.")] = False,
    paper: Annotated[bool, flag("--paper", "The paper.")] = False,
    video: Annotated[bool, flag("--video", "The recording.")] = False,
) -> Exit:
    """Open sessions in the browser. If the output is no terminal, or with -o FORMAT (--format), print the addresses instead.

    mltalks open opml19-katib --slides
    mltalks open --query 'event:opml19 has:paper' --paper | xargs -n 1 curl -sO

    Without --page, --paper, --slides or --video, the first of these that is available is opened.
    """
    typed = {"page": page, "slides": slides, "paper": paper, "video": video}
    asked = [name for name, flag in typed.items() if flag]
    ids, _, several, _ = chosen(console, sessions, of_query, only=True, unknown="left out")
    links: dict[str, dict[str, str]] = {}
    for one in map(console.library.session, ids):
        try:
            links[one.id] = _links(one, asked)
        except MltalksError as error:
            if not several:
                raise
            console.say("{id}: {message}", id=one.id, message=error.message)
    addresses = [address for some in links.values() for address in some.values()]
    if console.fields or console.form not in ("plain", "table") or console.options.form == "table":
        from mltalks.render.views.sessions import addresses_view

        console.print(addresses_view(links, several=several))
    elif console.form == "plain":
        streams.write("".join(f"{address}\n" for address in addresses))
    elif len(addresses) <= MOST_OPENED or _agreed(console, len(addresses)):
        for address in addresses:
            _follow(console, address)
    return Exit.FAILURE if ids and not links else Exit.DONE


def _links(session: "Session", asked: "Sequence[str]") -> dict[str, str]:
    """Return the links of a session that are asked for, or the first one.

    Raises MltalksError: it has none.
    """
    from mltalks.text.sanitize import link

    known = {"page": session.url, "paper": session.paper, "slides": session.slides, "video": session.video}
    links = {name: address for name, value in known.items() if (address := link(value))}
    if not links:
        raise MltalksError("this session has no link")
    missing = [name for name in asked if name not in links]
    if missing:
        raise MltalksError(
            "this session has no {what}; available: {links}", what=missing[0], links=Listed(list(links))
        )
    return {name: links[name] for name in asked or list(links)[:1]}


def _agreed(console: Console, count: int) -> bool:
    from mltalks.cli.commands.own.changing import agreed

    question = Message("open {count} pages?", {"count": count})
    without = UsageError("cannot ask for confirmation without a terminal; -o plain prints the addresses")
    return agreed(console, question, without)


def _follow(console: Console, address: str) -> None:
    """Open an address in the browser; where there is none, print it."""
    import webbrowser

    command = os.environ.get("BROWSER", "").strip()
    # Without a place for the address, a command with options passes for the name of a browser.
    has_options = (
        " " in command and not command.endswith("&") and "%s" not in command and os.pathsep not in command
    )
    opened = False
    with suppress(ValueError, webbrowser.Error):  # an unclosed quote
        opened = (webbrowser.get(f"{command} %s") if has_options else webbrowser).open(address)
    if opened:
        console.say("opening {address}", address=address)
    else:
        console.say("cannot open a browser; this is the address")
        streams.write(f"{address}\n")
