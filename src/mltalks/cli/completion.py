"""Completion for bash, zsh and fish: scripts that ask `mltalks __complete`, and what it answers.

Answers with one candidate a line, a tab and what it is; on any trouble with nothing at all.
"""

import os
import sys
from collections.abc import Iterator, Sequence

from mltalks.errors import MltalksError

Candidate = tuple[str, str]

SCRIPTS = {
    "bash": r"""_mltalks() {
    local line cur="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
    # Bash parts words at colons; here the whole word is asked for, and what stands before the last colon cut off again.
    local typed="${COMP_LINE:0:COMP_POINT}"
    local -a words
    IFS=$' \t' read -ra words <<< "$typed"
    [[ $typed == *[[:space:]] ]] && words+=("")
    local whole="${words[${#words[@]}-1]}" before=""
    [[ $whole == *:* && $COMP_WORDBREAKS == *:* ]] && before="${whole%:*}:"
    COMPREPLY=()
    while IFS=$'\t' read -r line _; do
        line="${line#"$before"}"
        [[ $line == */ ]] || printf -v line '%q' "$line"
        COMPREPLY+=("$line")
    done < <(mltalks __complete "${words[@]:1}" 2>/dev/null)
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
complete -c mltalks -n '__fish_seen_subcommand_from validate' -F
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
    "themes": "theme",
}
WORDS = {"completion": ("bash", "zsh", "fish"), "help": ("query", "formats", "exit-codes")}
NO_QUERY = {"show", "open", "related", "index", "validate", "paths", "schema", "completion", "help"}


def complete(words: Sequence[str]) -> int:
    """Print the candidates for the last of `words` (a command line without its first word); return an exit code."""
    from mltalks.render.harmless import shown

    *before, typed = words or [""]
    try:
        found = [(shown(value), shown(about)) for value, about in _candidates(before, typed)]
    except MltalksError:
        found = []
    text = "".join(f"{value}\t{about}\n" if about else f"{value}\n" for value, about in found)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        os._exit(0)
    return 0


def _candidates(before: Sequence[str], typed: str) -> Iterator[Candidate]:
    command = next((word for word in before if not word.startswith("-")), None)
    if command is None:
        yield from _starting(_commands(), typed)
    elif before[-1] in ("-o", "--format", "--lang", "--color"):
        yield from _starting(((value, "") for value in _choices(before[-1])), typed)
    elif typed.startswith("-"):
        yield from _starting(_options(command), typed)
    else:
        arguments = [word for word in before[before.index(command) + 1 :] if not word.startswith("-")]
        yield from _arguments(command, arguments, typed)


def _arguments(command: str, before: Sequence[str], typed: str) -> Iterator[Candidate]:
    if command in FIRST_ARGUMENT and not before:
        yield from _starting(_values(FIRST_ARGUMENT[command]), typed)
    elif command in WORDS and not before:
        yield from _starting(((word, "") for word in WORDS[command]), typed)
    elif command == "schema" and not before:
        from mltalks.render.schemas import SCHEMAS

        yield from _starting(((name, about) for name, (about, _) in SCHEMAS.items()), typed)
    if command not in NO_QUERY and (before or command not in FIRST_ARGUMENT or command == "themes"):
        yield from _query(typed)


def _query(typed: str) -> Iterator[Candidate]:
    """Yield fields, or after `field:` and a comma the values of that field, as one word each."""
    from mltalks.query import CHOICES, FIELDS, NAME_FIELDS
    from mltalks.text import slug

    negative = "-" if typed.startswith("-") else ""
    field, colon, value = typed.removeprefix(negative).partition(":")
    if not colon:
        yield from _starting(((f"{negative}{name}:", "") for name in FIELDS), typed)
        return
    done, comma, last = value.rpartition(",")
    prefix = f"{negative}{field}:{done}{comma}"
    if field in CHOICES:
        values: Iterator[Candidate] = ((choice, "") for choice in CHOICES[field])
    elif field in NAME_FIELDS or field == "year":
        values = (
            (slug(name) if field not in ("id", "theme", "event") else name, name)
            for name, _ in _values(field)
        )
    else:
        return
    for candidate, about in _starting(values, last):
        yield f"{prefix}{candidate}", about if about != candidate else ""


def _values(facet: str) -> Iterator[Candidate]:
    """Yield the values of a facet in the data, with what they stand for."""
    import mltalks
    from mltalks.cli.environment import data_paths, user_paths

    catalogue = mltalks.open(*data_paths([]), shipped=False, cache=user_paths(os.environ)["cache"]).catalogue
    if facet == "id":
        yield from catalogue.index.titles()
    elif facet == "theme":
        yield from ((theme.id, theme.label("en")) for theme in catalogue.themes.values())
    elif facet == "event":
        yield from ((event.id, event.name) for event in catalogue.events.values())
    else:
        yield from ((value, "") for value in sorted(catalogue.index.values(facet), key=str.casefold))


def _starting(candidates: Iterator[Candidate], typed: str) -> Iterator[Candidate]:
    """Yield the candidates that begin with what was typed, whatever the case and width."""
    from mltalks.text import fold

    key = fold(typed.replace("\\", "").strip("'\""))
    yield from (candidate for candidate in candidates if fold(candidate[0]).startswith(key))


def _commands() -> Iterator[Candidate]:
    from mltalks.cli.app import COMMANDS, LazyCommands

    made = LazyCommands()
    yield from ((name, made[name].get_short_help_str(80)) for name in COMMANDS)


def _options(command: str) -> Iterator[Candidate]:
    from mltalks.cli.app import COMMANDS, LazyCommands

    if command in COMMANDS:
        for parameter in LazyCommands()[command].params:
            yield from ((name, parameter.help or "") for name in parameter.opts if name.startswith("--"))
    yield "--help", "Show this message and exit."


def _choices(option: str) -> Sequence[str]:
    from typing import get_args

    from mltalks.cli.console import Format

    choices: dict[str, Sequence[str]] = {"--lang": ("en", "ja"), "--color": ("auto", "always", "never")}
    return choices.get(option) or tuple(get_args(Format))
