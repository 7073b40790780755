"""The formats of imported sessions, and the detection of the format of a source.

Does not read any record, and imports the module of a format only when it is needed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from mltalks.errors import MltalksError, UsageError
from mltalks.exchange.plugins import PluginError, Registry
from mltalks.exchange.readers.source import Draft, Found, Importer, Source
from mltalks.problems import Problem

# General formats first: they are tried last on a source.
IMPORTERS = Registry(
    "mltalks.importers",
    Importer,
    {
        "csv": "csv_table:CSV", "tsv": "csv_table:TSV", "json": "json_records:JSON", "jsonl": "json_records:JSON_LINES",
        "toml": "toml:IMPORTER", "bibtex": "bibtex:IMPORTER", "ris": "ris:IMPORTER", "ical": "ical:IMPORTER",
        "pyvideo": "pyvideo:IMPORTER", "virtual": "miniconf:IMPORTER", "schedule": "frab:IMPORTER", "dblp": "dblp:IMPORTER",
        "csl": "csl:IMPORTER",
        "rubyevents": "rubyevents:IMPORTER", "sessionize": "submissions:SESSIONIZE", "pretalx": "submissions:PRETALX",
    },
)  # fmt: skip
# Endings by which a format is tried first, to import no other module: before those of other packages if only one format has the
# ending, else after them.
SURE = {".bib": "bibtex", ".ics": "ical", ".ris": "ris", ".toml": "toml"}
LIKELY = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl"}
# Built-in formats whose columns or keys --map chooses; that of another package may use it.
MAPPED = ("csv", "tsv", "json", "jsonl")
HEAD = 4_096  # characters of the beginning by which a format is recognised

Warn = Callable[[MltalksError], object]


def detect(path: Path, head: str, warn: Warn) -> str | None:
    """Return the name of the format of a source, or None: the first that recognises its beginning, else one with its ending.

    `head` is the beginning of its text; a folder has none, and is in the format of RubyEvents if it has a file of its name, else
    in that of pyvideo. `warn` is called with the error of
    each format of another package that fails.
    """
    if path.is_dir():
        from mltalks.exchange.readers.folders import holds

        return "rubyevents" if holds(path, "videos.yml") else "pyvideo"
    name, by_ending = path.name.lower(), None
    for form, importer in _importers(path.suffix.lower(), warn):
        try:
            if importer.recognises(name, head[:HEAD]):
                return form
            if name.endswith(importer.endings):
                by_ending = by_ending or form
        except Exception as error:
            if form in IMPORTERS.built_in:
                raise
            warn(IMPORTERS.failure(form, error))
    return by_ending


def _importers(ending: str, warn: Warn) -> Iterator[tuple[str, Importer]]:
    """Yield the formats in the order in which they are tried; some come twice."""
    for form in filter(None, [SURE.get(ending)]):
        yield form, IMPORTERS.load(form)
    for form in IMPORTERS.installed:
        try:
            yield form, IMPORTERS.load(form)
        except PluginError as error:
            warn(error)
    for form in filter(None, [LIKELY.get(ending), *reversed([*IMPORTERS.built_in])]):
        yield form, IMPORTERS.load(form)


def read(source: Source, form: str) -> Found:
    """Yield the drafts and problems of a source in a format, given by its name.

    Raises DataError: nothing more of it can be read.
    Raises UsageError: there is no such format, or --map does not fit the source.
    Raises PluginError: the format belongs to another package, and fails.
    """
    importer = IMPORTERS.load(form)
    if source.mapping and form in IMPORTERS.built_in and form not in MAPPED:
        raise UsageError(
            "--map works with {choices}; {path} is read as {form}, which has fields of its own: leave out --map, or set --format",
            choices=", ".join(MAPPED), path=str(source.path), form=form,
        )  # fmt: skip
    with IMPORTERS.running(form):
        for one in importer.read(source):
            if not isinstance(one, Draft | Problem):
                raise TypeError(f"read yields {type(one).__name__}")
            yield one
