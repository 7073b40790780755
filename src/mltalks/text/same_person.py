"""One speaker under two names: "Family, Given" and "Given Family", twice with one organization, or perhaps with initials.

Does not join two speakers of one spelling who have two organizations: they may be two people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from mltalks.text.folding import company_key, spelling_key, title_key
from mltalks.text.not_people import turned

Person = Mapping[str, str]
_NAMESAKES = 20  # that are compared
BOTH = '"{name}" and "{other}" are taken for one speaker'


def person_key(name: str) -> str:
    """Return the key of a name in its usual order.

    >>> person_key("Fox, Ann"), person_key("Ann Fox")
    ('ann fox', 'ann fox')
    """
    return spelling_key(turned(name) or name)


def brief_key(name: str) -> str:
    """Return the key that a name has in common with the same one whose given names are initials.

    >>> brief_key("Schelter, Sebastian"), brief_key("S. Schelter"), brief_key("山田太郎")
    ('s schelter', 's schelter', '山田太郎')
    """
    first, *others = person_key(name).split() or [""]
    return f"{first[0]} {others[-1]}" if others else first


def same_company(name: str, other: str) -> bool:
    """Return whether two names differ at most in the legal form of a company."""
    return company_key(name) == company_key(other)


def is_same(one: Person, other: Person, is_one: Callable[[str, str], bool] = same_company) -> bool:
    """Return whether two speakers of one list are surely one person; `is_one` says whether two organizations are one.

    >>> is_same({"name": "Fox, Ann", "organization": "A"}, {"name": "Ann Fox", "organization": "B"})
    True
    >>> is_same({"name": "Ann Fox", "organization": "A"}, {"name": "Ann Fox", "organization": "B"})
    False
    """
    if person_key(one["name"]) != person_key(other["name"]):
        return False
    if bool(turned(one["name"])) != bool(turned(other["name"])):
        return True
    work, second = one.get("organization"), other.get("organization")
    return not work or not second or is_one(work, second)


def once_each(
    speakers: Iterable[Person], is_one: Callable[[str, str], bool] = same_company, *, by_name: bool = False
) -> list[dict[str, str]]:
    """Return speakers, each once, in the usual order of the name if it is written so once, and with all organizations.

    With `by_name`, speakers of one name are one person whatever their organizations.

    >>> once_each([{"name": "Fox, Ann", "organization": "A"}, {"name": "Bo Hay"}, {"name": "Ann Fox", "organization": "B"}])
    [{'name': 'Ann Fox', 'organization': 'A; B'}, {'name': 'Bo Hay'}]
    """
    found: list[dict[str, str]] = []
    places: dict[str, list[int]] = {}
    for one in speakers:
        same = places.setdefault(person_key(one["name"]), [])
        at = next(
            (place for place in same[:_NAMESAKES] if by_name or is_same(one, found[place], is_one)), None
        )
        if at is None:
            same.append(len(found))
            found.append(dict(one))
        else:
            found[at] = _joined(found[at], one, is_one)
    return found


def _joined(first: Person, second: Person, is_one: Callable[[str, str], bool]) -> dict[str, str]:
    usual, other = (second, first) if turned(first["name"]) else (first, second)
    joined = {**other, **usual}
    works: list[str] = []
    for work in (part.strip() for one in (first, second) for part in one.get("organization", "").split(";")):
        if work and not any(is_one(known, work) for known in works):
            works.append(work)
    if works:
        joined["organization"] = "; ".join(works)
    return joined


def abbreviates(few: Sequence[str], many: Sequence[str]) -> bool:
    """Return whether the parts of a name are those of another one with initials, or without a middle name; they may be two people.

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


def names_speakers(key: str, other: str, names: Iterable[str]) -> bool:
    """Return whether a folded title is another one with some of its speakers behind it, whose folded names are given.

    >>> names_speakers("soup at night ann fox bo hay", "soup at night", ["ann fox", "bo hay"])
    True
    >>> names_speakers("soup at night part two", "soup at night", ["ann fox"]), names_speakers("soup", "soup", ["ann fox"])
    (False, False)
    """
    behind = key.removeprefix(f"{other} ").split() if key.startswith(f"{other} ") else []
    return bool(behind) and {*behind} <= {word for name in names for word in title_key(name).split()}
