"""Records that are not imported: breaks, by their type or title, if they have no speakers; proposals that are not accepted.

Does not read any format. Source of the statuses of proposals: Sessionize, pretalx, EasyChair, OpenReview and CMT.
"""

import re
from typing import Any

from mltalks.exchange.mapping import convert
from mltalks.exchange.readers.source import Draft, Found, LeftOut, NotTaken, Source
from mltalks.messages import excerpt
from mltalks.problems import Problem
from mltalks.text.not_people import is_nobody
from mltalks.text.placeholders import is_placeholder

UNDECIDED = "has no status, but other rows are accepted; it is skipped; --undecided takes it"
_LONGEST = 100  # letters of a type or title that is looked at
# What may be behind a name of a break: in a title brackets and a length, which of a talk would be its topic after a colon or dash.
_IN_TITLE = re.compile(r"\s*[(\[（].*|\s*\d+\s*(?:min(?:utes)?|分)?$", re.DOTALL)
_IN_TYPE = re.compile(rf"\s*[|,、:：].*|\s+[–—-]\s.*|{_IN_TITLE.pattern}", re.DOTALL)
_MARKED = re.compile(r"\s*[\[【]([^\[\]【】]+)[\]】]\s*(\S.*)", re.DOTALL)
_AND = re.compile(r"\s*(?:(?<!\bq)(?<!\bq )&|[/+＋・／]|\band\b|と)\s*")
_BREAK = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|short) )?breaks?|coffee|lunch|dinner|breakfast|registration|check-?in|networking"
    r"|(?:opening|closing|welcome|introductory|concluding)(?: (?:remarks|address|session|ceremony))?|q&a(?: session)?"
    r"|(?:開会|閉会|開始|終了|(?:初め|始め|はじめ|終わり|おわり)に?)(?:の(?:ご?挨拶|あいさつ|言葉|辞)|式)?|(?:ご?挨拶|あいさつ)|(?:オープニング|クロージング)(?:トーク|セッション)?|質疑(?:応答)?"
    r"|social(?: event)?|pizza|drinks|snacks|beers?|refreshments|doors open|休憩(?:時間)?|(?:コーヒー|ランチ|昼)休憩|(?:お)?昼休み|昼食|ランチ|受付(?:開始)?|開場|懇親会"
)
_OTHER_TYPE = re.compile(r"service(?: session)?|pause|meal|food|party|concert|dj ?set")
_SHOW = re.compile("performance|film|movie")
_REFUSED = re.compile(
    r"(?:desk |decision )?(?:withdrawn?|reject|declin|cancel|delete|draft|not (?:accept|select)|unaccepted|refused|denied|abgelehnt|abgesagt|zurückgezogen|storniert"
    r"|refus[ée]|rejet|retiré|annul|rechazad|retirad|cancelad|rifiutat|respint|ritirat|recusad|rejeitad|inactive|(?:no?|nein|non|false|0|×|✗|❌)\Z)"
    r"|不採[択用]|採択されず|却下|落選|辞退|取り?下げ|キャンセル(?!待ち)"
)
_NO_STATUS = re.compile("open|closed", re.IGNORECASE)  # of an issue
_OPEN = re.compile(r"tb[acd]|to be \w+|未定")
# Words with which no status says for sure that a proposal is accepted: "Accept queue", "Accepted?", "Accepted (withdrawn)".
_UNSURE = re.compile(
    r"[?？]|\b(?:tb[cd]|to be (?:confirmed|decided|determined)|(?:not|nicht) (?:yet|accept|approv|confirm|bestätigt|sure|final|decided)|unconfirmed)|[:=] ?no\b|queue|pending|wait|candidate|\bif\b|maybe|perhaps|withdr|cancel|declin|reject|review|round|候補|予定|待ち|可否|依頼|希望|未|前|辞退|取り?消|取り?下げ|見送|不可|キャンセル"
)
_ACCEPTED = re.compile(
    r"(?:(?:conditional(?:ly)?|provisional(?:ly)?|final(?:ly)?|talk|paper|is|oral|poster|spotlight|keynote|tutorial|workshop|panel) )*"
    r"(?:accept|confirm(?:ed|é|ad)|approv(?!al)|(?:pre)?select(?!ion)|chosen|scheduled|programmed|programmé|in (?:the )?program(?:me)?|publish|public\b|camera ready|presented|recorded"
    r"|akzept|angenommen|bestätigt|zugesagt|ausgewählt|eingeplant|veröffentlicht"
    r"|retenu|validé|sélectionn|publié|aceptad|aprob|selec?cion|publicad|accett|conferm|selezion|pubblicat|aceit|aprov"
    r"|(?:y|yes|ja|oui|s[ií]|sim|ok|okay)(?:\s+\S.*)?\Z|(?:final|done|given|held|active|live|true|1|✓|✔|☑|✅)\ufe0f?\Z|(?:条件付き?)?採[択用]|承認|確定|受理|決定|合格|当選|登壇|発表|公開|済み?\Z|可\Z|[○◯〇◎])"
)


def _names_breaks(title: Any) -> bool:
    """Return whether a title names breaks and nothing else.

    >>> _names_breaks("Lunch & networking (1 h)"), _names_breaks("昼休憩 60分"), _names_breaks("Networking: RDMA at scale"), _names_breaks(None)
    (True, True, False, False)
    >>> [_names_breaks(one) for one in ("Q&A", "開会のご挨拶", "Closing remarks", "オープニング（5分）", "Closing the loop", "始め方")]
    [True, True, True, True, False, False]
    """
    return _is(_BREAK, title, _IN_TITLE)


