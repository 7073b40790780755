"""Sessions as a data file of mltalks, with the events that they were given at, and the user's own names of their organizations.

Does not write inferred values, unless the user has decided on the themes of the session, nor the coverage of an event of which only a part is exported.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Session
from mltalks.dataset.schema import TABLES
from mltalks.dataset.toml.parser import record_text
from mltalks.exchange.exporters.exporter import Context, Exporter

NOT_INFERRED = "inferred themes that are left out: {count}; toml has only themes that somebody has decided on, csv and json have all"
NO_MEMBERS = "members of committees that are left out: {count}; to hand them on, copy [[members]] from the data file, which has your notes, too"
_OF_WHOLE = ("coverage", "coverage_note", "coverage_note_ja")


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield a [[sessions]] for each session, a known event as [[events]] before its first session, and at the end [[organizations]]."""
    used: set[str] = set()
    counted: dict[str, None] = {}
    for session in sessions:
        blank = "\n" if used else ""
        if session.event not in used:
            used.add(session.event)
            event = context.events.get(session.event)
            if event:
                left_out = () if event.id in context.whole else _OF_WHOLE
                names = (name for name in TABLES["events"] if name not in left_out)
                yield blank + record_text(_present(names, event._asdict()), "events")
                blank = "\n"
        settled = context.settled(session)
        if settled.themes_inferred:
            context.doubts[NOT_INFERRED] += len(settled.themes_inferred)
        yield blank + record_text(_session(settled))
        counted |= dict.fromkeys(session.companies)
    if members := sum(one.event in used.intersection(context.of_the_user) for one in context.members):
        context.doubts[NO_MEMBERS] += members
    parents = {name: one.parent for name, one in context.organizations.items()}
    for name in with_ancestors(counted, parents):
        if name in context.own and name in context.organizations:
            values = context.organizations[name]._asdict()
            yield "\n" + record_text(_present(TABLES["organizations"], values), "organizations")


def _session(session: Session) -> dict[str, Any]:
    speakers = [_present(speaker._fields, speaker._asdict()) for speaker in session.speakers]
    themes = list(session.curated_themes)
    return _present(TABLES["sessions"], session._asdict() | {"themes": themes, "speakers": speakers})


def _present(names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names if values[name] not in (None, (), [])}


EXPORTER = Exporter(write)
