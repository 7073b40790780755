"""What the commands about filing print: reasons, classified lists, decisions, and what the tree lacks."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from mltalks.messages import Lang
from mltalks.render.views.core import Record, View
from mltalks.taxonomy.classifier import Evidence, ThemeScore
from mltalks.text import json_text, sanitize

if TYPE_CHECKING:
    from mltalks.analysis.explain_themes import Explanation
    from mltalks.dataset.model import Decision, Session
    from mltalks.search.catalogue import Catalogue
    from mltalks.taxonomy.classify_list import Classified
    from mltalks.taxonomy.gaps import Gaps, Proposal

REASON_FIELDS = ("id", "label_en", "label_ja", "status", "inferred", "score", "decided", "evidence")
CLASSIFIED_FIELDS = ("title", "themes", "near")
DECISION_FIELDS = ("session", "theme", "verdict", "date", "title")
GAP_FIELDS = ("gap", "name", "measure", "parts", "found")


def _evidence(evidence: Iterable[Evidence], session: "Session | None" = None) -> list[Record]:
    found = []
    for one in evidence:
        record: Record = one._asdict() | {"weight": round(one.weight, 3)}
        if session is not None:
            record["text"] = _text_of(session, one)
        found.append(record)
    return found


def _text_of(session: "Session", one: Evidence) -> str:
    value: Any = getattr(session, one.field)
    text: str = value[one.position] if isinstance(value, tuple) else value
    return text


def explanation_view(found: "Explanation", lang: Lang) -> View:
    """Return the themes of a session, each with its reasons."""
    session = found.session
    records = [
        {
            "id": reason.theme.id,
            "label_en": reason.theme.label_en,
            "label_ja": reason.theme.label_ja,
            "status": reason.status,
            "inferred": reason.status == "inferred",
            "score": round(reason.score, 3),
            "decided": reason.decided,
            "evidence": _evidence(reason.evidence, session),
        }
        for reason in found.reasons
    ]
    envelope = {"schema": "mltalks/explanation/1", "session": session.id, "title": session.title}
    label = "label_ja" if lang == "ja" else "label_en"
    columns = ("id", "status", "score", label, "evidence")
    return View(
        "explanation", records, REASON_FIELDS, columns,
        table=("id", "status", "score", "evidence"), envelope=(envelope, "themes"),
    )  # fmt: skip


def _filings(filings: Iterable[ThemeScore]) -> list[Record]:
    return [
        {"id": one.theme, "inferred": True, "score": round(one.score, 3), "evidence": _evidence(one.evidence)}
        for one in filings
    ]


def _classified_record(one: "Classified") -> Record:
    known = {"id": one.given["id"]} if isinstance(one.given.get("id"), str) else {}
    return {
        **known,
        "title": one.given["title"],
        "themes": _filings(one.found.filed),
        "near": _filings(one.found.near),
    }


def classified_view(found: Sequence["Classified"]) -> View:
    """Return a person's own list with its themes."""
    records = [_classified_record(one) for one in found]
    return View(
        "classified", records, CLASSIFIED_FIELDS, CLASSIFIED_FIELDS, key="title", table=CLASSIFIED_FIELDS[:2]
    )


def classified_text(one: "Classified", form: str) -> str:
    """Return one talk of a list with its themes: a line ("plain", "jsonl"), a JSON object, or TOML to paste."""
    if form == "toml":
        return _toml(one)
    if form == "plain":
        terms = dict.fromkeys(e.term for filing in one.found.filed for e in filing.evidence)
        cells = (one.given["title"], "; ".join(one.found.themes), "; ".join(terms))
        return "\t".join(map(sanitize.shown, cells)) + "\n"
    text = json_text.encoded(_classified_record(one))
    return f"{text}\n" if form == "jsonl" else text


def _toml(one: "Classified") -> str:
    import tomlkit

    given = {
        name: one.given[name]
        for name in ("id", "event", "title", "kind")
        if isinstance(one.given.get(name), str)
    }
    table = tomlkit.table()
    table.update(given)
    table["themes"] = list(one.found.themes)
    terms = dict.fromkeys(e.term for filing in one.found.filed for e in filing.evidence)
    if terms:
        table["themes"].comment(sanitize.shown("; ".join(terms)))
    return f"[[sessions]]\n{table.as_string()}\n"


def decisions_view(decisions: Iterable["Decision"], catalogue: "Catalogue") -> View:
    """Return a person's decisions, each with the title of its session where that is still there."""
    records = []
    for decision in decisions:
        doc = catalogue.index.sessions.doc(decision.session)
        title = None if doc is None else catalogue.session(doc).title
        records.append(decision._asdict() | {"title": title})
    return View("decisions", records, DECISION_FIELDS, DECISION_FIELDS, key="session", table=DECISION_FIELDS)


def decision_view(decision: "Decision") -> View:
    """Return a decision that was taken, or taken back."""
    fields = DECISION_FIELDS[:-1]
    return View("decision", [decision._asdict()], fields, fields, key="session", single=True)


def gaps_view(found: "Gaps", limit: int | None) -> View:
    """Return what a tree lacks, one record a finding: of each kind the first `limit`."""
    rows: list[tuple[str, str, float, list[Record], Sequence[str]]] = [
        *(("unfiled", session, 1, [], [session]) for session in found.unfiled[:limit]),
        *(("broad only", session, 1, [], [session]) for session in found.broad_only[:limit]),
        *(("phrase", one.phrase, one.weight, [], one.sessions) for one in found.phrases[:limit]),
        *(("big", one.theme, one.sessions, _parts(one.parts), []) for one in found.big[:limit]),
        *(("nearly empty", theme, count, [], []) for theme, count in found.nearly_empty[:limit]),
        *(("alike", f"{one.first} {one.second}", one.share, [], one.sessions) for one in found.alike[:limit]),
    ]
    records = [dict(zip(GAP_FIELDS, (*row[:4], list(row[4])), strict=True)) for row in rows]
    return View("gaps", records, GAP_FIELDS, GAP_FIELDS, key="name", table=GAP_FIELDS)


def _parts(parts: Iterable["Proposal"]) -> list[Record]:
    return [{"phrase": one.phrase, "share": one.weight, "sessions": list(one.sessions)} for one in parts]
