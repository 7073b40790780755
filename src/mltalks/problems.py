"""Something wrong in a data file, with its place.

A value apart from `errors`, so that a start that meets no data does not pay for it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mltalks.messages import Lang, Message, did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a data file, with its place; `line` counts from 1, `field` is a path like `themes[1]`."""

    path: Path
    line: int | None
    record: str | None
    field: str | None
    message: Message
    severity: Literal["error", "warning"] = "error"
    nearest: tuple[str, ...] = ()

    def text(self, lang: Lang = "en") -> str:
        """Return `path:line: record: field: what is wrong`, leaving out what is unknown."""
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        parts = [place, self.record, self.field, self.message.text(lang) + did_you_mean(self.nearest, lang)]
        return ": ".join(part for part in parts if part)
