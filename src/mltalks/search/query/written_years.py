"""Years as people write them in words, in the spelling of the query language: "before 2020", 2020年より前, 3年前.

Does not know which years the data have, and does not read `2019..2021`: `fields` does.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from mltalks.text.eras import KANJI_DIGITS, NAMED_ERAS, in_digits, small_number, year_of_era

_FEW = f"(?:[1-9１-９]|10|１０|十|[{KANJI_DIGITS[1:]}])"
_KANJI = f"[{KANJI_DIGITS[1:]}]"
_OF_ERA = f"[0０]?[1-9１-９]|[1-9１-９][0-9０-９]|元|(?:{_KANJI}?十{_KANJI}?|{_KANJI}[{KANJI_DIGITS}]?)(?=年)"
_ERA = f"(?:{'|'.join(NAMED_ERAS)})(?:{_OF_ERA})(?![0-9０-９])"
_YEAR = f"(?<![0-9０-９])(?:[12１２][0-9０-９]{{3}}(?![0-9０-９])|[一二][{KANJI_DIGITS}]{{3}}(?=年)|{_ERA})"
_YEARS_AGO = {"今年": 0, "本年": 0, "去年": 1, "昨年": 1, "一昨年": 2, "おととし": 2}
_NAMED = f"(?<![一-鿿々])(?:{'|'.join(_YEARS_AGO)})(?![年々])"
_AGO = f"(?<![0-9０-９{KANJI_DIGITS}])({_FEW})年前(?!後)"
_SOME_AGO = f"(?<![0-9０-９{KANJI_DIGITS}])({_FEW})(?:[〜～~–、，,・-]|から)({_FEW})年前(?!後)"
_LAST = f"(?:ここ|この|直近|過去|最近)の?({_FEW})[かカヵヶ]?年間?"
_OR_THAT = "(?:(?:[かと]|または|もしくは|および)それ)"
# What follows a year, and what both mean; "{0}" is the year, "{1}" the next one.
_AFTER_JAPANESE = {
    "": "{0}",
    "(?:中|内|版|開催)(?![一-鿿])": "{0}",
    f"{_OR_THAT}?(?:以降|以後)|以来|から(?:(?:現在|今日?|いま)まで)?": "{0}..",
    "[〜～~](?:現在)?": "{0}..",
    f"{_OR_THAT}?以前|まで|迄": "..{0}",
    "より[もは]?(?:以?前|まえ|古い)|未満": "..{-1}",
    "より[もは]?(?:以?後|あと|新しい)": "{1}..",
    "代": "{0}..{9}",
    "代前半": "{0}..{4}",
    "代後半": "{5}..{9}",
}
_RELATION = f"(?:{'|'.join(sorted(filter(None, _AFTER_JAPANESE), key=len, reverse=True))})"
# What follows a word that is excluded.
EXCEPT = "(?:以外|を除[くいき]|(?:では|じゃ|で)な[いく])"
_ABOUT = "(?:の?(?:頃|ころ|ごろ|前後))"
# What follows a year and makes it vague, or means what is not read.
_VAGUE = (
    f"(?:{EXCEPT}|{_ABOUT}|あたり|くらい|ぐらい|すぎ|まえ|より[^\\s、。の]*|[0-9０-９]{{1,2}}月"
    "|の(?:[前後末]|終わり|初め|はじめ|前半|後半)(?![一-鿿])"
    "|[前後頃末初半以未代間超過上下春夏秋冬迄近辺][一-鿿]*[ばめり]?)"
)
_SUFFIX = f"(?:{_RELATION})?{_VAGUE}?"
_ONE = f"{_YEAR}年?度?"
# What all of these have: most texts need not wait until the others are compiled.
SIGN_OF_JAPANESE = "[年0-9０-９]|おととし"
# Years as a part of Japanese text, with what belongs to them; it has no groups.
IN_JAPANESE = "|".join(
    (
        f"{_ONE}(?:[〜～~–-]|から){_ONE}(?:まで)?{_VAGUE}?",
        f"{_ONE}(?:[・、，,/／とや]{_ONE})*(?<=[年度]){_SUFFIX}",
        f"[〜～~]?{_YEAR}(?:年度?{_SUFFIX}|{_RELATION}{_VAGUE}?|{EXCEPT}|{_ABOUT})",
        f"{_NAMED}度?{_SUFFIX}",
        _SOME_AGO.replace("(" + _FEW + ")", _FEW) + _SUFFIX,
        _AGO.replace("(" + _FEW + ")", _FEW) + _SUFFIX,
        _LAST.replace("(" + _FEW + ")", _FEW) + f"{EXCEPT}?",
    )
)

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = f"(?:{'|'.join(_COUNTS)}|10|[1-9])"
_TIME = (
    r"(?:the )?(?:[12]\d{3}s?|(?:last|this) year)|COUNT years? ago"
    "|(?:(?:over|within|for) )?(?:the )?(?:(?:last|past|previous) COUNT years?|past year)"
).replace("COUNT", _COUNT)
_NOW = "(?:the )?(?:now|present|today|date)"
_UNTIL = "to|until|till|through"
_Years = tuple[int, int]
_BEGINNING, _END = 0, 9999
# The words before and after the years from a first to a last one, and which years both mean.
_BEFORE_ENGLISH: dict[str, Callable[[int, int], _Years]] = {
    "since|starting(?: in| from)?|no earlier than|not before": lambda first, _: (first, _END),
    "after|post|(?:newer|later|more recent) than": lambda _, last: (last + 1, _END),
    "before|pre|prior to|(?:older|earlier) than": lambda first, _: (_BEGINNING, first - 1),
    "until|till|up to|up until|through|no later than|not after": lambda _, last: (_BEGINNING, last),
}
_NO_TIME = f"(?! (?:than )?(?:{_TIME}))"  # "since 2020 and before 2023" are two
_AFTER_ENGLISH: dict[str, Callable[[int, int], _Years]] = {
    f"onwards?|(?:and|or) (?:later|newer|after|up|onwards?|beyond){_NO_TIME}": lambda first, _: (first, _END),
    f"(?:and|or) (?:earlier|before|older){_NO_TIME}": lambda _, last: (_BEGINNING, last),
}
# What excludes years, and what makes them vague; both are only named, since a wrong filter is worse than none.
_EXCLUDING = "not|no|none|nothing|never|neither|except|exclud(?:e|ing|ed)|without|outside|but|apart|aside|besides|other"
_UNCLEAR = (
    f"(?:{_EXCLUDING}|around|about|circa|roughly|nearly|approximately|near|by|beyond|than|over|more|less|almost"
    "|past(?=[ -](?:the )?[12])|early|mid|late|end|start|beginning|middle|half|towards?)"
)
_EXCLUDED = rf"\b(?:{_EXCLUDING})\b|{EXCEPT}|除"
# The words of years, from the first to the last; only those of `time` must be there. "(?(name)A|B)" is A after `name`, else B.
_ENGLISH = "".join(
    (
        # Tried last, because "not" and "no" also begin relations: "not before 2020".
        rf"(?P<unclear>(?:{_UNCLEAR}[ -](?:(?:for|talks?|papers?|sessions?|anything|the) )*){{1,3}})??",
        rf"(?:(?P<before>(?P<both>from|between)|(?P<within>in|of|during)|{'|'.join(_BEFORE_ENGLISH)})[ -])?",
        # "2 to 3 years ago" are the years from one to the other.
        rf"(?P<until>{_COUNT}(?: ?[-–] ?| (?:to|or) )(?={_COUNT} years? ago))?",
        f"(?P<time>{_TIME})",
        # "and" is between the ends of a range only after "from" or "between".
        rf"(?:(?: (?:{_UNTIL}) | ?(?:[-–]|\.\.) ?|(?(both) and |(?!)))(?P<to>{_TIME}|{_NOW})",
        f"|[ -](?P<after>{'|'.join(_AFTER_ENGLISH)})",
        # An end that is not understood; but "in 2020 to scale training" has none.
        f"|[ -](?P<open>or so|excluded|(?(within)(?!)|(?:{_UNTIL}|-|–))))?",
        # "not in 2020 or 2021" excludes both.
        f"(?P<more>(?(unclear)(?: (?:(?:and|or|nor) )?(?:(?:in|from) )?(?:{_TIME}))*))",
        r"(?!\S)",
    )
)


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
    western = re.sub(_ERA, lambda era: str(year_of_era(era[0][:2], era[0][2:])), western)
    western = re.sub(
        f"[{KANJI_DIGITS}]{{4}}(?=年)",
        lambda year: str(in_digits(year[0])),
        western,
    )
    years = re.findall(r"\d{4}", western)
    plain = re.sub(r"(?<=\d)年?度?", "", western)
    if span := re.fullmatch(r"(\d{4})(?:[〜~–-]|から)(\d{4})(?:まで)?(.*)", plain):
        written = _written("{0}..{to}", int(span[1]), int(span[2]))
        return written._replace(sure=written.sure and not span[3])
    if re.fullmatch(r"[〜~]\d{4}", plain):
        return Written(1, (f"..{years[0]}",))
    if re.fullmatch(r"\d{4}(?:[・、,/とや]\d{4})+", plain):
        return Written(1, tuple(years))
    one = re.fullmatch(rf"(\d{{4}})({_RELATION}?)(.*)", plain)
    if one is None:
        return None
    form = next(form for after, form in _AFTER_JAPANESE.items() if re.fullmatch(after, one[2]))
    written = _written(form, int(one[1]))
    return Written(1, (*written.values, *years[1:]), sure=False) if one[3] else written


def _several_from(this_year: int, typed: str) -> Written | None:
    """Return years that are counted from this one: ここ3年, 2〜3年前."""
    if last := re.match(_LAST, typed):
        return Written(1, (f"{this_year - _few(last[1])}..",), sure=last.end() == len(typed))
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
    if not re.search(r"\d{4}|year", text):
        return None
    found = re.match(_ENGLISH, text)
    if found is None:
        return None
    first, last = _time(found["time"])
    if found["until"]:
        this_year = date.today().year  # noqa: DTZ011 - the user's year
        first, last = sorted((first, this_year - _few(re.split("\\W", found["until"])[0])))
    asked = [
        relation(first, last)
        for part, relations in (("before", _BEFORE_ENGLISH), ("after", _AFTER_ENGLISH))
        for typed, relation in relations.items()
        if found[part] and re.fullmatch(typed, found[part])
    ]
    if found["to"]:
        asked.append((_BEGINNING if asked else first, _time(found["to"])[1]))
    low = max((years[0] for years in asked), default=first)
    high = min((years[1] for years in asked), default=last)
    none = low > high or last < first or (low, high) == (_BEGINNING, _END)
    unclear = found["unclear"] or found["open"] or (found["both"] == "between" and not found["to"])
    values = (str(first) if none else _spelled(low, high), *re.findall(r"\d{4}", found["more"]))
    return Written(found[0].count(" ") + 1, tuple(dict.fromkeys(values)), sure=not (none or unclear))


def is_excluding(typed: str) -> bool:
    """Return whether folded words with years exclude these.

    >>> is_excluding("not in 2020"), is_excluding("2020年以外"), is_excluding("around 2020")
    (True, True, False)
    """
    return re.search(_EXCLUDED, typed) is not None


def _time(typed: str) -> _Years:
    """Return the first and the last year of a time in English; a decade that begins in no year with a 0 has none."""
    if re.fullmatch(_NOW, typed):
        return _BEGINNING, _END
    if written := re.search(r"(\d{4})(s?)$", typed):
        first = int(written[1])
        return first, first if not written[2] else first + 9 if first % 10 == 0 else _BEGINNING
    this_year = date.today().year  # noqa: DTZ011 - the user's year
    count = re.search(rf"({_COUNT}) years?", typed)
    ago = _few(count[1]) if count else 0 if typed.endswith("this year") else 1
    first = this_year - ago
    return first, _END if "past" in typed or (count and not typed.endswith("ago")) else first


def _spelled(low: int, high: int) -> str:
    """Return years as a value of `year:`."""
    if low == high:
        return str(low)
    return f"{low if low > _BEGINNING else ''}..{high if high < _END else ''}"


def _written(form: str, year: int, to: int = 0) -> Written:
    """Return what a form of `_AFTER_JAPANESE` means for a year; that of a decade must begin one."""
    unclear = ("{9}" in form and year % 10) or ("{to}" in form and to <= year)
    if unclear:
        return Written(1, (str(year),), sure=False)
    values = re.sub(r"\{(-?\d)\}", lambda place: str(year + int(place[1])), form).replace("{to}", str(to))
    return Written(1, (values,))


def _few(number: str) -> int:
    """Return a small number that is written in digits or in a word."""
    if number in _COUNTS:
        return _COUNTS.index(number) + 1
    return small_number(number)
