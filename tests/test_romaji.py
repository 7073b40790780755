"""Romaji: Japanese in Latin letters finds what Japanese finds, and other queries stay as they are."""

import json

import pytest
from hypothesis import given, strategies as st

from mltalks.search.expansion.readings import read_as_japanese
from mltalks.text.japanese.romaji import romaji_key, spelling_of_kana, usual_spelling
from mltalks.text.words.tokenizer import words
from tests.conftest import ROOT, Run, shipped_library

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


def read(query: str) -> str | None:
    found = read_as_japanese(shipped_library().catalogue.index, words(query))
    return found and " ".join(found.written)


@pytest.mark.parametrize(
    ("query", "japanese"),
    [
        ("chishiki jouryuu", "知識蒸留"),
        ("chishikijoryu", "知識蒸留"),
        ("tisiki zyouryuu", "知識蒸留"),
        ("chishiki jōryū", "知識蒸留"),
        ("fukin'itsu", "不均一"),
        ("suiron no kousokuka", "推論の高速化"),
        ("gazou wo bunrui suru", "画像 分類"),
        ("kuukan", "空間"),  # and not 区間, which is kukan
        ("kurasuta kanri", "クラスタ 管理"),
        ("bunsansuiron", "分散推論"),
        ("hinshitsukanshi", "品質 監視"),
        ("chien sakugen", "遅延削減"),  # although Chien is a speaker
        ("chien no sakugen", "遅延 削減"),
        ("gpu kyouyuu", "共有"),
        ("seido", "精度"),
        ("gazou bunrui ni kikaigakushuu wo tsukau", "画像分類 機械学習"),
    ],
)
def test_romaji_is_read(query: str, japanese: str) -> None:
    assert read(query) == japanese


@pytest.mark.parametrize(
    "query",
    [
        "kaggle to nano", "tune a model", "Suzuki", "Tanaka", "Kato", "Ito", "Kondo", "iso", "tempo", "data and code", "no code",
        "mode", "node failure recovery", "Hidetoshi Shimodaira", "Netflix", "inferense", "kuberntes",
        "serving large language models suiron",
    ],
)  # fmt: skip
def test_other_queries_are_not_read(query: str) -> None:
    assert read(query) is None


def test_no_english_text_of_a_session_is_read() -> None:
    library = shipped_library()
    for session in library.list().sessions:
        names = (speaker.name for speaker in session.speakers)
        for text in (session.title, *session.keywords, *session.questions, *names, *session.companies):
            assert not text.isascii() or read(text) is None, text


@pytest.mark.parametrize(
    ("romaji", "japanese"),
    [
        ("chishiki jouryuu", "知識蒸留"),
        ("kurasuta kanri", "クラスタ 管理"),
        ("keiryou na moderu", "軽量なモデル"),
        ("moderu no kenshou", "モデル 検証"),
    ],
)
def test_romaji_finds_what_japanese_finds(romaji: str, japanese: str) -> None:
    found, expected = (shipped_library().search(query, 10) for query in (romaji, japanese))
    assert [hit.session.id for hit in found.hits] == [hit.session.id for hit in expected.hits]
    assert found.total == expected.total > 0


def test_a_notice_and_the_reasons_show_how_romaji_was_read(mltalks: Run) -> None:
    result = mltalks("search", "chishiki", "jouryuu", "GPU", "--json")
    assert 'mltalks: "chishiki jouryuu" is read as 知識蒸留' in result.err
    matched = [match for hit in json.loads(result.out) for match in hit["matched"]]
    assert {match["query"] for match in matched} >= {"chishiki jouryuu", "GPU"}
    hows = {match["text"]: match["how"] for match in matched if match["query"] == "chishiki jouryuu"}
    assert hows["蒸留"] in ("sound", "synonym")
    assert "exact" not in hows.values()
    japanese = mltalks("search", "chishiki", "jouryuu", env={"LC_ALL": "ja_JP.UTF-8"})
    assert "「chishiki jouryuu」を「知識蒸留」と解釈します" in japanese.err


def test_exact_reads_nothing(mltalks: Run) -> None:
    assert mltalks("search", "chishiki", "jouryuu", "--exact").out == ""


def test_readings_are_lines_of_key_spelling_and_words() -> None:
    lines = (ROOT / "data" / "readings.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    for line in lines:
        found, spelling, japanese = line.split("\t")
        assert spelling == usual_spelling(spelling)
        assert found == romaji_key(spelling)
        assert japanese.split(" ")


@pytest.mark.parametrize(("kunrei", "hepburn"), [("kansi", "kanshi"), ("kenti", "kenchi")])
def test_kunrei_is_read_as_hepburn_is(mltalks: Run, kunrei: str, hepburn: str) -> None:
    found = [mltalks("search", word, "--fields", "id", "--limit", "0").out for word in (kunrei, hepburn)]
    assert found[0] == found[1]
    assert f'"{kunrei}" is read as' in mltalks("search", kunrei).err
