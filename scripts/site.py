"""The pages of the site that are made from the data and from files outside docs/: themes, the data, the changes.

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
from mltalks.text import markdown, sanitize

ROOT = Path(__file__).parents[1]
COPIED = {"data.md": "data/README.md", "changelog.md": "CHANGELOG.md"}
# A link to a file of the repository that is no page.
OUTSIDE = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+[^)]+|examples/[^)]+)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for name, source in COPIED.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=OUTSIDE.sub(r"\1", text)))
    for name, lines in theme_pages(mltalks.open()):
        files.append(File.generated(config, f"themes/{name}.md", content="\n".join(lines) + "\n"))
    return files


def on_page_markdown(text: str, page: Any, **_: object) -> str:
    """Name the files of the repository that the site does not have, instead of linking them."""
    if "/" not in page.file.src_uri:
        text = OUTSIDE.sub(r"\1 (`\2`)", text)
    return text.replace("```console norun", "```console")


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


def on_post_page(output: str, page: Any, **_: object) -> str:
    """Name the search for screen readers, and say the language of the Japanese pages."""
    output = output.replace('role="dialog"', 'role="dialog" aria-label="Search"')
    return (
        output.replace('<html lang="en"', '<html lang="ja"', 1)
        if page.file.src_uri.startswith("ja/")
        else output
    )
