r"""Converts LaTeX of bibliographies to plain text: accents, letters, signs and mathematics to Unicode, without braces.

Does not typeset and has no packages: an unknown command stays as written. Does not use pylatexenc, which takes .3 ms for a short
title, and interprets commands by a whole document.
"""

import re
import unicodedata
from functools import cache
from html.entities import html5

# Source: Leslie Lamport, LaTeX: A Document Preparation System (1994), tables 3.1 and 3.2.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307", "u": "\u0306",
    "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328", "r": "\u030a",
    "grave": "\u0300", "acute": "\u0301", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "vec": "\u20d7", "mathring": "\u030a",
}  # fmt: skip
_NAMES = {
    "ss": "ß", "SS": "SS", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textbackslash": "\\", "backslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textquotedbl": '"', "textquotesingle": "'", "textless": "<", "textgreater": ">", "textbar": "|",
    "textunderscore": "_", "textdollar": "$", "textasteriskcentered": "*", "lbrace": "{", "rbrace": "}", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°", "pounds": "£",
    "texteuro": "€", "textsterling": "£", "S": "§", "P": "¶", "dots": "…", "ldots": "…", "cdots": "⋯", "textellipsis": "…",
    "cdot": "·", "textperiodcentered": "·", "textbullet": "•", "circ": "∘", "sim": "∼", "textasciigrave": "`", "star": "⋆",
    "to": "→", "gets": "←", "infty": "∞", "ast": "*", "neq": "≠", "land": "∧", "lor": "∨", "lnot": "¬", "neg": "¬", "iff": "⇔",
    "implies": "⇒", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "newline": "\n", "par": "\n\n", "quad": " ",
    "qquad": " ", "slash": "/", "hyphen": "-", "space": " ", "nobreakspace": " ", "guillemotleft": "«", "guillemotright": "»",
    "quotedblbase": "„", "quotesinglbase": "‚", "partial": "∂", "varnothing": "∅", "epsilon": "ε", "varepsilon": "ε",
    "varphi": "φ", "vartheta": "ϑ", "varrho": "ρ", "varsigma": "ς", "varpi": "ϖ", "lambda": "λ", "Lambda": "Λ", "surd": "√", "sqrt": "√",
    "exists": "∃", "Box": "□", "dag": "†", "ddag": "‡", "vdots": "⋮", "ddots": "⋱", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|", "|": "‖", "textohm": "Ω",
    "textcelsius": "°C", "textperthousand": "‰", "textonehalf": "½", "textonequarter": "¼", "texttimes": "×", "textpm": "±",
    "textsection": "§", "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª", "textordmasculine": "º",
}  # fmt: skip
# What changes the look of its argument, or of what follows, alone.
_LOOKS = frozenset({
    "emph", "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "textmd", "textup", "textsl", "textnormal", "text",
    "underline", "uline", "enquote", "mkbibquote", "mkbibemph", "mkbibbold", "mkbibitalic", "textsuperscript", "textsubscript",
    "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathbb", "mathfrak", "mathscr", "boldsymbol", "bm", "bf", "it",
    "em", "tt", "sc", "sf", "rm", "sl", "bfseries", "itshape", "scshape", "ttfamily", "sffamily", "rmfamily", "upshape",
    "normalfont", "mbox", "hbox", "ensuremath", "protect", "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg",
    "displaystyle", "textstyle", "limits", "nolimits", "small", "large", "Large", "footnotesize", "scriptsize", "tiny", "relax",
    "num", "url", "nolinkurl", "path", "xspace", "leavevmode", "unskip", "ignorespaces", "allowbreak",
    "linebreak", "nolinebreak", "operatorname", "mathop", "mathrel", "mathord", "acro", "textsw", "lowercase",
    "uppercase", "MakeUppercase", "MakeLowercase", "capitalize", "natexlab", "fg", "og", "break", "nobreak",
})  # fmt: skip
# Source: Leslie Lamport, LaTeX: A Document Preparation System (1994), table 3.9.
_OPERATORS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "argmax", "argmin", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim",
    "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "mod", "bmod", "Pr",
    "sec", "sin", "sinh", "sup", "tan", "tanh", "polylog", "poly", "softmax",
})  # fmt: skip
_OPENING = ("\\", "{")
_SHORT = frozenset({"le", "ge", "ne", "ll", "gg", "in", "ni", "pm", "mp", "wp", "Re", "Im", "lt", "gt"})
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "$": ""}
_CHARACTERS = dict.fromkeys("-/!()[]", "") | dict.fromkeys("\\,;:", " ")
_MATH_ACCENTS = "|".join(sorted((name for name in _ACCENTS if len(name) > 1), key=len, reverse=True))
_GROUP = r"\{((?:[^{}$]|\{[^{}$]{0,40}\}){1,60}+)\}"
_PIECE = rf"\s*+(?:{_GROUP}|(\\[a-zA-Z]++|[^\W_]))"
_TOKEN = re.compile(
    r"""\\([`'^"~=.])\s*+(?:\{\s*+(\\?[^\W\d_])\s*+\}|(\\[ij](?![a-zA-Z])|[^\W\d_]))"""
    rf"""|\\([uvHcdbkr]|{_MATH_ACCENTS})(?:\s*+\{{\s*+(\\?[^\W\d_])\s*+\}}|\s++(\\[ij](?![a-zA-Z])|[^\W\d_]))"""
    rf"""|\\[dt]?frac(?![a-zA-Z]){_PIECE}{_PIECE}|\\sqrt(?![a-zA-Z]){_PIECE}|([_^]){_GROUP}"""
    r"""|\\([a-zA-Z]++)(\*?+(?:\{\}|[ \t]++)?+)|\\(.)|---|--|``|''|[~{}$]""",
    re.DOTALL,
)
# What is not printed: a name by which to sort, a citation, a colour, a distance.
_UNPRINTED = re.compile(
    r"\\(?:noopsort|noop|nocite|textcolor|color)\s*+\{[^{}]*+\}|\\kern\s*+-?+[\d.]*+\s*+(?:pt|em|ex|mm|cm|in|mu|sp)(?![a-z])"
)
_ADDRESS = re.compile(r"\\(?:url|href)\s*+|\\([_%&#$~{}\\])|[{}]")


