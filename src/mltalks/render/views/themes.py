"""The output of commands about filing: reasons, classified lists, decisions, and gaps of the theme tree."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args

from mltalks.analysis.explain_themes import Explanation, Reason, Status
from mltalks.messages import Lang, word
from mltalks.render import value_types as t
from mltalks.render.columns import Column, Record, attributes, objects, record
from mltalks.render.output import Output, View, heading
from mltalks.render.shared_columns import ID, LABELS, TITLE
from mltalks.taxonomy.classifier import Evidence, Lack
from mltalks.text import sanitize
from mltalks.text.formats import json_text

if TYPE_CHECKING:
    from mltalks.dataset.model import Decision, Session
    from mltalks.search.catalogue import Catalogue
    from mltalks.taxonomy.classify_list import Classified
    from mltalks.taxonomy.gaps import Gaps


def _terms(one: "Classified") -> list[str]:
    """Return the terms that are the evidence for the themes of a talk."""
    return list(dict.fromkeys(e.term for filing in one.found.filed for e in filing.evidence))


ROUNDED_SCORE = t.rounded(t.SCORE, 3)
EVIDENCE = attributes(
    term=t.TEXT,
    kind=t.one_of("strong", "weak"),
    field=t.TEXT,
    position=t.COUNT,
    start=t.COUNT,
    end=t.COUNT,
    weight=ROUNDED_SCORE,
)
_THEME_SCORE = (
    Column("id", t.TEXT, "theme"),
    Column("inferred", t.ValueType({"const": True}), lambda _: True),
    *attributes(score=ROUNDED_SCORE, evidence=objects(*EVIDENCE)),
)
THEME_SCORES = objects(*_THEME_SCORE).worded("{id} {score}")
NEAR = objects(*_THEME_SCORE, lacks=t.one_of(*get_args(Lack))).worded("{id} {score} ({lacks})")
EXPLAINED = objects(*EVIDENCE, Column("text", t.TEXT)).worded("{term} in {field}")
EXPLANATION = Output(
    "explanation",
    ("explain",),
    (
        ID._replace(get="theme.id", whole=True),
        *LABELS,
        Column("status", t.one_of(*get_args(Status)), cell="status"),
        Column("inferred", t.FLAG, lambda reason: reason.status == "inferred"),
        Column("score", ROUNDED_SCORE, cell="score", style="dim"),
        Column("decided", t.TEXT_OR_NULL),
        Column("lacks", t.one_of(*get_args(Lack), None)),
        Column("evidence", EXPLAINED, cell="evidence"),
    ),
    table=("id", "status", "score", "evidence"),
    head=(Column("session", t.TEXT, "id"), TITLE),
    listed_as="themes",
)
CLASSIFIED = Output(
    "classified",
    ("classify",),
    (
        TITLE._replace(get=lambda one: one.given["title"]),
        Column("themes", THEME_SCORES, "found.filed", cell="theme scores"),
        Column("terms", t.TEXTS, _terms),
        Column("near", NEAR, "found.near", cell="theme scores"),
    ),
    table=("title", "themes", "terms", "near"),
    key="title",
)
DECISION = Output(
    "decision",
    ("accept", "reject", "decisions"),
    (
        Column("session", t.TEXT, whole=True),
        Column("theme", t.TEXT, cell="theme", whole=True),
        Column("verdict", t.one_of("accept", "reject"), cell="word"),
        Column("date", t.TEXT),
    ),
    key="session",
    single=None,
    detail=" --undo (one object; of several sessions, an array)",
)
DECISIONS = DECISION._replace(
    name="decisions",
    commands=("decisions",),
    columns=(*DECISION.columns, TITLE._replace(type=t.TEXT_OR_NULL)),
    single=False,
    detail="",
)
PARTS = objects(Column("phrase", t.TEXT), Column("share", t.SCORE, "weight"), Column("sessions", t.TEXTS))
GAP_KINDS = ("unfiled", "broad only", "phrase", "big", "nearly empty", "alike")
GAPS = Output(
    "gaps",
    ("gaps",),
    (
        Column("gap", t.one_of(*GAP_KINDS), itemgetter(0), cell="word"),
        Column("name", t.TEXT, itemgetter(1), cell="gap", whole=True),
        Column("measure", t.SCORE, itemgetter(2)),
        Column("parts", PARTS.worded("{phrase} {share}"), itemgetter(3), cell="parts"),
        Column("found", t.TEXTS, itemgetter(4)),
    ),
    key="name",
)


def explanation_view(found: Explanation, lang: Lang) -> View:
    """Return the themes of a session, each with its reasons."""
    label = "label_ja" if lang == "ja" else "label_en"
    columns = tuple(
        one._replace(heading="theme")
        if one.name == label
        else one._replace(type=one.type._replace(text=lambda lacks: word(lacks or "", lang)))
        if one.name == "lacks"
        else one
        for one in EXPLANATION.columns
    )
    output = EXPLANATION._replace(
        columns=columns,
        text=("id", "status", "score", label, "evidence", "lacks"),
        table=("id", *([label] if lang == "ja" else []), "status", "score", "evidence"),
    )
    if lang == "ja":
        output = output.with_text("evidence", lambda one: f"{heading(one['field'], lang)}: {one['term']}")
    return output.view(found.reasons, found.session, evidence=lambda one: _evidence(found.session, one))


def _evidence(session: "Session", reason: Reason) -> list[Record]:
    return [record(EVIDENCE, one) | {"text": _text_of(session, one)} for one in reason.evidence]


def _text_of(session: "Session", one: Evidence) -> str:
    value: Any = getattr(session, one.field)
    text: str = value[one.position] if isinstance(value, tuple) else value
    return text


def classified_text(one: "Classified", form: str, lang: Lang) -> str:
    """Return one talk of a list with its themes: a line ("plain", "jsonl"), a JSON object, or TOML to import."""
    if form == "toml":
        return _toml(one)
    if form == "plain":
        scores = "; ".join(f"{filing.score:.3g}" for filing in one.found.filed)
        near = "".join(
            f"{miss.theme} {miss.score:.3g} ({word(miss.lacks or '', lang)})" for miss in one.found.near[:1]
        )
        cells = (one.given["title"], "; ".join(one.found.themes), "; ".join(_terms(one)), scores, near)
        return "\t".join(map(sanitize.shown, cells)) + "\n"
    known = {"id": one.given["id"]} if isinstance(one.given.get("id"), str) else {}
    text = json_text.encoded(known | record(CLASSIFIED.columns, one))
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
    if one.found.themes:
        table["themes"] = list(one.found.themes)
        table["themes"].comment(sanitize.shown("; ".join(_terms(one))))
    return f"[[sessions]]\n{table.as_string()}\n"


def decisions_view(decisions: Iterable["Decision"], catalogue: "Catalogue") -> View:
    """Return the user's decisions, each with the title of its session if that is known."""

    def title(one: "Decision") -> str | None:
        doc = catalogue.index.sessions.doc(one.session)
        return None if doc is None else catalogue.session(doc).title

    return DECISIONS.view(decisions, catalogue=catalogue, title=title)


def gaps_view(found: "Gaps", limit: int | None) -> View:
    """Return the first `limit` gaps of each kind, one record for each."""
    rows: list[tuple[str, str, float, Any, Sequence[str]]] = [
        *(("unfiled", one, 1, found.near[one], [one]) for one in found.unfiled[:limit]),
        *(("broad only", session, 1, (), [session]) for session in found.broad_only[:limit]),
        *(("phrase", one.phrase, one.weight, (), one.sessions) for one in found.phrases[:limit]),
        *(("big", one.theme, one.sessions, one.parts, ()) for one in found.big[:limit]),
        *(("nearly empty", theme, count, (), ()) for theme, count in found.nearly_empty[:limit]),
        *(("alike", f"{one.first} {one.second}", one.share, (), one.sessions) for one in found.alike[:limit]),
    ]
    return GAPS.view(rows)
