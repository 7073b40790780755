"""Decides for each session of a source: new, changed, known already, or skipped with a reason.

Compares it with the loaded sessions and with the others of the source. Does not read any format, and does not write.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from mltalks.dataset.event_names import NEAR_EVENT, NO_YEAR, EventNames
from mltalks.dataset.ids import event_id, event_of, session_id
from mltalks.dataset.schema import TABLES, check
from mltalks.errors import UsageError
from mltalks.exchange.mapping import convert, native_record
from mltalks.exchange.readers.source import Draft, Source
from mltalks.messages import Message, excerpt
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.text.dates import AMBIGUOUS, AmbiguousDateError, Order, iso_date
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import edits

Values = dict[str, Any]
Outcome = Literal["add", "change", "known", "skip"]
_BLOCK = 16  # letters of the common beginning or end of titles that are compared for typos
_CROWD = 20  # titles of one block that are compared
_LONGEST = 1_000  # letters of a title in which typos are looked for
NEARLY = "has nearly the same title as {id}"
_PLACE = Source(Path("catalogue"), None)


class Taken(NamedTuple):
    """The outcome for one record: `id` is the session's, `fields` are those that change, `reason` says why it is skipped."""

    outcome: Outcome
    id: str
    title: str
    fields: tuple[str, ...] = ()
    reason: Message | None = None
    place: str = ""


