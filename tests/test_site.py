"""The site: it builds without a warning, asks no other host, fits a phone, and keeps nobody out."""

import os
import re
import subprocess
import sys
import tomllib
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

PAGES = (
    "404", "index", "browse", "howto", "howto-share", "commands", "data", "python", "ja/howto", "ja/howto-count-talks", "ja/install",
)  # fmt: skip
# All pages of a language have the same header, list of pages and footer: axe looks at them on one page, which takes half the time.
WHOLE = ("404", "index", "ja/howto")
AROUND = [[".md-header"], [".md-sidebar--primary"], [".md-footer"]]
# What people type, and the page or part of a page that the search must find first.
FIRST = {
    "index": "/commands.html",  # not the changelog
    "AI assistant": "/agents.html",
    "Claude": "/howto-cite-and-export.html#let-an-ai-assistant",
    "ChatGPT": "/howto-cite-and-export.html#let-an-ai-assistant",
    "plugin": "/howto-cite-and-export.html#write-a-plugin",
    "plug-in": "/extending.html",
    "update": "/howto-set-up.html",
    "update data": "/howto-set-up.html#get-newer-data",
    "where are my files": "/install.html#where-my-data",
    "reset all data": "/howto-your-own-talks.html#delete-talks",
    "import internal talks": "/howto-your-own-talks.html#add-one-talk",
    "first steps": "/tutorial.html",
    "recording": "/howto-find-talks.html#read-one-talk",
    "transcript": "/howto-find-talks.html#find-talks-with",
    "subtitles": "/howto-find-talks.html#find-talks-with",
    "エクスポート": "/ja/howto-",
    "インポート": "/ja/howto-",
    "wrong theme": "/howto-correct.html#correct-a-wrong-theme",
    "backup": "/howto-share.html#make-a-backup",
    "sync": "/howto-share.html#sync",
    "team": "/howto-share.html#share-my-talks-with-my-team",
    "Slack": "/howto-share.html#post-talks-to-slack",
    "cron": "/howto-share.html#run-a-search-every-night",
    "nightly": "/howto-share.html#run-a-search-every-night",
    "certificate": "/howto-set-up.html#use-it-offline",
    "SSL": "/howto-set-up.html#use-it-offline",
    "証明書": "/ja/howto-",
    "RSS": "/howto-cite-and-export.html#get-bibtex",
    "spreadsheet": "/howto-your-own-talks.html#add-one-talk",
    "Excel": "/howto-cite-and-export.html#open-the-csv-in-excel",
    "proxy": "/howto-set-up.html#use-it-offline",
    "offline": "/howto-set-up.html#use-it-offline",
    "firewall": "/howto-set-up.html#answer-a-security-review",
    "SBOM": "/howto-set-up.html#answer-a-security-review",
    "custom field": "/howto-your-own-talks.html#add-a-field",
    "rating": "/howto-your-own-talks.html#add-a-field",
    "MCP arguments": "/agents.html#arguments-of-each-tool",
    "MCP inspector": "/agents.html#test-the-server",
    "subcommand": "/extending.html#what-a-plug-in-cannot-do",
    "xargs": "/howto-cite-and-export.html#give-a-command-ids",
    "GitHub Actions": "/howto-set-up.html#run-it-in-ci",
    "uninstall": "/howto-set-up.html#upgrade",
    "upgrade": "/install.html#upgrade",
    "cache": "/howto-set-up.html#clear-the-cache",
    "delete all": "/howto-your-own-talks.html#delete-talks",
    "Windows": "/howto-set-up.html#use-it-on-windows",
    "KubeCon": "/howto-your-own-talks.html#add-a-conference",
    "privacy": "/howto-set-up.html#protect-my-privacy",
    "accuracy": "/howto-correct.html#know-the-accuracy",
    "performance": "/howto-set-up.html#know-the-performance",
    "full text": "/howto-find-talks.html#search-the-full-text",
    "citation": "/howto-cite-and-export.html#cite",
    "contribute": "/howto-correct.html#report-wrong-data",
    "arXiv": "/howto-your-own-talks.html#add-papers",
    "significance": "/howto-count-talks.html#know-whether-something-grows",
    "Python version": "/install.html#choose-the-python-version",
    "docker": "/howto-set-up.html#run-it-in-docker",
    "dashboard": "/howto-share.html#show-talks-on-a-web-page",
    "security": "/security.html",
    "github": "/install.html#where-to-get-it",
    "talks per year": "/howto-count-talks.html#count-talks-per-year",
    "how many talks per year": "/howto-count-talks.html#count-talks-per-year",
    "count by year": "/howto-count-talks.html#count-talks-per-year",
    "newer data": "/howto-set-up.html#get-newer-data",
    "new talks": "/howto-set-up.html#get-newer-data",
    "private": "/howto-set-up.html#protect-my-privacy",
    "playlist": "/howto-your-own-talks.html#add-a-youtube-playlist",
    "youtube": "/howto-your-own-talks.html#add-a-youtube-playlist",
    "wrong speaker": "/howto-correct.html#correct-a-fact",
    "japanese talks": "/howto-find-talks.html#find-talks-given-in-japanese",
    "no results": "/howto-troubleshooting.html#no-results",
    "nothing found": "/howto-troubleshooting.html#no-results",
    "too many results": "/howto-troubleshooting.html#too-many-results",
    "troubleshooting": "/howto-troubleshooting.html",
    "command not found": "/howto-troubleshooting.html#command-not-found",
    "shortlist": "/howto-share.html#give-a-shortlist",
    "reading list": "/howto-share.html#give-a-shortlist",
    "Shift_JIS": "/howto-your-own-talks.html#import-semicolons",
    "semicolon": "/howto-your-own-talks.html#import-semicolons",
    "date-order": "/howto-your-own-talks.html#import-semicolons",
    "re-import": "/howto-your-own-talks.html#know-what-importing-again",
    "bibtex key": "/howto-cite-and-export.html#cite-by-the-bibtex-key",
    "citation key": "/howto-cite-and-export.html#cite-by-the-bibtex-key",
    "synonym": "/howto-find-talks.html#add-a-missing-word",
    "conflict": "/howto-share.html#know-whose-value-wins",
    "data directory": "/howto-set-up.html#find-my-data-directory",
    "locked": "/howto-troubleshooting.html#locked",
    "corrupt": "/howto-troubleshooting.html#damaged",
    "damaged": "/howto-troubleshooting.html#damaged",
    "recover": "/howto-troubleshooting.html#damaged",
    "downgrade": "/howto-troubleshooting.html#go-back",
    "roll back": "/howto-troubleshooting.html#go-back",
    "database is locked": "/howto-troubleshooting.html#locked",
    "figure": "/howto-count-talks.html#make-a-figure",
    "png": "/howto-count-talks.html#make-a-figure",
    "merge with a colleague": "/howto-share.html#merge",
    "reproduce": "/howto-cite-and-export.html#reproduce",
    "remove my name": "/howto-correct.html#remove-my-name",
    "100,000 talks": "/howto-set-up.html#know-the-performance",
    "titles only": "/howto-find-talks.html#search-in-titles-only",
    "permissions": "/howto-cite-and-export.html#know-the-price",
    "commercial use": "/howto-cite-and-export.html#know-the-price",
    "price": "/howto-cite-and-export.html#know-the-price",
    "wildcard": "/howto-find-talks.html#combine-words",
    "newest": "/howto-find-talks.html#see-the-newest",
    "sort": "/howto-find-talks.html#see-the-newest",
    "video": "/howto-find-talks.html#find-talks-with",
    "saved search": "/howto-find-talks.html#save-a-search",
    "experts": "/howto-find-talks.html#find-people",
    "email": "/howto-find-talks.html#find-people",
    "what to watch first": "/howto-find-talks.html#choose-what",
    "Facebook": "/howto-count-talks.html#see-how-a-renamed",
    "permalink": "/howto-cite-and-export.html#link-to-a-talk",
    "connpass": "howto-your-own-talks.html#",
    "time zone": "/howto-your-own-talks.html#plan-a-programme",
    "similar proposal": "/howto-your-own-talks.html#see-whether",
    "hide a talk": "/howto-your-own-talks.html#hide-a-talk",
    "EasyChair": "/howto-your-own-talks.html#add-a-conference",
    "HotCRP": "/howto-your-own-talks.html#add-a-conference",
    "OpenReview": "/howto-your-own-talks.html#add-a-conference",
    "pretalx": "/howto-your-own-talks.html#add-a-conference",
    "Web of Science": "/howto-your-own-talks.html#add-papers",
    "xlsx": "/howto-your-own-talks.html#add-one-talk",
    "withdrawn talk": "/howto-your-own-talks.html#take-over",
    "bulk tag": "/howto-your-own-talks.html#change-many-talks",
    "NFS": "/howto-share.html#sync",
    "read-only mode": "/howto-share.html#forbid-changes",
    "disable commands": "/howto-share.html#forbid-changes",
    "confirmed themes": "/howto-count-talks.html#count-curated",
    "rename a tag": "/howto-your-own-talks.html#rename-or-delete-a-tag",
    "syntax error": "/howto-troubleshooting.html#the-shell",
    "assign talks": "/howto-share.html#assign-talks",
    "screen reader": "/howto-troubleshooting.html#columns-are-missing",
    "incomplete message": "/howto-troubleshooting.html#too-many-messages",
    "man page": "/howto-troubleshooting.html#get-help",
    "notify": "/howto-share.html#run-a-search-every-night",
    "WSL": "/howto-set-up.html#use-it-on-windows",
    "conda": "/install.html#where-to-get-it",
    "regex": "/howto-find-talks.html#search-by-a-regular",
    "k8s": "/howto-find-talks.html#search-abbreviations",
    "abbreviation": "/howto-find-talks.html#search-abbreviations",
    "search string": "/howto-count-talks.html#document-a-search",
    "academia": "/howto-count-talks.html#count-or-list-the-talks-of-companies",
    "companies not universities": "/howto-count-talks.html#count-or-list-the-talks-of-companies",
    "main theme": "/howto-count-talks.html#count-each-talk-once",
    "leave out incomplete": "/howto-count-talks.html#leave-out-incomplete",
    "period": "/howto-count-talks.html#count-by-periods",
    "kappa": "/howto-count-talks.html#let-two-people",
    "recall": "/howto-count-talks.html#estimate-the-recall",
    "stratified": "/howto-count-talks.html#draw-a-stratified-sample",
    "exclusion criteria": "/howto-count-talks.html#screen-talks",
    "Rayyan": "/howto-count-talks.html#screen-in-rayyan",
    "Scopus search string": "/query.html#take-over",
    "heat map": "/howto-count-talks.html#draw-a-heat-map",
    "pivot table": "/howto-count-talks.html#make-a-long-table",
    "html report": "/howto-count-talks.html#write-the-survey",
    "percent": "/howto-count-talks.html#show-the-share",
    "ranking": "/howto-count-talks.html#list-the-top",
    "fastest growing": "/howto-count-talks.html#see-which-themes",
    "fewer talks": "/howto-count-talks.html#see-why-a-year",
    "check a count": "/howto-count-talks.html#see-the-talks-behind",
    "what does the data cover": "/data.html#which-conferences",
    "how sure": "/data.html#what-is-inferred",
    "error rate": "/howto-correct.html#know-the-accuracy",
    "層化抽出": "/ja/howto-count-talks.html#年や会議ごと",
    "ヒートマップ": "/ja/howto-count-talks.html#ヒートマップ",
    "再現率": "/ja/howto-count-talks.html#検索式の取りこぼし",
    "own categories": "/howto-count-talks.html#count-by-categories",
    "fractional counting": "/howto-count-talks.html#avoid-double-counting",
    "DeepMind": "/howto-count-talks.html#count-several-organizations",
    "Venn": "/howto-count-talks.html#count-talks-that-two-queries-share",
    "GitHub issues": "/howto-your-own-talks.html#import-json",
    "Confluence": "/howto-your-own-talks.html#import-from-connpass",
    "Google Sheets": "/howto-your-own-talks.html#import-from-connpass",
    "fzf": "/howto-your-own-talks.html#change-many-talks",
    "GitHub Pages": "/howto-share.html#publish-our-talks",
    "confidential": "/howto-share.html#restrict-who",
    "access rights": "/howto-share.html#restrict-who",
    "audit": "/howto-share.html#see-who-changed",
    "who deleted": "/howto-share.html#see-who-changed",
    "open format": "/howto-share.html#stop-using-mltalks",
    "colleague leaves": "/howto-share.html#stop-using-mltalks",
    "single sign-on": "/howto-share.html#run-a-server",
    "support": "/howto-set-up.html#get-help-or-support",
    "Artifactory": "/howto-set-up.html#roll-it-out",
    "roll out": "/howto-set-up.html#roll-it-out",
    "Google Scholar alternative": "/howto-find-talks.html#use-mltalks-beside",
    "snowballing": "/howto-find-talks.html#find-awards",
    "joint papers": "/howto-count-talks.html#count-collaborations",
    "returning speakers": "/howto-count-talks.html#see-who-comes-back",
    "topic model": "/howto-count-talks.html#mine-the-texts",
    "embeddings": "/howto-count-talks.html#mine-the-texts",
    "threats to validity": "/howto-count-talks.html#state-limitations",
    "codebook": "/howto-cite-and-export.html#freeze",
    "OpenAlex": "/howto-cite-and-export.html#join",
    "TypeScript": "/howto-cite-and-export.html#generate-types",
    "watch mode": "/howto-cite-and-export.html#run-it-again",
    "clashes": "/howto-your-own-talks.html#find-clashes",
    "QR code": "/howto-your-own-talks.html#manage-attendees",
    "registration": "/howto-your-own-talks.html#manage-attendees",
    "pre-commit": "/howto-share.html#check-the-file",
    "iframe": "/howto-share.html#embed",
    "WCAG": "/howto-share.html#embed",
    "Discord": "/howto-share.html#make-a-bot",
    "GDPR": "/howto-set-up.html#know-which-personal",
    "retention": "/howto-set-up.html#know-which-personal",
    "central configuration": "/howto-set-up.html#set-defaults",
    "SLA": "/howto-set-up.html#know-what-it-costs",
    "due diligence": "/howto-set-up.html#judge",
    "onboarding": "/howto-set-up.html#learn-it",
    "two profiles": "/howto-set-up.html#find-my-data-directory",
    "how fast": "/howto-set-up.html#know-the-performance",
    "typo": "/howto-find-talks.html#find-only-what",
    "best paper": "/howto-find-talks.html#find-awards",
    "country": "/howto-find-talks.html#find-awards",
    "BM25": "/howto-find-talks.html#know-how-results",
    "without video": "/howto-find-talks.html#find-talks-with",
    "co-author": "/howto-count-talks.html#see-who-works-together",
    "first author": "/howto-count-talks.html#count-by-first-author",
    "first appeared": "/howto-count-talks.html#see-which-companies",
    "random": "/howto-count-talks.html#draw-a-random-sample",
    "PRISMA": "/howto-count-talks.html#screen-talks",
    "multiple comparisons": "/howto-count-talks.html#know-whether",
    "JabRef": "/howto-cite-and-export.html#keep-zotero",
    "polars": "/howto-cite-and-export.html#read-the-data",
    "redistribute": "/howto-cite-and-export.html#know-the-price",
    "import by DOI": "/howto-your-own-talks.html#add-papers",
    "own theme": "/howto-your-own-talks.html#use-themes",
    "same name": "/howto-correct.html#merge-two-spellings",
    "recommend": "/howto-find-talks.html#see-what-to-watch-next",
    "short talks": "/howto-find-talks.html#find-short-talks",
    "watched this month": "/howto-your-own-talks.html#see-when-i-watched",
    "Obsidian": "/howto-your-own-talks.html#take-my-notes",
    "import notes": "/howto-your-own-talks.html#import-notes",
    "several files": "/howto-your-own-talks.html#import-only-some-rows",
    "change room": "/howto-your-own-talks.html#change-the-room",
    "swap slots": "/howto-your-own-talks.html#change-the-room",
    "recurring": "/howto-your-own-talks.html#add-a-conference",
    "indico": "/howto-your-own-talks.html#export-a-programme",
    "committee of my event": "/howto-your-own-talks.html#enter-the-committee",
    "tilde": "/howto-correct.html#see-why-a-talk-has-a-theme",
    "second video": "/howto-correct.html#add-a-summary",
    "おすすめ": "/ja/howto-find-talks.html#次に見るもの",
    "旧字体": "/ja/howto-find-talks.html#日本人の名前",
    "全角": "/ja/howto-find-talks.html#全角の記号",
    "年度": "/ja/howto-count-talks.html#年度",
    "令和": "/ja/howto-your-own-talks.html#社内勉強会の表の日付",
    "中止": "/ja/howto-your-own-talks.html#中止や欠席",
    "正規表現": "/ja/howto-find-talks.html#正規表現",  # not 表
    "出典": "/ja/howto-find-talks.html#どの会議",
    "略語": "/ja/howto-find-talks.html#略語",
    "産学": "/ja/howto-count-talks.html#産学",
    "権限": "/ja/howto-share.html#見られる人",
    "監査ログ": "/ja/howto-share.html#誰がいつ",
    "退職": "/ja/howto-share.html#使うのをやめたい",
    "社内に展開": "/ja/howto-set-up.html#チームや社内に展開",
    "個人情報": "/ja/howto-set-up.html#どんな個人情報",
    "研修": "/ja/howto-set-up.html#同僚に教えたい",
    "コードブック": "/ja/howto-cite-and-export.html#テーマの定義",
    "アクセシビリティ": "/ja/howto-share.html#ポータル",
    "R言語": "/ja/howto-cite-and-export.html#r-言語",
    "同姓同名": "/ja/howto-correct.html#講演者の表記ゆれ",
    "共著": "/ja/howto-count-talks.html#共著",
    "再配布": "/ja/howto-cite-and-export.html#料金",
    "類義語": "/ja/howto-find-talks.html",
    "復旧": "/ja/howto-troubleshooting.html",
    "打ち間違い": "/ja/howto-find-talks.html",
    "無料": "/ja/",
    "メモ": "/ja/tutorial.html",  # not メモリ
    "カンファレンス": "/ja/howto-",
    "引用": "/ja/howto-cite-and-export.html",  # not 取引
    "チームで共有": "/ja/howto-",
    "使い方": "/ja/tutorial.html",
    "共有する": "/ja/howto-",
    "文字化け": "/ja/howto-",
    "表記ゆれ": "/ja/howto-",
    "絞り込みたい": "/ja/howto-",
    "検索式": "/ja/howto-",
    "終了コード": "/ja/install.html",
    "バックアップ": "/ja/howto-",
    "テーマが違う": "/ja/howto-",
    "取り込み": "/ja/howto-",
    "書き出し": "/ja/howto-",
    "アンインストール": "/ja/howto-",
    "更新": "/ja/howto-",
}
LOADED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=\"?([^\s\">]+)")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
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
    assert "リファレンス" in pages["ja/index.html"]
    assert "リファレンス" not in pages["index.html"]
    assert "\\|" not in pages["commands.html"]
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
        looked_at = None if name in WHOLE else {"exclude": AROUND}
        run = Axe().run(page, looked_at, {"resultTypes": ["violations"]})
        violations = run.response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in violations] == [], (
            name
        )
    assert not [one for one in asked if not one.startswith((address, "data:"))]
    context.close()


