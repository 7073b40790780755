"""The page of a survey of all that is shipped, in Chromium: how well its search agrees with the command's, and how fast it is.

Usage: python -m benchmarks.page [--queries FILE ...]

Prints, for the queries of each file (tables [[queries]] with q), how far the first ten sessions of the page and those of
`mltalks search` are the same: over the queries of which the page knows every word, and over all. Then the size of the page,
how long it takes to write, how soon it is seen, and how soon a key stroke is answered.
"""

import argparse
import platform
import re
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

import mltalks
from benchmarks.measure import table
from benchmarks.relevance import QUERIES
from mltalks.library import Library
from mltalks.render.html.digits import DIGITS
from mltalks.render.html.page import page, unpacked
from mltalks.text.japanese.scripts import is_japanese_word
from mltalks.text.words.stop_words import STOP_WORDS
from mltalks.text.words.tokenizer import words

FIRST = 10  # sessions that are compared
ENOUGH = 0.8  # share of them that has to be the same
CLEAR = 1.05  # how many times the score of the second session the first one's is, where the first must be the same
CHROMIUM = "/usr/bin/chromium"
# What Chromium needs in a container without a network; see its list of command-line switches.
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROUNDS = 21
TYPED = ("latency serving", "レイテンシ", "kuberntes automl", "機械学習パイプライン", "microsoft")
PAINT = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
# From the event of a key to the frame after the one that shows the answer.
STROKE = """(text) => new Promise((done) => {
    const query = document.getElementById('query');
    query.value = text;
    const start = performance.now();
    query.dispatchEvent(new Event('input', { bubbles: true }));
    const answered = performance.now() - start;
    requestAnimationFrame(() => setTimeout(() => done([answered, performance.now() - start])));
})"""


# The first sessions that the page finds, as a person sees them.
ASK = """(text) => {
    const query = document.getElementById('query');
    query.value = text;
    query.dispatchEvent(new Event('input', { bubbles: true }));
    return [...document.querySelectorAll('#found li')].map((one) => one.dataset.id);
}"""


class Answer(NamedTuple):
    """The first sessions that command and page find for a query.

    `known`: the page knows every word of it. `clear`: the command's first session scores well above its second.
    """

    query: str
    command: tuple[str, ...]
    page: tuple[str, ...]
    known: bool
    clear: bool

    @property
    def shared(self) -> float:
        """The share of the sessions that both find, of those of the longer list."""
        longer = max(len(self.command), len(self.page))
        return len(set(self.command) & set(self.page)) / longer if longer else 1.0

    @property
    def same_first(self) -> bool:
        """Whether the first sessions are the same."""
        return self.command[:1] == self.page[:1]

    @property
    def agrees(self) -> bool:
        """Whether eight of the first ten are the same, and the first of all where it is clear."""
        return self.shared >= ENOUGH and (self.same_first or not self.clear)


def queries_of(file: Path) -> list[str]:
    """Return the queries of a file."""
    return [one["q"] for one in tomllib.loads(file.read_text("utf-8"))["queries"]]


def embedded(html: str) -> Any:
    """Return the data that a page holds for its script."""
    packed = re.findall(r'id="data"[^>]*>(.*?)</script>', html, re.DOTALL)[0]
    return unpacked(packed)


def known_words(html: str) -> set[str]:
    """Return the words that a page knows; single Japanese characters count for nothing, on the page as in the command."""
    data = embedded(html)["known"]
    known, word = set(STOP_WORDS), ""
    for coded, entry in zip(data["words"].split("|"), data["entries"].split(" "), strict=True):
        word = word[: DIGITS.index(coded[0])] + coded[1:]
        if entry:
            known.add(word)
    return known


