"""The bulk file and the index of OpenSearch: each document is checked against the mapping."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mltalks.dataset.model import SESSION_FIELDS, Event, Organization, Session, Speaker, Theme
from mltalks.exchange.exporters import opensearch
from mltalks.exchange.exporters.exporter import Context
from mltalks.library import Library
from tests.conftest import ROOT, Result, needs, shipped_library

Body = dict[str, Any]
BODY: Body = json.loads(opensearch.mapping())
FIELDS: Body = BODY["mappings"]["properties"]
# Source: OpenSearch documentation, Field types, Token filters, Kuromoji analyzer.
PARAMETERS = {
    "keyword": {"type", "ignore_above", "fields"},
    "text": {"type", "analyzer", "index", "fields"},
    "date": {"type", "format", "ignore_malformed"},
    "short": {"type"},
    "boolean": {"type"},
}
FILTERS = {
    *("asciifolding", "cjk_width", "lowercase"),
    *("kuromoji_baseform", "kuromoji_part_of_speech", "ja_stop", "kuromoji_stemmer"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def lines(library: Library) -> list[str]:
    everything = library.catalogue
    return list(
        opensearch.write(
            library.list().sessions,
            Context(everything.events, everything.themes, everything.organizations.by_name),
        )
    )


@pytest.fixture(scope="module")
def documents(lines: list[str]) -> list[Body]:
    return [json.loads(line) for line in lines[1::2]]


def misfits(value: object, field: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Yield where a value does not fit a field of the mapping; null fits every one, and a list if its values do."""
    if value is None:
        return
    if isinstance(value, list):
        for one in value:
            yield from misfits(one, field, path)
    elif "properties" in field:
        if not isinstance(value, dict):
            yield f"{path}: not an object"
            return
        for name, one in value.items():
            below = field["properties"].get(name)
            if below is None:
                yield f"{path}.{name}: not in the mapping"
            else:
                yield from misfits(one, below, f"{path}.{name}")
    elif not fits(value, field["type"]):
        yield f"{path}: {value!r} is no {field['type']}"


