"""Papers of arXiv: programs write the number of the paper into the name of the journal, a field of its own, or a volume.

Does not look papers up.
"""

import re

from mltalks.dataset.values import ARXIV_NUMBER, ARXIV_PAGES

_NUMBER = re.compile(rf"{ARXIV_NUMBER}(?:v\d+)?", re.ASCII)
_NAME = re.compile(
    rf"arXiv(?:\.org)?(?:\s+(?:e-?|pre)prints?(?:\s+archive)?)?(?:\s*\(Cornell University\))?"
    rf"(?:[\s,:]*(?:arXiv\s*:\s*)?({_NUMBER.pattern}))?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
# The part of arXiv on computing, as DBLP names it.
_CORR = re.compile(rf"(?:CoRR(?:[\s,]+|\Z))?(?:abs/({_NUMBER.pattern}))?", re.IGNORECASE)

_ADDRESS = re.compile(rf"https?://{ARXIV_PAGES}({_NUMBER.pattern})(?:\.pdf)?/?(?:[?#].*)?", re.IGNORECASE)

_DOI = re.compile(rf"10\.48550/arxiv\.({_NUMBER.pattern})", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\Z", re.ASCII)


def number(address: str | None) -> str | None:
    """Return the number of the paper at an address of arXiv.

    >>> number("https://arxiv.org/abs/2101.01234v2"), number("https://example.org/2101.01234"), number(None)
    ('2101.01234v2', None, None)
    """
    found = _ADDRESS.fullmatch(address or "")
    return found[1] if found else None


def number_of_doi(doi: str | None) -> str | None:
    """Return the number of the paper whose DOI arXiv has given.

    >>> number_of_doi("10.48550/arXiv.2101.01234"), number_of_doi("10.1145/3533378"), number_of_doi(None)
    ('2101.01234', None, None)
    """
    found = _DOI.fullmatch(doi or "")
    return found[1] if found else None


def without_version(paper: str) -> str:
    """Return the number of a paper without that of its version.

    >>> without_version("2101.01234v2"), without_version("hep-th/9901001")
    ('2101.01234', 'hep-th/9901001')
    """
    return _VERSION.sub("", paper)


def says_arxiv(text: str | None) -> bool:
    """Return whether a text says no more than that something is at arXiv, under which number: `venue` takes all of it.

    >>> says_arxiv("arXiv:2101.01234"), says_arxiv("abs/2101.01234"), says_arxiv("31"), says_arxiv(None)
    (True, True, False, False)
    """
    return bool(text and (_NAME.fullmatch(text) or _CORR.fullmatch(text)))


def of_doi(doi: str | None) -> str | None:
    """Return a hint for `venue`, if arXiv has given the DOI."""
    found = number_of_doi(doi)
    return f"arXiv:{found}" if found else None


def venue(name: str | None, *hints: str | None) -> tuple[str | None, str | None]:
    """Return the name of an event without the number of a paper, and the address of the paper, if a name or hint has its number.

    Without a name, a hint that is arXiv gives it. CoRR, as DBLP says, is arXiv.

    >>> venue("arXiv preprint arXiv:2101.01234"), venue("CoRR", "abs/2101.01234")
    (('arXiv', 'https://arxiv.org/abs/2101.01234'), ('arXiv', 'https://arxiv.org/abs/2101.01234'))
    >>> venue(None, "arXiv:hep-th/9901001 [hep-th]"), venue(None, "arXiv"), venue("KDD", "arXiv:2203.04567v2")
    (('arXiv', 'https://arxiv.org/abs/hep-th/9901001'), ('arXiv', None), ('KDD', 'https://arxiv.org/abs/2203.04567v2'))
    >>> venue("arXiv reading group 2024"), venue("Journal 31", "31", None), venue(None)
    (('arXiv reading group 2024', None), ('Journal 31', None), (None, None))
    """
    texts = [text for text in (name, *hints) if text]
    named = [found for text in texts if (found := _NAME.fullmatch(text))]
    of_corr = [found for text in texts if (found := _CORR.fullmatch(text))]
    numbers = [found[1] for found in (*named, *of_corr) if found[1]]
    if name and _CORR.fullmatch(name) and name[:4].casefold() == "corr":
        name = "arXiv"
    if named and (name is None or named[0].string == name):
        name = "arXiv"
    return name, f"https://arxiv.org/abs/{numbers[0]}" if numbers else None
