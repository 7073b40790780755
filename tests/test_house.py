"""The code base: imports at the start, translations, examples in docstrings, documentation, wording."""

import ast
import doctest
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import mltalks
from mltalks.messages import WORD_VALUES, japanese
from tests.conftest import ROOT, environment, shared_cache

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
    env = environment(tmp_path, measured=False)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True, timeout=60)
    return set(json.loads(done.stderr.decode().splitlines()[-1]))


HEAVY = {
    "rich",
    "rapidfuzz",
    "pydantic",
    "mcp_types",
    "click",
    "numpy",
    "importlib.metadata",
    "asyncio",
    "unittest",
    "email",
    "textual",
}


def test_the_version_loads_few_modules(tmp_path: Path) -> None:
    loaded = modules_loaded_by(tmp_path, "--version")
    assert {name for name in loaded if name.startswith("mltalks")} == {
        "mltalks",
        "mltalks.__main__",
        "mltalks.cli",
        "mltalks.cli.app",
        "mltalks.cli.environment",
        "mltalks.cli.config",
        "mltalks.cli.exit_codes",
        "mltalks.cli.registry",
        "mltalks.cli.streams",
        "mltalks.errors",
        "mltalks.messages",
    }
    assert not loaded & (HEAVY | {"sqlite3", "tomli", "platformdirs"})


@pytest.mark.parametrize(
    "query", [["latency"], ["レイテンシ"], ["inference", "company:microsoft", "has:slides"]]
)
def test_a_search_for_pipes_loads_neither_rich_nor_rapidfuzz(tmp_path: Path, query: list[str]) -> None:
    loaded = modules_loaded_by(tmp_path, "search", *query, "--json")
    assert not loaded & (HEAVY | {"mltalks.dataset.values", "mltalks.dataset.languages"})


def test_counts_do_not_load_what_reads_filters_in_words(tmp_path: Path) -> None:
    reader = "mltalks.search.rewriting.filter_hints"
    assert reader not in modules_loaded_by(tmp_path, "companies", "latency", "-o", "json")
    assert reader in modules_loaded_by(tmp_path, "companies", "2020年頃", "-o", "json")


def test_a_typo_loads_rapidfuzz_and_a_table_loads_rich(tmp_path: Path) -> None:
    assert "rapidfuzz" in modules_loaded_by(tmp_path, "search", "latencey", "--json")
    assert "rich" in modules_loaded_by(tmp_path, "search", "latency", "-o", "table")


@pytest.mark.parametrize(
    "arguments",
    [
        ["tag", "opml19-katib", "a"],
        ["note", "opml19-katib", "a"],
        ["mark", "opml19-katib", "watched"],
        ["log"],
        ["undo"],
    ],
)
def test_a_small_change_loads_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    run = [sys.executable, "-m", "mltalks", "tag", "opml19-katib", "before"]
    subprocess.run(run, env=environment(tmp_path), check=True, timeout=60, capture_output=True)
    loaded = modules_loaded_by(tmp_path, *arguments)
    assert not loaded & HEAVY
    assert not loaded & {"mltalks.search.ranking", "mltalks.search.expansion.expander", "mltalks.library"}


def test_completion_loads_no_typer(tmp_path: Path) -> None:
    assert "typer" not in modules_loaded_by(tmp_path, "__complete", "by-company", "micro")


def templates() -> Iterator[str]:
    """Yield every literal that is an argument of a function that shows it to a person."""
    says = {
        "say",
        "text",
        "caution",
        "Message",
        "QueryError",
        "NotFoundError",
        "UsageError",
        "MltalksError",
        "Violation",
        "_matching",
        "_number",
        "of",
        "_notice",
        "problem",
        "warning",
    }
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


def test_every_message_is_translated() -> None:
    found = set(templates())
    assert len(found) > 50
    assert found - set(japanese("messages")) == set()


