"""A person's decisions on themes, kept in their own data: taken, and taken back.

Says nothing of what follows from them: that is `filing`'s.
"""

import os
from collections.abc import Sequence

from mltalks.dataset.model import Decision
from mltalks.dataset.toml import record_text
from mltalks.userdata.journal import Splice
from mltalks.userdata.store import Own
from mltalks.userdata.toml_document import Document

TABLE = "decisions"
FILE = "decisions.toml"


def take(own: Own, decision: Decision) -> None:
    """Put a decision at the end of a person's own; it wins over those on the same session and theme before it.

    Raises:
        DataError: the file cannot be read.
        MltalksError: it cannot be written.

    """
    file = own.file(FILE)

    def how(text: str) -> Sequence[Splice]:
        return [Document(file, text).added(record_text(decision._asdict(), TABLE))]

    own.change(file, f"{decision.verdict} {decision.session} {decision.theme}", [decision.session], how)


def undo(own: Own) -> Decision | None:
    """Take the last of a person's decisions out and return it; None where there is none.

    Raises:
        DataError: the file cannot be read.
        MltalksError: it cannot be written.

    """
    file = own.file(FILE)
    if not os.path.exists(file):  # noqa: PTH110 - never raises
        return None
    taken: list[Decision] = []

    def how(text: str) -> Sequence[Splice]:
        document = Document(file, text)
        decisions = document.records(TABLE)
        if not decisions:
            return []
        last = decisions[-1]
        taken.append(Decision(*(str(last.get(name, "")) for name in Decision._fields)))  # type: ignore[arg-type]
        return [document.removed(TABLE, len(decisions) - 1)]

    own.change(file, "decisions --undo", [], how)
    return taken[-1] if taken else None
