"""The theme tree in other formats: SKOS written, checked, read back, and used for classification."""

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
import tomli
from hypothesis import given, strategies as st
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS
from skosify import check

import mltalks as package
from mltalks.dataset.hierarchy import DEEPEST
from mltalks.dataset.loader import read
from mltalks.dataset.model import Theme, ThemeTerms
from mltalks.taxonomy.load import read_tree
from mltalks.taxonomy.skos.rdf import Form
from mltalks.taxonomy.skos.reader import read_skos
from mltalks.taxonomy.skos.writer import json_ld, turtle, uri
from mltalks.taxonomy.themes_toml import themes_toml
from tests.conftest import ROOT, Run

# rdflib's own reader of JSON-LD uses what rdflib deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.excerpt,
]
PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/vocabulary#> .
"""
THREE = f"""{PREFIXES}
:scheme a skos:ConceptScheme ; skos:hasTopConcept :speed .
:speed a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "Speed"@en, "速さ"@ja ;
    skos:altLabel "latency"@en, "レイテンシ"@ja ; skos:definition "How fast."@en .
:memory a skos:Concept ; skos:broader :speed ; skos:prefLabel "Memory use"@en, "メモリ"@ja ;
    skos:altLabel "GPU memory"@en ; skos:hiddenLabel "out of memory"@en .
:privacy a skos:Concept ; skos:notation "private" ; skos:prefLabel "Privacy"@en, "プライバシー"@ja ;
    skos:altLabel "federated learning"@en, "differential privacy"@en .
