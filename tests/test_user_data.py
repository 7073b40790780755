"""The user data: changes are made, can be undone, and are never lost."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mltalks import shipped_data
from mltalks.dataset.files import files_of
from mltalks.errors import MltalksError
from mltalks.userdata import journal
from mltalks.userdata.journal import Splice, spliced
from mltalks.userdata.layers import Layers
from mltalks.userdata.store import UserStore
from mltalks.userdata.toml_document import TomlDocument, comments_of, spans
from mltalks.userdata.transaction import transaction
from tests.conftest import COMMAND, ROOT, Run, Started, environment

pytestmark = pytest.mark.excerpt

EVENT = "ML Meetup 2025"
KATIB = "opml19-katib"
# How often writers are killed and how much eight write at once; the figures of docs/benchmarks.md are of 200 and 100.
KILLS = int(os.environ.get("MLTALKS_KILLS", "10"))
ADDS = int(os.environ.get("MLTALKS_ADDS", "4"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / ".local/share/mltalks"


def sessions(own: Path) -> dict[str, dict[str, object]]:
    text = (own / "sessions.toml").read_text(encoding="utf-8")
    return {one["id"]: one for one in tomllib.loads(text).get("sessions", [])}


def test_a_session_is_added_and_found_beside_the_shipped_ones(mltalks: Run, own: Path) -> None:
    added = mltalks(
        "add", "Feature stores at scale", "--event", EVENT, "--speaker", "Ada Lovelace (Google)",
        "--keyword", "feature store", "--tag", "survey", "--url", "https://example.org/a",
    )  # fmt: skip
    assert (added.code, added.out) == (0, "ml-meetup-2025-feature-stores-scale\n")
    assert "ml-meetup-2025-feature-stores-scale: added" in added.err
    found = mltalks("list", "company:google", "year:2025", "tag:survey", "--json")
    (session,) = json.loads(found.out)
    assert session["event"] == "ml-meetup-2025"
    assert session["companies"] == ["Google"]
    assert "feature-management" in session["themes"]
    assert mltalks("search", "feature", "stores", "scale", "-o", "ids").out.startswith(added.out)
    assert mltalks("validate", str(own)).code == 0


def test_invalid_sessions_are_not_added(mltalks: Run, own: Path) -> None:
    for arguments, message, code in [
        (["--event", "opml99"], "no event", 2),
        (
            ["--event", "opml19", "--url", "javascript:alert(1)"],
            'url: "javascript:alert(1)" is not a link',
            2,
        ),
        (["--event", "opml19", "--kind", "song"], "kind", 2),
        (["--event", "opml19", "--theme", "quantum-cooking"], "no theme", 4),
        (["--event", "opml19", "--id", "opml19-katib"], "is already used", 2),
        (["--event", "opml19", "--tag", "two words"], "not a tag", 2),
        (["--event", "opml19", "--date", "yesterday"], "not a date", 2),
        ([], "give a title and --event", 2),
    ]:
        result = mltalks("add", "A title", *arguments)
        assert (result.code, message in result.err, result.err.count("\n")) == (code, True, 1), result.err
    assert not (own / "sessions.toml").exists()


def test_a_note_a_tag_and_a_mark_extend_a_shipped_session(mltalks: Run, own: Path) -> None:
    for arguments in (
        ["note", KATIB, "Compare tuners."],
        ["tag", KATIB, "survey", "automl"],
        ["mark", KATIB, "to-watch"],
    ):
        assert mltalks(*arguments).code == 0
    mltalks("note", KATIB, "Second thought.")
    assert sessions(own)[KATIB] == {
        "id": KATIB,
        "note": "Compare tuners.\n\nSecond thought.",
        "tags": ["survey", "automl"],
        "mark": "to-watch",
    }
    for query in ("note:tuners", "tag:survey", "mark:to-watch", "has:note", "note:tuner tag:automl"):
        assert mltalks("list", query, "-o", "ids").out == f"{KATIB}\n"
    shown = json.loads(mltalks("show", KATIB, "--json").out)
    assert shown["title"].startswith("Katib")
    assert shown["origins"]["note"]["path"] == str(own / "sessions.toml")
    text = (own / "sessions.toml").read_text().splitlines()
    assert text[shown["origins"]["tags"]["line"] - 1].startswith("tags =")
    assert shown["origins"]["title"]["path"].endswith("data/sessions.toml")
    lines = mltalks("show", KATIB, "--origins").out.splitlines()
    plain = dict(line.split("\t")[::2] for line in lines if line.count("\t") == 2)
    assert plain["mark"].startswith(str(own / "sessions.toml"))
    mltalks("tag", "--remove", KATIB, "survey")
    mltalks("mark", KATIB, "none")
    mltalks("note", KATIB, "--remove")
    assert sessions(own)[KATIB] == {"id": KATIB, "tags": ["automl"]}
    mltalks("tag", "--remove", KATIB)
    assert sessions(own) == {}


def test_a_field_is_corrected_and_shows_the_shipped_one_again(mltalks: Run, own: Path) -> None:
    assert mltalks("edit", KATIB, "--organization", "Google", "--video", "https://example.org/v").code == 0
    assert "Google" in json.loads(mltalks("show", KATIB, "--json").out)["companies"]
    assert mltalks("edit", KATIB, "--unset", "video").code == 0
    assert sessions(own)[KATIB] == {"id": KATIB, "organizations": ["Google"]}
    mltalks("edit", KATIB, "--slides", "https://example.org/s")
    shown = mltalks("edit", KATIB, "--unset", "slides").err
    assert shown.startswith(f"mltalks: {KATIB}: slides https://www.usenix.org/")
    refused = mltalks("edit", KATIB, "--unset", "title")
    assert (refused.code, "data/sessions.toml:" in refused.err) == (2, True)
    assert mltalks("remove", KATIB).code == 2  # no terminal for the prompt
    assert mltalks("remove", KATIB, "--yes").code == 0
    assert "Google" not in json.loads(mltalks("show", KATIB, "--json").out)["companies"]
    refused = mltalks("remove", KATIB, "--yes")
    assert (refused.code, "is not in your data" in refused.err) == (1, True)


def test_an_organization_has_an_alias(mltalks: Run, own: Path) -> None:
    mltalks("add", "A", "--event", EVENT, "--speaker", "Ada (Gogle Research Labs)")
    assert mltalks("list", "company:google", "year:2025", "event:ml-meetup-2025", "-o", "ids").out == ""
    assert mltalks("alias", "Gogle Research Labs", "google").code == 0
    assert mltalks("list", "company:google", "event:ml-meetup-2025", "-o", "ids").out.startswith(
        "ml-meetup-2025"
    )
    assert mltalks("list", "company:グーグル", "event:ml-meetup-2025", "-o", "ids").out != ""
    again = mltalks("alias", "Gogle Research Labs", "Microsoft")
    assert (again.code, "is already a name of Google" in again.err) == (2, True)
    assert mltalks("alias", "X", "No Such Company").code == 4
    assert mltalks("validate", str(own)).code == 0


def test_every_change_can_be_taken_back_to_the_byte(mltalks: Run, own: Path) -> None:
    own.mkdir(parents=True)
    file = own / "sessions.toml"
    file.write_text('# mine\n\n[[sessions]]\nid = "opml19-katib"  # the tuner\ntags = ["a"]  # one\n')
    states = [file.read_bytes()]
    for arguments in (
        ["note", KATIB, "one"], ["tag", KATIB, "b"], ["add", "Tuning", "--event", EVENT], ["remove", "--yes", KATIB],
        ["edit", "ml-meetup-2025-tuning", "--title", "U", "--language", "en"],
    ):  # fmt: skip
        assert mltalks(*arguments).code == 0
        states.append(file.read_bytes())
    assert len(set(states)) == 6
    assert (own / ".backup" / "sessions.toml").read_bytes() == states[-2]
    for state in reversed(states[:-1]):
        assert mltalks("undo").code == 0
        assert file.read_bytes() == state
    assert (mltalks("undo").code, mltalks("undo").out) == (1, "")
    log = json.loads(mltalks("log", "--json").out)
    assert [one["command"] for one in log[:5]] == ["undo"] * 5
    assert [one["undone"] for one in log[5:]] == [True] * 5
    assert "+note = " in mltalks("log", "1").out


def test_changes_by_hand_are_kept(mltalks: Run, own: Path) -> None:
    mltalks("note", KATIB, "one")
    mltalks("add", "T", "--event", EVENT)
    file = own / "sessions.toml"
    file.write_text("# by hand\n" + file.read_text())
    assert mltalks("undo").code == 0
    assert file.read_text().startswith("# by hand\n")
    assert list(sessions(own)) == [KATIB]
    file.write_text(file.read_text().replace("one", "two"))
    refused = mltalks("undo")
    assert (refused.code, "was edited after" in refused.err, "two" in file.read_text()) == (1, True, True)


def test_a_dry_run_shows_the_change_and_makes_none(mltalks: Run, own: Path) -> None:
    mltalks("tag", KATIB, "a")
    before = (own / "sessions.toml").read_bytes()
    for arguments in (
        ["tag", KATIB, "b"],
        ["note", KATIB, "x"],
        ["add", "T", "--event", EVENT],
        ["remove", KATIB],
        ["undo"],
    ):
        result = mltalks(*arguments, "--dry-run")
        assert (result.code, bool(re.search(r"(?m)^[-+](?![-+])", result.out))) == (0, True)
    assert (own / "sessions.toml").read_bytes() == before


def test_a_later_layer_is_not_hidden_from(mltalks: Run, tmp_path: Path) -> None:
    project = tmp_path / "mltalks.toml"
    project.write_text(f'[[sessions]]\nid = "{KATIB}"\ntags = ["team"]\n')
    assert mltalks("list", "tag:team", "-o", "ids", cwd=tmp_path).out == f"{KATIB}\n"
    assert "project" in mltalks("paths", cwd=tmp_path).out
    refused = mltalks("tag", KATIB, "mine", cwd=tmp_path)
    assert (refused.code, "mltalks.toml:3" in refused.err) == (1, True)
    assert mltalks("note", KATIB, "mine", cwd=tmp_path).code == 0


def test_one_file_may_hold_all(mltalks: Run, tmp_path: Path) -> None:
    env = {"MLTALKS_DATA": str(tmp_path / "talks.toml")}
    for arguments in (
        ["add", "T", "--event", EVENT],
        ["reject", KATIB, "automl"],
        ["alias", "Gogle", "Google"],
    ):
        assert mltalks(*arguments, env=env).code == 0
    document = tomllib.loads((tmp_path / "talks.toml").read_text())
    assert list(document) == ["events", "sessions", "decisions", "organizations"]
    assert mltalks("validate", env=env).code == 0
    for _ in range(3):
        assert mltalks("undo", env=env).code == 0
    assert not (tmp_path / "talks.toml").exists()


COMMENTED = """\
# All of mine, since 2019.

