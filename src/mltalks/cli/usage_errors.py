"""Converts errors of typer to errors of mltalks: short, in two languages, with advice."""

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile
from pathlib import Path
from shlex import quote
from typing import Any

from mltalks.cli.argv import JAPANESE_VALUES
from mltalks.errors import UsageError
from mltalks.messages import Choices, Lang, Message, excerpt, japanese

_NO_ARGUMENT = "argument {name} is missing"
_OF_SHELL = r"""[|&;<>()$`\\"'*?#!{}\[\]]"""  # signs that a shell would read
_NAMED = r"Invalid value for (?P<option>[^:]*): "
_TEMPLATES = (
    (r"No such command (['\"])(?P<name>.*?)\1\.(?: Did you mean .*)?", 'no such command "{name}"'),
    (r"No such option: (?P<option>.*)", "no such option {option}"),
    (r"Option '(?P<option>.*)' requires an argument\.?", "option {option} needs a value"),
    (r"Option '(?P<option>.*)' does not take a value\.?", "option {option} takes no value"),
    (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", "too many arguments: {words}"),
    (r"Missing argument '(?P<name>.*)'\..*", _NO_ARGUMENT),
    (_NAMED + r"(['\"])(?P<value>.*)\2 is not a valid int.*\.", '{option}: "{value}" is not a whole number'),
    (
        _NAMED + r"(?P<value>\S+) is not in the range (?P<range>.*)\.",
        "{option}: {value} is not in the range {range}",
    ),
    (
        _NAMED + r"(['\"])(?P<value>.*)\2 is not one of (?P<choices>.*)\.",
        '{option}: "{value}" is not one of {choices}',
    ),
)

# What people type who know other programs.
_MEANT = {
    "search": "find grep query rg lookup 検索 探す",
    "list": "ls filter all talks sessions dir 一覧",
    "show": "view info get cat print details 表示",
    "open": "browse web url",
    "remove": "rm delete del 削除",
    "companies": "orgs organizations organisations company org universities 組織 会社 企業",
    "speakers": "authors people persons author speaker 講演者 発表者",
    "events": "venues conferences event venue conference series 会議 イベント",
    "themes": "topics categories taxonomy tree theme topic テーマ",
    "keywords": "keyword words terms キーワード",
    "edit": "set update change rename modify 編集 変更",
    "add": "new create insert 追加",
    "log": "history journal 履歴",
    "undo": "revert rollback back 取り消し",
    "validate": "check lint verify",
    "index": "reindex build compile rebuild cache",
    "related": "similar like neighbours neighbors 関連",
    "survey": "report stats statistics summary overview 統計 調査",
    "crosstab": "pivot table matrix",
    "trend": "trends timeline years",
    "mark": "watched watch star bookmark fav favorite read",
    "import": "load ingest 取り込み 取込 インポート",
    "export": "dump save 書き出し 出力 エクスポート",
    "paths": "config-path dirs where",
    "help": "man docs ヘルプ",
    "by-speaker": "by-author by-authors by-person by-people by-name",
    "by-company": "by-org by-organization by-organisation by-university by-affiliation",
    "by-theme": "by-topic by-category",
    "by-event": "by-venue by-conference by-series",
    "doctor": "merge dedupe dedup duplicates",
    "compare": "diff",
}

_FORMS = {
    "count": ("list --count", "companies", "crosstab theme year"),
    "stats": ("survey", "crosstab theme year"),
    "statistics": ("survey", "crosstab theme year"),
    "years": ("crosstab theme year", "trend theme"),
    "year": ("crosstab theme year", "trend theme"),
    "by-year": ("list year:2024", "crosstab theme year"),
    "cite": ("show ID -o bibtex", "export"),
    "citation": ("show ID -o bibtex", "export"),
    "bibtex": ("show ID -o bibtex", "export"),
    "bib": ("show ID -o bibtex", "export"),
}  # of which the options or arguments matter
_FORMATS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".md": "md", ".bib": "bibtex"}
# Options of other programs that are formats here, and those that ask for counts of each year.
_FORMAT_OPTIONS = {name: name for name in ("csv", "tsv", "jsonl", "md", "bibtex", "ids", "table", "plain")}
_FORMAT_OPTIONS |= {"markdown": "md", "bib": "bibtex"}
_BY_YEAR = ("--by-year", "--per-year", "--yearly")
_COUNTED = {
    "companies": "company",
    "keywords": "keyword",
    "speakers": "speaker",
    "events": "series",
    "themes": "theme",
}
_OUTPUT = ("-O", "--output", "--out")
PAGES = (".html", ".htm")
PAGE = "to write a page: mltalks survey [QUERY] --html {file}"
EXCLUDE = "to exclude a word, write NOT {word}"
FORMAT = "the format is written -o {format}"
BY_YEAR = "for the counts of each year: mltalks crosstab {facet} year"
FILTER = "write the filter in the query: {filter}"


