"""Many sessions at once: by ids, by ids on standard input, by a query."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt

KATIB, TONY, DEEPCPU = "opml19-katib", "opml19-tony", "opml19-deepcpu"


def listed(mltalks: Run, *query: str) -> list[str]:
    return mltalks("list", *query, "-o", "ids", "--quiet").out.split()


def test_sessions_are_named_by_ids_by_standard_input_and_by_a_query(mltalks: Run) -> None:
    assert mltalks("tag", KATIB, TONY, "survey", "tuner").err.splitlines() == [
        f"mltalks: {KATIB}: tags survey, tuner",
        f"mltalks: {TONY}: tags survey, tuner",
    ]
    assert mltalks("tag", "-", "read", stdin=f"{KATIB}\topml19\n\n{DEEPCPU}\n").code == 0
    assert listed(mltalks, "tag:read") == [DEEPCPU, KATIB]
    assert mltalks("tag", "--query", "tag:read", "later").code == 0
    assert set(listed(mltalks, "tag:later")) == {KATIB, DEEPCPU}
    assert (
        mltalks("tag", KATIB, "後で", "--lang", "ja").err
        == f"mltalks: {KATIB}: タグ survey、tuner、read、later、後で\n"
    )
    assert mltalks("tag", KATIB, "survey").err == f"mltalks: {KATIB}: unchanged\n"
    assert mltalks("mark", KATIB, TONY, "to-watch").err.count("mark to-watch") == 2
    assert mltalks("mark", "--query", "tag:read", "none").code == 0
    assert listed(mltalks, "mark:to-watch") == [TONY]
    assert mltalks("note", "-", "Compare.", stdin=f"{KATIB}\n{TONY}\n").code == 0
    assert mltalks("note", KATIB, "-", stdin="More.").code == 0
    shown = json.loads(mltalks("show", KATIB, TONY, "--json", "--fields", "id,note").out)
    assert shown == [{"id": KATIB, "note": "Compare.\n\nMore."}, {"id": TONY, "note": "Compare."}]


def test_a_change_of_many_sessions_is_one_entry_of_the_journal(mltalks: Run) -> None:
    mltalks("tag", "--query", "event:opml19", "all")
    assert len(mltalks("log", "-o", "ids").out.split()) == 1
    assert mltalks("undo").code == 0
    assert listed(mltalks, "tag:all") == []


def test_one_session_that_is_not_known_leaves_all_as_they_are(mltalks: Run, tmp_path: Path) -> None:
    refused = mltalks("mark", KATIB, "opml19-tonny", "watched")
    assert (refused.code, 'did you mean "opml19-tony"' in refused.err) == (4, True)
    assert mltalks("tag", "-", "x", stdin=f"{KATIB}\nnosuch\n").code == 4
    assert not (tmp_path / ".local/share/mltalks/sessions.toml").exists()


@pytest.mark.parametrize("words", [[KATIB, "survey", TONY], [KATIB, "opml19-tonny", "survey"]])
def test_a_tag_that_looks_like_an_id_must_be_meant(mltalks: Run, words: list[str]) -> None:
    refused = mltalks("tag", *words)
    assert (refused.code, "--tag opml19-ton" in refused.err) == (2, True)
    assert mltalks("tag", KATIB, "--tag", TONY).err == f"mltalks: {KATIB}: tags {TONY}\n"


def test_sessions_are_shown_opened_and_compared_together(mltalks: Run) -> None:
    assert isinstance(json.loads(mltalks("show", KATIB, "--json").out), dict)
    assert len(json.loads(mltalks("show", "-", "--json", stdin=KATIB).out)) == 1
    assert mltalks("show", "-", stdin="").out == ""
    assert [one["id"] for one in json.loads(mltalks("show", "opml19", "mlsys26", "--json").out)] == [
        "opml19",
        "mlsys26",
    ]
    addresses = mltalks("open", KATIB, TONY).out.splitlines()
    assert len(addresses) == 2
    alone = json.loads(mltalks("related", KATIB, "-n", "0", "--json").out)
    both = json.loads(mltalks("related", KATIB, TONY, "-n", "0", "--json").out)
    assert {KATIB, TONY}.isdisjoint(one["id"] for one in both)
    assert {one["id"] for one in alone} - {TONY} <= {one["id"] for one in both}


def test_decisions_are_made_together_and_taken_back_together(mltalks: Run) -> None:
    made = json.loads(mltalks("accept", KATIB, TONY, "feature-management", "--json").out)
    assert [one["session"] for one in made] == [KATIB, TONY]
    assert set(listed(mltalks, "theme:feature-management")) >= {KATIB, TONY}
    assert f"{KATIB} {TONY} feature-management" in mltalks("decisions", "--undo").err
    assert KATIB not in listed(mltalks, "theme:feature-management")


def test_a_query_removes_what_is_in_the_own_data_only(mltalks: Run) -> None:
    mltalks("tag", KATIB, TONY, "a")
    assert "use --yes" in mltalks("remove", "--query", "event:opml19").err
    removed = mltalks("remove", "--query", "event:opml19", "--yes")
    assert removed.err.splitlines() == [f"mltalks: {one}: your changes were removed" for one in (KATIB, TONY)]


def test_tags_and_marks_are_listed_and_found(mltalks: Run) -> None:
    assert "no tags or marks yet" in mltalks("tags").err
    mltalks("tag", KATIB, TONY, "survey")
    mltalks("mark", KATIB, "watched")
    assert mltalks("tags").out == "tag\tsurvey\t2\nmark\twatched\t1\n"
    assert mltalks("tags", "id:opml19-tony", "-o", "ids").out == "survey\n"
    assert [line.split() for line in mltalks("tags", "-o", "table").out.splitlines()][2:] == [
        ["survey", "tag", "2"],
        ["watched", "mark", "1"],
    ]
    assert set(listed(mltalks, "has:tag")) == {KATIB, TONY}
    assert listed(mltalks, "has:マーク") == [KATIB]
    assert KATIB not in listed(mltalks, "event:opml19", "NOT", "has:tag")


def test_parts_of_a_list_are_added_removed_and_renamed(mltalks: Run) -> None:
    changed = mltalks(
        "edit", KATIB, "--add-keyword", "MLOps", "--add-keyword", "kubernetes", "--remove-keyword", "automl"
    )
    assert changed.err == f"mltalks: {KATIB}: keywords -AutoML, +MLOps\n"
    mltalks(
        "edit", KATIB, TONY, "--add-speaker", "Ada L. (Analytical Engines)", "--remove-speaker", "anthony hsu"
    )
    assert mltalks("edit", "--rename-speaker", "ada l=Ada Lovelace").err.count("+Ada Lovelace") == 2
    found = json.loads(mltalks("show", TONY, "--json").out)["speakers"]
    assert found[-1] == {"name": "Ada Lovelace", "organization": "Analytical Engines"}
    assert "Anthony Hsu" not in [one["name"] for one in found]
    assert (
        mltalks("edit", "--rename-speaker", "Nobody=X").code,
        mltalks("edit", "--rename-speaker", "X").code,
    ) == (4, 2)


def test_a_speaker_is_renamed_in_any_spelling_of_the_name(mltalks: Run) -> None:
    mltalks(
        "add", "推論の話", "--event", "Days 2031", "--speaker", "髙橋 一郎 (例社)", "--keyword", "GPU 推論"
    )
    for old, new in (("高橋一郎", "高橋 次郎"), ("高橋　次郎", "高橋 三郎")):
        assert new in mltalks("edit", "--rename-speaker", f"{old}={new}").err
    found = mltalks("list", "event:days-2031", "-o", "ids").out.strip()
    assert mltalks("edit", found, "--remove-keyword", "GPU推論", "--remove-speaker", "高橋三郎").code == 0
    assert json.loads(mltalks("show", found, "--json").out)["speakers"] == []


def test_a_tag_is_the_same_in_any_case(mltalks: Run) -> None:
    mltalks("tag", KATIB, "Tuners")
    assert mltalks("tag", KATIB, "tuners", "Later").err == f"mltalks: {KATIB}: tags Tuners, Later\n"
    mltalks("tag", "--remove", KATIB, "TUNERS")
    assert mltalks("show", KATIB, "--fields", "tags", "-o", "json").out.count("Later") == 1
    assert "Tuners" not in mltalks("show", KATIB, "--fields", "tags").out


def test_a_query_that_finds_nothing_is_said_once(mltalks: Run) -> None:
    done = mltalks("related", "--query", "zzzqqq")
    assert (done.code, done.err.count("nothing found")) == (0, 1)
    assert mltalks("related", "--query", "zzzqqq", "--exit-status").code == 1
