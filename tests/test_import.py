"""Sessions of other programs: imported completely or reported, and exported again."""

import json
import signal
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mltalks.exchange.exporters.registry import EXPORTERS
from mltalks.exchange.importers.registry import IMPORTERS
from mltalks.exchange.plugins import Registry
from tests import pyvideo_tree
from tests.conftest import COMMAND, ROOT, Result, Run, environment

pytestmark = pytest.mark.excerpt

TALKS = ROOT / "tests" / "data" / "talks.csv"
KATIB = "opml19-katib"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / ".local/share/mltalks" / "sessions.toml"


def sessions(own: Path) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in tomllib.loads(own.read_text(encoding="utf-8"))["sessions"]}


def test_a_table_is_imported_once(mltalks: Run, own: Path) -> None:
    dry = mltalks("import", str(TALKS), "--dry-run")
    assert "would add 3, change 0 and skip 1; 0 already present, 1 rejected" in dry.err
    assert not own.exists()
    result = mltalks("import", str(TALKS))
    assert (result.code, result.out) == (3, "")
    assert f"{TALKS}:4: has no title" in result.err
    assert (
        'slides: "notalink" is not a link; it must start with https:// or http://; it is left out'
        in result.err
    )
    assert "new events: ml-meetup-2025 (series ML Meetup), ml-meetup-2024 (series ML Meetup)" in result.err
    assert list(sessions(own)) == [
        "ml-meetup-2025-feature-stores-scale",
        "ml-meetup-2025-low-latency-ranking",
        "ml-meetup-2024-推論サーバーの話",
    ]
    assert mltalks("validate", str(own)).code == 0
    before = own.read_bytes()
    again = mltalks("import", str(TALKS))
    assert "0 added, 0 changed, 0 skipped; 3 already present" in again.err
    assert f"joined with the first row of its talk: 1 ({TALKS}:6 " in again.err
    assert own.read_bytes() == before
    assert mltalks("search", "推論サーバー", "event:ml-meetup-2024", "-o", "ids").out.startswith(
        "ml-meetup-2024"
    )
    mltalks("undo")
    assert not own.exists()


@pytest.mark.slow
def test_json_of_mltalks_changes_nothing(
    mltalks: Run, shell: Callable[[str], Result], tmp_path: Path, own: Path
) -> None:
    for arguments in (
        ["note", KATIB, "one"], ["tag", KATIB, "a"], ["accept", KATIB, "aiops"], ["reject", "mlsys26-helios", "llm-inference"],
        ["add", "Mine", "--event", "ML Meetup 2025", "--speaker", "Ada (Gogle)"], ["alias", "Gogle", "Google"],
        ["edit", "opml19-deepcpu", "--title", "Another title"],
    ):  # fmt: skip
        assert mltalks(*arguments).code == 0
    before = own.read_bytes()
    file = tmp_path / "talks"
    for command in (
        "list --json",
        "search latency --json -n 0",
        "list -o jsonl",
        f"show {KATIB} --json",
        f"export id:{KATIB} --json",
    ):
        file.write_text(mltalks(*command.split(), "-q").out)
        result = mltalks("import", str(file))
        assert (result.code, " 0 added, 0 changed, 0 skipped" in f" {result.err}") == (0, True), (
            command,
            result.err,
        )
    piped = shell("mltalks export --json -q | mltalks import -")
    assert (piped.code, " 0 added, 0 changed, 0 skipped" in f" {piped.err}") == (0, True), piped.err
    assert own.read_bytes() == before


def test_different_values_override_the_loaded_ones(mltalks: Run, tmp_path: Path, own: Path) -> None:
    (record,) = json.loads(mltalks("list", f"id:{KATIB}", "--json").out)
    record |= {"title": "Katib, renamed", "video": "https://example.org/v", "summary": None}
    file = tmp_path / "one.json"
    file.write_text(json.dumps([record]))
    printed = json.loads(mltalks("import", str(file), "--json").out)
    assert printed == [
        {
            "outcome": "change", "id": KATIB, "title": record["title"].replace("Katib, renamed", printed[0]["title"]),
            "fields": ["title", "video"], "reason": None, "place": f"{file}:1", "event": "opml19", "key": KATIB,
            "changes": [
                "title: Katib: A Distributed General AutoML Platform on Kubernetes → Katib, renamed",
                "video: – → https://example.org/v",
            ],
        }
    ]  # fmt: skip
    assert sessions(own)[KATIB] == {"id": KATIB, "title": "Katib, renamed", "video": "https://example.org/v"}
    mltalks("tag", KATIB, "a")
    record["title"] = "Katib, again"
    file.write_text(json.dumps([record]))
    assert "0 added, 1 changed" in mltalks("import", str(file)).err
    assert sessions(own)[KATIB]["title"] == "Katib, again"
    assert sessions(own)[KATIB]["tags"] == ["a"]


