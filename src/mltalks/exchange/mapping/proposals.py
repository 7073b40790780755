"""The status of a proposal in other programs: accepted, refused, or not decided yet.

Does not read any format. Source: the statuses of Sessionize, pretalx, EasyChair, OpenReview and CMT.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Draft, NotTaken, Source

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


def is_refused(status: Any) -> bool:
    """Return whether the status of a proposal says that it is refused, withdrawn or only a draft.

    >>> is_refused("Refusée"), is_refused("Abgelehnt"), is_refused("Acceptée")
    (True, True, False)
    >>> is_refused("Decline_Queue"), is_refused("not accepted"), is_refused("pending"), is_refused("not withdrawn")
    (True, True, False, False)
    """
    return bool(_REFUSED.match(_folded(status)))


def is_undecided(status: Any) -> bool:
    """Return whether the status of a proposal says that it is not decided yet.

    >>> is_undecided("En attente"), is_undecided("Eingereicht"), is_undecided("Angenommen")
    (True, True, False)
    >>> is_undecided("Accept_Queue"), is_undecided("waitlisted"), is_undecided("Under review"), is_undecided("Accepted")
    (True, True, True, False)
    """
    return bool(_UNDECIDED.match(_folded(status)))


def taken(source: Source, draft: Draft, status: Any) -> Draft | NotTaken:
    """Return the draft of a proposal that is accepted, or is open if the source is to have such ones; else the problem that it is not."""
    name = convert.text_of(status)
    if is_refused(name):
        return source.not_taken(draft, 'has the status "{status}"; it is skipped', status=name)
    if not is_undecided(name) or source.undecided:
        return draft
    template = 'has the status "{status}"; it is skipped, because it is not decided yet; --undecided takes it'
    return source.not_taken(draft, template, status=name)


def _folded(status: Any) -> str:
    return (convert.line(status) or "").casefold().replace("_", " ").replace("-", " ")
