"""One record as a page, and the heads of tables, as rich text.

Does not draw tables of several records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mltalks.messages import Lang, say, word
from mltalks.render.cell_texts import Context
from mltalks.render.columns import Column, Record
from mltalks.render.output import coverage_text, heading, tally_message, tally_source
from mltalks.render.terminal.cells import cell
from mltalks.render.terminal.rich_console import Prose, styled
from mltalks.render.views.sessions import SESSION
from mltalks.text import sanitize

TERMS = 8  # of a theme that are listed
SEATS = 10  # organizations of a committee that are listed
QUESTIONS = 4  # that a session answers, of those shown on its page
_ADDRESS = re.compile(r"https?://\S+")
_SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def _pairs(pairs: Iterable[tuple[str, Text]], *, folded: bool = False) -> RenderableType:
    """Return a line for each name with its text; a single word, such as a link, is never broken, to be copied, unless `folded`."""
    filled = [(name, text) for name, text in pairs if text.plain]
    width = max((cell_len(name) for name, _ in filled), default=0)
    return Group(*(_Fact(name, text, width, folded) for name, text in filled))


class _Fact(NamedTuple):
    """A name of `width` cells beside its text, of which an address that is wider than the line has one of its own."""

    name: str
    text: Text
    width: int
    folded: bool

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        room = 0 if self.folded else options.max_width - self.width - 2
        wide = [one.span() for one in _ADDRESS.finditer(self.text.plain) if room and len(one[0]) > room]
        name = self.name
        for part in self.text.divide([at for span in wide for at in span]):
            shown = part if not wide else part[len(part.plain) - len(part.plain.lstrip()) :]
            shown.rstrip()
            if shown.plain:
                yield _pair(name, shown, self.width, folded=self.folded)
                name = ""


def _pair(name: str, text: Text, width: int, *, folded: bool) -> RenderableType:
    if not folded and text.plain.isascii() and not re.search(r"\s", text.plain):
        label = Text(f"{name}{' ' * (width - cell_len(name) + 2)}", "dim", no_wrap=True, overflow="ignore")
        return Text("", no_wrap=True, overflow="ignore") + label + text
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True, width=width)
    grid.add_column(overflow="fold")
    grid.add_row(name, Prose(text))
    return grid


def picked(record: Record, columns: Sequence[Column], context: Context) -> RenderableType:
    """Return some fields of one record, a line each."""
    return _pairs([(heading(one.head, context.lang), cell(context, record, one)) for one in columns])


def card(record: Record, context: Context, *, folded: bool = False) -> RenderableType:
    """Return one session as a page; `folded` breaks long words too."""
    lang, columns = context.lang, {one.name: one for one in SESSION}

    def drawn(name: str) -> tuple[str, Text]:
        return name, cell(context, record, columns[name])

    first, second = ("summary_ja", "summary") if lang == "ja" else ("summary", "summary_ja")
    questions = (lang == "ja" and record["questions_ja"]) or record["questions"] or record["questions_ja"]
    answered = list(map(styled, questions[:QUESTIONS]))
    if len(questions) > QUESTIONS:
        field = "questions_ja" if questions is record["questions_ja"] else "questions"
        command = f"mltalks show {record['id']} --fields {field}"
        more = say("{count} more: {command}", lang, count=len(questions) - QUESTIONS, command=command)
        answered.append(styled(more, "dim"))
    texts: list[tuple[str, Text]] = [
        ("id", styled(record["id"], "cyan")),
        drawn("event"),
        ("kind", styled(word(record["kind"], lang))),
        drawn("track"),
        ("companies", styled(context.listed(context.companies(record)), "green")),
        drawn("speakers"),
        drawn("keywords"),
        drawn("themes"),
        ("summary", styled(record[first] or record[second] or "")),
        ("answers", Text("\n").join(answered)),
        *((name, _link(record[name])) for name in ("slides", "paper", "video", "url")),
    ]
    if record["slides_public"] is False and not record["slides"]:
        texts.append(("slides", styled(heading("not public", lang), "dim")))
    note = [styled(line) for line in (record["note"] or "").split("\n")]
    texts += [
        *map(drawn, ("doi", "citation_key", "language", "date", "minutes", "room")),
        ("source", styled(record["source"] or "", "dim")),
        ("tags", styled(context.listed(record["tags"]), "magenta")),
        ("mark", styled(word(record["mark"] or "", lang), "magenta")),
        ("note", Text("\n").join(note)),
        ("from", _places(record["origins"] if "origins" in context.shown else {})),
    ]
    named = [(heading(name, lang), text) for name, text in texts]
    return Group(Prose(styled(record["title"], "bold")), Text(), _pairs(named, folded=folded))


def event_card(record: Record, context: Context) -> RenderableType:
    """Return one event as a page, with the first organizations of its committee."""
    lang = context.lang

    def text(field: str) -> Any:
        return (lang == "ja" and record[f"{field}_ja"]) or record[field]

    tracks = [
        (f"~{one['value']}" if one["inferred"] else one["value"], one["sessions"])
        for one in record["tracks"]
        if one["sessions"]
    ]
    of_tracks, of_seats = record["tracks_counted"], record["seats_counted"]
    if tracks and of_tracks["unknown"]:
        tracks.append((None, of_tracks["unknown"]))
    seats = [
        (one["organization"] and context.named("company", one["organization"]), one["seats"])
        for one in record["committee"]
    ]
    tallies = [styled(tally_message(tally, lang).text(lang), "dim") for tally in of_seats["tallies"]]
    counted = (
        "" if tallies or not seats else say("{members} members with {seats} roles (seats)", lang, **record)
    )
    more = say("{count} more", lang, count=len(seats) - SEATS) if len(seats) > SEATS else ""
    coverage = coverage_text(record["coverage"], text("coverage_note"), lang)
    known = coverage_text(record["committee_coverage"], text("committee_note"), lang)
    known = f"{heading('coverage', lang)}: {known}"
    unnamed = say("(organization not known)", lang)
    texts = (
        ("id", styled(record["id"], "cyan")),
        ("full_name", styled(record["full_name"] or "")),
        ("series", styled(record["series"])),
        ("date", styled(record["date"])),
        ("place", styled(word(record["location"] or "", lang))),
        ("about" if lang == "en" else "summary", styled(text("about") or "")),
        ("sessions", styled(str(record["sessions"]))),
        ("coverage", styled(coverage)),
        (
            "tracks",
            _lines(_counts(tracks, word("not known", lang)), styled(_tracks_tally(of_tracks, lang), "dim")),
        ),
        (
            "committee",
            _lines(styled(counted), styled(known), _counts(seats[:SEATS], unnamed), styled(more), *tallies),
        ),
        ("url", _link(record["url"])),
        ("source", styled(record["source"] or "", "dim")),
        ("from", _places(record["origins"] if "origins" in context.shown else {})),
    )
    named = [(heading(name, lang), shown) for name, shown in texts]
    return Group(Prose(styled(record["name"], "bold")), Text(), _pairs(named))


def _tracks_tally(counted: Record, lang: Lang) -> str:
    if counted["counted_from"] != "tally":
        return ""
    source = tally_source(counted, lang)
    return say("a tally of {total} sessions; source: {source}", lang, total=counted["total"], source=source)


def _counts(counts: Iterable[tuple[str | None, int]], unknown: str) -> Text:
    """Return a line for each name with its number; for None, what is not known."""
    dim = styled(unknown, "dim")
    lines = (Text(f"{number:3} ") + (styled(name, "green") if name else dim) for name, number in counts)
    return _lines(*lines)


def _lines(*texts: Text) -> Text:
    return Text("\n").join(text for text in texts if text.plain)


def _link(address: str | None) -> Text:
    target = sanitize.link(address)
    return Text(target, Style(link=target)) if target else Text()


def _places(origins: Mapping[str, Record]) -> Text:
    """Return a line for each file with values of a record: their fields, each with its line."""
    files: dict[str, list[str]] = {}
    for field, place in origins.items():
        files.setdefault(place["path"], []).append(f"{field} {place['line']}")
    lines = [styled(f"{path}: {', '.join(fields)}", "dim") for path, fields in files.items()]
    return Text("\n").join(lines)


def finding(record: Record, lang: Lang) -> Text:
    """Return a finding, without the command that fixes it."""
    shown = styled(f"{word(record['severity'], lang)}: ", _SEVERITIES[record["severity"]])
    return shown.append_text(styled(record["message"]))


def theme_head(head: Record, context: Context) -> RenderableType:
    """Return the head above the sessions of a theme; in Japanese, other themes have their labels."""
    lang = context.lang
    named = context.theme if lang == "ja" else str
    labels = [head["label_en"], head["label_ja"]]
    title = " · ".join(label for label in (reversed(labels) if lang == "ja" else labels) if label)
    companies = context.listed(
        f"{context.named('company', one['value'])} {one['sessions']}" for one in head["companies"][:10]
    )
    hidden = len(head["terms"]) - TERMS
    more = say("; {count} more: --json", lang, count=hidden) if hidden > 0 else ""
    narrower = context.listed(f"{named(n['id'])} {n['sessions']}" for n in head["narrower"])
    pairs: list[tuple[str, Any]] = [
        ("id", styled(head["id"], "cyan")),
        ("definition", styled((lang == "ja" and head["definition_ja"]) or head["definition"] or "")),
        ("broader", styled(context.listed(map(named, head["broader"])))),
        ("narrower", styled(narrower)),
        ("sessions", styled(str(head["count"]))),
        ("companies", styled(companies, "green")),
        ("terms", styled(context.listed(head["terms"][:TERMS]) + more)),
    ]
    headed = [(heading(name, lang), text) for name, text in pairs]
    return Group(Prose(styled(title, "bold")), Text(), _pairs(headed), Text())