def test_a_value_that_is_false_is_one_and_no_missing_value(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "t.json"
    title = json.loads(mltalks("show", KATIB, "--json").out)["title"]
    for value in (True, False, False):
        file.write_text(json.dumps({"id": KATIB, "title": title, "slides_public": value}))
        imported = mltalks("import", str(file))
        assert sessions(own)[KATIB] == {"id": KATIB, "slides_public": value}
    assert "1 already present" in imported.err


def test_duplicates_are_found_by_doi_and_similar_title(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "talks.jsonl"
    rows = [
        {"title": "Efficient serving of large models", "doi": "10.1145/3342195"},
        {"title": "Quite another title", "doi": "https://doi.org/10.1145/3342195"},
        {"title": "Efficient Serving of Large Modles!"},
        {"title": "Efficient serving of large models, part 2"},
        {"title": "Lightning talks of the day 1"},
        {"title": "Lightning talks of the day 2"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = mltalks("import", str(file), "--event", "Reading group 2026", "--json")
    printed = json.loads(result.out)
    assert [one["outcome"] for one in printed] == ["add", "skip", "skip", "add", "add", "add"]
    assert [one["reason"].rpartition(" ")[0] for one in printed[1:3]] == [
        "has the same DOI as",
        "has nearly the same title as",
    ]
    assert "add" in mltalks("import", str(file), "--event", "Reading group 2027", "--dry-run").out
    kept = mltalks("import", str(file), "--event", "Reading group 2026", "--keep-duplicates")
    assert "6 added" in kept.err
    assert len(sessions(own)) == 10
    assert mltalks("validate", str(own)).code == 0


def test_the_event_is_known_or_made(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("title\nA talk\n")
    refused = mltalks("import", str(file))
    assert (
        refused.code,
        "has no event; --default-event sets one for the records without one" in refused.err,
    ) == (3, True)
    refused = mltalks("import", str(file), "--event", "Some Conference")
    assert (
        refused.code,
        '; for one new event, add its year: "Some Conference ' in refused.err,
        refused.err.count("\n"),
    ) == (2, True, 1)
    assert mltalks("import", str(file), "--event", "USENIX OpML '19").code == 0
    assert sessions(own)["opml19-talk"]["event"] == "opml19"
    file.write_text("title,venue,year\nAnother,MLSys,2024\nThird,PyCon,2031\nFourth,PyCon 2031,\n")
    assert mltalks("import", str(file)).code == 0
    assert {one["event"] for one in sessions(own).values()} == {"opml19", "mlsys24", "pycon-2031"}


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        ([], "give a file to import", 2),
        (["nosuch.csv"], "nosuch.csv: cannot be read", 3),
        (["x.bin"], "unknown format; set --format to one of csv, tsv", 3),
        (["t.csv", "--map", "title"], "write it as FIELD=COLUMN", 2),
        (["t.csv", "--map", "titel=a"], "titel", 2),
        (["t.csv", "--encoding", "klingon"], "unknown encoding", 2),
        (["t.csv", "--format", "word"], '"word" is not one of csv', 2),
        (["t.csv", "-O", "x"], "-O works only with --themes", 2),
        (["--url", "http://example.org/a.csv"], "https", 1),
        (["--url", "file:///etc/passwd"], "https", 1),
    ],
)
def test_usage_errors_list_the_choices(
    mltalks: Run, tmp_path: Path, arguments: list[str], message: str, code: int
) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)))
    (tmp_path / "t.csv").write_text("title\nA\n")
    result = mltalks("import", *arguments, cwd=tmp_path)
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert message in result.err
    assert result.code == code