[[sessions]]  # the tuner
id = "opml19-katib"   # as shipped
# what I keep it for
tags = [
  "survey",  # for the paper
  "automl",
]
# after the tags

# A second one.
[[sessions]]
id = "own-one"
event = "opml19"
title = '''A "title"'''  # quoted
kind = "talk"
[[sessions.speakers]]
name = "Ada"  # in a table of her own
# the end
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["note", KATIB, "x"],
        ["tag", KATIB, "new"],
        ["tag", "--remove", KATIB, "survey"],
        ["tag", "--remove", KATIB],
        ["mark", "own-one", "watched"],
        ["edit", "own-one", "--title", "Other", "--speaker", "Grace", "--keyword", "k"],
        ["add", "T", "--event", "opml19"],
        ["accept", KATIB, "aiops"],
    ],
)
def test_comments_and_order_stay(mltalks: Run, own: Path, arguments: list[str]) -> None:
    own.mkdir(parents=True)
    file = own / "sessions.toml"
    file.write_text(COMMENTED)
    assert mltalks(*arguments).code == 0
    text = file.read_text()
    assert sorted(comments_of(text)) == sorted(comments_of(COMMENTED))
    assert list(sessions(own))[:2] == [KATIB, "own-one"]
    assert mltalks("validate", str(own)).code == 0


def test_the_comments_around_a_removed_record_stay(mltalks: Run, own: Path) -> None:
    own.mkdir(parents=True)
    file = own / "sessions.toml"
    file.write_text(COMMENTED)
    assert mltalks("remove", "own-one", "--yes").code == 0
    assert "# A second one." in file.read_text()
    assert "# the end" in file.read_text()
    mltalks("undo")
    assert file.read_text() == COMMENTED


