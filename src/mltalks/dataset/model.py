"""The typed model: sessions, events, themes, organizations, committee members, tallies.

Does not check values: `schema` does. Named tuples, since nine dataclasses would take 2 ms to make.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, Self

from mltalks.messages import Lang


class Speaker(NamedTuple):
    """A person who gave a session; `organization` as printed, or None if none was printed.

    `family` is the family name where it is known and has more words than `name` shows ("Garcia Molina").
    """

    name: str
    organization: str | None = None
    family: str | None = None


class Session(NamedTuple):
    """A talk, paper, keynote, panel, tutorial or poster given at an event; None and () are absent facts.

    `tags`, `mark` and `note` are user data; `date` is ISO 8601, with or without a time; `language` is the spoken one (BCP 47).
    `series` and `year` are those of the event; `companies` are the canonical names of its organizations and its speakers', each
    once. `track_inferred` says that the track was concluded, not seen in print; `speakers_incomplete` that there are more speakers than
    are known; `questions` are what people would ask who have the
    problem that the session is about.
    """

    id: str
    event: str
    series: str
    year: int
    title: str
    kind: str
    track: str | None = None
    track_inferred: bool | None = None
    companies: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    speakers_incomplete: bool | None = None
    keywords: tuple[str, ...] = ()
    keywords_ja: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    summary: str | None = None
    summary_ja: str | None = None
    questions: tuple[str, ...] = ()
    questions_ja: tuple[str, ...] = ()
    url: str | None = None
    slides: str | None = None
    paper: str | None = None
    video: str | None = None
    slides_public: bool | None = None
    organizations: tuple[str, ...] = ()
    source: str | None = None
    source_note: str | None = None
    themes_inferred: tuple[str, ...] = ()
    doi: str | None = None
    citation_key: str | None = None
    language: str | None = None
    date: str | None = None
    minutes: int | None = None
    room: str | None = None
    tags: tuple[str, ...] = ()
    mark: str | None = None
    note: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """The names of the speakers, without that of an organization in the place of one."""
        return tuple(one.name for one in self.speakers if one.name != one.organization)

    @property
    def curated_themes(self) -> tuple[str, ...]:
        """The themes without the inferred ones."""
        return tuple(theme for theme in self.themes if theme not in self.themes_inferred)

    def record(self) -> dict[str, Any]:
        """Return the session as JSON holds it: lists for tuples, an object a speaker."""
        record = {
            name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()
        }
        record["inferred"] = bool(self.themes_inferred)
        record["speakers"] = [
            {"name": s.name, "organization": s.organization} | ({"family": s.family} if s.family else {})
            for s in self.speakers
        ]
        return record

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the session that a record (see `record`) holds."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
        }
        del values["inferred"]
        values["speakers"] = tuple(Speaker(**speaker) for speaker in record["speakers"])
        return cls(**values)


SESSION_FIELDS: tuple[str, ...] = (*Session._fields, "inferred")


class Event(NamedTuple):
    """One edition of a series; dates are ISO 8601, `coverage` says how complete its sessions are.

    `committee_coverage` says the same of its committee: "complete", "partial", or None if it is not known. A `journal` is none,
    but holds the articles of a year; a `collection` is none either, and holds works that name no event: preprints, reports, posts.
    """

    id: str
    name: str
    series: str
    year: int
    full_name: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    location: str | None = None
    url: str | None = None
    about: str | None = None
    about_ja: str | None = None
    coverage: str | None = None
    coverage_note: str | None = None
    coverage_note_ja: str | None = None
    source: str | None = None
    committee_coverage: str | None = None
    committee_note: str | None = None
    committee_note_ja: str | None = None
    journal: bool | None = None
    collection: bool | None = None

    @property
    def complete(self) -> bool:
        """Whether the data are known to have all sessions of the event."""
        return self.coverage == "complete" and not self.is_collection

    @property
    def whole(self) -> bool:
        """Whether the data have all or nearly all sessions of the event, so that shares of them can be compared with others."""
        return self.complete or (self.coverage == "nearly complete" and not self.is_collection)

    @property
    def endless(self) -> bool:
        """Whether nobody expects all of its works: it is a collection, or a journal of which it is not known how many there are."""
        return self.is_collection or bool(self.journal and not self.coverage)

    @property
    def is_collection(self) -> bool:
        """Whether it is none, but holds works that name no event, as arXiv does."""
        return bool(self.collection) or (self.series == "arXiv" and not self.journal)

    @property
    def days(self) -> str:
        """The first and the last day, one day if they are the same, or the year if neither is known."""
        days = dict.fromkeys(day for day in (self.start_date, self.end_date) if day)
        return " – ".join(days) or str(self.year)

    def with_days_of(self, dates: Iterable[str | None]) -> Self:
        """Return the event with the days of its sessions, if it has none: those within the week that has 3 of 4 sessions or more.

        >>> Event("a", "A", "A", 2031).with_days_of(["2031-05-07T10:00", "2031-05-06", "2031-05-06", None]).days
        '2031-05-06 – 2031-05-07'
        """
        if self.start_date or self.end_date or self.journal or self.is_collection:
            return self
        known = Counter(day[:10] if day else "" for day in dates)
        for first in sorted(known.keys() - {""}):
            days = [day for day in known if day >= first and _within_a_week(first, day)]
            if 4 * sum(map(known.__getitem__, days)) >= 3 * known.total():
                return self._replace(start_date=first, end_date=max(days))
        return self

    def text(self, field: Literal["about", "coverage_note", "committee_note"], lang: Lang) -> str | None:
        """Return a text in `lang`; in Japanese, the English one if there is no Japanese one."""
        texts: dict[str, str | None] = self._asdict()
        return (texts[f"{field}_ja"] if lang == "ja" else None) or texts[field]


def _within_a_week(first: str, last: str) -> bool:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days < 7


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Return events by their start date, or by their year if the date is not known, the newest first."""
    return sorted(events, key=lambda event: event.start_date or str(event.year), reverse=True)


