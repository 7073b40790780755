"""The commands about the themes of sessions: explain, classify, accept, reject, decisions, gaps.

Do not infer themes: `taxonomy` does.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mltalks.cli import streams
from mltalks.cli.commands.chosen import OfQuery, chosen
from mltalks.cli.commands.own.changing import DryRun, explained, print_differences
from mltalks.cli.commands.show import SessionId
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import ExitStatus, Query, argument, flag, limit_option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.typed_ids import ids_of
from mltalks.errors import DataError, MltalksError, NotFoundError, UsageError
from mltalks.messages import Listing, excerpt, word

if TYPE_CHECKING:
    from mltalks.dataset.model import Decision
    from mltalks.problems import Problem
    from mltalks.taxonomy.classify_list import Classified
    from mltalks.userdata.layers import Layers

SessionsAndTheme = Annotated[
    list[str] | None,
    argument(
        "[ID]... THEME",
        "Ids of sessions, - for those on standard input; then a theme, by id or label.",
    ),
]
SHOWN_GAPS = 10
MOST_NAMES = 20


@with_console
def explain_command(console: Console, session_id: SessionId) -> Exit:
    """Explain why a session has its themes: who assigned them, or which phrases matched.

    mltalks explain opml19-katib
    mltalks explain opml19-katib --json | jq '.themes[] | .id, .evidence[].term'

    Themes that nearly matched and themes that you rejected are listed too.

    "no word of the field" means that the talk has a term of the theme, but nothing shows that it is about machine learning:
    no "machine learning", "deep learning", "neural network", "model training", "model serving" or "LLM" in its title,
    keywords, track or summary or in the name of its event; model, training or inference alone may be of another field. If it is about machine learning,
    add such a keyword or a summary with 'mltalks edit', or file it with 'mltalks accept'.
    """
    found = console.library.explain(*ids_of(session_id, lambda: console.library.catalogue)[:1])
    from mltalks.analysis.explain_themes import BY_HAND
    from mltalks.render.views.themes import explanation_view

    console.print(explanation_view(found, console.lang))
    if not found.reasons:
        console.say("no theme term occurs in the title, keywords, track or summary")
    elif not found.session.themes:
        nearest = next((one for one in found.reasons if one.lacks), None)
        if nearest is not None and nearest.lacks is not None:
            console.say(
                "no theme: those set by hand are rejected, and {theme} is the nearest by its terms; to file it there: mltalks accept {id} {theme}"
                if nearest.lacks == BY_HAND
                else "no theme: {theme} came nearest, with {lack}; to file it there: mltalks accept {id} {theme}",
                theme=nearest.theme.id,
                lack=word(nearest.lacks, console.lang),
                id=found.session.id,
            )
    return Exit.DONE


@with_console
def classify_command(
    console: Console,
    talks: Annotated[
        list[str] | None,
        argument(
            "[FILE|TITLE]...",
            "Titles, or files with one title per line or in a format that import reads; - reads standard input.",
        ),
    ] = None,
    toml: Annotated[
        bool, flag("--toml", "Print TOML; 'mltalks import FILE --event NAME' adds it to your data.")
    ] = False,
) -> Exit:
    """Assign themes to your own talks, and show the phrases that matched and what came nearest.

    mltalks classify titles.txt
    mltalks classify "Serving LLMs on phones" "A feature store for everyone"
    mltalks classify titles.txt --toml > roadmap.toml
    """
    if toml and (console.options.as_json or console.options.form):
        raise UsageError(
            "--toml and {option} cannot be combined",
            option="--json" if console.options.as_json else f"-o {console.options.form}",
        )
    given = talks or ["-"]
    if "-" in given and sys.stdin is not None and sys.stdin.isatty():
        console.say("reading titles from the terminal; press Ctrl-D to finish")
    from mltalks.render.views.themes import CLASSIFIED, classified_text
    from mltalks.taxonomy.classify_list import classified

    catalogue = console.library.catalogue
    if len(given) == 1 and catalogue.index.sessions.doc(given[0]) is not None:
        template = '"{id}" is the id of a session, not a title; to see its themes: mltalks explain {id}'
        raise UsageError(template, id=given[0])
    streams.end_waiting()  # the titles may be typed
    problems: list[Problem] = []
    found = classified(catalogue.classifier, _records(console, given, problems))
    form = "toml" if toml else console.form
    if form in ("plain", "jsonl", "json", "toml") and not console.fields:
        _stream(found, form, partial(classified_text, lang=console.lang))
    else:
        console.print(CLASSIFIED.view(found, catalogue=catalogue))
    for problem in problems:
        streams.write_message(f"mltalks: {problem.text(console.lang)}")
    return Exit.DATA if any(problem.severity == "error" for problem in problems) else Exit.DONE


def _records(console: Console, given: list[str], problems: "list[Problem]") -> Iterator[Mapping[str, Any]]:
    """Yield the talks of files and of titles; single words are one title."""
    from mltalks.exchange.source_opener import names_source

    if not any(names_source(text) or " " in text or not text.isascii() for text in given):
        given = [" ".join(given)]
    for text in given:
        if names_source(text):
            yield from _talks_of(console, text, problems)
        else:
            yield {"title": text}


def _talks_of(console: Console, file: str, problems: "list[Problem]") -> Iterator[Mapping[str, Any]]:
    """Yield the talks of a file, or of standard input for "-", and add those that cannot be read to `problems`.

    Raises DataError: nothing can be read.
    """
    from mltalks.exchange.intake.author_rows import AuthorRows
    from mltalks.exchange.readers.source import Draft
    from mltalks.exchange.source_opener import open_source, read_source

    rows = AuthorRows()
    with ExitStack() as opened:
        unread: dict[str, None] = {}
        source = open_source(file, opened)._replace(titles=True, unread=unread, undecided=True)
        if source.opened is None:
            raise source.failure(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
        progress = None if file == "-" else opened.enter_context(console.progress("mltalks classify"))
        empty = True
        try:
            for one in read_source(source, None, lambda error: console.notices([error.message]), progress):
                if isinstance(one, Draft):
                    empty = False
                    record = {"event": one.event.get("id") or one.event.get("name"), **one.fields}
                    if rows.joins(one, record):
                        continue
                    yield record
                else:
                    problems.append(one)
        except DataError as error:
            if empty:
                raise
            problems += error.problems
        if unread:
            console.say("{path}: not used: {names}", path=file, names=Listing([*unread][:MOST_NAMES]))


def _stream(found: "Iterable[Classified]", form: str, text: "Callable[[Classified, str], str]") -> None:
    """Write each record as soon as it is classified, to save memory."""
    from mltalks.text.formats.json_text import array

    pieces = (text(one, form) for one in found)
    for piece in array(pieces) if form == "json" else pieces:
        streams.write(piece)


@with_console
def accept_command(
    console: Console,
    sessions_and_theme: SessionsAndTheme = None,
    of_query: OfQuery = None,
    dry_run: DryRun = False,
) -> Exit:
    """Assign a theme to sessions. Your decision is saved in your data and overrides all others.

    mltalks accept opml19-katib workflow-orchestration
    mltalks accept --query 'title:"feature store"' feature-management
    """
    return _decide(console, sessions_and_theme, of_query, "accept", dry_run=dry_run)


@with_console
def reject_command(
    console: Console,
    sessions_and_theme: SessionsAndTheme = None,
    of_query: OfQuery = None,
    dry_run: DryRun = False,
) -> Exit:
    """Exclude sessions from a theme. Your decision is saved in your data and overrides all others.

    mltalks reject opml19-katib architecture-search
    mltalks reject mlsys26-helios llm-gateways

    A broad theme is excluded with all narrower ones, except those that you accepted.
    """
    return _decide(console, sessions_and_theme, of_query, "reject", dry_run=dry_run)


def _decide(
    console: Console,
    words: "Sequence[str] | None",
    query: str | None,
    verdict: Literal["accept", "reject"],
    *,
    dry_run: bool,
) -> Exit:
    """Add decisions to the user data; they override those before them on the same session and theme."""
    if not words:
        raise UsageError("give a theme after the ids of the sessions")
    *before, name = words
    _refuse_themes(console, before, verdict, name)
    picked = chosen(console, before, query, only=True)
    from mltalks.taxonomy.decided import outcome
    from mltalks.userdata.annotations import decide

    with console.transaction(verdict, dry_run=dry_run) as change:
        catalogue = console.library.catalogue
        theme = _theme_named(console, change.known, name)
        docs = [doc for one in picked.ids if (doc := catalogue.index.sessions.doc(one)) is not None]
        themes = {one.id: one.themes for one in map(catalogue.session, docs)}
        earlier, broader = catalogue.decisions, catalogue.theme_parents
        try:
            decisions = decide(change, picked.ids, theme, verdict)
        except NotFoundError as error:
            raise explained(console, error, several=len(picked.ids) > 1) from None
    if dry_run:
        print_differences(change)
        return Exit.DONE
    _print_decisions(console, decisions, several=picked.several)

    def label(theme: str) -> str:
        known = catalogue.themes.get(theme) if console.lang == "ja" else None
        return known.label("ja") if known else theme

    console.notices(outcome(one, themes.get(one.session, ()), earlier, broader, label) for one in decisions)
    return Exit.DONE


def _refuse_themes(console: Console, words: "Sequence[str]", verdict: str, last: str) -> None:
    """Raise a UsageError if a theme is given among the ids."""
    known = console.records.ids("sessions")
    for typed in words:
        if typed not in known and typed in console.library.catalogue.themes:
            ids = " ".join(one for one in [*words, last] if one in known) or "ID"
            if last in known:
                template = "the theme comes last: mltalks {command} {ids} {word}"
                raise UsageError(template, command=verdict, ids=excerpt(ids), word=typed)
            template = '"{word}" is a theme, and one theme is given at a time: mltalks {command} {ids} {word}, then mltalks {command} {ids} {last}'
            raise UsageError(template, word=typed, command=verdict, ids=excerpt(ids), last=excerpt(last))


def _theme_named(console: Console, known: "Layers", name: str) -> str:
    """Return the id of a theme by one of its names.

    Raises NotFoundError: there is none; the error holds the themes of which it is a term, or the nearest.
    """
    from mltalks.search.other_names import read_name, themes_with_term

    try:
        return _themes(console, known).resolve("themes", name)
    except NotFoundError as error:
        catalogue = console.library.catalogue
        named = catalogue.names("theme").resolve(name)
        if named.how != "typo" and len(named.values) > 1 and console.options.themes is None:
            names = catalogue.japanese("theme", named.values)
            raise NotFoundError.several("theme", name, named.values, names) from None
        terms = tuple(themes_with_term(catalogue, name))
        error.nearest = terms or error.nearest or read_name(catalogue, "theme", name).values
        error.japanese = catalogue.japanese("theme", error.nearest)
        raise


def _themes(console: Console, known: "Layers") -> "Layers":
    """Return the data with the themes whose names may be typed: all data, or the tree of `--themes`."""
    if console.options.themes is None:
        return known
    from mltalks.taxonomy.load import load_tree
    from mltalks.userdata.layers import Layers
    from mltalks.userdata.record_file import RecordFile

    themes = [
        {"id": one.id, "label": {"en": one.label_en, "ja": one.label_ja}, "aliases": list(one.aliases)}
        for one in load_tree(console.options.themes)
    ]
    return Layers({console.options.themes: RecordFile({"themes": themes})}, {}, {})


def _print_decisions(console: Console, decisions: "Sequence[Decision]", *, several: bool = False) -> None:
    if console.form in ("json", "jsonl"):
        from mltalks.render.views.themes import DECISION

        console.print(DECISION._replace(single=not several).view(decisions))


@with_console
def decisions_command(
    console: Console,
    undo: Annotated[bool, flag("--undo", "Undo the last decision.")] = False,
    limit: Annotated[int | None, limit_option("all")] = None,
    exit_status: ExitStatus = False,
) -> Exit:
    """List your theme decisions, oldest first, or undo the last one.

    mltalks decisions
    mltalks decisions --undo
    """
    if undo:
        return _undo(console)
    from mltalks.render.views.themes import decisions_view

    catalogue = console.library.catalogue
    shown = console.limit(limit)
    console.print(decisions_view(catalogue.decisions[:shown], catalogue))
    if not catalogue.decisions:
        console.say("no decisions yet; make one with 'mltalks accept' or 'mltalks reject'")
    return Exit.FAILURE if exit_status and not catalogue.decisions else Exit.DONE


def _undo(console: Console) -> Exit:
    """Undo the newest `accept` or `reject` of the journal; `mltalks undo` undoes the newest change of any command."""
    from mltalks.dataset.model import Decision
    from mltalks.render.views.changes import named

    found = console.store.undo(("accept", "reject"))
    if not found:
        raise MltalksError("no decision to undo")
    change, _ = found[0]
    verdict, *_, theme = change.command.split(" ")
    console.say("undone: {change}", change=named(change))
    made = [
        Decision(one, theme, "accept" if verdict == "accept" else "reject", change.time[:10])
        for one in change.about
    ]
    _print_decisions(console, made, several=len(made) > 1)
    return Exit.DONE


@with_console
def gaps_command(
    console: Console, query: Query = None, limit: Annotated[int | None, limit_option("10")] = None
) -> Exit:
    """Show gaps in the theme tree for the sessions of a query.

    mltalks gaps
    mltalks gaps series:MLSys year:2025.. -n 20 --json

    Lists sessions without a theme or with only a broad one, frequent phrases that are not a term of any theme, and
    themes that are too big, nearly empty or too similar. Curated themes are ignored: every session is filed by inference.
    """
    found = console.library.gaps(query or "")
    from mltalks.render.views.themes import gaps_view

    console.notices(found.notices)
    view = gaps_view(found.gaps, console.limit(limit, SHOWN_GAPS, SHOWN_GAPS))
    console.print(view._replace(catalogue=console.library.catalogue))
    if not found.sessions or not view.records:
        console.say("nothing found")
    return Exit.DONE
