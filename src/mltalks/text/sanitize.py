"""Text of data files made safe for its output: a terminal, Markdown, a link.

Does not change printable text.
"""

import re
from urllib.parse import quote, urlsplit

_SPACES = r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+"
# Ranges of a pattern: C0 and C1 controls, with one of which an escape sequence begins; marks that change the direction of text
# or separate lines; halves of characters, which UTF-8 cannot encode.
CONTROLS = "\x00-\x1f\x7f-\x9f"
DIRECTIONS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
SURROGATES = "\ud800-\udfff"
UNSEEN = re.compile(f"[{CONTROLS}{DIRECTIONS}{SURROGATES}]")
_BEGINS_BLOCK = r"^(\s*\d{0,9})([-+=.)])(?=[-=\s]|$)"  # a list, a rule or the line below a heading
_MARKDOWN = r"([\\`*_{}\[\]|#~!$]|(?<=\])\()"

# Japanese text follows without a space, so that an address ends before any sign that is not ASCII.
_NOT_IN_ADDRESS = r"""\s<>"\[\]\x80-\U0010ffff"""
_ADDRESS = (
    rf"""(https?://[^{_NOT_IN_ADDRESS}]*[^{_NOT_IN_ADDRESS}.,;:!?'(){{}}])"""  # without what ends a sentence
)


def shown(text: str) -> str:
    r"""Return `text` on one line, with every control character replaced by a visible mark.

    >>> shown("red\x1b[31m  title\n")
    'red\ufffd[31m  title '
    """
    return text if text.isprintable() else UNSEEN.sub("\ufffd", re.sub(_SPACES, " ", text))


def without_surrogates(text: str) -> str:
    r"""Return `text` with every lone surrogate replaced by U+FFFD.

    >>> without_surrogates("a\ud800")
    'a\ufffd'
    """
    return text if text.isascii() else re.sub(f"[{SURROGATES}]", "\ufffd", text)


def markdown(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it is.

    >>> markdown("a|b <script> [x](y)")
    'a\\|b &lt;script&gt; \\[x\\]\\(y)'
    >>> markdown("1. no list"), markdown("- no list"), markdown("2.5 times")
    ('1\\. no list', '\\- no list', '2.5 times')
    >>> markdown("see https://example.org/a_b.")
    'see <https://example.org/a_b>.'
    >>> markdown("https://example.org/a。次の文"), markdown("[https://example.org/a](https://example.com)")
    ('<https://example.org/a>。次の文', '\\[<https://example.org/a>\\]\\(<https://example.com>)')
    """
    # Between < and >, signs of an address are not escaped.
    pieces = (
        f"<{address}>" if at % 2 and (address := link(piece)) else _escaped(piece)
        for at, piece in enumerate(re.split(_ADDRESS, shown(text)))
    )
    return re.sub(_BEGINS_BLOCK, r"\1\\\2", "".join(pieces))


def _escaped(text: str) -> str:
    return re.sub(_MARKDOWN, r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def is_web_address(text: str) -> bool:
    """Return whether a text is an address of the schemes http or https with a host.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def link(address: str | None) -> str | None:
    """Return an http or https address with its unsafe characters percent-encoded; None for any other address.

    >>> link("javascript:alert(1)"), link("https://example.org/a (1)'s.pdf")
    (None, 'https://example.org/a%20%281%29%27s.pdf')
    """
    if address is None or not is_web_address(address):
        return None
    return quote(address, safe=":/?#[]@!$&*+,;=%~")
