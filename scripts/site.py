"""The pages of the site that are made: themes, the data, the changes, the licence, security, and a page for each group of
questions of docs/howto.md and docs/ja/howto.md, whose own page lists all questions.

Used by MkDocs as a hook (`make docs`). Does not write files: MkDocs does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from markdown.extensions.toc import slugify_unicode as slug  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import mltalks
from mltalks.dataset.hierarchy import in_tree_order
from mltalks.dataset.model import Theme
from mltalks.library import Library
from mltalks.text import sanitize
from mltalks.text.formats import markdown

ROOT = Path(__file__).parents[1]
COPIED = {
    "data.md": "data/README.md",
    "changelog.md": "CHANGELOG.md",
    "license.md": "LICENSE",
    "security.md": "SECURITY.md",
}
# A link to a file of the repository outside docs/, and one that names a page by its file.
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)]+)\)")
FILE = re.compile(r"\[(\w+\.md)\]\(\1\)")
# Japanese at the end of a line of the source that goes on in the next one, where no space may come.
BROKEN = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\s|#>*-])")
CODE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
# A heading of a group of questions, and of a question, in howto.md; a link to one of them.
GROUP = re.compile(r"^## ((?:(?! \{#).)+)(?: \{#([\w-]+)\})?\n", re.MULTILINE)
QUESTION = re.compile(r"^### (.+?)\n", re.MULTILINE)
ASKED = re.compile(r"(?<=[(/])howto\.md#([^)]+)\)")
HOWTO = ("howto.md", "ja/howto.md")
# What the menu calls its groups on Japanese pages.
MENU = {
    "Start": "はじめに",
    "How do I …?": "やりたいこと（英語）",
    "Reference": "リファレンス（英語）",
    "Guides": "ガイド（英語）",
    "About": "mltalks について（英語）",
}
# Pages with most words of most pages, which the search puts after the others.
LATER = ("themes/", "benchmarks.md", "changelog.md")
# The search (lunr) writes a state of its automaton as labels and numbers without a mark between them: two states with digits among
# their labels can be written alike and are merged, and a word whose beginning leads there finds nothing ("theme", once).
AMBIGUOUS, PLAIN = "e=e+s+o.id}", "e=e+s+o.id+','}"
# It cuts a chain of kanji into words of the index, but never looks at the last kanji, so that 表現 was searched as 表.
CUT, WHOLE = "for(let o=s+1;o<t.length;o++)t.slice(s,o)in e", "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e"
MISSING = "<p>There is no such page. The search and the menu lead to all pages.</p>"
MISSING_JA = '<p lang="ja">このページはありません。検索またはメニューから目的のページを探してください。</p>'


class Group(NamedTuple):
    """A group of questions of howto.md: its id, its title, and its questions with their answers."""

    id: str
    title: str
    text: str

    def questions(self) -> dict[str, str]:
        """Return the questions by their anchors."""
        return {slug(one.replace("`", ""), "-"): one for one in QUESTION.findall(CODE.sub("", self.text))}


def groups(howto: str) -> list[Group]:
    """Return the groups of questions of a page."""
    _, *parts = GROUP.split((ROOT / "docs" / howto).read_text(encoding="utf-8"))
    return [
        Group(name or slug(title, "-"), title, text)
        for title, name, text in zip(*[iter(parts)] * 3, strict=True)
    ]


def on_config(config: MkDocsConfig) -> None:
    """Make anchors of Japanese headings, too."""
    config.mdx_configs["toc"]["slugify"] = slug


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for name, source in COPIED.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=f"# {text.removeprefix('# ')}"))
    for howto in HOWTO:
        for group in groups(howto):
            name = howto.replace(".md", f"-{group.id}.md")
            content = f"# {group.title}\n\n" + QUESTION.sub(r"## \1\n", group.text)
            files.append(File.generated(config, name, content=content))
    for name, lines in theme_pages(mltalks.open()):
        files.append(File.generated(config, f"themes/{name}.md", content="\n".join(lines) + "\n"))
    return files


def on_page_markdown(text: str, page: Any, **_: object) -> str:
    """Link pages by their titles, name files that the site does not have, and join the lines of Japanese."""
    if page.file.src_uri.startswith(LATER):
        page.meta["search"] = {"boost": 0.3}
    if page.file.src_uri in HOWTO:
        page.meta["search"] = {"exclude": True}
        text = contents(page.file.src_uri, text)
    language = "ja/" if page.file.src_uri.startswith("ja/") else ""
    text = ASKED.sub(lambda found: asked(found, language), text)
    if page.file.src_uri.startswith("ja/"):
        parts = CODE.split(text)
        parts[::2] = [BROKEN.sub("", part) for part in parts[::2]]
        text = "".join(parts)
    elif "/" not in page.file.src_uri:
        text = OUTSIDE.sub(outside, text)
        text = FILE.sub(lambda found: f"[{title(found[1])}]({found[1]})", text)
    return text.replace("```console norun", "```console")


def contents(howto: str, text: str) -> str:
    """Return the page that lists all questions: each has the anchor that it had when all answers were on this page."""
    lines = [text[: GROUP.search(text).start()]]  # type: ignore[union-attr]
    for group in groups(howto):
        page = f"{howto.removeprefix('ja/').replace('.md', '')}-{group.id}.md"
        lines += [f"## [{group.title}]({page}) {{ #{group.id} }}", ""]
        lines += [f"- [{one}]({page}#{name}){{ #{name} }}" for name, one in group.questions().items()]
        lines += [""]
    return "\n".join(lines)


def asked(found: re.Match[str], language: str) -> str:
    """Return the end of a link to a question: that of the page of its group."""
    before = found.string[: found.start()]
    howto = "ja/howto.md" if before.endswith("ja/") or (language and before.endswith("(")) else "howto.md"
    for group in groups(howto):
        if found[1] == group.id:
            return f"howto-{group.id}.md)"
        if found[1] in group.questions():
            return f"howto-{group.id}.md#{found[1]})"
    return found[0]  # MkDocs reports it


def outside(found: re.Match[str]) -> str:
    """Return the link to the page of a file of the repository; if it has none, its name."""
    pages = {source: page for page, source in COPIED.items()}
    page = found[2].removeprefix("docs/") if found[2].startswith("docs/") else pages.get(found[2])
    return f"[{found[1]}]({page})" if page else f"`{found[2]}`"


def title(page: str) -> str:
    """Return the title of a page of docs/."""
    return (ROOT / "docs" / page).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def on_page_context(context: Any, page: Any, config: MkDocsConfig, **_: object) -> Any:
    """Choose the language of what the theme writes, and of the groups of the menu."""
    japanese = page.file.src_uri.startswith("ja/")
    config.theme["language"] = "ja" if japanese else "en"
    for section in context["nav"].items:
        for english, name in MENU.items():
            if section.title in (english, name):
                section.title = name if japanese else english
    return context


def theme_pages(library: Library) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the lines of the page of all themes, and of a page for each broad theme."""
    themes = library.catalogue.themes
    index = [
        "# Themes",
        "",
        "Each talk is filed under up to three themes, or under none. [How talks are filed](../taxonomy.md).",
    ]
    for top in (theme for theme in themes.values() if theme.broader is None):
        below = [themes[name] for name, _ in in_tree_order(library.catalogue.theme_parents, top.id)]
        index += [
            "",
            f"## [{top.label('en')}]({top.id}.md)",
            "",
            f"{top.label('ja')}. {number(library, top)} talks.",
            "",
        ]
        index += [
            f"- [{theme.label('en')}]({top.id}.md#{theme.id}) ({theme.label('ja')}), {number(library, theme)}"
            for theme in below
        ]
        lines = described(library, top, "#")
        for theme in below:
            lines += ["", *described(library, theme, "##")]
        yield top.id, lines
    yield "index", index


