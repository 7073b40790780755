"""TOML files -> model: read, checked, merged layer by layer, with all problems at once.

Does not stop at the first problem. Resolves aliases of themes and organizations, and no other names.
"""

import gc
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field as dataclass_field, replace
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset import model
from mltalks.dataset.files import content_of, read_text
from mltalks.dataset.organizations import Organizations
from mltalks.dataset.record_texts import keys_of, record_texts
from mltalks.dataset.records import DataFile, Record
from mltalks.dataset.reference_checks import check_references
from mltalks.dataset.schema import TABLES, THEME_TERMS, check
from mltalks.dataset.toml.parser import parse
from mltalks.dataset.unloaded_records import lacking, without_themes, without_unloaded
from mltalks.errors import DataError
from mltalks.messages import Listing
from mltalks.problems import Problem
from mltalks.text.fuzzy import nearest

_Key = str | tuple[str, ...]
# Records by id or name, tallies by what they count; one that has no such key, or a repeated one, has a number as its key.
_Records = dict[_Key | int, Record]
# By another file of the layer: the records that are in it, too, and whether they differ.
_Copies = dict[Path, dict[str, bool]]
_NAMED = 5  # records that a message names
_UNKEYED = ("members", "decisions", "terms")
# Tables by other words for what they hold.
_MEANT = {
    **dict.fromkeys(("talk", "talks", "papers", "presentations", "posters", "workshops"), "sessions"),
    **dict.fromkeys(("conference", "conferences", "meetup", "meetups", "editions", "venues"), "events"),
    **dict.fromkeys(("committee", "committees", "committee members", "people", "organizers"), "members"),
    **dict.fromkeys(("company", "companies", "institutions", "affiliations"), "organizations"),
    **dict.fromkeys(("topic", "topics", "categories"), "themes"),
    **dict.fromkeys(("synonyms", "thesaurus"), "terms"),
}
_TALLIES = {"committee_tallies": ("event", "role"), "track_tallies": ("event",)}
_BEGUN = re.compile(rb"^[ \t]*\[\[[ \t]*([a-z_]+)", re.MULTILINE)


class FileRecords(NamedTuple):
    """The records of a file in order: the table and key of each (see `keys_of`), and the digests of their texts."""

    keys: list[str]
    digests: bytes


