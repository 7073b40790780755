"""The desk that the command gives to the screen, and what keys do there: changes, each as by the command of that name, and the export.

Do not ask anybody anything, and do not draw.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from mltalks.errors import MltalksError, UsageError
from mltalks.messages import Lang, Listing, Message, excerpt
from mltalks.render.views.changes import named, outcome
from mltalks.taxonomy import decided
from mltalks.userdata import annotations

if TYPE_CHECKING:
    from mltalks.library import Library
    from mltalks.search.catalogue import Catalogue
    from mltalks.userdata.store import UserStore
    from mltalks.userdata.transaction import Transaction


class Desk(Protocol):
    """The data of one run, as they are when it is made."""

    @property
    def library(self) -> "Library":
        """The library over all data."""

    def data_paths(self) -> list[Path]:
        """Return the files and folders of all data."""

    @property
    def store(self) -> "UserStore":
        """The files of the user data."""

    def transaction(self, command: str) -> "AbstractContextManager[Transaction]":
        """Return a transaction of the user data (see `userdata.transaction`)."""

    def edited(self, text: str) -> str:
        """Return a text as it is after it was edited in the user's editor.

        Raises MltalksError: the editor cannot be run, or fails.
        """


Change = Callable[[Desk], Sequence[Message]]  # returns what became of it
NAMED = 3  # talks that a message names


def _changed(command: str, lang: Lang, edit: "Callable[[Transaction], object]") -> Change:
    def change(desk: Desk) -> Sequence[Message]:
        with desk.transaction(command) as transaction:
            edit(transaction)
        done = [outcome(one, lang) for one in transaction.outcomes]
        more = [Message("{count} more", {"count": len(done) - NAMED})] if len(done) > NAMED else []
        return [*done[:NAMED], *more]

    return change


def tag(ids: Sequence[str], typed: str, lang: Lang) -> Change:
    """Add the tags of a line, and remove those with a minus before them."""
    words = typed.split()
    added = [one for one in words if not one.startswith("-")]
    removed = [one[1:] for one in words if one.startswith("-") and len(one) > 1]

    def edit(change: "Transaction") -> None:
        if added:
            annotations.add_tags(change, ids, added)
        if removed:
            annotations.remove_tags(change, ids, removed)

    return _changed("tag", lang, edit)


def mark(ids: Sequence[str], value: str | None, lang: Lang) -> Change:
    """Mark talks; None removes the mark."""
    return _changed("mark", lang, lambda change: annotations.set_mark(change, ids, value))


def note(session_id: str, text: str, lang: Lang) -> Change:
    """Replace the note of a talk."""
    return _changed("note", lang, lambda change: annotations.set_note(change, session_id, text))


def decide(ids: Sequence[str], theme: str, verdict: Literal["accept", "reject"]) -> Change:
    """Assign talks to a theme, or exclude them from it."""

    def change(desk: Desk) -> Sequence[Message]:
        known = desk.library.catalogue
        before, earlier, broader = known.record, known.decisions, known.theme_parents
        themes = {one: before(known.doc(one))["themes"] for one in ids[:NAMED]}
        with desk.transaction(verdict) as transaction:
            made = annotations.decide(transaction, ids, theme, verdict)
        return [decided.outcome(one, themes[one.session], earlier, broader) for one in made[:NAMED]]

    return change


def undo(desk: Desk) -> Sequence[Message]:
    """Undo the last change of the user data."""
    done = desk.store.undo()
    if not done:
        raise MltalksError("nothing to undo")
    return [Message("undone: {change}", {"change": named(one)}) for one, _ in done]


def redo(desk: Desk) -> Sequence[Message]:
    """Do again what was undone last."""
    done = desk.store.redo()
    if not done:
        raise MltalksError("nothing to redo")
    return [Message("redone: {change}", {"change": named(one)}) for one, _ in done]


def export(desk: Desk, catalogue: "Catalogue", docs: Iterable[int], file: Path) -> Message:
    """Write talks, without notes, to a file, in the format of its ending; replace one that is there.

    Raises UsageError: no format has that ending.
    Raises MltalksError: the file cannot be written.
    """
    from mltalks.exchange.exporters.catalogue_context import context_of
    from mltalks.exchange.exporters.registry import ENDINGS, EXPORTERS
    from mltalks.userdata.atomic_write import save
    from mltalks.userdata.change_times import ChangeTimes
    from mltalks.userdata.layers import Layers

    form = ENDINGS.get(file.suffix.lower())
    exporter = EXPORTERS.load(form) if form else None
    if form is None or exporter is None or exporter.themes:
        raise UsageError(
            "no format has files that end in {ending}; choose one of {names}",
            ending=excerpt(file.suffix or file.name),
            names=Listing(ending for ending, one in ENDINGS.items() if "skos" not in one),
        )
    chosen = list(docs)
    shipped, *others = desk.library.files
    layers = Layers.read(shipped, [one for layer in others for one in layer], lambda _: True)
    changed = ChangeTimes(layers, desk.store.changes)
    context = context_of(catalogue, chosen, own=layers.own(["organizations"]), changed=changed)
    sessions = [catalogue.session(doc)._replace(note=None) for doc in chosen]

    def fill(path: Path) -> None:
        if exporter.file:
            exporter.file(sessions, context, path)
        elif exporter.text:
            with path.open("w", encoding="utf-8", newline="") as opened:
                opened.writelines(exporter.text(sessions, context))

    with EXPORTERS.running(form):
        save(file, fill, force=True)
    count = len(sessions) - context.left_out.total()
    return Message("sessions written to {path}: {count}", {"count": count, "path": str(file)})
