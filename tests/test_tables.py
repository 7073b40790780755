"""Records from tables, JSON and data files, and back again without losing or inventing values."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings, strategies as st

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.dataset.toml.lines import line_of, positions
from mltalks.dataset.toml.parser import record_text
from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.errors import DataError, UsageError
from mltalks.exchange.exporters import (
    csv_table as tables_out,
    json_records as records_out,
    markdown,
    toml as toml_out,
)
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import csv_table, json_records, registry, toml
from mltalks.exchange.readers.source import NONE, Draft, Found, Source
from mltalks.problems import Problem
from mltalks.text.formats import csv_cells
from mltalks.text.formats.csv_rows import tsv_lines
from tests.conftest import Run

Read = Callable[[Source], Found]
EVENT = Event("odd26", "Odd '26", "Odd", 2026, location="Example, Nowhere")


def source(content: str | bytes, mapping: Mapping[str, str] = NONE, name: str = "talks.csv") -> Source:
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Source(Path(name), io.BytesIO(encoded), mapping)


def drafts(read: Read, content: str | bytes, **mapping: str) -> tuple[list[Draft], list[Problem]]:
    found = list(read(source(content, mapping)))
    return (
        [one for one in found if isinstance(one, Draft)],
        [one for one in found if isinstance(one, Problem)],
    )


def only(read: Read, content: str | bytes, **mapping: str) -> Draft:
    some, problems = drafts(read, content, **mapping)
    assert (len(some), problems) == (1, [])
    return some[0]


def test_a_table_of_a_conference_is_read_by_its_headings() -> None:
    text = (
        "Talk Title,Speaker(s),Affiliation,Conference,Year,Slides,Tags,Abstract\n"
        '"Serving, fast","Ada Lovelace, Alan Turing",Example; Other,ExampleConf,2023,https://example.org/s.pdf,'
        '"serving, latency","Two\nlines"\n'
    )
    draft = only(csv_table.read, text)
    assert draft.fields == {
        "title": "Serving, fast",
        "speakers": [{"name": "Ada Lovelace"}, {"name": "Alan Turing"}],
        "organizations": ["Example", "Other"],
        "slides": "https://example.org/s.pdf",
        "keywords": ["serving", "latency"],
        "summary": "Two\nlines",
    }
    assert (draft.event, draft.line) == ({"name": "ExampleConf", "year": 2023}, 2)


def test_a_japanese_table_is_read_by_its_headings() -> None:
    text = "タイトル;発表者;所属;会議;年;概要;ＵＲＬ\n推論を速く;講演者一、講演者二;例社;例会議;2024;応答を速くする;https://example.org/a\n"
    draft = only(csv_table.read, "\ufeff" + text)
    assert draft.fields == {
        "title": "推論を速く",
        "speakers": [{"name": "講演者一"}, {"name": "講演者二"}],
        "organizations": ["例社"],
        "summary_ja": "応答を速くする",
        "url": "https://example.org/a",
    }
    assert draft.event == {"name": "例会議", "year": 2024}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Zaharia, Matei", ["Zaharia, Matei"]),
        ("Zaharia, Matei; Ghodsi, Ali", ["Matei Zaharia", "Ali Ghodsi"]),
        ("Zaharia, Matei and Ghodsi, Ali", ["Matei Zaharia", "Ali Ghodsi"]),
        (
            "Example, Ann*; van der Sample, Jan†; Muster Mann, C.",
            ["Ann Example", "Jan van der Sample", "C. Muster Mann"],
        ),
        ("Ann Example, Works; Bo Sample, Labs", ["Ann Example, Works", "Bo Sample, Labs"]),
        ("Ann Example, Bo Sample and Cy Muster\n", ["Ann Example", "Bo Sample", "Cy Muster"]),
        ("Ann Example, Bo Sample;", ["Ann Example", "Bo Sample"]),
        ("Ann Example / Bo Sample + Cy Muster", ["Ann Example", "Bo Sample", "Cy Muster"]),
        ("Ann Example|Bo Sample", ["Ann Example", "Bo Sample"]),
        ("Ann Example/Bo Sample", ["Ann Example", "Bo Sample"]),
        ("AC/DC Example", ["AC/DC Example"]),
        ("Ada Lovelace, Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada, Alan and Grace", ["Ada", "Alan", "Grace"]),
        ("Ada Lovelace, Alan Turing, and Grace Hopper", ["Ada Lovelace", "Alan Turing", "Grace Hopper"]),
        ("Ada Lovelace & Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada (A, B and C), Alan (D)", ["Ada", "Alan"]),
        ("Alexander Sandy", ["Alexander Sandy"]),
        ("講演者一、講演者二", ["講演者一", "講演者二"]),
    ],
)
def test_people_in_one_cell_are_separated(cell: str, names: list[str]) -> None:
    draft = only(csv_table.read, f'title,speakers\nT,"{cell}"\n')
    assert [speaker["name"] for speaker in draft.fields["speakers"]] == names


def test_columns_are_named_with_map() -> None:
    text = "What,Who\nServing,Ada\n"
    with pytest.raises(
        DataError,
        match=r"the columns What, Who is recognized as the title; choose it with --map title=HEADER",
    ):
        drafts(csv_table.read, text)
    assert only(csv_table.read, text, title="What", speakers="who").fields["speakers"] == [{"name": "Ada"}]
    with pytest.raises(UsageError, match=r'a session has no field "titel"; did you mean "title"'):
        drafts(csv_table.read, text, titel="What")
    with pytest.raises(UsageError, match=r'has no column or key "Wat"; did you mean "What"'):
        drafts(csv_table.read, text, title="Wat")


def test_a_row_that_does_not_fit_is_reported_and_the_others_are_imported() -> None:
    text = 'title,year\nA,2020\nB,2020,more\n,2021\n\nC\n"D\nE,2022\nF "quoted",2023\n"G"x,1\nH,2024\n'
    some, problems = drafts(csv_table.read, text)
    assert [(draft.name, draft.line) for draft in some] == [
        ("A", 2),
        ("C", 6),
        ("E", 8),
        ('F "quoted"', 9),
        ("H", 11),
    ]
    assert [problem.text() for problem in problems] == [
        "talks.csv:3: B: has 3 cells, but the header row has 2; put quotation marks around text that contains the separator",
        "talks.csv:4: has no title",
        'talks.csv:7: "D: has a quotation mark that is not closed or that is inside an unquoted cell',
        'talks.csv:10: "G"x,1: has a quotation mark that is not closed or that is inside an unquoted cell',
    ]


@pytest.mark.slow
def test_an_unclosed_quote_swallows_one_row_of_many() -> None:
    rows = "".join(f"Talk {n},{'x' * 80}\n" for n in range(5_000))
    some, problems = drafts(csv_table.read, f'title,summary\n"Broken,y\n{rows}')
    assert (len(some), len(problems)) == (5_000, 1)


def test_an_invalid_value_is_kept_to_be_reported() -> None:
    draft = only(csv_table.read, "title,url,kind\nT,javascript:alert(1),song\n")
    assert draft.fields == {"title": "T", "url": "javascript:alert(1)", "kind": "song"}


def test_tabs_separate_cells_with_quotes() -> None:
    some, problems = drafts(csv_table.read, 'Title\tSpeaker\n"Fast" serving\tAda\n"Said ""so"""\tAlan\n')
    assert ([draft.name for draft in some], problems) == (['"Fast" serving', 'Said "so"'], [])


