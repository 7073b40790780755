"""Draws the screens of `mltalks browse` as SVG pictures for the documentation.

Does not use a terminal or a user's own data.
"""

import argparse
import asyncio
import re
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

import mltalks
from mltalks.browse.app import Browser
from mltalks.browse.panes import CALM
from mltalks.library import Library
from mltalks.messages import Lang
from mltalks.userdata.layers import Layers
from mltalks.userdata.store import UserStore
from mltalks.userdata.transaction import Transaction, transaction

PICTURES = Path(__file__).parents[1] / "docs" / "browse"
# The name, the size, the language, the query and the keys of each picture.
SHOWN: dict[str, tuple[tuple[int, int], Lang, str, str]] = {
    "talks": ((120, 34), "en", "model serving company:google,meta", "1 j j j tab j"),
    "growth": ((120, 24), "en", "year:2022..", "w"),
    "table": ((120, 24), "en", "", "2 c j j l l l"),
    "small": ((80, 24), "en", "kv cache", "2"),
    "japanese": ((120, 34), "ja", "特徴量ストア", "j"),
    "keys": ((100, 40), "en", "", "question_mark"),
}


class Desk:
    """The data of a folder, and the user data in another one, which need not exist."""

    def __init__(self, data: Path, own: Path, cache: Path) -> None:
        self.store = UserStore(own)
        self._paths = [data, own] if self.store.files() else [data]
        self.library: Library = mltalks.open(*self._paths, shipped=False, cache=cache)

    def data_paths(self) -> list[Path]:
        return self._paths

    def edited(self, text: str) -> str:
        return text

    def transaction(self, command: str) -> AbstractContextManager[Transaction]:
        return transaction(self.store, Layers.read(self.library.files[0], []), command)


async def picture(browser: Browser, size: tuple[int, int], keys: Sequence[str], title: str) -> str:
    """Return the screen after some keys as SVG."""
    async with browser.run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await asyncio.sleep(2 * CALM)
        await settled(pilot)
        return browser.export_screenshot(title=title)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is sought any more, and all that was found is drawn."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await asyncio.sleep(0.01)
        await pilot.pause()
    await pilot.pause()


def spaced(picture: str) -> str:
    """Return an SVG in which characters of two cells have their width, and not that of one."""
    cell = 12.2  # the width of a cell in what Rich draws, of a font of 20

    def fitted(found: re.Match[str]) -> str:
        return f'textLength="{cell * cell_len(unescape(found[3])):.1f}"{found[2]}>{found[3]}</text>'

    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>', fitted, picture)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=PICTURES)
    folder = parser.parse_args().folder
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, (size, lang, query, keys) in SHOWN.items():
            own, cache = Path(scratch) / "data", Path(scratch) / "cache"
            desk = partial(Desk, mltalks.shipped_data(), own, cache)
            browser = Browser(desk().library, desk, query, lang)
            title = f"mltalks browse {query}".strip()
            drawn = spaced(asyncio.run(picture(browser, size, keys.split(), title)))
            (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
