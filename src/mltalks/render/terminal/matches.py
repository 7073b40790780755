"""Why a hit was found: marks on the matched words, and lines for the words that its row does not show.

Does not search: the matches are those of the hit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from mltalks.messages import say
from mltalks.render.columns import Record
from mltalks.render.output import heading
from mltalks.render.terminal.rich_console import Context, styled
from mltalks.text.japanese import is_japanese
from mltalks.text.stemmer import stem

MAX_COMPANIES = 3
MAX_REASONS = 4
MATCH_STYLE = "bold yellow"
# Kinds of matches that look like the typed word; for others the table shows that word.
_LITERAL = {"exact", "inflection", "phrase", "compound", "prefix"}


def reasons(context: Context, record: Record) -> list[Text]:
    """Return a line for each word of the query that the row does not show as typed."""
    by_word: dict[str, list[Record]] = {}
    for match in record["matched"]:
        by_word.setdefault(match["query"], []).append(match)
    lines = [
        reason
        for matches in by_word.values()
        if not _shows(context, record, matches) and (reason := _reason(context, record, matches))
    ]
    distinct = list({line.plain: line for line in lines}.values())
    more = [Text("…", "dim")] if len(distinct) > MAX_REASONS else []
    return distinct[:MAX_REASONS] + more


def _shows(context: Context, record: Record, matches: Sequence[Record]) -> bool:
    """Return whether the title, or another drawn column, shows a word as typed."""
    shown = {"title": record["title"]}
    if "companies" in context.shown:
        shown["companies"] = ", ".join(record["companies"][:MAX_COMPANIES])
    if "event" in context.shown:
        shown["event"] = context.event(record)
    return any(
        re.search(_pattern(match), shown[name])
        for match in matches
        if match["how"] in _LITERAL
        for name in match["fields"]
        if name in shown
    )


def _reason(context: Context, record: Record, matches: Sequence[Record]) -> Text:
    """Return the field, the interpretation and the context of the likeliest of some matches."""
    for match in sorted(matches, key=lambda match: (match["how"] not in _LITERAL, match["how"] == "theme")):
        for name, text in _texts(context, record, match):
            snippet = _snippet(text, _pattern(match))
            if snippet:
                return _line(context, name, snippet, match)
    return _line(context, matches[0]["fields"][0], matches[0]["text"], matches[0])


def _line(context: Context, name: str, text: str, match: Record) -> Text:
    if match["how"] not in _LITERAL and match["how"] != "theme":
        text = say("{text} (for {query})", context.lang, text=text, query=match["query"])
    line = styled(f"{heading(name, context.lang)}: {text}" if name != "title" else text, "dim")
    highlight(line, [match])
    return line


def _texts(context: Context, record: Record, match: Record) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for the fields of a match."""
    for name in match["fields"]:
        if name == "title":
            yield name, match["text"]
        elif name == "event":
            yield name, context.event(record)
            yield "series", record["series"]
            yield "year", str(record["year"])
        elif name == "themes":
            for theme in record["themes"]:
                yield from ((name, label) for label in _theme_labels(context, theme))
        elif name == "speakers":
            yield from ((name, speaker["name"]) for speaker in record["speakers"])
        else:
            value: Any = record.get(name) or ()
            yield from ((name, text) for text in (value if isinstance(value, list) else [value]))


def _theme_labels(context: Context, theme: str) -> Iterator[str]:
    """Yield the labels of a theme and of its broader ones, under all of which a session is filed."""
    if context.catalogue:
        for one in (theme, *context.catalogue.broader(theme)):
            known = context.catalogue.themes[one]
            yield from filter(None, (known.label_en, known.label_ja))


def highlight(text: Text, matched: Iterable[Record]) -> None:
    """Mark the matched words in a text."""
    for match in matched:
        text.highlight_regex(_pattern(match), style=MATCH_STYLE)


def _pattern(match: Record) -> str:
    """Return a regular expression for a match in a text: whole words; in names of several words, with any ending."""
    words = match["text"].split()
    if is_japanese(match["text"]):
        return "(?i)" + r"[\W_]*".join(map(re.escape, words))
    if match["how"] == "theme" or len(words) > 1:
        named = r"[\W_]+".join(re.escape(stem(word)) + r"\w*" for word in words)
    else:
        named = re.escape(match["text"])
    return rf"(?i)(?<![^\W_]){named}(?![^\W_])"


def _snippet(text: str, pattern: str, around: int = 40) -> str | None:
    found = re.search(pattern, text)
    if found is None:
        return None
    start, end = max(0, found.start() - around), found.end() + around
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
