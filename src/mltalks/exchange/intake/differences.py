"""What of a draft differs from the loaded record of the same session.

Does not decide what becomes of a difference: `intake` does.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mltalks.dataset.model import Decision
from mltalks.exchange.bibliography import citation_keys
from mltalks.exchange.intake.twins import in_common, names_of
from mltalks.exchange.mapping.times import in_zone_of, says_no_more
from mltalks.messages import FieldName, Lang, Message, excerpt, word
from mltalks.text.not_people import is_nobody

OTHER_PEOPLE = "{id} gets other speakers: {change}; if these are two talks with one title, undo the import, and add the second one with 'mltalks add --id'"
OTHER_MARK = "{id} keeps its mark ({change}); --update takes the other one"
FEWER = "{id} loses speakers: {change}"
EDITED = "{id} has newer edits of yours, which stay ({changes}); --update takes the other values"
_PROSE = ("summary_ja", "source", "source_note", "note")  # tab-separated values have their lines as one
_WORDS = ("kind", "mark", "coverage")  # fields whose values are translated
_SHOWN = 60  # characters of a value
_LEAD = 20  # of these, before the first one that differs


def differing(fields: Mapping[str, Any], record: Mapping[str, Any], *, update: bool) -> dict[str, Any]:
    """Return the fields of a source that differ from those of the loaded record of the same session.

    Tags are added to the known ones. Without `update`, a note comes below that of the user, and a mark of the user stays.

    >>> differing({"tags": ["b"], "mark": "watched"}, {"tags": ["a"], "mark": "to-watch"}, update=False)
    {'tags': ['a', 'b']}
    """
    found = {name: _completed(name, value, record) for name, value in fields.items() if name != "id"}
    if _names_some(fields, record):
        found["speakers"] = _with_facts(record["speakers"], fields["speakers"])
        del found["speakers_incomplete"]
    if "summary_ja" in found and "summary" not in found and _is_in_place_of(found["summary_ja"], record):
        found["summary"] = None
    if "tags" in found:
        found["tags"] = list(dict.fromkeys([*record.get("tags", ()), *found["tags"]]))
    if not update and found.get("note") and record.get("note"):
        found["note"] = _with_own(str(record["note"]), str(found["note"]))
    if not update and record.get("mark"):
        found.pop("mark", None)
    changed = {name: value for name, value in found.items() if value != record.get(name)}
    if "speakers" in changed and record.get("speakers_incomplete"):
        changed.setdefault("speakers_incomplete", bool(fields.get("speakers_incomplete")))
    return {name: value for name, value in changed.items() if value != record.get(name)}


def taken_over(
    fields: Mapping[str, Any], record: Mapping[str, Any], edited: Mapping[str, Any], *, update: bool
) -> dict[str, Any]:
    """Return what `--update` takes of a source for a loaded session that it does not name by its id.

    What the user has `edited`, given with the values before that, stays if the source still has these. Without `update`, a note that
    the one of the user has already is no difference.

    >>> taken_over({"title": "Soup (Ann)", "minutes": 20}, {"title": "Soup", "minutes": 30}, {"title": "Soup (Ann)"}, update=True)
    {'minutes': 20}
    """
    changed = differing(fields, record, update=True)
    if not update and "note" in changed and "note" not in differing(fields, record, update=False):
        del changed["note"]
    new = differing(fields, {**record, **edited}, update=True)
    return {name: value for name, value in changed.items() if name not in edited or name in new}


def of_the_user(changed: Mapping[str, Any], edited: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the changes would replace facts that the user has edited.

    >>> of_the_user({"slides": "b", "video": "c", "tags": ["x", "y"]}, {"slides": "a", "tags": ["x"]})
    {'slides': 'b'}
    """
    own = ("tags", "note", "mark")  # which are not replaced
    return {name: value for name, value in changed.items() if name in edited and name not in own}


