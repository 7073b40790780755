"""The options for the fields of a session, declared once for the commands that write one.

Does not check the values; the transaction does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from html.entities import html5
from typing import Annotated, Any, Literal, TypeVar

from mltalks.cli.declarations import option
from mltalks.dataset.vocabulary import KINDS
from mltalks.errors import UsageError
from mltalks.messages import Message, excerpt
from mltalks.text.folding import spaced, spelling_key

_ENTITY = re.compile(r"&(#?\w{1,31})$", re.ASCII)
_PERSON = re.compile(r"(.*\S)\s*[(（]([^()（）]*)[)）]")
_TITLE = re.compile(r"(?:dr|prof|mr|mrs|ms|mx)\.?\s+\S", re.IGNORECASE)
_COMMA = re.compile(r"(.*\S)\s*[,，]\s*(?!(?:jr|sr|ii|iii|iv|ph\.? ?d|m\.? ?d)\b)(\S.*)", re.IGNORECASE)
_OF_OPTION = "{id}: {message}"
_OF_ONE_LINE = ("track", "room", "event", "language")
Order = Literal["dmy", "mdy", "ymd"]
DateOrder = Annotated[
    Order | None,
    option("--date-order", "What comes first in dates like 3/4/25: the day, the month or the year."),
]
T = TypeVar("T")
Text = str | None
Texts = list[str] | None


@dataclass(frozen=True)
class SessionOptions:
    """Fields of a session as typed; None if an option was not given."""

    event: Annotated[Text, option("--event", "Event: an id or name; for a new event, name and year.")] = None
    kind: Annotated[Text, option("--kind", f"One of {', '.join(KINDS)}.", metavar="KIND")] = None
    track: Annotated[Text, option("--track", "The track, as the event names it.")] = None
    speakers: Annotated[
        Texts, option("--speaker", "A speaker; repeatable.", metavar="'NAME (ORGANIZATION)'")
    ] = None
    organizations: Annotated[Texts, option("--organization", "An organization; repeatable.")] = None
    keywords: Annotated[Texts, option("--keyword", "A keyword; repeatable.")] = None
    keywords_ja: Annotated[Texts, option("--keyword-ja", "A keyword in Japanese; repeatable.")] = None
    themes: Annotated[Texts, option("--theme", "A theme, by id or label; repeatable.")] = None
    summary: Annotated[Text, option("--summary", "A summary.")] = None
    summary_ja: Annotated[Text, option("--summary-ja", "A summary in Japanese.")] = None
    questions: Annotated[Texts, option("--question", "A question that the session answers; repeatable.")] = (
        None
    )
    questions_ja: Annotated[
        Texts, option("--question-ja", "A question that the session answers, in Japanese; repeatable.")
    ] = None
    url: Annotated[Text, option("--url", "The session's page.", metavar="URL")] = None
    slides: Annotated[Text, option("--slides", "The slides.", metavar="URL")] = None
    paper: Annotated[Text, option("--paper", "The paper.", metavar="URL")] = None
    video: Annotated[Text, option("--video", "The recording.", metavar="URL")] = None
    doi: Annotated[Text, option("--doi", "The DOI of the paper.")] = None
    citation_key: Annotated[
        Text, option("--citation-key", "The key by which BibTeX cites it.", metavar="KEY")
    ] = None
    language: Annotated[
        Text, option("--language", "Language of the talk: its name, or a code such as en or ja.")
    ] = None
    date: Annotated[Text, option("--date", "Date, or date and time: 2024-05-20 or 2024-05-20T10:30.")] = None
    date_order: DateOrder = None
    minutes: Annotated[Text, option("--minutes", "Length in minutes.", metavar="N")] = None
    room: Annotated[Text, option("--room", "The room, as the programme prints it.")] = None
    source: Annotated[Text, option("--source", "Source of the information.")] = None
    note: Annotated[Text, option("--note", "Your note.")] = None
    tags: Annotated[Texts, option("--tag", "One of your tags; repeatable.")] = None

    def values(self) -> dict[str, Any]:
        """Return the given fields as values of a data file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        given = {name: value for name, value in found.items() if value is not None}
        order = given.pop("date_order", None)
        given |= {name: spaced(given[name]) for name in _OF_ONE_LINE if name in given}
        if "date" in given:
            given["date"] = written_date(given["date"], order)
        if given.keys() & {"kind", "language", "minutes"}:
            given |= _converted(given)
        for name in ("organizations", "keywords", "keywords_ja", "tags"):
            if name in given:
                given[name] = [*_each(given[name])]
        if "speakers" in given:
            from mltalks.text.same_person import once_each

            given["speakers"] = once_each(map(person, _each(given["speakers"])))
        return given


