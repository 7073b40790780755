"""The prompts of the server, in English and Japanese: what to ask the tools for a survey, for what to watch next, and to compare.

Does not call tools.
"""

from collections.abc import Mapping
from typing import NamedTuple, get_args

import mcp_types as types

from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import Lang, Message, excerpt


class Prompt(NamedTuple):
    """A prompt: its name, title and text, and its arguments with what they are."""

    name: str
    title: Message
    text: Message
    arguments: Mapping[str, Message]


PROMPTS = (
    Prompt(
        "survey_topic",
        Message("Survey of a topic"),
        Message(
            "Survey the talks about {topic}. Find them with search and list_sessions, find the theme with themes, then count with facets, crosstab and trend. Write who talks about it, since when, what is rising, and what the data cannot say. Name the id of each talk, and state only what the tools return."
        ),
        {"topic": Message("what the survey is about")},
    ),
    Prompt(
        "watch_next",
        Message("What to watch next"),
        Message(
            "Choose five talks that I should watch next. I am interested in {interest}. Search for it, look at the talks that I have marked as watched (query mark:watched) and at those related to them, and leave out what I have seen. For each talk write its id, one sentence why, and a link to the video, the slides or the paper, if the tools return one."
        ),
        {"interest": Message("what you are interested in")},
    ),
    Prompt(
        "compare_companies",
        Message("Compare two companies"),
        Message(
            "Compare what {a} and {b} present: use compare, then crosstab of company and theme, and read the most telling talks with show. Write what both work on, what only one does, and where the numbers are too small to say anything. Name the id of each talk, and state only what the tools return."
        ),
        {"a": Message("a company, university or lab"), "b": Message("another one")},
    ),
)


def declared(lang: Lang) -> list[types.Prompt]:
    """Return the prompts as the protocol declares them."""
    language = types.PromptArgument(name="language", description=" | ".join(get_args(Lang)), required=False)
    return [
        types.Prompt(
            name=one.name,
            title=one.title.text(lang),
            arguments=[
                *(
                    types.PromptArgument(name=name, description=about.text(lang), required=True)
                    for name, about in one.arguments.items()
                ),
                language,
            ],
        )
        for one in PROMPTS
    ]


def filled(name: str, given: Mapping[str, str], lang: Lang) -> str:
    """Return the text of a prompt with its arguments, in the given language.

    Raises NotFoundError: there is no such prompt.
    Raises UsageError: an argument is missing, or the language is not known.
    """
    prompt = next((one for one in PROMPTS if one.name == name), None)
    if prompt is None:
        names = [one.name for one in PROMPTS]
        raise NotFoundError('no {what} "{name}"', what="prompt", name=excerpt(name), nearest=names)
    language = given.get("language", lang)
    missing = [argument for argument in prompt.arguments if not given.get(argument, "").strip()]
    if missing or language not in get_args(Lang):
        raise UsageError(
            "prompt {name}: give {arguments}, and as language en or ja",
            name=name,
            arguments=", ".join(prompt.arguments),
        )
    values = {argument: excerpt(given[argument], 300) for argument in prompt.arguments}
    return Message(prompt.text.template, values).text("ja" if language == "ja" else "en")
