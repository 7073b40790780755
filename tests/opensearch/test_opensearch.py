"""The export in a live node of OpenSearch: it is loaded, and answers as the commands do (docs/scaling.md)."""

import json
import re
import shlex
import shutil
import subprocess
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.metrics import reciprocal_rank
from benchmarks.opensearch import FILTERS, FUNCTIONS, OpenSearch, found_by_filters
from tests.conftest import ROOT, Result, environment, forked, shipped_library
from tests.opensearch.node import Unavailable, ask, started

pytestmark = [pytest.mark.opensearch, pytest.mark.slow, pytest.mark.xdist_group("opensearch")]

DOCUMENT = (ROOT / "docs/scaling.md").read_text("utf-8")
# The queries of the README, each with what asks the node for the same.
QUERIES = dict(re.findall(r"^# mltalks (.+)\n((?:(?!# |```).*\n)+)", DOCUMENT, re.MULTILINE))
# Words mean more to the command than to the node (compounds, sounds, names of themes), and less where a stem is coarser.
WORDS = {"latency serving", "(kafka OR kubernetes) cluster", "title:latency", "answers:cost"}
Answers = Mapping[str, Any]
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a node."""
    missing = [tool for tool in ("curl", "jq") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        try:
            with started(tmp_path_factory.mktemp("node")) as address:
                yield address
        except Unavailable as reason:
            pytest.skip(str(reason))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def command(home: Path, server: "subprocess.Popen[str]") -> Command:
    """Run `mltalks` with the data of one user."""
    return lambda *arguments: forked(server, arguments, environment(home), home)


@pytest.fixture(scope="module")
def functions(node: str, home: Path) -> Callable[[str], Result]:
    """Run lines of shell that use the functions of docs/examples/opensearch.sh; jq and curl see the node alone."""

    def run(lines: str) -> Result:
        done = subprocess.run(
            ["bash", "-c", f". {FUNCTIONS}\n{lines}"],
            env={**environment(home, measured=False), "SERVER": node},
            capture_output=True, text=True, cwd=home, timeout=300, check=False,
        )  # fmt: skip
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="module")
def exported(home: Path, command: Command) -> Path:
    """Return the folder with the two files of an export of everything, one talk of which has a tag and a note."""
    assert command("tag", "opml19-katib", "survey").code == 0
    assert command("note", "opml19-katib", "Compare with our own tuner.").code == 0
    files = ("--output", "talks.ndjson", "--mapping", "index.json")
    assert command("export", "--format", "opensearch", "--with-notes", *files).code == 0
    return home


@pytest.fixture(scope="module")
def loaded(node: str, exported: Path, functions: Callable[[str], Result]) -> str:
    """Return the address of the node, with everything loaded in batches."""
    done = functions("BATCH=200 talks_load mltalks-1")
    assert done.code == 0, done.err
    assert not list(exported.glob("*.parts*"))
    return node


@pytest.fixture(scope="module")
def answers(loaded: str, functions: Callable[[str], Result]) -> Answers:
    """Return the node's answer to each of QUERIES."""
    done = functions("\n".join(f"{lines}echo; echo ---" for lines in QUERIES.values()))
    assert (done.code, done.err) == (0, "")
    *texts, _ = done.out.split("---\n")
    return dict(zip(QUERIES, map(json.loads, texts), strict=True))


def found(answer: Any) -> list[str]:
    return [hit["_id"] for hit in answer["hits"]["hits"]]


def counts(aggregation: Any) -> dict[str, int]:
    """Return the number of sessions by value."""
    buckets = aggregation["buckets"]
    named = buckets.items() if isinstance(buckets, dict) else ((one["key"], one) for one in buckets)
    return {str(name): one["doc_count"] for name, one in named}


def cells(aggregation: Any) -> dict[tuple[str, str], int]:
    """Return the number of sessions by row and column of a table, without empty ones."""
    return {
        (row["key"], column): count
        for row in aggregation["buckets"]
        for column, count in counts(row["columns"]).items()
    }


def test_the_document_has_the_queries_of_the_readme() -> None:
    assert len(QUERIES) > 20
    assert len(FILTERS) > 20
    readme = (ROOT / "README.md").read_text("utf-8")
    asked = re.findall(r"^\$ mltalks ((?:search|list|by-company|themes|companies|crosstab|trend|compare|related) .*)", readme, re.MULTILINE)  # fmt: skip
    words = {command: set(shlex.split(command)) for command in QUERIES}
    for line in asked:
        typed = shlex.split(line.split("|")[0].split(";")[0], comments=True)
        assert any(known.issubset(typed) for known in words.values()), line


