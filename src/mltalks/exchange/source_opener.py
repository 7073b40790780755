"""Opens sources of sessions by name: a file, a folder, standard input, an https address.

Does not decide which sessions are imported: `intake` does.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from shlex import quote
from typing import IO, Any
from unicodedata import normalize

from mltalks.dataset import files
from mltalks.errors import DataError, MltalksError, UsageError
from mltalks.exchange.importers import registry
from mltalks.exchange.readers.encodings import UTF_8, encoding_of
from mltalks.exchange.readers.source import Draft, Found, Source
from mltalks.problems import Problem

AUTO = ""  # the encoding of a source that is found by its content
TAKEN = "{path} is read as {encoding}"
ALWAYS_UTF_8 = ("toml", "json", "jsonl", "virtual", "schedule", "dblp", "csl")  # as their standards say
SAMPLE = 1 << 20  # bytes by which the encoding is found
_GENERAL = ("json", "jsonl")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
_JSON_TEXTS = re.compile(r'\s*(?:\[\s*"(?:[^"\\\n]|\\.)*"\s*[\],]|"(?:[^"\\\n]|\\.)*"[ \t\r]*(?:\n|$))')
_HTML = re.compile(r"\ufeff?\s*<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
_APART = re.compile(
    ".[\u0300-\u036f\u3099\u309a]+", re.DOTALL
)  # a letter whose mark is a sign of its own, as macOS writes it
STEP = 500  # records after which progress is shown again


def open_source(name: str, opened: ExitStack) -> Source:
    """Return a file, a folder or, for "-", standard input as a source; `opened` closes it.

    Raises DataError: the file cannot be read.
    Raises UsageError: there is no standard input, or the name is an address.
    """
    if name == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        return Source(Path("<stdin>"), sys.stdin.buffer, encoding=AUTO)
    scheme, _, rest = name.partition("://")
    if rest and scheme.lower() in ("https", "webcal"):
        template = "an address is no file; to look at it first: mltalks import --url {address} --dry-run"
        raise UsageError(template, address=quote(f"https://{rest}"))
    path = Path(name)
    try:
        stream = None if path.is_dir() else opened.enter_context(files.opened(path))
        return Source(path, stream, encoding=AUTO)
    except (OSError, ValueError) as error:
        raise DataError([Problem.unreadable(path, error)], loaded=False) from None


def names_source(text: str) -> bool:
    """Return whether a text names a file, whether there is one or not, and is not a title.

    >>> [names_source(text) for text in ("-", "talks.csv", "my/talks", "CI/CD for models", "quantization")]
    [True, True, True, False, False]
    """
    known = {".txt", ".json", *registry.SURE, *registry.LIKELY}
    return (
        text == "-"
        or Path(text).suffix.lower() in known
        or ("/" in text and not any(map(str.isspace, text)))
        or os.path.exists(text)  # noqa: PTH110 - a title may be too long for a path
    )


def fetch_source(address: str, opened: ExitStack) -> Source:
    """Return the content of an https address as a source; `opened` closes it.

    Raises MltalksError: it cannot be fetched.
    """
    from mltalks.exchange.network.fetch import fetch

    name = Path(address.rpartition("/")[2] or "download")
    return Source(name, opened.enter_context(fetch(address)), encoding=AUTO)


def read_source(
    source: Source,
    form: str | None,
    warn: registry.Warn,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """Yield the drafts and problems of a source in a named format, or else in the one that is detected.

    `warn` is called with errors of formats of other packages, and with an encoding that was found and is not UTF-8; `progress`
    with how much has been read and how much there is: bytes of a file, else records and 0.

    Raises DataError: its format is not known, or nothing more of it can be read.
    """
    head, peeked, size = "", None, 0
    automatic, source = source.encoding == AUTO, source._replace(encoding=source.encoding or UTF_8)
    if source.opened is not None:
        peeked = _Peeked(source.opened, SAMPLE if automatic else 4 * registry.HEAD)
        if automatic:
            source = source._replace(encoding=_encoding(source, peeked))
        source = source._replace(opened=io.BufferedReader(peeked))
        head = peeked.head[: 4 * registry.HEAD].decode(source.encoding, "replace")
        size = source.path.stat().st_size if source.path.is_file() else 0
    form = form or _detected(source, head, warn)
    if form in ALWAYS_UTF_8 and automatic and source.encoding != "utf-16":
        source = source._replace(encoding=UTF_8)
    elif automatic and source.encoding != UTF_8:
        warn(MltalksError(TAKEN, path=str(source.path), encoding=source.encoding))
    if form is None and source.titles:
        found = _titles(source, head)
    elif form is None:
        raise _unknown(source, head)
    else:
        found = _in_form(source, form, head, warn)
    for number, one in enumerate(found):
        if progress is not None and number % STEP == 0:
            progress(peeked.done if peeked and size else number, size)
        yield _composed_draft(one)


def _unknown(source: Source, head: str) -> DataError:
    """Return the error that the format of a source is not known; `head` is its beginning."""
    if source.path.suffix.lower() in _SPREADSHEETS:
        return source.unreadable("is a spreadsheet, which is not read; save it as CSV and import that file")
    if _HTML.match(head):
        template = "is a page in HTML, which is not read; save its table as CSV and import that file"
        return source.unreadable(template)
    names = ", ".join(registry.IMPORTERS)
    return source.unreadable("unknown format; set --format to one of {names}", names=names)


def _composed_draft(read: Draft | Problem) -> Draft | Problem:
    """Return what was read, with the texts of a draft as `_composed` makes them."""
    if isinstance(read, Problem):
        return read
    return read._replace(fields=_composed(read.fields), event=_composed(read.event))


def _composed(value: Any) -> Any:
    """Return a value in whose texts each letter is one sign with its marks (NFC); letters without marks stay as they are."""
    if isinstance(value, str):
        return value if value.isascii() else _APART.sub(lambda found: normalize("NFC", found[0]), value)
    if isinstance(value, Mapping):
        return {key: _composed(one) for key, one in value.items()}
    return [*map(_composed, value)] if isinstance(value, list) else value


def _in_form(source: Source, form: str, head: str, warn: registry.Warn) -> Found:
    """Yield what a source has in a format.

    Raises DataError: it has nothing, and is likely to be in another format of talks. JSON alone is none: a programme may be empty.
    """
    empty = True
    for one in registry.read(source, form):
        empty = False
        yield one
    likely = _detected(source, head, warn) if empty and head.strip() else None
    if likely and likely not in (form, *_GENERAL):
        raise source.unreadable(
            "has no talks as {form}, and looks like {likely}; leave out --format", form=form, likely=likely
        )


def _titles(source: Source, head: str) -> Found:
    """Yield a draft for each title, one on a line, plain or as JSON texts, without the comments (#) at the beginning; `head` is the beginning.

    Raises DataError: it cannot be read, or begins as JSON and is not.
    """
    if _JSON_TEXTS.match(head):
        from mltalks.exchange.importers import json_records

        yield from json_records.read(source)
        return
    begun = False
    for number, line in enumerate(source.reader("replace"), 1):
        title = line.strip()
        begun = begun or not title.startswith("#")
        if begun and title:
            yield Draft({"title": title}, path=source.path, line=number, name=title)


def _detected(source: Source, head: str, warn: registry.Warn) -> str | None:
    """Return the format of a source by its name and beginning; any table has one, unless lines are titles."""
    form = registry.detect(source.path, head, warn)
    if form is not None or source.titles or source.path.suffix.lower() in _SPREADSHEETS:
        return form
    from mltalks.exchange.importers.csv_table import form_of

    return form_of(head)


def _encoding(source: Source, peeked: "_Peeked") -> str:
    """Return the encoding of a source by its beginning.

    Raises DataError: it may be in several.
    """
    found = encoding_of(peeked.head, whole=peeked.ended)
    if found is None:
        template = "its encoding is not certain; set it with --encoding (cp932, euc-jp, latin-1)"
        raise source.unreadable(template)
    return found


class _Peeked(io.RawIOBase):
    """A stream whose beginning, `head`, was read in advance and is read again; `done` counts the bytes that were read."""

    def __init__(self, opened: IO[bytes], size: int) -> None:
        self._opened = opened
        self.head = opened.read(size)
        self.ended = len(self.head) < size  # a terminal must not be read again after Ctrl-D
        self._rest = self.head
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._rest[: len(buffer)]
        if not piece and not self.ended:
            piece = self._opened.read(len(buffer))
        self._rest = self._rest[len(piece) :]
        buffer[: len(piece)] = piece
        self.done += len(piece)
        return len(piece)
