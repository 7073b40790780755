"""Joins rows of a table that are of one talk, and have one of its authors each.

Does not compare rows with loaded sessions: `intake` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mltalks.exchange.readers.source import Draft
from mltalks.exchange.twins import names_of
from mltalks.text.folding import name_key

_FEWEST_WORDS = (
    3  # words of a title by which rows of a table are of one talk; "Keynote" may be that of several
)
_BY_AUTHOR = ("title", "speakers", "organizations")  # fields in which the rows of one talk may differ


class AuthorRows:
    """Sessions of tables by source, event and title, with the speakers and organizations of their rows."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Path | None, str, str], tuple[dict[str, Any], set[str]]] = {}

    def note(self, event: str, title: str, draft: Draft, record: dict[str, Any]) -> None:
        """Note the session of a row, to whose record the authors of further rows are added."""
        if draft.row and len(record.get("speakers", ())) == 1:
            key = (draft.path, event, name_key(title))
            self._rows.setdefault(key, (record, {*_affiliated(record)}))

    def join(
        self,
        event: str,
        title: str,
        draft: Draft,
        fields: Mapping[str, Any],
        known: Sequence[Mapping[str, Any]] = (),
    ) -> dict[str, Any] | None:
        """Join a row of a table with that of another author of the same talk; return what is left of it, None if there is no such row.

        A short title may be that of several talks, unless all authors are those of one of the `known` sessions. Nothing is left of a
        row that differs in nothing else; another one of such an author keeps all but the author.
        """
        key = name_key(title)
        row = self._rows.get((draft.path, event, key))
        telling = len(key.split()) >= _FEWEST_WORDS or not key.isascii()
        if row is None or len(fields.get("speakers", ())) != 1:
            return None
        (record, seen), parts = row, _affiliated(fields)
        team = {*names_of(record), *names_of(fields)}
        is_known = any(team <= {*names_of(one)} for one in known)
        others = {field: value for field, value in fields.items() if field not in _BY_AUTHOR}
        differs = any(record.get(field, value) != value for field, value in others.items())
        if parts[0] in seen or not (is_known or (telling and not differs)):
            return None
        record["speakers"].append(fields["speakers"][0])
        if new := [organization for organization in parts[1:] if organization not in seen]:
            record.setdefault("organizations", []).extend(new)
        seen.update(parts)
        if differs:
            return {"title": title, **others}
        for field, value in others.items():
            record.setdefault(field, value)
        return {}

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()


class HeldRows:
    """Rows of one speaker of a source that may be of loaded sessions: rows with the other authors may follow."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._rows = AuthorRows()

    def hold(self, event: str, title: str, draft: Draft, known: Sequence[Mapping[str, Any]]) -> bool:
        """Keep a row, of which `known` are the loaded sessions; return whether it is joined with an earlier one."""
        left = self._rows.join(event, title, draft, draft.fields, known)
        if left == {}:
            return True
        fields = left or {
            name: [*value] if isinstance(value, list) else value for name, value in draft.fields.items()
        }
        if left is None:
            self._rows.note(event, title, draft, fields)
        self._drafts.append(draft._replace(fields=fields))
        return False

    def release(self) -> Iterator[Draft]:
        """Yield the rows, with all authors, and forget them."""
        drafts, self._drafts = self._drafts, []
        self._rows.clear()
        yield from drafts


def _affiliated(fields: Mapping[str, Any]) -> list[str]:
    """Return the one speaker of a row with his organization, and the other organizations."""
    people = [f"{one['name']}\n{one.get('organization', '')}" for one in fields.get("speakers", ())[:1]]
    return [*people, *fields.get("organizations", ())] if people else []
