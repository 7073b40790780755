"""Sessions as BibTeX entries, for BibTeX and biblatex.

Does not read LaTeX: `bibliography.latex` does. Sources: Oren Patashnik, BibTeXing (1988); Philipp Lehman, The biblatex Package, 2
(eventtitle, eventdate, venue, language).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from mltalks.dataset.model import Event, Session, Speaker
from mltalks.exchange.bibliography import arxiv, citation_keys, person_names
from mltalks.exchange.exporters.exporter import Context, Exporter
from mltalks.exchange.importers.bibtex import EXTRA_PREFIX
from mltalks.exchange.mapping import extra_fields
from mltalks.text import sanitize

_SPECIAL = re.compile(r"[\\{}~^]|([$&%#_])")
_COMMANDS = {
    "\\": "textbackslash", "{": "textbraceleft", "}": "textbraceright", "~": "textasciitilde", "^": "textasciicircum",
}  # fmt: skip
# A power after a letter, a number or a parenthesis, and an index of one letter, as `latex.plain` writes them.
_SCRIPT = re.compile(
    r"(?<=[A-Za-z0-9)])\^(\d+|[A-Za-z](?![A-Za-z0-9])|\((?=[^()]*[-+])[-+A-Za-z0-9]{2,12}\))"
    r"|(?<=\b[A-Za-z])_(\d+|[A-Za-z](?![A-Za-z0-9_]))"
)
_LIGATURE = re.compile(r"([-`'])(?=\1)")  # LaTeX would print -- as one dash
_UNFIT = re.compile(r'[\\{}"]')
_NAME_BREAK = re.compile(r",|\band\b|\A\s*others\s*\Z", re.IGNORECASE)
_COMMA = re.compile(",")
_HELD = frozenset({
    "id", "kind", "summary", "language", "date", "doi", "note", "speaker", "event-name", "event-year", "event-start",
    "event-end", "event-location",
})  # fmt: skip


def write(sessions: Iterable[Session], context: Context) -> Iterator[str]:
    """Yield an entry for each session, with an empty line between two: @article or @inproceedings for a paper of an event, else @misc."""
    keys: set[str] = set()
    for session in sessions:
        wanted = session.citation_key or citation_keys.made(session.id)
        key = wanted if wanted.lower() not in keys else citation_keys.made(session.id)
        while key.lower() in keys:  # BibTeX ignores case in keys
            key += "-"
        if key != wanted:
            context.other_keys[wanted] = key
        fields = _fields(session, key, context)
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        event = context.event(session)
        at_event = session.kind == "paper" and not event.is_collection
        entry = ("article" if event.journal else "inproceedings") if at_event else "misc"
        before = "\n" if keys else ""
        yield f"{before}@{entry}{{{key},\n{lines}}}\n"
        keys.add(key.lower())


def _fields(session: Session, key: str, context: Context) -> Iterator[tuple[str, str]]:
    session = context.as_printed(session)
    event = context.event(session)
    title = _escaped(event.full_name or event.name)
    days = (event.start_date, event.end_date)
    if event.is_collection:
        number = arxiv.number(session.paper) or arxiv.number(session.url)
        published = {"eprint": number, "archiveprefix": "arXiv"} if number else {}
        published |= {} if number or session.kind == "talk" else {"entrysubtype": session.kind}
    elif session.kind == "paper":
        published = {"journal" if event.journal else "booktitle": title}
    else:
        published = {"howpublished": f"{session.kind.capitalize()} at {title}"}
    fields = {
        "title": f"{{{_escaped(session.title)}}}",
        "author": " and ".join(
            [*map(_author, session.speakers), *(["others"] * bool(session.speakers_incomplete))]
        ),
        **published,
        "eventtitle": _escaped(event.name) if _is_edition(event) and not event.is_collection else "",
        "year": str(event.year),
        "date": (session.date or "")[:10],
        "eventdate": "/".join(dict.fromkeys(filter(None, days))) if event.start_date else "",
        "venue": _escaped(event.location or ""),
        "url": sanitize.link(session.paper or session.url or session.slides or session.video) or "",
        "doi": session.doi if session.doi and not _UNFIT.search(session.doi) else "",
        "language": session.language or "",
        "keywords": ", ".join(_protected(keyword, _COMMA) for keyword in session.keywords),
        "abstract": _lines(session.summary),
        "annote": _lines(session.note),
    }
    yield from fields.items()
    if context.roundtrip:
        incomplete = {
            "id": key != session.id,
            "date": fields["date"] != session.date,
            "doi": not fields["doi"],
            "event-name": not fields["eventtitle"],
            "kind": bool(event.is_collection),
            "event-end": "/" not in fields["eventdate"],
        }
        held = {name for name in _HELD if not incomplete.get(name)}
        values: dict[str, list[str]] = defaultdict(list)
        for name, text in extra_fields.write(context.settled(session), event, held):
            values[name].append(_escaped(text))
        yield from ((f"{EXTRA_PREFIX}{name}", r"\newline{}".join(texts)) for name, texts in values.items())


def _is_edition(event: Event) -> bool:
    """Return whether an event has a name beside its full one that is more than this and the year."""
    return event.full_name not in (None, event.name) and event.name != f"{event.full_name} {event.year}"


def _escaped(text: str) -> str:
    r"""Return a text for a field, escaped so that LaTeX prints it unchanged, but for powers and indices, which are formulas.

    >>> _escaped("R&D -- 100% {fast}")
    'R\\&D -{}- 100\\% \\textbraceleft{}fast\\textbraceright{}'
    >>> _escaped("O(n^2), 10^(-3) and H_2O"), _escaped("my_file^")
    ('O(n$^{2}$), 10$^{-3}$ and H$_{2}$O', 'my\\_file\\textasciicircum{}')
    """
    pieces, end = [], 0
    for found in _SCRIPT.finditer(text):
        power, index = found.groups()
        pieces += [
            _signs(text[end : found.start()]),
            f"$^{{{power.strip('()')}}}$" if power else f"$_{{{index}}}$",
        ]
        end = found.end()
    return "".join([*pieces, _signs(text[end:])])


def _signs(text: str) -> str:
    escaped = _SPECIAL.sub(
        lambda sign: rf"\{sign[1]}" if sign[1] else rf"\{_COMMANDS[sign[0]]}{{}}", sanitize.shown(text)
    )
    return _LIGATURE.sub(r"\1{}", escaped)


def _lines(text: str | None) -> str:
    return r"\newline{}".join(map(_escaped, extra_fields.newlines(text or "").split("\n")))


def _author(speaker: Speaker) -> str:
    """Return a name as BibTeX parts it: in its usual order, unless the first or the last name would then be another one."""
    name = person_names.parted(speaker)
    parts = [part for part in (name.family, name.suffix, name.given) if part]
    if not name.given and " " in name.family and person_names.is_one_name(speaker):
        return f"{{{_escaped(speaker.name)}}}"
    if (
        not name.given
        or any(map(_NAME_BREAK.search, parts))
        or person_names.person(parts).get("name") != speaker.name
    ):
        return _protected(speaker.name, _NAME_BREAK)
    family = _family(name.family)
    if "{" not in family and _as_read(speaker.name) == (name.given, name.family):
        return _escaped(speaker.name)
    return ", ".join([family, *map(_escaped, parts[1:])])


def _is_small(word: str) -> bool:
    """Return whether BibTeX takes a word for a small one, such as "von": its first letter is a small one."""
    return next((letter.islower() for letter in word if letter.isalpha()), False)


def _as_read(name: str) -> tuple[str, str]:
    """Return the first and the last name that BibTeX reads in a name in its usual order: all from the first small word is the last.

    >>> _as_read("Jan van der Berg"), _as_read("Hector Garcia Molina"), _as_read("danah boyd")
    (('Jan', 'van der Berg'), ('Hector Garcia', 'Molina'), ('', 'danah boyd'))
    """
    words = name.split(" ")
    start = next((at for at, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _family(name: str) -> str:
    """Return a family name, in braces from its first big word on if small ones follow, which BibTeX takes for the "von" part.

    >>> _family("van der Berg"), _family("Viros i Martin"), _family("da Costa e Silva")
    ('van der Berg', '{Viros i Martin}', 'da {Costa e Silva}')
    """
    words = name.split(" ")
    start = next((at for at, word in enumerate(words) if not _is_small(word)), len(words) - 1)
    small, big = words[:start], words[start:]
    text = _escaped(" ".join(big))
    return " ".join([*map(_escaped, small), f"{{{text}}}" if any(map(_is_small, big[1:-1])) else text])


def _protected(text: str, breaks: re.Pattern[str]) -> str:
    """Return one text of a list, in braces if it contains the separator."""
    return f"{{{_escaped(text)}}}" if breaks.search(text) else _escaped(text)


EXPORTER = Exporter(write)
