"""The text of a match: what a session has for words of a query, and for which words if it is not the same.

Does not name the fields or draw: lists and tables do that in their own ways.
"""

from collections.abc import Mapping
from typing import Any

from mltalks.messages import Lang, say
from mltalks.search.match_reasons import AS_TYPED, QUESTIONS, ReasonKind

# What relates a text to words of the query; others are "for" these.
_MEANT: dict[ReasonKind, str] = {
    "correction": "{text} (corrected from {query})",
    "sound": "{text} (sounds like {query})",
    "near": "{text} (near in meaning to {query})",
    "inferred theme": "~{text} (for {query})",
}


def match_text(match: Mapping[str, Any], text: str, lang: Lang = "en") -> str:
    """Return a text with a match, and the words of the query that it stands for.

    >>> match_text({"query": "kubernets", "how": "correction"}, "Kubernetes")
    'Kubernetes (corrected from kubernets)'
    >>> match_text({"query": "量子化", "how": "translation"}, "Quantization")
    'Quantization (for 量子化)'
    """
    if match["how"] in AS_TYPED:
        return text
    template = _MEANT.get(match["how"], "{text} (for {query})")
    return say(template, lang, text=text, query=match["query"])


def in_questions(match: Mapping[str, Any]) -> bool:
    """Return whether a session has a match only in the questions that it answers."""
    return QUESTIONS.issuperset(match["fields"])
