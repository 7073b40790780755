"""The command that adds, changes and removes events in the user data: event.

Does not print events: `show` does.
"""

from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from mltalks.cli import streams
from mltalks.cli.commands.chosen import refuse_rest
from mltalks.cli.commands.own.changing import DryRun, Yes, agreed, changing
from mltalks.cli.commands.own.session_options import DateOrder, Text, written_days
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import argument, option
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.messages import Message
from mltalks.text.folding import spaced

_OF_ONE_LINE = ("name", "full_name", "series", "location")


@dataclass(frozen=True)
class EventOptions:
    """Fields of an event as typed; None if an option was not given."""

    name: Annotated[Text, option("--name", "The name, with its year.")] = None
    full_name: Annotated[Text, option("--full-name", "The name in full.")] = None
    series: Annotated[Text, option("--series", "The series that the event is an edition of.")] = None
    year: Annotated[int | None, option("--year", "The year.", metavar="YEAR")] = None
    date: Annotated[
        Text, option("--date", "The day, or the first and the last one.", metavar="DATE[..DATE]")
    ] = None
    location: Annotated[Text, option("--place", "Where it takes place.")] = None
    url: Annotated[Text, option("--url", "The event's page.", metavar="URL")] = None
    about: Annotated[Text, option("--about", "What the event is about.")] = None
    about_ja: Annotated[Text, option("--about-ja", "What the event is about, in Japanese.")] = None
    coverage: Annotated[
        Literal["complete", "nearly complete", "partial", "fragment"] | None,
        option("--coverage", "How many of its sessions are in the data."),
    ] = None
    coverage_note: Annotated[Text, option("--coverage-note", "A note on that.")] = None
    date_order: DateOrder = None

    def values(self) -> dict[str, Any]:
        """Return the given fields as values of a data file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        order, dates = found.pop("date_order"), found.pop("date")
        given = {
            name: spaced(value) if name in _OF_ONE_LINE else value
            for name, value in found.items()
            if value is not None
        }
        if dates is not None:
            given["start_date"], given["end_date"] = written_days(dates, order)
        return given


@with_console
def event_command(
    console: Console,
    action: Annotated[
        Literal["add", "edit", "complete", "remove"],
        argument("ACTION", "'add', 'edit', 'complete' (all its sessions are in the data) or 'remove'."),
    ],
    events: Annotated[
        list[str],
        argument(
            "EVENT...",
            "An event, by id or name; for a new one, its name and year. 'edit' and 'complete' take several.",
        ),
    ],
    event_id: Annotated[str | None, option("--id", "Id; default: made from the name.", metavar="ID")] = None,
    unset: Annotated[
        list[str] | None, option("--unset", "Remove this field; repeatable.", metavar="FIELD")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    *,
    options: EventOptions,
) -> Exit:
    """Add an event to your data, change or remove it.

    mltalks event add "ML Meetup 2025" --date 2025-03-04..2025-03-05 --place Tokyo
    mltalks event complete ml-meetup-2025 ml-meetup-2026
    mltalks event remove ml-meetup-2025

    'mltalks show EVENT' prints an event, and 'mltalks events' lists all. An event that has sessions is not removed.
    """
    values: dict[str, Any] = {**options.values(), **dict.fromkeys(unset or ())}
    if action == "complete":
        values["coverage"] = "complete"
    event = spaced(events[0])
    if action in ("add", "remove"):
        refuse_rest(events[1:])
    if action == "add":
        with changing(console, "event add", dry_run=dry_run) as change:
            made = change.add_event(event, values, event_id)
        if not dry_run and console.form in ("plain", "table", "ids"):
            streams.write(f"{made}\n")
        return Exit.DONE
    if event_id is not None or (action == "remove" and values):
        raise UsageError("fields are for event add and event edit, and --id is for event add")
    if action == "remove":
        return _remove(console, event, yes=yes, dry_run=dry_run)
    if not values:
        raise UsageError("name a field to change, like --place")
    with changing(console, f"event {action}", dry_run=dry_run, several=len(events) > 1) as change:
        for one in events:
            record = change.event_record(one)
            if values.get("coverage") and record.get("collection"):
                raise UsageError(
                    "{id} is a collection of works that name no event; nobody has all of them, so it has no coverage",
                    id=record["id"],
                )
            record.update(values)
    return Exit.DONE


def _remove(console: Console, event: str, *, yes: bool, dry_run: bool) -> Exit:
    with console.transaction("event remove", dry_run=True) as look:  # raises before the prompt
        name = look.event_id(event)
        look.remove(name, "events")
    without = UsageError("cannot ask for confirmation without a terminal; use --yes")
    if not (yes or dry_run or agreed(console, Message("remove {id}?", {"id": name}), without)):
        console.say("nothing was changed")
        return Exit.DONE
    with changing(console, "event remove", dry_run=dry_run) as change:
        change.remove(name, "events")
    return Exit.DONE
