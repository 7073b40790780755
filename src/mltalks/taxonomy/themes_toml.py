"""A theme tree as TOML, in the shape of data/themes.toml.

What it returns is read back as the same themes, whatever their texts hold.
"""

from collections.abc import Iterable, Iterator

import tomlkit

from mltalks.dataset.model import Theme

WIDTH = 120


def themes_toml(themes: Iterable[Theme]) -> str:
    """Return themes as TOML, in their order.

    >>> print(themes_toml([Theme("aiops", "AIOps")]), end="")
    [[themes]]
    id = "aiops"
    label = { en = "AIOps" }
    """
    return "\n".join("".join(f"{line}\n" for line in _lines(theme)) for theme in themes)


def _lines(theme: Theme) -> Iterator[str]:
    labels = {"en": theme.label_en, "ja": theme.label_ja}
    label = ", ".join(f"{lang} = {_text(text)}" for lang, text in labels.items() if text)
    yield "[[themes]]"
    yield f"id = {_text(theme.id)}"
    if theme.broader:
        yield f"broader = {_text(theme.broader)}"
    yield f"label = {{ {label} }}"
    if theme.definition:
        yield f"definition = {_text(theme.definition)}"
    if theme.definition_ja:
        yield f"definition_ja = {_text(theme.definition_ja)}"
    if theme.aliases:
        yield from _list("aliases", theme.aliases)
    if any(theme.terms):
        yield "[themes.terms]"
        for name, terms in zip(("strong", "weak", "not"), theme.terms, strict=True):
            yield from _list(name, terms)


def _list(name: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield a list in lines that are not too long; an empty one is left out."""
    line = ""
    begun = False
    for text in map(_text, texts):
        if not begun:
            yield f"{name} = ["
            begun = True
        if line and len(line) + len(text) > WIDTH:
            yield line
            line = ""
        line += f"{' ' if line else '  '}{text},"
    if begun:
        yield line
        yield "]"


def _text(text: str) -> str:
    return tomlkit.string(text).as_string()
