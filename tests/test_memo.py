"""The memo that the project starts from: its talks, with Japanese keywords, and its counts are in the shipped data."""

import json
from typing import Any

import pytest

from mltalks import shipped_data
from tests.conftest import Run, shipped_library

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
        ["Microsoft", "Bing", "検索", "ベクトルサーチ", "ANN(Approximate Nearest Neighbor)", "深層学習"],
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


# Printed in the counts of the memo's author; which campus, or which company, is not known.
UNCLEAR = {"NewCo", "University of Texas", "University of California"}


def test_the_shipped_data_has_no_problem_but_unclear_names_of_a_tally(
    mltalks: Run,
) -> None:
    assert mltalks("validate").out == ""  # only who maintains them can change them
    result = mltalks("validate", str(shipped_data() / "tallies.toml"))
    assert result.code == 0
    unclear = [line for line in result.out.splitlines() if "is not in organizations.toml" in line]
    assert {line.split('"')[1] for line in unclear} == UNCLEAR
    assert all("tallies.toml:" in line for line in unclear)
    assert len(unclear) == len(result.out.splitlines())


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


# What the memo says of committees and categories. Its sentences are about pictures of tables, which are the tallies.


def surveyed(mltalks: Run, event: str) -> Any:
    return json.loads(mltalks("survey", f"event:{event}", "--json", "-q").out)


def seats(mltalks: Run, event: str, role: str) -> dict[str, int]:
    """Return the seats of one role by organization."""
    found = json.loads(mltalks("committee", event, "--json", "-q").out)["organizations"]
    roles = {one["organization"]: {r["role"]: r["seats"] for r in one["roles"]} for one in found}
    return {name: counts[role] for name, counts in roles.items() if name and role in counts}


def test_the_committee_of_opml19_is_diverse_with_google_in_front(mltalks: Run) -> None:
    # 多様な企業、組織からコミッティを集めているが、 Googleなど一部企業からのコミッティが多い。
    counts = seats(mltalks, "opml19", "Committee member")
    assert len(counts) == 20  # one of 29 seats is of two organizations
    assert (counts.pop("Google"), max(counts.values())) == (5, 3)
    (most,) = surveyed(mltalks, "opml19")["committee"]["most"]
    assert (most["organizations"], most["seats"], most["of"]) == (["Google"], 5, 29)
    assert "td481cioc2ef3Mil-B33F5.png" in most["source"]


def test_sessions_of_experience_are_the_largest_category_of_opml19(mltalks: Run) -> None:
    # カテゴリとしては、今回は実経験に基づく知見を披露するセッションが件数多めだった。
    (tracks,) = surveyed(mltalks, "opml19")["tracks"]
    assert (tracks["largest"], tracks["total"]) == (["Production Experiences and Learnings"], 38)
    assert [one["sessions"] for one in tracks["values"]][:5] == [12, 6, 6, 6, 3]
    assert "td481cioc2ef3Mil-59F21.png" in tracks["source"]


def test_the_chairs_and_the_programme_committee_of_sysml19_are_told_apart(mltalks: Run) -> None:
    # 僅かな偏りではあるが、Stanford Univ.、Carnegie Mellon Univ.、UCBあたりの多さが目立つ。
    # コミッティに限れば、MITとGoogleが目立つ。
    found = surveyed(mltalks, "sysml19")["committee"]
    most = {one["role"]: (one["organizations"], one["seats"], one["of"]) for one in found["most"]}
    assert most == {
        "Chair": (["Stanford University"], 5, 23),
        "Programme committee member": (["Carnegie Mellon University", "Google", "MIT"], 5, 60),
    }
    both = {one["organization"]: one["seats"] for one in found["organizations"]}
    assert list(both)[:2] == ["Stanford University", "Carnegie Mellon University"]
    assert both["UC Berkeley"] == 5  # as many as Wisconsin-Madison; Google, MIT and Microsoft Research have 6
    assert found["counted"][0]["unknown"] == 2  # one of each table, misread


