"""Reads titles of sessions, one on each line: plain, or as JSON texts.

Is not a registered format, as any text fits it: `classify` uses it for files that no importer recognises.
"""

import io
import re

from mltalks.exchange.importers import json_records
from mltalks.exchange.readers.source import Draft, Found, Source

_JSON_TEXTS = re.compile(r'\s*(?:\[\s*"(?:[^"\\\n]|\\.)*"\s*[\],]|"(?:[^"\\\n]|\\.)*"[ \t\r]*(?:\n|$))')


def read(source: Source, head: str) -> Found:
    """Yield a draft for each line that is not empty, without the comments (#) at the beginning; `head` is the beginning.

    Raises DataError: it cannot be read, or begins as JSON and is not.
    """
    if _JSON_TEXTS.match(head):
        yield from json_records.read(source)
        return
    begun = False
    for number, line in enumerate(
        io.TextIOWrapper(source.opened or io.BytesIO(), source.encoding, "replace"), 1
    ):
        title = line.strip()
        begun = begun or not title.startswith("#")
        if begun and title:
            yield Draft({"title": title}, path=source.path, line=number, name=title)
