"""Fields that a foreign format lacks, written as named texts of one line, and read back.

A name is repeated for each element of a list, or line of a text. Does not depend on any format.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.dataset.schema import TABLES
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.by_language import in_their_languages
from mltalks.exchange.readers.source import Draft, Source, without_absent
from mltalks.messages import Lang
from mltalks.text import sanitize
from mltalks.text.not_people import ET_AL, without_others

_MOST = 10_000  # values of one name; more are ignored


class Extra(NamedTuple):
    """The place of the values of a name, and the conversion of their texts to values of a data file."""

    field: str
    value: Callable[[list[str]], Any]


def _one(check: Callable[[Any], Any]) -> Callable[[list[str]], Any]:
    return lambda texts: check(texts[0])


def _text(texts: list[str]) -> str | None:
    return convert.prose("\n".join(texts))


def _ids(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(found for text in texts if (found := convert.identifier(text))))


def _all(texts: list[str]) -> list[str]:
    return [found for text in texts if (found := convert.line(text))]


_OTHER_NAMES = {
    "organizations": "organization", "keywords_ja": "keyword-ja", "questions": "question", "questions_ja": "question-ja",
    "themes": "theme", "url": "page", "tags": "tag",
}  # fmt: skip
_OTHER_VALUES: Mapping[str, Callable[[list[str]], Any]] = {
    **dict.fromkeys(("id", "event"), _one(convert.identifier)),
    **dict.fromkeys(("organizations", "keywords_ja", "questions", "questions_ja"), _all),
    **dict.fromkeys(("themes", "tags"), _ids),
    **dict.fromkeys(("summary", "summary_ja", "source", "source_note", "note"), _text),
}
# All fields but those that every format has.
SESSION: Mapping[str, Extra] = {
    _OTHER_NAMES.get(field, field.replace("_", "-")): Extra(
        field, _OTHER_VALUES.get(field) or _one(convert.BY_FIELD[field])
    )
    for field in TABLES["sessions"]
    if field not in ("title", "speakers", "keywords")
}
EVENT: Mapping[str, Extra] = {
    "event-name": Extra("name", _one(convert.line)),
    "event-full-name": Extra("full_name", _one(convert.line)),
    "event-series": Extra("series", _one(convert.line)),
    "event-year": Extra("year", _one(convert.year)),
    "event-start": Extra("start_date", _one(convert.day)),
    "event-end": Extra("end_date", _one(convert.day)),
    "event-location": Extra("location", _one(convert.line)),
    "event-url": Extra("url", _one(convert.link)),
    "event-journal": Extra("journal", _one(convert.truth)),
    "event-collection": Extra("collection", _one(convert.truth)),
}
SPEAKER = "speaker"
SPEAKERS: Mapping[Lang, str] = {"en": "Speakers: ", "ja": "講演者: "}  # before them in a text
OF_SPEAKERS = {
    "speaker-organization": "organization",
    "speaker-family": "family",
}  # texts begin with the speaker's number


class Extras(NamedTuple):
    """The values of named texts: fields of a session, fields of its event, and of its speakers by their number, from 1."""

    fields: dict[str, Any]
    event: dict[str, Any]
    of_speakers: dict[int, dict[str, str]]

    @property
    def is_native(self) -> bool:
        """Whether mltalks has written the record: a missing field is then absent in the session, too."""
        return "event" in self.fields

    def draft(
        self,
        source: Source,
        line: int,
        fields: dict[str, Any],
        event: dict[str, Any],
        *,
        foreign: Mapping[str, Any],
        name: str | None = None,
    ) -> Draft:
        """Return the draft of a record: its fields, overridden by the named texts.

        `foreign` are fields that count only in a record that mltalks has not written.
        """
        given = fields if self.is_native else in_their_languages({**fields, **foreign})
        return source.draft(given | self.fields, event | self.event, line=line, name=name)

    def speakers(self, people: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
        """Return speakers, each with what is known for their number, without words at the end for those who are not known."""
        known = list(people)
        if known and self.fields.get("speakers_incomplete") and not without_others(known[-1]["name"]):
            known.pop()
        return self.numbered(known)

    def numbered(self, people: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
        """Return speakers, each with what is known for their number."""
        return [{**one, **self.of_speakers.get(number, {})} for number, one in enumerate(people, 1)]


def read(pairs: Iterable[tuple[str, str]]) -> Extras:
    """Return the values of named texts; an unknown name, or a value that its field does not allow, is ignored."""
    texts: dict[str, list[str]] = defaultdict(list)
    for name, text in pairs:
        if len(texts[name]) < _MOST:
            texts[name].append(text)
    of_speakers: dict[int, dict[str, str]] = defaultdict(dict)
    for name, field in OF_SPEAKERS.items():
        for text in texts.get(name, ()):
            number, _, value = text.partition(" ")
            if number.isascii() and number.isdecimal() and len(number) < 5 and convert.line(value):
                of_speakers[int(number)][field] = convert.line(value) or ""
    event = {one.field: one.value(texts[name]) for name, one in EVENT.items() if name in texts}
    fields = {one.field: one.value(texts[name]) for name, one in SESSION.items() if name in texts}
    found = Extras(without_absent(fields), without_absent(event), dict(of_speakers))
    if names := _all(texts.get(SPEAKER, [])):
        found.fields["speakers"] = found.numbered({"name": name} for name in names)
    return found


def write(session: Session, event: Event, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield (name, text) for the fields of a session and its event, except those that the format has."""
    session = session._replace(themes=session.curated_themes)
    speakers = session.speakers
    facts = {name: getattr(session, one.field) for name, one in SESSION.items()}
    facts[SPEAKER] = [speaker.name for speaker in speakers]
    for name, field in OF_SPEAKERS.items():
        facts[name] = [f"{n} {value}" for n, one in enumerate(speakers, 1) if (value := getattr(one, field))]
    facts |= {name: getattr(event, one.field) or None for name, one in EVENT.items()}
    for name, value in facts.items():
        if name not in without:
            yield from ((name, text) for text in _texts(value))


def people(speakers: Iterable[Speaker], *, more: object = False, lang: Lang = "en") -> str:
    """Return speakers as a line to be read, "" if there are none; with `more`, there are others, who are not known."""
    named, sign = ("{}（{}）", "、") if lang == "ja" else ("{} ({})", "; ")
    names = (named.format(one.name, one.organization) if one.organization else one.name for one in speakers)
    listed = sign.join([*names, *([ET_AL] if more else [])])
    return f"{SPEAKERS[lang]}{listed}" if listed else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        value = str(value).lower()
    if value is not None:
        parts = value if isinstance(value, list | tuple) else newlines(str(value)).split("\n")
        yield from map(sanitize.shown, parts)


def newlines(text: str) -> str:
    """Return a text with every line end as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