@dataclass(frozen=True)
class ListChanges:
    """Values that are added to the lists of a session, removed from them or renamed, as typed."""

    add_keywords: Annotated[Texts, option("--add-keyword", "Add a keyword; repeatable.")] = None
    remove_keywords: Annotated[Texts, option("--remove-keyword", "Remove a keyword; repeatable.")] = None
    add_speakers: Annotated[
        Texts, option("--add-speaker", "Add a speaker; repeatable.", metavar="'NAME (ORGANIZATION)'")
    ] = None
    remove_speakers: Annotated[
        Texts, option("--remove-speaker", "Remove a speaker; repeatable.", metavar="NAME")
    ] = None
    rename_speakers: Annotated[
        Texts, option("--rename-speaker", "Change the name of a speaker; repeatable.", metavar="OLD=NEW")
    ] = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def renamed(self) -> dict[str, dict[str, str]]:
        """The new speakers by the keys of the old names.

        Raises UsageError: one is not written as OLD=NEW.
        """
        found = {}
        for typed in self.rename_speakers or ():
            old, _, new = typed.partition("=")
            if not old.strip() or not new.strip():
                raise UsageError("--rename-speaker {typed}: write it as OLD=NEW", typed=excerpt(typed))
            found[spelling_key(old)] = person(new)
        return found

    def named(self) -> dict[tuple[str, str], str]:
        """Return the speakers and keywords that a session must have, as typed, by their field and key."""
        old = (typed.partition("=")[0].strip() for typed in self.rename_speakers or ())
        speakers = {("speakers", spelling_key(one)): one for one in (*_each(self.remove_speakers), *old)}
        return speakers | {("keywords", spelling_key(one)): one for one in _each(self.remove_keywords)}

    def keywords(self, before: list[str]) -> list[str]:
        """Return the keywords with the changes."""
        gone = set(map(spelling_key, _each(self.remove_keywords)))
        kept = [one for one in before if spelling_key(one) not in gone]
        known = set(map(spelling_key, kept))
        return [*kept, *(one for one in _each(self.add_keywords) if spelling_key(one) not in known)]

    def speakers(self, before: list[dict[str, str]]) -> list[dict[str, str]]:
        """Return the speakers with the changes; one who is renamed or added again keeps the organization unless it comes with another."""
        from mltalks.text.same_person import once_each

        gone, renamed = set(map(spelling_key, _each(self.remove_speakers))), self.renamed
        found = [
            one | renamed.get(spelling_key(one["name"]), {})
            for one in before
            if spelling_key(one["name"]) not in gone
        ]
        known = {spelling_key(one["name"]): at for at, one in reversed([*enumerate(found)])}
        for one in map(person, _each(self.add_speakers)):
            at = known.setdefault(spelling_key(one["name"]), len(found))
            found[at : at + 1] = [{**one, **found[at], **_without_name(one)} if at < len(found) else one]
        return once_each(found)


def _without_name(one: Mapping[str, str]) -> dict[str, str]:
    return {field: value for field, value in one.items() if field != "name"}


def written_date(typed: str, order: Order | None) -> str:
    """Return a typed date, or date and time, in ISO 8601.

    Raises UsageError: it is none, or its day and month may be swapped.
    """
    from mltalks.dataset.values import is_time
    from mltalks.text.dates import iso_date

    template = '--date "{date}": not a date; write it like 2027-03-12 or "12 March 2027 9:30", and leave it out if it is not known'
    return typed if is_time(typed) else _read(iso_date, typed, order, template)


