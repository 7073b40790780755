"""The records of data files that have changed since an index was made, by the digests of their texts.

Does not change the index: `refresh` does.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.files import read_text
from mltalks.dataset.loader import FileRecords
from mltalks.dataset.record_texts import DIGEST, RecordText, key_of, record_texts, values_of
from mltalks.dataset.schema import TABLES, check
from mltalks.problems import Problem
from mltalks.search.index.fingerprint import Place


class CannotRefreshError(Exception):
    """Something has changed that may concern all sessions, or that is not valid; an index of all data is needed."""


class IndexedFile(NamedTuple):
    """A file that an index was made of: its state then, and its records; None if it cannot be split into records."""

    state: str
    records: FileRecords | None


class FileChanges:
    """The files as they are now, and the names of their changed records by table.

    A table other than `sessions` has also changed, without a name, if its records are in another order.
    """

    def __init__(
        self, before: Mapping[Place, IndexedFile], states: Mapping[Place, str], own: int | None = None
    ) -> None:
        """Take the files that the index was made of, and those that there are with their states, in order.

        `own` is the number of the layer whose records may belong to a file that is not loaded.

        Raises CannotRefreshError: a file cannot be split into records, or a changed record is not valid.
        """
        self._own = own
        self.own: dict[str, set[str]] = {}  # names of merged records, by table, that begin in that layer
        self.events_below: dict[str, str] = {}  # those of sessions that the layer moves to another event
        self._texts: dict[Place, list[RecordText]] = {}
        self._values: dict[tuple[Place, int], dict[str, Any]] = {}
        self.changed: dict[str, dict[str, None]] = {}
        self.now: dict[Place, FileRecords] = {}
        for place, state in states.items():
            self.now[place] = self._compared(place, before.get(place), state)
        for place, one in before.items():
            if place not in states:
                self._note(_whole(one.records).keys)
        self.moved = [one.keys for one in self.now.values()] != [
            _whole(one.records).keys for one in before.values()
        ]

    def merged(self, table: str, names: Collection[str]) -> dict[str, dict[str, Any] | None]:
        """Return the values of records by their names; None for those that are in no file, or change what is not loaded.

        Raises CannotRefreshError: a record is not valid.
        """
        found: dict[str, dict[str, Any] | None] = dict.fromkeys(names)
        layers: dict[str, int] = {}
        for place, number, name in self._places(table, found.keys()):
            if layers.get(name) == place[0]:
                raise CannotRefreshError  # twice in a layer
            if name not in layers and place[0] == self._own:
                self.own.setdefault(table, set()).add(name)
            layers[name] = place[0]
            before, values = found[name], self._value(place, number)
            del self._values[place, number]  # to save memory: it is seldom asked for again
            if before and "event" in values:
                self.events_below.pop(name, None)
                if place[0] == self._own and "event" in before:
                    self.events_below[name] = before["event"]
            found[name] = values if before is None else before | values
        required = {name for name, field in TABLES[table].items() if field.required}
        for name, merged in found.items():
            if merged is not None and not merged.keys() >= required:
                if not name or name not in self.own.get(table, ()):  # without an id, it changes nothing
                    raise CannotRefreshError
                found[name] = None
        return found

    def forget(self) -> None:
        """Forget the texts and values of records, to save memory; they are read again if they are asked for."""
        self._texts.clear()
        self._values.clear()

    def names(self, table: str) -> list[str]:
        """Return the names of all records of a table, each once, in the order of the files."""
        start = f"{table}\t"
        keys = (key for some in self.now.values() for key in some.keys if key.startswith(start))
        return [key[len(start) :] for key in dict.fromkeys(keys)]

    def unnamed(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the values of all records of a table that has no ids."""
        for place, number, _ in self._places(table, {""}):
            yield self._value(place, number)

    def _places(self, table: str, names: Collection[str]) -> Iterator[tuple[Place, int, str]]:
        """Yield the file and number of all records of some names, in the order of the files."""
        wanted = {f"{table}\t{name}": name for name in names}
        for place, records in self.now.items():
            for number, key in enumerate(records.keys):
                if key in wanted:
                    yield place, number, wanted[key]

    def _compared(self, place: Place, before: IndexedFile | None, state: str) -> FileRecords:
        """Return the records of a file now, and note the changed ones."""
        if before and before.state == state:
            return _whole(before.records)
        old = _whole(before.records) if before else FileRecords([], b"")
        digests = _digests(old)
        known, left = dict(zip(digests, old.keys, strict=True)), Counter(digests)
        keys = []
        for number, one in enumerate(self._read(place)):
            if left[one.digest]:
                left[one.digest] -= 1
                key = known[one.digest]
            else:
                key = f"{one.table}\t{key_of(one.table, self._value(place, number)) or ''}"
                self._note([key])
            keys.append(key)
        self._note(known[digest] for digest in left.elements())
        now = FileRecords(keys, b"".join(one.digest for one in self._texts[place]))
        before_by_table, by_table = _orders(old), _orders(now)
        for table in before_by_table.keys() | by_table.keys():
            if before_by_table[table] != by_table[table]:
                self.changed.setdefault(table, {})
        return now

    def _note(self, keys: Iterable[str]) -> None:
        for key in keys:
            table, _, name = key.partition("\t")
            self.changed.setdefault(table, {})[name] = None

    def _read(self, place: Place) -> list[RecordText]:
        """Return the texts of the records of a file, which is read once."""
        if place not in self._texts:
            text = read_text(Path(place[1]))
            found = None if isinstance(text, Problem) else record_texts(text.replace("\r\n", "\n"))
            if found is None or (place in self.now and len(found) != len(self.now[place].keys)):
                raise CannotRefreshError
            self._texts[place] = found
        return self._texts[place]

    def _value(self, place: Place, number: int) -> dict[str, Any]:
        """Return the values of a record."""
        if (place, number) not in self._values:
            one = self._read(place)[number]
            if place in self.now and one.digest != self.now[place].digests[number * DIGEST :][:DIGEST]:
                raise CannotRefreshError  # changed since its state was taken
            values = values_of(one)
            if values is None or one.table not in TABLES:
                raise CannotRefreshError
            if any(violation.severity == "error" for violation in check(one.table, values)):
                raise CannotRefreshError
            self._values[place, number] = values
        return self._values[place, number]


def _whole(records: FileRecords | None) -> FileRecords:
    if records is None:
        raise CannotRefreshError
    return records


def _orders(records: FileRecords) -> defaultdict[str, list[bytes]]:
    """Return the digests of the records of each table but `sessions`, in order."""
    found = defaultdict(list)
    for key, digest in zip(records.keys, _digests(records), strict=True):
        if not key.startswith("sessions\t"):
            found[key.partition("\t")[0]].append(digest)
    return found


def _digests(records: FileRecords) -> list[bytes]:
    digests = records.digests
    return [digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)]