def answers(library: Library, opened: Page, known: set[str], queries: Sequence[str]) -> Iterator[Answer]:
    """Yield what `mltalks search` and an open page of all sessions find for each query."""
    for query in queries:
        hits = library.search(query, limit=FIRST).hits
        scores = [hit.score for hit in hits]
        yield Answer(
            query,
            tuple(hit.session.id for hit in hits),
            tuple(opened.evaluate(ASK, query)[:FIRST]),
            known.issuperset(word for word in words(query) if len(word) > 1 or not is_japanese_word(word)),
            len(scores) == 1 or (len(scores) > 1 and scores[0] >= CLEAR * scores[1]),
        )


def agreement(name: str, found: Sequence[Answer]) -> list[str]:
    """Return a row of the table of `report`."""
    shares = (
        fmean(one.agrees for one in found),
        fmean(one.shared for one in found),
        fmean(one.same_first for one in found),
        fmean(one.shared == 1 for one in found),
    )
    return [name, str(len(found)), *(f"{share:.1%}" for share in shares)]


def report(library: Library, opened: Page, known: set[str], files: Sequence[Path]) -> str:
    """Return how well page and command agree, by file of queries."""
    rows = []
    every: list[Answer] = []
    for file in files:
        found = list(answers(library, opened, known, queries_of(file)))
        every += found
        rows += [
            agreement(f"{file.parent.name}/{file.name}, words known", [one for one in found if one.known]),
            agreement(f"{file.parent.name}/{file.name}, all", found),
        ]
    rows += [
        agreement("together, words known", [one for one in every if one.known]),
        agreement("together", every),
    ]
    head = ["queries", "number", "agree", "of the first ten the same", "same first", "all the same"]
    return table(head, rows) + "".join(
        f"\ndiffers: {one.query}\n  {' '.join(one.command)}\n  {' '.join(one.page)}"
        for one in every
        if one.known and not one.agrees
    )


def first_screens(browser: Browser, address: str) -> list[float]:
    """Return the milliseconds to the first contentful paint, each time in a context of its own."""
    found = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1100, "height": 900})
        opened = context.new_page()
        opened.goto(address)
        opened.wait_for_function(f"{PAINT}.length > 0")
        found += opened.evaluate(PAINT)
        context.close()
    return found


def key_strokes(browser: Browser, address: str) -> list[tuple[float, float]]:
    """Return for each key of some queries, typed one after another, the milliseconds of the answer and to its frame."""
    opened = browser.new_page(viewport={"width": 1100, "height": 900})
    opened.goto(address)
    opened.wait_for_timeout(500)  # a person does not type sooner
    strokes = [text[: end + 1] for text in TYPED for end in range(len(text))]
    return [tuple(opened.evaluate(STROKE, text)) for text in strokes]


def main() -> None:
    """Write the page, measure it and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page")
    parser.add_argument("--queries", type=Path, nargs="+", default=QUERIES, metavar="FILE")
    files = parser.parse_args().queries
    library = mltalks.open()
    survey = library.survey()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        start = time.process_time()
        text = page(library.catalogue, survey, "en")
        written = time.process_time() - start
        file = Path(folder) / "all.html"
        file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        opened = browser.new_page()
        opened.goto(file.as_uri())
        print(report(library, opened, known_words(text), files))
        screens = first_screens(browser, file.as_uri())
        strokes = key_strokes(browser, file.as_uri())
        print(f"Chromium {browser.version}, {platform.machine()}, {len(survey.sessions)} sessions")
        print(f"page: {file.stat().st_size / 1000:.0f} kB, written in {written:.1f} s of processor time")
        print(
            f"first contentful paint: median {median(screens):.0f} ms, worst {max(screens):.0f} ms of {len(screens)}"
        )
        for name, at in (("answer", 0), ("frame", 1)):
            times = sorted(one[at] for one in strokes)
            high = times[int(len(times) * 0.95)]
            print(
                f"key stroke to {name}: median {median(times):.1f} ms, 95 % {high:.1f} ms, worst {times[-1]:.1f} ms of {len(times)}"
            )
        browser.close()


if __name__ == "__main__":
    main()
