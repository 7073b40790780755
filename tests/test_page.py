"""The page of a survey in a real browser: search, filters, two languages, keyboard, offline, safety."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

import mltalks as library
from benchmarks.page import answers, embedded, known_words, queries_of
from benchmarks.relevance import read_words
from mltalks.render.html.page import page
from tests.conftest import ROOT, Run, shipped_library
from tests.test_survey import HOSTILE, LONG, OWN

SCREENSHOTS = ROOT / "build" / "screenshots"
PHONE = {"width": 375, "height": 812}
LARGEST = 3_200_000  # bytes
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

QUERIES = {
    "all": "",
    "opml19": "event:opml19",
    "opml20": "event:opml20",
    "empty": "year:1999",
    "single": "id:opml19-katib",
    "own": "event:own26",
    "bare": "id:own26-plain",
}


class Pages(dict[str, Path]):
    """The pages that the tests look at, each written when it is first asked for.

    Those that are searched as the command searches, or need more sessions, are of the whole catalogue; the others of the excerpt.
    """

    def __init__(self, folder: Path, excerpt: Path) -> None:
        self.folder = folder
        own = folder / "own.toml"
        own.write_text(OWN, encoding="utf-8")
        self.with_own = library.open(excerpt, own, shipped=False)

    def __missing__(self, name: str) -> Path:
        loaded = shipped_library() if name in ("all", "opml20") else self.with_own
        self[name] = self.folder / f"{name}.html"
        self[name].write_text(page(loaded.catalogue, loaded.survey(QUERIES[name]), "en"), encoding="utf-8")
        return self[name]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, excerpt: Path) -> Pages:
    return Pages(tmp_path_factory.mktemp("pages"), excerpt)


class Visits:
    """Opens pages, each in a context of its own, and notes what they request and what goes wrong."""

    def __init__(self, browser: Browser, pages: Pages) -> None:
        self.browser, self.pages = browser, pages
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []
        self.requests: list[str] = []

    def __call__(self, name: str, **settings: Any) -> Page:
        context = self.browser.new_context(**{"viewport": {"width": 1100, "height": 900}, **settings})
        self.contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: self.errors.append(message.text))
        opened.on("pageerror", lambda error: self.errors.append(str(error)))
        opened.on("dialog", self.dismiss)
        opened.on("request", lambda request: self.requests.append(request.url))
        opened.goto(self.pages[name].as_uri())
        if settings.get("java_script_enabled", True):
            opened.locator("#tools").wait_for()  # the script has unpacked its data
        return opened

    def dismiss(self, dialog: Dialog) -> None:
        self.errors.append(dialog.message)
        dialog.dismiss()

    def check(self) -> None:
        """Check that only the page was requested and that it had no errors."""
        assert self.errors == []
        assert self.requests
        assert {Path(url.partition("#")[0]).name for url in self.requests} <= {
            f"{name}.html" for name in QUERIES
        }
        assert all(url.startswith("file://") for url in self.requests)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, pages: Pages) -> Iterator[Visits]:
    """Open a page; at the end, check what it did (see `Visits.check`)."""
    visits = Visits(browser, pages)
    yield visits
    visits.close()
    visits.check()


@pytest.fixture(scope="module")
def searched(browser: Browser, pages: Pages) -> Iterator[tuple[Visits, Page]]:
    """The page of all sessions, opened once, as a person does who searches again and again."""
    visits = Visits(browser, pages)
    yield visits, visits("all")
    visits.close()


@pytest.fixture
def whole(searched: tuple[Visits, Page]) -> Iterator[Page]:
    """Return the page of all sessions for tests that only search it; at the end, check what it did."""
    visits, opened = searched
    yield opened
    visits.check()


# The ids of all sessions that are found; the button is clicked here, which takes a tenth of the time of a mouse.
ALL_FOUND = """() => {
    const more = document.getElementById("more");
    while (more.checkVisibility()) more.click();
    return [...document.querySelectorAll('#found li')].map((one) => one.dataset.id);
}"""


# The filters that are not as they should be, and the number of the option to choose; the first option is for no filter.
OTHERWISE = r"""(chosen) => Object.entries(chosen).map(([name, label]) => {
    const { options } = document.getElementById(name);
    const is = (one) => one.innerText.trim().replace(/ \(\d+\)$/, "") === label;
    return [name, label ? [...options].findIndex(is) : 0];
}).filter(([name, index]) => document.getElementById(name).selectedIndex !== index)"""


def found(opened: Page, query: str, **filters: str) -> list[str]:
    """Return the ids of all sessions that the page finds, in order."""
    opened.fill("#query", query)
    chosen = {f"by-{name}": filters.get(name, "") for name in ("theme", "company", "year", "kind")}
    for name, index in opened.evaluate(OTHERWISE, chosen):
        opened.locator(f"#{name}").select_option(index=index)
    if opened.locator("#more").is_visible():
        opened.click("#more")
    return shown(opened)


def shown(opened: Page) -> list[str]:
    """Return the ids of all sessions of the list, in order."""
    ids: list[str] = opened.evaluate(ALL_FOUND)
    return ids


def test_the_page_finds_what_the_command_finds(whole: Page, pages: Pages) -> None:
    known_to_page = known_words(pages["all"].read_text(encoding="utf-8"))
    queries = queries_of(ROOT / "tests" / "data" / "queries.toml")
    found(whole, "")  # no filter
    agreement = list(answers(shipped_library(), whole, known_to_page, queries))
    known = [one for one in agreement if one.known]
    assert len(known) > 80
    assert fmean(one.agrees for one in known) >= 0.95
    assert fmean(one.agrees for one in agreement) >= 0.93
    assert fmean(one.shared for one in agreement) >= 0.945


@pytest.mark.parametrize(
    "query",
    [
        "latencey",  # a typo
        "kuberntes automl",
        "codesigning",  # an inflection that no session has
        "quantiz",  # a beginning
        "ＭＩＣＲＯＳＯＦＴ inference",
        "サーバー",
        "auto ml",
        "featurestore",
        "プルーニング",
        "機械学習パイプライン",
        "分散機械学習",
    ],
)
def test_variants_are_found_like_the_command_finds_them(whole: Page, mltalks: Run, query: str) -> None:
    command = mltalks("search", query, "-o", "ids").out.split()
    on_page = found(whole, query)
    assert on_page[0] in command[:3]
    assert command[0] in on_page[:3]
    assert len(set(on_page[:10]) & set(command[:10])) >= 0.7 * min(10, len(command))
    assert abs(len(on_page) - len(command)) <= max(2, 0.35 * len(command))


def test_a_page_of_some_sessions_ranks_them_like_the_command(visit: Visits, mltalks: Run) -> None:
    opened = visit("opml20")
    for query in ("model monitoring", "監視", "drift detection"):
        assert found(opened, query) == mltalks("search", f"{query} event:opml20", "-o", "ids").out.split()


def test_a_typo_is_corrected_with_a_notice(whole: Page) -> None:
    found(whole, "latencey")
    assert whole.inner_text("#notice") == 'No session says "latencey"; showing "latency".'
    found(whole, "latency")
    assert not whole.locator("#notice").is_visible()


def test_the_close_answers_are_shown_first_and_the_rest_on_demand(whole: Page, mltalks: Run) -> None:
    query = "drift detection in production"
    close = found(whole, query)
    assert whole.inner_text("#status") == f"{len(close)} close answers"
    rest = mltalks("search", query, "--all", "-o", "ids").out.split()
    assert whole.inner_text("#distant") == f"Show all {len(rest)}"
    whole.click("#distant")
    assert whole.evaluate("document.activeElement.id") == "query"
    assert whole.inner_text("#status") == f"{len(rest)} sessions found"
    assert not whole.locator("#distant").is_visible()
    assert sorted(shown(whole)) == sorted(rest)
    assert shown(whole)[: len(close)] == close
    whole.press("#query", "Escape")
    assert found(whole, query) == close


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("umbrella", 'No session says "umbrella".'),
        ("poker", 'No session says "poker"; near in spelling: power.'),  # an English word is no typo
        ("iphone", 'No session says "iphone"; near in spelling: phone.'),  # another first letter is none
        ("mlflow", 'No session says "mlflow"; near in spelling: lflow, rlflow.'),  # no session has "ml flow"
        ("学", '"学" is too short to search for; type a longer word'),
        ("pizza", 'No session says "pizza".'),
    ],
)
def test_for_a_word_that_no_session_says_nothing_is_shown(whole: Page, query: str, notice: str) -> None:
    assert found(whole, query) == []
    assert whole.inner_text("#status") == "No session matches these words and filters."
    assert whole.inner_text("#notice") == notice


def test_the_page_is_silent_for_the_words_for_which_the_command_is(whole: Page) -> None:
    absent = read_words(ROOT / "tests" / "data" / "absent.txt")
    with_hits = {word for word in absent if shipped_library().search(word, limit=1).hits}
    assert {word for word in absent if found(whole, word)} == with_hits


def test_a_word_that_no_session_says_does_not_hide_what_the_others_find(whole: Page, mltalks: Run) -> None:
    command = mltalks("search", "umbrella latency", "-o", "ids").out.split()
    assert found(whole, "umbrella latency")[:5] == command[:5]
    assert found(whole, "what to do about the latency") == found(
        whole, "latency"
    )  # stop words count for nothing


def test_a_hit_shows_its_matches(whole: Page) -> None:
    found(whole, "カフカ")
    assert "kafka for カフカ" in whole.inner_text("#found li >> nth=0")
    assert whole.inner_text("#found li mark >> nth=0").lower() == "kafka"


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        ({"theme": "ML pipelines"}, "theme:pipelines"),
        ({"company": "Microsoft", "year": "2019"}, "company:microsoft year:2019"),
        ({"kind": "keynote"}, "kind:keynote"),
        ({"theme": "Model serving and latency", "company": "Google", "year": "2026", "kind": "paper"},
         "theme:serving-latency company:google year:2026 kind:paper"),
    ],
)  # fmt: skip
def test_the_filters_are_those_of_the_command(
    whole: Page, mltalks: Run, filters: dict[str, str], query: str
) -> None:
    assert sorted(found(whole, "", **filters)) == sorted(mltalks("list", query, "-o", "ids").out.split())
    assert whole.locator("#status").inner_text()


def test_the_search_is_kept_in_the_address(visit: Visits) -> None:
    opened = visit("opml19")
    opened.fill("#query", "latency")
    opened.select_option("#by-company", label="Microsoft (5)")
    assert opened.url.endswith("#?q=latency&company=Microsoft")
    other = visit("opml19")
    other.goto(opened.url + "&lang=ja")
    assert other.locator("#found li").count() == opened.locator("#found li").count() == 2
    assert other.evaluate("document.documentElement.lang") == "ja"
    opened.go_back()
    assert opened.input_value("#query") == "latency"
    assert opened.input_value("#by-company") == ""
    opened.go_back()
    assert (opened.input_value("#query"), opened.locator("#found li").count()) == ("", 0)


def test_every_hit_shows_its_speakers_and_why_it_was_found(whole: Page) -> None:
    for query in ("latency", "kubernetes", "deployment", "feature store", "推論"):
        found(whole, query)
        for hit in whole.locator("#found li").all()[:20]:
            assert hit.locator("mark").count() or ":" in (hit.text_content() or ""), (query, hit.inner_text())
    found(whole, "stoica")
    assert all("Ion Stoica" in hit.inner_text() for hit in whole.locator("#found li").all())


def test_filters_begin_with_what_most_sessions_have(whole: Page) -> None:
    for name in ("company", "kind"):
        labels = whole.locator(f"#by-{name} option").all_text_contents()[1:]
        counts = [int(label.rpartition("(")[2].rstrip(")")) for label in labels]
        assert counts == sorted(counts, reverse=True)


def test_an_empty_result_has_a_message_and_escape_clears_the_search(visit: Visits) -> None:
    opened = visit("opml19")
    assert found(opened, "qqqqqqqqqq") == []
    assert opened.inner_text("#status") == "No session matches these words and filters."
    opened.focus("#query")
    opened.keyboard.press("Escape")
    assert opened.inner_text("#status") == "28 sessions"


def test_the_language_is_switched_without_a_reload(visit: Visits) -> None:
    opened = visit("opml19")
    opened.evaluate("window.here = true")
    found(opened, "latency", theme="Model serving and latency")
    english = opened.inner_text("#en-main")
    opened.click("#to-ja")
    assert opened.evaluate("window.here")
    assert opened.get_attribute("html", "lang") == "ja"
    assert opened.title() == "サーベイ: USENIX OpML '19"
    assert opened.locator("#ja-main").is_visible()
    assert not opened.locator("#en-main").is_visible()
    assert opened.get_attribute("#to-ja", "aria-pressed") == "true"
    assert opened.inner_text("#status").startswith("関連度の高い発表: ")
    assert "件すべてを表示" in opened.inner_text("#distant")
    assert "モデルサービング" in opened.evaluate(
        "document.querySelector('#by-theme').selectedOptions[0].text"
    )
    opened.click("#to-en")
    assert opened.inner_text("#en-main") == english


@pytest.mark.slow
def test_both_languages_state_the_same_numbers(pages: Pages) -> None:
    text = pages["opml20"].read_text(encoding="utf-8")
    english, _, japanese = text.partition('<main class="of-ja"')
    cells = [re.findall(r'<td class="n">([^<]*)</td>', part) for part in (english, japanese)]
    assert cells[0] == cells[1]
    assert len(cells[0]) > 100


def ground(opened: Page) -> str:
    return str(opened.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_system_and_the_switch(visit: Visits, scheme: Any) -> None:
    opened = visit("opml20", color_scheme=scheme)
    light, dark = "rgb(255, 255, 255)", "rgb(15, 20, 25)"
    assert ground(opened) == (dark if scheme == "dark" else light)
    opened.click("#to-dark")
    assert ground(opened) == (light if scheme == "dark" else dark)
    assert opened.get_attribute("#to-dark", "aria-pressed") == str(scheme == "light").lower()


def focused(opened: Page) -> str:
    return str(opened.evaluate("document.activeElement.id || document.activeElement.className"))


def test_all_of_it_is_done_by_keyboard(visit: Visits) -> None:
    opened = visit("opml19")
    opened.keyboard.press("Tab")
    assert "skip" in focused(opened)
    assert opened.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#en-main"
    opened.keyboard.press("/")
    assert focused(opened) == "query"
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    opened.keyboard.type("microsoft")
    assert opened.locator("#found li").count() == 5
    for name in ("theme", "company", "year", "kind"):
        opened.keyboard.press("Tab")
        assert focused(opened) == f"by-{name}"
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('#found') !== null")
    opened.focus("#to-ja")
    opened.keyboard.press("Space")
    assert opened.get_attribute("html", "lang") == "ja"
    opened.focus("#ja-main summary >> nth=0")
    before = opened.evaluate("document.activeElement.parentElement.open")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.parentElement.open") != before


@pytest.mark.parametrize("name", ["all", "opml19", "own", "empty"])
def test_axe_finds_nothing_wrong(visit: Visits, name: str) -> None:
    opened = visit(name, color_scheme="light")
    if name != "all":
        opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    light, dark = SCHEMES
    ways: list[tuple[Literal["light", "dark"], str, str]] = [(light, "en", "ja"), (dark, "ja", "en")]
    # The colours of a part do not depend on its language, nor its structure on the colours.
    if name in ("own", "empty"):
        ways += [(dark, "en", "ja"), (light, "ja", "en")]
    for scheme, lang, hidden in ways:
        opened.emulate_media(color_scheme=scheme)
        opened.click(f"#to-{lang}")
        if name != "empty":
            opened.fill("#query", "serving")
        # No rule looks at what is hidden, but axe takes a fifth of its time to find that out.
        assert not opened.locator(f"#{hidden}-main").is_visible()
        run = Axe().run(opened, {"exclude": [[f"#{hidden}-main"]]}, {"resultTypes": ["violations"]})
        violations = run.response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in violations] == []


@pytest.mark.slow
def test_headings_are_in_order(pages: Pages) -> None:
    class Headings(HTMLParser):
        levels: list[int]

        def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
            if re.fullmatch("h[1-6]", tag):
                self.levels.append(int(tag[1]))

    parser = Headings()
    parser.levels = []
    parser.feed(pages["opml19"].read_text(encoding="utf-8"))
    assert parser.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(parser.levels, parser.levels[1:], strict=False))


def test_every_chart_shows_the_numbers_of_its_table(whole: Page) -> None:
    charts = whole.evaluate(
        """() => [...document.querySelectorAll('#en-main figure.picture')].map((figure) => ({
            drawn: [...figure.querySelectorAll('svg .number, svg .in, svg .value')].map((one) => one.textContent.trim()),
            rows: [...figure.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td.n')].map((one) => one.textContent)),
            below: [...figure.querySelectorAll('svg .total')].map((one) => one.textContent),
            panels: figure.querySelector('.panels') !== null,
            heat: figure.querySelector('svg .cell') !== null,
        }))"""
    )
    assert len(charts) >= 8
    assert sum(one["panels"] for one in charts) == 1
    assert sum(one["heat"] for one in charts) == 1
    for one in charts:
        if one["panels"]:
            expected = [cell for row in one["rows"][1:] for cell in row]
            totals = [f"/{cell}" for cell in one["rows"][0]]
            assert one["below"] == totals * (
                len(one["rows"]) - 1
            )  # a number says little without that of its year
        elif one["heat"]:
            expected = [cell if cell != "0" else "·" for row in one["rows"] for cell in row]
        else:
            expected = [row[0] for row in one["rows"][: len(one["drawn"])]]
        assert one["drawn"] == expected


@pytest.mark.parametrize("name", ["all", "opml19", "own"])
def test_it_fits_a_phone(visit: Visits, name: str) -> None:
    opened = visit(name, viewport=PHONE, device_scale_factor=2, has_touch=True)
    for lang in ("en", "ja"):
        opened.click(f"#to-{lang}")
        opened.fill("#query", "serving")
        assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        opened.screenshot(path=SCREENSHOTS / f"{name}-phone-{lang}.png", full_page=name != "all")


def test_it_is_kept_as_pictures(visit: Visits) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for name in ("all", "opml19", "opml20"):
        opened = visit(name, color_scheme="light")
        pictures = []
        for scheme in SCHEMES:
            opened.emulate_media(color_scheme=scheme)
            file = SCREENSHOTS / f"{name}-{scheme}.png"
            pictures.append(opened.screenshot(path=file, full_page=name != "all"))
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)
        assert pictures[0] != pictures[1]


def test_in_print_all_is_open_and_the_search_is_gone(visit: Visits) -> None:
    opened = visit("opml20", color_scheme="dark")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    assert opened.pdf(path=SCREENSHOTS / "opml20.pdf").startswith(b"%PDF")
    opened.emulate_media(media="print", color_scheme="dark")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not opened.locator("#search").is_visible()
    assert not opened.locator("#tools").is_visible()
    assert opened.locator("#en-main table").last.is_visible()
    assert opened.locator("#en-main .talks li").first.is_visible()
    assert ground(opened) == "rgb(255, 255, 255)"
    opened.screenshot(path=SCREENSHOTS / "opml20-print.png", full_page=True)


def test_without_its_script_the_survey_can_be_read(visit: Visits) -> None:
    opened = visit("opml19", java_script_enabled=False)
    assert opened.locator("#en-main").is_visible()
    assert not opened.locator("#search").is_visible()
    assert opened.locator("noscript").is_visible()


def test_hostile_names_are_shown_as_text(visit: Visits, pages: Pages) -> None:
    opened = visit("own")
    assert opened.locator("script").count() == 2
    assert opened.locator("b").count() == 0
    assert HOSTILE in opened.inner_text("#en-main")
    assert LONG in opened.inner_text("#en-main")
    assert found(opened, "alert") == ["own26-hostile"]
    assert HOSTILE in opened.inner_text("#found")
    assert found(opened, "", company=LONG) == ["own26-hostile"]
    assert "{{ 7*7 }}" in opened.inner_text("#en-main")
    assert "49" not in re.findall(r">([^<]*)<", pages["own"].read_text(encoding="utf-8"))


def test_the_policy_lets_no_other_script_run(visit: Visits) -> None:
    opened = visit("opml20")
    policy = opened.get_attribute("meta[http-equiv]", "content") or ""
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]


def test_an_empty_survey_has_a_message(visit: Visits) -> None:
    opened = visit("empty")
    assert "nothing found" in opened.inner_text("#en-main")
    assert not opened.locator("#search").is_visible()
    opened.click("#to-ja")
    assert "見つかりませんでした" in opened.inner_text("#ja-main")


@pytest.mark.parametrize(("name", "of"), [("single", "opml19-katib"), ("bare", "own26-plain")])
def test_one_session(visit: Visits, name: str, of: str) -> None:
    opened = visit(name)
    assert opened.inner_text("#status") == "1 session found"
    assert found(opened, "") == [of]


@pytest.mark.slow
def test_the_whole_catalogue_stays_small(pages: Pages) -> None:
    assert pages["all"].stat().st_size < LARGEST
    text = pages["all"].read_text(encoding="utf-8")
    assert len(embedded(text)["sessions"]) == 518


@pytest.mark.slow
def test_a_link_leads_to_http_only_and_nothing_is_loaded(pages: Pages) -> None:
    text = pages["all"].read_text(encoding="utf-8")
    markup = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    leads = re.findall(r'href="([^"]*)"', markup)
    assert all(lead.startswith(("http://", "https://", "#", "data:,")) for lead in leads)
    assert not re.search(r"<(?:img|iframe|link rel=\"stylesheet|script[^>]* src)|url\(|@import", markup)


def test_letters_beyond_the_basic_plane_are_found(browser: Browser, excerpt: Path, tmp_path: Path) -> None:
    own, file = tmp_path / "own.toml", tmp_path / "page.html"
    own.write_text(
        '[[sessions]]\nid = "opml19-katib"\ntitle = "𐌰𐌱𐌲"\n[[sessions]]\nid = "opml19-mpp"\ntitle = "𐌰𐌱𐌳 𐌰𐌱𐌳𐌴"\n',
        "utf-8",
    )
    loaded = library.open(excerpt, own, shipped=False)
    file.write_text(page(loaded.catalogue, loaded.survey("id:opml19-katib,opml19-mpp"), "en"), "utf-8")
    opened = browser.new_page()
    opened.goto(file.as_uri())
    assert found(opened, "𐌰𐌱𐌲") == ["opml19-katib"]
    assert found(opened, "𐌰𐌱𐌳𐌴") == ["opml19-mpp"]
    opened.close()


def test_notes_of_the_user_are_not_in_the_page(browser: Browser, excerpt: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[sessions]]\nid = "opml19-katib"\nnote = "a zebrafish thought"\ntags = ["mine-alone"]\n'
        '[[sessions]]\nid = "opml19-mpp"\nnote = "katib"\n',
        "utf-8",
    )
    loaded = library.open(excerpt, own, shipped=False)
    assert [hit.session.id for hit in loaded.search("zebrafish").hits] == ["opml19-katib"]
    assert len(loaded.search("katib").hits) == 2
    text = page(loaded.catalogue, loaded.survey("event:opml19"), "en")
    assert "mine-alone" not in text
    assert "mine-alone" not in str(embedded(text))
    assert "zebrafish" not in known_words(text)
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    opened = browser.new_page()
    opened.goto(file.as_uri())
    assert found(opened, "katib") == ["opml19-katib"]
    assert "opml19-katib" not in found(opened, "thought")
    opened.close()


@pytest.mark.slow
@pytest.mark.excerpt
def test_the_command_writes_the_page_whole_and_over_nothing(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    first = mltalks("survey", "event:opml19", "--html", str(file), "--lang", "ja")
    assert (first.code, first.out) == (0, "")
    assert first.err == f"mltalks: 発表28件のサーベイを {file} に書き出しました\n"
    assert '<html lang="ja">' in file.read_text(encoding="utf-8")
    again = mltalks("survey", "event:opml19", "--html", str(file))
    assert again.code == 1
    assert "use --force to overwrite it" in again.err
    assert mltalks("survey", "event:opml19", "--html", str(file), "--force").code == 0
    nowhere = mltalks("survey", "--html", str(tmp_path / "no" / "page.html"))
    assert nowhere.code == 1
    assert "cannot write" in nowhere.err
