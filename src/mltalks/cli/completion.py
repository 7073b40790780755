"""Completion for bash, zsh and fish: scripts that ask `mltalks __complete`, and what it answers.

Answers with one candidate a line, a tab and what it is; on any trouble with nothing at all.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mltalks.cli.argv import VALUED
from mltalks.cli.exit_codes import Exit
from mltalks.dataset.vocabulary import MARKS
from mltalks.errors import MltalksError, is_damage

Candidate = tuple[str, str]

SCRIPTS = {
    "bash": r"""_mltalks() {
    local line cur="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
    local whole before="" plain=""
    local -a words
    if [[ $cur == [\"\']* ]]; then
        # Within an open quote bash has the whole word, and quotes what is put in its place.
        words=("${COMP_WORDS[@]:1:COMP_CWORD-1}" "$cur") plain=1
    else
        # Bash parts words at : and =; here the whole word is asked for, and what stands before the last cut off again.
        local typed="${COMP_LINE:0:COMP_POINT}"
        IFS=$' \t' read -ra words <<< "$typed"
        [[ $typed == *[[:space:]] ]] && words+=("")
        whole="${words[${#words[@]}-1]}"
        [[ $whole == *:* && $COMP_WORDBREAKS == *:* ]] && before="${whole%:*}:"
        [[ $whole == --*=* && $COMP_WORDBREAKS == *=* ]] && before="${whole%%=*}="
        words=("${words[@]:1}")
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r line _; do
        line="${line#"$before"}"
        [[ -n $plain ]] || printf -v line '%q' "$line"
        COMPREPLY+=("$line")
    done < <(mltalks __complete "${words[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
    [[ ${#COMPREPLY[@]} == 0 ]] && compopt -o default
    return 0
}
complete -F _mltalks mltalks
""",
    "zsh": r"""#compdef mltalks
_mltalks() {
    local value about
    local -a values abouts fields
    while IFS=$'\t' read -r value about; do
        if [[ $value == *: ]]; then fields+=("$value"); else
            values+=("$value"); abouts+=("$value${about:+  -- $about}")
        fi
    done < <(mltalks __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( ${#fields} )) && compadd -U -S '' -a fields
    (( ${#values} )) && compadd -U -l -d abouts -a values
    (( ${#fields} + ${#values} )) || _files
}
compdef _mltalks mltalks
""",
    "fish": r"""function __mltalks_complete
    set -l words (commandline -opc) (commandline -ct)
    mltalks __complete $words[2..-1] 2>/dev/null
end
complete -c mltalks -f -a '(__mltalks_complete)'
complete -c mltalks -n '__fish_seen_subcommand_from validate import classify' -F
complete -c mltalks -l data -r -F
complete -c mltalks -l themes -r -F
complete -c mltalks -s O -l output -r -F
complete -c mltalks -l html -r -F
""",
}
# What the words after each command are; commands that are not here take a query.
FIRST_ARGUMENT = {
    "by-company": "company",
    "by-theme": "theme",
    "by-keyword": "keyword",
    "by-speaker": "speaker",
    "by-event": "event",
    "show": "id",
    "open": "id",
    "related": "id",
    "explain": "id",
    "accept": "id",
    "reject": "id",
    "themes": "theme",
    **dict.fromkeys(("edit", "note", "tag", "mark", "remove"), "id"),
}
# What the second word is, and the values of options that name something in the data.
SECOND_ARGUMENT = {"accept": "theme", "reject": "theme", "alias": "company", "tag": "tag"}
OPTION_VALUES = {
    "--event": "event",
    "--theme": "theme",
    "--organization": "company",
    "--speaker": "speaker",
    "--keyword": "keyword",
    "--keyword-ja": "keyword",
    "--track": "track",
    "--tag": "tag",
    "--language": "language",
}
WORDS = {"completion": ("bash", "zsh", "fish"), "help": ("query", "formats", "exit-codes")}
NO_QUERY = {
    "show",
    "open",
    "related",
    "explain",
    "classify",
    "accept",
    "reject",
    "decisions",
    "index",
    "validate",
    "paths",
    "schema",
    "completion",
    "help",
    "import",
    "add",
    "edit",
    "note",
    "tag",
    "mark",
    "remove",
    "alias",
    "undo",
    "log",
    "committee",
}


Fields = tuple[str, ...]


def complete(words: Sequence[str]) -> int:
    """Print the candidates for the last of `words` (a command line without its first word); return an exit code."""
    from mltalks.cli import streams

    streams.prepare()
    *before, typed = words or [""]
    try:
        text = "".join(
            f"{value}\t{about}\n" if about else f"{value}\n" for value, about in _found(before, typed)
        )
        streams.write(text)
    except MltalksError as error:
        streams.tell(f"mltalks: error: {error}")
        return Exit.FAILURE
    return Exit.DONE


def _found(before: Sequence[str], typed: str) -> list[Candidate]:
    from mltalks.text.sanitize import shown

    try:
        return [(shown(value), shown(about)) for value, about in _candidates(before, typed)]
    except MltalksError:  # data that cannot be read: nothing to offer, and no place to say so
        return []
    except Exception as error:
        if is_damage(error):
            return []
        raise


def _candidates(before: Sequence[str], typed: str) -> Iterator[Candidate]:
    line = _Line(before)
    if line.option is None and typed.startswith("--") and "=" in typed:
        name, _, value = typed.partition("=")
        line.option = name
        yield from ((f"{name}={one}", about) for one, about in _option_values(line, value))
    elif line.option is not None:
        yield from _option_values(line, typed)
    elif line.command is None:
        yield from _starting(_commands(), typed)
    elif typed.startswith("-"):
        yield from _starting(_options(line.command), typed)
    else:
        yield from _arguments(line, typed)


class _Line:
    """A command line so far: its command, the arguments after it, and the option whose value comes next."""

    def __init__(self, before: Sequence[str]) -> None:
        self.command: str | None = None
        self.arguments: list[str] = []
        self.data: list[Path] = []
        self.themes: Path | None = None
        self.option: str | None = None
        for word in before:
            if self.option is not None:
                self._note(self.option, word)
                self.option = None
            elif word in VALUED:
                self.option = word
            elif word.startswith(("--data=", "--themes=")):
                name, _, value = word.partition("=")
                self._note(name, value)
            elif word.startswith("-") and word != "-":
                pass
            elif self.command is None:
                self.command = word
            else:
                self.arguments.append(word)

    def _note(self, option: str, value: str) -> None:
        if option == "--data":
            self.data.append(Path(value))
        elif option == "--themes":
            self.themes = Path(value)


def _option_values(line: _Line, typed: str) -> Iterator[Candidate]:
    if line.option == "--fields":
        done, comma, last = typed.rpartition(",")
        fields = _starting(((field, "") for field in _fields(line.command or "")), last)
        yield from ((f"{done}{comma}{field}", about) for field, about in fields)
    elif line.option in OPTION_VALUES:
        yield from _starting(_values(OPTION_VALUES[line.option], line), typed)
    else:
        yield from _starting(((value, "") for value in _choices(line)), typed)


def _fields(command: str) -> Fields:
    """Return the fields of what a command prints."""
    from mltalks.render.json_schemas import fields_of

    return fields_of(command)


def _arguments(line: _Line, typed: str) -> Iterator[Candidate]:
    command, first = line.command or "", not line.arguments
    if command == "crosstab" and len(line.arguments) < 2:
        from mltalks.analysis.crosstab import CROSSED

        yield from _starting(((facet, "") for facet in CROSSED), typed)
        return
    if command in FIRST_ARGUMENT and first:
        yield from _starting(_values(FIRST_ARGUMENT[command], line), typed)
    elif command == "mark":
        yield from _starting(((word, "") for word in (*MARKS, "none")), typed)
    elif command in SECOND_ARGUMENT and not first:
        yield from _starting(_values(SECOND_ARGUMENT[command], line), typed)
    elif command in WORDS and first:
        yield from _starting(((word, "") for word in WORDS[command]), typed)
        if command == "help":
            yield from _starting(_commands(), typed)
    elif command in ("committee", "trend", "compare"):
        yield from _starting(_surveyed(line), typed)
    elif command == "schema" and first:
        from mltalks.render.json_schemas import OUTPUTS

        yield from _starting(((name, one.printed_by) for name, one in OUTPUTS.items()), typed)
    if command not in NO_QUERY and (
        not first or command not in (*FIRST_ARGUMENT, "trend") or command == "themes"
    ):
        yield from _query(typed, line)


def _surveyed(line: _Line) -> Iterator[Candidate]:
    """Yield what may be counted side by side: committees, a facet over the years, two sides of a comparison."""
    from mltalks.analysis.trend import FACETS

    if line.command == "committee":
        yield from _values("event", line)
    elif line.command == "trend" and not line.arguments:
        yield from ((facet, "") for facet in FACETS)
    elif line.command == "compare" and len(line.arguments) < 2:
        for facet in ("event", "series", "theme", "company"):
            yield from _values(facet, line)


def _query(typed: str, line: _Line) -> Iterator[Candidate]:
    """Yield fields, or after `field:` and a comma the values of that field, each with what was typed before it.

    What was typed may begin with a quote that is still open, and hold words and parentheses before the one to complete.
    """
    from mltalks.search.query_fields import CHOICES, FIELDS, NAME_FIELDS
    from mltalks.text.folding import fold, slug

    quote = re.match(r"\\?['\"]?", typed)
    inside = typed[quote.end() if quote else 0 :]
    parted = re.fullmatch(r"((?:.*[\s(])?-?)(.*)", inside, re.DOTALL)
    done, last = (parted[1], parted[2]) if parted else ("", inside)
    field, colon, value = last.partition(":")
    name = fold(field)
    if not colon:
        yield from (
            (f"{done}{one}", about) for one, about in _starting(((f"{one}:", "") for one in FIELDS), last)
        )
        return
    listed, comma, value = value.rpartition(",")
    prefix = f"{done}{field}:{listed}{comma}"
    if name in CHOICES:
        values: Iterator[Candidate] = ((choice, "") for choice in CHOICES[name])
    elif name in NAME_FIELDS or name == "year":
        plain = name in ("id", "theme", "event")
        values = ((one if plain else slug(one), about or one) for one, about in _values(name, line))
    else:
        return
    for candidate, about in _starting(values, value):
        yield f"{prefix}{candidate}", about if about != candidate else ""


def _values(facet: str, line: _Line) -> Iterator[Candidate]:
    """Yield the values of a facet in the data, with what they stand for."""
    import mltalks
    from mltalks.cli.environment import data_paths, user_paths

    cache = user_paths(os.environ)["cache"]
    try:
        paths = data_paths(line.data)
        catalogue = mltalks.open(*paths, shipped=False, cache=cache, themes=line.themes).catalogue
    except MltalksError:  # a file of --data or --themes that is not written yet
        catalogue = mltalks.open(*data_paths([]), shipped=False, cache=cache).catalogue
    if facet == "id":
        yield from catalogue.index.sessions.titles()
    elif facet == "theme":
        yield from ((theme.id, theme.label("en")) for theme in catalogue.themes.values())
    elif facet == "event":
        yield from ((event.id, event.name) for event in catalogue.events.values())
    else:
        yield from ((value, "") for value in sorted(catalogue.index.facets.values(facet), key=str.casefold))


def _starting(candidates: Iterator[Candidate], typed: str) -> Iterator[Candidate]:
    """Yield the candidates that begin with what was typed, whatever the case and width."""
    from mltalks.text.folding import fold

    key = fold(typed.replace("\\", "").strip("'\""))
    yield from (candidate for candidate in candidates if fold(candidate[0]).startswith(key))


def _commands() -> Iterator[Candidate]:
    from mltalks.cli.environment import language
    from mltalks.cli.help_page import summary
    from mltalks.cli.registry import COMMANDS, LazyCommands

    made, lang = LazyCommands(), language(os.environ)
    yield from ((name, summary(made[name].help or "", lang)) for name in COMMANDS)


def _options(command: str) -> Iterator[Candidate]:
    from mltalks.cli.registry import COMMANDS, LazyCommands

    if command in COMMANDS:
        for parameter in LazyCommands()[command].params:
            yield from ((name, parameter.help or "") for name in parameter.opts if name.startswith("--"))
    yield "--help", "Show this message and exit."


def _choices(line: _Line) -> Sequence[str]:
    from typing import get_args

    from mltalks.cli.console import Format
    from mltalks.exchange.exporters.registry import EXPORTERS
    from mltalks.exchange.importers.registry import IMPORTERS

    formats = {"export": tuple(EXPORTERS.built_in), "import": tuple(IMPORTERS.built_in)}
    choices: dict[str, Sequence[str]] = {
        "--lang": ("en", "ja"),
        "--color": ("auto", "always", "never"),
        "--percent": ("row", "column", "all"),
        "--by": ("year",),
        **dict.fromkeys(("-o", "-f", "--format"), formats.get(line.command or "", get_args(Format))),
    }
    return choices.get(line.option or "", ())
