"""Converts values of other programs to values of a data file: texts, links, kinds, dates, languages, people.

Does not guess: a value that is absent or cannot be converted becomes None, or an empty list. The rules for values are in
`dataset.values`.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from mltalks.dataset import languages, values as rules
from mltalks.dataset.vocabulary import KINDS, MARKS
from mltalks.exchange.mapping import kind_names
from mltalks.messages import word
from mltalks.text.dates import first_year, iso_date
from mltalks.text.japanese.scripts import is_east_asian
from mltalks.text.sanitize import SURROGATES

_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{SURROGATES}]")  # except tabs and line feeds
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?", re.ASCII)
# Of ISO 8601, and as people write them: 1h 30m, 45 minutes, 1 hour and 30 minutes, 1時間30分.
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?+)"
_UNITS = re.compile(
    rf"p?(?:{_NUMBER} ?d(?:ays?)?)?(?:, ?| )?t?(?:{_NUMBER} ?(?:h(?:(?:ou)?rs?|oras?|eures?)?\.?|std\.?|stunden?|時間))?(?:, ?| and | )?"
    rf"(?:{_NUMBER} ?(?:m(?:in(?:ut(?:e[ns]?|os?|i))?s?)?\.?|'|′|分|\Z))?(?:, ?| and | )?(?:{_NUMBER} ?(?:s(?:ec(?:ond)?s?)?\.?|秒))?(?:間)?"
)
_FRACTION = re.compile(r"\d+[.,]\d+", re.ASCII)
_NO_ID = re.compile(r"[^\w.]+")
_LETTER = re.compile(r"[^\W\d_]")
_DEEPEST = 3  # objects within each other
_LONGEST_NAME = 100  # letters of the name of a kind
_DETAIL = re.compile(r"\s*[(\[|,/:].*|\s+[–—-]\s.*", re.DOTALL)
_LENGTH = re.compile(
    r"[(\[]?\b(\d{1,3}(?:[.,]5)?)[ -]?(?:(min(?:ute[ns]?|s)?\b\.?|分間?|[′'](?!\w))|(h(?:(?:ou)?rs?)?\b\.?|stunden?\b|時間))[)\]]?"
)
LONGEST_TEXT = 200_000  # letters of one value; longer ones are left out

_TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def line(value: Any) -> str | None:
    r"""Return a text on one line, without unprintable characters; a number as text.

    >>> line("  A  title\n of two "), line(7), line(" "), line([])
    ('A title of two', '7', None, None)
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**20 else None
    if not isinstance(value, str):
        return None
    text = value[:LONGEST_TEXT]
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split()) or None


