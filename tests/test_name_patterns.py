"""Patterns in the place of names: `company:micro*` means the names that begin so, and nothing that only looks like it."""

import json

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("company:Micro*", ["Microsoft"]),
        ("company:Ｍｉｃｒｏ＊", ["Microsoft"]),
        ("company:Net*", ["Netflix"]),
        ("company:carnegie-m*", ["Carnegie Mellon University"]),
        ("keyword:LLM-as*", ["LLM-as-a-judge"]),
        ("track:Large*", ["Large Language Models 1"]),
        ("theme:serving-*", ["serving-infrastructure", "serving-latency"]),
        ("theme:推論*", ["inference-optimization"]),
        ("event:opml*", ["opml19", "opml20"]),
        ("series:opm*", ["OpML"]),
        ("speaker:Todd U*", ["Todd Underwood"]),
        ("id:opml19-kat*", ["opml19-katib"]),
    ],
)
def test_a_pattern_means_the_names_that_begin_so(mltalks: Run, pattern: str, names: list[str]) -> None:
    field, _, start = pattern.partition(":")
    found = mltalks("list", f'{field}:"{start}"', "-o", "ids")
    assert found.code == 0
    assert f"means all names that begin so ({len(names)}): {', '.join(names)}" in found.err
    value = ",".join(f'"{name}"' for name in names)
    assert found.out == mltalks("list", f"{field}:{value}", "-o", "ids").out != ""


@pytest.mark.parametrize(
    ("command", "pattern", "name"),
    [
        ("by-company", "Micro*", "Microsoft"),
        ("by-theme", "serving-inf*", "serving-infrastructure"),
        ("by-keyword", "LLM-as*", "LLM-as-a-judge"),
        ("by-speaker", "todd u*", "Todd Underwood"),
        ("by-event", "opml2*", "opml20"),
        ("themes", "serving-inf*", "serving-infrastructure"),
    ],
)
def test_commands_of_a_name_take_a_pattern(mltalks: Run, command: str, pattern: str, name: str) -> None:
    assert mltalks(command, pattern, "--json").out == mltalks(command, name, "--json").out != "[]\n"


@pytest.mark.parametrize("field", ["company", "theme", "event", "series", "id"])
def test_a_pattern_that_no_name_begins_with_is_an_error(mltalks: Run, field: str) -> None:
    refused = mltalks("list", f"{field}:Zqx*")
    assert (refused.code, refused.out) == (4, "")
    assert 'begins with "Zqx"' in refused.err


@pytest.mark.parametrize("field", ["keyword", "track", "speaker", "tag", "language"])
def test_nothing_is_found_under_a_pattern_that_no_name_begins_with(mltalks: Run, field: str) -> None:
    found = mltalks("list", f"{field}:Zqx*", "--count")
    assert (found.code, found.out) == (0, "0\n")
    assert f'no name of a {field} begins with "Zqx"' in found.err


def test_names_with_a_word_that_begins_so_are_named(mltalks: Run) -> None:
    found = mltalks("by-speaker", "Under*", "--count")
    assert found.out == "0\n"
    assert "these have a word that does: Robert Underwood, Todd Underwood" in found.err


@pytest.mark.parametrize(
    "field", ["company", "theme", "keyword", "speaker", "event", "series", "track", "tag", "id"]
)
@pytest.mark.parametrize("pattern", ["mi?ro", "*soft", "mic*oft", "m?c*"])
def test_other_patterns_are_refused_in_one_way(mltalks: Run, field: str, pattern: str) -> None:
    refused = mltalks("list", f"{field}:{pattern}")
    assert (refused.code, refused.out) == (2, "")
    assert "only a * at the end is one" in refused.err


def test_a_pattern_of_a_doi_and_one_event_by_a_pattern(mltalks: Run) -> None:
    assert mltalks("list", "doi:10.1145*", "--count").code == 0
    assert mltalks("list", "doi:10*", "--count").code == 2
    assert "may be opml19, opml20" in mltalks("show", "opml*").err
    assert mltalks("show", "opml19-*").code == 4


def test_a_pattern_is_no_whole_name_for_compare(mltalks: Run) -> None:
    by_pattern, by_name = (
        json.loads(mltalks("compare", *sides, "--json").out)
        for sides in (("company:Micro*", "company:Goo*"), ("microsoft", "google"))
    )
    assert [by_pattern[side]["sessions"] for side in "ab"] == [by_name[side]["sessions"] for side in "ab"]
    assert "the talks that contain it are counted" in mltalks("compare", "Google*", "Micros*").err
