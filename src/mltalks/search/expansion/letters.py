"""Letters: the words of a query that spell Latin letters in katakana (ケーブイキャッシュ), read as abbreviations.

Does not expand what was read: `expansion` does, as if it had been typed in Latin letters.
"""

from collections.abc import Sequence

from mltalks.search.expansion.romaji import LONGEST_TYPED, Reading
from mltalks.search.index.reader import Index
from mltalks.search.index.vocabulary import compound_term
from mltalks.text.japanese.letter_names import spelled_letters
from mltalks.text.japanese.scripts import is_katakana
from mltalks.text.words.tokenizer import words

ENDINGS = {"オプス": "Ops"}  # that are written in Latin letters after others: AIOps


def read_letters(index: Index, typed: Sequence[str]) -> Reading | None:
    """Return a query with the letters that its unknown katakana words spell, or None if it has none."""
    found = Reading([], {}, [])
    for word in typed:
        maybe = is_katakana(word) and len(word) <= LONGEST_TYPED and not _is_known(index, word)
        written = _written(index, word) if maybe else ""
        read = words(written) if written else [word]
        found.words.extend(read)
        if written:
            found.written.append(written)
            found.typed.update(dict.fromkeys(read, word))
    return found if found.written else None


def _written(index: Index, word: str) -> str:
    """Return a katakana word with the letters that it spells in capitals, if these and the rest are known; else ""."""
    for before, letters, after in spelled_letters(word):
        written = f"{before}{letters.upper()}{ENDINGS.get(after, after)}"
        read = words(written)
        if all(_is_known(index, part) for part in read) or _is_known(index, " ".join(read)):
            return written
    return ""


def _is_known(index: Index, name: str) -> bool:
    vocabulary = index.vocabulary
    said = vocabulary.found_in(name) or vocabulary.found_in(compound_term(name))
    return bool(said) or any(index.thesaurus.meaning(name))