@pytest.mark.parametrize("typed", QUERIES)
def test_the_node_answers_as_the_command_does(typed: str, answers: Answers, command: Command) -> None:
    name, *_ = shlex.split(typed)
    answer = answers[typed]
    limit = () if name in {"search", "related", "show", "themes", "crosstab"} else ("--limit", "0")
    printed = command(*shlex.split(typed), *limit, "--json", "--lang", "en")
    if typed == "show opml19-katip":
        assert "opml19-katib" in printed.err
        assert found(answer) == ["opml19-katib"]
        return
    assert printed.code == 0, printed.err
    expected = json.loads(printed.out)
    if name in {"search", "related"}:
        ours = [one["id"] for one in expected]
        both = set(ours[:10]) & set(found(answer))
        assert len(both) >= min(10, len(ours), len(found(answer))) / 5, (ours, found(answer))
    elif name in {"list", "by-company"}:
        assert set(found(answer)) == {one["id"] for one in expected}
        years = [hit["_source"]["year"] for hit in answer["hits"]["hits"]]
        assert years == sorted(years, reverse=True)
    elif name == "show":
        assert {**expected, **answer["_source"]} == {**answer["_source"], **expected}
    elif typed == "themes --coverage":
        assert counts(answer["aggregations"]["values"]) == {
            one["filing"]: one["sessions"] for one in expected
        }
    else:
        _same_counts(name, answer["aggregations"], expected)


def _same_counts(name: str, aggregations: Any, expected: Any) -> None:
    if name == "crosstab":
        rows = {one["value"]: one["sessions"] for one in expected["row_totals"]}
        assert counts(aggregations["rows"]) == rows
        ours = {(one["row"], one["col"]): one["sessions"] for one in expected["cells"] if one["sessions"]}
        assert ours.items() <= cells(aggregations["rows"]).items()
    elif name == "trend":
        ours = {
            (one["value"], str(year["year"])): year["sessions"]
            for one in expected["values"]
            for year in one["years"]
            if year["sessions"]
        }
        assert ours.items() <= cells(aggregations["rows"]).items()
    elif name == "compare":
        for facet in ("theme", "keyword", "company"):
            theirs = cells(aggregations[facet])
            values = [one for one in expected["values"] if one["facet"] == facet]
            assert values
            for one in values:
                pair = (theirs.get((one["value"], event), 0) for event in ("opml19", "opml20"))
                assert tuple(pair) == (one["a"], one["b"]), one
    else:
        field = "themes" if name == "themes" else "values"
        assert counts(aggregations["values"]) == {
            one.get("value") or one["id"]: one["sessions"] for one in expected[field] if one["sessions"]
        }


def test_each_filter_finds_what_the_query_language_finds(loaded: str, command: Command) -> None:
    for typed, (total, theirs) in found_by_filters(loaded).items():
        ours = set(command("list", typed, "-o", "ids", "-q").out.split())
        assert ours, typed
        assert total == len(theirs)
        if typed in WORDS:
            assert len(ours & theirs) >= len(ours | theirs) / 3, (typed, ours - theirs, theirs - ours)
        else:
            assert theirs == ours, typed


@pytest.mark.parametrize("field", ["companies", "themes", "keywords", "speakers"])
def test_whatever_is_counted_has_the_counts_of_the_command(field: str, loaded: str, command: Command) -> None:
    body = {"size": 0, "aggs": {"values": {"terms": {"field": f"counted.{field}", "size": 10_000}}}}
    theirs = counts(ask(loaded, body)["aggregations"]["values"])
    printed = json.loads(command(field, "--limit", "0", "--json").out)
    _same_counts(field, {"values": {"buckets": [{"key": k, "doc_count": n} for k, n in theirs.items()]}}, printed)  # fmt: skip


def test_best_hits_are_near_those_of_the_command(loaded: str) -> None:
    """Known items from the repository's own queries: the mean of 1 / place was .89 when this was written."""
    engine = OpenSearch(loaded)
    queries = tomllib.loads((ROOT / "tests/data/queries.toml").read_text("utf-8"))["queries"]
    known = [one for one in queries if "answers" in one]
    ranks = [reciprocal_rank(engine.search(one["q"]), one["answers"]) for one in known]
    assert len(ranks) > 20
    assert sum(ranks) / len(ranks) > 0.8


