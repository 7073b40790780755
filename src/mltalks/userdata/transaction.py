"""A change of the user data: records are given to a command as mappings, and the changes of a command are checked and written.

Does not lock or write files itself (see `store`), and never changes a file outside the user data.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any

from mltalks.dataset.event_names import NEAR_EVENT, NEW_EVENT, NO_YEAR, EventNames, is_year_alone
from mltalks.dataset.ids import Names, dated, event_id, free, session_id, year_in
from mltalks.dataset.schema import OF_DAYS, TABLES
from mltalks.dataset.toml.lexer import outline
from mltalks.dataset.toml.parser import record_text
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import Message, excerpt
from mltalks.text.fuzzy import nearest
from mltalks.userdata.edited_text import one_session, unset_fields, without_comments
from mltalks.userdata.journal import Change, spliced
from mltalks.userdata.layers import Layers, RecordPart, merged
from mltalks.userdata.record_file import KEYS
from mltalks.userdata.record_parts import (
    Outcome,
    both,
    check_days,
    check_fields,
    check_removed,
    check_shown,
    filled,
    lacks_its_file,
    user_part,
    whole_ids,
)
from mltalks.userdata.store import Difference, UserStore
from mltalks.userdata.toml_document import TomlDocument, comments_of

Record = dict[str, Any]
Values = Mapping[str, Any]
STILL_HAS = "{id} still has sessions or members ({count}); remove them first, or give them another event"
FILES = {"organizations": "organizations.toml", "decisions": "decisions.toml"}
MAIN_FILE = "sessions.toml"  # of all other tables


@contextmanager
def transaction(
    store: UserStore,
    layers: Layers,
    command: str,
    *,
    dry_run: bool = False,
    is_valid: Callable[[Path], bool] = lambda _: False,
) -> Iterator["Transaction"]:
    """Lock and read the user data, let the block change records, then check and write them; `layers` are all other data.

    A file that is known to be valid is not parsed as a whole.

    In the block: `change.session("opml19-katib")["tags"] = ["survey"]`. If the block raises, nothing is written. With
    `dry_run` nothing is locked or written, and `differences` holds what would be; without a `command` data need not be valid.

    Raises DataError: data cannot be read, or a file of the user is written in a way in which it cannot be changed.
    Raises UsageError: a value is not what its field may hold, or a field belongs to shipped data and cannot be removed.
    Raises NotFoundError: a field names an event or theme that does not exist.
    Raises MltalksError: a file that is read later sets a changed field too, so that the change would not show; or a file
    cannot be written.
    """
    with store.unlocked(readable=bool(command)) if dry_run else store.locked(readable=True):
        change = Transaction(store, layers, command, is_valid)
        yield change
        change.commit(dry_run=dry_run)


class Transaction:
    """The user data as read, and the records that a command changes, adds or removes."""

    def __init__(
        self, store: UserStore, layers: Layers, command: str, is_valid: Callable[[Path], bool]
    ) -> None:
        self.command = command
        self.changes: list[Change] = []
        self.differences: list[Difference] = []
        self.outcomes: list[Outcome] = []  # of the records that the command named, in order
        self.doubts: list[Message] = []  # what the command has written, but may not be meant
        self._store = store
        self._documents = {
            file: TomlDocument(file, store.read(file).text, valid=is_valid(file)) for file in store.files()
        }
        self.known = layers.with_user_data({path: one.known for path, one in self._documents.items()})
        self._about: dict[Path, dict[str, None]] = {}
        self._handed_out: dict[tuple[str, str], Record] = {}
        self._events: dict[str, Record] = {}
        self._added: deque[tuple[str, Record]] = deque()

    @cached_property
    def _session_ids(self) -> Names:
        return Names(whole_ids(self.known, "sessions"))

    @cached_property
    def _event_ids(self) -> Names:
        return Names(whole_ids(self.known, "events"))

    # changes by a command

    def session(self, session_id: str) -> Record:
        """Return the fields of a session, to be changed; a field that becomes None or empty is removed.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        """
        return self._record("sessions", session_id, self.known.session(session_id))

    def event_record(self, typed: str) -> Record:
        """Return the fields of an event by any of its names, to be changed.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        """
        name = self.event_id(typed)
        return self._record("events", name, self.known.parts("events", name))

    def event_id(self, typed: str) -> str:
        """Return the id of a known event by any of its names.

        Raises NotFoundError: there is none; the error holds the nearest ids.
        """
        return self.event_names.one_meant(typed) or self.known.resolve("events", typed)

    def organization(self, typed: str) -> Record:
        """Return the fields of an organization by any of its names, to be changed.

        Raises NotFoundError: there is none; the error holds the nearest names.
        """
        name = self.known.resolve("organizations", typed)
        return self._record("organizations", name, self.known.parts("organizations", name))

    def new_organization(self, name: str) -> Record:
        """Add an organization and return its fields, to be filled."""
        self.outcomes.append(Outcome(name, "new organization"))
        return self._record("organizations", name, ())

    def valid(self, record: Values, field: str, default: Any, table: str = "sessions") -> Any:
        """Return the value of a field to add to; a default if there is none.

        Raises UsageError: it is not what the field may hold.
        """
        check_fields(table, {name: value for name, value in record.items() if name == field})
        return record.get(field, default)

    def update(self, session_id: str, values: Values) -> None:
        """Set fields of a session, except those that a file read after the user data sets: they would not show."""
        hidden = merged(part for part in self.known.session(session_id) if part.layer == "above")
        self.session(session_id).update({name: one for name, one in values.items() if name not in hidden})

    def add(self, table: str, record: Record) -> None:
        """Add a record that has been checked. A session gets another id if its id is taken; a known event is not added.

        What the user changed in a record of that id while its file was not loaded stays, and the record completes it.
        """
        parts = self.known.parts(table, record["id"]) if table in ("sessions", "events") else []
        if lacks_its_file(table, parts):
            self._record(table, record["id"], parts).update({**record, **merged(parts)})
            return
        if table == "events":
            if record["id"] not in self._event_ids:
                self._event_ids.add(record["id"])
                self._events[record["id"]] = record
            return
        if table == "sessions":
            made = free(record["id"], self._session_ids)
            self._session_ids.add(made)
            if made != record["id"]:
                record = {**record, "id": made}
        self._added.append((table, record))

    def add_session(self, values: Values, name: str | None = None) -> str:
        """Add a session, and its event if that is new (see `event`); return its id: `name`, or one made of event and title.

        Raises UsageError: a value is not what its field may hold or is missing, the id is taken, or the name of the event has
        no year.
        Raises NotFoundError: no theme of that name.
        """
        given = {"event": None, "kind": "talk", **values}
        given = {field: value for field, value in given.items() if value is not None}
        if isinstance(given.get("event"), str):
            given["event"] = self.event(given["event"], given.get("date"))
        given = self._resolved(given)
        check_fields("sessions", {"id": name, **given} if name else given, whole=True)
        if name in self._session_ids:
            raise UsageError(
                'the id "{name}" is already used; choose another one, or edit that session', name=name
            )
        made = name or session_id(given["event"], given["title"], self._session_ids)
        self.add("sessions", {"id": made, **given})
        self.outcomes.append(Outcome(made, "added", given))
        return made

    @cached_property
    def event_names(self) -> EventNames:
        """The events by all their names."""
        events = (merged(self.known.parts("events", one)) for one in self.known.ids("events"))
        return EventNames(one for one in events if {"id", "name", "series", "year"} <= one.keys())

    def event(self, typed: str, day: object = None) -> str:
        """Return the id of an event by any of its names; one that is not known is made of its name and year, or day, and added.

        Raises UsageError: it is not known, and its name has no year, or is nearly that of a known one.
        """
        name, year = dated(typed, day)
        known = self.event_names.one_meant(typed, year) or self.known.named("events", typed)
        if known is not None and known in self._event_ids:
            return known
        if near := self.event_names.near(name):
            raise UsageError(NEAR_EVENT, name=excerpt(typed), nearest=near)
        return self.add_event(name, {"year": year}, unknown=NO_YEAR)

    def add_event(self, name: str, values: Values, made: str | None = None, unknown: str = NEW_EVENT) -> str:
        """Add an event and return its id: the given one, or one made of its name and year.

        Raises UsageError: a value is not what its field may hold or is missing, the name has no year, or the id is taken.
        """
        given = {field: value for field, value in values.items() if value is not None}
        year = given.get("year") or year_in(str(given.get("start_date", "")))
        fields = self.event_names.fields_of(name, year) | given
        if "year" not in fields or is_year_alone(name):
            raise self.event_names.without_year(name, unknown)
        made = made or event_id(name, int(fields["year"]), self._event_ids)
        taken = [made] if made in self._event_ids else self.event_names.known(name)
        meant = taken or self.event_names.meant(name)
        if taken or len(meant) == 1:  # a series that has several events in a year may have one more
            raise UsageError('"{name}" is already an event: {id}', name=excerpt(name), id=meant[0])
        record = {"id": made, **fields}
        check_fields("events", record)
        self.add("events", record)
        self.doubts += check_days(made, record)
        self.event_names.add(record)
        self.outcomes.append(Outcome(made, "new event", {one: fields[one] for one in ("name", "series")}))
        return made

    def has_own(self, session_id: str) -> bool:
        """Return whether the user data have a record of a session."""
        return user_part(self.known.parts("sessions", session_id)) is not None

    def remove(self, name: str, table: str = "sessions") -> None:
        """Remove the user's record of a session, with its decisions, or an event; if other files have it too, theirs stay.

        Raises NotFoundError: there is none of that id.
        Raises MltalksError: no file of the user data has it, or it is an event that records are of.
        """
        parts = self.known.session(name) if table == "sessions" else self.known.parts(table, name)
        part = user_part(parts)
        if part is None:
            template = "{id} is not in your data but in {path}; only what is in your data can be removed"
            raise MltalksError(template, id=name, path=parts[-1].file)
        shipped = any(part.layer != "user" for part in parts)
        if count := 0 if table == "sessions" or shipped else self.known.count_of_event(name):
            raise MltalksError(STILL_HAS, id=name, count=count)
        alone = table != "sessions" or shipped
        for one in [part] if alone else self.known.with_decisions(part, name):
            self._document(one.file, name).remove(one.table, one.number)
        self.outcomes.append(Outcome(name, "restored" if shipped else "removed"))

    def text_of(self, session_id: str) -> str:
        """Return the user's record of a session as TOML, to be edited and given to `rewrite`.

        The fields that it does not set are in comments, with their values in other files.

        Raises NotFoundError: no such session.
        """
        own, comments = self._texts(session_id)
        below = [token.start for token in outline(own) if token.kind == "header"][1:]  # [[sessions.speakers]]
        end = below[0] if below else len(own)
        return own[:end] + "".join(comments) + own[end:]

    def _texts(self, session_id: str) -> tuple[str, list[str]]:
        """Return the user's record of a session as TOML, and comments with the fields that it does not set."""
        parts = self.known.session(session_id)
        part = user_part(parts)
        values = part.values if part else {"id": session_id}
        written = part and self._documents[part.file].record_text("sessions", part.number)
        return (written or record_text(values)).rstrip() + "\n", unset_fields(values, merged(parts))

    def rewrite(self, session_id: str, written: str) -> None:
        """Replace the user's record of a session by an edited text (see `text_of`), without the comments that were added to it.

        Raises DataError: the text is not TOML.
        Raises UsageError: it is not one record of that session, or a value is not what its field may hold.
        Raises NotFoundError: no event or theme of that name.
        """
        if written == self.text_of(session_id):
            return
        one_session(written)  # raises if it is not TOML
        own, comments = self._texts(session_id)
        written = without_comments(written, {*comments} - {*own.splitlines(keepends=True)})
        if written.strip() == own.strip():
            return
        document, record = one_session(written)
        if record.get("id") != session_id:
            raise UsageError("the id cannot be changed here; keep {id}", id=session_id)
        parts = self.known.session(session_id)
        checked = self._resolved(record)
        check_fields("sessions", checked, whole=all(part.layer == "user" for part in parts))
        check_shown(parts, [field for field in record if field != "id"])
        if checked != record or document.record_text("sessions", 0) is None:
            written = record_text(checked)
        text = written.strip() + "\n"
        part = user_part(parts)
        if part is None:
            self._document(self._file("sessions"), session_id).add("sessions", text)
        else:
            self._document(part.file, session_id).replace("sessions", part.number, text)
        below, user = both(parts)
        before, after = below | user, below | checked
        changed = {one: after.get(one) for one in TABLES["sessions"] if after.get(one) != before.get(one)}
        self.outcomes.append(Outcome(session_id, "changed" if changed else "comments", changed, before))

    # the end

    def commit(self, *, dry_run: bool) -> None:
        """Check the changes of records, and write the files (see `transaction`)."""
        for event in self._events.values():
            self._document(self._file("events"), event["id"]).add("events", event)
        for (table, name), record in self._handed_out.items():
            self._put_back(table, name, record)
        while self._added:  # each is freed when it is text, to save memory
            table, record = self._added.popleft()
            self._document(self._file(table), record[KEYS.get(table, "id")]).add(table, record)
        group: int | None = None
        for file, document in self._documents.items():
            old, splices = self._store.read(file), document.splices()
            if dry_run:
                difference = Difference(file, old.text, spliced(old.text, splices))
                self.differences += [difference] if difference.after != difference.before else []
            elif change := self._store.write(
                old, splices, self.command, [*self._about.get(file, ())], group=group
            ):
                group = change.step
                self.changes.append(change)
        self._documents.clear()  # to save memory: what was written is read back

    def _put_back(self, table: str, name: str, record: Record) -> None:
        """Change the user's record of that name as the command has changed the mapping; add or remove it if need be."""
        parts = self.known.parts(table, name)
        part, (below, user) = user_part(parts), both(parts)
        before = below | user
        for field, value in record.items():
            if field not in TABLES[table] and value != before.get(field, ()):
                near = nearest(field, TABLES[table])
                raise UsageError('unknown field "{name}"', name=excerpt(field), nearest=near)
        self.outcomes.append(Outcome(name, "changed"))
        changed = {field: filled(record.get(field)) for field in TABLES[table]}
        changed = {field: one for field, one in changed.items() if one != filled(before.get(field))}
        given = {field: one for field, one in changed.items() if one is not None}
        given = self._resolved(given)
        check_fields(table, given)
        check_shown(parts, changed)
        check_removed(table, parts, changed.keys() - given.keys())
        if not changed and parts:
            return
        shown = changed | {one: below[one] for one in changed if one in below} | given
        self.outcomes[-1:] = [Outcome(name, "changed", shown, before)] if changed else []
        if table == "events" and not changed.keys().isdisjoint((*OF_DAYS, "name")):
            self.doubts += check_days(name, before | changed)
        key = KEYS.get(table, "id")
        if part is None:
            self._document(self._file(table), name).add(table, {key: name, **given})
            return
        document = self._document(part.file, name)
        left = user.keys() - changed.keys() | given.keys()
        written = document.record_text(table, part.number) or document.text
        if below and left == {key} and not comments_of(written):
            document.remove(table, part.number)
        else:
            document.change(table, part.number, changed | given)

    def _record(self, table: str, name: str, parts: Sequence[RecordPart]) -> Record:
        if (table, name) not in self._handed_out:
            below, user = both(parts)
            self._handed_out[table, name] = deepcopy(below | user)
        return self._handed_out[table, name]

    def _file(self, table: str) -> Path:
        return self._store.file(FILES.get(table, MAIN_FILE))

    def _document(self, file: Path, name: str | None = None) -> TomlDocument:
        """Return the document of a file, to be changed in a record of that name."""
        if name is not None:
            self._about.setdefault(file, {})[name] = None
        return self._documents.setdefault(file, TomlDocument(file, ""))

    def _resolved(self, values: Values) -> Record:
        """Return fields of a session with its event and themes by their ids instead of other names."""
        found = dict(values)
        event, themes = found.get("event"), found.get("themes")
        if isinstance(event, str) and event not in self._events:
            found["event"] = self.event_id(event)
        if isinstance(themes, list) and all(isinstance(one, str) for one in themes):
            found["themes"] = list(dict.fromkeys(self.known.resolve("themes", one) for one in themes))
        return found
