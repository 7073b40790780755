"""The event of each draft: a known one by any of its names, or a new one.

Does not write events: only those that get a session are collected.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mltalks.dataset.event_names import NEAR_EVENT, EventNames
from mltalks.dataset.ids import Names, event_id, event_of, is_edition, series_of, with_year
from mltalks.dataset.schema import TABLES, check, check_event_days
from mltalks.errors import NotFoundError, UsageError
from mltalks.exchange.intake import plausibility
from mltalks.exchange.intake.event_variants import EventVariants, parts_of_name
from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Draft
from mltalks.messages import Message, excerpt
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.text.dates import AMBIGUOUS, AmbiguousDateError, Order, iso_date, year_of
from mltalks.text.folding import name_key

Values = dict[str, Any]
_DAYS = ("start_date", "end_date")
_FACTS = tuple(
    field
    for field in TABLES["events"]
    if field not in ("id", "name", "series", "year", "journal", "collection")
)
NO_YEAR_OF_ALL = (
    'no event "{name}"; if the records are of several years: --default-event "{name}", which gives each its own year; '
    'for one new event, add its year: "{name} {year}"'
)
NO_EVENT = "has no event; --default-event sets one for the records without one"
_NO_EVENT_OF_SEVERAL = "has no event; --default-event sets one for the records without one. Others without one: {count} ({names})"
_FROM_COLUMN = "{message}; to read it from a column: --map {field}=HEADER"
_NAMED = 3  # records without an event that are named beside the first


class DraftEvents:
    """The events of a catalogue and of its drafts.

    `given` is the id of the one event of all drafts, if there is one; `used` are the records of new events that have sessions;
    `differing` are the values of drafts that differ from those of loaded events, by id.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        name: str | None,
        default: str | None = None,
        date_order: Order | None = None,
    ) -> None:
        """Take a catalogue and, if all sessions are of one event, any name of that event.

        `default` is the name of the event of drafts that name none; if it is new and has no year, each year of drafts has its own.
        `date_order` is that of day and month in dates of two numbers.

        Raises UsageError: the event is not known, and its name has no year, or is nearly that of a known one.
        """
        self.used: list[Values] = []
        self.date_order = date_order
        self._catalogue = catalogue
        self._ids = Names(catalogue.events)
        self._names = EventNames(one._asdict() for one in catalogue.events.values())
        self._variants = EventVariants(one._asdict() for one in catalogue.events.values())
        self._new: dict[str, Values] = {}
        self._without_sessions: set[str] = set()  # of the new ones
        self.given = self._of_name(name) if name else None
        self.differing: dict[str, Values] = {}
        is_series = default is not None and "year" not in event_of(default) and not self._names.meant(default)
        series = self._names.series(default) if default and is_series else None
        if default and is_series and series is None and (near := self._names.near(default)):
            raise UsageError(NEAR_EVENT, name=excerpt(default), nearest=near)
        self._default: Values = {"name": series or default} if is_series else {}
        self._default_id = self._of_name(default) if default and not is_series else None
        self.replaced: dict[str, None] = {}  # names of other events in drafts that are of the given one

    def record(self, name: str) -> Values | None:
        """Return the fields of an event, loaded or new, by its id."""
        loaded = self._catalogue.events.get(name)
        return loaded._asdict() if loaded else self._new.get(name)

    def use(self, name: object) -> None:
        """Note that an event has a session: a new one is only then written."""
        if name in self._without_sessions:
            self._without_sessions.discard(str(name))
            self.used.append(self._new[str(name)])

    def of(self, draft: Draft, fields: Mapping[str, Any]) -> str | Message:
        """Return the id of a draft's event, which is added if it is new, or a message if it cannot be added.

        A new event gets what its first record does not have from later ones.
        """
        found = self._found(draft, fields)
        if found in self._new and not self.given:
            self._fill(self._new[str(found)], _sound(draft.event))
        return found

    def _add_long_name(self, event: Values | None, name: str) -> None:
        """Give a new event whose name is an acronym alone the full name that another record has."""
        if event is None or "full_name" in event:
            return
        shown, printed = (parts_of_name(one, event["year"]) for one in (event["name"], name))
        if shown and printed and printed.words and not shown.words:
            event["full_name"] = name
            self._names.add(event)

    def _fill(self, event: Values, its_event: Values) -> None:
        absent = {field: its_event[field] for field in _FACTS if field in its_event and field not in event}
        if absent.get("full_name") == event["name"]:
            del absent["full_name"]
        if any(check_event_days({**event, **absent})):
            absent = {field: value for field, value in absent.items() if field not in _DAYS}
        event |= absent
        if "full_name" in absent:
            self._names.add(event)

    def _found(self, draft: Draft, fields: Mapping[str, Any]) -> str | Message:
        its_event = _sound(draft.event)
        if self.given:
            self._note_replaced(its_event.get("name") or fields.get("event"), its_event.get("year"))
            return self.given
        name = fields.get("event") or self._own_id(its_event)
        known = self._ids.known(name) if isinstance(name, str) else None
        if known:
            return known
        written = draft.event.get("start_date") or fields.get("date")
        year = convert.year(its_event.get("start_date") or fields.get("date"))
        year = year or year_of(str(written), self.date_order)
        if "year" not in its_event and year:
            its_event["year"] = year
        if isinstance(name, str) and name.strip() and "name" not in its_event:
            its_event["name"] = name
        its_event = self._of_default(draft, its_event)
        if "name" not in its_event:
            return self._default_id or Message(NO_EVENT)
        its_event |= plausibility.edition_year(its_event)
        in_volume = is_in_volume(draft, fields)
        several = self._known(its_event, in_volume=in_volume)
        if several:
            one = len(several) == 1
            return several[0] if one else NotFoundError.several("event", its_event["name"], several).message
        event = self._names.fields_of(its_event["name"], its_event.get("year")) | _without_guess(
            draft, its_event
        )
        event |= self._known_series(event, its_event)
        if "id" not in its_event and "year" in event:
            event |= _with_year(event, in_volume=in_volume)
        if "year" not in event:
            why = _no_year(its_event["name"], written, self.date_order)
            return _of_column(draft, "date", why) if written is None else why
        if isinstance(name, str):
            event["id"] = name
        return self._made(event)

    def _own_id(self, its_event: Values) -> object:
        """Return the id of the event of a draft; with its year, if another edition has it, as a program may give all editions one id."""
        name, year = its_event.get("id"), its_event.get("year")
        known = self.record(self._ids.known(name) or "") if isinstance(name, str) else None
        if known and year not in (None, known["year"]):
            names = (one for one in (known["name"], known.get("full_name")) if one)
            if name_key(its_event.get("name", "")) not in map(name_key, names):
                its_event["id"] = f"{name}-{year}"
        return its_event.get("id")

    def _of_default(self, draft: Draft, its_event: Values) -> Values:
        """Return the event of a draft, that of the default if it names none; of a bibliography that is a collection, as arXiv is."""
        if draft.named_by_file and (self._default or self._default_id):
            its_event = {field: value for field, value in its_event.items() if field != "name"}
        its = self._default | its_event
        if not draft.cited or its_event.get("name") not in (None, "arXiv"):
            return its
        if "name" not in its and self._default_id in self._new:
            self._new[str(self._default_id)].setdefault("collection", True)
        return {field: value for field, value in its.items() if field != "journal"} | {"collection": True}

    def _known_series(self, event: Values, its_event: Values) -> Values:
        """Return the known series of a new event, if its name has the same telling words, as a field."""
        if its_event.keys() & {"series", "journal"} or self._names.series(str(event["series"])) is not None:
            return {}
        series = self._variants.series(its_event["name"], int(event.get("year") or 0))
        return {"series": series} if series else {}

    def without_vain(self, drafts: Iterable[Draft | Problem]) -> Iterator[Draft | Problem]:
        """Yield what is read without the warnings of a record just before it that is rejected, as it has no event."""
        waiting: list[Problem] = []
        for one in drafts:
            if isinstance(one, Problem) and one.severity == "warning" and one.line is not None:
                waiting.append(one)
                continue
            vain = waiting and isinstance(one, Draft) and isinstance(self.of(one, one.fields), Message)
            yield from (problem for problem in waiting if not vain or problem.line != one.line)
            waiting.clear()
            yield one
        yield from waiting

    def compare(self, draft: Draft) -> None:
        """Note what a draft says against the loaded record of its event: its days, and every value if it has the whole record."""
        if not (draft.event_record or "start_date" in draft.event):
            return
        event, its_event = self.of(draft, draft.fields), _sound(draft.event)
        loaded = self._catalogue.events.get(event) if isinstance(event, str) else None
        name = its_event.get("name")
        if loaded is None or (self.given and not self._is_given(name, its_event.get("year"))):
            return
        before = loaded._asdict()
        names = [field for field in (TABLES["events"] if draft.event_record else _DAYS) if field != "id"]
        found = {
            field: its_event[field] for field in names if its_event.get(field, before[field]) != before[field]
        }
        start, end = found.get("start_date"), before["end_date"]
        if start and end and "end_date" not in its_event:
            if (before["start_date"] or end) <= start <= end:
                del found["start_date"]  # one of its days
            elif start > end:
                found["end_date"] = start
        one_day = end is None and found.get("end_date") == before["start_date"]
        if one_day and not draft.event_record:
            found.pop("end_date", None)  # says no more
        if found:
            self.differing.setdefault(loaded.id, found)

    def _known(self, event: Values, *, in_volume: bool) -> list[str]:
        """Return the ids of the known events of a draft, by its name, and by its series and year."""
        name, year = event["name"], event.get("year")
        its = event_of(name, year)
        known = self._names.known(name, year)
        if not known and "year" in its and not is_edition(name):
            known = self._names.known(str(its["series"]), year or int(its["year"]))
        known = self._without_editions(known, name)
        if known:
            return known
        found = self._names.of_volume(name, year) if in_volume else None
        held = year or its.get("year")
        if found is None and isinstance(held, int) and not event.get("journal"):
            found = self._variants.find(name, held)
            self._add_long_name(self._new.get(found or ""), name)
        return [found] if found else []

    def _without_editions(self, known: list[str], name: str) -> list[str]:
        """Return events without those of several in a year ("Meetup #5") that were renamed so, if a name is that of their calendar."""

        def is_beside(event: str) -> bool:
            record = self.record(event) or {}
            own = [str(record[field]) for field in ("name", "full_name") if record.get(field)]
            return bool(own) and is_edition(own[0]) and name_key(name) not in map(name_key, own)

        return known if is_edition(name) else [one for one in known if not is_beside(one)]

    def _note_replaced(self, name: object, year: int | None) -> None:
        if isinstance(name, str) and not self._is_given(name, year):
            self.replaced[name] = None

    def _is_given(self, name: object, year: int | None) -> bool:
        """Return whether a name is one of the given event."""
        return isinstance(name, str) and self.given in (
            self._ids.known(name), *self._names.known(name, year), *self._names.meant(name)
        )  # fmt: skip

    def _of_name(self, name: str) -> str:
        known = self._names.one_meant(name)
        if known:
            return known
        near = self._names.near(name)
        if near:
            raise UsageError(NEAR_EVENT, name=excerpt(name), nearest=near)
        event: Values = self._names.fields_of(name)
        if "year" not in event:
            raise self._names.without_year(name, NO_YEAR_OF_ALL)
        return self._made(event)

    def _made(self, event: Values) -> str:
        """Return the id of a new event: the given one if it is valid and free, else one made of its name."""
        known = self._without_editions(self._names.known(event["name"], event["year"]), event["name"])
        if known:
            return known[0]
        event = _sound(event)
        if "id" not in event or event["id"] in self._ids:
            event["id"] = event_id(event["name"], event["year"], self._ids)
        if event.get("full_name") == event["name"]:
            del event["full_name"]
        event = {field: event[field] for field in TABLES["events"] if field in event}
        made: str = event["id"]
        self._new[made] = event
        self._without_sessions.add(made)
        self._ids.add(made)
        self._names.add(event)
        self._variants.add(event)
        return made


