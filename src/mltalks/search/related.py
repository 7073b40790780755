"""Related sessions: those nearest to a given one, each with the values that they share.

Does not compare hidden vectors: only themes, keywords, terms of the field, organizations and speakers, which can be shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from mltalks.dataset.model import Session
from mltalks.search.catalogue import Catalogue
from mltalks.search.index.postings import STEP, doc_numbers
from mltalks.search.scoring import idf, saturated
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.passages import passages
from mltalks.text.words.stemmer import stem, stem_key
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

if TYPE_CHECKING:
    from pandas import DataFrame

What = Literal["theme", "keyword", "term", "company", "speaker"]

# What a shared value counts, times its idf.
WEIGHTS: dict[What, float] = {"theme": 1.0, "keyword": 1.5, "term": 1.0, "company": 0.3, "speaker": 0.5}
MOST_TERMS = 40  # terms of the session that others are looked up by, the rarest ones
MOST_WORDS = 4  # words of a term
SHORTEST = 2  # letters of a term
SHORT_WORD = 3  # letters up to which only acronyms are terms
MOST_SESSIONS = 1000  # sessions with a term that are compared, those in which it weighs most
MOST_SHARED = 5  # shared values that are listed
COMMON = 8  # terms that more than one in so many sessions have are not compared


class Shared(NamedTuple):
    """A value that two sessions share, and its weight."""

    what: What
    value: str
    score: float


class RelatedSession(NamedTuple):
    """A session near another, with the shared values, the heaviest first."""

    session: Session
    score: float
    shared: tuple[Shared, ...]


class Related(NamedTuple):
    """The sessions nearest to some, out of `total` that share anything with them."""

    sessions: tuple[RelatedSession, ...]
    total: int

    def to_pandas(self) -> "DataFrame":
        """Return a row for each session: its fields, its score, and what it shares, for example "theme automl".

        Raises MltalksError: pandas is not installed.
        """
        from mltalks.search.frames import session_frame

        rows = (
            (
                one.session,
                {"score": one.score, "shared": [f"{part.what} {part.value}" for part in one.shared]},
            )
            for one in self.sessions
        )
        return session_frame(rows, ["score", "shared"])


def related(
    catalogue: Catalogue,
    docs: Collection[int],
    limit: int | None = None,
    among: Collection[int] | None = None,
) -> Related:
    """Return the sessions that share themes, keywords, terms, organizations or speakers with some, nearest first.

    With `among`, only these are looked at.

    What two sessions share under several names, as a keyword and as a term or in both languages, counts once; what one shares
    with several counts for each.
    """
    found: defaultdict[int, dict[str, Shared]] = defaultdict(dict)
    for doc in docs:
        for other, its in _sharing(catalogue, doc).items():
            for concept, shared in its.items() if other not in docs else ():
                before = found[other].get(concept)
                score = shared.score + (before.score if before else 0.0)
                found[other][concept] = shared._replace(score=round(score, 4))
    scores = {other: sum(one.score for one in shared.values()) for other, shared in found.items() if shared}
    if among is not None:
        scores = {other: score for other, score in scores.items() if other in among}
    ranked = sorted(scores, key=lambda other: (-scores[other], catalogue.index.place(other)))
    sessions = (
        RelatedSession(
            catalogue.session(other),
            round(scores[other], 4),
            tuple(_telling(found[other].values())),
        )
        for other in ranked[:limit]
    )
    return Related(tuple(sessions), len(ranked))


def _sharing(catalogue: Catalogue, doc: int) -> Mapping[int, Mapping[str, Shared]]:
    """Return what other sessions share with one, by their numbers and the key of each shared value."""
    session = catalogue.session(doc)
    found: defaultdict[int, dict[str, Shared]] = defaultdict(dict)
    for other, concept, shared in chain(_by_facets(catalogue, session), _by_terms(catalogue, session)):
        if concept not in found[other] or found[other][concept].score < shared.score:
            found[other][concept] = shared
    return found


def _telling(shared: Iterable[Shared]) -> list[Shared]:
    """Return the heaviest of some shared values, without terms that are also, or are part of, another value."""
    found: dict[str, Shared] = {}
    for one in sorted(shared, key=lambda one: (one.what == "term", -one.score)):
        value = one.value.casefold()
        if one.what != "term" or not any(value in other for other in found):
            found.setdefault(value, one)
    return sorted(found.values(), key=lambda one: -one.score)[:MOST_SHARED]


def _by_facets(catalogue: Catalogue, session: Session) -> Iterator[tuple[int, str, Shared]]:
    """Yield the documents that share a facet's value with a session, with the key of the value."""
    values: dict[What, Sequence[str]] = {
        "theme": session.themes,
        "keyword": (*session.keywords, *session.keywords_ja),
        "company": session.companies,
        "speaker": [speaker.name for speaker in session.speakers],
    }
    for what, some in values.items():
        resolved = (catalogue.names(what).resolve(typed).values[:1] for typed in dict.fromkeys(some))
        for value in dict.fromkeys(chain.from_iterable(resolved)):
            docs = catalogue.index.facets.docs(what, [value])
            score = WEIGHTS[what] * idf(docs.bit_count(), len(catalogue))
            concept = _concept(catalogue, words(value)) if what == "keyword" else f"{what}:{value}"
            shared = Shared(what, value, round(score, 4))
            yield from ((other, concept, shared) for other in doc_numbers(docs))