class Member(NamedTuple):
    """A person on an event's committee."""

    event: str
    role: str
    name: str
    organization: str | None = None
    organization_source: str | None = None
    source: str | None = None


class CommitteeTally(NamedTuple):
    """The seats of one role on an event's committee, known only as counts: (organization as printed, seats)."""

    event: str
    role: str
    total: int
    seats: tuple[tuple[str, int], ...]
    source: str
    source_note: str | None = None
    source_note_ja: str | None = None

    @property
    def unknown(self) -> int:
        """The seats whose organization is not known."""
        return self.total - sum(seats for _, seats in self.seats)


class TrackTally(NamedTuple):
    """The sessions of an event, known only as counts: (track as printed, sessions); `total` may be more than their sum."""

    event: str
    total: int
    tracks: tuple[tuple[str, int], ...]
    source: str
    source_note: str | None = None
    source_note_ja: str | None = None


class ThemeTerms(NamedTuple):
    """The phrases by which a theme is recognised, in both languages; a term within an `excluded` phrase does not count.

    `exact` are terms that count only as they are written there. A text with a phrase of `field`, of any theme, is about the
    field of the tree.
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    field: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The strong and the weak terms that are one phrase each, not two with " + "."""
        strong, weak = ([one for one in terms if " + " not in one] for terms in self[:2])
        return tuple(strong), tuple(weak)


class Theme(NamedTuple):
    """A node of the taxonomy; `broader` is the id of the theme above it, `aliases` are ids that it had."""

    id: str
    label_en: str | None = None
    label_ja: str | None = None
    broader: str | None = None
    definition: str | None = None
    definition_ja: str | None = None
    aliases: tuple[str, ...] = ()
    terms: ThemeTerms = ThemeTerms()

    def label(self, lang: Lang) -> str:
        """Return the label in `lang`, else in the other language, else the id."""
        first, second = (self.label_ja, self.label_en) if lang == "ja" else (self.label_en, self.label_ja)
        return first or second or self.id


class Unloaded(NamedTuple):
    """A record of the user that is left out, because it changes, or belongs to, a record of a file that is not loaded.

    `table` is "moves" if a session stays in the event that an earlier layer says, and "themes" if it only has themes that do not exist.
    """

    table: str
    name: str


class Decision(NamedTuple):
    """A user's decision whether a session belongs under a theme, and its day (ISO 8601)."""

    session: str
    theme: str
    verdict: Literal["accept", "reject"]
    date: str


class Organization(NamedTuple):
    """A company, university or lab under its canonical name, with its other spellings; its kind may not be known.

    `name_ja`, one of the spellings, is the name that shows it in Japanese, if that is another one.
    """

    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    name_ja: str | None = None


def organization_made(values: Mapping[str, Any]) -> Organization:
    """Return the organization of a record, whose Japanese name is one of its spellings."""
    return Organization(**{**values, "aliases": tuple(spellings(values))})


def spellings(values: Mapping[str, Any]) -> list[str]:
    """Return the names of an organization besides the canonical one: the Japanese one first."""
    shown = [one] if (one := values.get("name_ja")) and one != values.get("name") else []
    return [*shown, *(one for one in values.get("aliases", ()) if one not in shown)]


class Keyword(NamedTuple):
    """A printed keyword in English and Japanese, with all its spellings, the usual one first."""

    id: str
    en: tuple[str, ...]
    ja: tuple[str, ...]

    @property
    def label_en(self) -> str:
        """The usual English text, which is the value of the facet."""
        return self.en[0]

    @property
    def label_ja(self) -> str:
        """The usual Japanese text."""
        return self.ja[0]

    def label(self, lang: Lang) -> str:
        """Return the usual text in a language."""
        return self.label_ja if lang == "ja" else self.label_en


class Term(NamedTuple):
    """All names of one thing in English and Japanese, the usual one first.

    `near` are words for it, or for something close to it, that do not mean the same.
    """

    en: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
