"""The site: it builds without a warning, asks no other host, fits a phone, and keeps nobody out."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from mltalks.cli.registry import COMMANDS
from tests.conftest import ROOT

PAGES = ("404", "howto", "commands", "python", "ja/howto", "ja/install")
# What people type, and the page or part of a page that the search must find first.
FIRST = {
    "index": "/commands.html",  # not the changelog
    "AI assistant": "/agents.html",
    "Claude": "/howto.html#let-an-ai-assistant",
    "ChatGPT": "/howto.html#let-an-ai-assistant",
    "plugin": "/howto.html#write-a-plugin",
    "plug-in": "/extending.html",
    "wrong theme": "/howto.html#correct-a-wrong-theme",
    "backup": "/howto.html#make-a-backup",
    "sync": "/howto.html#sync",
    "team": "/howto.html#share-my-talks-with-my-team",
    "Slack": "/howto.html#post-talks-to-slack",
    "RSS": "/howto.html#get-bibtex",
    "spreadsheet": "/howto.html#add-one-talk",
    "Excel": "/howto.html#open-the-csv-in-excel",
    "proxy": "/howto.html#use-it-offline",
    "offline": "/howto.html#use-it-offline",
    "uninstall": "/install.html#uninstall",
    "upgrade": "/howto.html#upgrade",
    "cache": "/howto.html#clear-the-cache",
    "delete all": "/howto.html#delete-talks",
    "Windows": "/howto.html#use-it-on-windows",
    "KubeCon": "/howto.html#add-a-conference",
    "privacy": "/howto.html#protect-my-privacy",
    "accuracy": "/howto.html#know-the-accuracy",
    "performance": "/howto.html#know-the-performance",
    "full text": "/howto.html#search-the-full-text",
    "citation": "/howto.html#cite",
    "contribute": "/howto.html#report-wrong-data",
    "arXiv": "/howto.html#add-papers",
    "significance": "/howto.html#know-whether-something-grows",
    "Python version": "/install.html#choose-the-python-version",
    "docker": "/howto.html#run-it-in-ci",
    "dashboard": "/howto.html#show-talks-on-a-web-page",
    "security": "/security.html",
    "チームで共有": "/ja/howto.html",
    "使い方": "/ja/tutorial.html",
    "共有する": "/ja/howto.html",
    "文字化け": "/ja/howto.html",
    "表記ゆれ": "/ja/howto.html",
    "絞り込みたい": "/ja/howto.html",
    "検索式": "/ja/howto.html",
    "終了コード": "/ja/install.html",
    "バックアップ": "/ja/howto.html",
    "テーマが違う": "/ja/howto.html",
    "取り込み": "/ja/howto.html",
    "書き出し": "/ja/howto.html",
    "アンインストール": "/ja/howto.html",
    "更新": "/ja/howto.html",
}
LOADED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=\"?([^\s\">]+)")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.slow
def test_the_site_has_every_theme_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert 'id="llm-gateways"' in pages["themes/llm-applications.html"]
    assert "HELIOS" in pages["themes/llm-applications.html"]
    assert '<html lang="ja"' in pages["ja/index.html"]
    assert "目次" in pages["ja/index.html"]
    assert "目次" not in pages["index.html"]
    assert "このページはありません" in pages["404.html"]
    assert (site / "examples" / "team" / "mltalks.toml").is_file()
    assert 'href="license.html"' in pages["data.html"]
    assert "no telemetry" in pages["security.html"]
    assert {f"{name}.html" for name in PAGES} <= pages.keys()
    loaded = {found for text in pages.values() for found in LOADED.findall(text)}
    assert len(loaded) > 10
    assert not [one for one in loaded if re.match(r"(?:https?:)?//", one)]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_these_pages_keep_nobody_out(browser: Browser, address: str, scheme: str) -> None:
    narrow = scheme == "dark"
    size = {"width": 375, "height": 812} if narrow else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(f"{address}{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        violations = Axe().run(page, None, {"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in violations] == [], (
            name
        )
    assert not [one for one in asked if not one.startswith((address, "data:"))]
    context.close()


@pytest.mark.slow
def test_the_search_of_the_site_finds_both_languages(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    for word, expected in (
        ("undo", "#undo"),
        ("文献", "/ja/"),
        ("文献リスト", "/ja/tutorial"),
        ("--exit-status", "commands.html"),
        ("--fields", "fields.html"),
        ("Zotero", "#get-bibtex"),
        ("環境変数", "/ja/install"),
        ("終了コード", "/ja/install"),
        ("インポート", "/ja/tutorial"),
    ):
        page.fill("[data-md-component=search-query]", word)
        page.press("[data-md-component=search-query]", "End")  # it listens to keys
        page.locator(f".md-search-result__link[href*='{expected}']").first.wait_for(state="attached")
    page.close()


@pytest.mark.slow
def test_the_search_of_the_site_finds_first_what_people_look_for(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    # The first page, or the first part of it: a page that has the words in its text comes with the parts that have them.
    best = """expected => [...(document.querySelector('.md-search-result__item')?.querySelectorAll(
        '.md-search-result__link') ?? [])].slice(0, 2).some(link => link.href.replace(/[?][^#]*/, '').includes(expected))"""
    for word, expected in FIRST.items():
        page.fill("[data-md-component=search-query]", word)
        page.press("[data-md-component=search-query]", "End")
        page.wait_for_function(best, arg=expected, timeout=10_000)
    page.close()


def test_the_how_do_i_of_both_languages_uses_the_same_commands() -> None:
    english, japanese = (
        set(re.findall(r"mltalks ([a-z][a-z-]+)", (ROOT / "docs" / folder / "howto.md").read_text("utf-8")))
        & set(COMMANDS)
        for folder in ("", "ja")
    )
    assert len(english) > 25
    assert english - japanese == set()