def number(library: Library, theme: Theme) -> int:
    """Return the number of sessions under a theme and its narrower ones."""
    return len(library.theme(theme.id).sessions)


def described(library: Library, theme: Theme, level: str) -> list[str]:
    """Return the lines about a theme: its definitions, its terms, and the talks filed under it itself, the newest first."""
    detail, events = library.theme(theme.id), library.catalogue.events
    talks = sorted((one for one in detail.sessions if theme.id in one.themes), key=lambda one: -one.year)
    lines = [
        f"{level} {theme.label('en')} {{ #{theme.id} }}",
        "",
        f"`{theme.id}` · {theme.label('ja')}",
        "",
        sanitize.markdown(theme.definition or ""),
        "",
        sanitize.markdown(theme.definition_ja or ""),
        "",
        "**Terms**: " + sanitize.markdown(", ".join((*theme.terms.strong, *theme.terms.weak))),
        "",
        f"**Talks**: `mltalks by-theme {theme.id}` lists {len(detail.sessions)}"
        + (", with those of its narrower themes." if len(talks) < len(detail.sessions) else "."),
        "",
    ]
    for talk in talks:
        title = sanitize.markdown(talk.title)
        lines.append(
            f"- {markdown.link(title, talk.url or talk.paper) or title} ({events[talk.event].name}) `{talk.id}`"
        )
    return lines


def on_post_page(output: str, config: MkDocsConfig, page: Any = None, **_: object) -> str:
    """Name the search for screen readers, and list the questions of a page above them, for screens without a side bar."""
    japanese = config.theme["language"] == "ja"
    if page and page.file.name.startswith("howto-"):
        links = "".join(f'<li><a href="{one.url}">{one.title}</a></li>' for one in page.toc.items[0].children)
        name = "このページの質問" if japanese else "Questions of this page"
        output = output.replace(
            "</h1>", f'</h1><nav class="questions" aria-label="{name}"><ul>{links}</ul></nav>', 1
        )
    return output.replace('role="dialog"', f'role="dialog" aria-label="{"検索" if japanese else "Search"}"')


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Say on the page for missing pages what to do."""
    missing = output.replace("</h1>", f"</h1>{MISSING}{MISSING_JA}")
    return on_post_page(missing, config) if template_name == "404.html" else output


def on_post_build(config: MkDocsConfig) -> None:
    """Mend two faults of the search. Raises ValueError when there is not one place to mend for each."""
    [worker] = Path(config.site_dir, "assets/javascripts/workers").glob("search.*.min.js")
    text = worker.read_text(encoding="utf-8")
    for fault, right in ((AMBIGUOUS, PLAIN), (CUT, WHOLE)):
        before, after = text.split(fault)
        text = f"{before}{right}{after}"
    worker.write_text(text, encoding="utf-8")
