"""A DOI in queries and in place of an id: in any case, with or without its resolver, and never another talk's."""

import pytest

from tests.conftest import Run

DOI = "10.1145/ABC.3533378"
ODD = "10.1016/S0004-3702(97)00043-X"  # parentheses are part of it
SPELLINGS = (
    DOI,
    DOI.lower(),
    f"doi:{DOI}",
    f"https://doi.org/{DOI}",
    f"doi:https://doi.org/{DOI}",
    f"ＤＯＩ：{DOI}",
    "https://dl.acm.org/doi/10.1145/abc.3533378",
    f"https://doi.org/{DOI}?from=mail#page",
)


@pytest.fixture
def own(mltalks: Run) -> Run:
    for title, option, value in (
        ("On drift", "--doi", DOI),
        ("On wrappers", "--paper", f"https://doi.org/{ODD}"),
    ):
        assert mltalks("add", title, "--event", "Reading 2030", option, value).code == 0
    return mltalks


def test_a_doi_finds_its_talk_or_nothing(own: Run) -> None:
    for command in ("search", "list"):
        for typed in SPELLINGS:
            assert own(command, typed, "-o", "ids").out == "reading-2030-drift\n", typed
        for typed in (ODD, f"doi:{ODD.lower()}"):
            assert own(command, typed, "-o", "ids").out == "reading-2030-wrappers\n", typed
        for typed in (f"{DOI}.", f"doi:{DOI}.", f'"{DOI}"', f"id:{DOI}"):  # as pasted from a sentence
            assert own(command, typed, "-o", "ids").out == "reading-2030-drift\n", typed
        unknown = own(command, "10.1145/abc.353337")
        assert unknown.out == ""
        assert 'no session has the DOI "10.1145/abc.353337"' in unknown.err
    assert own("list", "has:doi", "--count").out == "2\n"
    assert own("list", f"has:doi NOT doi:{DOI},{ODD}", "--count").out == "0\n"
    refused = own("list", "doi:drift")
    assert (refused.code, "doi:drift is not a DOI" in refused.err) == (2, True)


def test_a_doi_stands_for_an_id(own: Run) -> None:
    for typed in SPELLINGS:
        if not typed.startswith("Ｄ"):
            assert own("show", typed, "--fields", "id").out == "id\treading-2030-drift\n"
    said = own("tag", DOI, f"https://doi.org/{ODD}", "survey").err
    assert "reading-2030-drift: tags survey" in said
    assert "reading-2030-wrappers: tags survey" in said
    assert own("open", ODD).out == "https://doi.org/10.1016/S0004-3702%2897%2900043-X\n"
    assert "reading-2030-drift" in own("mark", "-", "watched", stdin=f"{DOI}\n").err
    assert own("explain", DOI).code == 0
    for command in ("show", "open", "related"):
        unknown = own(command, "10.1145/1")
        assert (unknown.code, 'no session has the DOI "10.1145/1"' in unknown.err) == (4, True)
