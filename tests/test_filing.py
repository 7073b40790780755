"""Themes as a user sees them: explained, inferred for a list, decided, and gaps."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT, Run, environment

pytestmark = pytest.mark.excerpt

TITLES = ROOT / "tests" / "data" / "titles.txt"


@pytest.fixture
def user_env(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty data folder for this test."""
    folder = tmp_path / "own"
    folder.mkdir()
    return {"MLTALKS_DATA": str(folder)}


def statuses(mltalks: Run, session: str, env: dict[str, str] | None = None) -> dict[str, str]:
    themes = json.loads(mltalks("explain", session, "--json", env=env).out)["themes"]
    return {theme["id"]: theme["status"] for theme in themes}


def test_an_explanation_has_the_phrases_and_their_places(mltalks: Run) -> None:
    themes = json.loads(mltalks("explain", "opml19-katib", "--json").out)["themes"]
    katib = {theme["id"]: theme for theme in themes if theme["status"] == "curated"}
    assert set(katib) == {"hyperparameter-search", "architecture-search"}
    terms = {one["term"] for theme in katib.values() for one in theme["evidence"]}
    assert {"AutoML", "hyperparameter search", "neural architecture search"} <= terms
    for theme in themes:
        assert theme["inferred"] is False
        assert theme["score"] == pytest.approx(sum(one["weight"] for one in theme["evidence"]), abs=0.01)
        for one in theme["evidence"]:
            assert one["text"][one["start"] : one["end"]].strip()
    drawn = mltalks("explain", "opml19-katib", "-o", "table").out
    assert "hyperparameter search" in drawn
    assert "title: AutoML (Katib: A Distributed General" in " ".join(drawn.split())


def test_an_accent_without_a_letter_is_no_word(mltalks: Run) -> None:
    for title in ("\u0301 serving models", "feature store \u0301 drift", "serving \u0301"):
        assert mltalks("classify", title).code == 0


def test_inferred_themes_are_marked_in_every_output(mltalks: Run) -> None:
    session = json.loads(mltalks("show", "mlsys26-helios", "--json").out)
    assert session["inferred"] is True
    assert session["themes_inferred"] == session["themes"] != []
    assert json.loads(mltalks("show", "opml19-katib", "--json").out)["inferred"] is False
    assert "~LLM inference" in mltalks("show", "mlsys26-helios", "-o", "table").out
    assert "~" not in mltalks("show", "opml19-katib", "-o", "table", "--fields", "themes").out
    assert set(statuses(mltalks, "mlsys26-helios").values()) >= {"inferred", "near"}


@pytest.mark.excerpt(False)
def test_inferred_themes_are_counted_and_found(mltalks: Run) -> None:
    coverage = json.loads(mltalks("themes", "--coverage", "--json").out)
    counts = {one["filing"]: one["sessions"] for one in coverage}
    assert counts["curated"] == 250
    assert sum(counts.values()) == 518
    assert counts["none"] <= 518 * 0.06
    assert "mlsys26-helios" in mltalks("by-theme", "llm-inference", "-o", "ids").out.split()


def test_a_theme_of_ones_own_says_that_its_terms_do_not_file_curated_talks(
    mltalks: Run, tmp_path: Path
) -> None:
    file = tmp_path / "code.toml"
    file.write_text(
        '[[themes]]\nid = "incident-reports"\nlabel = { en = "Incident reports" }\n'
        '[themes.terms]\nstrong = ["Katib", "hyperparameter tuning"]\n'
    )
    own, talk = ("--data", str(file)), "opml19-katib"
    notice = "sessions have themes that were set by hand, none of them incident-reports"
    for asked in (
        "themes incident-reports",
        "list theme:incident-reports",
        "trend theme theme:incident-reports",
    ):
        assert notice in mltalks(*asked.split(), *own).err
    (near,) = [
        one
        for one in json.loads(mltalks("explain", talk, "--json", *own).out)["themes"]
        if one["id"] == "incident-reports"
    ]
    assert (near["status"], near["lacks"]) == ("near", "others are set by hand")
    assert mltalks("accept", talk, "incident-reports", *own).code == 0
    listed = mltalks("list", "theme:incident-reports", *own)
    assert (listed.out.split("\t")[0], notice in listed.err) == (talk, False)
    assert "set by hand" not in mltalks("list", "theme:serving-latency").err


