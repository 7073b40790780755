"""The command that checks the loaded data, and makes mechanical fixes: doctor.

Does not check anything itself; `analysis.doctor` and `exchange.network` do.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import Query, flag, limit_option
from mltalks.cli.exit_codes import Exit

if TYPE_CHECKING:
    from mltalks.analysis.doctor.diagnostic import Diagnostic
    from mltalks.analysis.doctor.run import CheckUp

SHOWN_OF_A_KIND = 10


@with_console
def doctor_command(
    console: Console,
    query: Query = None,
    check_links: Annotated[
        bool, flag("--check-links", "Also check every link. This uses the network.")
    ] = False,
    fix: Annotated[
        bool,
        flag(
            "--fix",
            "Fix mechanical problems: unnecessary spaces, HTML entities, tracking parameters in links.",
        ),
    ] = False,
    everything: Annotated[bool, flag("--all", "Check all data, the shipped ones too.")] = False,
    limit: Annotated[int | None, limit_option("10 of each kind on a terminal, otherwise all")] = None,
    exit_status: Annotated[bool, flag("--exit-status", "Exit with 1 when something looks wrong.")] = False,
) -> Exit:
    """Find likely errors in your data: duplicates, inconsistent spellings, suspicious or dead links, missing facts.

    mltalks doctor
    mltalks doctor event:opml19 --check-links
    mltalks doctor --all --json | jq -r '.[] | select(.severity == "error").message'

    With a query, the sessions that it finds are checked, with --all all data. A finding comes with the command that fixes it, if
    there is one. The most important come first; a terminal shows the first ten of each kind.
    """
    from mltalks.render.views.doctor import checkup_view

    own = console.records.own()
    only_own = not query and not everything
    if only_own and not own:
        console.say("you have no talks of your own; --all checks the shipped data")
        console.print(checkup_view((), console.lang))
        return Exit.DONE
    with console.progress("mltalks doctor") as progress:
        found = console.library.check_up(query or "", progress, own, only_own=only_own)
    console.notices(found.notices)
    diagnostics = _with_links(console, found) if check_links else found.diagnostics
    if fix:
        fixed = _fix(console, diagnostics)
        diagnostics = [one for one in diagnostics if not (one.mechanical and fixed.issuperset(one.sessions))]
        if console.form not in ("json", "jsonl"):
            if diagnostics:
                console.say(
                    "findings that are left: {count}; 'mltalks doctor' lists them", count=len(diagnostics)
                )
            return _exit(diagnostics, exit_status=exit_status)
    shown = diagnostics[:limit] if limit else _first(diagnostics, console.limit(limit, SHOWN_OF_A_KIND))
    console.print(checkup_view(shown, console.lang))
    if not diagnostics:
        console.say("nothing found")
    elif len(shown) < len(diagnostics):
        console.say(
            "{shown} of {count} findings; --limit 0 shows all", shown=len(shown), count=len(diagnostics)
        )
    return _exit(diagnostics, exit_status=exit_status)


def _exit(diagnostics: "Sequence[Diagnostic]", *, exit_status: bool) -> Exit:
    wrong = any(one.severity != "info" for one in diagnostics)
    return Exit.FAILURE if exit_status and wrong else Exit.DONE


def _first(diagnostics: "Sequence[Diagnostic]", limit: int | None) -> "list[Diagnostic]":
    """Return the first findings of each kind and severity."""
    counts: dict[tuple[str, str], int] = {}
    shown = []
    for one in diagnostics:
        place = (one.kind, one.severity)
        counts[place] = counts.get(place, 0) + 1
        if limit is None or counts[place] <= limit:
            shown.append(one)
    return shown


def _with_links(console: Console, found: "CheckUp") -> "list[Diagnostic]":
    """Return the findings, with those of links that were checked over the network."""
    import mltalks
    from mltalks.analysis.doctor.links import addresses, answered
    from mltalks.analysis.doctor.run import in_order
    from mltalks.exchange.network.link_check import check_links  # ssl: 15 ms

    links = addresses(found.sessions)
    console.say("checking {count} links", count=len(links))
    verdicts = dict(check_links(links, user_agent=f"mltalks/{mltalks.__version__}"))
    return in_order([*answered(found.sessions, verdicts), *found.diagnostics])


def _fix(console: Console, diagnostics: "Sequence[Diagnostic]") -> set[str]:
    """Make the mechanical fixes, in one change, report them, and return the ids of the changed sessions."""
    from mltalks.analysis.doctor.diagnostic import Edit
    from mltalks.render.views.changes import outcome

    fixes = (fix for one in diagnostics if one.mechanical for fix in one.fixes)
    edits = [fix for fix in fixes if isinstance(fix, Edit) and fix.value is not None]
    fixed: set[str] = set()
    if edits:
        with console.transaction("doctor --fix") as change:
            for edit in edits:
                change.update(edit.session, {edit.field: edit.value})
        fixed.update(*(done.about for done in change.changes))
        console.notices(outcome(one, console.lang) for one in change.outcomes if one.fields)
    if fixed:
        console.say("sessions corrected: {count}; 'mltalks undo' reverts this", count=len(fixed))
    else:
        console.say("nothing was changed: no finding can be fixed without a decision of yours")
    return fixed
