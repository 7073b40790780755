"""The command that exports sessions to other programs: export.

Does not write any format itself.
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

from mltalks.cli import streams
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import Query, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.cli.usage_errors import PAGE, PAGES
from mltalks.errors import MltalksError, UsageError
from mltalks.exchange.exporters.catalogue_context import context_of
from mltalks.exchange.exporters.registry import ENDINGS, EXPORTERS
from mltalks.messages import FieldName, Listing, Message, excerpt
from mltalks.text.fuzzy import corrections
from mltalks.userdata.atomic_write import save
from mltalks.userdata.change_times import ChangeTimes

Output = Annotated[
    Path | None,
    option(
        "--output",
        "-O",
        "Write to this file. If writing fails, the file is left unchanged. - writes to standard output.",
        metavar="FILE",
    ),
]
Force = Annotated[bool, flag("--force", "Overwrite an existing file.")]
Form = Annotated[
    str | None,
    option(
        "--format",
        "-o",
        "-f",
        "Format; default: by the file's extension, otherwise toml.",
        metavar=f"<{'|'.join(EXPORTERS.built_in)}>",
    ),
]
WithNotes = Annotated[bool, flag("--with-notes", "Include your notes.")]
RoundTrip = Annotated[
    bool,
    flag(
        "--roundtrip",
        "With bibtex, ris and ical: add the fields that only mltalks reads, so that an import restores everything.",
    ),
]
Encoding = Annotated[
    str | None,
    option(
        "--encoding",
        "With csv and tsv: the text encoding, for Excel utf-8-sig (with a byte order mark); default: utf-8.",
        metavar="NAME",
    ),
]
Title = Annotated[
    str | None,
    option(
        "--title",
        "With atom and ical: the title of the feed or calendar; default: the event or series that is exported, else the query.",
        metavar="TEXT",
    ),
]
Mapping = Annotated[
    Path | None, option("--mapping", "With opensearch: write the index mapping to this file.", metavar="FILE")
]

OTHER_KEYS = (
    "citation keys that two sessions of this file have; one of them has another key here: {count} ({names})"
)


@with_console
def export_command(
    console: Console,
    form: Form = None,
    query: Query = None,
    output: Output = None,
    force: Force = False,
    with_notes: WithNotes = False,
    roundtrip: RoundTrip = False,
    mapping: Mapping = None,
    encoding: Encoding = None,
    title: Title = None,
) -> Exit:
    """Export the sessions of a query for other programs, or the theme tree as SKOS with session counts.

    mltalks export tag:survey -O survey.bib
    mltalks export year:2024.. --format sqlite -O talks.db
    mltalks export tag:survey -O survey.csv --encoding utf-8-sig

    Importing toml, json, jsonl, csv or tsv restores the same sessions; in tsv, a line break within a text becomes a
    space. json, csv and tsv have all themes, the inferred ones also in themes_inferred, and the companies under their usual names;
    an import leaves out both. Broader themes, and the organizations that a unit is part of, are not among them, so they count as
    theme/own and company/own do in 'mltalks crosstab'; in sqlite, the tables themes and organizations have these. In csv and tsv,
    families has the family names of speakers that their names do not show. toml has only the themes that somebody has decided on; if one of a session is decided on, also by 'accept', every
    format has all of its themes as decided on, because none is inferred beside it. Importing ris, ical or bibtex restores only the fields that these formats have, and with --roundtrip all
    fields.

    toml holds the names, days and places of events, and the names of organizations that you have added with 'alias'; json,
    jsonl, csv and tsv do not, and name an event by its id. The abstracts of shipped talks in bibtex and ris are summaries that
    mltalks wrote, not those of the authors. A title is in double braces, as mltalks does not know which of its words are names; a
    booktitle is printed as the event names itself.

    To leave out what a .bib file of your own has, tag these talks first ('mltalks import refs.bib --dry-run --fields outcome,id
    | grep -v ^add | cut -f2 | mltalks tag - in-refs'), and add 'NOT tag:in-refs' to the query.
    """
    if console.options.as_json and form not in (None, "json"):
        raise UsageError("--json and -o {format} cannot be combined", format=form)
    if console.fields:
        raise UsageError("export cannot choose fields; use 'mltalks list --fields'")
    if console.options.labels:
        raise UsageError("export writes codes and ids; for names use 'mltalks list -o csv --labels'")
    ending = output.suffix.lower() if output else ""
    if ending in PAGES or f".{form}" in PAGES:
        page = Message(PAGE, {"file": excerpt(str(output or "FILE"))})
        raise UsageError("export writes no HTML; {hint}", hint=page)
    if form and Path(form).suffix:
        raise UsageError(
            "--format {value} is not a format; -O {value} writes to that file", value=excerpt(form)
        )
    if not form and ending and ending not in ENDINGS:
        raise UsageError(
            "no format has files that end in {ending}; choose one with --format",
            ending=excerpt(ending),
            nearest=corrections(ending, ENDINGS)[:1],
        )
    form = "json" if console.options.as_json else form or ENDINGS.get(ending, "toml")
    exporter = EXPORTERS.load(form)
    _check_options(form, encoding, title)
    if mapping is not None:
        if exporter.mapping is None:
            raise UsageError("--mapping is for --format opensearch")
        meanings = console.library.catalogue.index.thesaurus.meanings()
        streams.save_text(mapping, [exporter.mapping(meanings)], force=force)
    file = None if str(output) == "-" else output
    if exporter.themes:
        return _export_themes(console, query, form, file, force=force)
    write = partial(_write, console, query, file, encoding, force=force, notes=with_notes)
    return _export_sessions(
        console, query, form, file, write, force=force, notes=with_notes, roundtrip=roundtrip, title=title
    )


def _check_options(form: str, encoding: str | None, title: str | None) -> None:
    """Raise UsageError before anything is written if an option is not one of the format, or an encoding is unknown."""
    if encoding and form not in ("csv", "tsv"):
        raise UsageError("--encoding is for csv and tsv; other formats are in UTF-8")
    if title and form not in ("atom", "ical"):
        raise UsageError("--title is for atom and ical")
    streams.known_encoding(encoding or "utf-8")


def _write(
    console: Console,
    query: list[str] | None,
    file: Path | None,
    encoding: str | None,
    pieces: Iterable[str],
    *,
    force: bool,
    notes: bool,
) -> None:
    """Write pieces of text (see `streams.save_text`).

    Raises MltalksError: the encoding lacks a character; it is named as it was typed.
    """
    try:
        known = streams.known_encoding(encoding) if encoding else None
        streams.save_text(file, pieces, force=force, encoding=known)
    except UnicodeEncodeError as error:
        raise _lacking(console, query, error.object[error.start], str(encoding), notes=notes) from None


def _lacking(
    console: Console, query: list[str] | None, character: str, encoding: str, *, notes: bool
) -> MltalksError:
    """Return the error that an encoding lacks a character, with the first session and the column that have it."""
    from mltalks.exchange.exporters.csv_table import COLUMNS

    catalogue = console.library.catalogue
    place: Message | str = next(
        (
            Message("{id}: {message}", {"id": session.id, "message": FieldName(field)})
            for session in map(catalogue.session, console.library.list(query or "").docs)
            for field, value in session._asdict().items()
            if field in COLUMNS
            and (notes or field != "note")
            and character in json.dumps(value, ensure_ascii=False)
        ),
        "export",
    )
    template = (
        '{place}: {encoding} has no "{character}"; --encoding utf-8-sig has all characters and opens in Excel'
    )
    sign = character if character.isprintable() else f"U+{ord(character):04X}"
    return MltalksError(template, place=place, encoding=encoding, character=sign)


def _export_sessions(
    console: Console,
    query: list[str] | None,
    form: str,
    file: Path | None,
    write: Callable[[Iterable[str]], None],
    *,
    force: bool,
    notes: bool,
    roundtrip: bool,
    title: str | None,
) -> Exit:
    found = console.library.list(query or "")
    console.notices(found.notices)
    catalogue = console.library.catalogue
    docs = console.followed("mltalks export", found.docs, found.total)
    sessions = (catalogue.session(doc) for doc in docs)
    if not notes:
        sessions = (session._replace(note=None) for session in sessions)
    context = context_of(
        catalogue,
        found.docs,
        roundtrip=roundtrip,
        notes=notes,
        own=console.records.own(["organizations"]),
        query=" ".join(query or ()),
        title=" ".join((title or "").split()),
        changed=ChangeTimes(console.records, console.store.changes),
        lang=console.lang,
    )
    exporter = EXPORTERS.load(form)
    with EXPORTERS.running(form):
        if exporter.text:
            write(exporter.text(sessions, context))
        elif file is None:
            ending = next((ending for ending in ENDINGS if ENDINGS[ending] == form), f".{form}")
            example = f"talks{ending}"
            raise UsageError("--format {format} needs a file: -O {example}", format=form, example=example)
        else:
            assert exporter.file
            save(file, partial(exporter.file, sessions, context), force=force)
    for template, count in (*context.left_out.items(), *context.doubts.items()):
        console.say(template, count=count)
    if context.other_keys:
        some = [f"{excerpt(key)} → {excerpt(made)}" for key, made in context.other_keys.items()]
        console.say(OTHER_KEYS, count=len(some), names=Listing(some[:3], more=len(some) > 3))
    written = found.total - context.left_out.total()
    if not found.total:
        console.say("nothing found")
    if file and (written or not found.total):
        console.say("sessions written to {path}: {count}", count=written, path=str(file))
    return Exit.DONE


def _export_themes(
    console: Console, query: list[str] | None, form: str, file: Path | None, *, force: bool
) -> Exit:
    tree = console.library.themes(query or "")
    console.notices(tree.notices)
    themes = [count.theme for count in tree.themes]
    counts = {count.theme.id: count.sessions for count in tree.themes}
    exporter = EXPORTERS.load(form)
    with EXPORTERS.running(form):
        assert exporter.themes
        streams.save_text(file, [exporter.themes(themes, counts, " ".join(query or []))], force=force)
    if file:
        console.say("{themes} themes written to {path}", themes=len(themes), path=str(file))
    console.incomplete(tree.incomplete)
    return Exit.DONE
