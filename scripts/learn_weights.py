"""Learns from the curated themes what terms are worth, and writes data/theme-weights.toml; refuses unsound data.

python -m scripts.learn_weights [--check]     --check only tells whether the file is as it would be written
"""

import sys
from pathlib import Path

from mltalks.dataset import files_in, read
from mltalks.taxonomy.learning import learn

DATA = Path(__file__).parents[1] / "data"
WEIGHTS = DATA / "theme-weights.toml"
HEAD = """\
# What terms are worth in a keyword, where the curated themes of sessions.toml teach that it is not the usual 1 (strong)
# or 0.3 (weak). Written by `python -m scripts.learn_weights`; change the terms in themes.toml rather than this file.
"""


def text() -> str:
    data = read([[path for path in files_in(DATA) if path != WEIGHTS]])
    for problem in data.errors:
        sys.exit(problem.text())
    parts = [HEAD]
    for theme, terms in learn(data.themes, data.sessions).items():
        lines = "\n".join(f'"{term}" = {weight:g}' for term, weight in terms.items())
        parts.append(f'\n[[weights]]\ntheme = "{theme}"\n[weights.terms]\n{lines}\n')
    return "".join(parts)


def main() -> None:
    written = text()
    if "--check" in sys.argv[1:]:
        if WEIGHTS.read_text(encoding="utf-8") != written:
            sys.exit(f"{WEIGHTS} is stale; run python -m scripts.learn_weights")
        return
    WEIGHTS.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
