"""The tokenizer: text to folded words, the same for what is indexed and for what is typed.

Does not expand words: inflections, other names and corrections are `search.expansion`'s.
"""

import re
from collections.abc import Callable

from mltalks.text.folding import fold, without_accents
from mltalks.text.japanese.scripts import JAPANESE, is_hiragana, is_japanese_word, without_long_vowel
from mltalks.text.japanese.verbal_nouns import cut_at_verbal_nouns, verbal_nouns

_JOINTS = re.escape("-‐-–/+.'’&")
_SIGNED = r"(?<![A-Za-z0-9])[A-Za-z](?:\+\+|#)"  # C++, C#
_ASCII_WORD = rf"{_SIGNED}|[a-z0-9]+"
_ASCII_CHAIN = re.compile(rf"{_SIGNED}|[A-Za-z0-9]+(?:[-/+.'&][A-Za-z0-9]+)*")
# Patterns with Japanese ranges take 2 to 4 ms to compile: `re` does it when a text first needs one, and keeps it.
_WORD = rf"[{JAPANESE}]+|[^\W_{JAPANESE}]+"
_CHAIN = rf"{_SIGNED}|[{JAPANESE}]+|[^\W_{JAPANESE}]+(?:[{_JOINTS}][^\W_{JAPANESE}]+)*"
_KANJI = "㐀-䶿一-鿿豈-﫿々〆"
# Words in hiragana that say of the word before them whether there is it: 教師なし学習, ラベルありの; not in なした, あります.
_WITH_OR_WITHOUT = "(?:なし|あり)(?=$|[^ぁ-ゟ]|[のでにもは、]|が(?![ちたと]))"
_AFTER_PARTICLE = r"(?<=[^\Wぁ-ゟ])(?:[でとへ]の|からの|までの|[のがをにはともやでへ])([ぁ-ゟ][ぁ-ゟー]+)"
_SCRIPT_RUN = rf"[ァ-ヺー]+|{_WITH_OR_WITHOUT}|[ぁ-ゟ][ぁ-ゟー]*|[{_KANJI}]+|[゠・ヽヾヿ]+"
_CAMEL_CASE = r"[A-Za-z0-9]*(?:[a-z][A-Z]|[A-Z]{2}[a-rt-z])[A-Za-z0-9]*"
_CAMEL_CASE_PART = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+"
_PUNCTUATION = r"[^\w]+|_"
LONGEST = 200  # letters of a chain that is taken apart; the patterns take time by the square of a longer one


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order; a Japanese run is cut where its script changes.

    The long vowel at the end of a katakana word is dropped, and so is hiragana between words of another script.

    >>> words("Low-latency serving with TF-Serving 2.0")
    ['low', 'latency', 'serving', 'with', 'tf', 'serving', '2', '0']
    >>> words("機械学習のパイプライン、サーバー")
    ['機械学習', 'パイプライン', 'サーバ']
    >>> words("うまくつかう"), words("C++やC#")
    (['うまくつかう'], ['c++', 'や', 'c#'])
    """
    return [word for chain in chains(text) for word in words_of(chain)]


def chains(text: str) -> list[str]:
    """Return the words of `text` as they are written; words joined by hyphens and the like are one chain.

    >>> chains("Low-latency AutoML, 機械学習のSLO")
    ['Low-latency', 'AutoML', '機械学習の', 'SLO']
    """
    return _ASCII_CHAIN.findall(text) if text.isascii() else re.findall(_CHAIN, without_accents(text))


def hiragana_beginnings(text: str) -> list[str]:
    """Return the hiragana, of three characters or more, with which Japanese words begin that end in another script.

    `words` leaves it out, as particles and endings, but it may have a word that is usually written in kanji or katakana.

    >>> hiragana_beginnings("きゃっしゅが効かない"), hiragana_beginnings("GPUの推論"), hiragana_beginnings("すいろん")
    (['きゃっしゅが'], [], [])
    """
    if text.isascii():
        return []
    found = (re.match(f"([ぁ-ゟ][ぁ-ゟー]{{2,}})(?![ぁ-ゟー])[{JAPANESE}]", chain) for chain in chains(text))
    return [match[1] for match in found if match]


def hiragana_after_particles(text: str) -> dict[str, str]:
    """Return the hiragana, of two characters or more, that follows a particle after another script, by what it is with its particle.

    `words` leaves it out after Japanese, too.

    >>> hiragana_after_particles("データのずれ"), hiragana_after_particles("GPUをつなぐ"), hiragana_after_particles("ずれ")
    ({'のずれ': 'ずれ'}, {'をつなぐ': 'つなぐ'}, {})
    """
    if text.isascii():
        return {}
    return {found[0]: found[1] for found in re.finditer(_AFTER_PARTICLE, text)}


def words_of(chain: str) -> tuple[str, ...]:
    """Return the folded words of a chain (see `chains`)."""
    folded = chain.lower() if chain.isascii() else chain.casefold()
    if folded.isalnum() and (folded.isascii() or not is_japanese_word(folded)):
        return (folded,)
    if folded.isascii():
        return tuple(re.findall(_ASCII_WORD, folded))
    found: list[str] = []
    for word in re.findall(_WORD, fold(folded)):
        found.extend(_japanese_words(word) if is_japanese_word(word) else [word])
    return tuple(found)


def _japanese_words(run: str) -> list[str]:
    parts = [part for part in re.findall(_SCRIPT_RUN, run) if not part.startswith(("・", "゠"))]
    content = [part for part in parts if not "ぁ" <= part[0] <= "ゟ" or part in ("なし", "あり")] or parts
    return [without_long_vowel(part) for part in content]


def units_of(
    chain: str, is_known: Callable[[str], bool] = bool, is_name: Callable[[str], bool] = bool
) -> tuple[str, ...]:
    """Return the folded words of a chain (see `words_of`), in which the two kanji of a verbal noun are one word with a space.

    One after other kanji is cut off if it `is_known`, one before other kanji if it `is_name`.

    >>> units_of("埋め込みの圧縮"), units_of("モデル圧縮"), words_of("埋め込みの圧縮")
    (('埋 込', '圧縮'), ('モデル', '圧縮'), ('埋', '込', '圧縮'))
    """
    folded = fold(chain)
    pieces = [] if chain.isascii() or len(chain) > LONGEST else cut_at_verbal_nouns(folded, is_known, is_name)
    if len(pieces) < 2:
        return words_of(chain)
    found = (
        (piece,) if number % 2 else [word for word in words_of(piece) if not is_hiragana(word)]
        for number, piece in enumerate(pieces)
    )
    return tuple(word for some in found for word in some)


def compounds_of(chain: str) -> tuple[str, ...]:
    """Return what else a chain (see `chains`) is indexed as: its words as one, and its parts in camel case, or its hiragana.

    The two kanji of a verbal noun are one term, as a name of two words is. Nothing if the chain is very long.

    >>> compounds_of("Low-latency"), compounds_of("AutoML"), compounds_of("活用"), compounds_of("運用してわかったこと")
    (('lowlatency',), ('auto', 'ml'), (), ('^してわかったこと',))
    >>> compounds_of("単語埋め込み")
    ('埋 込',)
    """
    if len(chain) > LONGEST:
        return ()
    if chain.isascii():
        return (*joined(chain), *camel_case_parts(chain))
    hiragana = map(hiragana_term, script_runs(chain))
    return (*joined(chain), *camel_case_parts(chain), *filter(None, hiragana), *verbal_nouns(fold(chain)))


def hiragana_term(run: str) -> str:
    """Return the term under which hiragana of two characters or more is indexed; "" for other runs of a script.

    >>> hiragana_term("はじめて"), hiragana_term("の"), hiragana_term("推論")
    ('^はじめて', '', '')
    """
    return f"^{run}" if len(run) > 1 and "ぁ" <= run[0] <= "ゟ" else ""


def script_runs(text: str) -> list[str]:
    """Return the Japanese of a folded text, cut where its script changes.

    >>> script_runs("GPUで後で読む")
    ['で', '後', 'で', '読', 'む']
    """
    return re.findall(_SCRIPT_RUN, text)


def wording(chain: str) -> str:
    """Return a chain (see `chains`), folded, whose words say little alone: three hiragana, or with single kanji; else "".

    A kanji with one particle is a noun.

    >>> wording("後で読む"), wording("あとで見る"), wording("はじめて"), wording("量子化して"), wording("鍋の"), wording("など")
    ('後で読む', 'あとで見る', 'はじめて', '', '', '')
    """
    if chain.isascii():
        return ""
    folded = fold(chain)
    if not re.fullmatch(
        f"(?=.*[ぁ-ゟ])(?![^ぁ-ゟ][のをがは]$|[ぁ-ゟ]{{1,2}}$)(?:[ぁ-ゟ][ぁ-ゟー]*+|[{_KANJI}](?![{_KANJI}]))+",
        folded,
    ):
        return ""
    return folded


def joined(chain: str) -> list[str]:
    """Return two or three words joined by hyphens and the like as one word; nothing for shorter and longer chains, sentences and numbers.

    >>> joined("auto-ml"), joined("TF-Serving"), joined("state-of-the-art"), joined("plain")
    (['automl'], ['tfserving'], [], [])
    >>> joined("フィーチャー・ストア"), joined("圧縮・確認を行うパイプライン")
    (['フィーチャーストア'], [])
    >>> joined("1.6"), joined("16–64"), joined("GPT-4"), joined("4-bit")
    ([], [], ['gpt4'], ['4bit'])
    """
    if not chain.isascii() and re.search(f"[ぁ-ゟ{_KANJI}]", chain):
        return []
    joints = len(re.findall(_PUNCTUATION, chain))
    whole = re.sub(_PUNCTUATION, "", fold(chain))
    return [whole] if 1 <= joints <= 2 and chain[-1] not in "+#" and not whole.isdecimal() else []


def camel_case_parts(chain: str) -> list[str]:
    """Return the folded parts of words in camel case; an acronym in the plural is not taken apart.

    >>> camel_case_parts("AutoML"), camel_case_parts("PyTorch-BigGraph"), camel_case_parts("LLMs")
    (['auto', 'ml'], ['py', 'torch', 'big', 'graph'], [])
    >>> camel_case_parts("iOS"), camel_case_parts("Plain")
    (['os'], [])
    """
    return [
        part.lower()
        for word in re.findall(_CAMEL_CASE, chain)
        for part in re.findall(_CAMEL_CASE_PART, word)
        if len(part) > 1 and not (word[-1] == "s" and word[:-1].isupper())
    ]


def has_word(line: str, word: str) -> bool:
    """Return whether a word or phrase is in a line of words (see `index`): whole, or in a longer word if Japanese.

    `line` has a space before and after each word.

    >>> has_word(" 機械学習 パイプライン ", "パイプ"), has_word(" pipelines ", "pipe")
    (True, False)
    """
    return word in line if is_japanese_word(word) else f" {word} " in line
