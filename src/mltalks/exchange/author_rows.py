"""Joins rows of a table that are of one talk, and have one of its authors each.

Does not compare rows with loaded sessions: `intake` does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mltalks.exchange.readers.source import Draft
from mltalks.text.folding import name_key

_FEWEST_WORDS = (
    3  # words of a title by which rows of a table are of one talk; "Keynote" may be that of several
)
_BY_AUTHOR = ("title", "speakers", "organizations")  # fields in which the rows of one talk may differ


class AuthorRows:
    """New sessions of tables by source, event and title, with the speakers and organizations of their rows."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Path | None, str, str], tuple[dict[str, Any], set[str]]] = {}

    def note(self, draft: Draft, title: str, record: dict[str, Any]) -> None:
        """Note the new session of a row, to whose record the authors of further rows are added."""
        if draft.row and len(record.get("speakers", ())) == 1:
            key = (draft.path, record["event"], name_key(title))
            self._rows.setdefault(key, (record, {*_affiliated(record)}))

    def join(self, event: str, title: str, draft: Draft, fields: Mapping[str, Any]) -> bool:
        """Join a row of a table with that of another author of the same talk, which differs in nothing else, if there is one."""
        key = name_key(title)
        row = self._rows.get((draft.path, event, key))
        telling = len(key.split()) >= _FEWEST_WORDS or not key.isascii()
        if row is None or len(fields.get("speakers", ())) != 1 or not telling:
            return False
        (record, known), parts = row, _affiliated(fields)
        if parts[0] in known:
            return False
        others = {field: value for field, value in fields.items() if field not in _BY_AUTHOR}
        if any(record.get(field, value) != value for field, value in others.items()):
            return False
        record["speakers"].append(fields["speakers"][0])
        if new := [organization for organization in parts[1:] if organization not in known]:
            record.setdefault("organizations", []).extend(new)
        known.update(parts)
        for field, value in others.items():
            record.setdefault(field, value)
        return True

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()


def _affiliated(fields: Mapping[str, Any]) -> list[str]:
    """Return the one speaker of a row with his organization, and the other organizations."""
    people = [f"{one['name']}\n{one.get('organization', '')}" for one in fields.get("speakers", ())[:1]]
    return [*people, *fields.get("organizations", ())] if people else []
