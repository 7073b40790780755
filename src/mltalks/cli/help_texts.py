"""The help topics, as text files in both languages.

Does not hold the help of commands: their docstrings and options do.
"""

from pathlib import Path

from mltalks.messages import Lang

TOPICS = ("query", "formats", "exit-codes", "options")


def help_text(topic: str, lang: Lang) -> str:
    """Return a help topic, or the text of `mltalks` without arguments ("overview")."""
    return (Path(__file__).parent / "help" / f"{topic}.{lang}.txt").read_text(encoding="utf-8")
