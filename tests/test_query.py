"""The query language: parsing, evaluation, and printed queries that parse to the same query."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from mltalks import open as open_library
from mltalks.errors import MltalksError, NotFoundError, QueryError
from mltalks.search.matcher import Matcher
from mltalks.search.query.fields import FIELDS, in_language, year_range
from mltalks.search.query.foreign_signs import operator_words
from mltalks.search.query.nodes import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Word,
    all_of,
    any_of,
    negation,
)
from mltalks.search.query.parser import parse
from tests.conftest import Run, shipped_library

WORDS = ["latency", "serving", "gpu", "推論", "kafka", "low-latency", "learning", "zzzqq", "C++", "2.0"]
FILTERS = [
    Filter("company", ("google", "microsoft")),
    Filter("company", ("Carnegie Mellon University",)),
    Filter("theme", ("pipelines",)),
    Filter("year", ("2019..2021", "2024..")),
    Filter("has", ("slides",)),
    Filter("kind", ("paper", "talk")),
    Filter("event", ("opml19",)),
    Filter("lang", ("ja",)),
]
TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=12)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from(WORDS).map(Word),
    st.sampled_from(WORDS).map(lambda word: Word(word, "title")),
    st.sampled_from(["feature store", 'say "a" \\ b', "機械学習 基盤"]).map(Phrase),
    st.sampled_from(["deep learning"]).map(lambda text: Phrase(text, "summary")),
    st.sampled_from(FILTERS),
    st.lists(st.sampled_from(WORDS).map(Required), min_size=2, max_size=3).map(all_of),
)
nodes: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(all_of),
        st.lists(inner, min_size=2, max_size=3).map(any_of),
        inner.map(negation),
    ),
    max_leaves=8,
)


def found(query: Node | str) -> set[str]:
    return {session.id for session in shipped_library().list(query).sessions}


@given(nodes)
def test_what_a_query_prints_reads_back_as_the_same_query(node: Node) -> None:
    assert parse(str(node)) == parse(in_language(str(node), "ja")) == node


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_query_error_and_prints_as_itself(text: str) -> None:
    try:
        node = parse(text)
    except QueryError:
        return
    assert parse(str(node)) == node


@given(
    st.sampled_from(["company", "speaker", "keyword", "track", "id"]), st.lists(TEXT, min_size=1, max_size=3)
)
def test_any_value_survives_printing(field: str, values: list[str]) -> None:
    node = Filter(field, tuple(dict.fromkeys(value for value in values if value.strip())) or ("x",))
    assert parse(str(node)) == node


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(nodes)
def test_a_query_or_itself_finds_the_same_sessions(node: Node) -> None:
    assert found(any_of([node, node])) == found(node)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(nodes)
def test_not_finds_all_the_others(node: Node) -> None:
    everything = found("")
    assert found(negation(node)) == everything - found(node)
    assert found(f"NOT NOT ({node})") == found(node)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(nodes, nodes)
def test_parts_of_a_query_commute(one: Node, other: Node) -> None:
    some, others = found(one), found(other)
    assert found(all_of([one, other])) == found(all_of([other, one])) == some & others
    assert found(any_of([one, other])) == found(any_of([other, one])) == some | others


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("  \t ", Everything()),
        ("latency", Word("latency")),
        ("a b", And((Word("a"), Word("b")))),
        ("a AND b", And((Required("a"), Required("b")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("NOT a", Not(Word("a"))),
        ("-a", Not(Word("a"))),
        ("a -kind:panel", And((Word("a"), Not(Filter("kind", ("panel",)))))),
        ('"feature store"', Phrase("feature store")),
        ('title:"machine learning"', Phrase("machine learning", "title")),
        ("title:a,b", Or((Word("a", "title"), Word("b", "title")))),
        ("company:google,meta", Filter("company", ("google", "meta"))),
        ("COMPANY:google", Filter("company", ("google",))),
        ("company：ＭＳ", Filter("company", ("ＭＳ",))),
        ('company:"Preferred Networks",google', Filter("company", ("Preferred Networks", "google"))),
        ("low-latency", Word("low-latency")),
        ("Ray: a framework", And((Word("Ray"), Word("a"), Word("framework")))),
        ("https://example.org/x", Word("https://example.org/x")),
        ("a - b", And((Word("a"), Word("b")))),
    ],
)
def test_queries_read_as_they_are_written(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"see kind:paper" x', '"see kind:paper" x'),
        ('event:opml19 NOT (kind:paper OR -year:2020) "a theme:b"', '会議:opml19 NOT (種類:paper OR -年:2020) "a theme:b"'),
        (r'title:"say \"a kind:b\"" theme:automl', r'タイトル:"say \"a kind:b\"" テーマ:automl'),
        ('company:"see kind:paper","x event:opml19"', '組織:"see kind:paper","x event:opml19"'),
    ],
)  # fmt: skip
def test_a_query_with_fields_in_japanese_is_the_same(typed: str, shown: str) -> None:
    assert in_language(typed, "ja") == shown
    assert parse(shown) == parse(typed)


def test_the_words_of_a_command_line_are_one_query() -> None:
    assert parse(["feature", "store", "has:slides", "NOT", "kind:panel"]) == parse(
        "feature store has:slides NOT kind:panel"
    )
    assert parse(["kafka OR spark has:slides"]) == parse("kafka OR spark has:slides")


def test_an_argument_of_plain_words_is_one_text() -> None:
    assert parse(["feature store", "has:slides"]) == And((Word("feature store"), Filter("has", ("slides",))))
    assert str(parse(["NOT", "feature  store"])) == "NOT (feature store)"


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("org:google", "company:google"),
        ("authors:chen venue:opml19", "speaker:chen event:opml19"),
        ("since:2023", "year:2023.."),
        ("company=google year=2024", "company:google year:2024"),
        ("組織:グーグル 会議:opml19 年:2024", "company:グーグル event:opml19 year:2024"),
        ("種類:基調講演 has:スライド", "kind:keynote has:slides"),
    ],
)
def test_fields_and_choices_have_other_names(typed: str, filters: str) -> None:
    assert parse(typed) == parse(filters)


@pytest.mark.parametrize(
    "text",
    [
        'title:"open',
        '"open',
        "(latency",
        "latency)",
        "()",
        "a OR",
        "OR a",
        "a AND",
        "NOT",
        "a NOT",
        "company:",
        "company:google,",
        "year:soon",
        "year:2021..2019",
        "kind:poem",
        "has:coffee",
        "lang:fr",
        "compny:google",
        "!!!",
        "(" * 101 + "a" + ")" * 101,
    ],
)
def test_what_cannot_be_read_is_a_query_error(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_an_unknown_field_names_the_one_that_was_meant() -> None:
    with pytest.raises(QueryError, match='did you mean "company"'):
        parse("compny:google")


@pytest.mark.parametrize(
    ("value", "years"),
    [("2019", (2019, 2019)), ("2019..2021", (2019, 2021)), ("2024..", (2024, 9999)), ("..2020", (0, 2020))],
)
def test_years_are_one_or_a_range(value: str, years: tuple[int, int]) -> None:
    assert year_range(value) == years


@pytest.mark.parametrize("value", ["", "..", "19", "20190", "2019...2021", "２０１９", "2019-2021"])
def test_other_years_are_none(value: str) -> None:
    assert year_range(value) is None


# test_user_data has the fields of user data, and test_calendars rooms, which the shipped sessions do not have.
@pytest.mark.parametrize(
    "field", sorted({*FIELDS} - {"tag", "mark", "origin", "note", "language", "doi", "room"})
)
def test_every_field_filters(field: str) -> None:
    value = {
        "company": "google", "theme": "aiops", "keyword": "AutoML", "speaker": "zaharia", "event": "opml19",
        "series": "OpML", "track": '"Federated Learning"', "id": "opml19-katib", "year": "2019", "kind": "paper",
        "lang": "ja", "has": "slides", "title": "learning", "summary": "latency",
        "answers": "cost",
    }[field]  # fmt: skip
    ids = found(f"{field}:{value}")
    assert ids
    assert ids < found("")


def test_a_theme_holds_its_narrower_ones_and_a_company_its_units() -> None:
    assert found("theme:llm-inference") < found("theme:serving-latency")
    assert found('company:"Microsoft Research"') < found("company:microsoft")


@pytest.mark.parametrize(
    "typed",
    [
        "microsoft",
        "MICROSOFT",
        "ＭＩＣＲＯＳＯＦＴ",
        "MS",
        "マイクロソフト",
        "microsft",
        "Microsoft Corporation",
    ],
)
def test_a_company_is_found_by_all_its_names_with_one_typo(typed: str) -> None:
    assert found(Filter("company", (typed,))) == found("company:Microsoft")


def test_a_typo_in_a_name_has_a_notice() -> None:
    (notice,) = shipped_library().list("company:microsft").notices
    assert notice.text() == 'company "microsft" is read as Microsoft'
    assert shipped_library().list("company:MS").notices == ()


@pytest.mark.parametrize(
    "query", ["company:nosuchcompany", "theme:quantum-cooking", "event:opml99", "id:none", "series:X"]
)
def test_an_unknown_company_theme_event_or_id_is_not_found(query: str) -> None:
    with pytest.raises(NotFoundError):
        shipped_library().list(query)


def test_a_part_of_several_names_stands_for_all_of_them_in_every_field() -> None:
    library = shipped_library()
    for query, named in (
        ("theme:serving", "serving-latency, serving-infrastructure"),
        ("event:opml", "opml19, opml20"),
        ("company:university", "Aarhus University, Arizona State University"),
        ("speaker:chen", "Ang Chen, Beidi Chen"),
        ("keyword:learning", "3D deep learning"),
    ):
        found = library.list(query)
        assert found.total > 1
        assert named in found.notices[0].text().replace(chr(34), "")
    with pytest.raises(NotFoundError, match="no theme"):
        library.list("theme:nosuchthing")


def test_an_unknown_speaker_or_keyword_finds_nothing_with_a_notice() -> None:
    result = shipped_library().list("speaker:nobodyknows")
    assert result.total == 0
    assert [notice.text() for notice in result.notices] == ['no speaker "nobodyknows"']


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=2000))
def test_any_query_is_answered_or_refused(text: str) -> None:
    with suppress(MltalksError):
        shipped_library().search(text, limit=1)


@pytest.mark.parametrize(
    "query",
    [
        "a " * 50_000,
        "a" * 100_000,
        "(" * 100_000,
        "NOT " * 25_000 + "a",
        "推" * 100_000,
        "x1 " * 33_000,
        '"' * 99_999,
    ],
)
def test_a_query_of_100_000_characters_is_answered_or_refused(query: str) -> None:
    with suppress(QueryError):
        shipped_library().search(query, limit=1)


def test_many_unknown_words_and_filters_are_answered() -> None:
    query = (
        " OR ".join(f"zzq{n}q" for n in range(3000))
        + " OR "
        + " OR ".join("company:google" for _ in range(3000))
    )
    assert shipped_library().list(query).total == len(found("company:google"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("year:２０１９", "year:2019"),
        ("year:２０１９..２０２０", "year:2019..2020"),
        ("kind:ｐａｐｅｒ", "kind:paper"),
        ("has:ｓｌｉｄｅｓ", "has:slides"),
        ("ｃｏｍｐａｎｙ:google", "company:google"),
        ("Ｃｏｍｐａｎｙ：google，microsoft", "company:google,microsoft"),
        ("lang:jp", "lang:ja"),
        ("lang:Japanese", "lang:ja"),
        ("has:company", "has:organization"),
    ],
)
def test_a_value_may_be_in_any_width_or_under_another_name(typed: str, meant: str) -> None:
    assert parse(typed) == parse(meant)
    assert shipped_library().list(typed).notices == ()


@pytest.mark.parametrize(
    ("typed", "meant", "taken"),
    [
        ("kind:pannel", "kind:panel", 'kind "pannel" is read as panel'),
        ("kind:papers", "kind:paper", 'kind "papers" is read as paper'),
        ("has:slide", "has:slides", 'has "slide" is read as slides'),
        ("has:sildes,video", "has:slides,video", 'has "sildes" is read as slides'),
    ],
)
def test_a_typo_in_a_choice_is_corrected_with_a_notice(typed: str, meant: str, taken: str) -> None:
    assert found(typed) == found(meant)
    assert [notice.text() for notice in shipped_library().list(typed).notices] == [taken]
    assert parse(str(parse(typed))) == parse(typed)


def test_an_empty_value_of_a_text_field_is_left_out() -> None:
    assert parse("title:!!!,latency") == Word("latency", "title")
    assert found("event:opml19 title:!!!,latency") == found("event:opml19 title:latency")
    with pytest.raises(QueryError, match="contains no word to search for"):
        parse("event:opml19 title:!!!")


def test_operators_in_small_letters_have_a_notice() -> None:
    def operators(query: str | list[str]) -> list[str]:
        return [str(notice.values["operator"]) for notice in operator_words(query)]

    assert operators("kafka or spark") == ["OR"]
    assert operators(["kafka", "and", "not", "kind:panel"]) == ["AND", "NOT"]
    assert operators("not kafka") == ["NOT"]
    assert (
        operators("kafka OR spark")
        == operators('"one or two"')
        == operators("or")
        == operators("kafka or")
        == []
    )


@pytest.mark.parametrize(
    "question",
    [
        lambda: shipped_library().survey("series:MLSys latency"),
        lambda: shipped_library().facet("company", "latency"),
        lambda: shipped_library().themes("latency"),
        lambda: shipped_library().theme("pipelines", "latency"),
        lambda: shipped_library().crosstab("theme", "year", "latency", by_year=True),
        lambda: shipped_library().trend("theme", "latency"),
        lambda: shipped_library().gaps("latency"),
        lambda: shipped_library().check_up("latency"),
        lambda: shipped_library().list("latency"),
        lambda: shipped_library().search("latency", 1),
    ],
)
def test_an_analysis_evaluates_its_query_once(
    question: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[Node] = []
    docs = Matcher.docs

    def counted(self: Matcher, node: Node) -> int:
        evaluated.append(node)
        return docs(self, node)

    monkeypatch.setattr(Matcher, "docs", counted)
    question()
    searched = [
        node for node in evaluated if not isinstance(node, Filter)
    ]  # years that are added have the filters alone
    assert len(searched) == len(set(searched)), "a query or a part of it was evaluated again"
    wholes = [node for node in evaluated if not any(node in _parts(other) for other in evaluated)]
    assert len(wholes) == 1


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And | Or) else (node.part,) if isinstance(node, Not) else ()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("since:2026-06", "since:2026-06: a query knows years, not months or days; write since:2026"),
        (
            "year:2024/03/01..",
            "year:2024/03/01..: a query knows years, not months or days; write year:2024..",
        ),
        (
            "year:2019-05..2020-03",
            "year:2019-05..2020-03: a query knows years, not months or days; write year:2019..2020",
        ),
        (
            "year:2019年5月20日〜2020年3月",
            "year:2019年5月20日〜2020年3月: a query knows years, not months or days; write year:2019..2020",
        ),
        ("since:soon", "since:soon is not a year; write since:2019, year:2019..2021 or year:2024.."),
        ("開催年:soon", "開催年:soon is not a year; write 開催年:2019, year:2019..2021 or year:2024.."),
        ("since:2026..2024", "since:2026..2024 runs backwards; write year:2024..2026"),
        ("type:poem", "type:poem is not one of paper, talk, keynote, panel, tutorial, poster"),
    ],
)
def test_an_error_of_a_filter_names_the_field_as_it_was_typed(query: str, says: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert str(raised.value) == says


@pytest.mark.parametrize(
    "names",
    [
        ("LLM", "大規模言語モデル", "large language model"),
        ("AutoML", "自動機械学習", "automated machine learning"),
        ("feature store", "特徴量ストア", "フィーチャーストア"),
        ("embedding", "埋め込み"),
        ("low-rank approximation", "低ランク近似"),
    ],
)
def test_all_names_of_one_thing_list_the_same_talks(mltalks: Run, names: tuple[str, ...]) -> None:
    found = {mltalks("list", name, "-o", "ids").out for name in names}
    assert len(found) == 1
    assert found != {""}
    assert {mltalks("list", *name.split(), "-o", "ids").out for name in names} == found


@pytest.mark.excerpt
def test_talks_of_ones_own_are_apart_from_those_that_are_shipped(
    mltalks: Run, tmp_path: Path, excerpt: Path
) -> None:
    talk = '[[sessions]]\nid = "mine"\nevent = "opml19"\ntitle = "My talk"\nkind = "talk"\n'
    (tmp_path / "more.toml").write_text(talk.replace("mine", "of-a-file"))
    mltalks("add", "A talk of ours", "--event", "opml19", "--tag", "x")
    mltalks("tag", "opml19-katib", "x")
    mltalks("edit", "opml19-tony", "--title", "Another title")
    ours = ("opml19-talk-ours", "of-a-file")
    more = ("--data", str(tmp_path / "more.toml"))
    for query in ("origin:own", "origin:mine", "登録元:自分", "NOT origin:shipped"):
        assert mltalks("list", query, "-o", "ids", *more).out.split() == [*ours], query
    assert mltalks("list", "tag:x", "origin:own", "-o", "ids").out.split() == [ours[0]]
    shipped = json.loads(mltalks("list", "origin:shipped", "--json").out)
    assert len(shipped) == len(json.loads(mltalks("list", "origin:own,shipped", "--json").out)) - 1
    assert {"opml19-katib", "opml19-tony"} <= {one["id"] for one in shipped}
    assert "is not one of own, shipped" in mltalks("list", "origin:elsewhere").err
    alone = open_library(tmp_path / "more.toml", excerpt, shipped=False)
    assert len(alone.list("origin:shipped").sessions) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "Google,Carnegie Mellon University",
        "Carnegie Mellon University, Google",
        "Google, Carnegie Mellon University",
    ],
)
def test_a_shell_may_take_the_quotes_of_one_of_several_names(mltalks: Run, typed: str) -> None:
    quoted = mltalks("list", 'company:Google,"Carnegie Mellon University"', "-o", "ids")
    assert mltalks("list", f"company:{typed}", "-o", "ids").out == quoted.out
    others = mltalks("list", "NOT", 'company:Google,"Carnegie Mellon University"', "-o", "ids").out
    assert mltalks("list", "NOT", f"company:{typed}", "-o", "ids").out == others != ""
    either = mltalks("list", "kafka", "OR", 'company:Google,"Carnegie Mellon University"', "-o", "ids").out
    assert mltalks("list", "kafka", "OR", f"company:{typed}", "-o", "ids").out == either
    both = mltalks("list", "company:google,meta serving", "-o", "ids").out
    assert both == mltalks("list", "company:google,meta", "serving", "-o", "ids").out != ""


@pytest.mark.parametrize("typed", ["M. Zaharia", "Zaharia, Matei", "Zaharia, M."])
def test_a_speaker_is_found_by_initials_and_by_the_family_name_first(mltalks: Run, typed: str) -> None:
    found = mltalks("by-speaker", typed, "-o", "ids")
    assert found.out == mltalks("by-speaker", "Matei Zaharia", "-o", "ids").out != ""
    assert f'speaker "{typed}" is read as Matei Zaharia' in found.err
    assert mltalks("list", f"speaker:{typed}", "-o", "ids").out == found.out
    assert mltalks("by-speaker", typed.replace("M", "X"), "-o", "ids").out == ""


def test_a_family_name_of_two_words_may_come_first(mltalks: Run) -> None:
    assert "mlsys21-pipemare" in mltalks("by-speaker", "De Sa, Christopher", "-o", "ids").out
