"""Formats by name: the built-in ones, and those that other packages add with entry points.

Does not read or write any format. Imports the module of a format on load, and the metadata of installed packages only if a name
is not built in or all names are needed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mltalks.errors import MltalksError, UsageError, is_damage
from mltalks.messages import excerpt

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")


class PluginError(MltalksError):
    """A format of another package that cannot be loaded, or fails while it runs."""

    def __init__(self, name: str, package: str, error: BaseException) -> None:
        frames = extract_tb(error.__traceback__)
        place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        super().__init__(
            'the format "{name}" of the package {package} fails: {reason}',
            name=name, package=package, reason=f"{type(error).__name__}: {error}{place}",
        )  # fmt: skip


class Registry(Generic[T]):
    """The formats of one group of entry points, each an object of the class `kind`.

    `built_in` has each built-in format as "module:attribute", like pyproject.toml: they work even if the metadata of the
    installed package are older than the code, and no other package can replace one.
    """

    def __init__(self, group: str, kind: type[T], places: Mapping[str, str]) -> None:
        """Take the places of the built-in formats, as "module:attribute", in the package that is named as the group is."""
        package = group.replace("mltalks.", "mltalks.exchange.")
        self.built_in = {name: f"{package}.{place}" for name, place in places.items()}
        self.group = group
        self._kind = kind

    @cached_property
    def installed(self) -> Mapping[str, "EntryPoint"]:
        """The entry points of other packages by name, in alphabetical order."""
        from importlib.metadata import entry_points

        found = sorted(entry_points(group=self.group), key=lambda one: one.name)
        return {one.name: one for one in found if one.name not in self.built_in}

    def __iter__(self) -> Iterator[str]:
        yield from self.built_in
        yield from self.installed

    def load(self, name: str) -> T:
        """Return the format of a name.

        Raises UsageError: there is no such format.
        Raises PluginError: it belongs to another package, and cannot be imported or is not a `kind`.
        """
        if name in self.built_in:
            module, _, attribute = self.built_in[name].partition(":")
            built_in: T = getattr(import_module(module), attribute)
            return built_in
        if name not in self.installed:
            template = '{option}: "{value}" is not one of {choices}'
            raise UsageError(template, option="--format", value=excerpt(name), choices=", ".join(self))
        try:
            loaded = self.installed[name].load()
        except (Exception, SystemExit) as error:  # a module of another package may raise anything
            raise self.failure(name, error) from error
        if not isinstance(loaded, self._kind):
            raise self.failure(name, TypeError(f"{self.installed[name].value} is no {self._kind.__name__}"))
        return loaded

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Turn an error that another package raises, and that is not a MltalksError, into its `failure`."""
        try:
            yield
        except MltalksError:
            raise
        except Exception as error:
            if name in self.built_in or is_damage(error):
                raise
            raise self.failure(name, error) from error

    def failure(self, name: str, error: BaseException) -> PluginError:
        """Return a one-line error with the format, the package and the place of the failure."""
        distribution: Any = self.installed[name].dist
        return PluginError(name, distribution.name if distribution else "?", error)
