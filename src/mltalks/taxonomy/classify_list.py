"""The user's list of talks, classified one by one.

Does not read the list: the importers do.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mltalks.dataset.model import Session
from mltalks.taxonomy.classifier import Classification, Classifier

_TEXTS = ("track", "summary", "summary_ja")
_LISTS = ("keywords", "keywords_ja", "organizations")


class Classified(NamedTuple):
    """A record of the list with its classification."""

    given: Mapping[str, Any]
    found: Classification


def classified(classifier: Classifier, records: Iterable[Mapping[str, Any]]) -> Iterator[Classified]:
    """Yield records with their themes, in order."""
    for record in records:
        yield Classified(record, classifier.classify(_session(record)))


def _session(record: Mapping[str, Any]) -> Session:
    texts: dict[str, Any] = {name: record[name] for name in _TEXTS if isinstance(record.get(name), str)}
    lists: dict[str, Any] = {
        name: tuple(one for one in record[name] if isinstance(one, str))
        for name in _LISTS
        if isinstance(record.get(name), list)
    }
    event = record.get("event")
    return Session(
        "", event if isinstance(event, str) else "", "", 0, record["title"], "talk", **texts, **lists
    )
