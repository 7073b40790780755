"""Numbers as block characters: a bar, a balance of two bars, a shade of a heat map, a sparkline, each of an exact width in cells.

Does not colour and does not measure labels: the shape shows the value, beside the number.
"""

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_STEPS = "▁▂▃▄▅▆▇█"
_SHADES = "░▒▓█"
NOTHING = "_"  # in a sparkline, for 0
UNKNOWN = "·"  # in a sparkline, for None


def bar(value: float, most: float, width: int) -> str:
    """Return a bar from the left, in eighths of a cell, padded to `width` cells; the value `most` fills it.

    A value above 0 has at least an eighth of a cell.

    >>> bar(4, 8, 3), bar(0, 8, 3), bar(1, 1000, 3), bar(9, 8, 3)
    ('█▌ ', '   ', '▏  ', '███')
    """
    eighths = _parts(value, most, width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width)


def balance(left: float, right: float, most: float, width: int) -> str:
    """Return two bars that start at a line in the middle, each up to `width` cells, together 2 * `width` + 1.

    The left bar has half cells only, as Unicode has no finer blocks for it.

    >>> balance(4, 8, 8, 2), balance(1, 0, 8, 2)
    (' █│██', ' ▐│  ')
    """
    full, rest = divmod(_parts(left, most, width * 2), 2)
    return f"{(('▐' if rest else '') + '█' * full).rjust(width)}│{bar(right, most, width)}"


def shade(value: float, most: float, width: int) -> str:
    """Return `width` cells in one of four shades, the darker the higher the value; 0 is blank.

    >>> [shade(value, 8, 2) for value in (0, 1, 4, 6, 8)]
    ['  ', '░░', '▒▒', '▓▓', '██']
    """
    darkness = _parts(value, most, len(_SHADES))
    return (_SHADES[darkness - 1] if darkness else " ") * width


def sparkline(values: Sequence[float | None]) -> str:
    """Return a cell for each value, as high as its share of the highest; 0 is an underscore, None a dot.

    >>> sparkline([0, 1, None, 4, 8]), sparkline([0, 0]), sparkline([])
    ('_▁·▄█', '__', '')
    """
    most = max((value for value in values if value is not None), default=0)
    return "".join(
        UNKNOWN if value is None else _STEPS[height - 1] if (height := _parts(value, most, 8)) else NOTHING
        for value in values
    )


def _parts(value: float, most: float, parts: int) -> int:
    """Return how many of `parts` a value fills if `most` fills all; a value above 0 fills at least one."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(parts, round(min(value, most) / most * parts)))
