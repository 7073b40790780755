"""BibTeX and RIS, both ways: files of other programs, round trips, and what other parsers read."""

import random
from contextlib import suppress

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from pybtex.database import parse_string as parsed_by_pybtex

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.errors import DataError
from mltalks.exchange.bibliography import latex, person_names
from mltalks.exchange.exporters import bibtex as to_bibtex, ris as to_ris
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import bibtex, ris
from mltalks.exchange.readers.line_reader import LONGEST_RECORD
from tests.conftest import shipped_library
from tests.foreign import FOLDER, PROGRAMMES, event_fields, fields, found, texts

KATIB = "Katib: A Distributed General AutoML Platform on Kubernetes"
URL = "https://www.usenix.org/conference/opml19/presentation/zhou"


def test_entries_of_bibtex_become_drafts() -> None:
    drafts, _ = found(bibtex, (FOLDER / "opml19.bib").read_bytes())
    assert [(draft.line, draft.name) for draft in drafts] == [(6, "katib2019"), (18, "re2020")]
    katib, keynote = drafts
    assert katib.fields["title"] == KATIB
    assert [speaker["name"] for speaker in katib.fields["speakers"]] == [
        "Jinan Zhou",
        "Andrey Velichkevich",
        "Kirill Prosvirov",
        "Anubhav Garg",
        "Yuji Oshima",
        "Debo Dutta",
    ]
    assert (katib.fields["id"], katib.fields["kind"], katib.fields["url"]) == ("katib2019", "paper", URL)
    assert "date" not in katib.fields  # a month is no day
    assert katib.event == {
        "name": "2019 USENIX Conference on Operational Machine Learning (OpML 19)",
        "year": 2019,
        "location": "Santa Clara, CA",
    }
    assert keynote.fields == {
        "id": "re2020",
        "title": "Theory & Systems for Weak Supervision",
        "kind": "keynote",
        "speakers": [{"name": "Christopher Ré"}],
        "keywords": ["weak supervision", "data management"],
        "citation_key": "re2020",
    }
    assert keynote.event == {"name": "MLSys 2020", "year": 2020}


def test_entries_of_bibtex_that_cannot_be_imported_are_problems_with_lines() -> None:
    _, problems = found(bibtex, (FOLDER / "opml19.bib").read_bytes())
    assert texts(problems) == [
        "in:26: unfinished: is not closed, or a comma or = is missing; it is left out",
        "in:30: katib2019: its key is used twice; give it another key",
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Knuth, Donald E.", "Donald E. Knuth"),
        ("van der Berg, Jr., Jan", "Jan van der Berg Jr."),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        (r"{\'E}mile Z{\"o}l\^{a}", "Émile Zölâ"),
        (r"\v{S}koda, \O rsted", "Ørsted Škoda"),
    ],
)
def test_a_name_is_read_in_its_usual_order(written: str, name: str) -> None:
    (draft,), _ = found(bibtex, f"@misc{{a, title = {{T}}, author = {{First One AND {written} and others}}}}")
    assert [one["name"] for one in draft.fields["speakers"]] == ["First One", name, "et al."]


@pytest.mark.parametrize(
    ("said_of_it", "date"),
    [
        ("year = 2019, month = may, day = 3", "2019-05-03"),
        ('year = 2019, month = "20~" # jun', "2019-06-20"),
        ("year = 2019, month = 2, day = 30", None),
        ("date = {2019-05-20}", "2019-05-20"),
        ("date = {2019-05}", None),
    ],
)
def test_a_date_is_imported_if_it_is_complete(said_of_it: str, date: str | None) -> None:
    (draft,), _ = found(bibtex, f"@misc{{a, title = {{T}}, {said_of_it}}}")
    assert (draft.fields.get("date"), draft.event["year"]) == (date, 2019)


def test_links_are_http_and_a_doi_may_be_one() -> None:
    text = "@misc{a, title={T}, url={https://dx.doi.org/10.1145/1.2}, pdf={file:///etc/passwd}, video={javascript:x}}"
    (draft,), _ = found(bibtex, text)
    assert draft.fields == {
        "id": "a",
        "title": "T",
        "kind": "talk",
        "doi": "10.1145/1.2",
        "url": "https://dx.doi.org/10.1145/1.2",
        "citation_key": "a",
    }


