"""Numbers in sentences of the documentation are those of the shipped data; the numbers of sessions are checked by scripts.readme."""

import re

import pytest

import mltalks
from tests.conftest import ROOT

# Each sentence, with queries in braces in place of numbers of talks.
SENTENCES = {
    "docs/index.md": ("production: {} talks of USENIX OpML and MLSys", "research papers; {series:OpML} are of OpML"),
    "docs/survey.md": ("the page of all {} talks",),
    "docs/taxonomy.md": (
        "{filing:curated} of the {} shipped talks have curated themes; of the other {NOT filing:curated}, {filing:inferred} have inferred themes",
        ", and {NOT has:theme} have none",
        "The benchmark files the {filing:curated} [curated]",
    ),
    "data/README.md": (
        "Of the {}, {kind:paper} are papers, {kind:talk} talks, {kind:keynote} keynotes and {kind:panel} a panel",
        "Of the {} talks, {NOT has:organization} have no known organization, {NOT has:keyword} no keywords, {NOT has:summary} no summary",
        "{NOT has:speaker} no speaker, {NOT has:track} no track and {NOT has:theme} no theme",
        "themes of {filing:curated} talks (curated)",
        "themes of {filing:inferred} talks (inferred",
        "{series:MLSys kind:paper} are papers of SysML and MLSys, and only {series:OpML} records are of OpML",
    ),
}  # fmt: skip


@pytest.mark.parametrize("document", SENTENCES)
def test_numbers_of_talks_in_sentences_are_those_of_the_data(document: str) -> None:
    text = " ".join((ROOT / document).read_text(encoding="utf-8").split())
    with mltalks.open() as cat:
        filings = {one.value: one.sessions for one in cat.facet("filing").values}
        total = cat.list().total
        counts = {f"filing:{name}": number for name, number in filings.items()}
        counts["NOT filing:curated"] = total - filings["curated"]
        for sentence in SENTENCES[document]:
            expected = re.sub(
                r"\{(.*?)\}",
                lambda found: str(counts.get(found[1]) or cat.list(found[1]).total),
                sentence,
            )
            assert expected in text
