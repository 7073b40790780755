"""A progress bar on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn


@contextmanager
def bar(width: int, *, colour: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar while the block runs; yield a function of what is done, how much of it and out of how much (0: not known)."""
    console = Console(
        stderr=True, width=width, height=25, no_color=not colour, _environ={}
    )  # the caller reads the environment
    columns = (*Progress.get_default_columns(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("mltalks", total=None)
        yield lambda what, done, total: progress.update(
            task, description=what, completed=done, total=total or None
        )
