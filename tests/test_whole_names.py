"""Names of several words that are typed without quotes, or of which a shell has taken the quotes, by the real command."""

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        (["by-theme", "fine", "tuning"], ["by-theme", "fine-tuning"]),
        (["by-theme", "workflow", "orchestration", "year:2020"], ["by-theme", "workflow orchestration", "year:2020"]),
        (["by-company", "Carnegie", "Mellon", "University"], ["by-company", "carnegie-mellon-university"]),
        (["by-speaker", "ion", "stoica", "year:2024.."], ["by-speaker", "Ion Stoica", "year:2024.."]),
        (["by-event", "MLSys", "2021", "kind:paper"], ["by-event", "mlsys21", "kind:paper"]),
        (["themes", "model", "management"], ["themes", "model management"]),
        (["trend", "model", "management"], ["trend", "model management"]),
        (["list", "theme:Workflow orchestration"], ["list", "theme:workflow-orchestration"]),
        (["list", "company:Carnegie Mellon University", "serving"], ["list", "company:carnegie-mellon-university", "serving"]),
        (["search", "gpu", "event:MLSys 2021"], ["search", "gpu", "event:mlsys21"]),
    ],
)  # fmt: skip
def test_words_that_are_together_exactly_a_name_mean_it(
    mltalks: Run, typed: list[str], whole: list[str]
) -> None:
    found = mltalks(*typed)
    assert found.code == 0
    assert found.out == mltalks(*whole).out != ""
    if ":" not in "".join(typed[:2]) and typed[0] != "search":
        assert "is read as" in found.err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["by-theme", "serving-latency", "kafka"], ["theme:serving-latency", "kafka"]),
        (["by-company", "google", "NOT", "training"], ["company:google", "NOT", "training"]),
        (["list", "theme:serving-latency kafka"], ["theme:serving-latency", "kafka"]),
        (["list", "title:feature stores"], ["title:feature", "stores"]),
        (["list", "company:google OR company:meta"], ["(company:google OR company:meta)"]),
    ],
)
def test_other_words_after_a_name_are_a_query(mltalks: Run, typed: list[str], words: list[str]) -> None:
    found = mltalks(*typed)
    assert found.out == mltalks("list", *words).out
    assert "is read as" not in found.err


@pytest.mark.parametrize("command", ["list", "search", "crosstab"])
@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        (["company:MIT EECS & CSAIL", "year:1999"], ['company:"MIT EECS & CSAIL"', "year:1999"]),
        (["company:MIT EECS & CSAIL", "year:2021"], ['company:"MIT EECS & CSAIL"', "year:2021"]),
        (["track:Parallel & Distributed Learning", "kind:keynote"], ['track:"Parallel & Distributed Learning"', "kind:keynote"]),
        (["kind:paper", "track:Parallel & Distributed Learning", "gpu"], ["kind:paper", 'track:"Parallel & Distributed Learning"', "gpu"]),
    ],
)  # fmt: skip
def test_what_follows_a_name_with_a_sign_is_kept(
    mltalks: Run, command: str, typed: list[str], whole: list[str]
) -> None:
    facets = ["year", "kind"] if command == "crosstab" else []
    assert mltalks(command, *facets, *typed).out == mltalks(command, *facets, *whole).out


@pytest.mark.excerpt
def test_what_follows_a_name_of_single_letters_is_kept(mltalks: Run) -> None:
    assert mltalks("edit", "opml19-katib", "--keyword", "R & D").code == 0
    assert mltalks("list", "keyword:R & D", "kind:paper", "-o", "ids").out == "opml19-katib\n"
    assert mltalks("list", "keyword:R & D", "kind:poster", "-o", "ids").out == ""


def test_a_name_after_its_facet_is_named_as_what_may_be_followed(mltalks: Run) -> None:
    said = '"google" is searched as text; to follow it, write: mltalks trend company:google'
    assert said in mltalks("trend", "companies", "google").err
    said = """"model management" is searched as text; to follow it, write: mltalks trend 'theme:"model management"'"""
    assert said in mltalks("trend", "theme", "model", "management").err
    assert "to follow it" not in mltalks("trend", "theme", "series:MLSys").err
