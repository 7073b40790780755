"""Talks about running machine learning in production: find, count and pipe them, in English and Japanese.

`open()` returns the library; its methods return plain, typed values. Importing this package imports no other module.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes 6 ms, in which Ctrl-C would print a traceback
if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from mltalks.errors import DataError, MltalksError, NotFoundError, QueryError, UsageError
    from mltalks.library import Library

__all__ = [
    "DataError",
    "Library",
    "MltalksError",
    "NotFoundError",
    "QueryError",
    "UsageError",
    "__version__",
    "open",
    "shipped_data",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Return a class of `__all__`, imported when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module 'mltalks' has no attribute '{name}'")
    from importlib import import_module

    found: object = getattr(import_module(f"mltalks.{'library' if name == 'Library' else 'errors'}"), name)
    return found


def shipped_data() -> Path:
    """Return the folder of the data files that come with mltalks."""
    from pathlib import Path

    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def open(  # noqa: A001 - reads as mltalks.open()
    *paths: str | PathLike[str],
    shipped: bool = True,
    cache: str | PathLike[str] | None = None,
    themes: str | PathLike[str] | None = None,
    own: str | PathLike[str] | None = None,
) -> Library:
    """Return the library of the shipped data (unless `shipped` is false), overridden by files or folders.

    Files are read on the first call of a method. `cache` is a folder for compiled indexes: `compile()` writes one, and one that
    is up to date is used. `themes` is a file, TOML or SKOS, with a theme tree that replaces the shipped one for all sessions.
    `own`, a file or folder, is loaded before `paths`: your data, in which a record whose session is not loaded is left out (see
    `notices()`); elsewhere it is an error.

    >>> import mltalks
    >>> cat = mltalks.open()
    >>> for hit in cat.search('"feature store" event:opml20').hits:
    ...     print(hit.session.id, hit.matched[0].fields)
    opml20-time-travel-provenance ('keywords', 'summary')
    """
    from pathlib import Path

    from mltalks.library import Library  # deferred: 30 ms that `mltalks --version` need not pay

    before = [*([shipped_data()] if shipped else []), *([Path(own)] if own else [])]
    return Library(
        [*before, *map(Path, paths)],
        Path(cache) if cache else None,
        Path(themes) if themes else None,
        Path(own) if own else None,
        shipped=shipped,
    )
