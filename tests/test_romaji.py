"""Romaji: Japanese in Latin letters has one key for all spellings of a word."""

import pytest
from hypothesis import given, strategies as st

from mltalks.text.romaji import romaji_key, spelling_of_kana, usual_spelling
from mltalks.text.tokenizer import words
from tests.conftest import ROOT

# Kana with their spellings in Hepburn, Kunrei-shiki and Nihon-shiki, as far as these differ.
SYLLABLES = {
    "か": ("ka",), "い": ("i",), "う": ("u",), "し": ("shi", "si"), "ち": ("chi", "ti"), "つ": ("tsu", "tu"), "ふ": ("fu", "hu"),
    "じ": ("ji", "zi"), "しゃ": ("sha", "sya"), "ちょう": ("chou", "tyou", "cho", "tyo"), "じゅう": ("juu", "zyuu", "ju", "jyu"),
    "りょう": ("ryou", "ryo"), "ぎゃ": ("gya",), "けっか": ("kekka",), "まっち": ("matchi", "macchi", "matti"),
    "んぶ": ("nbu", "mbu"), "んい": ("n'i", "nni", "ni"), "せい": ("sei",), "づ": ("zu", "du"), "よう": ("you", "yo"),
}  # fmt: skip


def key(typed: str) -> str:
    return romaji_key(usual_spelling("".join(words(typed))))


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=6), st.data())
def test_all_spellings_of_a_word_have_the_key_of_its_kana(kana: list[str], data: st.DataObject) -> None:
    typed = "".join(data.draw(st.sampled_from(SYLLABLES[one])) for one in kana)
    assert key(typed) == romaji_key(spelling_of_kana("".join(kana)))


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=20))
def test_a_usual_spelling_has_the_key_of_its_key(typed: str) -> None:
    assert key(romaji_key(typed)) == romaji_key(usual_spelling(romaji_key(typed)))


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("paati", "パーティ"), ("chekku", "チェック"), ("fairu", "ファイル"), ("diipu", "ディープ"), ("jobu", "ジョブ"), ("webu", "ウェブ"),
        ("kwota", "クォータ"), ("kuota", "クォータ"), ("fyuujon", "フュージョン"), ("shea", "シェア"), ("dyuaru", "デュアル"),
    ],
)  # fmt: skip
def test_loan_words_have_the_key_of_their_katakana(romaji: str, kana: str) -> None:
    assert key(romaji) == romaji_key(spelling_of_kana(kana))


def test_readings_are_lines_of_key_spelling_and_words() -> None:
    lines = (ROOT / "data" / "readings.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    for line in lines:
        found, spelling, japanese = line.split("\t")
        assert spelling == usual_spelling(spelling)
        assert found == romaji_key(spelling)
        assert japanese.split(" ")
