"""Messages in two languages: English templates with values, and their Japanese in locale/ja.json.

Does not translate data. A test checks that every template has its Japanese.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

Lang = Literal["en", "ja"]
Section = Literal["messages", "words", "organization_kinds", "headings", "help"]
# The values of a message that are words to translate.
WORD_VALUES = frozenset(("what", "found", "reason", "coverage"))
# The values of a message that count something; others may be years or numbers of changes.
_COUNTS = frozenset(
    [
        "count",
        "total",
        "shown",
        "added",
        "changed",
        "skipped",
        "known",
        "refused",
        "sessions",
        "members",
        "themes",
        "organizations",
        "events",
        "all",
        "in_a",
        "in_b",
        "both",
        "unknown",
        "inferred",
        "filed",
        "lacking",
        "wanted",
    ]
)
# A number and what it counts, except in "2 of 3 sessions".
_COUNTED = re.compile(
    r"(?<!\} of )\{(\w+)\}((?: (?:close|similar|more|broader))? (?:session|answer|event|theme|organization|speaker|keyword|value|row|"
    r"column|file|problem|member|role|change|talk|link|page|seat|label|concept|record|message|warning|error))s\b"
)


def japanese(section: Section) -> Mapping[str, str]:
    """Return a section of locale/ja.json: Japanese texts by their English ones.

    `words` are values of messages, `organization_kinds` kinds of organizations (there, "company" is a firm; in `words`, it is
    any organization), `headings` names of columns, `help` paragraphs of command help.
    """
    return _japanese()[section]


@cache
def _japanese() -> dict[str, dict[str, str]]:
    import json

    texts: dict[str, dict[str, str]] = json.loads(
        (Path(__file__).parent / "locale" / "ja.json").read_text(encoding="utf-8")
    )
    return texts


@runtime_checkable
class Translatable(Protocol):
    """A message or problem that can be a value of another message."""

    def text(self, lang: Lang) -> str:
        """Return it in a language."""


class Message:
    """A template with its values; messages with equal templates and values are equal."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, values: Mapping[str, object] | None = None) -> None:
        self.template = template
        self.values = values or {}

    def text(self, lang: Lang = "en") -> str:
        """Return the message in a language."""
        return say(self.template, lang, **self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(self.text())

    def __repr__(self) -> str:
        return f"Message({self.text()!r})"


class Correction(Message):
    """A notice that what was typed is taken for a likely typing error: `missing` says what there is not, `meant` what is taken for it."""

    __slots__ = ("meant", "missing")

    def __init__(
        self, template: str, values: Mapping[str, object], missing: Message, meant: Sequence[str]
    ) -> None:
        super().__init__(template, values)
        self.missing, self.meant = missing, meant


_WIDE = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60]"
_CODE = frozenset(
    ("filter", "filters", "query", "command", "example", "option", "operator", "path", "words")
)  # to be typed
_TYPED = re.compile(r"(?:\bNOT |\bmltalks [ -~]*|[a-z]:)$")  # the beginning of what is to be typed
# A value of a message in Japanese, with the spaces that part it from what is before and after.
_GAP = rf"(?P<before>(?:(?<={_WIDE}) )?)\{{(?P<name>\w+)\}}(?P<after>(?: (?={_WIDE}))?)"


def say(template: str, lang: Lang, /, **values: object) -> str:
    """Return a template in a language with its values; of these, only those in WORD_VALUES are translated.

    >>> say('no talk says "{word}"', "ja", word="tpv")
    '「tpv」を含む発表はありません'
    >>> say('no {what} "{name}"', "ja", what="company", name="company")
    '組織「company」はデータにありません'
    >>> say("{count} sessions found", "en", count=1), say("{count} sessions found", "ja", count=1200)
    ('1 session found', '1,200件見つかりました')
    """
    if lang == "ja":
        text = japanese("messages").get(template, template)
    else:
        text = (
            _COUNTED.sub(lambda found: _number(found, values), template) if 1 in values.values() else template
        )
    if not values:
        return text
    worded = {name: _worded(name, value, lang) for name, value in values.items()}
    if lang == "ja":
        text = re.sub(_GAP, lambda found: _closed(found, worded), text)
    said = text.format(**worded)
    return _nested(said) if lang == "ja" and said.count("「") > 1 else said


def _nested(text: str) -> str:
    """Return a text with the brackets within others as double ones.

    >>> _nested("「「特徴量ストア」」と「推論」")
    '「『特徴量ストア』」と「推論」'
    """
    if text.count("「") != text.count("」"):
        return text  # a value has one without the other
    depth, signs = 0, []
    for sign in text:
        depth += sign == "「"
        signs.append({"「": "『", "」": "』"}.get(sign, sign) if depth > 1 else sign)
        depth -= sign == "」"
    return "".join(signs)


def _closed(found: re.Match[str], values: Mapping[str, object]) -> str:
    """Return a place of a value without the spaces that part Japanese from Latin letters, where the value is Japanese.

    >>> say("to exclude a word, write NOT {word}", "ja", word="推論")
    '語を除外するには NOT 推論 と書いてください'
    >>> say("Coverage of {event}: {note}.", "ja", event="第12回", note="x")
    '第12回の収録状況: x'
    """
    value = str(values.get(found["name"], ""))
    before, after = found["before"], found["after"]
    if found["name"] in _CODE or _TYPED.search(found.string, 0, found.start()):
        return found[0]
    if re.match(_WIDE, value):
        before = before.rstrip(" ")
    if re.match(_WIDE, value[-1:]):
        after = after.lstrip(" ")
    return f"{before}{{{found['name']}}}{after}"