def _no_year(name: str, date: object, order: Order | None) -> Message:
    """Return the message that neither an event nor the date of its session has a year."""
    if isinstance(date, str) and date.strip():
        try:
            iso_date(date, order)
        except AmbiguousDateError:
            why = Message(AMBIGUOUS, {"date": excerpt(date)})
            return Message('has no year for "{name}"; {message}', {"name": excerpt(name), "message": why})
        template = 'has no year for "{name}", and its date "{date}" was not read; write it like 2025-06-20'
        return Message(template, {"name": excerpt(name), "date": excerpt(date)})
    template = 'has no year for "{name}"; add the date or the year of the talk'
    return Message(template, {"name": excerpt(name)})


def _with_year(event: Values, *, in_volume: bool) -> Values:
    """Return the name of an event with its year, if it has no number; the name of a volume stays as the full name."""
    name = event["name"]
    dated = with_year(name, event["year"])
    if dated == name:
        return {}
    return {"name": dated} | ({"full_name": event.get("full_name") or name} if in_volume else {})


def is_in_volume(draft: Draft, fields: Mapping[str, Any]) -> bool:
    """Return whether a draft is a paper of a bibliography, of which the event is known by a printed name alone."""
    return fields.get("kind") == "paper" and not draft.row and "event" not in draft.fields


