"""Puts Japanese keywords, questions and summaries of other programs into the fields for Japanese, and an English summary into the other.

Does not translate, and does not touch records that mltalks wrote. A summary in kanji alone may be Chinese, and stays; a keyword in kanji
alone counts as Japanese.
"""

import re
from collections.abc import Container, Mapping
from typing import Any

from mltalks.text.japanese.scripts import is_japanese

_LISTS = ("keywords", "questions")
_KANA = "[ぁ-ゟ゠-ヿ]"
_SHARE = 4  # letters in other scripts for each kana of a Japanese text, at most


def in_their_languages(fields: Mapping[str, Any], chosen: Container[str] = ()) -> dict[str, Any]:
    """Return fields of a session, with texts in the field of their language; those of fields that the user has chosen stay.

    >>> in_their_languages({"keywords": ["GPU", "推論"], "summary": "推論を速くする"})
    {'keywords': ['GPU'], 'keywords_ja': ['推論'], 'summary_ja': '推論を速くする'}
    >>> in_their_languages({"summary_ja": "Faster inference"}), in_their_languages({"summary": "Talks at 東京"})
    ({'summary': 'Faster inference'}, {'summary': 'Talks at 東京'})
    """
    found = dict(fields)
    for name in _LISTS:
        texts = found.get(name)
        if (
            name not in chosen
            and isinstance(texts, list)
            and any(japanese := [_is_japanese(one) for one in texts])
        ):
            pairs = list(zip(texts, japanese, strict=True))
            found[name] = [one for one, is_ja in pairs if not is_ja]
            known = found.get(f"{name}_ja") or []
            found[f"{name}_ja"] = list(dict.fromkeys([*known, *(one for one, is_ja in pairs if is_ja)]))
    for name, other, fits in (("summary", "summary_ja", _is_in_kana), ("summary_ja", "summary", _is_foreign)):
        if name not in chosen and fits(found.get(name)) and not found.get(other):
            found[other] = found.pop(name)
    return found


def _is_japanese(text: object) -> bool:
    return isinstance(text, str) and is_japanese(text)


def _is_in_kana(text: object) -> bool:
    """Return whether a text is Japanese, and not one in another language with some Japanese words."""
    if not isinstance(text, str) or text.isascii():
        return False
    return len(re.findall(_KANA, text)) * _SHARE > len(re.findall("[A-Za-z]", text))


def _is_foreign(text: object) -> bool:
    return isinstance(text, str) and bool(re.search("[A-Za-z]", text)) and not is_japanese(text)
