"""The formats of exported sessions, and the endings of their files.

Does not write any format, and imports the module of a format only when it is needed.
"""

from mltalks.exchange.exporters.exporter import Exporter
from mltalks.exchange.plugins import Registry

EXPORTERS = Registry(
    "mltalks.exporters",
    Exporter,
    {
        "toml": "toml:EXPORTER", "json": "json_records:JSON", "jsonl": "json_records:JSON_LINES", "csv": "csv_table:CSV",
        "tsv": "csv_table:TSV", "md": "markdown:EXPORTER", "bibtex": "bibtex:EXPORTER", "ris": "ris:EXPORTER",
        "ical": "ical:EXPORTER", "atom": "atom:EXPORTER", "sqlite": "sqlite:EXPORTER", "opensearch": "opensearch:EXPORTER", "skos": "skos:TURTLE",
        "skos-json": "skos:JSON_LD",
    },
)  # fmt: skip
# The built-in format of a file by its ending; the first ending of a format is the usual one.
ENDINGS = {
    ".toml": "toml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".md": "md",
    ".bib": "bibtex", ".ris": "ris", ".ics": "ical", ".atom": "atom", ".db": "sqlite", ".sqlite": "sqlite", ".ttl": "skos", ".jsonld": "skos-json",
}  # fmt: skip
