"""Imports the answers of the APIs of Sessionize and pretalx: talks whose speakers and categories are ids of lists beside them.

Does not import breaks, and talks that are refused, withdrawn or, unless they are asked for, not decided yet. The event is not in the answers: `--event` names it.
Source: https://sessionize.com/playbook/api, views All, Sessions and GridSmart; https://docs.pretalx.org/api/resources/submissions.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from mltalks.exchange.mapping import convert, link_kinds
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.mapping.column_names import field_of
from mltalks.exchange.mapping.foreign_ids import known_again
from mltalks.exchange.mapping.markup import plain, summary
from mltalks.exchange.mapping.no_talks import taken
from mltalks.exchange.mapping.speaker_lists import people_of, unread
from mltalks.exchange.readers.json_stream import Page, load, no_table, values
from mltalks.exchange.readers.source import Draft, Found, Importer, Source, list_of, tables
from mltalks.messages import excerpt
from mltalks.problems import Problem

LARGEST = 24_000_000  # characters
_SESSIONIZE = re.compile(
    r'"(?:isServiceSession|isPlenumSession|categoryItems|questionAnswers|startsAt|groupId)"\s*:'
)
LINKS = ("slides", "video", "paper", "url")
_READ = frozenset((
    "id", "title", "status", "isServiceSession", "startsAt", "endsAt", "description", "recordingUrl", "speakers", "categoryItems",
    "categories", "questionAnswers", "roomId", "room",
))  # fmt: skip
_READ_OF_PRETALX = frozenset((
    "code", "title", "state", "slot", "slots", "resources", "tags", "submission_type", "track", "speakers", "abstract", "description",
    "content_locale", "duration", "answers",
))  # fmt: skip
_CODES = "codes in place of {names}; to get these, ask the API with expand={expand} in the address"
_LISTS_OF_IDS = ("tags", "speakers", "slots", "resources", "answers")
_NAMED = ("track", "submission_type")
_LISTS = re.compile(r'"(?:sessions|rooms)"\s*:')
_PRETALX = re.compile(
    r'"(?:submission_type|submission_type_id|content_locale|internal_notes|pending_state)"\s*:'
)
_RESULTS = re.compile(r'"(?:results|code)"\s*:')
_KINDS = re.compile(r"(?:\b|vortrags|session)(?:format|typ|type|art|kind)s?\b", re.IGNORECASE)
_NO_KINDS = ("session", "sessions")  # which every talk is
_TRACKS = re.compile(r"track|topic|stream|theme|area|thema", re.IGNORECASE)
_LANGUAGES = re.compile(r"\A(?!.*program).*(?:langu|sprache|idioma)", re.IGNORECASE | re.DOTALL)


def recognises(_name: str, head: str) -> bool:
    """Return whether a text is an answer of Sessionize, by keys that no other format has."""
    return bool(_SESSIONIZE.search(head) and _LISTS.search(head))


def recognises_pretalx(_name: str, head: str) -> bool:
    """Return whether a text is a list of pretalx' submissions, by keys that no other format has."""
    return head.lstrip()[:1] in ("{", "[") and bool(_PRETALX.search(head) and _RESULTS.search(head))


def read(source: Source) -> Found:
    """Yield a draft for each session of an answer of Sessionize.

    Raises DataError: it is not JSON, or has no sessions.
    """
    text = source.text(LARGEST)
    root = load(source, text)
    del text
    lists = root if isinstance(root, dict) else {}
    known = _Known(lists)
    found = _sessions(root)
    if found is None:
        raise source.unreadable('has no "sessions" list; an answer of Sessionize has one')
    for value in found:
        draft = _session(source, value, known)
        yield draft
        if isinstance(draft, Draft):
            for one in known.missing(value):
                yield source.warning(
                    "no speaker has the id {id}; it is left out", name=draft.name, id=excerpt(one)
                )


def _sessions(root: Any) -> list[Any] | None:
    """Return the sessions of an answer, which may be in groups, or in days."""
    if isinstance(root, dict):
        return root["sessions"] if isinstance(root.get("sessions"), list) else None
    found, seen = list[Any](), False
    for group in list_of(root):
        for one in tables([group, *(list_of(group.get("rooms")) if isinstance(group, dict) else ())]):
            if isinstance(one.get("sessions"), list):
                found += one["sessions"]
                seen = True
    return found if seen or root == [] else None


