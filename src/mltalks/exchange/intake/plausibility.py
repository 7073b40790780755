"""What a draft says that is not so: a year or day that is not its event's, a speaker who is an organization or several people.

Does not decide what becomes of the draft: `intake` does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mltalks.dataset.ids import year_in
from mltalks.dataset.organizations import Organizations
from mltalks.exchange.bibliography import person_names
from mltalks.exchange.mapping.speaker_lists import with_organization
from mltalks.messages import Message, excerpt
from mltalks.text.bare_names import HANDLE, is_handle
from mltalks.text.not_people import (
    MAY_BE_SEVERAL,
    MAY_BE_TURNED,
    TURNED_IS_KNOWN,
    are_two,
    beside_name,
    is_nobody,
    is_of_learning,
    parts_of,
    turned,
    without_honorific,
    without_others,
)  # fmt: skip

Values = Mapping[str, Any]
NOBODY = '"{name}" names no speaker; it is left out'
OTHERS_NOT_KNOWN = '"{name}": the other speakers are not known'
OTHER_YEAR = "the year {year} is not that of the event {event} ({days}); it is left out"
OTHER_YEAR_OF_NEW = (
    "the year {year} is not that of the event {event} ({days}); it is left out; "
    'to keep the years: --default-event "{series}"'
)
_SIGNS = re.compile(r"[\W\d]+")  # a name with signs may be a person's


def odd_days(fields: Values, said: Values, event: Values, *, is_new: bool = False) -> Iterator[Message]:
    """Yield what is wrong with the date of a session, and with the year that its record says, in an event.

    `said` has what the record says of its event. A date stays; a year that is not that of the event has no place in a session.
    `is_new`: the event is made for a bibliography, of which an event of each year may be meant.
    """
    first, last = (str(event.get(field) or event["year"]) for field in ("start_date", "end_date"))
    values = {"event": event["id"], "days": " – ".join(dict.fromkeys((first, last)))}
    day = str(fields.get("date") or "")[:10]
    if day and not (first <= day[: len(first)] and day[: len(last)] <= last):
        yield Message("the date {date} is outside the event {event} ({days})", {"date": day, **values})
    name = str(said.get("name") or "")
    years = [said.get("year"), None if str(event["name"]).startswith(name) else year_in(name)]
    for year in dict.fromkeys(year for year in years if isinstance(year, int) and year):
        if not first[:4] <= str(year) <= last[:4] and str(year) != day[:4]:
            yield Message(
                OTHER_YEAR_OF_NEW if is_new else OTHER_YEAR,
                {"year": year, "series": event["series"], **values},
            )


def is_of_other_year(date: object, event: Values) -> bool:
    """Return whether a date is of no year of an event."""
    years = (str(event.get(field) or event["year"])[:4] for field in ("start_date", "end_date"))
    return isinstance(date, str) and str(date)[:4] not in years


def edition_year(event: Values) -> Mapping[str, int]:
    """Return the year in the name of an event, if the record says the one before or after: that may be when a volume came out."""
    printed, year = year_in(str(event["name"])), event.get("year")
    return {"year": printed} if printed and year and abs(printed - year) == 1 else {}


def sorted_people(
    speakers: Sequence[dict[str, str]],
    organizations: Organizations,
    is_thing: Callable[[str], bool] | None = None,
    is_speaker: Callable[[str], bool] = lambda _name: False,
    *,
    cited: bool = False,
) -> tuple[list[dict[str, str]], list[str], list[Message]]:
    """Return the people among speakers, the organizations among them that are nobody's, and what is to be reported.

    `is_speaker` says whether the data have a speaker of a name. In a cell of a table, for which `is_thing` says whether a name is
    that of a thing, an organization after each person is that of this person; others are those of the session. An author of a
    bibliography (`cited`) that is an organization stays in the list, and has itself as its organization.
    """
    people: list[dict[str, str]] = []
    works: list[tuple[int, str]] = []  # the number of people before an organization
    named, of_nobody, odd = _named(speakers)
    for one in named:
        name = one["name"]
        if "organization" not in one and is_organization(name, organizations):
            if cited:
                people.append({"name": name, "organization": name})
                continue
            odd.append(Message('"{name}" is an organization, not a speaker', {"name": excerpt(name)}))
            works.append((len(people), name))
            continue
        person = one
        parts = parts_of(name) or [part for part in re.split(r"\s*[@＠]\s*", name) if part]
        if len(parts) == 2 and "organization" not in one and is_organization(parts[1], organizations):
            person = one | {"name": parts[0], "organization": parts[1]}
        elif doubt := _doubt(one, name, organizations, is_thing if people else None, is_speaker):
            odd.append(doubt)
        people.append(person)
    if is_thing and [number for number, _ in works] == [*range(1, len(people) + 1)]:
        pairs = [with_organization(one, work) for one, (_, work) in zip(people, works, strict=True)]
        people = [one for one, _ in pairs]
        works = [(0, left) for _, left in pairs if left]
    return people, list(dict.fromkeys([*(work for _, work in works), *of_nobody])), odd


def _named(
    speakers: Sequence[dict[str, str]],
) -> tuple[list[dict[str, str]], list[str], list[Message]]:
    """Return the speakers who have a name, the organizations of others, and what is to be reported of these."""
    named: list[dict[str, str]] = []
    of_nobody: list[str] = []
    odd: list[Message] = []
    for one in speakers:
        written = one["name"]
        name = written if is_nobody(written) else without_others(written)
        if name != written:
            name = without_honorific(name)
            odd.append(Message(OTHERS_NOT_KNOWN, {"name": excerpt(written)}))
        if not is_nobody(name):
            named.append({**one, "name": name})
            continue
        if name == written:
            odd.append(Message(NOBODY, {"name": excerpt(written)}))
        if "organization" in one:
            of_nobody.append(one["organization"])
    return named, of_nobody, odd


def _doubt(
    one: Mapping[str, str],
    name: str,
    organizations: Organizations,
    is_thing: Callable[[str], bool] | None,
    is_speaker: Callable[[str], bool],
) -> Message | None:
    """Return what a name may be in place of the name of one person in the usual order."""
    values = {"name": excerpt(name)}
    if is_handle(name):
        return Message(HANDLE, values)
    some = [name.rpartition(",")[2].strip()] if "," in name else beside_name(name)
    if parts_of(name) or are_two(name) or any(is_organization(one, organizations) for one in some):
        return Message(MAY_BE_SEVERAL, values)
    if usual := turned(name):
        template = TURNED_IS_KNOWN if is_speaker(usual) else MAY_BE_TURNED
        return Message(template, {**values, "turned": excerpt(usual)})
    if "organization" not in one and (
        (is_thing and is_thing(name))
        or (person_names.is_organization(_SIGNS.sub(" ", name)) and not is_nobody(name))
    ):
        return Message('"{name}" may be an organization, not a speaker', values)
    return None


def is_organization(name: str, organizations: Organizations) -> bool:
    """Return whether a text names a known organization, or surely one."""
    return is_of_learning(name) or (bool(organizations.by_name) and organizations.is_known(name))
