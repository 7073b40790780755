"""The plain values that everything else passes around: sessions, events, themes, organizations, members.

Holds no I/O and no rules: what is allowed is checked by `dataset`, what a name means is known to `catalogue`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mltalks.messages import Lang

KINDS = ("paper", "talk", "keynote", "panel", "tutorial", "poster")
ORGANIZATION_KINDS = ("company", "university", "lab", "nonprofit", "other")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who gave a session; `organization` as printed, or None where none was seen."""

    name: str
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A talk, paper, keynote, panel, tutorial or poster given at an event; None and () are absent facts."""

    id: str
    event: str
    title: str
    kind: str
    track: str | None = None
    speakers: tuple[Speaker, ...] = ()
    organizations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_ja: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    summary: str | None = None
    summary_ja: str | None = None
    url: str | None = None
    slides: str | None = None
    paper: str | None = None
    video: str | None = None
    slides_public: bool | None = None
    source: str | None = None
    source_note: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One edition of a series; dates are ISO 8601, `coverage` says how complete its sessions are."""

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
    source: str | None = None

    @property
    def complete(self) -> bool:
        """Whether all sessions of the event are known to be here."""
        return self.coverage == "complete"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on an event's committee."""

    event: str
    role: str
    name: str
    organization: str | None = None
    organization_source: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeTerms:
    """The phrases by which a theme is recognised, in both languages; `excluded` ones hide the others within them."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
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


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """What terms of a theme are worth in a keyword, as learnt from curated themes."""

    theme: str
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Organization:
    """A company, university or lab under its canonical name, with the other spellings it goes by."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing under all the names it goes by in English and Japanese, the usual one first."""

    en: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()
