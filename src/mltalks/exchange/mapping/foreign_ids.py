"""The ids that another program has for a talk, by which the talk is known when it is imported again.

Does not look for the talk: `intake` does.
"""

from typing import Any

from mltalks.exchange.mapping.editions import identifier
from mltalks.exchange.readers.source import Draft


def known_again(draft: Draft, *written: Any) -> Draft:
    """Return a draft with the first of some ids that its program has for the talk; the others and its own one are earlier ids.

    >>> draft = known_again(Draft({"id": "meet-1-serving"}), "K7XN3P", "0f0e-1")
    >>> draft.fields, draft.earlier_ids
    ({'id': 'k7xn3p'}, ('0f0e-1', 'meet-1-serving'))
    """
    ids = [found for one in written if (found := identifier(one))]
    if not ids:
        return draft
    earlier = (*ids[1:], *filter(None, [draft.fields.get("id")]))
    fields = {**draft.fields, "id": ids[0]}
    return draft._replace(fields=fields, numbered=True, foreign_id=True, earlier_ids=earlier)
