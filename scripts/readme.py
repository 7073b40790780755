"""Runs the terminal sessions in the documentation again, and compares or rewrites what they printed.

Usage: python -m scripts.readme [--check | --write]

A session is a fenced block marked `console`; a line that begins with `$ ` is a command, what follows it is what the
command printed (standard output and standard error, as a terminal of 100 columns shows them; in Japanese for documents in Japanese). A block marked
`console norun` is left alone.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
# Each document, and whether its sessions run in a folder of their own (with the files of its samples), else here.
DOCUMENTS = {
    "README.md": None,
    "docs/howto.md": None,
    "docs/ja/howto.md": None,
    "docs/ja/tutorial.md": "docs/tutorial",
    "docs/query.md": None,
    "docs/taxonomy.md": None,
    "docs/tutorial.md": "docs/tutorial",
}
BLOCK = re.compile(r"(```console\n)(.*?)(```\n)", re.DOTALL)


class Where(NamedTuple):
    home: str
    folder: str
    cache: str
    language: str


def session(block: str, where: Where) -> str:
    """Return a block with every command run again."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{output(command.removeprefix('$ '), where)}" for command in commands)


def output(command: str, where: Where) -> str:
    env = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": where.home,
        "LANG": "C.UTF-8",
        "LC_MESSAGES": where.language,
        "COLUMNS": "100",
        "MLTALKS_CACHE": where.cache,
    }
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        # In a pipeline the two come in any order: put messages after output.
        stderr=subprocess.PIPE if " | " in command else subprocess.STDOUT,
        env=env,
        cwd=where.folder,
        check=False,
        text=True,
    )
    return done.stdout + (done.stderr or "")


def rerun(text: str, where: Where) -> str:
    """Return a document with all its sessions run again, one after another."""
    return BLOCK.sub(lambda match: match[1] + session(match[2], where) + match[3], text)


def main(mode: str) -> int:
    stale = 0
    # One cache for all documents: the index of the shipped data is compiled once.
    with tempfile.TemporaryDirectory() as cache:
        for name, samples in DOCUMENTS.items():
            document = ROOT / name
            with tempfile.TemporaryDirectory() as home:
                if samples:
                    shutil.copytree(ROOT / samples, home, dirs_exist_ok=True)
                text = document.read_text(encoding="utf-8")
                language = "ja_JP.UTF-8" if "/ja/" in name else "C.UTF-8"
                fresh = rerun(text, Where(home, home if samples else str(ROOT), cache, language))
            if fresh == text:
                continue
            if mode == "--write":
                document.write_text(fresh, encoding="utf-8")
            else:
                stale += 1
                print(
                    f"{document.relative_to(ROOT)}: its sessions print something else now; see",
                    file=sys.stderr,
                )
                print("    python -m scripts.readme --write && git diff", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "--check"))
