"""The journal: undo and redo lead exactly through the states that the user data had."""

import json
import random
from pathlib import Path

import pytest

from mltalks.errors import MltalksError
from mltalks.userdata.layers import Layers
from mltalks.userdata.store import UserStore
from mltalks.userdata.transaction import transaction
from tests.conftest import Run

KATIB = "opml19-katib"
RECORD = '[[sessions]]\nid = "{id}"\nevent = "e26"\ntitle = "T"\nkind = "talk"\n'


def state(own: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in own.glob("*.toml")}


def change_at_random(own: Path, chance: random.Random) -> None:
    """Tag, note or remove some sessions, which may be in several files, or add one."""
    with transaction(UserStore(own), Layers({}, {}, {}), "change") as change:
        ids = list(change.known.ids("sessions"))
        if not ids or chance.random() < 0.3:
            change.add(
                "sessions",
                {"id": f"s{chance.randrange(10**9)}", "event": "e26", "title": "T", "kind": "talk"},
            )
            return
        for one in chance.sample(ids, min(len(ids), chance.randrange(1, 4))):
            if chance.random() < 0.2:
                change.remove(one)
            else:
                change.session(one)[chance.choice(["tags", "keywords"])] = chance.choice(
                    [["a"], ["b", "ü"], []]
                )


@pytest.mark.parametrize("seed", range(8))
def test_undo_and_redo_lead_through_the_same_states(tmp_path: Path, seed: int) -> None:
    """A new change ends what can be redone; `at` is the place in the states so far."""
    own, chance = tmp_path / "own", random.Random(seed)
    if seed % 4:  # otherwise the first change makes the folder and the file
        own.mkdir()
        for name, end in (("a", "\r\n"), ("b", "\n")):
            text = "# mine\n" + "".join(RECORD.format(id=f"{name}{n}") + "\n" for n in range(3))
            (own / f"{name}.toml").write_bytes(
                text.replace("\n", end).encode("utf-8-sig" if seed % 2 else "utf-8")
            )
    states, at = [state(own)], 0
    for _ in range(60):
        steps = chance.choice([1, 1, 2, 3])
        match chance.choice(["change", "change", "undo", "redo"]):
            case "change":
                change_at_random(own, chance)
                if state(own) != states[at]:
                    states, at = [*states[: at + 1], state(own)], at + 1
            case "undo":
                done = UserStore(own).undo(steps=steps)
                at -= steps if at >= steps else 0
                assert len({one.step for one, _ in done}) == min(steps, at + steps) or at < steps
            case "redo":
                UserStore(own).redo(steps=steps)
                at += steps if at + steps < len(states) else 0
        assert state(own) == states[at]


