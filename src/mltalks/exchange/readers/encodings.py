"""The encoding of a text by its bytes: UTF-8, UTF-16 by its mark, Shift JIS (cp932), Windows-1252 or Latin-1.

Does not decode sources: `source` does.
"""

import codecs
import re

UTF_8 = "utf-8-sig"
_MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Characters that have two bytes in cp932. If the encoding is another one, they are within words of Latin letters.
_WIDE = re.compile(r"[^\x00-\xff\uff61-\uff9f]")
_WITHIN_WORD = re.compile(rf"(?<=[A-Za-z]){_WIDE.pattern}|{_WIDE.pattern}(?=[A-Za-z])")
_FOLD = re.compile(rb"\r?\n[ \t]")
_WINDOWS = re.compile(rb"[\x80-\x9f]")


def encoding_of(sample: bytes, *, whole: bool) -> str:
    """Return the encoding of a text that begins with a sample; UTF-8 if it is not known. `whole`: there is no more.

    >>> [encoding_of("推論 é".encode(one), whole=True) for one in ("utf-8", "utf-16")], encoding_of("推論".encode("cp932"), whole=True)
    (['utf-8-sig', 'utf-16'], 'cp932')
    >>> encoding_of("Zoë’s café".encode("cp1252"), whole=True), encoding_of("Zoë, café".encode("latin-1"), whole=True)
    ('cp1252', 'latin-1')
    >>> encoding_of("推論".encode() + bytes([255]), whole=True)
    'utf-8-sig'
    """
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            return name
    if _is_utf_8(sample, whole=whole) or b"\0" in sample or _is_damaged(sample):
        return UTF_8
    text = _decoded(sample, "cp932", whole=whole) or ""
    if len(_WIDE.findall(text)) > 2 * len(_WITHIN_WORD.findall(text)):
        return "cp932"
    windows = _WINDOWS.search(sample) and _decoded(sample, "cp1252", whole=whole) is not None
    return "cp1252" if windows else "latin-1"


def _is_utf_8(sample: bytes, *, whole: bool) -> bool:
    """Return whether a sample is UTF-8, also if calendars (RFC 5545, 3.1) have folded it within characters."""
    some = (sample, _FOLD.sub(b"", sample))
    return any(_decoded(one, "utf-8", whole=whole) is not None for one in some)


def _is_damaged(sample: bytes) -> bool:
    """Return whether more characters beyond ASCII are UTF-8 than are not: of text in another encoding hardly any are."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - sum(map(str.isascii, text)) > 2 * wrong


def _decoded(sample: bytes, encoding: str, *, whole: bool) -> str | None:
    """Return a sample as text, without a character that is cut at its end; None if it is not in the encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample, final=whole)
    except UnicodeDecodeError:
        return None
