"""Text escaped for LaTeX, and ids as BibTeX keys.

Reads no LaTeX: that is `mapping.latex`.
"""

import re
from zlib import crc32

from mltalks.text import sanitize

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


_KEY = re.compile(r"[\w:.-]+", re.ASCII)


_ESCAPED = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


def key_of(name: str) -> str:
    """Return an id as a key, which is ASCII: itself, or one that follows from it."""
    if _KEY.fullmatch(name):
        return name
    return re.sub(r"[^\w:.-]", "-", name, flags=re.ASCII) + f"{crc32(name.encode()):08x}"


def escaped(text: str) -> str:
    r"""Return `text` for a BibTeX field.

    >>> escaped("R&D at 100% {fast}")
    'R\\&D at 100\\% \\textbraceleft{}fast\\textbraceright{}'
    """
    return _ESCAPED.sub(lambda match: _SPECIAL[match.group()], sanitize.shown(text))