def test_most_of_the_seats_of_sysml19_are_of_universities(mltalks: Run) -> None:
    # チェア、コミッティともに、幅広い層組織からの参画が見受けられるが、大学関係者(教授等)が多い。
    known = shipped_library().catalogue.organizations.by_name
    unclear = {name for name in UNCLEAR if name.startswith("University")}
    for role, of, total in (("Chair", 16, 23), ("Programme committee member", 39, 60)):
        counts = seats(mltalks, "sysml19", role)
        academic = {name for name in counts if name in unclear or known[name].kind == "university"}
        assert sum(counts[name] for name in academic) == of > total / 2


@pytest.mark.parametrize("form", ["md", "table"])
@pytest.mark.parametrize(
    ("event", "lang", "sentences"),
    [
        (
            "opml19",
            "en",
            [
                "Most seats on the committee of USENIX OpML '19 (Committee member): Google (5 of 29 seats).",
                "The largest track of USENIX OpML '19: Production Experiences and Learnings (12 of 38 sessions).",
            ],
        ),
        (
            "opml19",
            "ja",
            [
                "USENIX OpML '19（委員） で役職数が最も多い組織: Google（延べ29のうち5）。",
                "USENIX OpML '19 で発表が最も多いトラック: Production Experiences and Learnings（38件中12件）。",
            ],
        ),
        (
            "sysml19",
            "en",
            [
                "Most seats on the committee of SysML '19 (Chair): Stanford University (5 of 23 seats).",
                "SysML '19 (Programme committee member): Carnegie Mellon University, Google, MIT (5 of 60 seats each).",
                "The largest track of SysML '19: Parallel",
                "It has at least twice as many sessions as any other track.",
                "The tracks of 24 of 33 sessions are inferred, because no programme prints them;",
            ],
        ),
        (
            "sysml19",
            "ja",
            [
                "SysML '19（委員長） で役職数が最も多い組織: Stanford University（延べ23のうち5）。",
                "SysML '19（プログラム委員） で役職数が最も多い組織: Carnegie Mellon University、Google、MIT（延べ60のうち各5）。",
            ],
        ),
    ],
)
def test_a_survey_states_the_counts_of_the_memo_with_their_source(
    mltalks: Run, event: str, lang: str, sentences: list[str], form: str
) -> None:
    command = ["survey", f"event:{event}", "-q", "-o", form, "--lang", lang]
    text = "".join(mltalks(*command, env={"COLUMNS": "160"}).out.split())
    for sentence in sentences:
        assert "".join(sentence.split()) in text, sentence
    assert text.count("GitHubdobachi/memo-blogsource/images/td481cioc2ef3Mil-") == 2


def test_a_tally_and_a_list_of_names_are_counted_side_by_side(mltalks: Run) -> None:
    result = mltalks("committee", "opml19", "opml20", "-o", "csv")
    assert "Google,9,4,0.153,5,4," in result.out
    assert "counted from names: USENIX OpML '20; taken from tallies: USENIX OpML '19" in result.err
    assert "not counted from names; members known by name: 2 (see --people)" in result.err
    assert "td481cioc2ef3Mil-B33F5.png" in result.err
    people = json.loads(mltalks("committee", "opml19", "--people", "--json", "-q").out)
    assert {one["name"] for one in people} == {"Bharath Ramsundar", "Nisha Talagala"}


def test_parallel_and_distributed_learning_has_twice_as_many_papers_as_each_other_topic(mltalks: Run) -> None:
    (tracks,) = json.loads(mltalks("survey", "event:sysml19", "--json", "-q").out)["tracks"]
    counts = {one["value"]: (one["sessions"], one["inferred"]) for one in tracks["values"]}
    assert counts.pop("Parallel & Distributed Learning") == (8, 0)
    assert set(counts.values()) == {(4, 4)}
    assert len(counts) == 6
    listed = mltalks("list", "event:sysml19", "--fields", "id,track", "-o", "table", env={"COLUMNS": "200"})
    assert listed.out.count("~") == 24


# Not held: that one category holds very different talks, an impression; and why the memo's author picked talks.
