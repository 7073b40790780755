"""Writes docs/commands.md, docs/mltalks.1 and what completion reads from the declarations of the commands, docs/fields.md, the
keys in docs/browse.md, the methods in docs/python.md and the filters in docs/query.md, or says that they are stale.

Usage: python -m scripts.reference [--check | --write]
"""

import json
import re
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any, NamedTuple

from typer.main import get_command

import mltalks
from mltalks.browse.keys import by_group
from mltalks.cli.app import app
from mltalks.cli.exit_codes import Exit
from mltalks.cli.registry import COMMANDS, command as made
from mltalks.render.json_schemas import OUTPUTS
from scripts.fields import fields, filters, table
from scripts.methods import methods
from scripts.tools import tools

ROOT = Path(__file__).parents[1]
# What environment variables set.
ENVIRONMENT = {
    "MLTALKS_DATA": "the file or folder of your own data, which commands also write to",
    "MLTALKS_CONFIG": "the folder of config.toml",
    "MLTALKS_CACHE": "the folder of the search index",
    "XDG_DATA_HOME": "on Linux: where the folder 'mltalks' of your data is, without MLTALKS_DATA; if not set, '.local/share' in HOME",
    "XDG_CONFIG_HOME": "the same for the configuration; if not set, '.config' in HOME",
    "XDG_CACHE_HOME": "the same for the cache; if not set, '.cache' in HOME",
    "LC_ALL, LC_MESSAGES, LANG": "the language, by the first that is set: Japanese if it begins with 'ja'; --lang and config.toml override it",
    "LANGUAGE": "the language before these, the first of its list that is ja or en, unless they are none or C",
    "MLTALKS_PAGER": "the pager for long output on a terminal; overrides config.toml",
    "PAGER": "the pager, if neither MLTALKS_PAGER nor config.toml names one; if this is not set either, less",
    "NO_PAGER": "no pager, if it is not empty",
    "LESS, LESSCHARSET, LV": "the options of less and lv; if not set, 'FRX', 'utf-8' and '-c'",
    "NO_COLOR, FORCE_COLOR": "NO_COLOR: no colours; FORCE_COLOR: colours of tables in pipes, too ('0': none); --color and config.toml override both",
    "TERM": "'dumb' turns off colours, the pager, progress and browse",
    "COLUMNS": "the width of tables, in pipes, too",
    "VISUAL, EDITOR": "the editor, by the first that is set; otherwise vi",
    "BROWSER": "the browser that opens pages",
    "HTTPS_PROXY, HTTP_PROXY, NO_PROXY": "the proxy for what import and doctor --check-links read",
    "SSL_CERT_FILE, SSL_CERT_DIR": "the certificates that these two trust (PEM), in place of those of the system",
}

# What each exit code means.
EXIT_CODES = {
    Exit.DONE: "Success, also if nothing was found: `mltalks list tag:nothing`, or `doi:` in a query with a DOI that no session has.",
    Exit.FAILURE: "Failure. With `--exit-status`, also if nothing was found; then standard error has no error.",
    Exit.USAGE: "The query or an option is not valid.",
    Exit.DATA: "Data are not valid, or a file of data cannot be read (`mltalks validate`, `mltalks import`).",
    Exit.NOT_FOUND: "There is no such session, company, theme, event or series; also if a DOI in place of an id (`mltalks show DOI`) is that of "
    "no session.",
    Exit.INTERRUPTED: "Interrupted, with Ctrl-C.",
}


class Entry(NamedTuple):
    """An argument or option: how it is written, and what it is."""

    written: str
    text: str


class Page(NamedTuple):
    """The reference of one command."""

    name: str
    usage: str
    paragraphs: list[str]
    examples: list[str]
    arguments: list[Entry]
    options: list[Entry]