def test_the_import_of_another_file_stops_early(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "numbers.json"
    file.write_text(json.dumps(list(range(5_000))))
    result = mltalks("import", str(file))
    assert result.code == 3
    assert "none of the first 1,000 records is a talk" in result.err
    assert result.err.count("is not an object with a title") == 999
    file.write_text(json.dumps([{"title": "A", "summary": "a" * 300_000}, {"title": "b" * 300_000}]))
    result = mltalks("import", str(file), "--event", "ML Meetup 2025", "--format", "json")
    assert (result.code, len(sessions(own))) == (0, 2)
    assert max(len(str(one)) for one in sessions(own).values()) < 250_000


def test_other_encodings_are_read_when_they_are_named(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("タイトル,講演者\n推論サーバーの話,山田太郎\n".encode("cp932"))
    refused = mltalks("import", str(file), "--event", "勉強会 2025", "--encoding", "utf-8")
    assert (refused.code, "--encoding" in refused.err) == (3, True)
    assert mltalks("import", str(file), "--event", "勉強会 2025", "--encoding", "cp932").code == 0
    (session,) = sessions(own).values()
    assert session == {
        "id": "勉強会-2025-推論サーバーの話", "event": "勉強会-2025", "title": "推論サーバーの話", "kind": "talk",
        "speakers": [{"name": "山田太郎"}],
    }  # fmt: skip


@pytest.mark.slow
def test_a_tree_of_pyvideo_is_imported_in_one_change(mltalks: Run, tmp_path: Path, own: Path) -> None:
    tree = pyvideo_tree.make(tmp_path / "tree", 300)
    result = mltalks("import", str(tmp_path / "tree"))
    odd = tree.invalid + tree.untitled + tree.nul + tree.undated
    assert result.code == 3
    assert f"{300 - odd - tree.duplicates} added, 0 changed, {tree.duplicates} skipped" in result.err
    assert f"{odd} rejected" in result.err
    found = sessions(own)
    assert {one["language"] for one in found.values()} == set(tree.languages)
    assert mltalks("validate", str(own)).code == 0
    japanese = mltalks("list", "language:ja", "-o", "ids", "-n", "0").out.split()
    assert japanese
    assert sorted(japanese) == sorted(name for name, one in found.items() if one.get("language") == "ja")


@pytest.mark.slow
def test_ctrl_c_leaves_everything_as_it_was(mltalks: Run, tmp_path: Path, own: Path) -> None:
    mltalks("tag", KATIB, "a")
    before = own.read_bytes()
    rows = "".join(f"Talk number {n} on serving\n" for n in range(6_000)).encode()
    writer = subprocess.Popen(
        [COMMAND, "import", "-", "--event", "ML Meetup 2025"],
        env=environment(tmp_path), stdin=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert writer.stdin
    writer.stdin.write(b"title\n" + rows)
    writer.stdin.flush()  # more than a pipe holds: most of it has been read, and more is waited for
    writer.send_signal(signal.SIGINT)
    _, message = writer.communicate(timeout=60)
    assert (writer.returncode, b"Traceback" in message) == (130, False)
    assert own.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("form", ["toml", "json", "jsonl", "csv", "tsv", "bibtex", "ris", "ical"])
def test_what_is_exported_is_known_when_it_is_imported(
    mltalks: Run, tmp_path: Path, own: Path, form: str
) -> None:
    mltalks("import", str(TALKS))
    mltalks("tag", "ml-meetup-2025-low-latency-ranking", "a")
    before = own.read_bytes()
    file = tmp_path / f"talks.{form}"
    exported = mltalks("export", "event:ml-meetup-2025", "--format", form, "--roundtrip", "-O", str(file))
    assert exported.code == 0
    again = mltalks("import", str(file))
    known = 0 if form == "ical" else 2  # no day is known of these
    assert f"0 added, 0 changed, 0 skipped; {known} already present, 0 rejected" in again.err
    assert own.read_bytes() == before
    mltalks("undo")
    mltalks("undo")
    taken = mltalks("import", str(file))
    assert f"{known} added" in taken.err
    if known:
        kept = sessions(own)["ml-meetup-2025-low-latency-ranking"]
        assert (kept["title"], kept["event"], kept["tags"]) == (
            "Low latency ranking",
            "ml-meetup-2025",
            ["a"],
        )
        assert kept["speakers"] == [{"name": "Grace Hopper", "organization": "Navy"}]


@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_a_clean_bibliography_changes_nothing(mltalks: Run, tmp_path: Path, own: Path, form: str) -> None:
    """The file has no organizations of speakers, and the address of a paper instead of that of the page."""
    mltalks("import", str(TALKS))
    before = own.read_bytes()
    file = tmp_path / f"talks.{form}"
    mltalks("export", "event:ml-meetup-2025 OR event:opml19", "--format", form, "-O", str(file))
    assert b"Navy" not in file.read_bytes()
    assert "0 added, 0 changed, 0 skipped; 30 already present, 0 rejected" in mltalks("import", str(file)).err
    assert own.read_bytes() == before


def test_organizations_of_speakers_stay_if_only_some_are_in_the_file(
    mltalks: Run, tmp_path: Path, own: Path
) -> None:
    talk = {"id": "a-1", "title": "On A", "event": "A 2024", "kind": "talk"}
    ada, alan = {"name": "Ada", "organization": "X"}, {"name": "Alan", "organization": "Y"}
    file = tmp_path / "talks.json"
    for speakers in ([ada, alan], [{"name": "Ada", "organization": "Z"}, {"name": "Alan"}]):
        file.write_text(json.dumps([talk | {"speakers": speakers}]))
        mltalks("import", str(file))
    assert sessions(own)["a-1"]["speakers"] == [ada | {"organization": "Z"}, alan]


def test_notes_are_exported_only_with_the_option(mltalks: Run) -> None:
    mltalks("note", KATIB, "a private thought")
    for form in ("toml", "json", "csv", "md", "bibtex", "ris", "ical", "opensearch"):
        assert "private thought" not in mltalks("export", f"id:{KATIB}", "--format", form).out
        if form != "md":
            printed = mltalks("export", f"id:{KATIB}", "--format", form, "--with-notes").out
            assert "private thought" in printed.replace("\n ", ""), form


def test_a_list_to_share_has_days_places_tracks_and_times_as_people_write_them(mltalks: Run) -> None:
    assert mltalks("export", "event:opml19", "-o", "md").out.startswith(
        "## USENIX OpML '19\n\n2019-05-20 · Santa Clara, CA, USA\n\n- "
    )
    talk = ("On serving", "--event", "Days 2031", "--date", "2031-03-01T10:00+01:00", "--minutes", "30")
    assert mltalks("add", *talk, "--track", "Systems").code == 0
    mltalks("tag", "days-2031-serving", "later")
    mltalks("note", "days-2031-serving", "First thought\n- second")
    line = "- 2031-03-01 10:00 · On serving · 30 min · Systems\n"
    assert mltalks("export", "event:days-2031", "-o", "md").out == f"## Days 2031\n\n{line}"
    own = "\n  **Note:** First thought\\\n  \\- second\n\n  **Tags:** later\n"
    assert mltalks("export", "event:days-2031", "-o", "md", "--with-notes").out.endswith(line + own)
    japanese = mltalks("export", "event:days-2031", "-o", "md", "--with-notes", "--lang", "ja").out
    assert ("**メモ:** First" in japanese, "**タグ:** later" in japanese) == (True, True)


@pytest.mark.parametrize(
    ("form", "sign"), [("bibtex", "x-mltalks-"), ("ris", "U1  - "), ("ical", "X-MLTALKS-")]
)
def test_only_a_round_trip_has_fields_that_only_mltalks_reads(mltalks: Run, form: str, sign: str) -> None:
    clean = mltalks("export", "event:opml19", "--format", form).out
    assert (len(clean) > 1_000, sign in clean) == (True, False)
    assert sign in mltalks("export", "event:opml19", "--format", form, "--roundtrip").out


@pytest.mark.parametrize("form", ["toml", "json", "jsonl", "csv", "tsv"])
def test_formats_that_hold_everything_are_the_same_in_a_round_trip(mltalks: Run, form: str) -> None:
    clean = mltalks("export", "event:opml19", "--format", form).out
    assert mltalks("export", "event:opml19", "--format", form, "--roundtrip").out == clean != ""


def test_bibtex_is_the_same_printed_and_exported(mltalks: Run) -> None:
    mltalks("note", KATIB, "a private thought")
    for query in ("event:opml19", f"id:{KATIB}"):
        printed = mltalks("list", query, "-o", "bibtex")
        assert printed.out == mltalks("export", query, "--format", "bibtex").out != ""
    assert mltalks("show", KATIB, "-o", "bibtex").out == printed.out


def test_sessions_that_a_calendar_cannot_hold_are_counted(mltalks: Run, tmp_path: Path) -> None:
    mltalks("import", str(TALKS))
    file = tmp_path / "talks.ics"
    for lang, message in (
        ("en", "left out of the calendar because they have no date: 2"),
        ("ja", "日付のない発表2件は、カレンダーに含めていません"),
    ):
        result = mltalks("export", "event:ml-meetup-2025", "-O", str(file), "--force", "--lang", lang)
        assert message in result.err


@pytest.mark.excerpt(False)
def test_talks_of_an_event_of_two_days_have_no_day_in_a_calendar(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.ics"
    result = mltalks("export", "event:sysml19", "-O", str(file))
    assert (result.code, result.err) == (
        0,
        "mltalks: sessions left out of the calendar because they have no date: 33\n",
    )
    assert "DTSTART" not in file.read_text()
    assert "DTSTART;VALUE=DATE:20190520" in mltalks("export", "event:opml19", "-o", "ical").out


@pytest.mark.excerpt
@pytest.mark.parametrize("form", ["json", "csv", "bibtex", "ical", "sqlite"])
def test_an_export_of_nothing_replaces_an_older_file(mltalks: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / "talks"
    export = ("export", "-o", form, "-O", str(file), "--force")
    mltalks(*export, "automl")
    before = file.read_bytes()
    result = mltalks(*export, "year:1990")
    assert (result.code, result.err) == (
        0,
        f"mltalks: nothing found\nmltalks: sessions written to {file}: 0\n",
    )
    assert len(file.read_bytes()) <= len(before) != 0
    if form != "sqlite":
        assert file.read_bytes() == mltalks("export", "-o", form, "year:1990").out.encode()


def test_an_export_is_whole_or_not_at_all(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.db"
    assert mltalks("export", "event:opml19", "-O", str(file)).code == 0
    assert file.read_bytes().startswith(b"SQLite format 3")
    refused = mltalks("export", "event:opml19", "-O", str(file))
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert mltalks("export", "event:opml19", "-O", str(file), "--force").code == 0
    refused = mltalks("export", "--format", "sqlite")
    assert (refused.code, "-O talks.db" in refused.err) == (2, True)
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_mechanical_findings_are_fixed(mltalks: Run, own: Path) -> None:
    own.parent.mkdir(parents=True)
    own.write_text(
        '[[sessions]]\nid = "opml19-a"\nevent = "opml19"\ntitle = "Q&amp;A on  serving"\nkind = "talk"\n'
        'url = "https://example.org/a?utm_source=x"  # mine\n'
    )
    found = json.loads(mltalks("doctor", "id:opml19-a", "--json").out)
    assert any(one["mechanical"] for one in found)
    assert "sessions corrected: 1" in mltalks("doctor", "id:opml19-a", "--fix").err
    assert sessions(own)["opml19-a"]["title"] == "Q&A on serving"
    assert sessions(own)["opml19-a"]["url"] == "https://example.org/a"
    assert "# mine" in own.read_text()
    assert "nothing was changed" in mltalks("doctor", "id:opml19-a", "--fix").err
    assert mltalks("undo").code == 0
    assert sessions(own)["opml19-a"]["title"] == "Q&amp;A on  serving"


@pytest.mark.parametrize("formats", [IMPORTERS, EXPORTERS], ids=["importers", "exporters"])
def test_built_in_formats_are_entry_points_too(formats: Registry[Any]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    assert declared[formats.group] == formats.built_in
    assert all(formats.load(name) for name in formats.built_in)


def test_an_id_that_another_event_uses_too_does_not_make_two_talks_one(
    mltalks: Run, tmp_path: Path, own: Path
) -> None:
    for event, title in (("Camp 2024", "Opening of the camp"), ("Fair 2025", "Welcome to the fair")):
        file = tmp_path / "talks.csv"
        file.write_text(f"id,title,event\nopening,{title},{event}\n")
        assert "1 added" in mltalks("import", str(file)).err
    assert {one["title"] for one in sessions(own).values()} == {"Opening of the camp", "Welcome to the fair"}
    file.write_text("id,title,event\nopening,Opening of the whole camp,Camp 2024\n")
    assert "1 changed" in mltalks("import", str(file)).err
    assert sessions(own)["opening"]["title"] == "Opening of the whole camp"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp932", "推論サーバーの話"),
        ("cp932", "機械学習基盤"),
        ("cp932", "ﾚｲﾃﾝｼ ﾓﾆﾀﾘﾝｸﾞ"),
        ("euc_jp", "推論サーバーの話"),
        ("euc_jp", "機械学習の基盤"),
        ("iso2022_jp", "推論サーバーの話"),
        ("cp932", "ｶﾌｪの機械学習"),
        ("utf-16", "Zoë on 推論"),
        ("cp1252", "“It’s a café”"),
        ("cp1252", "What’s slow"),
        ("cp1252", "Tomáš Žák"),
        ("latin-1", "Zoë in a café"),
        ("utf-8", "推論 Zoë"),
    ],
)
def test_encodings_are_found_and_reported(
    mltalks: Run, tmp_path: Path, own: Path, encoding: str, title: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(f"Title;Speaker\n{title};Ada\n".encode(encoding))
    imported = mltalks("import", str(file), "--event", "Meetup 2025")
    assert (f"t.csv is read as {encoding}" in imported.err) == (encoding != "utf-8")
    assert [one["title"] for one in sessions(own).values()] == [title]


def test_an_encoding_that_is_not_certain_is_asked_for(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("Title;Speaker\nｶﾅ;Ada\n".encode("cp932"))
    refused = mltalks("import", str(file), "--event", "Meetup 2025")
    assert refused.code != 0
    assert "its encoding is not certain; set it with --encoding" in refused.err
    assert not own.exists()
    assert mltalks("import", str(file), "--event", "Meetup 2025", "--encoding", "cp932").code == 0


def test_what_differs_is_counted_and_taken_with_update(mltalks: Run, tmp_path: Path, own: Path) -> None:
    file = tmp_path / "t.csv"
    run = ("import", str(file), "--event", "Meetup 2025", "--map", "tags=Tags")
    file.write_text("Title,Speaker,Abstract,Tags\nA talk,Ada,Old.,x\nB talk,Bob,Same.,\n")
    assert "2 added" in mltalks(*run).err
    assert "--update" not in mltalks(*run).err
    mltalks("tag", "meetup-2025-talk", "mine")
    file.write_text("Title,Speaker,Abstract,Tags\na Talk,Ada,New.,y\nB talk,Bob,Same.,\n")
    again = mltalks(*run)
    assert "0 added, 0 changed, 1 skipped; 1 already present" in again.err
    assert "skipped although the data differs: 1;" in again.err
    listed = json.loads(mltalks(*run, "--update", "--dry-run", "--json").out)
    assert [(one["outcome"], one["fields"]) for one in listed] == [
        ("change", ["title", "summary", "tags"]),
        ("known", []),
    ]
    assert "0 added, 1 changed, 0 skipped; 1 already present" in mltalks(*run, "--update").err
    changed = sessions(own)["meetup-2025-talk"]
    assert (changed["title"], changed["summary"], changed["tags"]) == ("a Talk", "New.", ["x", "mine", "y"])
    mltalks("undo")
    assert sessions(own)["meetup-2025-talk"]["summary"] == "Old."


def test_printed_tags_are_read_as_tags(mltalks: Run, tmp_path: Path) -> None:
    """Keywords stay when a list with chosen fields is edited and imported."""
    mltalks("tag", KATIB, "survey")
    table = tmp_path / "mine.csv"
    keywords = mltalks("show", KATIB, "--fields", "keywords").out
    for form, edited in (("csv", '"survey; tuner"'), ("json", '"survey", "tuner", "more"')):
        printed = mltalks("list", "tag:survey", "-o", form, "--fields", "id,title,tags").out
        table.write_text(
            printed.replace('"survey"' if form == "json" else "survey", edited), encoding="utf-8"
        )
        assert "0 added, 1 changed" in mltalks("import", str(table)).err
        assert mltalks("show", KATIB, "--fields", "keywords").out == keywords
    assert mltalks("show", KATIB, "--fields", "tags").out == "tags\tsurvey; tuner; more\n"


def test_an_address_is_no_file(mltalks: Run) -> None:
    result = mltalks("import", "https://example.org/a.ics")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        "mltalks: error: an address is no file; to look at it first: mltalks import --url https://example.org/a.ics --dry-run"
    ]


def test_a_file_that_breaks_off_adds_nothing_and_says_so(mltalks: Run, tmp_path: Path) -> None:
    text = '{"title": "Another", "event": "Ray Summit 2024"}\n{"title": "Brok'
    (tmp_path / "in.jsonl").write_text(text, encoding="utf-8")
    result = mltalks("import", "in.jsonl", cwd=tmp_path)
    assert result.code == 3
    assert "nothing is imported, since not all can be read" in result.err
    assert "in.jsonl:2: not valid JSON" in result.err
    assert mltalks("list", "origin:own", "--count", "-q").out == "0\n"
