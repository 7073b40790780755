"""The commands that hand data to other programs and take them from there: export, import."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from mltalks.cli import streams
from mltalks.cli.about import verdict
from mltalks.cli.console import Console, Query, with_console
from mltalks.cli.exits import Exit
from mltalks.errors import DataError, UsageError

ExportFormat = Literal["skos", "skos-json"]

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-O",
        metavar="FILE",
        help="Write to this file, whole or not at all; - for standard output.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@with_console
def export_command(
    console: Console,
    form: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format", "-o", help="skos (Turtle, the default) or skos-json (JSON-LD).", show_default=False
        ),
    ] = None,
    query: Query = None,
    output: Output = None,
    force: Force = False,
) -> Exit:
    """Write the theme tree for other programs, with the sessions of a query counted under each theme.

    mltalks export --format skos -O themes.ttl
    mltalks export year:2024.. --format skos-json | jq '."@graph"[] | select(.sessions > 20) | .prefLabel.en'

    The graph has SKOS concepts with labels and definitions in both languages, broader and narrower concepts, and counts.
    """
    as_json = console.options.as_json
    if as_json and form == "skos":
        raise UsageError("--json and -o {format} exclude each other", format=form)
    tree = console.library.themes(query or "")
    from mltalks.skos.writing import json_ld, turtle

    console.notices(tree.notices)
    write = json_ld if as_json or form == "skos-json" else turtle
    counts = {count.theme.id: count.sessions for count in tree.themes}
    text = write([count.theme for count in tree.themes], counts, " ".join(query or []))
    _put(console, text, output, len(tree.themes), force=force)
    console.incomplete(tree.incomplete)
    return Exit.DONE


@with_console
def import_command(console: Console, output: Output = None, force: Force = False) -> Exit:
    """Turn a SKOS thesaurus into a theme tree of TOML, to read, change and use with --themes.

    mltalks import --themes thesaurus.ttl -O my-themes.toml
    mltalks import --themes thesaurus.rdf -q | less

    Turtle (.ttl), JSON-LD (.jsonld, .json) and RDF/XML (.rdf, .xml) are read. What does not fit is listed; exits with 3,
    and writes nothing, when there is an error.
    """
    from mltalks.skos.reading import FORMS, form_of
    from mltalks.tree import read_tree

    path = console.options.themes
    if path is None:
        raise UsageError("name the file to import: mltalks import --themes FILE")
    if form_of(path) is None:
        raise UsageError(
            "{path}: the ending tells the format; it may be {endings}",
            path=str(path)[:200],
            endings=", ".join(FORMS),
        )
    themes, problems = read_tree(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and console.form in ("json", "jsonl"):
        raise DataError(errors)
    for problem in problems:
        if not console.options.quiet or problem in errors:
            streams.tell(f"mltalks: {problem.text(console.lang)}")
    if not errors:
        from mltalks.render.themes_toml import themes_toml  # tomlkit: 20 ms

        _put(console, themes_toml(themes), output, len(themes), force=force)
    return verdict(console, problems, 1) if len(problems) > 1 else Exit.DATA if errors else Exit.DONE


def _put(console: Console, text: str, output: Path | None, themes: int, *, force: bool) -> None:
    """Write what was made to a file, or to standard output."""
    if output is None or str(output) == "-":
        streams.write(text)
        return
    streams.save(output, text, force=force)
    console.say("{themes} themes written to {path}", themes=themes, path=str(output))
