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
    assert (named.code, named.out.count('"skip"')) == (0, 2)
    unknown = mltalks("import", "x", "--format", "nothing", cwd=packages, env=env)
    assert (unknown.code, unknown.out) == (2, "")
    assert '--format: "nothing" is not one of csv, tsv,' in unknown.err
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
    said = f'mltalks: error: the format "{module}" of the package {module}-package fails: {reason}\n'
    assert (failed.code, failed.err) == (1, said)
    assert not (packages / "talks").exists()
    assert mltalks("export", "id:opml19-katib", env=env).code == 0


def test_a_built_in_format_is_written_without_the_metadata_of_packages(tmp_path: Path) -> None:
    for line in (
        ["export", "--format", "bibtex"],
        ["export", "-O", str(tmp_path / "a.ris")],
        ["export", "--help"],
    ):
        assert "importlib.metadata" not in modules_loaded_by(tmp_path, *line)
