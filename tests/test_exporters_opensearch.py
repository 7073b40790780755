"""The bulk file and the index of OpenSearch: each document is checked against the mapping.

`tests/opensearch` loads them into a live node.
"""

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
from mltalks.exchange.exporters.catalogue_context import context_of
from mltalks.exchange.exporters.exporter import Context
from mltalks.library import Library
from tests.conftest import ROOT, Result, needs, shipped_library
from tests.opensearch.node import Unavailable, classpath

Body = dict[str, Any]
MEANINGS = [(["latency", "レイテンシ"], ["delay"]), (["accuracy"], [])]
BODY: Body = json.loads(opensearch.mapping(MEANINGS))
FIELDS: Body = BODY["mappings"]["properties"]
# Source: OpenSearch documentation, Field types, Token filters, Kuromoji analyzer.
PARAMETERS = {
    "keyword": {"type", "ignore_above", "fields", "normalizer", "copy_to"},
    "text": {"type", "analyzer", "index", "fields", "copy_to"},
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
            context_of(everything),
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
    assert used | {"mltalks_synonyms"} == set(analysis["analyzer"])
    for analyzer in analysis["analyzer"].values():
        assert analyzer["tokenizer"] in {"standard", *analysis["tokenizer"]}
        assert set(analyzer["filter"]) <= FILTERS | set(analysis["filter"])
    assert analysis["tokenizer"]["mltalks_ja"]["type"] == "kuromoji_tokenizer"


def test_every_field_of_a_session_is_mapped_and_no_other_is_taken() -> None:
    assert set(FIELDS) == {*SESSION_FIELDS, "edition", "counted", "names", "heading", "everything"}
    assert BODY["mappings"]["dynamic"] == "strict"


@pytest.mark.parametrize(
    "path",
    [
        *("event", "series", "kind", "companies", "themes", "tags", "mark", "language", "track"),
        *(f"counted.{name}" for name in ("companies", "themes", "keywords", "speakers", "languages")),
    ],
)
def test_what_is_counted_is_a_keyword(path: str) -> None:
    assert dict(all_fields(FIELDS))[path]["type"] == "keyword"


@pytest.mark.parametrize("name", ["title", "summary", "summary_ja", "questions", "keywords_ja", "note"])
def test_texts_are_analysed_in_both_languages_and_searched_together(name: str) -> None:
    fields = dict(all_fields(FIELDS))
    for one in (name, "everything", "heading"):
        assert fields[one]["analyzer"] == "mltalks_en"
        assert fields[f"{one}.ja"]["analyzer"] == "mltalks_ja"
    assert "everything" in fields[name]["copy_to"]


def test_the_names_of_a_thing_are_synonyms_of_queries() -> None:
    assert BODY["settings"]["analysis"]["filter"]["thesaurus"]["synonyms"] == ["latency, レイテンシ"]
    assert all(field.get("analyzer") != "mltalks_synonyms" for _, field in all_fields(FIELDS))


# the documents


@pytest.mark.slow
def test_actions_and_documents_take_turns_and_every_line_ends(library: Library, lines: list[str]) -> None:
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    ids = [session.id for session in library.list().sessions]
    assert len(ids) > 400
    actions = [{"index": {"_id": session}} for session in ids]
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
    keywords = Counter(name for one in documents for name in one["counted"]["keywords"])
    assert keywords == {one.value: one.sessions for one in library.facet("keyword").values}


def test_names_are_those_of_what_is_counted_in_both_languages(documents: list[Body]) -> None:
    names = next(one for one in documents if one["id"] == "opml19-deepcpu")["names"]
    assert {"Microsoft", "MS", "マイクロソフト"} <= set(names["companies"])
    assert {"serving-latency", "Model serving and latency"} <= set(names["themes"])


def test_no_events_and_no_themes_will_do() -> None:
    session = Session("x-1", "x", "X", 2024, "Serving", "talk", companies=("A",), themes=("a",))
    action, document = map(json.loads, opensearch.write([session], Context()))
    assert action["index"] == {"_id": "x-1"}
    assert document["edition"] is None
    assert (document["counted"]["companies"], document["counted"]["themes"]) == (["A"], ["a"])
    assert document["names"] == {"companies": ["A"], "keywords": [], "themes": ["a"]}
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
    speakers=st.lists(
        st.builds(Speaker, texts, st.none() | texts, st.none() | texts.filter(bool)), max_size=3
    ).map(tuple),
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


def test_jq_turns_the_file_back_into_sessions(
    lines: list[str], tmp_path: Path, shell: Callable[[str], Result]
) -> None:
    needs("jq")
    file = tmp_path / "talks.ndjson"
    file.write_text("".join(lines), encoding="utf-8")
    document = (ROOT / "docs" / "scaling.md").read_text("utf-8")
    command = re.search(r"^jq -c .*(?= talks.ndjson > talks.jsonl)", document, re.MULTILINE)
    assert command
    printed = shell(
        f"{command[0]} {file} > {tmp_path}/talks.jsonl; mltalks import {tmp_path}/talks.jsonl --dry-run"
    )
    assert (
        printed.err
        == f"mltalks: would add 0, change 0 and skip 0; {len(lines) // 2} already present, 0 rejected\n"
    )


# the live node of tests/opensearch


def test_a_machine_without_java_or_a_way_to_fetch_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="javac and mvn not installed"):
        classpath(tmp_path)
    for tool in ("javac", "mvn"):
        (tmp_path / tool).write_text("#!/bin/sh\necho '[ERROR] no network'; exit 1\n")
        (tmp_path / tool).chmod(0o755)
    with pytest.raises(Unavailable, match="Maven cannot fetch OpenSearch: no network"):
        classpath(tmp_path)
