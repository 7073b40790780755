"""Inferred themes: which sessions, by which phrases, in both languages, and in what time."""

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from mltalks.dataset.files import files_of
from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.loader import Dataset, read
from mltalks.dataset.model import Session, Theme, ThemeTerms
from mltalks.taxonomy.classifier import MOST, STRONG, Classifier, readings
from mltalks.taxonomy.gaps import gaps, proposals
from mltalks.taxonomy.term_index import key
from mltalks.text.japanese.scripts import is_japanese
from tests.conftest import ROOT
from tests.linear import takes_linear_time

DATA = ROOT / "data"
FIVE = ("edge-cloud", "serving-latency", "pipelines", "aiops", "debuggability")

# The memo's nineteen talks, and of its five themes those that its keywords point to ("ヘテロジーニアスアーキテクチャ",
# "モデルサービング", "機械学習のパイプライン", "AIOps", "デバッガビリティ"); the others are about something else.
MEMO = {
    "opml19-accelerators": {"edge-cloud"},
    "opml19-deepcpu": {"serving-latency"},
    "opml19-giant-hogweed": set(),
    "opml19-aiops-azure": {"aiops"},
    "opml19-quasar": set(),
    "opml19-ai-labs-to-production": set(),
    "opml19-mlop-vision-inspection": set(),
    "opml19-vector-search": set(),
    "opml19-signal-fabric": {"aiops"},
    "opml19-relevance-debugging": {"debuggability"},
    "opml19-moving-target": set(),
    "opml19-dlis": {"serving-latency", "edge-cloud"},
    "opml19-knowledgenet": {"edge-cloud"},
    "opml19-tfx-continuous-training": {"pipelines"},
    "opml19-rl-web-crawling": set(),
    "opml19-katib": set(),
    "opml19-ml-models-as-a-service": set(),
    "opml19-stratum": {"edge-cloud", "serving-latency"},
    "sysml19-tictac": set(),
}

# The same session in English and in Japanese only.
TWINS = [
    ("Speculative Decoding for Large Language Model Inference", "大規模言語モデル推論のための投機的デコード"),
    ("Quantization of Neural Networks to 4-bit", "ニューラルネットワークの4ビット量子化"),
    ("Structured Pruning of Vision Models", "画像モデルの構造的枝刈り"),
    ("Federated Learning on Smartphones", "スマートフォンでの連合学習"),
    ("A Feature Store with Data Lineage", "データの来歴を備えた特徴量ストア"),
    ("Drift Detection and Model Monitoring in Production", "本番環境のモデル監視とドリフト検知"),
    ("Hyperparameter Search at Scale", "大規模なハイパーパラメータ探索"),
    ("Neural Architecture Search for Microcontrollers", "マイコン向けのニューラルアーキテクチャ探索"),
    ("Gradient Compression for Collective Communication", "集団通信のための勾配圧縮"),
    ("Pipeline Parallelism and Tensor Parallelism", "パイプライン並列とテンソル並列"),
    ("Differential Privacy and Homomorphic Encryption", "差分プライバシーと準同型暗号"),
    ("Retrieval-Augmented Generation over Vector Databases", "ベクトルデータベースを用いた検索拡張生成"),
    (
        "AIOps: Incident Management and Root Cause Analysis in the Cloud",
        "AIOpsによるクラウドの障害対応と根本原因分析",
    ),
    ("A Deep Learning Compiler with Operator Fusion", "演算子融合を行う深層学習コンパイラ"),
    ("Job Scheduling on GPU Clusters", "GPUクラスタのジョブスケジューリング"),
    ("Training Graph Neural Networks", "グラフニューラルネットワークの学習"),
    ("Knowledge Distillation with a Teacher Model", "教師モデルによる知識蒸留"),
    ("Serverless Inference without Cold Starts", "コールドスタートのないサーバーレス推論"),
    ("Multi-Agent Systems with Tool Use", "ツール利用を伴うマルチエージェント"),
    ("Mixture-of-Experts Models", "混合エキスパートモデル"),
    ("Checkpoints and Failure Recovery in Model Training", "モデル学習のチェックポイントと障害復旧"),
    ("Profiling of Deep Learning by Execution Traces", "実行トレースによる深層学習のプロファイリング"),
    ("A Recommender System with Embedding Tables", "埋め込みテーブルを持つ推薦システム"),
    ("Edge-Cloud Collaboration for Deep Learning", "深層学習のエッジ・クラウド連携"),
    ("Autonomous Driving", "自動運転"),
    ("Fairness and Carbon Footprint of AI", "AIの公平性とカーボンフットプリント"),
    ("Continuous Integration and Model Deployment", "継続的インテグレーションとモデルのデプロイ"),
    ("Adversarial Attacks and Jailbreaks", "敵対的攻撃とジェイルブレイク"),
]


