"""The exit codes of the command."""

from enum import IntEnum


class Exit(IntEnum):
    """The meaning of an exit code."""

    DONE = 0
    FAILURE = 1
    USAGE = 2
    DATA = 3
    NOT_FOUND = 4
    INTERRUPTED = 130
