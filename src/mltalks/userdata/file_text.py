"""The text of a file of the user data, and how to encode another text as the file was.

Does not write files: `store` does.
"""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from mltalks.dataset.files import decode
from mltalks.dataset.toml.parser import parse
from mltalks.errors import DataError
from mltalks.problems import Problem

_BYTE_ORDER_MARK = "\ufeff"
_PIECE = 1 << 20  # characters


class FileText:
    """The text of a file without its byte order mark and with line feeds, and how to encode it as the file was.

    A file that does not exist has no text and the digest "".
    """

    def __init__(self, file: Path) -> None:
        """Read the file.

        Raises OSError: it cannot be read, or is no file.
        """
        if file.exists() and not file.is_file():  # reading a pipe would wait
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
        self.file = file
        self._content = b""
        self._mark, self._returns = "", False
        self.digest = ""
        with suppress(FileNotFoundError):
            self._content = file.read_bytes()
            self.digest = digest_of([self._content])

    @cached_property
    def text(self) -> str:
        """The text.

        Raises DataError: the file is not UTF-8.
        """
        content, self._content = self._content, b""
        text = decode(self.file, content, "utf-8")
        if isinstance(text, Problem):
            raise DataError([text])
        bare = text.removeprefix(_BYTE_ORDER_MARK)
        self._mark = text[: len(text) - len(bare)]
        self._returns = "\r\n" in bare and bare.count("\r\n") == bare.count("\n")
        return bare.replace("\r\n", "\n") if self._returns else bare

    def check_toml(self) -> None:
        """Raise DataError if the text is no TOML, as after a conflict of a merge."""
        problem = parse(self.file, self.text)
        if isinstance(problem, Problem):
            raise DataError([problem])

    def encoded(self, text: str) -> Iterator[bytes]:
        """Yield another text with the byte order mark and the ends of lines of this one, in pieces to save memory."""
        yield self._mark.encode()
        if self._returns:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        for start in range(0, len(text), _PIECE):
            yield text[start : start + _PIECE].encode()


def digest_of(content: Iterable[bytes]) -> str:
    """Return a digest of bytes in pieces."""
    made = hashlib.blake2b(digest_size=16)
    for piece in content:
        made.update(piece)
    return made.hexdigest()
