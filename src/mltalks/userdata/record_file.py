"""The records of one data file by table, each parsed when it is asked for if the file is known to be valid.

Does not merge records of several files: `layers` does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from mltalks.dataset.record_texts import RecordText, name_of, values_of

KEYS = {"organizations": "name", "decisions": "session"}  # the key field of a table; for others, id


class RecordFile:
    """The records of a file by table and number."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take a parsed file; what is no record is left out."""
        self._values: dict[str, dict[int, dict[str, Any]]] = {
            table: {number: one for number, one in enumerate(entries) if isinstance(one, dict)}
            for table, entries in document.items()
            if isinstance(entries, list)
        }
        self._texts: dict[str, list[RecordText]] = {}

    @classmethod
    def of_texts(cls, texts: Sequence[RecordText]) -> Self:
        """Return the records of a valid file by their texts."""
        made = cls({})
        for one in texts:
            made._texts.setdefault(one.table, []).append(one)
        return made

    def names(self, table: str) -> list[tuple[int, str]]:
        """Return the number and the key of each record of a table that has one."""
        if table in self._texts and KEYS.get(table) != "session":
            found = ((number, name_of(one)) for number, one in enumerate(self._texts[table]))
        else:
            key = KEYS.get(table, "id")
            found = ((number, one.get(key)) for number, one in self.records(table).items())
        return [(number, name) for number, name in found if isinstance(name, str)]

    def records(self, table: str) -> dict[int, dict[str, Any]]:
        """Return all records of a table by number."""
        numbers = range(len(self._texts[table])) if table in self._texts else self._values.get(table, ())
        return {number: self.record(table, number) for number in numbers}

    def may_have(self, table: str, number: int, field: str) -> bool:
        """Return whether the text of a record has the name of a field, so that its values are worth parsing."""
        text = self._texts[table][number].text if table in self._texts else field
        return field in text or "\\" in text

    def record(self, table: str, number: int) -> dict[str, Any]:
        """Return the values of a record."""
        known = self._values.setdefault(table, {})
        if number not in known:
            known[number] = values_of(self._texts[table][number]) or {}
        return known[number]
