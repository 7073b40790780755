"""The interface of exporters, and the context that they get with the sessions.

Does not depend on any format, on a query or on the loaded catalogue.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mltalks.dataset.model import (
    CommitteeTally,
    Event,
    Keyword,
    Member,
    Organization,
    Session,
    Theme,
    TrackTally,
)
from mltalks.dataset.organizations import Organizations
from mltalks.messages import Lang, excerpt
from mltalks.text.japanese.scripts import is_japanese

NEVER = datetime.fromtimestamp(0, UTC)  # for what has to have a time


ALL_REJECTED = (
    "talks of which you rejected all themes: {count}; the file cannot say so, and where it is imported they may get inferred themes again; "
    "'mltalks decisions' lists what to reject there, too"
)


@dataclass(frozen=True)
class Context:
    """What an exporter gets with the sessions: the events, themes and organizations that they name, by id or name.

    `members` and the tallies are those of all events; `keywords` are all whose texts in both languages are known; `decided` are the
    ids of sessions on whose themes the user has decided, `whole` those of events all of whose known sessions are exported,
    `of_the_user` those of events all of whose sessions the user has added, `own` the
    names of organizations that the user has added or changed.
    A text to read has the user's notes and tags if `notes` are asked for, and its few words in `lang`.
    `query` is the text of the query, `title` what the user calls the sessions, else their event or series if they are all of it;
    `changed` returns when a session was changed last, in UTC.
    With `roundtrip` it also writes the fields that the format lacks, so that mltalks reads back the same sessions. It counts
    sessions that the format cannot hold in `left_out`, by a message with {count}, which is shown at the end, and in `doubts` those
    that other programs may take for something else; `other_keys` gets the citation keys that another session has, with those in their
    place.
    """

    events: Mapping[str, Event] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    organizations: Mapping[str, Organization] = field(default_factory=dict)
    members: Sequence[Member] = ()
    roundtrip: bool = False
    left_out: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    other_keys: dict[str, str] = field(default_factory=dict)
    committee_tallies: Sequence[CommitteeTally] = ()
    track_tallies: Mapping[str, TrackTally] = field(default_factory=dict)
    keywords: Collection[Keyword] = ()
    decided: Collection[str] = ()
    whole: Collection[str] = ()
    of_the_user: Collection[str] = ()
    own: Collection[str] = ()
    query: str = ""
    title: str = ""
    changed: Callable[[Session], datetime] = lambda _: NEVER
    notes: bool = False
    lang: Lang = "en"

    def settled(self, session: Session) -> Session:
        """Return a session whose themes are all written, if the user has decided on one: then no other is inferred elsewhere.

        No format says that a session has no theme any more: counted as a doubt.
        """
        if session.id in self.decided and not session.themes:
            self.doubts[ALL_REJECTED] += 1
        is_decided = session.id in self.decided or session.curated_themes  # beside inferred ones: accepted
        return session._replace(themes_inferred=()) if is_decided else session

    def as_printed(self, session: Session) -> Session:
        """Return a session with the summary and the keywords for a format that has one of each: of a Japanese talk the Japanese ones."""
        if self.roundtrip:
            return session
        summaries, keywords = (session.summary, session.summary_ja), (session.keywords, session.keywords_ja)
        if is_japanese(session.title):
            return session._replace(summary=summaries[1] or summaries[0], keywords=keywords[0] + keywords[1])
        return session._replace(summary=summaries[0] or summaries[1], keywords=keywords[0] or keywords[1])

    def to_read(self, session: Session) -> Session:
        """Return a session for a format that people read and that has one summary: in the language, if that is known."""
        printed = self.as_printed(session)
        if self.roundtrip or self.lang == "en":
            return printed
        keywords = session.keywords + session.keywords_ja
        return printed._replace(summary=session.summary_ja or session.summary, keywords=keywords)

    def speaker(self, name: str, organization: str | None) -> str:
        """Return a speaker with an organization, in the signs of the language."""
        if not organization:
            return name
        return f"{name}（{organization}）" if self.lang == "ja" else f"{name} ({organization})"

    def printed(self, names: Iterable[str]) -> list[str]:
        """Return printed names of organizations, in Japanese the Japanese names of those that have one."""
        if self.lang == "en":
            return [*names]
        found = dict.fromkeys(one for name in names for one in self._known.resolve(name))
        return [self.company(one) for one in found]

    @cached_property
    def _known(self) -> Organizations:
        return Organizations(self.organizations.values())

    def company(self, name: str) -> str:
        """Return the name that shows an organization in the language."""
        known = self.organizations.get(name)
        return (known.name_ja if known and self.lang == "ja" else None) or name

    def joined(self, parts: Iterable[str]) -> str:
        """Return parts of a text as a list in the language."""
        return ("、" if self.lang == "ja" else ", ").join(parts)

    def heading(self) -> str:
        """Return the title, else the query, after the name of mltalks."""
        return self.title or f"mltalks: {excerpt(self.query)}".removesuffix(": ")

    def event(self, session: Session) -> Event:
        """Return the event of a session; one that is not loaded has its id as name."""
        known = self.events.get(session.event)
        return known or Event(session.event, session.event, session.series, session.year)


class Exporter(NamedTuple):
    """The writer of a format: exactly one of three functions.

    `text` yields the pieces of a text, which is written in UTF-8. `file` writes a new file at a path, and no file if it raises.
    `themes` returns the theme tree as text, from themes in tree order, their numbers of sessions by id, and the query for which
    they were counted. `mapping` returns the text for the option --mapping, if the format has one, from the thesaurus: the names of each
    thing, and those near it.
    """

    text: Callable[[Iterable[Session], Context], Iterator[str]] | None = None
    file: Callable[[Iterable[Session], Context, Path], None] | None = None
    themes: Callable[[Sequence[Theme], Mapping[str, int], str], str] | None = None
    mapping: Callable[[Iterable[tuple[Sequence[str], Sequence[str]]]], str] | None = None
