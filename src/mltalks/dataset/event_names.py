"""The events by all their names, and those that a new name nearly is.

Does not add events to the data.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mltalks.dataset.ids import event_of, is_edition
from mltalks.dataset.volume_names import VolumeNames
from mltalks.text.folding import name_key

NO_YEAR = 'no event "{name}"; for a new event, add its year: "{name} 2024"'
NEAR_EVENT = 'no event "{name}"; to make a new one: mltalks event add "{name}"'
_LEAST = 5  # letters of a series in which one may be wrong


class EventNames:
    """The ids of events by their ids, names and full names, and by series and year."""

    def __init__(self, events: Iterable[Mapping[str, Any]]) -> None:
        self._ids: dict[tuple[str, int | None], str] = {}
        self._names: dict[str, tuple[int, frozenset[str], bool]] = {}
        self._volumes = VolumeNames()
        for event in events:
            self.add(event)

    def add(self, event: Mapping[str, Any]) -> None:
        """Add a record of an event."""
        name, year = event["id"], event["year"]
        names = [one for one in (name, event["name"], event.get("full_name")) if one]
        for one in names:
            if one != event.get("full_name") or any(map(str.isdigit, one)):  # else it is that of all editions
                self._ids.setdefault((name_key(one), None), name)
            self._ids.setdefault((name_key(one), year), name)
        if not is_edition(event["name"]):
            self._ids.setdefault((name_key(event["series"]), year), name)
        series = {event["series"], *(str(event_of(one)["series"]) for one in names)}
        self._names[name] = year, frozenset(map(_bare, series)), is_edition(event["name"])
        self._volumes.add(event)

    def known(self, name: str, year: int | None = None) -> str | None:
        """Return the id of an event by a name; in a year, if that is given."""
        return self._ids.get((name_key(name), year))

    def of_volume(self, printed: str, year: int | None) -> str | None:
        """Return the id of the event of a volume by its printed name (see `volume_names`)."""
        return self._volumes.find(printed, year)

    def meant(self, typed: str) -> str | None:
        """Return the id of an event by a typed name, which may be its series and year.

        >>> names = EventNames([{"id": "opml19", "name": "USENIX OpML '19", "series": "OpML", "year": 2019}])
        >>> names.meant("opml19"), names.meant("OpML 2019"), names.meant("OpML")
        ('opml19', 'opml19', None)
        """
        its = event_of(typed)
        known = self.known(typed)
        whole = "year" in its and not is_edition(typed)
        return known or (self.known(str(its["series"]), int(its["year"])) if whole else None)

    def near(self, typed: str) -> list[str]:
        """Return the ids of the events that a new name nearly is.

        These are events of the same year whose series differs by a typo and, if the name looks like an id, those of its series.

        >>> names = EventNames([{"id": "opml19", "name": "USENIX OpML '19", "series": "OpML", "year": 2019}])
        >>> names.near("opml21"), names.near("OpLM 2019"), names.near("OpML 2021"), names.near("Meetup 2019")
        (['opml19'], ['opml19'], [], [])
        """
        from mltalks.text.fuzzy import edits

        its = event_of(typed)
        year, series = its.get("year"), _bare(str(its["series"]))
        is_id = typed.isascii() and " " not in typed.strip()
        edition = is_edition(typed)
        return [
            name
            for name, (its_year, names, is_one) in self._names.items()
            if (is_id and series in names)
            or (
                year == its_year
                and not ((edition or is_one) and series in names)
                and any(edits(one, series) <= 1 and _is_typo(one, series) for one in names)
            )
        ]


def _is_typo(one: str, other: str) -> bool:
    """Return whether two names that differ by one letter, or by two that are swapped, are surely meant to be the same."""
    return min(len(one), len(other)) >= _LEAST or sorted(one) == sorted(other)


def _bare(name: str) -> str:
    return name_key(name).replace(" ", "")