def test_a_command_is_undone_in_all_its_files(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text(RECORD.format(id=name))
    before = state(tmp_path)
    with transaction(UserStore(tmp_path), Layers({}, {}, {}), "tag") as change:
        for name in "ab":
            change.session(name)["tags"] = ["x"]
    after = state(tmp_path)
    assert after["a.toml"] != before["a.toml"]
    assert after["b.toml"] != before["b.toml"]
    UserStore(tmp_path).undo()
    assert state(tmp_path) == before
    UserStore(tmp_path).redo()
    assert state(tmp_path) == after
    (tmp_path / "a.toml").write_text(RECORD.format(id="a"))  # so that one of both cannot be undone
    with pytest.raises(MltalksError, match="was edited"):
        UserStore(tmp_path).undo()
    assert state(tmp_path)["b.toml"] == after["b.toml"]


def test_several_changes_are_undone_and_redone(mltalks: Run) -> None:
    for tag in ("a", "b", "c"):
        mltalks("tag", KATIB, tag)
    assert mltalks("undo", "2").err.splitlines() == [f"mltalks: undone: tag {KATIB}"] * 2
    assert mltalks("list", "tag:b", "-o", "ids", "-q").out == ""
    assert "only 1 of 2 changes" in mltalks("undo", "2").err
    assert (
        mltalks("redo", "2", "--lang", "ja").err.splitlines() == [f"mltalks: やり直しました: tag {KATIB}"] * 2
    )
    assert mltalks("list", "tag:c", "-o", "ids").out == f"{KATIB}\n"
    assert "nothing to redo" in mltalks("redo").err
    assert [one["undone"] for one in json.loads(mltalks("log", "--json").out)][-3:] == [False, False, False]
    (number,) = (
        mltalks("mark", "opml19-tony", "watched", "-o", "json").out.split('"number": ')[1].split(",")[:1]
    )
    mltalks("tag", "opml19-deepcpu", "d")
    assert mltalks("undo", "--change", number).err == "mltalks: undone: mark opml19-tony\n"
    assert mltalks("list", "tag:d", "OR", "mark:watched", "-o", "ids").out == "opml19-deepcpu\n"
    assert f"no change {number} that can be undone" in mltalks("undo", "--change", number).err
    assert mltalks("undo", "0").code == 2


def test_a_change_is_undone_alone_though_the_record_beside_it_was_changed(
    mltalks: Run, tmp_path: Path
) -> None:
    (tmp_path / "v1.csv").write_text("title,speaker\nCheap nets,Ann Fox\nTesting boats,Bob Hill\n")
    mltalks("import", "v1.csv", "--event", "Barge Days 2031", cwd=tmp_path)
    mltalks("add", "Late talk", "--event", "barge-days-2031")
    mltalks("edit", "barge-days-2031-cheap-nets", "--kind", "keynote")
    mltalks("edit", "barge-days-2031-testing-boats", "--kind", "panel")
    assert mltalks("undo", "--change", "2").err == "mltalks: undone: add barge-days-2031-late-talk\n"
    found = mltalks("list", "event:barge-days-2031", "--fields", "title,kind", "--sort", "title").out
    assert found == "Cheap nets\tkeynote\nTesting boats\tpanel\n"
    assert "later ones changed the same records: 3, 4" in mltalks("undo", "--change", "1").err
    mltalks("redo")
    assert "Late talk" in mltalks("list", "event:barge-days-2031").out


def test_the_history_names_the_user_of_each_change(mltalks: Run) -> None:
    mltalks("tag", KATIB, "a", env={"LOGNAME": "ann"})
    mltalks("note", KATIB, "x", env={"LOGNAME": "bob"})
    assert mltalks("log", "--fields", "command,user").out == "note\tbob\ntag\tann\n"
    assert "was one of bob" in mltalks("undo", env={"LOGNAME": "ann"}).err
    assert mltalks("undo", env={"LOGNAME": "ann"}).err == f"mltalks: undone: tag {KATIB}\n"


def test_the_log_of_a_change_has_only_the_lines_that_differ_under_the_id(mltalks: Run) -> None:
    mltalks("event", "add", "Barge Days 2031", "--date", "2031-05-01..2031-05-02", "--place", "Nara")
    mltalks("event", "edit", "barge-days-2031", "--date", "2031-06-01..2031-06-02")
    mltalks("add", "One", "--event", "barge-days-2031", "--keyword", "x")
    mltalks("edit", "barge-days-2031-one", "--add-keyword", "y", "--track", "Boats")
    mltalks("remove", "barge-days-2031-one", "--yes")
    head, *changed = mltalks("log", "2").out.splitlines()
    assert " event edit sessions.toml" in head
    assert changed == [
        "@@ barge-days-2031 @@",
        '-start_date = "2031-05-01"', '-end_date = "2031-05-02"',
        '+start_date = "2031-06-01"', '+end_date = "2031-06-02"',
    ]  # fmt: skip
    assert mltalks("log", "4").out.splitlines()[1:] == [
        "@@ barge-days-2031-one @@", '-keywords = ["x"]', '+keywords = ["x", "y"]', '+track = "Boats"',
    ]  # fmt: skip
    added, removed = (mltalks("log", number).out.splitlines()[1:] for number in ("3", "5"))
    assert {line[0] for line in added} == {"+"}
    assert {line[0] for line in removed} == {"-"}


def test_a_damaged_entry_stops_no_undo_of_newer_changes(mltalks: Run, tmp_path: Path) -> None:
    for tag in ("a", "b", "c"):
        mltalks("tag", KATIB, tag)
    history = sorted((tmp_path / ".local").rglob("0000000*.json"))
    history[1].write_text("{")
    assert mltalks("undo").err == f"mltalks: undone: tag {KATIB}\n"
    assert "cannot be read" in mltalks("undo").err
    assert mltalks("list", "tag:b", "-o", "ids").out == f"{KATIB}\n"
