"""A sequence whose items are made when they are asked for.

Does not keep them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T")


class MadeOnDemand(Sequence[T]):
    """The results of a function of each key.

    >>> squares = MadeOnDemand(range(4), lambda number: number * number)
    >>> len(squares), squares[3], list(squares[1:]), squares == (0, 1, 4, 9)
    (4, 9, [1, 4, 9], True)
    """

    def __init__(self, keys: Sequence[K], make: Callable[[K], T]) -> None:
        self._keys: Sequence[Any] = keys
        self._make = make

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "MadeOnDemand[T]": ...
    def __getitem__(self, at: int | slice) -> "T | MadeOnDemand[T]":
        return (
            MadeOnDemand(self._keys[at], self._make) if isinstance(at, slice) else self._make(self._keys[at])
        )

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
