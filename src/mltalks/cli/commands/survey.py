"""The command that prints all analyses of some sessions: survey."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from mltalks import __version__
from mltalks.cli import environment, streams
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, flag, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.messages import say

if TYPE_CHECKING:
    from mltalks.analysis.survey import OwnData, Survey

SHOWN_ON_TERMINAL = 10


@with_console
def survey_command(
    console: Console,
    query: Query = None,
    limit: Annotated[int | None, limit_option("10 of each list on a terminal, otherwise all")] = None,
    html: Annotated[
        Path | None,
        option(
            "--html",
            "Write the survey to this file as one HTML page with a search over its sessions; - is standard output.",
            metavar="FILE",
        ),
    ] = None,
    force: Annotated[bool, flag("--force", "Overwrite an existing file.")] = False,
    exit_status: ExitStatus = False,
) -> Exit:
    """Survey events, a company or a theme: who, what and when, and how complete the data is.

    mltalks survey opml19
    mltalks survey series:MLSys --html mlsys.html

    A query that is the name of one event, series, company or theme, as Google or "LLM inference", is read as that, and a
    message says so. A terminal shows the first 10 entries of each list. The HTML page works offline, in English and Japanese, and
    contacts no server.
    """
    with console.progress("mltalks survey") as progress:
        found = console.library.survey(query or "", progress)
    found = found._replace(own=_own_data(console, found))
    console.notices(found.notices)
    if html is not None and found.sessions:
        _write_page(console, found, html, force=force)
    elif html is None:
        _print(console, found, limit)
        console.incomplete(found.incomplete)
    if not found.sessions and html is not None:
        console.say("nothing found; {path} was not written", path=str(html))
    elif not found.sessions:
        console.say("nothing found")
    return Exit.FAILURE if exit_status and not found.sessions else Exit.DONE


def _own_data(console: Console, found: "Survey") -> "OwnData":
    """Count what of a survey is not from the shipped data: it is of the user, of a project, or of --data."""
    from mltalks.analysis.survey import OwnData

    if len(environment.data_paths(console.options.data or [])) == 1:
        return OwnData()
    records, ids = console.records, {one.id for one in found.sessions}
    own = records.own(("sessions",)) & ids
    added = sum(records.parts("sessions", one)[0].layer != "below" for one in own)
    decided = {decision.session for decision in console.library.catalogue.decisions} & ids
    names = {one.name for one in found.companies} & records.own(("organizations",))
    events = {part.event.id for part in found.events} & records.own(("events",))
    return OwnData(added, len(own) - added, len(decided), len(names), len(events))


def _print(console: Console, found: "Survey", limit: int | None) -> None:
    """Print a survey: as a document on a terminal and in Markdown, as one object in JSON, else as a record for each number."""
    from mltalks.render.document import markdown
    from mltalks.render.survey_document import survey_document
    from mltalks.render.survey_writer import Limits
    from mltalks.render.views.survey import IDS, facts_view, survey_view

    shown = console.limit(limit, SHOWN_ON_TERMINAL)
    catalogue = console.library.catalogue
    if console.form == "json" and not console.fields:
        console.print(survey_view(catalogue, found))
        return
    if console.form == "ids":
        console.print(IDS.view(found.sessions))
        return
    if console.fields or console.form not in ("table", "md"):
        console.print(facts_view(catalogue, found, shown, console.lang))
        return
    document = survey_document(catalogue, found, console.lang, Limits(shown, shown))
    if console.form == "md":
        made = say(
            "Made with mltalks {version} (data {digest}).",
            console.lang,
            version=__version__,
            digest=environment.data_digest(),
        )
        streams.show(f"{markdown(document)}\n{made}\n")
        return
    from mltalks.render.terminal.document import article  # rich: 25 ms

    width, colour = console.look()
    streams.show(article(document, width, colour=colour))


def _write_page(console: Console, found: "Survey", file: Path, *, force: bool) -> None:
    """Write a survey as one page for a browser, whole or not at all; "-" is standard output."""
    from mltalks.render.html.page import page  # jinja2: 40 ms

    streams.save_text(file, [page(console.library.catalogue, found, console.lang)], force=force)
    if str(file) != "-":
        console.say("survey of {count} sessions written to {path}", count=len(found.sessions), path=str(file))
