"""The name of a person without what forms and mail programs write beside it: an e-mail address, a title.

Does not know whose name it is; titles after Japanese names are those of `not_people`.
"""

import re

LONGEST = 200  # letters of a name that is looked at
HANDLE = '"{name}" is the name of an account, not of a person; another talk of this person may have the name'
# From the beginning of a word on, so that a long one is read once.
_ADDRESS = r"(?<![^\s<>()（）@,;])(?:mailto:)?[^\s<>()（）@,;]+@[^\s<>()（）@,;]+\.\w+"
_MAIL = rf"\s*<\s*{_ADDRESS}\s*>|\s*[(（]\s*{_ADDRESS}\s*[)）]|\s*[,，]?\s*{_ADDRESS}"
_TITLES = (
    r"\s*(?:(?:prof(?:essor(?:in)?)?|dr|dres|mr|mrs|ms|mx)(?:\.|(?=\s))|(?:dr|dipl)\.?-ing\.|(?:ing|rer|nat|med|phil|habil|h\s?\.\s?c)\.)"
    r"(?:[\s-]*(?:ing|rer|nat|med|phil|habil|h\s?\.\s?c)\.)*\s*"
)


def without_address(name: str) -> str:
    """Return a text without e-mail addresses, in any brackets or after a comma.

    >>> [without_address(one) for one in ("Ada Fox <ada@example.org>", "Ada Fox (ada@example.org)", "Ada Fox, ada@example.org", "@adafox")]
    ['Ada Fox', 'Ada Fox', 'Ada Fox', '@adafox']
    """
    if "@" not in name or len(name) > LONGEST:
        return name
    return re.sub(_MAIL, "", " ".join(name.split())).strip()


def is_address(name: str) -> bool:
    """Return whether a text is nothing but an e-mail address."""
    return "@" in name and not without_address(name)


def is_handle(name: str) -> bool:
    """Return whether a text is the name of an account, as "@adafox"."""
    return bool(re.fullmatch(r"@[\w.-]+(?:@[\w.-]+)?", name.strip()))


def without_title(name: str) -> str:
    """Return a name without academic and polite titles before it, if two words are left.

    >>> [without_title(one) for one in ("Prof. Dr. Eva Müller", "Dr.-Ing. Jan Berg", "Ms Ada Fox", "Dr. Who", "Drew Fox", "Ing Bo")]
    ['Eva Müller', 'Jan Berg', 'Ada Fox', 'Dr. Who', 'Drew Fox', 'Ing Bo']
    """
    bare = re.sub(f"^(?:{_TITLES})+", "", name[:LONGEST], flags=re.IGNORECASE)
    return bare if len(name) < LONGEST and len(bare.split()) > 1 else name
