"""Texts of other programs without their markup: Markdown, reStructuredText, HTML.

Own code, as a text is shown and searched here, never laid out: marks that are surely marks go, all else stays as written.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert

_MARK = re.compile(r"[*`<#\[]|_\b|[-=~^\"]{3}")
_HTML = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|ul|ol|li|div|span|h[1-6]|code|pre|blockquote|table|td|tr|img|hr)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_PLAIN = (
    (re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,1000}\)"), r"\1"),  # Markdown: links and images
    (re.compile(r"`{1,2}([^`<>\n]{1,300}?)\s{0,9}<[^`<>\s]{1,1000}>`{1,2}_{0,2}"), r"\1"),  # RST: links
    (re.compile(r"<(https?://[^<>\s]{1,1000})>"), r"\1"),
    (re.compile(r"`{1,2}([^`\n]{1,300})`{1,2}_{0,2}"), r"\1"),  # code and references
    (re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"^#{1,6} +", re.MULTILINE), ""),
    (re.compile(r"^([-=~^\"#*`])\1{2,}$\n?", re.MULTILINE), ""),  # rules and underlined headings
)


def plain(value: Any) -> str | None:
    r"""Return a text without its markup, or None of what is no text.

    >>> plain("# Fast\n\nSee [the docs](https://example.org) and `x`, **now**: 2 * 3 * 4 of __init__")
    'Fast\n\nSee the docs and x, now: 2 * 3 * 4 of __init__'
    >>> plain("`Spark <https://example.org>`_ is ``fast``\n----------")
    'Spark is fast'
    >>> plain("<p>Fast &amp; small, List<int></p>"), plain("List<int> & more"), plain(3)
    ('Fast & small, List', 'List<int> & more', None)
    """
    if isinstance(value, str) and "<" in value and _HTML.search(value[: convert.LONGEST_TEXT]):
        text = convert.prose_of_html(value)
    else:
        text = convert.prose(value)
    if text is None or not _MARK.search(text):
        return text
    for pattern, instead in _PLAIN:
        text = pattern.sub(instead, text)
    return convert.prose(text)
