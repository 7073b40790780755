"""A person's own list of talks, read as it comes and filed under the themes one by one.

Takes titles a line, TOML, JSON and JSON Lines; keeps no list in memory that does not come as one value.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from mltalks.errors import DataError
from mltalks.messages import Message
from mltalks.model import Session
from mltalks.problems import Problem
from mltalks.taxonomy.classify import Classification, Classifier

Tell = Callable[[Problem], None]
_TEXTS = ("track", "summary", "summary_ja")
_LISTS = ("keywords", "keywords_ja", "organizations")


class Classified(NamedTuple):
    """A talk of the list as it was given, with the themes that it is filed under."""

    given: Mapping[str, Any]
    found: Classification


def classified(classifier: Classifier, records: Iterable[Mapping[str, Any]]) -> Iterator[Classified]:
    """Yield records with their themes, in order."""
    for record in records:
        yield Classified(record, classifier.classify(_session(record)))


def _session(record: Mapping[str, Any]) -> Session:
    texts: dict[str, Any] = {name: record[name] for name in _TEXTS if isinstance(record.get(name), str)}
    lists: dict[str, Any] = {
        name: tuple(one for one in record[name] if isinstance(one, str))
        for name in _LISTS
        if isinstance(record.get(name), list)
    }
    return Session("", "", "", 0, record["title"], "talk", **texts, **lists)


def records(file: str, tell: Tell) -> Iterator[Mapping[str, Any]]:
    """Yield the talks of a file, or of standard input for `-`; what has no title is told and passed over.

    Raises:
        DataError: the file cannot be read, or is neither TOML nor JSON where it begins like that.

    """
    path = Path(file)
    if file == "-":
        if sys.stdin is not None:
            yield from _read(sys.stdin.buffer, Path("<stdin>"), tell)
        return
    try:
        with path.open("rb") as opened:
            yield from _read(opened, path, tell)
    except OSError as error:
        raise _unreadable(path, "cannot be read: {reason}", reason=error.strerror or str(error)) from None


def _read(opened: IO[bytes], path: Path, tell: Tell) -> Iterator[Mapping[str, Any]]:
    """Tell by the first line that says something what a file is."""
    first = b""
    number = 0
    for number, first in enumerate(opened, 1):  # noqa: B007 - both are used below
        if first.strip(b"\xef\xbb\xbf \t\r\n") and not (path.suffix == ".toml" or first.startswith(b"#")):
            break
    text = first.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if path.suffix == ".toml" or (
        start == "[" and text.lstrip().startswith("[[") and text.rstrip().endswith("]]")
    ):
        yield from _toml(path, opened, first, tell)
    elif start == "{" and _object(text) is not None:
        yield from _titled(_json_lines(text, number, opened, path, tell), path, tell)
    elif start in ("[", "{"):
        yield from _titled(_json(text, opened, path), path, tell)
    else:
        yield from _lines(text, opened)


def _lines(first: str, opened: IO[bytes]) -> Iterator[Mapping[str, Any]]:
    if first.strip():
        yield {"title": first.strip()}
    for line in opened:
        title = line.decode("utf-8", "replace").strip()
        if title:
            yield {"title": title}


def _json_lines(
    first: str, number: int, opened: IO[bytes], path: Path, tell: Tell
) -> Iterator[tuple[int | None, Any]]:
    yield number, _object(first)
    for at, line in enumerate(opened, number + 1):
        text = line.decode("utf-8", "replace")
        if text.strip():
            value = _object(text)
            if value is None:
                tell(Problem(path, at, None, None, Message("not a JSON object")))
            else:
                yield at, value


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _json(first: str, opened: IO[bytes], path: Path) -> Iterator[tuple[int | None, Any]]:
    try:
        value = json.loads(first + opened.read().decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "not valid JSON: {reason}", reason=str(error)) from None
    if isinstance(value, dict):
        value = value.get("sessions", [value])
    for one in value if isinstance(value, list) else [value]:
        yield None, {"title": one} if isinstance(one, str) else one


def _toml(path: Path, opened: IO[bytes], first: bytes, tell: Tell) -> Iterator[Mapping[str, Any]]:
    import tomli

    content = path.read_bytes() if path.is_file() else first + opened.read()
    try:
        document = tomli.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable(path, "not UTF-8 text; save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(
            path, "not valid TOML: {reason} (column {column})", reason=str(error), column=0
        ) from None
    sessions = document.get("sessions", [])
    yield from _titled(((None, one) for one in sessions if isinstance(sessions, list)), path, tell)


def _titled(found: Iterable[tuple[int | None, Any]], path: Path, tell: Tell) -> Iterator[Mapping[str, Any]]:
    for number, (line, record) in enumerate(found):
        if isinstance(record, dict) and isinstance(record.get("title"), str) and record["title"].strip():
            yield record
        else:
            tell(Problem(path, line, f"sessions[{number}]", "title", Message("missing; it is passed over")))


def _unreadable(path: Path, template: str, **values: object) -> DataError:
    return DataError([Problem(path, None, None, None, Message(template, values))])