def no_event(first: Draft, others: Sequence[Draft]) -> Message:
    """Return the message that a record of a source has no event, with the places of the first others without one."""
    if not others:
        return _of_column(first, "event", Message(NO_EVENT))
    some = [excerpt(": ".join(map(str, filter(None, (one.line, one.name)))), 40) for one in others[:_NAMED]]
    names = "; ".join(some) + ("; …" if len(others) > _NAMED else "")
    return _of_column(first, "event", Message(_NO_EVENT_OF_SEVERAL, {"count": len(others), "names": names}))


def _of_column(draft: Draft, field: str, why: Message) -> Message:
    """Return a message that a draft lacks a field, and that a column of a table gives it one."""
    return Message(_FROM_COLUMN, {"message": why, "field": field}) if draft.row else why


def _without_guess(draft: Draft, event: Values) -> Values:
    """Return the event of a draft without a series that the importer made of its name."""
    guessed = event.get("series") == series_of(event["name"]) and not (draft.row or draft.event_record)
    return {field: value for field, value in event.items() if field != "series" or not guessed}


def _sound(event: Mapping[str, Any]) -> Values:
    """Return the fields of an event that a data file allows."""
    some = {field: value for field, value in event.items() if field in TABLES["events"]}
    wrong = {finding.path[0] for finding in check("events", some) if finding.severity == "error"}
    return {field: value for field, value in some.items() if field not in wrong}
