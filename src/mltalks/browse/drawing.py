"""Rows as rich text: a talk of one or two lines, a value of a facet with its number and a bar.

Does not draw a whole talk (`talk` does) or a list (`rows` does).
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from rich.text import Text

from mltalks.browse.finding import Value
from mltalks.messages import Lang, word
from mltalks.render.cell_texts import Context
from mltalks.render.session_json import why
from mltalks.render.terminal import blocks
from mltalks.render.terminal.matches import first_speakers, highlight, reasons
from mltalks.render.terminal.rich_console import styled
from mltalks.search.catalogue import Catalogue
from mltalks.search.ranking import Hit
from mltalks.text import sanitize

SELECTED, CHOSEN = "*", "*"
BAR = 6
CHANGES = {"new": "↑", "rising": "↑", "steady": "→", "fading": "↓", "gone": "↓"}
LEFT = 30  # cells that a label needs before there is a bar
LINKS = {"url": "page", "slides": "slides", "paper": "paper", "video": "video"}


def links(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the links of a talk that can be opened, by what they are of."""
    return {name: link for field, name in LINKS.items() if (link := sanitize.link(record[field]))}


def talk_row(
    catalogue: Catalogue,
    record: dict[str, Any],
    hit: Hit | None,
    lang: Lang,
    *,
    selected: bool,
    width: int,
    tall: int,
) -> list[Text]:
    """Return the lines of a talk: its title, then by whom and where it was given, its links and why it was found."""
    context = Context(catalogue, ("by", "event"), lang)
    whole = {**record, **(why(hit, lang) if hit else {"matched": []})}
    sign = f"{SELECTED} " if selected else "  "
    title = styled(sign + record["title"], "bold" if selected else "")
    highlight(title, whole["matched"])
    by = context.listed(context.companies(record)[:2]) or first_speakers(whole, lang)
    if tall == 1:
        known = links(record)
        signs = "".join(name[0] if name in known else " " for name in ("slides", "paper", "video"))
        facts = styled(f" {by}", "dim")
        facts.truncate(width // 4 + 1, overflow="ellipsis")
        facts.append(f" {signs} {record['year']}", "dim")
        title.truncate(max(8, width - facts.cell_len), overflow="ellipsis", pad=True)
        return [title + facts]
    has = " ".join(word(name, lang) for name in links(record) if name != "page")
    own = " ".join([*([word(record["mark"], lang)] if record["mark"] else ()), *record["tags"]])
    facts = styled("    " + " · ".join(filter(None, (own, by, context.event(record), has))), "dim")
    for reason in reasons(context, whole)[:1]:
        facts.append(" · ", "dim")
        facts.append_text(reason)
    return [title, facts]


def value_row(value: Value, most: int, width: int, *, folded: bool | None = None) -> list[Text]:
    """Return the line of a value: its label, indented, with its number of talks and a bar; `folded` is None without narrower ones."""
    sign = CHOSEN if value.chosen else {None: " ", True: "+", False: "-"}[folded]
    label = styled(f"{'  ' * value.depth}{sign} {value.label}")
    if value.chosen:
        label.stylize("bold")
    number = f" {value.talks:>5}{CHANGES.get(value.change, ' ') if value.change else ''}"
    bar = f" {blocks.bar(value.talks, most, BAR)}" if width >= LEFT + len(number) + BAR + 1 else ""
    if value.change:
        bar = (
            f" {blocks.sparkline(value.years)}" if width >= LEFT // 2 + len(number) + len(value.years) else ""
        )
    label = _fitted(label, width - len(number) - len(bar))
    return [label + Text(number) + Text(bar, "cyan")]


def _fitted(label: Text, width: int) -> Text:
    """Return a label of so many cells; if it is longer, without its middle where a number is at its end, in which editions differ."""
    number = re.search(r"\S*\d\S*$", label.plain)
    end = label[number.start() :] if number and label.cell_len > width else Text()
    kept = width - end.cell_len
    if kept < width // 2:
        end, kept = Text(), width
    start = label.copy()
    start.truncate(kept, overflow="ellipsis", pad=not end)
    return start + end


def years_line(years: Mapping[int, int], change: str) -> Text:
    """Return the talks by year as a line of bars between the first and the last year, and how they change."""
    if not years:
        return Text()
    first, *_, last = (*years, max(years))
    return (
        styled(f"{first} ") + Text(blocks.sparkline([*years.values()]), "cyan") + Text(f" {last}  {change}")
    )


def unfolded(values: Collection[Value], folded: Collection[str]) -> list[Value]:
    """Return the values without those below a folded one."""
    shown: list[Value] = []
    below: int | None = None
    for value in values:
        if below is not None and value.depth > below:
            continue
        below = value.depth if value.value in folded else None
        shown.append(value)
    return shown
