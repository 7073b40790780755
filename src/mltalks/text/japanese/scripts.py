"""Whether text is Japanese or East Asian, and in which of the scripts of Japanese a word is written.

Does not split text into words: `tokenizer` does.
"""

import re
import unicodedata

# Kana and kanji, as ranges of a character class.
JAPANESE = "぀-ヿ㐀-䶿一-鿿豈-﫿々〆"
# A dot between names in kanji or hangul; in katakana it is a part of a name.
DOT_BETWEEN_NAMES = "(?<=[ぁ-ゟ㐀-鿿々가-힣]) ?・ ?(?=[ぁ-ゟ㐀-鿿가-힣])"


def is_japanese(text: str) -> bool:
    """Return whether `text` contains kana or kanji, also half-width ones.

    >>> is_japanese("推論の最適化"), is_japanese("TPU")
    (True, False)
    """
    return not text.isascii() and re.search(f"[{JAPANESE}]", unicodedata.normalize("NFKC", text)) is not None


def is_east_asian(text: str) -> bool:
    """Return whether `text` contains kana, kanji (also in Chinese) or hangul, in which family names are first.

    >>> is_east_asian("王 伟"), is_east_asian("Kim 민수"), is_east_asian("Wei Wang"), is_east_asian("Łukasz")
    (True, True, False, False)
    """
    return not text.isascii() and any(
        "ぁ" <= sign <= "ヿ" or "㐀" <= sign <= "鿿" or "가" <= sign <= "힣" or "豈" <= sign <= "﫿"
        for sign in text
    )


def is_japanese_word(word: str) -> bool:
    """Return whether a word made by `tokenizer.words` is Japanese; such a word is all of one script."""
    return not word.isascii() and (
        "ぁ" <= word[0] <= "ヿ" or "㐀" <= word[0] <= "鿿" or word[0] in "々〆" or "豈" <= word[0] <= "﫿"
    )


def is_single_character(word: str) -> bool:
    """Return whether a word made by `tokenizer.words` is Japanese of one character, which is in too many words."""
    return len(word) == 1 and is_japanese_word(word)


def kanji_words(text: str) -> list[str]:
    """Return the words of one kanji in a text: no piece of a verb, but alone, at the end, or before a particle of nouns.

    方 after a verb is no word: 選び方.

    >>> kanji_words("推論の鍋"), kanji_words("木 推論"), kanji_words("推論を早く安く"), kanji_words("表の検索"), kanji_words("2024年の推論")
    (['鍋'], ['木'], [], ['表'], [])
    >>> kanji_words("モデルの選び方")
    []
    """
    if text.isascii():
        return []  # the pattern takes a millisecond to compile
    return re.findall(r"(?<![一-鿿々0-9０-９])((?<![ぁ-ゟ])方|(?!方)[一-鿿])(?=$|\s|[のをがは])", text)


def is_katakana(word: str) -> bool:
    """Return whether a word made by `tokenizer.words` is written in katakana.

    >>> is_katakana("レイテンシ"), is_katakana("遅延"), is_katakana("gpu")
    (True, False, False)
    """
    return "ァ" <= word[0] <= "ヺ"


def is_hiragana(word: str) -> bool:
    """Return whether a word made by `tokenizer.words` is written in hiragana.

    >>> is_hiragana("りょうしか"), is_hiragana("リョウシカ"), is_hiragana("gpu")
    (True, False, False)
    """
    return "ぁ" <= word[0] <= "ゟ"


def without_long_vowel(word: str) -> str:
    """Return a katakana word without the long vowel that some writers put at its end.

    >>> without_long_vowel("サーバー"), without_long_vowel("エラー"), without_long_vowel("キー")
    ('サーバ', 'エラー', 'キー')
    """
    return word[:-1] if len(word) > 3 and word.endswith("ー") else word


def katakana_of_hiragana(word: str) -> str:
    """Return a word with each hiragana as katakana.

    >>> katakana_of_hiragana("きゃっしゅ")
    'キャッシュ'
    """
    return "".join(chr(ord(kana) + 0x60) if "ぁ" <= kana <= "ゖ" else kana for kana in word)


def hiragana_of_katakana(word: str) -> str:
    """Return a word with each katakana as hiragana.

    >>> hiragana_of_katakana("ズレ")
    'ずれ'
    """
    return "".join(chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" else kana for kana in word)
