"""Text in another encoding than UTF-8 from arguments, standard input and an editor: read or refused, never saved with marks."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND, Result, environment

pytestmark = pytest.mark.excerpt
NOTE = "会議でまとめを共有した"
TONY = b"opml19-tony"


def run(home: Path, *arguments: bytes, stdin: bytes = b"") -> Result:
    """Run the command with arguments and standard input as bytes."""
    done = subprocess.run(
        [os.fsencode(COMMAND), *arguments],
        input=stdin,
        capture_output=True,
        env=environment(home),
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def saved(home: Path) -> str:
    file = home / ".local/share/mltalks/sessions.toml"
    return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-8-sig"])
def test_a_note_on_standard_input_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    done = run(tmp_path, b"note", TONY, b"-", stdin=f"{NOTE}\r\n二行目".encode(encoding))
    assert done.code == 0
    assert (f"<stdin> is read as {encoding}" in done.err) == (encoding != "utf-8-sig")
    assert f"{NOTE}\n二行目" in saved(tmp_path)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_an_argument_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    done = run(tmp_path, b"note", TONY, NOTE.encode(encoding))
    assert f'an argument in {encoding} is read as "{NOTE}"' in done.err
    assert run(tmp_path, b"tag", TONY, b"--tag", "社内共有".encode(encoding)).code == 0
    added = run(tmp_path, b"add", "推論の高速化".encode(encoding), b"--event", b"Meetup 2030")
    assert added.code == 0
    for text in (NOTE, "社内共有", "推論の高速化"):
        assert text in saved(tmp_path)
    assert "meetup-2030" in run(tmp_path, b"list", "推論の高速化".encode(encoding)).out


@pytest.mark.parametrize("content", [b"caf\xe9", "推論".encode() + b"\xff", "推論の".encode("cp932")[:-1]])
def test_what_is_in_no_certain_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    typed = run(tmp_path, b"note", TONY, content)
    assert (typed.code, typed.out) == (2, "")
    assert "is not UTF-8 text; set the terminal to UTF-8" in typed.err
    given = run(tmp_path, b"note", TONY, b"-", stdin=content)
    assert given.code == 2
    assert "<stdin>: its encoding is not certain; convert it to UTF-8" in given.err
    assert run(tmp_path, b"search", content).code == 2
    assert saved(tmp_path) == ""


def test_ids_on_standard_input_may_be_in_another_encoding(tmp_path: Path) -> None:
    added = run(tmp_path, b"add", "推論の高速化".encode(), b"--event", "勉強会 2030".encode())
    lines = f"{TONY.decode()}\ta title\r\n{added.out.strip()}\t推論の高速化\r\n"
    for encoding in ("cp932", "utf-16", "utf-8-sig"):
        marked = run(tmp_path, b"mark", b"-", b"watched", stdin=lines.encode(encoding))
        assert marked.code == 0, marked.err
    assert saved(tmp_path).count('mark = "watched"') == 2