def test_a_load_that_was_cut_goes_on_and_the_alias_moves_without_a_gap(
    loaded: str, exported: Path, functions: Callable[[str], Result]
) -> None:
    seen: set[object] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            seen.add(ask(loaded, {"query": {"match_all": {}}}, "mltalks/_count")["count"])

    # The connection breaks at the third part.
    broken = "curl() { case $* in *_bulk*) echo x >> sent; [ $(wc -l < sent) = 3 ] && return 7;; esac; command curl \"$@\"; }"  # fmt: skip
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        cut = functions(f"{broken}; BATCH=100 talks_load mltalks-2")
        assert cut.code == 1
        assert len(list((exported / "mltalks-2.parts").iterdir())) == 4
        again = functions(f"{broken}; BATCH=100 talks_load mltalks-2")
        assert again.code == 0, again.err
    finally:
        done.set()
        watcher.join()
    assert len((exported / "sent").read_text().splitlines()) == 3 + 4
    assert seen == {len(shipped_library().catalogue.ids)}
    aliases = functions('talks_request GET _alias/mltalks < /dev/null | jq -r "keys[]"')
    assert aliases.out == "mltalks-2\n"


def test_a_session_of_the_index_in_use_is_replaced(
    loaded: str, exported: Path, command: Command, functions: Callable[[str], Result]
) -> None:
    (exported / "one.ndjson").write_text(
        command("export", "--format", "opensearch", "id:opml19-katib").out, "utf-8"
    )
    done = functions("talks_request POST 'mltalks/_bulk?refresh=true' < one.ndjson; talks_request GET mltalks/_doc/opml19-katib < /dev/null")  # fmt: skip
    replaced, now = map(json.loads, done.out.replace("}{", "}\n{").splitlines())
    assert replaced["items"][0]["index"]["result"] == "updated"
    assert now["_source"]["note"] is None  # it was exported without notes


def test_a_rejected_session_is_named_and_the_alias_stays(
    loaded: str, exported: Path, tmp_path: Path, functions: Callable[[str], Result]
) -> None:
    lines = (exported / "talks.ndjson").read_text("utf-8").splitlines(keepends=True)[:20]
    lines[5] = lines[5].replace('{"id"', '{"odd": 1, "id"', 1)
    (tmp_path / "talks.ndjson").write_text("".join(lines), "utf-8")
    shutil.copy(exported / "index.json", tmp_path)
    done = functions(f"talks_load rejected {tmp_path}")
    assert done.code == 1
    rejected = json.loads(lines[4])["index"]["_id"]
    assert f"{rejected}: mapping set to strict, dynamic introduction of [odd]" in done.err
    assert "rejected" not in functions("talks_request GET _alias/mltalks < /dev/null").out
    assert functions("talks_load nothing nowhere").code == 1
    assert functions("talks_request GET nothing < /dev/null").code == 22  # curl's, for 404: there is no index


def test_without_the_plugin_japanese_is_found_by_pairs_of_characters(
    loaded: str, exported: Path, tmp_path: Path, functions: Callable[[str], Result]
) -> None:
    without = (
        """talks_request() { echo 'failed to find global tokenizer under [kuromoji_tokenizer]'; false; }"""
    )
    body = functions(f"{without}; talks_settings index.json")
    assert "Japanese is analyzed with cjk" in body.err
    unreachable = functions(
        "talks_request() { echo 'no route to the server'; false; }; talks_settings index.json"
    )
    assert (unreachable.out, unreachable.err) == ("", "no route to the server\n")
    analysis = json.loads(body.out)["settings"]["analysis"]
    assert analysis["analyzer"]["mltalks_ja"] == {"type": "cjk"}
    assert "kuromoji" not in json.dumps(analysis)
    for name in ("index.json", "talks.ndjson"):
        (tmp_path / name).write_text(body.out if name == "index.json" else (exported / name).read_text("utf-8"), "utf-8")  # fmt: skip
    ours = functions("talks_request GET _alias/mltalks < /dev/null | jq -r 'keys[]'").out.strip()
    done = functions(f"talks_load cjk {tmp_path} && talks_search 枝刈り")
    back = {"actions": [{"remove": {"index": "cjk", "alias": "mltalks"}}, {"add": {"index": ours, "alias": "mltalks"}}]}  # fmt: skip
    assert ask(loaded, back, "_aliases")["acknowledged"]
    hits = json.loads(done.out)["hits"]["hits"]
    assert any("枝刈り" in json.dumps(hit["_source"], ensure_ascii=False) for hit in hits)
