"""The panes of the screen: the query line, the values of a facet, the talks, one talk; they follow the walk.

Do not act on keys: `app` does.
"""

import gc
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import on, work
from textual.message import Message as Event
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from mltalks.browse import drawing
from mltalks.browse.finding import FIRST, Counts, Finder, Found, Value
from mltalks.browse.layout import Layout
from mltalks.browse.rows import Rows
from mltalks.browse.state import FACETS, PLURALS, Place, Walk
from mltalks.errors import MltalksError
from mltalks.messages import Lang, word
from mltalks.render.output import heading
from mltalks.search.index.postings import DocSet

if TYPE_CHECKING:
    from mltalks.analysis.explain_themes import Explanation
    from mltalks.browse.changes import Desk
    from mltalks.library import Library
    from mltalks.search.related import Related

NEAR = 5  # related talks beside a talk
CALM = 0.15  # seconds on a talk after which its reasons and neighbours are looked up
AHEAD = 50  # talks before the last ordered one at which more are ordered


class Seen(Event):
    """The talks of a place were found, and the values of its facet were counted if there are counts."""

    def __init__(self, found: Found, counts: Counts | None = None) -> None:
        super().__init__()
        self.found = found
        self.counts = counts


class Failed(Event):
    """A query cannot be read, or names something that does not exist; without a place, a change failed."""

    def __init__(self, place: Place | None, error: MltalksError) -> None:
        super().__init__()
        self.place = place
        self.error = error


class Explained(Event):
    """Why a talk has its themes, and what is near it."""

    def __init__(self, reasons: "Explanation", near: "Related") -> None:
        super().__init__()
        self.reasons = reasons
        self.near = near


