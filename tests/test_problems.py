"""Problems of data files: all at once, each with its place, never a traceback."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
from hypothesis import given, strategies as st

from mltalks.dataset.files import content_of
from mltalks.dataset.loader import read
from mltalks.dataset.toml.lexer import is_record, keys, outline, tokens
from mltalks.dataset.toml.lines import DEEPEST, positions
from tests.conftest import ROOT, Run

pytestmark = pytest.mark.excerpt

BROKEN = """\
[[sessions]]
id = "x"
event = "opml19"
title = 3
kind = "talk"
[[sessions]]
id = "x"
evnt = "opml19"
themes = [
  "automl",
  "autml",
]
speakers = [
  { name = "Speaker One" },
  { nme = "Speaker Two" },
]
slides = "javascript:alert(1)"
"""


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_another_word_for_a_table_suggests_that_table(mltalks: Run, tmp_path: Path) -> None:
    file = write(
        tmp_path / "own.toml", '[[committees]]\nname = "Ada"\n[[talks]]\nid = "a"\n[[event]]\nid = "a"\n'
    )
    assert [line.partition(": ")[2] for line in mltalks("validate", str(file)).out.splitlines()] == [
        'unknown table "committees"; did you mean "members"?',
        'unknown table "talks"; did you mean "sessions"?',
        'unknown table "event"; did you mean "events"?',
    ]


def test_every_problem_is_listed_with_file_line_record_and_field(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "broken.toml", BROKEN)
    result = mltalks("validate", str(file))
    assert result.code == 3
    assert result.out.splitlines() == [
        f"{file}:4: x: title: expected text, found a number",
        f'{file}:7: x: id: "x" is already defined at {file}:1; rename one of them',
        f'{file}:8: x: evnt: unknown field "evnt"; did you mean "event"?',
        f'{file}:11: x: themes[1]: no theme "autml"; did you mean "automl"?',
        f'{file}:15: x: speakers[1].nme: unknown field "nme"; did you mean "name"?',
        f"{file}:15: x: speakers[1]: a speaker needs a name",
        f'{file}:17: x: slides: "javascript:alert(1)" is not a link; it must start with https:// or http://',
    ]
    assert "7 errors, 0 warnings" in result.err


def test_problems_as_json_hold_the_same(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "broken.toml", BROKEN)
    problems = json.loads(mltalks("validate", str(file), "--json").out)
    assert [problem["line"] for problem in problems] == [4, 7, 8, 11, 15, 15, 17]
    assert problems[3]["nearest"] == ["automl"]
    assert {problem["severity"] for problem in problems} == {"error"}


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("[[sessions]]\nid = \n", 2, "not valid TOML"),
        (b'[[sessions]]\nid = "a\xff"\n', 2, "not UTF-8"),
        ("sessions = 3\n", 1, "expected records"),
        ("sessions = [1, 2]\n", 1, "expected records"),
        ("[[sesions]]\nid = 'x'\n", 1, 'unknown table "sesions"; did you mean "sessions"'),
        ("\n\nx = " + "[" * 10_000 + "]" * 10_000, None, "nested too deeply"),
        ("[[events]]\nid='a b'\nname='A'\nseries='A'\nyear=2020\n", 2, "not an id"),
        ("[[events]]\nid='e'\nname='A'\nseries='A'\nyear='2020'\n", 5, "expected a year, found text"),
        ("[[events]]\nid='e'\nname='A'\nseries='A'\nyear=20\n", 5, "20 is not a year"),
        ("[[events]]\nid='e'\nname='A'\nseries='A'\nyear=2020\nstart_date=2020-01-01\n", 6, "not a date"),
        ("[[themes]]\nid='t'\nlabel={}\n", 3, "a label needs text"),
        ("[[themes]]\nid='t'\nlabel={en='T'}\nbroader='t'\n", 4, "the chain leads back to itself: t -> t"),
        (
            "[[themes]]\nid='t'\nlabel={en='T'}\nbroader='u'\n[[themes]]\nid='u'\nlabel={en='U'}\nbroader='t'\n",
            4,
            "the chain leads back to itself: t -> u -> t",
        ),
        ("[[themes]]\nid='t'\nlabel={en='T'}\nbroader='u'\n", 4, 'no theme "u"'),
        (
            "[[organizations]]\nname='N'\nkind='company'\naliases=['MS']\n",
            4,
            '"MS" is already a name of Microsoft',
        ),
        ("[[organizations]]\nname='N'\nkind='compny'\n", 3, "is not one of company"),
        ("[[members]]\nevent='nosuch'\nrole='Chair'\nname='Speaker One'\n", 2, 'no event "nosuch"'),
        ("[[sessions]]\nid='s'\nevent='opml19'\ntitle=''\nkind='talk'\n", 4, "is empty"),
        (
            "[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nslides_public='no'\n",
            6,
            "expected true or false",
        ),
        (
            "[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nkeywords='k'\n",
            6,
            "expected a list of texts",
        ),
        ("[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nurl='http://[x'\n", 6, "not a link"),
    ],
)
def test_each_kind_of_problem_has_its_place(
    mltalks: Run, tmp_path: Path, content: str | bytes, line: int | None, says: str
) -> None:
    file = write(tmp_path / "own.toml", content)
    result = mltalks("validate", str(file))
    assert result.code == 3
    assert "Traceback" not in result.err
    place = f"{file}:{line}: " if line else f"{file}: "
    assert any(one.startswith(place) and says in one for one in result.out.splitlines()), result.out
    other = mltalks("search", "latency", "--data", str(file))
    assert other.code == 3
    assert other.out == ""
    (message,) = other.err.splitlines()
    assert message.startswith("mltalks: error: ")
    assert "mltalks validate" in message


def test_a_path_that_is_no_file_is_an_error_of_one_line(mltalks: Run, tmp_path: Path) -> None:
    empty_folder = tmp_path / "empty"
    empty_folder.mkdir()
    folder = tmp_path / "folder.toml"
    (folder / "inner.toml").mkdir(parents=True)
    for path, says in [
        (tmp_path / "missing.toml", "No such file"),
        (empty_folder, "this folder has no TOML file"),
        (folder, "Is a directory"),
    ]:
        for result in (mltalks("list", "--data", str(path)), mltalks("validate", str(path))):
            assert result.code == 3, path
            assert says in result.out + result.err
            assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_a_pipe_or_a_device_is_refused_and_never_waited_for(mltalks: Run, tmp_path: Path, name: str) -> None:
    if name == "pipe":
        name = str(tmp_path / "pipe")
        os.mkfifo(name)
    for arguments in (
        ("list", "--data", name), ("list", "--themes", name), ("import", name), ("classify", name), ("validate", name),
    ):  # fmt: skip
        result = mltalks(*arguments)
        assert result.code == 3
        assert f"{name}: cannot be read: not a regular file" in result.err + result.out
    own = tmp_path / ".local/share/mltalks/sessions.toml"
    own.parent.mkdir(parents=True)
    os.mkfifo(own)
    assert "not a regular file" in mltalks("list").err


def test_what_a_shell_hands_over_is_read() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"[[events]]\n")
    os.close(write_end)
    assert content_of(Path(f"/dev/fd/{read_end}")) == b"[[events]]\n"
    assert content_of(Path(os.devnull)) == b""
    os.close(read_end)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_an_error_of_one_line(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "own.toml", "")
    file.chmod(0)
    result = mltalks("list", "--data", str(file))
    assert (result.code, "Permission denied" in result.err) == (3, True)


def test_an_empty_file_is_no_problem(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "own.toml", "")
    assert mltalks("validate", str(file)).code == 0
    assert mltalks("list", "event:opml20", "--data", str(file)).code == 0


def test_an_organization_that_is_not_listed_is_a_warning_and_counts_as_printed(
    mltalks: Run, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "own.toml",
        "[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\norganizations=['Unlisted Works']\n",
    )
    result = mltalks("validate", str(file))
    assert result.code == 0
    assert (
        result.out
        == f'{file}:6: s: organizations[0]: "Unlisted Works" is not in organizations.toml; its sessions are counted under this spelling\n'
    )
    assert mltalks("by-company", "unlisted works", "--data", str(file), "-o", "ids").out == "s\n"


def test_user_data_override_shipped_data(mltalks: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(own / "talks.toml", "[[sessions]]\nid='opml19-katib'\nvideo='https://example.org/v'\n")
    write(own / "more.toml", "[[sessions]]\nid='mine'\nevent='opml19'\ntitle='My own talk'\nkind='talk'\n")
    env = {"MLTALKS_DATA": str(own)}
    katib = json.loads(mltalks("show", "opml19-katib", "--json", env=env).out)
    assert katib["video"] == "https://example.org/v"
    assert katib["title"].startswith("Katib")
    assert mltalks("search", "my own talk", "-o", "ids", env=env).out.split()[0] == "mine"
    assert "mine" not in mltalks("list", "-o", "ids").out


def test_problems_are_printed_in_japanese(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "own.toml", "[[sessions]]\nid='s'\nevnt='opml19'\n")
    out = mltalks("validate", str(file), env={"LANG": "ja_JP.UTF-8"}).out
    assert "「evnt」という項目はありません。もしかして: 「event」" in out


KEYS = st.sampled_from(["a", "b-c", '"q.k"', "'x y'"])
SCALARS = st.sampled_from(
    [
        "1",
        "-2.5",
        "true",
        '"s # ] ,"',
        "'l\\'",
        '"""m\n"" \\" # ]"""',
        "'''m\n]'''",
        '""',
        "2020-01-01",
        "0x1F",
        "inf",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(
            lambda items: "[\n" + "".join(f" {item}, # c ]\n" for item in items) + "]"
        ),
        st.lists(inner, min_size=1, max_size=2).map(
            lambda items: "{ " + ", ".join(f"k{i} = {item}" for i, item in enumerate(items)) + " }"
        ),
    ),
    max_leaves=6,
)


