"""Compares a draft with the session of its id: whether it is that session, also after its program has moved it, and what it says of it.

Does not decide what becomes of the draft: `intake` does.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from mltalks.dataset.ids import session_id
from mltalks.exchange.intake.absent_talks import is_telling, is_unique
from mltalks.exchange.intake.draft_events import DraftEvents
from mltalks.exchange.intake.twins import LOOKS_LIKE, NEARLY, Twins, are_one, has_title, in_common
from mltalks.exchange.mapping import times
from mltalks.exchange.readers.source import Draft, NotTaken
from mltalks.messages import Message
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import DocSet

Values = Mapping[str, Any]
IN_DATA = "{message}; it is in the data as {id}, which 'mltalks remove {id}' removes"
LIKELY = "{message}; talks with these ids are in the data: --event {event}"
HAD_TITLE = "has the title that {id} had before"
STATUS_OF_KNOWN = 'has the status "{status}", which is not kept of a talk in the data; to keep it as a tag, add --map tags=COLUMN'
SAME_NAME = (
    "has the id and the title of {id}, but other speakers: it is added as a second talk; if it is the same one, undo the import and "
    "repeat it with --update"
)
RENAMED = (
    "has the time and a speaker of {id}, and is added as another one; if its program has only renamed that talk: mltalks remove {id}; "
    "later imports know {new} by its id"
)
_LISTS = ("keywords", "keywords_ja", "questions", "questions_ja", "tags")
_ONE_MORE = "further"  # a word that no id leaves out


class KnownIds:
    """The loaded sessions by id, and the events of drafts."""

    def __init__(
        self,
        catalogue: Catalogue,
        events: DraftEvents,
        edited: Callable[[str], Mapping[str, Any]],
        note: Callable[[Draft, Message], None],
    ) -> None:
        self._catalogue = catalogue
        self._events = events
        self._edited = edited
        self._note = note
        self._doubts: list[tuple[Draft, str, list[tuple[str, str]]]] = []
        self._ids_of_series: dict[object, dict[str, str]] = {}

    def loaded(self, name: object) -> Values | None:
        """Return the fields of a loaded session by its id; None if there is none."""
        doc = self._catalogue.index.sessions.doc(name) if isinstance(name, str) else None
        return None if doc is None else self._catalogue.record(doc)

    def are_one(self, fields: Values, record: Values, *, other_ids: bool = False, timed: bool = True) -> bool:
        """Return whether nothing says that a draft and a session are two, as that is, or as it was before the user edited it."""
        return any(
            are_one(fields, one, other_ids=other_ids, timed=timed) for one in self._now_and_before(record)
        )

    def _now_and_before(self, record: Values) -> Iterator[Values]:
        """Yield the fields of a session, and those that it had before the user edited it, if that is so."""
        yield record
        if edited := self._edited(str(record.get("id"))):
            yield {**record, **edited}

    @cached_property
    def _shipped(self) -> DocSet:
        return self._catalogue.of_origin({"shipped"})

    def of_any_status(self, read: Draft | Problem) -> Draft | Problem:
        """Return the draft of a row about a shipped talk, or about a known one by its id alone, whatever its status: it is no proposal."""
        if not isinstance(read, NotTaken):
            return read
        draft = read.draft
        name = draft.fields.get("id") if draft.row and not draft.numbered else None
        doc = self._catalogue.index.sessions.doc(name) if isinstance(name, str) else None
        if doc is None or not (self._shipped >> doc & 1 or "title" not in draft.fields):
            return read
        if not self.is_of(self._catalogue.record(doc), draft, draft.fields):
            return read
        if "status" in read.message.values:
            self._note(draft, Message(STATUS_OF_KNOWN, read.message.values))
        return draft

    def of_row(self, draft: Draft, fields: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the fields of a draft of a session, of a table in the sense that they have there.

        A column of tags has keywords of a talk, but of a shipped one tags of the user. All themes and companies of the session, as a
        list of talks has them in either language, say nothing new: some are inferred, or those of its speakers.
        """
        doc = self._catalogue.index.sessions.doc(name) if draft.row else None
        if doc is None:
            return fields
        record = self._catalogue.record(doc)
        for field, facet, shown in (
            ("themes", "theme", record["themes"]),
            ("organizations", "company", record["companies"]),
        ):
            if fields.get(field) and (
                {*fields[field]} == {*shown} or _key(fields[field]) in self._printed(facet, shown)
            ):
                fields = {one: value for one, value in fields.items() if one != field}
        same = [one for one in _LISTS if fields.get(one) and _key(fields[one]) == _key(record[one])]
        fields = {one: value for one, value in fields.items() if one not in same}
        if not (draft.tagged and self._shipped >> doc & 1):
            return fields
        words = [*fields.get("keywords", ()), *fields.get("keywords_ja", ())]
        left = {field: value for field, value in fields.items() if field not in ("keywords", "keywords_ja")}
        return {**left, "tags": ["-".join(str(one).split()) for one in words]} if words else left

    def _printed(self, facet: str, shown: Sequence[str]) -> set[str]:
        """Return the keys of a list of values as tables have it, with their names in each language."""
        label = self._catalogue.label
        return {_key(shown), *(_key(label(facet, one, lang) for one in shown) for lang in ("en", "ja"))}

    def within_event(self, draft: Draft, fields: Values) -> str | None:
        """Return the id that a row has within its event, with the id of that; None if its id counts in all events.

        So does a number, the id of a talk of another event, and the code that another export of the program gave a talk of its own.
        """
        event, own = self._events.of(draft, fields), fields.get("id")
        if not isinstance(event, str) or own is None:
            return None
        code = f"{event}-{str(own).casefold()}"
        other = self.loaded(own)
        if draft.row and other is None and self.loaded(code):
            return code
        within = draft.numbered or bool(draft.row and other and not self.is_of(other, draft, fields))
        return f"{event}-{own}" if within else None

    def is_that(self, record: Values, draft: Draft, fields: Values) -> bool:
        """Return whether a draft with the id of a session is that session, whatever gave it the id."""
        is_one = self.is_cited if draft.cited else self.is_within if draft.foreign_id else self.is_of
        return is_one(record, draft, fields)

    def is_of(self, record: Values, draft: Draft, fields: Values) -> bool:
        """Return whether a draft with the id of a session is of that session: not if both title and event differ.

        A row without a title is of the event that it has; a data file without one may give the session another event.
        """
        if has_title(fields, record) or ("title" not in fields and not draft.row):
            return True
        event = self._events.of(draft, fields)
        return isinstance(event, Message) or event == record["event"]

    def same_name(self, fields: Values) -> str | None:
        """Return the id of the loaded session that has the id and the title of a draft, which make that id, but nobody of its speakers."""
        record = self._of_title(fields)
        same = record and record["id"] == fields.get("id") and has_title(fields, record)
        return str(record["id"]) if record and same and in_common(fields, record) is False else None

    def renamed(self, fields: Values, *, surely: bool) -> Iterator[str]:
        """Yield the id of the loaded session that the title of a draft makes, but that has got another title since.

        It is `surely` the same if both have a speaker in common, and no longer title makes that id.
        """
        record = self._of_title(fields)
        if record is None or _made_of(record["event"], record["title"]) == record["id"].casefold():
            return
        common = in_common(fields, record)
        whole = _made_of(fields["event"], f"{fields['title']} {_ONE_MORE}") != record["id"].casefold()
        apart = times.apart(fields.get("date") or "", record.get("date") or "")
        if common is not False and not apart and surely == bool(common and whole):
            yield str(record["id"])

    def likely_renamed(
        self, draft: Draft, fields: Values, at_its_time: Iterable[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the sessions that are likely to have got another title since, here or in the program of a draft, behind what is so.

        `at_its_time` are the sessions of its event that may begin with it: of the talks of a program, nobody gives two at one time.
        """
        yield from ((LOOKS_LIKE, name) for name in self.renamed(fields, surely=False))
        when = str(fields.get("date"))
        if draft.foreign_id and not draft.cited:
            for name in at_its_time:
                record = self.loaded(name) or {}
                if not times.apart(when, str(record.get("date"))) and in_common(fields, record):
                    yield RENAMED, name

    def doubt(self, draft: Draft, made: str, alike: list[tuple[str, str]]) -> None:
        """Keep the loaded sessions that a new talk may be, each behind what is so."""
        if alike:
            self._doubts.append((draft, made, alike))

    def report_doubts(self, matched: Container[str]) -> None:
        """Name for each new talk the first session that it may be, without those that other records are of."""
        for draft, made, alike in self._doubts:
            if left := [one for one in alike if one[1] not in matched]:
                template, name = left[0]
                self._note(draft, Message(template, {"id": name, "new": made}))
        self._doubts.clear()

    def _of_title(self, fields: Values) -> Values | None:
        """Return the loaded session whose id the event and the title of a draft make."""
        event, title = fields.get("event"), fields.get("title")
        if not isinstance(event, str) or not isinstance(title, str):
            return None
        record = self.loaded(_made_of(event, title))
        return record if record and record["event"] == event else None

    def is_cited(self, record: Values, draft: Draft, fields: Values) -> bool:
        """Return whether a work with the key of a session is that: it has its title, or its event and nobody else as speakers."""
        within = self.is_within(record, draft, fields) and are_one(fields, record, timed=False)
        return within or has_title(fields, record)

    def is_within(self, record: Values, draft: Draft, fields: Values) -> bool:
        """Return whether a draft with the id of a session is of the event of that session; if it names none, of its title."""
        event = self._events.of(draft, fields)
        return has_title(fields, record) if isinstance(event, Message) else bool(event == record["event"])

    def moved(self, draft: Draft, *, twice: bool) -> Values | None:
        """Return the loaded session of another event that a draft is: one that the user filed there, or that was there before.

        Without an event, if that of the draft counts as a change: within a series, and if --event says in which event the talk is; then,
        a talk may also be wanted `twice`.
        """
        if filed := self.filed_by_user(draft):
            return filed
        if name := self.in_series(draft):
            return {"id": name, "event": None}
        given = self._events.given
        found = None if given and twice else self.elsewhere(draft)
        return {**found, "event": None} if found and given else found

    def in_series(self, draft: Draft) -> str | None:
        """Return the id of the loaded session in any event of the draft's series that has its id; None if other talks may have that.

        Of an id that is only likely to be unique, the session has the same title, or a speaker in common; of another event, it is not a
        contrary one.
        """
        ids = [one for one in _written(draft) if draft.unique or is_unique(one)]
        event = self._event_of(draft)
        if not ids or not draft.foreign_id or draft.cited or event is None:
            return None
        known = self._of_series((self._events.record(event) or {}).get("series"))
        for own in ids:
            record = self.loaded(known.get(own.casefold()))
            unique = is_unique(own) and not self._is_contrary(draft, record)
            if record and (unique or record["event"] == event or _is_likely(draft.fields, record)):
                return str(record["id"])
        return None

    def filed_by_user(self, draft: Draft) -> Values | None:
        """Return the loaded session that was imported as the talk of a draft, and that the user has put into another event since.

        It has the id of the draft after that of the draft's event, which its title did not give.
        """
        event = self._event_of(draft)
        if event is None or draft.cited or not (draft.foreign_id or draft.numbered):
            return None
        for own in _written(draft):
            record = self.loaded(f"{event}-{own}")
            if record and record["event"] != event and self._is_imported(record, event, draft):
                return record
        return None

    def elsewhere(self, draft: Draft) -> Values | None:
        """Return the loaded session of any event that has the id of a draft after that of any event.

        If other talks may have the id, or both title and speakers are others, it has the title, too, and a speaker or the time; and in any
        case, if --event says in which event the talk is.
        """
        if draft.cited or not draft.foreign_id or self._event_of(draft) is None:
            return None
        timed = "T" in str(draft.fields.get("date"))
        for own in _written(draft):
            telling = timed or draft.unique or is_telling(own)
            record = self.loaded(self._of_series(None).get(own.casefold())) if telling else None
            surely = is_unique(own) and not self._events.given and not self._is_contrary(draft, record)
            if record and (
                surely or any(_is_surely(draft.fields, one) for one in self._now_and_before(record))
            ):
                return record
        return None

    def _is_contrary(self, draft: Draft, record: Values | None) -> bool:
        """Return whether a draft has another title than a session, as that is or was, and none of its speakers."""
        return record is not None and all(
            not has_title(draft.fields, one) and in_common(draft.fields, one) is False
            for one in self._now_and_before(record)
        )

    def _event_of(self, draft: Draft) -> str | None:
        """Return the event of a draft whatever its id."""
        event = self._events.of(draft, {name: one for name, one in draft.fields.items() if name != "id"})
        return None if isinstance(event, Message) else event

    def _is_imported(self, record: Values, event: str, draft: Draft) -> bool:
        """Return whether a session did not get the id of a draft by its title."""
        by_title = session_id(event, str(record["title"]), ())
        return record["id"].casefold() != by_title.casefold() or _is_likely(draft.fields, record)

    def _of_series(self, series: object) -> Mapping[str, str]:
        """Return the ids of the loaded sessions of a series, by these ids and by their ends after the id of any of its events.

        Of all series, if it is None.
        """
        if series not in self._ids_of_series:
            found: dict[str, str] = {}
            events = {one.id for one in self._catalogue.events.values() if series in (None, one.series)}
            docs = (doc for event in events for doc in self._catalogue.docs_of(event))
            for name in map(self._catalogue.ids.__getitem__, docs):
                key = name.casefold()
                ends = [at for at, sign in enumerate(key) if sign == "-" and key[:at] in events]
                found |= {key[start:]: name for start in (0, *(end + 1 for end in ends))}
            self._ids_of_series[series] = found
        return self._ids_of_series[series]

    def likely_event(self, draft: Draft) -> str | None:
        """Return the event of the loaded session that has the id and the title of a draft of a program that names no event."""
        if not draft.foreign_id or draft.cited:
            return None
        prefixes = ("", *(f"{event}-" for event in self._catalogue.events))
        records = (self.loaded(f"{prefix}{one}") for one in _written(draft) for prefix in prefixes)
        same = (one for one in records if one and has_title(draft.fields, one))
        return next((str(one["event"]) for one in same), None)

    def of_left_out(self, draft: Draft, fields: Values, twins: Twins) -> str | None:
        """Return the id of the session that a talk is which is left out, by its id, or as a duplicate, also of one at another time."""
        event, title = self._events.of(draft, fields), fields.get("title")
        record = self.loaded(fields.get("id"))
        known = record if record and self.is_within(record, draft, fields) else self.filed_by_user(draft)
        name = str(known["id"]) if known else self.in_series(draft)
        if name is not None or not isinstance(event, str) or not isinstance(title, str):
            return name
        same, moved = (
            twins.find(event, title, fields, partial(self._is_one, fields, moved=moved))
            for moved in (False, True)
        )
        return next((twin.id for twin in (same, moved) if twin and twin.how != NEARLY), None)

    def _is_one(self, fields: Values, name: str, *, moved: bool) -> bool:
        """Return whether a talk is the loaded one of an id; one that may have moved is so only by a speaker in common."""
        record = self.loaded(name)  # of a talk that this import adds there is none
        return record is not None and self.are_one(fields, record, other_ids=moved, timed=not moved)


def _key(parts: Iterable[Any]) -> str:
    """Return the key of a list, whatever separates its parts, and with or without the signs of inferred ones."""
    return ";".join(
        part for one in parts for part in re.split(r"\s*[;；,，、~]+\s*", str(one).strip()) if part
    )


def _made_of(event: str, title: str) -> str:
    return session_id(event, title, ()).casefold()


def _written(draft: Draft) -> list[str]:
    """Return the ids that a program has for the talk of a draft."""
    return [one for one in (draft.fields.get("id"), *draft.earlier_ids) if isinstance(one, str)]


def _is_likely(fields: Values, record: Values) -> bool:
    return has_title(fields, record) or are_one(fields, record, other_ids=True, timed=False)


def _is_surely(fields: Values, record: Values) -> bool:
    common, date = in_common(fields, record), fields.get("date")
    same = common or (common is None and date and date == record.get("date"))
    return bool(same and has_title(fields, record))