def test_too_long_macros_are_a_problem() -> None:
    text = (
        '@string{a = "'
        + "x" * 1999
        + '"}\n'
        + "@misc{k, title = "
        + "a # " * 2000
        + "a}\n@misc{l, title={After}}"
    )
    drafts, problems = found(bibtex, text)
    assert [draft.fields["title"] for draft in drafts] == ["After"]
    assert texts(problems) == ["in:2: k: the entry is too long after its macros are expanded; it is left out"]


def test_records_of_ris_become_drafts() -> None:
    drafts, problems = found(ris, (FOLDER / "opml19.ris").read_bytes())
    assert texts(problems) == ["in:17: has no title; it is left out"]
    assert [draft.line for draft in drafts] == [1, 19]
    assert drafts[0].fields == {
        "title": KATIB,
        "kind": "paper",
        "speakers": [{"name": "Jinan Zhou"}, {"name": "Andrey Velichkevich"}],
        "keywords": ["AutoML", "Kubernetes", "hyperparameter search"],
        "language": "en",
        "date": "2019-05-20",
        "url": URL,
    }
    assert drafts[0].event == {
        "name": "2019 USENIX Conference on Operational Machine Learning",
        "year": 2019,
        "location": "Santa Clara, CA",
    }
    assert drafts[1].fields == {
        "title": "Theory & Systems for Weak Supervision",
        "kind": "keynote",
        "speakers": [{"name": "Christopher Ré"}],
    }


def test_a_record_without_an_end_is_imported_with_a_warning() -> None:
    drafts, problems = found(ris, "TY  - CONF\nTI  - One\nTY  - CONF\nTI  - Two\n")
    assert [draft.fields["title"] for draft in drafts] == ["One", "Two"]
    assert [(one.line, one.record, one.severity) for one in problems] == [
        (1, "One", "warning"),
        (3, "Two", "warning"),
    ]


def test_the_format_of_a_file_is_recognised() -> None:
    bib, reference = ((FOLDER / name).read_text(encoding="utf-8") for name in ("opml19.bib", "opml19.ris"))
    assert bibtex.recognises("", bib)
    assert ris.recognises("", reference)
    assert not bibtex.recognises("", reference)
    assert not ris.recognises("", bib)
    for other in ("", '{"title": "@misc{a"}', "title,kind\nTY  - x,talk", "BEGIN:VCALENDAR"):
        assert not bibtex.recognises("", other)
        assert not ris.recognises("a.txt", other)


