"""pyvideo, virtual sites, pretalx, frab, DBLP and RubyEvents: all values are imported or reported."""

import copy
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mltalks.dataset.schema import check
from mltalks.errors import DataError
from mltalks.exchange.importers import csl, dblp, frab, miniconf, pyvideo, rubyevents
from mltalks.exchange.mapping import convert, markup
from mltalks.exchange.readers import json_stream
from mltalks.exchange.readers.source import Draft, Source
from mltalks.problems import Problem
from tests import pyvideo_tree
from tests.linear import takes_linear_time

SAMPLES = Path(__file__).parent / "data" / "imports"
TALK = SAMPLES / "pyvideo/pycon-jp-2016/videos/1_10-deep-learning-with-python-tensorflow.json"
RUBY = SAMPLES / "rubyevents/balkanruby/balkanruby-2018/videos.yml"
IMPORTERS: list[tuple[ModuleType, Path]] = [
    (pyvideo, TALK),
    (miniconf, SAMPLES / "mlsys-2099-orals-posters.json"),
    (frab, SAMPLES / "example-days.json"),
    (dblp, SAMPLES / "dblp.json"),
    (csl, SAMPLES / "csl.json"),
    (rubyevents, RUBY),
]


# Fields whose values are kept as written if they are not understood, so that `intake` reports them.
LEFT_OUT = {"kind", "language", "date", "minutes", "doi"}


def found(importer: ModuleType, path: Path) -> tuple[list[Draft], list[Problem]]:
    """Return what an importer finds in a file or folder."""
    return sorted_out(importer.read(Source(path, None if path.is_dir() else io.BytesIO(path.read_bytes()))))


def found_in(importer: ModuleType, content: bytes) -> tuple[list[Draft], list[Problem]]:
    """Return what an importer finds in standard input; an unreadable source is a problem, too."""
    try:
        return sorted_out(importer.read(Source(Path("<stdin>"), io.BytesIO(content))))
    except DataError as error:
        return [], list(error.problems)


def sorted_out(results: Iterator[Draft | Problem]) -> tuple[list[Draft], list[Problem]]:
    drafts, problems = [], []
    for one in results:
        if isinstance(one, Draft):
            wrong = {violation.path[0] for violation in check("sessions", dict(one.fields))}
            assert wrong <= LEFT_OUT
            assert list(check("events", dict(one.event))) == []
            assert one.fields["title"] == one.name
            drafts.append(one)
        else:
            assert one.text("en") != one.text("ja")
            problems.append(one)
    return drafts, problems


def reasons(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.path.name, problem.message.text()) for problem in problems]


@pytest.mark.parametrize(("importer", "path"), IMPORTERS)
def test_each_importer_recognises_only_its_format(importer: ModuleType, path: Path) -> None:
    head = path.read_text(encoding="utf-8")[:4096]
    assert [one for one, _ in IMPORTERS if one.recognises("", head)] == [importer]
    assert [one for one, _ in IMPORTERS if one.recognises(path.name, head)] == [importer]
    own = '[{"id": "a", "event": "b", "title": "c", "speakers": [], "video": null, "date": null}]'
    assert not importer.recognises("talks.json", own)


def test_a_talk_of_pyvideo_keeps_its_facts() -> None:
    drafts, problems = found(pyvideo, TALK)
    assert problems == []
    assert drafts[0].fields == {
        "title": "Deep Learning with Python & TensorFlow",
        "speakers": [{"name": "Ian Lewis"}],
        "keywords": ["tensorflow", "deep learning"],
        "summary": "A talk on a library.\n\nAbstract\n\nHow it compares to others.",
        "slides": "https://speakerdeck.com/ianlewis/deep-learning-with-python-and-tensorflow-1",
        "video": "https://www.youtube.com/watch?v=y_zKja1p2Ys",
        "language": "en",
        "date": "2016-09-21",
        "minutes": 33,
    }
    event = {"id": "pycon-jp-2016", "name": "PyCon JP 2016", "series": "PyCon JP", "year": 2016}
    assert drafts[0].event == event


def test_a_folder_of_pyvideo_is_read_in_order_with_problems() -> None:
    drafts, problems = found(pyvideo, SAMPLES / "pyvideo")
    assert [(draft.event["id"], draft.fields.get("language")) for draft in drafts] == [
        ("chipy-2023", "en"),
        ("example-days-2024", "xx-latn"),
        ("pycon-jp-2016", "en"),
        ("pycon-jp-2016", "ja"),
        ("pydata-berlin-2018", "en"),
    ]
    assert reasons(problems) == [
        ("undated.json", "has no year, and neither does its event; add the date of the talk"),
        ("category.json", "not valid JSON: Expecting property name enclosed in double quotes"),
        ("broken.json", "not valid JSON: Unterminated string starting at"),
        ("list.json", "expected a table, found a list"),
        ("nul.json", "not valid JSON: Invalid control character at"),
        ("untitled.json", "has no title"),
    ]
    assert drafts[0].event == {"id": "chipy-2023", "name": "ChiPy 2023", "series": "ChiPy", "year": 2023}


