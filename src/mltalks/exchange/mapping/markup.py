"""Removes markup from texts of other programs: Markdown, reStructuredText, HTML.

Does not remove what may be text: only what is surely markup.
"""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Source

_MARK = re.compile(r"[*`<#\[]|_\b|[-=~^\"]{3}")
_PLAIN = (
    # Links and images of Markdown, links of RST.
    (re.compile(r"!?\[((?:[^\[\]\n]|\n(?!\s)){1,300})\]\([^()\s]{1,1000}\)"), r"\1"),
    (re.compile(r"`{1,2}((?:[^`<>\n]|\n(?! ?\n)){1,300}?)\s{0,9}<[^`<>\s]{1,1000}>`{1,2}_{0,2}"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,1000})>"), r"\1"),
    (re.compile(r"`{1,2}([^`\n]{1,300})`{1,2}_{0,2}"), r"\1"),  # code and references
    (re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"^#{1,6} +", re.MULTILINE), ""),
    (re.compile(r"^([-=~^\"#*`])\1{2,}$\n?", re.MULTILINE), ""),  # rules and underlined headings
)
# Elements that make a text HTML; in HTML, what looks like another element is text ("List<int>").
_ELEMENTS = frozenset((
    "p", "br", "a", "b", "i", "u", "em", "strong", "ul", "ol", "li", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "code",
    "pre", "blockquote", "table", "thead", "tbody", "th", "td", "tr", "img", "hr", "script", "style", "sup", "sub", "small",
    "font", "center", "section", "article", "figure", "figcaption", "dl", "dt", "dd", "del", "ins", "cite", "q", "kbd", "samp",
    "s", "tt", "iframe", "html", "body",
))  # fmt: skip
_ENDS_LINE = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "jats:p", "jats:title", "jats:sec", "jats:list-item",
))  # fmt: skip
_JATS_HEADING = re.compile(
    r"<jats:title>\s{0,9}(?:abstract|summary|要旨|概要)[.:]?\s{0,9}</jats:title>", re.IGNORECASE
)
_END = re.compile(r"</[a-zA-Z][\w:]{0,30}\s{0,9}>|<br\s{0,9}/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});", re.ASCII)
_STRAY = re.compile(r"<(?!/?[a-zA-Z])")


def plain(value: Any) -> str | None:
    r"""Return a text without its markup; None if the value is not a text.

    >>> plain("# Fast\n\nSee [the docs](https://example.org) and `x`, **now**: 2 * 3 * 4 of __init__")
    'Fast\n\nSee the docs and x, now: 2 * 3 * 4 of __init__'
    >>> plain("`Spark <https://example.org>`_ is ``fast``\n----------")
    'Spark is fast'
    >>> plain('<p>a < b &amp; <a title=">">c</a>, List<int></p><script>x</script>'), plain("List<int> &amp; more"), plain(3)
    ('a < b & c, List<int>', 'List<int> &amp; more', None)
    """
    if not isinstance(value, str):
        return None
    text = value[: convert.LONGEST_TEXT]
    prose = convert.prose(_without_tags(text) if "<" in text else text)
    if prose is None or not _MARK.search(prose):
        return prose
    for pattern, instead in _PLAIN:
        prose = pattern.sub(instead, prose)
    return convert.prose(prose)


def without_html(text: str) -> str:
    """Return a text of a bibliography without the HTML in which some publishers write it: elements that end, and entities.

    >>> without_html("CO<sub>2</sub> &amp; List<int>"), without_html("if a<b and c>d"), without_html("R&D &lt;em&gt;")
    ('CO2 & List<int>', 'if a<b and c>d', 'R&D <em>')
    """
    if "jats:" in text:
        return without_jats(text)
    if _END.search(text) and (bare := _without_tags(text)) != text:
        return bare
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def without_jats(text: str) -> str:
    """Return a text without the tags of JATS, in which publishers give abstracts to Crossref, and without the heading of all of it.

    Source: https://jats.nlm.nih.gov; Crossref has entities in it twice. Other text is returned unchanged.

    >>> without_jats("<jats:title>Abstract</jats:title><jats:p>R&amp;amp;D in <jats:italic>a</jats:italic>.</jats:p>").strip()
    'R&D in a.'
    >>> without_jats("&lt;jats:p&gt;Fast.&lt;/jats:p&gt;").strip(), without_jats("<p>R&amp;D</p>")
    ('Fast.', '<p>R&amp;D</p>')
    """
    if "&lt;jats:" in text:
        text = html.unescape(text)
    if "<jats:" not in text:
        return text
    return html.unescape(_without_tags(_JATS_HEADING.sub("", text)))


def _without_tags(text: str) -> str:
    """Return the text of HTML; a text without HTML elements is returned unchanged.

    HTMLParser takes quadratic time for unclosed tags and comments, and for declarations: it is given none of them
    (CVE-2025-6069).
    """
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 2)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    whole = "".join(kept) + text[at:]
    ends = whole.rfind(">") + 1
    reader = _Reader()
    reader.feed(_STRAY.sub("&lt;", whole[:ends]))
    reader.close()
    return "".join(reader.texts) + html.unescape(whole[ends:]) if reader.is_html else text


class _Reader(HTMLParser):
    """Collects the text of HTML, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.is_html = False
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._element(tag, self.get_starttag_text() or "")
        self._hidden = self._hidden or tag in ("script", "style")
        if tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        self._element(tag, f"</{tag}>")
        self._hidden = self._hidden and tag not in ("script", "style")
        if tag in _ENDS_LINE:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)

    def _element(self, tag: str, written: str) -> None:
        if tag in _ELEMENTS or tag.startswith("jats:"):
            self.is_html = True
        elif "-" not in tag and ":" not in tag:
            self.handle_data(html.unescape(written))


def summary(source: Source, record: Mapping[str, Any]) -> str | None:
    """Return the abstract of a record, else its description, without markup; a description beside an abstract is noted as not used."""
    abstract, description = plain(record.get("abstract")), plain(record.get("description"))
    if abstract and description != abstract:
        source.not_used({"description": description})
    return abstract or description