INLINE = 'sessions = [{ id = "own-one", event = "opml19", title = "A", kind = "talk" },  # a\n{ id = "opml19-katib" }]\n'
LAYOUTS = {
    "inline": INLINE,
    "inline, with a table": f'{INLINE}[["organizations"]]  # b\nname = "Zorg"\nkind = "company"\n',
    "inline events": 'events = [] # e\n[[sessions]]\nid = "opml19-katib"\n',
    "quoted headers": '[[sessions]]\nid = "opml19-katib"\n[["events"]]  # mine\nid = "e"\nname = "E"\nseries = "E"\nyear = 2020\n',
    "a comment after the last of a list": '[[sessions]]\nid = "opml19-katib"\ntags = [\n  "a",\n  "b"  # b\n  # c\n]\n',
    "ends of lines of both kinds": '[[sessions]]\r\nid = "opml19-katib"  # k\n[[events]]\r\nid = "e"\nname = "E"\nseries = "E"\nyear = 2020\n',
    "no last end": "[[sessions]] # 1\n'id' = 'opml19-katib' # 2",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_a_file_is_written_what_is_not_changed_stays(own: Path, layout: str) -> None:
    own.mkdir(parents=True)
    file = own / "sessions.toml"
    file.write_bytes(LAYOUTS[layout].encode())
    store, shipped = UserStore(own), Layers.read(files_of(shipped_data()), [])
    changes = {one: {"minutes": 5} for one in (KATIB, "own-one") if one in LAYOUTS[layout]}
    with transaction(store, shipped, "tag") as change:
        record = change.session(KATIB)
        record["tags"] = [*record.get("tags", []), "c"]
    with transaction(store, shipped, "add") as change:
        change.add_session({"event": EVENT, "title": "T"})
    with transaction(store, shipped, "import") as change:
        for name, values in changes.items():
            change.update(name, values)
    before, after = tomllib.loads(LAYOUTS[layout]), tomllib.loads(file.read_text())
    assert sorted(comments_of(file.read_text())) == sorted(comments_of(LAYOUTS[layout]))
    assert [one["id"] for one in after["sessions"] if one.get("minutes") == 5] == sorted(
        changes, reverse=True
    )
    assert after["sessions"][-1]["title"] == "T"
    assert {table: after[table][: len(some)] for table, some in before.items() if table != "sessions"} == {
        table: some for table, some in before.items() if table != "sessions"
    }
    with transaction(store, shipped, "remove") as change:
        change.remove(KATIB)
    assert tomllib.loads(file.read_text())["events"] == after["events"]


@pytest.mark.parametrize("part", [".journal/lock", ".journal", ".backup"])
def test_no_symbolic_link_leads_out_of_the_folder(mltalks: Run, tmp_path: Path, own: Path, part: str) -> None:
    mltalks("note", KATIB, "one")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "sessions.toml").write_text("precious")
    aside = own / part
    if aside.exists():
        aside.rename(own / "aside")
    aside.symlink_to(outside / "sessions.toml" if part == ".journal/lock" else outside)
    refused = mltalks("note", KATIB, "two")
    assert (refused.code, "nothing was changed" in refused.err, refused.err.count("\n")) == (1, True, 1)
    assert [one.read_text() for one in outside.iterdir()] == ["precious"]
    assert sessions(own)[KATIB]["note"] == "one"


def test_the_backup_of_a_linked_file_is_a_file(mltalks: Run, tmp_path: Path, own: Path) -> None:
    own.mkdir(parents=True)
    (tmp_path / "kept.toml").write_text("# kept\n")
    (own / "sessions.toml").symlink_to(tmp_path / "kept.toml")
    assert mltalks("note", KATIB, "one").code == 0
    assert (own / ".backup/sessions.toml").read_text() == "# kept\n"
    assert (own / "sessions.toml").is_symlink()


ODD_CHANGES = [
    {"file": "../../etc/passwd"}, {"file": ".."}, {"file": ""}, {"file": "a\0.toml"}, {"file": 7}, {"number": 10**30}, {"number": "2"},
    {"about": "abc"}, {"about": [1]}, {"time": None}, {"pieces": None}, {"undoes": "1"}, {"more": 1},
    {"pieces": [{"start": -1, "old": "", "new": "", "length": 0, "before": "", "after": ""}]},
    {"pieces": [{"start": 0, "old": "\ud800", "new": "", "length": 0, "before": "", "after": ""}]},
    {"pieces": [{"start": "0", "old": 5, "new": 7, "length": 0, "before": "", "after": ""}]},
]  # fmt: skip


def put(store: UserStore, file: Path, text: str) -> None:
    with store.locked():
        old = store.read(file)
        store.write(old, [Splice(0, len(old.text), text)], "add", ["a"])


def test_undo_stops_at_an_invalid_entry_of_the_journal(own: Path) -> None:
    mine, entries = UserStore(own), own / ".journal"
    put(mine, own / "sessions.toml", "# a\n")
    (noted,) = mine.changes()
    whole = json.loads(journal.encoded(noted)) | {"number": 2, "was": "x"}
    for odd in ODD_CHANGES:
        (entries / "00000002.json").write_text(json.dumps(whole | odd))
        unreadable: list[Path] = []
        assert (mine.changes(unreadable), unreadable) == ([noted], [entries / "00000002.json"]), odd
        with pytest.raises(MltalksError, match=r"nothing was changed: .*00000002\.json"):
            mine.undo()
    (entries / "00000003.json").mkdir()
    (entries / "00000004.json").symlink_to(own / "nowhere")
    for number in (4, 3, 2):
        with pytest.raises(MltalksError, match=f"0000000{number}"):
            mine.undo(number=1)
        (entries / f"0000000{number}.json").rename(own / f"moved-{number}")
    ((undone, _),) = mine.undo()
    assert (undone, (own / "sessions.toml").exists()) == (noted, False)


CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"


