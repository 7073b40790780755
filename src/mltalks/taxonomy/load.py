"""A theme tree in the place of the shipped one: read from one file, TOML or SKOS, with all problems.

Reads themes and nothing else of the file; which sessions stand under them is not its business.
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
    """Return the themes of a file that must be whole.

    Raises:
        DataError: with every problem of the file, when any of them is an error.
        MltalksError: it is SKOS, and rdflib is not installed.

    """
    themes, problems = read_tree(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return themes


def read_tree(path: Path) -> tuple[list[Theme], list[Problem]]:
    """Return the themes of a TOML or SKOS file, told apart by the ending, and all that is wrong with it.

    Raises:
        MltalksError: it is SKOS, and rdflib is not installed.

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
            problems.append(Problem.of(path, "is deeper than {depth} levels", depth=DEEPEST))
    return themes, problems


def _of_toml(path: Path) -> tuple[list[Theme], list[Problem]]:
    data = read([[path]])
    apart = [table for table, records in data.records.items() if records and table != "themes"]
    if apart:
        # Whatever else stands there names what lies in other files: it is said once, and not one by one.
        names = ", ".join(f"[[{table}]]" for table in apart)
        return [], [Problem.of(path, "holds {tables}; a tree has [[themes]] alone", tables=names)]
    if not data.errors and not data.themes:
        return [], [*data.problems, Problem.of(path, "holds no [[themes]]")]
    return data.themes, data.problems
