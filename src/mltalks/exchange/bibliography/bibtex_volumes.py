"""What an entry of BibTeX takes over from others: from its volume, which `crossref` names, and from those that `xdata` names.

Does not take over what concerns a volume alone: its authors, its DOI, its address on the web. Source: Philipp Lehman, The
biblatex Package, 2.4.1 and appendix B.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# Types whose entries hold others; none of them is a talk.
VOLUMES = frozenset({
    "proceedings", "mvproceedings", "book", "mvbook", "collection", "mvcollection", "reference", "mvreference", "periodical",
    "booklet", "set", "xdata",
})  # fmt: skip
OTHER_TYPE = 'has the type "{type}", which is not kept: it becomes a {what}'
_OF_VOLUME = ("booktitle", "journal", "journaltitle", "series", "eventtitle", "eventdate", "venue", "location", "address", "publisher", "language", "langid")  # fmt: skip

_MOST = 20  # keys that an entry may name
_GROWTH = 2_000_000  # letters that all entries together take over


class Entry(NamedTuple):
    """An entry with its values, macros expanded and LaTeX as written."""

    line: int
    type: str
    key: str
    values: Mapping[str, str]


class Volumes:
    """The volumes of a file so far, and the entries that wait for theirs."""

    def __init__(self) -> None:
        self._known: dict[str, Entry] = {}
        self._waiting: dict[str, list[Entry]] = defaultdict(list)
        self._left = _GROWTH

    def take(self, entry: Entry) -> Iterator[Entry]:
        """Yield an entry, completed, if its volume is known; of a volume, the entries that waited for it."""
        todo = deque([entry])
        while todo:
            one = todo.popleft()
            missing = next((key for key in _named(one) if self._volume(key) is None), None)
            if missing is not None:
                self._waiting[missing.casefold()].append(one)
                continue
            yield self._completed(one)
            if one.type in VOLUMES:
                for key in dict.fromkeys((one.key, one.key.casefold())):
                    self._known.setdefault(key, self._completed(one))
                todo += self._waiting.pop(one.key.casefold(), ())

    def rest(self) -> Iterator[Entry]:
        """Yield the entries whose volumes are missing, completed by what is known."""
        for some in self._waiting.values():
            yield from map(self._completed, some)
        self._waiting.clear()

    def _volume(self, key: str) -> Entry | None:
        return self._known.get(key) or self._known.get(key.casefold())

    def _completed(self, entry: Entry) -> Entry:
        values = dict(entry.values)
        for key in _named(entry):
            volume = self._volume(key)
            if volume is not None:
                given = volume.values if volume.type == "xdata" else _of_volume(volume)
                self._left -= sum(map(len, given.values()))
                if self._left >= 0:
                    values = {**given, **values}
        return entry._replace(values=values)


def _named(entry: Entry) -> list[str]:
    """Return the keys of the entries from which an entry takes over fields."""
    keys = f"{entry.values.get('crossref', '')},{entry.values.get('xdata', '')}".split(",")
    return [key.strip() for key in keys if key.strip()][:_MOST]


def _of_volume(volume: Entry) -> dict[str, str]:
    """Return the fields of a volume that hold for what is in it."""
    values = volume.values
    titles = [text for name in ("title", "subtitle") if (text := values.get(name))]
    name = "journaltitle" if volume.type == "periodical" else "booktitle"
    found = {name: ": ".join(titles), "year": values.get("year") or values.get("date", "")[:4]}
    found |= {name: values[name] for name in _OF_VOLUME if name in values}
    return {name: value for name, value in found.items() if value}
