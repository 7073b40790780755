"""The memo that the project starts from: its nineteen talks, with Japanese keywords, are in the shipped data."""

import json

import pytest

from tests.conftest import Run

SLIDES = "https://www.usenix.org/sites/default/files/conference/protected-files/"
MEMO: dict[str, tuple[list[str], str | None]] = {
    "Opportunities and Challenges Of Machine Learning Accelerators In Production": (
        ["TPU", "Google", "ヘテロジーニアスアーキテクチャ", "性能"],
        SLIDES + "opml19_slides_ananthanarayanan.pdf",
    ),
    "Accelerating Large Scale Deep Learning Inference through DeepCPU at Microsoft": (
        ["モデルサービング", "レイテンシの改善", "Microsoft", "性能"],
        SLIDES + "opml19_slides_zhang-minjia.pdf",
    ),
    "A Distributed Machine Learning For Giant Hogweed Eradication": (
        ["Big Data基盤", "モデルサービング", "ドローン", "事例", "NTTデータ"],
        SLIDES + "opml19-nttd.pdf",
    ),
    "AIOps: Challenges and Experiences in Azure": (["Microsoft", "運用", "運用改善", "AIOps"], None),
    "Quasar: A High-Performance Scoring and Ranking Library": (
        ["LinkedIn", "スコアリング", "ランキング", "性能", "フレームワーク"],
        SLIDES + "opml19_slides_birkmanis.pdf",
    ),
    "AI from Labs to Production - Challenges and Learnings": (["AIの商用適用"], None),
    "MLOp Lifecycle Scheme for Vision-based Inspection Process in Manufacturing": (
        ["Samsung Research", "運用", "深層学習", "製造業", "運用スキーム"],
        SLIDES + "opml19_slides_lim.pdf",
    ),
    "Deep Learning Vector Search Service": (
        ["Microsoft", "Bing", "検索", "ベクトルサーチ", "ANN(Approximae Nearest Neighbor)", "深層学習"],
        SLIDES + "opml19_slides_zhu.pdf",
    ),
    "Signal Fabric An AI-assisted Platform for Knowledge Discovery in Dynamic System": (
        ["Microsoft", "Azure", "運用改善のためのAI活用"],
        SLIDES + "opml19_slides_aghajanyan.pdf",
    ),
    "Relevance Debugging and Explaining at LinkedIn": (
        ["LinkedIn", "AIのデバッグ", "機械学習基盤", "デバッガビリティの改善"],
        SLIDES + "opml19_slides_qiu.pdf",
    ),
    "Shooting the moving target: machine learning in cybersecurity": (
        ["セキュリティへの機械学習適用", "機械学習のモデル管理"],
        SLIDES + "opml19_slides_arun.pdf",
    ),
    "Deep Learning Inference Service at Microsoft": (
        ["深層学習", "推論", "Microsoft", "ヘテロジーニアスアーキテクチャ"],
        SLIDES + "opml19_slides_soifer.pdf",
    ),
    "KnowledgeNet: Disaggregated and Distributed Training and Serving of Deep Neural Networks": (
        ["エッジ・クラウドパラダイム", "DNN", "分散処理", "ヘテロジーニアスアーキテクチャ"],
        SLIDES + "opml19_slides_biookaghazadeh.pdf",
    ),
    "Continuous Training for Production ML in the TensorFlow Extended (TFX) Platform": (
        ["Google", "継続的な機械学習", "TFX(TensorFlow Extended)", "機械学習のパイプライン"],
        "https://www.usenix.org/system/files/opml19papers-baylor.pdf",
    ),
    "Reinforcement Learning Based Incremental Web Crawling": (["ウェブクロール", "機械学習?"], None),
    "Katib: A Distributed General AutoML Platform on Kubernetes": (
        ["AutoML", "Kubernetes", "ハイパーパラメータサーチ", "ニューラルアーキテクチャサーチ"],
        SLIDES + "opml19_slides_zhou.pdf",
    ),
    "Machine Learning Models as a Service": (
        ["中央集権的な機械学習基盤", "機械学習基盤のセキュリティ", "Kafkaを使ったビーコン"],
        SLIDES + "opml19_slides_wenzel.pdf",
    ),
    "Stratum: A Serverless Framework for the Lifecycle Management of Machine Learning-based Data Analytics Tasks": (
        [
            "機械学習向けのサーバレスアーキテクチャ",
            "Machine Learning as a Service",
            "推論",
            "エッジ・クラウド",
        ],
        SLIDES + "opml19_slides_bhattacharjee.pdf",
    ),
    "TicTac: Accelerating Distributed Deep Learning with Communication Scheduling": (
        ["深層学習", "DNNの高速化", "TensorFlow", "PyTorch", "学習高速化", "推論高速化"],
        "https://www.sysml.cc/doc/2019/199.pdf",
    ),
}


def test_every_talk_of_the_memo_is_there_with_its_japanese_keywords_and_slides(mltalks: Run) -> None:
    sessions = {s["title"].casefold(): s for s in json.loads(mltalks("list", "year:2019", "--json").out)}
    assert len(MEMO) == 19
    for title, (keywords, slides) in MEMO.items():
        session = sessions[title.casefold()]
        assert session["keywords_ja"] == keywords, title
        assert session["slides"] == slides, title
        assert slides or session["slides_public"] is False, title


def test_the_shipped_data_has_no_problem_but_one_theme_without_sessions(
    mltalks: Run,
) -> None:
    result = mltalks("validate")
    assert result.code == 0
    (warning,) = result.out.splitlines()
    assert "model-selection: id: no session has this theme" in warning


@pytest.mark.parametrize(
    ("theme", "ids"),
    [
        ("edge-cloud", {"opml19-knowledgenet", "opml19-accelerators"}),
        ("serving-latency", {"opml19-deepcpu", "opml19-dlis"}),
        ("pipelines", {"opml19-tfx-continuous-training"}),
        ("aiops", {"opml19-aiops-azure", "opml19-signal-fabric"}),
        ("debuggability", {"opml19-relevance-debugging"}),
    ],
)
def test_the_five_themes_of_the_memo_hold_their_talks(mltalks: Run, theme: str, ids: set[str]) -> None:
    assert ids <= set(mltalks("by-theme", theme, "-o", "ids").out.split())


@pytest.mark.parametrize(
    ("company", "ids"),
    [
        (
            "Microsoft",
            {
                "opml19-deepcpu",
                "opml19-aiops-azure",
                "opml19-vector-search",
                "opml19-signal-fabric",
                "opml19-dlis",
            },
        ),
        ("LinkedIn", {"opml19-quasar", "opml19-relevance-debugging"}),
        ("NTTデータ", {"opml19-giant-hogweed"}),
        ("Samsung Research", {"opml19-mlop-vision-inspection"}),
        ("google", {"opml19-accelerators", "opml19-tfx-continuous-training"}),
    ],
)
def test_the_companies_of_the_memo_have_their_talks(mltalks: Run, company: str, ids: set[str]) -> None:
    assert ids <= set(mltalks("by-company", company, "-o", "ids").out.split())