TREES = st.recursive(
    st.just(None),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.lists(KEYS, min_size=1, max_size=2)


@given(
    st.lists(st.tuples(st.booleans(), NAMES, st.lists(st.tuples(NAMES, TREES), max_size=3)), max_size=4),
    st.data(),
)
def test_each_value_of_any_document_has_the_line_on_which_it_is_written(
    tables: list[tuple[bool, list[str], list[tuple[list[str], object]]]], data: st.DataObject
) -> None:
    number = 0

    def written(value: object) -> str:
        nonlocal number
        breaks = st.sampled_from(["", " ", "\n  ", " # ] }\n", "\r\n"])
        if isinstance(value, list):
            return (
                "["
                + "".join(f"{data.draw(breaks)}{written(one)}{data.draw(breaks)}," for one in value)
                + "\n]"
            )
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + "}"
        number += 1
        odd = st.sampled_from(
            ['"N, ] # }"', "'[N]'", '"""\n[N]\n"""', "N", "1979-05-27 07:32:00.N", '"\\"N = \\\\"']
        )
        return data.draw(odd).replace("N", str(100_000 + number))

    text = ""
    for array, names, pairs in tables:
        header = data.draw(st.sampled_from([".", " . "])).join(names)
        text += f" [[{header}]] # [a]\n" if array else f"[ {header} ]\n"
        text += "".join(f"{'.'.join(key)} = {written(value)} # b\n" for key, value in pairs)
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return  # a table or key twice
    found = positions(text)
    lines = text.split("\n")
    paths = dict(paths_of(document))
    assert found.keys() <= paths.keys()
    for path, value in paths.items():
        if len(path) <= DEEPEST and not isinstance(value, dict | list):
            line = found[path] - 1
            mark = re.search(r"1\d{5}", str(value))
            assert mark
            assert mark[0] in lines[line] + lines[line + 1] * lines[line].endswith('"""')
    headers = [(array, tuple(one.strip("\"'") for one in names)) for array, names, _ in tables]
    assert headers == [
        (is_record(text, token), keys(text[token.start : token.end]))
        for token in outline(text)
        if token.kind == "header"
    ]


@pytest.mark.parametrize("text", ['"""' + '\n\\"""' * 100_000, 'a = "' + '\\"' * 100_000, "[a" * 100_000])
def test_a_text_that_is_no_toml_is_scanned_once(text: str) -> None:
    assert sum(1 for _ in outline(text)) <= 1
    assert sum(1 for _ in tokens(text)) <= 200_000


def paths_of(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], object]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key), one
        yield from paths_of(one, (*path, key))


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4), st.integers(1, 3))
def test_every_value_of_a_toml_document_has_its_line(pairs: list[tuple[str, str]], tables: int) -> None:
    unique = list(dict(pairs).items())
    text = "# head\n" + "".join(
        "[[t]]\n" + "".join(f"{key} = {value} # end\n\n" for key, value in unique) + f"marker = {n}\n"
        for n in range(tables)
    )
    document = tomli.loads(text)
    found = positions(text)
    lines = text.split("\n")
    for n, table in enumerate(document["t"]):
        assert lines[found["t", n] - 1] == "[[t]]"
        assert lines[found["t", n, "marker"] - 1] == f"marker = {n}"
        assert {path[2] for path in found if path[:2] == ("t", n) and len(path) > 2} == set(table)
        for key, value in table.items():
            if isinstance(value, list):
                assert sum(path[:3] == ("t", n, key) and len(path) == 4 for path in found) == len(value)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (
            f"[[sessions]]\nid='s'\nevent='opml19'\ntitle={'9' * 10_000}\nkind='talk'\n",
            None,
            "too many digits",
        ),
        (f"[[events]]\nid='e'\nname='E'\nseries='E'\nyear=0x{'f' * 10_000}\n", 5, "… is not a year"),
        ("[[terms]]\nen=[]\n", 2, "is empty; write at least one text"),
        ("[[events]]\nid='e'\nname='E'\nseries='E'\nyear=2019\nend_date='2019-W05-1'\n", 6, "not a date"),
        ("[[events]]\nid='e'\nname='E'\nseries='E'\nyear=2019\nend_date='20190520'\n", 6, "not a date"),
        (
            "[[sessions]]\nid='s'\nevent='opml19'\ntitle='T'\nkind='talk'\nthemes=['aiops', 'aiops']\n",
            6,
            'themes[1]: lists "aiops" twice',
        ),
        (
            "[[sessions]]\nid='OPML19-Katib'\nevent='opml19'\ntitle='T'\nkind='talk'\n",
            2,
            '"opml19-katib" differs from this only',
        ),
        ("[[organizations]]\nname='google'\nkind='company'\n", 2, '"google" is already a name of Google'),
        (
            '[[sessions]]\n"i\\u0064"="s"\nevent="opml19"\ntitle="T"\nkind="talk"\n\n"ev\\u0065nts"="x"\n',
            7,
            "events",
        ),
    ],
)
def test_odd_values_have_their_place_and_no_traceback(
    mltalks: Run, tmp_path: Path, content: str, line: int | None, says: str
) -> None:
    test_each_kind_of_problem_has_its_place(mltalks, tmp_path, content, line, says)