def time_zone(typed: str) -> tzinfo:
    """Return a time zone by a typed name, of IANA or Windows, or an offset.

    Raises UsageError: there is none.
    """
    from mltalks.exchange.readers.calendar_zones import named

    is_offset = re.fullmatch(r"[+-]\d\d:?\d\d|Z", typed)
    zone = datetime.fromisoformat(f"2027-01-01T00:00{typed}").tzinfo if is_offset else named(typed)
    if zone is None:
        template = '--timezone "{name}": not a time zone; write it like Europe/Lisbon or +09:00'
        raise UsageError(template, name=excerpt(typed))
    return zone


def in_zone(date: str, zone: tzinfo) -> str:
    """Return a date; one with a time that has no time zone, with the offset of a zone at that time.

    >>> from datetime import timezone
    >>> [in_zone(date, timezone.utc) for date in ("2027-03-12T10:00", "2027-03-12T10:00+09:00", "2027-03-12")]
    ['2027-03-12T10:00+00:00', '2027-03-12T10:00+09:00', '2027-03-12']
    """
    from mltalks.dataset.values import is_time

    moment = datetime.fromisoformat(date) if is_time(date) else None
    if moment is None or moment.tzinfo:
        return date
    return date + moment.replace(tzinfo=zone).isoformat().removeprefix(moment.isoformat())


def written_days(typed: str, order: Order | None) -> tuple[str, str]:
    """Return the first and the last of typed days in ISO 8601.

    Raises UsageError: they are none, the last is before the first, or day and month may be swapped.
    """
    from mltalks.text.dates import iso_days

    template = '--date "{date}": not a date; write it like 2027-03-12 or 2027-03-12..2027-03-13, and leave it out if it is not known'
    first, last = _read(iso_days, typed, order, template)
    if last < first:
        raise UsageError('--date "{date}": the last day is before the first', date=excerpt(typed))
    return first, last


def _read(read: Callable[[str, Order | None], T | None], typed: str, order: Order | None, template: str) -> T:
    """Return what a reader of dates makes of a typed one.

    Raises UsageError: that is nothing (then with the `template`), or its day and month may be swapped.
    """
    from mltalks.text.dates import AMBIGUOUS, AmbiguousDateError, why_no_date

    try:
        found = read(typed, order)
    except AmbiguousDateError:
        raise UsageError(AMBIGUOUS, date=excerpt(typed)) from None
    if found is not None:
        return found
    if reason := why_no_date(typed, order):
        raise UsageError("--date {message}", message=Message(reason, {"date": excerpt(typed)}))
    raise UsageError(template, date=excerpt(typed))


def kind(typed: str) -> str:
    """Return the kind that a name stands for, in either language; any other text as it is.

    >>> kind("基調講演"), kind("ＬＴ"), kind("セッション")
    ('keynote', 'talk', 'セッション')
    """
    from mltalks.exchange.mapping import convert

    return convert.kind(typed) or typed


def unknown_kind(typed: str) -> UsageError:
    """Return the error that a name stands for no kind."""
    from mltalks.search.query.fields import choices_of
    from mltalks.text.fuzzy import nearest

    return UsageError(
        '"{value}" is not one of {choices}',
        value=excerpt(typed),
        choices=choices_of("kind"),
        nearest=nearest(typed, KINDS),
    )


