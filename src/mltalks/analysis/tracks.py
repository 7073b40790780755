"""The sessions of an event by track, counted from the known sessions or taken from a tally, with the largest track.

Does not add both up: each session of the tally may be one of the known ones.
"""

from collections import Counter
from typing import NamedTuple

from mltalks.analysis.trend import HAVE_VALUE
from mltalks.dataset.model import Event, TrackTally
from mltalks.search.selection import Selection
from mltalks.text.folding import name_key

FEWEST = 2  # sessions of a track that is called the largest


class TrackCount(NamedTuple):
    """A track with its sessions, and those of them that are known (all without a tally) or only inferred."""

    track: str
    sessions: int
    known: int
    inferred: int = 0


class Tracks(NamedTuple):
    """The tracks of an event, the largest first; `known` of its `sessions` have a known track.

    The tracks are counted from these sessions, or from `tally` if there is one, out of `total`. `largest` has several if they
    are equal, none if no track has two sessions, and is None if the track of too few sessions is known.
    """

    event: Event
    sessions: int
    known: int
    tracks: tuple[TrackCount, ...]
    largest: tuple[str, ...] | None
    total: int
    tally: TrackTally | None

    @property
    def inferred(self) -> int:
        """The known sessions whose track is inferred, not printed."""
        return sum(one.inferred for one in self.tracks)

    @property
    def twice(self) -> bool:
        """Whether one track has at least twice as many sessions as each other."""
        sizes = [one.sessions for one in self.tracks[:2]]
        return bool(self.largest) and len(sizes) == 2 and sizes[0] >= 2 * sizes[1]

    @property
    def unknown(self) -> int:
        """The counted sessions whose track is not known."""
        return max(0, self.total - sum(one.sessions for one in self.tracks))


def event_tracks(selection: Selection, event: Event) -> Tracks:
    """Count the sessions of an event in a selection by track.

    A tally is used if the selection has all known sessions of the event, and the track of fewer sessions is known than the event
    has. The largest track is given if the track of 4 of 5 sessions is known.
    """
    docs = selection.having("event", (event.id,))
    known = docs.having("track").size
    inferred = docs.counts("track/inferred")
    counts = {
        name_key(track): TrackCount(track, number, number, inferred.get(track, 0))
        for track, number in docs.counts("track").items()
    }
    tally = selection.catalogue.track_tallies.get(event.id)
    whole = docs.size == selection.all().having("event", (event.id,)).size
    if tally and whole and known < max(docs.size, tally.total):
        tallied: Counter[str] = Counter()
        for track, number in tally.tracks:
            tallied[name_key(track)] += number
            counts.setdefault(name_key(track), TrackCount(track, 0, 0))
        counts = {key: one._replace(sessions=max(one.known, tallied[key])) for key, one in counts.items()}
    else:
        tally = None
    tracks = sorted(counts.values(), key=lambda one: (-one.sessions, one.track.casefold(), one.track))
    total = tally.total if tally else docs.size
    enough = tracks and sum(one.sessions for one in tracks) >= HAVE_VALUE * total
    most = max(FEWEST, tracks[0].sessions) if tracks else 0
    largest = tuple(one.track for one in tracks if one.sessions == most) if enough else None
    return Tracks(event, docs.size, known, tuple(tracks), largest, total, tally)
