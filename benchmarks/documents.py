"""Sessions as all engines get them: a few fields of plain text, English and Japanese together."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

Document = Mapping[str, str]

FIELDS = {
    "title": 3.0,
    "keywords": 2.0,
    "companies": 2.0,
    "speakers": 2.0,
    "summary": 1.0,
}  # and their weights


def document(session: Mapping[str, Any]) -> dict[str, str]:
    """Return the id of a session and the text of FIELDS; a field without text is empty."""
    speakers = session.get("speakers", ())
    companies = [
        *session.get("organizations", ()),
        *(s["organization"] for s in speakers if "organization" in s),
    ]
    texts = {
        "title": (session["title"], session.get("track", "")),
        "keywords": (*session.get("keywords", ()), *session.get("keywords_ja", ())),
        "companies": dict.fromkeys(companies),
        "speakers": [speaker["name"] for speaker in speakers],
        "summary": [
            *(session.get(field, "") for field in ("summary", "summary_ja")),
            *(text for field in ("questions", "questions_ja") for text in session.get(field, ())),
        ],
    }
    return {"id": session["id"], **{field: "\n".join(filter(None, texts[field])) for field in FIELDS}}


def documents(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the sessions in the TOML files of a folder, file by file."""
    for path in sorted(folder.glob("*.toml")):
        for session in tomli.loads(path.read_text("utf-8")).get("sessions", ()):
            yield document(session)


def whole(one: Document) -> str:
    """Return all text of a document."""
    return "\n".join(one[field] for field in FIELDS if one[field])