def marked_title(title: str) -> tuple[str | None, str]:
    """Return the kind that a title begins with in square brackets, and the title without it.

    >>> marked_title("[Keynote] Soup at scale"), marked_title("[Soup] at scale"), marked_title("[Talk]")
    (('keynote', 'Soup at scale'), (None, '[Soup] at scale'), (None, '[Talk]'))
    """
    marked = _MARKED.fullmatch(title)
    kind = convert.kind(marked[1]) if marked else None
    return (kind, marked[2]) if marked and kind else (None, title)


def break_of(
    source: Source, title: str, kind: Any, *, has_speakers: bool, shows: bool = False, line: int | None = None
) -> LeftOut | None:
    """Return the warning that a record is no talk; None if it may be one. With `shows`, performances and films are none."""
    if has_speakers:
        return None
    if any(_is(names, kind, _IN_TYPE) for names in (_BREAK, _OTHER_TYPE, *[_SHOW] * shows)):
        return source.no_talk('has the type "{type}", which is not a talk', line=line, name=title, type=kind)
    if is_nobody(title) and title:
        return source.no_talk("has neither a title nor speakers yet; it is skipped", line=line, name=title)
    if _names_breaks(title):
        return source.no_talk(
            "is a break by its title, and has no speakers; it is skipped", line=line, name=title
        )
    return None


def _is(names: re.Pattern[str], value: Any, detail: re.Pattern[str]) -> bool:
    text = (convert.line(value) or "")[:_LONGEST].casefold()
    return all(names.fullmatch(detail.sub("", part)) for part in _AND.split(detail.sub("", text)))


def taken(source: Source, draft: Draft, status: Any) -> Draft | NotTaken:
    """Return the draft of a proposal that is accepted, or is not refused if the source is to have such ones; else the problem that it is not."""
    name = str(status).lower() if isinstance(status, bool) else convert.text_of(status)
    if name is None or _NO_STATUS.fullmatch(name) or _says_nothing(name) or _is_accepted(name):
        return draft
    if _is_refused(name):
        return source.not_taken(draft, 'has the status "{status}"; it is skipped', status=excerpt(name))
    if source.undecided:
        return draft
    template = 'has the status "{status}", which does not say that it is accepted; it is skipped; --undecided takes it'
    return source.not_taken(draft, template, status=excerpt(name))


class Undecided:
    """The rows of a table without a status, which are undecided if another row is accepted; until then they are held."""

    def __init__(self, source: Source) -> None:
        self._source, self._accepted, self._held = source, False, list[Draft]()

    def sort(self, read: Draft | Problem, status: Any) -> Found:
        """Yield what is read of a row, unless it is held, or undecided, which is a problem."""
        name = convert.text_of(status)
        says_nothing = name is None or _says_nothing(name)
        self._accepted = self._accepted or not (says_nothing or name is None or not _is_accepted(name))
        if isinstance(read, Problem) or not says_nothing or self._source.undecided:
            yield read
        elif self._accepted:
            yield self._source.not_taken(read, UNDECIDED)
        else:
            self._held.append(read)

    def rest(self) -> Found:
        """Yield the rows that are held."""
        for one in self._held:
            yield self._source.not_taken(one, UNDECIDED) if self._accepted else one


def _says_nothing(status: str) -> bool:
    """Return whether a status is an empty cell: "-" is, "TBC" is not.

    >>> [_says_nothing(one) for one in ("-", "N/A", "Not applicable", "未入力", "TBC", "To be confirmed", "未定")]
    [True, True, True, True, False, False, False]
    """
    return is_placeholder(status) and not _OPEN.fullmatch(_folded(status))


def _is_accepted(status: str) -> bool:
    """Return whether the status of a proposal says that it is accepted, or as what.

    >>> [_is_accepted(one) for one in ("Accepted (oral)", "Confirmed", "Yes", "Poster", "Angenommen", "Acceptée", "採択", "1")]
    [True, True, True, True, True, True, True, True]
    >>> [_is_accepted(one) for one in ("Accept_Queue", "Accepted?", "not confirmed", "To be confirmed", "2nd round", "N", "採択候補", "Accept if space")]
    [False, False, False, False, False, False, False, False]
    >>> [_is_accepted(one) for one in ("Accepted, not confirmed", "confirmed: no", "Accepted (tbc)", "Angenommen, nicht bestätigt", "Accepted, unconfirmed")]
    [False, False, False, False, False]
    >>> [_is_accepted(one) for one in ("Poster accepted", "Yes - oral", "Accepted (withdrawn)", "Talk (declined)", "採択見送り", "発表辞退", "X")]
    [True, True, False, False, False, False, False]
    """
    folded = _folded(status)
    if _UNSURE.search(folded):
        return False
    return bool(_ACCEPTED.match(folded)) or convert.kind(status) not in (None, "panel")  # "Discussion"


def _is_refused(status: str) -> bool:
    """Return whether the status of a proposal says that it is refused, withdrawn or only a draft.

    >>> [_is_refused(one) for one in ("Refusée", "Abgelehnt", "Decline_Queue", "not accepted", "No", "N", "FALSE", "0")]
    [True, True, True, True, True, True, True, True]
    >>> [_is_refused(one) for one in ("pending", "not withdrawn", "Not yet", "Notified")]
    [False, False, False, False]
    """
    return bool(_REFUSED.match(_folded(status)))


def _folded(status: str) -> str:
    return status.casefold().replace("_", " ").replace("-", " ")