@pytest.fixture(scope="module")
def data() -> Dataset:
    return read([files_of(DATA)])


@pytest.fixture(scope="module")
def classifier(data: Dataset) -> Classifier:
    return Classifier(data.themes)


def titled(title: str) -> Session:
    return Session("x", "opml19", "OpML", 2019, title, "talk")


def top_of(data: Dataset) -> dict[str, str]:
    return {theme.id: theme.broader or theme.id for theme in data.themes}


def test_the_tree_is_whole(data: Dataset) -> None:
    tops = [theme.id for theme in data.themes if theme.broader is None]
    assert tuple(tops[:5]) == FIVE
    assert len(tops) == 16
    assert all(theme.label_en and theme.label_ja for theme in data.themes)
    assert all(theme.definition and theme.definition_ja for theme in data.themes)
    assert not [problem for problem in data.problems if problem.path.name.startswith("theme")]


def test_every_theme_has_terms_in_both_languages(data: Dataset) -> None:
    for theme in data.themes:
        terms = (*theme.terms.strong, *theme.terms.weak)
        assert len(terms) >= 8, theme.id
        assert {is_japanese(term) for term in terms} == {True, False}, theme.id


def test_evidence_points_at_the_phrase(data: Dataset, classifier: Classifier) -> None:
    for session in data.sessions:
        texts = {(field, position): text for field, position, text in readings(session)}
        found = classifier.classify(session)
        for filing in (*found.filed, *found.near):
            assert filing.score == pytest.approx(sum(one.weight for one in filing.evidence))
            for one in filing.evidence:
                phrase = texts[one.field, one.position][one.start : one.end]
                assert phrase == phrase.strip() != ""
                assert phrase[0].lower() == one.term[0].lower()


def test_katib_is_filed_by_its_automl_phrases(data: Dataset, classifier: Classifier) -> None:
    katib = next(session for session in data.sessions if session.id == "opml19-katib")
    filed = {filing.theme: filing for filing in classifier.classify(katib).filed}
    assert set(filed) == {"hyperparameter-search", "architecture-search"}
    terms = {one.term for filing in filed.values() for one in filing.evidence}
    assert {"AutoML", "hyperparameter search", "neural architecture search"} <= terms


def test_the_memos_talks_are_under_its_themes(data: Dataset, classifier: Classifier) -> None:
    sessions = {session.id: session for session in data.sessions}
    broader = {theme.id: theme.broader for theme in data.themes}
    for name, themes in MEMO.items():
        filed = set(with_ancestors(classifier.classify(sessions[name]).themes, broader))
        assert themes <= filed & set(FIVE), name


@pytest.mark.parametrize(("english", "japanese"), TWINS)
def test_a_session_in_japanese_is_filed_as_its_english_twin(
    classifier: Classifier, english: str, japanese: str
) -> None:
    found = set(classifier.classify(titled(english)).themes)
    assert found
    assert set(classifier.classify(titled(japanese)).themes) == found


def micro_f1(pairs: Sequence[tuple[set[str], set[str]]]) -> float:
    right = sum(len(curated & found) for curated, found in pairs)
    return 2 * right / sum(len(curated) + len(found) for curated, found in pairs)