@dataclass
class Dataset:
    """All records of all layers as model values, in the order of the files, and all problems.

    `files` has the records of each file by its layer, from 0, and path; None if the file cannot be split into records.
    """

    sessions: list[model.Session] = dataclass_field(default_factory=list)
    events: list[model.Event] = dataclass_field(default_factory=list)
    members: list[model.Member] = dataclass_field(default_factory=list)
    committee_tallies: list[model.CommitteeTally] = dataclass_field(default_factory=list)
    track_tallies: list[model.TrackTally] = dataclass_field(default_factory=list)
    themes: list[model.Theme] = dataclass_field(default_factory=list)
    organizations: list[model.Organization] = dataclass_field(default_factory=list)
    decisions: list[model.Decision] = dataclass_field(default_factory=list)
    terms: list[model.Term] = dataclass_field(default_factory=list)
    keywords: list[model.Keyword] = dataclass_field(default_factory=list)
    unloaded: list[model.Unloaded] = dataclass_field(default_factory=list)
    problems: list[Problem] = dataclass_field(default_factory=list)
    files: dict[tuple[int, Path], FileRecords | None] = dataclass_field(default_factory=dict)
    records: dict[str, list[Record]] = dataclass_field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the data unusable (the others are warnings)."""
        return [problem for problem in self.problems if problem.severity == "error"]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Suspend garbage collection while many lasting values are made: it would double the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def load(
    layers: Iterable[Sequence[Path]],
    themes: Sequence[model.Theme] | None = None,
    own: Collection[Path] = (),
) -> Dataset:
    """Read layers of files (see `read`) that must have no errors.

    Raises DataError: with every error of every file.
    """
    with without_collecting():
        data = read(layers, themes, own)
    if data.errors:
        raise DataError(data.errors)
    return data


def read(
    layers: Iterable[Sequence[Path]],
    themes: Sequence[model.Theme] | None = None,
    own: Collection[Path] = (),
) -> Dataset:
    """Read layers of files into one dataset, with all `problems`; raise no error.

    A record overrides, field by field, the record of the same id (organizations: name; tallies: event and role) in an
    earlier layer. Within a layer an id is allowed only once. `themes` replace those of the files; other themes of sessions are left out.
    A record of the `own` files, those of the user, may belong to a file that is not loaded: it is left out, with a warning.
    """
    data = Dataset()
    merged: dict[str, _Records] = {table: {} for table in TABLES}
    unread: set[str] = set()  # tables of files that cannot be read
    for number, paths in enumerate(layers):
        layer: dict[str, _Records] = {table: {} for table in TABLES}
        for path in paths:
            parsed = parse_file(path)
            data.files[number, path] = None if isinstance(parsed, Problem) else _file_records(*parsed)
            copies: _Copies = {}
            for record in _records(path, parsed, data.problems, unread):
                data.problems.extend(_merge(record, layer[record.table], merged[record.table], copies))
            data.problems.extend(_in_other_files(path, copies))
    data.records = {table: list(records.values()) for table, records in merged.items()}
    data.problems.extend(without_unloaded(data.records, data.unloaded, unread, own))
    if themes is not None:
        data.records["themes"] = []
        unread.add("themes")
    for record in (record for records in data.records.values() for record in records):
        key = _key(record)
        if record.table not in unread and (key is None or merged[record.table].get(key) is record):
            data.problems.extend(_missing(record))  # not of the second one of an id
    data.problems.extend(check_references(data.records, unread, own))
    data.unloaded = sorted([*data.unloaded, *without_themes(data.problems)])
    if not data.errors:
        _build(data, themes)
    # Files that cannot be read come first: they may be the reason of others.
    data.problems.sort(key=lambda problem: (problem.record is not None, str(problem.path), problem.line or 0))
    return data


def _file_records(file: DataFile, document: Mapping[str, Any]) -> FileRecords | None:
    texts = record_texts(file.text)
    keys = None if texts is None else keys_of(texts, document)
    return (
        FileRecords(keys, b"".join(one.digest for one in texts))
        if texts is not None and keys is not None
        else None
    )


def _records(
    path: Path, parsed: tuple[DataFile, dict[str, Any]] | Problem, problems: list[Problem], unread: set[str]
) -> Iterator[Record]:
    """Yield the records of a file; add problems to `problems`, and the tables of an unreadable file to `unread`."""
    if isinstance(parsed, Problem):
        problems.append(parsed)
        unread.update(_tables(path))
        return
    file, document = parsed
    for table, entries in document.items():
        if table not in TABLES:
            problem = Problem.of(path, 'unknown table "{table}"', file.line(table), table=table)
            meant = _MEANT.get(table.casefold().replace("_", " "))
            problems.append(replace(problem, nearest=(meant,) if meant else tuple(nearest(table, TABLES))))
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            template = "expected records, each under a [[{table}]] header"
            problems.append(Problem.of(path, template, file.line(table), table=table))
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
    """Return the tables that an unreadable file probably holds: those whose headers it has, and that of its name."""
    begun: set[str] = set()
    with suppress(OSError):
        begun.update(match.decode() for match in _BEGUN.findall(content_of(path)))
    return ({path.stem, *begun} & set(TABLES)) or set(TABLES)


def _checked(
    table: str, values: dict[str, Any], file: DataFile, index: int, problems: list[Problem]
) -> Record:
    """Return a record with its valid fields only; add the problems of the other fields to `problems`."""
    violations = list(check(table, values))
    broken = frozenset(str(one.path[0]) for one in violations if one.severity == "error")
    record = Record(
        table=table,
        values={key: value for key, value in values.items() if key not in broken},
        origins=dict.fromkeys(values, (file, index)),
        home=(file, index),
        broken=broken,
    )
    problems.extend(map(record.violated, violations))
    return record


def _merge(record: Record, layer: _Records, merged: _Records, copies: _Copies) -> Iterator[Problem]:
    """Add a record to those of its layer and of all layers, unless its layer has its id already.

    Yield that as a problem, or add it to `copies` if another file has the id.
    """
    key = _key(record)
    if key and (first := layer.get(key)):
        file, index = first.home
        if file.path != record.home[0].path:
            name = key if isinstance(key, str) else " ".join(key)
            copies.setdefault(file.path, {})[name] = first.values != record.values
            merged[key] = _overridden(merged[key], record)  # one part may lack what the other has
            return
        place = f"{file.path}:{file.line(record.table, index)}"
        if record.table in _TALLIES:
            template = "the same is already counted at {place}; remove one of the two records"
            yield record.problem(_TALLIES[record.table][-1:], template, place=place)
        else:
            template = '"{name}" is already defined at {place}; rename one of them'
            yield record.problem(
                ("id" if "id" in record.values else "name",), template, name=key, place=place
            )
    if key is None or first:
        merged[len(merged)] = record
        return
    layer[key] = record
    below = merged.get(key)
    merged[key] = record if below is None else _overridden(below, record)


def _in_other_files(path: Path, copies: _Copies) -> Iterator[Problem]:
    """Yield for each other file of a folder that it has the same records, with the first of those that differ."""
    for other, names in copies.items():
        differ = [name for name, differs in names.items() if differs]
        template = (
            "records that are also in {other}: {count}; different: {names}; a folder has each record once, so put what differs into one "
            "of the two files, and move the other one to another folder"
            if differ
            else "records that are also in {other}: {count}, all of them the same; move one of the two files to another folder"
        )
        named = Listing(differ[:_NAMED], more=len(differ) > _NAMED)
        yield Problem.of(path, template, other=str(other), count=len(names), names=named)


def _key(record: Record) -> _Key | None:
    """Return what a record shares with those that it overrides, or None if it overrides no other."""
    if record.table not in _TALLIES:
        return None if record.table in _UNKEYED else record.name
    fields = _TALLIES[record.table]
    return None if set(fields) - record.values.keys() else tuple(record.values[field] for field in fields)


def _overridden(below: Record, above: Record) -> Record:
    return replace(
        below,
        values=below.values | above.values,
        origins=below.origins | above.origins,
        broken=below.broken | above.broken,
        under=below
        if below.values.get("event") != above.values.get("event", below.values.get("event"))
        else below.under,
    )


def _missing(record: Record) -> Iterator[Problem]:
    for name in lacking(record):
        template = "missing; every [[{table}]] record needs this field"
        yield record.problem((name,), template, table=record.table)


def _build(data: Dataset, themes: Sequence[model.Theme] | None) -> None:
    """Make model values of the records, which must have no errors; `themes` replace theirs."""

    def values(table: str) -> Iterator[dict[str, Any]]:
        return (_with_tuples(record.values) for record in data.records[table])

    renamed = {alias: theme["id"] for theme in values("themes") for alias in theme.get("aliases", ())}
    for theme in values("themes"):
        label = theme.pop("label")
        if "broader" in theme:
            theme["broader"] = renamed.get(theme["broader"], theme["broader"])
        lists = theme.pop("terms", {})
        terms = model.ThemeTerms(*(tuple(lists.get(name, ())) for name in THEME_TERMS))
        data.themes.append(
            model.Theme(label_en=label.get("en"), label_ja=label.get("ja"), terms=terms, **theme)
        )
    if themes is not None:
        data.themes.extend(themes)
        renamed = {name: theme.id for theme in themes for name in (*theme.aliases, theme.id)}
    data.events.extend(event_made(record.values) for record in data.records["events"])
    data.members.extend(model.Member(**member) for member in values("members"))
    data.committee_tallies.extend(map(_committee_tally, values("committee_tallies")))
    data.track_tallies.extend(map(_track_tally, values("track_tallies")))
    data.organizations.extend(map(model.organization_made, values("organizations")))
    decisions = (decision_made(record.values, renamed) for record in data.records["decisions"])
    data.decisions.extend(one for one in decisions if themes is None or one.theme in renamed)
    data.terms.extend(model.Term(**term) for term in values("terms"))
    data.keywords.extend(model.Keyword(**keyword) for keyword in values("keywords"))
    made = SessionMaker(data.themes, data.organizations, data.events)
    data.sessions.extend(made.session(record.values) for record in data.records["sessions"])


def _with_tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


class SessionMaker:
    """Makes sessions of valid records, whose themes, organizations and events are known by all their names."""

    def __init__(
        self,
        themes: Iterable[model.Theme],
        organizations: Iterable[model.Organization],
        events: Iterable[model.Event],
    ) -> None:
        self._themes = {name: theme.id for theme in themes for name in (*theme.aliases, theme.id)}
        self._organizations = Organizations(organizations)
        self._events = {event.id: event for event in events}

    def session(self, record: Mapping[str, Any]) -> model.Session:
        """Return the session of a record; themes that are not in the tree are left out."""
        values = _with_tuples(record)
        known = [self._themes[theme] for theme in values.get("themes", ()) if theme in self._themes]
        values["themes"] = tuple(dict.fromkeys(known))
        values["speakers"] = tuple(model.Speaker(**speaker) for speaker in values.get("speakers", ()))
        event = self._events[values["event"]]
        companies = _companies(values, self._organizations)
        return model.Session(**values, series=event.series, year=event.year, companies=companies)


def event_made(record: Mapping[str, Any]) -> model.Event:
    """Return the event of a valid record."""
    return model.Event(**_with_tuples(record))


def decision_made(record: Mapping[str, Any], renamed: Mapping[str, str]) -> model.Decision:
    """Return the decision of a valid record; `renamed` are the ids of themes by their former ids."""
    theme = renamed.get(record["theme"], record["theme"])
    return model.Decision(**{**record, "theme": theme, "date": str(record["date"])})


def _committee_tally(tally: dict[str, Any]) -> model.CommitteeTally:
    seats = tuple((part["organization"], part["seats"]) for part in tally["seats"])
    return model.CommitteeTally(**{**tally, "seats": seats})


def _track_tally(tally: dict[str, Any]) -> model.TrackTally:
    tracks = tuple((part["track"], part["sessions"]) for part in tally["tracks"])
    return model.TrackTally(**{**tally, "tracks": tracks})


def _companies(session: Mapping[str, Any], organizations: Organizations) -> tuple[str, ...]:
    """Return the canonical organizations of a session, then those of its speakers, each once."""
    printed = (
        *session.get("organizations", ()),
        *(s.organization for s in session["speakers"] if s.organization),
    )
    resolved = (name for spelling in dict.fromkeys(printed) for name in organizations.resolve(spelling))
    return tuple(dict.fromkeys(resolved))