def test_a_conflict_in_the_journal_stops_undo_and_redo_and_loses_no_entry(mltalks: Run, own: Path) -> None:
    mltalks("tag", KATIB, "one")
    mltalks("tag", KATIB, "two")
    mltalks("undo")
    before, newest = (own / "sessions.toml").read_bytes(), own / ".journal/00000003.json"
    newest.write_text(CONFLICT.format(newest.read_text(), newest.read_text()))
    for command in (["undo"], ["undo", "--dry-run"], ["undo", "--change", "1"], ["redo"]):
        refused = mltalks(*command)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert f"nothing was changed: the entry {newest} of the history cannot be read" in refused.err
    assert (own / "sessions.toml").read_bytes() == before
    listed = mltalks("log", "--json")
    assert [one["number"] for one in json.loads(listed.out)] == [2, 1]
    assert f"the entry {newest} of the history cannot be read" in listed.err
    mltalks(
        "tag", KATIB, "three"
    )  # does not take the second entry, whose change is taken back, for one that was not made
    assert [one["number"] for one in json.loads(mltalks("log", "--json").out)] == [4, 2, 1]


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_is_undone_in_a_file_with_a_conflict(mltalks: Run, own: Path, command: str) -> None:
    for tag in ("one", "two"):
        mltalks("tag", KATIB, tag)
    if command == "redo":
        mltalks("undo")
    text = (own / "sessions.toml").read_text() + CONFLICT.format("# mine\n", "# theirs\n")
    (own / "sessions.toml").write_text(text)
    refused = mltalks(command)
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert f"{own / 'sessions.toml'}:{text.count(chr(10)) - 4}: " in refused.err
    assert "a merge is not resolved" in refused.err
    assert (own / "sessions.toml").read_text() == text


def test_the_journal_of_one_file_changes_no_other(own: Path) -> None:
    put(UserStore(own), own / "other.toml", "# other\n")
    (own / ".journal").rename(own / ".mine.toml.journal")
    assert UserStore(own / "mine.toml").undo() == []
    assert (own / "other.toml").read_text() == "# other\n"


def test_invalid_changes_by_hand_are_errors_and_kept(mltalks: Run, own: Path) -> None:
    own.mkdir(parents=True)
    text = f'[[sessions]]\nid = "{KATIB}"\ntags = 5\nnote = 3.5\n'
    (own / "sessions.toml").write_text(text)
    for arguments in (["tag", KATIB, "a"], ["note", KATIB, "a"]):
        refused = mltalks(*arguments)
        assert (refused.code, refused.err) == (3, mltalks("list").err)
    assert (own / "sessions.toml").read_text() == text


def test_a_copy_of_a_file_in_the_folder_is_one_problem_that_says_what_differs(
    mltalks: Run, own: Path
) -> None:
    mltalks("add", "Talk of the team", "--event", EVENT, "--id", "one", "--speaker", "Ann Fox (Example Ltd)")
    mltalks("add", "Another one", "--event", EVENT, "--id", "two")
    copy = own / "sessions (Tom's conflicted copy 2027-01-10).toml"
    copy.write_text((own / "sessions.toml").read_text().replace("Another one", "Another 1"))
    refused = mltalks("list", "event:" + EVENT)
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert f"sessions.toml: records that are also in {copy}: 3; different: two; " in refused.err
    assert "1 error" in mltalks("validate").err
    copy.write_text('[[sessions]]\nid = "one"\nnote = "mine"\n')
    found = mltalks("validate")
    assert ("different: one;" in found.out, "is ignored" in found.out) == (True, False)
    assert "1 error" in found.err


@pytest.mark.parametrize(
    "command",
    [["tag", KATIB, "a"], ["tag", KATIB, "a", "--dry-run"], ["remove", "twice", "--yes"], ["add", "New", "--event", EVENT],
     ["edit", "twice", "--url", "https://example.org"], ["accept", KATIB, "model-serving"], ["event", "remove", "x", "--yes"],
     ["alias", "Example Ltd", "--new"], ["import", str(ROOT / "tests/data/odd-own-talks.toml")]],
    ids=" ".join,
)  # fmt: skip
def test_a_change_is_refused_while_no_list_can_be_read(
    mltalks: Run, own: Path, command: Sequence[str]
) -> None:
    mltalks("add", "A talk that is in two files", "--event", EVENT, "--id", "twice")
    text = (own / "sessions.toml").read_text()
    (own / "team.toml").write_text(text[text.index("[[sessions]]") :])
    before = {file.name: file.read_bytes() for file in own.glob("*.toml")}
    refused, listed = mltalks(*command), mltalks("list")
    assert (refused.code, refused.out, refused.err) == (3, "", listed.err)
    assert (
        f"team.toml: records that are also in {own / 'sessions.toml'}: 1, all of them the same" in listed.err
    )
    assert {file.name: file.read_bytes() for file in own.glob("*.toml")} == before
    assert mltalks("undo").code == 0
    assert mltalks("list", "-q").code == 0


def test_a_writer_killed_after_the_backup_leaves_no_temporary_file(own: Path) -> None:
    mine, file = UserStore(own), own / "sessions.toml"
    put(mine, file, "# a\n")
    (own / ".backup").mkdir(exist_ok=True)
    os.link(file, own / ".backup/sessions.toml")
    put(mine, file, "# b\n")
    assert {one.name for one in (own / ".backup").iterdir()} <= {"sessions.toml", ".gitignore"}


def test_changes_go_to_the_file_that_has_the_record(mltalks: Run, tmp_path: Path, own: Path) -> None:
    own.mkdir(parents=True)
    record = '[[sessions]]\nid = "own-{0}"  # {0}\nevent = "opml19"\ntitle = "Q&amp;A  {0}"\nkind = "talk"\n'
    for name in ("a", "b"):
        (own / f"{name}.toml").write_text(record.format(name))
    fixed = mltalks("doctor", "event:opml19", "--fix")
    assert "sessions corrected: 2" in fixed.err
    assert [one["file"] for one in json.loads(mltalks("log", "--json").out)] == ["b.toml", "a.toml"]
    assert "Q&A b" in (own / "b.toml").read_text()
    talks = tmp_path / "talks.jsonl"
    talks.write_text(
        '{"id": "own-b", "title": "B", "event": "opml19"}\n{"title": "New", "event": "opml19"}\n'
    )
    assert "1 added, 1 changed" in mltalks("import", str(talks)).err
    assert (own / "b.toml").read_text() == record.format("b").replace("Q&amp;A  b", "B")
    assert list(sessions(own)) == ["opml19-new"]
    assert mltalks("tag", "own-a", "t").code == 0
    assert 'tags = ["t"]' in (own / "a.toml").read_text()
    for _ in range(3):  # commands, two of which changed two files
        assert mltalks("undo").code == 0
    assert {one.name: one.read_text() for one in own.glob("*.toml")} == {
        f"{name}.toml": record.format(name) for name in ("a", "b")
    }


