"""Parses a command line without typer: for errors of typer, for completion, and to write it as typer reads it.

Does not import the commands: `help/commands.json`, written by `python -m scripts.reference`, has their parameters.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# Other names of formats: endings of their files, and names that other programs use.
_FORMATS = {
    "markdown": "md",
    "bib": "bibtex",
    "biblatex": "bibtex",
    "ics": "ical",
    "ndjson": "jsonl",
    "ttl": "skos",
}
# Other names of orders, for commands that have the usual one.
_ORDERS = {
    "year": "date",
    "time": "date",
    "newest": "date",
    **dict.fromkeys(("organization", "organizations", "org", "affiliation", "companies"), "company"),
    **dict.fromkeys(("author", "authors", "speakers", "people"), "speaker"),
    **dict.fromkeys(("venue", "venues", "conference", "conferences", "events"), "event"),
    "titles": "title",
    "count": "sessions",
    "日付": "date", "日時": "date", "年": "date", "新しい順": "date", "タイトル": "title", "題名": "title", "会議": "event",
    "イベント": "event", "組織": "company", "企業": "company", "会社": "company", "所属": "company", "講演者": "speaker",
    "発表者": "speaker", "著者": "speaker", "追加": "added", "追加順": "added", "関連度": "relevance", "件数": "sessions",
    "発表数": "sessions", "名前": "name", "名称": "name", "初年": "first", "最終年": "last", "階層": "tree", "階層順": "tree",
}  # fmt: skip
# Other names of values, by option.
_VALUES = {
    "--sort": _ORDERS,
    "--coverage": {
        "全件": "complete",
        "ほぼ全件": "nearly complete",
        "一部": "partial",
        "ごく一部": "fragment",
    },
    "--percent": {"行": "row", "列": "column", "全体": "all"},
    "--by": {"年": "year"},
}
JAPANESE_VALUES = {
    option: {usual: name for name, usual in reversed(names.items()) if not name.isascii()}
    for option, names in _VALUES.items()
}
_ASKED = {"--help": "help", "-h": "help", "--version": "version", "-V": "version"}  # by options, of commands
_FORMAT_OPTIONS = ("-o", "-f", "--format")


class Parameter(NamedTuple):
    """An argument or an option of a command: its names, how many `values` it takes (-1: any number), and its choices."""

    names: Sequence[str]
    values: int
    help: str
    choices: Sequence[str] = ()
    metavar: str = ""

    @property
    def name(self) -> str:
        """The longest name."""
        return max(self.names, key=len)


@cache
def declarations() -> Mapping[str, Any]:
    """Return the summary and the parameters of each command; under "", the options of every command."""
    file = Path(__file__).parent / "help" / "commands.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def parameters(command: str) -> list[Parameter]:
    """Return the parameters of a command, then the options of every command that it does not override."""
    declared = [Parameter(**one) for one in declarations().get(command, {"parameters": []})["parameters"]]
    names = {one.name for one in declared}
    shared = [Parameter(**one) for one in declarations()[""]["parameters"]]
    return [*declared, *(one for one in shared if one.name not in names)]


class CommandLine:
    """The words of a command line, which may be invalid: its command, arguments and options.

    `options` are pairs of an option's longest name and its value, in order. `unfinished` is the option whose value would
    come next.

    >>> line = CommandLine(["list", "x", "-qojson", "--lang=ja", "-n", "5", "--", "--json"])
    >>> line.command, line.arguments, line.options
    ('list', ['x', '--json'], [('--quiet', ''), ('--format', 'json'), ('--lang', 'ja'), ('--limit', '5')])
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.command = next((word for word in words if not word.startswith("-")), "")
        self.parameters = parameters(self.command)
        self.named = {name: one for one in self.parameters for name in one.names}
        self.options: list[tuple[str, str]] = []
        self.unfinished: Parameter | None = None
        rest = iter(words)
        self.arguments = list(self._read(rest))[1:]

    def _read(self, words: Iterator[str]) -> Iterator[str]:
        """Add the options among some words, and yield the other words."""
        for word in words:
            if word == "--":
                yield from words
            elif word.startswith("--"):
                name, joined, value = word.partition("=")
                self._add(name, value if joined else None, words)
            elif word.startswith("-") and word != "-":
                for at, letter in enumerate(word[1:], start=2):
                    if self._add(f"-{letter}", word[at:] or None, words):
                        break
            else:
                yield word

    def _add(self, name: str, value: str | None, rest: Iterator[str]) -> bool:
        """Add an option, with the next word as its value if that is not given; return whether it takes a value."""
        option = self.named.get(name)
        takes = option is not None and option.values != 0
        if takes and value is None:
            value = next(rest, None)
            self.unfinished = option if value is None else None
        self.options.append((option.name if option else name, (takes and value) or ""))
        return takes