def by_session(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Return decisions by the ids of their sessions."""
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.session, []).append(one)
    return found


def without_decided(
    changed: Mapping[str, Any], record: Mapping[str, Any], decisions: Iterable[Decision]
) -> dict[str, Any]:
    """Return what changes without the themes on which the user has decided: the decisions stay in force."""
    verdicts = {one.theme: one.verdict for one in decisions}
    if not verdicts or not isinstance(changed.get("themes"), list):
        return dict(changed)
    accepted = [theme for theme, verdict in verdicts.items() if verdict == "accept"]
    themes = [theme for theme in changed["themes"] if theme not in verdicts] + accepted
    others = {name: value for name, value in changed.items() if name != "themes"}
    return others if {*themes} == {*record.get("themes", ())} else {**changed, "themes": themes}


class Change(NamedTuple):
    """The old and the new value of a field, as texts on one line."""

    field: str
    before: str
    after: str

    @property
    def whole(self) -> str:
        """The field with both values."""
        return f"{self.field}: {self.before} → {self.after}"

    @property
    def values(self) -> str:
        """Both values, of which long ones begin a little before they differ.

        >>> Change("title", "ab" * 40, "ab" * 40 + " end").values
        '…abababababababababab → …abababababababababab end'
        """
        shortest = min(len(self.before), len(self.after))
        signs = enumerate(zip(self.before, self.after, strict=False))
        same = next((at for at, (old, new) in signs if old != new), shortest)
        start = same - _LEAD if same > _SHOWN - _LEAD else 0
        lead = "…" if start else ""
        return " → ".join(excerpt(lead + text[start:], _SHOWN) for text in (self.before, self.after))


class Changes(tuple[Change, ...]):
    """Changes as a value of a message, each with its values as `values` has them."""

    __slots__ = ()

    def text(self, lang: Lang) -> str:
        """Return them in a language.

        >>> changes = described({"kind": "paper", "minutes": None}, {"kind": "talk", "minutes": 30})
        >>> changes.text("en"), changes.text("ja")
        ('kind: talk → paper; minutes: 30 → –', '種類: 講演 → 論文、長さ（分）: 30 → –')
        """
        if lang == "en":
            return "; ".join(f"{one.field}: {one.values}" for one in self)
        named = (
            one._replace(before=word(one.before, lang), after=word(one.after, lang))
            if one.field in _WORDS
            else one
            for one in self
        )
        return "、".join(f"{FieldName(one.field).text(lang)}: {one.values}" for one in named)


def described(changed: Mapping[str, Any], record: Mapping[str, Any]) -> Changes:
    """Return each field that changes with its old and its new value.

    >>> speakers = [{"name": "Ann Fox", "organization": "Acme"}, {"name": "Bo Hay"}]
    >>> described({"speakers": [{"name": "Ann Fox"}]}, {"speakers": speakers})[0].whole
    'speakers: Ann Fox (Acme); Bo Hay → Ann Fox'
    """
    return Changes(Change(field, _text(record.get(field)), _text(new)) for field, new in changed.items())


def _text(value: Any) -> str:
    if value in (None, "", [], ()):
        return "–"
    parts = value if isinstance(value, list | tuple) else [value]
    people = (one if isinstance(one, Mapping) else {"name": one} for one in parts)
    texts = (
        f"{one['name']} ({one['organization']})" if one.get("organization") else str(one["name"])
        for one in people
    )
    return " ".join("; ".join(texts).split())


def lost_speakers(name: str, changed: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message if a change puts others in the place of all speakers of a session, or leaves some out."""
    if "speakers" not in changed:
        return
    others = in_common(changed, record) is False
    if others or len(changed["speakers"] or ()) < len(record.get("speakers") or ()):
        change = described({"speakers": changed["speakers"]}, record)[0].values
        yield Message(OTHER_PEOPLE if others else FEWER, {"id": name, "change": change})


def what_stays(
    name: str, fields: Mapping[str, Any], kept: Mapping[str, Any], record: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield messages on what of a source is not taken: its mark, if the user has another one, and what newer edits keep."""
    mark, other = record.get("mark"), fields.get("mark")
    if mark and other and mark != other:
        yield Message(OTHER_MARK, {"id": name, "change": f"{mark} → {other}"})
    if kept:
        yield Message(EDITED, {"id": name, "changes": described(kept, record)})


def _with_own(own: str, other: str) -> str:
    r"""Return the user's note with the lines below it that only that of a source has.

    >>> _with_own("Mine.", "Theirs."), _with_own("Mine.", "Mine.\nMore."), _with_own("Mine.\n\nTheirs.", "Theirs.")
    ('Mine.\n\nTheirs.', 'Mine.\nMore.', 'Mine.\n\nTheirs.')
    >>> _with_own("Both.\n\nMine.", "Both.\n\nTheirs,\nin two lines.")
    'Both.\n\nMine.\n\nTheirs,\nin two lines.'
    """
    lines, others = ({line.strip() for line in text.splitlines()} for text in (own, other))
    if lines <= others:
        return other
    paragraphs = re.split(r"\n[^\S\n]*\n\s*", other)
    new = ("\n".join(line for line in one.split("\n") if line.strip() not in lines) for one in paragraphs)
    return "\n\n".join([own, *filter(str.strip, new)])


def _completed(field: str, value: Any, record: Mapping[str, Any]) -> Any:
    """Return a value of a source, completed by that of the loaded record of the same session.

    Bibliographies have no organizations of speakers, and one address, which may be that of a paper or slides. "TBA" says nothing.
    """
    known = record.get(field)
    if field == "url" and value in [record.get(name) for name in ("paper", "slides", "video")]:
        return known
    if (field == "date" and known and says_no_more(str(value), str(known))) or (
        field == "citation_key" and value in (record["id"], citation_keys.made(str(record["id"])))
    ):
        return known
    if field == "date" and known:
        return in_zone_of(str(value), str(known))
    joined = field == "summary" or (field in _PROSE and "\n" not in str(value))
    if joined and str(value).split() == str(known).split():
        return known
    if field == "speakers" and known:
        return known if all(is_nobody(one["name"]) for one in value) else _with_known(value, known)
    return value


def _names_some(fields: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Return whether the speakers of a source are "and others" after some of the known ones, which contradicts nothing.

    After all of them it does, unless others are known to be unknown.
    """
    named, known = {*names_of(fields)}, {*names_of(record)}
    some = named < known or (named == known and bool(record.get("speakers_incomplete")))
    return bool(fields.get("speakers_incomplete")) and bool(named) and some


def _with_facts(
    known: Sequence[Mapping[str, Any]], people: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return all known speakers with what a source has of some of them; nothing of a name that two of them have."""
    names = Counter(one["name"] for one in known)
    given = {one["name"]: one for one in people if names[one["name"]] == 1}
    return [{**one, **given.get(one["name"], {})} for one in known]


def _is_in_place_of(summary_ja: object, record: Mapping[str, Any]) -> bool:
    """Return whether a Japanese summary is in the field for others in a loaded record."""
    return not record.get("summary_ja") and str(summary_ja).split() == str(record.get("summary")).split()


def _with_known(
    people: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return speakers with what is known of those with the same names, for example their organizations.

    Nothing is known of a name that two speakers have, unless the names and their order are the same.
    """
    if [one["name"] for one in people] == [one["name"] for one in known]:
        return [{**before, **one} for before, one in zip(known, people, strict=True)]
    names = Counter(one["name"] for one in known) | Counter(one["name"] for one in people)
    named = {one["name"]: one for one in known if names[one["name"]] == 1}
    return [{**named.get(one["name"], {}), **one} for one in people]
