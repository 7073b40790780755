"""Works of bibliographies that the data have: known by the printed names of their events, or as one paper under two venues."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt
AUTHORS = "Zhou, Jinan and Velichkevich, Andrey"
KATIB = "Katib: A Distributed General AutoML Platform on Kubernetes"


def entry(key: str, title: str, of_it: str, authors: str = AUTHORS) -> str:
    return f"@inproceedings{{{key}, title={{{title}}}, author={{{authors}}}, {of_it}}}\n"


def put(mltalks: Run, folder: Path, text: str, *options: str) -> str:
    """Import an entry of BibTeX and return what is reported."""
    (folder / "in.bib").write_text(text, encoding="utf-8")
    return mltalks("import", "in.bib", *options, cwd=folder).err


def own(folder: Path) -> dict[str, Any]:
    file = folder / ".local/share/mltalks/sessions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


@pytest.mark.parametrize(
    "printed",
    [
        "2019 {USENIX} Conference on Operational Machine Learning (OpML 19)",
        "Proceedings of the 2019 USENIX Conference on Operational Machine Learning, OpML 2019, Santa Clara, CA, USA, May 20, 2019",
        "Proc. of the USENIX Conference on Operational Machine Learning",
        "OpML 2019",
        "OpML'19, Santa Clara",
    ],
)
def test_an_event_is_known_by_the_name_of_its_volume(mltalks: Run, tmp_path: Path, printed: str) -> None:
    said = put(
        mltalks, tmp_path, entry("new1", "A title of nobody else", f"booktitle={{{printed}}}, year=2019")
    )
    assert "new events" not in said
    assert own(tmp_path)["sessions"][0]["event"] == "opml19"


@pytest.mark.parametrize(
    "of_it",
    [
        "booktitle={Workshop on Tiny Machine Learning, OpML 2019}, year=2019",
        "booktitle={Workshop on Tiny Machine Learning (OpML 19)}, year=2019",
        "booktitle={2021 USENIX Conference on Operational Machine Learning (OpML 21)}, year=2021",
        "booktitle={Proceedings of Machine Learning and Systems}, year=2031",
        "booktitle={Proceedings of the 6th MLSys Conference}, year=2024",
        "booktitle={International Conference on Operational Machine Learning}, year=2019",
        "booktitle={PhD Forum: MLSys 2022}, year=2022",
        "booktitle={MLSys 2022: PhD Forum}, year=2022",
        "booktitle={Deep Learning Day, MLSys 2022}, year=2022",
        "booktitle={Young Professionals Symposium, MLSys 2022}, year=2022",
        "booktitle={Chips Meetup (MLSys '22)}, year=2022",
        "booktitle={Journal of Foo, MLSys 2022}, year=2022",
        "booktitle={Foo Letters (MLSys 2022)}, year=2022",
    ],
)
def test_an_event_of_another_name_number_or_year_is_another_one(
    mltalks: Run, tmp_path: Path, of_it: str
) -> None:
    assert "new events" in put(mltalks, tmp_path, entry("new1", "A title of nobody else", of_it))


def test_the_volume_of_a_conference_is_named_after_what_it_is_on(mltalks: Run, tmp_path: Path) -> None:
    title = "A title of nobody else"
    put(
        mltalks,
        tmp_path,
        entry("new1", title, "booktitle={Proceedings of Machine Learning and Systems}, year=2024"),
    )
    put(
        mltalks,
        tmp_path,
        entry("new2", f"{title} 2", "booktitle={Proceedings of the 7th MLSys Conference}, year=2024"),
    )
    assert [one["event"] for one in own(tmp_path)["sessions"]] == ["mlsys24", "mlsys24"]


def test_a_volume_has_the_name_of_its_series_before_that_of_its_event(mltalks: Run, tmp_path: Path) -> None:
    printed = (
        "Proceedings of the Second Conference on Machine Learning and Systems, SysML 2019, Stanford, CA, USA"
    )
    put(mltalks, tmp_path, entry("new1", "A title of nobody else", f"booktitle={{{printed}}}, year=2019"))
    assert own(tmp_path)["sessions"][0]["event"] == "sysml19"


def test_a_paper_of_the_same_year_is_known_under_another_venue(mltalks: Run, tmp_path: Path) -> None:
    text = entry("zhou", KATIB, "booktitle={Proc. of an Unheard Meeting}, year=2019")
    for _ in range(2):
        said = put(mltalks, tmp_path, text)
        assert "zhou: looks like" not in said
        assert f"{KATIB}: has the title, the year and a speaker of opml19-katib; it is skipped" in said
        assert "citation_key: – → zhou" in said
        assert own(tmp_path) == {}
    said = put(mltalks, tmp_path, text, "--keep-duplicates")
    assert (
        "zhou: looks like opml19-katib, and is added as another one; if it is the same: mltalks remove zhou"
        in said
    )


@pytest.mark.parametrize(
    ("of_it", "authors", "is_named"),
    [
        ("journal={CoRR}, year=2019", AUTHORS, True),
        ("booktitle={Unheard Meeting}, year=2018", AUTHORS, True),
        ("booktitle={Unheard Meeting}, year=2019", "Fox, Ann", False),
    ],
)
def test_another_work_of_the_same_title_is_added(
    mltalks: Run, tmp_path: Path, of_it: str, authors: str, *, is_named: bool
) -> None:
    said = put(mltalks, tmp_path, entry("zhou", KATIB, of_it, authors))
    assert "1 added" in said
    assert ("zhou: looks like opml19-katib" in said) == is_named


def test_a_preprint_and_its_paper_in_one_file_are_two_and_named(mltalks: Run, tmp_path: Path) -> None:
    pair = entry("pre31", "On drift of moss", "journal={arXiv}, year=2031")
    pair += entry("conf31", "On {Drift} of Moss", "booktitle={MossConf}, year=2031")
    said = put(mltalks, tmp_path, pair)
    assert "in.bib:2: conf31: looks like pre31, and is added as another one" in said
    assert "2 added" in said
    assert "2 already present" in put(mltalks, tmp_path, pair)


def test_a_default_event_leaves_the_other_events_and_keeps_the_years(mltalks: Run, tmp_path: Path) -> None:
    entries = entry("of30", "Of thirty", "booktitle={FernConf 2030}, year=2030")
    entries += "".join(
        f"@misc{{no{year}, title={{Of none in {year}}}, author={{{AUTHORS}}}, eprint={{1}}, year={year}}}\n"
        for year in (2030, 2031)
    )
    assert "in.bib:2: no2030: has no event; --default-event sets one for the records without one." in put(
        mltalks, tmp_path, entries, "--dry-run"
    )
    put(mltalks, tmp_path, entries, "--default-event", "Preprints")
    data = own(tmp_path)
    assert [(one["id"], one["event"]) for one in data["sessions"]] == [
        ("of30", "fernconf-2030"), ("no2030", "preprints-2030"), ("no2031", "preprints-2031"),
    ]  # fmt: skip
    assert [one["year"] for one in data["events"]] == [2030, 2030, 2031]
    mltalks("undo")
    said = put(mltalks, tmp_path, entries, "--default-event", "Reading list 2031")
    assert "no2030: the year 2030 is not that of the event reading-list-2031 (2031); it is left out" in said
    assert [one["event"] for one in own(tmp_path)["sessions"]][1:] == ["reading-list-2031"] * 2


def test_a_default_event_is_refused_beside_an_event_and_with_a_typo(mltalks: Run, tmp_path: Path) -> None:
    for options, message in (
        (("--event", "Days 2031", "--default-event", "Days"), "cannot be combined"),
        (("--default-event", "sysml"), 'no event "sysml"'),
    ):
        assert message in put(mltalks, tmp_path, entry("a1", "T", "year=2031"), *options)


def test_a_default_event_may_be_a_known_series(mltalks: Run, tmp_path: Path) -> None:
    one, other = (entry(f"no{number}", f"Of {number}", "year=2031") for number in "12")
    put(mltalks, tmp_path, one, "--default-event", "Preprints")
    said = put(mltalks, tmp_path, one + other, "--default-event", "Preprints")
    assert "1 added" in said
    put(mltalks, tmp_path, entry("old", "Of old", "year=2019"), "--default-event", "OpML")
    put(mltalks, tmp_path, entry("new", "Of new", "year=2031"), "--default-event", "opml")
    data = own(tmp_path)
    assert [one["event"] for one in data["sessions"]] == ["preprints-2031"] * 2 + ["opml19", "opml-2031"]
    assert [(one["name"], one["series"]) for one in data["events"]] == [
        ("Preprints 2031", "Preprints"), ("OpML 2031", "OpML"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "day", "days"),
    [
        ("Meet 2031", "2031-05-20", ("2031-05-20", "2031-05-22")),
        ("Meet 2031", "2031-05-21", ("2031-05-20", "2031-05-22")),
        ("Meet 2031", "2031-05-19", ("2031-05-19", "2031-05-22")),
        ("Meet 2031", "2031-06-02", ("2031-06-02", "2031-06-02")),
        ("MLSys 2025", "2025-05-13", ("2025-05-12", "2025-05-15")),
        ("MLSys 2025", "2025-06-13", ("2025-06-13", "2025-06-13")),
    ],
)
def test_one_day_of_an_event_leaves_its_end(
    mltalks: Run, tmp_path: Path, event: str, day: str, days: tuple[str, str]
) -> None:
    mltalks("event", "add", "Meet 2031", "--date", "2031-05-20..2031-05-22")
    of_it = f"eventtitle={{{event}}}, eventdate={{{day}}}, booktitle={{{event}}}, year={event[-4:]}"
    said = put(mltalks, tmp_path, entry("one", "Of one", of_it), "--update")
    assert "1 added" in said
    shown = json.loads(mltalks("show", event, "--json").out)
    assert (shown["start_date"], shown["end_date"]) == days


CSL = Path(__file__).parent / "data/imports/csl.json"


def test_csl_json_is_read_with_its_events_people_and_dates(mltalks: Run, tmp_path: Path) -> None:
    said = mltalks("import", str(CSL)).err
    assert 'Handbook of Moss: has the type "book", which is not a talk' in said
    assert "columns or keys that are not used: 2 (publisher, issued)" in said
    data = own(tmp_path)
    assert [
        (one["name"], one["year"], one.get("full_name"), one.get("location")) for one in data["events"]
    ] == [
        ("MossConf 2031", 2031, "Proceedings of the 3rd Conference on Mossy Systems", "Hilltown"),
        ("Journal of Ferns 2030", 2030, "Journal of Ferns", None),
        ("MossConf 2032", 2032, None, None),
    ]
    moss, ferns, says = data["sessions"]
    assert (moss["id"], moss["title"], moss["date"], moss["keywords"]) == (
        "MOSS31", "Moss at Scale", "2031-05-06", ["moss", "racks"],
    )  # fmt: skip
    assert [one["name"] for one in moss["speakers"]] == ["Ann van der Berg", "The Moss Consortium"]
    assert [one["name"] for one in ferns["speakers"]] == ["Bo Example Jr.", "山田 太郎"]
    assert (says["kind"], says["speakers"]) == ("keynote", [{"name": "Cy Example"}])
    assert "3 already present" in mltalks("import", str(CSL)).err


CROSSREF = {
    "type": "paper-conference", "title": ["Moss"], "abstract": ["We grow", "moss."], "note": ["One.", "Two."],
    "event": {
        "name": "Crossref Conf", "location": "Rome",
        "start": {"date-parts": [[2031, 5, 6]]}, "end": {"date-parts": [[2031, 5, 7]]},
    },
    "container-title": ["Proceedings of the Crossref Conf"], "issued": {"date-parts": [[2031, 5]]},
}  # fmt: skip


@pytest.mark.parametrize("wrap", ["item", "work", "list"])
def test_items_of_crossref_are_read_by_themselves_and_in_answers_of_its_api(
    mltalks: Run, tmp_path: Path, wrap: str
) -> None:
    item = CROSSREF if wrap == "item" else {**CROSSREF, "type": "proceedings-article"}
    message = {"total-results": 3, "items": [item]} if wrap == "list" else item
    kind = "work-list" if wrap == "list" else "work"
    whole = item if wrap == "item" else {"status": "ok", "message-type": kind, "message": message}
    (tmp_path / "in.json").write_text(json.dumps(whole))
    said = mltalks("import", "in.json", cwd=tmp_path).err
    assert ("has 1 of 3 records" in said) == (wrap == "list")
    assert "not used: 1 (issued)" in said
    data = own(tmp_path)
    fields = ("name", "year", "full_name", "location", "start_date", "end_date")
    assert [data["events"][0].get(one) for one in fields] == [
        "Crossref Conf 2031", 2031, "Proceedings of the Crossref Conf", "Rome", "2031-05-06", "2031-05-07",
    ]  # fmt: skip
    (moss,) = data["sessions"]
    assert (moss["summary"], moss["note"], moss["kind"]) == ("We grow\nmoss.", "One.\nTwo.", "paper")


def test_values_of_csl_that_are_no_texts_are_reported_as_not_used(mltalks: Run, tmp_path: Path) -> None:
    item = {
        **CROSSREF,
        "event": [{"place": "Rome"}],
        "abstract": {"a": "b"},
        "note": 7,
        "container-title": [],
    }
    (tmp_path / "in.json").write_text(json.dumps([item]))
    said = mltalks("import", "in.json", "--event", "Moss 2031", cwd=tmp_path).err
    assert "not used: 4 (abstract, note, event, issued)" in said


@pytest.mark.parametrize(
    "text",
    [
        '{"config": {}, "items": [{"itemType": "journalArticle", "title": "Moss", "creators": [], "date": "2031"}]}',
        '[{"key": "A1", "version": 2, "data": {"itemType": "presentation", "title": "Moss", "creators": []}}]',
    ],
)
def test_json_of_zotero_itself_is_refused(mltalks: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "z.json").write_text(text)
    refused = mltalks("import", "z.json", cwd=tmp_path)
    assert refused.code != 0
    assert (
        refused.err
        == "mltalks: error: z.json: is JSON of Zotero's own; export it there as BibTeX, RIS or CSL JSON\n"
    )


def test_a_bibliography_that_is_imported_again_takes_nothing_back(mltalks: Run, tmp_path: Path) -> None:
    text = entry("moss31", "On drift of moss", "booktitle={MossConf}, year=2031, abstract={Old}")
    put(mltalks, tmp_path, text)
    assert mltalks("edit", "moss31", "--title", "On the drift of moss", "--summary", "New").code == 0
    mine = own(tmp_path)["sessions"]
    for options in ((), ("--update",)):
        assert "1 already present" in put(mltalks, tmp_path, text, *options), (
            "it says what it said before the edit"
        )
        assert own(tmp_path)["sessions"] == mine
    assert mltalks("edit", "moss31", "--title", "On drift of moss", "--event", "opml20").code == 0
    newer = text.replace("Old", "Newer")
    assert "although it differs: summary: New → Newer" in put(mltalks, tmp_path, newer)
    assert own(tmp_path)["sessions"][0]["event"] == "opml20"
    assert "0 added, 1 changed" in put(mltalks, tmp_path, newer, "--update")
    assert own(tmp_path)["sessions"][0]["summary"] == "Newer"


def test_two_works_with_one_key_are_two(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, entry("fox31", "On drift of moss", "booktitle={MossConf}, year=2031", "Fox, Ann"))
    said = put(
        mltalks, tmp_path, entry("fox31", "Ferns in the cloud", "booktitle={MossConf}, year=2031", "Hay, Bo")
    )
    assert "1 added" in said
    assert [one["title"] for one in own(tmp_path)["sessions"]] == ["On drift of moss", "Ferns in the cloud"]


def test_an_event_of_a_long_name_has_a_short_id(mltalks: Run, tmp_path: Path) -> None:
    long = "Symposium on the Deployment and Observation of Very Large Mossy Systems"
    for number, printed in enumerate(
        (f"14th {long} (SDOVL 31)", f"SDO 2032: Proceedings of the {long} 2032", f"{long} 2033")
    ):
        put(
            mltalks,
            tmp_path,
            entry(f"k{number}", f"On moss {number}", f"booktitle={{{printed}}}, year={2031 + number}"),
        )
    data = own(tmp_path)
    assert [one["id"] for one in data["events"]] == [
        "sdovl-2031",
        "sdo-2032",
        "symposium-deployment-observation-large-mossy-2033",
    ]
    put(mltalks, tmp_path, entry("k9", "On ferns", "booktitle={Advances in Ferns 28 (FERN 2030)}, year=2030"))
    assert own(tmp_path)["events"][-1]["series"] == "Advances in Ferns (FERN)"


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (
            "@article{a1, title={T}, author={Fox, Ann}, journal={J. Moss}, date={2031-03}}",
            "in.bib",
            "not used: 1 (date)",
        ),
        (
            "@article{a1, title={T}, author={Fox, Ann}, journal={J. Moss}, year={in press}}",
            "in.bib",
            'its date "in press" was not read',
        ),
        (
            "@article{a1, title={T}, author={Fox, Ann}, booktitle={Moss 2031}, year={n.d.}}",
            "in.bib",
            '"n.d." is not a date',
        ),
        (
            "TY  - JOUR\nTI  - T\nAU  - Fox, Ann\nT2  - J. Moss\nDA  - 2031/03//\nER  - \n",
            "in.ris",
            "not used: 1 (DA)",
        ),
        (
            "TY  - JOUR\nTI  - T\nAU  - Fox, Ann\nT2  - J. Moss\nPY  - in press\nER  - \n",
            "in.ris",
            'its date "in press" was not read',
        ),
    ],
)
def test_a_part_of_a_date_that_is_not_kept_is_named(
    mltalks: Run, tmp_path: Path, text: str, name: str, message: str
) -> None:
    (tmp_path / name).write_text(text)
    assert message in mltalks("import", name, cwd=tmp_path).err


def test_the_log_names_the_imported_files(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/b.bib").write_text(entry("b1", "Of b", "booktitle={MossConf}, year=2031"))
    (tmp_path / "a.bib").write_text(entry("a1", "Of a", "booktitle={MossConf}, year=2031"))
    mltalks("import", "a.bib", "more/b.bib", cwd=tmp_path)
    assert "\timport a.bib, b.bib\tmossconf-2031 a1 b1\t" in mltalks("log").out
    assert "undone: import a.bib, b.bib mossconf-2031 a1 b1" in mltalks("undo").err


def test_an_edit_adds_an_affiliation_and_names_a_twin(mltalks: Run, tmp_path: Path) -> None:
    put(mltalks, tmp_path, entry("a1", KATIB, "journal={CoRR}, year=2019", "Fox, Ann and Hay, Bo"))
    said = mltalks("edit", "a1", "--add-speaker", "Bo Hay (Moss Labs)", "--add-speaker", "Ann Fox").err
    assert "unchanged" not in said
    assert own(tmp_path)["sessions"][0]["speakers"] == [
        {"name": "Ann Fox"}, {"name": "Bo Hay", "organization": "Moss Labs"},
    ]  # fmt: skip
    said = mltalks("edit", "a1", "--event", "opml19").err
    assert "a1: has the same title as opml19-katib" in said
    assert "has the same title" not in mltalks("edit", "a1", "--minutes", "20").err


def test_a_row_without_an_event_names_the_talk_that_it_looks_like(mltalks: Run, tmp_path: Path) -> None:
    row = f"{KATIB},Jinan Zhou,"
    for lines, option, named in (
        (f"title,speaker,date\n{row}2019-05-20", "--default-event", True),
        (f"title,speaker,date\n{row}2019-05-20", "--event", True),
        (f"title,speaker,date\n{row}2019-05-21", "--default-event", False),
        (f"title,speaker,date\n{row}", "--default-event", True),
        (f"title,speaker,date\n{row}", "--event", True),
        (f"title,speaker,event\n{row}KubeCon 2020", "--default-event", False),
        (f"title,speaker,date\n{KATIB},Ann Fox,", "--default-event", False),
    ):
        (tmp_path / "in.csv").write_text(lines + "\n", encoding="utf-8")
        said = mltalks("import", "in.csv", option, "Reading 2019", "--dry-run", cwd=tmp_path).err
        assert "would add 1" in said
        assert ("looks like opml19-katib, and is added as another one" in said) == named


@pytest.mark.parametrize("authors", ["Zhou J.; Velichkevich A.", "Jinan Zhou; Andrey Velichkevich"])
def test_a_table_names_the_known_paper_whatever_column_gives_its_event(
    mltalks: Run, tmp_path: Path, authors: str
) -> None:
    (tmp_path / "in.csv").write_text(
        "Authors,Title,Year,Source title,Document Type\n"
        f'"{authors}","{KATIB}",2019,Proceedings of an Unheard Meeting,Conference paper\n'
    )
    said = mltalks("import", "in.csv", "--map", "event=Source title", cwd=tmp_path).err
    assert f"{KATIB}: has the title, the year and a speaker of opml19-katib; it is skipped" in said
    assert "0 added" in said


def test_two_rows_of_one_paper_under_two_names_of_its_journal_are_named(mltalks: Run, tmp_path: Path) -> None:
    rows = "".join(f'On moss,"Fox A.; Hay B.",2018,{name}\n' for name in ("Moss Endowment", "Fern Letters"))
    (tmp_path / "in.csv").write_text(f"Title,Authors,Year,Source title\n{rows}")
    done = mltalks("import", "in.csv", "--map", "event=Source title", "--dry-run", cwd=tmp_path)
    assert "would add 1, change 0 and skip 1" in done.err
    assert "\thas the title, the year and a speaker of moss-endowment-2018-moss\tin.csv:3\t" in done.out


def test_a_page_names_the_known_talk_of_another_event(mltalks: Run, tmp_path: Path) -> None:
    page = "http://www.usenix.org/conference/opml19/presentation/zhou/?utm_source=list"
    (tmp_path / "in.csv").write_text(f"title,url\n{KATIB},{page}\n")
    said = mltalks("import", "in.csv", "--default-event", "ACME Reading 2026", cwd=tmp_path).err
    assert f"{KATIB}: has the same address as opml19-katib; it is skipped" in said
    assert "0 added" in said
    said = mltalks("import", "in.csv", "--event", "ACME Reading 2026", "--dry-run", cwd=tmp_path).err
    assert f"{KATIB}: has the page of opml19-katib, and is added as another one" in said
    (tmp_path / "in.csv").write_text(f"title,url,speaker\nOn AutoML,{page},\n{KATIB},{page},Ann Fox\n")
    said = mltalks("import", "in.csv", "--event", "ACME Reading 2026", cwd=tmp_path).err
    assert "in.csv:2: On AutoML: has the page of opml19-katib, and is added as another one" in said
    assert "2 added" in said


def test_a_linked_or_bold_cell_of_a_table_in_markdown_keeps_its_words(mltalks: Run, tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text(
        "| Title | Speaker | Slides |\n|---|---|---|\n"
        "| [Moss (wet)](https://example.org/moss) | [Ann Fox](https://example.org/fox) (Fern Works) | [PDF](https://example.org/a.pdf) |\n"
        "| **Hay** for `cows` \\*raw\\* | Bo Hay | |\n"
    )
    assert "2 added" in mltalks("import", "in.md", "--event", "Barn 2031", cwd=tmp_path).err
    assert own(tmp_path)["sessions"] == [
        {
            "id": "barn-2031-moss-wet", "event": "barn-2031", "title": "Moss (wet)", "kind": "talk",
            "speakers": [{"name": "Ann Fox", "organization": "Fern Works"}],
            "slides": "https://example.org/a.pdf", "url": "https://example.org/moss",
        },
        {
            "id": "barn-2031-hay-cows-raw", "event": "barn-2031", "title": "Hay for cows *raw*", "kind": "talk",
            "speakers": [{"name": "Bo Hay"}],
        },
    ]  # fmt: skip


def test_many_known_talks_of_one_event_are_named_in_one_message(mltalks: Run, tmp_path: Path) -> None:
    rows = mltalks("list", "event:opml19", "--fields", "title,speakers", "-o", "csv").out.splitlines()[:9]
    (tmp_path / "in.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = mltalks("import", "in.csv", "--event", "ACME Reading 2019", "--dry-run", cwd=tmp_path).err
    assert "would add 8" in said
    assert said.count("is added as another one") == 1
    assert ". Others that look like known talks: 7; 'mltalks doctor' lists them" in said