class Intake:
    """Takes drafts one by one and collects what has to be written.

    `events` are the records of new events, `added` the ids and texts (TOML) of new sessions, `changes` fields by id.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        report: Callable[[Problem], None],
        event: str | None = None,
        *,
        keep_duplicates: bool = False,
        update: bool = False,
        date_order: Order | None = None,
    ) -> None:
        """Take the loaded catalogue and, if all sessions are of one event, any name of that event.

        With `update`, a session that has the title or the DOI of a loaded one changes that. `report` is called with each
        problem: of records that are skipped, and of values that are left out.

        Raises UsageError: the event is not known, and its name has no year, or is nearly that of a known one.
        """
        self.events: list[Values] = []
        self.added: deque[Values] = deque()
        self.changes: dict[str, Values] = {}
        self._report = report
        self._catalogue = catalogue
        self._keep_duplicates = keep_duplicates
        self._update = update
        self._date_order = date_order
        self._new: set[str] = set()
        self._event_ids = {*catalogue.events}
        self._event_names = EventNames(one._asdict() for one in catalogue.events.values())
        self._titles: dict[tuple[str, str], str] = {}
        self._dois: dict[str, str] = {}
        self._blocks: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name, title, its_event, doi in catalogue.index.sessions.briefs():
            self._note(name, its_event, title, doi)
        self._one_event = self._given_event(event) if event else None

    def take(self, drafts: Iterable[Draft | Problem]) -> Iterator[Taken]:
        """Yield the outcome for each draft; skipped ones are reported."""
        for draft in drafts:
            if isinstance(draft, Problem):
                self._report(draft)
            elif (taken := self._take(draft)) is not None:
                yield taken

    def _take(self, draft: Draft) -> Taken | None:
        fields = dict(draft.fields)
        title, name = fields.get("title"), fields.get("id")
        doc = self._catalogue.index.sessions.doc(name) if isinstance(name, str) else None
        if doc is not None:
            record = self._catalogue.record(doc)
            if self._is_of(record, draft, fields):
                return self._known(draft, fields, record)
            del fields["id"]  # the id of another program equals one of ours by chance
        if not isinstance(title, str) or not title.strip():
            self._refuse(draft, Message("has no title"))
            return None
        event = self._event(draft, fields)
        if isinstance(event, Message):
            self._refuse(draft, event)
            return None
        fields = self._checked(draft, {**fields, "event": event})
        if "title" not in fields:
            self._refuse(draft, Message("has no title"))
            return None
        place = f"{draft.path or ''}:{draft.line or ''}".strip(":")
        twin = None if self._keep_duplicates else self._twin(event, title, fields)
        if twin is not None:
            return self._same(twin, title, fields, place)
        given = fields.get("id")
        made: str = given if given and given not in self._new else session_id(event, title, self)
        values = {"kind": "talk", **fields, "id": made}
        self.added.append({field: values[field] for field in TABLES["sessions"] if field in values})
        self._new.add(made)
        self._note(made, event, title, fields.get("doi"))
        return Taken("add", made, title, place=place)

    def __contains__(self, name: object) -> bool:
        """Return whether a session, loaded or new, has this id."""
        return name in self._new or self._catalogue.index.sessions.doc(str(name)) is not None

    def _is_of(self, record: Mapping[str, Any], draft: Draft, fields: Mapping[str, Any]) -> bool:
        """Return whether a draft with the id of a session is of that session: not if both title and event differ."""
        title = fields.get("title")
        if not isinstance(title, str) or name_key(title) == name_key(record["title"]):
            return True
        event = self._event(draft, fields)
        return isinstance(event, Message) or event == record["event"]

    def _known(self, draft: Draft, fields: Values, record: Mapping[str, Any]) -> Taken:
        before = native_record.draft(_PLACE, record, None)
        now = dict(before.fields) if isinstance(before, Draft) else {}
        if "event" in fields and (self._one_event or fields["event"] != now.get("event")):
            event = self._event(draft, fields)
            fields["event"] = now.get("event") if isinstance(event, Message) else event
        return self._changed(
            record["id"], str(record["title"]), _differing(self._checked(draft, fields), now)
        )

    def _changed(self, name: str, title: str, changed: Values) -> Taken:
        if changed:
            self.changes.setdefault(name, {}).update(changed)
        return Taken("change" if changed else "known", name, title, tuple(changed))

    def _same(self, twin: tuple[str, str], title: str, fields: Values, place: str) -> Taken:
        """Return the outcome for a session that duplicates another one, of which only a loaded one is changed."""
        name, how = twin
        doc = self._catalogue.index.sessions.doc(name) if how != NEARLY else None
        before = native_record.draft(_PLACE, self._catalogue.record(doc), None) if doc is not None else None
        changed = _differing(fields, before.fields) if isinstance(before, Draft) else {}
        if isinstance(before, Draft) and name_key(str(before.fields["title"])) == name_key(title):
            changed.pop("title", None)  # written in another way
        if self._update and isinstance(before, Draft):
            if "tags" in changed:
                changed["tags"] = list(dict.fromkeys([*before.fields.get("tags", ()), *changed["tags"]]))
            return self._changed(name, title, changed)
        return Taken("skip", name, title, tuple(changed), Message(how, {"id": name}), place)

    def _note(self, name: str, event: str, title: str, doi: str | None) -> None:
        key = name_key(title)
        self._titles.setdefault((event, key), name)
        if doi:
            self._dois.setdefault(doi.casefold(), name)
        for block in _blocks(key):
            some = self._blocks.setdefault((event, block), [])
            if len(some) < _CROWD:
                some.append((key, name))

    def _twin(self, event: str, title: str, fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return the id of the session that this one duplicates, and a template with the reason."""
        doi = fields.get("doi")
        if doi and doi.casefold() in self._dois:
            return self._dois[doi.casefold()], "has the same DOI as {id}"
        key = name_key(title)
        if (event, key) in self._titles:
            return self._titles[event, key], "has the same title as {id}"
        for block in _blocks(key):
            for other, name in self._blocks.get((event, block), ()):
                if _alike(key, other):
                    return name, NEARLY
        return None

    def _given_event(self, name: str) -> str:
        known = self._event_names.meant(name)
        if known:
            return known
        near = self._event_names.near(name)
        if near:
            raise UsageError(NEAR_EVENT, name=excerpt(name), nearest=near)
        event: Values = event_of(name)
        if "year" not in event:
            near = self._catalogue.names("event").nearest(name)
            raise UsageError(NO_YEAR, name=excerpt(name), nearest=near)
        return self._made(event)

    def _event(self, draft: Draft, fields: Mapping[str, Any]) -> str | Message:
        """Return the id of a draft's event, which is added if it is new, or a message if it cannot be added."""
        if self._one_event:
            return self._one_event
        its_event = _sound(draft.event)
        name = fields.get("event") or its_event.get("id")
        if isinstance(name, str) and name in self._event_ids:
            return name
        year = convert.year(its_event.get("start_date") or fields.get("date"))
        if "year" not in its_event and year:
            its_event["year"] = year
        if isinstance(name, str) and name.strip() and "name" not in its_event:
            its_event["name"] = name
        if "name" not in its_event:
            return Message("has no event; --event sets one for all records")
        known = self._event_names.known(its_event["name"], its_event.get("year"))
        if known:
            return known
        event = {**event_of(its_event["name"], its_event.get("year")), **its_event}
        if "id" not in its_event and "year" in event and not any(map(str.isdigit, event["name"])):
            event["name"] = f"{event['name']} {event['year']}"
        if "year" not in event:
            return Message(
                'has no year for "{name}"; set it with --event "{name} 2024"',
                {"name": excerpt(its_event["name"])},
            )
        if isinstance(name, str):
            event["id"] = name
        return self._made(event)

    def _made(self, event: Values) -> str:
        """Return the id of a new event: the given one if it is valid and free, else one made of its name."""
        known = self._event_names.known(event["name"], event["year"])
        if known:
            return known
        event = _sound(event)
        if "id" not in event or event["id"] in self._event_ids:
            event["id"] = event_id(event["name"], event["year"], self._event_ids)
        event = {field: event[field] for field in TABLES["events"] if field in event}
        self.events.append(event)
        made: str = event["id"]
        self._event_ids.add(made)
        self._event_names.add(event)
        return made

    def _checked(self, draft: Draft, fields: Values) -> Values:
        """Return the fields that a data file allows; others are reported."""
        names = TABLES["sessions"]
        found = {
            name: value for name, value in fields.items() if name in names and value not in (None, [], "")
        }
        if isinstance(found.get("date"), str):
            found |= self._date(draft, found.pop("date"))
        if "themes" in found:
            found["themes"] = self._themes(draft, found["themes"])
        for field in [field for field, value in found.items() if _is_endless(value)]:
            del found[field]
            template = "is longer than {count} characters, the limit for one field"
            self._left_out(draft, field, Message(template, {"count": convert.LONGEST_TEXT}))
        for wrong in [one for one in check("sessions", found) if one.severity == "error"]:
            field = str(wrong.path[0])
            if found.pop(field, None) is not None and field != "id":
                self._left_out(draft, field, Message(wrong.template, wrong.values))
        return {field: value for field, value in found.items() if value not in (None, [], "")}

    def _date(self, draft: Draft, written: str) -> Values:
        """Return the field with a date in ISO 8601, as written if it is none; nothing if its day and month may be swapped."""
        try:
            return {"date": iso_date(written, self._date_order) or written}
        except AmbiguousDateError:
            self._left_out(draft, "date", Message(AMBIGUOUS, {"date": excerpt(written)}))
            return {}

    def _themes(self, draft: Draft, names: Any) -> list[str]:
        found: dict[str, None] = {}
        for name in names if isinstance(names, list) else []:
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
        self._report(_problem(draft, field, message, "warning"))

    def _refuse(self, draft: Draft, why: Message) -> None:
        """Report a record that is skipped."""
        self._report(_problem(draft, None, why, "error"))


