"""The Japanese eras and their years: 令和6年 is 2024.

Does not find them in a text: `dates` and `written_years` do.
"""

KANJI_DIGITS = "〇一二三四五六七八九"
# The year before each era, and how many years it has.
NAMED_ERAS = {
    "令和": (2018, 99),
    "平成": (1988, 31),
    "昭和": (1925, 64),
    "大正": (1911, 15),
    "明治": (1867, 45),
}
# A year of an era, as the era and its number: 令和6年, 平成元年度.
ERA_YEAR = rf"({'|'.join(NAMED_ERAS)}) ?([0-9０-９]{{1,2}}|元|[{KANJI_DIGITS}十]{{1,3}}) ?年度?"
ERAS = NAMED_ERAS | dict(zip("rhstm", NAMED_ERAS.values(), strict=True))


def year_of_era(era: str, typed: str) -> int:
    """Return a year of an era, written as a number or 元; 0, which no day has, after its last.

    >>> year_of_era("令和", "元"), year_of_era("平成", "31"), year_of_era("平成", "40"), year_of_era("令和", "十")
    (2019, 2019, 0, 2028)
    """
    before, last = ERAS[era]
    year = small_number(typed)
    return before + year if year <= last else 0


def small_number(typed: str) -> int:
    """Return a number below 100 in digits or kanji, of which each may be a digit; 元 is the first.

    >>> [small_number(typed) for typed in ("7", "元", "七", "十", "十二", "三十", "二十九", "二九", "三〇")]
    [7, 1, 7, 10, 12, 30, 29, 29, 30]
    """
    if typed == "元" or typed.isdecimal():
        return 1 if typed == "元" else int(typed)
    tens, ten, ones = typed.rpartition("十")
    return 10 * (in_digits(tens) if tens else bool(ten)) + in_digits(ones)


def in_digits(typed: str) -> int:
    """Return a number that is written with a kanji for each digit; 0 for none.

    >>> in_digits("二〇二四"), in_digits("")
    (2024, 0)
    """
    return int("".join(str(KANJI_DIGITS.index(digit)) for digit in typed) or 0)
