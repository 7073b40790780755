"""A progress bar on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def bar(what: str, width: int) -> Iterator[Callable[[int, int], None]]:
    """Show a bar while the block runs; yield a function of how much is done and how much there is."""
    console = Console(stderr=True, width=width, height=25, _environ={})  # the caller reads the environment
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)