def test_a_fix_that_would_not_show_is_neither_made_nor_counted(
    mltalks: Run, tmp_path: Path, own: Path
) -> None:
    later = tmp_path / "later.toml"
    later.write_text(
        '[[sessions]]\nid = "later"\nevent = "opml19"\ntitle = "Q&amp;A on  serving"\nkind = "talk"\n'
    )
    result = mltalks("doctor", "id:later", "--fix", "--data", str(later), "--json")
    assert "nothing was changed" in result.err
    assert any(one["mechanical"] for one in json.loads(result.out))
    assert not list(own.glob("*.toml"))


def test_a_dry_run_names_the_lines_of_the_file(mltalks: Run, own: Path) -> None:
    for number in range(5):
        mltalks("add", f"Talk {number}", "--event", EVENT)
    file = own / "sessions.toml"
    lines = file.read_text().splitlines()
    shown = mltalks("edit", "ml-meetup-2025-talk-3", "--title", "Other", "--note", "n", "--dry-run").out
    heading, *hunk = shown.splitlines()[2:]
    start, length, new_start, new_length = map(int, re.findall(r"\d+", heading))
    assert start == new_start > 1
    assert lines[start - 1 :][:length] == [line[1:] for line in hunk if line[0] in " -"]
    mltalks("edit", "ml-meetup-2025-talk-3", "--title", "Other", "--note", "n")
    changed = file.read_text().splitlines()
    assert changed[new_start - 1 :][:new_length] == [line[1:] for line in hunk if line[0] in " +"]


def test_a_failing_command_leaves_no_files(mltalks: Run, own: Path) -> None:
    for arguments in (
        ["tag", "nosuch", "a"],
        ["tag", KATIB, "two words"],
        ["add", "T", "--event", "nosuch"],
        ["edit", KATIB, "--event", "New Event"],
        ["alias", "X", "No Such Company"],
        ["accept", KATIB, "nosuch"],
        ["remove", KATIB, "--yes"],
    ):
        assert mltalks(*arguments).code != 0, arguments
    assert not own.exists()
    mltalks("tag", KATIB, "a")
    before = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    assert mltalks("tag", "nosuch", "a").code == 4
    assert {file: file.read_bytes() for file in own.rglob("*") if file.is_file()} == before


def test_names_are_resolved_by_one_rule(mltalks: Run, own: Path) -> None:
    for typed in (
        "workflow-orchestration",
        "WORKFLOW ORCHESTRATION",
        "ｗｏｒｋｆｌｏｗ orchestration",
        "ワークフロー管理",
    ):
        for arguments in (["accept", KATIB, typed], ["edit", KATIB, "--theme", typed]):
            assert mltalks(*arguments).code == 0, arguments
            mltalks("undo")
    for typed in ("workflow-orchestratoin", "orchestration"):
        for arguments in (
            ["accept", KATIB, typed],
            ["reject", KATIB, typed],
            ["edit", KATIB, "--theme", typed],
        ):
            refused = mltalks(*arguments)
            assert (refused.code, f'no theme "{typed}"' in refused.err) == (4, True), arguments
    assert mltalks("edit", KATIB, "--event", "USENIX OPML ’20").code == 0
    assert sessions(own)[KATIB]["event"] == "opml20"
    refused = mltalks("edit", KATIB, "--event", "opmlx")
    assert (refused.code, 'no event "opmlx"' in refused.err) == (2, True)


