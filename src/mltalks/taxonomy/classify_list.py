"""A person's own list of talks, read as it comes and filed under the themes one by one.

Takes titles a line, TOML, JSON and JSON Lines; keeps no list in memory that does not come as one value.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from mltalks.dataset.model import Session
from mltalks.errors import DataError
from mltalks.messages import Message
from mltalks.problems import Problem
from mltalks.taxonomy.classifier import Classification, Classifier

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
    """Tell by the ending, else by the first line that says something, what a file is."""
    if path.suffix == ".toml":
        yield from _toml(path, opened.read(), tell)
        return
    for number, first in enumerate(opened, 1):  # noqa: B007 - told with what is wrong
        if first.strip(b"\xef\xbb\xbf \t\r\n") and not first.startswith(b"#"):
            break
    else:
        return
    text = first.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if re.match(r"\s*\[\[\s*\w+\s*\]\]\s*$", text):
        yield from _toml(path, b"\n" * (number - 1) + first + opened.read(), tell)
    elif start in ("{", '"') and _is_record(value := _json_of(text)):
        yield from _titled(_json_lines(value, number, opened, path, tell), path, tell)
    elif start in ("[", "{"):
        yield from _json_or_lines(text, opened, path, tell)
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
    first: Any, number: int, opened: IO[bytes], path: Path, tell: Tell
) -> Iterator[tuple[int | None, Any]]:
    yield number, _record(first)
    for at, line in enumerate(opened, number + 1):
        text = line.decode("utf-8", "replace")
        if text.strip():
            value = _json_of(text)
            if _is_record(value):
                yield at, _record(value)
            else:
                tell(Problem(path, at, None, None, Message("not a JSON object")))


def _json_of(text: str) -> Any:
    """Return the value of a JSON text, or None when it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_record(value: object) -> bool:
    """Tell whether a JSON value can be one talk: an object that is no list of talks, or a title."""
    return isinstance(value, str) or (isinstance(value, dict) and "sessions" not in value)


def _record(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _json_or_lines(first: str, opened: IO[bytes], path: Path, tell: Tell) -> Iterator[Mapping[str, Any]]:
    """Yield the talks of one JSON value; a text that only begins like one ("[Keynote] …") is titles a line."""
    rest = opened.read()
    try:
        value = json.loads(first + rest.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        if path.suffix in (".json", ".jsonl"):
            raise _unreadable(path, "not valid JSON: {reason}", reason=str(error)) from None
        yield from _lines(first, io.BytesIO(rest))
        return
    if isinstance(value, dict):
        value = value.get("sessions", [value])
    some = value if isinstance(value, list) else [value]
    yield from _titled(((None, _record(one)) for one in some), path, tell)


def _toml(path: Path, content: bytes, tell: Tell) -> Iterator[Mapping[str, Any]]:
    import tomli

    try:
        document = tomli.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable(path, "not UTF-8 text; save the file as UTF-8") from None
    except tomli.TOMLDecodeError as error:
        template = "not valid TOML: {reason} (column {column})"
        raise _unreadable(path, template, error.lineno, reason=error.msg, column=error.colno) from None
    except (ValueError, RecursionError):
        raise _unreadable(path, "nested too deeply to be read") from None
    sessions = document.get("sessions", [])
    yield from _titled(((None, one) for one in sessions if isinstance(sessions, list)), path, tell)


def _titled(found: Iterable[tuple[int | None, Any]], path: Path, tell: Tell) -> Iterator[Mapping[str, Any]]:
    for number, (line, record) in enumerate(found):
        if isinstance(record, dict) and isinstance(record.get("title"), str) and record["title"].strip():
            yield record
        else:
            tell(Problem(path, line, f"sessions[{number}]", "title", Message("missing; it is passed over")))


def _unreadable(path: Path, template: str, line: int | None = None, **values: object) -> DataError:
    return DataError([Problem(path, line, None, None, Message(template, values))], loaded=False)
