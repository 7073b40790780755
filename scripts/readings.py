"""Writes data/readings.tsv: the words with a kanji that the shipped data have, by their readings in Latin letters.

Usage: python -m scripts.readings [--check | --write]; without an option it prints each word with its readings in hiragana.

Needs SudachiPy (0.6.10 was used) and its dictionary SudachiDict-core (20250129), both under the Apache License 2.0:
`pip install sudachipy==0.6.10 sudachidict_core==20250129`. mltalks itself needs neither. Run it after names or texts in Japanese
were added, then read what it prints without an option: a wrong reading is corrected in CORRECTED, another common one goes into ALSO.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mltalks.text.japanese.romaji import romaji_key, spelling_of_kana

FILE = Path(__file__).parents[1] / "data" / "readings.tsv"
KANJI = "㐀-䶿一-鿿々〆"
KANJI_RUN = re.compile(f"[{KANJI}]+")
LONGEST = 12  # characters of a word that is listed

# Words, alone or within longer ones, with what the dictionary makes of them and how they are read in this field.
CORRECTED = {
    "数百": ("すーひゃく", "すうひゃく"),
    "共形": ("ともがた", "きょうけい"),
    "劣線形": ("劣せんがた", "れつせんけい"),
    "網管理": ("あみかんり", "もうかんり"),
    "網構成": ("あみこうせい", "もうこうせい"),
    "最近傍": ("さいきんそば", "さいきんぼう"),
    "決定木": ("けっていもく", "けっていき"),
    "探索木": ("たんさくもく", "たんさくぎ"),
    "構文木": ("こうぶんき", "こうぶんぎ"),
    "内挿": ("うちさし", "ないそう"),
    "粗粒度": ("あらりゅうど", "そりゅうど"),
    "一対一": ("いちたいいち", "いったいいち"),
    "一文": ("かずふみ", "いちぶん"),
    "二進": ("にっち", "にしん"),
    "偽情報": ("にせじょうほう", "ぎじょうほう"),
    "偽陰性": ("にせいんせい", "ぎいんせい"),
    "仮数部": ("かりすうぶ", "かすうぶ"),
    "光回線": ("こうかいせん", "ひかりかいせん"),
    "輝度場": ("きどじょう", "きどば"),
    "放射場": ("ほうしゃじょう", "ほうしゃば"),
    "版管理": ("ばんかんり", "はんかんり"),
    "版数": ("ばんすう", "はんすう"),
    "多者間": ("おおしゃかん", "たしゃかん"),
    "陰的": ("かげてき", "いんてき"),
}
# Words that people also read in another way.
ALSO = {
    "依存": ("いぞん", "いそん"),
    "重複": ("ちょうふく", "じゅうふく"),
    "既存": ("きそん", "きぞん"),
    "代替": ("だいたい", "だいがえ"),
    "前処理": ("まえしょり", "ぜんしょり"),
    "後処理": ("あとしょり", "ごしょり"),
    "決定木": ("けっていき", "けっていぎ"),
    "閾値": ("しきいち", "いきち"),
    "枝刈り": ("えだがり", "えだかり"),
    "伝播": ("でんぱ", "でんぱん"),
}
_HIRAGANA = str.maketrans({chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)})


def _records(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((FILE.parent / f"{name}.toml").read_text(encoding="utf-8"))[
        name
    ]
    return found


def names() -> Iterator[str]:
    """Yield the names of the thesaurus, of themes and of keywords."""
    for term in _records("terms"):
        yield from (*term.get("ja", ()), *term.get("near", ()))
    for theme in _records("themes"):
        yield from (theme["label"].get("ja", ""), *theme.get("aliases", ()))
        for some in theme.get("terms", {}).values():
            yield from some
    for keyword in _records("keywords"):
        yield from keyword.get("ja", ())
    for session in _records("sessions"):
        yield from (*session.get("keywords", ()), *session.get("keywords_ja", ()))


def texts() -> Iterator[str]:
    """Yield the titles, summaries and questions of sessions."""
    for session in _records("sessions"):
        yield from (session["title"], session.get("summary_ja", ""), *session.get("questions_ja", ()))


class Reader:
    """Reads words aloud: text to morphemes with their readings."""

    def __init__(self) -> None:
        from sudachipy import Dictionary, SplitMode  # type: ignore[import-not-found,unused-ignore]

        self._tokenizer = Dictionary(dict="core").create()
        self._modes = (SplitMode.C, SplitMode.A)

    def words(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (word, reading) for the runs of kanji in a text, and for the words that they are made of."""
        for mode in self._modes:
            parts = [
                (
                    part.begin(),
                    part.end(),
                    part.surface(),
                    part.reading_form().translate(_HIRAGANA),
                    part.part_of_speech()[0],
                )
                for part in self._tokenizer.tokenize(text, mode)
            ]
            starts = {part[0]: number for number, part in enumerate(parts)}
            ends = {part[1]: number for number, part in enumerate(parts)}
            for run in KANJI_RUN.finditer(text):
                # The kanji of a word that goes on in another script are no word.
                beside = text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]
                if (
                    run.start() in starts
                    and run.end() in ends
                    and not re.search("[A-Za-z0-9ァ-ヺー]", beside)
                ):
                    some = parts[starts[run.start()] : ends[run.end()] + 1]
                    yield run[0], "".join(part[3] for part in some)
            yield from ((word, reading) for _, _, word, reading, kind in parts if kind == "名詞")

    def whole(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield a name in kanji and hiragana with its reading."""
        if re.fullmatch(f"[{KANJI}ぁ-ゖ]+", name):
            parts = self._tokenizer.tokenize(name, self._modes[0])
            yield name, "".join(part.reading_form() for part in parts).translate(_HIRAGANA)


def readings() -> dict[str, list[str]]:
    """Return the readings of each word of two characters or more that has a kanji."""
    reader = Reader()
    named = (pair for name in names() for pair in reader.whole(name))
    written = (pair for text in (*names(), *texts()) for pair in reader.words(text))
    found: dict[str, list[str]] = {}
    for word, reading in (*named, *written):
        if is_listed(word) and re.fullmatch("[ぁ-ゖー]+", reading):
            found.setdefault(word, [reading])
    for word, some in found.items():
        for part, (wrong, right) in CORRECTED.items():
            if part in word:
                some[0] = some[0].replace(wrong, right)
        for part, (usual, other) in ALSO.items():
            if part in word:
                some.append(some[0].replace(usual, other))
    return found


def is_listed(word: str) -> bool:
    """Return whether a word is of kanji and hiragana, and long enough to be distinguished by its reading."""
    return bool(
        1 < len(word) <= LONGEST and re.fullmatch(f"[{KANJI}ぁ-ゖ]+", word) and KANJI_RUN.search(word)
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 if the file would change")
    parser.add_argument("--write", action="store_true", help="write the file")
    options = parser.parse_args()
    words = readings()
    spellings: dict[str, list[str]] = {}
    for word, some in sorted(words.items()):
        for spelling in dict.fromkeys(map(spelling_of_kana, some)):
            spellings.setdefault(spelling, []).append(word)
    lines = sorted((romaji_key(spelling), spelling, " ".join(some)) for spelling, some in spellings.items())
    text = "".join("\t".join(line) + "\n" for line in lines)
    if options.write:
        FILE.write_text(text, encoding="utf-8")
    elif not options.check:
        print(*(f"{word}\t{' '.join(some)}" for word, some in sorted(words.items())), sep="\n")
    return int(options.check and FILE.read_text(encoding="utf-8") != text)


if __name__ == "__main__":
    sys.exit(main())
