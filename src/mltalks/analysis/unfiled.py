"""The notice that many of the counted sessions have no theme, so that counts by theme leave them out.

Does not say why no theme fits: `mltalks explain` does.
"""

from mltalks.messages import Message
from mltalks.search.selection import Selection

MANY = 0.1  # the share of sessions without a theme from which on a count by theme may mislead


def unfiled_notice(selection: Selection) -> tuple[Message, ...]:
    """Return the notice, if more than a tenth of the sessions have no theme."""
    unfiled = selection.size - selection.having("theme").size
    if unfiled <= MANY * selection.size:
        return ()
    template = "sessions without a theme, which no count of a theme has: {unfiled} of {count}; NOT has:theme in the query finds them"
    return (Message(template, {"unfiled": unfiled, "count": selection.size}),)