def test_other_json_is_read_by_its_keys() -> None:
    talk = {
        "name": "Serving",
        "authors": [{"name": "Ada", "affiliation": "Example"}, "Alan (Other)"],
        "abstract": "Short.",
        "venue": "ExampleConf",
        "year": "2021",
        "topics": ["serving"],
        "lang": "eng",
        "doi": "https://doi.org/10.1145/3342195.3387514",
        "id": 7,
    }
    expected = {
        "title": "Serving",
        "speakers": [{"name": "Ada", "organization": "Example"}, {"name": "Alan", "organization": "Other"}],
        "summary": "Short.",
        "keywords": ["serving"],
        "language": "en",
        "doi": "10.1145/3342195.3387514",
    }
    for content in (
        json.dumps(talk),
        json.dumps([talk], indent=2),
        json.dumps({"count": 1, "next": None, "results": [talk], "more": {"a": [1]}}),
    ):
        draft = only(json_records.read, content)
        assert (draft.fields, draft.event) == (expected, {"name": "ExampleConf", "year": 2021})
    lines, problems = drafts(json_records.read, f"{json.dumps(talk)}\n{json.dumps(talk)}\n3\n")
    assert [draft.line for draft in lines] == [1, 2]
    assert [problem.text() for problem in problems] == ["talks.csv:3: is not an object with a title"]