class Panes(Layout):
    """The application without what its keys do."""

    def __init__(self, library: "Library", open_desk: "Callable[[], Desk]", query: str, lang: Lang) -> None:
        """Take the library to begin with, and a function that returns a desk over the data as they are when it is called."""
        super().__init__(query, lang)
        self.walk = Walk(Place(query))
        self.selected: dict[str, None] = {}
        self.open_desk = open_desk
        self.newest = Finder(library)
        self.found = self._nothing = Found(self.newest, self.walk.place)
        self.values: tuple[Value, ...] = ()
        self.counted: DocSet = 0  # the talks of the values
        self.counted_at: Place | None = None  # what they are the values of
        self.wider: DocSet = 0  # the talks that the place was narrowed from, until its own are found
        self.drawn: object = None  # the talk that is shown, of which finder and in which language
        self.folded: set[str] = set()
        self.one = Lock()  # one search at a time
        self.news = ""  # to be shown with the next talks
        self.to_end = False  # whether the cursor is to be on the last of them
        self._asked = 0
        self._typing = False
        self._later: Timer | None = None

    @property
    def finder(self) -> Finder:
        """The finder of the talks that are shown, which may be those before the last change."""
        return self.found.finder

    @property
    def place(self) -> Place:
        """Where the walk is."""
        return self.walk.place

    def continuations(self, typed: str, most: int) -> list[str]:
        """Return at most so many texts in which a query may go on."""
        return self.finder.continuations(typed, most)

    def on_mount(self) -> None:
        """Show the first talks."""
        self.label()
        self.talks.focus()
        self.app_resume_signal.subscribe(self, lambda _: self.refresh())  # the terminal has forgotten it
        self.seek()

    def label(self) -> None:
        """Write all that is in the language of the run."""
        super().label()
        self.title_panes()

    def title_panes(self) -> None:
        """Write what is in the panes above them."""
        facet = heading(PLURALS[self.place.facet], self.lang)
        grows = self.say("{facet}: growth of share", facet=facet)
        counted = self.counted if self.counted_at == self.place.what else self.found.every
        of_all = self.say("of {count} talks", count=f"{counted.bit_count():,}")
        wider = f" · {of_all}" if counted != self.found.every else ""
        self.facets.border_title = (grows if self.place.grows else f"{facet} 1-{len(FACETS)}") + wider
        if self.found is self._nothing:
            return
        total = self.found.total
        count = self.say("{count} talks", count=1 if total == 1 else f"{total:,}")
        here = len(self.picked)
        counts = {"{count} selected": here, "{count} selected elsewhere": len(self.selected) - here}
        selected = "".join(f" · {self.say(one, count=some)}" for one, some in counts.items() if some)
        near = f" · {self.say('near {id}', id=self.place.related)}" if self.place.related else ""
        self.talks.border_title = f"{count}{near}{selected}"

    @property
    def picked(self) -> list[str]:
        """The ids of the talks of the list that are selected; what was selected in another list is not on the screen."""
        doc = self.found.finder.catalogue.doc
        return [one for one in self.selected if self.found.every >> doc(one) & 1]

    # finding

    def go(self, wider: DocSet = 0, **changes: Any) -> None:
        """Go to another place, which may narrow some talks."""
        self._typing, self.wider = False, wider
        self.leave()
        self.walk.go(self.place._replace(talk=None, related=None)._replace(**changes))
        self._arrive()

    def leave(self) -> None:
        """Note the pane and the talk, for the way back."""
        talk = None if self.doc is None else self.finder.id(self.doc)
        self.walk.place = self.place._replace(pane=self.pane, talk=talk)

    def _arrive(self) -> None:
        if self.line.value != self.place.query:
            with self.prevent(Input.Changed):
                self.line.value = self.place.query
            self.line.cursor_position = len(self.place.query)
        self.seek()

    @on(Input.Changed, "#query")
    def on_typed(self) -> None:
        """Find what is typed; all that is typed at once is one place."""
        place = self.place._replace(query=self.line.value, talk=None, related=None)
        self.wider = 0
        if self._typing:
            self.walk.place = place
        else:
            self.leave()
            self.walk.go(place)
            self._typing = True
        self.seek()

    def seek(self, limit: int = FIRST) -> None:
        """Find the talks of the place in the background; what is under way is dropped."""
        self._asked = limit
        self.workers.cancel_group(self, "count")
        self._seek(self.place, limit)

    @work(thread=True, exclusive=True, group="seek")
    def _seek(self, place: Place, limit: int) -> None:
        worker, finder = get_current_worker(), self.newest
        with self.one:
            if worker.is_cancelled:
                return
            try:
                found = finder.find(place, limit)
                if worker.is_cancelled:
                    return
                self.post_message(Seen(found))
            except MltalksError as error:
                self.post_message(Failed(place, error))

    @work(thread=True, exclusive=True, group="count")
    def _count(self, found: Found) -> None:
        worker = get_current_worker()
        with self.one:
            if not worker.is_cancelled:
                self.post_message(Seen(found, found.finder.counts(found, self.lang)))

    def on_seen(self, event: Seen) -> None:
        """Show the talks that were found, unless the walk is elsewhere by now."""
        if event.found.place.what != self.place.what:
            return
        if event.counts is not None:
            if not self.values:
                gc.freeze()  # what is here stays, and looking through it again would hold up a key
            before = self.value
            self.counted, self.values = event.counts
            self.counted_at = self.place.what
            self.fill_facets(before)
            return
        self.found = event.found
        self.talks.fill(len(event.found.docs), self._draw_talk, self._row(event.found))
        notices = [one.text(self.lang) for one in event.found.notices]
        if more := (event.found.every & ~self.wider).bit_count() if self.wider else 0:
            notices.append(
                self.say("{count} of these talks are close only within this narrower query", count=more)
            )
        self.wider = 0
        self.tell(
            self.news
            or self.offered
            or " · ".join(notices)
            or ("" if event.found.total else self.say("nothing found"))
        )
        self.news, self.to_end = "", False
        self.call_after_refresh(self._count, event.found)  # the talks are drawn first
        self.title_panes()

    def _row(self, found: Found) -> int:
        """Return the row on which the cursor is to be: that of the talk of the place, if it is among those found."""
        if self.to_end:
            return len(found.docs) - 1
        talk = self.place.talk
        doc = found.finder.catalogue.index.sessions.doc(talk) if talk else None
        return found.docs.index(doc) if doc in found.docs else 0

    def on_failed(self, event: Failed) -> None:
        """Say what is wrong with the query; what was found before stays."""
        if event.place is None:
            self.tell(event.error.text(self.lang), wrong=True)
        elif event.place.what == self.place.what:
            self.tell(self.offered or event.error.text(self.lang), wrong=True)
            if self.found is not self._nothing:
                self.talks.border_title = self.say("still the talks before")

    def _draw_talk(self, at: int, width: int) -> list[Text]:
        doc = self.found.docs[at]
        record = self.finder.record(doc)
        return drawing.talk_row(
            self.finder.catalogue,
            record,
            self.found.hits.get(doc),
            self.lang,
            selected=record["id"] in self.selected,
            width=width,
            tall=self.talks.tall,
        )

    @property
    def shown_values(self) -> list[Value]:
        """The values of the facet that are not below a folded one."""
        return drawing.unfolded(self.values, self.folded)

    def fill_facets(self, before: Value | None) -> None:
        """Show the values of the facet, with the cursor on the one before."""
        values = self.shown_values
        most = max((one.talks for one in values), default=0)
        inner = {
            one.value
            for one, after in zip(self.values, self.values[1:], strict=False)
            if after.depth > one.depth
        }

        def draw(at: int, width: int) -> list[Text]:
            one = values[at]
            folded = one.value in self.folded if one.value in inner else None
            return drawing.value_row(one, most, width, folded=folded)

        at = next((at for at, one in enumerate(values) if before and one.value == before.value), 0)
        self.facets.fill(len(values), draw, at)
        self.title_panes()

    # what is under the cursor

    @property
    def offered(self) -> str:
        """How a filter that is being typed may go on."""
        return self.finder.offered(self.line.value) if self.pane == "query" else ""

    @property
    def value(self) -> Value | None:
        """The value of the facet under the cursor."""
        values = self.shown_values
        return values[self.facets.cursor] if self.facets.cursor < len(values) else None

    @property
    def doc(self) -> int | None:
        """The talk under the cursor."""
        at = self.talks.cursor
        return self.found.docs[at] if at < len(self.found.docs) else None

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the talk, or the years of the value, under the cursor."""
        if event.rows is self.facets:
            self._show_years()
            return
        at, known = self.talks.cursor, len(self.found.docs)
        self._show_talk()
        if self._asked <= known < self.found.total and at >= known - AHEAD:
            self.leave()
            self.seek(known * 10)

    def _show_talk(self) -> None:
        doc = self.doc
        shown = None if doc is None else self.finder.id(doc)
        if (self.finder, shown, self.lang) == self.drawn:
            return
        self.drawn = self.finder, shown, self.lang
        self.talk.border_title = shown
        record = None if doc is None else self.finder.record(doc)
        self.talk.show(self.finder.catalogue, record, self.lang)
        without = ("s",) if record is not None and "slides" not in drawing.links(record) else ()
        if without != self.without:
            self.without = without
            self.show_keys()
        if self._later:
            self._later.stop()
        if shown:
            self._later = self.set_timer(CALM, partial(self._explain, shown))

    def _show_years(self) -> None:
        value = self.value
        years = self.finder.years(self.place.facet, value.value, self.counted) if value else {}
        change = word(value.change, self.lang) if value and value.change in drawing.CHANGES else ""
        self.years.update(drawing.years_line(years, change), layout=False)

    @work(thread=True, exclusive=True, group="explain")
    def _explain(self, session_id: str) -> None:
        worker, library = get_current_worker(), self.finder.library
        with self.one:
            if worker.is_cancelled:
                return
            self.post_message(Explained(library.explain(session_id), library.related(session_id, NEAR)))

    def on_explained(self, event: Explained) -> None:
        """Add the reasons to the talk, if it is still the one under the cursor."""
        if self.doc is not None and self.finder.id(self.doc) == event.reasons.session.id:
            self.talk.add(self.finder.catalogue, event.reasons, event.near, self.lang)