def test_undo_reads_each_file_once(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, file = UserStore(own), own / "sessions.toml"
    for text in ("# a\n", "# b\n", "# c\n"):
        put(store, file, text)
    opened: list[str] = []
    for name in ("read_bytes", "read_text"):
        read = getattr(Path, name)

        def noting(path: Path, *arguments: str, read: Any = read, **more: str) -> Any:
            opened.append(path.name)
            return read(path, *arguments, **more)

        monkeypatch.setattr(Path, name, noting)
    assert len(UserStore(own).undo()) == 1
    assert sorted(opened) == ["00000003.json", "00000003.json", "sessions.toml"]


def test_a_file_system_without_links_keeps_a_backup_too(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    store, file = UserStore(own), own / "sessions.toml"
    for text in ("# a\n", "# b\n"):
        put(store, file, text)
    assert (own / ".backup/sessions.toml").read_text() == "# a\n"
    assert {one.name for one in (own / ".backup").iterdir()} <= {"sessions.toml", ".gitignore"}


@pytest.mark.slow
def test_where_there_are_no_file_locks_data_are_read_and_not_changed(
    tmp_path: Path, excerpt: Path, own: Path
) -> None:
    own.mkdir(parents=True)
    (own / "sessions.toml").write_text(f'[[sessions]]\nid = "{KATIB}"\ntags = ["a"]\n')
    code = (
        "import sys; sys.modules['fcntl'] = None\n"
        "from pathlib import Path; from tests.excerpted import main, use; use(Path(sys.argv.pop(1))); sys.exit(main())"
    )
    env = environment(tmp_path, {"PYTHONPATH": str(ROOT)})

    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-c", code, excerpt, *arguments],
            env=env, capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    for arguments in (
        ["list", "tag:a"], ["search", "latency", "-n", "1"], ["show", KATIB], ["validate"], ["log"], ["decisions"],
        ["export", "tag:a", "-O", "talks.json"], ["tag", KATIB, "b", "--dry-run"], ["import", "talks.json", "--dry-run"],
    ):  # fmt: skip
        assert run(*arguments)[0] == 0, arguments
    assert run("undo")[2] == "mltalks: error: nothing to undo\n"
    message = "mltalks: error: this system has no file locks, so your data cannot be changed on it\n"
    for arguments in (["tag", KATIB, "b"], ["add", "T", "--event", EVENT], ["accept", KATIB, "aiops"]):
        assert run(*arguments) == (1, "", message)
    assert run("tag", KATIB, "b", "--lang", "ja")[2].endswith("データを変更できません\n")
    assert [one.name for one in own.iterdir()] == ["sessions.toml"]


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", *named, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_people_share_a_folder_by_git_and_only_its_data_conflict(mltalks: Run, tmp_path: Path) -> None:
    """The way of docs/howto.md: both add at the end, the lines of both are kept."""
    one, two = tmp_path / "one", tmp_path / "two"
    mltalks("tag", KATIB, "first", env={"MLTALKS_DATA": str(one)})
    git(one, "init")
    git(one, "add", ".")
    assert git(one, "ls-files").stdout.split() == ["sessions.toml"]
    git(one, "commit", "-m", "first")
    git(tmp_path, "clone", str(one), str(two))
    for folder, title in ((one, "Caches of Features"), (two, "Queues of Features")):
        added = mltalks("add", title, "--event", EVENT, env={"MLTALKS_DATA": str(folder)})
        assert added.code == 0
        git(folder, "commit", "--all", "-m", title)
        assert git(folder, "status", "--porcelain").stdout == ""
    git(two, "pull", "--no-rebase")
    assert git(two, "status", "--porcelain").stdout.split() == ["UU", "sessions.toml"]
    text, env = (two / "sessions.toml").read_text(), {"MLTALKS_DATA": str(two)}
    assert mltalks("list", env=env).code == mltalks("undo", env=env).code == 3
    assert (two / "sessions.toml").read_text() == text
    both = re.sub(r"^(<<<<<<<|>>>>>>>).*\n?", "", text, flags=re.MULTILINE).replace(
        "=======", "\n[[sessions]]"
    )
    (two / "sessions.toml").write_text(both)
    listed = mltalks("list", "event:ml-meetup-2025", "--fields", "title", env=env)
    assert (sorted(listed.out.splitlines()), listed.code) == (["Caches of Features", "Queues of Features"], 0)
    assert mltalks("validate", str(two)).code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_sees_the_one_file_of_a_project_alone(mltalks: Run, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init")
    for tag in ("a", "b"):
        mltalks("tag", KATIB, tag, env={"MLTALKS_DATA": str(project / "mltalks.toml")})
    assert git(project, "status", "--short", "--untracked-files=all").stdout == "?? mltalks.toml\n"
    assert not (project / ".gitignore").exists()


def test_a_list_that_is_changed_in_place_is_a_change(own: Path) -> None:
    shipped = Layers.read(files_of(shipped_data()), [])
    with transaction(UserStore(own), shipped, "edit") as change:
        change.session(KATIB)["keywords"].append("tuning")
    assert str(sessions(own)[KATIB]["keywords"]).endswith("'tuning']")


def test_writers_that_fail_at_once_take_no_lock_from_one_that_does_not(tmp_path: Path, own: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from mltalks.userdata.store import UserStore\n"
        "from mltalks.userdata.journal import Splice\n"
        "store = UserStore(Path(sys.argv[1]))\n"
        "for n in range(50):\n"
        "    try:\n"
        "        with store.locked():\n"
        "            if n % 5 != int(sys.argv[2]):\n"
        "                raise ValueError\n"
        "            old = store.read(store.file('sessions.toml'))\n"
        "            store.write(old, [Splice(len(old.text), len(old.text), '# a\\n')], 'add', [])\n"
        "    except ValueError:\n"
        "        pass\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(own), str(n)], env=environment(tmp_path))
        for n in range(4)
    ]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    assert (own / "sessions.toml").read_text() == "# a\n" * 40


@pytest.mark.slow
def test_many_notes_at_once_lose_nothing(
    tmp_path: Path, own: Path, excerpt: Path, server: "subprocess.Popen[str]"
) -> None:
    def write(writer: int) -> list[int]:
        return [
            Started(server, [*arguments, "-q"], environment(tmp_path), excerpt).wait().code
            for n in range(ADDS)
            for arguments in (
                ["add", f"Talk {writer} of {n}", "--event", EVENT],
                ["note", KATIB, f"note {writer}.{n}"],
            )
        ]

    with ThreadPoolExecutor(8) as writers:
        assert list(writers.map(write, range(8))) == [[0] * 2 * ADDS] * 8
    found = sessions(own)
    assert len(found) == 8 * ADDS + 1
    assert len(str(found[KATIB]["note"]).split("\n\n")) == 8 * ADDS
    assert len(list(journal.read(own / ".journal"))) == 16 * ADDS


WRITES = {
    "add": ["add", "Another", "--event", EVENT],
    "note": ["note", KATIB, "more"],
    "import": ["import", "talks.csv", "--event", EVENT],
    "undo": ["undo"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITES)
def test_a_writer_killed_at_any_moment_leaves_the_state_before_or_after(
    mltalks: Run, tmp_path: Path, own: Path, excerpt: Path, server: "subprocess.Popen[str]", name: str
) -> None:
    mltalks("add", "First", "--event", EVENT)
    mltalks("note", KATIB, "one")
    rows = "".join(f"Talk number {n},Speaker {n}\n" for n in range(300))
    (tmp_path / "talks.csv").write_text(f"title,speaker\n{rows}")
    for n in range(KILLS if name == "undo" else 0):
        mltalks("note", KATIB, f"note {n}")
    file = own / "sessions.toml"
    moment, taken = random.Random(name), 0.1
    for _ in range(KILLS):
        before = file.read_bytes()
        number = len(UserStore(own).changes())
        start = time.monotonic()
        writer = Started(server, [*WRITES[name], "-q"], environment(tmp_path), excerpt, tmp_path)
        if writer.wait(kill_after=moment.uniform(0, taken)).code == 0:
            taken = time.monotonic() - start
        text = file.read_bytes()
        tomllib.loads(text.decode())
        assert text == before or len(UserStore(own).changes()) == number + 1
    left = {one.name for one in own.iterdir()} - {".journal", ".backup", "sessions.toml"}
    mltalks("tag", KATIB, "x")  # the next writer removes temporary files
    assert not [one for one in own.rglob("*.tmp") if one.exists()], left
    assert mltalks("validate", str(own)).code == 0


def test_a_full_disk_and_a_folder_that_cannot_be_written_leave_all_as_it_is(
    mltalks: Run, tmp_path: Path, own: Path
) -> None:
    mltalks("note", KATIB, "one")
    before = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    script = "ulimit -f 0; trap '' XFSZ; exec \"$@\""
    done = subprocess.run(
        ["bash", "-c", script, "-", COMMAND, "note", KATIB, "two"],
        env=environment(tmp_path, measured=False), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "nothing was changed" in done.stderr, done.stderr.count("\n")) == (1, True, 1)
    assert {file: file.read_bytes() for file in own.rglob("*") if file.is_file()} == before
    for place, arguments in (
        ("/proc/mltalks", ["note", KATIB, "two"]),
        ("/proc/self", ["note", KATIB, "two"]),
        ("x" * 300, ["tag", KATIB, "a"]),
        ("x" * 300, ["undo"]),
    ):
        refused = mltalks(*arguments, "-q", env={"MLTALKS_DATA": place})
        assert (refused.code, refused.err.count("\n"), "cannot write" in refused.err) == (1, 1, True)


@pytest.fixture
def editor(tmp_path: Path) -> Mapping[str, str]:
    """An editor that replaces a file's text by that of the file `typed`."""
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ncat "{tmp_path}/typed" > "$1"\n')
    script.chmod(0o755)
    return {"EDITOR": str(script), "TERM": "dumb"}


AtTerminal = Callable[..., tuple[int, str]]


@pytest.fixture
def at_terminal(tmp_path: Path, excerpt: Path) -> AtTerminal:
    """Return a function that runs `mltalks` in a terminal and returns its exit code and what is on the screen."""
    import pexpect

    def run(arguments: list[str], env: Mapping[str, str], answers: Sequence[str] = ()) -> tuple[int, str]:
        program = ["-m", "tests.excerpted", str(excerpt), *arguments]
        surrounding = environment(tmp_path, {"PYTHONPATH": str(ROOT), **env})
        child = pexpect.spawn(sys.executable, program, env=surrounding, encoding="utf-8", timeout=30)
        for answer in answers:
            child.expect(": ?$|: $|]: ")
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus or 0, str(child.before)

    return run


def test_an_editor_writes_notes_and_records(
    at_terminal: AtTerminal, mltalks: Run, tmp_path: Path, own: Path, editor: Mapping[str, str]
) -> None:
    typed = tmp_path / "typed"
    typed.write_text("# A heading\n\nand [[sessions]]\n")
    assert at_terminal(["note", KATIB], editor)[0] == 0
    assert sessions(own)[KATIB]["note"] == "# A heading\n\nand [[sessions]]"
    typed.write_text(f'[[sessions]]\nid = "{KATIB}"\nvideo = "https://example.org/v"  # found\n')
    code, message = at_terminal(["edit", KATIB], editor)
    assert (code, "video https://example.org/v; no note" in message, "nothing was" in message) == (
        0,
        True,
        False,
    )
    assert "# found" in (own / "sessions.toml").read_text()
    assert "note" not in sessions(own)[KATIB]
    mltalks("undo")
    assert sessions(own)[KATIB]["note"] == "# A heading\n\nand [[sessions]]"
    typed.write_text('[[sessions]]\ntitle = "T"\nevent = "opml19"\nkind = "song"\n')
    code, message = at_terminal(["add", "--edit"], editor)
    assert (code, "is saved in" in message) == (2, True)
    kept = Path(re.findall(r"saved in\s+(\S+)", message)[0])
    assert kept.read_text() == typed.read_text()
    kept.unlink()


@pytest.mark.slow
def test_an_editor_opens_the_record_in_the_user_data(
    at_terminal: AtTerminal, mltalks: Run, tmp_path: Path, own: Path, editor: Mapping[str, str]
) -> None:
    own.mkdir(parents=True)
    file, typed = own / "sessions.toml", tmp_path / "typed"
    file.write_text(COMMENTED)
    before = f'[[sessions]]  # the tuner\nid = "{KATIB}"   # as shipped\n# what I keep it for\ntags = [\n  "survey",  # for the paper\n  "automl",\n]\n'
    typed.write_text(before)
    code, message = at_terminal(["edit", KATIB], editor)
    assert (code, "nothing was changed" in message, file.read_text()) == (0, True, COMMENTED)
    typed.write_text(before.replace('"automl",', '"automl", "mine", # new'))
    assert at_terminal(["edit", KATIB, "--dry-run"], editor)[0] == 0
    assert file.read_text() == COMMENTED
    assert at_terminal(["edit", KATIB], editor)[0] == 0
    assert file.read_text() == COMMENTED.replace('"automl",', '"automl", "mine", # new')
    for wrong, why in (
        (before.replace(KATIB, "other"), "the id cannot be changed here"),
        ("[[sessions]]\ntags = []\n", "the id cannot be changed here"),
        (before + 'event = "nosuch"\n', "no event"),
        (f"{before}[[sessions]]\nid = 'b'\n", "write exactly one session"),
        ("[[sessions]\n", "not valid TOML"),
    ):
        typed.write_text(wrong)
        code, message = at_terminal(["edit", KATIB], editor)
        assert (code != 0, why in message, "is saved in" in message) == (True, True, True), wrong
        Path(re.findall(r"saved in (\S+)", message)[0]).unlink()
    typed.write_text('[[sessions]]\nid = "own-one"\ntitle = "A"\n')
    assert "is missing" in at_terminal(["edit", "own-one"], editor)[1]
    typed.write_text('[[sessions]]\ntitle = "T"\n')
    code, message = at_terminal(["add", "--edit"], editor)
    assert (code, "event: is missing; your text is saved in" in message) == (2, True)


@pytest.mark.slow
def test_an_editor_shows_the_fields_that_the_user_has_not_set_as_comments(
    at_terminal: AtTerminal, tmp_path: Path, own: Path
) -> None:
    def edited(program: str) -> str:
        script, seen = tmp_path / "editor", tmp_path / "seen"
        script.write_text(f'#!/bin/sh\ncat "$1" > "{seen}"\n{program}\n')
        script.chmod(0o755)
        assert at_terminal(["edit", KATIB], {"EDITOR": str(script), "TERM": "dumb"})[0] == 0
        return seen.read_text()

    uncomment = """sed -i 's/^# track = .*/track = "Systems"/' "$1"; echo '# mine' >> "$1"; echo '# minutes =' >> "$1\""""
    shown = edited(uncomment)
    assert shown.startswith(f'[[sessions]]\nid = "{KATIB}"\n# event = "opml19"\n# title = "Katib:')
    assert "\n# minutes =\n" in shown
    file = own / "sessions.toml"
    assert file.read_text() == f'[[sessions]]\nid = "{KATIB}"\ntrack = "Systems"\n# mine\n'
    shown = edited("true")
    assert '\ntrack = "Systems"\n# event = "opml19"\n# title = "Katib:' in shown
    assert "# track =" not in shown
    assert file.read_text() == f'[[sessions]]\nid = "{KATIB}"\ntrack = "Systems"\n# mine\n'
    file.write_text(f'[[sessions]]\nid = "{KATIB}"\n  [[sessions.speakers]]\n  name = "Ada"')
    shown = edited("""sed -i 's/^# minutes =/minutes = 20/' "$1\"""")
    assert shown.index("# title") < shown.index("[[sessions.speakers]]")
    assert file.read_text() == (
        f'[[sessions]]\nid = "{KATIB}"\nminutes = 20\n  [[sessions.speakers]]\n  name = "Ada"\n'
    )


@pytest.mark.slow
def test_a_missing_or_failing_editor_is_an_error(
    at_terminal: AtTerminal, mltalks: Run, tmp_path: Path, own: Path
) -> None:
    code, message = at_terminal(["note", KATIB], {"EDITOR": "/no/such/editor", "TERM": "dumb"})
    assert (code, "cannot run the editor /no/such/editor: No such file" in message) == (1, True)
    code, message = at_terminal(["note", KATIB], {"EDITOR": "false", "TERM": "dumb"})
    assert (code, "the editor false failed; your text is saved in" in message) == (1, True)
    Path(re.findall(r"saved in (\S+)", message)[0]).unlink()
    code, message = at_terminal(["note", KATIB], {"EDITOR": "rm", "TERM": "dumb"})
    assert (code, "cannot be read" in message) == (1, True)
    code, message = at_terminal(["add", "--edit"], {"EDITOR": "true", "TERM": "dumb"})
    assert (code, "nothing was changed" in message) == (0, True)
    assert f"from standard input: mltalks note {KATIB} -" in mltalks("note", KATIB).err
    for arguments in (["edit", KATIB], ["add", "--edit"]):
        refused = mltalks(*arguments)
        assert (refused.code, "cannot open an editor without a terminal" in refused.err) == (2, True)
    assert not own.exists()


@pytest.mark.slow
def test_add_prompts_for_missing_values_on_a_terminal(
    at_terminal: AtTerminal, tmp_path: Path, own: Path
) -> None:
    answers = [
        "",
        "A talk",
        "nosuch",
        EVENT,
        "no day",
        "2025-03-04 9:30",
        "long",
        "30",
        "Main Hall",
        "keynote",
        "Ada (Google)",
        "",
        "",
        "",
        "not a link",
        "",
        "",
        "",
        "mine",
    ]
    code, message = at_terminal(["add"], {"TERM": "dumb"}, answers)
    assert code == 0, message
    assert sessions(own)["ml-meetup-2025-talk"] == {
        "id": "ml-meetup-2025-talk", "title": "A talk", "event": "ml-meetup-2025", "kind": "keynote",
        "date": "2025-03-04T09:30", "minutes": 30, "room": "Main Hall", "speakers": [{"name": "Ada", "organization": "Google"}], "note": "mine",
    }  # fmt: skip


TEXTS = st.text(alphabet=st.sampled_from(list("ab\"'\\#[]\n= ")), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["sessions", "events"]), TEXTS), max_size=5))
@settings(max_examples=300, deadline=None)
def test_every_record_is_found_at_its_place(records: list[tuple[str, str]]) -> None:
    from mltalks.dataset.toml.parser import record_text

    text = "".join(
        f"# {n}\n{record_text({'id': str(n), 'note': note_text}, table)}\n"
        for n, (table, note_text) in enumerate(records)
    )
    found = spans(text)
    assert [one.table for one in found] == [table for table, _ in records]
    for one, (table, note_text) in zip(found, records, strict=True):
        (record,) = tomllib.loads(text[one.start : one.end])[table]
        assert record["note"] == note_text
    document = TomlDocument(Path("x"), text)
    if records:
        table = records[0][0]
        document.remove(table, 0)
        gone = spliced(text, document.splices())
        assert len(tomllib.loads(gone).get(table, [])) == sum(one == table for one, _ in records) - 1
        assert comments_of(gone) == [f"# {n}" for n in range(len(records))]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), TEXTS), max_size=3))
