"""Names of roles on committees that mean one role: "Program Committee", "Programme committee member", "PC member".

Does not join roles with different rights, such as a chair and a co-chair, and does not guess which committee is meant.
"""

import re
from collections.abc import Iterable, Mapping

from mltalks.text.folding import name_key

_WORDS = {
    "programme": "program", "pc": "program", "tpc": "program", "organising": "organizing", "organisation": "organizing",
    "organization": "organizing", "organizer": "organizing", "organiser": "organizing", "chairperson": "chair",
    "chairman": "chair", "chairwoman": "chair",
}  # fmt: skip
_LEFT_OUT = ("member", "of", "the", "a")
_JAPANESE = (
    (re.compile(r"^プログラム委員(?:会(?:委員|メンバー)?)?$"), "program committee"),
    (re.compile(r"^(?:実行|運営)委員(?:会(?:委員|メンバー)?)?$"), "organizing committee"),
)


def role_key(role: str) -> str:
    """Return the key of a role; names that mean the same role have the same one.

    >>> [role_key(role) for role in ("Program Committee", "Programme committee member", "PC Members", "Committee member")]
    ['program committee', 'program committee', 'program committee', 'committee']
    >>> [role_key(role) for role in ("Program Committee Chair", "Program Co-Chairs", "Members of the Steering Committee", "Member")]
    ['program chair', 'program co chair', 'steering committee', 'member']
    >>> role_key("プログラム委員会"), role_key("プログラム委員長")
    ('program committee', 'プログラム委員長')
    """
    key = name_key(role)
    for pattern, known in _JAPANESE:
        if pattern.match(key):
            return known
    plain = [_WORDS.get(part, part) for part in (re.sub(r"(?<=[a-z]{3})s$", "", one) for one in key.split())]
    words = [part for part in plain if part not in _LEFT_OUT]
    if words[:2] == ["technical", "program"]:
        del words[0]
    if words[-1:] == ["chair"]:
        words = [part for part in words if part != "committee"]
    if words[-1:] in (["program"], ["organizing"]):
        words.append("committee")
    return " ".join(words) or key


def one_name(printed: Iterable[tuple[str, int]]) -> Mapping[str, str]:
    """Return for each printed role the most frequent one that means the same, of (role, how often); of equal ones the first.

    >>> one_name([("PC member", 1), ("Program Committee", 5), ("Chair", 1)])
    {'PC member': 'Program Committee', 'Program Committee': 'Program Committee', 'Chair': 'Chair'}
    """
    counts: dict[str, dict[str, int]] = {}
    keys: dict[str, str] = {}
    for role, number in printed:
        keys[role] = role_key(role)
        same = counts.setdefault(keys[role], {})
        same[role] = same.get(role, 0) + number
    best = {key: max(same, key=same.__getitem__) for key, same in counts.items()}
    return {role: best[key] for role, key in keys.items()}
