"""Formats of other packages: found by their entry points, used as the built-in ones are, and named when they fail."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_house import modules_loaded_by

ALBUM = "LINEUP\n2031 PyCon\nServing made up models\nCaching made up tokens\n"
MODULES = {
    "lineup": """\
from mltalks.exchange.readers.source import Draft, Importer

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
    "raises": """\
from mltalks.exchange.readers.source import Importer

def fail(*_):
    raise ValueError("no idea")

LINEUP = Importer(fail, fail)
""",
}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return an empty folder for packages, and for a file of talks."""
    (tmp_path / "x").write_text(ALBUM)
    (tmp_path / "t.csv").write_text("title,event\nA talk on serving,OpML 2031\n")
    return tmp_path


def install(folder: Path, module: str, name: str = "") -> dict[str, str]:
    """Put a package with one importer into a folder, as pip does; return the environment in which it is found."""
    (folder / f"{module}.py").write_text(MODULES[module])
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[mltalks.importers]\n{name or module} = {module}:LINEUP\n")
    return {"PYTHONPATH": str(folder)}


def test_a_format_of_another_package_is_recognised_and_can_be_named(mltalks: Run, packages: Path) -> None:
    env = install(packages, "lineup")
    assert "2 added" in mltalks("import", "x", cwd=packages, env=env).err
    named = mltalks("import", "x", "--format", "lineup", "--dry-run", "--json", cwd=packages, env=env)
    assert (named.code, named.out.count('"skip"')) == (0, 2)
    unknown = mltalks("import", "x", "--format", "nothing", cwd=packages, env=env)
    assert (unknown.code, unknown.out) == (2, "")
    assert '--format: "nothing" is none of csv, tsv,' in unknown.err
    assert "rubyevents, lineup" in unknown.err
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
    said = f'the format "{module}" of the package {module}-package fails: {reason}\n'
    named = mltalks("import", "t.csv", "--format", module, cwd=packages, env=env)
    assert (named.code, named.out, named.err) == (1, "", f"mltalks: error: {said}")
    other = mltalks("import", "t.csv", cwd=packages, env=env)
    assert (other.code, other.err.partition("mltalks: 1 added")[0]) == (0, f"mltalks: {said}")


def test_an_ending_that_one_format_has_loads_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(
        "@inproceedings{a,\n  title = {A talk on serving},\n  booktitle = {OpML}, year = 2031\n}\n"
    )
    loaded = modules_loaded_by(tmp_path, "import", str(file), "--dry-run")
    read = {name.rpartition(".")[2] for name in loaded if name.startswith("mltalks.exchange.importers.")}
    assert read == {"registry", "bibtex"}
    assert "importlib.metadata" not in loaded
