r"""Converts LaTeX of bibliographies to plain text: accents, letters and signs to Unicode, without braces.

Does not typeset and has no packages: an unknown command is dropped, its argument stays. Does not use pylatexenc, which takes .3
ms for a short title, and interprets commands by a whole document.
"""

import re
import unicodedata

# Source: Leslie Lamport, LaTeX: A Document Preparation System (1994), tables 3.1 and 3.2.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307", "u": "\u0306",
    "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_NAMES = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textquotedbl": '"', "textquotesingle": "'", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
    "textdollar": "$", "lbrace": "{", "rbrace": "}", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®", "texttrademark": "™",
    "textcopyright": "©", "copyright": "©", "textdegree": "°", "pounds": "£", "euro": "€", "texteuro": "€", "S": "§", "P": "¶",
    "dots": "…", "ldots": "…", "textellipsis": "…", "cdot": "·", "times": "×", "pm": "±", "approx": "≈", "sim": "∼",
    "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "rightarrow": "→", "to": "→", "leftarrow": "←", "infty": "∞", "ast": "*",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "theta": "θ", "eta": "η", "Delta": "Δ",
    "Omega": "Ω", "Sigma": "Σ", "TeX": "TeX", "LaTeX": "LaTeX", "newline": "\n", "par": "\n\n", "quad": " ", "qquad": " ",
    "slash": "/", "space": " ", "nobreakspace": " ", "guillemotleft": "«", "guillemotright": "»",
}  # fmt: skip
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "$": ""}
_CHARACTERS = dict.fromkeys("-/!()[]", "") | dict.fromkeys("\\,;:", " ")
_TOKEN = re.compile(
    r"""\\([`'^"~=.])\s*+(?:\{\s*+(\\?[^\W\d_])\s*+\}|(\\[ij](?![a-zA-Z])|[^\W\d_]))"""
    r"""|\\([uvHcdbkr])(?:\s*+\{\s*+(\\?[^\W\d_])\s*+\}|\s++(\\[ij](?![a-zA-Z])|[^\W\d_]))"""
    r"""|\\([a-zA-Z]++)\*?+(?:\{\}|[ \t]++)?+|\\(.)|---|--|``|''|[~{}$]""",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\\(?:url|href)\s*+|\\([_%&#$~{}\\])|[{}]")


def plain(text: str) -> str:
    r"""Return the text that LaTeX would print, with its line ends.

    >>> plain(r"{\'E}tude of Sch{\"o}n \& {M\"uller}"), plain(r"\v{S}koda--\c{c}a \o re, Stra{\ss}e")
    ('Étude of Schön & Müller', 'Škoda–ça øre, Straße')
    >>> plain(r"100\% \textbraceleft{}a\textbraceright{} \emph{fast} $x$")
    '100% {a} fast x'
    """
    return _TOKEN.sub(_replaced, text) if text.isascii() or _TOKEN.search(text) else text


def _replaced(token: re.Match[str]) -> str:
    accent, braced, bare, letter_accent, letter_braced, letter_bare, name, character = token.groups()
    if accent or letter_accent:
        letter = (braced or bare or letter_braced or letter_bare).lstrip("\\")
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent or letter_accent])
    if name:
        return _NAMES.get(name, "")
    if character:
        return _CHARACTERS.get(character, character)
    return _SIGNS[token.group()]


def address(text: str) -> str:
    r"""Return an address without its command, escapes and braces.

    >>> address(r"\url{https://example.org/a\_b~c--d}")
    'https://example.org/a_b~c--d'
    """
    return _ADDRESS.sub(lambda found: found[1] or "", text)
