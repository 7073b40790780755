"""What somebody who runs models in production tries first, in pipes too, and what mltalks answers."""

import json
import re

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    "command",
    [
        ["companies", "theme:serving-infrastructure"],
        ["keywords", "event:opml19"],
        ["speakers", "event:opml19"],
        ["crosstab", "keyword", "year", "event:opml19"],
        ["trend", "company", "--all-years"],
        ["list", "event:opml19,opml20"],
    ],
)
def test_a_table_in_a_pipe_has_all_rows(mltalks: Run, command: list[str]) -> None:
    fields = ["--fields", FIRST[command[0]]] if command[0] in FIRST else []
    table = mltalks(*command, "-o", "table", "-q", *fields, env={"COLUMNS": "400"}).out.splitlines()
    rows = [line for line in table if line.strip("─ ")]
    assert len(rows) == len(mltalks(*command, "-o", "csv", *fields).out.splitlines()) > 31


FIRST = {"companies": "value", "keywords": "value", "speakers": "value", "trend": "value", "list": "id"}


def test_each_word_that_no_talk_says_is_named_also_within_a_name(mltalks: Run) -> None:
    for command in (["list", "canary rollout"], ["list", "canary", "rollout"], ["search", "canary rollout"]):
        found = mltalks(*command)
        assert 'no talk says "canary"; it is a term of the theme deployment-ci-cd' in found.err
        assert '"rollout"' not in found.err


def test_the_help_names_words_that_show_the_field(mltalks: Run) -> None:
    text = " ".join(mltalks("explain", "--help").out.split())
    phrases = re.findall(
        '"([^"]+)"', text.partition("machine learning: no ")[2].partition(" in its title")[0]
    )
    assert len(phrases) > 4
    for phrase in phrases:
        talk = f"title,keywords\nShadow traffic,shadow deployment;{phrase}\n"
        assert "no word of the field" not in mltalks("classify", "-", "--json", stdin=talk).out
    assert "no word of the field" in mltalks("classify", "-", stdin="Shadow deployment of a model\n").out
