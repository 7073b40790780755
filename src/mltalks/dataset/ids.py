"""Ids for sessions and events that have none, made of their titles and names.

Does not look up ids: the caller passes those that are taken.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from itertools import islice

from mltalks.text.eras import ERA_YEAR, KANJI_DIGITS, small_number, year_of_era
from mltalks.text.folding import fold
from mltalks.text.words.stop_words import STOP_WORDS

_WORD = re.compile(r"\w+")
_JOINING = ("/", "&", "+")
# Where a word may end: a run of one script, or a number with what it counts, 第3回 or 1000倍.
_RUN = re.compile(
    r"第?[0-9]+(?:[a-z]+|[ァ-ヺー]+|[㐀-鿿々]+)?|[ァ-ヺー]+|(?:(?!第[0-9])[㐀-鿿々])+|[a-z][a-z0-9]*"
)
_BEGUN_NUMBER = re.compile("第?[0-9]*$|第$")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", re.ASCII)
# What numbers or dates one of several events of a series in a year: 第15回, #15, Vol.12, 2025年3月, 2025夏.
_EDITION = r"第 ?[0-9０-９〇一二三四五六七八九十百]+ ?[回期弾]|(?<![A-Za-z0-9_])[#＃♯] ?(?!(?:19|20|21)[0-9]{2}(?![0-9]))[0-9０-９]+|(?<![A-Za-z])(?i:vol)(?:\. ?| )[0-9]+"
_NUMBER = re.compile(f"[0-9]{{1,4}}|[{KANJI_DIGITS}]{{1,4}}|[{KANJI_DIGITS}]?十[{KANJI_DIGITS}]?")
_MONTH = r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
# The day or month of one evening beside its year: 2026-02, 14.02.2026, February 2026, 14 Feb 2026.
_DATED = (
    r"(?<![\w./-])(?:(?:[0-9]{1,2}[./-]){1,2}(?:19|20|21)[0-9]{2}|(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)(?![\w/-])"
    rf"|(?<!\w)(?:[0-9]{{1,2}}(?:st|nd|rd|th|\.)? )?{_MONTH} (?:[0-9]{{1,2}}(?:st|nd|rd|th)?,? )?(?:19|20|21)[0-9]{{2}}(?!\w)"
    rf"|(?<!\w)(?:19|20|21)[0-9]{{2}} {_MONTH}(?: [0-9]{{1,2}})?(?!\w)"
)
_PART_OF_YEAR = (
    rf"{_DATED}|{ERA_YEAR} ?[0-9０-９]{{1,2}}月(?:[0-9０-９]{{1,2}}日)?|"
    r"(?<![0-9])(?:19|20|21)[0-9]{2} ?(?:年度?)? ?(?:(?:年|[./])[0-9]{1,2}月?(?:[0-9]{1,2}日|[./][0-9]{1,2})?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[春夏秋冬]季?)(?![0-9])"
)
_YEAR_IN_JAPANESE = rf"{ERA_YEAR}|(?<![0-9])(?:19|20|21)[0-9]{{2}} ?年度?"
_YEAR_OF_TWO_DIGITS = r"['’‘][0-9]{2}(?!\w)"
# What numbers a volume: "the 27th Conference", "Systems 28", "(OSDI 20)".
_SHORT_YEAR_IN_BRACKETS = re.compile(r"(?<=[A-Z]) [0-9]{2}(?=[)\]])")
_ORDINAL = re.compile(r"\b[0-9]{1,3}(?:st|nd|rd|th) ", re.IGNORECASE)
_ORDINAL_OF_ACRONYM = re.compile(r"\A(?:[Tt]he )?[0-9]{1,3}(?:st|nd|rd|th) (?=[A-Z]+[a-z]*[A-Z])", re.ASCII)
_NUMBERED_BY_ORDINALS = re.compile(r".*\b(?:Conference|Symposium|Workshop|Meeting)\b", re.IGNORECASE)
_VOLUME = re.compile(
    r"^((?:Advances|Proceedings|Proc\.) .*[a-z]),? (?:(?i:vol(?:ume|\.)?) ?)?[0-9]{1,3}(?= [(\[]|$)"
)
# A number that is a word by itself and ends a part of a name, or is an ordinal: "Meetup 12", "3rd Meetup"; in "Web3" and "Area 51 Meetup" it numbers nothing.
_NUMBERED = r"(?<![\w.])[0-9０-９]+(?:(?:st|nd|rd|th)\b|(?=\s*(?:$|[()\[\]（）:：,;]|\s[-–—]\s)))"
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|（\s*）|【\s*】|［\s*］")
_EDGES = " \t-–—_,:;/'’"
_SHORT_YEAR = re.compile(r"([A-Za-z][A-Za-z-]*?)-?'?(\d\d)", re.ASCII)
_PART = re.compile(r"[()\[\],:;]")
_ACRONYM = re.compile(r"([A-Za-z][A-Za-z0-9/&+-]{1,14}?)[ '’-]*(?:(?:19|20|21)?\d\d)?", re.ASCII)
_BEFORE_SIGN = re.compile(r"(?<![\s,])[\s,]+(?=[)\]）］])|(?<!\s)\s+(?=[,:;])")
LONGEST, WIDEST = 48, 24  # letters of the part that is made of a title; columns, if the id is not all Latin
WHOLE, LEAST = 40, 16  # columns of an id that is not all Latin; of the part of the title, beside a long event
WORDS = 5


class Names(Container[str]):
    """Ids that are taken, in whatever case: no two ids of a table may differ in case only.

    >>> "STRASSE" in Names(["straße"]), Names(["MLSys24"]).known("mlsys24"), Names().known("mlsys24")
    (True, 'MLSys24', None)
    """

    def __init__(self, some: Iterable[str] = ()) -> None:
        self._by_key = {name.casefold(): name for name in some}

    def __contains__(self, name: object) -> bool:
        """Return whether an id is taken."""
        return isinstance(name, str) and name.casefold() in self._by_key

    def known(self, name: str) -> str | None:
        """Return an id as it is written where it is taken; None if it is not."""
        return self._by_key.get(name.casefold())

    def add(self, name: str) -> None:
        """Take an id."""
        self._by_key[name.casefold()] = name


def session_id(event: str, title: str, taken: Container[str]) -> str:
    """Return an id for a session: the id of its event and the first words of the title, without stop words.

    >>> session_id("mlconf24", "The Art of Serving: Fast and Cheap", ())
    'mlconf24-art-serving-fast-cheap'
    >>> session_id("mlconf24", "推論サーバーの話", {"mlconf24-推論サーバーの話"})
    'mlconf24-推論サーバーの話-2'
    >>> session_id("勉強会-第12回-2031", "公開討論 生成AI時代のデータ基盤", ())
    '勉強会-第12回-2031-公開討論-生成ai時代'
    >>> session_id("mlconf24", "The A/B test, a review", ())
    'mlconf24-a-b-test-review'
    """
    words = list(islice(_telling_words(fold(title)), WORDS)) or ["talk"]
    latin = "".join([event, *words]).isascii()
    most = LONGEST if latin else max(LEAST, min(WIDEST, WHOLE - columns(event) - 1))
    made = _begun(words[0], most)
    for word in words[1:WORDS]:
        left = most - columns(made) - 1
        if columns(word) > left:
            if 2 * left > most and not word.isascii():  # what is there may be "Panel" alone
                made += f"-{_begun(word, left)}"
            break
        made += f"-{word}"
    return free(f"{event}-{made}", taken)


def _telling_words(text: str) -> Iterator[str]:
    """Yield the words of a folded text that are no stop words; a letter that a sign joins to another word is none: A/B."""
    for found in _WORD.finditer(text):
        joined = (
            text[found.end() : found.end() + 1] in _JOINING
            or text[max(found.start() - 1, 0) : found.start()] in _JOINING
        )
        if found[0] not in STOP_WORDS or (len(found[0]) == 1 and joined):
            yield found[0]


def _begun(word: str, most: int) -> str:
    """Return a word, or its beginning of at most so many columns, up to where its script changes if that is not too short.

    A number is not parted from what it counts.

    >>> _begun("特徴量ストアを3年運用してわかったこと", 24), _begun("推論サーバー", 24), _begun("a" * 30, 24)
    ('特徴量ストアを3年運用', '推論サーバー', 'aaaaaaaaaaaaaaaaaaaaaaaa')
    >>> _begun("特徴量ストアを3年運用してわかったこと", 16), _begun("よりよいことの第12回", 17)
    ('特徴量ストア', 'よりよいことの')
    """
    if columns(word) <= most:
        return word
    word = word[: most + 1]  # a character takes a column at least
    cut = len(word)
    while columns(word[:cut]) > most:
        cut -= 1
    ends = [found.end() for found in _RUN.finditer(word) if found.end() <= cut]
    begun = word[: ends[-1]] if ends and 2 * ends[-1] >= cut else word[:cut]
    after = word[len(begun) : len(begun) + 1]
    return begun if after.isascii() and not after.isdigit() else _BEGUN_NUMBER.sub("", begun) or begun


def columns(text: str) -> int:
    """Return how many columns a text without control characters takes on a terminal.

    >>> columns("MLの話")
    6
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def event_id(name: str, year: int, taken: Container[str]) -> str:
    """Return an id for an event: its name as one word, with its year; of a long name, the acronym in it or its first words.

    >>> event_id("ML Conf", 2024, ()), event_id("PyCon US 2019", 2019, ())
    ('ml-conf-2024', 'pycon-us-2019')
    >>> event_id("14th Symposium on Networked Systems Design and Implementation (NSDI 17)", 2017, ())
    'nsdi-2017'
    >>> event_id("Proceedings of the International Conference on Software Engineering and Its Applications", 2019, ())
    'international-conference-software-engineering-2019'
    """
    words = _WORD.findall(fold(name)) or ["event"]
    whole = "-".join(words if str(year) in words else [*words, str(year)])
    if columns(whole) > LONGEST + len("-2000"):
        bare = [word for word in _WORD.findall(fold(_acronym(name) or name)) if word != str(year)]
        telling = [word for word in bare if word not in STOP_WORDS and word != "proceedings"] or bare
        whole = f"{_first_words(telling or ['event'], LONGEST)}-{year}"
    return free(whole, taken)