def test_a_decision_wins_and_can_be_taken_back(mltalks: Run, user_env: dict[str, str]) -> None:
    before = statuses(mltalks, "opml19-katib", user_env)
    assert mltalks("reject", "opml19-katib", "architecture-search", env=user_env).code == 0
    assert mltalks("accept", "opml19-katib", "ML pipelines", env=user_env).code == 0
    after = statuses(mltalks, "opml19-katib", user_env)
    assert (after["architecture-search"], after["pipelines"]) == ("rejected", "accepted")
    assert (
        "opml19-katib"
        not in mltalks("by-theme", "architecture-search", "-o", "ids", env=user_env).out.split()
    )
    assert "opml19-katib" in mltalks("by-theme", "pipelines", "-o", "ids", env=user_env).out.split()
    listed = json.loads(mltalks("decisions", "--json", env=user_env).out)
    assert [(one["theme"], one["verdict"]) for one in listed] == [
        ("architecture-search", "reject"),
        ("pipelines", "accept"),
    ]
    assert all(one["date"] and one["title"] for one in listed)
    assert {"filing": "decided", "sessions": 1, "share": 0.034} in json.loads(
        mltalks("themes", "--coverage", "--json", env=user_env).out
    )
    for _ in range(2):
        assert mltalks("decisions", "--undo", env=user_env).code == 0
    assert statuses(mltalks, "opml19-katib", user_env) == before
    result = mltalks("decisions", "--undo", env=user_env)
    assert (result.code, "no decision to undo" in result.err) == (1, True)


def test_undo_of_decisions_is_the_one_undo(mltalks: Run, user_env: dict[str, str]) -> None:
    for arguments in (
        ["accept", "opml19-katib", "aiops"],
        ["reject", "opml19-katib", "automl"],
        ["tag", "opml19-katib", "a"],
    ):
        mltalks(*arguments, env=user_env)
    result = mltalks("decisions", "--undo", "--json", env=user_env)
    assert "undone: reject opml19-katib automl\n" in result.err
    (record,) = [json.loads(result.out)]
    assert (record["session"], record["theme"], record["verdict"]) == ("opml19-katib", "automl", "reject")
    log = json.loads(mltalks("log", "--json", env=user_env).out)
    assert [(one["command"].split()[0], one["undone"], one["undoes"]) for one in log] == [
        ("undo", False, 2), ("tag", False, None), ("reject", True, None), ("accept", False, None),
    ]  # fmt: skip
    assert "undone: tag" in mltalks("undo", env=user_env).err
    assert "undone: accept" in mltalks("undo", env=user_env).err
    assert not list(Path(user_env["MLTALKS_DATA"]).glob("*.toml"))
    assert mltalks("decisions", "--undo", env=user_env).code == 1