def test_keys_of_json_are_named_with_map() -> None:
    assert only(
        json_records.read, '[{"what": "T", "who": ["Ada"]}]', title="what", speakers="who"
    ).fields == {
        "title": "T",
        "speakers": [{"name": "Ada"}],
    }
    with pytest.raises(UsageError, match=r"--map speakers: talks\.csv has no column"):
        drafts(json_records.read, '[{"title": "T", "folks": "Ada"}]', speakers="folk")


def test_what_list_prints_is_read_back_without_what_is_inferred(mltalks: Run) -> None:
    printed = json.loads(mltalks("list", "event:opml19", "--json").out)
    assert any(record["themes_inferred"] for record in printed)
    some, problems = drafts(json_records.read, json.dumps(printed))
    assert problems == []
    for record, draft in zip(printed, some, strict=True):
        given = set(record["themes"]) - set(record["themes_inferred"])
        assert set(draft.fields.get("themes", ())) == given
        assert {"companies", "inferred", "series", "year"}.isdisjoint(draft.fields)
        assert draft.event == {"id": "opml19", "series": "OpML", "year": 2019}
    table = mltalks("list", "event:opml19", "-o", "csv").out
    assert [draft.fields["title"] for draft in drafts(csv_table.read, table)[0]] == [
        record["title"] for record in printed
    ]


def test_a_data_file_is_read_with_its_events() -> None:
    text = """
[[organizations]]
name = "Example"
[[events]]
id = "odd26"
name = "Odd '26"
year = 2026
coverage = "complete"
[[events]]
id = "unused26"
[[sessions]]
id = "a"
event = "odd26"
title = "A"
date = 2026-05-01
note = '''
[[sessions]]
'''
[[sessions]]
event = "elsewhere"
"""
    some, problems = drafts(toml.read, text)
    assert [(draft.event, draft.line, draft.fields["date"]) for draft in some] == [
        ({"id": "odd26", "name": "Odd '26", "year": 2026, "coverage": "complete"}, 11, "2026-05-01")
    ]
    assert [problem.text() for problem in problems] == [
        "talks.csv:19: has no title",
        'talks.csv: the event "unused26" is not imported, because the file has no session of it',
    ]


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("-", "Title\tSpeaker\nA\tB\n", "tsv"),
        ("-", "タイトル,発表者\n", "csv"),
        ("-", '[\n{"title": "A"}]', "json"),
        ("-", '{"talks": [\n{}]}', "json"),
        ("-", '{"title": "A"}\n{"title": "B"}\n', "jsonl"),
        ("-", '# mine\n[[sessions]]\nid = "a"\n', "toml"),
        ("talks.csv", "What,Who\n", "csv"),
        ("talks.TSV", "What\tWho\n", "tsv"),
        ("talks.jsonl", "", "jsonl"),
        ("talks.txt", "A talk\nAnother\n", None),
    ],
)
def test_a_format_is_detected_by_its_content_then_by_its_ending(
    name: str, head: str, form: str | None
) -> None:
    assert registry.detect(Path(name), head, print) == form


def test_a_source_is_read_by_the_name_of_its_format() -> None:
    assert [
        draft.name for draft in registry.read(source("title\nT\n"), "csv") if isinstance(draft, Draft)
    ] == ["T"]


# What tables can hold: no control characters, which they show as marks.
LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=12
)
LINE = LINE | st.sampled_from(
    ["=1", "'=1", "'' -1", "a; b", "\\", "a\\;", 'say "x"', "A (B)", "x)", "(", "Ada,"]
)
LINE = LINE.filter(lambda text: bool(text.strip()))
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
LINKS = st.sampled_from(["https://example.org/a;b", "http://example.org/(a)'=1"])