def fits(value: object, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "short":
        return isinstance(value, int) and not isinstance(value, bool) and -32_768 <= value <= 32_767
    if kind == "date":
        return isinstance(value, str) and datetime.fromisoformat(value) is not None
    return isinstance(value, str)


def all_fields(fields: Mapping[str, Body], path: str = "") -> Iterator[tuple[str, Body]]:
    """Yield every field by its path, multi-fields too."""
    for name, field in fields.items():
        if "properties" in field:
            yield from all_fields(field["properties"], f"{path}{name}.")
        else:
            yield f"{path}{name}", field
            yield from all_fields(field.get("fields", {}), f"{path}{name}.")


# the index


def test_every_field_has_a_type_and_only_parameters_of_that_type() -> None:
    for path, field in all_fields(FIELDS):
        assert set(field) <= PARAMETERS[field["type"]], path
        assert all("fields" not in below for below in field.get("fields", {}).values()), path


def test_every_analyzer_has_known_parts() -> None:
    analysis = BODY["settings"]["analysis"]
    used = {field["analyzer"] for _, field in all_fields(FIELDS) if "analyzer" in field}
    assert used == set(analysis["analyzer"])
    for analyzer in analysis["analyzer"].values():
        assert analyzer["tokenizer"] in {"standard", *analysis["tokenizer"]}
        assert set(analyzer["filter"]) <= FILTERS | set(analysis["filter"])
    assert analysis["tokenizer"]["mltalks_ja"]["type"] == "kuromoji_tokenizer"


def test_every_field_of_a_session_is_mapped_and_no_other_is_taken() -> None:
    assert set(FIELDS) == {*SESSION_FIELDS, "edition", "counted"}
    assert BODY["mappings"]["dynamic"] == "strict"


@pytest.mark.parametrize(
    "path",
    [
        *("event", "series", "kind", "companies", "themes", "tags", "mark", "language", "track"),
        *("keywords.raw", "keywords_ja.raw", "speakers.name.raw", "counted.companies", "counted.themes"),
    ],
)
def test_what_is_counted_is_a_keyword(path: str) -> None:
    assert dict(all_fields(FIELDS))[path]["type"] == "keyword"


@pytest.mark.parametrize("name", ["title", "summary", "summary_ja", "keywords", "keywords_ja", "note"])
def test_texts_are_analysed_in_both_languages(name: str) -> None:
    fields = dict(all_fields(FIELDS))
    assert fields[f"{name}.en"]["analyzer"] == "mltalks_en"
    assert fields[f"{name}.ja"]["analyzer"] == "mltalks_ja"


# the documents


@pytest.mark.slow
def test_actions_and_documents_take_turns_and_every_line_ends(library: Library, lines: list[str]) -> None:
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    ids = [session.id for session in library.list().sessions]
    assert len(ids) > 400
    actions = [{"index": {"_index": "mltalks", "_id": session}} for session in ids]
    assert [json.loads(line) for line in lines[::2]] == actions
    assert [json.loads(line)["id"] for line in lines[1::2]] == ids
    assert all(len(session.encode()) <= 512 for session in ids)


def test_every_document_fits_the_mapping(documents: list[Body]) -> None:
    assert [misfit for one in documents for misfit in misfits(one, BODY["mappings"])] == []


def test_the_checker_sees_what_does_not_fit() -> None:
    wrong = {"id": 1, "year": "2024", "odd": "x", "speakers": ["Ann"], "minutes": 40_000, "inferred": 1}
    assert len(list(misfits(wrong, BODY["mappings"]))) == 6


@pytest.mark.slow
def test_a_document_holds_the_whole_session(library: Library, documents: list[Body]) -> None:
    for session, document in zip(library.list().sessions, documents, strict=True):
        assert {name: document[name] for name in SESSION_FIELDS} == session.record()
        assert Session.of({name: document[name] for name in SESSION_FIELDS}) == session
    inferred = [one for one in documents if one["inferred"]]
    assert len(inferred) > 100
    assert all(one["themes_inferred"] for one in inferred)


def test_a_document_has_its_event(documents: list[Body]) -> None:
    katib = next(one for one in documents if one["id"] == "opml19-katib")
    assert katib["edition"] == {
        "name": "USENIX OpML '19",
        "full_name": "2019 USENIX Conference on Operational Machine Learning",
        "start_date": "2019-05-20",
        "end_date": "2019-05-20",
        "location": "Santa Clara, CA, USA",
    }


def test_counts_are_those_of_the_commands(library: Library, documents: list[Body]) -> None:
    companies = Counter(name for one in documents for name in one["counted"]["companies"])
    assert companies == {one.value: one.sessions for one in library.facet("company").values}
    themes = Counter(name for one in documents for name in one["counted"]["themes"])
    assert themes == {one.theme.id: one.sessions for one in library.themes().themes if one.sessions}


def test_no_events_and_no_themes_will_do() -> None:
    session = Session("x-1", "x", "X", 2024, "Serving", "talk", companies=("A",), themes=("a",))
    action, document = map(json.loads, opensearch.write([session], Context()))
    assert action["index"] == {"_index": "mltalks", "_id": "x-1"}
    assert document["edition"] is None
    assert document["counted"] == {"companies": ["A"], "themes": ["a"]}
    assert list(misfits(document, BODY["mappings"])) == []


texts = st.text(st.characters(), max_size=12)  # with lone surrogates
lists = st.lists(texts, max_size=3).map(tuple)
any_session = st.builds(
    Session,
    id=texts,
    event=st.sampled_from(["x", "y"]),
    series=texts,
    year=st.integers(1900, 2200),
    title=texts,
    kind=texts,
    companies=lists,
    speakers=st.lists(st.builds(Speaker, texts, st.none() | texts, st.none()), max_size=3).map(tuple),
    keywords=lists,
    themes=st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
    summary=st.none() | texts,
    minutes=st.none() | st.integers(1, 1440),
    date=st.none() | st.dates().map(str) | st.datetimes().map(datetime.isoformat),
    slides_public=st.none() | st.booleans(),
    tags=lists,
)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(any_session, max_size=3))
def test_any_session_makes_two_valid_lines(some: list[Session]) -> None:
    cycle = {"a": Theme("a", broader="b"), "b": Theme("b", broader="a")}
    units = {"A": Organization("A", "company", (), "A")}
    lines = list(opensearch.write(some, Context({"x": Event("x", "X", "X", 2024)}, cycle, units)))
    assert len("".join(lines).split("\n")) == 2 * len(some) + 1
    "".join(lines).encode()
    for session, line in zip(some, lines[1::2], strict=True):
        document = json.loads(line)
        assert list(misfits(document, BODY["mappings"])) == []
        assert Session.of({name: document[name] for name in SESSION_FIELDS}) == session


def test_jq_reads_the_file(lines: list[str], tmp_path: Path, shell: Callable[[str], Result]) -> None:
    needs("jq")
    file = tmp_path / "talks.ndjson"
    file.write_text("".join(lines), encoding="utf-8")
    printed = shell(
        f"jq -c 'select(.index) | .index._index = \"mltalks-2\"' {file} | head -1;"
        f" jq -r 'select(.id == \"opml19-katib\") | .counted.companies[]' {file}"
    )
    first = json.loads(lines[0])["index"]["_id"]
    assert printed.out.splitlines() == [
        f'{{"index":{{"_index":"mltalks-2","_id":"{first}"}}}}',
        *("Cisco", "NTT Software Innovation Center", "NTT"),
    ]


# docs/scaling.md


def named_fields(query: object) -> Iterator[str]:
    """Yield the fields that a query or an aggregation names."""
    if isinstance(query, list):
        for one in query:
            yield from named_fields(one)
    if not isinstance(query, dict):
        return
    for key, value in query.items():
        if key == "field":
            yield value
        elif key in {"fields", "_source"}:
            yield from (name.split("^")[0] for name in value)
        elif key in {"term", "terms", "range", "match"} and "field" not in value:
            yield from value
        else:
            yield from named_fields(value)


def test_the_queries_of_the_document_name_fields_of_the_mapping() -> None:
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    queries = [json.loads(block) for block in re.findall(r"<<'JSON'[^\n]*\n(.*?)\n *JSON\n", text, re.DOTALL)]
    assert len(queries) == 2
    known = dict(all_fields(FIELDS))
    fields = {field for query in queries for field in named_fields(query)}
    assert len(fields) > 10
    assert fields - set(known) == set()
    searched = {
        name.split("^")[0] for query in queries for name in re.findall(r"[\w.]+\^\d", json.dumps(query))
    }
    assert {known[name]["type"] for name in searched} == {"text"}
