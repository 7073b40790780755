"""Completion for bash, zsh and fish: the output of `mltalks __complete` for the scripts in `shells`.

Prints a candidate, a tab and its description on each line, and nothing on an error. Does not import typer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mltalks.cli.argv import JAPANESE_VALUES, CommandLine, Parameter, declarations
from mltalks.cli.exit_codes import Exit
from mltalks.dataset.vocabulary import MARKS
from mltalks.errors import MltalksError, is_damage

if TYPE_CHECKING:
    from mltalks.messages import Lang

Candidate = tuple[str, str]

# The facets whose values an argument or an option takes.
FACETS = {
    **dict.fromkeys(("sessions", "sessions_and_text"), ("id",)),
    "sessions_or_events": ("id", "event"),
    "sessions_and_tags": ("id", "tag"),
    "sessions_and_theme": ("id", "theme"),
    **dict.fromkeys(("a", "b"), ("event", "series", "theme", "company")),
    "session_id": ("id",),
    **dict.fromkeys(("event", "events"), ("event",)),
    "organization": ("company",),
    "--event": ("event",),
    "--theme": ("theme",),
    "--organization": ("company",),
    "--speaker": ("speaker",),
    "--keyword": ("keyword",),
    "--keyword-ja": ("keyword",),
    "--track": ("track",),
    "--room": ("room",),
    "--tag": ("tag",),
    "--language": ("language",),
}


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
        streams.write_message(f"mltalks: error: {error}")
        return Exit.FAILURE
    return Exit.DONE


def _found(before: Sequence[str], typed: str) -> list[Candidate]:
    from mltalks.text.sanitize import shown

    try:
        return [(shown(value), shown(about)) for value, about in _candidates(before, typed)]
    except MltalksError:  # the data cannot be read: no candidates, and no place for a message
        return []
    except Exception as error:
        if is_damage(error):
            return []
        raise


def _candidates(before: Sequence[str], typed: str) -> Iterator[Candidate]:
    line = CommandLine(before)
    name, equals, value = typed.partition("=")
    if line.unfinished:
        yield from _option_values(line, line.unfinished, typed)
    elif name.startswith("--") and equals:
        if name in line.named:
            yield from (
                (f"{name}={one}", about) for one, about in _option_values(line, line.named[name], value)
            )
    elif not line.command:
        yield from _starting(_commands(), typed)
    elif typed.startswith("-"):
        options = ((name, one.help) for one in line.parameters for name in one.names if name.startswith("--"))
        yield from _starting((*options, ("--help", "Show this message and exit.")), typed)
    else:
        yield from _argument_values(line, typed)


def _option_values(line: CommandLine, option: Parameter, typed: str) -> Iterator[Candidate]:
    if option.name == "--fields":
        from mltalks.render.json_schemas import fields_of, headings_of

        done, comma, last = typed.rpartition(",")
        names = (headings_of if _language(last) == "ja" else fields_of)(line.command)
        fields = [f"{done}{comma}{field}" for field, _ in _starting(_plain(names), last)]
        yield from _plain(
            fields if len(fields) != 1 else (*fields, f"{fields[0]},")
        )  # no space after the only one
    elif option.name == "--query":
        yield from _query(typed, line)
    else:
        yield from _starting(_values_of(line, option, typed), typed)


def _argument_values(line: CommandLine, typed: str) -> Iterator[Candidate]:
    declared = [one for one in line.parameters if not one.name.startswith("-")]
    at = min(len(line.arguments), len(declared) - 1)
    if not declared or (at < len(line.arguments) and declared[at].values > 0):
        return
    yield from _starting(_values_of(line, declared[at], typed), typed)
    if declared[at].name == "query" or line.command == "compare":
        yield from _query(typed, line)


def _values_of(line: CommandLine, parameter: Parameter, typed: str) -> Iterator[Candidate]:
    """Yield the values of an argument or option that can be listed."""
    yield from _choices(parameter, typed)
    match parameter.name:
        case "sessions_and_mark":
            yield from _values("id", line, typed=typed)
            yield from _marks(typed)
        case "query" if line.command == "themes" and not line.arguments:
            yield from _values("theme", line, typed=typed)
        case "name":  # of by-company and similar commands
            yield from _values(line.command.removeprefix("by-"), line, _language(typed), typed)
        case "rows" | "columns":
            from mltalks.analysis.crosstab import CROSSED

            yield from _facets(CROSSED, typed)
        case "what":
            from mltalks.analysis.trend import FACETS as FOLLOWED

            yield from _facets(FOLLOWED, typed)
        case "topic":
            from mltalks.cli.help.texts import JAPANESE_TOPICS, TOPICS

            japanese = _language(typed) == "ja"
            yield from (*_plain([*JAPANESE_TOPICS] if japanese else TOPICS), *_commands())
        case "output":
            from mltalks.render.json_schemas import OUTPUTS

            yield from ((name, one.printed_by) for name, one in OUTPUTS.items())
        case name if name in FACETS:
            for facet in FACETS[name]:
                yield from _values(facet, line, _language(typed, name), typed)


def _marks(typed: str) -> Iterator[Candidate]:
    """Yield the marks, by their Japanese names if the typed text is Japanese."""
    marks = (*MARKS, "none")
    if _language(typed) == "en":
        return _plain(marks)
    from mltalks.messages import word

    return ((word(mark, "ja"), mark) for mark in marks)


def _choices(parameter: Parameter, typed: str) -> Iterator[Candidate]:
    """Yield the values that an option allows, by their Japanese names if the typed text is Japanese."""
    if _language(typed) == "en":
        yield from _plain(parameter.choices)
        return
    names = JAPANESE_VALUES.get(parameter.name, {})
    yield from ((names[one], one) for one in parameter.choices if one in names)


def _facets(names: Sequence[str], typed: str) -> Iterator[Candidate]:
    """Yield facets, by their Japanese names if the typed text is Japanese."""
    if _language(typed) == "en":
        yield from _plain(names)
        return
    from mltalks.search.query.fields import FIELD_NAMES

    yield from ((name, facet) for name, facet in FIELD_NAMES.items() if facet in names and not name.isascii())


def _plain(values: Iterable[str]) -> Iterator[Candidate]:
    return ((value, "") for value in values)


def _query(typed: str, line: CommandLine) -> Iterator[Candidate]:
    """Yield how a query may go on; the typed text may begin with an open quote."""
    from mltalks.search.query.completion import continuations

    quote = re.match(r"\\?['\"]?", typed)
    inside = typed[quote.end() if quote else 0 :]
    return continuations(inside, lambda facet, value: _values(facet, line, _language(value), value))


def _values(facet: str, line: CommandLine, lang: "Lang" = "en", typed: str = "") -> Iterator[Candidate]:
    """Yield the values of a facet in the data, with their labels; keywords in a language, with their text in the other.

    Of ids, only those that begin with the typed text.
    """
    from mltalks import __version__
    from mltalks.cli.environment import data_paths, own_data, user_paths
    from mltalks.search.catalogue_source import CatalogueSource  # without all that searches: 9 ms less

    cache = user_paths()["cache"]
    data = [Path(value) for name, value in line.options if name == "--data"]
    themes = [Path(value) for name, value in line.options if name == "--themes"]
    own = own_data()
    try:
        tree = themes[-1] if themes else None
        catalogue = CatalogueSource(__version__, data_paths(data), cache, tree, own).catalogue
    except MltalksError:  # a file of --data or --themes that is not written yet
        catalogue = CatalogueSource(__version__, data_paths([]), cache, own=own).catalogue
    from mltalks.search.query.completion import facet_values

    return facet_values(catalogue, facet, typed, lang)


def _language(typed: str, option: str = "") -> "Lang":
    from mltalks.text.japanese.scripts import is_japanese

    return "ja" if is_japanese(typed) or option.endswith("-ja") else "en"


def _starting(candidates: Iterable[Candidate], typed: str) -> Iterator[Candidate]:
    """Yield the candidates that begin with the typed text, up to case and width."""
    from mltalks.text.folding import starting

    return starting(candidates, typed)


def _commands() -> Iterator[Candidate]:
    from mltalks.cli.environment import language
    from mltalks.messages import japanese

    texts = japanese("help") if language() == "ja" else {}
    yield from ((name, texts.get(one["about"], one["about"])) for name, one in declarations().items() if name)
