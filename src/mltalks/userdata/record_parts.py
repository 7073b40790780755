"""The parts of a record in several files, and the checks of a change of them.

Does not change records: `transaction` does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from mltalks.dataset.ids import year_in
from mltalks.dataset.schema import TABLES, check, check_event_days
from mltalks.errors import MltalksError, UsageError
from mltalks.messages import FieldName, Message, excerpt
from mltalks.userdata.layers import Layers, RecordPart, merged, origins

Record = dict[str, Any]
Values = Mapping[str, Any]


class Outcome(NamedTuple):
    """What became of a record: which one, and the values that fields which changed show now (None: removed), and the old ones."""

    name: str
    what: Literal["added", "changed", "comments", "removed", "restored", "new event", "new organization"]
    fields: Values = MappingProxyType({})
    before: Values = MappingProxyType({})


def user_part(parts: Iterable[RecordPart]) -> RecordPart | None:
    """Return the part in the user data."""
    return next((part for part in parts if part.layer == "user"), None)


def both(parts: Sequence[RecordPart]) -> tuple[Record, Record]:
    """Return the fields that files before the user data set, and those that the user data set."""
    user = user_part(parts)
    return merged(part for part in parts if part.layer == "below"), user.values if user else {}


def filled(value: Any) -> Any:
    """Return a value, None in place of an empty one; false and zero are values."""
    return None if value in ("", [], {}) else value


def check_shown(parts: Iterable[RecordPart], fields: Iterable[str]) -> None:
    """Raise an error if a file that is read after the user data sets one of the fields."""
    later = [part for part in parts if part.layer == "above"]
    for field in fields:
        for part in later:
            if field in part.values:
                raise MltalksError(
                    "{field} is set in {place}, which overrides your data; change it there",
                    field=FieldName(field),
                    place=place_of(part, field),
                )


def check_removed(table: str, parts: Sequence[RecordPart], fields: Iterable[str]) -> None:
    """Raise an error if one of the fields cannot be removed: a record needs it, or files before the user data set it."""
    below, user = both(parts)
    for field in fields:
        if TABLES[table][field].required or (field in below and field not in user):
            raise UsageError(
                "{field} is defined in {place}; you can override it but not remove it",
                field=FieldName(field),
                place=place_of(next(part for part in reversed(parts) if field in part.values), field),
            )


def place_of(part: RecordPart, field: str) -> str:
    """Return the file and line of a field."""
    origin = origins([[part.file]], part.values.get("id", "")).get(field)
    return f"{origin.path}:{origin.line}" if origin else str(part.file)


def check_fields(table: str, values: Values, *, whole: bool = False) -> None:
    """Raise the first error of the fields of a record, which must not lack a required one if it is `whole`."""
    for field, rules in TABLES[table].items() if whole else ():
        if rules.required and field not in values and field != "id":
            raise UsageError("{field}: {message}", field=FieldName(field), message=Message("is missing"))
    for finding in check(table, dict(values)):
        if finding.severity == "error":
            message = Message(finding.template, finding.values)
            field = ".".join(str(part) for part in finding.path if isinstance(part, str))
            raise UsageError(
                "{field}: {message}", field=FieldName(field), message=message, nearest=finding.nearest
            )


def check_days(name: str, values: Values) -> list[Message]:
    """Return what is doubtful about the days of an event and the year in its name; raise an error if it ends before it starts."""
    found = []
    for one in check_event_days(values):
        message = Message(one.template, one.values)
        if one.path == ("end_date",):
            raise UsageError("{field}: {message}", field=FieldName("end_date"), message=message)
        found.append(Message("{id}: {message}", {"id": name, "message": message}))
    printed = year_in(str(values.get("name", "")))
    if printed not in (None, values.get("year")):
        template = '{event}: the year is {year}, but the name is "{name}"'
        values = {"event": name, "year": values.get("year"), "name": excerpt(str(values["name"]))}
        found.append(Message(template, values))
    return found


def lacks_its_file(table: str, parts: Sequence[RecordPart]) -> bool:
    """Return whether the parts of a record only change one of a file that is not loaded: they lack required fields."""
    if not parts or parts[0].layer == "below":  # files below the user data have whole records alone
        return False
    required = {name for name, field in TABLES[table].items() if field.required}
    return not required <= merged(parts).keys()


def whole_ids(layers: Layers, table: str) -> Iterator[str]:
    """Yield the ids of the records of a table, without those that only change one of a file that is not loaded."""
    return (one for one in layers.ids(table) if not lacks_its_file(table, layers.parts(table, one)))
