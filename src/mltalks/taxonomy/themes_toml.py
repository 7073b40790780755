"""A theme tree as TOML, in the shape of data/themes.toml.

Does not read TOML: `load` does, with the same themes as result.
"""

from collections.abc import Iterable, Iterator, Sequence

from mltalks.dataset.model import Theme
from mltalks.dataset.schema import THEME_TERMS
from mltalks.dataset.toml.parser import record_text, value_text

WIDTH = 120


def themes_toml(themes: Iterable[Theme]) -> str:
    """Return themes as TOML, in their order.

    >>> print(themes_toml([Theme("aiops", "AIOps")]), end="")
    [[themes]]
    id = "aiops"
    label = { en = "AIOps" }
    """
    return "\n".join("".join(_parts(theme)) for theme in themes)


def _parts(theme: Theme) -> Iterator[str]:
    fields = {
        "id": theme.id,
        "broader": theme.broader or None,
        "label": {"en": theme.label_en or None, "ja": theme.label_ja or None},
        "definition": theme.definition or None,
        "definition_ja": theme.definition_ja or None,
    }
    yield record_text(fields, "themes")
    yield _list("aliases", theme.aliases)
    if any(theme.terms):
        yield "[themes.terms]\n"
        for name, terms in zip(THEME_TERMS, theme.terms, strict=True):
            yield _list(name, terms)


def _list(name: str, texts: Sequence[str]) -> str:
    """Return a list as a line of TOML, or as several if it is long; nothing for an empty list."""
    lines = [""]
    for text in map(value_text, texts):
        if lines[-1] and len(lines[-1]) + len(text) > WIDTH:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else '  '}{text},"
    return "\n".join([f"{name} = [", *lines, "]\n"]) if texts else ""
