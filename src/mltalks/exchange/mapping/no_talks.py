"""Records that are not imported: breaks, by their type or title, if they have no speakers; proposals that are not accepted.

Does not read any format. Source of the statuses of proposals: Sessionize, pretalx, EasyChair, OpenReview and CMT.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Draft, LeftOut, NotTaken, Source

_LONGEST = 100  # letters of a type or title that is looked at
# What may be behind a name of a break: in a title brackets and a length, which of a talk would be its topic after a colon or dash.
_IN_TITLE = re.compile(r"\s*[(\[（].*|\s*\d+\s*(?:min(?:utes)?|分)?$", re.DOTALL)
_IN_TYPE = re.compile(rf"\s*[|,、:：].*|\s+[–—-]\s.*|{_IN_TITLE.pattern}", re.DOTALL)
_AND = re.compile(r"\s*(?:[/&+＋・／]|\band\b|と)\s*")
_BREAK = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|short) )?breaks?|coffee|lunch|dinner|breakfast|registration|check-?in|networking"
    r"|social(?: event)?|doors open|休憩(?:時間)?|(?:コーヒー|ランチ|昼)休憩|(?:お)?昼休み|昼食|ランチ|受付(?:開始)?|開場|懇親会"
)
_OTHER_TYPE = re.compile(r"service(?: session)?|pause|meal|food|party|concert|dj ?set")
_SHOW = re.compile("performance|film|movie")
_REFUSED = re.compile(
    r"(?:desk |decision )?(?:withdrawn?|reject|declin|cancel|delete|draft|not (?:accept|select)|unaccepted|refused|denied|abgelehnt|abgesagt|zurückgezogen|storniert"
    r"|refus[ée]|rejet|retiré|annul|rechazad|retirad|cancelad|rifiutat|respint|ritirat|recusad|rejeitad)|不採[択用]|採択されず|却下|落選|辞退|取り?下げ|キャンセル(?!待ち)"
)
_UNDECIDED = re.compile(
    r"wait(?:ing)? ?list|(?:decision )?(?:nominat|submit|pending)|undecided|no decision|awaiting|accept(?:ed)? ?queue"
    r"|eingereicht|ausstehend|in (?:prüfung|begutachtung)|warteliste|soumis|en (?:attente|cours)|liste d.attente|pendiente|en revisi|en espera"
    r"|lista de espera|in (?:attesa|revisione)|pendente"
    r"|(?:in|under) (?:review|evaluation)|on hold|to be (?:decided|determined)|審査|査読|選考中|未採択|補欠|キャンセル待ち|保留|検討中|未定|応募"
)


def _names_breaks(title: Any) -> bool:
    """Return whether a title names breaks and nothing else.

    >>> _names_breaks("Lunch & networking (1 h)"), _names_breaks("昼休憩 60分"), _names_breaks("Networking: RDMA at scale"), _names_breaks(None)
    (True, True, False, False)
    """
    return _is(_BREAK, title, _IN_TITLE)


def break_of(
    source: Source, title: str, kind: Any, *, has_speakers: bool, shows: bool = False, line: int | None = None
) -> LeftOut | None:
    """Return the warning that a record is no talk; None if it may be one. With `shows`, performances and films are none."""
    if has_speakers:
        return None
    if any(_is(names, kind, _IN_TYPE) for names in (_BREAK, _OTHER_TYPE, *[_SHOW] * shows)):
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=kind)
    if _names_breaks(title):
        return source.no_talk(
            "is a break by its title, and has no speakers; it is skipped", line=line, name=title
        )
    return None


def _is(names: re.Pattern[str], value: Any, detail: re.Pattern[str]) -> bool:
    text = (convert.line(value) or "")[:_LONGEST].casefold()
    return all(names.fullmatch(detail.sub("", part)) for part in _AND.split(detail.sub("", text)))


def _is_refused(status: Any) -> bool:
    """Return whether the status of a proposal says that it is refused, withdrawn or only a draft.

    >>> _is_refused("Refusée"), _is_refused("Abgelehnt"), _is_refused("Acceptée")
    (True, True, False)
    >>> _is_refused("Decline_Queue"), _is_refused("not accepted"), _is_refused("pending"), _is_refused("not withdrawn")
    (True, True, False, False)
    """
    return bool(_REFUSED.match(_folded(status)))


def _is_undecided(status: Any) -> bool:
    """Return whether the status of a proposal says that it is not decided yet.

    >>> _is_undecided("En attente"), _is_undecided("Eingereicht"), _is_undecided("Angenommen")
    (True, True, False)
    >>> _is_undecided("Accept_Queue"), _is_undecided("waitlisted"), _is_undecided("Under review"), _is_undecided("Accepted")
    (True, True, True, False)
    """
    return bool(_UNDECIDED.match(_folded(status)))


def taken(source: Source, draft: Draft, status: Any) -> Draft | NotTaken:
    """Return the draft of a proposal that is accepted, or is open if the source is to have such ones; else the problem that it is not."""
    name = convert.text_of(status)
    if _is_refused(name):
        return source.not_taken(draft, 'has the status "{status}"; it is skipped', status=name)
    if not _is_undecided(name) or source.undecided:
        return draft
    template = 'has the status "{status}"; it is skipped, because it is not decided yet; --undecided takes it'
    return source.not_taken(draft, template, status=name)


def _folded(status: Any) -> str:
    return (convert.line(status) or "").casefold().replace("_", " ").replace("-", " ")
