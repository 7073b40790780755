"""Many sessions at once put into a person's own data: one edit a file, all of it or nothing.

Takes what has been checked; where sessions come from is not its business.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mltalks.dataset.ids import free
from mltalks.dataset.toml import record_text
from mltalks.userdata.edits import SESSIONS, Edit, Values
from mltalks.userdata.journal import Splice
from mltalks.userdata.store import How, Own, read_text
from mltalks.userdata.toml_document import Document
from mltalks.userdata.toml_edit import put


def taken_in(
    own: Own,
    command: str,
    changes: Mapping[str, Values],
    added: Sequence[tuple[str, str]] = (),
    events: Sequence[Values] = (),
) -> Iterator[Edit]:
    """Yield the edits that put changed and new sessions and new events into a person's own data, one a file.

    `changes` are fields by id, `added` ids with the text of each record (TOML), `events` records. Records that
    are their own already are changed where they stand.
    """
    main = own.file(SESSIONS)
    rest = dict(changes)
    for file in own.files():
        if file != main and rest:
            there = _ids(file)
            some = {name: rest.pop(name) for name in list(rest) if name in there}
            if some:
                yield Edit(file, command, list(some), _changing(file, some))
    if events or added or rest:
        about = [*rest, *(name for name, _ in added)]
        yield Edit(main, command, about, _taking(main, events, added, rest))


def _ids(file: Path) -> set[str]:
    return {str(one.get("id")) for one in Document(file, read_text(file)).records("sessions")}


def _changing(file: Path, changes: Mapping[str, Values]) -> How:
    def how(text: str) -> Sequence[Splice]:
        document = Document(file, text)
        return document.edited("sessions", _edits(document, changes))

    return how


def _edits(document: Document, changes: Mapping[str, Values]) -> dict[int, Callable[[Any], None]]:
    numbers = {str(one.get("id")): number for number, one in enumerate(document.records("sessions"))}
    return {numbers[name]: partial(put, given=given) for name, given in changes.items() if name in numbers}


def _taking(
    file: Path, events: Sequence[Values], added: Sequence[tuple[str, str]], changes: Mapping[str, Values]
) -> How:
    def how(text: str) -> Sequence[Splice]:
        document = Document(file, text)
        taken = {str(one.get("id")) for one in document.records("sessions")}
        there = {str(one.get("id")) for one in document.records("events")}
        texts = [record_text(event, "events") for event in events if event["id"] not in there]
        texts += [record_text({"id": name, **given}) for name, given in changes.items() if name not in taken]
        for name, written in added:
            made = free(name, taken)
            taken.add(made)
            texts.append(written if made == name else written.replace(f'id = "{name}"', f'id = "{made}"', 1))
        return document.edited("sessions", _edits(document, changes), texts)

    return how
