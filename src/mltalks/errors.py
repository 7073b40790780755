"""What can go wrong, each as a value that a door turns into one line and an exit code.

Knows no exit code and prints nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang, Message, did_you_mean

if TYPE_CHECKING:
    from mltalks.problems import Problem

_DAMAGE = ("malformed", "not a database", "disk image", "Could not decode to UTF-8")


class MltalksError(Exception):
    """The root of all errors raised on purpose; `nearest` are names that may have been meant."""

    def __init__(self, template: str, /, *, nearest: Sequence[str] = (), **values: object) -> None:
        self.message = Message(template, values)
        self.nearest = tuple(nearest)
        super().__init__(template, values)

    def text(self, lang: Lang = "en") -> str:
        """Return the error as one line, with the nearest names."""
        return self.message.text(lang) + did_you_mean(self.nearest, lang)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Callable[..., "MltalksError"], tuple[object, ...]]:
        """Pickle what the error holds: its classes take other arguments than `Exception` keeps."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[MltalksError], args: tuple[object, ...], state: Mapping[str, Any]) -> MltalksError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class QueryError(MltalksError):
    """A query that cannot be read: an open quote, an unknown field, a bad year."""


class UsageError(MltalksError):
    """An option or argument that does not fit the command."""


class NotFoundError(MltalksError):
    """No session, company, theme or event goes by the name that was given."""


class DataError(MltalksError):
    """Data files that cannot be used; `problems` are all of them, each with its place.

    `loaded` tells that they are among those that `mltalks validate` checks.
    """

    def __init__(self, problems: Sequence["Problem"], *, loaded: bool = True) -> None:
        self.problems = tuple(problems)
        files = sorted({str(problem.path) for problem in problems})
        if len(problems) == 1 and not loaded:
            super().__init__("{problem}", problem=problems[0])
        elif len(problems) == 1:
            super().__init__("{problem}; 'mltalks validate' checks all data", problem=problems[0])
        else:
            super().__init__(
                "{count} problems in {files}; 'mltalks validate' lists them",
                count=len(problems),
                files=", ".join(files),
            )


def is_damage(error: BaseException) -> bool:
    """Tell whether an error is SQLite's word for a damaged file; without importing SQLite, which a start may not need.

    >>> import sqlite3
    >>> is_damage(sqlite3.DatabaseError("database disk image is malformed"))
    True
    >>> is_damage(sqlite3.OperationalError("no such column: x"))
    False
    """
    kinds = {(kind.__module__, kind.__name__) for kind in type(error).__mro__}
    return ("sqlite3", "DatabaseError") in kinds and any(sign in str(error) for sign in _DAMAGE)
