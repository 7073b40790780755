"""Writes what does not depend on sessions: the things that they refer to, the names of themes, and the thesaurus.

Does not write the words or facets of sessions: `word_writer` and `facet_writer` do.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mltalks.dataset.model import Organization, Term, Theme
from mltalks.search.index.thesaurus import exact_key
from mltalks.search.indexing.word_writer import JAPANESE_NAMES, katakana_readings
from mltalks.text.japanese.scripts import is_japanese, is_japanese_word, is_single_character
from mltalks.text.words.stemmer import stem, stem_key
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

LONGEST_NAME = 6  # words of a name in the thesaurus that is indexed as one term


def write_things(things: Mapping[str, Sequence[NamedTuple]], into: sqlite3.Connection) -> None:
    """Write the values of each table, by its name."""
    rows = ((name, json.dumps([thing._asdict() for thing in some])) for name, some in things.items())
    into.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def write_theme_names(themes: Iterable[Theme], into: sqlite3.Connection) -> None:
    """Write the labels of themes, and the themes that have a name or term."""
    labels = {theme.id: (theme.label_en, theme.label_ja, theme.broader) for theme in themes}
    into.execute("INSERT INTO meta VALUES ('theme_labels', ?)", (json.dumps(labels),))
    into.executemany(
        "INSERT OR IGNORE INTO labels VALUES (?, ?, ?, ?)",
        (
            (stem_key(folded), theme.id, folded, strength)
            for theme in themes
            for strength, names in (
                ("label", (theme.id, *theme.aliases, theme.label_en, theme.label_ja)),
                ("strong", theme.terms.phrases[0]),
                ("weak", theme.terms.phrases[1]),
            )
            for name in names
            if (folded := " ".join(words(name or "")))
        ),
    )


def write_thesaurus(
    terms: Iterable[Term], organizations: Iterable[Organization], readings: str, into: sqlite3.Connection
) -> None:
    """Write all things that have several names, those of the thesaurus and organizations, and the readings of Japanese words.

    `readings` are lines for words with a kanji: the key of their reading and its spelling in Latin letters (see `text.japanese.romaji`),
    and the words, between tabs.
    """
    names = _Names([*terms, *_as_terms(organizations)])
    into.executemany("INSERT INTO others VALUES (?, ?, ?)", names.rows())
    into.executemany("INSERT INTO hints VALUES (?, ?)", names.hints())
    into.executemany("INSERT INTO hints_by_stem VALUES (?, ?)", names.hints_by_stem())
    into.executemany("INSERT INTO long_names VALUES (?, ?)", names.long())
    japanese = names.japanese()
    into.execute("INSERT INTO vocabulary VALUES (?, ?)", (JAPANESE_NAMES, "\n".join(japanese)))
    lines = [*readings.splitlines(), *katakana_readings(japanese)]
    into.execute("INSERT INTO vocabulary VALUES ('readings', ?)", ("\n".join(lines),))


def _as_terms(organizations: Iterable[Organization]) -> Iterator[Term]:
    for organization in organizations:
        names = (organization.name, *organization.aliases)
        if len(names) > 1:
            yield Term(
                tuple(name for name in names if not is_japanese(name)),
                tuple(name for name in names if is_japanese(name)),
            )


def _says_the_opposite(name: str) -> bool:
    """Return whether the words of a text mean the opposite, since what negates its verb is no word: データを見せずに."""
    typed = words(name)
    cut = len(typed) > 1 and sum(not is_single_character(word) for word in typed) < 2
    return cut and re.search("(?<![少危])(?:ない|なく|ずに)", name) is not None


def _says_more(name: str) -> bool:
    """Return whether the one word of a text is the lesser part of what it says, since hiragana is no word: いつでも使える, まとめて処理."""
    return len(words(name)) == 1 and re.match("[ぁ-ゟ]{3,}[^ぁ-ゟ]", name) is not None


class _Names:
    """The names of the thesaurus, by their keys; those of several words are looked for in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._same: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._near: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._exact: defaultdict[str, set[str]] = defaultdict(set)
        self._hints: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._long: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for term in terms:
            names = (*term.en, *term.ja)
            same = list(filter(None, (" ".join(words(name)) for name in names if not _says_more(name))))
            near = [
                " ".join(words(name))
                for name in term.near
                if words(name) and not (_says_the_opposite(name) or _says_more(name))
            ]
            for name in same:
                for key in self._keys(name):
                    self._same[key].update(dict.fromkeys(same))
                    self._near[key].update(dict.fromkeys(near))
            for name in near:
                for key in self._keys(name):
                    self._near[key].update(dict.fromkeys(same))
                stems = {stem(word) for word in name.split() if word not in STOP_WORDS}
                if len(stems) > 1:
                    self._hints[" ".join(sorted(stems))].update(dict.fromkeys(same))

    def _keys(self, name: str) -> tuple[str, str]:
        """Return the exact key of a name and that of its stems, and note a name of several words."""
        stems = [stem(word) for word in name.split()]
        if 1 < len(stems) <= LONGEST_NAME:
            self._long[" ".join(stems[:2])][" ".join(stems)] = None
        exact, key = exact_key(name), "".join(stems)
        self._exact[key].add(exact)
        return exact, key

    def japanese(self) -> list[str]:
        """Return the names that are one Japanese word."""
        return sorted(key for key in self._same if is_japanese_word(key))

    def hints(self) -> Iterator[tuple[str, str]]:
        """Yield (stems, names): words of these stems, in any order, describe the thing that has the names, a line each."""
        for hint, same in self._hints.items():
            yield hint, "\n".join(same)

    def hints_by_stem(self) -> Iterator[tuple[str, str]]:
        """Yield (stem, hints): the hints that have a stem, each as its stems, a line each."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for hint in self._hints:
            for one in hint.split():
                found[one].append(hint)
        for one, hints in found.items():
            yield one, "\n".join(hints)

    def long(self) -> Iterator[tuple[str, str]]:
        """Yield (first two stems, names): names of several words, each as its stems, a line each."""
        for pair, names in self._long.items():
            yield pair, "\n".join(names)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield (key, names of the same thing, names near it); names are separated by line ends.

        There is a row for an exact key only if other names share its stems ("server" and "serving").
        """
        needless = {key for exact in self._exact.values() if len(exact) == 1 for key in exact}
        for key in (self._same.keys() | self._near.keys()) - needless:
            yield key, "\n".join(self._same.get(key, ())), "\n".join(self._near.get(key, ()))
