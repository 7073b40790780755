"""Units of organizations in committees, keywords and texts that `trend` follows, and the tests that it names."""

import json
import math
from pathlib import Path

import pytest

from tests.conftest import Run

COMMITTEE = """[[events]]
id = "meet-2031"
name = "Meet 2031"
series = "Meet"
year = 2031
committee_coverage = "complete"
"""
MEMBER = '[[members]]\nevent = "meet-2031"\nname = "%s"\nrole = "Member"\norganization = "%s"\n'


def seats(mltalks: Run, *arguments: str) -> dict[str, int]:
    found = json.loads(mltalks("committee", *arguments, "--json").out)
    return {one["organization"]: one["seats"] for one in found["organizations"]}


def test_a_seat_of_a_unit_counts_under_its_organization_too(mltalks: Run) -> None:
    found = seats(mltalks, "sysml19")
    assert (found["Meta"], found["Facebook Research"]) == (4, 3)
    assert found["Microsoft"] == found["Microsoft Research"] == 6
    assert json.loads(mltalks("committee", "sysml19", "--json").out)["seats"] == 83
    survey = mltalks("survey", "event:sysml19", "-o", "md").out
    assert "by organization, including its units (total: 83)" in survey


@pytest.mark.excerpt
def test_of_a_unit_and_its_organization_with_the_same_seats_the_organization_leads(
    mltalks: Run, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    units = [("A", "Microsoft Research"), ("B", "Microsoft Research"), ("C", "Meta")]
    talk = '[[sessions]]\nid = "meet-2031-a"\nevent = "meet-2031"\ntitle = "Soup"\nkind = "talk"\n'
    own.write_text(COMMITTEE + "".join(MEMBER % one for one in units) + talk, encoding="utf-8")
    found = mltalks("survey", "event:meet-2031", "-o", "md", "--data", str(own)).out
    assert "Most seats on the committee of Meet 2031: Microsoft (2 of 3 seats)." in found


@pytest.mark.excerpt
def test_an_organization_of_committees_only_is_found_and_gets_other_names(
    mltalks: Run, tmp_path: Path
) -> None:
    own = tmp_path / ".local/share/mltalks/own.toml"
    own.parent.mkdir(parents=True)
    printed = [("Ann Fox", "Gogle Inc."), ("Bo Hay", "Seats Only"), ("Cy Elm", "Facebook Research")]
    own.write_text(COMMITTEE + "".join(MEMBER % one for one in printed), encoding="utf-8")
    named = mltalks("alias", "Gogle Inc.", "Google")
    assert (named.code, "no talk" in named.err) == (0, False)
    assert mltalks("alias", "S. Only", "seats only").code == 0
    found = seats(mltalks, "meet-2031")
    assert {name: found[name] for name in ("Google", "Seats Only", "Facebook Research", "Meta")} == {
        "Google": 1, "Seats Only": 1, "Facebook Research": 1, "Meta": 1,
    }  # fmt: skip
    refused = mltalks("alias", "Facebook Research", "Meta")
    assert "is an organization of its own, a unit of Meta" in refused.err
    listed = mltalks("by-company", "Facebook Research").err
    assert '"Facebook Research" is a unit of Meta: mltalks by-company Meta' in listed
    assert '"Facebook Research" is the organization of no talk, but of ' in listed


def test_a_keyword_has_a_notice_and_a_text_in_quotes_or_brackets_is_none(mltalks: Run) -> None:
    for typed, text in (("KV cache", '"KV cache"'), ("GPU", "(GPU)")):
        alone = mltalks("trend", typed, "--json")
        assert f'"{typed}" is followed as keyword: only talks that list it' in alone.err
        assert f"mltalks trend '{text}'" in alone.err
        found = mltalks("trend", text, "--json")
        value = json.loads(found.out)
        assert (value["facet"], "followed as keyword" in found.err) == ("query", False)
        assert f'"{typed}" is searched as text' in found.err
        assert value["values"][0]["sessions"] == int(mltalks("list", text, "--count").out)
    assert "followed as keyword" not in mltalks("trend", "keyword:GPU").err


def test_a_quoted_side_is_named_without_doubled_quotes(mltalks: Run) -> None:
    err = mltalks("compare", '"KV cache"', "quantization").err
    assert '"KV cache" is searched as text; the talks that contain it are counted' in err
    assert '""' not in err


def test_the_test_of_each_value_is_named(mltalks: Run) -> None:
    found = json.loads(mltalks("trend", "theme", "series:MLSys", "--json").out)
    assert found["test"].startswith("Cochran-Armitage: exact conditional test if at most 50 sessions")
    assert found["test"].endswith("; Benjamini-Hochberg")
    years = [at for at, year in enumerate(found["years"]) if year["judged"]]
    totals = [found["years"][at]["tested"] for at in years]
    scores = [found["years"][at]["year"] for at in years]
    tests = {one["value"]: one["test"] for one in found["values"]}
    assert {*tests.values()} == {"exact", "approximate", None}
    for one in found["values"]:
        counts = [one["years"][at]["tested"] for at in years]
        some, all_ = sum(counts), sum(totals)
        expected = None if one["p"] is None else "exact" if min(some, all_ - some) <= 50 else "approximate"
        assert one["test"] == expected
        if expected == "approximate":  # as the textbook computes it
            mean = sum(n * s for n, s in zip(totals, scores, strict=True)) / all_
            distance = sum(c * s for c, s in zip(counts, scores, strict=True)) - some * mean
            spread = sum(n * (s - mean) ** 2 for n, s in zip(totals, scores, strict=True))
            z = distance / math.sqrt(some / all_ * (1 - some / all_) * spread)
            assert one["p"] == pytest.approx(math.erfc(abs(z) / math.sqrt(2)), rel=0.01)
    head = mltalks("trend", "theme", "series:MLSys", "-o", "csv").out.splitlines()[0]
    assert "p,q,test" in head


def test_a_query_is_tested_only_in_years_in_which_what_it_filters_by_is_known(mltalks: Run) -> None:
    def followed(typed: str) -> tuple[object, list[int]]:
        found = json.loads(mltalks("trend", typed, "--json").out)
        return found["values"][0]["p"], [one["year"] for one in found["years"] if one["judged"]]

    alone = followed("KV cache")
    assert alone[1] == [2024, 2025, 2026]
    for typed in ("keyword:KV cache", 'keyword:"KV cache"', "keyword:kv-cache", "keyword:kv-cache,KV-cache"):
        assert followed(typed) == alone
    assert followed("company:Stanford University") == followed("company:stanford")
    for typed in (
        "keyword:latency OR keyword:throughput",
        "has:keyword keyword:latency",
        "NOT keyword:latency",
    ):
        assert followed(typed)[1] == alone[1], typed
    assert followed("company:google,meta")[1] == [2019, 2024, 2025, 2026]
    assert followed("keyword:latency company:google")[1] == alone[1]
    err = mltalks("trend", "keyword:latency company:google").err
    assert "too few sessions have a known keyword or company: 2019, 2020, 2021" in err
    assert followed("has:slides") == followed("has:slides kind:paper,talk,keynote,panel,poster,tutorial")


def test_columns_that_depend_on_the_data_have_a_header(mltalks: Run) -> None:
    head = mltalks("trend", "theme", "theme:quantization").out.splitlines()[0].split("\t")
    assert head[:5] == ["value", "change", "sessions", "2019", "2020"]
    assert mltalks("committee", "opml19", "opml20").out.startswith(
        "organization\tseats\tmembers\tshare\topml19"
    )
    for named in (["trend", "quantization", "--fields", "change"], ["committee", "opml20"]):
        assert not mltalks(*named).out.startswith(("change", "organization\t"))


def test_a_facet_with_a_typing_error_is_no_inflected_word(mltalks: Run) -> None:
    refused = mltalks("trend", "thems")
    assert (refused.code, 'did you mean "theme"?' in refused.err) == (2, True)
    assert mltalks("trend", "them").code == 0
    ids = mltalks("list", "year:2026", "-o", "ids").out
    assert len(mltalks("trend", "-", "--fields", "value", stdin=ids).out) < 210


def test_a_comparison_begins_with_what_differs_most(mltalks: Run) -> None:
    found = json.loads(mltalks("compare", "mlsys24", "mlsys26", "-n", "10", "--json").out)["values"]
    themes = [one for one in found if one["facet"] == "theme"]
    others = [abs(one["z"]) for one in themes if not one["over"]]
    assert others == sorted(others, reverse=True)
    assert ("agent-systems", 0, 14) in [(one["value"], one["a"], one["b"]) for one in themes]
    periods = json.loads(
        mltalks("compare", "year:2019..2021", "year:2024..2026", "series:MLSys", "--json").out
    )
    keywords = [one for one in periods["values"] if one["facet"] == "keyword"]
    assert (keywords[0]["value"], keywords[0]["z"]) == ("LLM inference", None)


def test_what_a_side_of_several_companies_is_made_of_is_left_out(mltalks: Run) -> None:
    for side in ("company:google,meta", "company:google OR company:meta"):
        values = json.loads(mltalks("compare", side, "microsoft", "--json").out)["values"]
        found = {one["value"] for one in values if one["facet"] == "company"}
        assert {"Google", "Meta", "Facebook Research"}.isdisjoint(found)
    within = json.loads(mltalks("compare", "mlsys25", "mlsys26", "company:google,meta", "--json").out)[
        "values"
    ]
    assert {"Google", "Meta"} <= {one["value"] for one in within}
