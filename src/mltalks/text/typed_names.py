"""Names that begin with what was typed so far.

Does not know where the names come from.
"""

from collections.abc import Iterable, Iterator

from mltalks.text.folding import fold

Candidate = tuple[str, str]  # a name, and what it is


def starting(candidates: Iterable[Candidate], typed: str) -> Iterator[Candidate]:
    """Yield the candidates that begin with the typed text, up to case and width."""
    key = typed_key(typed)
    yield from (candidate for candidate in candidates if fold(candidate[0]).startswith(key))


def typed_key(typed: str) -> str:
    """Return a typed text as names are compared with it: without quotes, case and width."""
    return fold(typed.replace("\\", "").strip("'\""))