def test_curated_themes_are_reproduced(data: Dataset, classifier: Classifier) -> None:
    curated = [session for session in data.sessions if session.themes]
    pairs = [(set(session.themes), set(classifier.classify(session).themes)) for session in curated]
    top = top_of(data)
    broad = [({top[theme] for theme in a}, {top[theme] for theme in b}) for a, b in pairs]
    assert micro_f1(pairs) >= 0.80
    assert micro_f1(broad) >= 0.86


def test_nearly_every_session_has_a_theme(data: Dataset, classifier: Classifier) -> None:
    longer = [session for session in data.sessions if len(session.title.split()) > 3]
    filed = [session for session in longer if classifier.classify(session).filed]
    assert len(filed) >= 0.93 * len(longer)


def test_the_same_session_is_filed_the_same_way(data: Dataset, classifier: Classifier) -> None:
    again = Classifier(list(data.themes))
    for session in data.sessions:
        assert classifier.classify(session) == again.classify(session)


def test_a_session_has_few_themes_and_none_implied_by_another(data: Dataset, classifier: Classifier) -> None:
    broader = {theme.id: theme.broader for theme in data.themes}
    for session in data.sessions:
        themes = classifier.classify(session).themes
        assert len(themes) <= MOST
        assert len(with_ancestors(themes, broader)) == len(themes) + len(
            {theme.broader for theme in data.themes if theme.id in themes} - {None}
        )


def small(**terms: tuple[str, ...]) -> Classifier:
    return Classifier([Theme("one", terms=ThemeTerms(**terms)), Theme("two", terms=ThemeTerms(("cache",)))])


@pytest.mark.parametrize(
    "title", ["Quantized networks", "quantisation", "QUANTIZE!", "Post-quantization", "Ｑuantizing"]
)
def test_inflection_spelling_case_and_width_are_ignored(title: str) -> None:
    assert small(strong=("quantization",)).classify(titled(title)).themes == ("one",)


def test_a_phrase_in_not_hides_the_terms_within_it() -> None:
    classifier = small(strong=("quantization",), excluded=("vector quantization",))
    assert classifier.classify(titled("Vector quantization")).themes == ()
    assert classifier.classify(titled("Vector quantization and quantization")).themes == ("one",)


def test_a_term_within_a_longer_one_counts_once() -> None:
    (filing,) = small(strong=("KV cache", "cache")).classify(titled("The KV caches")).filed[:1]
    assert [(one.term, one.start, one.end) for one in filing.evidence] == [("KV cache", 4, 13)]


def test_hyphens_may_be_spaces_or_nothing() -> None:
    classifier = small(strong=("fine-tuning",))
    for title in ("fine-tuning", "Fine tuning", "finetuning", "fine-tuned"):
        assert classifier.classify(titled(title)).themes == ("one",)


def test_a_term_in_both_languages_counts_once() -> None:
    classifier = small(strong=("pruning", "枝刈り"))
    session = titled("x")._replace(keywords=("pruning",), keywords_ja=("枝刈り",))
    assert classifier.classify(session).filed[0].score == STRONG
    assert classifier.classify(session._replace(keywords=())).filed[0].score == STRONG


@pytest.mark.parametrize(
    "title",
    [
        "",
        "🦙🔥" * 1000,
        "تعلم الآلة في الإنتاج",
        "\u202eLLM inference\u202c",
        "\x00\x1b[31mserving\x1b[0m",
        "é" * 5000,
        "ｻｰﾊﾞｰﾚｽ",
        "ﾞﾟー・の",
    ],
    ids=["empty", "emoji", "arabic", "override", "controls", "combining", "half width", "marks alone"],
)
def test_any_text_is_filed_or_has_no_theme(classifier: Classifier, title: str) -> None:
    for filing in classifier.classify(titled(title)).filed:
        for one in filing.evidence:
            assert 0 <= one.start < one.end <= len(title)


