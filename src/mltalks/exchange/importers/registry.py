"""The formats that sessions come in, each by its name and the module that reads it; which of them a source is in.

Reads no record itself, and imports a module only when it is asked for: no start pays for a format that it does not meet.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from mltalks.exchange.readers.source import Found, Source


class Format(NamedTuple):
    """A module of this package, and its function that recognises the format; `read` reads it."""

    module: str
    recognises: str = "recognises"


# Special ones first: what recognises them says more than that they are JSON, YAML or a table.
FORMATS: dict[str, Format] = {
    "pyvideo": Format("pyvideo"),
    "virtual": Format("miniconf"),
    "schedule": Format("frab"),
    "dblp": Format("dblp"),
    "rubyevents": Format("rubyevents"),
    "ical": Format("ical"),
    "bibtex": Format("bibtex"),
    "ris": Format("ris"),
    "toml": Format("toml"),
    "jsonl": Format("json_records", "recognises_lines"),
    "json": Format("json_records"),
    "tsv": Format("csv_table", "recognises_tsv"),
    "csv": Format("csv_table"),
}
ENDINGS = {
    ".ics": "ical",
    ".bib": "bibtex",
    ".ris": "ris",
    ".toml": "toml",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".csv": "csv",
}
HEAD = 4_096  # characters that are looked at


def detect(path: Path, head: str) -> str | None:
    """Return the name of the format that a source is in, by the marks of each format, then by its ending; None when none fits.

    `head` is how its text begins, of a folder nothing: of all formats, pyvideo's alone is one of folders.
    """
    name = "" if str(path) == "-" else path.name.lower()
    if path.is_dir():
        return "pyvideo"
    for form, (_, recognises) in FORMATS.items():
        if getattr(_module(form), recognises)(name, head[:HEAD]):
            return form
    return ENDINGS.get(path.suffix.lower())


def read(source: Source, form: str) -> Found:
    """Return the drafts and problems of a source in the format of that name (one of `FORMATS`).

    Raises:
        DataError: while they are read, when nothing more can be.

    """
    found: Found = _module(form).read(source)
    return found


def _module(form: str) -> ModuleType:
    return import_module(f"mltalks.exchange.importers.{FORMATS[form].module}")
