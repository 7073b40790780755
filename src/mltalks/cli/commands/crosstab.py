"""The command that counts sessions by two facets at once."""

from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Literal

from mltalks.cli import streams
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, argument, flag, limit_option, option
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.messages import Listed, Listing, word

if TYPE_CHECKING:
    from mltalks.analysis.crosstab import CrossTab, Percent
    from mltalks.render.views.crosstab import Shown

SHOWN_ON_TERMINAL = 30
MOST_CELLS = 10_000_000  # of a wide table off a terminal
MOST_COLUMNS = 60  # on a terminal: no more fit

MOST_NAMED = 12  # rows or columns whose percentages may be too low, in a message
NAMED = 5  # columns that do not fit, in a message
TOP = "Keep the N values of each facet with the most sessions that also have a value of the other; years are always kept."
# What the numbers of a heat map are.
UNITS = {
    "row": "numbers are percentages of the sessions of each row",
    "column": "numbers are percentages of the sessions of each column",
    "all": "numbers are percentages of all {count} sessions",
    "one": "1 session",
    "each": "{count} sessions; a session with several values is counted once for each",
}
MIN = "Keep rows and columns with at least N sessions; years are always kept."


@with_console
def crosstab_command(
    console: Console,
    rows: Annotated[str, argument("ROWS", "Facet of the rows, for example company or theme.")],
    columns: Annotated[str, argument("COLUMNS", "Facet of the columns.")],
    query: Query = None,
    percent: Annotated[
        Literal["row", "column", "all"] | None,
        option(
            "--percent",
            "Print percentages of the sessions of the row, of the column or of all, instead of counts.",
        ),
    ] = None,
    totals: Annotated[
        bool, flag("--totals", "Add totals of rows and columns; each session counts once.")
    ] = False,
    top: Annotated[int | None, option("--top", TOP, metavar="N", least=1)] = None,
    least: Annotated[int, option("--min", MIN, metavar="N", least=0)] = 0,
    by: Annotated[Literal["year"] | None, option("--by", "Print one table per year.")] = None,
    listed: Annotated[bool, flag("--list", "List the sessions of each cell, one per line.")] = False,
    labels: Annotated[
        bool, flag("--labels", "With csv and tsv: write the names of themes and events, not their ids.")
    ] = False,
    limit: Annotated[int | None, limit_option("30 on a terminal, otherwise all")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """Count sessions by two facets at once: a row for each value of one, a column for each of the other.

    mltalks crosstab company theme series:MLSys year:2024..2026 --top 10
    mltalks crosstab theme year --percent column --totals
    mltalks crosstab keyword keyword event:opml19 --min 3 --list

    --percent divides by all sessions of the row, of the column or of the query, also by those without a known company or
    keyword; a message names the rows or columns of whose sessions fewer than 4 of 5 have one, and of counts the years, events
    and series. has:organization or has:keyword in the query leaves the others out.

    A session with two themes is counted under both. Totals count each session once, even if it has no value of the
    other facet, so rows and columns may not add up to the totals. A theme includes its narrower themes, and a company
    includes its units; use the facet theme/own or company/own to leave these out, and theme/broad for the broadest
    themes alone. JSON lists the cells with the ids of their sessions. A year in which the query finds nothing has zeros if
    it is between two others, the data have sessions of it, and the query does not exclude it.
    """
    from mltalks.analysis.crosstab import Cut
    from mltalks.analysis.facets import of_texts
    from mltalks.cli.commands.count import report_alike
    from mltalks.render.views.crosstab import Shown

    if labels and (listed or console.form not in ("csv", "tsv")):
        raise UsageError("--labels is for csv and tsv; a table and -o md have names, and -o json has ids")
    drawn = console.form == "table" and not listed
    percent = None if listed and console.form not in ("json", "jsonl", "ids") else percent
    cut = Cut(
        top, least,
        None if listed else console.limit(limit, SHOWN_ON_TERMINAL),
        MOST_COLUMNS if drawn and not console.fields else None,
    )  # fmt: skip
    table = console.library.crosstab(
        rows, columns, query or "", cut,
        by_year=by is not None, with_ids=listed or console.form in ("json", "jsonl", "ids"),
        percent=percent,
    )  # fmt: skip
    console.notices((*table.notices, *of_texts((rows, columns), console.languages)))
    if listed and console.form not in ("json", "jsonl", "ids"):
        _print_listed(console, table, console.limit(limit, SHOWN_ON_TERMINAL))
    else:
        _print(console, table, Shown(percent, totals, labels))
    _report(console, table, percent)
    for facet, values in ((table.rows, table.row_values), (table.columns, table.column_values)):
        if facet == "speaker" and values:
            report_alike(console, console.library.facet("speaker", query or ""), values)
    console.incomplete(table.incomplete)
    return Exit.FAILURE if exit_status and not table.counts else Exit.DONE


def _print(console: Console, table: "CrossTab", shown: "Shown") -> None:
    from mltalks.render.output import View
    from mltalks.render.views import crosstab as render

    if console.form == "table" and not console.fields:
        _draw(console, table, shown)
    elif console.form == "json" and not console.fields:
        console.print(render.whole_view(table, shown.percent))
    elif console.form in ("json", "jsonl"):
        console.print(render.cells_view(table, shown.percent))
    elif console.form == "ids":
        console.print(View(render.LISTED, [{"id": one} for one in _counted(console, table)]))
    else:
        _check_size(table)
        catalogue, lang = console.library.catalogue, console.lang
        if console.form == "md" and not console.fields:  # for readers, as a terminal shows it
            console.print(render.readable_view(catalogue, table, shown, lang))
        elif shown.labels:
            named = partial(render.label, catalogue, lang=lang)
            heading = render.facet_heading(table.rows, lang)
            console.print(render.wide_view(table, shown, named, word(render.TOTAL, lang), heading))
        else:
            console.print(render.wide_view(table, shown))


def _check_size(table: "CrossTab") -> None:
    """Raise UsageError for a table that would take too much memory."""
    size = len(table.row_values) * len(table.column_values) * (len(table.years) or 1)
    if size > MOST_CELLS:
        raise UsageError(
            "{rows} rows and {columns} columns are too many for one table; use --top or --min to keep the largest, or -o jsonl for the cells that have sessions",
            rows=len(table.row_values),
            columns=len(table.column_values),
        )


def _draw(console: Console, table: "CrossTab", shown: "Shown") -> None:
    from mltalks.render.terminal.heatmap import Heat  # rich: 25 ms

    if not table.row_values or not table.column_values:
        return
    width, colour = console.look()
    heat = Heat(console.library.catalogue, table, shown, console.lang, width)
    streams.show(heat.text(colour=colour))
    kept = len(table.column_values) - len(heat.left_out)
    if kept < table.kept[1] and not heat.in_lines:
        more = table.kept[1] - kept > NAMED
        console.say(
            "{shown} of {count} columns fit on the screen, without {names}; -o csv prints all",
            shown=kept,
            count=table.kept[1],
            names=Listing(heat.left_out[:NAMED], more=more),
        )


def _counted(console: Console, table: "CrossTab") -> list[str]:
    """Return the sessions of all cells, each once, in the order of the files."""
    counted = {one for its in table.ids.values() for one in its}
    catalogue = console.library.catalogue
    ids = map(catalogue.ids.__getitem__, catalogue.index.ordered(catalogue.everything))
    return [one for one in ids if one in counted]


def _print_listed(console: Console, table: "CrossTab", limit: int | None) -> None:
    from mltalks.render.views.crosstab import listed_view

    library = console.library
    view = listed_view(table, library.catalogue, cache(library.session), limit)
    console.print(view)
    total = sum(len(its) for _, one in table.parts for its in one.ids.values())
    if len(view.records) < total:
        console.say("{shown} of {count} lines; --limit 0 shows all", shown=len(view.records), count=total)


def _report(console: Console, table: "CrossTab", percent: "Percent | None") -> None:
    """Report what is counted, and what is not shown."""
    from mltalks.analysis.crosstab import wholes_of_counts

    if not table.sessions:
        console.say("nothing found")
        return
    for facet, count in zip((table.rows, table.columns), table.found, strict=True):
        if not count:
            console.say("no session in the result has a {what}", what=facet.partition("/")[0])
            return
    if not table.row_values or not table.column_values:
        console.say("no row or column has that many sessions; lower --min")
    elif len(table.row_values) < table.kept[0]:
        console.say(
            "{shown} of {count} rows; --limit 0 shows all", shown=len(table.row_values), count=table.kept[0]
        )
    _report_few_known(console, table, percent or wholes_of_counts(table.rows, table.columns))
    if console.form == "table":
        unit = UNITS["one" if percent is None and table.sessions == 1 else percent or "each"]
        console.say(unit, count=table.sessions)


def _report_few_known(console: Console, table: "CrossTab", percent: "Percent | None") -> None:
    """Report which numbers may be far too low, since the facet is not known of many sessions."""
    if not table.few_known:
        return
    if percent == "all":
        console.say(
            "numbers may be too low, because too few sessions have a known {what}",
            what=Listed(list(dict.fromkeys(one.partition("/")[0] for one in table.few_known))),
        )
        return
    facet, other = (table.rows, table.columns) if percent == "row" else (table.columns, table.rows)
    catalogue = console.library.catalogue
    names = [
        catalogue.label(facet.partition("/")[0], one, console.lang) for one in table.few_known[:MOST_NAMED]
    ]
    more = len(table.few_known) - len(names)
    console.say(
        "numbers may be too low, because too few sessions have a known {what}: {names}",
        what=other.partition("/")[0],
        names=Listing([*names, f"… (+{more})"] if more else names),
    )
