"""Papers of arXiv: programs write the number of the paper into the name of the journal, a field of its own, or a volume.

Does not look papers up. Source of the numbers: https://info.arxiv.org/help/arxiv_identifier.html.
"""

import re

_NUMBER = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", re.ASCII)
_NAME = re.compile(
    rf"arXiv(?:\.org)?(?:\s+(?:e-?|pre)prints?(?:\s+archive)?)?(?:\s*\(Cornell University\))?"
    rf"(?:[\s,:]*(?:arXiv\s*:\s*)?({_NUMBER.pattern}))?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_CORR = re.compile(rf"(?:CoRR[\s,]+)?abs/({_NUMBER.pattern})", re.IGNORECASE)

_ADDRESS = re.compile(
    rf"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/({_NUMBER.pattern})(?:\.pdf)?", re.IGNORECASE
)


def number(address: str | None) -> str | None:
    """Return the number of the paper at an address of arXiv.

    >>> number("https://arxiv.org/abs/2101.01234v2"), number("https://example.org/2101.01234"), number(None)
    ('2101.01234v2', None, None)
    """
    found = _ADDRESS.fullmatch(address or "")
    return found[1] if found else None


def venue(name: str | None, *hints: str | None) -> tuple[str | None, str | None]:
    """Return the name of an event without the number of a paper, and the address of the paper, if a name or hint has its number.

    Without a name, a hint that is arXiv gives it.

    >>> venue("arXiv preprint arXiv:2101.01234"), venue("CoRR", "abs/2101.01234")
    (('arXiv', 'https://arxiv.org/abs/2101.01234'), ('CoRR', 'https://arxiv.org/abs/2101.01234'))
    >>> venue(None, "arXiv:hep-th/9901001 [hep-th]"), venue(None, "arXiv"), venue("KDD", "arXiv:2203.04567v2")
    (('arXiv', 'https://arxiv.org/abs/hep-th/9901001'), ('arXiv', None), ('KDD', 'https://arxiv.org/abs/2203.04567v2'))
    >>> venue("arXiv reading group 2024"), venue("Journal 31", "31", None), venue(None)
    (('arXiv reading group 2024', None), ('Journal 31', None), (None, None))
    """
    texts = [text for text in (name, *hints) if text]
    named = [found for text in texts if (found := _NAME.fullmatch(text))]
    numbers = [found[1] for found in (*named, *filter(None, map(_CORR.fullmatch, texts))) if found[1]]
    if named and (name is None or named[0].string == name):
        name = "arXiv"
    return name, f"https://arxiv.org/abs/{numbers[0]}" if numbers else None
