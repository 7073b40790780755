"""TOML files -> model: read, checked field by field, merged layer over layer, with every problem at once.

Never stops at the first problem and never prints; resolves aliases of themes and organizations, and no other names.
"""

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field as dataclass_field, replace
from pathlib import Path
from typing import Any

from mltalks.dataset.files import read_text
from mltalks.dataset.model import (
    Decision,
    Event,
    Member,
    Organization,
    Session,
    Speaker,
    Term,
    Theme,
    ThemeTerms,
)
from mltalks.dataset.organizations import Organizations
from mltalks.dataset.records import DataFile, Record
from mltalks.dataset.references import check_references
from mltalks.dataset.schema import TABLES, Finding, check
from mltalks.dataset.toml import parse
from mltalks.errors import DataError
from mltalks.messages import Message
from mltalks.problems import Problem
from mltalks.text.fuzzy import nearest

_Key = str | int  # what a record is laid over by; a number, which no id is, where there is nothing
_BEGUN = re.compile(rb"^[ \t]*\[\[[ \t]*([a-z]+)", re.MULTILINE)


@dataclass
class Dataset:
    """All records of all layers as model values, in the order of the files, and all that is wrong with them."""

    sessions: list[Session] = dataclass_field(default_factory=list)
    events: list[Event] = dataclass_field(default_factory=list)
    members: list[Member] = dataclass_field(default_factory=list)
    themes: list[Theme] = dataclass_field(default_factory=list)
    organizations: list[Organization] = dataclass_field(default_factory=list)
    decisions: list[Decision] = dataclass_field(default_factory=list)
    terms: list[Term] = dataclass_field(default_factory=list)
    problems: list[Problem] = dataclass_field(default_factory=list)
    records: dict[str, list[Record]] = dataclass_field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the data unusable (the others are warnings)."""
        return [problem for problem in self.problems if problem.severity == "error"]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many values that all stay, without looking for garbage in between: that takes as long as making them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def load(layers: Iterable[Sequence[Path]], themes: Sequence[Theme] | None = None) -> Dataset:
    """Read layers of files (see `read`) that must be whole.

    Raises:
        DataError: with every problem of every file, when any of them is an error.

    """
    with without_collecting():
        data = read(layers, themes)
    if data.errors:
        raise DataError(data.errors)
    return data


def read(layers: Iterable[Sequence[Path]], themes: Sequence[Theme] | None = None) -> Dataset:
    """Read layers of files, each laid over those before it, into one dataset.

    A record with a new id (organizations: name) is added; one that an earlier layer has replaces its fields, one by
    one. Within a layer an id may stand only once. Nothing is raised: what is wrong is in `problems`.
    `themes` stand in the place of those in the files; what sessions say of others is left out.
    """
    data = Dataset()
    merged: dict[str, dict[_Key, Record]] = {table: {} for table in TABLES}
    lost: set[str] = set()  # tables that stand in files that cannot be read
    for layer in layers:
        here: dict[str, dict[str, Record]] = {table: {} for table in TABLES}
        for path in layer:
            for record in _read_file(path, data.problems, lost):
                _place(record, here, merged, data.problems)
    data.records = {table: list(records.values()) for table, records in merged.items()}
    if themes is not None:
        data.records["themes"] = []
        lost.add("themes")
    for record in (record for records in data.records.values() for record in records):
        if record.table not in lost:
            data.problems.extend(map(record.problem, _missing(record)))
    data.problems.extend(check_references(data.records, lost))
    if not data.errors:
        _build(data, themes)
    # Files that cannot be read come first: they may be the reason of others.
    data.problems.sort(key=lambda problem: (problem.record is not None, str(problem.path), problem.line or 0))
    return data


def _read_file(path: Path, problems: list[Problem], lost: set[str]) -> Iterator[Record]:
    """Yield the records of a file as they stand; what cannot be read is put into `problems`, its tables into `lost`."""
    parsed = parse_file(path)
    if isinstance(parsed, Problem):
        problems.append(parsed)
        lost.update(_tables(path))
        return
    file, document = parsed
    for table, entries in document.items():
        if table not in TABLES:
            problems.append(_table_problem(file, table, 'unknown table "{table}"', nearest(table, TABLES)))
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            problems.append(_table_problem(file, table, "expected tables, each under [[{table}]]", ()))
        else:
            for index, values in enumerate(entries):
                yield _checked(table, values, file, index, problems)


def parse_file(path: Path) -> tuple[DataFile, dict[str, Any]] | Problem:
    """Return a file with the document that it holds, or why it cannot be read."""
    text = read_text(path)
    if isinstance(text, Problem):
        return text
    document = parse(path, text)
    if isinstance(document, Problem):
        return document
    return DataFile(path, text.replace("\r\n", "\n")), document


def _tables(path: Path) -> set[str]:
    """Return the tables that a file seems to hold which cannot be read: those it begins, and the one it is named for."""
    try:
        begun = {match.decode() for match in _BEGUN.findall(path.read_bytes())}
    except OSError:
        begun = set()
    return ({path.stem, *begun} & set(TABLES)) or set(TABLES)


def _table_problem(file: DataFile, table: str, template: str, near: Sequence[str]) -> Problem:
    return Problem(
        file.path, file.line(table), None, None, Message(template, {"table": table}), nearest=tuple(near)
    )


def _checked(
    table: str, values: dict[str, Any], file: DataFile, index: int, problems: list[Problem]
) -> Record:
    """Return a record of only those fields that are as they should be, with the others noted as problems."""
    findings = list(check(table, values))
    broken = frozenset(str(finding.path[0]) for finding in findings if finding.severity == "error")
    record = Record(
        table=table,
        values={key: value for key, value in values.items() if key not in broken},
        origins=dict.fromkeys(values, (file, index)),
        home=(file, index),
        broken=broken,
    )
    problems.extend(map(record.problem, findings))
    return record


def _place(
    record: Record,
    here: dict[str, dict[str, Record]],
    merged: dict[str, dict[_Key, Record]],
    problems: list[Problem],
) -> None:
    """Put a record into the merged ones, over its namesake of an earlier layer."""
    table = record.table
    key = record.values.get("id" if "id" in TABLES[table] else "name")
    if table in ("members", "decisions", "terms") or key is None:
        merged[table][len(merged[table])] = record
        return
    first = here[table].get(key)
    if first is not None:
        file, index = first.home
        problems.append(
            record.problem(
                Finding(
                    ("id" if "id" in record.values else "name",),
                    '"{name}" is already at {place}; give one of them another name',
                    {"name": key, "place": f"{file.path}:{file.line(table, index)}"},
                )
            )
        )
        merged[table][len(merged[table])] = record
        return
    here[table][key] = record
    below = merged[table].get(key)
    merged[table][key] = record if below is None else _over(below, record)


def _over(below: Record, above: Record) -> Record:
    return replace(
        below,
        values=below.values | above.values,
        origins=below.origins | above.origins,
        broken=below.broken | above.broken,
    )


def _missing(record: Record) -> Iterator[Finding]:
    for name, field in TABLES[record.table].items():
        if field.required and name not in record.values and name not in record.broken:
            yield Finding((name,), "missing; every record of [[{table}]] needs it", {"table": record.table})


def _build(data: Dataset, themes: Sequence[Theme] | None) -> None:
    """Make model values of the records, all of which are known to be whole; `themes` stand in the place of theirs."""

    def values(table: str) -> Iterator[dict[str, Any]]:
        for record in data.records[table]:
            yield {k: tuple(v) if isinstance(v, list) else v for k, v in record.values.items()}

    renamed = {alias: theme["id"] for theme in values("themes") for alias in theme.get("aliases", ())}
    for theme in values("themes"):
        label = theme.pop("label")
        if "broader" in theme:
            theme["broader"] = renamed.get(theme["broader"], theme["broader"])
        terms = _theme_terms(theme.pop("terms", {}))
        data.themes.append(Theme(label_en=label.get("en"), label_ja=label.get("ja"), terms=terms, **theme))
    if themes is not None:
        data.themes.extend(themes)
        renamed = {name: theme.id for theme in themes for name in (*theme.aliases, theme.id)}
    data.events.extend(Event(**event) for event in values("events"))
    data.members.extend(Member(**member) for member in values("members"))
    data.organizations.extend(Organization(**organization) for organization in values("organizations"))
    for decision in values("decisions"):
        theme = renamed.get(decision["theme"], decision["theme"])
        if themes is not None and theme not in renamed:
            continue
        data.decisions.append(Decision(**{**decision, "theme": theme, "date": str(decision["date"])}))
    data.terms.extend(Term(**term) for term in values("terms"))
    organizations = Organizations(data.organizations)
    events = {event.id: event for event in data.events}
    for session in values("sessions"):
        own = session.get("themes", ())
        if themes is not None:
            own = [theme for theme in own if theme in renamed]
        session["themes"] = tuple(dict.fromkeys(renamed.get(theme, theme) for theme in own))
        session["speakers"] = tuple(Speaker(**speaker) for speaker in session.get("speakers", ()))
        event = events[session["event"]]
        companies = _companies(session, organizations)
        data.sessions.append(Session(**session, series=event.series, year=event.year, companies=companies))


def _companies(session: Mapping[str, Any], organizations: Organizations) -> tuple[str, ...]:
    """Return the canonical organizations of a session: its own and its speakers', in that order, each once."""
    printed = (
        *session.get("organizations", ()),
        *(s.organization for s in session["speakers"] if s.organization),
    )
    resolved = (name for spelling in dict.fromkeys(printed) for name in organizations.resolve(spelling))
    return tuple(dict.fromkeys(resolved))


def _theme_terms(lists: dict[str, list[str]]) -> ThemeTerms:
    strong, weak, excluded = (tuple(lists.get(name, ())) for name in ("strong", "weak", "not"))
    return ThemeTerms(strong, weak, excluded)
