"""The output of a command without a format: an output with its columns, and a view with its records.

Does not write text: `text_formats` and `terminal` do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from mltalks.errors import UsageError
from mltalks.messages import Choices, Lang, Message, excerpt, japanese, say, word
from mltalks.render.columns import Column, Record, record

if TYPE_CHECKING:
    from mltalks.search.catalogue import Catalogue


class Output(NamedTuple):
    """A kind of output, declared once.

    `name` is that of its JSON Schema; `commands` print it, `detail` says in which case. Plain text shows the
    columns `text` (none: all fields), Markdown `markdown` and a table `table` (none: those of `text`), without the groups of columns to
    `spare`, one after the other, if they do not fit. `key` is the column that `-o ids` prints. In JSON, `head` are the
    properties of an object that contains the records as `listed_as`. A `single` output is one record (None: if there is only
    one). `layout` is how a terminal draws it if no fields are chosen. The names of the columns of a `wide` output are data.
    Sessions can be printed as BibTeX.
    """

    name: str
    commands: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    text: tuple[str, ...] = ()
    markdown: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    key: str = "id"
    head: tuple[Column, ...] = ()
    listed_as: str = ""
    single: bool | None = False
    layout: Literal["table", "session", "event", "theme", "problems", "findings"] = "table"
    spare: tuple[tuple[str, ...], ...] = ()
    detail: str = ""
    wide: bool = False
    sessions: bool = False

    def view(
        self,
        results: Iterable[Any],
        head: Any = None,
        catalogue: "Catalogue | None" = None,
        **given: Callable[[Any], Any],
    ) -> "View":
        """Return a view of results as records of this output, with a head from another result.

        `given` are functions of a result for columns that depend on more than that result.
        """
        records = [
            record(self.columns, one, **{name: get(one) for name, get in given.items()}) for one in results
        ]
        return View(self, records, None if head is None else record(self.head, head), catalogue)

    def with_text(self, name: str, text: Callable[[Any], str]) -> "Output":
        """Return the output with another text of each value of a column that holds lists."""
        columns = (
            one._replace(type=one.type.worded(text)) if one.name == name else one for one in self.columns
        )
        return self._replace(columns=tuple(columns))

    @property
    def printed_by(self) -> str:
        """The commands that print it, with the detail."""
        return ", ".join(self.commands) + self.detail

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the columns that `--fields` can choose."""
        return tuple(one.name for one in self.columns if one.only in (None, "fields", "named"))

    def field_named(self, typed: str, *, drawn: bool) -> str | None:
        """Return the field of a name, or of a heading in either language, also in capitals or in the other number.

        The other names that queries have for a field are taken, too.
        """
        known = {
            one.name: one for one in self.columns if one.name in self.fields or (drawn and one.type.picture)
        }
        name = typed.casefold()
        several = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
        forms = (typed, name, several, name.removesuffix("s"))
        named = next((form for form in (*forms, *_in_queries(name)) if form in known), None)
        if named:
            return named
        shown = [known[one] for one in dict.fromkeys((*self.table, *self.text, *known)) if one in known]
        heads = [(head.casefold(), one.name) for one in shown for head in (one.head, heading(one.head, "ja"))]
        found = (field for form in forms for head, field in heads if head == form)
        return next(found, None) or next((one for one in _of_imports(name) if one in known), None)


