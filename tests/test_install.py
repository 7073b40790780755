"""The built wheel and source distribution: they install and run without a network, with the data, the types and the manual."""

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import mltalks
from tests.conftest import ROOT, environment

OFFLINE = {"PIP_NO_INDEX": "1", "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
SCRIPT = """\
import mltalks

hits = mltalks.open().search("latency company:microsoft", limit=3).hits
titles: list[str] = [hit.session.title for hit in hits]
wrong: int = hits[0].session.title
print(titles[0])
"""


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


def pythons() -> Iterator[tuple[str, str]]:
    """Yield each version of Python on this machine on which mltalks runs, with an interpreter."""
    folders = [
        *map(Path, os.environ["PATH"].split(os.pathsep)),
        *Path("~/.pyenv/versions").expanduser().glob("3.*/bin"),
    ]
    for minor in range(11, 20):
        for folder in folders:
            found = folder / f"python3.{minor}"
            if (
                found.exists()
                and subprocess.run([found, "-V"], capture_output=True, check=False).returncode == 0
            ):
                yield f"3.{minor}", str(found)
                break


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)])
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def house(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all packages that mltalks depends on, and what builds it: the only step that needs the network."""
    folder = tmp_path_factory.mktemp("house")
    download = [*PIP, "download", "--quiet", "--dest", str(folder)]
    run([*download, str(wheel), "hatchling>=1.27,<2", "pip>=26.1"])
    for version, _ in pythons():
        run([*download, "--python-version", version, "--only-binary", ":all:", str(wheel)])
    return folder


def installed(what: Path, house: Path, fresh: Path) -> Path:
    """Install a distribution without an index into a fresh environment, and return the folder of its commands."""
    commands = fresh / "bin"
    # Our own pip installs: another one in the fresh environment takes as long as all the rest.
    pip = [*PIP, "--python", str(commands / "python"), "install", "--quiet", "--no-compile"]
    run([*pip, "--find-links", str(house), str(what)], os.environ | OFFLINE)
    return commands


def first_ids(command: Sequence[str | Path], home: Path, **more: str) -> list[str]:
    """Return the ids that a search prints, in an environment without a network."""
    env = environment(home, OFFLINE | more)
    return run([*command, "search", "latency", "-o", "ids", "-n", "3"], env, home).split()


@pytest.mark.slow
def test_a_wheel_holds_data_types_manual_and_completions(wheel: Path, built: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "mltalks/py.typed" in names
    assert {f"mltalks/data/{file.name}" for file in (ROOT / "data").glob("*.toml")} <= names
    assert {f"mltalks/render/html/page.{ending}" for ending in ("html.j2", "css", "js")} <= names
    assert {name.partition(".data/data/")[2] for name in names} >= {
        "share/man/man1/mltalks.1",
        "share/bash-completion/completions/mltalks",
        "share/fish/vendor_completions.d/mltalks.fish",
        "share/zsh/site-functions/_mltalks",
    }
    run([sys.executable, "-m", "twine", "check", "--strict", *map(str, built.iterdir())])


@pytest.mark.slow
def test_a_wheel_runs_from_another_folder_and_its_types_are_known(
    wheel: Path, house: Path, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh"
    venv.create(fresh)
    commands = installed(wheel, house, fresh)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "opml19-deepcpu" in first_ids([commands / "mltalks"], elsewhere)
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


@pytest.mark.slow
def test_a_source_distribution_builds_and_runs(built: Path, house: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {
        "scripts/readme.py",
        "benchmarks/agents.py",
        "Makefile",
        "tests/conftest.py",
        "data/sessions.toml",
        "docs/design.md",
    } <= names
    venv.create(tmp_path / "fresh")
    commands = installed(archive, house, tmp_path / "fresh")
    assert "opml19-deepcpu" in first_ids([commands / "mltalks"], tmp_path)


@pytest.mark.slow
def test_a_wheel_runs_on_every_other_python_of_the_machine(wheel: Path, house: Path, tmp_path: Path) -> None:
    for version, interpreter in pythons():
        if version != f"3.{sys.version_info.minor}":
            run([interpreter, "-m", "venv", "--without-pip", str(tmp_path / version)])
            commands = installed(wheel, house, tmp_path / version)
            assert "opml19-deepcpu" in first_ids([commands / "mltalks"], tmp_path)


@pytest.mark.slow
def test_pipx_runs_a_wheel(wheel: Path, house: Path, tmp_path: Path) -> None:
    pipx = [sys.executable, "-m", "pipx", "run", "--spec", str(wheel), "mltalks"]
    assert "opml19-deepcpu" in first_ids(
        pipx, tmp_path, PIP_FIND_LINKS=str(house), PIPX_HOME=str(tmp_path / "pipx")
    )


def test_the_version_and_the_changelog_agree() -> None:
    heading = re.search(
        r"^## (\S+) \((not released|20\d\d-\d\d-\d\d)\)$",
        (ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert heading
    assert heading[1] == mltalks.__version__


def test_settings_are_never_among_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs
    from platformdirs.macos import MacOS

    from mltalks.cli import environment

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    for name in ("MLTALKS_DATA", "MLTALKS_CONFIG", "MLTALKS_CACHE"):
        monkeypatch.delenv(name, raising=False)
    paths = environment.user_paths()
    assert len({*paths.values()}) == 3
    assert str(paths["data"]).endswith("Library/Application Support/mltalks/data")
