"""Sessions as JSON from the index, printed without parsing.

Does not select fields: `text_formats` does.
"""

from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang
from mltalks.text.formats.json_text import encoded

if TYPE_CHECKING:  # the search engine, which commands that change data do not need
    from mltalks.search.ranking import Hit


def why(hit: "Hit", lang: Lang = "en") -> dict[str, Any]:
    """Return the score and the reasons of a hit; themes are named in a language."""
    matched = [
        {
            "query": match.query,
            "text": hit.catalogue.label("theme", match.theme, lang) if match.theme else match.text,
            "how": match.how,
            "fields": list(match.fields),
            "theme": match.theme,
        }
        for match in hit.matched
    ]
    return {"score": hit.score, "matched": matched}


def hit_record(hit: "Hit", lang: Lang = "en") -> str:
    """Return a hit as one JSON object: its session, then its score and reasons."""
    return f"{hit.record[:-1]}, {encoded(why(hit, lang))[1:]}"
