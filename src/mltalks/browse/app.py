"""The application: what the keys do.

Does not lay out or fill the panes: `panes` does.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding

from mltalks.browse import drawing
from mltalks.browse.copying import copies
from mltalks.browse.crosstable import Cell, CrossTable
from mltalks.browse.editing import Editing
from mltalks.browse.keys import KEYS
from mltalks.browse.layout import PANES, WHOLE
from mltalks.browse.prompts import Choose, Keys, Pick
from mltalks.browse.rows import Rows
from mltalks.browse.state import FACETS, narrowed
from mltalks.messages import Listed

INTERRUPTED = 130
SMALLEST = 18  # cells of the facets


class Browser(Editing):
    """The application."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding(key.keys, key.action, key.about, show=False, priority=key.always) for key in KEYS
    ]

    async def run_action(self, *action: Any, **more: Any) -> bool:
        """Run the action of a key, and report what is wrong with what it was to do."""
        with self.telling():
            return await super().run_action(*action, **more)
        return True

    async def on_rows_entered(self) -> None:
        """Enter the row that was clicked."""
        await self.run_action("enter")

    def action_move(self, step: int) -> None:
        """Move the cursor, or scroll the talk."""
        if self.pane == "talk":
            self.talk.scroll_relative(y=step, animate=False)
        else:
            rows = self.facets if self.pane == "facets" else self.talks
            rows.cursor += step

    def action_page(self, step: int) -> None:
        """Move by a page."""
        widget = {"facets": self.facets, "talk": self.talk}.get(self.pane, self.talks)
        tall = widget.tall if isinstance(widget, Rows) else 1
        self.action_move(step * max(1, widget.size.height // tall - 1))

    def action_edge(self, step: int) -> None:
        """Move to the first or the last row."""
        if self.pane == "talks" and step > 0 and len(self.found.docs) < self.found.total:
            self.to_end = True
            self.seek(self.found.total)
        self.action_move(step * (self.found.total + len(self.values) + 10_000))

    def action_fold(self, step: int) -> None:
        """Fold or unfold the theme under the cursor; fold one without narrower ones, and the one above it is next."""
        value = self.value
        if self.pane != "facets" or value is None:
            return
        at = self.values.index(value)
        inner = at + 1 < len(self.values) and self.values[at + 1].depth > value.depth
        if step > 0:
            self.folded.discard(value.value)
        elif inner and value.value not in self.folded:
            self.folded.add(value.value)
        elif value.depth:
            above = [
                row
                for row, one in enumerate(self.shown_values[: self.facets.cursor])
                if one.depth < value.depth
            ]
            self.facets.cursor = above[-1]
            return
        self.fill_facets(value)

    def action_focus_next(self) -> None:
        """Go to the next pane."""
        self._step(1)

    def action_focus_previous(self) -> None:
        """Go to the pane before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        shown = [name for name in PANES if self.query_one(f"#{name}").is_on_screen]
        at = shown.index(self.pane) if self.pane in shown else -1
        self.action_pane(shown[(at + step) % len(shown)])

    def action_query(self) -> None:
        """Go to the query line, to the next word of it; the list shows what it finds."""
        if self.zoomed != "talks":
            self.zoom("")
        self.screen.set_focus(self.line)  # at once: the next key may be there already
        self.line.go_on()

    def action_leave(self) -> None:
        """Show all panes, and go to the talks."""
        self.zoom("")
        self.talks.focus()

    def action_zoom(self) -> None:
        """Show the pane with the focus alone, or all again."""
        self.zoom("" if self.zoomed or self.pane not in PANES else self.pane)

    def action_enter(self) -> None:
        """Narrow to the value, or read the talk."""
        if self.pane == "facets" and (value := self.value):
            already = [one.value for one in self.values if one.chosen] == [value.value]
            self._narrow([] if already else [value.value])
            self.talks.focus()
        elif self.pane == "talks" and self.doc is not None:
            self.talk.focus()
            self.zoom("talk")

    def action_select(self) -> None:
        """Select the talk, or narrow to this value as well."""
        if self.pane == "facets":
            if value := self.value:
                chosen = {one.value: None for one in self.values if one.chosen or one.value == value.value}
                if value.chosen:
                    del chosen[value.value]
                self._narrow([*chosen])
        elif self.doc is not None:
            session_id = self.finder.id(self.doc)
            if session_id in self.selected:
                del self.selected[session_id]
            else:
                self.selected[session_id] = None
            self.talks.redraw()
            self.talks.cursor += self.pane == "talks"
            self.title_panes()

    def _narrow(self, values: list[str]) -> None:
        wider = self.counted if self.counted_at == self.place.what else 0
        self.go(wider, query=narrowed(self.place.query, self.place.facet, values))

    async def action_back(self) -> None:
        """Go back to the place before; from a talk alone, to the talks."""
        if self.zoomed == "talk":
            self.action_leave()
        else:
            self._turn(self.walk.back)

    def _turn(self, turn: Callable[[], bool]) -> None:
        self.leave()
        if turn():
            self._typing = False
            self._arrive()
            self.action_pane(self.place.pane if self.place.pane in PANES else "talks")
        else:
            self.tell(self.say("there is no further place"))

    def action_distant(self) -> None:
        """Show also the talks that match far less well, or no longer."""
        self.leave()
        self.go(distant=not self.place.distant, talk=self.place.talk)

    def action_forward(self) -> None:
        """Go to the place that was left by `back`."""
        self._turn(self.walk.forward)

    def action_facet(self, number: int) -> None:
        """Show the values of another facet."""
        self.walk.place = self.place._replace(facet=FACETS[number])
        self.facets.focus()
        self.seek()

    def action_open(self, what: str) -> None:
        """Open a link of the talk."""
        import webbrowser

        record = None if self.doc is None else self.finder.record(self.doc)
        if record is None:
            return
        links = drawing.links(record)
        if not links:
            self.tell(self.say("this session has no link"))
            return
        if what not in links:
            self.tell(
                self.say("this session has no {what}; available: {links}", what=what, links=Listed([*links]))
            )
            return
        try:
            in_terminal = type(webbrowser.get()) is webbrowser.GenericBrowser
        except webbrowser.Error:
            self.tell(links[what])
            return
        if in_terminal:
            with self.suspend():
                webbrowser.open(links[what])
        else:
            webbrowser.open(links[what])
        self.tell(self.say("opening {address}", address=links[what]))

    def action_copy(self) -> None:
        """Ask what to copy, and copy it."""
        session = None if self.doc is None else self.finder.catalogue.session(self.doc)

        def copied(text: str) -> None:
            self.copy_to_clipboard(text)
            self.tell(self.say("copied: {text}", text=text))

        choices = [*copies(self.finder.catalogue, session, self.place, self.lang)]
        self.ask(Choose(self.say("Copy"), choices), copied)

    def action_grows(self) -> None:
        """Show first the values that grew most over the years, or order them as before."""
        self.walk.place = self.place._replace(grows=not self.place.grows)
        self.facets.cursor = 0
        self.values = ()
        self.facets.focus()
        self.seek()

    def action_table(self) -> None:
        """Show the talks as a cross-table, and narrow to the cell that is chosen."""
        found = self.found

        def chosen(cell: Cell) -> None:
            query = found.place.query
            for facet, value in cell:
                query = narrowed(query, facet, [value]) if value else query
            self.go(found.every, query=query)

        self.ask(
            CrossTable(
                self.place.facet,
                partial(found.finder.crosstab, found),
                lambda facet, value: found.finder.catalogue.label(facet, value, self.lang),
                self.lang,
            ),
            chosen,
        )

    def action_side(self, step: int) -> None:
        """Make the facets wider, or less wide until they are gone."""
        width = max(SMALLEST - 1, self.side_width) + step
        self.side = min(80, width) if width >= SMALLEST else 0
        self.arrange()

    def action_share(self, step: int) -> None:
        """Give the talk more space, or less."""
        self.share = max(0, min(WHOLE, self.share + step))
        self.arrange()

    def action_related(self) -> None:
        """Show the talks that are nearest to this one."""
        if self.doc is not None:
            self.go(related=self.finder.id(self.doc))

    def action_language(self) -> None:
        """Show everything in the other language."""
        self.lang = "en" if self.lang == "ja" else "ja"
        self.leave()
        self.label()
        self.seek()

    def action_command_palette(self) -> None:
        """Offer all that keys do, by what is typed."""
        if len(self.screen_stack) > 1:
            return  # a question is open
        names = [(key.action, f"{' '.join(key.names):<12} {self.say(key.about)}", "") for key in KEYS]
        self.ask(
            Pick(self.say("what to do?"), names), lambda action: self.call_later(self.run_action, action)
        )

    def action_keys(self) -> None:
        """Show all keys."""
        self.push_screen(Keys(self.lang))

    def action_end(self) -> None:
        """Quit, and return what is selected."""
        self.exit(tuple(self.selected))

    def action_interrupt(self) -> None:
        """Quit."""
        self.exit(None, return_code=INTERRUPTED)