@pytest.mark.parametrize("piece", ["vector quantization ", "量子化", "a", "KV cache-", "ー", "🦙"])
def test_the_time_grows_no_faster_than_a_title(classifier: Classifier, piece: str) -> None:
    def work(length: int) -> None:
        classifier.classify(titled(piece * (length // len(piece))))

    assert takes_linear_time(work, 240_000)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_sessions(data: Dataset, classifier: Classifier) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for i in range(count):
            classifier.classify(titled(f"{data.sessions[i % 100].title} {i}"))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1000)
    assert peak(4000) < 2 * peak(1000) + 1_000_000


@pytest.mark.slow
def test_a_theme_without_its_terms_is_proposed_again(data: Dataset) -> None:
    proposed = 0
    tried = data.themes[::6]
    for missing in tried:
        themes = [one._replace(terms=ThemeTerms()) if one is missing else one for one in data.themes]
        classifier = Classifier(themes)
        filed = {session.id: classifier.classify(session) for session in data.sessions}
        first = {key(one.phrase) for one in proposals(themes, data.sessions, filed, limit=10)}
        proposed += not first.isdisjoint(map(key, (missing.label_en or "", *missing.terms.strong)))
    assert proposed >= len(tried) / 2


def test_gaps_list_what_the_tree_lacks(data: Dataset, classifier: Classifier) -> None:
    found = gaps(data.themes, [*data.sessions, titled("Zymurgy"), titled("x")], classifier)
    names = {session.id for session in data.sessions} | {"x"}
    assert "x" in found.unfiled
    assert not set(found.unfiled) & set(found.broad_only)
    assert {name for one in found.phrases for name in one.sessions} <= names
    assert [one.theme for one in found.big][:1] == ["llm-inference"]
    assert all(one.parts for one in found.big)
    assert found == gaps(data.themes, [*data.sessions, titled("Zymurgy"), titled("x")], classifier)


def test_a_phrase_that_no_theme_has_is_proposed_with_its_sessions() -> None:
    themes = [Theme("one", "One", terms=ThemeTerms(("pruning",)))]
    sessions = [titled("Beer")._replace(id=str(i), keywords=("hop farming", "pruning")) for i in range(3)]
    (first,) = gaps(themes, sessions, Classifier(themes)).phrases[:1]
    assert (first.phrase, first.sessions) == ("hop farming", ("0", "1", "2"))


def problems_of(tmp_path: Path, text: str) -> list[tuple[int | None, str, str]]:
    path = tmp_path / "themes.toml"
    path.write_text(text, encoding="utf-8")
    return [(one.line, one.severity, one.message.text()) for one in read([[path]]).problems]


def test_wrong_terms_are_problems_with_their_lines(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        '[[themes]]\nid = "a"\nlabel = {en = "A", ja = "あ"}\nterms = ["x"]\n'
        '[[themes]]\nid = "b"\nlabel = {en = "B", ja = "い"}\n[themes.terms]\nstrong = ["x", 1]\nstrnog = ["y"]\n',
    )
    assert [(line, severity) for line, severity, _ in found] == [(4, "error"), (9, "error"), (10, "error")]
    assert "strnog" in found[2][2]


def test_the_thesaurus_is_checked(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        '[[themes]]\nid = "a"\naliases = ["old"]\nlabel = {en = "Same", ja = "あ"}\nterms = {strong = ["KV cache"]}\n'
        '[[themes]]\nid = "b"\naliases = ["a"]\nlabel = {en = "same"}\nterms = {strong = ["kv-cache"]}\n',
    )
    assert [(line, severity) for line, severity, _ in found] == [
        (8, "error"),
        (9, "warning"),
        (9, "warning"),
        (10, "warning"),
    ]


def test_a_renamed_theme_is_found_by_its_old_id(tmp_path: Path) -> None:
    path = tmp_path / "data.toml"
    path.write_text(
        '[[themes]]\nid = "new"\naliases = ["old"]\nlabel = {en = "A", ja = "あ"}\n'
        '[[themes]]\nid = "part"\nbroader = "old"\nlabel = {en = "B", ja = "い"}\n'
        '[[events]]\nid = "e"\nname = "E"\nseries = "S"\nyear = 2020\n'
        '[[sessions]]\nid = "s"\nevent = "e"\ntitle = "T"\nkind = "talk"\nthemes = ["old"]\n',
        encoding="utf-8",
    )
    data = read([[path]])
    assert data.problems == []
    assert data.sessions[0].themes == ("new",)
    assert data.themes[1].broader == "new"