def page(name: str, command: Any) -> Page:
    """Return the reference of a command, without the options that all commands share."""
    first, *rest = cleandoc(command.help or "").split("\n\n")
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [option(one) for one in command.params if one.param_type_name == "option"]
    written = [one.metavar or one.name.upper() for one in arguments]
    usage = " ".join(
        word if one.required or word.startswith("[") else f"[{word}]"
        for word, one in zip(written, arguments, strict=True)
    )
    return Page(
        name,
        f"mltalks {name} [OPTIONS] {usage}".rstrip(),
        [" ".join(text.split()) for text in (first, *rest[1:])],
        rest[0].splitlines() if rest else [],
        [Entry(word, one.help or "") for word, one in zip(written, arguments, strict=True)],
        [one for one in options if one not in shared()],
    )


def option(parameter: Any) -> Entry:
    """Return an option as it is written, with the choices that it has."""
    value = (
        parameter.metavar or "|".join(getattr(parameter.type, "choices", ())) or parameter.type.name.upper()
    )
    names = ", ".join(parameter.opts)
    return Entry(names if parameter.is_flag else f"{names} {value}", parameter.help or "")


def shared() -> list[Entry]:
    """Return the options that every command has."""
    return [option(one) for one in made("paths").params]


def markdown() -> Iterator[str]:
    """Yield the lines of docs/commands.md."""
    yield "# Commands"
    yield ""
    yield '`mltalks COMMAND --help` prints the same; with `--lang ja`, in Japanese. Commands say "session" for what other pages call a talk.'
    yield ""
    pages = [page(name, made(name)) for name in COMMANDS]
    yield from table(
        ("command", "what it does"), ((f"[`{one.name}`](#{one.name})", one.paragraphs[0]) for one in pages)
    )
    yield from ("", "## Options of every command", "", *described(shared()))
    for one in pages:
        yield from ("", f"## {one.name}", "", one.paragraphs[0], "", f"    {one.usage}")
        if one.examples:
            yield from ("", "Examples:", "", *(f"    {line}" for line in one.examples))
        for paragraph in one.paragraphs[1:]:
            yield from ("", linked(paragraph))
        if one.arguments or one.options:
            yield from ("", *described([*one.arguments, *one.options]))
        if one.name == "schema":
            yield from ("", *table(("`NAME`", "describes the JSON of"), schemas()))
    yield from ("", "## Exit codes", "")
    yield from table(("code", "meaning"), ((str(int(code)), EXIT_CODES[code]) for code in Exit))
    yield from (
        "",
        "`mltalks help exit-codes` prints them, too. With `-q`, standard error has errors alone: a line `mltalks: error: …` (in Japanese",
    )
    yield from (
        "`mltalks: エラー: …`), with `--json` or `-o jsonl` an object of the schema `error`.",
        "",
        "## Environment variables",
        "",
    )
    yield from table(
        ("variable", "what it sets"),
        (
            (re.sub(r"(\w+)", r"`\1`", names), re.sub(r"'(.+?)'", r"`\1`", text))
            for names, text in ENVIRONMENT.items()
        ),
    )


def schemas() -> Iterator[tuple[str, str]]:
    """Yield the name of each schema, and the commands whose JSON it describes."""
    for name, one in OUTPUTS.items():
        yield f"`{name}`", one.printed_by


def described(entries: list[Entry]) -> Iterator[str]:
    """Yield a Markdown list of arguments or options, which fits a narrow screen; many choices may be broken into lines."""
    for one in entries:
        written = one.written.replace("|", " | ") if len(one.written) > 40 else one.written
        yield f"- `{written}`: {linked(one.text)}"


def linked(text: str) -> str:
    """Return a text with links to the pages that it names as docs/NAME.md."""
    return re.sub(r"docs/(\w+\.md)", r"[\1](\1)", text)


