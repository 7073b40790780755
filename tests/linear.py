"""Whether the time of a piece of work grows with the length of what it reads, on a slow or busy machine too."""

import gc
import time
from collections.abc import Callable

_GROWTH = 8


def takes_linear_time(work: Callable[[int], object], length: int) -> bool:
    """Return whether `work(length)` takes at most four times its linear share of the time of an eighth.

    A quadratic one takes eight times the share. A busy machine makes single times longer, so one pair of five that
    holds is enough; below a fiftieth of a second a time says nothing.
    """

    def seconds(size: int) -> float:
        gc.disable()  # a collection of all that other tests left would be most of the time
        try:
            start = time.process_time()
            work(size)
            return time.process_time() - start
        finally:
            gc.enable()

    share = 4 * _GROWTH
    return any(
        (whole := seconds(length)) < share * 0.02 or whole < share * seconds(length // _GROWTH)
        for _ in range(5)
    )
