"""The encoding of a text by its bytes: UTF-8, UTF-16 by its mark, Shift JIS (cp932), EUC-JP, ISO-2022-JP, Windows-1252 or Latin-1.

Does not decode sources: `source` does.
"""

import codecs
import re

UTF_8 = "utf-8-sig"
_MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Characters of Japanese in two bytes. If the encoding is another one, they are one at a time within words of Latin letters.
_WIDE = re.compile(r"[^\x00-\xff\uff61-\uff9f]")
_WITHIN_WORD = re.compile(
    rf"(?<=[A-Za-z]){_WIDE.pattern}(?!{_WIDE.pattern})|(?<!{_WIDE.pattern}){_WIDE.pattern}(?=[A-Za-z])"
)
# Kana, and the kanji and signs that are in most texts, by the first of their two bytes in EUC-JP.
_COMMON = re.compile(rb"[\xa1\xa3-\xa5\xb0-\xcf][\xa1-\xfe]")
# Half-width kana as words have them: marks of voice follow what has a voice.
_HALF = "[\uff66-\uff9d]"
_HALF_WORD = re.compile(
    r"(?:[\uff66-\uff9d]|(?<=[\uff73\uff76-\uff84\uff8a-\uff8e])\uff9e|(?<=[\uff8a-\uff8e])\uff9f|(?<=.)[\uff64\uff65\uff61-\uff63])+"
)
ENOUGH = 1 << 14  # bytes by which Japanese encodings are known apart
_HIGH = re.compile(r"[^\x00-\x7f]+")
SURE = 12  # half-width kana that are hardly kanji of EUC-JP by accident
FEW = 4  # that may be accents in capitals
_FOLD = re.compile(rb"\r?\n[ \t]")
_UNUSUAL = re.compile("[\u0250-\u036f\u0530-\u07ff]")  # that bytes of other encodings make by accident
_WINDOWS = re.compile(rb"[\x80-\x9f]")


def encoding_of(sample: bytes, *, whole: bool) -> str | None:
    r"""Return the encoding of a text that begins with a sample; UTF-8 if it is not known. `whole`: there is no more.

    Return None for a text that may be in several.

    >>> [encoding_of("推論 é".encode(one), whole=True) for one in ("utf-8", "utf-16")], encoding_of("推論".encode("cp932"), whole=True)
    (['utf-8-sig', 'utf-16'], 'cp932')
    >>> encoding_of("Zoë’s café".encode("cp1252"), whole=True), encoding_of("Zoë, café".encode("latin-1"), whole=True)
    ('cp1252', 'latin-1')
    >>> half, kanji = "ｶﾅ,ﾔﾏﾀﾞ ﾀﾛｳ", "title,speaker\n推論の基盤,山田"
    >>> encoding_of(half.encode("cp932"), whole=True), [encoding_of(kanji.encode(one), whole=True) for one in ("cp932", "euc_jp", "iso2022_jp")]
    ('cp932', ['cp932', 'euc_jp', 'iso2022_jp'])
    >>> encoding_of("ｶﾅ".encode("cp932"), whole=True)
    >>> encoding_of("推論".encode() + bytes([255]), whole=True)
    'utf-8-sig'
    """
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            return name
    if b"\x1b$" in sample and sample.isascii():
        return "iso2022_jp"
    if (
        _is_utf_8(sample, whole=whole)
        or b"\0" in sample
        or any(map(_is_damaged, (sample, _FOLD.sub(b"", sample))))
    ):
        return UTF_8
    first = re.search(rb"[\x80-\xff]", sample)
    start = sample.rfind(b"\n", 0, first.start()) + 1 if first else 0
    part = sample[start : start + ENOUGH]  # what is before it is the same in all
    japanese = _japanese(part, whole=whole and start + len(part) == len(sample))
    if japanese != "":
        return japanese
    windows = _WINDOWS.search(sample) and _decoded(sample, "cp1252", whole=whole) is not None
    return "cp1252" if windows else "latin-1"


def _japanese(sample: bytes, *, whole: bool) -> str | None:
    """Return the Japanese encoding of a text: "" if it is not in one, None if it is not certain which."""
    shifted = _decoded(sample, "cp932", whole=whole) or ""
    if _is_wide(shifted) and _decoded(sample, "euc_jp", whole=whole) is None:
        return "cp932"
    half = [run for run in _HIGH.findall(shifted) if not _HALF_WORD.fullmatch(run)] == []
    kana = len(re.findall(_HALF, shifted)) if half else 0
    extended = _decoded(sample, "euc_jp", whole=whole) or ""
    if not _is_wide(extended):
        if not re.search(f"{_HALF}{{2}}", shifted) or re.search(f"[A-Za-z]{_HALF}|{_HALF}[A-Za-z]", shifted):
            return ""
        return "cp932" if kana >= FEW else None
    common = sum(map(bool, map(_COMMON.match, _pairs(sample)))) > 0.8 * len(_WIDE.findall(extended))
    has_kana = re.search("[ぁ-んァ-ヶ]", extended)  # which no text in another encoding has by accident
    if not kana and not _is_wide(shifted):
        return "" if not common else "euc_jp" if has_kana else None
    if has_kana or not half:
        return "euc_jp" if common else "cp932"
    return "cp932" if kana >= SURE else None


def _is_wide(text: str) -> bool:
    return len(_WIDE.findall(text)) > 2 * len(_WITHIN_WORD.findall(text))


def _pairs(sample: bytes) -> list[bytes]:
    return re.findall(rb"[\x80-\xff]{2}", sample)


def _is_utf_8(sample: bytes, *, whole: bool) -> bool:
    """Return whether a sample is UTF-8, also if calendars (RFC 5545, 3.1) have folded it within characters."""
    some = (sample, _FOLD.sub(b"", sample))
    return any(_decoded(one, "utf-8", whole=whole) is not None for one in some)


def _is_damaged(sample: bytes) -> bool:
    """Return whether more characters beyond ASCII are UTF-8 than are not: of text in another encoding hardly any are."""
    text = sample.decode("utf-8", "replace")
    beyond = [sign for sign in text if not sign.isascii()]
    right = [sign for sign in beyond if sign != "\ufffd" and not _UNUSUAL.match(sign)]
    return 0 < 2 * (len(beyond) - len(right)) <= len(right)


def _decoded(sample: bytes, encoding: str, *, whole: bool) -> str | None:
    """Return a sample as text, without a character that is cut at its end; None if it is not in the encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample, final=whole)
    except UnicodeDecodeError:
        return None