def man() -> Iterator[str]:
    """Yield the lines of the man page (man(7): groff_man, Linux man-pages)."""
    group = get_command(app)
    yield f'.TH MLTALKS 1 "" "mltalks {mltalks.__version__}" "User commands"'
    yield ".SH NAME"
    about = (group.help or "").rstrip(".")
    yield f"mltalks \\- {roff(about[:1].lower() + about[1:])}"
    yield ".SH SYNOPSIS"
    yield ".B mltalks"
    yield "COMMAND [OPTIONS] [ARGUMENTS]"
    yield ".SH OPTIONS OF EVERY COMMAND"
    yield from definitions(shared())
    yield ".SH COMMANDS"
    for name in COMMANDS:
        one = page(name, made(name))
        yield f".SS {roff(one.usage)}"
        yield roff(one.paragraphs[0])
        if one.examples:
            yield from (".PP", ".nf", *(f".B {roff(line)}" for line in one.examples), ".fi")
        for paragraph in one.paragraphs[1:]:
            yield from (".PP", roff(paragraph))
        yield from definitions([*one.arguments, *one.options])
    yield ".SH EXIT STATUS"
    yield roff(group.epilog or "")
    yield ".SH ENVIRONMENT"
    yield from definitions([Entry(*one) for one in ENVIRONMENT.items()])


def definitions(entries: list[Entry]) -> Iterator[str]:
    """Yield tagged paragraphs of the man page."""
    for one in entries:
        yield from (".TP", f".B {roff(one.written)}", roff(one.text))


def roff(text: str) -> str:
    """Return a text that roff takes as it is.

    >>> roff("--top 'N'"), roff(".5")
    ("\\\\-\\\\-top \\\\(aqN\\\\(aq", '\\\\&.5')
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def parameters() -> Iterator[str]:
    """Yield the lines of a JSON object: of each command what it does and its parameters, under "" those of all."""
    every = [declared(one) for one in made("paths").params]
    found: dict[str, Any] = {"": {"parameters": every}}
    for name in COMMANDS:
        its = [one for one in map(declared, made(name).params) if one not in every]
        found[name] = {"about": page(name, made(name)).paragraphs[0], "parameters": its}
    yield from json.dumps(found, indent=1).splitlines()


def declared(parameter: Any) -> dict[str, Any]:
    """Return a parameter as `mltalks.cli.argv` reads it."""
    flag = parameter.param_type_name == "option" and parameter.is_flag
    metavar = parameter.metavar or ""
    choices = metavar.strip("<>").split("|") if "|" in metavar else getattr(parameter.type, "choices", ())
    return {
        "names": parameter.opts,
        "values": 0 if flag else parameter.nargs,
        "help": parameter.help or "",
        **({"metavar": metavar} if metavar and not flag and parameter.param_type_name == "option" else {}),
        **({"choices": list(choices)} if choices else {}),
    }


def keys() -> Iterator[str]:
    """Yield the tables of all keys of the screen."""
    for group, some in by_group():
        yield from table(
            (group, "what it does"),
            ((" ".join(f"`{name}`" for name in key.names), key.about) for key in some),
        )
        yield ""


def within(name: str, mark: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield the page of a name with other lines between the comments `mark` and `end of mark`."""
    before, _, rest = (ROOT / "docs" / name).read_text(encoding="utf-8").partition(f"<!-- {mark} -->\n")
    _, _, after = rest.partition(f"<!-- end of {mark} -->\n")
    yield from f"{before}<!-- {mark} -->".splitlines()
    yield from ("", "\n".join(lines).rstrip(), "")
    yield from f"<!-- end of {mark} -->\n{after}".splitlines()


PAGES = {
    "docs/agents.md": lambda: within("agents.md", "tools", tools()),
    "docs/browse.md": lambda: within("browse.md", "keys", keys()),
    "docs/commands.md": markdown,
    "docs/fields.md": fields,
    "docs/mltalks.1": man,
    "docs/python.md": lambda: within("python.md", "methods", methods()),
    "docs/query.md": lambda: within("query.md", "filters", filters()),
    "src/mltalks/cli/help/commands.json": parameters,
}


def main(mode: str) -> int:
    stale = 0
    for name, lines in PAGES.items():
        text = "".join(f"{line}\n" for line in lines())
        path = ROOT / name
        if mode == "--write":
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{name} is stale; run: python -m scripts.reference --write")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "--check"))
