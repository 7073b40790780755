"""Completion in real shells on a terminal: typed text, TAB, and the line after it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from tests.conftest import COMMAND, ROOT, Run, environment, needs

SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
START = {
    "bash": "PS1='> '; bind 'set bell-style none'; source <(mltalks completion bash)",
    "zsh": "PS1='> '; unsetopt beep; autoload -Uz compinit; compinit -D -u; source <(mltalks completion zsh)",
    "fish": "function fish_prompt; echo -n '> '; end; mltalks completion fish | source",
}
LINES = [
    ("sea", "<search>"),
    ("list --exit", "<list><--exit-status>"),
    ("list --fields id,keywords_", "<list><--fields><id,keywords_ja>"),
    ("by-company -n 5 Linked", "<by-company><-n><5><LinkedIn>"),
    ("by-theme debugg", "<by-theme><debuggability>"),
    ("by-event opml1", "<by-event><opml19>"),
    ("show -o json opml19-kat", "<show><-o><json><opml19-katib>"),
    ("list company:linked", "<list><company:linkedin>"),
    ("list company:google,linked", "<list><company:google,linkedin>"),
    ("list --fields id,ti\tx", "<list><--fields><id,titlex>"),  # no space: a list goes on
    ("list --ht", "<list><--ht>"),  # an option of another command
    ("survey --ht", "<survey><--html>"),
    ("help exi", "<help><exit-codes>"),
    ("help valid", "<help><validate>"),
]


@contextmanager
def running(shell: str, home: Path, start: str | None = None) -> Iterator["pexpect.spawn[str]"]:
    needs(shell)
    env = environment(home)
    env |= {
        "PATH": f"{COMMAND.parent}:{env['PATH']}",
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "fish_greeting": "",
    }
    child = pexpect.spawn(
        shell, SHELLS[shell], env=env, encoding="utf-8", dimensions=(40, 200), timeout=60, cwd=str(home)
    )
    try:
        child.sendline(start or START[shell])
        child.sendline("echo rea''dy")
        child.expect("ready")
        yield child
    finally:
        child.close(force=True)


def completed(child: "pexpect.spawn[str]", typed: str) -> str:
    """Type a line and TAB, put a command before it that prints its words, and return these."""
    child.send(f"mltalks {typed}\t")
    child.send("\x01printf '<%s>' \x05 ; echo E''ND\r")  # read by the shell when it has completed
    child.expect(r"(<mltalks>[^\r\n]*?)(?:⏎\s*)?END")
    assert isinstance(child.match, re.Match)
    return str(child.match[1]).removeprefix("<mltalks>").replace("<;>", "")


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_commands_options_and_values_are_completed(shell: str, tmp_path: Path) -> None:
    with running(shell, tmp_path) as child:
        assert [(typed, completed(child, typed)) for typed, _ in LINES] == LINES


def test_bash_adds_no_backslash_to_a_list_at_each_tab(tmp_path: Path) -> None:
    with running("bash", tmp_path) as child:
        assert completed(child, "list company:google,mi\t\t") == "<list><company:google,mi>"


@pytest.mark.parametrize("shell", SHELLS)
def test_file_names_follow_the_options_that_take_them(shell: str, tmp_path: Path) -> None:
    (tmp_path / "talksfile.toml").touch()
    with running(shell, tmp_path) as child:
        assert completed(child, "list --data talksf") == "<list><--data><talksfile.toml>"


@pytest.mark.parametrize("shell", SHELLS)
def test_within_an_open_quote_the_last_word_is_completed(shell: str, tmp_path: Path) -> None:
    with running(shell, tmp_path) as child:
        assert completed(child, "list 'kafka company:linked") == "<list><kafka company:linkedin>"


def test_zsh_loads_the_script_from_a_folder_of_functions_at_the_first_tab(tmp_path: Path) -> None:
    (tmp_path / "_mltalks").write_bytes((ROOT / "src/mltalks/cli/shells/completion.zsh").read_bytes())
    start = "PS1='> '; unsetopt beep; fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u"
    with running("zsh", tmp_path, start) as child:
        assert completed(child, "list company:linked") == "<list><company:linkedin>"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (["se"], "search"),
        (["by-company", "-n", "5", "linked"], "LinkedIn"),
        (["by-company", "--data", "x", "linked"], "LinkedIn"),
        (["list", "(comp"], "(company:"),
        (["list", "EVENT:opml1"], "EVENT:opml19"),
        (["list", "'kafka -kind:pan"], "kafka -kind:panel"),
        (["list", "--format=bib"], "--format=bibtex"),
        (["companies", "--fields", "first"], "first_year"),
        (["help", "formats"], "formats"),
        (["import", "-f", "j"], "json"),
        (["list", "-qo", "j"], "json"),
        (["open", "opml19-katib", "--slides", "--lang", "j"], "ja"),
        (["list", "--", "comp"], "company:"),
    ],
)
def test_the_scripts_call_complete_with_these_words(mltalks: Run, typed: list[str], first: str) -> None:
    result = mltalks("__complete", *typed)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0].split("\t")[0] == first
