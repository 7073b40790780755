"""What of a draft differs from the loaded record of the same session.

Does not decide what becomes of a difference: `intake` does.
"""

from collections.abc import Mapping
from typing import Any

from mltalks.text.not_people import is_nobody

_PROSE = ("summary_ja", "source", "source_note", "note")  # tab-separated values have their lines as one


def differing(fields: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a source that differ from those of the loaded record of the same session."""
    found = {name: _completed(name, value, record) for name, value in fields.items() if name != "id"}
    changed = {name: value for name, value in found.items() if value != record.get(name)}
    if "speakers" in changed and record.get("speakers_incomplete"):
        changed.setdefault("speakers_incomplete", bool(fields.get("speakers_incomplete")))
    return {name: value for name, value in changed.items() if value != record.get(name)}


def _completed(field: str, value: Any, record: Mapping[str, Any]) -> Any:
    """Return a value of a source, completed by that of the loaded record of the same session.

    Bibliographies have no organizations of speakers, and one address, which may be that of a paper or slides. "TBA" says nothing.
    """
    known = record.get(field)
    if field == "url" and value in [record.get(name) for name in ("paper", "slides", "video")]:
        return known
    if field == "date" and str(known).startswith(f"{value}T"):
        return known
    joined = field == "summary" or (field in _PROSE and "\n" not in str(value))
    if joined and str(value).split() == str(known).split():
        return known
    if field == "speakers" and known and all(is_nobody(one["name"]) for one in value):
        return known
    if field == "speakers" and [one["name"] for one in value] == [one["name"] for one in known or ()]:
        return [before | one for before, one in zip(known or (), value, strict=True)]
    return value
