"""The formats that sessions are written in: their names, their modules, the endings of their files.

Writes nothing itself.
"""

from typing import Literal

ExportFormat = Literal[
    "toml", "json", "jsonl", "csv", "tsv", "md", "bibtex", "ris", "ical", "sqlite", "opensearch", "skos",
    "skos-json",
]  # fmt: skip


WRITERS = {
    "toml": ("toml", "write"),
    "json": ("json_records", "write_json"),
    "jsonl": ("json_records", "write_jsonl"),
    "csv": ("csv_table", "write_csv"),
    "tsv": ("csv_table", "write_tsv"),
    "md": ("markdown", "write"),
    "bibtex": ("bibtex", "write"),
    "ris": ("ris", "write"),
    "ical": ("ical", "write"),
}


ENDINGS: dict[str, ExportFormat] = {
    ".toml": "toml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".md": "md",
    ".bib": "bibtex", ".ris": "ris", ".ics": "ical", ".db": "sqlite", ".sqlite": "sqlite", ".ttl": "skos", ".jsonld": "skos-json",
}  # fmt: skip
