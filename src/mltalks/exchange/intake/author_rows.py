"""Joins rows of a table that are of one talk, and have one of its authors each.

Does not compare rows with loaded sessions: `intake` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.values import is_date
from mltalks.exchange.intake.twins import names_of
from mltalks.exchange.readers.source import Draft
from mltalks.text.folding import name_key
from mltalks.text.same_person import is_same, person_key

# Words of a title by which rows of a table are of one talk; "Keynote" may be that of several.
_FEWEST_WORDS = 3
_NAMESAKES = 20  # that are compared
_People = dict[str, list[Mapping[str, str]]]  # the speakers of a talk by the key of their names
_OF_ONE = ("id", "date", "summary", "summary_ja", "slides", "video", "paper")  # fields
_BY_AUTHOR = ("title", "speakers", "organizations")  # fields in which the rows of one talk may differ


class Joined(NamedTuple):
    """The record with which a row is joined, and what is left of the row."""

    record: dict[str, Any]
    left: dict[str, Any]


class AuthorRows:
    """Sessions of tables by source, event and title, with the speakers and organizations of their rows."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Path | None, str, str], tuple[dict[str, Any], set[str], _People]] = {}

    def note(self, event: str, title: str, draft: Draft, record: dict[str, Any]) -> None:
        """Note the session of a row, to whose record the authors of further rows are added."""
        if draft.row and len(record.get("speakers", ())) == 1:
            key = (draft.path, event, name_key(title))
            people: _People = {}
            _note(people, record["speakers"][0])
            self._rows.setdefault(key, (record, {*_affiliated(record)}, people))

    def joins(self, draft: Draft, record: dict[str, Any]) -> bool:
        """Return whether a row that is not imported is joined with an earlier one; if not, note its record."""
        event, title = str(record.get("event") or ""), str(record.get("title") or "")
        if self.join(event, title, draft, draft.fields):
            return True
        self.note(event, title, draft, {**record, "speakers": [*record.get("speakers", ())]})
        return False

    def join(
        self,
        event: str,
        title: str,
        draft: Draft,
        fields: Mapping[str, Any],
        known: Sequence[Mapping[str, Any]] = (),
    ) -> Joined | None:
        """Join a row of a table with that of another author of the same talk; None if there is no such row.

        A short title may be that of several talks, unless all authors are those of one of the `known` sessions, or the rows have an
        id, a time or a text in common. Nothing is left of a
        row that differs in nothing else; another one of such an author keeps all but the author. A second row of one author is that
        of a known session only, if not at another time.
        """
        key = name_key(title)
        row = self._rows.get((draft.path, event, key))
        if row is None or len(fields.get("speakers", ())) != 1:
            return None
        (record, seen, people), parts, speaker = row, _affiliated(fields), fields["speakers"][0]
        team = {*names_of(record), *names_of(fields)}
        telling = len(key.split()) >= _FEWEST_WORDS or not key.isascii() or _has_same(fields, record)
        is_known = any(team <= {*names_of(one)} for one in known)
        others = {field: value for field, value in fields.items() if field not in _BY_AUTHOR}
        differs = any(record.get(field, value) != value for field, value in others.items())
        is_listed = parts[0] in seen or any(
            is_same(speaker, one) for one in people.get(person_key(speaker["name"]), ())[:_NAMESAKES]
        )
        is_other_time = record.get("date") != fields.get("date", record.get("date"))
        if not (is_known or (telling and not differs)) or (is_listed and (not known or is_other_time)):
            return None
        if not is_listed:
            record["speakers"].append(speaker)
            _note(people, speaker)
        if new := [organization for organization in parts[1:] if organization not in seen]:
            record.setdefault("organizations", []).extend(new)
        seen.update(parts)
        if differs:
            return Joined(record, {"title": title, **others})
        for field, value in others.items():
            record.setdefault(field, value)
        return Joined(record, {})


class HeldRows:
    """Rows of one speaker of a source that may be of loaded sessions: rows with the other authors may follow."""

    def __init__(self) -> None:
        self._drafts: list[tuple[Draft, list[Draft]]] = []  # each with the rows that are joined with it
        self._joined: dict[int, list[Draft]] = {}  # these, by the identity of the fields with which they are
        self._rows = AuthorRows()

    def hold(self, event: str, title: str, draft: Draft, known: Sequence[Mapping[str, Any]]) -> None:
        """Keep a row, of which `known` are the loaded sessions, or join it with an earlier one."""
        found = self._rows.join(event, title, draft, draft.fields, known)
        if found and not found.left:
            self._joined[id(found.record)].append(draft)
            return
        joined: list[Draft] = []
        if found:
            fields = found.left
        else:
            own = draft.fields.items()
            fields = {name: [*value] if isinstance(value, list) else value for name, value in own}
            self._rows.note(event, title, draft, fields)
            self._joined.setdefault(id(fields), joined)
        self._drafts.append((draft._replace(fields=fields), joined))

    def release(self) -> Iterator[tuple[Draft, list[Draft]]]:
        """Yield the rows with all authors, each with the rows that are joined with it, and forget them."""
        drafts = self._drafts
        self._drafts, self._joined, self._rows = [], {}, AuthorRows()
        yield from drafts


def _has_same(fields: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Return whether a row has something of a session that only one talk has: not a day, which all of its event may have."""
    same = (fields[name] for name in _OF_ONE if name in fields and fields[name] == record.get(name))
    return any(not is_date(one) for one in same)


def _note(people: _People, speaker: Mapping[str, str]) -> None:
    people.setdefault(person_key(speaker["name"]), []).append(speaker)


def _affiliated(fields: Mapping[str, Any]) -> list[str]:
    """Return the one speaker of a row with his organization, and the other organizations."""
    people = [f"{one['name']}\n{one.get('organization', '')}" for one in fields.get("speakers", ())[:1]]
    return [*people, *fields.get("organizations", ())] if people else []
