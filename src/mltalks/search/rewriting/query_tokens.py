"""The tokens of a query: the pieces of its bare words that may mean a filter, and the query without some of them.

Does not know what they mean: `filter_hints` does.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mltalks.search.query.nodes import Node, Required, Word
from mltalks.search.query.written_years import IN_JAPANESE, SIGN_OF_JAPANESE
from mltalks.text.folding import fold
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.words.query_fillers import is_content

OPEN_YEARS = re.compile(r"(?:\.\.|[~〜])\d{4}|\d{4}(?:\.\.|[~〜])", re.ASCII)
_PIECES = "([ぁ-ゟ]+|[・、，]|以外|無(?=[しい]))"
PIECES_WITH_YEARS = f"({IN_JAPANESE}|{_PIECES[1:]}"
SIGNS = ("・", "")  # the latter is a comma


class Token(NamedTuple):
    """A piece of a bare word, as typed and folded; `glued` if there is no space before it, `part` is the place in the query."""

    text: str
    folded: str
    part: int
    glued: bool

    @property
    def plain(self) -> bool:
        """Whether the token says nothing of a subject: a stop word, filler, or hiragana between other words."""
        hiragana = not self.folded.isascii() and all("ぁ" <= letter <= "ゟ" for letter in self.folded)
        return hiragana or self.folded in SIGNS or not is_content(self.folded)


def tokens_of(parts: Sequence[Node]) -> Iterator[Token]:
    """Yield the tokens of the bare words; Japanese ones are cut after a year, around hiragana, and at commas and dots."""
    for number, part in enumerate(parts):
        if not isinstance(part, Word) or part.field is not None:
            continue
        for text in part.text.split():
            pattern = PIECES_WITH_YEARS if re.search(SIGN_OF_JAPANESE, text) else _PIECES
            pieces = re.split(pattern, text) if is_japanese(text) else [text]
            for at, piece in enumerate(filter(None, pieces)):
                folded = fold(piece)
                if not OPEN_YEARS.fullmatch(folded):
                    folded = folded.strip(".,;:!?()[]、。？！「」")
                    folded = re.sub("(?<=[0-9]0)['’]s$", "s", folded).removesuffix("'s").removesuffix("’s")
                yield Token(piece, folded, number, glued=at > 0)


def without_tokens(parts: Sequence[Node], tokens: Sequence[Token], used: set[int]) -> Iterator[Node]:
    """Yield the parts of a query without some tokens of its words."""
    changed = {tokens[at].part for at in used}
    for number, part in enumerate(parts):
        if number not in changed:
            yield part
            continue
        texts: list[str] = []
        last = -1
        for at, token in enumerate(tokens):
            if token.part == number and at not in used:
                if token.glued and last == at - 1 and texts:
                    texts[-1] += token.text
                else:
                    texts.append(token.text)
                last = at
        typed_with_spaces = isinstance(part, Word) and len(part.text.split()) > 1
        kind = Required if isinstance(part, Required) else Word
        yield from map(kind, [" ".join(texts)] if typed_with_spaces and texts else texts)