def test_a_decision_survives_newer_data(
    mltalks: Run, user_env: dict[str, str], excerpt: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(excerpt, newer)
    mltalks("reject", "mlsys26-helios", "llm-inference", env=user_env)
    sessions = newer / "sessions.toml"
    text = sessions.read_text(encoding="utf-8")
    sessions.write_text(text.replace("HELIOS: ", "HELIOS 2: "), encoding="utf-8")
    for data in ([], ["--data", str(newer)]):
        themes = json.loads(mltalks("explain", "mlsys26-helios", "--json", *data, env=user_env).out)["themes"]
        (rejected,) = [theme for theme in themes if theme["status"] == "rejected"]
        assert (rejected["id"], bool(rejected["decided"])) == ("llm-inference", True)


def test_decisions_on_missing_sessions_are_warnings(mltalks: Run, user_env: dict[str, str]) -> None:
    file = Path(user_env["MLTALKS_DATA"]) / "decisions.toml"
    file.write_text(
        "# mine\n[[decisions]]\nsession = 'gone'\ntheme = 'automl'\nverdict = 'accept'\ndate = '2026-01-02'\n"
        "[[decisions]]\nsession = 'opml19-katib'\ntheme = 'no-such'\nverdict = 'accept'\ndate = '2026-01-02'\n"
    )
    out = mltalks("validate", str(file), env=user_env).out
    assert f'{file}:3: decisions[0]: session: no session "gone"' in out
    assert f'{file}:9: decisions[1]: theme: no theme "no-such"' in out
    assert mltalks("show", "opml19-katib", env=user_env).code == 0
    assert mltalks("reject", "opml19-katib", "automl", env=user_env).code == 0
    text = file.read_text()
    assert text.startswith("# mine\n")
    assert len(tomllib.loads(text)["decisions"]) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["accept", "opml19-katib", "quantum-cooking"], 4, 'no theme "quantum-cooking"'),
        (["accept", "opml19-katip", "automl"], 4, "opml19-katib"),
        (["reject", "opml19-katib"], 2, "give the id of a session"),
        (["explain", "nosuch"], 4, 'no session "nosuch"'),
        (["classify", "/no/such/file"], 3, "No such file"),
        (["classify", "/"], 3, "Is a directory"),
    ],
)
def test_wrong_input_gets_one_line(
    mltalks: Run, user_env: dict[str, str], arguments: list[str], code: int, says: str
) -> None:
    result = mltalks(*arguments, env=user_env)
    assert (result.code, result.out) == (code, "")
    assert says in result.err
    assert result.err.count("\n") == 1
    assert list(Path(user_env["MLTALKS_DATA"]).iterdir()) == []


def test_a_broken_file_of_decisions_stays_as_it_is(mltalks: Run, user_env: dict[str, str]) -> None:
    file = Path(user_env["MLTALKS_DATA"]) / "decisions.toml"
    file.write_text("[[decisions]\n")
    result = mltalks("reject", "opml19-katib", "automl", env=user_env)
    assert result.code == 3
    assert file.read_text() == "[[decisions]\n"


def test_eight_writers_at_once_lose_no_decision(user_env: dict[str, str], tmp_path: Path) -> None:
    file = Path(user_env["MLTALKS_DATA"]) / "decisions.toml"
    program = (
        "import sys; from pathlib import Path\n"
        "from mltalks.userdata.layers import Layers\n"
        "from mltalks.userdata.store import UserStore\n"
        "from mltalks.userdata.transaction import transaction\n"
        "for n in range(10):\n"
        "    decision = {'session': f'{sys.argv[2]}-{n}', 'theme': 'automl', 'verdict': 'reject', 'date': '2026-01-02'}\n"
        "    with transaction(UserStore(Path(sys.argv[1])), Layers({}, {}, {}), 'reject') as change:\n"
        "        change.add('decisions', decision)\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(file.parent), f"w{writer}"], env=environment(tmp_path)
        )
        for writer in range(8)
    ]
    assert [writer.wait() for writer in writers] == [0] * 8
    kept = {one["session"] for one in tomllib.loads(file.read_text())["decisions"]}
    assert kept == {f"w{writer}-{n}" for writer in range(8) for n in range(10)}


