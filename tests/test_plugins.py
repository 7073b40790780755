"""Formats of other packages: found by entry points, used like the built-in ones, and named in errors."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mltalks.exchange import api
from tests.conftest import ROOT, Run
from tests.test_house import modules_loaded_by

pytestmark = pytest.mark.excerpt

ALBUM = "LINEUP\n2031 PyCon\nServing made up models\nCaching made up tokens\n"
MODULES = {
    "lineup": """\
from mltalks.exchange.api import Draft, Importer

def recognises(name, head):
    return head.startswith("LINEUP")

def read(source):
    _, event, *titles = source.text().splitlines()
    year, name = event.split()
    for line, title in enumerate(titles, 3):
        yield Draft({"title": title}, {"name": name, "year": int(year)}, source.path, line, title)

LINEUP = Importer(read, recognises, (".lineup",))
""",
    "broken": "import nothing_of_this_name\n",
    "quits": "raise SystemExit(7)\n",
    "wrong": "LINEUP = print\n",
    "yields": """\
from mltalks.exchange.api import Importer

def read(source):
    yield {"title": "A"}

LINEUP = Importer(read, endings=[".x"])
""",
    "raises": """\
from mltalks.exchange.api import Importer

def fail(*_):
    raise ValueError("no idea")

LINEUP = Importer(fail, fail)
""",
    "poster": """\
from mltalks.exchange.exporters.exporter import Exporter

def write(sessions, context):
    yield "POSTER\\n" if context.roundtrip else ""
    for session in sessions:
        yield f"{session.title} @ {context.event(session).name}\\n"

LINEUP = Exporter(write)
""",
    "slips": """\
from mltalks.exchange.exporters.exporter import Exporter

def write(sessions, context, file):
    file.write_text(",".join(session.id for session in sessions))

LINEUP = Exporter(file=write)
""",
    "stops": """\
from mltalks.exchange.exporters.exporter import Exporter

def write(sessions, context):
    yield "the beginning"
    raise ValueError("no idea")

LINEUP = Exporter(write)
""",
}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return an empty folder for packages, and for a file of talks."""
    (tmp_path / "x").write_text(ALBUM)
    (tmp_path / "t.csv").write_text("title,event\nA talk on serving,OpML 2031\n")
    return tmp_path


def install(folder: Path, module: str, name: str = "", group: str = "importers") -> dict[str, str]:
    """Put a package with one format into a folder, as pip does; return the environment in which it is found."""
    (folder / f"{module}.py").write_text(MODULES[module])
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[mltalks.{group}]\n{name or module} = {module}:LINEUP\n")
    return {"PYTHONPATH": str(folder)}


def test_a_format_of_another_package_is_recognised_and_can_be_named(mltalks: Run, packages: Path) -> None:
    env = install(packages, "lineup")
    assert "2 added" in mltalks("import", "x", cwd=packages, env=env).err
    named = mltalks("import", "x", "--format", "lineup", "--dry-run", "--json", cwd=packages, env=env)
    assert (named.code, named.out.count('"known"')) == (0, 2)
    unknown = mltalks("import", "x", "--format", "nothing", cwd=packages, env=env)
    assert (unknown.code, unknown.out) == (2, "")
    assert '--format: "nothing" is not one of csv, tsv,' in unknown.err
    assert "pretalx, lineup" in unknown.err
    assert "1 added" in mltalks("import", "t.csv", cwd=packages, env=env).err


def test_no_package_replaces_a_built_in_format(mltalks: Run, packages: Path) -> None:
    env = install(packages, "wrong", name="csv")
    assert "1 added" in mltalks("import", "t.csv", "--format", "csv", cwd=packages, env=env).err


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("broken", "ModuleNotFoundError: No module named 'nothing_of_this_name' (broken.py:1)"),
        ("quits", "SystemExit: 7 (quits.py:1)"),
        ("wrong", "TypeError: wrong:LINEUP is no Importer"),
        ("raises", "ValueError: no idea (raises.py:4)"),
    ],
)
def test_a_format_that_fails_is_named_in_one_line_and_stops_no_other(
    mltalks: Run, packages: Path, module: str, reason: str
) -> None:
    env = install(packages, module)
    message = f'the format "{module}" of the package {module}-package fails: {reason}\n'
    named = mltalks("import", "t.csv", "--format", module, cwd=packages, env=env)
    assert (named.code, named.out, named.err) == (1, "", f"mltalks: error: {message}")
    other = mltalks("import", "t.csv", cwd=packages, env=env)
    assert (other.code, other.err.partition("mltalks: 1 added")[0]) == (0, f"mltalks: {message}")


def test_a_format_with_wrong_endings_or_records_is_named(mltalks: Run, packages: Path) -> None:
    env = install(packages, "yields")
    named = mltalks("import", "t.csv", "--format", "yields", cwd=packages, env=env)
    assert (named.code, named.err.count("\n")) == (1, 1)
    assert "yields-package fails: TypeError: read yields dict" in named.err
    other = mltalks("import", "t.csv", cwd=packages, env=env)
    assert (other.code, "yields-package fails: TypeError: endswith" in other.err) == (0, True)


def test_an_ending_that_one_format_has_loads_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(
        "@inproceedings{a,\n  title = {A talk on serving},\n  booktitle = {OpML}, year = 2031\n}\n"
    )
    loaded = modules_loaded_by(tmp_path, "import", str(file), "--dry-run")
    read = {name.rpartition(".")[2] for name in loaded if name.startswith("mltalks.exchange.importers.")}
    assert read == {"registry", "bibtex"}
    assert "importlib.metadata" not in loaded


