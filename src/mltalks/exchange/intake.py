"""Decides for each session of a source: new, changed, known already, or skipped with a reason.

Compares it with the loaded sessions and with the others of the source. Does not read any format, and does not write.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from mltalks.dataset.ids import session_id
from mltalks.dataset.schema import TABLES, check
from mltalks.exchange import plausibility
from mltalks.exchange.differences import differing
from mltalks.exchange.draft_events import DraftEvents
from mltalks.exchange.mapping import convert, native_record
from mltalks.exchange.readers.source import Draft, Source
from mltalks.exchange.twins import NEARLY, SAME_ID, Twin, Twins, are_one, names_of
from mltalks.messages import Message, excerpt
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.text.dates import AMBIGUOUS, AmbiguousDateError, Order, iso_date
from mltalks.text.folding import name_key, title_key

Values = dict[str, Any]
Outcome = Literal["add", "change", "known", "skip"]
_FEWEST_WORDS = (
    3  # words of a title by which rows of a table are of one talk; "Keynote" may be that of several
)
_BY_AUTHOR = ("title", "speakers", "organizations")  # fields in which the rows of one talk may differ
NO_TITLE = 'has no title, and no session has the id "{id}"; --map title=HEADER chooses the column of titles'
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

    `events` are the records of new events that have sessions, `added` those of new sessions by their ids without case, `changes`
    fields by id, `replaced` the names of events in place of which records are of the given one, `joined` the number of rows that were joined with another one of the same talk.
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
        self._events = DraftEvents(catalogue, event)
        self.events, self.replaced = self._events.used, self._events.replaced
        self.added: dict[str, Values] = {}
        self.changes: dict[str, Values] = {}
        self._report = report
        self._catalogue = catalogue
        self._keep_duplicates = keep_duplicates
        self._update = update
        self._date_order = date_order
        self.joined = 0
        self._twins = Twins(self._record)
        for name, title, its_event, doi in catalogue.index.sessions.briefs():
            self._twins.note(name, its_event, title, doi)
        self._with_ids: dict[str, Path | None] = {}  # the sources that gave an id to sessions, by that
        # New sessions of tables by source, event and title, with the speakers and organizations of their rows.
        self._rows: dict[tuple[Path | None, str, str], tuple[str, set[str]]] = {}
        self._matched: set[str] = set()  # loaded sessions that records of the sources are of

    def take(self, drafts: Iterable[Draft | Problem]) -> Iterator[Taken]:
        """Yield the outcome for each draft; skipped ones are reported."""
        for draft in drafts:
            if isinstance(draft, Problem):
                self._report(draft)
            elif (taken := self._take(draft)) is not None:
                yield taken

    def _take(self, draft: Draft) -> Taken | None:
        fields = dict(draft.fields)
        if draft.numbered and isinstance(event := self._events.of(draft, fields), str):
            fields["id"] = f"{event}-{fields['id']}"
        title, name = fields.get("title"), fields.get("id")
        doc = self._catalogue.index.sessions.doc(name) if isinstance(name, str) else None
        same = None
        if doc is not None:
            record = self._catalogue.record(doc)
            if not self._is_of(record, draft, fields):
                del fields["id"]  # the id of another program equals one of ours by chance
            elif not draft.foreign_id:
                return self._known(draft, fields, record)
            elif record["id"] not in self._matched:
                same = Twin(record["id"], SAME_ID)
                self._with_ids[record["id"]] = draft.path
        elif draft.foreign_id and (new := self.added.get(str(name).casefold())):
            if self._with_ids.get(new["id"]) != draft.path and self._is_of(new, draft, fields):
                same = Twin(new["id"], SAME_ID)
        if not isinstance(title, str) or not title.strip():
            self._refuse(draft, Message(NO_TITLE, {"id": excerpt(name)}) if name else Message("has no title"))
            return None
        event = self._events.of(draft, fields)
        if not isinstance(event, Message):
            fields = self._checked(draft, {**fields, "event": event}, event)
        if isinstance(event, Message) or "title" not in fields:
            self._refuse(draft, event if isinstance(event, Message) else Message("has no title"))
            return None
        if draft.row and self._joins(event, title, draft, fields):
            self.joined += 1
            return None
        twin = same or (None if self._keep_duplicates else self._twin(event, title, draft, fields))
        return self._added(draft, title, fields) if twin is None else self._same(twin, title, draft, fields)

    def forget(self) -> None:
        """Forget what further drafts would be compared with, to save memory while the sessions are written."""
        self._twins = Twins(self._record)
        self._with_ids.clear()
        self._rows.clear()

    def _added(self, draft: Draft, title: str, fields: Values) -> Taken:
        given, event = fields.get("id"), fields["event"]
        made: str = given if given and given not in self else session_id(event, title, self)
        for template, other in self._twins.doubtful(event, title, fields):
            if other.casefold() not in self.added and other not in self._matched:
                self._tell(draft, Message(template, {"id": other}))
                break
        values = {"kind": "talk", **fields, "id": made}
        self.added[made.casefold()] = {
            field: values[field] for field in TABLES["sessions"] if field in values
        }
        if given:
            self._with_ids[made] = draft.path
        if draft.row and len(fields.get("speakers", ())) == 1:
            self._rows.setdefault((draft.path, event, name_key(title)), (made, {*_affiliated(fields)}))
        self._events.use(event)
        self._twins.note(made, event, title, fields.get("doi"))
        return Taken("add", made, title, place=_place(draft))

    def __contains__(self, name: object) -> bool:
        """Return whether a session, loaded or new, has this id."""
        text = str(name)
        return text.casefold() in self.added or self._catalogue.index.sessions.doc(text) is not None

    def _record(self, name: str) -> Mapping[str, Any]:
        """Return the fields of a session, loaded or new."""
        new = self.added.get(name.casefold())
        if new is not None:
            return new
        doc = self._catalogue.index.sessions.doc(name)
        return {} if doc is None else self._catalogue.record(doc)

    def _is_of(self, record: Mapping[str, Any], draft: Draft, fields: Mapping[str, Any]) -> bool:
        """Return whether a draft with the id of a session is of that session: not if both title and event differ."""
        title = fields.get("title")
        if not isinstance(title, str) or title_key(title) == title_key(record["title"]):
            return True
        event = self._events.of(draft, fields)
        return isinstance(event, Message) or event == record["event"]

    def _known(self, draft: Draft, fields: Values, record: Mapping[str, Any]) -> Taken:
        before = native_record.draft(_PLACE, record, None)
        now = dict(before.fields) if isinstance(before, Draft) else {}
        if "event" in fields and (self._events.given or fields["event"] != now.get("event")):
            event = self._events.of(draft, fields)
            fields["event"] = now.get("event") if isinstance(event, Message) else event
        return self._changed(
            record["id"],
            str(record["title"]),
            differing(self._checked(draft, fields, str(fields.get("event") or record["event"])), now),
        )

    def _changed(self, name: str, title: str, changed: Values) -> Taken:
        if changed:
            self._events.use(changed.get("event"))
            self.changes.setdefault(name, {}).update(changed)
        return Taken("change" if changed else "known", name, title, tuple(changed))

    def _same(self, twin: Twin, title: str, draft: Draft, fields: Values) -> Taken:
        """Return the outcome for a session that duplicates another one, of which only a loaded one is changed."""
        name, how = twin
        new = name.casefold() in self.added or how == NEARLY
        before = None if new else native_record.draft(_PLACE, self._record(name), None)
        changed = differing(fields, before.fields) if isinstance(before, Draft) else {}
        if isinstance(before, Draft):
            self._matched.add(name)
            if title_key(str(before.fields["title"])) == title_key(title):
                changed.pop("title", None)  # written in another way
            if draft.row and set(names_of(fields)) <= set(names_of(before.fields)):
                changed.pop("speakers", None)  # a row an author
            if self._update or not changed:
                if "tags" in changed:
                    changed["tags"] = list(dict.fromkeys([*before.fields.get("tags", ()), *changed["tags"]]))
                return self._changed(name, title, changed)
        return Taken("skip", name, title, tuple(changed), Message(how, {"id": name}), _place(draft))

    def _twin(self, event: str, title: str, draft: Draft, fields: Values) -> Twin | None:
        """Return the session that this one duplicates."""

        def is_that(name: str) -> bool:
            of_source = "id" in fields and name in self._with_ids and self._with_ids[name] == draft.path
            moved = self._update and name.casefold() not in self.added and name not in self._matched
            other_ids = of_source and fields["id"] != name
            return are_one(fields, self._record(name), other_ids=other_ids, timed=not moved)

        return self._twins.find(event, title, fields, is_that)

    def _joins(self, event: str, title: str, draft: Draft, fields: Values) -> bool:
        """Join a row of a table with that of another author of the same talk, which differs in nothing else, if there is one."""
        key = name_key(title)
        row = self._rows.get((draft.path, event, key))
        telling = len(key.split()) >= _FEWEST_WORDS or not key.isascii()
        if row is None or len(fields.get("speakers", ())) != 1 or not telling:
            return False
        (name, known), parts = row, _affiliated(fields)
        if parts[0] in known:
            return False
        record = self.added[name.casefold()]
        others = {field: value for field, value in fields.items() if field not in _BY_AUTHOR}
        if any(record.get(field, value) != value for field, value in others.items()):
            return False
        record["speakers"].append(fields["speakers"][0])
        if new := [organization for organization in parts[1:] if organization not in known]:
            record.setdefault("organizations", []).extend(new)
        known.update(parts)
        for field, value in others.items():
            record.setdefault(field, value)
        return True

    def _checked(self, draft: Draft, fields: Values, event: str) -> Values:
        """Return the fields that a data file allows; others are reported, and what is not so."""
        names = TABLES["sessions"]
        found = {
            name: value for name, value in fields.items() if name in names and value not in (None, [], "")
        }
        if isinstance(found.get("date"), str):
            found |= self._date(draft, found.pop("date"))
        if isinstance(found.get("minutes"), str):
            written = excerpt(found.pop("minutes"))
            self._left_out(draft, "minutes", Message('"{value}" is not a duration', {"value": written}))
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
        if "speakers" in found:
            self._sort_people(draft, found)
        known = self._events.record(event)
        for message in plausibility.odd_days(found, draft.event, known) if known else ():
            self._tell(draft, message)
        return {field: value for field, value in found.items() if value not in (None, [], "")}

    def _sort_people(self, draft: Draft, found: Values) -> None:
        people, works, odd = plausibility.sorted_people(
            found["speakers"], self._catalogue.organizations, self._is_thing if draft.row else None
        )
        found["speakers"] = people
        if works:
            found["organizations"] = list(dict.fromkeys([*found.get("organizations", ()), *works]))
        for message in odd:
            self._tell(draft, message)

    def _is_thing(self, name: str) -> bool:
        key = name_key(name)
        return key in self._catalogue.index.thesaurus.meaning(key)[0]

    def _tell(self, draft: Draft, message: Message) -> None:
        """Report what is not so, of a record that is taken."""
        self._report(_problem(draft, None, message, "warning"))

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


def _affiliated(fields: Mapping[str, Any]) -> list[str]:
    """Return the one speaker of a row with his organization, and the other organizations."""
    people = [f"{one['name']}\n{one.get('organization', '')}" for one in fields.get("speakers", ())[:1]]
    return [*people, *fields.get("organizations", ())] if people else []


def _place(draft: Draft) -> str:
    return f"{draft.path or ''}:{draft.line or ''}".strip(":")


def _is_endless(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return sum(len(part) if isinstance(part, str) else 100 for part in parts) > convert.LONGEST_TEXT
