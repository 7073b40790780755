"""The events by all their names, and those that a new name nearly is.

Does not add events to the data.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mltalks.dataset.ids import edition_of, event_of, is_edition, is_numbered, year_in
from mltalks.dataset.volume_names import VolumeNames, beside
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import excerpt
from mltalks.text.folding import name_key

NO_YEAR = 'no event "{name}"; for a new event, add its year: "{name} {year}"'
NEW_EVENT = 'the name of a new event needs its year: "{name} {year}"'
ONLY_YEAR = (
    'no event "{name}", which is only a year; for a new event, write its name with the year: "Meetup {name}"'
)
NEAR_EVENT = 'no event "{name}"; to make a new one: mltalks event add "{name}"'
_SHORTEST = 3  # letters of a series by which others are known to be of it
_LEAST = 5  # letters of a series in which one may be wrong
_NAMED = 3  # events of a series that are named


class EventNames:
    """The ids of events by their ids, names and full names, and by series and year."""

    def __init__(self, events: Iterable[Mapping[str, Any]]) -> None:
        self._series: dict[str, str] = {}
        self._lengths = set[int]()  # of the series, in words
        # By name and, if that is needed, year. An id means more than a name, that more than a full name, and that more than a series.
        self._ids: tuple[dict[tuple[str, int | None], dict[str, None]], ...] = ({}, {}, {}, {})
        self._editions: dict[tuple[str, str, int | None], dict[str, None]] = {}
        self._names: dict[str, tuple[int, frozenset[str], bool]] = {}
        self._volumes = VolumeNames()
        for event in events:
            self.add(event)

    def add(self, event: Mapping[str, Any]) -> None:
        """Add a record of an event."""
        name, year = event["id"], event["year"]
        full_name = event.get("full_name")
        for rank, one in enumerate((name, event["name"], full_name)):
            if one and (one != full_name or is_numbered(one, year)):  # else it is that of all editions
                self._note(rank, one, None, name)
            if one:
                self._note(rank, one, year, name)
        series_key = name_key(event["series"])
        self._series.setdefault(series_key, event["series"])
        self._lengths.add(len(series_key.split()))
        if edition := edition_of(event["name"]):
            for its_year in (year, None):
                self._editions.setdefault((*edition, its_year), {})[name] = None
        if not is_edition(event["name"]):
            self._note(3, event["series"], year, name)
        names = filter(None, (name, event["name"], full_name))
        series = {event["series"], *(str(event_of(one)["series"]) for one in names)}
        self._names[name] = year, frozenset(map(_bare, series)), is_edition(event["name"])
        self._volumes.add(event)

    def _note(self, rank: int, name: str, year: int | None, event: str) -> None:
        self._ids[rank].setdefault((name_key(name), year), {})[event] = None

    def of_volume(self, printed: str, year: int | None) -> str | None:
        """Return the id of the event of a volume by its printed name (see `volume_names`)."""
        return self._volumes.find(printed, year)

    def series(self, typed: str) -> str | None:
        """Return the known series of a typed name, as the data write it."""
        return self._series.get(name_key(typed))

    def fields_of(self, name: str, year: int | None = None) -> dict[str, str | int]:
        """Return the fields that the name of a new event holds (see `event_of`); its series is a known one if the name begins with that.

        >>> names = EventNames([{"id": "opml19", "name": "USENIX OpML '19", "series": "OpML", "year": 2019}])
        >>> [names.fields_of(f"{name} 2031")["series"] for name in ("OpML Berlin", "opml", "OpMLers", "OpML Workshop on Cost")]
        ['OpML', 'OpML', 'OpMLers', 'OpML Workshop on Cost']
        """
        fields = event_of(name, year)
        words = name_key(str(fields["series"])).split()
        for count in sorted(self._lengths.intersection(range(1, len(words) + 1)), reverse=True):
            known = self._series.get(" ".join(words[:count]))
            if known and len(known) >= _SHORTEST and not beside(" ".join(words[count:])):
                return {**fields, "series": known}
        return fields

    def known(self, name: str, year: int | None = None) -> list[str]:
        """Return the ids of the events that a name may be of; in a year, if that is given.

        An edition has its number and its series in any order and spelling.

        >>> names = EventNames([{"id": "a", "name": "第9回MLOps勉強会 2031", "series": "MLOps勉強会", "year": 2031}])
        >>> names.known("MLOps勉強会 #9", 2031), names.known("第９回 MLOps 勉強会"), names.known("第9回MLOps勉強会", 2032)
        (['a'], ['a'], [])
        """
        key = name_key(name), year
        edition = edition_of(name)
        same = self._editions.get((*edition, year), ()) if edition else ()
        return next((list(ids[key]) for ids in self._ids if key in ids), [*same])

    def meant(self, typed: str) -> list[str]:
        """Return the ids of the events that a typed name may be of, which may be a series and a year.

        >>> names = EventNames(
        ...     {"id": f"conf-{city}", "name": f"Conf {city} 2019", "series": "Conf", "year": 2019} for city in "ab"
        ... )
        >>> names.meant("conf-a"), names.meant("Conf 2019"), names.meant("Conf")
        (['conf-a'], ['conf-a', 'conf-b'], [])
        """
        its = event_of(typed)
        known = self.known(typed)
        whole = "year" in its and not is_edition(typed)
        return known or (self.known(str(its["series"]), int(its["year"])) if whole else [])

    def one_meant(self, typed: str, year: int | None = None) -> str | None:
        """Return the id of the event that a typed name is of, which may be a series that has an event in a year; None if no event has it.

        Raises NotFoundError: several events have it; the error holds their ids.
        """
        meant = self.meant(typed) or (self.known(typed, year) if year else [])
        if len(meant) > 1:
            raise NotFoundError.several("event", typed, meant)
        return meant[0] if meant else None

    def without_year(self, typed: str, template: str = NO_YEAR) -> UsageError:
        """Return the error that a name of no event has no year: with the newest events of that name, else with an example; or is only a year."""
        from mltalks.text.fuzzy import nearest

        if is_year_alone(typed):
            return UsageError(ONLY_YEAR, name=typed.strip())
        key = _bare(typed)
        its = sorted((-year, name) for name, (year, names, _) in self._names.items() if key in names)
        near = [name for _, name in its[:_NAMED]] or nearest(typed, self._names)
        year = date.today().year  # noqa: DTZ011 - the user's year
        return UsageError(template, name=excerpt(typed), year=year, nearest=near)

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


def is_year_alone(name: str) -> bool:
    """Return whether the name of an event is nothing but a year: the quotes around a name of several words were forgotten."""
    return year_in(name) is not None and len(name.strip()) == 4


def _is_typo(one: str, other: str) -> bool:
    """Return whether two names that differ by one letter, or by two that are swapped, are surely meant to be the same."""
    return min(len(one), len(other)) >= _LEAST or sorted(one) == sorted(other)


def _bare(name: str) -> str:
    return name_key(name).replace(" ", "")