def usage_error(arguments: Sequence[str], error: Any) -> UsageError:
    """Return an error of typer as a UsageError with advice."""
    context = getattr(error, "ctx", None)
    message = _message(
        getattr(error, "message", "") if _is(error, "NoSuchOption") else error.format_message()
    )
    near: Sequence[str] = ()
    if _is(error, "NoSuchOption") and context:
        near = _near_options(
            error.option_name,
            [one for part in context.command.params for one in part.opts if one.startswith("-")],
        )
    if message.template == _NO_ARGUMENT and (about := getattr(getattr(error, "param", None), "help", None)):
        message = Message('argument {name} is missing: "{about}"', {**message.values, "about": _Help(about)})
    if message.template.startswith("no such command"):
        from mltalks.cli.registry import COMMANDS
        from mltalks.text.fuzzy import nearest

        name = str(message.values["name"])
        meant = [command for command, names in _MEANT.items() if name in names.split()]
        near = _FORMS.get(name) or meant or nearest(name, COMMANDS)
    hint = _hint(arguments, error, context, message)
    if hint.template in (FILTER, FORMAT, BY_YEAR):
        near = ()
    elif message.template.startswith("no such command") and not near:
        words = excerpt(" ".join(takewhile(_is_word, arguments)))
        in_shell = quote(words) if re.search(_OF_SHELL, words) else words
        hint = Message("to search, write 'mltalks search {words}'", {"words": in_shell})
    return UsageError("{message}; {hint}", message=message, hint=hint, nearest=near)


class _Help:
    """The help of a parameter, as a value of a message."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self, lang: Lang) -> str:
        """Return it in a language, without the period at its end."""
        return (japanese("help").get(self._text, self._text) if lang == "ja" else self._text).rstrip(".。")

    def __str__(self) -> str:
        return self.text("en")


def _near_options(typed: str, options: Sequence[str]) -> Sequence[str]:
    """Return the option that is meant: the only one that begins so, or the nearest with a likely typo; else none."""
    from mltalks.text.fuzzy import corrections

    begun = [one for one in options if one.startswith(typed)] if len(typed) > len("--x") else []
    by_name = {one.lstrip("-"): one for one in options}
    from mltalks.search.query.fields import named_field

    field = "organization" if named_field(typed.lstrip("-")) == "company" else named_field(typed.lstrip("-"))
    if field in by_name and len(begun) != 1:
        return [by_name[field]]
    return begun if len(begun) == 1 else [by_name[one] for one in corrections(typed.lstrip("-"), by_name)][:1]


def _is(error: Any, kind: str) -> bool:
    return type(error).__name__ == kind


def _is_word(argument: str) -> bool:
    return not argument.startswith("-")


def _message(text: str) -> Message:
    """Return a message for a text of typer; an unknown text is used unchanged."""
    for pattern, template in _TEMPLATES:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match:
            values = {name: _plain(name, value) for name, value in match.groupdict().items()}
            if values.get("option") in JAPANESE_VALUES and "choices" in values:
                names = JAPANESE_VALUES[str(values["option"])]
                values["choices"] = Choices(match["choices"].replace("'", "").split(", "), names)
            return Message(template, values)
    return Message("{said}", {"said": excerpt(text[:1].lower() + text[1:].rstrip("."))})


def _plain(name: str, value: str) -> object:
    """Return a value without typer's quotes and braces; for an option, its longest name; a range as a message."""
    if name == "range" and value.startswith("x>="):
        return Message("x>={least}", {"least": value.removeprefix("x>=")})
    if name == "option":
        value = max((one.strip(" '") for one in value.split("/")), key=len)
    return excerpt(
        value.strip("{}") if name == "name" else value.replace("'", "") if name == "choices" else value
    )


