"""The errors that mltalks raises, each with a message of one line.

Does not choose exit codes and does not print: `cli` does.
"""

import copyreg
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.messages import Choices, Lang, Message, did_you_mean, excerpt

if TYPE_CHECKING:
    from mltalks.problems import Problem

_DAMAGE = ("malformed", "not a database", "disk image", "Could not decode to UTF-8")


class MltalksError(Exception):
    """The base class of all errors that mltalks raises; `nearest` are names that may have been meant."""

    def __init__(self, template: str, /, *, nearest: Sequence[str] = (), **values: object) -> None:
        self.message = Message(template, values)
        self.nearest = tuple(nearest)
        self.japanese: Mapping[str, str] = {}  # what a message in Japanese calls the nearest names
        super().__init__(template, values)

    def text(self, lang: Lang = "en") -> str:
        """Return the error as one line, with the nearest names."""
        near = [self.japanese.get(one, one) if lang == "ja" else one for one in self.nearest]
        return self.message.text(lang) + did_you_mean(near, lang)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the attributes: the classes take other arguments than `Exception` keeps."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class QueryError(MltalksError):
    """A query that cannot be read: an open quote, an unknown field, a bad year."""


class UsageError(MltalksError):
    """An option or argument that does not fit the command."""


class NotFoundError(MltalksError):
    """There is no session, company, theme or event of the given name."""

    @classmethod
    def named(cls, what: str, typed: str, nearest: Sequence[str]) -> "NotFoundError":
        """Return the error that nothing has a name: with the nearest names, else with how to search for its words."""
        name = excerpt(typed)
        if nearest:
            return cls('no {what} "{name}"', what=what, name=name, nearest=nearest)
        from shlex import quote

        template = 'no {what} "{name}"; to search for the words: mltalks search {words}'
        plain = re.fullmatch(r"\w[\w &.,'+/-]*", name)
        return cls(
            template,
            what=what,
            name=name,
            words=quote(name if plain else '"' + name.replace('"', '\\"') + '"'),
        )

    @classmethod
    def several(
        cls, what: str, typed: str, found: Sequence[str], japanese: Mapping[str, str] | None = None
    ) -> "NotFoundError":
        """Return the error that several have a name: with their ids or Japanese names, of which one has to be written."""
        template = 'the {what} "{name}" may be {names}; write one of these'
        return cls(
            template,
            what=what,
            name=excerpt(typed),
            names=Choices(found, japanese),
        )


class DataError(MltalksError):
    """Data files that cannot be used; `problems` are all of them, each with its place.

    `loaded`: the files are among those that `mltalks validate` checks.
    """

    def __init__(self, problems: Sequence["Problem"], *, loaded: bool = True) -> None:
        self.problems = tuple(problems)
        self.loaded = loaded
        if len(problems) == 1 and not loaded:
            super().__init__("{problem}", problem=problems[0])
        elif len(problems) == 1:
            super().__init__("{problem}; 'mltalks validate' checks all data", problem=problems[0])
        else:
            files = ", ".join(sorted({str(problem.path) for problem in problems}))
            template = "{count} problems in {files}; 'mltalks validate' lists them"
            if not loaded:
                template = (
                    "{count} problems in {files}; 'mltalks validate', with the same --themes, lists them"
                )
            super().__init__(template, count=len(problems), files=files)


def missing_extra(what: str, extra: str) -> MltalksError:
    """Return the error that something needs an extra, with the command that adds it to the Python that runs."""
    import sys
    from importlib.util import find_spec
    from shlex import join

    # An environment that uv makes has no pip.
    pip = [sys.executable, "-m", "pip", "install"]
    command = pip if find_spec("pip") else ["uv", "pip", "install", "--python", sys.executable]
    template = "{what} needs the extra {extra}; install it with: {command}"
    return MltalksError(template, what=what, extra=extra, command=join([*command, f"mltalks[{extra}]"]))


def is_damage(error: BaseException) -> bool:
    """Return whether an error is one of SQLite about a damaged file; does not import SQLite, to start quickly.

    >>> import sqlite3
    >>> is_damage(sqlite3.DatabaseError("database disk image is malformed"))
    True
    >>> is_damage(sqlite3.OperationalError("no such column: x"))
    False
    """
    kinds = {(kind.__module__, kind.__name__) for kind in type(error).__mro__}
    return ("sqlite3", "DatabaseError") in kinds and any(sign in str(error) for sign in _DAMAGE)