def sessions(prose: st.SearchStrategy[str]) -> st.SearchStrategy[Session]:
    some = st.lists(LINE.filter("inferred".__ne__), max_size=3, unique=True).map(tuple)
    fields: dict[str, st.SearchStrategy[Any]] = {
        "id": st.from_regex(r"\A[a-z]\w{0,5}\Z"),
        "event": st.just("odd26"),
        "series": st.just("Odd"),
        "year": st.just(2026),
        "title": LINE,
        "kind": st.sampled_from(KINDS),
        "speakers": st.lists(st.builds(Speaker, LINE, st.none() | LINE, st.none()), max_size=3).map(tuple),
        "organizations": some,
        "keywords": some,
        "themes": some,
        "tags": some,
        "summary": st.none() | prose,
        "note": st.none() | prose,
        "url": st.none() | LINKS,
        "slides_public": st.none() | st.booleans(),
        "minutes": st.none() | st.integers(1, 1440),
        "date": st.none() | st.just("2026-05-01T10:30+09:00"),
        "mark": st.none() | st.sampled_from(MARKS),
        "themes_inferred": st.just(("inferred",)),
    }
    made = st.fixed_dictionaries(fields).map(lambda values: Session(**values))
    return made.map(lambda one: one._replace(themes=(*one.themes, "inferred")))


def facts_of(session: Session) -> dict[str, Any]:
    record = session.record()
    for name in ("companies", "series", "year", "inferred", "themes_inferred"):
        del record[name]
    if record["themes"] == ["inferred"]:
        record["themes"] = []
    record["speakers"] = [{k: v for k, v in one.items() if v is not None} for one in record["speakers"]]
    return {name: value for name, value in record.items() if value not in (None, [])}


Write = Callable[[Iterable[Session], Context], Iterator[str]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "read", "prose"),
    [
        (toml_out.write, toml.read, PROSE),
        (records_out.write_json, json_records.read, PROSE),
        (records_out.write_jsonl, json_records.read, PROSE),
        (tables_out.write_csv, csv_table.read, PROSE),
        (tables_out.write_tsv, csv_table.read, LINE),
    ],
    ids=["toml", "json", "jsonl", "csv", "tsv"],
)
def test_what_is_exported_is_imported_as_it_was(
    write: Write, read: Read, prose: st.SearchStrategy[str]
) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(sessions(prose), min_size=1, max_size=3))
    def check(some: list[Session]) -> None:
        text = "".join(write(some, Context({"odd26": EVENT})))
        found, problems = drafts(read, text)
        assert problems == []
        assert [draft.fields for draft in found] == [facts_of(session) for session in some]
        assert {(draft.event["id"], draft.event["year"]) for draft in found} == {("odd26", 2026)}

    check()


@given(st.text() | LINE)
def test_a_cell_that_looks_like_a_formula_is_read_back_as_it_was(text: str) -> None:
    guarded = csv_cells.guarded(text)
    assert csv_cells.bare(guarded) == text
    assert not guarded.lstrip().startswith(("=", "+", "-", "@"))
    assert list(tsv_lines([["'=1+1", '"=1+1"']])) == ["''=1+1\t'\"=1+1\"\n"]


TEXT = st.text() | st.sampled_from(
    ['"""', '\n"""\n[[sessions]]\n', "\\", 'a\n"', "'''\n", "\r\n", "推論\n", "\n\n"]
)
VALUES = st.recursive(
    TEXT | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(TEXT, VALUES, max_size=4), st.sampled_from(["sessions", "odd name"]))
def test_every_record_is_read_back_from_its_toml(record: dict[str, Any], table: str) -> None:
    assert tomli.loads(record_text(record, table)) == {table: [record]}


@pytest.mark.excerpt
def test_exported_toml_validates_and_reads_well(mltalks: Run, tmp_path: Path) -> None:
    session = Session(
        "a", "odd26", "Odd", 2026, 'A "title"', "talk", speakers=(Speaker("Ada", "Google"),), note="One\nTwo",
        themes=("aiops",), themes_inferred=("aiops",), companies=("Google",),
    )  # fmt: skip
    text = "".join(toml_out.write([session, session._replace(id="b", note=None)], Context({"odd26": EVENT})))
    assert text == (
        '[[events]]\nid = "odd26"\nname = "Odd \'26"\nseries = "Odd"\nyear = 2026\n'
        'location = "Example, Nowhere"\n\n'
        '[[sessions]]\nid = "a"\nevent = "odd26"\ntitle = "A \\"title\\""\nkind = "talk"\n'
        'speakers = [{ name = "Ada", organization = "Google" }]\nnote = """\nOne\nTwo"""\n\n'
        '[[sessions]]\nid = "b"\nevent = "odd26"\ntitle = "A \\"title\\""\nkind = "talk"\n'
        'speakers = [{ name = "Ada", organization = "Google" }]\n'
    )
    file = tmp_path / "own.toml"
    file.write_text(text)
    assert mltalks("list", "event:odd26", "-o", "ids", "--data", str(file)).out.split() == ["a", "b"]


