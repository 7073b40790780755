"""A theme tree that replaces the shipped one, read from one TOML or SKOS file with all its problems.

Does not assign sessions to the themes, and refuses files with other tables.
"""

from pathlib import Path

from mltalks.dataset.hierarchy import DEEPEST, too_deep
from mltalks.dataset.loader import read
from mltalks.dataset.model import Theme
from mltalks.errors import DataError
from mltalks.problems import Problem
from mltalks.taxonomy.skos.rdf import form_of
from mltalks.taxonomy.skos.reader import read_skos


def load_tree(path: Path) -> list[Theme]:
    """Return the themes of a file that must have no errors.

    Raises DataError: with all errors of the file.
    Raises MltalksError: it is SKOS, and rdflib is not installed.
    """
    themes, problems = read_tree(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise DataError(errors, loaded=False)
    return themes


def read_tree(path: Path) -> tuple[list[Theme], list[Problem]]:
    """Return the themes of a TOML or SKOS file, by its ending, and all its problems.

    Raises MltalksError: it is SKOS, and rdflib is not installed.
    """
    form = form_of(path)
    if form is None:
        themes, problems = _of_toml(path)
    else:
        try:
            content = path.read_bytes()
        except OSError as error:
            return [], [Problem.unreadable(path, error)]
        themes, problems = read_skos(content, form, path)
        whole = not any(problem.severity == "error" for problem in problems)
        if whole and too_deep({theme.id: theme.broader for theme in themes}) is not None:
            problems.append(Problem.of(path, "is nested deeper than {depth} levels", depth=DEEPEST))
    return themes, problems


def _of_toml(path: Path) -> tuple[list[Theme], list[Problem]]:
    data = read([[path]])
    apart = [table for table, records in data.records.items() if records and table != "themes"]
    if apart:
        # Other records refer to records of other files: one problem instead of many.
        names = ", ".join(f"[[{table}]]" for table in apart)
        return [], [
            Problem.of(path, "contains {tables}; a theme tree may contain only [[themes]]", tables=names)
        ]
    if not data.errors and not data.themes:
        return [], [*data.problems, Problem.of(path, "has no [[themes]] record")]
    return data.themes, data.problems