@pytest.mark.slow
def test_the_button_of_a_session_copies_its_commands_alone(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    for name, block, copied in (
        ("howto-count-talks", "mltalks companies theme:federated-learning", "mltalks companies theme:federated-learning -n 3"),
        ("howto-set-up", "limit = 20", 'language = "ja"\nlimit = 20'),
    ):  # fmt: skip
        page.goto(f"{address}{name}.html")
        page.locator(".highlight", has_text=block).first.locator("button[data-md-type=copy]").click()
        page.get_by_text("Copied to clipboard").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.startswith(copied), text
        assert "$ " not in text
        assert "Carnegie" not in text  # what a command prints
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
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{address}index.html")
    # The first page, or the first part of it: a page that has the words in its text comes with the parts that have them.
    best = """expected => [...(document.querySelector('.md-search-result__item')?.querySelectorAll(
        '.md-search-result__link') ?? [])].slice(0, 2).some(link => decodeURI(link.href).replace(/[?][^#]*/, '').includes(expected))"""
    for word, expected in FIRST.items():
        page.fill("[data-md-component=search-query]", "")  # so that no answer is that of the word before
        page.press("[data-md-component=search-query]", "End")
        page.wait_for_function("!document.querySelector('.md-search-result__item')", timeout=10_000)
        page.fill("[data-md-component=search-query]", word)
        page.press("[data-md-component=search-query]", "End")
        page.wait_for_function(best, arg=expected, timeout=10_000)
    assert not refused  # "Invalid query": words that are lost in the automaton of the search
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["", "ja/"])
def test_each_question_is_on_a_page_of_its_group_and_in_the_list_of_all(site: Path, folder: str) -> None:
    listed = re.findall(
        r'<a href="(howto-[a-z-]+\.html)#([^"]+)" id="([^"]+)"',
        (site / folder / "howto.html").read_text("utf-8"),
    )
    questions = re.findall(r"^### ", (ROOT / "docs" / folder / "howto.md").read_text("utf-8"), re.MULTILINE)
    assert len(listed) == len(questions) > 50
    for page, anchor, old in listed:
        assert anchor == old
        assert f'id="{anchor}"' in (site / folder / page).read_text("utf-8")


def test_the_how_do_i_of_both_languages_uses_the_same_commands() -> None:
    english, japanese = (
        set(re.findall(r"mltalks ([a-z][a-z-]+)", (ROOT / "docs" / folder / "howto.md").read_text("utf-8")))
        & set(COMMANDS)
        for folder in ("", "ja")
    )
    assert len(english) > 25
    assert english - japanese == set()


def test_the_page_on_installation_names_every_package_that_pip_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {"every command": project["dependencies"], **project["optional-dependencies"]}
    table = (ROOT / "docs" / "install.md").read_text()
    for what, needed in wanted.items():
        names = ", ".join(re.split(r"[<>=]", one)[0] for one in needed)
        assert re.search(rf"^\| (?:the extra `)?{what}`? \| {names} \|$", table, re.MULTILINE), what
