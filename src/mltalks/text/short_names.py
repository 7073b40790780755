"""Names of persons that may be short for another one: with initials, or without a middle name.

Does not say whether both are one person: they may be two.
"""

from collections.abc import Sequence


def abbreviates(few: Sequence[str], many: Sequence[str]) -> bool:
    """Return whether the parts of a name are those of another one with initials, or without a middle name.

    >>> m, matei, maria = ["m", "zaharia"], ["matei", "zaharia"], ["maria", "zaharia"]
    >>> abbreviates(m, matei), abbreviates(matei, m), abbreviates(matei, maria)
    (True, False, False)
    >>> abbreviates(["michael", "jordan"], ["michael", "i", "jordan"])
    True
    """
    if len(few) > len(many) or few == many or few[-1] != many[-1]:
        return False
    middle = iter(many[1:-1])
    return _stands_for(few[0], many[0]) and all(
        any(_stands_for(part, other) for other in middle) for part in few[1:-1]
    )


def _stands_for(part: str, name: str) -> bool:
    return part == name or (len(part) == 1 and name.startswith(part))