def test_markdown_is_a_list_by_event() -> None:
    session = Session(
        "a", "odd26", "Odd", 2026, "A *title*", "talk", speakers=(Speaker("Ada", "Example"), Speaker("Alan")),
        url="https://example.org/a", video="javascript:x", slides="https://example.org/s", summary="One\n<b>two",
    )  # fmt: skip
    assert "".join(markdown.write([session], Context({"odd26": EVENT}))) == (
        "## Odd '26\n\nExample, Nowhere\n\n"
        "- [A \\*title\\*](<https://example.org/a>) · [slides](<https://example.org/s>)\n"
        "\n  Ada (Example), Alan\n"
        "\n  One &lt;b&gt;two\n"
    )


ODD = [
    "\x00",
    "\ud800",
    '"',
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ":",
    "=",
    "#",
    "\\",
    '"""',
]
SEEDS = [
    "title,speakers,year\nA,B,2020\n",
    '[{"title": "A", "speakers": ["B"]}]',
    '{"title": "A"}\n',
    '{"results": [{"title": 1}]}',
    '[[sessions]]\nid = "a"\ntitle = "A"\n',
    "id,event,title,kind,speakers\n",
    '{"id": "a", "event": "e", "title": "t", "kind": "talk", "speakers": [[], {"name": null}], "themes": 3}',
]
FOREIGN = st.lists(
    st.sampled_from([*ODD, *SEEDS, "title", "null", "1e999"]) | st.text(max_size=5), max_size=8
).map("".join) | st.binary(max_size=60).map(lambda content: content.decode("latin-1"))


@pytest.mark.parametrize(
    "read", [csv_table.read, json_records.read, toml.read], ids=["tables", "records", "toml"]
)
def test_any_input_makes_drafts_or_problems(read: Read) -> None:
    @settings(max_examples=300, deadline=None)
    @given(FOREIGN, st.booleans())
    def check(text: str, broken: bool) -> None:
        content = text.encode("latin-1" if broken else "utf-8", "replace" if broken else "surrogatepass")
        try:
            found = list(read(source(content)))
        except DataError:
            return
        for one in found:
            if isinstance(one, Draft):
                assert one.fields.get("title") or one.fields["id"]
                record_text(one.fields).encode()
            else:
                assert one.text("ja")

    check()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("read", "text"),
    [
        (toml.read, "a = [" + "[]," * 1_000_000 + "]"),
        (toml.read, "a = [" + "{}," * 1_000_000 + "]"),
        (toml.read, "".join(f"[a{n}]\n" for n in range(100_000))),
        (toml.read, "a." * 300 + "a = 1\n" + "".join("b." * 300 + f"b{n} = 1\n" for n in range(300))),
        (json_records.read, '[{"title": [' + "[]," * 1_000_000 + "1]}]"),
        (json_records.read, "[" * 100_000),
        (toml.read, "a = " + "[" * 100_000),
    ],
    ids=["lists", "tables", "headers", "dots", "json", "deep json", "deep toml"],
)
def test_input_that_would_take_much_memory_is_an_error(read: Read, text: str) -> None:
    with pytest.raises(DataError, match=r"too many values|too deeply|characters"):
        drafts(read, text)


def test_lines_of_a_large_value_are_those_around_it() -> None:
    text = (
        "[[sessions]]\nthemes = [\n"
        + "1,\n" * 3_000
        + "]\ndeep = "
        + "[" * 300
        + "'[' # ]\n"
        + "]" * 300
        + "\nlast = 1\n"
    )
    found = positions(text)
    assert line_of(found, ("sessions", 0, "themes", 7)) == 10
    assert line_of(found, ("sessions", 0, "themes", 2_000)) == 2
    assert line_of(found, ("sessions", 0, "last")) == 3_006
    assert len(found) < 1_100


@pytest.mark.excerpt
def test_only_the_first_errors_of_a_list_are_reported(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        f"[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nthemes=[{'1,' * 2_000}]\n"
    )
    result = mltalks("validate", str(file))
    assert (result.code, len(result.out.splitlines())) == (3, 100)