@pytest.mark.parametrize("form", ["plain", "jsonl", "json", "toml", "stdin"])
def test_a_list_of_the_user_is_classified_in_every_format(mltalks: Run, form: str, tmp_path: Path) -> None:
    wanted = [
        ["llm-inference"],
        ["edge-inference", "federated-learning"],
        ["inference-optimization", "quantization"],
        [],
    ]
    if form == "stdin":
        with TITLES.open("rb") as opened:
            done = subprocess.run(
                [COMMAND, "classify", "-", "-o", "jsonl"],
                stdin=opened,
                capture_output=True,
                env=environment(tmp_path),
                check=True,
            )
        found = [[t["id"] for t in json.loads(line)["themes"]] for line in done.stdout.splitlines()]
    elif form == "plain":
        lines = mltalks("classify", str(TITLES)).out.splitlines()
        found = [list(filter(None, line.split("\t")[1].split("; "))) for line in lines]
        assert "KV cache eviction" in lines[0].split("\t")[2]
    elif form == "toml":
        records = tomllib.loads(mltalks("classify", str(TITLES), "--toml").out)["sessions"]
        found = [record.get("themes", []) for record in records]
    else:
        out = mltalks("classify", str(TITLES), "-o", form).out
        records = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
        found = [[theme["id"] for theme in record["themes"]] for record in records]
        assert all(theme["inferred"] for record in records for theme in record["themes"])
    assert [sorted(themes) for themes in found] == wanted


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("talks.toml", '[[sessions]]\nid = "x"\ntitle = "Talk"\nkeywords = ["federated learning"]\n', 0),
        ("talks.txt", '# mine\n\n[[sessions]]\ntitle = "Talk"\nkeywords = ["federated learning"]\n', 0),
        ("talks.json", '[{"title": "Talk", "keywords": ["federated learning"]}, {"x": 1}]', 3),
        ("talks.json", '{"sessions": [\n{"title": "Federated learning"}]}', 0),
        ("talks.jsonl", '{"title": "Federated learning"}\n{"nothing": 1}\nnot json\n', 3),
    ],
)
def test_records_are_read_in_every_format_and_invalid_ones_reported(
    mltalks: Run, tmp_path: Path, name: str, content: str, code: int
) -> None:
    file = tmp_path / name
    file.write_text(content)
    result = mltalks("classify", str(file), "--json")
    assert [theme["id"] for theme in json.loads(result.out)[0]["themes"]] == ["federated-learning"]
    assert "Traceback" not in result.err
    assert result.code == code