class View(NamedTuple):
    """Records of an output, with the containing object in JSON, and the catalogue that has the names for ids."""

    output: Output
    records: Sequence[Record]
    head: Record | None = None
    catalogue: "Catalogue | None" = None

    @property
    def single(self) -> bool:
        """Whether the only record is printed by itself instead of in a list."""
        return len(self.records) == 1 if self.output.single is None else self.output.single

    def chosen(
        self, fields: Sequence[str], default: Sequence[str] = (), *, drawn: bool = False
    ) -> list[Column]:
        """Return the columns of the fields, or the default ones if none are given (without a default, all fields).

        Only a table, which is `drawn`, has pictures. Raises UsageError: the output has no such field.
        """
        known = self.output.fields
        fields = [one for name in fields for one in _years(name, known)]
        named = [self.output.field_named(name, drawn=drawn) for name in fields]
        unknown = [name for name, found in zip(fields, named, strict=True) if found is None]
        if unknown:
            raise UsageError(
                "unknown field {names}; choose from {fields}",
                names=excerpt(", ".join(unknown)),
                fields=Choices(known, {one.name: heading(one.head, "ja") for one in self.output.columns}),
                nearest=_near(unknown[0], self.output),
            )
        by_name = {one.name: one for one in self.output.columns}
        usual = default or [name for name in known if by_name[name].only != "named"]
        return [by_name[name] for name in [name for name in named if name] or usual]


def _near(typed: str, output: Output) -> list[str]:
    """Return the names of the fields that are nearest to an unknown one, in the language in which it is typed."""
    from mltalks.text.fuzzy import nearest  # rapidfuzz: only for an error

    if typed.isascii():
        return nearest(typed, output.fields)
    return nearest(typed, [heading(one.head, "ja") for one in output.columns if one.name in output.fields])


def _in_queries(typed: str) -> tuple[str, ...]:
    """Return the names of the field that queries call so: `speakers` for an author."""
    from mltalks.search.query.fields import named_field

    field = named_field(typed)
    return (field, "companies" if field == "company" else f"{field}s") if field else ()


def _of_imports(typed: str) -> tuple[str, ...]:
    """Return the field that the Japanese heading of a table that is imported is; what has a heading `event` has a name, too."""
    if typed.isascii():
        return ("label",) if typed == "name" else ()
    from mltalks.exchange.mapping.column_names import FIELDS, folded  # for a Japanese name alone

    column, _ = FIELDS.get(folded(typed), ("", 0))
    return (column,)


def _years(typed: str, known: Sequence[str]) -> list[str]:
    """Return the years of a range as typed, `2018-2020` or `2018..`, that are known fields; of anything else, the name as it is."""
    if not any(map(str.isdecimal, typed)):
        return [typed]
    from mltalks.search.query.fields import plain_years, year_range

    span = year_range(plain_years(typed.replace(" ", "").replace("–", "-")))
    years = [one for one in known if one.isdecimal() and span and span[0] <= int(one) <= span[1]]
    return years or [typed]


def with_columns(view: View, names: Sequence[str]) -> View:
    """Return a view whose text shows more columns."""
    return view._replace(output=view.output._replace(text=(*view.output.text, *names)))


def heading(name: str, lang: Lang) -> str:
    """Return the heading of a column or of a fact in a language.

    >>> heading("companies", "en"), heading("companies", "ja")
    ('companies', '組織')
    """
    return japanese("headings").get(name) or word(name, lang) if lang == "ja" else name


def tally_source(tally: Mapping[str, Any], lang: Lang) -> str:
    """Return the source of a tally with its note; in Japanese, with the English one if there is no Japanese one."""
    note = (lang == "ja" and tally["source_note_ja"]) or tally["source_note"]
    return f"{tally['source']}; {note}" if note else str(tally["source"])


def tally_message(tally: Mapping[str, Any], lang: Lang) -> Message:
    """Return the role, the number of seats and the source of a tally of a committee."""
    values = {"role": word(tally["role"], lang), "total": tally["total"], "source": tally_source(tally, lang)}
    return Message("{role}: a tally of {total} seats; source: {source}", values)


def coverage_text(coverage: str | None, note: str | None, lang: Lang) -> str:
    """Return how complete something is, with a note on it.

    >>> coverage_text("partial", "16 sessions found", "en"), coverage_text(None, None, "ja")
    ('partial (16 sessions found)', '不明')
    """
    coverage = coverage or "not known"
    return say("{coverage} ({note})", lang, coverage=coverage, note=note) if note else word(coverage, lang)