def test_a_control_character_in_a_name_is_a_warning(mltalks: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "own.toml", '[[organizations]]\nname = "Odd\\tWorks"\nkind = "company"\n')
    result = mltalks("validate", str(file))
    assert result.code == 0
    assert "organizations" not in result.err
    assert result.out.startswith(f"{file}:2: Odd Works: name: contains a tab")
    assert "0 errors, 1 warning" in result.err


def test_a_too_long_file_name_is_an_error_of_one_line(mltalks: Run, tmp_path: Path) -> None:
    long = str(tmp_path / ("x" * 300 + ".toml"))
    for result in (mltalks("validate", long), mltalks("list", "--data", long)):
        assert result.code == 3
        assert "File name too long" in result.out + result.err
        assert "Traceback" not in result.err
    result = mltalks("list", "event:opml20", env={"MLTALKS_DATA": long})
    assert (result.code, "Traceback" in result.err) == (0, False)


@pytest.mark.slow
def test_an_invalid_file_is_one_problem_and_not_one_for_each_reference_to_it(
    mltalks: Run, tmp_path: Path
) -> None:
    for name in ("events", "themes", "organizations", "sessions"):
        own = tmp_path / name
        own.mkdir()
        for file in (ROOT / "data").glob("*.toml"):
            write(own / file.name, file.read_bytes() + (b"x = [\n" if file.stem == name else b""))
        data = read([sorted(own.glob("*.toml"))])
        found = [problem.path.name for problem in data.problems if problem.path.name != "tallies.toml"]
        assert found == [f"{name}.toml"]  # organizations of shipped tallies are unknown on purpose
    write(own / "broken.toml", b"x = [\n[[themes]]\n[[events]]\n[[sessions]]\n[[organizations]]\n")
    lines = mltalks("validate", "--data", str(own)).out.splitlines()
    assert all("not valid TOML" in line for line in lines[:2])


def test_values_of_a_message_are_in_its_language(mltalks: Run, tmp_path: Path) -> None:
    file = write(
        tmp_path / "own.toml", "[[sessions]]\nid='s'\nevent='opml19'\ntitle=2020-01-01\nkind='talk'\n"
    )
    japanese = {"LANG": "ja_JP.UTF-8"}
    assert (
        "型が違います（必要: 文字列、実際: 日付または時刻）"
        in mltalks("validate", str(file), env=japanese).out
    )
    assert "型が違います（必要: 文字列" in mltalks("list", "--data", str(file), env=japanese).err
    assert "1 error, 0 warnings" in mltalks("validate", str(file)).err
    assert (
        "1 file checked, no problems found\n" in mltalks("validate", str(write(tmp_path / "e.toml", ""))).err
    )


def test_the_second_record_of_an_id_is_one_problem(mltalks: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    record = '[[sessions]]\nid = "opml19-katib"\n'
    file.write_text(f'{record}tags = ["soup"]\n{record}note = "again"\n', encoding="utf-8")
    result = mltalks("validate", str(file))
    assert "1 error" in result.err
    assert '"opml19-katib" is already defined at' in result.out
