"""The commands about data files: validate, paths, index.

Does not check or index them: `dataset` and `search.index` do.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from mltalks import shipped_data
from mltalks.cli import environment
from mltalks.cli.console import Console, verdict, with_console
from mltalks.cli.declarations import argument, flag
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.messages import excerpt
from mltalks.problems import Problem


@with_console
def validate_command(
    console: Console,
    files: Annotated[
        list[Path] | None, argument("[FILE]...", "TOML or SKOS files, or folders; default: all loaded data.")
    ] = None,
) -> Exit:
    """Check data files and list every problem with its file and line.

    mltalks validate
    mltalks validate my-talks.toml --json

    Exits with 3 if there is an error. Warnings do not change the exit code.
    """
    from mltalks.dataset.files import files_of
    from mltalks.dataset.loader import read
    from mltalks.render.views.files import problems_view
    from mltalks.taxonomy.load import read_tree
    from mltalks.taxonomy.skos.rdf import form_of

    trees = [path for path in files or [] if form_of(path)]
    themes = None
    problems: list[Problem] = []
    for path in [*trees, *([console.options.themes] if console.options.themes else [])]:
        themes, found = read_tree(path)
        problems += found
    loaded = [files_of(path) for path in console.data_paths()]
    asked = [file for path in files or [] if path not in trees for file in files_of(path)]
    ours = {_resolved(file) for file in asked}
    below = [[file for file in layer if _resolved(file) not in ours] for layer in loaded]
    if asked or not trees:
        with console.progress("mltalks validate"):
            own_data = environment.own_data()
            own = {_resolved(file) for file in (files_of(own_data) if own_data else ())}
            own_files = [file for some in (*below, asked) for file in some if _resolved(file) in own]
            data = read([*below, asked], themes if console.options.themes else None, own_files)
            if (asked or console.options.themes) and not data.errors:
                from mltalks.taxonomy.assignment import check_filled

                data.problems.extend(check_filled(data))
        # A warning on a shipped file is for who maintains it, and names it.
        shipped = set() if asked else {_resolved(file) for file in files_of(shipped_data())}
        problems += [
            one
            for one in data.problems
            if (not asked or _resolved(one.path) in ours)
            and (one.severity == "error" or _resolved(one.path) not in shipped)
        ]
    console.print(problems_view(problems, console.lang))
    if len(asked) == 1 and problems and ours.isdisjoint(map(_resolved, files_of(shipped_data()))):
        tables = {
            table
            for table, records in data.records.items()
            for one in records
            if one.home[0].path == asked[0]
        }
        if tables == {"themes"}:
            template = "{path} was checked as a part of the shipped tree; as a tree of its own: mltalks validate --themes {path}"
            console.say(template, path=str(asked[0]))
    return verdict(console, problems, len(trees) + (len(asked) or (0 if trees else sum(map(len, loaded)))))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


@with_console
def config_command(console: Console) -> Exit:
    """Print your settings, and where each comes from: config.toml, the environment or the defaults.

    mltalks config
    mltalks config --json | jq -r '.[] | select(.name == "pager").value'

    The file is config.toml in the folder that 'mltalks paths' prints. Its settings: language (en or ja), format (of
    output on a terminal), limit (records shown on a terminal), pager, color (auto, always or never), and a table of
    columns, with the fields that a command shows on a terminal: list = ["id", "title"].
    """
    from mltalks.render.output import View
    from mltalks.render.views.files import SETTINGS

    rows = [
        {"name": name, "value": value, "source": source} for name, value, source in environment.settings()
    ]
    console.print(View(SETTINGS, rows))
    wrong = list(_wrong_columns(environment.config().values.get("columns", {})))
    for error in wrong:
        console.say("config.toml: columns: {reason}", reason=error)
    return Exit.DATA if wrong or environment.config().problems else Exit.DONE


def _wrong_columns(columns: Mapping[str, list[str]]) -> Iterator[UsageError]:
    """Yield what is wrong with the columns of the configuration: no such command, or nothing that it prints has a field."""
    from mltalks.cli.registry import COMMANDS
    from mltalks.render.json_schemas import OUTPUTS
    from mltalks.text.fuzzy import nearest

    for command, names in columns.items():
        if command not in COMMANDS:
            yield UsageError(
                'no such command "{name}"', name=excerpt(command), nearest=nearest(command, COMMANDS)
            )
            continue
        printed = [one for one in OUTPUTS.values() if command in one.commands]
        fields = [field for one in printed for field in one.fields]
        for name in names:
            if not any(one.field_named(name, drawn=True) for one in printed):
                template = '{command} has no field "{name}"'
                near = nearest(name, fields)
                yield UsageError(template, command=command, name=excerpt(name), nearest=near)


@with_console
def paths_command(console: Console) -> Exit:
    """Print where mltalks reads its data and stores your files.

    mltalks paths
    mltalks paths --json | jq -r '.[] | select(.what == "your data").path'

    MLTALKS_DATA, MLTALKS_CONFIG and MLTALKS_CACHE change where your files are stored.
    """
    import mltalks
    from mltalks.render.output import View
    from mltalks.render.views.files import PATHS

    user = environment.user_paths()
    found: dict[str, list[str]] = {
        "shipped data": [str(mltalks.shipped_data())],
        "your data": [str(user["data"])],
    }
    for what, path in environment.layers(console.options.data or [])[2:]:
        found.setdefault(what, []).append(str(path))
    found |= {
        "--themes": [str(console.options.themes)] if console.options.themes else [],
        "configuration": [str(user["config"])],
        "cache": [str(user["cache"])],
    }
    console.print(
        View(PATHS, [{"what": what, "path": path} for what, paths in found.items() for path in paths])
    )
    return Exit.DONE


@with_console
def index_command(
    console: Console,
    clear: Annotated[bool, flag("--clear", "Delete all cached indexes.")] = False,
) -> Exit:
    """Build the search index of all loaded data again, in the cache.

    mltalks index
    mltalks index --data ~/talks
    mltalks index --clear

    The index of the shipped data comes with them. Commands make that of your own data and update it by themselves; run this
    to make it beforehand, as for a container.
    """
    if clear:
        removed = console.library.clear_cache()
        console.say("{count} files removed", count=len(removed))
        return Exit.DONE
    file = console.library.compile()
    sessions = len(console.library.catalogue)
    console.say("{sessions} sessions indexed in {path}", sessions=sessions, path=str(file))
    if console.form in ("json", "jsonl"):
        from mltalks.render.output import View
        from mltalks.render.views.files import INDEX

        console.print(View(INDEX, [{"path": str(file), "sessions": sessions}]))
    return Exit.DONE
