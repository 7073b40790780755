"""The notice that many of the counted sessions have no known value of a facet, so that its counts leave them out.

Does not say why no theme fits: `mltalks explain` does.
"""

from collections.abc import Iterator

from mltalks.messages import Message
from mltalks.search.selection import Selection

MANY = 0.1  # the share of sessions without a value from which on counts may mislead
_HAS = {"theme": "theme", "company": "organization", "keyword": "keyword", "speaker": "speaker"}


def unfiled_notices(selection: Selection, *facets: str) -> Iterator[Message]:
    """Yield a notice for each of these facets, or parts of them, of which more than a tenth of the sessions have no value.

    Likewise if more than a tenth have a company, but speakers of whom no organization is known.
    """
    for facet in dict.fromkeys(one.partition("/")[0] for one in facets):
        unfiled = selection.size - selection.having(facet).size
        if facet not in _HAS or unfiled <= MANY * selection.size:
            continue
        template = (
            "sessions without a theme, which no count of a theme has: {unfiled} of {count}; NOT has:theme in the query finds them"
            if facet == "theme"
            else "sessions without a known {what}, which no count of a {what} has: {unfiled} of {count}; NOT has:{has} in the query finds them"
        )
        values = {"what": facet, "has": _HAS[facet], "unfiled": unfiled, "count": selection.size}
        yield Message(template, values)
    if any(one.partition("/")[0] == "company" for one in facets):
        known, whole = selection.having("company").size, selection.having("has", ("affiliations",)).size
        if known - whole > MANY * selection.size:
            template = "the companies of {partly} of {count} sessions may be incomplete: the organization of some of their speakers is not known"
            yield Message(template, {"partly": known - whole, "count": selection.size})
