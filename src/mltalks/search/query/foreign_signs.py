"""Signs and words of other query languages in a query, each with a notice on how it is read.

Does not read the query: `parser` does.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from mltalks.messages import Choices, Message, excerpt
from mltalks.search.query import fields as query_fields
from mltalks.search.query.parser import NEAR, pieces_of, text_of
from mltalks.text.words.tokenizer import words

# Words that people type for operators; those of _AFTER_WORDS follow what they negate.
_AFTER_WORDS = ("以外", "以外の", "ではない", "じゃない", "を除く")
_OPERATOR_WORDS = (
    {"or": "OR", "and": "AND", "not": "NOT"}
    | dict.fromkeys(("または", "又は", "もしくは", "若しくは", "あるいは", "或いは"), "OR")
    | dict.fromkeys(("かつ", "および", "及び", "ならびに", "並びに"), "AND")
    | dict.fromkeys((*_AFTER_WORDS, "除く", "除外"), "NOT")
)
_WITHOUT = re.compile(
    "(.{0,100}?[^ぁ-ゟ\\s])(?:以外|ではない|じゃない|を除[くいき])(?:では|には|[のたではをにが])?"
)
_YEARS = re.compile(
    "(?:年度?(?:前|以.|より.*|代.*)?|(?<![0-9A-Za-z])[12][0-9]{3})$"
)  # `filter_hints` has a notice on these
READ_AS = '"{name}" is read as {taken}'
AS_AND = '"{name}" is read as {taken}: there is no operator for words near each other; words side by side are written in "quotes"'
AT_END = '"{word}" is searched as "{plain}"; only a * at the end of a word means any letters'


def operator_words(
    query: str | Sequence[str], operators: Collection[str] = ("OR", "AND", "NOT")
) -> Iterator[Message]:
    """Yield a notice for each word of a query that may mean one of `operators`, which are written in capitals, and is read as a word.

    >>> [notice.text() for notice in operator_words("kafka or spark")]
    ['"or" is searched as a word; the operator is written OR']
    >>> [notice.text() for notice in operator_words("パネル以外の推論")]
    ['"パネル以外の" is searched as text; to leave these out, write 推論 NOT パネル']
    """
    text = text_of(query)
    tokens = [match for match in pieces_of(text) if match.lastgroup != "space"]
    for at, match in enumerate(tokens):
        word = match.group()
        operator = _OPERATOR_WORDS.get(word)
        if match.lastgroup != "word":
            continue
        between = at < len(tokens) - 1 and (at or word == "not")
        if operator in operators and (between or (at and word in _AFTER_WORDS)):
            yield Message(
                '"{word}" is searched as a word; the operator is written {operator}',
                {"word": word, "operator": operator},
            )
        without = _WITHOUT.match(word) if "NOT" in operators and not word.isascii() else None
        if without and not _YEARS.search(without[1]):
            others = f"{text[: match.start()]} {word[without.end() :]} NOT {without[1]} {text[match.end() :]}"
            yield Message(
                '"{word}" is searched as text; to leave these out, write {query}',
                {"word": excerpt(without[0]), "query": excerpt(" ".join(others.split()))},
            )


def foreign_signs(query: str | Sequence[str]) -> Iterator[Message]:
    """Yield a notice for each sign of other query languages: `&&`, `|`, `NEAR/5`, `*word`, `wo?d`, `/pattern/` and `a>1`.

    >>> [notice.text() for notice in foreign_signs("kafka && /quant/")]
    ['"&&" is read as AND', '"/quant/" is searched as "quant"; only a * at the end of a word means any letters']
    """
    for match in pieces_of(text_of(query)):
        word = match.group()
        plain = " ".join(words(word))
        if match.lastgroup != "word":
            yield from _beside_words(match, plain)
            continue
        if plain and re.fullmatch("[「『].+[」』]", word):
            template = '"{word}" is searched as "{plain}"; words side by side are written in "quotes"'
            yield Message(template, {"word": excerpt(word), "plain": excerpt(word[1:-1])})
        elif plain and re.fullmatch(r"\w+%|[*?]\w+\*?|\w+[*?]+\w+\*?|/.+/|\^\w.*|\w.*\$|[a-z_]+=?~.+", word):
            yield Message(AT_END, {"word": excerpt(word), "plain": excerpt(plain)})
        elif "," in word and all(map(query_fields.named_field, word.split(","))):
            yield Message('"{words}" is searched as words; --fields chooses fields', {"words": excerpt(word)})
        elif re.fullmatch(r"[^\W\d]\w*(?:[<>＜＞][=＝]?|[≤≥≦≧])[^<>＜＞\d]*\d[^<>＜＞]*", word):
            template = '"{word}" is searched as "{plain}"; only years can be compared'
            yield Message(template, {"word": excerpt(word), "plain": excerpt(plain)})
        elif (colon := re.fullmatch(r"(\w+/(?=[a-z]+:)[a-z]+|[^\W\d]+(?=：))[:：](?!//)([^：]+)", word)) and (
            query_fields.named_field(colon[1].partition("/")[0])
            if "/" in colon[1]
            else all(len(words(one)) == 1 for one in colon.groups())
        ):
            template = (
                '"{word}" is searched as text, since no field is called "{name}"; the fields are {fields}'
            )
            names = {"name": excerpt(colon[1]), "fields": Choices(query_fields.FIELDS)}
            yield Message(template, {"word": excerpt(word), **names})


def _beside_words(match: re.Match[str], plain: str) -> Iterator[Message]:
    """Yield the notice of a piece of a query that is no word."""
    name, kind = match.group(), match.lastgroup
    if kind in ("AND", "OR"):
        yield Message(AS_AND if re.fullmatch(NEAR, name) else READ_AS, {"name": name, "taken": kind})
    elif kind == "phrase" and re.search(r"\*\w|(?<!\w)\*|\w\?\w", name):
        yield Message(AT_END, {"word": excerpt(match["phrase"]), "plain": excerpt(plain)})