def test_every_translated_message_is_used() -> None:
    literals = {
        node.value
        for path in SOURCE.rglob("*.py")
        if path.name != "messages.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(japanese("messages")) - literals == set()


def test_every_heading_is_translated() -> None:
    from mltalks.render.json_schemas import OUTPUTS
    from mltalks.render.output import heading
    from mltalks.render.views.crosstab import LISTED

    columns = [column for output in (*OUTPUTS.values(), LISTED) for column in output.columns]
    shown = {column.heading or column.name for column in columns if column.only != "json"}
    assert {
        name for name in {*shown, "narrower", "terms", "not public"} if heading(name, "ja") == name
    } == set()


def test_every_word_within_a_message_is_translated() -> None:
    """The values of {what}, {found} and {reason}, and words in the errors of data."""
    from typing import get_args

    from mltalks.search.query.fields import CHOICES, NAME_FIELDS
    from mltalks.search.related import What

    words = {*NAME_FIELDS, *CHOICES, *get_args(What)}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            values = [one.value for one in node.keywords if one.arg in WORD_VALUES]
            values += node.args[:1] if name == "_expected" else []
            values += node.args[2:3] if name == "_each" else node.args[3:4] if name == "_unknown" else []
            values += node.args[2:3] if name == "_check_tree" else []
            words |= {
                one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    from mltalks.dataset.schema import type_name

    values_of_toml: list[object] = [True, 1, 1.5, "", [], {}, None]
    words |= {type_name(value) for value in values_of_toml}
    assert len(words) > 25
    assert words - set(japanese("words")) == set()


def test_every_help_text_is_translated() -> None:
    from typer.main import get_command

    from mltalks.cli.app import app
    from mltalks.cli.help.page import COMMON, GROUPS
    from mltalks.cli.registry import COMMANDS, command as made

    texts, examples = set(), set()
    for command in (get_command(app), *map(made, COMMANDS)):
        blocks = inspect.cleandoc(command.help).split("\n\n")
        examples |= {line for one in blocks[1:2] for line in one.splitlines()}
        paragraphs = [" ".join(one.split()) for one in blocks]
        texts |= {one for number, one in enumerate(paragraphs) if number != 1}
        texts |= {command.epilog} - {None}
        texts |= {parameter.help for parameter in command.params}
    assert texts - set(japanese("help")) == set()
    assert set(japanese("help")) - texts - examples == {
        "Usage",
        "Arguments",
        "Options",
        "Options of every command",
        "Show this message and exit.",
        COMMON,
        *GROUPS,
    }
    assert sorted(" ".join(GROUPS.values()).split()) == sorted(COMMANDS)


def test_the_script_of_the_page_uses_weights_that_the_search_has() -> None:
    from mltalks.search import likeness, ranking, scoring
    from mltalks.search.expansion import (
        candidate_finder,
        corrections,
        descriptions,
        expander,
        joined,
        weights,
    )
    from mltalks.text.japanese import segmenter
    from mltalks.text.words import word_forms

    script = (SOURCE / "render" / "html" / "page.js").read_text(encoding="utf-8")
    used = set(re.findall(r"\bweights\.(\w+)", script))
    of_words = (candidate_finder, corrections, descriptions, expander, joined, weights, segmenter, word_forms)
    modules = (*of_words, likeness, ranking, scoring)
    known = {name.lower() for module in modules for name in vars(module)}
    assert len(used) > 10
    assert used - known == set()


def test_errors_can_be_pickled() -> None:
    import pickle

    from mltalks.errors import DataError, MltalksError, NotFoundError, QueryError, UsageError
    from mltalks.messages import Message
    from mltalks.problems import Problem

    problem = Problem(
        Path("a.toml"), 3, "x", "title", Message("is empty; leave the field out if the value is unknown")
    )
    errors: list[MltalksError] = [
        kind('no {what} "{name}"', what="company", name="x", nearest=["y"])
        for kind in (MltalksError, QueryError, UsageError, NotFoundError)
    ]
    for error in [*errors, DataError([problem]), DataError([problem, problem])]:
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert (again.text("en"), again.text("ja"), again.nearest) == (
            error.text("en"),
            error.text("ja"),
            error.nearest,
        )


def test_the_readme_and_the_design_show_all_packages() -> None:
    there = {path for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    files = {path.name for path in there if path.is_file()} - {"__init__.py"}
    packages = {path.name for path in there if path.is_dir()}
    inner = {
        f"{path.parents[1].name}.{path.parent.name}" for path in SOURCE.glob("*/*/__init__.py")
    }  # taxonomy.skos and the like

    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("    src/mltalks/\n")[2]
    drawn = [
        line.split() for line in readme.partition("    data/")[0].splitlines() if line.startswith("      ")
    ]
    assert {word for words in drawn for word in words if word.endswith((".py", "/"))} == files | {
        f"{package}/" for package in packages
    }

    design = (
        (ROOT / "docs" / "design.md")
        .read_text(encoding="utf-8")
        .partition("## Packages")[2]
        .partition("\n## ")[0]
    )
    rows = re.findall(r"^\| `(\w+)` \|", design, re.MULTILINE)
    assert set(rows) == packages | {name.removesuffix(".py") for name in files}
    assert {name for name in re.findall(r"`(\w+\.\w+)`", design) if name.split(".")[0] in packages} >= inner


def test_translations_keep_the_values() -> None:
    import string

    for english, translated in japanese("messages").items():
        names = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (english, translated)
        ]
        assert names[0] == names[1], english


@pytest.mark.parametrize("name", ["mltalks", *MODULES])
def test_examples_in_docstrings_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mltalks, "open", partial(mltalks.open, cache=shared_cache()))  # compiled once for all
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


def test_the_reference_equals_the_help() -> None:
    from scripts.reference import main

    assert main("--check") == 0


def test_the_reference_lists_every_environment_variable() -> None:
    from scripts.reference import ENVIRONMENT

    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = set(re.findall(r"""environ(?:\.get\(|\[)["'](\w+)""", source))
    assert len(names) > 8
    assert sorted(name for name in names if name not in str(ENVIRONMENT)) == []


# Words with several meanings, or personifications. Write: typo, fix, report, return, show, overrides, user data.
RETIRED = re.compile(
    r"\b(floors?|slips?|mend(s|ed|ing)?|told|tells?|said|stood|stands?(?! for)|business|laid (over|upon)"
    r"|who (asks|calls)|knows? (no|nothing)|person's own)\b",
    re.IGNORECASE,
)


def prose() -> Iterator[tuple[str, str]]:
    """Yield (place, text) for docstrings, comments, messages and documentation, without `code`."""
    for path in [*sorted(SOURCE.rglob("*.py")), *sorted((ROOT / "tests").glob("*.py"))]:
        with tokenize.open(path) as file:
            for token in tokenize.generate_tokens(file.readline):
                if token.type == tokenize.COMMENT or token.string.lstrip("r").startswith('"""'):
                    yield f"{path.name}:{token.start[0]}", re.sub("`[^`]+`", "", token.string)
    for path in [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", re.sub("`[^`]+`", "", line)
    for section in json.loads((SOURCE / "locale" / "ja.json").read_text(encoding="utf-8")).values():
        yield from ((text, text) for text in section)


def test_no_retired_word_is_used() -> None:
    texts = list(prose())
    assert len(texts) > 2000
    assert [(place, found[0]) for place, text in texts if (found := RETIRED.search(text))] == []


def test_the_root_has_only_what_belongs_there() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = {name for name in tracked.splitlines() if "/" not in name}
    assert files <= {
        ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md",
        "hatch_build.py", "mkdocs.yml", "pyproject.toml",
    }  # fmt: skip