def _by_terms(catalogue: Catalogue, session: Session) -> Iterator[tuple[int, str, Shared]]:
    """Yield the documents that share a term with a session that few have, with the key of the term."""
    texts = (
        session.title,
        *session.keywords,
        *session.keywords_ja,
        session.summary or "",
        session.summary_ja or "",
        *session.questions,
        *session.questions_ja,
    )
    named = {name: text for text in reversed(texts) for name in _names(catalogue, text)}
    keys = {name: " ".join(map(stem, name)) if len(name) > 1 else name[0] for name in named}
    found = catalogue.index.vocabulary.postings_of(list(keys.values())) if keys else {}
    most = max(2, len(catalogue) // COMMON)
    rare = [name for name, key in keys.items() if key in found and 1 < found[key].found_in <= most]
    for name in sorted(rare, key=lambda one: found[keys[one]].found_in)[:MOST_TERMS]:
        start, end = next(passages(named[name], name), (0, 0))
        value = named[name][start:end] or " ".join(name)
        concept, postings = _concept(catalogue, name), found[keys[name]]
        score = WEIGHTS["term"] * idf(postings.found_in, len(catalogue))
        for other, step in islice(postings.steps().items(), MOST_SESSIONS):
            yield other, concept, Shared("term", value, round(score * saturated(step / STEP), 4))


def _names(catalogue: Catalogue, text: str) -> Iterator[tuple[str, ...]]:
    """Yield the terms of the field in a text, as folded words: names of the thesaurus, of themes, and acronyms."""
    found = words(text)
    for at, word in enumerate(found):
        if _is_term(catalogue, word, text):
            yield (word,)
        for length in range(2, MOST_WORDS + 1):
            name = tuple(found[at : at + length])
            ends = STOP_WORDS.isdisjoint((name[0], name[-1])) and len(name) == length
            if ends and " ".join(name) in catalogue.index.thesaurus.meaning(" ".join(name))[0]:
                yield name


def _is_term(catalogue: Catalogue, word: str, text: str) -> bool:
    """Return whether a word of a text is a term of the field; everyday words are none, though the thesaurus explains some."""
    from mltalks.text.words.english_words import is_english

    thesaurus = catalogue.index.thesaurus
    if word in STOP_WORDS or word.isdigit() or len(word) < SHORTEST or is_english(word):
        return False
    if not {"weak"}.issuperset(thesaurus.themes_named(word).values()):
        return True
    same, _ = thesaurus.meaning(word)
    if is_japanese_word(word):
        return word in same and not any(map(is_english, same))
    written = next((text[start:end] for start, end in passages(text, [word])), "")
    acronym = any(map(str.isdigit, word)) or sum(map(str.isupper, written)) > 1
    return acronym or (word in same and len(word) > SHORT_WORD)


def _concept(catalogue: Catalogue, name: Sequence[str]) -> str:
    """Return a key that the names of one thing share."""
    same, _ = catalogue.index.thesaurus.meaning(" ".join(name))
    return same[0] if same else stem_key(" ".join(name))
