"""The benchmarks' modules: generated catalogues are valid, reproducible and like real text."""

import doctest
import re
from itertools import islice
from pathlib import Path

import pytest

import mltalks
from benchmarks import corpus, engines, measure, metrics, ours


def words(sessions: int) -> set[str]:
    return {word for s in corpus.sessions(sessions) for word in re.findall("[a-z0-9]+", text(s))}


def text(session: corpus.Record) -> str:
    return f"{session['title']} {session['summary']} {' '.join(session['keywords'])}".lower()


@pytest.mark.slow
def test_a_generated_catalogue_is_valid_and_has_the_described_sessions(tmp_path: Path) -> None:
    corpus.write(tmp_path / "made", 300)
    found = mltalks.open(tmp_path / "made", shipped=False).list()
    assert [s.title for s in found.sessions] == [s["title"] for s in corpus.sessions(300)]
    assert [s.keywords_ja for s in found.sessions] == [
        tuple(s.get("keywords_ja", ())) for s in corpus.sessions(300)
    ]


def test_the_seed_alone_decides() -> None:
    first, again, other = (list(islice(corpus.sessions(1000, seed), 50)) for seed in (1, 1, 2))
    assert first == again != other


def test_a_tenth_of_all_sessions_mention_latency() -> None:
    talked = sum("latency" in text(session) for session in corpus.sessions(2000))
    assert 0.08 * 2000 < talked < 0.13 * 2000


def test_the_vocabulary_grows_with_about_the_square_root_of_the_text() -> None:
    assert 0.4 < measure.growth([(500, len(words(500))), (5000, len(words(5000)))]) < 0.65


def test_examples() -> None:
    for module in (engines, measure, metrics, ours):
        assert doctest.testmod(module).failed == 0
