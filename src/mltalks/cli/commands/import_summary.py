"""What `import` reports at its end: the number of records by outcome, and what became of events.

Does not report single records: `import_sessions` does.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mltalks.cli.console import Console
from mltalks.errors import DataError
from mltalks.messages import Listing, Message, excerpt
from mltalks.search.index.postings import docs_flags
from mltalks.taxonomy.classifier import NO_FIELD

if TYPE_CHECKING:
    from mltalks.exchange.intake.intake import Intake
    from mltalks.exchange.intake.taken import Taken
    from mltalks.exchange.readers.source import Source

DIFFERS = "differs"  # of the counts: skipped records that differ
FIRST = 5  # names in a message
SHOWN = 20  # problems or changes that a terminal shows


@contextmanager
def all_or_nothing(console: Console, intake: "Intake") -> Iterator[None]:
    """Say that nothing is imported if a source cannot be read to its end."""
    try:
        yield
    except DataError:
        if intake.added or intake.changes:
            console.say("nothing is imported, since not all can be read")
        raise


def say_events(console: Console, intake: "Intake", *, dry_run: bool) -> None:
    """Print the old and new values of known events that differ."""
    from mltalks.exchange.intake.differences import described

    template = "the event {id} differs: {changes}; --update takes what differs"
    if intake.event_changes:
        template = "would change: {id}: {changes}" if dry_run else "changed: {id}: {changes}"
    for name, values in list(intake.differing_events.items())[:SHOWN]:
        event = console.library.catalogue.events[name]
        console.say(template, id=name, changes=described(values, event._asdict()))


def say_changes(console: Console, changed: "Sequence[Taken]") -> None:
    """Print the old and new values of the first sessions that were changed."""
    for one in changed[:SHOWN]:
        console.say("changed: {id}: {changes}", id=one.id, changes=one.changes)
    if len(changed) > SHOWN:
        console.say("and {count} more changes; 'mltalks log' lists them", count=len(changed) - SHOWN)


def leave_out_removed(
    intake: "Intake", counts: "Counter[str]", taken: "list[Taken]", removed: Collection[str]
) -> list[str]:
    """Take the new sessions that the user had removed out of an import that has known ones, and return their ids.

    Without a known session, all of it was removed, and is wanted again.
    """
    if not (counts["known"] or counts["change"] or counts[DIFFERS]):
        return []
    gone = {key: str(one["id"]) for key, one in intake.added.items() if one["id"] in removed}
    for key in gone:
        intake.filled[intake.added.pop(key)["event"]] -= 1
    counts.update(add=-len(gone), skip=len(gone))
    names, reason = {*gone.values()}, Message("is a talk that you removed")
    taken[:] = [
        one._replace(outcome="skip", reason=reason) if one.outcome == "add" and one.id in names else one
        for one in taken
    ]
    return list(gone.values())


def say_removed(console: Console, removed: Sequence[str]) -> None:
    """Print which sessions of a programme that is imported again are left out because the user had removed them."""
    if removed:
        template = "skipped because you removed them: {count} ({names}); 'mltalks log' and 'mltalks undo --change NUMBER' bring them back"
        console.say(template, count=len(removed), names=first_of(removed))


def say_joined(console: Console, joined: "Sequence[Taken]") -> None:
    """Print which rows are joined with the first row of their talk."""
    if joined:
        console.say(
            "further rows of talks, each joined with the first row of its talk: {count} ({names})",
            count=len(joined),
            names=first_of([f"{one.place} {one.id}" for one in joined]),
        )


def say_not_used(console: Console, source: "Source", *, has_keywords: bool) -> None:
    """Print what of a source is not used, or used in another way; whether its tags are keywords, only if it `has_keywords` of a talk."""
    if source.kinds:
        from mltalks.search.query.fields import wider_kind

        console.notices([one for pair in source.kinds.items() for one in wider_kind(*pair)])
    for name in (source.as_keywords or ()) if has_keywords else ():
        template = '{path}: "{name}" is read as keywords; for tags of your own, add --map "tags={name}"'
        console.say(template, path=str(source.path), name=excerpt(name))
    if source.unread:
        names = [excerpt(name) for name in source.unread]
        console.say(
            "{path}: columns or keys that are not used: {count} ({names})",
            path=str(source.path),
            count=len(names),
            names=first_of(names, SHOWN),
        )


def say_names(console: Console, names: Sequence[str], *, dry_run: bool) -> None:
    """Print the organizations that are new or have got other names."""
    template = "organizations with new names: {names}"
    if dry_run:
        template = "organizations that would get names: {names}"
    if names:
        console.say(template, names=first_of(names))


def say_unfiled(console: Console, added: Sequence[str]) -> None:
    """Print how many of the sessions that have been added have no theme, with the command that says why."""
    with suppress(DataError):  # `validate` reports it
        console.reopen()  # what was read before does not have them
        catalogue = console.library.catalogue
        filed = docs_flags(catalogue.index.facets.docs("theme"), catalogue.index.size)
        docs = [doc for one in added if (doc := catalogue.found(one)) is not None]
        unfiled = [catalogue.ids[doc] for doc in docs if not filed[doc]]
        if unfiled:
            template = (
                "{id}: no theme fits; why: mltalks explain {id}; to add one: mltalks accept {id} THEME"
                if len(docs) == 1
                else "no theme fits {unfiled} of {count} new sessions, such as {id}; why: mltalks explain {id}; to list them: mltalks list NOT has:theme"
            )
            console.say(template, unfiled=len(unfiled), count=len(docs), id=unfiled[0])
            _say_no_field(console, unfiled)


def _say_no_field(console: Console, unfiled: Sequence[str]) -> None:
    """Print how to name the field of several sessions that have terms of themes and no word of the field, if there are any."""
    catalogue = console.library.catalogue
    some = (catalogue.session(catalogue.doc(one)) for one in unfiled[:SHOWN])
    found = [
        one for one in some if any(near.lacks == NO_FIELD for near in catalogue.classifier.classify(one).near)
    ]
    if found and len(unfiled) > 1:
        console.say(
            "some have no word of the field, as {id}; if they are all on machine learning: mltalks edit --query 'event:{event} NOT has:theme' --add-keyword \"machine learning\"",
            id=found[0].id,
            event=found[0].event,
        )


def report_counts(
    console: Console,
    intake: "Intake",
    counts: "Counter[str]",
    refused: int,
    absent: Mapping[str, Sequence[str]],
    not_read: Mapping[str, Sequence[str]],
    *,
    dry_run: bool,
) -> None:
    """Report the number of records by outcome, known talks that are absent, by event, and new events."""
    template = (
        "would add {added}, change {changed} and skip {skipped}; {known} already present, {refused} rejected"
        if dry_run
        else "{added} added, {changed} changed, {skipped} skipped; {known} already present, {refused} rejected"
    )
    added, changed, skipped, known = (counts[outcome] for outcome in ("add", "change", "skip", "known"))
    console.say(template, added=added, changed=changed, skipped=skipped, known=known, refused=refused)
    if known and not dry_run:
        console.say("the sessions that are already present: --dry-run lists them with their ids")
    filled = [one for one in intake.filled.items() if one[1] and one[0] in console.library.catalogue.events]
    if filled:
        template = "{event} ({count})"
        pairs = [Message(template, {"event": event, "count": count}) for event, count in filled]
        listed = [[pair.text(lang) for pair in pairs[:FIRST]] for lang in ("en", "ja")]
        template = (
            "into events that are in the data: {names}"
            if dry_run
            else "added to events that were in the data: {names}"
        )
        console.say(template, names=Listing(listed[0], more=len(pairs) > FIRST, in_japanese=listed[1]))
    if intake.replaced:
        others = [excerpt(name) for name in intake.replaced]
        console.say(
            "events that the records name, in place of which --event counts: {count} ({names})",
            count=len(others),
            names=first_of(others),
        )
    if counts[DIFFERS]:
        console.say(
            "skipped although the data differs: {count}; --update takes what differs",
            count=counts[DIFFERS],
        )
    for event, names in absent.items():
        console.say(
            "known talks of {event} whose ids are not in what was read: {count} ({names}); 'mltalks remove ID' removes a talk",
            event=event,
            count=len(names),
            names=first_of(names),
        )
    for event, names in not_read.items():
        console.say(
            "known talks of {event} that are not in what was read: {count} ({names}); if it is the whole programme, "
            "'mltalks remove ID' removes a talk",
            event=event,
            count=len(names),
            names=first_of(names),
        )
    if intake.events:
        template = "{event} (series {series})"
        shown = [
            Message(template, {"event": one["id"], "series": one["series"]}).text(console.lang)
            for one in intake.events
        ]
        more = Message("and {count} more", {"count": len(shown) - SHOWN}).text(console.lang)
        console.say(
            "new events: {names}; to change a series: mltalks event edit ID --series NAME",
            names=Listing([*shown[:SHOWN], more] if len(shown) > SHOWN else shown),
        )


def first_of(names: Sequence[str], most: int = FIRST) -> Listing:
    """Return the first of some names as a value of a message."""
    return Listing(names[:most], more=len(names) > most)
