"""Talks that are known, or are not, by ids that titles made, by addresses and by the entries of calendars."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_import_programmes import ONE, TWO, schedule

pytestmark = pytest.mark.excerpt
EVENT = ("--event", "Soup Night 2031")


def titles(mltalks: Run, query: str = "event:soup-night-2031") -> dict[str, list[str]]:
    """Return the speakers by title."""
    found = json.loads(mltalks("list", query, "--json").out)
    return {one["title"]: [each["name"] for each in one["speakers"]] for one in found}


def test_two_talks_of_one_title_stay_two_if_two_people_added_them(mltalks: Run, tmp_path: Path) -> None:
    talk = ("add", "Lightning talk", *EVENT)
    mltalks(*talk, "--speaker", "Bob Stone (Uber)", "--video", "https://example.org/bob")
    file = tmp_path / "other.toml"
    file.write_text(mltalks("export", "event:soup-night-2031", "-o", "toml").out, "utf-8")
    mltalks("undo")
    mltalks(*talk, "--speaker", "Ada Kowalski (Spotify)", "--note", "Ada confirmed")
    said = mltalks("import", str(file)).err
    assert "has the id and the title of soup-night-2031-lightning-talk, but other speakers" in said
    found = json.loads(mltalks("list", "event:soup-night-2031", "--json").out)
    assert [
        (one["id"], one["speakers"][0]["name"], one["note"])
        for one in sorted(found, key=lambda one: one["id"])
    ] == [
        ("soup-night-2031-lightning-talk", "Ada Kowalski", "Ada confirmed"),
        ("soup-night-2031-lightning-talk-2", "Bob Stone", None),
    ]
    assert "0 added, 0 changed" in mltalks("import", str(file)).err
    mltalks("undo")
    said = mltalks("import", str(file), "--update").err
    assert "gets other speakers: Ada Kowalski (Spotify) → Bob Stone (Uber)" in said


def test_a_row_with_the_old_title_of_a_talk_is_that_talk(mltalks: Run, tmp_path: Path) -> None:
    rows = [
        "title,date,speakers",
        "Soup at SNCF,2031-02-03,Ann Fox",
        "TBA,2031-02-03,Bo Hay",
        "Bread,2031-02-03,Cy Doe",
    ]
    table = tmp_path / "sheet.csv"
    table.write_text("\n".join(rows), "utf-8")
    mltalks("import", str(table), *EVENT)
    mltalks("edit", "soup-night-2031-soup-sncf", "--title", "Hot soup in trains")
    mltalks("edit", "soup-night-2031-tba", "--title", "Model registries compared")
    mltalks("edit", "soup-night-2031-bread", "--title", "Rolls", "--unset", "speakers")
    table.write_text("\n".join([*rows, "TBA,2031-02-03,Di Elm"]), "utf-8")
    said = mltalks("import", str(table), *EVENT).err
    assert "looks like soup-night-2031-bread, and is added as another one" in said
    assert titles(mltalks) == {
        "Hot soup in trains": ["Ann Fox"], "Model registries compared": ["Bo Hay"], "Rolls": [],
        "Bread": ["Cy Doe"], "TBA": ["Di Elm"],
    }  # fmt: skip


def test_a_longer_title_that_makes_the_same_id_is_another_talk(mltalks: Run, tmp_path: Path) -> None:
    title = "Serving large soup models at scale in our own production"
    table = tmp_path / "sheet.csv"
    table.write_text(f"title,speakers\n{title} part 1,Ann Fox\n{title} part 2,Ann Fox\n", "utf-8")
    assert "2 added" in mltalks("import", str(table), *EVENT).err


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//pretalx//plan.example//meet-2031
BEGIN:VEVENT
SUMMARY:Serving by night - Ann Fox
DTSTART;TZID=Europe/Berlin:20310506T100000
DTEND;TZID=Europe/Berlin:20310506T103000
UID:pretalx-meet-2031-K7XN3P@plan.example
URL:https://plan.example/meet-2031/talk/K7XN3P/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Other talk -
DTSTART;TZID=Europe/Berlin:20310506T120000
DTEND;TZID=Europe/Berlin:20310506T123000
UID:pretalx-meet-2031-QQ8RTV@plan.example
URL:https://plan.example/meet-2031/talk/QQ8RTV/
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("first", ["plan.json", "plan.ics"])
def test_the_calendar_of_pretalx_has_the_talks_of_its_schedule(
    mltalks: Run, tmp_path: Path, first: str
) -> None:
    (tmp_path / "plan.json").write_text(schedule(ONE, TWO), "utf-8")
    (tmp_path / "plan.ics").write_text(CALENDAR.replace("\n", "\r\n"), "utf-8")
    names = sorted(("plan.json", "plan.ics"), key=lambda name: name != first)
    assert "2 added" in mltalks("import", names[0], "--event", "Meet 2031", cwd=tmp_path).err
    assert titles(mltalks, "event:meet-2031")["Serving by night"] == ["Ann Fox"]
    assert "0 added" in mltalks("import", names[1], "--event", "Meet 2031", cwd=tmp_path).err


def test_a_talk_with_the_page_of_another_one_is_added_with_its_name(mltalks: Run, tmp_path: Path) -> None:
    text = CALENDAR.replace("pretalx-meet-2031-", "").replace("Serving by", "Serving soup by")
    (tmp_path / "plan.json").write_text(schedule(ONE, TWO), "utf-8")
    (tmp_path / "plan.ics").write_text(text, "utf-8")
    mltalks("import", "plan.json", "--event", "Meet 2031", cwd=tmp_path)
    said = mltalks("import", "plan.ics", "--event", "Meet 2031", cwd=tmp_path).err
    assert "0 added" in said or "has the page of meet-2031-k7xn3p" in said


def test_the_next_talks_of_a_calendar_are_not_of_an_event_that_was_renamed(
    mltalks: Run, tmp_path: Path
) -> None:
    def entry(number: int, title: str, day: str) -> str:
        return (
            f"BEGIN:VEVENT\nUID:event_30000000{number}@plan.example\nSUMMARY:{title}\n"
            f"DTSTART;TZID=Europe/Berlin:{day}T180000\nEND:VEVENT\n"
        )

    head = "BEGIN:VCALENDAR\nX-WR-CALNAME:Events - Soup Night\n"
    first, second = entry(1, "Serving soup", "20310203"), entry(2, "Baking bread", "20310304")
    file = tmp_path / "plan.ics"
    file.write_text(f"{head}{first}END:VCALENDAR\n", "utf-8")
    mltalks("import", str(file))
    mltalks("event", "edit", "events-soup-night-2031", "--name", "Soup Night #5", "--series", "Soup Night")
    file.write_text(f"{head}{first}{second}END:VCALENDAR\n", "utf-8")
    said = mltalks("import", str(file)).err
    assert "1 added, 0 changed, 0 skipped; 1 already present" in said
    (added,) = json.loads(mltalks("list", "baking bread", "--json").out)
    assert added["event"] != "events-soup-night-2031"
    mltalks("undo")
    mltalks("event", "edit", "events-soup-night-2031", "--name", "Soup Nights 2031")
    assert "new event" not in mltalks("import", str(file)).err, "only another spelling"


CELLS = ("なし", "無し", "-", "ー", "―", "未定", "同上", "〃", "N/A", "TBD", "none")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_cell_without_a_value_names_nobody_and_nothing(mltalks: Run, tmp_path: Path, form: str) -> None:
    heading = ("タイトル", "登壇者", "所属", "キーワード", "備考")
    rows = [
        (f"発表その{number} 監視基盤", cell, cell, f"監視; {cell}", cell) for number, cell in enumerate(CELLS)
    ]
    file = tmp_path / f"in.{form}"
    if form == "csv":
        file.write_text("\n".join(map(",".join, (heading, *rows))), "utf-8")
    else:
        file.write_text(json.dumps([dict(zip(heading, row, strict=True)) for row in rows]), "utf-8")
    assert f"{len(CELLS)} added" in mltalks("import", str(file), *EVENT).err
    for one in json.loads(mltalks("list", "event:soup-night-2031", "--json").out):
        assert (one["speakers"], one["organizations"], one["note"], one["keywords_ja"]) == (
            [],
            [],
            None,
            ["監視"],
        ), one


def test_japanese_affiliations_count_for_their_companies_or_are_named(mltalks: Run, tmp_path: Path) -> None:
    works = (
        "株式会社LayerX／Ubie株式会社", "日本マイクロソフト株式会社", "アマゾンウェブサービスジャパン合同会社", "ソニーグループ株式会社",
        "架空自動車株式会社 AI部", "架空自動車株式会社", "株式会社メルカリ（Mercari）", "日本エヌビディア株式会社",
    )  # fmt: skip
    rows = [
        f"発表その{number} 監視基盤,2031年の人{number},{work},3月{number + 1}日"
        for number, work in enumerate(works)
    ]
    file = tmp_path / "in.csv"
    file.write_text("\n".join(["タイトル,登壇者,所属,開催日", *rows]), "utf-8")
    said = mltalks("import", str(file), *EVENT).err
    assert (
        '"株式会社LayerX／Ubie株式会社" may be several organizations; write "株式会社LayerX; Ubie株式会社"'
        in said
    )
    assert "mltalks alias '日本エヌビディア株式会社' 'NVIDIA'" in said
    found = json.loads(mltalks("list", "event:soup-night-2031", "--json").out)
    counted = {one["date"]: one["companies"] for one in found}
    assert [counted[f"2031-03-0{day}"] for day in (2, 3, 4, 5, 6, 7)] == [
        ["Microsoft"], ["AWS"], ["Sony"], ["架空自動車"], ["架空自動車"], ["Mercari"],
    ]  # fmt: skip


def test_japanese_headings_of_tags_and_lengths(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("タイトル,タグ,発表時間\n監視基盤の話,デプロイ;運用,20分\n", "utf-8")
    said = mltalks("import", str(file), *EVENT).err
    assert '"タグ" is read as keywords; for tags of your own, add --map "tags=タグ"' in said
    (one,) = json.loads(mltalks("list", "event:soup-night-2031", "--json").out)
    assert (one["keywords_ja"], one["minutes"]) == (["デプロイ", "運用"], 20)


def test_an_edit_of_one_field_leaves_the_others_to_a_record_that_returns(
    mltalks: Run, tmp_path: Path
) -> None:
    mltalks(
        "add",
        "Serving soup",
        *EVENT,
        "--speaker",
        "Ann Fox",
        "--minutes",
        "30",
        "--slides",
        "https://example.org/a",
    )
    talk, file = "soup-night-2031-serving-soup", tmp_path / "back.json"
    sent = mltalks("export", f"id:{talk}", "-o", "json").out.replace("Serving soup", "Serving hot soup")
    file.write_text(sent.replace('"name": "Ann Fox"', '"name": "Ann Foxx"'), "utf-8")
    mltalks("edit", talk, "--minutes", "45", "--unset", "slides")
    mltalks("edit", talk, "--track", "Kitchen")
    mltalks("edit", talk, "--unset", "track")
    said = mltalks("import", str(file)).err
    assert "which stay (slides: – → https://example.org/a; minutes: 45 → 30)" in said
    (one,) = json.loads(mltalks("list", f"id:{talk}", "--json").out)
    assert (one["title"], one["minutes"], one["slides"]) == ("Serving hot soup", 45, None)
    assert one["speakers"][0]["name"] == "Ann Foxx"
    mltalks("import", str(file), "--update")
    (one,) = json.loads(mltalks("list", f"id:{talk}", "--json").out)
    assert (one["minutes"], one["slides"]) == (30, "https://example.org/a")


def test_a_record_that_returns_does_not_take_back_newer_edits(mltalks: Run, tmp_path: Path) -> None:
    mltalks("add", "Serving soup", *EVENT, "--speaker", "Ann Fox", "--slides", "https://example.org/old")
    talk, query = "soup-night-2031-serving-soup", ("event:soup-night-2031", "--json")
    file = tmp_path / "sent.toml"
    file.write_text(mltalks("export", f"id:{talk}", "-o", "toml").out.replace("old", "other"), "utf-8")
    mltalks("edit", talk, "--slides", "https://example.org/new")
    mltalks("tag", talk, "seen")
    with_video = file.read_text("utf-8") + 'video = "https://example.org/video"\n'
    file.write_text(with_video, "utf-8")
    said = mltalks("import", str(file)).err
    change = "slides: https://example.org/new → https://example.org/other"
    assert f"{talk} has newer edits of yours, which stay ({change}); --update takes the other values" in said
    (one,) = json.loads(mltalks("list", *query).out)
    assert (one["slides"], one["video"]) == ("https://example.org/new", "https://example.org/video")
    table = tmp_path / "mine.csv"
    table.write_text(f"id,slides\n{talk},https://example.org/mine\n", "utf-8")
    assert "1 changed" in mltalks("import", str(table)).err, "a table of chosen fields"
    mltalks("undo")
    mltalks("import", str(file), "--update")
    (one,) = json.loads(mltalks("list", *query).out)
    assert one["slides"] == "https://example.org/other"
    file.write_text(with_video.replace("other", "newest"), "utf-8")
    assert "1 changed" in mltalks("import", str(file)).err, "imported since it was edited"
    mltalks("edit", talk, "--minutes", "30")
    mltalks("undo")
    file.write_text(with_video, "utf-8")
    assert "1 changed" in mltalks("import", str(file)).err, "the edit was taken back"


def test_undo_of_an_older_change_names_the_later_ones_in_its_way(mltalks: Run) -> None:
    mltalks("add", "Serving soup", *EVENT)
    for tag in ("one", "two"):
        mltalks("tag", "soup-night-2031-serving-soup", tag)
    numbers = [one["number"] for one in json.loads(mltalks("log", "--json").out)]
    refused = mltalks("undo", "--change", str(numbers[1]))
    assert f"the change {numbers[1]} ('tag') cannot be undone alone" in refused.err, refused.err
    assert f"later ones changed the same records: {numbers[0]};" in refused.err