@pytest.mark.parametrize("where", ["pyvideo", "pyvideo/chipy", "pyvideo/chipy/videos"])
def test_pyvideo_is_recognised_by_the_folder(where: str) -> None:
    assert found(pyvideo, SAMPLES / where)[0][0].event["series"] == "ChiPy"


def test_other_folders_are_not_pyvideo(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='has no "videos" folder'):
        found(pyvideo, tmp_path)


def test_no_symbolic_link_is_followed_out_of_a_folder(tmp_path: Path) -> None:
    videos = tmp_path / "tree" / "days-2024" / "videos"
    videos.mkdir(parents=True)
    (tmp_path / "secret.json").write_text('{"title": "A secret"}', encoding="utf-8")
    (videos / "a.json").symlink_to(tmp_path / "secret.json")
    (videos.parent / "category.json").symlink_to(tmp_path / "secret.json")
    (tmp_path / "tree" / "loop").symlink_to(tmp_path / "tree")
    os.mkfifo(videos / "b.json")
    (videos / "c.json").write_bytes(b" " * (pyvideo.LARGEST_FILE + 1))
    drafts, problems = found(pyvideo, tmp_path / "tree")
    assert drafts == []
    assert reasons(problems) == [
        ("loop", "is a symbolic link; symbolic links are not followed"),
        ("category.json", "is a symbolic link; symbolic links are not followed"),
        ("a.json", "is a symbolic link; symbolic links are not followed"),
        ("b.json", "is not a file"),
        ("c.json", "is larger than 4 MB, the limit for one talk"),
    ]


def test_every_file_of_a_tree_is_a_talk_or_a_problem(tmp_path: Path) -> None:
    tree = pyvideo_tree.make(tmp_path, 1000)
    drafts, problems = found(pyvideo, tmp_path)
    assert (len(drafts), len(problems)) == (tree.talks - tree.refused, tree.refused)
    assert {draft.fields["language"] for draft in drafts} == set(tree.languages)
    assert len({draft.event["series"] for draft in drafts}) == tree.events
    titles = [draft.fields["title"] for draft in drafts if draft.fields["title"] != "Keynote"]
    assert len(titles) - len(set(titles)) == tree.duplicates == 2


def test_the_rows_of_a_paper_on_a_virtual_site_become_one() -> None:
    drafts, problems = found(miniconf, SAMPLES / "mlsys-2099-orals-posters.json")
    assert drafts[0].fields == {
        "title": "A Made Up Paper on Serving",
        "kind": "paper",
        "track": "Session 7: Oral",
        "speakers": [{"name": "Ann Example", "organization": "Example University"}, {"name": "Bob Example"}],
        "keywords": ["latency", "GPUs", "Systems", "Serving"],
        "summary": "Fast & small.",
        "url": "https://mlsys.org/virtual/2099/oral/2",
        "slides": "https://mlsys.org/media/mlsys-2099/Slides/1.pdf",
        "paper": "https://openreview.net/forum?id=made-up",
        "video": "https://slideslive.com/1",
        "date": "2099-05-14T09:00-07:00",
        "minutes": 20,
    }
    assert drafts[0].event == {"name": "MLSys 2099", "series": "MLSys", "year": 2099}
    assert [draft.name for draft in drafts[1:]] == [
        "Another Made Up Paper under the Same uid",
        "A Spotlight without a uid",
    ]
    assert "url" not in drafts[1].fields  # relative to an unknown site
    assert [(one.record, one.severity) for one in problems] == [
        ("A Hidden Paper", "warning"),
        ("5", "error"),
        (None, "error"),
    ]


def test_a_schedule_gives_its_talks_without_its_breaks() -> None:
    drafts, problems = found(frab, SAMPLES / "example-days.json")
    assert drafts[0].fields == {
        "id": "aaaaaa",
        "title": "A made up talk",
        "kind": "talk",
        "track": "Serving",
        "speakers": [{"name": "Ann Example"}],
        "summary": "With some markup.",
        "url": "https://pretalx.example.org/days/talk/AAAAAA/",
        "slides": "https://pretalx.example.org/media/days/slides.pdf",
        "language": "en",
        "date": "2024-05-17T10:00+02:00",
        "minutes": 45,
        "room": "Saal 1",
    }
    assert drafts[0].event == {
        "id": "days24",
        "name": "Example Days 2024",
        "series": "Example Days",
        "year": 2024,
        "start_date": "2024-05-17",
        "end_date": "2024-05-18",
    }
    facts = [
        [draft.fields.get(name) for name in ("kind", "language", "date", "minutes")] for draft in drafts[1:]
    ]
    assert facts == [["keynote", "de", "2024-05-17T09:30", 90], ["tutorial", None, "2024-05-18", None]]
    assert [(one.record, one.message.text(), one.severity) for one in problems] == [
        ("Mittagessen", 'has the type "lunch", which is not a talk', "warning"),
        ("4", "has no title", "error"),
    ]


