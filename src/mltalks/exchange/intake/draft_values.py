"""The values of a draft that a data file allows; others are left out and reported, with what is not so.

Does not compare a draft with sessions: `intake` does.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

from mltalks.dataset.organizations import is_unit, separate
from mltalks.dataset.schema import TABLES, check
from mltalks.exchange.intake import plausibility
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.column_names import END, START
from mltalks.exchange.mapping.times import has_clock
from mltalks.exchange.readers.source import Draft, list_of
from mltalks.messages import Listing, Message, excerpt
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.text.dates import AMBIGUOUS, AmbiguousDateError, Order, iso_date, iso_days, order_of, why_no_date
from mltalks.text.event_days import is_time_alone, within_event
from mltalks.text.folding import name_key
from mltalks.text.not_people import (
    SEVERAL_ORGANIZATIONS,
    is_nobody,
    is_reading,
    joined_organizations,
    names_no_organization,
)
from mltalks.text.placeholders import without_placeholders
from mltalks.text.same_person import BOTH, once_each, person_key

Values = dict[str, Any]
RELATIVE = "\"{name}\" counts as an organization of its own; if it is to count as {other}: mltalks alias '{name}' '{other}'"
NO_ORGANIZATION = '"{name}" names no organization; it is left out'
FORMER = '"{name}" is a former organization; it is left out'
UNIT = '"{name}" is a unit or a job, as the organization is given beside it; it is left out'
READING = '"{name}" is how a name is read, no organization; it is left out'
OF_SEVERAL_DAYS = '"{date}" is several days; the talk gets the first, {day}'
NO_TIME = '"{value}" is not a time of the day'
NO_END = '"{value}" is not a time after the start'
NO_START = '"{value}" gives no length, as the start is not known'
NO_DAY = '"{value}" is a time without a day; add the day, or if the event has one day alone: mltalks event edit {event} --date DAY'
LOST = '"{value}" has question marks in place of letters: the file was saved in an encoding without them; save it as UTF-8'
NEW_WORKS = "addresses that name no known organization: {count} ({names}); each counts as an organization of its own; if one is known: mltalks alias ADDRESS NAME"
_LOST = re.compile(r"(?<![\w?!])\?{4,}|\?{5,}")
_SHOWN = 5  # names in a message
_OF_WORDS = (  # fields in which other programs write "N/A" for nothing
    "track", "room", "keywords", "keywords_ja", "summary", "summary_ja", "questions", "questions_ja", "note", "tags",
)  # fmt: skip


class DraftValues:
    """Checks the values of drafts one by one, and reports those that are left out.

    `date_order` is that of day and month in dates of two numbers, if it is known.
    """

    def __init__(
        self, catalogue: Catalogue, report: Callable[[Problem], None], date_order: Order | None
    ) -> None:
        """Take the loaded catalogue, a function that takes each problem, and the order of day and month in dates of two numbers."""
        self._catalogue = catalogue
        self._report = report
        self.date_order = date_order
        self._joined: set[str] = set()  # texts that may name several organizations, as reported
        # The first draft of each kind that is left out, and how many have it.
        self._odd_kinds: dict[str, tuple[Draft, Message, int]] = {}
        self._new_works: dict[str, Draft] = {}  # addresses that name no known organization

    def checked(self, draft: Draft, fields: Values, event: Values | None) -> Values:
        """Return the fields that a data file allows; others are reported, and what is not so in this event."""
        names = TABLES["sessions"]
        found = {
            name: value for name, value in fields.items() if name in names and value not in (None, [], "")
        }
        if _is_foreign(draft):
            found |= {name: without_placeholders(found[name]) for name in _OF_WORDS if name in found}
        self._read_times(draft, fields, found, event)
        for field in [field for field, value in found.items() if _is_lost(field, value)]:
            self._left_out(draft, field, Message(LOST, {"value": excerpt(str(_first(found.pop(field))))}))
        if "themes" in found:
            found["themes"] = self._themes(draft, found["themes"])
        for field in [field for field, value in found.items() if _is_endless(value)]:
            del found[field]
            template = "is longer than {count} characters, the limit for one field"
            self._left_out(draft, field, Message(template, {"count": convert.LONGEST_TEXT}))
        for wrong in [one for one in check("sessions", found) if one.severity == "error"]:
            field = str(wrong.path[0])
            value = found.pop(field, None)
            if field == "kind" and isinstance(value, str):
                first, why, count = self._odd_kinds.get(
                    value, (draft, Message(wrong.template, wrong.values), 0)
                )
                self._odd_kinds[value] = first, why, count + 1
            elif value is not None and field != "id":
                self._left_out(draft, field, Message(wrong.template, wrong.values))
        if "speakers" in found:
            self._sort_people(draft, found)
        self._sort_organizations(draft, found)
        if event:
            self._check_days(draft, found, event)
        return {field: value for field, value in found.items() if value not in (None, [], "")}

    def report_held(self) -> None:
        """Report the kinds that are left out, each once, and the organizations of a bibliography that are new, and forget them."""
        for draft, why, count in self._odd_kinds.values():
            template = (
                "{message}; it is left out" if count == 1 else "{message}; it is left out of {count} records"
            )
            message = Message(template, {"message": why, "count": count})
            self._report(problem_of(draft, "kind", message, "warning"))
        if new := [*self._new_works]:
            shown = Listing([excerpt(one) for one in new[:_SHOWN]], more=len(new) > _SHOWN)
            self.note(self._new_works[new[0]], Message(NEW_WORKS, {"count": len(new), "names": shown}))
        self._odd_kinds, self._new_works = {}, {}

    def _check_days(self, draft: Draft, found: Values, event: Values) -> None:
        """Report days that are not those of the event; of a bibliography, whose days are those of print, one of another year is left out."""
        is_new = draft.cited and event["id"] not in self._catalogue.events
        if draft.cited and plausibility.is_of_other_year(found.get("date"), event):
            values = {"date": found.pop("date"), "event": event["id"]}
            self._left_out(
                draft, "date", Message("the date {date} is not of the year of the event {event}", values)
            )
        for message in plausibility.odd_days(found, draft.event, event, is_new=is_new):
            self.note(draft, message)

    def _read_times(self, draft: Draft, fields: Values, found: Values, event: Values | None) -> None:
        """Read the date and the minutes of the fields; what is not understood is reported."""
        if isinstance(found.get("date"), str):
            found |= self._date(draft, within_event(found.pop("date"), event or {}), event)
        for field in (START, END):
            if field in fields:
                template = NO_TIME if field == START else _why_no_end(fields)
                self._left_out(draft, field, Message(template, {"value": excerpt(str(fields[field]))}))
        if isinstance(found.get("minutes"), str):
            written = excerpt(found.pop("minutes"))
            self._left_out(draft, "minutes", Message('"{value}" is not a duration', {"value": written}))

    def waits(self, draft: Draft, orders: set[Order]) -> bool:
        """Return whether a draft has a date whose day and month may be swapped; the order that a date shows is added to `orders`."""
        written = draft.fields.get("date")
        if self.date_order or not isinstance(written, str):
            return False
        if order := order_of(written):
            orders.add(order)
            return False
        try:
            iso_days(written)
        except AmbiguousDateError:
            return True
        return False

    def _sort_people(self, draft: Draft, found: Values) -> None:
        if _is_foreign(draft):
            found["speakers"] = self._once_each(draft, found["speakers"])
        people, works, odd = plausibility.sorted_people(
            found["speakers"],
            self._catalogue.organizations,
            self._is_thing if draft.row else None,
            lambda name: bool(self._catalogue.index.facets.named("speaker", name_key(name))),
            cited=draft.cited,
        )
        found["speakers"] = people
        if works:
            found["organizations"] = list(dict.fromkeys([*found.get("organizations", ()), *works]))
        templates = {message.template for message in odd}
        if plausibility.OTHERS_NOT_KNOWN in templates or (people and plausibility.NOBODY in templates):
            found["speakers_incomplete"] = True
        for message in odd:
            self.note(draft, message)

    def _once_each(self, draft: Draft, speakers: list[dict[str, str]]) -> list[dict[str, str]]:
        """Return speakers, each once, and report two spellings of one."""
        people = once_each(speakers, self._catalogue.organizations.are_one)
        if len(people) < len(speakers):
            names = {person_key(one["name"]): one["name"] for one in people}
            for one in speakers:
                usual = names.get(person_key(one["name"]), one["name"])
                if usual != one["name"]:
                    self.note(draft, Message(BOTH, {"name": excerpt(one["name"]), "other": excerpt(usual)}))
        return people

    def _without_nobody(self, draft: Draft, found: Values) -> None:
        """Leave out texts that name no organization, as "TBA" and "freelance", and report them."""
        written = found.get("organizations", [])
        people = found.get("speakers", ())
        nothing = {name: NO_ORGANIZATION for name in written if names_no_organization(name)}
        for one in (one for one in people if "organization" in one):
            work, own = one["organization"], not _is_foreign(draft)
            beside = not own and any(name != work and not is_unit(name) for name in written)
            why = self._why_no_work(one["name"], work, own=own)
            if template := why or (UNIT if beside and is_unit(work) else None):
                nothing[work] = template
        for name, template in nothing.items():
            if name_key(name):  # a dash alone is an empty cell
                self.note(draft, Message(template, {"name": excerpt(name)}))
        if nothing:
            found["organizations"] = [name for name in written if name not in nothing]
            found["speakers"] = [
                {key: value for key, value in one.items() if key != "organization" or value not in nothing}
                for one in people
            ]

    def _why_no_work(self, person: str, work: str, *, own: bool) -> str | None:
        """Return why a text beside a person is not where the person works, as a template of a message; None if it may be.

        What the user's `own` files say of readings and former organizations stays.
        """
        if names_no_organization(work):
            return NO_ORGANIZATION
        known = self._catalogue.organizations
        if own or known.is_known(work):
            return None
        former = re.match(r"(?i)(?:元|前|ex-|former(?:ly)? )(?=\S)", work)
        if former and known.is_known(work[former.end() :].strip()):
            return FORMER
        return READING if is_reading(work, person) else None

    def _sort_organizations(self, draft: Draft, found: Values) -> None:
        """Part texts of the session that join known organizations, and report those that may join others, each once."""
        self._without_nobody(draft, found)
        known = self._catalogue.organizations
        if draft.cited:
            self._take_addresses(draft, found)
        names = found.get("organizations", [])
        if names and _is_foreign(draft):
            found["organizations"] = list(dict.fromkeys(part for name in names for part in known.parts(name)))
        of_speakers = (one.get("organization") for one in found.get("speakers", ()))
        written = filter(None, (*found.get("organizations", ()), *of_speakers))
        for name in (part for one in written for part in separate(one)):
            if name not in self._joined and (other := known.relative(name)):
                self._joined.add(name)
                self.note(draft, Message(RELATIVE, {"name": excerpt(name), "other": other}))
            if (
                name not in self._joined
                and not known.is_known(name)
                and (parts := joined_organizations(name))
            ):
                self._joined.add(name)
                values = {"name": excerpt(name), "parts": excerpt("; ".join(parts))}
                self.note(draft, Message(SEVERAL_ORGANIZATIONS, values))

    def _take_addresses(self, draft: Draft, found: Values) -> None:
        """Take the known organization of each address, in place of it; what is not known is reported at the end."""
        known = self._catalogue.organizations

        def taken(address: str) -> str:
            name = known.of_address(address)
            if "," in name and not known.is_known(name):
                self._new_works.setdefault(name, draft)
            return name

        if "organizations" in found:
            found["organizations"] = list(dict.fromkeys(map(taken, found["organizations"])))
        for one in found.get("speakers", ()):
            if "organization" in one:
                one["organization"] = "; ".join(map(taken, separate(one["organization"])))

    def _is_thing(self, name: str) -> bool:
        key = name_key(name)
        return key in self._catalogue.index.thesaurus.meaning(key)[0]

    def note_each(self, draft: Draft, messages: Iterable[Message]) -> None:
        """Report messages on a draft (see `note`)."""
        for message in messages:
            self.note(draft, message)

    def note(self, draft: Draft, message: Message) -> None:
        """Report what is not so, of a record that is taken."""
        self._report(problem_of(draft, None, message, "warning"))

    def _date(self, draft: Draft, written: str, event: Values | None) -> Values:
        """Return the field with a date in ISO 8601, as written if it is none; nothing if its day and month may be swapped."""
        if event and is_time_alone(written):
            self._left_out(draft, "date", Message(NO_DAY, {"value": written, "event": event["id"]}))
            return {}
        if is_nobody(written):
            self._left_out(draft, "date", Message('"{value}" names no day', {"value": excerpt(written)}))
            return {}
        try:
            if reason := why_no_date(written, self.date_order):
                self._left_out(draft, "date", Message(reason, {"date": excerpt(written)}))
                return {}
            found = iso_date(written, self.date_order)
            days = None if found else iso_days(written, self.date_order)
        except AmbiguousDateError:
            self._left_out(draft, "date", Message(AMBIGUOUS, {"date": excerpt(written)}))
            return {}
        if days and days[0] <= days[1]:
            found = days[0]
            self.note(draft, Message(OF_SEVERAL_DAYS, {"date": excerpt(written), "day": found}))
        return {"date": found or written}

    def _themes(self, draft: Draft, names: Any) -> list[str]:
        found: dict[str, None] = {}
        for name in list_of(names):
            text = convert.line(name) or ""
            ids = self._catalogue.index.facets.named("theme", name_key(text))
            if ids:
                found[ids[0]] = None
            else:
                self._left_out(
                    draft, "themes", Message('no {what} "{value}"', {"what": "theme", "value": excerpt(text)})
                )
        return list(found)

    def _left_out(self, draft: Draft, field: str, why: Message) -> None:
        """Report a value that is left out."""
        message = Message("{message}; it is left out", {"message": why})
        self._report(problem_of(draft, field, message, "warning"))


def _is_lost(field: str, value: Any) -> bool:
    """Return whether a text has question marks in place of letters that an encoding lacks.

    >>> [_is_lost("title", one) for one in ("?????? MPP", "????", "MLOps????????", "????? GPU", "Why MPP???", "Really?")]
    [True, True, True, True, False, False]
    >>> _is_lost("keywords_ja", ["GPU", "??"]), _is_lost("summary_ja", "MPP??"), _is_lost("speakers", [{"name": "?? ??"}])
    (True, True, True)
    """
    if isinstance(value, list | tuple):
        return any(_is_lost(field, one) for one in value)
    if isinstance(value, dict):
        return _is_lost(field, value.get("name"))
    if not isinstance(value, str) or "??" not in value:
        return False
    marks, others = value.count("?"), sum(not one.isspace() for one in value)
    return bool(_LOST.search(value)) or 2 * marks > others or (field.endswith("_ja") and value.isascii())


def _first(value: Any) -> Any:
    """Return the text that is shown of a value."""
    some = value if isinstance(value, list) else [value]
    found = next((one for one in some if _is_lost("", one)), some[0])
    return found.get("name") if isinstance(found, dict) else found


def _is_foreign(draft: Draft) -> bool:
    """Return whether another program wrote a draft: what mltalks wrote stays as it is."""
    return draft.row or draft.foreign_id or draft.cited


def problem_of(
    draft: Draft, field: str | None, message: Message, severity: Literal["error", "warning"]
) -> Problem:
    """Return a problem of a draft at its place, of one of its fields or of all."""
    name = draft.name or convert.line(draft.fields.get("id"))
    return Problem(draft.path or Path(), draft.line, name[:80] if name else None, field, message, severity)


def _why_no_end(fields: Values) -> str:
    """Return why the end of a draft says nothing on its length, as a template of a message."""
    if not has_clock(str(fields[END])):
        return NO_TIME
    return NO_END if START not in fields and ":" in str(fields.get("date")) else NO_START


def _is_endless(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return sum(len(part) if isinstance(part, str) else 100 for part in parts) > convert.LONGEST_TEXT
