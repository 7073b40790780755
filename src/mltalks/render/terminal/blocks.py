"""Numbers as pictures of block characters: a bar, two bars in balance, a shade of a heat map, a sparkline, each of an exact width in cells.

Colours nothing and measures no label: what a picture says is read from its shape, beside the number that it stands for.
"""

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_STEPS = "▁▂▃▄▅▆▇█"
_SHADES = "░▒▓█"
NOTHING = "_"  # in a sparkline, where the number is 0


def bar(value: float, most: float, width: int) -> str:
    """Return a bar from the left, in eighths of a cell, padded to `width` cells; `most` fills it.

    What is more than 0 has at least an eighth of a cell, so that it is told from nothing.

    >>> bar(4, 8, 3), bar(0, 8, 3), bar(1, 1000, 3), bar(9, 8, 3)
    ('█▌ ', '   ', '▏  ', '███')
    """
    eighths = _parts(value, most, width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width)


def balance(left: float, right: float, most: float, width: int) -> str:
    """Return two bars that grow from a line in the middle, each up to `width` cells, together 2 * `width` + 1.

    The left one goes by halves of a cell, as there are no other blocks for it.

    >>> balance(4, 8, 8, 2), balance(1, 0, 8, 2)
    (' █│██', ' ▐│  ')
    """
    full, rest = divmod(_parts(left, most, width * 2), 2)
    return f"{(('▐' if rest else '') + '█' * full).rjust(width)}│{bar(right, most, width)}"


def shade(value: float, most: float, width: int) -> str:
    """Return `width` cells as dark as a value is high, in four shades; nothing is blank.

    >>> [shade(value, 8, 2) for value in (0, 1, 4, 6, 8)]
    ['  ', '░░', '▒▒', '▓▓', '██']
    """
    darkness = _parts(value, most, len(_SHADES))
    return (_SHADES[darkness - 1] if darkness else " ") * width


def sparkline(values: Sequence[float | None]) -> str:
    """Return a cell a value, as high as the value is beside the highest; 0 lies on the line, None is blank.

    >>> sparkline([0, 1, None, 4, 8]), sparkline([0, 0]), sparkline([])
    ('_▁ ▄█', '__', '')
    """
    most = max((value for value in values if value is not None), default=0)
    return "".join(
        " " if value is None else _STEPS[height - 1] if (height := _parts(value, most, 8)) else NOTHING
        for value in values
    )


def _parts(value: float, most: float, parts: int) -> int:
    """Return how many of `parts` a value fills when `most` fills them all; more than 0 fills at least one."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(parts, round(min(value, most) / most * parts)))
