"""What the keys that change the user data do: they ask, change in the background, and show the talks anew.

Do not change anything themselves: `changes` does.
"""

import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Literal

from textual import work
from textual.message import Message as Event

from mltalks.browse import changes
from mltalks.browse.finding import FIRST, Finder
from mltalks.browse.panes import Failed, Panes
from mltalks.browse.prompts import Ask, Choose, Pick, Write
from mltalks.dataset.files import files_of
from mltalks.dataset.vocabulary import MARKS
from mltalks.errors import MltalksError
from mltalks.messages import Listing, Message, word
from mltalks.search.index.fingerprint import file_state

LOOK = 2.0  # seconds after which it is looked whether another program has changed the data
State = tuple[tuple[Path, str], ...]


class Renewed(Event):
    """The data are others, and were opened again."""

    def __init__(self, finder: Finder, messages: Sequence[Message]) -> None:
        super().__init__()
        self.finder = finder
        self.messages = messages


class Editing(Panes):
    """The application with the keys that change the user data."""

    def on_mount(self) -> None:
        """Look at the data from time to time."""
        self._state = self._data_state()
        self.set_interval(LOOK, self.look)

    # the data

    def _data_state(self) -> State:
        """Return the state of all files; none if one cannot be read, of which the next look finds another."""
        try:
            paths = self.open_desk().data_paths()
            return tuple((file, file_state(file)) for path in paths for file in files_of(path))
        except (OSError, MltalksError):
            return ()

    def look(self) -> None:
        """Read the data again if another program has changed them."""
        state = () if self.one.locked() else self._data_state()  # a change of our own is noted at its end
        if state and state != self._state:
            self._state = state
            self.change(lambda _: [Message("the data have changed, and were read again")])

    @work(thread=True, group="change")
    def change(self, change: changes.Change) -> None:
        """Change the user data, and open all data again."""
        with self.one:
            try:
                messages = change(self.open_desk())
                finder = Finder(self.open_desk().library)
                _ = finder.catalogue
            except MltalksError as error:
                self.post_message(Failed(None, error))
            else:
                self._state = self._data_state()
                self.post_message(Renewed(finder, messages))

    def on_renewed(self, event: Renewed) -> None:
        """Show the talks of the new data, with the cursor where it was."""
        self.newest = event.finder
        known = set(event.finder.catalogue.ids.values())
        self.selected = {one: None for one in self.selected if one in known}
        self.news = " · ".join(one.text(self.lang) for one in event.messages)
        self.leave()
        self.seek(max(FIRST, len(self.found.docs)))

    # the keys

    @property
    def meant(self) -> list[str]:
        """The ids of the talks of the list that are selected, else of the one under the cursor."""
        one = [] if self.doc is None else [self.finder.id(self.doc)]
        return self.picked or one

    def _ask(self, template: str, ids: Sequence[str]) -> str:
        """Return the title of a question about some talks."""
        what = ids[0] if len(ids) == 1 else self.say("{count} talks", count=len(ids))
        return f"{self.say(template)}: {what}"

    def action_tag(self) -> None:
        """Ask for tags."""
        if not (ids := self.meant):
            return
        known = [*self.finder.catalogue.index.facets.found_in("tag")]
        about = self.say("words; -word removes; known: {names}", names=Listing(known or ["-"]))

        def answered(typed: str) -> None:
            if typed.strip():
                self.change(changes.tag(ids, typed, self.lang))

        self.ask(Ask(self._ask("Tag", ids), "", about), answered)

    def action_own_mark(self) -> None:
        """Ask for the mark."""
        if not (ids := self.meant):
            return
        choices = [*((one[0], word(one, self.lang), one) for one in MARKS), ("n", self.say("none"), "none")]

        def answered(chosen: str) -> None:
            self.change(changes.mark(ids, None if chosen == "none" else chosen, self.lang))

        self.ask(Choose(self._ask("Mark", ids), choices), answered)

    def action_note(self) -> None:
        """Ask for the note of the talk under the cursor."""
        if self.doc is None:
            return
        record = self.finder.record(self.doc)

        def answered(text: str) -> None:
            if text.strip() != (record["note"] or ""):
                self.change(changes.note(record["id"], text, self.lang))

        about = self.say("Ctrl-S keeps it, Esc does not; Ctrl-E opens your editor")
        title = self._ask("Note", [record["id"]])
        self.ask(Write(title, record["note"] or "", about, self._edited), answered)

    def _edited(self, text: str) -> str:
        with self.telling(), self.suspend():
            return self.open_desk().edited(text)
        return text

    def action_decide(self, verdict: Literal["accept", "reject"]) -> None:
        """Ask for a theme to assign, or for one of the talk's themes to exclude."""
        if not (ids := self.meant):
            return
        catalogue = self.finder.catalogue
        meant: dict[str, list[str]] = dict.fromkeys(catalogue.theme_parents, ids)
        if verdict == "reject":  # only the talks that have it
            themes = {one: catalogue.record(catalogue.doc(one))["themes"] for one in ids}
            meant = {
                theme: [one for one in ids if theme in themes[one]]
                for theme in dict.fromkeys(chain.from_iterable(themes.values()))
            }
        title = self._ask("File under a theme" if verdict == "accept" else "Take out of a theme", ids)
        names = [
            (
                one.id,
                f"{one.label(self.lang)}  {one.id}"
                + (f" ({len(meant[one.id])})" if len(ids) > 1 and verdict == "reject" else ""),
                " ".join((*map(str, one[1:3]), *one.terms.strong)),
            )
            for one in map(catalogue.themes.__getitem__, meant)
        ]
        self.ask(Pick(title, names), lambda theme: self.change(changes.decide(meant[theme], theme, verdict)))

    def action_undo(self) -> None:
        """Undo the last change."""
        self.change(changes.undo)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.change(changes.redo)

    def action_export(self) -> None:
        """Ask for a file, and write what is selected in the list, or all its talks."""
        count = len(self.picked) or self.found.total
        self._export_to(f"{self.say('Export')}: {self.say('{count} talks', count=count)}", "talks.bib")

    def _export_to(self, title: str, proposed: str) -> None:
        """Ask for the file; if it is there already, ask whether to replace it."""
        catalogue, found = self.finder.catalogue, self.found
        ids = self.picked

        def answered(name: str) -> None:
            if file := name.strip():
                path = Path(os.path.expanduser(file))  # noqa: PTH111 - never raises
                if path.is_file():  # not a folder or a pipe
                    choices = [("n", self.say("no, another file"), ""), ("y", self.say("yes"), file)]
                    question = self.say("the file exists; replace it?")
                    self.ask(
                        Choose(question, choices),
                        lambda yes: write(path) if yes else self._export_to(title, file),
                    )
                else:
                    write(path)

        def write(path: Path) -> None:
            docs = [*map(catalogue.doc, ids)] if ids else self._all_docs(found.total)
            try:
                done = changes.export(self.open_desk(), catalogue, docs, path)
            except MltalksError as error:
                self.tell(error.text(self.lang), wrong=True)
                self._export_to(title, str(path))
            else:
                self.tell(done.text(self.lang))

        about = self.say("a file; its ending chooses the format: .bib .ris .md .csv .json .toml .ics .db")
        self.ask(Ask(title, proposed, about), answered)

    def _all_docs(self, total: int) -> Sequence[int]:
        """Return all talks of the place in their order."""
        found = self.found
        return found.docs if len(found.docs) >= total else found.finder.find(found.place, total).docs
