"""Texts that people write into a cell that has no value: なし, -, 未定, N/A.

Does not know the place of a name, where more texts name nobody: `not_people` does.
"""

import re
from typing import Any

from mltalks.text.folding import name_key

_WORDS = frozenset((
    "tba", "tbd", "tbc", "n a", "na", "none", "nil", "null", "to be announced", "to be determined", "to be confirmed", "not applicable",
    "なし", "無し", "無", "ナシ", "特になし", "特に無し", "該当なし", "該当無し", "未定", "未入力", "未記入", "未記載", "未登録", "不明", "非公開", "同上", "同左", "同じ", "ー", "ｰ", "々",
))  # fmt: skip
_SIGNS = r"[\s\-‐-―−_ー〃〜~.…·・/／、。,]*"  # that stand for nothing alone


def is_placeholder(text: str) -> bool:
    """Return whether a text stands for no value, or for that of another cell.

    >>> [is_placeholder(one) for one in ("なし", "―", "N/A", "〃", "ー", "未定", "None of us", "R", "無限", "⭐", "∞")]
    [True, True, True, True, True, True, False, False, False, False, False]
    """
    return len(text) < 40 and (name_key(text) in _WORDS or re.fullmatch(_SIGNS, text) is not None)


def without_placeholders(value: Any) -> Any:
    """Return a text or a list of texts without placeholders; None for one alone.

    >>> without_placeholders(["GPU", "-"]), without_placeholders("未定"), without_placeholders(30)
    (['GPU'], None, 30)
    """
    if isinstance(value, list):
        return [one for one in value if not (isinstance(one, str) and is_placeholder(one))]
    return None if isinstance(value, str) and is_placeholder(value) else value
