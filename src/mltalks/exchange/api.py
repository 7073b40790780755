"""The stable names for packages that add formats to mltalks (docs/extending.md).

Does not define anything itself.
"""

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.mapping import convert
from mltalks.exchange.mapping.markup import plain
from mltalks.exchange.mapping.speaker_lists import people_of
from mltalks.exchange.readers.json_stream import values as json_values
from mltalks.exchange.readers.line_reader import Line, lines
from mltalks.exchange.readers.source import Draft, Importer, Source
from mltalks.problems import Problem

__all__ = [
    "Context", "Draft", "Event", "Exporter", "Importer", "Line", "Problem", "Session", "Source", "Speaker",
    "convert", "json_values", "lines", "people_of", "plain",
]  # fmt: skip
