"""Verbal nouns: two kanji with the kana of a verb between them (埋め込み, 割り当て, 重ね合わせ), which are one word together.

Does not know which of them are words of texts: the caller does.
"""

from collections.abc import Callable, Iterator

# What ends the stem of a first verb before a second one: the last kana, after kanji alone or after one of these.
STEM = "いきしちひみりぎじびえけせてめれげぜべね"
LONG_STEM = "りれせしえけみき"
BEFORE = "かがさざたばまらわこごそぞとどぼもろすずつむくぬ"  # not よ, だ, な, の: より, だけ, なし, のみ are no verbs
NO_VERBS = "同少必"  # 同じ, 少し, 必ず
ADJECTIVES = (
    "汚速遅早安高低重軽良悪長短強弱深浅広狭近遠多熱暑寒古若薄厚太細甘赤青白黒無"  # 速い表 has no verb
)
GERUNDS = "見出得経来似寝着煮居"  # 見て学ぶ: て after these is a particle
SUFFIXES = (
    "方時中前後際為内間毎達等的化型性用済元先"  # that say something of a verb, and are no second one: 選び方
)
SURU = "しさ"  # after several kanji, a form of する: 学習し易い


def verbal_nouns(run: str) -> list[str]:
    """Return the verbal nouns of a folded text, each as its two kanji with a space between.

    >>> verbal_nouns("単語埋め込みの読み込み"), verbal_nouns("重ね合わせる"), verbal_nouns("速い表"), verbal_nouns("選び方")
    (['埋 込', '読 込'], ['重 合'], [], [])
    >>> verbal_nouns("学習し易い"), verbal_nouns("見て学ぶ"), verbal_nouns("読み込み時間の見積もり")
    ([], [], ['読 込'])
    """
    return [
        f"{run[start]} {run[end - 1]}" for start, end in _places(run) if not _is_kanji(run[end : end + 1])
    ]


def is_verbal_noun(word: str) -> bool:
    """Return whether a word of a query is a verbal noun, given as its two kanji.

    >>> is_verbal_noun("埋 込"), is_verbal_noun("埋"), is_verbal_noun("feature store")
    (True, False, False)
    """
    return len(word) == 3 and word[1] == " " and _is_kanji(word[0]) and _is_kanji(word[2])


def cut_at_verbal_nouns(
    run: str, is_known: Callable[[str], bool] = bool, is_name: Callable[[str], bool] = bool
) -> list[str]:
    """Return a folded text cut before and after its verbal nouns, which have a space between their kanji.

    One that follows other kanji is cut off only if it is known, and one before other kanji only if it is a name: else a kanji of it
    may belong to the others (学習し易い, 重み行列).

    >>> cut_at_verbal_nouns("埋め込みの圧縮"), cut_at_verbal_nouns("単語埋め込み", {"埋 込"}.__contains__)
    (['', '埋 込', 'みの圧縮'], ['単語', '埋 込', 'み'])
    >>> cut_at_verbal_nouns("単語埋め込み", set().__contains__), cut_at_verbal_nouns("重み行列", is_name=set().__contains__)
    (['単語埋め込み'], ['重み行列'])
    """
    pieces, at = [], 0
    for start, end in _places(run):
        noun = f"{run[start]} {run[end - 1]}"
        after, before = start and _is_kanji(run[start - 1]), _is_kanji(run[end : end + 1])
        if (not after or is_known(noun)) and (not before or is_name(noun)):
            pieces += [run[at:start], noun]
            at = end
    return [*pieces, run[at:]]


def _places(run: str) -> Iterator[tuple[int, int]]:
    """Yield where each verbal noun starts, and where its second kanji ends."""
    at = 0
    while at < len(run) - 2:
        end = _end(run, at)
        if end:
            yield at, end
        at = end or at + 1


def _end(run: str, at: int) -> int:
    """Return where the second kanji of a verbal noun that starts at a place ends, or 0; a pattern would take 3 ms to compile."""
    length = next((n for n in (1, 2) if _is_kanji(run[at + n + 1 : at + n + 2])), 0)
    if not length or not _is_kanji(run[at]):
        return 0
    second = at + length + 1
    is_verb = run[second] not in SUFFIXES and _is_stem(run, at, run[at + 1 : second])
    return second + 1 if is_verb else 0


def _is_stem(run: str, at: int, kana: str) -> bool:
    """Return whether kana after a kanji end the stem of a verb."""
    if run[at] in NO_VERBS or (at and kana[0] in SURU and _is_kanji(run[at - 1])):
        return False
    if len(kana) > 1:
        return kana[0] in BEFORE and kana[1] in LONG_STEM
    return kana in STEM and run[at] not in {"い": ADJECTIVES, "て": GERUNDS}.get(kana, "")


def _is_kanji(character: str) -> bool:
    return "㐀" <= character <= "鿿" or "豈" <= character <= "﫿" or character == "々"
