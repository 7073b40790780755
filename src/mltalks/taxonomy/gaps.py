"""Gaps of a theme tree: sessions without a sure theme, phrases that no theme has, themes that are too big, empty or alike.

Does not change the tree.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from mltalks.dataset.model import Session, Theme
from mltalks.taxonomy.classifier import Classification, Classifier, ThemeScore, readings
from mltalks.taxonomy.stems import strict_stem, units, words
from mltalks.taxonomy.term_index import Key, TermIndex, key, spellings
from mltalks.text.japanese.scripts import is_japanese

LONGEST = 3  # words of a phrase of a title, at most; a keyword is one phrase
IN_TITLE = 0.5  # the factor of a phrase in a title; that of a keyword is 1
KNOWN = 0.1  # the factor of a phrase that is already a weak term of a theme
SURE = 2.5  # the score of its best theme from which on a session is well filed
SETTLED = 0.35  # the factor of a phrase of a well-filed session; that of a session without a theme is 1
BIG = 1 / 12  # the share of all filed sessions from which on a theme is big
EMPTY = 2  # the number of sessions up to which a theme is nearly empty
MOST_PARTS = 5  # the most phrases that are proposed for parting a big theme
ALIKE = 0.25  # the share of common sessions (of those of either) from which on two themes are alike
# Words that a phrase neither starts nor ends with.
_STOP = frozenset(
    units(
        "a an the of for to in on and or with by via from at as is are be it its we our how what why when not can do "
        "does using use towards toward into over under new based through across about beyond all more than their"
    )
)
# Words that fit any theme of this field; a phrase of such words alone is not proposed.
_GENERIC = frozenset(
    units(
        "machine deep learning neural network networks DNN ML AI artificial intelligence large language model models LLM LLMs "
        "system systems framework platform training inference performance throughput latency efficiency efficient scale "
        "scaling scalable scalability fast high low real time end to open source optimization optimizing algorithm "
        "algorithms method technique novel adaptive dynamic aware fine grained GPU CPU NVIDIA PyTorch TensorFlow data "
        "convolutional recurrent distributed parallel accelerating application applications hardware software multi"
    )
)


class Proposal(NamedTuple):
    """A phrase that could be a term or a theme, its weight, and the sessions that have it."""

    phrase: str
    weight: float
    sessions: tuple[str, ...]


class BigTheme(NamedTuple):
    """A theme with many sessions, and the phrases that divide them."""

    theme: str
    sessions: int
    parts: tuple[Proposal, ...]


class Pair(NamedTuple):
    """Two themes with many common sessions; `share` is that of the common ones in the sessions of either."""

    first: str
    second: str
    share: float
    sessions: tuple[str, ...]


class Gaps(NamedTuple):
    """The gaps of a tree, each list with the most urgent first; `near` are the themes that the unfiled sessions nearly have."""

    unfiled: tuple[str, ...]
    near: Mapping[str, tuple[Proposal, ...]]
    broad_only: tuple[str, ...]
    phrases: tuple[Proposal, ...]
    big: tuple[BigTheme, ...]
    nearly_empty: tuple[tuple[str, int], ...]
    alike: tuple[Pair, ...]


class _Phrases(NamedTuple):
    """Phrases by their keys: what each counts in each session that has it, and how it is most often written."""

    counts: dict[Key, dict[str, float]]
    names: dict[Key, str]

    def proposal(self, phrase: Key, weight: float) -> Proposal:
        """Return a phrase with its sessions."""
        return Proposal(self.names[phrase], round(weight, 2), tuple(sorted(self.counts[phrase])))


def gaps(themes: Sequence[Theme], sessions: Sequence[Session], classifier: Classifier) -> Gaps:
    """Return what the tree lacks for these sessions, by their inferred themes alone."""
    found = {session.id: classifier.classify(session) for session in sessions}
    parents = {theme.broader for theme in themes}
    of_theme: defaultdict[str, list[str]] = defaultdict(list)
    for name, classification in found.items():
        for theme in classification.themes:
            of_theme[theme].append(name)
    counts = {theme.id: len(of_theme.get(theme.id, ())) for theme in themes if theme.id not in parents}
    return Gaps(
        unfiled=tuple(name for name, one in found.items() if not one.filed),
        near={name: tuple(map(_near, one.near)) for name, one in found.items() if not one.filed},
        broad_only=tuple(name for name, one in found.items() if one.filed and parents.issuperset(one.themes)),
        phrases=tuple(proposals(themes, sessions, found)),
        big=tuple(_big(themes, sessions, of_theme)),
        nearly_empty=tuple(
            sorted(((t, n) for t, n in counts.items() if n <= EMPTY), key=lambda one: one[::-1])
        ),
        alike=tuple(_alike(of_theme)),
    )


def _near(miss: ThemeScore) -> Proposal:
    return Proposal(miss.theme, round(miss.score, 3), ())


def proposals(
    themes: Sequence[Theme], sessions: Sequence[Session], found: Mapping[str, Classification], limit: int = 50
) -> list[Proposal]:
    """Return phrases of several sessions that no theme has as a strong term, the heaviest first.

    The weight of a phrase is the sum of `_lack` over its sessions, times `IN_TITLE` in titles, and times `KNOWN` if it is a
    weak term already. A phrase within a longer strong term does not count there; one that overlaps with a heavier one in the
    same session is left out.
    """
    index = TermIndex(themes, lambda _theme, _term, kind: float(kind == "strong"))
    weak = {spelling for theme in themes for term in theme.terms.weak for spelling in spellings(term)}
    phrases = _phrases(sessions, index)
    weights = {
        phrase: sum(_lack(found[name]) * counted for name, counted in counts.items())
        * (KNOWN if phrase in weak else 1.0)
        for phrase, counts in phrases.counts.items()
        if len(counts) > 1 and not _GENERIC.issuperset(phrase)
    }

    def overlap(phrase: Key, other: Key) -> bool:
        return _overlap(phrase, other) and bool(phrases.counts[phrase].keys() & phrases.counts[other])

    ranked = sorted(weights, key=lambda phrase: (-weights[phrase], -len(phrase), phrase))
    return [phrases.proposal(phrase, weights[phrase]) for phrase in _distinct(ranked, overlap, limit)]


def _distinct(ranked: Iterable[Key], overlap: Callable[[Key, Key], bool], limit: int) -> list[Key]:
    """Return the first phrases, at most `limit`, without those that overlap with an earlier one."""
    kept: list[Key] = []
    for phrase in ranked:
        if not any(overlap(phrase, other) for other in kept):
            kept.append(phrase)
        if len(kept) == limit:
            break
    return kept


def _lack(found: Classification) -> float:
    """Return how much a session needs a theme: from 1 (it has none) down to `SETTLED` (it has a sure one)."""
    best = found.filed[0].score if found.filed else 0.0
    return max(SETTLED, 1 - best / SURE * (1 - SETTLED))


def _phrases(sessions: Iterable[Session], index: TermIndex | None = None) -> _Phrases:
    """Return the phrases of sessions, without those within a strong term of `index`."""
    counts: defaultdict[Key, dict[str, float]] = defaultdict(dict)
    written: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for session in sessions:
        names = {key(name) for name in (*session.organizations, *session.companies)}
        for phrase, counted in _candidates(session, index):
            spelling = key(phrase)
            if spelling and not spelling[0].isdigit() and spelling not in names:
                counts[spelling][session.id] = max(counted, counts[spelling].get(session.id, 0.0))
                written[spelling][phrase] += 1
    names_of = {spelling: min(some, key=lambda one: (-some[one], one)) for spelling, some in written.items()}
    return _Phrases(dict(counts), names_of)


def _candidates(session: Session, index: TermIndex | None) -> Iterator[tuple[str, float]]:
    """Yield the keywords of a session and the short runs of words in its title, each with its factor."""
    for field, _, text in readings(session):
        if field.startswith("keywords"):
            runs: Iterable[tuple[int, int]] = [(0, len(text))]
        elif field == "title" and not is_japanese(text):
            runs = _runs(text)
        else:
            continue
        counted = IN_TITLE if field == "title" else 1.0
        known = [(start, end) for _, owner, start, end in (index.find(text) if index else ()) if owner.worth]
        for start, end in runs:
            if not any(first <= start and end <= last for first, last in known):
                yield text[start:end], counted


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of runs of two to `LONGEST` words that neither start nor end with a stop word."""
    found, matches = words(text)
    stops = [strict_stem(word) in _STOP for word in found]
    for i in range(len(found)):
        for j in range(i + 1, min(i + LONGEST, len(found))):
            start, end = matches[i].start(), matches[j].end()
            whole = "-" not in (text[start - 1 : start], text[end : end + 1]) and ":" not in text[start:end]
            if whole and not stops[i] and not stops[j]:
                yield start, end