def _first_words(words: list[str], most: int) -> str:
    """Return the first words, at least a part of one, that take so many columns with hyphens between them."""
    made = _begun(words[0], most)
    for word in words[1:]:
        if columns(made) + 1 + columns(word) > most:
            break
        made += f"-{word}"
    return made


def _acronym(name: str) -> str | None:
    """Return the acronym that a name has in parentheses, or between commas or colons, without its year.

    >>> _acronym("Symposium on Networked Systems (NSDI 17)"), _acronym("SOSP '23: Symposium on Principles"), _acronym("Conference, Oslo")
    ('NSDI', 'SOSP', None)
    """
    for part in _PART.split(name):
        found = _ACRONYM.fullmatch(part.strip())
        if found and sum(map(str.isupper, found[1])) > 1:
            return found[1]
    return None


def free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or with the next free number after it.

    Numbers are taken from 2 on without gaps, so that a binary search finds the next.

    >>> free("a", {"a", "a-2", "a-3"}), free("a", ())
    ('a-4', 'a')
    """
    if name not in taken:
        return name
    below, number = 1, 2
    while f"{name}-{number}" in taken:
        below, number = number, 2 * number
    while number - below > 1:
        middle = (below + number) // 2
        below, number = (middle, number) if f"{name}-{middle}" in taken else (below, middle)
    return f"{name}-{number}"


def event_of(name: str, year: int | None = None) -> dict[str, str | int]:
    """Return the fields that the name of an event holds: name, series and, if there is one, year.

    >>> event_of("ML Conf 2024"), event_of("kubecon24"), event_of("Meetup", 2020)
    ({'name': 'ML Conf 2024', 'series': 'ML Conf', 'year': 2024}, {'name': 'kubecon24', 'series': 'kubecon', 'year': 2024}, {'name': 'Meetup', 'series': 'Meetup', 'year': 2020})
    """
    printed = year_in(name)
    if printed:
        return {"name": name, "series": series_of(name), "year": printed}
    short = _SHORT_YEAR.fullmatch(name)
    if short and year is None and int(short[2]) < 50:
        return {"name": name, "series": short[1], "year": 2000 + int(short[2])}
    return {"name": name, "series": series_of(name)} | ({} if year is None else {"year": year})


def year_in(text: str) -> int | None:
    """Return the first year, 1900 to 2199, in a text.

    A year of a Japanese era is one, too.

    >>> year_in("PyCon US 2016"), year_in("2018-05-17T10:00"), year_in("ChiPy 12016"), year_in("勉強会 令和6年"), year_in("平成元年度 大会")
    (2016, 2018, None, 2024, 1989)
    """
    if found := _YEAR.search(text):
        return int(found.group())
    era = re.search(ERA_YEAR, text)
    return (year_of_era(*era.groups()) or None) if era else None


def with_year(name: str, year: int) -> str:
    """Return the name of an event with its year, if it has neither a year nor the number of an edition.

    >>> with_year("ML Meetup", 2031), with_year("第5回勉強会", 2031), with_year("Web3 Meetup", 2031), with_year("Meetup 12", 2031)
    ('ML Meetup 2031', '第5回勉強会', 'Web3 Meetup 2031', 'Meetup 12')
    >>> [with_year(name, 2031) for name in ("3rd Meetup", "MLSys31", "OpML '19", "Meetup 2030", "Area 51 Meetup", "Industry 4.0")]
    ['3rd Meetup', 'MLSys31', "OpML '19", 'Meetup 2030', 'Area 51 Meetup 2031', 'Industry 4.0 2031']
    """
    return name if is_numbered(name, year) else f"{name} {year}"


def is_numbered(name: str, year: int) -> bool:
    """Return whether the name of an event of a year has a year or the number of an edition.

    >>> is_numbered("第5回勉強会", 2031), is_numbered("MLSys31", 2031), is_numbered("Web3 Meetup", 2031)
    (True, True, False)
    """
    short = rf"(?<![0-9]){year % 100:02}(?!\w)"
    numbered = re.search(f"{_YEAR_OF_TWO_DIGITS}|{_NUMBERED}|{short}", name)
    return bool(numbered) or is_edition(name) or year_in(name) is not None


def dated(name: str, day: object) -> tuple[str, int | None]:
    """Return the name of an event with the year of a day in ISO 8601, and this year; None for a name that has a year of its own.

    >>> dated("ML Meetup", "2031-05-06"), dated("ML Meetup 2030", "2031-05-06"), dated("ML Meetup", None)
    (('ML Meetup 2031', 2031), ('ML Meetup 2030', None), ('ML Meetup', None))
    """
    year = None if "year" in event_of(name) else year_in(str(day or ""))
    return (with_year(name, year), year) if year else (name, None)


def is_edition(name: str) -> bool:
    """Return whether a name is that of one of several events of a series, which may be in one year.

    >>> is_edition("第15回MLOps勉強会"), is_edition("MLOps勉強会（2025年3月）"), is_edition("MLOps Days 2025")
    (True, True, False)
    """
    return re.search(f"{_EDITION}|{_PART_OF_YEAR}", name) is not None


def edition_of(name: str) -> tuple[str, str] | None:
    """Return the series of a numbered edition without spaces, and its number; None for any other name.

    第3期 and Vol.3 are no third meeting, 第3回 or #3. A number that is none stays as it is written.

    >>> edition_of("第9回 MLOps 勉強会 2031") == edition_of("MLOps勉強会 #９") == edition_of("mlops勉強会 第九回") == ("mlops勉強会", "9")
    True
    >>> edition_of("MLOps勉強会 2031年3月"), edition_of("第2期 勉強会 第3回"), edition_of("第3回")
    (None, None, None)
    >>> [edition_of(f"MLOps勉強会 {one}")[1] for one in ("第3期", "第三弾", "Vol.3", "vol 3", "第2〇回", "第十十回", "第百二回")]
    ['期3', '弾3', 'vol3', 'vol3', '2〇', '十十', '百二']
    """
    found = re.findall(_EDITION, name)
    series = series_of(name)
    if len(found) != 1 or series == name:
        return None
    written = re.sub(r"[\W第回]", "", fold(found[0]))
    number = re.sub("[期弾a-z]", "", written)
    kind = written.replace(number, "")
    return "".join(fold(series).split()), kind + (
        str(small_number(number)) if _NUMBER.fullmatch(number) else number
    )


def series_of(name: str) -> str:
    """Return the name of an event without its year, and without the number or season of an edition or a volume.

    >>> [series_of(name) for name in ("第15回MLOps勉強会", "MLOps勉強会 #15", "MLOps勉強会 Vol.12 2025", "MLOps勉強会（2025年3月）", "MLOps勉強会 2025夏")]
    ['MLOps勉強会', 'MLOps勉強会', 'MLOps勉強会', 'MLOps勉強会', 'MLOps勉強会']
    >>> series_of("2025年度 人工知能学会全国大会（第39回）"), series_of("MLOps Meetup #3"), series_of("第3回"), series_of("#1 Conference")
    ('人工知能学会全国大会', 'MLOps Meetup', '第3回', 'Conference')
    >>> series_of("Advances in Information Processing Systems 28 (NIPS 2015)")
    'Advances in Information Processing Systems (NIPS)'
    >>> series_of("Advances in Information Processing Systems 28"), series_of("16th Symposium on Operating Ferns (OSDF 22)")
    ('Advances in Information Processing Systems', 'Symposium on Operating Ferns (OSDF)')
    >>> series_of("Proceedings of the 27th ACM Conference on Ferns"), series_of("2nd Workshop on Ferns"), series_of("Area 51")
    ('Proceedings of the ACM Conference on Ferns', 'Workshop on Ferns', 'Area 51')
    >>> series_of("PyData Berlin 2018"), series_of("PyCon 2009 (US)"), series_of("Python Brasil [2016]"), series_of("2016")
    ('PyData Berlin', 'PyCon (US)', 'Python Brasil', '2016')
    >>> [series_of(f"Moss Night {day}") for day in ("2026-02", "February 2026", "14.02.2026", "14 Feb 2026", "May 5th, 2026")]
    ['Moss Night', 'Moss Night', 'Moss Night', 'Moss Night', 'Moss Night']
    >>> series_of("MLOps勉強会 令和6年"), series_of("March Madness 2026"), series_of("昭和大学 2026")
    ('MLOps勉強会', 'March Madness', '昭和大学')
    >>> series_of("OpML '31: Operational ML"), series_of("OpML’31"), series_of("Papers (OpML '31)"), series_of("Music of the '90s")
    ('OpML: Operational ML', 'OpML', 'Papers (OpML)', "Music of the '90s")
    """
    bare = _SHORT_YEAR_IN_BRACKETS.sub("", _without_ordinals(_VOLUME.sub(r"\1", name)))
    bare = re.sub(f"{_EDITION}|{_PART_OF_YEAR}|{_YEAR_IN_JAPANESE}|{_YEAR_OF_TWO_DIGITS}", " ", bare)
    bare = _BEFORE_SIGN.sub("", _EMPTY.sub(" ", _YEAR.sub(" ", bare)))
    return " ".join(bare.split()).strip(_EDGES) or name


def _without_ordinals(name: str) -> str:
    """Return a name without the ordinals before a word for a meeting, of which they number one.

    So does one before an acronym, at the start.

    >>> _without_ordinals("27th Conference, 1st day"), _without_ordinals("1st day"), _without_ordinals("18th USENIX OSDF")
    ('Conference, 1st day', '1st day', 'USENIX OSDF')
    """
    numbered = _NUMBERED_BY_ORDINALS.match(name)
    end = numbered.end() if numbered else 0
    return _ORDINAL_OF_ACRONYM.sub("", _ORDINAL.sub("", name[:end]) + name[end:])
