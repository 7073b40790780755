"""What stands on a command line, read without typer: for errors, whose line could not be parsed, and for completion.

Knows which options take a value, and nothing of what the commands do with it.
"""

from collections import deque
from collections.abc import Sequence

# The options that take a value, by each of their names; all others are switches.
VALUED = {
    "-o": "--format",
    "--format": "--format",
    "-n": "--limit",
    "--limit": "--limit",
    "--fields": "--fields",
    "--lang": "--lang",
    "--color": "--color",
    "--data": "--data",
    "--themes": "--themes",
    "-O": "--output",
    "--id": "--id",
    "--mapping": "--mapping",
    "--map": "--map",
    "--encoding": "--encoding",
    "-f": "--format",
    "--event": "--event",
    "--kind": "--kind",
    "--track": "--track",
    "--speaker": "--speaker",
    "--organization": "--organization",
    "--keyword": "--keyword",
    "--keyword-ja": "--keyword-ja",
    "--theme": "--theme",
    "--summary": "--summary",
    "--summary-ja": "--summary-ja",
    "--url": "--url",
    "--slides": "--slides",
    "--paper": "--paper",
    "--video": "--video",
    "--doi": "--doi",
    "--language": "--language",
    "--date": "--date",
    "--minutes": "--minutes",
    "--source": "--source",
    "--note": "--note",
    "--tag": "--tag",
    "--title": "--title",
    "--unset": "--unset",
    "--output": "--output",
    "--min": "--min",
    "--html": "--html",
    "--percent": "--percent",
    "--top": "--top",
    "--by": "--by",
}


def typed_options(arguments: Sequence[str]) -> dict[str, str]:
    """Return the options of a command line that could perhaps not be parsed, each with its value, the last one counting.

    An option of VALUED that is a switch of this command, as `open --video` is, has no value if an option comes next.

    >>> typed_options(["list", "x", "-qojson", "--lang=ja", "-n", "5", "--", "--json"])
    {'-q': '', '--format': 'json', '--lang': 'ja', '--limit': '5'}
    >>> typed_options(["open", "x", "--video", "--lang", "ja"])
    {'--video': '', '--lang': 'ja'}
    """
    found: dict[str, str] = {}
    words = deque(arguments)

    def value_after() -> str:
        is_option = words and (words[0] in VALUED or words[0].startswith("--"))
        return words.popleft() if words and not is_option else ""

    while words and (word := words.popleft()) != "--":
        if word.startswith("--"):
            name, joined, value = word.partition("=")
            if name in VALUED:
                found[VALUED[name]] = value if joined else value_after()
            else:
                found[name] = value
        elif word.startswith("-"):
            for at, letter in enumerate(word[1:], start=2):
                name = f"-{letter}"
                if name in VALUED:
                    found[VALUED[name]] = word[at:] or value_after()
                    break
                found[name] = ""
    return found
