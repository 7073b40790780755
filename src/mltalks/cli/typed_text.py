"""Text that is given to a command: arguments, standard input and an edited file, in UTF-8 or a Japanese encoding that is found.

Does not read files that are imported: `source_opener` does.
"""

import sys
from collections.abc import Callable, Collection, Iterator
from typing import Any

from mltalks.errors import UsageError
from mltalks.messages import excerpt

Say = Callable[..., Any]
_TYPED = ("cp932", "euc_jp")  # other encodings are guesses, and what is guessed would be saved
_FOUND = (*_TYPED, "iso2022_jp", "utf-16")
STANDARD_INPUT = "<stdin>"


def characters(value: Any, say: Say) -> Any:
    """Return a typed text, or a list of them, with the bytes that are not UTF-8 read in their encoding; a path is not changed.

    Raises UsageError: their encoding is not certain.
    """
    if isinstance(value, list):
        return [characters(one, say) for one in value]
    if not isinstance(value, str) or value.isascii() or not _has_bytes(value):
        return value
    content = value.encode("utf-8", "surrogateescape")
    encoding = _encoding(content, _TYPED)
    if encoding is None:
        shown = excerpt(content.decode("utf-8", "replace"))
        raise UsageError('the argument "{text}" is not UTF-8 text; set the terminal to UTF-8', text=shown)
    read = content.decode(encoding)
    say('an argument in {encoding} is read as "{text}"', encoding=encoding, text=excerpt(read))
    return read


def standard_input(say: Say) -> str:
    """Return the text on standard input.

    Raises UsageError: it is closed, or its encoding is not certain.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return decoded(sys.stdin.buffer.read(), STANDARD_INPUT, say)


def input_lines(say: Say) -> Iterator[str]:
    """Yield the lines on standard input as they come.

    Raises UsageError: as `standard_input`.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    for line in sys.stdin.buffer:
        text = _utf_8(line)
        if text is None:
            text = decoded(line + sys.stdin.buffer.read(), STANDARD_INPUT, say)
        yield from text.replace("\r", "\n").split("\n")


def decoded(content: bytes, name: str, say: Say) -> str:
    """Return the text of standard input or of a file, with line feeds as line ends.

    Raises UsageError: its encoding is not certain.
    """
    text = _utf_8(content)
    if text is None:
        encoding = _encoding(content)
        if encoding is None:
            template = (
                "{path}: its encoding is not certain; convert it to UTF-8, as with iconv -f cp932 -t utf-8"
            )
            raise UsageError(template, path=name)
        text = content.decode(encoding)
        say("{path} is read as {encoding}", path=name, encoding=encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(content: bytes, known: Collection[str] = _FOUND) -> str | None:
    """Return the encoding of bytes that are not UTF-8: that of the locale, or one that is found; None if none is certain."""
    usual = (sys.stdin.encoding if sys.stdin else "") or "utf-8"
    if usual.lower().replace("-", "") not in ("utf8", "ascii") and _strictly(content, usual) is not None:
        return usual
    from mltalks.exchange.readers.encodings import encoding_of

    found = encoding_of(content, whole=True) or ""
    text = _strictly(content, found) if found in known else None
    return None if text is None or not "".join(text.split()).isprintable() else found


def _utf_8(content: bytes) -> str | None:
    return None if b"\x1b$" in content else _strictly(content, "utf-8-sig")  # ISO-2022-JP is in ASCII


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_bytes(text: str) -> bool:
    """Return whether Python has kept bytes of a text that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