class _Known:
    """The speakers of an answer, and the items of its categories with the titles of these, by id."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self.speakers = {str(one.get("id")): one for one in tables(lists.get("speakers"))}
        self.items = {
            str(item.get("id")): (
                convert.line(category.get("title")) or "",
                convert.line(item.get("name")) or "",
            )
            for category in tables(lists.get("categories"))
            for item in tables(category.get("items"))
        }

        self.rooms = {str(one.get("id")): one.get("name") for one in tables(lists.get("rooms"))}
        self._questions = {
            str(one.get("id")): convert.line(one.get("question")) or ""
            for one in tables(lists.get("questions"))
        }

    def answers(self, record: Any) -> Iterator[tuple[str, Any]]:
        """Yield the question and the answer for each answer of a session or speaker."""
        for one in tables(record.get("questionAnswers")) if isinstance(record, dict) else ():
            number = str(one.get("questionId") or one.get("id"))
            question = self._questions.get(number) or convert.line(one.get("question")) or number
            yield question, one.get("answerValue") or one.get("answer")

    def people(self, session: Mapping[str, Any]) -> list[Any]:
        """Return the speakers of a session, which names them by id if the answer lists them."""
        named = [one for one in list_of(session.get("speakers")) if one not in self.missing(session)]
        return [self.speakers.get(one, one) if isinstance(one, str) else one for one in named]

    def missing(self, session: Mapping[str, Any]) -> list[str]:
        """Return the ids of speakers of a session that the answer does not list."""
        some = list_of(session.get("speakers")) if self.speakers else []
        return [one for one in some if isinstance(one, str) and one not in self.speakers]

    def categories(self, session: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the title of a category and the name of an item for each item of a session."""
        for item in list_of(session.get("categoryItems")):
            if isinstance(item, str | int) and str(item) in self.items:
                yield self.items[str(item)]
        for category in tables(session.get("categories")):
            for item in tables(category.get("categoryItems")):
                yield convert.line(category.get("name")) or "", convert.line(item.get("name")) or ""


def _session(source: Source, value: Any, known: _Known) -> Draft | Problem:
    if not isinstance(value, dict):
        return no_table(source, value)
    title = convert.line(value.get("title"))
    if title is None:
        return source.problem("has no title", name=convert.line(value.get("id")))
    if value.get("isServiceSession") is True:
        return source.no_talk(
            'has the type "{type}", which is not a talk', name=title, type="service session"
        )
    start, end = convert.day(value.get("startsAt")), convert.day(value.get("endsAt"))
    source.not_used(
        value, _READ if known.rooms or not value.get("roomId") or value.get("room") else _READ - {"roomId"}
    )
    source.not_used(unread(known.people(value), "speakers"))
    fields = {
        **_answered(source, known.answers(value), LINKS),
        "title": title,
        "speakers": people_of([_employed(source, known.answers(one), one) for one in known.people(value)]),
        "summary": plain(value.get("description")),
        "date": convert.kept(convert.day, value.get("startsAt")),
        "room": convert.name_of(known.rooms.get(str(value.get("roomId"))) or value.get("room")),
        **_by_category(known.categories(value)),
    }
    if length := convert.minutes_between(start, end):
        fields["minutes"] = length
    if recording := convert.link(value.get("recordingUrl")):
        fields["video"] = recording
    draft = known_again(source.draft(in_their_languages(fields)), value.get("id"))
    accepted = taken(source, draft, value.get("status"))
    for _, item in known.categories(value) if isinstance(accepted, Draft) else ():
        source.kind(item, fields.get("kind") if convert.kind(item) else None)
    return accepted


