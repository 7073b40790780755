"""The methods of the Python library as tables: how each is called, what it returns and does, and which values parameters take.

Made from the signatures and docstrings of `mltalks.library`. Does not write files: `scripts.reference` does.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from mltalks.analysis.crosstab import PARTS, Cut, Percent
from mltalks.analysis.facets import CountOrder, ThemeOrder
from mltalks.library import Library
from mltalks.search.catalogue import FACETS
from mltalks.search.expansion.candidate_finder import Without
from mltalks.search.selection import Order
from scripts.fields import table

# A parameter, the methods that have it, and the values that it takes; without a method, all that have it.
_VALUES: dict[str, tuple[str, ...]] = {
    "`facet`; `rows`, `columns` of `crosstab`; `followed` of `trend`": FACETS,
    "`rows`, `columns` of `crosstab`, too": PARTS,
    "`sort`": get_args(Order),
    "`order` of `facet`": get_args(CountOrder),
    "`order` of `themes`": get_args(ThemeOrder),
    "`percent`": get_args(Percent),
    "`without`": get_args(Without),
    "`lang`": ("en", "ja"),
}
# What is for the commands alone.
_INNER = ("clear_cache", "compile", "drop_compiled", "evaluate", "is_indexed")


def methods() -> Iterator[str]:
    """Yield the lines of the tables."""
    found = [(name, one) for name, one in inspect.getmembers(Library, inspect.isfunction) if _is_public(name)]
    yield from table(
        ("method of the library", "returns", "what it does"),
        ((f"`{name}({_parameters(one)})`", f"`{_returned(one)}`", _sentence(one)) for name, one in found),
    )
    yield ""
    values = {name: ", ".join(f"`{one}`" for one in some) for name, some in _VALUES.items()}
    values["`cut`"] = (
        f"`mltalks.analysis.crosstab.Cut({', '.join(f'{one}={Cut._field_defaults[one]}' for one in Cut._fields)})`"
    )
    yield from table(("parameter", "values"), values.items())


def _is_public(name: str) -> bool:
    return not name.startswith("_") and name not in _INNER


def _parameters(method: Callable[..., Any]) -> str:
    """Return the parameters with their default values, without their types."""
    signature = inspect.signature(method)
    some = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    shown = str(inspect.Signature(some[1:])).removeprefix("(").removesuffix(")")
    return shown.replace("='", '="').replace("'", '"')


def _returned(method: Callable[..., Any]) -> str:
    """Return the type of what a method returns, in short."""
    annotation = inspect.signature(method).return_annotation
    written = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return re.sub(r" \| ", " or ", written)


def _sentence(method: Callable[..., Any]) -> str:
    """Return the first sentence of the docstring, without what names modules."""
    first = inspect.cleandoc(method.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return re.sub(r" \(see `search\.\w+`\)| of `mltalks\.[\w.]+`", "", first)
