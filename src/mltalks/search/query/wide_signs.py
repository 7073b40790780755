"""Wide signs: what Japanese input methods type for the signs of the query language, as these.

Does not read queries: `parser` does.
"""

import re
from unicodedata import normalize

_OPERATORS = {"ＡＮＤ": "AND", "ＯＲ": "OR", "ＮＯＴ": "NOT", "ｎｏｔ": "not"}
_QUOTES = "“”„‟＂"
_OPERATOR = rf"(?<![^\s(])(?:{'|'.join(_OPERATORS)})(?![^\s)])"
_NEGATION = r"(?:(?<=[\s(])|^)[－−‐‑–ー！](?=[^\W\d])"  # before a word, where no word begins with the sign


def narrowed(text: str) -> str:
    """Return a query with wide signs as narrow ones, each in its place; parentheses and quotes only if they are in pairs.

    >>> narrowed("（量子化　ＯＲ　枝刈り） 企業:グーグル"), narrowed("量子化 ー種類:パネル"), narrowed("“feature store”")
    ('(量子化　OR　枝刈り) 企業:グーグル', '量子化 -種類:パネル', '"feature store"')
    >>> narrowed("量子化 ！GPU"), narrowed("量子化 –GPU"), narrowed("推論！ 量子化")
    ('量子化 -GPU', '量子化 -GPU', '推論！ 量子化')
    >>> narrowed("！GPU 量子化"), narrowed("量子化＊ GPU＊"), narrowed("量子化｜蒸留")
    ('-GPU 量子化', '量子化* GPU*', '量子化|蒸留')
    >>> narrowed("推論（1"), narrowed("サーバー ー"), narrowed("ＯＲ検索"), narrowed("1）推論")
    ('推論（1', 'サーバー ー', 'ＯＲ検索', '1）推論')
    >>> narrowed("ｙｅａｒ＞２０２０ 推論")
    'year＞２０２０ 推論'
    """
    if text.isascii():
        return text
    text = re.sub(
        "(?<![Ａ-Ｚａ-ｚ＿])[Ａ-Ｚａ-ｚ＿]++(?=[=＝<＜>＞≤≥≦≧!！])",
        lambda name: normalize("NFKC", name[0]),
        text,
    )
    if sum(map(text.count, _QUOTES)) and '"' not in text and sum(map(text.count, _QUOTES)) % 2 == 0:
        text = text.translate(dict.fromkeys(map(ord, _QUOTES), '"'))
    if "（" in text or "）" in text:
        text = _with_parentheses(text)
    text = text.replace("｜", "|")
    text = re.sub(r"(?<=\w)＊(?=[\s)]|$)", "*", text)
    return re.sub(_NEGATION, "-", re.sub(_OPERATOR, lambda match: _OPERATORS[match[0]], text))


def _with_parentheses(text: str) -> str:
    """Return a query with wide parentheses as narrow ones, outside of quotes, if all are in pairs and hold something."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    narrow = [
        part.translate({ord("（"): "(", ord("）"): ")"}) if not part.startswith('"') else part
        for part in parts
    ]
    depth = 0
    for sign in re.findall("[()]", "".join(narrow[::2])):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            return text
    return text if depth or re.search(r"\(\s*\)", "".join(narrow)) else "".join(narrow)