def _by_category(categories: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields that the items of categories give: those of unknown categories and kinds are keywords."""
    found: dict[str, Any] = {}
    keywords = []
    for category, item in categories:
        if _LANGUAGES.search(category):
            found.setdefault("language", convert.kept(convert.language, item))
        elif _TRACKS.search(category):
            found.setdefault("track", item)
        elif not _KINDS.search(category):
            keywords.append(item)
        else:
            if length := convert.length_in(item):
                found.setdefault("minutes", length)
            if "kind" not in found and (kind := convert.kind(item)):
                found["kind"] = kind
            elif convert.without_length(item.casefold()) not in ("", *_NO_KINDS):
                keywords.append(item)
    return {**found, "keywords": convert.lines(keywords)}


def _answered(source: Source, answers: Iterable[tuple[str, Any]], fields: Collection[str]) -> dict[str, Any]:
    """Return the answers to questions of the organizers whose names are those of some fields; others are noted as not used."""
    found: dict[str, Any] = {}
    for question, answer in answers:
        field = field_of(question)[0]
        taken = convert.link(answer) if field in LINKS else convert.line(answer)
        if field in fields and taken:
            found.setdefault(field, taken)
        else:
            source.not_used({question: answer})
    return found


def _employed(source: Source, answers: Iterable[tuple[str, Any]], speaker: Any) -> Any:
    """Return a speaker with the organization that an answer names."""
    if not isinstance(speaker, dict):
        return speaker
    work = _answered(source, answers, ("organizations",)).get("organizations")
    return {"company": work, **speaker} if work else speaker


def read_pretalx(source: Source) -> Found:
    """Yield a draft for each submission in an answer of pretalx: a page of results, a list, or one submission.

    Raises DataError: it is not JSON.
    """
    page, codes = Page(), dict[str, None]()
    for line, value in values(source, ("results",), page):
        yield _submission(source, line, value) if isinstance(value, dict) else no_table(source, value, line)
        codes |= (
            dict.fromkeys(name for name, one in _ids(value).items() if one) if isinstance(value, dict) else {}
        )
    if codes and not source.titles:
        yield source.warning(_CODES, names=", ".join(codes), expand=",".join(codes))
    yield from page.problems(source, "count")


def _submission(source: Source, line: int, value: Mapping[str, Any]) -> Draft | Problem:
    title = convert.text_of(value.get("title"))
    if title is None:
        return source.problem("has no title", line=line, name=convert.line(value.get("code")))
    slots = [value.get("slot"), *tables(value.get("slots"))]
    slot = next((one for one in slots if isinstance(one, dict)), {})
    start, end = convert.day(slot.get("start")), convert.day(slot.get("end"))
    resources = [
        {"url": one.get("resource") or one.get("link"), "name": convert.text_of(one.get("description"))}
        for one in tables(value.get("resources"))
    ]
    tags = [tag for tag in list_of(value.get("tags")) if not isinstance(tag, int)]
    persons = tables(value.get("speakers"))
    people = [
        _employed(source, (*_answers(value, [code]), *_answers(one, [None, code], "speakers.answers")), one)
        for one in persons
        for code in [one.get("code") or ""]
    ]
    source.not_used(value, _READ_OF_PRETALX)
    source.not_used(_ids(value))
    source.not_used(unread([{**one, "answers": None} for one in persons], "speakers"))
    fields = {
        "title": title,
        "kind": convert.kept(convert.kind, convert.name_of(value.get("submission_type"))),
        "track": convert.name_of(value.get("track")),
        "speakers": people_of(people),
        "keywords": convert.lines(
            [convert.text_of(tag.get("tag", tag) if isinstance(tag, dict) else tag) for tag in tags]
        ),
        "summary": summary(source, value),
        "language": convert.kept(convert.language, value.get("content_locale")),
        "date": convert.kept(convert.day, slot.get("start")),
        "minutes": convert.kept(convert.minutes, value.get("duration"))
        or convert.minutes_between(start, end)
        or convert.length_in(convert.name_of(value.get("submission_type"))),
        "room": convert.name_of(slot.get("room")),
        **_answered(source, _answers(value, [None]), LINKS),
        **link_kinds.by_field(link_kinds.links(resources)),
    }
    draft = known_again(source.draft(in_their_languages(fields), line=line), value.get("code"))
    accepted = taken(source, draft, value.get("state"))
    if isinstance(accepted, Draft):
        source.kind(convert.name_of(value.get("submission_type")), fields["kind"])
    return accepted


def _answers(
    record: Mapping[str, Any], persons: Collection[object], under: str = "answers"
) -> Iterator[tuple[str, Any]]:
    """Yield the question, by default a key, and the answer for each answer that is about one of some persons; None is the talk."""
    for one in tables(record.get("answers")):
        about, question = one.get("person"), one.get("question")
        asked = question.get("question") if isinstance(question, dict) else None  # a number is not expanded
        if (about.get("code") if isinstance(about, dict) else about) in persons:
            yield convert.text_of(asked) or under, one.get("answer")


def _ids(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what has only ids of a submission, which pretalx writes in place of what it is not asked to expand."""
    lists: dict[str, list[Any]] = {
        name: [one for one in list_of(value.get(name)) if isinstance(one, int)] for name in _LISTS_OF_IDS
    }
    lists["slots.room"] = [
        one["room"]
        for one in (value.get("slot"), *tables(value.get("slots")))
        if isinstance(one, dict) and isinstance(one.get("room"), int)
    ]
    lists["speakers"] += [one for one in list_of(value.get("speakers")) if isinstance(one, str)]
    return {**lists, **{name: value.get(name) for name in _NAMED if isinstance(value.get(name), int)}}


SESSIONIZE = Importer(read, recognises)
PRETALX = Importer(read_pretalx, recognises_pretalx)