"""


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.ttl"
    path.write_text(THREE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped() -> list[Theme]:
    return read([[ROOT / "data" / "themes.toml"]]).themes


def graph_of(text: str, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format=form)


def scheme(text: str, form: Form = "turtle") -> tuple[list[Theme], list[tuple[str, str | None, str]]]:
    themes, problems = read_skos(text.encode(), form, Path("/x/v.ttl"))
    return themes, [(one.severity, one.record, one.message.text()) for one in problems]


# what is written


def test_turtle_and_json_ld_hold_the_same_graph(mltalks: Run) -> None:
    one = mltalks("export", "--format", "skos", "year:2020..")
    other = mltalks("export", "-o", "skos-json", "year:2020..")
    assert (one.code, other.code) == (0, 0)
    graphs = graph_of(one.out), graph_of(other.out, "json-ld")
    assert len(graphs[0]) > 3000
    assert isomorphic(*graphs)
    assert one.out == mltalks("export", "--format", "skos", "year:2020..").out


def test_the_graph_equals_the_theme_tree(mltalks: Run) -> None:
    graph = graph_of(mltalks("export", "--format", "skos", "company:google").out)
    counts = json.loads(mltalks("themes", "company:google", "--json").out)["themes"]
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(counts)
    for theme in counts:
        concept = rdflib.URIRef(uri(theme["id"]))
        assert graph.value(concept, SKOS.notation) == rdflib.Literal(theme["id"])
        labels = {str(one.language): str(one) for one in graph.objects(concept, SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert labels == {"en": theme["label_en"], "ja": theme["label_ja"]}
        broader = graph.value(concept, SKOS.broader)
        assert broader == (rdflib.URIRef(uri(theme["broader"])) if theme["broader"] else None)
        assert broader is None or (broader, SKOS.narrower, concept) in graph
        assert (concept, SKOS.topConceptOf, None) in graph or broader is not None
        assert (concept, SKOS.inScheme, rdflib.URIRef("urn:mltalks:themes")) in graph
        sessions = graph.value(concept, rdflib.URIRef("urn:mltalks:sessions"))
        assert sessions == rdflib.Literal(theme["sessions"])
    assert "company:google" in str(
        graph.value(rdflib.URIRef("urn:mltalks:themes"), rdflib.DCTERMS.description)
    )


def test_json_ld_reads_as_plain_json(mltalks: Run) -> None:
    nodes = json.loads(mltalks("export", "--format", "skos-json").out)["@graph"]
    (aiops,) = [node for node in nodes if node.get("notation") == "aiops"]
    assert aiops["prefLabel"]["en"].startswith("AIOps")
    assert isinstance(aiops["sessions"], int)


@pytest.fixture
def warned() -> Iterator[list[str]]:
    """Yield what skosify logs."""
    logged: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield logged
    logging.getLogger().removeHandler(handler)


def five_checks(graph: rdflib.Graph) -> None:
    check.hierarchy_cycles(graph)
    check.disjoint_relations(graph)
    check.hierarchical_redundancy(graph)
    check.preflabel_uniqueness(graph, "shortest")
    check.label_overlap(graph)


def test_skosify_finds_nothing_wrong(shipped: list[Theme], warned: list[str]) -> None:
    graph = graph_of(turtle(shipped))
    five_checks(graph)
    assert warned == []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 2
        assert list(graph.objects(concept, SKOS.inScheme))
    preferred = {(str(o).casefold(), o.language) for o in graph.objects(None, SKOS.prefLabel)}  # type: ignore[attr-defined]
    for name in (SKOS.altLabel, SKOS.hiddenLabel):
        others = {(str(o).casefold(), o.language) for o in graph.objects(None, name)}  # type: ignore[attr-defined]
        assert not others & preferred


def test_skosify_would_find_what_is_wrong(warned: list[str]) -> None:
    five_checks(graph_of(f'{PREFIXES} :a a skos:Concept ; skos:prefLabel "A"@en ; skos:altLabel "A"@en .'))
    assert len(warned) == 1


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\t\r\x1b\u202e<>@.;'), min_size=1
).filter(str.strip)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=3), TEXTS)
def test_texts_of_any_kind_stay_what_they_are(texts: list[tuple[str, str, str, str]], query: str) -> None:
    themes = [
        Theme(f"t{i}", en, None, f"t{i - 1}" if i else None, definition, terms=ThemeTerms((strong,), (weak,)))
        for i, (en, definition, strong, weak) in enumerate(texts)
    ]
    written = turtle(themes, {"t0": 3}, query), json_ld(themes, {"t0": 3}, query)
    assert not any(sign in text for text in written for sign in "\x1b\u202e\x7f")
    graph = graph_of(written[0])
    assert isomorphic(graph, graph_of(written[1], "json-ld"))
    for theme in themes:
        found = graph.value(rdflib.URIRef(uri(theme.id)), SKOS.prefLabel)
        assert str(found) == theme.label_en
    toml = tomli.loads(themes_toml(themes))["themes"]
    assert [(one["label"]["en"], one["definition"]) for one in toml] == [(en, text) for en, text, *_ in texts]


def test_odd_themes_are_written_as_they_are(mltalks: Run, tmp_path: Path) -> None:
    tree = tmp_path / "odd.toml"
    label = 'A "quoted" \\\\ <b>\\n\\u001b[31m@en .'
    tree.write_text(
        f"""[[themes]]\nid = "推論.1_a-b"\nlabel = {{ en = '''{label}''', ja = "\\u202eあ" }}\n""",
        encoding="utf-8",
    )
    text = mltalks("export", "--format", "skos", "--themes", str(tree), 'title:"x \\ y"').out
    assert "\x1b" not in text
    labels = {str(one) for one in graph_of(text).objects(rdflib.URIRef(uri("推論.1_a-b")), SKOS.prefLabel)}
    assert labels == {label, "\u202eあ"}


# round trips


@pytest.mark.parametrize("form", ["skos", "skos-json"])
def test_what_is_exported_is_imported_as_the_same_tree(
    mltalks: Run, tmp_path: Path, shipped: list[Theme], form: str
) -> None:
    file = tmp_path / ("t.ttl" if form == "skos" else "t.jsonld")
    assert mltalks("export", "--format", form, "--output", str(file)).code == 0
    result = mltalks("import", "--themes", str(file), "-O", str(tmp_path / "back.toml"))
    assert result.code == 0
    assert "error" not in result.err
    back = {theme.id: theme for theme in read([[tmp_path / "back.toml"]]).themes}
    assert set(back) == {theme.id for theme in shipped}
    labels = {label.casefold() for theme in shipped for label in (theme.label_en, theme.label_ja) if label}
    for theme in shipped:
        found = back[theme.id]
        assert found._replace(terms=theme.terms, aliases=theme.aliases) == theme
        own = [theme.label_en, theme.label_ja]
        assert set(found.terms.strong) <= {*own, *theme.terms.strong}
        left_out = {term for term in theme.terms.phrases[0] if term not in found.terms.strong}
        assert all(
            term.casefold() in labels
            or sum(term.casefold() == other.casefold() for other in theme.terms.strong) > 1
            for term in left_out
        )


def test_rdf_xml_is_read_as_turtle_is(mltalks: Run, three: Path, tmp_path: Path) -> None:
    file = tmp_path / "three.rdf"
    rdflib.Graph().parse(three).serialize(file, "xml")
    one, other = (tomli.loads(mltalks("import", "--themes", str(path)).out) for path in (three, file))
    key: Any = lambda theme: theme["id"]  # noqa: E731
    assert sorted(one["themes"], key=key) == sorted(other["themes"], key=key)
    assert one["themes"][1] == {
        "id": "memory",
        "broader": "speed",
        "label": {"en": "Memory use", "ja": "メモリ"},
        "terms": {"strong": ["Memory use", "メモリ", "GPU memory"], "weak": ["out of memory"]},
    }


# talks under another tree


@pytest.mark.slow
@pytest.mark.excerpt(False)
def test_talks_are_filed_under_another_tree(mltalks: Run, three: Path) -> None:
    tree = ["--themes", str(three)]
    counts = {one["id"]: one for one in json.loads(mltalks("themes", *tree, "--json").out)["themes"]}
    assert set(counts) == {"speed", "memory", "private"}
    assert counts["speed"]["sessions"] > counts["memory"]["sessions"] > 0
    found = json.loads(mltalks("by-theme", "速さ", *tree, "--json").out)
    assert len(found) == counts["speed"]["sessions"]
    assert all(set(session["themes"]) <= set(counts) for session in found)
    assert "opml19-deepcpu" in {session["id"] for session in found}
    everything = json.loads(mltalks("list", *tree, "--json").out)
    assert len(everything) == len(json.loads(mltalks("list", "--json").out))
    assert any(not session["themes"] for session in everything)
    hits = mltalks("search", "theme:private learning", *tree, "-o", "ids")
    assert hits.code == 0
    assert hits.out
    assert mltalks("by-theme", "aiops", *tree).code == 4
    assert mltalks("companies", "theme:privacy", *tree, "-q").out
    assert "speed" in mltalks("__complete", "by-theme", "--themes", str(three), "sp").out


def test_themes_of_the_tree_that_talks_have_already_stay(mltalks: Run, tmp_path: Path) -> None:
    tree = tmp_path / "tree.toml"
    tree.write_text(
        '[[themes]]\nid = "tuning"\naliases = ["automl"]\nlabel = { en = "Tuning", ja = "調整" }\n'
    )
    names = mltalks("list", "theme:tuning", "--themes", str(tree), "-o", "ids").out.split()
    curated = [
        one.values["id"]
        for one in read([sorted((ROOT / "data").glob("*.toml"))]).records["sessions"]
        if "automl" in one.values.get("themes", ())
    ]
    assert set(curated) <= set(names)


@pytest.mark.slow
def test_the_cache_has_one_index_for_each_tree_and_state(mltalks: Run, three: Path, tmp_path: Path) -> None:
    env = {"MLTALKS_CACHE": str(tmp_path / "cache")}

    def ids(*arguments: str) -> list[str]:
        return mltalks("themes", *arguments, "-o", "ids", env=env).out.split()

    assert len(ids()) > 70
    assert ids("--themes", str(three)) == ["speed", "memory", "private"]
    assert ids("--themes", str(three)) == ["speed", "memory", "private"]
    assert len(ids()) > 70
    three.write_text(THREE.replace(":privacy", ":secrecy").replace('"private"', '"secret"'), encoding="utf-8")
    assert ids("--themes", str(three)) == ["speed", "memory", "secret"]
    own = tmp_path / "own.toml"
    own.write_text('[[themes]]\nid = "mine"\nlabel = { en = "Mine", ja = "私の" }\n')
    assert "mine" in ids("--data", str(own))
    assert ids("--themes", str(own)) == ["mine"]


def test_decisions_count_for_the_tree_that_has_their_theme(mltalks: Run, three: Path, tmp_path: Path) -> None:
    env = {"MLTALKS_DATA": str(tmp_path / "own")}
    tree = ["--themes", str(three)]
    assert mltalks("accept", "opml19-katib", "aiops", env=env).code == 0
    assert mltalks("accept", "opml19-katib", "private", *tree, env=env).code == 0
    for arguments, themes in ([], "aiops"), (tree, "private"):
        (session,) = json.loads(mltalks("list", "id:opml19-katib", *arguments, "--json", env=env).out)
        assert themes in session["themes"]
        assert len({"aiops", "private"} & set(session["themes"])) == 1
        assert mltalks("explain", "opml19-katib", *arguments, env=env).code == 0


@pytest.mark.slow
def test_a_program_may_pass_a_tree(three: Path, excerpt: Path) -> None:
    library = package.open(excerpt, shipped=False, themes=three)
    assert [one.theme.id for one in library.themes().themes] == ["speed", "memory", "private"]


# problems of a thesaurus


def test_a_circle_is_an_error_and_nothing_is_written(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "circle.ttl"
    file.write_text(
        f"""{PREFIXES}
        :a a skos:Concept ; skos:prefLabel "A"@en, "あ"@ja ; skos:broader :b .
        :b a skos:Concept ; skos:prefLabel "B"@en, "い"@ja ; skos:broader :c .
        :c a skos:Concept ; skos:prefLabel "C"@en, "う"@ja ; skos:broader :a .
        :d a skos:Concept ; skos:prefLabel "A"@en, "え"@ja ; skos:broader :d .
        """,
        encoding="utf-8",
    )
    result = mltalks("import", "--themes", str(file), "-O", str(tmp_path / "out.toml"))
    assert (result.code, result.out) == (3, "")
    assert not (tmp_path / "out.toml").exists()
    assert "a: the chain leads back to itself: a -> b -> c -> a; remove one of these relations" in result.err
    assert "d: the chain leads back to itself: d -> d" in result.err
    assert 'd: the label "A" is also used by a' in result.err
    assert "2 errors, " in result.err
    listed = mltalks("list", "--themes", str(file))
    assert (listed.code, listed.err.count("\n")) == (3, 1)
    assert "循環しています" in mltalks("validate", str(file), "--lang", "ja").out
    assert mltalks("validate", "--themes", str(file)).code == 3
    body = json.loads(mltalks("import", "--themes", str(file), "--json").err)
    assert body["error"]["code"] == 3


def test_what_does_not_fit_is_listed_and_the_rest_is_read() -> None:
    themes, problems = scheme(
        f"""{PREFIXES}
        :s a skos:ConceptScheme ; skos:hasTopConcept :one, :two .
        :one a skos:Concept ; skos:prefLabel "One"@en, "一"@ja ; skos:altLabel "shared term"@en, "eins"@de .
        :two a skos:Concept ; skos:prefLabel "Two"@en, "二"@ja ; skos:altLabel "Shared Term"@en ; skos:broader :one .
        :both a skos:Concept ; skos:prefLabel "Both"@en, "Either"@en, "両方"@ja ; skos:broader :two, :one .
        :half a skos:Concept ; skos:prefLabel "ONE"@en ; skos:related :one ; skos:scopeNote "x"@en, "y"@en .
        :none a skos:Concept ; skos:altLabel "nothing"@en ; skos:broader :elsewhere .
        :deutsch a skos:Concept ; skos:prefLabel "Etwas"@de .
        <https://example.org/other/one> a skos:Concept ; skos:prefLabel "Untagged", "札なし" .
        """
    )
    base = "https://example.org/vocabulary#"
    assert [(theme.id, theme.broader) for theme in themes] == [
        ("one", None), ("two", "one"), ("both", "two"), ("half", None), ("none", None), ("deutsch", None),
        ("one-2", None),
    ]  # fmt: skip
    assert {severity for severity, _, _ in problems} == {"warning"}
    assert {(record, text) for _, record, text in problems} == {
        ("one-2", 'the id "one" is already used; this theme gets another id'),
        ("two", "is a top concept but has a broader concept; it is placed under one"),
        (
            "two",
            '"Shared Term" is also a strong term of the theme one; move it to the weak terms of one of the two themes',
        ),
        ("both", "has 2 broader concepts (two, one); only the first is used"),
        ("both", 'has 2 labels in en; "Both" is shown, and all 2 labels are used as terms'),
        ("half", 'the label "ONE" is also used by one; give each theme its own label'),
        ("half", "has no label in ja; the label in the other language is shown"),
        ("none", f'the broader concept "{base}elsewhere" is not in the file; add it or remove the relation'),
        ("none", 'no label in en or ja; "none" is shown instead'),
        ("deutsch", 'no label in en or ja; "Etwas" is shown instead'),
        (None, "ignored, because themes have no such field: scopeNote 2, related 1"),
        (None, "ignored, because only en and ja are read: de 2"),
    }
    assert themes[2].terms.strong == ("Both", "Either", "両方")
    assert (themes[6].label_en, themes[6].label_ja) == ("Untagged", "札なし")


def test_a_scheme_in_one_language_is_one_problem() -> None:
    themes, problems = scheme(
        f'{PREFIXES} :a a skos:Concept ; skos:prefLabel "A"@en-GB . :b a skos:Concept ; skos:prefLabel "B"@en .'
    )
    assert [theme.label_en for theme in themes] == ["A", "B"]
    assert problems == [
        ("warning", None, "no concept has a label in ja; labels in the other language are shown"),
    ]


def test_ids_are_made_of_notations_uris_and_labels() -> None:
    themes, _ = scheme(
        f"""{PREFIXES}
        <urn:x:y:%E6%8E%A8%E8%AB%96/> a skos:Concept ; skos:prefLabel "A"@en .
        [] a skos:Concept ; skos:prefLabel "Blank / node"@en .
        [] a skos:Concept ; skos:prefLabel "!"@en .
        :x a skos:Concept ; skos:notation "3.1 b" ; skos:prefLabel "B"@en .
        :only skos:prefLabel "No type"@en ; skos:narrower :x .
        """
    )
    found = {theme.label_en: (theme.id, theme.broader) for theme in themes}
    assert found == {
        "A": ("推論", None),
        "Blank / node": ("Blank-node", None),
        "!": ("theme", None),
        "B": ("3.1-b", "only"),
        "No type": ("only", None),
    }


@pytest.mark.slow
def test_a_tree_too_deep_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "deep.ttl"
    chain = "".join(
        f':c{i} a skos:Concept ; skos:prefLabel "{i}"@en ; skos:broader :c{i + 1} .\n' for i in range(5000)
    )
    file.write_text(PREFIXES + chain + ':c5000 a skos:Concept ; skos:prefLabel "x"@en .')
    _, problems = read_tree(file)
    assert [one.message.values for one in problems if one.severity == "error"] == [{"depth": DEEPEST}]


# bad files


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.ttl", f'{PREFIXES}:a a skos:Concept ;\n skos:prefLabel "A"@en\n:b a', ":5: not valid Turtle: "),
        ("a.ttl", f"{PREFIXES}nope:a a skos:Concept .", ":3: not valid Turtle: "),
        ("a.ttl", "", ": contains no skos:Concept"),
        ("a.ttl", b"# \xff\n", ":1: not UTF-8 text"),
        ("a.ttl", "<a> <b> " + "[ <c> " * 5000, ": nested too deeply"),
        ("a.json", "", ":1: not valid JSON-LD: "),
        ("a.json", '{\n"a": nope}', ":2: not valid JSON-LD: "),
        ("a.json", "3", ""),
        ("a.json", '"x"', ""),
        ("a.json", "[" * 100_000, ": nested too deeply"),
        ("a.jsonld", '{"@context": 3, "@graph": [{"@id": 4}]}', ""),
        ("a.jsonld", '{"@context": "https://example.org/c"}', ': refers to the remote context "https://example.org/c"'),
        ("a.jsonld", '{"@context": ["file:///etc/passwd"]}', ': refers to the remote context "file:///etc/passwd"'),
        ("a.jsonld", '[{"@graph": [{"@context": {"@import": "x"}}]}]', ': refers to the remote context "x"'),
        ("a.rdf", "", ":1: not valid RDF/XML: no element found"),
        ("a.rdf", "<a>\n<b></a>", ":2: not valid RDF/XML: mismatched tag"),
        ("a.xml", "<html/>", ": "),
        ("a.xml", b"\xff\xfe\x00", ":1: not valid RDF/XML: "),
        ("a.toml", "x = [", ": not valid TOML"),
        ("a.toml", "", ": has no [[themes]] record"),
        ("a.toml", "[[sessions]]\nid='x'\n[[themes]]\nid='y'\n", ": contains [[sessions]]; a theme tree may contain only [[themes]]"),
        ("a.toml", "[[themes]]\nid='y'\nlabel={en='Y'}\nbroader='y'", ":4: y: broader: the chain leads back to itself"),
        ("a", "[[themes]]\nid='y'\n", ": y: label: missing"),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_line(
    mltalks: Run, tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    commands = [["list", "--themes", str(file)]]
    if file.suffix not in (".toml", ""):
        commands.append(["import", "--themes", str(file)])
    for command in commands:
        result = mltalks(*command)
        assert (result.code, result.out, result.err.count("\n")) == (3, "", 1), result.err
        assert "Traceback" not in result.err
        assert says in result.err
        assert str(file) in result.err


@pytest.mark.parametrize("ending", ["ttl", "json", "rdf", "toml"])
def test_what_is_no_file_is_one_line(mltalks: Run, tmp_path: Path, ending: str) -> None:
    folder = tmp_path / f"folder.{ending}"
    folder.mkdir()
    for path in (folder, tmp_path / f"missing.{ending}", tmp_path / f"{'x' * 300}.{ending}"):
        result = mltalks("themes", "--themes", str(path))
        assert (result.code, result.out, result.err.count("\n")) == (3, "", 1), result.err
        assert "cannot be read" in result.err


def test_entities_do_not_grow_and_read_no_files(mltalks: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept rdf:about="urn:a">'
        '<skos:prefLabel xml:lang="en">a{}</skos:prefLabel></skos:Concept></rdf:RDF>'
    )
    file = tmp_path / "a.rdf"
    file.write_text(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + rdf.format("&e;"))
    result = mltalks("import", "--themes", str(file))
    assert (result.code, "hush" in result.out) == (3, False)
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "x" * 100}">' for i in range(12))
    file.write_text(f"<!DOCTYPE x [{bomb}]>" + rdf.format("&e11;"))
    result = mltalks("import", "--themes", str(file))
    assert (result.code, result.err.count("\n")) == (3, 1)
    file.write_bytes(f'<?xml version="1.0" encoding="UTF-16"?>{rdf.format("é")}'.encode("utf-16"))
    assert 'en = "aé"' in mltalks("import", "--themes", str(file)).out


def test_unusual_literals_are_read_without_a_log(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text(
        f'{PREFIXES}<urn:a b> a skos:Concept ; skos:prefLabel "A\\u001B[31m\\uD800"@en, "あ"@ja ;'
        'skos:notation "x"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        encoding="utf-8",
    )
    result = mltalks("import", "--themes", str(file), "-O", str(tmp_path / "x.toml"))
    assert "Traceback" not in result.err
    assert result.code in (0, 3)
    assert "\x1b" not in result.err


def test_without_rdflib_the_extra_is_named(mltalks: Run, three: Path, tmp_path: Path) -> None:
    stub = tmp_path / "stub"
    (stub / "rdflib").mkdir(parents=True)
    (stub / "rdflib" / "__init__.py").write_text("raise ImportError('not here')\n")
    env = {"PYTHONPATH": str(stub), "MLTALKS_CACHE": str(tmp_path / "cache")}
    for command in (["import"], ["list"], ["validate"]):
        result = mltalks(*command, "--themes", str(three), env=env)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("mltalks: error: reading SKOS needs the extra skos; install it with: ")
    message = mltalks("list", "--themes", str(three), env={**env, "LANG": "ja_JP.UTF-8"}).err
    assert "SKOS の読み込みには追加機能「skos」が必要です" in message
    assert message.endswith(f"{sys.executable} -m pip install 'mltalks[skos]'\n")
    assert mltalks("export", "--format", "skos", env=env).code == 0


# the commands


def test_a_file_is_written_atomically_and_replaces_another_only_with_force(
    mltalks: Run, tmp_path: Path
) -> None:
    file = tmp_path / "t.ttl"
    result = mltalks("export", "--format", "skos", "-O", str(file))
    assert (result.code, result.out) == (0, "")
    assert f"93 themes written to {file}" in result.err
    written = file.read_text(encoding="utf-8")
    file.write_text("mine")
    file.chmod(0o640)
    again = mltalks("export", "--format", "skos", "-O", str(file))
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "--force" in again.err
    assert file.read_text() == "mine"
    assert mltalks("export", "--format", "skos", "-O", str(file), "--force").code == 0
    assert file.read_text(encoding="utf-8") == written
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["t.ttl"]
    assert mltalks("export", "--format", "skos", "-O", "-").out == written


@pytest.mark.parametrize("name", ["", "missing/t.ttl", "x" * 300])
def test_what_cannot_be_written_is_one_line(mltalks: Run, tmp_path: Path, name: str) -> None:
    result = mltalks("export", "--format", "skos", "-O", str(tmp_path / name))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "cannot write" in result.err


def test_a_device_is_written_to_and_stays_one(mltalks: Run) -> None:
    assert mltalks("export", "--format", "skos", "-O", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export", "--format", "rtf"], '--format: "rtf" is not one of toml, json'),
        (["export", "--format", "skos", "nosuch:x"], 'unknown query field "nosuch"'),
        (["import"], "mltalks import talks.csv"),
        (["import", "--themes", "x.toml"], ".ttl, .jsonld, .json, .rdf, .xml"),
    ],
)
def test_usage_errors_list_the_choices(mltalks: Run, arguments: list[str], says: str) -> None:
    result = mltalks(*arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert says in result.err


def test_formats_of_export_are_completed(mltalks: Run) -> None:
    assert mltalks("__complete", "export", "--format", "").out.split()[-2:] == ["skos", "skos-json"]
    assert "bibtex" in mltalks("__complete", "list", "--format", "").out
    assert "company:" in mltalks("__complete", "export", "--format", "skos", "comp").out