def test_papers_of_dblp_have_no_marks_of_dblp() -> None:
    drafts, problems = found(dblp, SAMPLES / "dblp.json")
    assert [draft.fields["title"] for draft in drafts] == [
        "Anomaly Detection in Streams with Extreme Value Theory",
        "Made Up Search & Serving...",
    ]
    assert drafts[1].fields["speakers"] == [{"name": "Jie Example"}]
    assert [draft.fields["doi"] for draft in drafts] == [
        "10.1145/3097983.3098144",
        "10.1007/978-3-000-00000-0_1",
    ]
    assert drafts[0].event == {"name": "KDD 2017", "series": "KDD", "year": 2017}
    assert [(one.record, one.severity) for one in problems] == [
        ("Proceedings of a Made Up Conference", "warning"),
        ("conf/example/Nothing", "error"),
        (None, "error"),
    ]


def test_the_talks_of_rubyevents_have_their_event_and_their_videos() -> None:
    drafts, problems = found(rubyevents, RUBY)
    assert [(draft.fields.get("kind"), draft.fields.get("video")) for draft in drafts] == [
        (None, "https://www.youtube.com/watch?v=MszdAuNTukk"),
        ("panel", None),
        (None, "https://www.youtube.com/watch?v=lpkePkbYeoI"),
        ("talk", "https://www.youtube.com/watch?v=lpkePkbYeoI"),
        (None, "https://www.youtube.com/watch?v=lpkePkbYeoI&t=270"),
    ]
    assert {draft.fields["date"] for draft in drafts} == {"2018-05-26"}
    assert drafts[4].fields["minutes"] == 6
    assert drafts[4].event == {
        "id": "balkanruby-2018",
        "name": "Balkan Ruby 2018",
        "series": "Balkan Ruby",
        "year": 2018,
        "start_date": "2018-05-25",
        "end_date": "2018-05-26",
        "location": "Sofia, Bulgaria",
        "url": "https://2018.balkanruby.com",
    }
    assert reasons(problems) == [
        ("videos.yml", "has no title"),
        ("videos.yml", "expected a table, found text"),
    ]


def test_a_series_of_meetings_of_rubyevents_is_an_event_a_year() -> None:
    drafts, problems = found(rubyevents, SAMPLES / "rubyevents/amsterdam-rb/amsterdam-rb-meetup/videos.yml")
    assert [(draft.event["id"], draft.fields["video"]) for draft in drafts] == [
        ("amsterdam-rb-meetup-2019", "https://www.youtube.com/watch?v=Yg9LapGCP4I"),
        ("amsterdam-rb-meetup-2020", "https://vimeo.com/123456789"),
    ]
    assert len(problems) == 1


def test_without_a_folder_the_talk_names_its_event() -> None:
    drafts, _ = found_in(rubyevents, RUBY.read_bytes())
    event = {"id": "balkan-ruby-2018", "name": "Balkan Ruby 2018", "series": "Balkan Ruby", "year": 2018}
    assert drafts[0].event == event
    assert found_in(pyvideo, TALK.read_bytes())[0][0].event == {}
    meetup = (SAMPLES / "pyvideo/chipy/videos/15260.json").read_bytes()
    assert found_in(pyvideo, meetup)[0][0].event["id"] == "chipy-2023"


BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "has a YAML anchor or alias (& or *); replace it with the full value"),
        ("- title: !!python/object/apply:os.system [x]\n", "has no title"),
        ("- " * 100_000 + "x", "nested too deeply to be read"),
        ("[" * 200, "nested too deeply to be read"),
        ("%TAG !a! b\n" * 9, "has a line that starts with %; remove YAML directives"),
        ("- title: a\x00b\n", "not valid YAML: control characters are not allowed"),
        ('- title: "\\ud800"\n', "not valid YAML: found invalid Unicode character escape code"),
        ("- title: 'open\n", "not valid YAML: found unexpected end of stream"),
        (
            "- [" + "[]," * 200_000 + "]",
            "contains too many empty parts to be a list of talks",
        ),
    ],
)
def test_yaml_that_is_no_list_of_talks_is_an_error(content: str, reason: str) -> None:
    drafts, problems = found_in(rubyevents, content.encode())
    assert drafts == []
    assert problems[-1].message.text() == reason