def normalized(words: Sequence[str]) -> list[str]:
    """Return a command line with the command before its options, and formats and orders by their own names.

    >>> normalized(["--lang", "ja", "-q", "list", "-o", "markdown", "--sort=year"])
    ['list', '--lang', 'ja', '-q', '-o', 'md', '--sort=date']
    >>> normalized(["-n", "3", "list", "x"])
    ['list', '-n', '3', 'x']
    >>> normalized(["-h", "--lang", "ja"]), normalized(["--lang", "ja", "--version"]), normalized(["--lang=ja"])
    (['help', '--lang', 'ja'], ['version', '--lang', 'ja'], ['help', '--lang=ja'])
    >>> normalized(["list", "--fields", "title", "--json", "--fields=date"]), normalized(["list", "--json", "id,title"])
    (['list', '--fields=title,date', '--json'], ['list', '--json', '--fields=id,title'])
    """
    ordered = _with_fields(_command_first(list(words)))
    if ordered[:1] == ["import"]:  # its --format is that of the input
        ordered = _with_json(ordered)
    for names, usual in ((_FORMAT_OPTIONS, _FORMATS), *_values(ordered)):
        _use_names(ordered, names, usual)
    return ordered


def _with_fields(words: list[str]) -> list[str]:
    """Return a command line with the fields of all --fields in one, and of a list after --json, as `gh` takes it."""
    end = words.index("--") if "--" in words else len(words)
    kept: list[str] = []
    fields: list[str] = []
    first = 0
    rest = iter(words[:end])
    for word in rest:
        found: str | None = None
        if word == "--fields":
            found = next(rest, None)
        elif word.startswith("--fields="):
            found = word.partition("=")[2]
        elif kept[-1:] == ["--json"] and _names_fields(words[0], word):
            found = word
        else:
            kept.append(word)
        if found is not None:
            first = first or len(kept)
            fields.append(found)
    return [*kept[:first], f"--fields={','.join(fields)}", *kept[first:], *words[end:]] if fields else words


def _names_fields(command: str, word: str) -> bool:
    """Return whether a word is a list, at least one part of which is a field of the command; the others may be misspelled."""
    if "," not in word:
        return False
    from mltalks.render.json_schemas import fields_of  # for a list after --json alone

    return not {*fields_of(command)}.isdisjoint(word.split(","))


def _with_json(words: list[str]) -> list[str]:
    """Return a command line with --json for `-o json`, and without `-o table`, which is the default.

    >>> _with_json(["import", "a.csv", "-o", "json"]), _with_json(["import", "-ojson", "--", "-o", "json"])
    (['import', 'a.csv', '--json'], ['import', '--json', '--', '-o', 'json'])
    >>> _with_json(["import", "-o", "table", "a.csv"]), _with_json(["import", "-otable", "-o"])
    (['import', 'a.csv'], ['import', '-o'])
    """
    found: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*found, word, *rest]
        if word == "json" and found[-1] == "-o":
            found[-1] = "--json"
        elif word == "table" and found[-1] == "-o":
            found.pop()
        elif word != "-otable":
            found.append("--json" if word == "-ojson" else word)
    return found


def _command_first(words: list[str]) -> list[str]:
    if not words or not words[0].startswith("-") or words[0] == "--":
        return words
    shared = parameters("")
    takes = {
        name for command in declarations() for one in parameters(command) if one.values for name in one.names
    }
    before: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            return [word, *before, *rest]
        before.append(word)
        if word in takes:
            before.extend([value for value in [next(rest, None)] if value is not None])
    known = {name for one in shared for name in one.names}
    asked = [word for word in words if word in _ASKED]
    others = [word for word in words if word not in _ASKED]
    if not others or others[0].partition("=")[0] not in known:
        return words
    return [_ASKED[asked[0]] if asked else "help", *others]


def _values(words: list[str]) -> Iterator[tuple[Sequence[str], Mapping[str, str]]]:
    """Yield each option with other names of values that is typed, and those of the values that the command has."""
    for option, names in _VALUES.items():
        if any(word.startswith(option) for word in words):
            choices = {name for one in parameters(words[0]) if option in one.names for name in one.choices}
            yield (option,), {other: usual for other, usual in names.items() if usual in choices}


def _use_names(words: list[str], options: Sequence[str], usual: Mapping[str, str]) -> None:
    """Replace each value of an option that is another name by the usual one."""
    end = words.index("--") if "--" in words else len(words)
    for at, word in enumerate(words[:end]):
        option, joined, value = word.partition("=")
        if joined and option in options and value in usual:
            words[at] = f"{option}={usual[value]}"
        elif word in usual and at and words[at - 1] in options:
            words[at] = usual[word]
        elif word[:2] in options and word[2:] in usual:
            words[at] = f"{word[:2]}{usual[word[2:]]}"
