"""Problems of files, each with its place.

Does not raise: `errors.DataError` carries problems.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from mltalks.messages import FieldName, Lang, Message, did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file; `line` counts from 1, `record` is an id or name, `field` a path like `themes[1]`."""

    path: Path
    line: int | None
    record: str | None
    field: str | None
    message: Message
    severity: Literal["error", "warning"] = "error"
    nearest: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        path: Path,
        template: str,
        line: int | None = None,
        record: str | None = None,
        severity: Literal["error", "warning"] = "error",
        /,
        **values: object,
    ) -> Self:
        """Return a problem of a file or of one of its records; `values` fill the placeholders of the template."""
        return cls(path, line, record, None, Message(template, values), severity)

    @classmethod
    def unreadable(cls, path: Path, error: OSError | ValueError) -> Self:
        """Return the problem that a file cannot be opened or read."""
        return cls.of(path, "cannot be read: {reason}", reason=getattr(error, "strerror", None) or str(error))

    def text(self, lang: Lang = "en") -> str:
        """Return `path:line: record: field: message`, without the parts that are None.

        A data file has the field under its own name; of other files it is named in the language.
        """
        field = (
            self.field
            if self.field is None or self.path.suffix == ".toml"
            else FieldName(self.field).text(lang)
        )
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        parts = [place, self.record, field, self.message.text(lang) + did_you_mean(self.nearest, lang)]
        return ": ".join(part for part in parts if part)
