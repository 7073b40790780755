"""The options for the fields of a session, declared once for the commands that write one.

Does not check the values; the transaction does.
"""

import re
from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from mltalks.dataset.vocabulary import KINDS

_PERSON = re.compile(r"(.*\S)\s*[(（]([^()（）]*)[)）]")


def _option(*names: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(*names, help=text, metavar=metavar)


Text = str | None
Texts = list[str] | None


@dataclass(frozen=True)
class SessionOptions:
    """Fields of a session as they were typed; None if an option was not given."""

    event: Annotated[
        Text, _option("--event", text="Event: an id or name; for a new event, name and year.")
    ] = None
    kind: Annotated[Text, _option("--kind", text=f"One of {', '.join(KINDS)}.", metavar="KIND")] = None
    track: Annotated[Text, _option("--track", text="The track, as the event names it.")] = None
    speakers: Annotated[
        Texts, _option("--speaker", text="A speaker; repeatable.", metavar="'NAME (ORGANIZATION)'")
    ] = None
    organizations: Annotated[Texts, _option("--organization", text="An organization; repeatable.")] = None
    keywords: Annotated[Texts, _option("--keyword", text="A keyword; repeatable.")] = None
    keywords_ja: Annotated[Texts, _option("--keyword-ja", text="A keyword in Japanese; repeatable.")] = None
    themes: Annotated[Texts, _option("--theme", text="A theme, by id or label; repeatable.")] = None
    summary: Annotated[Text, _option("--summary", text="A summary.")] = None
    summary_ja: Annotated[Text, _option("--summary-ja", text="A summary in Japanese.")] = None
    url: Annotated[Text, _option("--url", text="The session's page.", metavar="URL")] = None
    slides: Annotated[Text, _option("--slides", text="The slides.", metavar="URL")] = None
    paper: Annotated[Text, _option("--paper", text="The paper.", metavar="URL")] = None
    video: Annotated[Text, _option("--video", text="The recording.", metavar="URL")] = None
    doi: Annotated[Text, _option("--doi", text="The DOI of the paper.")] = None
    language: Annotated[
        Text, _option("--language", text="Language of the talk: a code such as en or ja.")
    ] = None
    date: Annotated[
        Text, _option("--date", text="Date, or date and time: 2024-05-20 or 2024-05-20T10:30.")
    ] = None
    minutes: Annotated[int | None, _option("--minutes", text="Length in minutes.", metavar="N")] = None
    source: Annotated[Text, _option("--source", text="Source of the information.")] = None
    note: Annotated[Text, _option("--note", text="Your note.")] = None
    tags: Annotated[Texts, _option("--tag", text="One of your tags; repeatable.")] = None

    def values(self) -> dict[str, Any]:
        """Return the fields that were given, as a data file has them."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        given = {name: value for name, value in found.items() if value is not None}
        if "speakers" in given:
            given["speakers"] = [person(typed) for typed in given["speakers"]]
        return given


def person(typed: str) -> dict[str, str]:
    """Return a speaker as typed: a name, with the organization in parentheses.

    >>> person("Ada Lovelace (Analytical Engines)"), person("Ada")
    ({'name': 'Ada Lovelace', 'organization': 'Analytical Engines'}, {'name': 'Ada'})
    """
    found = _PERSON.fullmatch(typed.strip())
    if found and found[2].strip():
        return {"name": found[1], "organization": found[2].strip()}
    return {"name": typed.strip()}