def test_the_output_of_list_can_be_classified(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text(mltalks("list", "event:opml20", "--json").out)
    found = json.loads(mltalks("classify", str(file), "--json").out)
    assert [one["id"] for one in found] == mltalks("list", "event:opml20", "-o", "ids").out.split()


def test_toml_of_titles_can_be_imported(mltalks: Run, tmp_path: Path, user_env: dict[str, str]) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(mltalks("classify", "Data contracts for ML", "Cooking at home", "--toml").out)
    assert "themes = []" not in file.read_text()
    said = mltalks("import", str(file), "--event", "Roadmap 2026", env=user_env).err
    assert "2 added" in said
    assert "'mltalks import FILE --event NAME' adds it" in " ".join(mltalks("classify", "--help").out.split())


def test_hostile_titles_are_filed_as_text(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "titles.txt"
    file.write_text(
        "\x1b[31mquantization\x1b[0m\n🦙🔥 quantization\n\u202eنقل quantization\n=1+1 quantization\n"
    )
    for form in ("plain", "json", "jsonl", "table", "csv"):
        out = mltalks("classify", str(file), "-o", form).out
        assert "\x1b[31m" not in out
        assert out.count("quantization") >= 4
    tomllib.loads(mltalks("classify", str(file), "--toml").out)
    file.write_text("quantization " * 80_000)
    assert mltalks("classify", str(file), "-o", "jsonl").code == 0


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        file = tmp_path / f"{lines}.txt"
        file.write_text("".join(f"Quantization of model {n}\n" for n in range(lines)))
        child = subprocess.Popen(
            [COMMAND, "classify", str(file)],
            stdout=subprocess.DEVNULL,
            env=environment(tmp_path, measured=False),
        )
        usage = os.wait4(child.pid, 0)[2]
        child.returncode = 0
        return usage.ru_maxrss

    assert peak(20_000) < peak(2_000) * 1.2


@pytest.mark.excerpt(False)
def test_gaps_find_what_is_missing(mltalks: Run) -> None:
    found = json.loads(mltalks("gaps", "--json", "-n", "0").out)
    kinds = {one["gap"] for one in found}
    assert {"phrase", "big", "nearly empty"} <= kinds
    assert "llm-inference" in {one["name"] for one in found if one["gap"] == "big"}
    assert all(one["found"] for one in found if one["gap"] == "phrase")
    assert mltalks("gaps", "event:opml20", "-n", "2").out.count("phrase\t") <= 2


def test_a_theme_without_sessions_is_a_warning(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "user_env.toml"
    file.write_text("[[themes]]\nid = 'beer'\nlabel = { en = 'Beer', ja = 'ビール' }\n")
    result = mltalks("validate", str(file))
    assert result.code == 0
    assert (
        f"{file}:2: beer: id: no session has this theme; remove the theme, file one with 'mltalks accept ID beer'"
        in result.out
    )


def test_a_count_of_talks_is_right_after_undo(mltalks: Run, user_env: dict[str, str]) -> None:
    def run(*command: str) -> str:
        return mltalks(*command, env=user_env).err

    run("add", "Sharding the queue", "--event", "Many 2025")
    run("list", "theme:cost-finops")
    run("undo")
    run("add", "Sharing the queue", "--event", "Meetup 2024")
    said = run("list", "theme:cost-finops")
    total = mltalks("list", "--count", "-q", env=user_env).out.strip()
    assert f" of {total} sessions have themes that were set by hand" in said


def test_a_weak_term_alone_is_named_as_near(mltalks: Run, user_env: dict[str, str]) -> None:
    title = "Hidden technical debt in machine learning systems"
    assert "lifecycle 0.39 (weak evidence)" in mltalks("classify", title).out
    mltalks("add", title, "--event", "NIPS 2015", "--id", "hidden-debt", env=user_env)
    explained = mltalks("explain", "hidden-debt", env=user_env)
    assert "technical debt in title" in explained.out
    assert "no theme: lifecycle came nearest, with weak evidence" in explained.err


def test_sharing_fairly_among_jobs_is_no_fairness_towards_people(mltalks: Run) -> None:
    for title in (
        "Multi-tenant GPU quota and fair-share scheduling",
        "Fair scheduling of jobs on a GPU cluster",
    ):
        (one,) = json.loads(mltalks("classify", title, "--json").out)
        assert one["themes"][0]["id"] == "cluster-scheduling"
        assert "responsible-ml" not in json.dumps(one)
    assert "responsible-ml" in mltalks("classify", "A fair machine learning model for credit decisions").out


def test_a_broad_theme_is_rejected_with_its_narrower_ones(mltalks: Run, user_env: dict[str, str]) -> None:
    assert "llm-inference" in statuses(mltalks, "mlsys26-helios", user_env)
    before = json.loads(mltalks("show", "mlsys26-helios", "--json", env=user_env).out)["themes"]
    result = mltalks("reject", "mlsys26-helios", "serving-latency", env=user_env)
    left = json.loads(mltalks("show", "mlsys26-helios", "--json", env=user_env).out)["themes"]
    lost = ", ".join(theme for theme in before if theme not in left)
    assert "llm-inference" in lost
    assert result.err == f"mltalks: mlsys26-helios no longer has the theme serving-latency (with {lost})\n"
    again = mltalks("reject", "mlsys26-helios", "serving-latency", env=user_env)
    assert "did not have the theme serving-latency, and will not get it" in again.err
    assert mltalks("list", "id:mlsys26-helios", "theme:serving-latency", env=user_env).out == ""
    mltalks("accept", "mlsys26-helios", "llm-inference", env=user_env)
    kept = json.loads(mltalks("show", "mlsys26-helios", "--json", env=user_env).out)
    assert set(kept["themes"]) == {"llm-inference", "llm-gateways"}


def test_talks_of_narrower_themes_are_named_with_what_they_lose(
    mltalks: Run, user_env: dict[str, str]
) -> None:
    accepted = mltalks("accept", "opml19-katib", "architecture-search", env=user_env)
    assert accepted.code == 0
    rejected = ("reject", "--query", "id:opml19-katib theme:automl", "automl")
    result = mltalks(*rejected, "--lang", "ja", env=user_env)
    assert "「opml19-katib」をテーマ" in result.err
    assert "下位のテーマも除外: " in result.err
    left = json.loads(mltalks("show", "opml19-katib", "--json", env=user_env).out)["themes"]
    assert "architecture-search" in left
    assert "will not get it" not in mltalks("reject", "opml19-katib", "architecture-search", env=user_env).err


def test_undo_brings_back_the_decision_before(mltalks: Run, user_env: dict[str, str]) -> None:
    mltalks("accept", "opml19-katib", "quantization", env=user_env)
    mltalks("reject", "opml19-katib", "quantization", env=user_env)
    assert statuses(mltalks, "opml19-katib", user_env)["quantization"] == "rejected"
    mltalks("decisions", "--undo", env=user_env)
    assert statuses(mltalks, "opml19-katib", user_env)["quantization"] == "accepted"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("[Keynote] Quantization\n{curly} talk\n", ["[Keynote] Quantization", "{curly} talk"]),
        ('{"sessions": [{"title": "Quantization"}]}', ["Quantization"]),
        ('"Quantization"\n"Pruning"\n', ["Quantization", "Pruning"]),
        ("# only a comment\n", []),
        ("", []),
    ],
)
def test_the_format_of_a_list_is_detected(mltalks: Run, tmp_path: Path, text: str, titles: list[str]) -> None:
    file = tmp_path / "talks"
    file.write_text(text)
    result = mltalks("classify", str(file), "--json")
    assert (result.code, [one["title"] for one in json.loads(result.out)]) == (0, titles)


def test_an_empty_selection_has_no_gaps(mltalks: Run) -> None:
    result = mltalks("gaps", "zzzzqqq")
    assert (result.out, "nothing found" in result.err) == ("", True)


@pytest.mark.excerpt(False)
def test_a_session_without_a_theme_is_explained(mltalks: Run) -> None:
    result = mltalks("explain", "mlsys24-possible-impossibilities")
    assert (result.out, "no theme term occurs" in result.err) == ("", True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("talks.csv", "Title,Tags\nA talk,federated learning; edge\n"),
        ("-", "id\tevent\ttitle\tkind\tkeywords\nx\topml19\tA talk\ttalk\tfederated learning; edge\n"),
        ("talks.bib", "@inproceedings{x, title = {A talk}, keywords = {federated learning, edge}}\n"),
        ("talks.json", '["A talk on federated learning"]'),
    ],
)
def test_a_list_is_read_in_every_format_of_import(
    mltalks: Run, tmp_path: Path, name: str, content: str
) -> None:
    file = tmp_path / (name if name != "-" else "talks")
    file.write_text(content)
    result = mltalks("classify", str(file), "-o", "json")
    found = json.loads(result.out)
    assert [theme["id"] for theme in found[0]["themes"]][-1] == "federated-learning"
    assert (result.code, result.err) == (0, "")


