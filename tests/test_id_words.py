"""Words of a query that are ids of talks or events, and names that a survey is asked for."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from mltalks.errors import NotFoundError, QueryError
from tests.conftest import Run, shipped_library

COMMANDS = ["list", "search", "survey", "companies", "export", "crosstab event year"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("typed", ["mlsys24-vidur", "MLSys26-Kitty"])
def test_the_id_of_a_talk_alone_is_that_talk(mltalks: Run, command: str, typed: str) -> None:
    known = shipped_library().session(typed.lower()).id
    read = mltalks(*command.split(), typed, "-o", "ids" if command in ("list", "search") else "json")
    named = mltalks(*command.split(), f"id:{known}", "-o", "ids" if command in ("list", "search") else "json")
    assert (read.code, read.out) == (0, named.out)
    assert f'"{typed}" is read as id:{known}; to search for it as text, write \'"{typed}"\'' in read.err


def test_ids_of_talks_alone_are_these_talks(mltalks: Run) -> None:
    for command in ("list", "search"):
        found = mltalks(command, "mlsys24-vidur", "MLSys26-Kitty", "-o", "ids")
        assert (found.code, set(found.out.split())) == (0, {"mlsys24-vidur", "mlsys26-kitty"})
        assert '"mlsys24-vidur MLSys26-Kitty" is read as id:mlsys24-vidur,mlsys26-kitty' in found.err
    cited = mltalks("export", "--format", "bibtex", "mlsys24-vidur", "mlsys26-kitty").out
    assert cited.count("@inproceedings") == 2
    assert mltalks("list", "mlsys24-vidur", "serving", "-o", "ids").out == ""  # one word is no id


def test_the_id_of_a_talk_is_one_to_compare_and_to_follow(mltalks: Run) -> None:
    found = json.loads(mltalks("compare", "mlsys24-vidur", "opml20", "--json").out)
    assert (found["a"]["query"], found["a"]["sessions"]) == ("id:mlsys24-vidur", 1)
    assert '"mlsys24-vidur" is read as id:mlsys24-vidur' in mltalks("trend", "mlsys24-vidur").err


@pytest.mark.excerpt
def test_own_keys_are_ids_and_words_that_talks_say_stay_words(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    talks = [("nakano2023soup", "How to cook soup"), ("noodles", "On soup"), ("soup", "Bread alone")]
    file.write_text(
        "\n".join(
            f'[[sessions]]\nid = "{one}"\nevent = "opml19"\ntitle = "{title}"\nkind = "talk"\n'
            for one, title in talks
        )
    )
    own = ("--data", str(file), "-o", "ids")
    assert mltalks("list", "nakano2023soup", *own).out == "nakano2023soup\n"
    assert mltalks("list", "noodles", *own).out == "noodles\n"
    assert sorted(mltalks("list", "soup", *own).out.split()) == ["nakano2023soup", "noodles"]
    assert mltalks("list", '"nakano2023soup"', *own).out == ""
    assert mltalks("list", "nakano2023soup", "soup", *own).out == ""  # one word of several


@pytest.mark.excerpt
@pytest.mark.parametrize("key", ["smith2020", "smith:2020", "Müller:2020"])
def test_a_citation_key_of_two_talks_is_both(mltalks: Run, tmp_path: Path, key: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        "\n".join(
            f'[[sessions]]\nid = "{one}"\nevent = "opml19"\ntitle = "On {one}"\nkind = "talk"\ncitation_key = "{key}"\n'
            for one in ("moss1", "ferns1")
        ),
        "utf-8",
    )
    for typed in ([key], [key.upper()], [f"id:{key}"], [f"id:{key}", "kind:talk"], [key, "moss1"]):
        for command in ("list", "search"):
            found = mltalks(command, *typed, "--data", str(file), "-o", "ids")
            assert (found.code, sorted(found.out.split())) == (0, ["ferns1", "moss1"]), typed
            read = f'"{" ".join(typed)}" is read as id:'
            assert (read in found.err) == (not typed[0].startswith("id:"))
    missing = mltalks("list", "id:smith2021")
    assert (missing.code, 'no session "smith2021"' in missing.err) == (4, True)


@pytest.mark.excerpt
def test_text_that_no_file_can_have_is_no_id() -> None:
    library = shipped_library()
    for typed in ("\udc80", "10.1145/\udc80", "a:\udc80"):
        with pytest.raises(NotFoundError):
            library.session(typed)
        with pytest.raises(NotFoundError):
            library.related(typed)
        for query in (typed, f"id:{typed}", f'company:"{typed}"', f'doi:"{typed}"'):
            for ask in (library.search, library.list, library.survey):
                with suppress(NotFoundError, QueryError):
                    ask(query)


def test_no_other_word_is_read_as_an_id(mltalks: Run) -> None:
    for typed in ("vidur", "mlsys24-vidu", "katib", "opml", "latency"):
        assert "is read as id:" not in mltalks("list", typed).err


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mlsys26-guard OR mlsys26-adr", {"mlsys26-guard", "mlsys26-adr"}),
        ("mlsys26-guard mlsys26-adr", {"mlsys26-guard", "mlsys26-adr"}),
        ("mlsys26-guard OR note:unheard OR MLSys26-ADR", {"mlsys26-guard", "mlsys26-adr"}),
        ("event:mlsys26 (mlsys26-guard OR mlsys24-vidur)", {"mlsys26-guard"}),
        ("id:mlsys26-guard,mlsys26-adr NOT mlsys26-guard", {"mlsys26-adr"}),
        ("mlsys26-guard OR id:mlsys26-adr", {"mlsys26-guard", "mlsys26-adr"}),
    ],
)
def test_an_id_that_is_all_beside_or_and_after_not_is_read(mltalks: Run, query: str, found: set[str]) -> None:
    for command in ("list", "search"):
        for typed in ([query], query.split()):
            assert {*mltalks(command, *typed, "-o", "ids").out.split()} == found
    assert '"mlsys26-guard" is read as id:mlsys26-guard' in mltalks("list", "mlsys26-guard OR soup").err
    assert "is read as id" not in mltalks("list", "latency OR vidur").err


@pytest.mark.parametrize("command", [*COMMANDS, "trend theme"])
def test_the_id_of_an_event_is_the_event(mltalks: Run, command: str) -> None:
    ids = ("-o", "ids" if command in ("list", "search") else "json")
    for rest in ((), ("serving",), ("kind:paper",)):
        read, named = (mltalks(*command.split(), one, *rest, *ids) for one in ("mlsys25", "event:mlsys25"))
        assert read.out == named.out
        assert '"mlsys25" is read as event:mlsys25' in read.err


@pytest.mark.parametrize("command", ["list", "search"])
def test_ids_of_events_are_read_anywhere_in_a_query(mltalks: Run, command: str) -> None:
    for query in ("{}", "NOT {}", "{} OR opml20", "gpu NOT {}", "serving ({} OR gpu)", "NOT ({} opml20)"):
        read, named = (
            mltalks(command, query.format(one), "-n", "0", "-o", "ids") for one in ("opml19", "event:opml19")
        )
        assert read.out == named.out != ""
        assert read.err.count('"opml19" is read as event:opml19') == 1
        assert "no talk says" not in read.err


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Google", "company:Google"),
        ("gpu-kernels", "theme:gpu-kernels"),
        ("GPU kernels", "theme:gpu-kernels"),
        ("MLSys 2025", "event:mlsys25"),
        ("OpML", "series:OpML"),
    ],
)
def test_a_survey_of_a_name_is_that_of_what_it_names(mltalks: Run, typed: str, query: str) -> None:
    for words in ([typed], typed.split()):
        result = mltalks("survey", *words, "--json")
        assert result.out == mltalks("survey", query, "--json").out
        assert f'"{typed}" is read as {query}; to search for it as text, write \'"{typed}"\'' in result.err
    text = mltalks("survey", f'"{typed}"', "--json")
    assert json.loads(text.out)["query"] == f'"{typed}"'
    assert "is read as" not in text.err


def test_a_survey_of_other_words_is_one_of_the_talks_that_say_them(mltalks: Run) -> None:
    for typed in ("katib", "google latency", "title:Google", "Google OR Meta"):
        assert "is read as" not in mltalks("survey", typed).err
