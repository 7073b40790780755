"""The formats of exported sessions, and the endings of their files.

Does not write any format, and imports the module of a format only when it is needed.
"""

from mltalks.exchange.exporters.exporter import Exporter
from mltalks.exchange.plugins import Registry

EXPORTERS = Registry(
    "mltalks.exporters",
    Exporter,
    {
        "toml": "mltalks.exchange.exporters.toml:EXPORTER",
        "json": "mltalks.exchange.exporters.json_records:JSON",
        "jsonl": "mltalks.exchange.exporters.json_records:JSON_LINES",
        "csv": "mltalks.exchange.exporters.csv_table:CSV",
        "tsv": "mltalks.exchange.exporters.csv_table:TSV",
        "md": "mltalks.exchange.exporters.markdown:EXPORTER",
        "bibtex": "mltalks.exchange.exporters.bibtex:EXPORTER",
        "ris": "mltalks.exchange.exporters.ris:EXPORTER",
        "ical": "mltalks.exchange.exporters.ical:EXPORTER",
        "sqlite": "mltalks.exchange.exporters.sqlite:EXPORTER",
        "opensearch": "mltalks.exchange.exporters.opensearch:EXPORTER",
        "skos": "mltalks.exchange.exporters.skos:TURTLE",
        "skos-json": "mltalks.exchange.exporters.skos:JSON_LD",
    },
)
# The built-in format of a file by its ending; the first ending of a format is the usual one.
ENDINGS = {
    ".toml": "toml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".md": "md",
    ".bib": "bibtex", ".ris": "ris", ".ics": "ical", ".db": "sqlite", ".sqlite": "sqlite", ".ttl": "skos", ".jsonld": "skos-json",
}  # fmt: skip
