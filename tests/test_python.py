"""The library as a program uses it: what docs/python.md promises."""

import csv
import doctest
import runpy
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

import mltalks
from mltalks.analysis.crosstab import Percent
from tests.conftest import ROOT, Run, shared_cache, shipped_library


def test_the_examples_in_the_documentation_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mltalks, "open", partial(mltalks.open, cache=shared_cache()))
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


def test_the_notebook_runs_from_the_first_to_the_last_cell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mltalks, "open", partial(mltalks.open, cache=shared_cache()))
    runpy.run_path(str(ROOT / "docs" / "examples" / "notebook.py"))
    out = capsys.readouterr().out
    assert "theme: llm-inference" in out
    assert "rising" in out


def test_what_is_listed_as_stable_can_be_imported_and_is_documented() -> None:
    promised = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in mltalks.__all__:
        assert getattr(mltalks, name)
        assert name in promised or name == "__version__"
    with pytest.raises(AttributeError, match="nothing"):
        _ = mltalks.nothing


def test_a_closed_library_opens_again() -> None:
    with mltalks.open(cache=shared_cache()) as cat:
        first = cat.catalogue
        assert cat.is_current()
    assert not cat.is_current()
    assert cat.list("event:opml19", 1).total == 28
    assert cat.catalogue is not first
    cat.close()


@pytest.mark.excerpt
def test_own_data_may_change_a_talk_that_is_not_loaded(excerpt: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[sessions]]\nid = "team-2031-broth"\ntags = ["soup"]\n')
    with mltalks.open(excerpt, shipped=False, own=own) as cat:
        assert cat.list("tag:soup").total == 0
        assert [notice.template[:10] for notice in cat.notices()] == ["records of"]
    with mltalks.open(excerpt, own, shipped=False) as cat, pytest.raises(mltalks.DataError):
        cat.list()


def test_a_list_reads_one_session_after_the_other() -> None:
    cat = shipped_library()
    talks = cat.list("series:MLSys", sort="date")
    assert len(talks) == talks.total > 400
    assert next(iter(talks)).id == talks.sessions[0].id
    assert [one.id for one in talks] == [one.id for one in talks.sessions]
    assert len(cat.list("series:MLSys", 3)) == 3


def test_without_pandas_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(mltalks.MltalksError, match=r"^to_pandas needs pandas: pip install pandas$"):
        shipped_library().list("event:opml19").to_pandas()


def test_tables_have_the_numbers_of_the_results() -> None:
    cat = shipped_library()
    hits = cat.search("latency", 5)
    assert hits.to_pandas()[["id", "score"]].to_numpy().tolist() == [
        [one.session.id, one.score] for one in hits.hits
    ]
    assert cat.list("event:opml19", 0).to_pandas().shape == (0, len(mltalks.dataset.model.SESSION_FIELDS))
    near = cat.related("opml19-katib", 2)
    assert near.to_pandas()["shared"][0][0] == f"theme {near.sessions[0].shared[0].value}"
    companies = cat.facet("company")
    assert companies.to_pandas()["sessions"].tolist() == [one.sessions for one in companies.values]
    tree = cat.themes()
    assert tree.to_pandas()["id"].tolist() == [one.theme.id for one in tree.themes]
    crossed = cat.crosstab("company", "theme")
    table = crossed.to_pandas()
    assert table.loc["Google", "pipelines"] == crossed.cell("Google", "pipelines") > 0
    trend = cat.trend("theme")
    assert trend.to_pandas(absolute=True)[2024].tolist() == [
        one.years[[year.year for year in trend.years].index(2024)] for one in trend.values
    ]
    compared = cat.compare("opml19", "opml20")
    assert compared.to_pandas()[["a", "b"]].to_numpy().tolist() == [[one.a, one.b] for one in compared.values]
    committee = cat.committee(["opml20"])
    assert committee.to_pandas()["seats"].tolist() == [one.seats for one in committee.organizations]


@pytest.mark.parametrize("percent", ["row", "column", "all"])
def test_the_table_of_percentages_has_percentages(mltalks: Run, percent: Percent) -> None:
    cat = shipped_library()
    query = "year:2024.."
    frame = cat.crosstab("company", "year", query, percent=percent).to_pandas()
    printed = list(
        csv.reader(
            mltalks("crosstab", "company", "year", query, "--percent", percent, "-o", "csv").out.splitlines()
        )
    )
    assert printed[0][1:] == [*frame.columns]
    assert [
        [name, *(f"{number:.1f}" for number in row)]
        for name, row in zip(frame.index, frame.to_numpy(), strict=True)
    ] == printed[1:]
    of_years = cat.crosstab("kind", "lang", query, by_year=True, percent=percent)
    assert of_years.to_pandas().loc[(2025, "paper"), "en"] == round(
        100 * dict(of_years.years)[2025].share("paper", "en", percent), 1
    )


def test_the_table_of_a_trend_has_the_numbers_that_the_command_prints(mltalks: Run) -> None:
    trend = shipped_library().trend("theme")
    for option, absolute in ((), False), (("--absolute",), True):
        (head, *rows) = csv.reader(mltalks("trend", "theme", "-o", "csv", *option).out.splitlines())
        frame = trend.to_pandas(absolute=absolute)
        years = [name for name in head if name.isdigit()]
        printed = [[float(row[head.index(year)] or -1) for year in years] for row in rows]
        assert printed == frame[[*map(int, years)]].fillna(-1).to_numpy().tolist()


QUERIES = ("latency", "kuberntes automl", "レイテンシ", "bunsan gakushuu", "company:google", "プルーニング")
ASKED: dict[str, Callable[[mltalks.Library, str], object]] = {
    "search": lambda cat, query: [
        (one.session.id, one.score, one.matched) for one in cat.search(query, 5).hits
    ],
    "list": lambda cat, query: [one.title for one in cat.list(query, 20, "date")],
    "facet": lambda cat, query: [*cat.facet("company", query).values[:5]],
    "crosstab": lambda cat, query: cat.crosstab("company", "theme", query).counts,
    "themes": lambda cat, query: cat.themes(query).themes,
    "related": lambda cat, _: [one.session.id for one in cat.related("opml19-katib", 5).sessions],
    "explain": lambda cat, _: cat.explain("opml19-katib").reasons,
    "classify": lambda cat, query: [one.found.themes for one in cat.classify([{"title": query}])],
    "trend": lambda cat, query: cat.trend("theme", query).values,
}


def test_threads_read_one_library_at_once() -> None:
    tasks = [(name, query) for name in ASKED for query in QUERIES]
    expected = {task: repr(ASKED[task[0]](shipped_library(), task[1])) for task in tasks}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # a switch wherever one can be
    try:
        with mltalks.open(cache=shared_cache()) as cat:
            wrong: list[object] = []
            start = threading.Barrier(6)

            def read(seed: int) -> None:
                start.wait()
                for name, query in Random(seed).sample(tasks, 25):
                    try:
                        if repr(ASKED[name](cat, query)) != expected[name, query]:
                            wrong.append((name, query))
                    except Exception as error:  # noqa: BLE001 - the main thread reports it
                        wrong.append((name, query, error))

            threads = [threading.Thread(target=read, args=(seed,)) for seed in range(6)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
    finally:
        sys.setswitchinterval(interval)
    assert wrong == []


def test_a_library_that_was_compiled_is_current(tmp_path: Path) -> None:
    library = mltalks.open(cache=tmp_path)
    library.compile()
    assert library.is_current()
