"""Checks between records: references exist, names are unique, and no hierarchy has a circle or is too deep.

Does not check the fields of a record by themselves: `schema` does, and fields that fail there are left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

from mltalks.dataset.hierarchy import DEEPEST, circles, too_deep
from mltalks.dataset.model import Organization, spellings
from mltalks.dataset.organizations import Organizations
from mltalks.dataset.records import Record
from mltalks.dataset.schema import check_event_days
from mltalks.problems import Problem
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import nearest

Records = Mapping[str, Sequence[Record]]


def check_references(
    records: Records, lost: Collection[str] = (), own: Collection[Path] = ()
) -> Iterator[Problem]:
    """Yield the problems between the records of all tables; records of a `lost` table are not reported as missing.

    A theme that only the user's files, `own`, name may be one of a file that is not loaded: that is a warning.
    """
    events, themes, organizations = (
        None if table in lost else {record.name for record in records[table] if record.name}
        for table in ("events", "themes", "organizations")
    )
    if themes is not None:
        themes.update(alias for record in records["themes"] for alias in record.values.get("aliases", ()))
    for table in ("sessions", "events", "themes", "keywords"):
        yield from _check_case(records[table])
    yield from _check_aliases(records["organizations"])
    yield from _check_keywords(records["keywords"])
    yield from _check_tree(records["themes"], "broader", "theme", themes)
    yield from _check_thesaurus(records["themes"])
    yield from _check_tree(records["organizations"], "parent", "organization", organizations)
    known = Organizations(
        Organization(record.name, "", tuple(spellings(record.values)))
        for record in records["organizations"]
        if record.name
    )
    sessions = {record.name for record in records["sessions"] if record.name}
    for record in records["decisions"]:
        for field, known_names in (("session", sessions), ("theme", themes)):
            if field in record.values:
                gone = _unknown(record, (field,), record.values[field], field, known_names)
                yield from (replace(problem, severity="warning") for problem in gone)
    yield from (one.violated(wrong) for one in records["events"] for wrong in check_event_days(one.values))
    yield from _check_sums(records["committee_tallies"], "seats", "seats")
    yield from _check_sums(records["track_tallies"], "tracks", "sessions")
    with_event = ("sessions", "members", "committee_tallies", "track_tallies")
    for record in chain.from_iterable(records[table] for table in with_event):
        if "event" in record.values:
            yield from _unknown(record, ("event",), record.values["event"], "event", events)
        yield from _check_themes(record, themes, own)
        if organizations is not None:
            yield from _check_organizations(record, known)


def _check_case(records: Sequence[Record]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for record in records:
        other = first.setdefault(record.name.casefold(), record.name) if record.name else None
        if record.name and other and other != record.name:
            template = '"{other}" differs from this only in upper and lower case; rename one of them'
            yield record.problem(("id",), template, other=other)


def _unknown(
    record: Record, path: tuple[str | int, ...], value: str, what: str, known: set[str] | None
) -> Iterator[Problem]:
    if known is not None and value not in known:
        near = nearest(value, known)
        yield record.problem(path, 'no {what} "{value}"', nearest=near, what=what, value=value)


def _check_themes(record: Record, known: set[str] | None, own: Collection[Path]) -> Iterator[Problem]:
    for i, theme in enumerate(record.values.get("themes", ())):
        is_own = record.origins["themes"][0].path in own
        for problem in _unknown(record, ("themes", i), theme, "theme", known):
            yield replace(problem, severity="warning") if is_own else problem


def _check_tree(
    records: Sequence[Record], field: str, what: str, known: set[str] | None
) -> Iterator[Problem]:
    """Yield a problem for each missing record that is named, for each circle, and for the first record that is too deep."""
    named = {record.name: record for record in records if record.name}
    owners = {alias: name for name, one in named.items() for alias in one.values.get("aliases", ())}
    owners.update((name, name) for name in named)
    above = {
        name: owners.get(record.values[field]) for name, record in named.items() if field in record.values
    }
    for record in records:
        if field in record.values:
            yield from _unknown(record, (field,), record.values[field], what, known)
    for circle in circles(above):
        text = " -> ".join([*circle, circle[0]])
        yield named[circle[0]].problem((field,), "the chain leads back to itself: {circle}", circle=text)
    deep = too_deep(above)
    if deep is not None:
        yield named[deep].problem((field,), "is nested deeper than {depth} levels", depth=DEEPEST)


def _check_thesaurus(records: Sequence[Record]) -> Iterator[Problem]:
    """Yield a problem for each id, label or strong term that two themes share."""
    ids: dict[str, str] = {record.name: record.name for record in records if record.name}
    labels: dict[tuple[str, str], str] = {}
    terms: dict[str, str] = {}
    for record in records:
        name = record.name or ""
        for i, alias in enumerate(record.values.get("aliases", ())):
            template = '"{alias}" is already a name of {owner}'
            yield from _clash(record, ("aliases", i), alias, ids.setdefault(alias, name), template)
        label = record.values.get("label", {})
        for lang in ("en", "ja"):
            if lang in label:
                owner = labels.setdefault((lang, name_key(label[lang])), name)
                template = 'the label "{alias}" is also used by {owner}; give each theme its own label'
                yield from _clash(record, ("label", lang), label[lang], owner, template, "warning")
            elif label:
                template = "has no label in {lang}; the label in the other language is shown"
                yield record.problem(("label",), template, severity="warning", lang=lang)
        for i, term in enumerate(record.values.get("terms", {}).get("strong", ())):
            owner = terms.setdefault(term.casefold().replace("-", " "), name)
            template = '"{alias}" is also a strong term of the theme {owner}; move it to the weak terms of one of the two themes'
            yield from _clash(record, ("terms", "strong", i), term, owner, template, "warning")


def _clash(
    record: Record,
    path: tuple[str | int, ...],
    alias: str,
    owner: str,
    template: str,
    severity: Literal["error", "warning"] = "error",
) -> Iterator[Problem]:
    """Yield a problem if a name of this record belongs to another record, its owner."""
    if owner != record.name:
        yield record.problem(path, template, severity=severity, alias=alias, owner=owner)


def _check_aliases(records: Sequence[Record]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    template = '"{alias}" is already a name of {owner}'
    for record in records:
        if record.name:
            owner = owners.setdefault(name_key(record.name) or record.name, record.name)
            yield from _clash(record, ("name",), record.name, owner, template)
    for record in records:
        for i, alias in enumerate(spellings(record.values)):
            owner = owners.setdefault(name_key(alias), record.name or "")
            at = i - len(spellings(record.values)) + len(record.values.get("aliases", ()))
            path = ("aliases", at) if at >= 0 else ("name_ja",)
            yield from _clash(record, path, alias, owner, template)


def _check_sums(records: Sequence[Record], field: str, count: str) -> Iterator[Problem]:
    """Yield a problem for each tally whose counts add up to more than its total; the rest of a larger total is unknown."""
    for record in records:
        listed = sum(part[count] for part in record.values.get(field, ()))
        if listed > record.values.get("total", listed):
            template = "the listed counts add up to {sum}, more than the total of {total}"
            yield record.problem(("total",), template, sum=listed, total=record.values["total"])


def _check_keywords(records: Sequence[Record]) -> Iterator[Problem]:
    """Yield a problem for each text that belongs to an earlier keyword."""
    owners: dict[str, str] = {}
    template = '"{alias}" already belongs to the keyword {owner}'
    for record in records:
        for lang in ("en", "ja"):
            for i, text in enumerate(record.values.get(lang, ())):
                owner = owners.setdefault(name_key(text) or text, record.name or "")
                yield from _clash(record, (lang, i), text, owner, template)


def _check_organizations(record: Record, known: Organizations) -> Iterator[Problem]:
    printed: list[tuple[tuple[str | int, ...], str]] = [
        (("organizations", i), name) for i, name in enumerate(record.values.get("organizations", ()))
    ]
    if record.table == "members" and "organization" in record.values:
        printed.append((("organization",), record.values["organization"]))
    printed.extend(
        (("speakers", i, "organization"), speaker["organization"])
        for i, speaker in enumerate(record.values.get("speakers", ()))
        if "organization" in speaker
    )
    printed.extend(
        (("seats", i, "organization"), part["organization"])
        for i, part in enumerate(record.values.get("seats", ()))
    )
    template = (
        '"{name}" is not in organizations.toml; its sessions are counted under this spelling'
        if record.table == "sessions"
        else '"{name}" is not in organizations.toml; its seats are counted under this spelling'
    )
    for path, name in printed:
        if not known.is_known(name):
            yield record.problem(path, template, severity="warning", name=name)
