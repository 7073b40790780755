"""Sessions as JSON straight from the index: what is stored is printed without being read.

For lists of whole sessions only; when fields are picked, `records` does it.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mltalks.text.json_text import array, json_safe, lines

if TYPE_CHECKING:  # the search engine, which a command that writes does not need
    from mltalks.search.ranking import Hit


def why(hit: "Hit") -> dict[str, Any]:
    """Return what a hit says beside its session: score and reasons."""
    matched = [
        {"query": match.query, "text": match.text, "how": match.how, "fields": list(match.fields)}
        for match in hit.matched
    ]
    return {"score": hit.score, "matched": matched}


def hit_record(hit: "Hit") -> str:
    """Return a hit as one JSON object: its session, then its score and reasons."""
    return f"{hit.record[:-1]}, {json.dumps(why(hit), ensure_ascii=False)[1:]}"


def json_text(records: Iterable[str], form: str) -> str:
    """Return records that are JSON already as an array ("json"), or as an object a line ("jsonl")."""
    return json_safe("".join((lines if form == "jsonl" else array)(records)))
