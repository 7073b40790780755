"""What somebody who runs models in production tries first, in pipes too, and what mltalks answers."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    "command",
    [
        ["companies", "theme:serving-infrastructure"],
        ["keywords", "event:opml19"],
        ["speakers", "event:opml19"],
        ["crosstab", "keyword", "year", "event:opml19"],
        ["trend", "company", "--all-years"],
        ["list", "event:opml19,opml20"],
    ],
)
def test_a_table_in_a_pipe_has_all_rows(mltalks: Run, command: list[str]) -> None:
    fields = ["--fields", FIRST[command[0]]] if command[0] in FIRST else []
    table = mltalks(*command, "-o", "table", "-q", *fields, env={"COLUMNS": "400"}).out.splitlines()
    rows = [line for line in table if line.strip("─ ")]
    assert len(rows) == len(mltalks(*command, "-o", "csv", *fields).out.splitlines()) > 31


FIRST = {"companies": "value", "keywords": "value", "speakers": "value", "trend": "value", "list": "id"}


def test_each_word_that_no_talk_says_is_named_also_within_a_name(mltalks: Run) -> None:
    for command in (["list", "canary rollout"], ["list", "canary", "rollout"], ["search", "canary rollout"]):
        found = mltalks(*command)
        assert 'no talk says "canary"; it is a term of the theme deployment-ci-cd' in found.err
        assert '"rollout"' not in found.err


def test_a_proposed_search_of_a_name_with_a_colon_works(mltalks: Run) -> None:
    for name in ("Run:ai", 'a"b'):
        said = mltalks("by-company", name).err
        (proposed,) = re.findall("mltalks search (.*)", said)
        assert mltalks(*shlex.split(f"search {proposed}")).code == 0
    assert "mltalks search 'Weights & Biases'" in mltalks("by-company", "Weights & Biases").err


def test_what_is_unlike_is_not_suggested_nor_taken(mltalks: Run) -> None:
    assert "did you mean" not in mltalks("by-company", "LINE").err
    assert "facebooks" not in mltalks("search", "notebooks").err
    for typed, meant in (("netflixgpu", "Netflix"), ("googlexyz", "Google")):
        found = mltalks("list", f"company:{typed}")
        assert found.code == 4
        assert f'did you mean "{meant}"?' in found.err
    assert '"googel" is read as Google' in mltalks("list", "company:googel").err


def test_a_facet_of_counts_alone_is_no_silent_text(mltalks: Run) -> None:
    for typed in ("company/own:google", "theme/broad:aiops"):
        said = mltalks("list", typed).err
        assert f'"{typed}" is searched as text, since no field is called "{typed.partition(":")[0]}"' in said
    assert "no field" not in mltalks("list", "input/output:gpu").err


def test_a_narrow_list_of_tags_is_headed_by_the_tags(mltalks: Run) -> None:
    mltalks("tag", "opml19-katib", "par1")
    lines = mltalks("tags", "-o", "table", env={"COLUMNS": "40"}).out.splitlines()
    assert next(one for one in lines if "par1" in one).startswith("par1")


def test_the_help_names_words_that_show_the_field(mltalks: Run) -> None:
    text = " ".join(mltalks("explain", "--help").out.split())
    phrases = re.findall(
        '"([^"]+)"', text.partition("machine learning: no ")[2].partition(" in its title")[0]
    )
    assert len(phrases) > 4
    for phrase in phrases:
        talk = f"title,keywords\nShadow traffic,shadow deployment;{phrase}\n"
        assert "no word of the field" not in mltalks("classify", "-", "--json", stdin=talk).out
    assert "no word of the field" in mltalks("classify", "-", stdin="Shadow deployment of a model\n").out


PAGE = "https://www.usenix.org/conference/opml20/presentation/papasian"
VIDEO = "https://www.youtube.com/watch?v=hBMHohkRgAA"


@pytest.mark.parametrize(
    "typed",
    [
        PAGE,
        PAGE.replace("https://www.", "http://") + "/?utm_source=mail#top",
        PAGE.removeprefix("https://"),
        VIDEO,
        VIDEO + "&t=90",
        "https://youtu.be/hBMHohkRgAA",
        f"<{PAGE}>",
    ],
)
def test_the_address_of_a_talk_stands_for_its_id(mltalks: Run, typed: str) -> None:
    for command in (
        ["list"],
        ["show"],
        ["search"],
        ["related", "-n", "1"],
        ["open"],
        ["explain"],
        ["export"],
    ):
        by_address = mltalks(*command, typed, "--json") if command != ["export"] else mltalks("export", typed)
        by_id = (
            mltalks(*command, "opml20-how-ml-breaks", "--json")
            if command != ["export"]
            else mltalks("export", "opml20-how-ml-breaks")
        )
        assert (by_address.code, by_address.out) == (0, by_id.out)
    assert mltalks("list", "-", "-o", "ids", stdin=f"{typed}\n").out == "opml20-how-ml-breaks\n"


@pytest.mark.parametrize(
    "typed",
    [
        "2211.05322",
        "arXiv:2211.05322",
        "arxiv:2211.05322v2",
        "https://arxiv.org/pdf/2211.05322v1.pdf",
        "10.48550/arXiv.2211.05322",
        "https://doi.org/10.48550/arXiv.2211.05322",
    ],
)
def test_the_number_of_a_paper_on_arxiv_stands_for_its_talk(mltalks: Run, typed: str) -> None:
    assert mltalks("list", typed, "-o", "ids").out == "mlsys23-model-parallel-communication\n"
    assert json.loads(mltalks("show", typed, "--json").out)["id"] == "mlsys23-model-parallel-communication"


def test_an_address_that_no_talk_has_is_named(mltalks: Run) -> None:
    for typed in ("https://example.org/nothing", "arXiv:2306.09999", "2306.09999"):
        address = typed if "/" in typed else "https://arxiv.org/abs/2306.09999"
        for command in ("list", "search", "show"):
            found = mltalks(command, typed)
            assert (found.code, found.out) == (4, "")
            assert f'no session has the address "{address}"' in found.err


def test_an_address_beside_other_words_is_its_talk(mltalks: Run) -> None:
    address = "https://www.youtube.com/watch?v=hBMHohkRgAA"
    for typed in (("machine", address), (f"{address} machine",), ("machine", "AND", address)):
        for command in ("list", "search"):
            found = mltalks(command, *typed, "-o", "ids")
            assert found.out == "opml20-how-ml-breaks\n"
            assert f'"{address}" is read as id:opml20-how-ml-breaks' in found.err
    assert mltalks("list", f"id:{address}", "-o", "ids").out == "opml20-how-ml-breaks\n"


def test_many_addresses_are_found_as_each_is(mltalks: Run) -> None:
    talks = json.loads(mltalks("list", "event:opml20", "--json").out)
    links = "".join(f"{talk['url']}\n" for talk in talks if talk["url"])
    found = mltalks("list", "-", "-o", "ids", stdin=links).out.split()
    assert sorted(found) == sorted(talk["id"] for talk in talks if talk["url"])
    assert "address" not in mltalks("list", "CI/CD").err + mltalks("list", "node.js").err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("theme:monitorng", "theme:monitoring"),
        ("theme:servng", "theme:serving"),
        ("theme:deploymnet", "theme:deployment"),
        ("keyword:servng", "keyword:serving"),
        ("track:infernce", "track:inference"),
    ],
)
def test_a_misspelled_word_of_a_name_is_that_word(mltalks: Run, typed: str, meant: str) -> None:
    found = mltalks("list", typed, "-o", "ids")
    assert found.out == mltalks("list", meant, "-o", "ids").out != ""
    assert f'"{typed.partition(":")[2]}" is read as ' in found.err


def test_no_proper_name_is_made_of_a_word(mltalks: Run) -> None:
    for typed in ("company:carnegi", "theme:gorilla", "event:mlsis"):
        assert mltalks("list", typed).code == 4
    for typed in ("speaker:underwod", "keyword:gorilla"):
        assert mltalks("list", typed, "--count").out == "0\n"


def test_a_mistyped_id_before_a_note_is_named(mltalks: Run) -> None:
    refused = mltalks("note", "opml19-katib", "opml19-tnoy", "hello")
    assert (refused.code, refused.out) == (4, "")
    assert 'no session "opml19-tnoy"; did you mean "opml19-tony"?' in refused.err
    assert "too many arguments" in mltalks("note", "opml19-katib", "two", "words").err


@pytest.mark.parametrize(
    ("command", "query"),
    [
        ("by-company linkedin netflix", "company:linkedin,netflix"),
        ("by-company linkedin carnegie mellon", "'company:linkedin,\"carnegie mellon\"'"),
        ("by-event opml19 opml20", "event:opml19,opml20"),
        ("by-speaker zaharia underwood", "speaker:zaharia,underwood"),
        ("by-theme quantization distillation", "theme:quantization,distillation"),
    ],
)
def test_a_second_name_is_answered_with_the_filter_for_either(mltalks: Run, command: str, query: str) -> None:
    assert f"for the talks of either, write mltalks list {query}" in mltalks(*command.split()).err


def test_other_words_after_a_name_narrow_its_list_without_a_notice(mltalks: Run) -> None:
    for rest in ("year:2019", "kubernetes", "has:slides", "large scale"):
        assert "narrows" not in mltalks("by-company", "linkedin", *rest.split()).err


def test_related_sessions_are_narrowed_by_a_query(mltalks: Run) -> None:
    everything = mltalks("related", "opml20-runway", "-n", "0", "-o", "ids").out.splitlines()
    newer = mltalks(
        "related", "opml20-runway", "--among", "year:2024..", "-n", "0", "-o", "ids"
    ).out.splitlines()
    in_years = mltalks("list", "year:2024..", "-o", "ids").out.splitlines()
    assert newer == [one for one in everything if one in in_years] != []
    refused = mltalks("related", "opml20-runway", "year:2024..")
    assert (refused.code, refused.out) == (2, "")
    assert "write --among year:2024.." in refused.err
    assert "write --query year:2024.." in mltalks("show", "opml20-runway", "year:2024..").err


def test_crosstab_keeps_the_organizations_of_the_query_and_names_the_others(mltalks: Run) -> None:
    query = ["company", "theme", "company:uber,netflix,linkedin"]
    table = mltalks("crosstab", *query, "--top", "3", "-o", "csv")
    assert [line.partition(",")[0] for line in table.out.splitlines()[1:]] == ["LinkedIn", "Netflix", "Uber"]
    whole = mltalks("crosstab", *query, "-o", "csv")
    assert (
        "talks of LinkedIn, Netflix, Uber are also of others, which have a place in the table: " in whole.err
    )
    assert "also of others" not in table.err
    assert "also of others" not in mltalks("crosstab", "company", "year", "year:2026").err


def test_talks_with_the_name_of_a_company_as_a_keyword_are_counted(mltalks: Run) -> None:
    listed = mltalks("by-company", "netflix", "-o", "ids")
    query = "keyword:netflix NOT company:netflix"
    count = len(mltalks("list", query, "-o", "ids").out.splitlines())
    assert count > 0
    assert f"not counted under it: {count}; to list them: mltalks list '{query}'" in listed.err
    assert "as a keyword" not in mltalks("by-company", "google").err
    assert "as a keyword" not in mltalks("by-company", "netflix", "year:2030").err


def test_what_exists_is_shown_and_the_rest_is_named(mltalks: Run) -> None:
    known = mltalks("show", "opml19-katib", "-o", "bibtex").out
    shown = mltalks("show", "opml19-katib", "nosuch", "-o", "bibtex")
    assert (shown.code, shown.out) == (4, known)
    assert 'no session or event "nosuch"' in shown.err
    assert mltalks("show", "nosuch").code == 4


@pytest.mark.excerpt
def test_a_tag_that_no_talk_has_is_named_when_it_is_removed(mltalks: Run) -> None:
    mltalks("tag", "opml19-katib", "Survey")
    removed = mltalks("tag", "opml19-katib", "--remove", "fzfpik", "survey")
    assert removed.code == 0
    assert 'none of these sessions has the tag "fzfpik"' in removed.err
    assert '"survey"' not in removed.err
    assert mltalks("list", "tag:survey").out == ""


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("by-author zaharia", '"by-speaker"'),
        ("by-org google", '"by-company"'),
        ("by-year 2020", '"list year:2024"'),
        ("by-series OpML", '"by-event"'),
        ("cite opml19-katib", '"show ID -o bibtex"'),
        ("dedupe", '"doctor"'),
        ("diff google meta", '"compare"'),
        ("list --csv", "the format is written -o csv"),
        ("list --bibtex", "the format is written -o bibtex"),
        ("companies --by-year", "for the counts of each year: mltalks crosstab company year"),
        ("list series:SysML", 'did you mean "event:SysML"?'),
    ],
)
def test_names_of_other_programs_lead_to_what_is_meant(mltalks: Run, typed: str, advice: str) -> None:
    refused = mltalks(*typed.split())
    assert refused.code in (2, 4)
    assert advice in refused.err


def test_a_keyword_means_the_same_in_the_singular_and_the_plural(mltalks: Run) -> None:
    for one, many in (
        ("LLM", "LLMs"),
        ("long-context LLM", "long-context LLMs"),
        ("feature store", "feature stores"),
        ("GPU", "GPUs"),
    ):
        found = mltalks("by-keyword", one, "-o", "ids").out
        assert found == mltalks("by-keyword", many, "-o", "ids").out != ""


def test_an_order_that_is_given_is_not_advised(mltalks: Run) -> None:
    advice = '"最新" does not order the talks'
    assert advice in mltalks("search", "最新のLLM").err
    assert advice not in mltalks("search", "最新のLLM", "--sort", "date").err
    assert advice not in mltalks("search", "モデルの最新性").err


def test_a_dash_that_begins_a_text_stays(mltalks: Run) -> None:
    assert mltalks("note", "opml19-katib", "--", "—great talk on tuners").code == 0
    assert "—great talk on tuners" in mltalks("show", "opml19-katib").out
    assert mltalks("list", "year:2019", "—count").out == mltalks("list", "year:2019", "--count").out


def test_the_address_of_a_part_of_a_paper_is_that_paper(mltalks: Run) -> None:
    mltalks("add", "Soup", "--event", "Soup 2031", "--paper", "https://arxiv.org/pdf/2306.00978.pdf#page=2")
    assert mltalks("list", "arXiv:2306.00978", "--fields", "title").out == "Soup\n"


@pytest.mark.excerpt
@pytest.mark.parametrize("query", ["", " "])
def test_an_empty_query_takes_no_sessions(mltalks: Run, query: str) -> None:
    mltalks("note", "opml19-katib", "kept")
    for command in (
        ["tag", "oncall"],
        ["note", "--remove"],
        ["mark", "watched"],
        ["remove", "--yes"],
        ["show"],
    ):
        refused = mltalks(*command, "--query", query)
        assert (refused.code, refused.out) == (2, ""), command
        assert "--query is empty" in refused.err
    assert mltalks("list", "has:note", "--count").out == "1\n"


@pytest.mark.excerpt
@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("tag:servng", "serving"),
        ("kind:papre", "paper"),
        ("company:gogle", "Google"),
        ("theme:archtecture", "architecture-search"),
        ("tensorfow", "tensorflow"),
    ],
)
def test_a_command_that_changes_data_corrects_nothing_in_its_query(
    mltalks: Run, query: str, nearest: str
) -> None:
    mltalks("tag", "opml19-katib", "serving")
    for command in (["tag", "--remove", "serving"], ["note", "x"], ["mark", "watched"], ["remove", "--yes"]):
        refused = mltalks(*command, "--query", query, "-q")
        assert refused.code == 4
        assert f'did you mean "{nearest}"' in refused.err
    assert (
        mltalks("list", "tag:servng", "-o", "ids").out == "opml19-katib\n"
    )  # a list shows what it takes it for


@pytest.mark.parametrize("typed", ["-netflix", "-offline", "-quality", "-hardware", "-google"])
def test_a_word_after_a_hyphen_is_never_a_value(mltalks: Run, typed: str) -> None:
    for command in (
        ["search", "drift", typed],
        ["list", typed, "-n", "2", "-o", "ids"],
        ["companies", "-q", typed],
    ):
        refused = mltalks(*command)
        assert (refused.code, refused.out) == (2, "")
        assert (
            refused.err
            == f"mltalks: error: no such option {typed}; to exclude a word, write NOT {typed[1:]}\n"
        )
    assert mltalks("list", "drift", "-qn", "1", "-ojson").out.startswith("[")


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("OpML 2020", "opml20"),
        ("USENIX OpML 2020", "opml20"),
        ("opml2020", "opml20"),
        ("SysML 2019", "sysml19"),
        ("MLSys 2020", "mlsys20"),
    ],
)
def test_an_event_is_found_by_its_series_and_the_whole_year(mltalks: Run, typed: str, event: str) -> None:
    whole = mltalks("list", f"event:{event}", "-o", "ids").out
    assert mltalks("by-event", typed, "-o", "ids").out == whole != ""
    assert mltalks("list", f'event:"{typed}"', "-o", "ids").out == whole


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("monitoring", "monitoring-observability"),
        ("monitring", "monitoring-observability"),
        ("監視", "monitoring-observability"),
        ("heterogeneous", "heterogeneous-hardware"),
        ("programming", "programming-models"),
    ],
)
def test_a_narrower_theme_that_begins_with_a_word_is_meant(mltalks: Run, typed: str, theme: str) -> None:
    found = mltalks("list", f"theme:{typed}", "-o", "ids")
    assert found.out == mltalks("list", f"theme:{theme}", "-o", "ids").out != ""
    assert found.err.startswith(f'mltalks: theme "{typed}" is read as {theme}\n')
    assert (
        mltalks("by-theme", typed, "-o", "ids").out == mltalks("themes", typed, "-o", "ids").out == found.out
    )


def test_a_track_of_a_tally_has_at_least_the_sessions_that_are_known(mltalks: Run) -> None:
    shown = mltalks("show", "opml19", "--fields", "tracks").out.strip()
    assert shown.endswith("; Keynote Address 1")
    assert "Optimizing and Tuning 6 (0 known)" in shown
    assert "Panel 2 (1 known)" in shown
    assert "known" not in mltalks("show", "mlsys20", "--fields", "tracks").out


def test_a_word_has_no_translation_that_lost_a_part(mltalks: Run) -> None:
    batching = set(mltalks("list", "batching", "-o", "ids").out.split())
    assert batching <= set(
        mltalks("list", "batch OR バッチ OR バッチング OR 一括処理", "-o", "ids").out.split()
    )
    found = json.loads(mltalks("search", "batching", "--all", "-n", "0", "--json").out)
    assert not [one["id"] for one in found if "処理" in {match["text"] for match in one["matched"]}]


def test_no_reason_is_given_twice(mltalks: Run) -> None:
    for one in json.loads(mltalks("search", "dynamic batching", "-n", "20", "--json").out):
        near = {match["text"].casefold() for match in one["matched"] if match["how"] == "near"}
        assert near.isdisjoint(match["text"].casefold() for match in one["matched"] if match["how"] != "near")


def test_a_table_explains_a_hit_in_the_language_of_the_reader(mltalks: Run) -> None:
    shown = mltalks("search", "model serving incident", "id:opml20-how-ml-breaks", "-o", "table").out
    assert "answers: lessons from ten years" in shown
    assert "パイプライン" not in shown


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("observability", ["observed", "observation"]),
        ("tokenizer", ["token", "tokens"]),
        ("embedding", ["embedded"]),
        ("programmability", ["programs"]),
        ("interpretability", ["interpreter"]),
    ],
)
def test_a_term_of_its_own_is_no_form_of_another_word(mltalks: Run, word: str, others: list[str]) -> None:
    found = json.loads(mltalks("search", word, "--all", "-n", "0", "--json").out)
    texts = {match["text"].casefold() for one in found for match in one["matched"]}
    assert texts.isdisjoint(others)


@pytest.mark.parametrize(
    ("apart", "joined"),
    [("roll back", "rollback"), ("fail over", "failover"), ("back pressure", "backpressure")],
)
def test_a_verb_with_its_particle_is_one_word(mltalks: Run, apart: str, joined: str) -> None:
    options = ("-o", "ids", "--all", "-n", "0")
    assert sorted(mltalks("search", apart, *options).out.split()) == sorted(
        mltalks("search", joined, *options).out.split()
    )


def test_a_particle_alone_is_no_reason(mltalks: Run) -> None:
    found = json.loads(mltalks("search", "push back", "--all", "-n", "0", "--json").out)
    assert {match["query"] for one in found for match in one["matched"]} == {"push"}
    assert mltalks("search", "back", "-o", "ids").out


@pytest.mark.parametrize("query", ["canary", "canary release"])
def test_a_note_hides_no_talk(mltalks: Run, query: str) -> None:
    before = mltalks("search", query, "-o", "ids", "-n", "0").out.split()
    mltalks("note", "opml20-how-ml-breaks", "steal the canary idea; ask Todd")
    after = mltalks("search", query, "-o", "ids", "-n", "0").out.split()
    assert after[0] == "opml20-how-ml-breaks"
    assert set(before) <= set(after)


@pytest.mark.parametrize("word", ["outage", "data drift"])
def test_a_word_that_is_no_theme_has_its_themes_counted(mltalks: Run, word: str) -> None:
    counted = mltalks("themes", word)
    assert counted.out == mltalks("themes", word, "OR", word).out
    assert counted.err.startswith(
        f'mltalks: no theme "{word}"; these are the themes of the talks that say it\n'
    )
    assert mltalks("themes", "pizza").code == 4


def test_a_keyword_within_others_names_these(mltalks: Run) -> None:
    found = mltalks("by-keyword", "monitoring")
    assert 'other keywords have "monitoring": cluster monitoring, model monitoring\n' in found.err
    assert "other keywords" not in mltalks("by-keyword", "model monitoring").err


@pytest.mark.parametrize("form", ["ids", "bibtex"])
def test_fields_are_not_ignored(mltalks: Run, form: str) -> None:
    refused = mltalks("list", "automl", "-o", form, "--fields", "title")
    assert (refused.code, refused.out) == (2, "")
    assert f"--fields and -o {form} cannot be combined" in refused.err


@pytest.mark.excerpt
def test_a_path_of_the_environment_may_begin_with_the_home(mltalks: Run, tmp_path: Path) -> None:
    env = {"MLTALKS_DATA": "~/team", "HOME": str(tmp_path)}
    assert mltalks("tag", "opml19-katib", "x", env=env).code == 0
    assert (tmp_path / "team" / "sessions.toml").exists()
    assert mltalks("list", "tag:x", "-o", "ids", env=env).out == "opml19-katib\n"
    refused = mltalks("tag", "opml19-katib", "x", env={"MLTALKS_DATA": str(tmp_path / "team.json")})
    assert (refused.code, (tmp_path / "team.json").exists()) == (2, False)
    assert "a file that ends in .toml" in refused.err


@pytest.mark.parametrize("word", ["recent", "latest", "newest"])
def test_a_word_for_new_talks_is_no_subject(mltalks: Run, word: str) -> None:
    found = mltalks("search", f"{word} serving papers", "-o", "ids", "-n", "0")
    assert found.out == mltalks("search", "serving papers", "-o", "ids", "-n", "0").out
    assert f'"{word}" does not order the talks; --sort date has the newest first' in found.err


@pytest.mark.excerpt
def test_a_wrongly_resolved_merge_is_an_error_of_every_command(mltalks: Run, tmp_path: Path) -> None:
    env = {"MLTALKS_DATA": str(tmp_path / "team")}
    mltalks("tag", "opml19-katib", "serving", env=env)
    file = tmp_path / "team" / "sessions.toml"
    good = file.read_text()
    file.write_text(f'{good}\n[[sessions]]\ntags = ["x"]\n')
    for command in (["list", "tag:serving"], ["validate"]):
        refused = mltalks(*command, env=env)
        assert (refused.code, "sessions.toml" in refused.out + refused.err) == (3, True)
    assert "id: missing" in refused.out
    for mark in ("<<<<<<< HEAD", "=======", ">>>>>>> theirs"):
        file.write_text(f"{good}\n{mark}\n")
        assert "sessions.toml:5: a conflict of a merge is not resolved" in mltalks("list", env=env).err
    file.write_text(f"{good}\nx = = 1\n")
    assert "sessions.toml:5: not valid TOML" in mltalks("list", env=env).err
