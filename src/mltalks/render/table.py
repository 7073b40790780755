"""Views as rich tables, fitted to a width; what a data file says is never markup here.

Imports rich, as only `heat` and `bar` do besides.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import Any

from rich.box import SIMPLE_HEAD as _BOX
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang, say, word
from mltalks.render import harmless, pictures
from mltalks.render.records import text_of
from mltalks.render.view import LINKS, Record, View, heading
from mltalks.text import is_japanese, stem

NARROW = 60  # below this many columns a record is shown as lines rather than as a row
GAP = 2
MAX_COMPANIES = 3
MAX_REASONS = 4
_NUMBERS = {
    "sessions",
    "share",
    "measure",
    "own",
    "first_year",
    "last_year",
    "year",
    "score",
    "line",
    "depth",
    "seats",
    "members",
    "a",
    "b",
    "both",
    "log_odds",
    "z",
    "p",
    "q",
}
_STYLES = {
    "id": "cyan",
    "value": "cyan",
    "organization": "cyan",
    "event": "dim",
    "companies": "green",
    "score": "dim",
    "kind": "dim",
}
_SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "dim"}
# The most that a column may take of the width, so that titles keep theirs.
_SHARES = {
    "id": 0.26,
    "companies": 0.22,
    "event": 0.14,
    "links": 0.13,
    "value": 0.4,
    "keywords": 0.25,
    "speakers": 0.3,
}
# The least that a column is worth drawing with, where it has that much to show.
_LEAST = {
    "id": 20,
    "title": 23,
    "companies": 11,
    "summary": 24,
    "summary_ja": 24,
    "definition": 24,
    "links": 8,
}
LEAST = 10
# Tables of which the columns that are typed again are never broken, and those columns.
_UNBROKEN = {"explanation", "gaps", "decisions"}
_WHOLE = {"id", "name", "session", "theme"}
# Columns that are one picture each, which is never broken.
_PICTURES = {"bar", "balance", "sparkline"}
_BAR = 10  # cells of a bar; of each side of a balance, half
_CHANGE_STYLES = {"new": "bold green", "rising": "green", "fading": "red", "gone": "bold red"}
INFERRED = "~"  # before a theme that nobody has set
AROUND = 30  # letters before and after a phrase that are shown with it
_MATCH_STYLE = "bold yellow"
# Forms that show what was typed; of all others the table says what they are for.
_LITERAL = {"exact", "inflection", "phrase", "compound", "prefix"}


def table(view: View, fields: Sequence[str], lang: Lang, width: int | None, *, colour: bool) -> str:
    """Return a view as a table, or as lines where there is no room for one; `width` None is as wide as it gets."""
    console = Console(
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
    columns = tuple(fields) or view.table or view.columns
    with console.capture() as captured:
        if view.single:
            whole = view.schema == "session" and not fields
            console.print(_card(view, lang) if whole else _picked(view, columns, lang))
        elif view.schema == "problems" and not fields:
            for record in view.records:
                console.print(Text(harmless.shown(record["text"])), soft_wrap=True)
        elif view.schema == "checkup" and not fields:
            for record in view.records:  # commands are copied whole
                console.print(_finding(record, lang), soft_wrap=True)
        else:
            if view.schema == "theme" and view.envelope:
                console.print(_theme_head(view.envelope[0], lang))
            if view.records:
                console.print(
                    _drawn(view, columns, lang, width, spare=() if fields else view.extra.get("spare", ()))
                )
    return re.sub(r"[ \t]+$", "", captured.get(), flags=re.MULTILINE)


def _finding(record: Record, lang: Lang) -> Text:
    """Return what a check-up found, and below it the command that mends it."""
    shown = _text(f"{word(record['severity'], lang)}: ", _SEVERITIES[record["severity"]])
    shown.append_text(_text(record["message"]))
    if record["command"]:
        shown.append_text(Text("\n    ") + _text(record["command"], "cyan"))
    return shown


def _drawn(
    view: View, columns: Sequence[str], lang: Lang, width: int | None, spare: Sequence[str] = ()
) -> RenderableType:
    """Return a row a record where all columns fit into the width, if need be without those to spare, else a line a field."""
    cells = _Cells(view, columns, lang)
    rows = [[cells.cell(record, name) for name in columns] for record in view.records]
    headings = [heading(name, lang) for name in columns]
    whole = (_WHOLE if view.schema in _UNBROKEN else set()) | _PICTURES
    numbers = _NUMBERS | {name for name in columns if name in view.extra.get("numbers", ())}
    if width and width < NARROW:
        return _lines(columns, headings, rows)
    widths = _widths(columns, headings, rows, width, whole | numbers) if width else []
    if widths is None and spare:
        return _drawn(view, [name for name in columns if name not in spare], lang, width)
    if widths is None:
        return _lines(columns, headings, rows)
    drawn = Table(box=_BOX, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold")
    for i, (name, head) in enumerate(zip(columns, headings, strict=True)):
        drawn.add_column(
            head,
            style=_STYLES.get(name, ""),
            justify="right" if name in numbers else "left",
            overflow="fold",
            no_wrap=name in numbers or name in _PICTURES or not width,
            width=widths[i] if widths else None,
        )
    for row in rows:
        drawn.add_row(*row)
    return drawn


def _widths(
    columns: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[Text]],
    width: int,
    whole: AbstractSet[str],
) -> list[int] | None:
    """Return how wide each column is, all together no more than `width`; None when they cannot be that narrow.

    Columns of `whole` are never broken. Each gets the least that it needs, then up to its share, then what is left goes to those that could use it.
    """
    room = width - GAP * (len(columns) - 1)
    natural = [
        max(cell_len(head), *(cell_len(line) for row in rows for line in row[i].plain.split("\n")))
        for i, head in enumerate(headings)
    ]
    keep = {"id": int(width * _SHARES["id"])}  # ids are typed again: they part with their share last
    least = [
        most if name in whole else min(most, max(cell_len(head), _LEAST.get(name, LEAST), keep.get(name, 0)))
        for name, head, most in zip(columns, headings, natural, strict=True)
    ]
    if sum(least) > room:
        return None
    shares = [
        max(low, min(most, int(width * _SHARES.get(name, 1))))
        for name, low, most in zip(columns, least, natural, strict=True)
    ]
    return _grown(_grown(least, shares, room), natural, room)


def _grown(widths: list[int], wanted: list[int], room: int) -> list[int]:
    """Return widths grown towards what is wanted, in proportion to what each lacks, as far as there is room.

    >>> _grown([5, 5], [5, 25], 20), _grown([5, 5], [15, 25], 100)
    ([5, 15], [15, 25])
    """
    lacks = [most - now for now, most in zip(widths, wanted, strict=True)]
    spare = min(room - sum(widths), sum(lacks))
    grown = [
        now + (spare * lack // sum(lacks) if lack else 0) for now, lack in zip(widths, lacks, strict=True)
    ]
    rest = min(room, sum(widths) + spare) - sum(grown)
    for i, most in enumerate(wanted):
        more = min(rest, most - grown[i])
        grown[i] += more
        rest -= more
    return grown


def _lines(columns: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Text]]) -> RenderableType:
    """Return each record as its first column and, below it, its other columns, each under its name."""
    parts: list[RenderableType] = []
    for row in rows:
        for i, (name, head, text) in enumerate(zip(columns, headings, row, strict=True)):
            if text.plain:
                label = Text() if not i or name == "title" else Text(f"{head}: ", "dim")
                parts.append(Padding(label + text, (0, 0, 0, 2 if i else 0)))
    return Group(*parts)


def _text(text: str, style: str = "") -> Text:
    return Text(harmless.shown(text), style=style)


class _Cells:
    """The cells of a table: what a record says in each column, with links and the words that it was found by."""

    def __init__(self, view: View, columns: Sequence[str], lang: Lang) -> None:
        self._view = view
        self._columns = columns
        self._lang = lang

    def cell(self, record: Record, name: str) -> Text:
        special = getattr(self, f"_{name}", None)
        if special is not None:
            text: Text = special(record)
            return text
        return _text(text_of(record[name]), _STYLES.get(name, ""))

    def _id(self, record: Record) -> Text:
        indent = "  " * record.get("depth", 0)
        return Text(indent) + _text(
            record["id"], "cyan" if indent or self._view.schema != "themes" else "bold cyan"
        )

    def _title(self, record: Record) -> Text:
        title = _text(record["title"] or "", "bold" if self._view.schema == "hits" else "")
        address = harmless.link(record.get("url") or record.get("paper"))
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
        text = _text(", ".join(names[:MAX_COMPANIES]) + more, "green")
        _highlight(text, record.get("matched", ()))
        return text

    def _event(self, record: Record) -> Text:
        text = _text(self._view.extra.get("events", {}).get(record["event"], record["event"]), "dim")
        _highlight(text, [match for match in record.get("matched", ()) if "event" in match["fields"]])
        return text

    def _links(self, record: Record) -> Text:
        text = Text()
        for name in ("slides", "paper", "video"):
            address = harmless.link(record[name])
            if address:
                text.append(" " if text else "")
                text.append(heading(name, self._lang), Style(link=address, underline=True))
        return text

    def _themes(self, record: Record) -> Text:
        labels = self._view.extra.get("themes", {})
        if self._view.schema == "facet":
            return _text(", ".join(f"{labels[t['id']]} {t['sessions']}" for t in record["themes"]), "dim")
        if self._view.schema == "classified":
            return _text(", ".join(f"{one['id']} {one['score']}" for one in record["themes"]))
        inferred = set(record["themes_inferred"])
        return _text(
            ", ".join(
                f"{INFERRED if theme in inferred else ''}{labels.get(theme, theme)}"
                for theme in record["themes"]
            )
        )

    def _status(self, record: Record) -> Text:
        day = f" {record['decided']}" if record["decided"] else ""
        return _text(word(record["status"], self._lang) + day)

    def _evidence(self, record: Record) -> Text:
        """Return a line for each phrase that speaks for a theme: where it stands, and the words around it."""
        lines = []
        for one in record["evidence"]:
            start = max(0, one["start"] - AROUND)
            before, after = one["text"][start : one["start"]], one["text"][one["end"] : one["end"] + AROUND]
            line = _text(f"{heading(one['field'], self._lang)}: {'…' if start else ''}{before}", "dim")
            line.append(harmless.shown(one["text"][one["start"] : one["end"]]), _MATCH_STYLE)
            line.append(
                harmless.shown(after) + ("…" if one["end"] + AROUND < len(one["text"]) else ""), "dim"
            )
            lines.append(line)
        return Text("\n").join(lines)

    def _filing(self, record: Record) -> Text:
        return _text(word(record["filing"], self._lang))

    def _gap(self, record: Record) -> Text:
        return _text(word(record["gap"], self._lang))

    def _what(self, record: Record) -> Text:
        return _text(word(record["what"], self._lang))

    def _shared(self, record: Record) -> Text:
        return _text("; ".join(f"{word(one['what'], self._lang)} {one['value']}" for one in record["shared"]))

    def _organization(self, record: Record) -> Text:
        known = record["organization"]
        return _text(known, "cyan") if known is not None else _text(word("not known", self._lang), "dim")

    def _change(self, record: Record) -> Text:
        return _text(word(record["change"], self._lang), _CHANGE_STYLES.get(record["change"], "dim"))

    def _facet(self, record: Record) -> Text:
        return _text(word(record["facet"], self._lang), "dim")

    def _over(self, record: Record) -> Text:
        return _text((record["over"] or "").upper(), "bold")

    def _bar(self, record: Record) -> Text:
        name, most = self._view.extra["bar"]
        return Text(pictures.bar(record[name], most, _BAR), "cyan")

    def _balance(self, record: Record) -> Text:
        most = self._view.extra["most"]
        return Text(pictures.balance(record["share_a"], record["share_b"], most, _BAR // 2), "cyan")

    def _sparkline(self, record: Record) -> Text:
        name = self._view.extra["measure"]
        style = _CHANGE_STYLES.get(record["change"], "")
        return Text(pictures.sparkline([year[name] for year in record["years"]]), style)

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
        line = _text(f"{heading(name, self._lang)}: {text}" if name != "title" else text, "dim")
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


def _pairs(pairs: Sequence[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in pairs:
        if text.plain:
            grid.add_row(name, text)
    return grid


def _picked(view: View, fields: Sequence[str], lang: Lang) -> RenderableType:
    """Return some fields of the one record of a view."""
    cells = _Cells(view, fields, lang)
    return _pairs([(heading(name, lang), cells.cell(view.records[0], name)) for name in fields])


def _card(view: View, lang: Lang) -> RenderableType:
    """Return one session as a page."""
    record = view.records[0]
    cells = _Cells(view, (), lang)
    texts: list[tuple[str, Text]] = [
        ("id", _text(record["id"], "cyan")),
        ("event", cells.cell(record, "event")),
        ("kind", _text(record["kind"])),
        ("track", _text(record["track"] or "")),
        ("companies", _text(", ".join(record["companies"]), "green")),
        ("speakers", _text(text_of(record["speakers"]))),
        ("keywords", _text(", ".join(dict.fromkeys([*record["keywords"], *record["keywords_ja"]])))),
        ("themes", cells.cell(record, "themes")),
    ]
    first, second = ("summary_ja", "summary") if lang == "ja" else ("summary", "summary_ja")
    texts.append(("summary", _text(record[first] or record[second] or "")))
    for name in LINKS:
        address = harmless.link(record[name])
        texts.append((name, Text(address, Style(link=address)) if address else Text()))
    if record["slides_public"] is False and not record["slides"]:
        texts.append(("slides", _text(heading("not public", lang), "dim")))
    texts += [(name, _text(text_of(record[name]))) for name in ("doi", "language", "date", "minutes")]
    texts.append(("source", _text(record["source"] or "", "dim")))
    texts += [
        ("tags", _text(", ".join(record["tags"]), "magenta")),
        ("mark", _text(record["mark"] or "", "magenta")),
    ]
    note = [_text(line) for line in (record["note"] or "").split("\n")]
    texts += [("note", Text("\n").join(note)), ("from", _text_of_places(record["origins"]))]
    named = [(heading(name, lang), text) for name, text in texts]
    return Group(_text(record["title"], "bold"), Text(), _pairs(named))


def _text_of_places(origins: Mapping[str, Record]) -> Text:
    """Return a line for each file that says something of a session: the fields that it says, each with its line."""
    files: dict[str, list[str]] = {}
    for field, place in origins.items():
        files.setdefault(place["path"], []).append(f"{field} {place['line']}")
    lines = [_text(f"{path}: {', '.join(fields)}", "dim") for path, fields in files.items()]
    return Text("\n").join(lines)


def _theme_head(head: Record, lang: Lang) -> RenderableType:
    """Return what stands above the sessions of a theme."""
    labels = [head["label_en"], head["label_ja"]]
    title = " · ".join(label for label in (reversed(labels) if lang == "ja" else labels) if label)
    companies = ", ".join(f"{c['value']} {c['sessions']}" for c in head["companies"][:10])
    narrower = ", ".join(f"{n['id']} {n['sessions']}" for n in head["narrower"])
    pairs: list[tuple[str, Any]] = [
        ("id", _text(head["id"], "cyan")),
        ("definition", _text((lang == "ja" and head["definition_ja"]) or head["definition"] or "")),
        ("terms", _text(", ".join(head["terms"]))),
        ("broader", _text(", ".join(head["broader"]))),
        ("narrower", _text(narrower)),
        ("sessions", _text(str(head["count"]))),
        ("companies", _text(companies, "green")),
    ]
    named = [(heading(name, lang), text) for name, text in pairs]
    return Group(_text(title, "bold"), Text(), _pairs(named), Text())
