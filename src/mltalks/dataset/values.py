"""The formats of values in a data file: ids, links, DOIs, languages, dates, years, minutes.

Does not report problems (`schema` does) and does not convert values of other programs
(`exchange.mapping.convert` does); the kinds and marks are in `vocabulary`.
"""

import re
from datetime import date, datetime

from mltalks.text.sanitize import is_web_address

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_IDENTIFIER = re.compile(r"\w[\w.-]*")
_CITATION_KEY = re.compile(r"""[^\s"#%'(),={}~\\]{1,200}""")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f]+", re.ASCII)
_RESOLVER = re.compile(
    r"(?:https?://)?[\w.-]{0,60}\bdoi\b[\w.-]{0,60}/(?=10\.)|https?://[\w.-]{1,100}/doi/(?:[a-z]{3,5}/)?(?=10\.)|doi:?\s*+",
    re.IGNORECASE | re.ASCII,
)
# The number of a paper at arXiv, without that of its version, and the addresses before it, without "https://".
# Source: https://info.arxiv.org/help/arxiv_identifier.html.
ARXIV_NUMBER = r"(?:[a-zA-Z-]+(?:\.[a-zA-Z]{2})?/\d{7}|\d{4}\.\d{4,5})"
ARXIV_PAGES = r"(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII)


def is_identifier(text: str) -> bool:
    """Return whether a text can be an id or a tag: letters, digits, hyphens, dots and underscores."""
    return bool(_IDENTIFIER.fullmatch(text))


def is_citation_key(text: str) -> bool:
    """Return whether BibTeX and Biber read a text as a key: no spaces, and none of their signs; letters beyond ASCII are allowed.

    >>> is_citation_key("DBLP:conf/osdi/X22"), is_citation_key("müller:2021"), is_citation_key("a b"), is_citation_key("a,b")
    (True, True, False, False)
    """
    return bool(_CITATION_KEY.fullmatch(text)) and text.isprintable()


def is_link(text: str) -> bool:
    """Return whether a text is an http or https address without spaces and unprintable characters."""
    return " " not in text and text.isprintable() and is_web_address(text)


def is_doi(text: str) -> bool:
    """Return whether a text is a DOI, without its resolver; letters beyond ASCII are allowed.

    Source: DOI Handbook, 2.2.
    """
    return bool(_DOI.fullmatch(text))


def plain_doi(text: str) -> str | None:
    """Return a DOI without "doi:" or the address of its resolver, or of a publisher's page that names it; None if it is none.

    >>> plain_doi("https://doi.org/10.1145/3342195?from=x#page"), plain_doi("10.1145/3342195"), plain_doi("opml19-katib")
    ('10.1145/3342195', '10.1145/3342195', None)
    """
    for _ in range(2):  # "doi:", then an address
        if resolver := _RESOLVER.match(text):
            text = text[resolver.end() :]
            if "/" in resolver[0]:
                text = re.split("[?#]", text, maxsplit=1)[0]
                if "%" in text:
                    from urllib.parse import unquote

                    text = unquote(text)
    return text if is_doi(text) else None


def doi_key(text: str) -> str | None:
    """Return what all spellings of a DOI have in common: it is compared without case (DOI Handbook, 2.4); None if it is none."""
    found = plain_doi(text) if "10." in text else None
    return found.lower() if found else None


def is_language(text: str) -> bool:
    """Return whether a text looks like a language tag (BCP 47) in lower case: en, ja, pt-br."""
    return bool(_LANGUAGE.fullmatch(text))


def is_date(text: str) -> bool:
    """Return whether a text is a day, like 2019-05-20."""
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """Return whether a text is a day with a time, like 2019-05-20T10:30 or 2019-05-20T10:30+09:00 (ISO 8601)."""
    try:
        return "T" in text and text.isascii() and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def is_local_time(text: str) -> bool:
    """Return whether a text is a day with a time that has no time zone."""
    return is_time(text) and datetime.fromisoformat(text).tzinfo is None


def is_year(number: int) -> bool:
    """Return whether a number is a year from 1900 to 2200."""
    return 1900 <= number <= 2200


def is_duration(minutes: int) -> bool:
    """Return whether a number of minutes can be the length of a session: from 1 to a day."""
    return 0 < minutes <= 24 * 60
