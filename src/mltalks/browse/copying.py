"""What of a talk can be copied, and its links.

Does not reach the clipboard: the screen does.
"""

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mltalks.browse.state import Place
from mltalks.errors import QueryError
from mltalks.messages import Lang, say
from mltalks.search.query.nodes import positive_words
from mltalks.search.query.parser import parse
from mltalks.text.sanitize import link

if TYPE_CHECKING:
    from mltalks.dataset.model import Session
    from mltalks.search.catalogue import Catalogue

Choice = tuple[str, str, str]  # the key, what it is, the text


def copies(catalogue: "Catalogue", session: "Session | None", place: Place, lang: Lang) -> Iterator[Choice]:
    """Yield what can be copied of a talk and of a place, each with its key."""
    if session is not None:
        from mltalks.exchange.exporters.catalogue_context import context_of
        from mltalks.exchange.exporters.registry import EXPORTERS

        context = context_of(catalogue, lang=lang)
        yield "i", say("id", lang), session.id
        yield "t", say("title", lang), session.title
        known = (session.url, session.paper, session.slides, session.video)
        address = next(filter(None, map(link, known)), None)
        if address:
            yield "l", say("link", lang), address
        for key, name, form in (("b", "BibTeX", "bibtex"), ("m", "Markdown", "md")):
            text = EXPORTERS.load(form).text
            assert text
            yield key, name, "".join(text([session._replace(note=None)], context))
    yield "q", say("the command line", lang), command_line(place)


def command_line(place: Place) -> str:
    """Return the command that prints the talks of a place.

    >>> command_line(Place("kv cache company:Meta")), command_line(Place("year:2024.."))
    ("mltalks search 'kv cache company:Meta'", 'mltalks list year:2024..')
    """
    if place.related:
        return f"mltalks related {shlex.quote(place.related)}"
    try:
        ranks = any(True for _ in positive_words(parse(place.query)))
    except QueryError:  # the command says what is wrong with it
        ranks = True
    query = place.query.strip()
    words = [*(["--"] if query.startswith("-") else []), shlex.quote(query)] if query else []
    command = ["mltalks search", *(["--all"] if place.distant else [])] if ranks else ["mltalks list"]
    return " ".join([*command, *words])
