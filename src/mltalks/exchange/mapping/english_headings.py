"""The fields of English headings that name the proposal or the talk before the field: "Proposal title", "Review status".

Does not know the names of fields alone: `column_names` lists these. Source: the tables of pretalx, Sessionize, EasyChair and Indico.
"""

import re

STATUS = "status"
_TALK = "proposal|submission|contribution|talk|session|presentation|paper|abstract"
# The first field whose pattern a whole heading has is that of the heading.
_PATTERNS = {
    STATUS: rf"(?:(?:{_TALK}|review|acceptance|selection|final|current)(?:status|state|decision)|acceptance|decision(?:status|state))",
    "title": rf"(?:{_TALK})title",
    "kind": rf"(?:{_TALK})(?:type|format|kind)",
    "track": rf"(?:{_TALK})track",
    "summary": rf"(?:{_TALK})(?:abstract|description|summary)",
    "speakers": rf"(?:{_TALK})(?:speaker|author|presenter)(?:s|\(s\))?(?:names?)?",
    "keywords": rf"(?:{_TALK})(?:keyword|tag|topic)(?:s|\(s\))?",
    "language": rf"(?:{_TALK})language",
    "minutes": rf"(?:{_TALK})(?:duration|length)",
}


def composed_field(heading: str) -> str | None:
    """Return the field of a heading as `column_names.folded` returns it; None if it does not surely mean one.

    >>> [composed_field(one) for one in ("proposaltitle", "proposalstate", "reviewstatus", "submissiontype", "paperauthors")]
    ['title', 'status', 'status', 'kind', 'speakers']
    >>> [composed_field(one) for one in ("submissiondate", "sessionchair", "jobtitle", "proposalurl")]
    [None, None, None, None]
    """
    if not heading.isascii():
        return None
    return next((field for field, pattern in _PATTERNS.items() if re.fullmatch(pattern, heading)), None)
