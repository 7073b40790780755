"""A session as text to be edited, with the fields that it lacks as comments, and read again.

Does not change the user data: `transaction` does.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from mltalks.dataset.schema import TABLES
from mltalks.dataset.toml.lexer import outline
from mltalks.dataset.toml.parser import record_text
from mltalks.errors import UsageError
from mltalks.userdata.toml_document import TomlDocument

Values = Mapping[str, Any]


def one_session(text: str) -> tuple[TomlDocument, dict[str, Any]]:
    """Return the document of a text of TOML, and the one session in it.

    Raises DataError: it is not TOML.
    Raises UsageError: it holds another number of sessions, or something else.
    """
    document = TomlDocument(Path("text"), text)
    found = document.records("sessions")
    if len(found) != 1 or document.values.keys() != {"sessions"}:
        raise UsageError("write exactly one session, under [[sessions]]")
    return document, dict(found[0])


def template(values: Values) -> str:
    """Return a session as TOML to be filled in: its values, then every other field in a comment."""
    given = {field: value for field, value in values.items() if value is not None}
    return record_text(given) + "".join(unset_fields(given, {}))


def unset_fields(values: Values, known: Values) -> list[str]:
    """Return the lines of comments with all fields of a session that `values` lacks, and with their `known` values."""
    lines = []
    for field in TABLES["sessions"]:
        if field not in values:
            text = record_text({field: known[field]}).split("\n", 1)[1] if field in known else f"{field} = "
            lines += [f"# {line}".rstrip() + "\n" for line in text.strip().split("\n")]
    return lines


def without_comments(text: str, comments: Collection[str]) -> str:
    """Return a text of TOML without the lines that are one of the comments."""
    for token in reversed([token for token in outline(text) if token.kind == "comment"]):
        start = text.rfind("\n", 0, token.start) + 1
        if text[start : token.end] + "\n" in comments:
            text = text[:start] + text[token.end + 1 :]
    return text
