"""The commands that explain mltalks: overview, help, schema, completion.

Does not hold the texts: `cli.help.texts` and the commands do.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import mltalks
from mltalks.cli import environment, streams
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import Options, argument
from mltalks.cli.exit_codes import Exit
from mltalks.cli.help.texts import JAPANESE_TOPICS, TOPICS, fitted, topic_text
from mltalks.cli.registry import COMMANDS, command
from mltalks.errors import UsageError
from mltalks.messages import Choices, Listing, excerpt, say
from mltalks.text.fuzzy import nearest

_SOFTWARE = """@misc{{mltalks,
  title = {{{{mltalks}}}},
  note = {{Version {version}, data {data}}},
}}"""


def overview() -> None:
    """Print six examples and what is loaded: the output of `mltalks` without arguments."""
    console = Console(Options())
    catalogue = console.library.catalogue
    years = sorted(event.year for event in catalogue.events.values())
    counts = say(
        "{sessions} sessions of {events} events, {first} to {last}; {themes} themes, {organizations} organizations",
        console.lang,
        sessions=len(catalogue),
        events=len(catalogue.events),
        first=years[0] if years else "?",
        last=years[-1] if years else "?",
        themes=len(catalogue.themes),
        organizations=len(catalogue.organizations.by_name),
    )
    streams.show(fitted(f"{topic_text('overview', console.lang)}{counts}\n"))


@with_console
def help_command(
    console: Console,
    context: typer.Context,
    topic: Annotated[
        str | None, argument("TOPIC", "query, formats, exit-codes, options, or a command.")
    ] = None,
) -> Exit:
    """Explain the query language, the output formats, the exit codes, the common options, or a command.

    mltalks help query
    mltalks help formats
    """
    from mltalks.cli.help.page import common_options, page

    top: Any = context.parent
    topic = JAPANESE_TOPICS.get(topic or "", topic)
    if topic is None:
        streams.show(page(top.command, top, console.lang))
        return Exit.DONE
    if topic in TOPICS:
        streams.show(
            common_options(console.lang) if topic == "options" else fitted(topic_text(topic, console.lang))
        )
        return Exit.DONE
    if topic in COMMANDS:
        asked = command(topic)
        inner = asked.make_context(topic, [], parent=top, resilient_parsing=True)
        streams.show(page(asked, inner, console.lang))
        return Exit.DONE
    raise UsageError(
        'no help for "{topic}"; the topics are {topics} and every command',
        topic=excerpt(topic),
        topics=Choices(TOPICS, {one: name for name, one in reversed(JAPANESE_TOPICS.items())}),
        nearest=nearest(topic, [*TOPICS, *JAPANESE_TOPICS, *COMMANDS]),
    )


@with_console
def schema_command(
    console: Console,
    output: Annotated[
        str | None, argument("NAME", "Kind of output, for example hits; without it, all kinds are listed.")
    ] = None,
) -> Exit:
    """Print the JSON Schema of what --json prints.

    mltalks schema
    mltalks schema hits
    """
    from mltalks.render.json_schemas import OUTPUTS, schema

    if output is None:
        listed = [{"name": name, "printed_by": one.printed_by} for name, one in OUTPUTS.items()]
        if console.form in ("json", "jsonl"):
            streams.show(json.dumps(listed, indent=2) + "\n")
        else:
            streams.show("".join(f"{entry['name']}\t{entry['printed_by']}\n" for entry in listed))
        return Exit.DONE
    if output not in OUTPUTS:
        raise UsageError(
            "unknown schema {name}; choose one of {names}",
            name=excerpt(output),
            names=Listing(OUTPUTS),
            nearest=nearest(output, OUTPUTS),
        )
    streams.show(json.dumps(schema(output), indent=2) + "\n")
    return Exit.DONE


@with_console
def version_command(console: Console) -> Exit:
    """Print the version, and a digest of the shipped data, to cite both.

    mltalks version
    mltalks version --json
    mltalks version -o bibtex
    """
    found = {"version": mltalks.__version__, "data": environment.data_digest()}
    texts = {
        **dict.fromkeys(("json", "jsonl"), json.dumps(found)),
        **dict.fromkeys(("plain", "table"), environment.version_line()),
        "csv": "\n".join(map(",".join, (found, found.values()))),
        "tsv": "\n".join(map("\t".join, (found, found.values()))),
        "bibtex": _SOFTWARE.format(**found),
    }
    if console.form not in texts:
        forms = ", ".join(texts)
        raise UsageError("version prints {forms}, not {format}", forms=forms, format=console.form)
    streams.show(f"{texts[console.form]}\n")
    return Exit.DONE


@with_console
def completion_command(
    console: Console,  # noqa: ARG001 - the shared options are accepted
    shell: Annotated[Literal["bash", "zsh", "fish"], argument("SHELL", "bash, zsh or fish.")],
) -> Exit:
    """Print the completion script of a shell: commands, options, fields, and values of the data.

    bash, in ~/.bashrc:  eval "$(mltalks completion bash)"
    zsh, in ~/.zshrc after compinit:  eval "$(mltalks completion zsh)"
    fish:  mltalks completion fish > ~/.config/fish/completions/mltalks.fish
    """
    script = Path(__file__).parents[1] / "shells" / f"completion.{shell}"
    streams.show(script.read_text(encoding="utf-8"))
    return Exit.DONE
