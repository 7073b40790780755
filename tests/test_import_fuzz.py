"""Any imported or edited file gives sessions or problems, never anything else, and imported sessions are always valid.

MLTALKS_FUZZ is the number of inputs for each format; the figures of docs/benchmarks.md are of 10,000.
"""

import copy
import io
import json
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

from mltalks.cli.commands.import_sessions import put_into
from mltalks.dataset import loader
from mltalks.dataset.ids import free
from mltalks.dataset.toml.parser import parse
from mltalks.errors import DataError
from mltalks.exchange.exporters import json_records
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import registry
from mltalks.exchange.intake.intake import Intake
from mltalks.exchange.readers.source import Source
from mltalks.library import Library
from mltalks.problems import Problem
from mltalks.userdata.layers import Layers
from mltalks.userdata.store import UserStore
from mltalks.userdata.transaction import transaction

EXAMPLES = int(os.environ.get("MLTALKS_FUZZ", "12"))
DATA = Path(__file__).parent / "data"
WORK = Path(tempfile.mkdtemp(prefix="mltalks-fuzz-"))
BASE = """\
[[themes]]
id = "serving"
label = { en = "Serving" }

[[events]]
id = "opml19"
name = "OpML '19"
series = "OpML"
year = 2019

[[sessions]]
id = "opml19-katib"
event = "opml19"
title = "Katib"
kind = "talk"
themes = ["serving"]
speakers = [{ name = "Ada", organization = "Example" }, { name = "Alan" }]
tags = ["a"]
minutes = 20
slides_public = true
date = "2019-05-20"
note = "mine"
"""
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)


@cache
def base() -> Path:
    file = WORK / "base.toml"
    file.write_text(BASE, encoding="utf-8")
    return file


@cache
def library() -> Library:
    return Library([base()])


@cache
def sample(form: str) -> bytes:
    """Return a real file of a format, or one that mltalks exported."""
    known, events = library().catalogue.session(0), library().catalogue.events
    other = known._replace(
        id="new", event="days24", title="Another", series="Days", year=2024, tags=("b", "c")
    )
    sessions = [known, other]
    table = (DATA / "talks.csv").read_text(encoding="utf-8")
    written = {
        "csv": lambda: table,
        "tsv": lambda: table.replace(",", "\t"),
        "json": lambda: "".join(json_records.write_json(sessions, Context(events))),
        "jsonl": lambda: "".join(json_records.write_jsonl(sessions, Context(events))),
        "toml": lambda: BASE + BASE.replace("opml19", "days24").replace("Katib", "Another"),
    }
    if form in written:
        return written[form]().encode()
    return next(DATA.glob(SAMPLES[form])).read_bytes()


