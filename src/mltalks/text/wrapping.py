"""Text in lines of a width, broken at spaces and between Japanese characters.

Does not know the terminal.
"""

import re
import unicodedata

_PIECE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_CLOSING = "、。）」』！？"


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` cells; a longer word is not broken.

    >>> wrapped("ab cd ef", 5), wrapped("日本語の文。", 10)
    (['ab cd', 'ef'], ['日本語の', '文。'])
    """
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        # A closing mark may not begin a line, so that it must fit after any other character.
        if (
            line
            and cells(line + piece)
            + (2 if len(piece) == 1 and piece not in _CLOSING and cells(piece) == 2 else 0)
            > width
        ):
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def with_hanging_indents(text: str, width: int) -> str:
    """Return text whose lines have a term and, two spaces or more after it, its description; long ones are broken below it.

    >>> print(with_hanging_indents("two  two words here", 14))
    two  two words
         here
    """
    return "\n".join(part for line in text.split("\n") for part in _fitted(line, width))


def _fitted(line: str, width: int) -> list[str]:
    if cells(line) <= width:
        return [line]
    head = re.findall(r"^ *(?:\S.*? {2,}(?=\S))?", line)[0]
    rest, indent = line[len(head) :], cells(head)
    if indent > width // 2:
        return [head.rstrip(), *(f"      {part}" for part in wrapped(rest, width - 6))]
    first, *more = wrapped(rest, width - indent)
    return [head + first, *(" " * indent + part for part in more)]


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
