"""Text in lines of a width, broken at spaces and between Japanese characters, as the rules of Japanese typesetting ask.

Does not know the terminal.
"""

import re
import unicodedata
from collections.abc import Iterator

# Japanese characters one by one, letters and numbers of other scripts as words, spaces.
_UNIT = re.compile(
    r"\s+|[\u3000-\u9fff\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef\U00020000-\U0003ffff]"
    r"|[^\s\u3000-\u9fff\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef\U00020000-\U0003ffff]+"
)
# JIS X 4051: what may not begin a line, and what may not end one.
_JAPANESE_ENDS = frozenset(
    "、。，．・：；？！ー～〜゛゜ヽヾゝゞ々〻‐゠」』）】〕］｝〉》〙〗％℃°｡､･ｰﾞﾟ｣"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
)
LONGEST_WORD = 32  # cells up to which a word asks for a line that is as wide
_NAMED = re.compile(r"(?:\A\s+)?(?:[^\s、]+、?|、)\s*")
_WORD = re.compile(r"[!-~]+")
NEVER_FIRST = _JAPANESE_ENDS | frozenset(",.:;?!%)]}»”’…‥")
NEVER_LAST = frozenset("「『（【〔［｛〈《〘〖｢([{«“‘~#＃￥＄")


def breaks(text: str, width: int, *, fold: bool = True, named: bool = False) -> list[int]:
    """Return where lines of at most `width` cells begin in a text, but the first; a longer word is broken only if `fold`.

    A line may end with spaces beyond the width. A text of names, `named`, is broken at spaces only, like English.

    >>> breaks("日本語の文。", 10), breaks("a （bcd） e", 7), breaks("abcdef", 4), breaks("abcdef", 4, fold=False)
    ([4], [2, 8], [4], [])
    >>> breaks("山本 一、中村 二", 10), breaks("山本 一、中村 二", 10, named=True), breaks("山本一郎助", 6, named=True)
    ([5], [5], [3])
    """
    if cells(text) <= width:
        return []
    found, used = [], 0
    pieces = (one.span() for one in _NAMED.finditer(text)) if named else _pieces(text)
    for start, end in pieces:
        shown = cells(text[start:end].rstrip())
        if used and used + shown > width:
            found.append(start)
            used = 0
        if fold and shown > width:
            for at in _folds(text, start, end, width):
                found.append(at)
                start = at  # noqa: PLW2901 - the rest of the piece
        used += cells(text[start:end])
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the parts of a text that are kept on one line, each with the spaces after it."""
    start, indented = 0, len(text) - len(text.lstrip())
    for unit in _UNIT.finditer(text):
        at = unit.start()
        if at > indented and not _joined(text[at - 1], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joined(before: str, after: str) -> bool:
    """Return whether a character stays on the line of the one before it."""
    if before.isspace():
        return after in _JAPANESE_ENDS
    return after.isspace() or after in NEVER_FIRST or before in NEVER_LAST


def _folds(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yield where to break a part that is longer than a line."""
    line, used = start, 0
    for at in range(start, end):
        size = cells(text[at])
        if used + size > width and at > line and not text[at:end].isspace():
            allowed = range(at, line + (at - line) // 2, -1)
            place = next(
                (p for p in allowed if text[p] not in NEVER_FIRST and text[p - 1] not in NEVER_LAST), at
            )
            yield place
            line, used = place, cells(text[place:at])
        used += size


def wrapped(text: str, width: int, *, fold: bool = False) -> list[str]:
    """Return a text in lines of at most `width` cells; a longer word is broken only if `fold`.

    >>> wrapped("ab cd ef", 5), wrapped("日本語の文。", 10)
    (['ab cd', 'ef'], ['日本語の', '文。'])
    """
    text = text.strip()
    starts = [0, *breaks(text, max(2, width), fold=fold)]
    return (
        [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
        if text
        else []
    )


def longest_word(text: str) -> int:
    """Return how many cells the longest word takes that is better not broken; Japanese is broken anywhere."""
    return min(LONGEST_WORD, max(map(len, _WORD.findall(text)), default=0))


def with_hanging_indents(text: str, width: int) -> str:
    """Return text whose lines have terms and, two spaces or more after them, a description; long ones are broken below it.

    >>> print(with_hanging_indents("two  two words here", 14))
    two  two words
         here
    >>> print(with_hanging_indents("  one  two  more words here", 24))
      one  two  more words
                here
    """
    return "\n".join(part for line in text.split("\n") for part in _fitted(line, width))


def _fitted(line: str, width: int) -> list[str]:
    if cells(line) <= width:
        return [line]
    head = re.findall(r"^ *(?:\S.* {2,}(?=\S))?", line)[0]
    if re.fullmatch(r"\w+:\S+", line[len(head) :]):
        head = line  # terms without a description
    rest, indent = line[len(head) :], cells(head)
    if indent > width // 2:
        terms = [f"  {part}" for part in wrapped(head, width - 2)]
        return [*terms, *(f"      {part}" for part in wrapped(rest, width - 6))]
    first, *more = wrapped(rest, width - indent)
    return [head + first, *(" " * indent + part for part in more)]


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
