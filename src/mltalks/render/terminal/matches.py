"""Why a hit was found: marks on the matched words, and lines for the words that its row does not show.

Does not search: the matches are those of the hit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from mltalks.messages import Lang, word
from mltalks.render.cell_texts import Context
from mltalks.render.columns import Record
from mltalks.render.match_text import match_text
from mltalks.render.output import heading
from mltalks.render.terminal.rich_console import styled
from mltalks.search.match_reasons import AS_TYPED, QUESTIONS
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.not_people import ET_AL
from mltalks.text.words.passages import passages
from mltalks.text.words.tokenizer import words

MAX_COMPANIES = 3
MAX_SPEAKERS = 2
MAX_REASONS = 4
# After a space, or in Japanese after kana or a mark: a kanji, a katakana word, a Latin one.
_WORD_BEGINS = r"(?<=\s)\S|(?<=[ぁ-ゟ、。，．：；！？「」（）・])[^\sぁ-ゟ、。，．：；！？」）・]"
AROUND = 40  # letters that are shown before and after a match
MATCH_STYLE = "bold yellow"


def reasons(context: Context, record: Record) -> list[Text]:
    """Return a line for each word of the query that the row does not show as typed, the most telling first; a text only once.

    Of the matches of a word, a translation out of the language of the reader comes last.
    """
    by_word: dict[str, list[Record]] = {}
    for match in record["matched"]:
        by_word.setdefault(match["query"], []).append(match)
    found: dict[tuple[str, str], list[Record]] = {}
    for matches in by_word.values():
        if not _shows(context, record, matches):
            match = min(matches, key=lambda one: _is_foreign(one, context.lang))
            found.setdefault(_place(context, record, match), []).append(match)
    lines = [_line(context, name, text, matches) for (name, text), matches in found.items()]
    more = [Text("…", "dim")] if len(lines) > MAX_REASONS else []
    return lines[:MAX_REASONS] + more


def _is_foreign(match: Record, lang: Lang) -> bool:
    return match["how"] == "translation" and is_japanese(match["text"]) != (lang == "ja")


def _shows(context: Context, record: Record, matches: Sequence[Record]) -> bool:
    """Return whether the title, or another drawn column, shows a word as typed."""
    shown = {"title": record["title"]}
    if "companies" in context.shown:
        shown["companies"] = context.listed(context.companies(record)[:MAX_COMPANIES])
    if "by" in context.shown:
        shown["speakers"] = first_speakers(record, context.lang)
    if "event" in context.shown:
        shown["event"] = context.event(record)
    return any(
        next(passages(shown[name], words(match["text"])), None)
        for match in matches
        if match["how"] in AS_TYPED
        for name in match["fields"]
        if name in shown
    )


def first_speakers(record: Record, lang: Lang = "en") -> str:
    """Return the names of the first speakers of a session, those that matched before others, and the number of the rest."""
    found = [words(match["text"]) for match in record.get("matched", ()) if "speakers" in match["fields"]]
    names = sorted(
        (one["name"] for one in record["speakers"]),
        key=lambda name: not any(next(passages(name, some), None) for some in found),
    )
    more = f" +{len(names) - MAX_SPEAKERS}" if len(names) > MAX_SPEAKERS else ""
    if record["speakers_incomplete"]:
        more += f" {word(ET_AL, lang)}"
    return ("、" if lang == "ja" else ", ").join(names[:MAX_SPEAKERS]) + more


def _place(context: Context, record: Record, match: Record) -> tuple[str, str]:
    """Return the field and the text around a match."""
    for name, text in _texts(context, record, match):
        found = next(passages(text, words(match["text"])), None)
        if found:
            return name, _snippet(text, *found)
    return match["fields"][0], match["text"]


def _line(context: Context, name: str, text: str, matches: Sequence[Record]) -> Text:
    """Return the field, the text around and the interpretation of the first of some matches."""
    text = match_text(matches[0], text, context.lang)
    named = heading("answers" if name in QUESTIONS else name, context.lang)
    line = styled(text if name == "title" else f"{named}: {text}", "dim")
    highlight(line, matches)
    return line


def _texts(context: Context, record: Record, match: Record) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for the fields of a match."""
    for name in match["fields"]:
        if name in ("title", "themes") or match["how"] == "filter":
            yield name, match["text"]
        elif name == "event":
            yield name, context.event(record)
            yield "series", record["series"]
            yield "year", str(record["year"])
        elif name == "speakers":
            yield from ((name, speaker["name"]) for speaker in record["speakers"])
        else:
            value: Any = record.get(name) or ()
            yield from ((name, text) for text in (value if isinstance(value, list) else [value]))


def highlight(text: Text, matched: Iterable[Record]) -> None:
    """Mark the matched words in a text, each name of several words as a whole."""
    for match in matched:
        for start, end in passages(text.plain, words(match["text"])):
            text.stylize(MATCH_STYLE, start, end)


def _snippet(text: str, start: int, end: int) -> str:
    start, end = around(text, start, end)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def around(text: str, start: int, end: int, letters: int = AROUND) -> tuple[int, int]:
    """Return the place of a match with some letters before and after it, cut where words begin, if one begins there.

    >>> text = "モデルが古くなっていないかに答えるために、" + "Kafkaに流すビーコンを集める" * 4
    >>> one, other = around(text, 60, 64)
    >>> text[one : one + 6], text[other - 5 : other]
    ('Kafkaに', 'ンを集める')
    """
    first = max(0, start - letters)
    last = min(len(text), end + letters)
    starts = [one.start() for one in re.finditer(_WORD_BEGINS, text[: last + 1])]
    before = next((at for at in starts if first <= at <= start), first) if first else 0
    after = next((at for at in reversed(starts) if end <= at <= last), last) if last < len(text) else last
    return before, after