def test_sessions_are_written_in_the_formats_of_other_packages(mltalks: Run, packages: Path) -> None:
    env = install(packages, "poster", group="exporters")
    katib = "Katib: A Distributed General AutoML Platform on Kubernetes @ USENIX OpML '19\n"
    assert mltalks("export", "id:opml19-katib", "--format", "poster", env=env).out == katib
    everything = mltalks("export", "id:opml19-katib", "--format", "poster", "--roundtrip", env=env)
    assert everything.out == f"POSTER\n{katib}"
    unknown = mltalks("export", "--format", "nothing", env=env)
    assert (unknown.code, unknown.out) == (2, "")
    assert '--format: "nothing" is not one of toml, json,' in unknown.err
    assert unknown.err.endswith("skos, skos-json, poster\n")
    built_in = mltalks("__complete", "export", "--format", "", env=env).out.split()
    assert "poster" not in built_in


def test_a_format_of_another_package_may_be_a_file(mltalks: Run, packages: Path) -> None:
    env = install(packages, "slips", group="exporters")
    nowhere = mltalks("export", "id:opml19-katib", "--format", "slips", cwd=packages, env=env)
    assert (nowhere.code, "--format slips needs a file: -O talks.slips" in nowhere.err) == (2, True)
    done = mltalks("export", "id:opml19-katib", "--format", "slips", "-O", "talks", cwd=packages, env=env)
    assert (done.code, (packages / "talks").read_text()) == (0, "opml19-katib")


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("broken", "ModuleNotFoundError: No module named 'nothing_of_this_name' (broken.py:1)"),
        ("wrong", "TypeError: wrong:LINEUP is no Exporter"),
        ("stops", "ValueError: no idea (stops.py:5)"),
    ],
)
def test_a_format_that_cannot_be_written_is_named_and_leaves_no_file(
    mltalks: Run, packages: Path, module: str, reason: str
) -> None:
    env = install(packages, module, group="exporters")
    failed = mltalks("export", "--format", module, "-O", "talks", cwd=packages, env=env)
    message = f'mltalks: error: the format "{module}" of the package {module}-package fails: {reason}\n'
    assert (failed.code, failed.err) == (1, message)
    assert not (packages / "talks").exists()
    assert mltalks("export", "id:opml19-katib", env=env).code == 0


def test_a_built_in_format_is_written_without_the_metadata_of_packages(tmp_path: Path) -> None:
    for line in (
        ["export", "--format", "bibtex"],
        ["export", "-O", str(tmp_path / "a.ris")],
        ["export", "--help"],
    ):
        assert "importlib.metadata" not in modules_loaded_by(tmp_path, *line)


EXAMPLE = ROOT / "docs" / "examples" / "mltalks-lineup"


@pytest.mark.parametrize("name", ["pyproject.toml", "mltalks_lineup.py"])
def test_the_page_on_formats_shows_the_files_of_its_example(name: str) -> None:
    page = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    assert (
        f"```{name.rpartition('.')[2].replace('py', 'python')}\n{(EXAMPLE / name).read_text()}```\n" in page
    )


@pytest.fixture(scope="module")
def lineup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the example has been installed."""
    folder = tmp_path_factory.mktemp("site")
    copied = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("source") / "mltalks-lineup")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--target", str(folder), str(copied)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.mark.slow
def test_the_example_is_installed_and_used(mltalks: Run, lineup: Path, tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(lineup)}
    file = tmp_path / "talks.txt"
    file.write_text(
        "LINEUP ML Meetup 2031\n"
        "2031-05-20 10:00 | Serving a made-up model | Ada Example (Example, Inc.); Alan Sample\n"
        "2031-05-20 11:00 |  | Nobody\n"
        "soon | Caching made-up tokens\n"
    )
    taken = mltalks("import", str(file), env=env)
    assert taken.code == 3
    assert f"mltalks: {file}:3: has no title\n" in taken.err
    assert "2 added" in taken.err
    (tmp_path / "empty.lineup").touch()
    assert "0 added" in mltalks("import", str(tmp_path / "empty.lineup"), env=env).err
    for command in ("import", "export"):
        unknown = mltalks(command, "--format", "nothing", env=env)
        assert (unknown.code, unknown.err.count("lineup")) == (2, 1)
    written = mltalks("export", "event:ml-meetup-2031", "--format", "lineup", env=env).out
    assert written == (
        "LINEUP ML Meetup 2031\n"
        "2031-05-20 10:00 | Serving a made-up model | Ada Example (Example, Inc.); Alan Sample\n"
        " | Caching made-up tokens | \n"
    )
    again = tmp_path / "again.txt"
    again.write_text(written)
    assert (
        "0 added, 0 changed, 0 skipped; 2 already present"
        in mltalks("import", str(again), "-f", "lineup", env=env).err
    )


def test_the_names_for_other_packages_are_all_there() -> None:
    for name in api.__all__:
        assert getattr(api, name) is not None


def test_completion_offers_the_built_in_formats_without_a_look_at_packages(
    mltalks: Run, tmp_path: Path
) -> None:
    assert mltalks("__complete", "import", "--format", "bib").out == "bibtex\n"
    assert mltalks("__complete", "import", "-f", "").out.split()[-1] == "pretalx"
    assert "importlib.metadata" not in modules_loaded_by(tmp_path, "__complete", "import", "--format", "")
