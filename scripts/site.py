"""The pages of the site that are made from the data and from files outside docs/: themes, the data, the changes,
the licence, security.

Used by MkDocs as a hook (`make docs`). Does not write files: MkDocs does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
# Pages with most words of most pages, which the search puts after the others.
LATER = ("themes/", "benchmarks.md", "changelog.md")
MISSING = "<p>There is no such page. The search and the menu lead to all pages.</p>"
MISSING_JA = '<p lang="ja">このページはありません。検索またはメニューから目的のページを探してください。</p>'


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for name, source in COPIED.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=f"# {text.removeprefix('# ')}"))
    for name, lines in theme_pages(mltalks.open()):
        files.append(File.generated(config, f"themes/{name}.md", content="\n".join(lines) + "\n"))
    return files


def on_page_markdown(text: str, page: Any, **_: object) -> str:
    """Link pages by their titles, name files that the site does not have, and join the lines of Japanese."""
    if page.file.src_uri.startswith(LATER):
        page.meta["search"] = {"boost": 0.3}
    if page.file.src_uri.startswith("ja/"):
        parts = CODE.split(text)
        parts[::2] = [BROKEN.sub("", part) for part in parts[::2]]
        text = "".join(parts)
    elif "/" not in page.file.src_uri:
        text = OUTSIDE.sub(outside, text)
        text = FILE.sub(lambda found: f"[{title(found[1])}]({found[1]})", text)
    return text.replace("```console norun", "```console")


def outside(found: re.Match[str]) -> str:
    """Return the link to the page of a file of the repository; if it has none, its name."""
    pages = {source: page for page, source in COPIED.items()}
    page = found[2].removeprefix("docs/") if found[2].startswith("docs/") else pages.get(found[2])
    return f"[{found[1]}]({page})" if page else f"`{found[2]}`"


def title(page: str) -> str:
    """Return the title of a page of docs/."""
    return (ROOT / "docs" / page).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def on_page_context(context: Any, page: Any, config: MkDocsConfig, **_: object) -> Any:
    """Choose the language of what the theme writes."""
    config.theme["language"] = "ja" if page.file.src_uri.startswith("ja/") else "en"
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
        f"**Talks**: `mltalks by-theme {theme.id}` lists {len(detail.sessions)}.",
        "",
    ]
    for talk in talks:
        title = sanitize.markdown(talk.title)
        lines.append(
            f"- {markdown.link(title, talk.url or talk.paper) or title} ({events[talk.event].name}) `{talk.id}`"
        )
    return lines


def on_post_page(output: str, config: MkDocsConfig, **_: object) -> str:
    """Name the search for screen readers."""
    name = "検索" if config.theme["language"] == "ja" else "Search"
    return output.replace('role="dialog"', f'role="dialog" aria-label="{name}"')


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Say on the page for missing pages what to do."""
    missing = output.replace("</h1>", f"</h1>{MISSING}{MISSING_JA}")
    return on_post_page(missing, config) if template_name == "404.html" else output
