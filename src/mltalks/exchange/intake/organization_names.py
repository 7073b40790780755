"""Takes the names of organizations of an imported data file: the new organizations, and new spellings of known ones.

Does not change what is known: neither the name that a spelling counts under nor what an organization is a unit of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from mltalks.dataset.hierarchy import DEEPEST, ancestors
from mltalks.dataset.schema import check
from mltalks.messages import Message, excerpt
from mltalks.text.folding import name_key
from mltalks.userdata.layers import merged
from mltalks.userdata.transaction import Transaction

TAKEN = '"{alias}" is already a name of {owner}'
Values = Mapping[str, Any]


def take(change: Transaction, records: Iterable[Values]) -> tuple[list[str], list[Message]]:
    """Add to the user data what records of organizations have that is new.

    Return the names of the organizations that are new or get a spelling, and a message for each spelling of another one.
    """
    owners = dict(_owners(change))
    taken: dict[str, None] = {}
    refused: list[Message] = []
    parents: list[tuple[str, dict[str, Any], str]] = []
    for record in records:
        if why := _unsound(record):
            refused.append(why)
            continue
        owner = owners.get(_key(record["name"])) or str(record["name"])
        new, others = _sorted_out(record, owner, owners)
        for spelling in others:
            why = Message(TAKEN, {"alias": excerpt(spelling), "owner": owners[_key(spelling)]})
            refused.append(Message("{id}: {message}", {"id": excerpt(owner), "message": why}))
        if not new:
            continue
        owners |= dict.fromkeys(map(_key, new), owner)
        taken[owner] = None
        if owner in change.known.ids("organizations"):
            fields = change.organization(owner)
        else:
            fields = change.new_organization(owner)
            fields |= {"kind": record["kind"]} if "kind" in record else {}
            parents += [(owner, fields, record["parent"])] if "parent" in record else []
        if aliases := [*fields.get("aliases", ()), *(one for one in new if one != owner)]:
            fields["aliases"] = aliases
    refused += _add_parents(change, parents, owners)
    return [*taken], refused


def _add_parents(
    change: Transaction, parents: Sequence[tuple[str, dict[str, Any], str]], owners: Mapping[str, str]
) -> Iterator[Message]:
    """Add the parents of new organizations, which may be new as well; yield a message for each that cannot be added."""
    if not parents:
        return
    known = change.known.ids("organizations")
    above = {name: merged(change.known.parts("organizations", name)).get("parent") for name in known}
    above |= {name: owners.get(_key(parent)) for name, _, parent in parents}
    for name, fields, typed in parents:
        parent = above[name]
        if parent is None:
            template = "{id}: the parent {parent} is not known; it is left out"
        elif name in (up := [parent, *islice(ancestors(parent, above), DEEPEST)]) or len(up) >= DEEPEST:
            above[name] = None
            template = "{id}: the parent {parent} is below it or on too many levels; it is left out"
        else:
            fields["parent"] = parent
            continue
        yield Message(template, {"id": excerpt(name), "parent": excerpt(typed)})


def _owners(change: Transaction) -> Iterator[tuple[str, str]]:
    """Yield the keys of all known spellings with the names that they count under; names are last, as they mean more."""
    names = list(change.known.ids("organizations"))
    for name in names:
        yield from (
            (_key(one), name) for one in _spellings(merged(change.known.parts("organizations", name)))
        )
    yield from ((_key(name), name) for name in names)


def _sorted_out(record: Values, owner: str, owners: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the spellings of a record that nobody has, and those that another organization has."""
    owned = [(one, owners.get(_key(one))) for one in _spellings(record)]
    return [one for one, its in owned if its is None], [one for one, its in owned if its not in (None, owner)]


def _key(name: str) -> str:
    return name_key(name) or name


def _spellings(record: Values) -> Iterator[str]:
    return (
        one
        for one in (record["name"], record.get("name_ja"), *record.get("aliases", ()))
        if isinstance(one, str)
    )


def _unsound(record: Values) -> Message | None:
    """Return what a data file does not allow in a record; None if it may have it."""
    if "name" not in record:
        return Message(
            "{field}: {message}", {"field": "organizations: name", "message": Message("is missing")}
        )
    wrong = next((one for one in check("organizations", dict(record)) if one.severity == "error"), None)
    if wrong is None:
        return None
    values = {"id": excerpt(str(record["name"])), "message": Message(wrong.template, wrong.values)}
    return Message("{id}: {message}", values)
