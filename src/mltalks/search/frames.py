"""Results as tables of pandas, which is not a dependency of mltalks.

Does not choose the rows: each result does in its method `to_pandas`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.dataset.model import SESSION_FIELDS, Session
from mltalks.errors import MltalksError

if TYPE_CHECKING:
    from pandas import DataFrame


def frame(
    rows: Iterable[Mapping[Any, Any]],
    columns: Sequence[str | int],
    index: Sequence[str] | Sequence[tuple[int, str]] | None = None,
    levels: Sequence[str] = (),
) -> "DataFrame":
    """Return a table with a row for each mapping, and these columns even if there are no rows.

    An index of tuples has the names of its `levels`.

    Raises MltalksError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MltalksError("to_pandas needs pandas: pip install pandas") from None
    named = pd.MultiIndex.from_tuples([*(index or ())], names=[*levels]) if levels else index
    return pd.DataFrame([*rows], index=named, columns=[*columns])


def session_frame(
    sessions: Iterable[tuple[Session, Mapping[str, Any]]], more: Sequence[str] = ()
) -> "DataFrame":
    """Return a table of sessions with all their fields, and with the values of the columns `more`.

    Raises MltalksError: pandas is not installed.
    """
    return frame(({**session.record(), **values} for session, values in sessions), (*SESSION_FIELDS, *more))