def _problem(
    draft: Draft, field: str | None, message: Message, severity: Literal["error", "warning"]
) -> Problem:
    name = draft.name or convert.line(draft.fields.get("id"))
    return Problem(draft.path or Path(), draft.line, name[:80] if name else None, field, message, severity)


def _sound(event: Mapping[str, Any]) -> Values:
    """Return the fields of an event that a data file allows."""
    some = {field: value for field, value in event.items() if field in TABLES["events"]}
    wrong = {finding.path[0] for finding in check("events", some) if finding.severity == "error"}
    return {field: value for field, value in some.items() if field not in wrong}


def _differing(fields: Mapping[str, Any], record: Mapping[str, Any]) -> Values:
    """Return the fields of a source that differ from those of the loaded record of the same session."""
    found = {name: _completed(name, value, record) for name, value in fields.items() if name != "id"}
    return {name: value for name, value in found.items() if value != record.get(name)}


def _completed(field: str, value: Any, record: Mapping[str, Any]) -> Any:
    """Return a value of a source, completed by that of the loaded record of the same session.

    Bibliographies have no organizations of speakers, and one address, which may be that of a paper or slides.
    """
    known = record.get(field)
    if field == "url" and value in [record.get(name) for name in ("paper", "slides", "video")]:
        return known
    if field == "speakers" and [one["name"] for one in value] == [one["name"] for one in known or ()]:
        return [before | one for before, one in zip(known or (), value, strict=True)]
    return value


def _is_endless(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return sum(len(part) if isinstance(part, str) else 100 for part in parts) > convert.LONGEST_TEXT


def _blocks(key: str) -> Iterator[str]:
    bare = key.replace(" ", "")
    if len(bare) > _BLOCK:
        yield f"{bare[:_BLOCK]}…"
        yield f"…{bare[-_BLOCK:]}"


def _alike(key: str, other: str) -> bool:
    """Return whether two folded titles differ only by typos: one or two letters within long words, or spaces.

    >>> _alike("efficient serving of large modles", "efficient serving of large models")
    True
    >>> _alike("lightning talks of the day part 1", "lightning talks of the day part 2")
    False
    """
    if max(len(key), len(other)) > _LONGEST:
        return False
    if key.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = key.split(), other.split()
    if len(words) != len(others):
        return False
    pairs = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    return len(pairs) <= 2 and all(
        min(len(one), len(two)) >= 5
        and one.isalpha()
        and two.isalpha()
        and edits(one, two) <= 1 + (len(one) > 8)
        for one, two in pairs
    )
