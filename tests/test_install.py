"""The built wheel: with the data and the types, it runs from any folder."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

pytestmark = pytest.mark.slow

SCRIPT = """\
import mltalks

hits = mltalks.open().search("latency company:microsoft", limit=3).hits
titles: list[str] = [hit.session.title for hit in hits]
wrong: int = hits[0].session.title
print(titles[0])
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


def test_a_wheel_runs_from_another_folder_and_its_types_are_known(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "mltalks/py.typed" in names
    assert {f"mltalks/data/{file.name}" for file in (ROOT / "data").glob("*.toml")} <= set(names)
    assert {f"mltalks/render/html/page.{ending}" for ending in ("html.j2", "css", "js")} <= set(names)
    fresh = tmp_path / "fresh"
    venv.create(fresh)
    # Our own pip installs: another one in the fresh environment takes as long as all the rest.
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(fresh / "bin" / "python"),
        "--disable-pip-version-check",
    ]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-compile", str(wheel)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [fresh / "bin" / "mltalks", "search", "latency", "-o", "ids", "-n", "3"],
        cwd=elsewhere,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "opml19-deepcpu" in done.stdout.split()
    (elsewhere / "script.py").write_text(SCRIPT)
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--python-executable",
            fresh / "bin" / "python",
            "script.py",
        ],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert checked.stdout.splitlines()[0].startswith("script.py:5: error: Incompatible types in assignment")
    assert "Found 1 error in 1 file" in checked.stdout


def test_the_source_distribution_holds_all_that_checking_it_needs(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {
        "scripts/readme.py",
        "Makefile",
        "tests/conftest.py",
        "data/sessions.toml",
        "docs/design.md",
    } <= names
