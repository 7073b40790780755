"""The commands for one session: show, related, open."""

from typing import Annotated

from mltalks.cli import streams
from mltalks.cli.console import Console, ExitStatus, Limit, with_console
from mltalks.cli.declarations import argument, flag
from mltalks.cli.exit_codes import Exit
from mltalks.errors import MltalksError

RELATED_SHOWN = 10
SessionId = Annotated[str, argument("ID", "A session's id, as lists print it.")]


@with_console
def show_command(
    console: Console,
    session_or_event: Annotated[
        str, argument("ID", "A session's id, as lists print it, or an event's id or name.")
    ],
) -> Exit:
    """Show everything known about one session or one event, with the file and line of each field.

    mltalks show opml19-katib
    mltalks show opml19-katib --json | jq -r .slides
    mltalks show opml20

    For an event, the sessions are counted by track and the committee by organization.
    """
    found = console.library.show(session_or_event)
    from mltalks.dataset.model import Session
    from mltalks.userdata.layers import origins

    library = console.library
    if isinstance(found, Session):
        from mltalks.render.views.sessions import session_view

        console.print(session_view(library.catalogue, found, origins(library.files, found.id)))
        return Exit.DONE
    from mltalks.render.views.events import event_view

    console.notices(found.notices)
    event = found.event.id
    console.print(event_view(library.catalogue, found, origins(library.files, event, "events")))
    console.say("to list the sessions: mltalks by-event {event}", event=event)
    return Exit.DONE


@with_console
def related_command(
    console: Console, session_id: SessionId, limit: Limit = None, exit_status: ExitStatus = False
) -> Exit:
    """List the sessions most similar to a session, with the themes, keywords, words and names that they share with it.

    mltalks related opml19-katib
    mltalks related opml19-deepcpu -n 5 --json | jq -r '.[] | .id, .shared[0].value'
    """
    found = console.library.related(session_id, console.limit(limit, RELATED_SHOWN, RELATED_SHOWN))
    from mltalks.render.views.related import related_view

    console.print(related_view(console.library.catalogue, found))
    return console.counted(len(found.sessions), found.total, exit_status=exit_status)


@with_console
def open_command(
    console: Console,
    session_id: SessionId,
    page: Annotated[bool, flag("--page", "The session's page.")] = False,
    slides: Annotated[bool, flag("--slides", "The slides.")] = False,
    paper: Annotated[bool, flag("--paper", "The paper.")] = False,
    video: Annotated[bool, flag("--video", "The recording.")] = False,
) -> Exit:
    """Open a session in the browser. Without a terminal, or with -o, print the address instead.

    mltalks open opml19-katib --slides
    mltalks open opml19-katib --paper | xargs curl -sO

    Without --page, --paper, --slides or --video, the first of these that is available is opened.
    """
    from mltalks.text.sanitize import link

    session = console.library.session(session_id)
    known = {"page": session.url, "paper": session.paper, "slides": session.slides, "video": session.video}
    links = {name: address for name, value in known.items() if (address := link(value))}
    if not links:
        raise MltalksError("this session has no link")
    asked = [
        name
        for name, flag in {"page": page, "slides": slides, "paper": paper, "video": video}.items()
        if flag
    ]
    missing = [name for name in asked if name not in links]
    if missing:
        raise MltalksError(
            "this session has no {what}; available: {links}", what=missing[0], links=", ".join(links)
        )
    chosen = {name: links[name] for name in asked or list(links)[:1]}
    if console.fields or console.form not in ("plain", "table") or console.options.form == "table":
        from mltalks.render.views.sessions import addresses_view

        console.print(addresses_view(session, chosen))
    elif console.form == "plain":
        streams.write("".join(f"{address}\n" for address in chosen.values()))
    else:
        for address in chosen.values():
            _follow(console, address)
    return Exit.DONE


def _follow(console: Console, address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        raise MltalksError("cannot open a browser; the address is {address}", address=address)
    console.say("opening {address}", address=address)