def test_a_too_long_record_is_a_problem_and_later_ones_are_read() -> None:
    much = "x" * (LONGEST_RECORD + 1)
    drafts, problems = found(bibtex, f"@misc{{a, title={{{much}}}}}\n@misc{{b, title={{After}}}}")
    assert texts(problems) == ["in:1: is longer than 1,000,000 characters, the limit for one field"]
    assert [draft.fields["title"] for draft in drafts] == ["After"]
    drafts, problems = found(ris, f"TY  - CONF\nTI  - {much}\nER  - \nTY  - CONF\nTI  - After\nER  - \n")
    assert len(problems) == 1
    assert [draft.fields["title"] for draft in drafts] == ["After"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_a_round_trip_through_bibtex_keeps_all_fields(programme: tuple[Event, list[Session]]) -> None:
    event, sessions = programme
    drafts, problems = found(
        bibtex, "".join(to_bibtex.write(sessions, Context({event.id: event}, roundtrip=True)))
    )
    assert problems == []
    assert [draft.fields for draft in drafts] == [fields(session) for session in sessions]
    assert all(draft.event == event_fields(event) for draft in drafts)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_a_round_trip_through_ris_keeps_all_fields(programme: tuple[Event, list[Session]]) -> None:
    event, sessions = programme
    drafts, problems = found(ris, "".join(to_ris.write(sessions, Context({event.id: event}, roundtrip=True))))
    assert problems == []
    assert [draft.fields for draft in drafts] == [fields(session) for session in sessions]
    assert all(draft.event == event_fields(event) for draft in drafts)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_bibtexparser_and_rispy_read_one_record_a_session(programme: tuple[Event, list[Session]]) -> None:
    event, sessions = programme
    library = parse_string("".join(to_bibtex.write(sessions, Context({event.id: event}, roundtrip=True))))
    assert library.failed_blocks == []
    assert len(library.entries) == len(library.blocks) == len(sessions)
    names = {"article", "inproceedings", "misc"}
    assert {entry.entry_type for entry in library.entries} <= names
    records = rispy.loads(
        "".join(to_ris.write(sessions, Context({event.id: event}, roundtrip=True))).replace("\r\n", "\n")
    )
    assert [record["title"] for record in records] == [session.title for session in sessions]
    paper = "JOUR" if event.journal else "CPAPER"
    assert [record["type_of_reference"] for record in records] == [
        "GEN" if event.is_collection else paper if session.kind == "paper" else "SLIDE"
        for session in sessions
    ]


SESSION = Session(
    "opml19-a", "opml19", "OpML", 2019, "Serving -- 50% faster", "keynote",
    speakers=(Speaker("Ada Lovelace", "Engines"), Speaker("Barnes and Noble, Inc.")), keywords=("serving", "GPU"),
    themes=("aiops",), summary="One.\nTwo.", url="https://example.org/{a}", slides="https://example.org/s", doi="10.1145/1",
    language="en", date="2019-05-20T10:30+09:00", tags=("survey",),
)  # fmt: skip
EVENT = Event(
    "opml19",
    "OpML '19",
    "OpML",
    2019,
    "Conference on Operational ML",
    "2019-05-20",
    "2019-05-21",
    "Santa Clara",
)
HELD = {
    "id": "opml19-a",
    "title": "Serving -- 50% faster",
    "kind": "keynote",
    "keywords": ["serving", "GPU"],
    "doi": "10.1145/1",
    "language": "en",
    "date": "2019-05-20",
}


def test_an_entry_without_roundtrip_has_only_fields_of_bibtex() -> None:
    text = "".join(to_bibtex.write([SESSION, SESSION._replace(id="OPML19-A")], Context({"opml19": EVENT})))
    first, second = text.split("\n\n")
    assert first.splitlines() == [
        "@misc{opml19-a,",
        "  title = {{Serving -{}- 50\\% faster}},",
        "  author = {Ada Lovelace and {Barnes and Noble, Inc.}},",
        "  howpublished = {Keynote at Conference on Operational ML},",
        "  eventtitle = {OpML '19},",
        "  year = {2019},",
        "  date = {2019-05-20},",
        "  eventdate = {2019-05-20/2019-05-21},",
        "  venue = {Santa Clara},",
        "  url = {https://example.org/%7Ba%7D},",
        "  doi = {10.1145/1},",
        "  language = {en},",
        "  keywords = {serving, GPU},",
        "  abstract = {One.\\newline{}Two.},",
        "}",
    ]
    assert second.startswith("@misc{OPML19-A-,\n")
    (draft, _), problems = found(bibtex, text)
    people = [{"name": "Ada Lovelace"}, {"name": "Barnes and Noble, Inc."}]
    assert (draft.fields, problems) == (
        {
            **HELD,
            "speakers": people,
            "summary": "One.\nTwo.",
            "url": "https://example.org/%7Ba%7D",
            "citation_key": "opml19-a",
        },
        [],
    )
    assert draft.event == {
        "name": "OpML '19",
        "year": 2019,
        "start_date": "2019-05-20",
        "end_date": "2019-05-21",
        "location": "Santa Clara",
    }


def test_a_reference_without_roundtrip_has_only_tags_of_ris() -> None:
    one = SESSION._replace(speakers=(Speaker("Ada Lovelace", "Engines"),))
    (draft,), problems = found(ris, "".join(to_ris.write([one], Context({"opml19": EVENT}))))
    more = {"speakers": [{"name": "Ada Lovelace"}], "summary": "One. Two.", "url": "https://example.org/{a}"}
    assert (draft.fields, problems) == (HELD | more | {"citation_key": "opml19-a"}, [])
    assert draft.event == {
        "name": "Conference on Operational ML",
        "year": 2019,
        "location": "Santa Clara",
    }


def test_no_title_begins_an_entry_or_a_tag() -> None:
    session = Session("a", "e", "S", 2019, "x\r\nER  - \r\nTY  - CONF\n}},\n@misc{evil, title={y}}", "talk")
    (entry,) = parse_string("".join(to_bibtex.write([session], Context(roundtrip=True)))).entries
    assert entry.key == "a"
    (record,) = rispy.loads("".join(to_ris.write([session], Context(roundtrip=True))).replace("\r\n", "\n"))
    assert record["title"] == "x ER  -  TY  - CONF }}, @misc{evil, title={y}}"


@pytest.mark.parametrize("importer", [bibtex, ris])
def test_mutated_files_give_drafts_or_problems(importer: object) -> None:
    whole = (FOLDER / ("opml19.bib" if importer is bibtex else "opml19.ris")).read_bytes()
    chance = random.Random(7)
    for _ in range(300):
        some = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            at = chance.randrange(len(some))
            some[at : at + chance.randrange(3)] = chance.choice(
                [b"{", b"}", b'"', b"\n", b"@", b"\x00", b"  - ", b"\\"]
            )
        with suppress(DataError):  # no record is left
            drafts, problems = found(bibtex if importer is bibtex else ris, some.decode("utf-8", "replace"))
            assert all(draft.fields["title"] for draft in drafts)
            assert all("\n" not in problem.text() for problem in problems)


def test_other_programs_read_the_first_and_the_last_name_of_every_speaker() -> None:
    shipped = (shipped_library().catalogue.session(doc) for doc in range(518))
    names = {speaker: person_names.parted(speaker) for one in shipped for speaker in one.speakers}
    odd = {
        "Antoni Viros i Martin": ("Antoni", "Viros i Martin", ""), "Ana Sofia da Costa e Silva": ("Ana Sofia", "da Costa e Silva", ""),
        "José Ortega y Gasset": ("José", "Ortega y Gasset", ""), "Jan van der Berg": ("Jan", "van der Berg", ""),
        "Gerard 't Hooft": ("Gerard", "'t Hooft", ""), "danah boyd": ("danah", "boyd", ""), "e. e. cummings": ("e. e.", "cummings", ""),
        "A. B. Lee": ("A. B.", "Lee", ""), "Prince": ("", "Prince", ""), "will.i.am": ("", "will.i.am", ""),
        "Martin L. King Jr.": ("Martin L.", "King", "Jr."), "K. R. Rao IV": ("K. R.", "Rao", "IV"), "山田 太郎": ("太郎", "山田", ""),
    }  # fmt: skip
    assert len(names) > 3000
    wanted = [(one.given, one.family, one.suffix) for one in names.values()] + list(odd.values())
    sessions = [
        Session(f"s{number}", "e", "E", 2025, "On names", "talk", speakers=(speaker,))
        for number, speaker in enumerate([*names, *map(Speaker, odd)])
    ]
    text = "".join(to_bibtex.write(sessions, Context()))
    drafts, _ = found(bibtex, text)
    assert [one.fields["speakers"][0]["name"] for one in drafts] == [one.speakers[0].name for one in sessions]

    def plain(*parts: list[str]) -> str:
        return latex.plain(" ".join(word for part in parts for word in part))

    people = [one.persons["author"][0] for one in parsed_by_pybtex(text, "bibtex").entries.values()]
    assert [
        (
            plain(one.first_names, one.middle_names),
            plain(one.prelast_names, one.last_names),
            plain(one.lineage_names),
        )
        for one in people
    ] == wanted
    split = [SeparateCoAuthors(), SplitNameParts()]
    parts = [
        one.fields_dict["author"].value[0] for one in parse_string(text, append_middleware=split).entries
    ]
    assert [(plain(one.first), plain(one.von, one.last), plain(one.jr)) for one in parts] == wanted
