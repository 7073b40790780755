"""What an index depends on: the code that makes it, and the state of each data file.

Does not read the content of data files, except for an index that comes with them.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

MAKERS = (  # packages
    "dataset", "dataset/toml", "search/index", "search/indexing", "taxonomy", "taxonomy/skos", "text", "text/formats",
    "text/japanese", "text/words",
)  # fmt: skip
READINGS = "readings.tsv"  # of Japanese words, in a folder of data
SHIPPED = "index.sqlite"  # the index of a folder of data, made when mltalks is installed
Place = tuple[int, str]  # the number of a layer, and the path of a file in it


class DataState(NamedTuple):
    """The state of all data files in order, and of everything else that an index depends on."""

    basis: str
    files: Mapping[Place, str]

    @property
    def fingerprint(self) -> str:
        """A text that differs if any of it does."""
        lines = (f"{layer} {path}\0{state}" for (layer, path), state in self.files.items())
        return "\n".join((self.basis, *lines)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def of_first_layer(self) -> "DataState":
        """Return the state without the files of other layers."""
        return self._replace(files={place: state for place, state in self.files.items() if place[0] == 0})


def data_state(version: str, layers: Sequence[Sequence[Path]], others: Sequence[Path]) -> DataState:
    """Return the state of the files of each layer, and of other files.

    Raises OSError: a file does not exist.
    """
    files = {
        (number, os.path.abspath(file)): file_state(file)  # noqa: PTH100 - links stay
        for number, layer in enumerate(layers)
        for file in layer
    }
    states = (f"{os.path.abspath(file)} {file_state(file)}" for file in others)  # noqa: PTH100
    return DataState("\n".join((_code_state(version), *states)), files)


def file_state(file: Path) -> str:
    """Return the size of a file, the times when its content and its entry changed, and its number.

    Raises OSError: it does not exist.
    """
    state = file.stat()
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def _code_state(version: str) -> str:
    """Return the version, and a digest of all modules that make an index, and of the word vectors, by size and time of change."""
    states = " ".join(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in _code())
    return f"{version} {crc32(states.encode()):08x}"


def content_digest(version: str, files: Sequence[Path]) -> str:
    """Return a digest of the version, and of the content of all modules that make an index and of some data files.

    A checksum is enough: it finds files that another version has left, and it takes a fifth of the time of a cryptographic hash.

    Raises OSError: a file cannot be read.
    """
    digest, size = crc32(version.encode()), 0
    for file in (*map(Path, _code()), *files):
        content = file.read_bytes()
        digest, size = crc32(content, crc32(file.name.encode(), digest)), size + len(content)
    return f"{digest:08x} {size}"


def _code() -> "Iterator[os.DirEntry[str]]":
    source = Path(__file__).parents[2]
    for package in MAKERS:
        found = [entry for entry in os.scandir(source / package) if entry.name.endswith((".py", ".tsv"))]
        yield from sorted(found, key=lambda entry: entry.name)
