"""Decides for each session of a source: new, changed, known already, or skipped with a reason.

Compares it with the loaded sessions and with the others of the source. Does not read any format, and does not write.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from mltalks.dataset.ids import session_id
from mltalks.dataset.schema import TABLES
from mltalks.exchange.bibliography import citation_keys
from mltalks.exchange.intake.absent_talks import AbsentTalks
from mltalks.exchange.intake.author_rows import AuthorRows, HeldRows
from mltalks.exchange.intake.differences import (  # fmt: skip
    by_session,
    differing,
    lost_speakers,
    of_the_user,
    taken_over,
    what_stays,
    without_decided,
)
from mltalks.exchange.intake.draft_events import NO_EVENT, DraftEvents, no_event
from mltalks.exchange.intake.draft_values import DraftValues, problem_of
from mltalks.exchange.intake.known_ids import HAD_TITLE, IN_DATA, LIKELY, SAME_NAME, KnownIds
from mltalks.exchange.intake.known_papers import SAME_KEY, SAME_NUMBER, KnownPapers
from mltalks.exchange.intake.taken import Taken, joined_with, key_of, place_of, taken_of
from mltalks.exchange.intake.twins import BEHIND, NEARLY, SAME_ID, Twin, Twins, names_of
from mltalks.exchange.mapping import native_record
from mltalks.exchange.readers.json_stream import ONE_PAGE
from mltalks.exchange.readers.source import Draft, LeftOut, NotTaken, Source
from mltalks.messages import Message, excerpt
from mltalks.problems import Problem
from mltalks.search.catalogue import Catalogue
from mltalks.text.dates import Order
from mltalks.text.folding import title_key

Values = dict[str, Any]
UNKNOWN_ID = 'has no title, and no session has the id "{id}"'
NO_TITLE = 'has no title, and no session has the id "{id}"; --map title=HEADER chooses the column of titles'
_TRIED = 20  # records without an event whose ids are looked up
_PLACE = Source(Path("catalogue"), None)


class Intake:
    """Takes drafts one by one and collects what has to be written.

    `differing_events` are the values that differ from those of loaded events by id, `event_changes` those of them to be written.
    `events` are the records of new events that have sessions, `added` those of new sessions by their ids without case, `changes`
    fields by id, `replaced` the names of events in place of which records are of the given one, `unlisted` the number of
    rejected records that are not reported one by one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        report: Callable[[Problem], None],
        event: str | None = None,
        *,
        default_event: str | None = None,
        keep_duplicates: bool = False,
        update: bool = False,
        date_order: Order | None = None,
        edited: Callable[[str], Mapping[str, Any]] = lambda _: {},
    ) -> None:
        """Take the loaded catalogue and, if all sessions are of one event, any name of that event.

        `default_event` is that of sessions that name none (see `DraftEvents`). With `update`, a session that has the title or the
        DOI of a loaded one changes that. `report` is called with each problem: of records that are skipped, and of values that are
        left out. `edited` returns what the user has edited in a session (see `LastEdits`): without `update`, that stays.

        Raises UsageError: the event is not known, and its name has no year, or is nearly that of a known one.
        """
        self._events = DraftEvents(catalogue, event, default_event, date_order)
        self.events, self.replaced = self._events.used, self._events.replaced
        self.differing_events = self._events.differing
        self.event_changes = self.differing_events if update else {}
        self.added: dict[str, Values] = {}
        self.changes: dict[str, Values] = {}
        self._report, self._catalogue = report, catalogue
        self._keep_duplicates, self._update, self._edited = keep_duplicates, update, edited
        self._values = DraftValues(catalogue, report, date_order)
        self.unlisted = 0
        self.filled: Counter[str] = Counter()  # new sessions by event
        self._eventless = list[Draft]()  # of the present source
        self._likely = ""  # the event of a known talk with the id of one of these
        self._decided = by_session(catalogue.decisions)
        self._twins = Twins(self._record)
        self._papers = KnownPapers(catalogue, self._events, self._twins, self._record, self._values.note)
        for name, title, its_event, doi in catalogue.index.sessions.briefs():
            self._twins.note(name, its_event, title, doi)
        self._with_ids: dict[str, Path | None] = {}  # the sources that gave an id to sessions, by that
        self._rows, self._held, self._absent = AuthorRows(), HeldRows(), AbsentTalks()
        self._known_ids = KnownIds(catalogue, self._events, edited, self._values.note)
        self._matched: set[str] = set()  # loaded sessions that records of the sources are of

    def take(self, drafts: Iterable[Draft | Problem]) -> Iterator[Taken]:
        """Yield the outcome for each draft of a source; skipped ones are reported.

        Those with a date whose day and month may be swapped come last: another date may show the order. So do rows of one speaker
        of a known talk: other rows may have its other speakers.
        """
        orders, held, given = set[Order](), list[Draft](), self._values.date_order
        for draft in self._events.without_vain(map(self._known_ids.of_any_status, drafts)):
            if isinstance(draft, Problem):
                if draft.message.template == ONE_PAGE:
                    self._absent = AbsentTalks()
                yield from self._left_out(draft)
            elif self._values.waits(draft, orders):
                held.append(draft)
            elif not self._holds(draft) and (taken := self._take(draft)) is not None:
                yield taken
        self._values.date_order = self._events.date_order = orders.pop() if len(orders) == 1 else given
        yield from filter(None, (self._take(draft) for draft in held if not self._holds(draft)))
        for draft, joined in self._held.release():
            if (taken := self._take(draft)) is not None:
                yield taken
                yield from (joined_with(taken.id, one) for one in joined)
        self._values.date_order = self._events.date_order = given
        self._report_eventless()
        self._values.report_held()
        self._known_ids.report_doubts(self._matched)
        self._papers.report_alike()

    def _report_eventless(self) -> None:
        """Report the records of a source that have no event: one by itself, several with the places of the first ones."""
        if not self._eventless:
            return
        first, *others = self._eventless
        why = no_event(first, others)
        self._refuse(first, Message(LIKELY, {"message": why, "event": self._likely}) if self._likely else why)
        self._likely = ""
        self.unlisted += len(others)
        self._eventless.clear()

    def _left_out(self, problem: Problem) -> Iterator[Taken]:
        """Report a problem, and yield the outcome for its record if that is left out."""
        name = None
        if isinstance(problem, NotTaken):
            name = self._known_ids.of_left_out(problem.draft, self._with_own_id(problem.draft), self._twins)
        if name is not None:
            self._absent.note_known(str(self._record(name).get("event")), name)
            problem = replace(problem, message=Message(IN_DATA, {"message": problem.message, "id": name}))
        self._report(problem)
        if isinstance(problem, LeftOut):
            place, title = place_of(problem), problem.record or ""
            yield Taken("skip", name or "", title, (), problem.message, place, reported=True)

    def _holds(self, draft: Draft) -> bool:
        """Return whether a row waits for rows with further authors, or is joined with such a one: it may be of a loaded session."""
        fields, title = draft.fields, draft.fields.get("title")
        alone = draft.row and len(names_of(fields)) == len(fields.get("speakers") or ()) == 1
        event = self._events.of(draft, fields) if alone else None
        if not isinstance(event, str) or not isinstance(title, str):
            return False
        name = fields.get("id")
        names = [f"{event}-{name}" if draft.numbered else name, *self._twins.candidates(event, title, fields)]
        known = [record for name in names if (record := self._known_ids.loaded(name))]
        if known:
            self._held.hold(event, title, draft, known)
        return bool(known)

    def _take(self, draft: Draft) -> Taken | None:
        fields = self._with_own_id(draft)
        title, name = fields.get("title"), fields.get("id")
        same = self._by_id(draft, fields)
        if isinstance(same, Taken):
            return same
        if not isinstance(title, str) or not title.strip():
            template = NO_TITLE if draft.row else UNKNOWN_ID
            self._refuse(draft, Message(template, {"id": excerpt(name)}) if name else Message("has no title"))
            return None
        kept = not draft.cited and draft.foreign_id and isinstance(same, Twin) and fields.get("event")
        event = kept or self._events.of(draft, fields)
        if not isinstance(event, Message):
            of_key = same and same.how == SAME_KEY  # perhaps the preprint of a talk, of another year
            fields = self._checked(draft, {**fields, "event": event}, "" if of_key else event)
        if isinstance(event, Message) and event.template == NO_EVENT:
            if len(self._eventless) < _TRIED:
                self._likely = self._likely or self._known_ids.likely_event(draft) or ""
            self._eventless.append(draft._replace(fields={}))
            return None
        if isinstance(event, Message) or "title" not in fields:
            self._refuse(draft, event if isinstance(event, Message) else Message("has no title"))
            return None
        if draft.row and (joined := self._rows.join(event, title, draft, fields)) is not None:
            return joined_with(joined.record["id"], draft)
        twin = same or (None if self._keep_duplicates else self._twin(event, title, draft, fields))
        return self._added(draft, title, fields) if twin is None else self._same(twin, title, draft, fields)

    def _with_own_id(self, draft: Draft) -> Values:
        """Return the fields of a draft, with the id that its session has by that of its program, which is noted.

        The id of a row that is that of a talk of another event counts within its own event.
        """
        fields = dict(draft.fields)
        self._events.compare(draft)
        within = self._known_ids.within_event(draft, fields)
        if draft.foreign_id or within:
            event = self._events.of(draft, fields)
            if isinstance(event, str) and draft.foreign_id and not draft.cited and "id" in fields:
                self._absent.note(event, fields["id"], *draft.earlier_ids)
            if within:
                fields["id"] = within
        return fields

    def absent(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Return the ids of loaded sessions that are not in what was read, by event: those that surely came from its program, and others."""
        loaded = [(name, title, event) for name, title, event, _ in self._catalogue.index.sessions.briefs()]
        found = self._absent.found(one for one in loaded if one[0] not in self._matched)
        return found, self._absent.others(one for one in loaded if one[2] not in found)

    def _by_id(self, draft: Draft, fields: Values) -> Taken | Twin | None:
        """Return what becomes of a draft with the id of a session, or the session if it is only known by that; None for another."""
        name = fields.get("id")
        new = self.added.get(name.casefold()) if isinstance(name, str) and draft.foreign_id else None
        is_that = self._known_ids.is_that
        if new and self._with_ids.get(new["id"]) != draft.path and is_that(new, draft, fields):
            return Twin(new["id"], SAME_ID)
        record = self._known_ids.loaded(name)
        if record is None:
            return self._by_key(draft, fields) or self._by_earlier_id(draft, fields)
        if self._is_other(draft, fields):
            del fields["id"]
            return None
        if not is_that(record, draft, fields):
            if draft.numbered and not draft.foreign_id and self._known_ids.filed_by_user(draft):
                return self._known(draft, fields, record)
            moved = self._by_key(draft, fields) or self._moved_one(draft, fields)
            if moved is None:
                del fields["id"]  # the id of another program equals one of ours by chance
            return moved
        return self._again(draft, fields, record) if draft.foreign_id else self._known(draft, fields, record)

    def _is_other(self, draft: Draft, fields: Values) -> bool:
        """Return whether a draft has the id and title of a session, but other speakers: it is reported, unless it is to change that."""
        other = None if draft.foreign_id or self._update else self._known_ids.same_name(fields)
        if not other or self._edited(other):
            return False
        self._values.note(draft, Message(SAME_NAME, {"id": other}))
        return True

    def _by_key(self, draft: Draft, fields: Values) -> Twin | None:
        """Return the loaded session that has the citation key of a draft, in whatever event."""
        name = self._papers.by_key(draft)
        twin = self._again(draft, fields, self._record(name)) if name else None
        return Twin(twin.id, SAME_KEY) if twin else None

    def _by_earlier_id(self, draft: Draft, fields: Values) -> Twin | None:
        """Return the session that another export of the program gave one of the earlier ids of a draft."""
        event = self._events.of(draft, fields) if draft.earlier_ids else ""
        for name in (one for earlier in draft.earlier_ids for one in (f"{event}-{earlier}", earlier)):
            record = self._known_ids.loaded(name)
            if record and self._known_ids.is_within(record, draft, fields):
                return self._again(draft, fields, record)
        return self._moved_one(draft, fields)

    def _moved_one(self, draft: Draft, fields: Values) -> Twin | None:
        """Return the session of another event that a draft is."""
        moved = self._known_ids.moved(draft, twice=self._keep_duplicates)
        return None if moved is None else self._again(draft, fields, moved)

    def _again(self, draft: Draft, fields: Values, record: Mapping[str, Any]) -> Twin | None:
        """Return the session of a record as that of a draft, in the event of the record, if it has one; None if another draft was of it."""
        if record["id"] in self._matched:
            return None
        self._with_ids[record["id"]] = draft.path
        fields |= {"event": record["event"]} if record["event"] else {}
        return Twin(record["id"], SAME_ID)

    def forget(self) -> None:
        """Forget what further drafts would be compared with, to save memory while the sessions are written."""
        self._twins = self._papers.twins = Twins(self._record)
        self._with_ids, self._rows = {}, AuthorRows()

    def _added(self, draft: Draft, title: str, fields: Values) -> Taken:
        fields = self._papers.with_free_key(draft, fields, None)
        given, event = fields.get("id"), fields["event"]
        made: str = given if given and given not in self else session_id(event, title, self)
        beside = self._twins.beginning_at(event, fields.get("date") or "")
        renamed = self._known_ids.likely_renamed(draft, fields, beside)
        alike = chain(self._twins.doubtful(event, title, fields), renamed)
        self._known_ids.doubt(draft, made, [one for one in alike if one[1].casefold() not in self.added])
        self._papers.name_alike(draft, fields, made)
        values = citation_keys.without_made({"kind": "talk", **fields, "id": made})
        self.added[made.casefold()] = {
            field: values[field] for field in TABLES["sessions"] if field in values
        }
        if given:
            self._with_ids[made] = draft.path
        self._rows.note(event, title, draft, self.added[made.casefold()])
        self._events.use(event)
        self._twins.note(made, event, title, fields.get("doi"))
        self._papers.note(made, fields)
        self.filled[event] += 1
        return Taken("add", made, title, place=place_of(draft), event=event, key=key_of(draft))

    def __contains__(self, name: object) -> bool:
        """Return whether a session, loaded or new, has this id."""
        text = str(name)
        return text.casefold() in self.added or self._catalogue.index.sessions.doc(text) is not None

    def _record(self, name: str) -> Mapping[str, Any]:
        """Return the fields of a session, loaded or new."""
        return self.added.get(name.casefold()) or self._known_ids.loaded(name) or {}

    def _before(self, record: Mapping[str, Any]) -> Values:
        """Return the fields of the export of a loaded session, as changed so far: with all themes, if the user has decided on one."""
        settled: Values = {"themes_inferred": []} if record["id"] in self._decided else {}
        found = native_record.draft(_PLACE, {**record, **settled}, None)
        return {**found.fields, **self.changes.get(record["id"], {})} if isinstance(found, Draft) else {}

    def _known(self, draft: Draft, fields: Values, record: Mapping[str, Any]) -> Taken:
        now = self._before(record)
        if "event" in fields and (self._events.given or fields["event"] != now.get("event")):
            event = self._events.of(draft, fields)
            self._values.note_each(draft, [event] if isinstance(event, Message) else ())
            fields["event"] = now.get("event") if isinstance(event, Message) else event
        fields = self._known_ids.of_row(draft, fields, record["id"])
        checked = self._checked(draft, fields, str(fields.get("event") or record["event"]))
        checked = self._papers.with_free_key(draft, checked, record["id"])
        changed = differing(checked, now, update=self._update)
        changed = without_decided(changed, now, self._decided.get(record["id"], ()))
        if not self._update:
            # A table of chosen fields is to change these.
            kept = {} if draft.row else of_the_user(changed, self._edited(record["id"]))
            self._values.note_each(draft, what_stays(record["id"], checked, kept, now))
            changed = {field: value for field, value in changed.items() if field not in kept}
        return self._changed(draft, record, changed, now)

    def _changed(
        self, draft: Draft, record: Mapping[str, Any], changed: Values, before: Mapping[str, Any]
    ) -> Taken:
        name, title = record["id"], str(record["title"])
        self._note_known(draft, name, before)
        if changed:
            self._events.use(changed.get("event"))
            self.changes.setdefault(name, {}).update(changed)
        self._values.note_each(draft, lost_speakers(name, changed, before))
        return taken_of(draft, "change" if changed else "known", name, title, changed, before)

    def _same(self, twin: Twin, title: str, draft: Draft, fields: Values) -> Taken:
        """Return the outcome for a session that duplicates another one, of which only a loaded one is changed."""
        name, how = twin
        new = name.casefold() in self.added or how == NEARLY
        before = {} if new else self._before(self._record(name))
        fields = self._papers.with_free_key(draft, self._known_ids.of_row(draft, fields, name), name)
        changed = taken_over(fields, before, self._edited(name), update=self._update) if before else {}
        if before:
            self._matched.add(name)
            self._note_known(draft, name, before)
            changed = without_decided(changed, before, self._decided.get(name, ()))
            known, key = title_key(str(before["title"])), title_key(title)
            if (draft.cited and key == known) or (how in BEHIND and key.startswith(f"{known} ")):
                changed.pop("title", None)  # in the case of a bibliography, or with the speakers behind it
            if how in (SAME_KEY, SAME_NUMBER):
                changed = self._papers.without_move(changed, before)
            if draft.row and set(names_of(fields)) <= set(names_of(before)):
                changed.pop("speakers_incomplete", None)
            if self._update or not changed:
                return self._changed(draft, {"id": name, "title": title}, changed, before)
        return taken_of(draft, "skip", name, title, changed, before, Message(how, {"id": name}))

    def _note_known(self, draft: Draft, name: str, before: Mapping[str, Any]) -> None:
        """Note a loaded session that a record of a programme is: neither an export of mltalks nor a bibliography is one."""
        if (draft.row or draft.foreign_id) and not draft.cited:
            self._absent.note_known(str(before.get("event")), name)

    def _twin(self, event: str, title: str, draft: Draft, fields: Values) -> Twin | None:
        """Return the session that this one duplicates."""

        def is_that(name: str) -> bool:
            of_source = "id" in fields and name in self._with_ids and self._with_ids[name] == draft.path
            moved = self._update and name.casefold() not in self.added and name not in self._matched
            other_ids = of_source and fields["id"] != name
            return self._known_ids.are_one(fields, self._record(name), other_ids=other_ids, timed=not moved)

        twin = self._twins.find(event, title, fields, is_that) or self._papers.find(event, draft, fields)
        had = self._known_ids.renamed(fields, surely=True) if twin is None else ()
        twin = next((Twin(one, HAD_TITLE) for one in had if one not in self._matched), twin)
        if twin or not fields.get("url"):
            return twin
        twin = self._twins.at_address(event, fields)
        taken = twin is None or twin.id.casefold() in self.added or twin.id in self._matched
        return None if taken else twin

    def _checked(self, draft: Draft, fields: Values, event: str) -> Values:
        """Return the fields that a data file allows; others are reported, and what is not so."""
        known = self._events.record(event)
        known = known and {**known, **self.event_changes.get(event, {})}
        return self._values.checked(draft, fields, known)

    def _refuse(self, draft: Draft, why: Message) -> None:
        """Report a record that is skipped."""
        self._report(problem_of(draft, None, why, "error"))
