"""The canonical names of organizations by printed spelling, and the larger organizations that they are part of.

Does not correct typos: `search.name_resolver` does. Spellings differ only in case, width, punctuation and the legal form of a company.
"""

import re
import unicodedata
from collections.abc import Iterable

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Organization
from mltalks.text.folding import company_key, name_key

_JOINTS = re.compile(r"\s*[;/]\s*|,\s+|\s+and\s+|\s+&\s+")
_FORM = r"(?:(?:株式|有限|合同|合資)会社|\([株有同]\))"


class Organizations:
    """Canonical names by spelling."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        known = list(organizations)
        self.by_name = {organization.name: organization for organization in known}
        self.parents = {name: organization.parent for name, organization in self.by_name.items()}
        self._canonical: dict[str, str] = {}
        for organization in known:
            for spelling in (organization.name, *organization.aliases):
                self._canonical.setdefault(name_key(spelling), organization.name)
        for organization in known:
            for spelling in (organization.name, *organization.aliases):
                self._canonical.setdefault(company_key(spelling), organization.name)

    def is_known(self, printed: str) -> bool:
        """Return whether a printed spelling is known, as a whole or as several joined."""
        return all(self._known(name) for name in self.resolve(printed))

    def resolve(self, printed: str) -> tuple[str, ...]:
        """Return the canonical names for a printed spelling; for an unknown one, the spelling itself without a Japanese legal form.

        An unknown spelling that joins known ones with `;`, `/`, `&`, a comma or "and" gives the names of all of these.
        """
        whole = self._known(printed)
        if whole:
            return (whole,)
        parts = [self._known(part) for part in _JOINTS.split(printed)]
        known = tuple(dict.fromkeys(part for part in parts if part))
        return known if len(parts) > 1 and all(parts) else (without_form(printed),)

    def parts(self, printed: str) -> list[str]:
        """Return the spellings that an unknown one joins if all of them are known; any other spelling alone."""
        parts = [part for part in _JOINTS.split(printed) if part]
        return parts if self._known(printed) is None and all(map(self._known, parts)) else [printed]

    def _known(self, spelling: str) -> str | None:
        """Return the canonical name for a spelling, whatever legal form it has; None for an unknown one."""
        return self._canonical.get(name_key(spelling)) or self._canonical.get(company_key(spelling))

    def with_parents(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names with the organizations that they are units of, each once."""
        return with_ancestors(names, self.parents)


def without_form(printed: str) -> str:
    """Return the name of an organization without the legal form of a Japanese company, so that it counts as one.

    >>> [without_form(name) for name in ("株式会社リクルート", "㈱リクルート", "リクルート（株）", "株式会社ＡＢＣ", "株式会社")]
    ['リクルート', 'リクルート', 'リクルート', 'ABC', '株式会社']
    """
    if printed.isascii():
        return printed
    narrow = unicodedata.normalize("NFKC", printed).strip()
    bare = re.sub(rf"^{_FORM}\s*|\s*{_FORM}$", "", narrow)
    return printed if bare in ("", narrow) else bare