def _overlap(one: Key, other: Key) -> bool:
    """Return whether one phrase is within the other."""
    short, long = sorted((one, other), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _big(
    themes: Sequence[Theme], sessions: Sequence[Session], of_theme: Mapping[str, list[str]]
) -> Iterator[BigTheme]:
    """Yield the themes with a share of at least `BIG` that are not nearly empty, each with the phrases that divide it most evenly."""
    total = sum(map(len, of_theme.values())) or 1
    labels = {theme.id: {*units(theme.label_en or "")} for theme in themes}
    for theme in sorted(of_theme, key=lambda one: (-len(of_theme[one]), one)):
        names = set(of_theme[theme])
        if len(names) < max(BIG * total, EMPTY + 1):
            return
        phrases = _phrases(session for session in sessions if session.id in names)
        worth = {
            phrase: min(len(found), len(names) - len(found)) / len(names)
            for phrase, found in phrases.counts.items()
            if len(found) > EMPTY and len(phrase) > 1 and not (labels[theme] | _GENERIC).issuperset(phrase)
        }
        ranked = sorted(worth, key=lambda phrase: (-worth[phrase], phrase))
        parts = [
            phrases.proposal(phrase, worth[phrase]) for phrase in _distinct(ranked, _overlap, MOST_PARTS)
        ]
        yield BigTheme(theme, len(names), tuple(parts))


def _alike(of_theme: Mapping[str, list[str]]) -> list[Pair]:
    """Return the pairs of themes with a share of common sessions of at least `ALIKE`, the most alike first."""
    pairs = []
    for first, second in combinations(sorted(of_theme), 2):
        both = set(of_theme[first]) & set(of_theme[second])
        share = len(both) / len({*of_theme[first], *of_theme[second]})
        if share >= ALIKE and len(both) > 1:
            pairs.append(Pair(first, second, round(share, 2), tuple(sorted(both))))
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))