def test_what_was_read_before_an_error_is_kept(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "talks.jsonl"
    file.write_text('{"title": "Federated learning"}\n{"title": "Pruning"}\n{"title": broken}\n')
    result = mltalks("classify", str(file), "--json")
    assert (result.code, len(json.loads(result.out))) == (3, 2)
    assert result.err == f"mltalks: {file}:3: not valid JSON: Expecting value\n"
    file.write_bytes(b'[[sessions]]\ntitle = "\xff"\n')
    refused = mltalks("classify", str(file))
    assert (refused.code, refused.out) == (3, "")
    assert "save the file as UTF-8" in refused.err


def test_titles_are_arguments_beside_files(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "titles.txt"
    file.write_text("Federated learning\n")
    one, other = json.loads(mltalks("classify", "Deploying models with CI/CD", str(file), "--json").out)
    assert (one["title"], [theme["id"] for theme in one["themes"]]) == (
        "Deploying models with CI/CD",
        ["deployment-ci-cd"],
    )
    assert other["title"] == "Federated learning"
    assert mltalks("classify", "quantization", "of", "LLMs").out.startswith(
        "quantization of LLMs\tquantization\t"
    )
    assert [line.split("\t")[1] for line in mltalks("classify", "量子化", "連合学習").out.splitlines()] == [
        "quantization",
        "federated-learning",
    ]
    assert mltalks("classify", "no such file.csv").code == 3
    assert mltalks("classify", "a long title " * 100).code == 0


def test_a_list_is_read_as_import_reads_it_and_what_is_not_used_is_named(
    mltalks: Run, tmp_path: Path
) -> None:
    table, records = tmp_path / "talks.csv", tmp_path / "talks.json"
    table.write_text("Title,Abstract,Shelf\nOn hand,Federated learning and federated averaging on phones,B\n")
    records.write_text(
        '[{"title": "On hand", "description": "Federated learning and federated averaging", "shelf": "B"}]'
    )
    for file in (table, records):
        result = mltalks("classify", str(file), "--json")
        assert "federated-learning" in [theme["id"] for theme in json.loads(result.out)[0]["themes"]]
        assert re.search(r"talks\.\w+: not used: [Ss]helf", result.err)


@pytest.mark.excerpt(False)
def test_a_talk_without_a_theme_shows_what_came_nearest_and_what_it_lacks(mltalks: Run) -> None:
    (one,) = json.loads(mltalks("classify", "Zero-downtime upgrades of a ranking model", "--json").out)
    assert one["themes"] == []
    assert (one["near"][0]["id"], one["near"][0]["lacks"]) == ("ranking", "no word of the field")
    for form in ("table", "csv", "md", "plain", "tsv"):
        out = mltalks("classify", "Zero-downtime upgrades of a ranking model", "-o", form).out
        assert "ranking 1.3 (no word of the field)" in " ".join(out.split())
    result = mltalks("explain", "mlsys22-virtualflow")
    assert "no theme: cluster-scheduling came nearest, with weak evidence" in result.err
    unfiled = next(
        one
        for one in json.loads(mltalks("gaps", "-n", "0", "--json").out)
        if one["name"] == "mlsys22-virtualflow"
    )
    assert unfiled["parts"][0]["phrase"] == "cluster-scheduling"


def test_a_decision_about_a_theme_that_was_renamed_holds(mltalks: Run, user_env: dict[str, str]) -> None:
    file = Path(user_env["MLTALKS_DATA"]) / "decisions.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "".join(
            f'[[decisions]]\nsession = "opml19-katib"\ntheme = "{theme}"\nverdict = "accept"\ndate = "2026-01-01"\n'
            for theme in ("model-adaptation", "model-selection")
        )
    )
    assert {"fine-tuning": "accepted", "automl": "accepted"}.items() <= statuses(
        mltalks, "opml19-katib", user_env
    ).items()
    mltalks("reject", "opml19-katib", "model-adaptation", env=user_env)
    assert statuses(mltalks, "opml19-katib", user_env)["fine-tuning"] == "rejected"