SAMPLES = {
    "pyvideo": "imports/pyvideo/pycon-jp-2016/videos/1_*.json",
    "virtual": "imports/mlsys-2099-orals-posters.json",
    "schedule": "imports/example-days.json",
    "dblp": "imports/dblp.json",
    "csl": "imports/csl.json",
    "rubyevents": "imports/rubyevents/balkanruby/*/videos.yml",
    "sessionize": "imports/sessionize.json",
    "pretalx": "imports/pretalx.json",
    "ical": "foreign/opml19.ics",
    "bibtex": "foreign/opml19.bib",
    "ris": "foreign/opml19.ris",
}
TOKENS = [
    b"\x00", b"\xed\xa0\x80", b"\\ud800", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b'"', b"'", b'"""', b"'''", b"[", b"]", b"{",
    b"}", b"[[", b"[[sessions]]\n", b'[["sessions"]]\n', b"[sessions.x]\n", b",", b";", b"\t", b":", b"=", b"\\", b"@", b"@{", b"%", b"&a", b"*a",
    b"#", b"---\n", b"..\n", b"!!python/object/apply:os.system [x]", b"<<: *a", b"\x1b[31m", b"\x85", "\u2028\u202e\ufeff".encode(), b"../../x",
    b"=1+1", b"[" * 3000, b"{\"a\":" * 3000, b"(" * 3000, b"9" * 5000, b"0x" + b"f" * 5000, b"1e999", b"NaN", b"-0", b"true", b"null", b"1979-05-27",
    b"07:32:00", "é".encode() * 300, b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"DTSTART;TZID=X:20190520T250000\r\n",
    b"TY  - CONF\n", b"ER  - \n", b"@string{a = a}", b"\\input{/etc/passwd}", b"2019", b"0000", b"99999", b"Katib", b"opml19-katib", b"opml19",
]  # fmt: skip
ODD: list[Any] = [
    None, True, False, 0, -1, 3.5, float("nan"), float("inf"), 10**400, 99999, 2019, "", " ", "\x00", "\ud800", "\x1b]0;x\x07", "a\nb", "../../x",
    "=1+1", "javascript:alert(1)", "http://[::1", "https://example.org/\u202e", "2019", "0000-00-00", "9999-12-31T23:59:59+14:00", "x" * 2000, [], {},
    [[]], [None], [{}], [["a", {"b": []}]], {"name": []}, {"a": {"b": {"c": {}}}}, [1, "1", "1"], "opml19", "opml19-katib", "Katib", "serving", "-",
    "https://example.org/a b", {"id": "opml19-katib", "title": "Katib"}, ["serving", "serving"], {"year": 3000}, "Meetup 2020", "10.1000/x y",
]  # fmt: skip
NAMES = [
    *[
        "id",
        "event",
        "title",
        "kind",
        "track",
        "speakers",
        "organizations",
        "keywords",
        "themes",
        "themes_inferred",
        "summary",
        "url",
        "slides_public",
        "doi",
        "language",
    ],
    *[
        "date",
        "minutes",
        "tags",
        "mark",
        "note",
        "series",
        "year",
        "name",
        "start_date",
        "full_name",
        "companies",
        "videos",
        "talks",
        "category",
        "description",
        "uid",
    ],
]
PLACES = st.floats(0, 1, exclude_max=True)
TOKEN = st.integers(0, len(TOKENS) - 1).map(
    TOKENS.__getitem__
)  # by number: a report need not spell all of them
STRANGE = st.integers(0, len(ODD) - 1).map(ODD.__getitem__)
CUTS = st.tuples(
    st.sampled_from(["insert", "replace", "delete", "repeat", "end"]), PLACES, st.integers(0, 200), TOKEN
)
CHANGES = st.tuples(
    st.sampled_from(["value", "key", "add", "drop", "text"]), PLACES, STRANGE, st.sampled_from(NAMES)
)


def cut(content: bytes, cuts: list[tuple[str, float, int, bytes]]) -> bytes:
    for how, place, length, token in cuts:
        at = int(place * (len(content) + 1))
        piece = content[at : at + length]
        if how == "end":
            content = content[:at]
        else:
            instead = {"insert": token + piece, "replace": token, "delete": b"", "repeat": piece * 3}[how]
            content = content[:at] + instead + content[at + length :]
    return content


def nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container within a value with each of its places."""
    for place, one in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        yield value, place
        if isinstance(one, dict | list):
            yield from nodes(one)


def changed(value: Any, changes: list[tuple[str, float, Any, str]]) -> Any:
    for how, where, one, name in changes:
        odd = copy.deepcopy(one)  # it may be put into itself
        places = list(nodes(value))
        if not places:
            return odd
        within, place = places[int(where * len(places))]
        if how in ("key", "add") and isinstance(within, dict):
            within[name] = within.pop(place) if how == "key" else odd
        elif how == "drop":
            del within[place]
        elif how == "text" and isinstance(within[place], str):
            within[place] += str(odd)[:100]
        else:
            within[place] = odd
    return value


def structured(form: str, changes: list[tuple[str, float, Any, str]]) -> bytes:
    """Return a valid file of a format with unusual values."""
    text = sample(form).decode()
    if form == "toml":
        parsed = parse(Path("x"), text)
        assert isinstance(parsed, dict)
        made = changed(parsed, changes)
        return toml(made if isinstance(made, dict) else {"sessions": made}).encode("utf-8", "surrogatepass")
    if form == "jsonl":
        return b"".join(
            json.dumps(changed(json.loads(line), changes)).encode() + b"\n" for line in text.splitlines()
        )
    document = yaml.safe_load(text) if form == "rubyevents" else json.loads(text)
    return json.dumps(changed(document, changes), default=str).encode()


def toml(document: dict[str, Any]) -> str:
    """Return any document as TOML, with each value on a line of its table."""
    parts = []
    for table, entries in document.items():
        tables = (
            entries if isinstance(entries, list) and all(isinstance(one, dict) for one in entries) else None
        )
        if tables:
            parts += [
                f"[[{value(table)}]]\n" + "".join(f"{value(k)} = {value(v)}\n" for k, v in one.items())
                for one in tables
            ]
        else:
            parts.insert(0, f"{value(table)} = {value(entries)}\n")
    return "".join(parts)


def value(one: Any) -> str:
    if isinstance(one, dict):
        return "{" + ", ".join(f"{value(k)} = {value(v)}" for k, v in one.items()) + "}"
    if isinstance(one, list):
        return "[" + ", ".join(map(value, one)) + "]"
    if one is None:
        return "07:32:00"
    if isinstance(one, int) and not isinstance(one, bool):
        return "0x" + "f" * 6000 if one == 10**400 else str(one)
    return (
        json.dumps(one, ensure_ascii=False).lower()
        if not isinstance(one, str)
        else json.dumps(one).replace("\\ud800", "\\ufffd")
    )


def inputs(form: str) -> st.SearchStrategy[bytes]:
    found = [
        st.binary(max_size=300),
        st.lists(CUTS, min_size=1, max_size=4).map(lambda cuts: cut(sample(form), cuts)),
    ]
    if form in (
        "pyvideo",
        "virtual",
        "schedule",
        "dblp",
        "csl",
        "rubyevents",
        "sessionize",
        "pretalx",
        "json",
        "jsonl",
        "toml",
    ):
        found.append(st.lists(CHANGES, min_size=1, max_size=5).map(lambda changes: structured(form, changes)))
        found.append(found[-1])
    return st.one_of(found)


def take_in(content: bytes, form: str, event: str | None, *, duplicates: bool) -> None:
    """Import a text as the command does, and check that the result is valid."""
    problems: list[Problem] = []
    intake = Intake(library().catalogue, problems.append, event, keep_duplicates=duplicates)
    source = Source(Path("<stdin>"), io.BytesIO(content))
    registry.detect(source.path, content[:4096].decode("utf-8-sig", "replace"), print)
    try:
        for one in intake.take(registry.read(source, form)):
            assert one.id or one.reported
    except DataError as error:
        problems += error.problems
    assert all(problem.text("en") and problem.text("ja") for problem in problems)
    with transaction(UserStore(WORK / "none"), Layers.read([base()], []), "import", dry_run=True) as change:
        put_into(change, intake)
    for difference in change.differences:
        written = WORK / "taken.toml"
        written.write_bytes(difference.after.encode())
        found = loader.read([[base()], [written]])
        assert found.errors == [], [one.text() for one in found.errors]


@pytest.mark.parametrize("form", registry.IMPORTERS.built_in)
def test_imported_data_are_always_valid(form: str) -> None:
    @given(inputs(form), st.sampled_from([None, None, "opml19", "Meetup 2020"]), st.booleans())
    @fuzzed
    def check(content: bytes, event: str | None, duplicates: bool) -> None:
        take_in(content, form, event, duplicates=duplicates)

    check()


@given(inputs("toml"))
@fuzzed
def test_any_data_file_is_read_or_has_problems(content: bytes) -> None:
    file = WORK / "sessions.toml"
    file.write_bytes(content)
    found = loader.read([[base()], [file]])
    assert all(problem.text("en") and problem.text("ja") for problem in found.problems)


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("json", b'{"id": {"a": 1}, "event": "opml19", "title": "A", "kind": "talk"}'),
        ("json", b'{"id": "n", "event": "days", "title": "A", "kind": "talk", "series": 5, "year": [1]}'),
        ("json", b'{"id": "n", "event": "days24", "title": "A", "kind": "talk", "year": 99999}'),
        ("json", b'{"id": "n", "event": "days", "title": "A", "kind": "talk", "date": "0000-01-01"}'),
        ("toml", b'[[sessions]]\nid = 0x' + b"f" * 5000),
        ("toml", b'[[sessions]]\ntitle = "A"\nevent = "opml19"\nthemes = [0x' + b"f" * 5000 + b"]\n"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_reported_and_left_out(form: str, content: bytes) -> None:
    take_in(content, form, None, duplicates=False)


def test_many_ids_of_one_beginning_and_very_long_titles_take_no_longer() -> None:
    looks: list[object] = []

    class Taken(set[str]):
        def __contains__(self, name: object) -> bool:
            looks.append(name)
            return super().__contains__(name)

    taken = Taken({"a", *(f"a-{number}" for number in range(2, 100_000))})
    assert free("a", taken) == "a-100000"
    assert len(looks) < 50
    titles = [json.dumps({"title": "a" * 3_000_000 + end}) for end in "bc"]
    take_in("\n".join(titles).encode(), "jsonl", "opml19", duplicates=False)
