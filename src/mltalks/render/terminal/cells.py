"""What a record says in one cell of a table, as rich text: links, pictures, and the words that it was found by.

Knows no table and no width; what a data file says is never markup here.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.style import Style
from rich.text import Text

from mltalks.messages import Lang, say, word
from mltalks.render.terminal import blocks
from mltalks.render.text_formats import text_of
from mltalks.render.views.core import Record, View, heading
from mltalks.text import sanitize
from mltalks.text.japanese import is_japanese
from mltalks.text.stemmer import stem

MAX_COMPANIES = 3
MAX_REASONS = 4
STYLES = {
    "id": "cyan",
    "value": "cyan",
    "organization": "cyan",
    "event": "dim",
    "companies": "green",
    "score": "dim",
    "kind": "dim",
}
_BAR = 10  # cells of a bar; of each side of a balance, half
_CHANGE_STYLES = {"new": "bold green", "rising": "green", "fading": "red", "gone": "bold red"}
INFERRED = "~"  # before a theme that nobody has set
AROUND = 30  # letters before and after a phrase that are shown with it
_MATCH_STYLE = "bold yellow"
# Forms that show what was typed; of all others the table says what they are for.
_LITERAL = {"exact", "inflection", "phrase", "compound", "prefix"}


def paper(width: int | None, *, colour: bool) -> Console:
    """Return what tables and documents are drawn on, of a width (None: as wide as it gets), whatever the environment."""
    return Console(
        file=io.StringIO(),
        width=width or 10_000,
        height=100,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},  # what the environment says is the caller's to read
    )


def styled(text: str, style: str = "") -> Text:
    """Return a text with what could steer a terminal made visible."""
    return Text(sanitize.shown(text), style=style)


class Cells:
    """The cells of a table: what a record says in each column, with links and the words that it was found by."""

    def __init__(self, view: View, columns: Sequence[str], lang: Lang) -> None:
        self._view = view
        self._columns = columns
        self._lang = lang

    def cell(self, record: Record, name: str) -> Text:
        """Return what a record says in one column."""
        special = getattr(self, f"_{name}", None)
        if special is not None:
            text: Text = special(record)
            return text
        return styled(text_of(record[name]), STYLES.get(name, ""))

    def _id(self, record: Record) -> Text:
        indent = "  " * record.get("depth", 0)
        return Text(indent) + styled(
            record["id"], "cyan" if indent or self._view.schema != "themes" else "bold cyan"
        )

    def _title(self, record: Record) -> Text:
        title = styled(record["title"] or "", "bold" if self._view.schema == "hits" else "")
        address = sanitize.link(record.get("url") or record.get("paper"))
        if address:
            title.stylize(Style(link=address))
        _highlight(title, record.get("matched", ()))
        for reason in self._reasons(record):
            title.append("\n")
            title.append_text(reason)
        return title

    def _companies(self, record: Record) -> Text:
        names = record["companies"]
        more = f" +{len(names) - MAX_COMPANIES}" if len(names) > MAX_COMPANIES else ""
        text = styled(", ".join(names[:MAX_COMPANIES]) + more, "green")
        _highlight(text, record.get("matched", ()))
        return text

    def _event(self, record: Record) -> Text:
        text = styled(self._view.extra.get("events", {}).get(record["event"], record["event"]), "dim")
        _highlight(text, [match for match in record.get("matched", ()) if "event" in match["fields"]])
        return text

    def _links(self, record: Record) -> Text:
        text = Text()
        for name in ("slides", "paper", "video"):
            address = sanitize.link(record[name])
            if address:
                text.append(" " if text else "")
                text.append(heading(name, self._lang), Style(link=address, underline=True))
        return text

    def _themes(self, record: Record) -> Text:
        labels = self._view.extra.get("themes", {})
        if self._view.schema == "facet":
            return styled(", ".join(f"{labels[t['id']]} {t['sessions']}" for t in record["themes"]), "dim")
        if self._view.schema == "classified":
            return styled(", ".join(f"{one['id']} {one['score']}" for one in record["themes"]))
        inferred = set(record["themes_inferred"])
        return styled(
            ", ".join(
                f"{INFERRED if theme in inferred else ''}{labels.get(theme, theme)}"
                for theme in record["themes"]
            )
        )

    def _status(self, record: Record) -> Text:
        day = f" {record['decided']}" if record["decided"] else ""
        return styled(word(record["status"], self._lang) + day)

    def _evidence(self, record: Record) -> Text:
        """Return a line for each phrase that speaks for a theme: where it stands, and the words around it."""
        lines = []
        for one in record["evidence"]:
            start = max(0, one["start"] - AROUND)
            before, after = one["text"][start : one["start"]], one["text"][one["end"] : one["end"] + AROUND]
            line = styled(f"{heading(one['field'], self._lang)}: {'…' if start else ''}{before}", "dim")
            line.append(sanitize.shown(one["text"][one["start"] : one["end"]]), _MATCH_STYLE)
            line.append(
                sanitize.shown(after) + ("…" if one["end"] + AROUND < len(one["text"]) else ""), "dim"
            )
            lines.append(line)
        return Text("\n").join(lines)

    def _filing(self, record: Record) -> Text:
        return styled(word(record["filing"], self._lang))

    def _gap(self, record: Record) -> Text:
        return styled(word(record["gap"], self._lang))

    def _what(self, record: Record) -> Text:
        return styled(word(record["what"], self._lang))

    def _shared(self, record: Record) -> Text:
        return styled(
            "; ".join(f"{word(one['what'], self._lang)} {one['value']}" for one in record["shared"])
        )

    def _organization(self, record: Record) -> Text:
        known = record["organization"]
        return styled(known, "cyan") if known is not None else styled(word("not known", self._lang), "dim")

    def _change(self, record: Record) -> Text:
        return styled(word(record["change"], self._lang), _CHANGE_STYLES.get(record["change"], "dim"))

    def _facet(self, record: Record) -> Text:
        return styled(word(record["facet"], self._lang), "dim")

    def _over(self, record: Record) -> Text:
        return styled((record["over"] or "").upper(), "bold")

    def _bar(self, record: Record) -> Text:
        name, most = self._view.extra["bar"]
        return Text(blocks.bar(record[name], most, _BAR), "cyan")

    def _balance(self, record: Record) -> Text:
        most = self._view.extra["most"]
        return Text(blocks.balance(record["share_a"], record["share_b"], most, _BAR // 2), "cyan")

    def _sparkline(self, record: Record) -> Text:
        name = self._view.extra["measure"]
        style = _CHANGE_STYLES.get(record["change"], "")
        return Text(blocks.sparkline([year[name] for year in record["years"]]), style)

    def _reasons(self, record: Record) -> list[Text]:
        """Return a line for each word of the query that the row does not show as it was typed."""
        asked: dict[str, list[Record]] = {}
        for match in record.get("matched", ()):
            asked.setdefault(match["query"], []).append(match)
        lines = [
            reason
            for matches in asked.values()
            if not self._shows(record, matches) and (reason := self._reason(record, matches))
        ]
        distinct = list({line.plain: line for line in lines}.values())
        more = [Text("…", "dim")] if len(distinct) > MAX_REASONS else []
        return distinct[:MAX_REASONS] + more

    def _shows(self, record: Record, matches: Sequence[Record]) -> bool:
        """Tell whether the title, or another column that is drawn, shows a word as it was typed."""
        shown = {"title": record["title"]}
        if "companies" in self._columns:
            shown["companies"] = ", ".join(record["companies"][:MAX_COMPANIES])
        if "event" in self._columns:
            shown["event"] = self._view.extra.get("events", {}).get(record["event"], "")
        return any(
            re.search(_pattern(match), shown[name])
            for match in matches
            if match["how"] in _LITERAL
            for name in match["fields"]
            if name in shown
        )

    def _reason(self, record: Record, matches: Sequence[Record]) -> Text:
        """Return where the likeliest of some matches stands, and what it was taken for: the words around it."""
        for match in sorted(
            matches, key=lambda match: (match["how"] not in _LITERAL, match["how"] == "theme")
        ):
            for name, text in self._texts(record, match):
                snippet = _snippet(text, _pattern(match))
                if snippet:
                    return self._line(name, snippet, match)
        return self._line(matches[0]["fields"][0], matches[0]["text"], matches[0])

    def _line(self, name: str, text: str, match: Record) -> Text:
        if match["how"] not in _LITERAL and match["how"] != "theme":
            text = say("{text} (for {query})", self._lang, text=text, query=match["query"])
        line = styled(f"{heading(name, self._lang)}: {text}" if name != "title" else text, "dim")
        _highlight(line, [match])
        return line

    def _texts(self, record: Record, match: Record) -> Iterator[tuple[str, str]]:
        """Yield the texts of the fields that a match stands in, each with the name of its field."""
        for name in match["fields"]:
            if name == "title":
                yield name, match["text"]
            elif name == "event":
                yield name, self._view.extra.get("events", {}).get(record["event"], "")
                yield "series", record["series"]
                yield "year", str(record["year"])
            elif name == "themes":
                for theme in record["themes"]:
                    yield from ((name, label) for label in self._view.extra["theme_labels"].get(theme, ()))
            elif name == "speakers":
                yield from ((name, speaker["name"]) for speaker in record["speakers"])
            else:
                value: Any = record.get(name) or ()
                yield from ((name, text) for text in (value if isinstance(value, list) else [value]))


def _highlight(text: Text, matched: Iterable[Record]) -> None:
    """Mark the matched words in a text."""
    for match in matched:
        text.highlight_regex(_pattern(match), style=_MATCH_STYLE)


def _pattern(match: Record) -> str:
    """Return the expression by which a match is found in a text: whole words, in names of several with any ending."""
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
