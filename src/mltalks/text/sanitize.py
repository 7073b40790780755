"""Text of data files made harmless for where it is shown: a terminal, Markdown, a link.

Does not change what an honest title holds.
"""

import re
from urllib.parse import quote, urlsplit

_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# C0 and C1 controls (escape sequences begin with one), marks that turn the direction of text, lone surrogates.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]|#~!$]|(?<=\])\()")


def shown(text: str) -> str:
    r"""Return `text` on one line, with every control character replaced by a visible mark.

    >>> shown("red\x1b[31m  title\n")
    'red\ufffd[31m  title '
    """
    return UNSEEN.sub("\ufffd", _SPACES.sub(" ", text))


def markdown(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it is.

    >>> markdown("a|b <script> [x](y)")
    'a\\|b &lt;script&gt; \\[x\\]\\(y)'
    """
    escaped = shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", escaped)


def link(address: str | None) -> str | None:
    """Return an address that may be followed: http or https, its odd characters percent-encoded; else None.

    >>> link("javascript:alert(1)"), link("https://example.org/a (1)'s.pdf")
    (None, 'https://example.org/a%20%281%29%27s.pdf')
    """
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(address, safe=":/?#[]@!$&*+,;=%~")
