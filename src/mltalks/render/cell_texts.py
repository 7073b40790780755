"""The texts of values as people read them, in a language: one function for each kind of cell that is nothing but text.

Does not draw: `terminal.cells` draws these texts, and a Markdown table in Japanese has them.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mltalks.dataset.languages import language_name
from mltalks.messages import Lang, word
from mltalks.render import value_types as t
from mltalks.render.columns import CellKind, Column, Record
from mltalks.render.output import heading
from mltalks.text.dates import shown_times
from mltalks.text.not_people import ET_AL

if TYPE_CHECKING:
    from mltalks.search.catalogue import Catalogue

INFERRED = "~"  # before an inferred theme or track


class Context(NamedTuple):
    """The context of the cells of one table: the catalogue with the names of ids, the shown columns, the language."""

    catalogue: "Catalogue | None"
    shown: Collection[str]
    lang: Lang

    def event(self, record: Record) -> str:
        """Return the name of a record's event, or its id if it has none."""
        event: str = record["event"]
        known = self.catalogue.events.get(event) if self.catalogue else None
        return known.name if known else event

    def named(self, facet: str, value: str) -> str:
        """Return the text that shows the value of a facet."""
        return self.catalogue.label(facet, value, self.lang) if self.catalogue else word(value, self.lang)

    def companies(self, record: Record) -> list[str]:
        """Return the organizations of a record by the names that show them."""
        return [self.named("company", name) if self.catalogue else name for name in record["companies"]]

    def listed(self, parts: Iterable[str], sign: str = ", ") -> str:
        """Return parts of a text as a list: between Japanese commas, or that sign."""
        return ("、" if self.lang == "ja" else sign).join(parts)

    def theme_typed(self, theme: str) -> str:
        """Return a theme as it is typed: its id, or its Japanese label."""
        return self.theme(theme) if self.lang == "ja" else theme

    def theme(self, theme: str) -> str:
        """Return the label of a theme, or its id if it has none."""
        known = self.catalogue.themes.get(theme) if self.catalogue else None
        return known.label(self.lang) if known else theme


def cell_text(context: Context, record: Record, column: Column) -> str:
    """Return the text of a record in one column for people who read it."""
    return _TEXTS.get(column.cell, _plain)(context, record, column)


def _plain(context: Context, record: Record, column: Column) -> str:
    """Return a value; one of a fixed list of words in the language, and a flag as yes or nothing."""
    value = column.of(record)
    if context.lang == "ja" and value is not None:
        if "enum" in column.type.schema:
            return word(value, context.lang)
        if column.type in (t.FLAG, t.FLAG_OR_NULL):
            return word("yes", context.lang) if value else ""
        if column.type is t.TEXTS:
            return context.listed(value)
    return column.type.text(value)


def _word(context: Context, record: Record, column: Column) -> str:
    return word(record[column.name] or "not known", context.lang)


def _faint_word(context: Context, record: Record, column: Column) -> str:
    return word(record[column.name] or "", context.lang)


def _named(context: Context, record: Record, column: Column) -> str:
    return context.named(record["what"], record[column.name])


def _language(context: Context, record: Record, column: Column) -> str:
    return language_name(record[column.name] or "", context.lang)


def _track(_: Context, record: Record, column: Column) -> str:
    return f"{INFERRED if record['track_inferred'] else ''}{record[column.name] or ''}"


def _companies(context: Context, record: Record, _: Column) -> str:
    return context.listed(context.companies(record))


def _all_speakers(context: Context, record: Record, column: Column) -> str:
    more = word(ET_AL, context.lang) if record["speakers_incomplete"] else ""
    if context.lang == "en":
        return "; ".join(filter(None, (column.type.text(record[column.name]), more)))
    people = (
        f"{one['name']}（{one['organization']}）" if one["organization"] else one["name"]
        for one in record[column.name]
    )
    return context.listed(filter(None, (*people, more)))


def _event(context: Context, record: Record, _: Column) -> str:
    return context.event(record)


def _themes(context: Context, record: Record, column: Column) -> str:
    inferred = set(record["themes_inferred"])
    return context.listed(
        f"{INFERRED if theme in inferred else ''}{context.theme(theme)}" for theme in record[column.name]
    )


def _inferred_themes(context: Context, record: Record, column: Column) -> str:
    return context.listed(map(context.theme, record[column.name]))


def _keywords(context: Context, record: Record, _: Column) -> str:
    """Return the keywords in the language, or in the other one if there are more in it."""
    in_english, in_japanese = record["keywords"], record["keywords_ja"]
    as_many = len(in_japanese) >= len(in_english)
    return context.listed(in_japanese if as_many and (context.lang == "ja" or not in_english) else in_english)


