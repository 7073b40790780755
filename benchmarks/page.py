"""The page of a survey of all that is shipped, in Chromium: how soon it is seen, and how soon a key stroke is answered."""

import platform
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import mltalks
from mltalks.render.html.page import page

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
    library = mltalks.open()
    survey = library.survey()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "all.html"
        file.write_text(page(library.catalogue, survey, "en"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        screens = first_screens(browser, file.as_uri())
        strokes = key_strokes(browser, file.as_uri())
        print(f"Chromium {browser.version}, {platform.machine()}, {len(survey.sessions)} sessions")
        print(f"page: {file.stat().st_size / 1000:.0f} kB")
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
