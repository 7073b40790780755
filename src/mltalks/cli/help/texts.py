"""The help topics, as text files in both languages.

Does not hold the help of commands: their docstrings and options do.
"""

from pathlib import Path

from mltalks.cli import environment, streams
from mltalks.messages import Lang
from mltalks.text.wrapping import with_hanging_indents

TOPICS = ("query", "formats", "exit-codes", "options")
# The names of the topics in Japanese, the usual one of each first.
JAPANESE_TOPICS = {
    "検索式": "query",
    "検索": "query",
    "出力形式": "formats",
    "形式": "formats",
    "終了コード": "exit-codes",
    "共通オプション": "options",
    "オプション": "options",
}


def topic_text(topic: str, lang: Lang) -> str:
    """Return a help topic, or the text of `mltalks` without arguments ("overview")."""
    return (Path(__file__).parent / f"{topic}.{lang}.txt").read_text(encoding="utf-8")


def fitted(text: str) -> str:
    """Return a text as wide as the terminal at most."""
    width = environment.width(terminal=streams.is_terminal())
    return with_hanging_indents(text, width) if width else text