@pytest.mark.parametrize(
    ("title", "is_reinforcement"),
    [
        ("Gradual rollout of ML models", False),
        ("Staged rollout with feature flags", False),
        ("Zero-downtime model rollouts", False),
        ("Rollout policies for machine learning models", False),
        ("機械学習モデルの段階的ロールアウト", False),
        ("Speeding up rollouts in reinforcement learning", True),
        ("Long-tail rollouts in RLHF training", True),
        ("強化学習におけるロールアウトの高速化", True),
    ],
)
def test_a_rollout_alone_is_no_reinforcement_learning(
    mltalks: Run, title: str, is_reinforcement: bool
) -> None:
    (one,) = json.loads(mltalks("classify", title, "--json").out)
    themes = [theme["id"] for theme in one["themes"]]
    assert ("post-training-rl" in themes) is is_reinforcement


@pytest.mark.parametrize(
    ("title", "is_practice"),
    [
        ("Machine Learning Operations (MLOps): Overview, Definition, and Architecture", True),
        ("Adoption of MLOps in Medium-Sized Firms", True),
        ("MLOps: a Systematic Review of Tools", True),
        ("The MLOps Landscape", True),
        ("An MLOps Platform for Tiny Devices", False),
        ("Automating Fraud Detection with MLOps", False),
        ("An Overview of Soup", False),
    ],
)
def test_a_talk_about_mlops_as_a_whole_is_filed_so(mltalks: Run, title: str, is_practice: bool) -> None:
    assert ("mlops-practice" in mltalks("classify", title).out) == is_practice


