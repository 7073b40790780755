"""Finds the session of a paper by its citation key or its number at arXiv, and who else has a key.

Does not decide what becomes of a draft: `intake` does.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from mltalks.exchange.bibliography import arxiv
from mltalks.exchange.intake.draft_events import DraftEvents, is_in_volume
from mltalks.exchange.intake.twins import (  # fmt: skip
    LOOKS_LIKE,
    LOOKS_LIKE_CITED,
    SAME_ADDRESS,
    SAME_PAGE,
    SAME_WORK,
    Twin,
    Twins,
    are_one_work,
    has_title,
    have_alike_titles,
    in_common,
)
from mltalks.exchange.readers.source import Draft
from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue

Values = Mapping[str, Any]
SAME_KEY = "has the citation key of {id}"
SAME_NUMBER = "has the same arXiv number as {id}"
KEY_TAKEN = 'the citation key "{key}" is that of {id}; it is left out'
AND_OTHERS = "{message}. Others that look like known talks: {count}; 'mltalks doctor' lists them"
_FEW = 5
ID_TAKEN = 'its key "{key}" is the id of another work, "{title}"; it is added as {new}'


class KnownPapers:
    """The sessions by citation key and by arXiv number: the loaded ones, and the new ones that were noted.

    `twins` are the sessions among which papers of the same title are looked for.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        events: DraftEvents,
        twins: Twins,
        facts: Callable[[str], Values],
        note: Callable[[Draft, Message], None],
    ) -> None:
        """Take functions that return the fields of a session, loaded or new, and that report what is not so of a draft."""
        self._catalogue = catalogue
        self._events = events
        self.twins = twins
        self._facts = facts
        self._note = note
        self._keys: dict[str, str] = {}  # new and changed sessions by key
        self._numbers: dict[str, str] = {}
        self._alike: list[tuple[Draft, Message]] = []
        self._named = set[str]()  # sessions whose page a new one has
        self._has_numbers = False  # they are read when the first draft has one

    def note(self, name: str, fields: Values) -> None:
        """Add a new session."""
        if key := fields.get("citation_key"):
            self._keys.setdefault(str(key).casefold(), name)
        for number in _numbers(fields):
            self._numbers.setdefault(number, name)

    def by_key(self, draft: Draft) -> str | None:
        """Return the loaded session that has the key of a draft, if its title and speakers do not say that it is another work."""
        key = draft.fields.get("citation_key")
        if not isinstance(key, str) or not draft.cited:
            return None
        names = (self._catalogue.ids[doc] for doc in self._catalogue.cited(key))
        return next((name for name in names if _is_work(draft.fields, self._facts(name))), None)

    def find(self, event: str, draft: Draft, fields: Values) -> Twin | None:
        """Return the session of any event that a draft is: by its arXiv number, its page and title, or its title, year and speakers.

        A new session of another event has the number, too, if a source has both a preprint and its paper: these are two.
        """
        numbers = _numbers(fields)
        if numbers and not self._has_numbers:
            self._read_numbers()
        name = next((self._numbers[one] for one in numbers if one in self._numbers), None)
        is_new = name is not None and self._catalogue.index.sessions.doc(name) is None
        if name is None or (is_new and self._facts(name).get("event") != event):
            return self._with_page(fields) or self._of_year(event, draft, fields)
        return Twin(name, SAME_NUMBER)

    def without_move(self, changed: Values, before: Values) -> dict[str, Any]:
        """Return what changes in a paper without what its preprint says: that it is at arXiv, and a day of another year."""
        now, its = (self._events.record(str(some.get("event"))) or {} for some in (changed, before))
        gone = {"event"} if now.get("collection") else set()
        if its and str(changed.get("date") or its["year"])[:4] != str(its["year"]):
            gone.add("date")
        return {name: value for name, value in changed.items() if name not in gone}

    def with_free_key(self, draft: Draft, fields: Values, own: str | None) -> dict[str, Any]:
        """Return the fields of a session without the key of another one, which is reported, nor the id that was made of it."""
        key = fields.get("citation_key")
        holder = self._holder(str(key), own) if key else None
        if holder is None:
            if key and own:
                self._keys.setdefault(str(key).casefold(), own)
            return dict(fields)
        self._note(draft, Message(KEY_TAKEN, {"key": key, "id": holder}))
        gone = {"citation_key", "id"} if own is None and draft.cited else {"citation_key"}
        return {name: value for name, value in fields.items() if name not in gone}

    def name_alike(self, draft: Draft, fields: Values, new: str) -> None:
        """Name what a new session looks like; if --event says in which event all are, at the end (see `report_alike`)."""
        for message in self._look_alikes(draft, fields, new):
            if self._events.given:
                self._alike.append((draft, message))
            else:
                self._note(draft, message)

    def report_alike(self) -> None:
        """Name what the new sessions of one event look like: of many, as in the list of a reading group, the first one and how many."""
        named, others = self._alike[:1], len(self._alike) - 1
        if others < _FEW:
            named, others = self._alike, 0
        for draft, message in named:
            more = Message(AND_OTHERS, {"message": message, "count": others})
            self._note(draft, more if others else message)
        self._alike = []

    def _look_alikes(self, draft: Draft, fields: Values, new: str) -> Iterator[Message]:
        """Yield what names the session that has the key of a new paper as its id, and the first one of another event that it may be."""
        named = draft.fields.get("id") if draft.cited else None
        if named and named.casefold() != new.casefold() and self._facts(named):
            yield Message(
                ID_TAKEN, {"key": named, "title": excerpt(str(self._facts(named).get("title"))), "new": new}
            )
        alike = self.twins.elsewhere(str(fields["event"]), str(fields["title"]), fields)
        for name in islice((one for one in alike if self._may_be(draft, fields, self._facts(one))), 1):
            key = None if self._facts(name).get("citation_key") else fields.get("citation_key")
            template = LOOKS_LIKE_CITED if key else LOOKS_LIKE
            yield Message(template, {"id": name, "new": new, "key": key})
            return
        page = self._of_page(fields)
        if page and page not in self._named and self._facts(page).get("event") != fields["event"]:
            self._named.add(page)  # several talks may have one page
            yield Message(SAME_PAGE, {"id": page, "new": new})

    def _may_be(self, draft: Draft, fields: Values, record: Values) -> bool:
        """Return whether a draft may be a session of another event with its title and a speaker: a talk is often given twice.

        It is a paper, or of a day of that event; if the days are not known, of its year, or nobody has named its event.
        """
        own, its = (self._events.record(str(one.get("event"))) or {} for one in (fields, record))
        day, first = (
            str(one.get("date") or event.get("start_date") or "")[:10]
            for one, event in ((fields, own), (record, its))
        )
        if day and first:
            same = first <= day <= str(record.get("date") or its.get("end_date") or first)
        else:
            named = (
                self._events.given,
                draft.fields.get("event"),
                draft.event.get("name"),
                draft.event.get("id"),
            )
            same = own.get("year") == its.get("year") or not any(named)
        return same or fields.get("kind") == "paper"

    def _holder(self, key: str, own: str | None) -> str | None:
        """Return the other session that has a key; None if the session itself has it, or nobody."""
        names = [self._catalogue.ids[doc] for doc in self._catalogue.cited(key)]
        names += [self._keys[key.casefold()]] if key.casefold() in self._keys else []
        return None if own in names else next(iter(names), None)

    def _read_numbers(self) -> None:
        """Note the sessions of the catalogue by arXiv number."""
        self._has_numbers = True
        for name in self._catalogue.index.sessions.ids_with("arxiv"):
            for number in _numbers(self._facts(name)):
                self._numbers.setdefault(number, name)

    def _with_page(self, fields: Values) -> Twin | None:
        """Return the loaded session that has a page of a draft and its title, unless it has other speakers, or --event says where all are."""
        name = None if self._events.given else self._of_page(fields)
        record = self._facts(name) if name else {}
        same = has_title(fields, record) and in_common(fields, record) is not False
        return Twin(name, SAME_ADDRESS) if name and same else None

    def _of_page(self, fields: Values) -> str | None:
        """Return the one loaded session that has a page, paper or video of a draft in any spelling of the address."""
        for field in ("url", "paper", "video"):
            docs = (
                self._catalogue.addresses.docs(fields[field]) if isinstance(fields.get(field), str) else None
            )
            if docs and len(docs) == 1:
                return self._catalogue.ids[docs[0]]
        return None

    def _of_year(self, event: str, draft: Draft, fields: Values) -> Twin | None:
        """Return the paper of the same year that a paper is, if another name of its event is all that differs."""
        if self._events.given or not is_in_volume(draft, fields):
            return None
        its = self._events.record(event) or {}
        for name in self.twins.elsewhere(event, str(fields["title"]), fields):
            record = self._facts(name)
            other = self._events.record(str(record.get("event"))) or {}
            apart = any(one.get("journal") or one.get("collection") for one in (its, other))
            if its.get("year") == other.get("year") and not apart and are_one_work(fields, record):
                return Twin(name, SAME_WORK)
        return None


def _numbers(fields: Values) -> set[str]:
    """Return the arXiv numbers of a session: that of its DOI, and those of the addresses of a paper, as a talk may only be on one."""
    found = {arxiv.number_of_doi(fields.get("doi"))}
    if fields.get("kind") == "paper":
        found |= {arxiv.number(fields.get(field)) for field in ("url", "paper")}
    return {arxiv.without_version(one).casefold() for one in found if one}


def _is_work(fields: Values, record: Values) -> bool:
    """Return whether a draft with the key of a session may be that: of its title, or one like it, and a speaker in common."""
    common, title = in_common(fields, record), fields.get("title")
    if not isinstance(title, str) or common is False:
        return False
    return has_title(fields, record) or bool(
        common and have_alike_titles(title, str(record.get("title", "")))
    )
