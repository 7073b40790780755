"""The commands that compare counts: committee, trend, compare."""

import shlex
from typing import TYPE_CHECKING, Annotated

from mltalks.cli.commands.count import OF_FACET, OF_VALUES
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, argument, flag, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_ids import NOTHING
from mltalks.cli.typed_names import with_whole_name
from mltalks.messages import Listed, Listing, excerpt

if TYPE_CHECKING:
    from mltalks.analysis.committee import Committee, EventCommittee
    from mltalks.analysis.trend import Trend

SHOWN = 30
SHOWN_OF_FACET = 10


@with_console
def committee_command(
    console: Console,
    events: Annotated[
        list[str] | None,
        argument("[EVENT]...", "Events, by id or name; default: all events whose committee is known."),
    ] = None,
    people: Annotated[bool, flag("--people", "List the members, not the organizations.")] = False,
    limit: Annotated[int | None, limit_option("30 on a terminal, otherwise all")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """Count the members of committees by organization.

    mltalks committee opml20
    mltalks committee opml19 opml20 --people

    A member with two roles counts as two seats and one member; a member with two organizations is counted under both, and one of a
    unit under the unit and under the organization that it is of, as 'mltalks companies' counts talks.
    Shares are shares of all seats. If a committee is known only as a tally (numbers of seats by organization), or if
    its list of names is incomplete and there is a tally, the tally is used, and messages name its source. Names of one role
    (Program Committee, Programme committee member, PC member) are counted as one, under the name of most members.
    """
    found = console.library.committee(events or ())
    from mltalks.render.views.comparisons import MEMBERS, committee_view

    console.notices(found.notices)
    total = len(found.people if people else found.organizations)
    shown = console.limit(limit, SHOWN)
    console.print(
        MEMBERS.view(found.people[:shown], catalogue=console.library.catalogue)
        if people
        else committee_view(found, shown)
    )
    if shown is not None and shown < total:
        template = "{shown} of {count} roles; --limit 0 shows all" if people else OF_FACET["company"]
        console.say(template, shown=shown, count=total)
    _report_committee(console, found)
    return Exit.FAILURE if exit_status and not found.seats else Exit.DONE


def _report_committee(console: Console, found: "Committee") -> None:
    """Report the counts of seats and members, and how complete each committee is."""
    _report_counts(console, found)
    unknown = []
    for one in found.events:
        event = one.event
        if one.seats_from == "tally":
            _report_tallies(console, one)
        elif not one.seats:
            console.say("the committee of {event} is not known", event=event.name)
        elif one.only_editors:
            console.say(
                "only the editors of the proceedings of {event} are known, no committee", event=event.name
            )
        elif event.committee_coverage == "complete":
            console.say("all members of the committee of {event} are known", event=event.name)
        elif event.committee_coverage == "partial" and (note := event.text("committee_note", console.lang)):
            console.say(
                "not all members of the committee of {event} are known: {note}", event=event.name, note=note
            )
        elif event.committee_coverage == "partial":
            console.say("not all members of the committee of {event} are known", event=event.name)
        else:
            unknown.append(event.name)
    if unknown:
        console.say("the list of members may be incomplete: {events}", events=Listing(unknown))


def _report_counts(console: Console, found: "Committee") -> None:
    """Report the counts of seats and members known by name; with tallies, which events are counted from what."""
    if not found.events:
        console.say("nothing found")
    named = [one for one in found.events if one.seats_from == "names"]
    tallied = [one for one in found.events if one.seats_from == "tally"]
    if named:
        seats = sum(one.seats for one in named)
        console.say("{members} members with {seats} roles (seats)", seats=seats, members=found.members)
    if named and tallied:
        names, tallies = (Listing(one.event.name for one in some) for some in (named, tallied))
        console.say(
            "counted from names: {named}; taken from tallies: {tallied}", named=names, tallied=tallies
        )


def _report_tallies(console: Console, one: "EventCommittee") -> None:
    """Report that the seats of an event are known as counts only, and where these come from."""
    from mltalks.render.output import tally_message

    console.say(
        "{event}: {seats} seats, taken from a tally by organization, not counted from names; members known by name: {names} (see --people)"
        if one.names
        else "{event}: {seats} seats, taken from a tally by organization, not counted from names; no member is known by name",
        event=one.event.name,
        seats=one.seats,
        names=one.names,
    )
    console.notices(tally_message(tally._asdict(), console.lang) for tally in one.tallies)


@with_console
def trend_command(
    console: Console,
    what: Annotated[
        str,
        argument(
            "WHAT",
            "A facet (theme, company, keyword, kind…), or one theme, company, keyword or query to follow.",
        ),
    ],
    query: Query = None,
    limit: Annotated[int | None, limit_option("30 on a terminal, otherwise all")] = None,
    fewest: Annotated[
        int,
        option(
            "--min", "Test only values with at least N tested sessions. Default: 5.", metavar="N", least=1
        ),
    ] = 5,
    absolute: Annotated[
        bool, flag("--absolute", "Print numbers of sessions instead of shares of the year's sessions.")
    ] = False,
    all_years: Annotated[bool, flag("--all-years", "Also test years with too little data.")] = False,
    exit_status: ExitStatus = False,
) -> Exit:
    """Show which themes, companies or other values are new, rising, fading or gone over the years.

    mltalks trend theme series:MLSys
    mltalks trend llm-inference
    mltalks trend company:google --absolute
    mltalks trend '"KV cache"'

    A name of a keyword alone stands for the talks that list it; in quotes or brackets, a text stands for all talks that say it.

    The share of each value in each year's sessions is tested for a trend (Cochran-Armitage): with the exact conditional
    distribution (Agresti 1992) if at most 50 of the tested sessions have the value, or at most 50 lack it, else with the normal approximation;
    json and csv say which, in "test". The results are adjusted for
    multiple tests (Benjamini-Hochberg, false discovery rate 5 %). One value or query is tested alone, and not adjusted for
    choosing it among many; to adjust for that, ask for its facet. Only events whose sessions are completely or
    nearly completely known are tested, and years in which at least 4 of 5 of these sessions have a value of the facet (of all facets that a query filters by), and
    which have at least one of them for every four of other events; journals and collections such as arXiv do not count for this.

    "rising" and "fading" are changes that the test shows; "new" is rising with no session in the tested years before the
    last, "gone" is fading with none in the last. "steady" means that the share has, by the test, not doubled or halved over
    the years tested; "not shown" means that the test shows neither this nor a change. "few" has fewer than --min sessions that can be
    tested; "unjudged" means that fewer than two years can be tested.

    The share of a tested year is that among the sessions that are tested; it is empty if the value has sessions in that
    year, none of which is tested. The share of another year is that among all of its known sessions, and may be far off. The
    column "sessions" and --absolute count all known sessions, tested or not. The sparkline draws the tested years only, with a
    dot for each other year and each empty share.
    """
    what, *query = _followed(console, [what, *(query or [])])
    what = (console.typed_ids.query([what]) or [what])[0]
    if what == NOTHING:
        console.say("nothing found")
        return Exit.FAILURE if exit_status else Exit.DONE
    found = console.library.trend(what, query, fewest=fewest, all_years=all_years)
    from mltalks.analysis.facets import of_texts
    from mltalks.render.views.comparisons import trend_view

    shown = console.limit(limit, SHOWN)
    console.notices((*found.notices, *of_texts([what], console.languages)))
    console.print(trend_view(console.library.catalogue, found, shown, console.lang, absolute=absolute))
    total = len(found.values)
    if not total:
        console.say("nothing found")
        return Exit.FAILURE if exit_status else Exit.DONE
    if shown is not None and shown < total:
        console.say(OF_FACET.get(found.facet, OF_VALUES), shown=shown, count=total)
    if absolute and any(one.change in ("rising", "fading") for one in found.values[:shown]):
        console.say("what rises or fades is the share of the year's sessions, not the number")
    _report_years(console, found, absolute=absolute, all_years=all_years)
    console.incomplete(found.incomplete)
    return Exit.DONE


def _followed(console: Console, typed: list[str]) -> list[str]:
    """Return what to follow and the query, of which a name of several words is one; a name after its facet has a notice."""
    from mltalks.analysis.facets import facet_named, is_facet
    from mltalks.analysis.trend import NAMED
    from mltalks.search.query.nodes import Filter

    what, *query = typed
    facets = [facet for facet in NAMED if with_whole_name(console, facet, typed, notice=False) != typed]
    if facets and not is_facet(what):
        return with_whole_name(console, facets[0], typed)
    facet = facet_named(what) if is_facet(what) else ""
    names = console.library.catalogue.names(facet) if facet in NAMED else None
    if names and query and names.is_whole(query):
        words = " ".join(query)
        template = '"{words}" is searched as text; to follow it, write: mltalks trend {filter}'
        console.say(template, words=excerpt(words), filter=shlex.quote(str(Filter(facet, (words,)))))
    return typed


def _report_years(console: Console, found: "Trend", *, absolute: bool, all_years: bool) -> None:
    """Report which years are tested, and why others are not."""
    judged, unknown, sparse = _years(found)
    if judged.count(",") < 1:
        console.say(
            "fewer than two years have enough data to test"
            if all_years
            else "fewer than two years have enough data to test; --all-years tests all years"
        )
    else:
        console.say("years tested: {years}", years=judged)
    if any(year.judged and year.tested < year.sessions for year in found.years):
        console.say(
            "of these, only events that are complete, or nearly, are tested"
            if absolute
            else "of these, only events that are complete, or nearly, are tested, and the shares are those among their sessions"
        )
    if unknown:
        console.say(
            "years not tested, because sessions of their events may be missing: {years}", years=unknown
        )
    if sparse:
        console.say(
            "years not tested, because too few sessions have a known {what}: {years}",
            what=Listed(found.known),
            years=sparse,
        )


def _years(found: "Trend") -> tuple[str, str, str]:
    """Return the years that are tested, those with incomplete events, and those with too few known values."""
    judged = [year for year in found.years if year.judged]
    others = [year for year in found.years if year.sessions and not year.judged]
    kinds = (judged, [y for y in others if not y.tested], [y for y in others if y.tested])
    judged_text, unknown, sparse = (", ".join(str(year.year) for year in years) for years in kinds)
    return judged_text, unknown, sparse


@with_console
def compare_command(
    console: Console,
    a: Annotated[
        str,
        argument(
            "A", "An event, series, company or theme, or a query in quotes; - reads ids from standard input."
        ),
    ],
    b: Annotated[str, argument("B", "What to compare it with.")],
    query: Query = None,
    limit: Annotated[int | None, limit_option("10 of each facet on a terminal, otherwise all")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """Compare two events, companies, themes or queries: what both have, what only one has, what one has more of.

    mltalks compare opml19 opml20
    mltalks compare 'company:google year:2024..' microsoft

    The difference between A and B is measured by the z-score of the log-odds ratio with an informative Dirichlet prior
    (Monroe, Colaresi and Quinn 2008). The column "over" names the side in which a value is unusually frequent: |z|
    is at least 2.58, and at least three sessions of that side have the value, not counting sessions that are in both.
    Keywords and companies are tested among the sessions that have any; if fewer than 4 of 5 sessions of a side have one,
    they are not tested, and a message says so. Unlike trend, incomplete events are tested, too; a message has the number of
    their sessions, because a difference may come from missing sessions alone. What a side is, such as a company or several, and its units or narrower themes are left out.
    Of each facet, the values in which a side is unusual come first, then those with the largest |z|; where nothing is tested, those with most sessions.
    --limit N prints the first N values of each facet.
    """
    a, b = ((console.typed_ids.query([side]) or [side])[0] for side in (a, b))
    if NOTHING in (a, b):
        console.say("nothing found")
        return Exit.FAILURE if exit_status else Exit.DONE
    found = console.library.compare(a, b, query or "")
    from mltalks.render.views.comparisons import comparison_view, readable_comparison, side_name

    shown = console.limit(limit, SHOWN_OF_FACET)
    catalogue, lang = console.library.catalogue, console.lang
    view = comparison_view(catalogue, found, shown, lang)
    console.notices(found.notices)
    is_read = console.form == "md" and not console.fields
    console.print(readable_comparison(view, lang) if is_read else view)
    console.say(
        "A: {a}, {in_a} sessions; B: {b}, {in_b} sessions; {both} in both",
        a=excerpt(side_name(catalogue, found.a, lang)),
        in_a=found.a.sessions,
        b=excerpt(side_name(catalogue, found.b, lang)),
        in_b=found.b.sessions,
        both=found.both,
    )
    for one in found.facets:
        if not one.judged:
            console.say(
                "{what} is not tested, because too few sessions have a known one: {a} of {in_a} in A, {b} of {in_b} in B",
                what=one.facet,
                a=one.a,
                in_a=found.a.sessions,
                b=one.b,
                in_b=found.b.sessions,
            )
    if found.query:
        console.say("only sessions that match {query} are compared", query=f'"{excerpt(found.query)}"')
    total = len(found.values)
    if not total:
        console.say("nothing found")
    elif len(view.records) < total:
        console.say(OF_VALUES, shown=len(view.records), count=total)
    console.incomplete(found.incomplete)
    return Exit.FAILURE if exit_status and not total else Exit.DONE
