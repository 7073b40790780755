"""Writes the index that comes with the shipped data, when mltalks is installed.

Does not read it: `search.index_opener` does, if it is of the same code and data.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from mltalks.dataset.files import files_of
from mltalks.dataset.loader import load
from mltalks.search.index.cache import NEVER_CHANGED, connected, write_database
from mltalks.search.index.database import stored_value
from mltalks.search.index.fingerprint import READINGS, SHIPPED, content_digest
from mltalks.search.indexing.builder import compile_index
from mltalks.search.indexing.refresh import write_files


def write_shipped_index(folder: Path, version: str) -> Path:
    """Write the index of a folder of data files into it, unless it is there; return its file.

    Raises DataError: a file cannot be read or holds a record that is not valid.
    Raises OSError: the folder cannot be written.
    """
    file, beside = folder / SHIPPED, folder / f"{SHIPPED}.{os.getpid()}"
    layers = (files_of(folder),)
    readings = folder / READINGS
    content = content_digest(version, (*layers[0], readings))
    if _content(file) == content:
        return file

    def fill(db: sqlite3.Connection) -> None:
        data = load(layers)
        compile_index(data, db, None, readings.read_text(encoding="utf-8"))
        records = {(layer, path.name): some for (layer, path), some in data.files.items()}
        write_files(records, dict.fromkeys(records, ""), db)
        db.execute("INSERT INTO meta VALUES ('content', ?)", (content,))

    beside.unlink(missing_ok=True)
    try:
        write_database(beside, fill)  # a copy of the file is a cache
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return file


def _content(file: Path) -> str:
    with suppress(sqlite3.Error), closing(connected(file, NEVER_CHANGED)) as db:
        return stored_value(db, "content")
    return ""
