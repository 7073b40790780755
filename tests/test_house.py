"""The house itself: what a start imports, that every message has its Japanese, that every example in a docstring runs."""

import ast
import doctest
import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mltalks
from mltalks.messages import JAPANESE
from tests.conftest import environment

SOURCE = Path(mltalks.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(SOURCE)], "mltalks.")
    if not module.name.endswith("__main__")
)


def modules_loaded_by(tmp_path: Path, *arguments: str) -> set[str]:
    code = (
        "import json, os, sys\n"
        "from mltalks.__main__ import main\n"
        f"sys.argv = {['mltalks', *arguments]!r}\n"
        "main()\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(tmp_path), check=True, timeout=60
    )
    return set(json.loads(done.stderr.decode().splitlines()[-1]))


HEAVY = {
    "rich",
    "rapidfuzz",
    "pydantic",
    "click",
    "numpy",
    "importlib.metadata",
    "asyncio",
    "unittest",
    "email",
}


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    loaded = modules_loaded_by(tmp_path, "--version")
    assert {name for name in loaded if name.startswith("mltalks")} == {
        "mltalks",
        "mltalks.__main__",
        "mltalks.cli",
        "mltalks.cli.app",
        "mltalks.cli.environment",
        "mltalks.cli.exits",
        "mltalks.cli.streams",
        "mltalks.errors",
        "mltalks.messages",
    }
    assert not loaded & (HEAVY | {"sqlite3", "tomli", "platformdirs"})


@pytest.mark.parametrize(
    "query", [["latency"], ["レイテンシ"], ["inference", "company:microsoft", "has:slides"]]
)
def test_a_search_for_pipes_loads_neither_rich_nor_rapidfuzz(tmp_path: Path, query: list[str]) -> None:
    assert not modules_loaded_by(tmp_path, "search", *query, "--json") & HEAVY


def test_a_typo_loads_rapidfuzz_and_a_table_loads_rich(tmp_path: Path) -> None:
    assert "rapidfuzz" in modules_loaded_by(tmp_path, "search", "latencey", "--json")
    assert "rich" in modules_loaded_by(tmp_path, "search", "latency", "-o", "table")


def test_completion_loads_no_typer(tmp_path: Path) -> None:
    assert "typer" not in modules_loaded_by(tmp_path, "__complete", "by-company", "micro")


def templates() -> Iterator[str]:
    """Yield every literal that is handed to something that says it to a person."""
    says = {
        "say",
        "Message",
        "QueryError",
        "NotFoundError",
        "UsageError",
        "MltalksError",
        "Finding",
        "_notice",
        "problem",
    }
    says |= {"_table_problem", "heading"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in says:
                for argument in node.args[:4]:
                    if (
                        isinstance(argument, ast.Constant)
                        and isinstance(argument.value, str)
                        and " " in argument.value
                    ):
                        yield argument.value


def test_everything_said_has_its_japanese() -> None:
    found = set(templates())
    assert len(found) > 50
    assert found - set(JAPANESE) == set()


def test_translations_keep_the_values() -> None:
    import string

    for english, japanese in JAPANESE.items():
        names = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, japanese)
        ]
        assert names[0] == names[1], english


@pytest.mark.parametrize("name", ["mltalks", *MODULES])
def test_examples_in_docstrings_are_true(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module)
    assert result.failed == 0


def test_there_are_examples_to_run() -> None:
    finder = doctest.DocTestFinder()
    examples = [
        test
        for name in ["mltalks", *MODULES]
        for test in finder.find(importlib.import_module(name))
        if test.examples
    ]
    assert len(examples) > 25
