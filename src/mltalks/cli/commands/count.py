"""The commands that count sessions: by theme, company, keyword, speaker and event."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated, Literal

from mltalks.cli.console import LISTED_ON_TERMINAL, Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, Reverse, argument, flag, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_names import with_whole_name
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from mltalks.analysis.facets import CountOrder, FacetCounts

SHOWN_ON_TERMINAL = 30
SORT_COUNTS = option(
    "--sort",
    "Order: sessions (the most first), name (from A to Z), first or last (by the first or the last year, the newest first).",
    metavar="ORDER",
)
OF_VALUES = "{shown} of {count} values; --limit 0 shows all"
OF_FACET = {
    "theme": "{shown} of {count} themes; --limit 0 shows all",
    "company": "{shown} of {count} organizations; --limit 0 shows all",
    "keyword": "{shown} of {count} keywords; --limit 0 shows all",
    "speaker": "{shown} of {count} speakers; --limit 0 shows all",
    "event": "{shown} of {count} events; --limit 0 shows all",
}


@with_console
def themes_command(
    console: Console,
    query: Annotated[
        list[str] | None, argument("[THEME] [QUERY]...", "A theme to show, a query to count over, or both.")
    ] = None,
    limit: Annotated[
        int | None, limit_option("all; of the sessions of one theme, 1,000 on a terminal")
    ] = None,
    coverage: Annotated[
        bool, flag("--coverage", "Count the sessions whose themes are curated, inferred or decided by you.")
    ] = False,
    sort: Annotated[
        Literal["tree", "sessions", "name"] | None,
        option("--sort", "Order: tree, sessions (the most first) or name (from A to Z).", metavar="ORDER"),
    ] = None,
    reverse: Reverse = False,
    count: Annotated[bool, flag("--count", "Print only how many there are.")] = False,
    exit_status: ExitStatus = False,
) -> Exit:
    """Show the theme tree with its counts, or one theme with its sessions.

    mltalks themes company:google year:2019..2021
    mltalks themes serving-latency
    mltalks themes --coverage

    The count of a theme includes the sessions of its narrower themes; each session counts once. The sessions of one theme
    come the newest first.

    With --coverage, a session is inferred as long as one of its themes is; it is decided by you if you accepted or rejected
    a theme and no theme that is left is inferred. A session without a theme is none of these.
    """
    if coverage:
        return _print_coverage(console, query)
    theme, rest = _theme_and_query(console, query or [])
    if theme is not None:
        if sort:
            raise UsageError(
                '--sort orders the tree; to order the sessions of one theme: mltalks by-theme "{theme}" --sort ORDER',
                theme=excerpt(theme),
            )
        return _print_theme(
            console, theme, rest, limit, reverse=reverse, count=count, exit_status=exit_status
        )
    tree = console.library.themes(rest, sort or "tree", lang=console.lang, reverse=reverse)
    from mltalks.render.views.facets import themes_view

    shown = console.limit(limit)
    console.notices(tree.notices)
    if count:
        total = sum(one.sessions > 0 for one in tree.themes)
        return console.number(total, tree.incomplete, exit_status=exit_status)
    if rest and console.form == "table":  # of all themes, a query finds a few
        tree = tree._replace(themes=tuple(one for one in tree.themes if one.sessions))
    console.print(themes_view(tree, shown, console.lang))
    if not tree.sessions:
        return console.counted(0, 0, exit_status=exit_status)
    if shown is not None and shown < len(tree.themes):
        console.say("{shown} of {count} themes; --limit 0 shows all", shown=shown, count=len(tree.themes))
    console.say("{filed} of {count} sessions have a theme", filed=tree.filed, count=tree.sessions)
    console.incomplete(tree.incomplete)
    return Exit.DONE


def _print_coverage(console: Console, query: list[str] | None) -> Exit:
    from mltalks.render.views.facets import coverage_view

    counts = console.library.facet("filing", query or "")
    console.notices(counts.notices)
    console.print(coverage_view(counts))
    return Exit.DONE


def _theme_and_query(console: Console, words: list[str]) -> tuple[str | None, list[str]]:
    """Return the theme and the query: a theme is a first word that names one exactly, or a single bare word.

    Raises NotFoundError: a single bare word is a part of several themes, or it is none, and looks like one or finds no talk either.
    """
    from mltalks.search.other_names import meant_instead
    from mltalks.search.query.nodes import Text
    from mltalks.search.query.parser import parse

    if not words:
        return None, []
    words = with_whole_name(console, "theme", words)
    first = console.library.catalogue.names("theme").resolve(words[0])
    if first.values and first.how == "exact":
        return words[0], console.typed_ids.query(words[1:]) or []
    if len(words) == 1 and not words[0].startswith("(") and isinstance(parse(words), Text):
        if first.how != "typo" and len(first.values) > 1:
            names = console.library.catalogue.japanese("theme", first.values)
            raise NotFoundError.several("theme", words[0], first.values, names)
        try:
            console.library.theme_id(words[0])
        except NotFoundError as error:
            typo = error.nearest and not meant_instead(console.library.catalogue, "theme", words[0])
            if typo or not console.library.list(words, limit=0).total:
                raise
            console.say(
                'no theme "{name}"; these are the themes of the talks that say it', name=excerpt(words[0])
            )
            return None, words
        return words[0], []
    return None, console.typed_ids.query(words) or []


def _print_theme(
    console: Console,
    theme: str,
    query: list[str],
    limit: int | None,
    *,
    reverse: bool,
    count: bool,
    exit_status: bool,
) -> Exit:
    detail = console.library.theme(theme, query, reverse=reverse)
    from mltalks.render.views.facets import theme_view

    console.notices(detail.notices)
    if count:
        return console.number(len(detail.sessions), detail.incomplete, exit_status=exit_status)
    shown = console.limit(limit, LISTED_ON_TERMINAL)
    console.print(theme_view(console.library.catalogue, detail, shown))
    total = len(detail.sessions)
    about = detail.theme.definition_ja if console.lang == "ja" else None
    about = about or detail.theme.definition
    if not total and about and console.form == "plain":
        console.say("{id}: {message}", id=detail.theme.id, message=about)
    code = console.counted(min(total, shown or total), total, exit_status=exit_status)
    console.incomplete(detail.incomplete)
    return code


def _counts_of(facet: str, about: str, order: "CountOrder" = "sessions") -> Callable[..., Exit]:
    """Return the command that counts sessions by a facet; `order` is its default."""

    @with_console
    def command(
        console: Console,
        query: Query = None,
        limit: Annotated[int | None, limit_option("30 on a terminal, otherwise all")] = None,
        sort: Annotated[Literal["sessions", "name", "first", "last"], SORT_COUNTS] = order,
        reverse: Reverse = False,
        count: Annotated[bool, flag("--count", "Print only how many there are.")] = False,
        exit_status: ExitStatus = False,
    ) -> Exit:
        counts = console.library.facet(facet, query or "", sort, lang=console.lang, reverse=reverse)
        if count:
            console.notices(counts.notices)
            incomplete = counts.incomplete if facet != "event" else ()
            return console.number(len(counts.values), incomplete, exit_status=exit_status)
        shown = console.limit(limit, SHOWN_ON_TERMINAL)
        catalogue, lang = console.library.catalogue, console.lang
        if facet == "event":
            from mltalks.render.views.events import events_view

            view = events_view(catalogue, counts, shown, lang)
        else:
            from mltalks.render.views.facets import facet_view

            companies = console.form == "table" or bool(console.fields)
            nested = facet == "company" and console.form == "table" and sort == "sessions" and not reverse
            view = facet_view(catalogue, counts, shown, lang, companies=companies, nested=nested)
        console.notices(counts.notices)
        console.print(view)
        total = len(counts.values)
        if not total:
            console.say("nothing found")
        elif shown is not None and shown < total:
            console.say(OF_FACET[facet], shown=shown, count=total)
        if facet == "speaker":
            report_alike(console, counts, [str(one["value"]) for one in view.records])
        if facet != "event":  # the coverage of each is in the table
            console.incomplete(counts.incomplete)
        return Exit.FAILURE if exit_status and not total else Exit.DONE

    command.__doc__ = about
    return command


def report_alike(console: Console, counts: "FacetCounts", shown: Collection[str]) -> None:
    """Report that two names of speakers look like those of one person, if both are shown or would be together."""
    from mltalks.analysis.alike_speakers import alike_speakers

    by_name = {one.value: one.sessions for one in counts.values}
    if pair := alike_speakers(console.library.catalogue, by_name, shown):
        template = "some names may be of one person, such as {first} and {second}; to list them: mltalks doctor --all"
        console.say(template, first=pair[0], second=pair[1])


companies_command = _counts_of(
    "company",
    """Count sessions by company, university and lab.

    mltalks companies
    mltalks companies theme:pipelines year:2020.. --sort first

    A unit is also counted under its parent: Microsoft Research under Microsoft. -n N prints the N with the most sessions, in
    every format; a table has a unit below its parent, if it is one of them.
    """,
)
keywords_command = _counts_of(
    "keyword",
    """Count sessions by keyword.

    mltalks keywords event:mlsys25
    mltalks keywords company:nvidia -n 10
    """,
)
speakers_command = _counts_of(
    "speaker",
    """Count sessions by speaker.

    mltalks speakers theme:compilers
    mltalks speakers company:cmu --json

    All speakers of the sessions that a query finds are counted, so company:NAME also counts those of other organizations who
    spoke beside them. A table names the organizations of each speaker; elsewhere, --fields value,companies does. A message
    names two names that may be of one person, if both are printed or would be with the sessions of both, and the command that
    lists all.
    """,
)
events_command = _counts_of(
    "event",
    """Count sessions by event, the newest event first, with date, place and coverage.

    mltalks events
    mltalks events federated learning --sort sessions
    """,
    order="last",
)
