"""Walks through a folder of files that other programs keep, in the order of names.

Does not follow symbolic links, and does not read any file.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from mltalks.exchange.readers.source import Source
from mltalks.problems import Problem

_DEEPEST = 8  # folders within folders


def folders(source: Source, leaf: str = "") -> Iterator[tuple[Path, list[Path]] | Problem]:
    """Yield each folder with its entries that are no symbolic links, and the problems on the way; nothing below one named `leaf`."""
    errors: list[OSError] = []
    for name, below, files in os.walk(source.path, onerror=errors.append):
        folder = Path(name)
        paths = [folder / entry for entry in sorted([*below, *files])]
        links = dict.fromkeys(path for path in paths if path.is_symlink())
        yield from (
            source._replace(path=path).problem("is a symbolic link; symbolic links are not followed")
            for path in links
        )
        below[:] = sorted(entry for entry in below if not entry.startswith("."))
        if folder.name == leaf:
            below.clear()
        elif len(folder.parts) - len(source.path.parts) > _DEEPEST:
            below.clear()
            yield source._replace(path=folder).problem("nested too deeply to be read")
        yield folder, [path for path in paths if path not in links]
    for error in errors:
        yield from source._replace(path=Path(error.filename)).failure(error).problems


def holds(folder: Path, name: str) -> bool:
    """Return whether a folder, or one within it, has a file of that name."""
    return any(name in files for _, _, files in os.walk(folder))