def _number(found: re.Match[str], values: Mapping[str, object]) -> str:
    return found[0].removesuffix("s") if values.get(found[1]) == 1 else found[0]


def _worded(name: str, value: object, lang: Lang) -> object:
    if isinstance(value, Translatable):
        return value.text(lang)
    if name in _COUNTS and type(value) is int:
        return f"{value:,}"
    if lang != "ja" or name not in WORD_VALUES:
        return value
    text, words = str(value), japanese("words")
    before, colon, last = text.rpartition(": ")  # a file, and what the system says of it
    return words.get(text) or f"{before}{colon}{words.get(last, last)}"


class Listed:
    """Words that are alternatives, as a value of a message."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    def text(self, lang: Lang) -> str:
        """Return them in a language.

        >>> Listed(["event", "company", "theme"]).text("en"), Listed(["event", "theme"]).text("ja")
        ('event, company or theme', '会議・テーマ')
        """
        if lang == "ja":
            return "・".join(word(one, lang) for one in self.words)
        return " or ".join(filter(None, (", ".join(self.words[:-1]), self.words[-1])))

    def __str__(self) -> str:
        return self.text("en")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self.text("ja") == other.text("ja")

    def __hash__(self) -> int:
        return hash(self.text("ja"))


class Listing(Listed):
    """Names, one after the other, as a value of a message; with `more`, the first of them.

    `in_japanese` are the names in Japanese if they are other ones.
    """

    def __init__(
        self, names: Iterable[object], *, more: bool = False, in_japanese: Iterable[str] | None = None
    ) -> None:
        super().__init__([*map(str, names)])
        self._in_japanese = self.words if in_japanese is None else [*in_japanese]
        self._more = ["…"] if more else []

    def text(self, lang: Lang) -> str:
        """Return them in a language.

        >>> Listing(["Google", "Meta"]).text("en"), Listing(["Google", "Meta"], more=True).text("ja")
        ('Google, Meta', 'Google、Meta、…')
        """
        if lang == "ja":
            return _enumerated([*self._in_japanese, *self._more])
        return ", ".join([*self.words, *self._more])


class Quoted(Listed):
    """Texts, each in quotation marks, as a value of a message."""

    def text(self, lang: Lang) -> str:
        """Return them in a language.

        >>> Quoted(["by google", "keynote"]).text("en"), Quoted(["Google", "基調講演"]).text("ja")
        ('"by google", "keynote"', '「Google」、「基調講演」')
        """
        if lang == "ja":
            return "、".join(f"「{one}」" for one in self.words)
        return ", ".join(f'"{one}"' for one in self.words)


class FieldName:
    """The name of a field, as a value of a message: in Japanese its heading."""

    def __init__(self, name: str) -> None:
        self.name = name

    def text(self, lang: Lang) -> str:
        """Return it in a language; of a path, each part.

        >>> FieldName("speakers.name").text("en"), FieldName("speakers.name").text("ja"), FieldName("themes[1]").text("ja")
        ('speakers.name', '講演者.名前', 'テーマ[1]')
        """
        if lang == "en":
            return self.name
        return re.sub(r"\w+", lambda part: japanese("headings").get(part[0], part[0]), self.name)

    def __str__(self) -> str:
        return self.name


class Choices(Listed):
    """Values that may be typed, as a value of a message; `names` are their Japanese names, other ones than of words and headings."""

    def __init__(self, words: Sequence[str], names: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.names = {**(names or {})}

    def text(self, lang: Lang) -> str:
        """Return them in a language.

        >>> Choices(["company", "title"]).text("en"), Choices(["company", "title"]).text("ja")
        ('company, title', '組織、タイトル')
        """
        if lang != "ja":
            return ", ".join(self.words)
        names = (
            {**japanese("headings"), **japanese("words")}
            | {"language": "使用言語", "added": "追加順"}
            | self.names
        )
        return _enumerated([names.get(one, one) for one in self.words])


def _enumerated(names: Sequence[str]) -> str:
    """Return Japanese names in a row; several in quotation marks if one has a sign that parts names.

    >>> _enumerated(["推論", "監視"]), _enumerated(["監視・可観測性", "推論", "…"]), _enumerated(["監視・可観測性"])
    ('推論、監視', '「監視・可観測性」、「推論」、…', '監視・可観測性')
    """
    if len(names) > 1 and any(re.search("[・、]", one) for one in names):
        names = [one if one == "…" else f"「{one}」" for one in names]
    return "、".join(names)


def excerpt(text: str, limit: int = 60) -> str:
    """Return the first characters of a text that a message quotes, with an ellipsis if it is longer.

    >>> excerpt("a long text", 7)
    'a long…'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def word(name: str, lang: Lang) -> str:
    """Return a word that is a value of a message, in a language.

    >>> word("company", "ja"), word("company", "en")
    ('組織', 'company')
    """
    return japanese("words").get(name, name) if lang == "ja" else name


def did_you_mean(names: Sequence[str], lang: Lang) -> str:
    """Return `; did you mean "a" or "b"?`, or nothing without names."""
    if not names:
        return ""
    if lang == "ja":
        return f"。もしかして: {''.join(f'「{name}」' for name in names)}"
    quoted = [f'"{name}"' for name in names]
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    return f"; did you mean {listed}?"
