"""Years as people write them in words, in the spelling of the query language: "before 2020", 2020年より前, 3年前.

Does not know which years the data have, and does not read `2019..2021`: `fields` does.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

_KANJI = "〇一二三四五六七八九"
_FEW = f"(?:[1-9１-９]|10|１０|十|[{_KANJI[1:]}])"
_ERAS = {"令和": 2018, "平成": 1988}
_ERA = f"(?:{'|'.join(_ERAS)})(?:[0０]?[1-9１-９]|[1-9１-９][0-9０-９]|元|[{_KANJI[1:]}])(?![0-9０-９])"
_YEAR = f"(?<![0-9０-９])(?:[12１２][0-9０-９]{{3}}(?![0-9０-９])|[一二][{_KANJI}]{{3}}(?=年)|{_ERA})"
_YEARS_AGO = {"今年": 0, "本年": 0, "去年": 1, "昨年": 1, "一昨年": 2, "おととし": 2}
_NAMED = f"(?<![一-鿿々])(?:{'|'.join(_YEARS_AGO)})(?![年々])"
_AGO = f"(?<![0-9０-９{_KANJI}])({_FEW})年前(?!後)"
_SOME_AGO = f"(?<![0-9０-９{_KANJI}])({_FEW})(?:[〜～~–、，,・-]|から)({_FEW})年前(?!後)"
_LAST = f"(?:ここ|この|直近|過去|最近)の?({_FEW})[かカヵヶ]?年間?"
# What follows a year, and what both mean; "{0}" is the year, "{1}" the next one.
_AFTER_JAPANESE = {
    "": "{0}",
    "(?:中|内|版|開催)(?![一-鿿])": "{0}",
    "以降|以後|以来|から": "{0}..",
    "[〜～~]": "{0}..",
    "以前|まで|迄": "..{0}",
    "より[もは]?(?:以?前|まえ|古い)|未満": "..{-1}",
    "より[もは]?(?:以?後|あと|新しい)": "{1}..",
    "代": "{0}..{9}",
    "代前半": "{0}..{4}",
    "代後半": "{5}..{9}",
}
_RELATION = f"(?:{'|'.join(sorted(filter(None, _AFTER_JAPANESE), key=len, reverse=True))})"
# What follows a year and makes it vague, or means what is not read.
_VAGUE = (
    "(?:の?(?:頃|ころ|ごろ|前後)|あたり|くらい|ぐらい|すぎ|まえ|より[^\\s、。の]*|[0-9０-９]{1,2}月"
    "|[前後頃末初半以未代間超過上下春夏秋冬迄近辺][一-鿿]*[ばめり]?)"
)
_SUFFIX = f"(?:{_RELATION})?{_VAGUE}?"
_ONE = f"{_YEAR}年?度?"
# What all of these have: most texts need not wait until the others are compiled.
SIGN_OF_JAPANESE = "[年0-9０-９]|おととし"
# Years as a part of Japanese text, with what belongs to them; it has no groups.
IN_JAPANESE = "|".join(
    (
        f"{_ONE}(?:[〜～~–-]|から){_ONE}(?:まで)?",
        f"{_ONE}(?:[・、，,/／とや]{_ONE})*(?<=[年度]){_SUFFIX}",
        f"[〜～~]?{_YEAR}(?:年度?{_SUFFIX}|{_RELATION}{_VAGUE}?)",
        f"{_NAMED}度?{_SUFFIX}",
        _SOME_AGO.replace("(" + _FEW + ")", _FEW) + _SUFFIX,
        _AGO.replace("(" + _FEW + ")", _FEW) + _SUFFIX,
        _LAST.replace("(" + _FEW + ")", _FEW),
    )
)

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = f"({'|'.join(_COUNTS)}|[1-9]|10)"
# English words with years in them, and what they mean; nothing where it is not certain.
_ENGLISH = {
    "(?:from|between) Y (?:to|and|until|till|through|-|–) Y": "{0}..{to}",
    "Y (?:to|until|till|through|-|–) Y": "{0}..{to}",
    "(?:in |from )?Y (?:onwards?|(?:and|or) (?:later|newer|after|up|onwards?|beyond))": "{0}..",
    "(?:in |from )?Y (?:and|or) (?:earlier|before|older)": "..{0}",
    "(?:since|starting(?: in| from)?|no earlier than|not before) Y": "{0}..",
    "(?:after|post|(?:newer|later|more recent) than)[ -]Y": "{1}..",
    "(?:before|pre|prior to|(?:older|earlier) than)[ -]Y": "..{-1}",
    "(?:until|till|up to|up until|through|no later than|not after) Y": "..{0}",
    "(?:(?:in |of |from |during )?the )?Ys": "{0}..{9}",
    "(?:(?:in |of |from |during )?the )?(?:early|mid|late)[ -]Ys?": "",
    "(?:around|about|circa|roughly|nearly|approximately|by|except|without|than) Y": "",
    "(?:in |from |of |during )?Y": "{0}",
}
_RECENT = {
    f"(?:in |from |of |during )?(?:the )?(?:last|past|previous) {_COUNT} years": "{1}..",
    f"(?:from )?{_COUNT} years ago": "{0}",
    "(?:in |from |of |during )?(last|this) year": "{0}",
}  # fmt: skip


class Written(NamedTuple):
    """The years that the first `length` words mean, as values of `year:`; `sure` if these say so, and not only may."""

    length: int
    values: tuple[str, ...]
    sure: bool = True


def written_japanese(typed: str) -> Written | None:
    """Return the years that a folded text of one word, as `IN_JAPANESE` finds it, means.

    >>> [written_japanese(one).values[0] for one in ("2024年", "2020年より前", "2020年より新しい", "二〇二一年以来", "2020年代")]
    ['2024', '..2019', '2021..', '2021..', '2020..2029']
    >>> [written_japanese(one).values for one in ("2019年から2021年まで", "2019・2020年", "令和6年")]
    [('2019..2021',), ('2019', '2020'), ('2024',)]
    >>> written_japanese("2020年前後").sure, written_japanese("量子化")
    (False, None)
    """
    this_year = date.today().year  # noqa: DTZ011 - the user's year
    if several := _several_from(this_year, typed):
        return several
    western = re.sub(_AGO, lambda ago: f"{this_year - _few(ago[1])}年", typed)
    western = re.sub(_NAMED, lambda named: f"{this_year - _YEARS_AGO[named[0]]}年", western)
    western = re.sub(_ERA, lambda era: str(_ERAS[era[0][:2]] + _few(era[0][2:])), western)
    western = re.sub(
        f"[{_KANJI}]{{4}}(?=年)", lambda year: "".join(str(_KANJI.index(one)) for one in year[0]), western
    )
    years = re.findall(r"\d{4}", western)
    plain = re.sub(r"(?<=\d)年?度?", "", western)
    if re.fullmatch(r"\d{4}(?:[〜~–-]|から)\d{4}(?:まで)?", plain):
        return Written(1, ("..".join(years),))
    if re.fullmatch(r"[〜~]\d{4}", plain):
        return Written(1, (f"..{years[0]}",))
    if re.fullmatch(r"\d{4}(?:[・、,/とや]\d{4})+", plain):
        return Written(1, tuple(years))
    one = re.fullmatch(r"(\d{4})(.*)", plain)
    if one is None:
        return None
    forms = (form for after, form in _AFTER_JAPANESE.items() if re.fullmatch(after, one[2]))
    return _written(1, next(forms, ""), int(one[1]))


def _several_from(this_year: int, typed: str) -> Written | None:
    """Return years that are counted from this one: ここ3年, 2〜3年前."""
    if last := re.fullmatch(_LAST, typed):
        return Written(1, (f"{this_year + 1 - _few(last[1])}..",))
    if ago := re.match(_SOME_AGO, typed):
        first, until = sorted(this_year - _few(years) for years in ago.groups())
        return Written(1, (f"{first}..{until}",), sure=ago.end() == len(typed))
    return None


def written_english(words: Sequence[str]) -> Written | None:
    """Return the years that the folded words at the beginning of some mean.

    >>> written_english(["newer", "than", "2021", "papers"]), written_english(["the", "2020s"])
    (Written(length=3, values=('2022..',), sure=True), Written(length=2, values=('2020..2029',), sure=True))
    >>> written_english(["around", "2020"]), written_english(["gpu", "2020"])
    (Written(length=2, values=('2020',), sure=False), None)
    """
    text = " ".join(words)
    for pattern, form in _ENGLISH.items() if re.search(r"\d{4}", text) else ():
        found = re.match(pattern.replace("Y", r"([12]\d{3})") + r"(?!\S)", text)
        if found:
            to = int(found[found.lastindex or 1])
            return _written(found[0].count(" ") + 1, form, int(found[1]), to)
    for pattern, form in _RECENT.items() if "year" in text else ():
        if found := re.match(pattern + r"(?!\S)", text):
            ago = {"this": 0, "last": 1}[found[1]] if found[1] in ("this", "last") else _few(found[1])
            this_year = date.today().year  # noqa: DTZ011 - the user's year
            return _written(found[0].count(" ") + 1, form, this_year - ago)
    return None


def _written(length: int, form: str, year: int, to: int = 0) -> Written:
    """Return what a form of `_AFTER_JAPANESE` or `_ENGLISH` means for a year; that of a decade must begin one."""
    unclear = not form or ("{9}" in form and year % 10) or ("{to}" in form and to <= year)
    if unclear:
        return Written(length, (str(year),), sure=False)
    values = re.sub(r"\{(-?\d)\}", lambda place: str(year + int(place[1])), form).replace("{to}", str(to))
    return Written(length, (values,))


def _few(number: str) -> int:
    """Return a small number that is written in digits or in a word."""
    if number in _COUNTS:
        return _COUNTS.index(number) + 1
    return {"十": 10, "元": 1}.get(number) or (_KANJI.index(number) if number in _KANJI else int(number))