def _converted(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the kind, language and minutes among typed values as an import would read them; an unknown name as it is typed.

    Raises UsageError: there is no such kind, or the minutes are no number and no duration.
    """
    from mltalks.exchange.mapping import convert

    found: dict[str, Any] = {}
    if "kind" in given:
        found["kind"] = kind(given["kind"])
        if found["kind"] not in KINDS:
            error = unknown_kind(given["kind"])
            raise UsageError(_OF_OPTION, id="--kind", message=error.message, nearest=error.nearest)
    if "language" in given:
        found["language"] = convert.language(given["language"]) or given["language"]
    if "minutes" in given:
        typed = given["minutes"]
        found["minutes"] = convert.minutes(typed) or (
            int(typed) if re.fullmatch(r"-?\d{1,9}", typed) else None
        )
        if found["minutes"] is None:
            message = Message('"{value}" is not a duration', {"value": excerpt(typed)})
            raise UsageError(_OF_OPTION, id="--minutes", message=message)
    return found


def separated(typed: str) -> list[str]:
    r"""Return the values of an option between semicolons, as an import reads them, or the separators of Japanese lists.

    Parentheses and HTML entities stay whole. A comma separates only after Japanese text in parentheses, as that of an organization.

    >>> separated("伊藤　美咲（株式会社ＡＢＣ、研究所）、加藤 翼"), separated("推論、監視；運用"), separated("Ada, Countess")
    (['伊藤\u3000美咲（株式会社ＡＢＣ、研究所）', '加藤 翼'], ['推論', '監視', '運用'], ['Ada, Countess'])
    >>> separated("Ada Quill (Soup; Bread); Bo Fern"), separated("Q&amp;A"), separated("AT&T; Verizon")
    (['Ada Quill (Soup; Bread)', 'Bo Fern'], ['Q&amp;A'], ['AT&T', 'Verizon'])
    >>> separated("渡邊 花 (株式会社ABC), 伊藤 五郎"), separated("University of California (UC), Davis")
    (['渡邊 花 (株式会社ABC)', '伊藤 五郎'], ['University of California (UC), Davis'])
    """
    parts, depth = [""], 0
    for sign in typed:
        depth = max(0, depth + (sign in "(（") - (sign in ")）"))
        ends = sign in "、；;" or (sign in ",，" and re.search(r"[^\x00-\x7f].*[)）]\s*$", parts[-1]))
        if ends and not depth and not (sign == ";" and _ends_in_entity(parts[-1])):
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()] or [typed]


def _ends_in_entity(text: str) -> bool:
    """Return whether a text ends in an HTML entity without its semicolon."""
    found = _ENTITY.search(text)
    return bool(found and (found[1].startswith("#") or f"{found[1]};" in html5))


def _each(typed: list[str] | None) -> Iterator[str]:
    """Yield the values of a repeatable option, which may each be a list."""
    return (spaced(one) for some in typed or () for one in separated(some))


def person(typed: str) -> dict[str, str]:
    """Return a speaker as typed: a name, with the organization in parentheses; an address, titles and words of respect are left out.

    Raises UsageError: there is nothing but an address.

    >>> person("Ada Lovelace (Analytical Engines)"), person("Ada <ada@example.org>")
    ({'name': 'Ada Lovelace', 'organization': 'Analytical Engines'}, {'name': 'Ada'})
    >>> person("Ada Lovelace (Engines, ada@example.org)"), person("Ada (ada@example.org)"), person("Ada, ada@example.org")
    ({'name': 'Ada Lovelace', 'organization': 'Engines'}, {'name': 'Ada'}, {'name': 'Ada'})
    >>> person("伊藤　美咲さん（株式会社　ＡＢＣ）")
    {'name': '伊藤 美咲', 'organization': '株式会社 ＡＢＣ'}
    """
    from mltalks.text.bare_names import without_address, without_title
    from mltalks.text.not_people import without_honorific, without_role

    text = spaced(without_role(without_address(typed)))
    if typed.strip() and not text:
        raise UsageError('"{name}" is an e-mail address; write the name of the speaker', name=excerpt(typed))
    found = _PERSON.fullmatch(text)
    if found and found[2].strip():
        return {"name": without_title(without_honorific(found[1])), "organization": found[2].strip()}
    return {"name": without_title(without_honorific(text))}


def doubts(speakers: Iterable[Mapping[str, str]]) -> Iterator[Message]:
    """Yield a notice for each speaker whose name seems to hold more than a name: an organization, or a title; and for "TBA"."""
    from mltalks.text.not_people import is_nobody

    for name in (one["name"] for one in speakers if isinstance(one.get("name"), str)):
        if _COMMA.fullmatch(name):
            template = 'the name of this speaker is "{name}", with the comma; write the first name first, and an organization in parentheses'
            yield Message(template, {"name": excerpt(name)})
        elif _TITLE.match(name):
            template = 'the name of this speaker is "{name}", with the title; other names have none'
            yield Message(template, {"name": excerpt(name)})
        elif is_nobody(name):
            template = '"{name}" names no speaker; without --speaker, the talk has none'
            yield Message(template, {"name": excerpt(name)})


def of_kind(typed: str | None, values: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a notice if the kind among values means more than its typed name."""
    from mltalks.search.query.fields import wider_kind

    if typed:
        yield from wider_kind(typed, values["kind"])