def prose(value: Any) -> str | None:
    """Return a text of several lines, without unprintable characters."""
    if not isinstance(value, str):
        return None
    text = _CONTROL.sub(" ", value[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(one.rstrip() for one in text.split("\n")).strip() or None


def first(record: Mapping[str, Any], *keys: str) -> str | None:
    """Return the first text of a record under some keys, on one line; of an object that which is `chosen`.

    >>> first({"title": " ", "name": "A title"}, "title", "name")
    'A title'
    """
    return next((text for key in keys if (text := text_of(record.get(key)))), None)


def chosen(value: Any, depth: int = 0) -> Any:
    """Return a value; of an object with texts by language, the English or first one, of another its name or address.

    >>> chosen({"de": "Betrieb", "en": "Operations"}), chosen({"id": 7, "name": "Serving"}), chosen({"id": "x-1"})
    ('Operations', 'Serving', {'id': 'x-1'})
    >>> chosen({"id": 7, "name": {"de": "Betrieb", "en": "Operations"}})
    'Operations'
    """
    if not isinstance(value, dict) or depth == _DEEPEST:
        return value
    by_language = value.keys() != {"id"} and all(
        isinstance(key, str) and _TAG.fullmatch(key) for key in value
    )
    keys = ("en", "name", "title", "label", "value", "text", "url", "href", *(value if by_language else ()))
    found = (chosen(value[key], depth + 1) for key in keys if key in value)
    return next((one for one in found if isinstance(one, str) and one.strip()), value)


def name_of(value: Any) -> str | None:
    """Return a text on one line, of an object that which is `chosen`; None for a number, which names nothing without its list.

    >>> name_of({"id": 2, "name": {"en": "Deployment"}}), name_of(2), name_of({"id": 2}), name_of(" ")
    ('Deployment', None, None, None)
    """
    return None if isinstance(value, int) else text_of(value)


def text_of(value: Any) -> str | None:
    """Return a text on one line; of an object that which is `chosen`.

    >>> text_of("A"), text_of({"name": "B"}), text_of({"rank": 1})
    ('A', 'B', None)
    """
    return line(chosen(value))


def link(value: Any, base: str | None = None) -> str | None:
    """Return an http or https address without spaces; a path is completed by the site of `base`.

    >>> link(" https://example.org/a "), link("javascript:alert(1)"), link("/a", "https://example.org/b"), link("/a")
    ('https://example.org/a', None, 'https://example.org/a', None)
    """
    text = line(value)
    try:
        whole = urljoin(base, text) if base and text and text.startswith("/") and text[:2] != "//" else text
    except ValueError:
        return None
    return whole if whole and rules.is_link(whole) else None


def kind(value: Any) -> str | None:
    """Return the kind of a session by its name in a programme, which may have details or a length beside it; None for an unknown one.

    >>> kind("Keynote"), kind("workshop"), kind("Oral"), kind("coffee"), kind("Talk (30min)"), kind("Poster - best")
    ('keynote', 'tutorial', 'paper', None, 'talk', 'poster')
    >>> kind("Talk 40 min"), kind("90-minute workshop"), kind("講演 30分"), kind("Session 40 min")
    ('talk', 'tutorial', 'talk', None)
    >>> kind("Lightning"), kind("Lightning talks (5 min)"), kind("short paper"), kind("lightning_talk"), kind("Short")
    ('talk', 'talk', 'paper', 'talk', None)
    """
    text = (
        unicodedata.normalize("NFKC", (line(value) or "")[: 2 * _LONGEST_NAME]).casefold().replace("_", " ")
    )
    names = [text, _DETAIL.sub("", text), without_length(text)] if len(text) < _LONGEST_NAME else []
    names += [name[sort.end() :] for name in names if (sort := kind_names.SORT.match(name))]
    known = kind_names.NAMES
    return next((known.get(name, name) for name in names if name in KINDS or name in known), None)


def without_length(name: str) -> str:
    """Return the name of a kind without a length in minutes or hours and without details.

    >>> without_length("session (40 min)"), without_length("2 hour workshop"), without_length("talk")
    ('session', 'workshop', 'talk')
    """
    return _DETAIL.sub("", _LENGTH.sub(" ", name)).strip(" -–—_/")


def length_in(value: Any) -> int | None:
    """Return the minutes that the name of a kind has beside it; None if there is none, or more than one.

    >>> length_in("Talk 40 min"), length_in("2-hour workshop"), length_in("Talk (20-40 min)"), length_in("Talk 40")
    (40, 120, None, None)
    """
    name = (line(value) or "")[:_LONGEST_NAME].casefold()
    found = _LENGTH.findall(name)
    if len(found) != 1 or re.search(r"\d|\bup to\b|最大", _LENGTH.sub(" ", name)):
        return None
    return minutes(f"{found[0][0]}{'h' if found[0][2] else 'min'}")


def language(value: Any) -> str | None:
    """Return a language tag (BCP 47, lower case) by the code or name of a language.

    >>> language("jpn"), language("English"), language("pt-BR"), language("klingon tongue")
    ('ja', 'en', 'pt-br', None)
    """
    return languages.language(line(value) or "")


def truth(value: Any) -> bool | None:
    """Return a boolean, or that of a text like "yes" or "0"; None for anything else."""
    return value if isinstance(value, bool) else _TRUTH.get((line(value) or "").casefold())


def mark(value: Any) -> str | None:
    """Return a user's mark of a session, which may be in Japanese; None for anything else.

    >>> mark("watched"), mark("見た"), mark("seen")
    ('watched', 'watched', None)
    """
    text = line(value) or ""
    return next((one for one in MARKS if text in (one, word(one, "ja"))), None)


def day(value: Any) -> str | None:
    """Return a date, or a date with a time, in ISO 8601; None for anything else.

    >>> day("2019-05-20"), day("2019-05-20T10:30:00+02:00"), day("20 May 2019"), day("5/6/2019"), day("soon")
    ('2019-05-20', '2019-05-20T10:30+02:00', '2019-05-20', None, None)
    """
    text = line(value) or ""
    if rules.is_date(text):
        return text
    try:
        return (
            datetime.fromisoformat(text).isoformat(timespec="minutes")
            if rules.DATE.match(text)
            else iso_date(text)
        )
    except ValueError:
        return None


def minutes(value: Any) -> int | None:
    """Return a duration in minutes, of a number of minutes, of "hours:minutes" or of one with units; None if it is over a day.

    >>> minutes(30), minutes("1:30"), minutes("00:45:00"), minutes("long")
    (30, 90, 45, None)
    >>> minutes("45 min"), minutes("1h 30m"), minutes("PT45M"), minutes("1.5 hours"), minutes("1時間30分"), minutes("90s")
    (45, 90, 45, 90, 90, 2)
    >>> minutes(30.0), minutes(1.5), minutes("0.75")
    (30, None, None)
    """
    text = (line(value) or "").removesuffix(".0")
    if _FRACTION.fullmatch(text):
        return None  # as likely of hours
    parts = _clock(text, 4)
    total = parts[0] * 60 + parts[1] if len(parts) > 1 else sum(parts)
    if not parts and (units := _UNITS.fullmatch(unicodedata.normalize("NFKC", text[:60]).casefold())):
        days, hours, some, odd = (float((one or "0").replace(",", ".")) for one in units.groups())
        total = math.ceil(days * 1440 + hours * 60 + some + odd / 60)
    return total if rules.is_duration(total) else None


def seconds(value: Any) -> int | None:
    """Return a duration in seconds, of a number, "hours:minutes:seconds" or "minutes:seconds"; below a million hours.

    >>> seconds(2618), seconds("04:30"), seconds("1:15:45"), seconds(30.0), seconds("TODO")
    (2618, 270, 4545, 30, None)
    """
    parts = _clock((line(value) or "").removesuffix(".0"), 6)
    return sum(part * 60**i for i, part in enumerate(reversed(parts))) if parts else None


def _clock(text: str, digits: int) -> list[int]:
    """Return up to three numbers that colons separate, each with at most `digits` digits; none of other text."""
    parts = text.split(":")
    fits = all(part.isascii() and part.isdecimal() and len(part) <= digits for part in parts)
    return list(map(int, parts)) if fits and len(parts) <= 3 else []


def minutes_of_seconds(value: Any) -> int | None:
    """Return the minutes of a duration in a format of `seconds`, or with units, rounded up; None if they are over a day.

    >>> minutes_of_seconds(2618), minutes_of_seconds("1:15:45"), minutes_of_seconds(0), minutes_of_seconds(90_000)
    (44, 76, None, None)
    >>> minutes_of_seconds("45 min"), minutes_of_seconds("PT1H")
    (45, 60)
    """
    whole = seconds(value)
    if whole is None:
        return minutes(value)
    total = -(-whole // 60)
    return total if rules.is_duration(total) else None


def minutes_between(start: str | None, end: str | None) -> int | None:
    """Return the minutes between two moments in ISO 8601; None if they cannot be compared, or are over a day apart."""
    try:
        took = datetime.fromisoformat(end or "") - datetime.fromisoformat(start or "")
    except (ValueError, TypeError):  # one of them with a time zone, the other without
        return None
    return minutes(took // timedelta(minutes=1))


def kept(convert: Callable[[Any], Any], value: Any) -> Any:
    """Return a converted value; one that cannot be converted as written, so that it is reported before it is left out.

    >>> kept(language, "Turkish"), kept(language, "klingon tongue"), kept(minutes, {"a": 1}), kept(minutes, 0), kept(minutes, " ")
    ('tr', 'klingon tongue', {'a': 1}, None, None)
    """
    found = convert(value)
    if found not in (None, []):
        return found
    text = line(value)
    return (
        (value or None)
        if text is None and not isinstance(value, str)
        else None
        if text in ("0", "0.0")
        else text
    )


def lines(values: Any) -> list[str]:
    """Return the texts of a list, or one text, as a list without repetition."""
    some = values if isinstance(values, list | tuple) else [values]
    return list(dict.fromkeys(text for value in some if (text := line(value))))


def speakers(names: Any) -> list[dict[str, str]]:
    """Return speakers with the given names, each once."""
    return [{"name": name} for name in lines(names)]


def doi(value: Any) -> str | None:
    """Return a DOI, without "doi:" or the address of its resolver or of a publisher's page that names it.

    Source: DOI Handbook, 2.2 and 3.5.

    >>> doi("https://doi.org/10.1145/3342195"), doi("doi:10.5555/1"), doi("10.x/1"), doi("https://example.org/10.1/2")
    ('10.1145/3342195', '10.5555/1', None, None)
    >>> doi("www.doi.org/10.5555/2"), doi("http://doi.acm.org/10.5555%2F3"), doi("https://dl.example.org/doi/abs/10.5555/4")
    ('10.5555/2', '10.5555/3', '10.5555/4')
    """
    return rules.plain_doi(line(value) or "")


def identifier(value: Any) -> str | None:
    """Return a text that can be an id; None for any other.

    >>> identifier("opml19-katib"), identifier("DBLP:conf/x")
    ('opml19-katib', None)
    """
    text = line(value) or ""
    return text if rules.is_identifier(text) else None


def key(value: Any) -> str | None:
    """Return the key of a bibliography as an id, with hyphens for signs that no id has; None for a text without letters.

    >>> key("DBLP:conf/osdi/YuJKKC22"), key("smith2020"), key("10.1145/1"), key(":/")
    ('DBLP-conf-osdi-YuJKKC22', 'smith2020', None, None)
    """
    text = line(value) or ""
    made = _NO_ID.sub("-", text).strip("-.")
    return identifier(text) or (
        identifier(made) if len(made) < _LONGEST_NAME and _LETTER.search(made) else None
    )


def citation_key(value: Any) -> str | None:
    """Return a key of a bibliography as it is; None if BibTeX cannot read it.

    >>> citation_key(" DBLP:conf/osdi/X22 "), citation_key("two words")
    ('DBLP:conf/osdi/X22', None)
    """
    text = line(value) or ""
    return text if rules.is_citation_key(text) else None


def year(value: Any) -> int | None:
    """Return a year from 1900 to 2200 at the beginning of a text.

    >>> year("2019/05/20/"), year(2019), year("20190"), year("in press"), year("令和6年度")
    (2019, 2019, None, None, 2024)
    """
    found = first_year(line(value) or "")
    return found if found and rules.is_year(found) else None


def in_order(parts: list[str]) -> list[str]:
    """Return the parts of a name between commas in the usual order: the last one first, unless it is East Asian.

    >>> in_order(["King", "Jr", "Martin"]), in_order(["Ada"]), in_order(["山田", "太郎"])
    (['Martin', 'King', 'Jr'], ['Ada'], ['山田', '太郎'])
    """
    return parts if is_east_asian("".join(parts[-1:])) else [*parts[-1:], *parts[:-1]]


def parts(text: str, separator: re.Pattern[str], opening: str = "{", closing: str = "}") -> list[str]:
    """Return the parts of a text between separators that are not within brackets; at most 10,000.

    If a bracket is not closed, no brackets count.

    >>> parts("A and {B and C}", re.compile(" and ")), parts("A (B; C; D", re.compile("; "), "(", ")")
    (['A', '{B and C}'], ['A (B', 'C', 'D'])
    """
    marks = _marks(separator, opening + closing)
    depth, start, found = 0, 0, list[str]()
    for mark in marks.finditer(text):
        sign = mark.group()
        if sign in opening:
            depth += 1
        elif sign in closing:
            depth = max(depth - 1, 0)
        elif depth == 0 and not sign.startswith("\\") and len(found) < 10_000:
            found.append(text[start : mark.start()])
            start = mark.end()
    return separator.split(text, 10_000) if depth else [*found, text[start:]]


@lru_cache(20)
def _marks(separator: re.Pattern[str], brackets: str) -> re.Pattern[str]:
    return re.compile(rf"\\.|[{re.escape(brackets)}]|{separator.pattern}", separator.flags | re.DOTALL)


# How the value of a field that has one value is converted.
BY_FIELD: Mapping[str, Callable[[Any], Any]] = {
    "kind": kind, "track": line, "track_inferred": truth, "speakers_incomplete": truth, "summary": prose, "summary_ja": prose, "url": link, "slides": link, "paper": link, "video": link,
    "slides_public": truth, "doi": doi, "citation_key": citation_key, "language": language, "date": day, "minutes": minutes, "room": line, "mark": mark, "note": prose,
}  # fmt: skip