def plain(text: str) -> str:
    r"""Return the text that LaTeX would print, with its line ends.

    >>> plain(r"{\'E}tude of Sch{\"o}n \& {M\"uller}"), plain(r"\v{S}koda--\c{c}a \o re, Stra{\ss}e")
    ('Étude of Schön & Müller', 'Škoda–ça øre, Straße')
    >>> plain(r"100\% \textbraceleft{}a\textbraceright{} \emph{fast} $x$")
    '100% {a} fast x'
    >>> plain(r"$O(n\log n)$, $\frac{1}{2}$, $\sqrt{n+1}$, $\epsilon \leq \hat{x}_{i,j}$ and \mine{a}")
    'O(n log n), 1/2, √(n+1), ε≤x̂_(i,j) and \\mine a'
    """
    if "\\" in text:
        text = _UNPRINTED.sub("", text)
    return _TOKEN.sub(_replaced, text) if text.isascii() or _TOKEN.search(text) else text


def _replaced(token: re.Match[str]) -> str:
    accent, braced, bare, letter_accent, letter_braced, letter_bare = token.groups()[:6]
    over, over_bare, under, under_bare, root, root_bare, raised, script, name, after, character = (
        token.groups()[6:]
    )
    text = _SIGNS.get(token[0], "")
    if accent or letter_accent:
        letter = (braced or bare or letter_braced or letter_bare).lstrip("\\")
        text = unicodedata.normalize("NFC", letter + _ACCENTS[accent or letter_accent])
    elif over or over_bare:
        text = f"{_grouped(over or over_bare)}/{_grouped(under or under_bare)}"
    elif root or root_bare or raised:
        text = (raised or "√") + _grouped(root or root_bare or script)
    elif name:
        text = _sign(name, after, token)
    elif character:
        text = _CHARACTERS.get(character, character)
    return text


def _grouped(text: str) -> str:
    """Return a part of a formula in parentheses, unless it is one name or number."""
    bare = plain(text).strip()
    return bare if len(bare) == 1 or bare.isalnum() else f"({bare})"


def _sign(name: str, after: str, token: re.Match[str]) -> str:
    """Return what a command stands for: a sign, nothing, the name of an operator, or itself as written."""
    whole, start, end = token.string, token.start(), token.end()
    following = whole[end : end + 1]
    if name in _OPERATORS:
        before = " " if whole[start - 1 : start].isalnum() or whole[start - 1 : start] == ")" else ""
        return f"{before}{name}{' ' if following.isalnum() or following in _OPENING else ''}"
    if name in _LOOKS:
        return ""
    sign = _NAMES.get(name) or _greek(name.removeprefix("text").removeprefix("var"))
    if sign is None and (len(name) > 2 or name in _SHORT):
        sign = html5.get(f"{name};")  # the names of signs in HTML are mostly those of LaTeX
    if sign is not None:
        return sign
    return f"\\{name} " if following == "{" or after.isspace() else token.group()


@cache
def _greek(name: str) -> str | None:
    """Return a Greek letter by its name, which is a capital if the name begins with one.

    >>> _greek("sigma"), _greek("Gamma"), _greek("mu"), _greek("x")
    ('σ', 'Γ', 'μ', None)
    """
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}") if name.isalpha() else None
    except KeyError:
        return None


def address(text: str) -> str:
    r"""Return an address without its command, escapes and braces.

    >>> address(r"\url{https://example.org/a\_b~c--d}")
    'https://example.org/a_b~c--d'
    """
    return _ADDRESS.sub(lambda found: found[1] or "", text)
