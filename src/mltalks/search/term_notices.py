"""The notices on a term of a query: which of its words no session has, what is near these, and what was corrected.

Does not look words up: `expansion` has found what is near.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from mltalks.messages import Choices, Correction, Listing, Message, excerpt
from mltalks.search.expansion.expanded_terms import LOOSE, ExpandedTerm
from mltalks.search.index.postings import DocSet
from mltalks.text.japanese.scripts import is_japanese_word, is_single_character
from mltalks.text.words.passages import typed_passage

# The kana of verbs at the end of a noun: 関連付け, 初心者向け.
VERBS_AT_END = {
    "付": "けき", "込": "み", "出": "し", "当": "て", "切": "りれ", "分": "け", "向": "け", "済": "み", "抜": "き", "入": "りれ", "取": "り",
    "替": "え", "違": "い", "漏": "れ", "遅": "れ", "落": "ち", "待": "ち", "崩": "れ",
}  # fmt: skip
MOST_NEAR = 3  # words that are named as near one that no session has
NO_TALK = 'no talk says "{word}"'
READ_ALIKE = 'no talk says "{word}"; read in the same way: {near}'
WORD_BY_WORD = 'no talk says "{word}"; searched word by word'
CORRECTED = 'no talk says "{word}"; showing "{corrected}"'
ONE_NAME = '"{name}" is listed as one name; for its words apart, write {query}'
ELSEWHERE = 'no {what} says "{word}"; other fields do'


def term_notices(
    term: ExpandedTerm,
    field: str | None,
    elsewhere: Collection[str],
    as_typed: Callable[[str], str],
    labels: Callable[[str, Collection[str]], Mapping[str, str]],
    is_written: Callable[[str], bool],
) -> Iterator[Message]:
    """Yield a notice for each word of a term, sought in a field, that was not found, was found `elsewhere` or was corrected.

    `as_typed` returns how a word was typed, `labels` the Japanese labels of the values of a facet, `is_written` whether a session has
    the words of a name side by side.
    """
    if term.near and is_japanese_word(term.typed):
        yield Message(READ_ALIKE, {"word": excerpt(term.typed), "near": ", ".join(term.near)})
        return
    for word in _not_found_as_whole(term):
        if word.corrected:
            values = {"word": word.typed, "corrected": '", "'.join(word.corrected)}
            yield Correction(CORRECTED, values, Message(NO_TALK, {"word": word.typed}), word.corrected)
        elif word.typed in elsewhere and not word.docs:
            yield Message(ELSEWHERE, {"what": field, "word": excerpt(as_typed(word.typed))})
        elif _is_unsaid(word) and not (_is_apart(word) and is_written(word.typed)):
            yield _nothing_found(word, excerpt(as_typed(word.typed)), labels)


def rest_of_name(name: ExpandedTerm, apart: DocSet, as_typed: Callable[[str], str]) -> Iterator[Message]:
    """Yield a notice if more sessions have the words of a name apart."""
    if apart & ~name.docs and len(name.typed.split()) == len(name.parts):
        yield Message(ONE_NAME, {"name": as_typed(name.typed), "query": " AND ".join(name.typed.split())})


def as_typed(texts: Iterable[str], word: str) -> str:
    """Return words as they are in typed texts: with the long vowel at the end, which words lack, and the kana of verbs.

    >>> as_typed(["サーバーの関連付け"], "サーバ"), as_typed(["初心者向けの話"], "初心者向"), as_typed(["渡り鳥"], "渡 鳥")
    ('サーバー', '初心者向け', '渡り鳥')
    """
    if is_single_character(word) or " " in word:
        return next((one for text in texts if (one := typed_passage(text, word))), word)
    wholes = [word + kana for kana in VERBS_AT_END.get(word[-1:], "ー")]
    return next((one for one in wholes for text in texts if one in text), word)


def _not_found_as_whole(term: ExpandedTerm) -> Iterator[ExpandedTerm]:
    """Yield a term and the parts that stand for it, without those of a term that is found as a whole.

    What a verb of one kanji means is found with its noun: 推論を速くする.
    """
    as_whole = any(variant.how not in LOOSE for variant in term.variants)
    if as_whole and term.parts and not term.whole:
        return
    yield term
    for part in () if term.whole else term.parts:
        if not (term.variants and is_single_character(part.typed)):
            yield from _not_found_as_whole(part)


def _is_unsaid(term: ExpandedTerm) -> bool:
    """Return whether no session has a term, and no notice on one of its parts says so; one with a stop word is no name, but a description."""
    if term.whole or not term.parts:
        return not term.docs
    return len(term.typed.split()) == len(term.parts) > 1 and all(part.docs for part in term.parts)


def _nothing_found(
    word: ExpandedTerm, typed: str, labels: Callable[[str, Collection[str]], Mapping[str, str]]
) -> Message:
    """Return the notice that no session has a word, with its theme, or what is near it in meaning or else in spelling."""
    themes = list(dict.fromkeys(theme for variant in word.variants for theme in variant.themes))
    if is_single_character(word.typed):
        return Message('"{word}" is too short to search for; type a longer word', {"word": typed})
    if themes:
        template = 'no talk says "{word}"; it is a term of the theme {themes}'
        if not word.filed:
            template = 'no talk says "{word}"; none is filed under its theme: {themes}'
        return Message(template, {"word": typed, "themes": Choices(themes, labels("theme", themes))})
    if word.variants:
        meant = ", ".join(dict.fromkeys(variant.text for variant in word.variants[:MOST_NEAR]))
        return Message('no talk says "{word}"; near in meaning: {near}', {"word": typed, "near": meant})
    if word.near:
        near = Listing(word.near)
        return Message('no talk says "{word}"; near in spelling: {near}', {"word": typed, "near": near})
    return Message(WORD_BY_WORD if _is_apart(word) else NO_TALK, {"word": typed})


def _is_apart(word: ExpandedTerm) -> bool:
    """Return whether the words of a name are searched apart."""
    return bool(word.parts) and not word.whole