def _meant_in_query(arguments: Sequence[str], option: str) -> Message | None:
    """Return what an unknown option may mean in a query: a filter, or a word that is excluded."""
    from mltalks.search.query.fields import CHOICES, exact_choice, named_field

    field = named_field(option.lstrip("-").partition("=")[0])
    if field and option.startswith("--"):
        rest = list(dropwhile(lambda word: not word.startswith(option), arguments))
        value = rest[0].partition("=")[2] or next(filter(_is_word, rest[1:2]), "…")
        if field not in CHOICES or value == "…" or exact_choice(field, value):
            return Message(FILTER, {"filter": excerpt(f"{field}:{value}")})
    for word in arguments:
        meant = word[1:].strip()
        if word.startswith(option) and word[1:2] != "-" and len(meant) > 1 and re.match(r"\w", meant):
            return Message(EXCLUDE, {"word": excerpt(meant)})
    return None


def _meant_otherwise(command: str, option: str) -> Message | None:
    """Return what an unknown option means as other programs have it: a format, or the counts of each year."""
    name = option.lstrip("-")
    if option.startswith("--") and name in _FORMAT_OPTIONS:
        return Message(FORMAT, {"format": _FORMAT_OPTIONS[name]})
    if option in _BY_YEAR and command in _COUNTED:
        return Message(BY_YEAR, {"facet": _COUNTED[command]})
    return None


def _hint(arguments: Sequence[str], error: Any, context: Any, message: Message) -> Message:
    """Return advice: how to exclude a word if that may be meant, else where to read more."""
    if context:
        command = context.command_path.removeprefix("mltalks").strip()
    else:
        from mltalks.cli.registry import COMMANDS

        command = next((word for word in arguments if word in COMMANDS), "")
    takes_query = context is not None and any(one.name == "query" for one in context.command.params)
    option = getattr(error, "option_name", "")
    file = Path(str(message.values.get("value", "")))
    if option in _OUTPUT:
        file = Path(next((word for before, word in pairwise(arguments) if before == option), "FILE"))
    of_format = message.values.get("option") == "--format"
    if of_format and f".{file}" in PAGES:
        return Message(PAGE, {"file": "FILE"})
    if of_format and takes_query:
        from mltalks.exchange.exporters.registry import EXPORTERS

        if str(file) in EXPORTERS.built_in:
            return Message(
                "to write the talks: mltalks export [QUERY] --format {format}", {"format": str(file)}
            )
    if option in _OUTPUT or (of_format and file.suffix):
        values = {"format": _FORMATS.get(file.suffix, "FORMAT"), "file": excerpt(str(file))}
        return Message(PAGE if file.suffix in PAGES else "to write a file: -o {format} > {file}", values)
    meant = _meant_otherwise(command, option) if _is(error, "NoSuchOption") else None
    if _is(error, "NoSuchOption") and takes_query:
        meant = meant or _meant_in_query(arguments, option)
    if meant:
        return meant
    if _is(error, "NoSuchOption") and any(one.startswith(option) and " " in one for one in arguments):
        template = "before a text that begins with a hyphen, write --; see 'mltalks {command}--help'"
        return Message(template, {"command": f"{command} " if command else ""})
    return Message("see 'mltalks {command}--help'", {"command": f"{command} " if command else ""})
