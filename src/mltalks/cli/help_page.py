"""The help of a command as one page, in a language: usage, summary, examples, arguments and options.

Does not declare anything: formats and translates the declarations of the commands.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Any

from mltalks.cli.argv import declarations
from mltalks.messages import Lang, japanese

WIDEST = 100
NAMES = 30  # widest name of an option with its text on the same line
_PIECE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_CLOSING = "、。）」』！？"


def page(command: Any, context: Any, lang: Lang) -> str:
    """Return the help page of a command."""
    width = max(40, min(WIDEST, shutil.get_terminal_size().columns)) - 1
    parameters = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]
    arguments = [(_argument(one), one.help or "") for one in parameters if one.param_type_name == "argument"]
    options = [
        (one.get_help_record(context)[0], one.help or "")
        for one in parameters
        if one.param_type_name == "option"
    ]
    is_group = context.parent is None
    commands = [(name, one["about"]) for name, one in declarations().items() if name] if is_group else []
    usage = [context.command_path, "[OPTIONS]", *(name for name, _ in arguments)]
    blocks = [
        f"{_translated('Usage', lang)}: {' '.join([*usage, *(['COMMAND [ARGS]...'] if commands else [])])}",
        *_paragraphs(command.help or "", width, lang),
        *_definitions("Arguments", arguments, width, lang),
        *_definitions("Options", options, width, lang),
        *_definitions("Commands", commands, width, lang),
        *(_paragraphs(command.epilog, width, lang) if command.epilog else ()),
    ]
    return "\n\n".join(blocks) + "\n"


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
            yield "\n".join(f"    {line}" for line in paragraph.splitlines())
        else:
            prose = _translated(" ".join(paragraph.split()), lang)
            yield "\n".join(f"  {line}" for line in wrapped(prose, width - 2))


def _definitions(title: str, entries: Sequence[tuple[str, str]], width: int, lang: Lang) -> Iterator[str]:
    """Yield names with their texts, which are in one column."""
    if not entries:
        return
    column = min(NAMES, max(len(name) for name, _ in entries))
    lines = [f"{_translated(title, lang)}:"]
    for name, text in entries:
        first, *more = wrapped(_translated(text, lang), width - column - 4) or [""]
        if len(name) > column:
            lines.append(f"  {name}")
            name = ""  # noqa: PLW2901 - it has its own line
        lines.append(f"  {name:{column}}  {first}".rstrip())
        lines.extend(f"  {'':{column}}  {line}" for line in more)
    yield "\n".join(lines)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` cells, broken at spaces and between Japanese characters.

    >>> wrapped("ab cd ef", 5), wrapped("日本語の文。", 10)
    (['ab cd', 'ef'], ['日本語の', '文。'])
    """
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        # A closing mark may not begin a line, so that it must fit after any other character.
        if (
            line
            and _cells(line + piece)
            + (2 if len(piece) == 1 and piece not in _CLOSING and _cells(piece) == 2 else 0)
            > width
        ):
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
