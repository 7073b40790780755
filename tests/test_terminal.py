"""On a real terminal: width, colour, links, Ctrl-C."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect
import pytest

from mltalks.render.output import heading
from tests.conftest import COMMAND, Result, Run, environment, run_forked
from tests.printed import ODD, PRINTED, too_wide

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")


def in_terminal(
    home: Path, *arguments: str, columns: int = 80, env: Mapping[str, str] | None = None
) -> "pexpect.spawn[str]":
    surrounding = environment(home, {"TERM": "xterm-256color", **(env or {})})
    del surrounding["COLUMNS"]
    return pexpect.spawn(
        str(COMMAND),
        list(arguments),
        env=surrounding,
        encoding="utf-8",
        dimensions=(50, columns),
        timeout=60,
    )


def drawn(server: "subprocess.Popen[str]", home: Path, arguments: Sequence[str], columns: int) -> Result:
    """Run a command in a process forked from the server, with a terminal of a width as its standard output."""
    surrounding = environment(home, {"TERM": "xterm-256color"})
    del surrounding["COLUMNS"]
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    out = bytearray()

    def read() -> None:
        while not out.endswith(b"\x04"):
            out.extend(os.read(near, 65536))

    reader = threading.Thread(target=read)
    reader.start()
    (home / "stderr").touch()
    code = run_forked(server, arguments, surrounding, home, os.ttyname(far), str(home / "stderr"))
    os.write(far, b"\x04")
    reader.join()
    os.close(near)
    os.close(far)
    return Result(code, out[:-1].decode().replace("\r\n", "\n"), (home / "stderr").read_text())


def printed(child: "pexpect.spawn[str]") -> str:
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before).replace("\r\n", "\n")


def test_a_terminal_that_does_not_know_its_size_has_80_columns(
    server: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    unknown = drawn(server, tmp_path, ["search", "latency", "-n", "2"], 0)
    assert unknown.out == drawn(server, tmp_path, ["search", "latency", "-n", "2"], 80).out


def test_a_message_beside_a_pipe_has_the_width_of_the_terminal(tmp_path: Path) -> None:
    surrounding = environment(tmp_path, {"TERM": "xterm-256color"})
    del surrounding["COLUMNS"]
    line = f"{COMMAND} list theme:serving -o ids | tail -n 1"
    child = pexpect.spawn(
        "sh", ["-c", line], env=surrounding, encoding="utf-8", dimensions=(50, 40), timeout=60
    )
    said = printed(child)
    assert "several names have" in said
    assert max(map(len, said.splitlines())) < 40


@pytest.mark.parametrize("columns", [40, 80, 100, 120])
def test_a_table_is_as_wide_as_the_terminal_at_most(tmp_path: Path, columns: int) -> None:
    out = printed(in_terminal(tmp_path, "search", "レイテンシ", "-q", columns=columns))
    lines = COLOUR.sub("", LINK.sub("", out)).splitlines()
    assert len(lines) > 40
    assert not too_wide(lines, columns)


COPIED_WHOLE = {"doctor", "validate"}  # whose lines are copied, so that none is broken
PICTURES = [
    ["crosstab", "company", "theme"],
    ["crosstab", "theme", "year", "--by", "year"],
    ["survey", "event:odd26", *ODD],
]


@pytest.mark.slow
@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("arguments", [*PICTURES, *(command for _, command in PRINTED)], ids=" ".join)
def test_every_view_keeps_the_width(
    server: "subprocess.Popen[str]", tmp_path: Path, arguments: list[str], columns: int
) -> None:
    (tmp_path / "broken.toml").write_text("[[sessions]]\nid = 's'\nevent = 'nosuch'\n")
    shown = ["table" if one in ("csv", "jsonl") else one for one in arguments if one != "--json"]
    result = drawn(server, tmp_path, shown, columns)
    assert "Traceback" not in result.err
    assert result.code == (3 if arguments[0] in ("validate", "import") else 0)
    lines = COLOUR.sub("", LINK.sub("", result.out)).splitlines()
    assert not too_wide(lines, columns) or arguments[0] in COPIED_WHOLE


def test_a_terminal_gets_a_table_with_colour_and_links(tmp_path: Path) -> None:
    out = printed(in_terminal(tmp_path, "list", "event:opml19", "has:slides"))
    assert COLOUR.search(out)
    assert LINK.search(out)
    assert "links" in out
    assert "15 sessions" in out


@pytest.mark.parametrize(
    ("env", "arguments", "coloured"),
    [
        ({"NO_COLOR": "1"}, [], False),
        ({"TERM": "dumb"}, [], False),
        ({"FORCE_COLOR": "0"}, [], False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, [], True),
        ({"TERM": "dumb"}, ["--color", "always"], True),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({}, ["--color", "never"], False),
        ({"COLORTERM": "nonsense", "TERM": "unknown"}, [], True),
    ],
)
def test_colour_follows_the_option_and_the_environment(
    tmp_path: Path, env: dict[str, str], arguments: list[str], coloured: bool
) -> None:
    out = printed(in_terminal(tmp_path, "list", "event:opml20", *arguments, env=env))
    assert bool(COLOUR.search(out)) is bool(LINK.search(out)) is coloured


def test_only_the_first_are_shown_on_a_terminal(tmp_path: Path) -> None:
    assert "20 of 9" in printed(in_terminal(tmp_path, "search", "latency"))
    assert "30 of " in printed(in_terminal(tmp_path, "companies"))


@pytest.mark.parametrize(("options", "place"), [(" %s", 1), ("", 1), (" --new-window", 2)])
def test_open_at_a_terminal_starts_the_browser(tmp_path: Path, options: str, place: int) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "${place}" >> "{tmp_path}/opened"\n')
    browser.chmod(0o755)
    env = {"BROWSER": f"{browser}{options}"}
    out = printed(in_terminal(tmp_path, "open", "opml19-katib", "--page", "--slides", env=env, columns=200))
    addresses = (tmp_path / "opened").read_text().split()
    assert [address.startswith("https://www.usenix.org/") for address in addresses] == [True, True]
    assert all(f"opening {address}" in out for address in addresses)


@pytest.mark.slow
def test_a_bar_shows_the_wait_until_ctrl_c_ends_it_with_a_message(tmp_path: Path) -> None:
    file = tmp_path / "many.toml"
    talk = "[[sessions]]\nid='s{0}'\nevent='opml19'\ntitle='Talk {0} of many'\nkind='talk'\n"
    file.write_text("".join(map(talk.format, range(60_000))))
    child = in_terminal(tmp_path, "validate", str(file), "--color", "never")
    child.expect("mltalks validate")
    child.sendintr()
    child.expect("mltalks: interrupted\r\n")
    assert not COLOUR.search(str(child.before))
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, str(child.before)) == (130, "")


WIDTHS = [10, 40, 60, 120, 200]
ALL = "id,title,event,kind,year,track,companies,themes"


@pytest.mark.slow
@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("arguments", "headings"),
    [
        (["list", "event:odd26", *ODD[:2]], "id title speakers companies event links"),
        (["list", "event:opml19", "--fields", ALL], ALL.replace(",", " ")),
        (["search", "推論", "-n", "5"], "id title speakers companies event links"),
        (["companies", "-n", "5"], "company sessions first last themes"),
        (["themes"], "id sessions English"),
        (["themes", "aiops"], "id title speakers companies event links"),
        (["show", "odd-japanese", *ODD], ""),
        (["related", "opml19-katib"], "id title companies event shared"),
        (["paths"], "what path"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_no_line_is_wider_than_the_terminal_and_no_column_is_lost(
    mltalks: Run, arguments: list[str], headings: str, columns: int, lang: str
) -> None:
    result = mltalks(*arguments, "-o", "table", "--lang", lang, env={"COLUMNS": str(columns)})
    out = result.out
    assert not too_wide(out.splitlines(), columns)
    if lang == "ja":
        headings = headings.replace("English", "Japanese")
    named = [heading(name, "ja" if lang == "ja" else "en") for name in headings.split()]
    picture = heading("bar", "ja" if lang == "ja" else "en")  # only if it fits
    in_a_row = any(
        sorted(name for name in line.split() if name != picture) == sorted(named) for line in out.splitlines()
    )
    if columns < 200 and not in_a_row and columns >= 40:
        text = re.sub(r"\s", "", out + result.err)  # which names the columns left out
        titles = {heading("title", "ja"), "title"}
        assert not [name for name in named[1:] if name not in text and name not in titles]
    elif columns >= 200 and named:
        assert in_a_row


def test_lines_of_a_narrow_terminal_name_their_values(mltalks: Run) -> None:
    out = mltalks("companies", "-n", "1", "-o", "table", env={"COLUMNS": "40"}).out
    assert re.search(r"^  sessions: \d+$", out, re.MULTILINE)
    assert re.search(r"^  first: \d{4}$", out, re.MULTILINE)


def test_a_cross_table_in_lines_keeps_the_order_of_themes_to_the_eye(mltalks: Run) -> None:
    """A narrower theme, its cells and the rest of a long line are each further right than what they belong to."""
    asked = ("crosstab", "theme", "company", "year:2026", "-o")
    lines = mltalks(*asked, "table", env={"COLUMNS": "40"}).out.splitlines()
    cells = [line for line in lines if re.search(r": \d+$", line)]
    assert {len(line) - len(line.lstrip()) for line in cells} == {2, 4}
    assert "  LLM inference" in lines
    row = lines.index("  LLM inference")
    assert lines[row + 1].startswith("    ")
    names = {one["label_en"] for one in json.loads(mltalks("themes", "--json").out)["themes"]}
    outer = [line for line in lines if not line.startswith(" ")]
    assert all(any(name.startswith(line) or name.endswith(line) for name in names) for line in outer)


@pytest.mark.parametrize("columns", ["²", "٣٣", "-5", "1e3", "99999999"])
def test_an_odd_width_is_no_traceback(mltalks: Run, columns: str) -> None:
    result = mltalks("list", "event:opml20", "-o", "table", env={"COLUMNS": columns})
    assert (result.code, "Traceback" in result.err) == (0, False)


def table(mltalks: Run, *query: str) -> str:
    return mltalks("search", *query, "-o", "table", "-n", "3", "-q", env={"COLUMNS": "140"}).out


def test_a_table_shows_why_each_word_matched(mltalks: Run) -> None:
    assert "(for カフカ)" in table(mltalks, "カフカ")
    assert "(corrected from latencey)" in table(mltalks, "latencey")
    assert "(for" not in table(mltalks, "latency", "id:mlsys26-earthsight")
    assert "year: 2019" in table(mltalks, "2019")
    assert "2019" not in table(mltalks, "usenix").replace("opml19", "")
    both = table(mltalks, "deepcpu", "kubernetes OR 2019", "id:opml19-deepcpu")
    assert "year: 2019" in both
    assert "keywords: latency reduction" in table(mltalks, "accelerating", "latency", "id:opml19-deepcpu")


def test_a_theme_that_matched_is_shown_by_its_label(mltalks: Run) -> None:
    hits = json.loads(mltalks("search", "debuggability", "--json", "-n", "0").out)
    by_theme = [
        hit["id"] for hit in hits if {m["how"] for m in hit["matched"]} <= {"theme", "inferred theme"}
    ]
    for session in by_theme[:2]:
        assert "themes: " in table(mltalks, "debuggability", f"id:{session}")


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_ids_are_whole_and_columns_that_give_way_are_named(mltalks: Run, columns: int) -> None:
    width = {"COLUMNS": str(columns)}
    result = mltalks("list", "event:mlsys26", "-o", "table", env=width)
    ids = mltalks("list", "event:mlsys26", "-o", "ids", "-q").out.split()
    assert set(ids) <= set(result.out.split())
    left_out = re.search(r"for lack of width: (.*);", result.err)
    named = left_out[1].split(", ") if left_out else []
    head = result.out.splitlines()[0].split()
    assert head == [ids[0]] or sorted((*head, *named)) == sorted(
        ("id", "title", "speakers", "companies", "event", "links")
    )
    themes = {one["id"] for one in json.loads(mltalks("themes", "--json").out)["themes"]}
    assert themes <= set(mltalks("themes", "-o", "table", env=width).out.split())


def test_a_unit_is_indented_under_what_holds_it(mltalks: Run) -> None:
    lines = mltalks("companies", "-o", "table", "-n", "40", env={"COLUMNS": "160"}).out.splitlines()
    assert lines[0].split()[0] == "company"
    at = next(at for at, line in enumerate(lines) if line.startswith("Google "))
    assert lines[at + 1].startswith("  Google ")


def test_japanese_is_broken_as_its_typesetting_asks_and_nothing_is_lost(mltalks: Run) -> None:
    for arguments in (
        ["show", "opml19-katib"],
        ["show", "opml20"],
        ["themes", "llm-inference", "event:opml19"],
    ):
        whole = mltalks(*arguments, "-o", "table", "--lang", "ja", env={"COLUMNS": "2000"}).out
        for columns in (40, 60, 80):
            out = mltalks(*arguments, "-o", "table", "--lang", "ja", env={"COLUMNS": str(columns)}).out
            assert not too_wide(out.splitlines(), columns)
            lines = [line.strip() for line in out.splitlines()]
            assert not [line for line in lines if line[:1] in set("、。）」・ーッャュョ")]
            assert not [line for line in lines if line[-1:] in set("（「")]
            assert re.sub(r"\s", "", out) == re.sub(r"\s", "", whole)


def test_a_record_that_is_left_out_is_once_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("title,status\nCold soup,No\nServing,Yes\n", encoding="utf-8")
    arguments = ("import", str(tmp_path / "in.csv"), "--event", "Meet 2031", "--dry-run")
    out = printed(in_terminal(tmp_path, *arguments, columns=200))
    assert out.count("Cold soup") == 1
    assert "skip 1" in out