def test_a_decision_that_another_file_overrides_is_refused(
    mltalks: Run, user_env: dict[str, str], tmp_path: Path
) -> None:
    team = tmp_path / "team.toml"
    decision = 'session = "mlsys26-helios"\ntheme = "serving-infrastructure"\nverdict = "reject"\ndate = 2026-01-01\n'
    team.write_text(f"[[decisions]]\n{decision}", encoding="utf-8")
    refused = mltalks("accept", "mlsys26-helios", "serving-infrastructure", "--data", str(team), env=user_env)
    assert (refused.code, refused.out) == (1, "")
    assert f"is in {team}, which overrides your data; change it there" in refused.err
    same = mltalks("reject", "mlsys26-helios", "serving-infrastructure", "--data", str(team), env=user_env)
    assert same.code == 0
    assert mltalks("accept", "mlsys26-helios", "serving-infrastructure", env=user_env).code == 0


def test_a_phrase_of_one_talk_is_no_gap_and_a_theme_of_one_is_not_big(mltalks: Run) -> None:
    for title in ("Feature stores: buy, build or skip?", "Ten years of ML in a bank"):
        mltalks("add", title, "--event", "Barge Days 2031")
    found = mltalks("gaps", "event:barge-days-2031")
    assert not [line for line in found.out.splitlines() if line.startswith(("phrase", "big"))]
    mltalks("add", "Feature stores at night", "--event", "Barge Days 2031", "--keyword", "night shifts")
    mltalks("add", "Alerts at night", "--event", "Barge Days 2031", "--keyword", "night shifts")
    assert "phrase\tnight shifts" in mltalks("gaps", "event:barge-days-2031").out


def test_proposals_are_classified_before_they_are_decided(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "proposals.csv"
    file.write_text("title,status\nServing LLMs on phones,In review\nA feature store,Rejected\n")
    found = mltalks("classify", str(file))
    assert found.out.startswith("Serving LLMs on phones\tllm-inference")
    assert found.err.count('has the status "Rejected"; it is skipped') == 1
    assert "In review" not in found.err


@pytest.mark.excerpt(False)
def test_a_talk_whose_only_theme_is_rejected_is_explained_so(mltalks: Run) -> None:
    assert mltalks("reject", "mlsys26-cage", "quantization").code == 0
    assert "no theme: those set by hand are rejected, and training-systems is the nearest by its terms;" in (
        mltalks("explain", "mlsys26-cage").err
    )