def _summary(context: Context, record: Record, _: Column) -> str:
    return _in_language(context, record["summary"], record["summary_ja"]) or ""


def _answers(context: Context, record: Record, column: Column) -> str:
    texts = _in_language(context, record["questions"], record["questions_ja"])
    return column.type.text(texts) if context.lang == "en" else context.listed(texts)


def _in_language(context: Context, in_english: Any, in_japanese: Any) -> Any:
    """Return a value in the language of the context, or the other one if it is empty."""
    return (in_japanese or in_english) if context.lang == "ja" else (in_english or in_japanese)


def _gap(context: Context, record: Record, column: Column) -> str:
    """Return the name of a gap; themes by their labels."""
    name: str = record[column.name]
    is_themes = record["gap"] in ("big", "nearly empty", "alike")
    return context.listed(map(context.theme, name.split(" ")), "; ") if is_themes else name


def _parts(context: Context, record: Record, column: Column) -> str:
    """Return phrases or themes with their scores; themes by their labels."""
    return context.listed(
        (f"{context.theme(one['phrase'])} {one['share']}" for one in record[column.name]), "; "
    )


def _theme(context: Context, record: Record, column: Column) -> str:
    return context.theme_typed(record[column.name])


def _theme_counts(context: Context, record: Record, column: Column) -> str:
    return context.listed(f"{context.theme(one['id'])} {one['sessions']}" for one in record[column.name])


def _theme_scores(context: Context, record: Record, column: Column) -> str:
    """Return themes with their scores and, if one is only near, why it is not filed."""
    around = "（{}）" if context.lang == "ja" else " ({})"
    return context.listed(
        f"{context.theme_typed(one['id'])} {one['score']}"
        + (around.format(word(one["lacks"], context.lang)) if "lacks" in one else "")
        for one in record[column.name]
    )


def _status(context: Context, record: Record, column: Column) -> str:
    day = f" {record['decided']}" if record["decided"] else ""
    lacks = (
        f": {word(record['lacks'], context.lang)}" if record["lacks"] and "lacks" not in context.shown else ""
    )
    return word(record[column.name], context.lang) + day + lacks


def _shared(context: Context, record: Record, column: Column) -> str:
    shared = (
        f"{word(one['what'], context.lang)} {context.named(one['what'], one['value'])}"
        for one in record[column.name]
    )
    return context.listed(shared, "; ")


def _organization(context: Context, record: Record, column: Column) -> str:
    known = record[column.name]
    return word("not known", context.lang) if known is None else context.named("company", known)


def _side(_: Context, record: Record, column: Column) -> str:
    return (record[column.name] or "").upper()


def _percent(context: Context, record: Record, column: Column) -> str:
    return f"{100 * record[column.name]:.0f}{'%' if context.lang == 'ja' else ' %'}"


def _score(_: Context, record: Record, column: Column) -> str:
    """Return a score; 0 is that of a decision, which has none."""
    return column.type.text(record[column.name] or None)


def _flag(context: Context, record: Record, column: Column) -> str:
    return word("yes", context.lang) if record[column.name] else ""


def _roles(context: Context, record: Record, column: Column) -> str:
    roles = (f"{word(one['role'], context.lang)} {one['seats']}" for one in record[column.name])
    return context.listed(roles, "; ")


def _words(context: Context, record: Record, column: Column) -> str:
    return context.listed((word(one, context.lang) for one in record[column.name]), "; ")


def _date(_: Context, record: Record, column: Column) -> str:
    return shown_times([record[column.name]])[0]


def _time(_: Context, record: Record, column: Column) -> str:
    """Return a time in the zone of the computer, to the minute."""
    return f"{datetime.fromisoformat(record[column.name]).astimezone():%Y-%m-%d %H:%M}"


def _evidence(context: Context, record: Record, column: Column) -> str:
    return "; ".join(f"{heading(one['field'], context.lang)}: {one['term']}" for one in record[column.name])


_TEXTS: dict[CellKind, Callable[[Context, Record, Column], str]] = {
    "word": _word,
    "faint word": _faint_word,
    "named": _named,
    "language": _language,
    "side": _side,
    "track": _track,
    "companies": _companies,
    "all speakers": _all_speakers,
    "event": _event,
    "themes": _themes,
    "inferred themes": _inferred_themes,
    "keywords": _keywords,
    "summary": _summary,
    "answers": _answers,
    "gap": _gap,
    "parts": _parts,
    "date": _date,
    "theme": _theme,
    "theme counts": _theme_counts,
    "theme scores": _theme_scores,
    "status": _status,
    "evidence": _evidence,
    "shared": _shared,
    "organization": _organization,
    "change": _faint_word,
    "percent": _percent,
    "score": _score,
    "flag": _flag,
    "time": _time,
    "roles": _roles,
    "words": _words,
}
