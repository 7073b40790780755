"""What people try first who know git, gh and fzf: wrong order, wrong names, queries in the place of ids, and what mltalks answers."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_hand import in_terminal

pytestmark = pytest.mark.excerpt


@pytest.mark.parametrize(
    ("arguments", "theme"),
    [
        (["list", "theme:rollout"], "deployment-ci-cd"),
        (["list", "theme:feature-store"], "feature-management"),
        (["by-theme", "A/B testing"], "online-experimentation"),
        (["themes", "feature store"], "feature-management"),
        (["accept", "opml19-katib", "feature store"], "feature-management"),
        (["add", "A talk", "--event", "Night 2027", "--theme", "feature store"], "feature-management"),
        (["edit", "opml19-katib", "--theme", "rollout"], "deployment-ci-cd"),
        (["trend", "theme:rollout"], "deployment-ci-cd"),
    ],
)
def test_a_term_of_a_theme_leads_to_the_theme(mltalks: Run, arguments: list[str], theme: str) -> None:
    refused = mltalks(*arguments)
    assert (refused.code, refused.out) == (4, "")
    assert f'did you mean "{theme}"' in refused.err


def test_a_decision_can_be_tried_before_it_is_made(mltalks: Run) -> None:
    for command in ("accept", "reject"):
        tried = mltalks(command, "opml19-katib", "aiops", "--dry-run")
        assert tried.code == 0
        assert '+theme = "aiops"' in tried.out
        assert f'+verdict = "{command}"' in tried.out
    assert mltalks("decisions").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "accept opml19-katib aiops gpu-kernels",
            "one theme is given at a time: mltalks accept opml19-katib aiops, then mltalks accept opml19-katib gpu-kernels",
        ),
        ("tag theme:aiops cand", "write --query theme:aiops"),
        ("tag cand theme:aiops year:2019", "write --query 'theme:aiops year:2019'"),
        ("accept aiops opml19-katib", "the theme comes last: mltalks accept opml19-katib aiops"),
        ("show event:opml19", "write --query event:opml19"),
        ("related opml19-katib NOT mark:watched", "write --among 'NOT mark:watched'"),
        ("mark to-watch opml19-katib", "the mark comes last: mltalks mark opml19-katib to-watch"),
        ("note opml19-katib", "to read it from standard input: mltalks note opml19-katib -"),
        ("classify opml19-katib", "to see its themes: mltalks explain opml19-katib"),
        ("add Title --company Acme", 'did you mean "--organization"?'),
        ("add Title --author Ada", 'did you mean "--speaker"?'),
        ("count latency", 'did you mean "list --count"'),
        ("stats", '"survey" or "crosstab theme year"'),
        ("years", '"crosstab theme year"'),
        ("alias Google Google", '"Google" is already a name of Google'),
        ("alias Foo foo --new", "mltalks alias Foo --new"),
        ("alias Foo", "add --new to make one of this name"),
    ],
)
def test_a_first_try_gets_what_works(mltalks: Run, arguments: str, said: str) -> None:
    refused = mltalks(*arguments.split())
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert refused.err.count("\n") == 1
    assert mltalks("log").out == ""


def test_a_text_that_begins_with_a_hyphen_needs_two_of_them_before_it(mltalks: Run) -> None:
    refused = mltalks("note", "opml19-katib", "- first of a list")
    assert (refused.code, "begins with a hyphen, write --" in refused.err) == (2, True)
    assert mltalks("note", "opml19-katib", "--", "- first of a list").code == 0


@pytest.mark.parametrize("arguments", ["tag - later", "mark - watched", "accept - aiops", "edit - --track x"])
def test_an_unknown_id_in_a_list_changes_nothing_and_says_so(mltalks: Run, arguments: str) -> None:
    refused = mltalks(*arguments.split(), stdin="opml19-katib\nopml19-katip\n")
    assert refused.code == 4
    assert 'no session "opml19-katip"; nothing was changed; did you mean "opml19-katib"?' in refused.err
    assert mltalks("log").out == ""


def test_what_is_removed_is_listed_before_the_question(mltalks: Run, tmp_path: Path) -> None:
    for number in range(22):
        assert mltalks("add", f"Title {number}", "--event", "Night 2027").code == 0
    child = in_terminal(tmp_path, "remove", "--query", "event:night-2027", env={})
    child.expect("remove 22 sessions")
    before = " ".join((child.before or "").split())
    assert "night-2027-title-3: Title 3" in before
    assert "Title 20" not in before
    assert "and 2 more" in before
    child.sendline("n")
    child.expect("nothing was changed")
    assert mltalks("list", "event:night-2027", "--count").out == "22\n"


def test_the_themes_of_an_added_talk_are_reported(mltalks: Run) -> None:
    none = mltalks("add", "Ranking of chess players", "--event", "Night 2027")
    made = "night-2027-ranking-chess-players"
    assert (
        f"{made}: no theme fits; why: mltalks explain {made}; to add one: mltalks accept {made} THEME"
        in none.err
    )
    found = mltalks("add", "Quantization of LLMs", "--event", "Night 2027").err
    assert "inferred themes: " in found
    assert "quantization" in found
    assert "theme" not in mltalks("add", "Another", "--event", "Night 2027", "--theme", "aiops").err
    assert f"to file it there: mltalks accept {made} ranking" in mltalks("explain", made).err
    assert '"no word of the field" means' in " ".join(mltalks("explain", "--help").out.split())


def test_a_theme_without_talks_prints_its_definition_in_a_pipe(mltalks: Run) -> None:
    found = mltalks("themes", "responsible-ml")
    assert "mltalks: responsible-ml: Fairness, bias, ethics" in found.err
    assert "責任あるAI" in mltalks("themes", "responsible-ml", "-o", "table", "--lang", "ja").out


def test_themes_with_a_comma_between_are_not_words(mltalks: Run) -> None:
    refused = mltalks("trend", "llm-inference,quantization")
    assert (refused.code, 'did you mean "theme:llm-inference,quantization"' in refused.err) == (4, True)
    assert mltalks("add", "LLM inference and quantization", "--event", "Night 2027").code == 0
    followed = mltalks("trend", "llm-inference,quantization")
    assert "for talks with any of the names, write theme:llm-inference,quantization" in followed.err
    assert "any of the names" not in mltalks("trend", "theme:llm-inference,quantization").err


def test_an_organization_may_have_one_spelling(mltalks: Run, tmp_path: Path) -> None:
    made = mltalks("alias", "Guild of Servers", "--new")
    assert (made.code, "new organization: Guild of Servers" in made.err) == (0, True)
    file = next(tmp_path.rglob("organizations.toml"))
    assert tomllib.loads(file.read_text()) == {"organizations": [{"name": "Guild of Servers"}]}
    assert mltalks("alias", "GoS", "Guild of Servers").code == 0
    again = mltalks("alias", "Guild of Servers", "--new")
    assert (again.code, "already a name of Guild of Servers" in again.err) == (2, True)
    labs = mltalks("alias", "Guild Labs", "--new", "--kind", "lab", "--parent", "Guild of Servers")
    assert labs.code == 0
    assert json.loads(mltalks("log", "--json").out)[0]["command"].startswith("alias")


def test_open_names_both_spellings_of_the_format(mltalks: Run) -> None:
    assert "with -o FORMAT (--format)" in " ".join(mltalks("open", "--help").out.split())


def test_fields_may_be_named_in_several_places(mltalks: Run) -> None:
    usual = mltalks("list", "event:opml19", "--fields", "id,kind,title").out
    assert mltalks("list", "event:opml19", "--fields", "id", "--fields=kind,title").out == usual != ""
    chosen = mltalks("search", "kafka", "--json", "--fields", "id,title")
    for typed in (
        ["--json", "id,title"],
        ["--json", "id,title", "-n", "100"],
        ["--fields", "id", "--json", "--fields", "title"],
    ):
        assert mltalks("search", "kafka", *typed) == chosen
    assert mltalks("list", "--json", "kafka,ray").code == 0  # words
    assert "unknown field titel" in mltalks("list", "--json", "id,titel").err
    counted = json.loads(mltalks("companies", "--json", "value,sessions", "-n", "1").out)["values"]
    assert [one.keys() for one in counted] == [{"value", "sessions"}]
    assert "option -n needs a value" in mltalks("list", "--fields", "id", "--fields", "year", "-n").err


@pytest.mark.excerpt
def test_a_tag_or_a_text_before_the_ids_is_named_as_what_comes_last(mltalks: Run) -> None:
    for typed, order in (
        (["tag", "later", "-"], "- later"),
        (["tag", "--remove", "later", "opml19-katib", "old"], "opml19-katib later old"),
        (["note", "Compare this.", "opml19-katib"], "opml19-katib Compare this."),
    ):
        refused = mltalks(*typed)
        assert refused.code == 2
        assert f"is not the id of a session, and ids come first: {order}\n" in refused.err
    assert 'no session "opml19-ktib"' in mltalks("tag", "opml19-ktib", "-").err


def test_what_is_to_be_typed_has_an_end_in_japanese(mltalks: Run) -> None:
    for typed, option in (("-年:2019", "-年:2019"), ("-推薦", "-推薦")):
        refused = mltalks("list", typed, env={"LC_ALL": "ja_JP.UTF-8"}).err
        assert refused.startswith(f"mltalks: エラー: {option} というオプションはありません")
        assert f"NOT {option[1:]} と書いてください" in refused
    assert "no such option -year:2019; to exclude a word" in mltalks("list", "-year:2019").err


@pytest.mark.excerpt
def test_the_width_and_case_of_an_id_do_not_matter(mltalks: Run) -> None:
    wide = "ＯＰＭＬ１９－ｋａｔｉｂ"
    shown = mltalks("show", "opml19-katib").out
    for typed in (wide, "OPML19-Katib"):
        assert mltalks("show", typed).out == shown != ""
        assert mltalks("list", f"id:{typed}", "-o", "ids").out == "opml19-katib\n"
        assert mltalks("tag", typed, "later").err == "mltalks: opml19-katib: tags later\n"
        mltalks("undo")
    assert mltalks("tag", "ＯＰＭＬ１９－ｎｏｎｅ", "later").code == 4


def test_lists_in_one_option_are_read_as_in_a_table(mltalks: Run) -> None:
    added = mltalks(
        "add", "Soup", "--event", "Soup 2031", "--speaker", "Ada Quill (Broth; Bread Ltd); Bo Fern", "--organization",
        "Acme GmbH; Globo", "--organization", "Q&amp;A Inc", "--keyword", "soup; hot meals", "--tag", "a;b",
    )  # fmt: skip
    shown = json.loads(mltalks("show", added.out.strip(), "--json").out)
    assert [one["name"] for one in shown["speakers"]] == ["Ada Quill", "Bo Fern"]
    assert shown["speakers"][0]["organization"] == "Broth; Bread Ltd"
    assert shown["organizations"] == ["Acme GmbH", "Globo", "Q&amp;A Inc"]
    assert (shown["keywords"], shown["tags"]) == (["soup", "hot meals"], ["a", "b"])
    edited = mltalks(
        "edit", added.out.strip(), "--add-speaker", "Cy Oat; Di Rye", "--remove-speaker", "Ada Quill; Bo Fern"
    )
    assert "speakers Cy Oat, Di Rye" in edited.err


@pytest.mark.parametrize("name", ["-", "heads.csv", "heads.txt"])
def test_a_table_is_known_as_one_wherever_it_comes_from(mltalks: Run, tmp_path: Path, name: str) -> None:
    table = "Heading,Place\nSoup,Lyon\nBread,Kyoto\n"
    (tmp_path / "heads.csv").write_text(table)
    (tmp_path / "heads.txt").write_text(table.replace(",", "\t"))
    for options in ((), *([("--format", "csv")] if name != "heads.txt" else [])):
        refused = mltalks("import", name, *options, stdin=table, cwd=tmp_path)
        place = "<stdin>" if name == "-" else name
        assert f"{place}:1: none of the columns Heading, Place is recognized as the title" in refused.err
        assert (refused.code, refused.err.count("\n")) == (3, 1)
    taken = mltalks(
        "import", name, "--map", "title=Heading", "--event", "Soup 2031", stdin=table, cwd=tmp_path
    )
    assert (taken.code, "2 added" in taken.err) == (0, True)


def test_a_source_that_is_no_table_is_refused_once(mltalks: Run) -> None:
    for text in ("Some words\nand others\n", "a, b\nc\n", "{ a, b\n c, d\n"):
        refused = mltalks("import", "-", stdin=text)
        assert (refused.code, refused.err.count("<stdin>")) == (3, 1)
        assert "has no talks" not in refused.err


def test_a_table_in_markdown_is_read_back(mltalks: Run) -> None:
    mltalks(
        "add",
        "Soup | <hot> [1](2)",
        "--event",
        "Soup 2031",
        "--slides",
        "https://example.org/a_b",
        "--id",
        "soup",
    )
    table = mltalks("list", "event:soup-2031", "-o", "md").out
    assert "| --- |" in table
    same = mltalks("import", "-", stdin=table)
    assert "0 added, 0 changed, 0 skipped; 1 already present, 0 rejected" in same.err
    other = table.replace("| soup |", "| soup2 |").replace("hot", "cold").replace("soup-2031", "bread-2032")
    assert "1 added" in mltalks("import", "-", stdin=other.replace("| event |", "| event |")).err
    shown = json.loads(mltalks("show", "soup2", "--json").out)
    assert (shown["title"], shown["slides"]) == ("Soup | <cold> [1](2)", "https://example.org/a_b")
    written = "Title | Speaker\n:-- | --:\nBroth | Ada Quill\n"
    assert "1 added" in mltalks("import", "-", "--event", "Soup 2031", stdin=written).err
    assert mltalks("list", "event:soup-2031", "--count").out == "2\n"
