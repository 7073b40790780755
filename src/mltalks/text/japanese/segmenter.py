"""Splits a Japanese word into parts of the least cost.

Does not know which parts there are: the caller names the cost of each.
"""

from collections.abc import Callable

LONGEST_PART = 12  # characters of a part
LEFT_OUT = 2.5  # cost of a character that belongs to no part; a word's is 1


def fewest_parts(run: str, cost: Callable[[str], float | None]) -> list[str]:
    """Return a word split into parts of the least total cost, or nothing if more than a third of it belongs to no part.

    `cost` returns the price of a part, or None if the text is no part.

    >>> fewest_parts("abcde", {"ab": 1, "cde": 1, "abc": 1}.get)
    ['ab', 'cde']
    """
    cuts: list[tuple[float, list[str]]] = [(0, [])]
    for end in range(1, len(run) + 1):
        left_out = cuts[end - 1][0] + LEFT_OUT, cuts[end - 1][1]
        options = [left_out]
        for start in range(max(0, end - LONGEST_PART), end - 1):
            price = cost(run[start:end]) if end - start < len(run) else None
            if price is not None:
                options.append((cuts[start][0] + price, [*cuts[start][1], run[start:end]]))
        cuts.append(min(options, key=lambda option: option[0]))
    parts = cuts[-1][1]
    return parts if 3 * sum(map(len, parts)) >= 2 * len(run) else []