def test_splices_are_taken_back(text: str, some: list[tuple[int, int, str]]) -> None:
    splices, at = [], 0
    for start, length, new in sorted(some):
        first = max(at, min(start, len(text)))
        at = min(first + length, len(text))
        splices.append(Splice(first, at, new))
    after = spliced(text, splices)
    change = journal.Change(1, "", "", (), "", "", "", journal.pieces(text, splices))
    assert spliced(after, journal.inverse(change)) == text


def test_a_title_of_another_event_is_named_unless_it_has_other_speakers(mltalks: Run, own: Path) -> None:
    title = json.loads(mltalks("show", "opml19-katib", "--json").out)["title"]
    same = "has the same title as opml19-katib"
    assert same in mltalks("add", title, "--event", "arXiv 2018").err
    assert same in mltalks("add", title, "--event", "Night 2031", "--speaker", "Jinan Zhou").err
    assert same not in mltalks("add", title, "--event", "Night 2032", "--speaker", "Ann Fox").err
    mltalks("add", "推論サーバの話", "--event", "Night 2032", "--speaker", "Ann Fox")
    again = mltalks("add", "推論サーバーの話", "--event", "Night 2032", "--speaker", "Ann Fox")
    assert "has the same title as" in again.err


def test_a_tag_that_others_have_is_not_called_unknown(mltalks: Run, own: Path) -> None:
    mltalks("tag", "opml19-katib", "soup")
    assert (
        'none of these sessions has the tag "soup"' in mltalks("tag", "opml19-tony", "--remove", "soup").err
    )


def test_a_speaker_is_offered_no_place_among_the_organizations(mltalks: Run, own: Path) -> None:
    refused = mltalks("alias", "J. Zhou", "Jinan Zhou")
    assert (refused.code, "mltalks edit --rename-speaker 'J. Zhou=Jinan Zhou'" in refused.err) == (2, True)
