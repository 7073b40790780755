"""The screen of `mltalks browse`: what the keys do, what is drawn, and how it begins and ends on a terminal."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input

from mltalks import open as open_library, shipped_data
from mltalks.browse.app import Browser
from mltalks.browse.keys import FOOTERS, GROUPS, KEYS, footer
from mltalks.browse.panes import CALM
from mltalks.browse.rows import Rows
from mltalks.browse.state import Place, Walk, narrowed
from mltalks.messages import Lang, japanese
from scripts.pictures import Desk, settled
from tests.conftest import COMMAND, environment, shared_cache, shared_excerpt

GOLDEN = Path(__file__).parent / "golden" / "browse"
Play = Callable[[Browser, Pilot[Any]], Coroutine[Any, Any, None]]


def played(
    tmp_path: Path,
    play: Play,
    query: str = "",
    lang: Lang = "en",
    size: tuple[int, int] = (80, 24),
    data: Path | None = None,
) -> Browser:
    """Open the screen over the excerpt, play some keys, and return it after its end."""
    cache = tmp_path / "cache" if data else shared_cache()
    desk = partial(Desk, data or shared_excerpt(), tmp_path / "own", cache)
    browser = Browser(desk().library, desk, query, lang)

    async def run() -> None:
        async with browser.run_test(size=size) as pilot:
            await settled(pilot)
            await play(browser, pilot)

    asyncio.run(run())
    return browser


async def press(pilot: Pilot[Any], keys: str) -> None:
    """Press keys, and wait for what they find."""
    await pilot.press(*keys.split())
    await settled(pilot)


async def shows(browser: Browser, pilot: Pilot[Any], wanted: str) -> None:
    """Wait until the screen shows a text; a screen over the screen is laid out a little later."""
    for _ in range(100):
        if wanted in text(browser):
            return
        await pilot.pause(0.02)
    assert wanted in text(browser), text(browser)


def lines(browser: Browser) -> list[str]:
    """Return what the screen shows, a text for each line."""
    drawn: dict[int, str] = {}
    svg = browser.export_screenshot()
    for x, line, text in re.findall(r'<text[^>]* x="([\d.]+)"[^>]*-line-(\d+)\)">([^<]*)</text>', svg):
        at, before = round(float(x) / 12.2), drawn.get(int(line), "")
        drawn[int(line)] = before + " " * (at - cell_len(before)) + unescape(text).replace("\xa0", " ")
    return [drawn.get(number, "").rstrip() for number in range(browser.size.height)]


def text(browser: Browser) -> str:
    """Return what the screen shows."""
    return "\n".join(lines(browser)) + "\n"


def test_the_walk_goes_back_and_forward() -> None:
    walk = Walk(Place("drift"))
    walk.go(Place("drift company:Google", talk="a"))
    walk.go(Place("drift company:Google", talk="b"))  # the same place
    assert walk.back()
    assert walk.place == Place("drift")
    assert not walk.back()
    assert walk.forward()
    assert walk.place.query == "drift company:Google"
    assert (
        narrowed("kv OR cache", "company", ["Google Research"]) == '(kv OR cache) company:"Google Research"'
    )
    assert narrowed('kv company:a,"b c" year:2019', "company", []) == "kv year:2019"


# Each screen, and the keys that lead to it from the one before. Text and not SVG: a difference can be read, and is not one of
# the colours and numbers that another version of Textual or Rich writes. docs/browse has the pictures.
SCREENS = {
    "the talks": "j",
    "a talk alone": "enter",
    "its themes": "backspace x",
    "companies": "escape 2",
    "what grew": "w",
    "a cross-table": "c",
    "keys": "escape w 1 question_mark",
}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_screens_are_as_they_were_at_each_size(tmp_path: Path, lang: Lang) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        for width, height in ((120, 34), (80, 24), (60, 15)):
            await pilot.resize_terminal(width, height)
            drawn = ""
            for name, keys in SCREENS.items():
                await press(pilot, keys)
                await pilot.pause(2 * CALM)
                await settled(pilot)
                drawn += f"== {name}\n{text(browser)}"
                assert max(map(cell_len, lines(browser))) <= width
            file = GOLDEN / f"{width}-{lang}.txt"
            if os.environ.get("MLTALKS_WRITE_GOLDEN"):
                file.write_text(drawn, encoding="utf-8")
            assert drawn == file.read_text(encoding="utf-8")
            await press(pilot, "escape tab g")
        await pilot.resize_terminal(50, 12)
        await settled(pilot)
        await shows(browser, pilot, "60桁×15行" if lang == "ja" else "60 x 15")
        await pilot.resize_terminal(80, 24)
        await press(pilot, "G")
        assert browser.pane == "talks"  # which has the focus again
        assert browser.talks.cursor == len(browser.found.docs) - 1

    played(tmp_path, play, "inference", lang)


def test_the_year_is_seen_beside_a_wide_name(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await settled(pilot)
        rows = lines(browser)[2:13]
        assert any("バージ…" in one for one in rows)  # an organization with a wide name
        assert [one for one in rows if not re.search(r" 20\d\d[▁-█]?$", one)] == []

    played(tmp_path, play, "量子化", "ja", size=(60, 24), data=shipped_data())


def test_every_key_finds_narrows_and_marks(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        every = browser.found.total
        await press(pilot, "slash m o d e l enter")
        assert browser.place.query == "model"
        some = browser.found.total
        assert 0 < some < every
        await press(pilot, "2 enter")
        assert browser.place.query.startswith("model company:")
        assert browser.found.total < some
        assert str(browser.facets.border_title).endswith(
            f" · of {some} talks"
        )  # from which another one may be chosen
        company = browser.place.query
        await press(pilot, "2 j space")  # another company as well
        assert browser.place.query.startswith(f"{company},")
        assert sum(value.chosen for value in browser.values) == 2
        await press(pilot, "backspace")
        assert browser.place.query == company
        await press(pilot, "backspace")
        assert browser.place.query == "model"
        await press(pilot, "backspace right_square_bracket")
        assert browser.place.query == "model"
        browser.action_pane("talks")
        await press(pilot, "g space space G k")
        first = browser.finder.id(browser.found.docs[0])
        assert next(iter(browser.selected)) == first
        await shows(browser, pilot, "2 selected")
        await press(pilot, "g enter")
        await shows(browser, pilot, first)
        assert not browser.talks.is_on_screen
        await press(pilot, "backspace 1 left left tab z z")
        await press(pilot, "question_mark")
        await shows(browser, pilot, "fold the theme")
        await press(pilot, "escape slash")
        browser.line.value = "company:nowhere"
        await settled(pilot)
        await shows(browser, pilot, 'no company "nowhere"')
        browser.line.value = "("
        await settled(pilot)
        await press(pilot, "escape y q q")

    browser = played(tmp_path, play)
    assert browser.return_value == tuple(browser.selected)
    assert len(browser.selected) == 2


def test_a_link_is_opened_and_a_missing_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("webbrowser.get", lambda: None)

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "s v")
        await shows(browser, pilot, "this session has no video")
        await press(pilot, "y t")
        assert browser.clipboard == browser.finder.record(browser.found.docs[0])["title"]

    played(tmp_path, play, "id:opml19-katib")
    assert len(opened) == 1


def test_every_key_has_its_japanese_and_its_action() -> None:
    texts = {
        *GROUPS,
        *(key.about for key in KEYS),
        *(word for words in FOOTERS.values() for word in words.values()),
    }
    assert texts - set(japanese("messages")) == set()
    assert all(hasattr(Browser, f"action_{key.action.split('(')[0]}") for key in KEYS)
    assert {key.group for key in KEYS} == set(GROUPS)
    assert len({name for key in KEYS for name in key.names}) == sum(len(key.names) for key in KEYS)
    for pane, words in FOOTERS.items():
        assert [key for key, _, _ in footer(pane, "en", 300)] == [*words]
    shown = [key for key, _, _ in footer("talks", "en", 120)]
    assert {"?", "q", "e", "x", "u", "l"} <= {*shown}


def in_terminal(tmp_path: Path, line: str) -> "pexpect.spawn[str]":
    surrounding = environment(tmp_path, {"TERM": "xterm-256color"})
    surrounding["PATH"] = f"{COMMAND.parent}:{surrounding['PATH']}"
    return pexpect.spawn(
        "bash", ["-c", line], env=surrounding, encoding="utf-8", dimensions=(30, 100), timeout=30
    )


def test_what_is_selected_goes_to_a_pipe_and_ctrl_c_prints_nothing(tmp_path: Path) -> None:
    child = in_terminal(tmp_path, f"mltalks browse latency -o ids | sort > {tmp_path}/chosen")
    child.expect("answers|talks")
    child.setwinsize(10, 40)
    child.expect("60 x 15")
    child.setwinsize(30, 100)
    child.expect("quit")
    child.send(" q")
    child.expect(pexpect.EOF)
    assert re.fullmatch(r"[a-z]+\d\d-\S+\n", (tmp_path / "chosen").read_text())
    child = in_terminal(tmp_path, f"mltalks browse latency > {tmp_path}/nothing; echo code $?")
    child.expect("quit")
    child.send(" \x03")
    child.expect("code 130")
    assert (tmp_path / "nothing").read_text() == ""


def test_changes_are_shown_at_once_from_a_home_without_own_data(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf again >> "$1"\n')
    editor.chmod(0o755)
    own = tmp_path / "home" / ".local" / "share" / "mltalks" / "sessions.toml"
    child = in_terminal(tmp_path / "home", f"EDITOR={editor} mltalks browse id:opml19-katib")
    child.expect("opml19-katib.*AutoML")
    child.send("m")
    child.expect("to-watch")
    child.send("t")
    child.expect(": mark to-watch")
    child.send("8")
    child.expect("to-watch +1")  # among the marks
    for note in ("again", "againagain"):  # the second is added to the first
        child.send("n")
        child.expect("Ctrl-S")
        child.send("\x05")
        child.expect(note[1:])  # the cursor is on the first character
        child.send("\x13")
        child.expect(f": note {note}")
    child.send("u")
    child.expect("undone: note opml19-katib")
    elsewhere = [str(COMMAND), "tag", "opml19-katib", "elsewhere"]
    subprocess.run(elsewhere, env=environment(tmp_path / "home"), capture_output=True, check=True)
    child.expect("the data have changed")
    child.send("7")
    child.expect("elsewhere +1")
    child.send("q")
    child.expect(pexpect.EOF)
    assert 'note = "again"' in own.read_text()


def test_keys_that_are_typed_ahead_go_where_the_key_before_them_leads(tmp_path: Path) -> None:
    child = in_terminal(tmp_path, "mltalks browse")
    child.expect("518 talks|quit")
    child.send("/id:opml19-katib\r")
    child.expect("1 talk")
    child.send("tahead\r")
    child.expect("tags ahead")
    child.send(f"e{tmp_path}/none/x.bib\r")
    child.expect("cannot write")  # the question stays
    child.send(f"{tmp_path}/x.bib\r")  # in place of what is there
    child.expect("written to")
    child.send("q")
    child.expect(pexpect.EOF)
    assert "@" in (tmp_path / "x.bib").read_text(encoding="utf-8")
    tags = subprocess.run(
        [str(COMMAND), "tags"], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert tags.stdout == "tag\tahead\t1\n"


def test_keys_that_are_struck_twice_choose_once(tmp_path: Path) -> None:
    child = in_terminal(tmp_path, "mltalks browse")
    child.expect("518 talks|quit")
    child.send("/id:opml19-katib\r")
    child.expect("1 talk")
    for keys, seen in (
        ("mwj", "mark watched"),
        ("mt\r", "mark to-watch"),  # not that of the row under the cursor
        ("mwww", "mark watched"),
        ("aapplication\r\r", "now has the theme"),
        ("tcost\r\r", "tags cost"),
        ("yii", "copied: opml19-katib"),
    ):
        child.send(keys)
        child.expect(seen)
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_without_a_terminal_or_the_extra_there_is_one_line(tmp_path: Path) -> None:
    def failed(code: str, **more: str) -> tuple[int, str]:
        env = environment(tmp_path, {"TERM": "xterm", **more}, measured=False)
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False,
            start_new_session=True, timeout=60, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stderr

    run = "import sys; from mltalks.__main__ import main; sys.argv = ['mltalks', 'browse']; sys.exit(main())"
    told = "mltalks: error: browse needs a terminal; 'mltalks search' and 'mltalks list' print talks\n"
    assert failed(run) == (2, told)
    dumb = "mltalks: error: browse cannot draw on this terminal: TERM is not set, or dumb\n"
    assert failed(run, TERM="dumb") == (2, dumb)
    code, message = failed(f"import sys; sys.modules['textual'] = None; {run}")
    assert (code, message.count("\n")) == (1, 1)
    assert message == (
        "mltalks: error: browse needs the extra browse; "
        f"install it with: {sys.executable} -m pip install 'mltalks[browse]'\n"
    )


async def typed(pilot: Pilot[Any], keys: str, answer: str) -> None:
    """Press a key that asks, answer, and wait for what becomes of it."""
    await press(pilot, keys)
    pilot.app.screen.query_one(Input).value = answer
    await press(pilot, "enter")


def test_what_was_selected_in_another_list_is_neither_tagged_nor_exported(tmp_path: Path) -> None:
    own, exported = tmp_path / "own", tmp_path / "talks.bib"

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "space space")
        first, second = browser.selected
        await press(pilot, "slash")
        browser.line.value = f"NOT id:{first},{second}"
        await settled(pilot)
        await press(pilot, "enter")
        await shows(browser, pilot, "2 selected elsewhere")
        assert browser.doc is not None
        third = browser.finder.id(browser.doc)
        await typed(pilot, "t", "done")
        await shows(browser, pilot, f"{third}: tags done")
        assert (own / "sessions.toml").read_text().count('tags = ["done"]') == 1
        await press(pilot, "space")
        await typed(pilot, "e", str(exported))
        await shows(browser, pilot, "talks.bib: 1")
        await press(pilot, "slash")
        browser.line.value = "event:opml19"
        await settled(pilot)
        await press(pilot, "enter")
        await shows(browser, pilot, "2 selected")
        await typed(pilot, "t", "later")
        await shows(browser, pilot, f"{first}: tags later")
        assert (own / "sessions.toml").read_text().count("later") == 2
        await press(pilot, "q")
        assert [*browser.selected] == [first, second, third]

    played(tmp_path, play, "event:opml19", size=(120, 24))


def test_changes_are_those_of_the_commands_and_are_undone(tmp_path: Path) -> None:
    own, exported = tmp_path / "own", tmp_path / "talks.bib"

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "space space")
        first, second = browser.selected
        await typed(pilot, "t", "later")
        await shows(browser, pilot, f"{first}: tags later")
        assert (own / "sessions.toml").read_text().count('tags = ["later"]') == 2
        await press(pilot, "m t")
        await settled(pilot)
        await shows(browser, pilot, f"{first}: mark to-watch")
        await typed(pilot, "a", "cost")
        await shows(browser, pilot, f"{first} now has the theme")
        await press(pilot, "u")
        await shows(browser, pilot, "undone: accept")
        await press(pilot, "n")
        await pilot.press(*"read", "ctrl+s")
        await shows(browser, pilot, "note read")
        await press(pilot, "7 enter")
        assert browser.place.query == "event:opml19 tag:later"
        assert set(map(browser.finder.id, browser.found.docs)) == {first, second}
        await typed(pilot, "e", str(exported))
        await shows(browser, pilot, "sessions written to")
        assert exported.read_text().count("@") == 2
        with Desk(shared_excerpt(), own, shared_cache()).transaction("tag") as change:
            change.session(first)["tags"] = []
        browser.call_next(browser.look)
        await shows(browser, pilot, "the data have changed")
        await shows(browser, pilot, "1 talk ")
        (own / "broken.toml").write_text("[[sessions", encoding="utf-8")
        browser.call_next(browser.look)
        await shows(browser, pilot, "broken.toml")
        assert browser.found.total == 1
        await press(pilot, "r")
        assert browser.place.related
        await press(pilot, "l")
        await shows(browser, pilot, "に関連する発表")

    played(tmp_path, play, "event:opml19", size=(200, 24))


def test_what_cannot_be_read_is_told_and_ends_nothing(tmp_path: Path) -> None:
    """The keys that narrow, mark and open a cell meet a query that is not whole."""

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await shows(browser, pilot, "an unclosed quote")
        assert "before" not in text(browser)  # there are none
        browser.line.value = "inference"
        await settled(pilot)
        browser.line.value = 'inference "'
        await settled(pilot)
        await shows(browser, pilot, "still the talks before")
        await press(pilot, "2 enter space c enter")
        assert (
            browser.place.query == "inference company:Microsoft"
        )  # the cell is one of the talks that are shown

    played(tmp_path, play, 'drift "')


def test_the_cursor_stays_where_it_was(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        assert browser.doc is not None
        await press(pilot, "j j")
        talk = browser.finder.id(browser.doc)
        for _ in range(2):  # with the talks that match less well, and without
            await press(pilot, "A")
            assert browser.finder.id(browser.doc) == talk
        await press(pilot, "2 j j")
        assert browser.value
        company, before = browser.value.value, browser.value.talks
        await press(pilot, "enter")
        assert browser.value.value == company
        assert browser.value.chosen
        more = browser.found.total - before
        assert more == 0 or f"{more} of these talks are close only within this narrower query" in text(
            browser
        )
        for _ in browser.values:  # also of those that the query leaves out
            years = browser.finder.years("company", browser.value.value, browser.counted)
            assert sum(years.values()) == browser.value.talks
            await press(pilot, "2 j")
        await pilot.resize_terminal(40, 10)
        await settled(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert browser.pane == "facets"
        for _ in range(4):
            await press(pilot, "less_than_sign")
        assert browser.pane == "talks"  # the other one is gone

    played(tmp_path, play, "inference")


def test_a_terminal_that_is_too_small_takes_no_key_but_those_that_quit(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "m enter")  # a mark, which u would take back
        await press(pilot, "space space")
        marked = (tmp_path / "own" / "sessions.toml").read_text(encoding="utf-8")
        for width, height in ((50, 20), (80, 10)):
            await pilot.resize_terminal(width, height)
            await press(pilot, "tab shift+tab u slash t z z z enter x c question_mark ctrl+p")
            assert "60 x 15" in text(browser)
            assert (tmp_path / "own" / "sessions.toml").read_text(encoding="utf-8") == marked
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert browser.pane == "talks"
        assert browser.line.value == "inference"
        await pilot.resize_terminal(40, 10)
        await press(pilot, "slash q")

    assert len(played(tmp_path, play, "inference").return_value or ()) == 2


def test_a_slash_begins_another_word(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "slash g p u enter")
        assert browser.place.query == "event:opml19 gpu"
        await press(pilot, "slash escape slash x enter")
        assert browser.place.query == "event:opml19 gpu x"

    played(tmp_path, play, "event:opml19")


def test_a_talk_alone_fills_the_screen_and_loses_no_character(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        for width in (80, 98, 100, 110, 120):
            await pilot.resize_terminal(width, 24)
            await settled(pilot)
            space = browser.talk.scrollable_content_region.width
            assert {line.cell_length for line in browser.talk.lines} == {space}
        await press(pilot, "enter")
        assert browser.talk.size.height > 18
        assert browser.talk.size.width > 110
        for name in ("facets", "talks"):
            await press(pilot, "z")
            browser.action_pane(name)
            await press(pilot, "z")
            assert browser.screen_stack[0].query_one(f"#{name}").size.width > 110

    played(tmp_path, play, "inference")


def chosen_row(browser: Browser) -> str:
    """Return the row that is shown in reverse in a screen over the screen."""
    rows = browser.screen.query_one("#list", Rows)
    reverse = [
        "".join(part.text for part in line if part.style and part.style.reverse)
        for line in map(rows.render_line, range(rows.size.height))
    ]
    return "".join(reverse).strip()


def test_the_row_that_is_chosen_is_seen(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        for key, first, second in (
            ("x", "Hyperparameter search", ""),
            ("m", "w  watched", "t  to-watch"),
            ("y", "i  id", "t  title"),
            ("ctrl+p", f"{'j ↓':<13}the next row", f"{'k ↑':<13}the row before"),
            ("a", "", ""),
        ):
            await press(pilot, key)
            await pilot.pause()
            assert chosen_row(browser).startswith(f"›{first}")
            await press(pilot, "down")
            assert chosen_row(browser).startswith(f"›{second}")
            assert chosen_row(browser).count("watch") <= 1
            await press(pilot, "ctrl+p")  # one question at a time
            assert len(browser.screen_stack) == 2
            await press(pilot, "escape")
        await press(pilot, "ctrl+p")
        await pilot.press(*"all keys", "enter")
        await settled(pilot)
        await shows(browser, pilot, "the next row")
        box = browser.screen.query_one(VerticalScroll)
        for key, at in (("G", box.max_scroll_y), ("g", 0), ("pagedown", box.size.height), ("home", 0)):
            await press(pilot, key)
            assert box.scroll_y == at
        await press(pilot, "escape")
        assert browser.pane == "talks"

    played(tmp_path, play, "id:opml19-katib")


def test_a_theme_is_taken_from_those_that_have_it(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "space space")
        await typed(pilot, "x", "hyperparameter")
        await shows(browser, pilot, "opml19-katib no longer has the theme")

    played(tmp_path, play, "id:opml19-katib,opml19-dlis")
    decisions = (tmp_path / "own" / "decisions.toml").read_text()
    assert decisions.count("[[decisions]]") == 1
    assert "opml19-katib" in decisions


def test_an_export_asks_before_it_replaces_a_file(tmp_path: Path) -> None:
    file = tmp_path / "talks.csv"
    file.write_text("mine")

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await typed(pilot, "e", str(file))
        await shows(browser, pilot, "replace it?")
        await press(pilot, "n")
        assert pilot.app.screen.query_one(Input).value == str(file)  # to be changed
        await press(pilot, "enter")
        assert file.read_text() == "mine"
        await press(pilot, "y")
        await shows(browser, pilot, "sessions written to")

    played(tmp_path, play, "id:opml19-katib")
    assert "opml19-katib" in file.read_text()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_cross_table_shows_whole_columns_and_how_complete_its_events_are(
    tmp_path: Path, width: int
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    years = range(2017, 2026)
    records = (
        (EVENT + TALK.format("An event of a long name")).replace("24", str(year)[2:]) for year in years
    )
    (data / "all.toml").write_text("".join(records), encoding="utf-8")

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "c 3")
        await shows(browser, pilot, "events by years")
        await shows(browser, pilot, "it is not known of 9 events whether")
        (heads,) = [line for line in lines(browser) if line.split()[:1] == ["all"]]
        assert re.fullmatch(r"\s+all(\s+20\d\d)+\s*", heads), heads
        assert len(heads.split()) - 1 == (9 if width >= 80 else 7)

    played(tmp_path, play, size=(width, 30), data=data)


def test_a_query_is_completed_ordered_and_tabled(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        browser.line.value = "company:mic"
        await settled(pilot)
        await shows(browser, pilot, "company:microsoft  company:microsoft-azure\n")  # what it may be
        browser.line.cursor_position = 99
        await shows(browser, pilot, "company:microsoft\n")
        await press(pilot, "tab enter")
        assert browser.place.query == "company:microsoft"
        await press(pilot, "1 w")
        assert all(value.years for value in browser.values)
        await press(pilot, "c")
        await shows(browser, pilot, "themes by years")
        await press(pilot, "c 2")
        await shows(browser, pilot, "companies by themes")
        await press(pilot, "c l j k")
        await shows(browser, pilot, "companies by companies")
        await press(pilot, "enter")
        assert browser.place.query == "company:Microsoft"
        await press(pilot, "minus minus minus minus minus less_than_sign less_than_sign less_than_sign")
        assert "themes" not in text(browser)
        await press(pilot, "plus greater_than_sign")
        await shows(browser, pilot, "themes")

    played(tmp_path, play)


EVENT = "[[events]]\nid = 'x24'\nname = 'X 2024'\nseries = 'X'\nyear = 2024\n"
TALK = "[[sessions]]\ntitle = '{0}'\nsummary = '{0}'\nevent = 'x24'\nid = 'x24-a'\nkind = 'talk'\n"


@pytest.mark.parametrize("talks", ["", TALK.format("長い word " * 1400)])
def test_no_talk_and_a_very_long_one_are_shown(tmp_path: Path, talks: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "all.toml").write_text(EVENT + talks, encoding="utf-8")

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(
            pilot, "j G 2 enter tab enter pagedown escape s r backspace w c escape x escape n escape y escape"
        )
        assert browser.found.total == bool(talks)
        assert max(map(cell_len, lines(browser))) <= 80

    played(tmp_path, play, data=data)


@pytest.mark.parametrize("damaged", [True, False])
def test_a_cache_that_cannot_be_read_is_done_without(tmp_path: Path, damaged: bool) -> None:
    data, cache = tmp_path / "data", tmp_path / "cache"
    data.mkdir()
    (data / "all.toml").write_text(EVENT + TALK.format("a word"), encoding="utf-8")
    if damaged:
        file = open_library(data, shipped=False, cache=cache).compile()
        content = file.read_bytes()
        file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    else:
        cache.write_text("no folder")

    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "slash w o r d enter")
        assert browser.found.total == 1
        await press(pilot, "m w")
        await shows(browser, pilot, "x24-a: mark watched")
        await press(pilot, "8 enter")
        assert browser.place.query == "word mark:watched"
        assert browser.found.total == 1

    played(tmp_path, play, data=data)


def test_a_broken_file_is_reported_before_the_screen_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "sessions.toml").write_text("[[sessions", encoding="utf-8")
    child = in_terminal(tmp_path, f"mltalks browse --data {tmp_path}/sessions.toml; echo code $?")
    child.expect(pexpect.EOF)
    shown = child.before or ""
    assert "sessions.toml:1: " in shown
    assert shown.endswith("\r\ncode 3\r\n")
    assert "\x1b[?1049h" not in shown  # the screen of a terminal


def test_the_shell_is_there_for_a_while(tmp_path: Path) -> None:
    child = in_terminal(tmp_path, "exec bash --norc -i")
    child.sendline("mltalks browse id:opml19-katib")
    child.expect("opml19-katib.*AutoML")
    child.send("\x1a")
    child.expect("Stopped")
    child.sendline("fg")
    child.expect("AutoML")
    child.send("q")
    child.expect("[#$] ")
    child.sendline("echo code $?")
    child.expect("code 0")
    child.sendline("exit")
    child.expect(pexpect.EOF)


def test_a_search_from_a_talk_alone_shows_the_list(tmp_path: Path) -> None:
    async def play(browser: Browser, pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        assert browser.zoomed == "talk"
        await press(pilot, "slash k a t i b enter")
        await settled(pilot)
        assert not browser.zoomed
        assert browser.pane == "talks"

    played(tmp_path, play, "event:opml19", size=(100, 30))
