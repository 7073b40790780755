"""The theme tree as SKOS, in Turtle and in JSON-LD.

Does not build the text: `taxonomy.skos` does.
"""

from mltalks.exchange.exporters.exporter import Exporter
from mltalks.taxonomy.skos.writer import json_ld, turtle

TURTLE = Exporter(themes=turtle)
JSON_LD = Exporter(themes=json_ld)
