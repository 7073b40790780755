"""Passages: where folded words occur in a text as it is written, however that joins, capitalizes or widens them.

Does not expand words: it finds one as it is, and a name of several words however these are inflected.
"""

import re
from collections.abc import Iterator, Sequence

from mltalks.text.folding import fold, with_long_vowels, without_accents
from mltalks.text.japanese.scripts import is_japanese_word, is_katakana
from mltalks.text.words.stemmer import OWN, stem

_CLUSTER = ".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*"  # a character with the marks that follow it
_PARTICLES = "がのをにはでともへやか"  # that may follow a word
_KANA = re.compile(f"(?:(?<=ん)で|(?![{_PARTICLES}])[ぁ-ゟ])[ぁ-ゟ]*")  # none after a word with a particle
_WITHIN = "(?:ー|ある|ない|する|した|される|された)?"  # between words of one name: 責任あるAI
Span = tuple[int, int]


def passages(text: str, name: Sequence[str]) -> Iterator[Span]:
    """Yield the places (start, end) at which the words of a name, made by `tokenizer.words`, are side by side in a text.

    A Latin word is found whole, as a part of a word in camel case, or with hyphens within; a Japanese one also in a longer one.

    >>> [text[a:b] for text in ("fast Speculative-Decoding", "SpecDecoding") for a, b in passages(text, ["decoding"])]
    ['Decoding', 'Decoding']
    >>> list(passages("Fast SpeculativeDecoding", ["speculative", "decode"])), list(passages("interest", ["rest"]))
    ([(5, 24)], [])
    >>> [text[a:b] for text in ("サーバーで", "ﾚｲﾃﾝｼとは") for name in ("サーバ", "レイテンシ") for a, b in passages(text, [name])]
    ['サーバー', 'ﾚｲﾃﾝｼ']
    """
    text = with_long_vowels(text)
    beginnings = [stem(word).removesuffix(OWN) for word in name] if len(name) > 1 else name
    lower = text.lower()
    if len(lower) == len(text):
        found = False
        for found_at in _found(text, lower, beginnings):
            found = True
            yield found_at
        if found or text.isascii():
            return
    written, folded, places = _folded(text)
    yield from ((places[a][0], places[b - 1][1]) for a, b in _found(written, folded, beginnings))


def typed_passage(text: str, name: str) -> str:
    """Return how folded words between spaces are written in a text, side by side; "" if they are not there.

    >>> typed_passage("単語埋め込みの話", "埋 込"), typed_passage("ラベル付けのコスト", "ラベル 付 コスト"), typed_passage("推論", "埋 込")
    ('埋め込み', 'ラベル付けのコスト', '')
    >>> typed_passage("ノードが落ちる", "落"), typed_passage("モデルの選び方", "選"), typed_passage("モデルを小さくしたい", "小")
    ('落ちる', '選び', '小さくしたい')
    """
    start, end = next(passages(text, name.split()), (0, 0))
    return text[start : whole_end(text, end)]


def is_joined(text: str, name: Sequence[str]) -> bool:
    """Return whether a text has the words of a name as one: with signs between them, or of a Japanese one at most a verb that belongs to it.

    >>> is_joined("基盤モデルの学習", ["基盤", "モデル"]), is_joined("基盤のモデル", ["基盤", "モデル"]), is_joined("責任あるAI", ["責任", "ai"])
    (True, False, True)
    >>> is_joined("An A/B test", ["a", "b"]), is_joined("a b", ["a", "b"])
    (True, False)
    """
    japanese = is_japanese_word(name[0])
    whole = (_WITHIN if japanese else "[^\\w\\s'’]").join(map(re.escape, name))
    return re.search(whole if japanese else rf"(?<!\w){whole}(?!\w)", fold(text)) is not None


def _folded(text: str) -> tuple[str, str, list[Span]]:
    """Return a text without differences of width and accents, the same folded, and the place of each of its characters."""
    written, folded = "", ""
    places: list[Span] = []
    for match in re.finditer(_CLUSTER, text, re.DOTALL):
        narrow, simple = without_accents(match[0]), fold(match[0])
        written += narrow if len(narrow) == len(simple) else simple
        folded += simple
        places += [match.span()] * len(simple)
    return written, folded, places


def _found(written: str, folded: str, words: Sequence[str]) -> Iterator[Span]:
    """Yield the places of words in a folded text; `written` is the same with its capitals."""
    at, some = 0, False
    while (at := folded.find(words[0], at)) >= 0:
        end = _end(written, folded, at, words)
        if end is None:
            at += 1
        else:
            some = True
            yield at, end
            at = end
    if not some and len(words) == 1 and len(words[0]) > 2:
        yield from _joined(written, folded, words[0])


def _end(written: str, folded: str, at: int, words: Sequence[str]) -> int | None:
    """Return where words end that may start at a place, or None if they do not; of several words, each may go on."""
    for number, word in enumerate(words):
        while number and at < len(folded) and _may_join(folded[at]) and not folded.startswith(word, at):
            at += 1
        if not folded.startswith(word, at):
            return None
        end = at + len(word)
        if is_japanese_word(word):
            end += _ending(word, folded[end : end + 2])
        else:
            while len(words) > 1 and not _is_limit(written, end):
                end += 1
            if not (_is_limit(written, at) and _is_limit(written, end)):
                return None
        at = end
    return at


def _may_join(character: str) -> bool:
    """Return whether a character may be between the words of a name; a line end may not."""
    return "ぁ" <= character <= "ゟ" or not (character.isalnum() or character == "\n")


def _ending(word: str, after: str) -> int:
    """Return how many of the two characters after a Japanese word belong to it: a long vowel, or the kana of a short verb.

    >>> _ending("サーバ", "ーで"), _ending("サーバ", "ーロ"), _ending("遅", "いと"), _ending("減", "らす"), _ending("学習", "する")
    (1, 0, 1, 2, 0)
    """
    if is_katakana(word):
        return 1 if after[:1] == "ー" and not is_katakana(after[1:] or " ") else 0
    if len(word) > 1:
        return 0
    return next(
        (at for at, one in enumerate(after) if one in _PARTICLES or not "ぁ" <= one <= "ゟ"), len(after)
    )


def whole_end(written: str, end: int) -> int:
    """Return where the kana end that a place is within; the place itself if a particle follows.

    >>> whole_end("推論を速くするには", 5), whole_end("量子化の推論", 3), whole_end("なりすましの検知", 5), whole_end("学んでいく", 2)
    (9, 3, 5, 5)
    """
    kana = _KANA.match(written, end) if "ぁ" <= written[end - 1 : end] <= "ゟ" else None
    return kana.end() if kana else end


def _joined(written: str, folded: str, word: str) -> Iterator[Span]:
    """Yield the places at which a text writes a word with hyphens or the like within."""
    places = [at for at, character in enumerate(folded) if character.isalnum()]
    squeezed = "".join([folded[at] for at in places])
    at = squeezed.find(word)
    while at >= 0:
        start, end = places[at], places[at + len(word) - 1] + 1
        if is_japanese_word(word) or (_is_limit(written, start) and _is_limit(written, end)):
            yield start, end
        at = squeezed.find(word, at + 1)


def _is_limit(written: str, at: int) -> bool:
    """Return whether a Latin word may start or end at a place: between letters only where the case or the script changes."""
    if not 0 < at < len(written):
        return True
    before, after = written[at - 1], written[at]
    if not (before.isalnum() and after.isalnum()):
        return True
    if is_japanese_word(before) or is_japanese_word(after):
        return True
    return after.isupper() and (before.islower() or written[at + 1 : at + 2].islower())
