"""The help of a command as one page, in a language: usage, summary, examples, arguments and options.

Does not declare anything: formats and translates the declarations of the commands.
"""

import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from inspect import cleandoc
from typing import Any

from mltalks.cli.argv import declarations
from mltalks.messages import Lang, japanese
from mltalks.text.wrapping import wrapped

# The commands in the order of the help, by what they are for.
GROUPS = {
    "Find talks": "browse search list show open related by-company by-theme by-keyword by-speaker by-event",
    "Count": "themes companies keywords speakers events committee",
    "Survey": "survey trend compare crosstab gaps explain",
    "Your own talks": "add edit note tag mark tags remove event alias accept reject decisions log undo redo",
    "Exchange": "import export classify mcp",
    "Set-up": "doctor validate config paths index schema completion version help",
}
COMMON = "'mltalks help options' lists the options of every command, such as --format, --json and --lang."
WIDEST = 100
NARROWEST = 24  # columns of texts beside their names; on a narrower screen they are below, after an INDENT
INDENT = 2
NAMES = 30  # widest name of an option with its text on the same line


def page(command: Any, context: Any, lang: Lang) -> str:
    """Return the help page of a command."""
    width = _width()
    parameters = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]
    arguments = [(_argument(one), one.help or "") for one in parameters if one.param_type_name == "argument"]
    options = [
        (one.get_help_record(context)[0], one.help or "")
        for one in parameters
        if one.param_type_name == "option"
    ]
    is_group = context.parent is None
    own = options if is_group else [one for one in options if one[1] not in _common_texts()]
    usage = [context.command_path, "[OPTIONS]", *(name for name, _ in arguments)]
    blocks = [
        "\n    ".join(
            wrapped(
                f"{_translated('Usage', lang)}: {' '.join([*usage, *(['COMMAND [ARGS]...'] if is_group else [])])}",
                width - 4,
            )
        ),
        *_paragraphs(command.help or "", width, lang),
        *_definitions("Arguments", arguments, width, lang),
        *(_groups(width, lang) if is_group else ()),
        *_definitions("Options", own, width, lang),
        *(() if is_group else _paragraphs(COMMON, width, lang)),
        *(_paragraphs(command.epilog, width, lang) if command.epilog else ()),
    ]
    return "\n\n".join(blocks) + "\n"


def common_options(lang: Lang) -> str:
    """Return the page of the options that every command has."""
    width = _width()
    shared = declarations()[""]["parameters"]
    entries = [(_written(one), one["help"]) for one in shared]
    return "\n\n".join([*_definitions("Options of every command", entries, width, lang)]) + "\n"


def _width() -> int:
    return max(40, min(WIDEST, shutil.get_terminal_size().columns)) - 1


def _written(option: dict[str, Any]) -> str:
    """Return an option of `declarations` for the help: its names, the short one first, and its value."""
    names = ", ".join(sorted(option["names"], key=len))
    if not option["values"]:
        return names
    return f"{names} {option.get('metavar') or '|'.join(option['choices'])}"


@cache
def _common_texts() -> frozenset[str]:
    """Return the help texts of the options that every command has."""
    return frozenset(
        ["Show this message and exit.", *(one["help"] for one in declarations()[""]["parameters"])]
    )


def _groups(width: int, lang: Lang) -> Iterator[str]:
    """Yield the commands with what they do, by what they are for."""
    column = max(map(len, declarations()))
    for title, names in GROUPS.items():
        entries = [(f"{name:{column}}", declarations()[name]["about"]) for name in names.split()]
        yield from _definitions(title, entries, width, lang)


def _argument(parameter: Any) -> str:
    """Return an argument for the usage: NAME, or [NAME] if it is optional."""
    name: str = parameter.metavar or parameter.name.upper()
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _translated(text: str, lang: Lang) -> str:
    return japanese("help").get(text, text) if lang == "ja" else text


def _paragraphs(text: str, width: int, lang: Lang) -> Iterator[str]:
    """Yield the paragraphs of a help text; the second one has examples, one on each line."""
    for number, paragraph in enumerate(cleandoc(text).split("\n\n")):
        if number == 1:
            yield "\n".join(f"    {_translated(line, lang)}" for line in paragraph.splitlines())
        else:
            prose = _translated(" ".join(paragraph.split()), lang)
            yield "\n".join(f"  {line}" for line in wrapped(prose, width - 2))


def _definitions(title: str, entries: Sequence[tuple[str, str]], width: int, lang: Lang) -> Iterator[str]:
    """Yield names with their texts, which are in one column."""
    if not entries:
        return
    column = min(NAMES, max(len(name) for name, _ in entries))
    beside = width - column - 4 >= NARROWEST
    column = column if beside else INDENT
    lines = [f"{_translated(title, lang)}:"]
    for name, text in entries:
        first, *more = wrapped(_translated(text, lang), width - column - 4) or [""]
        if len(name) > column or not beside:
            parts = wrapped(name.replace("|", "| "), width - 2, fold=True)
            lines.extend(f"  {part.replace('| ', '|')}" for part in parts)
            name = ""  # noqa: PLW2901 - it has its own line
        lines.append(f"  {name:{column}}  {first}".rstrip())
        lines.extend(f"  {'':{column}}  {line}" for line in more)
    yield "\n".join(lines)