@pytest.mark.parametrize(("importer", "path"), IMPORTERS)
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{" * 99_999, b'{"results":' * 9_999]
)
def test_what_is_no_talk_at_all_is_a_problem_or_nothing(
    importer: ModuleType, path: Path, content: bytes
) -> None:
    drafts, _ = found_in(importer, content)
    assert drafts == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('<p>a < b &amp; <a href="x" title="a > b">c</a><br/>d</p>', "a < b & c\nd"),
        ("<p>Shown</p><script>if (a<b) hide()</script><style>p {}</style> again", "Shown\n again"),
        ("<!-- a <p> --><p>One</p><!-- open", "One\n<!-- open"),
        ("<p>Map<K, List<V>> &lt;b&gt; <o:p>x</o:p></p>", "Map<K, List<V>> <b> x"),
        ("List<int> &amp; x < y > z", "List<int> &amp; x < y > z"),
        ("<![CDATA[a]]> <?php ?> <!DOCTYPE html><p>b</p>", "<![CDATA[a]]> <?php ?> <!DOCTYPE html>b"),
        ("<p>open <a href='x", "open <a href='x"),
    ],
)
def test_html_is_distinguished_from_text(text: str, plain: str) -> None:
    assert markup.plain(text) == plain


@pytest.mark.parametrize(
    "part",
    ["<p", "<p>", "<a b='", '<a b="x>', "</a ", "<!--", "<!-->", "<!-- >", "<![CDATA[", "<?", "<script>", "<script></"],
)  # fmt: skip
def test_hostile_html_takes_linear_time(part: str) -> None:
    def work(length: int) -> None:
        markup.plain(part * (length // len(part)) + "<b>x</b>")

    assert takes_linear_time(work, convert.LONGEST_TEXT - 20)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    st.recursive(st.text() | st.none() | st.floats(allow_nan=False) | st.integers(), st.lists),
    st.integers(1, 9),
)
def test_json_is_the_same_in_whatever_pieces_it_is_read(value: Any, size: int) -> None:
    records = [{"a": value}, value, {"": [value, {}]}]
    for text in (json.dumps(records), json.dumps(records, indent=3, ensure_ascii=False)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_stream, "_CHUNK", size)
            content = text.encode("utf-8", "surrogatepass")
            read = json_stream.values(Source(Path("x"), io.BytesIO(content)))
            assert [record for _, record in read] == json.loads(text)


JSON_IMPORTERS = IMPORTERS[:4]
SCALARS: list[Any] = [
    None,
    True,
    -1,
    1e308,
    float("inf"),
    10**400,
    "",
    "\ud800",
    "a\0b",
    "9" * 60,
    "99:99",
    "2024-13-01",
]
ADDRESSES = [
    "//x",
    "/x",
    "http://[",
    "https://doi.org/10.1/x y",
    "javascript:alert(1)",
    "https://a\u2028b.example",
]
NESTED: list[Any] = [[], {}, [[]], [None, {}], {"url": []}, {"text": {}}, {"en": {}}]
LONG = ["-" * 5000, "[" * 5000, "`*" * 2000, "<a" * 2000]
ODD = st.sampled_from([*SCALARS, *ADDRESSES, *NESTED, *LONG])


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each place of a JSON value: what holds it, and its key or index."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    own = [(value, key) for key, _ in pairs]
    return own + [place for container, key in own for place in places(container[key])]


@pytest.mark.parametrize(("importer", "path"), JSON_IMPORTERS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_values_of_any_type_give_drafts_or_problems(
    importer: ModuleType, path: Path, data: st.DataObject
) -> None:
    record = copy.deepcopy(LOADED[path])
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(record)))
        if isinstance(container, dict) and data.draw(st.booleans()):
            del container[key]
        else:
            container[key] = copy.deepcopy(data.draw(ODD))
        if not places(record):
            break
    found_in(importer, json.dumps(record).encode())


LOADED = {path: json.loads(path.read_text(encoding="utf-8")) for _, path in JSON_IMPORTERS}


@pytest.mark.parametrize(("importer", "path"), IMPORTERS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_damaged_bytes_give_drafts_or_problems(importer: ModuleType, path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"\0", b"\xff", b"&a ", b"*a", b"!!", b": ", b"\n  - ", b'"', b"[", b"}", b""])
        )
        content[at : at + data.draw(st.integers(0, 40))] = piece
        if not content:
            break
    found_in(importer, bytes(content))
