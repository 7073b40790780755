"""Bibliographies as the programs of other people write them: what a user has after the import, and what is reported."""

import re
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import rispy
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from mltalks.dataset.model import Session, Speaker
from mltalks.exchange.exporters import bibtex as to_bibtex, markdown as to_markdown, ris as to_ris
from mltalks.exchange.exporters.exporter import Context
from mltalks.exchange.importers import bibtex, ris
from mltalks.exchange.readers.source import Draft
from tests.conftest import Result, Run
from tests.foreign import found, texts

pytestmark = pytest.mark.excerpt


def imported(mltalks: Run, folder: Path, name: str, text: str, *more: str) -> tuple[Result, dict[str, Any]]:
    """Import a text as a file; return the result and the user's data."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    result = mltalks("import", str(file), *more)
    own = folder / ".local/share/mltalks/sessions.toml"
    return result, tomllib.loads(own.read_text(encoding="utf-8")) if own.exists() else {}


def values(text: str, *fields: str) -> list[Any]:
    """Return some fields of each entry of a conference, given by the fields of BibTeX that differ."""
    drafts, problems = found(bibtex, text)
    assert problems == []
    return [[draft.fields.get(field) for field in fields] for draft in drafts]


def of_entry(said_of_it: str, *fields: str) -> list[Any]:
    (only,) = values(f"@inproceedings{{k, booktitle = {{Conf 2020}}, year = 2020, {said_of_it}}}", *fields)
    return list(only)


VOLUMES = """\
@inproceedings{vega21, author = {Vega, Nia and Loom, Per}, title = {Warm Shards}, crossref = {ShardDays21}, pages = {1--9},}
@inproceedings{, title = {Cold Shards}, crossref = {sharddays21}}
@proceedings{sharddays21,
  title = {Proceedings of ShardDays}, subtitle = {Second Volume}, booktitle = {Proceedings of ShardDays 2021},
  year = 2021, editor = {Quill, Ola}, doi = {10.5555/volume}, publisher = {Springer}, address = {Cham},
}
@inproceedings{moss23, title = {Mossy Caches}, xdata = {moss}}
@xdata{moss, booktitle = {MossConf}, date = {2023-05-02}, eventdate = {2023-05-01/2023-05-03}, venue = {Oslo}}
@incollection{fern, title = {A Chapter}, crossref = {handbook}}
@book{handbook, title = {Handbook of Ferns}, year = 2004, publisher = {Pine}, address = {Hilltown, NJ}}
@inproceedings{lost, title = {Without a Volume}, crossref = {nowhere}, booktitle = {LostConf 2020}, year = 2020}
"""


def test_an_entry_takes_over_from_its_volume_which_is_no_talk(mltalks: Run, tmp_path: Path) -> None:
    result, data = imported(mltalks, tmp_path, "volumes.bib", VOLUMES)
    assert (result.code, result.err.splitlines()[:2]) == (
        0,
        [
            f'mltalks: {tmp_path}/volumes.bib:3: sharddays21: has the type "proceedings", which is not a talk',
            f'mltalks: {tmp_path}/volumes.bib:10: handbook: has the type "book", which is not a talk',
        ],
    )
    names = {event["id"]: event["name"] for event in data["events"]}
    assert [(one["title"], names[one["event"]], one.get("doi")) for one in data["sessions"]] == [
        ("Warm Shards", "Proceedings of ShardDays 2021", None),
        ("Cold Shards", "Proceedings of ShardDays 2021", None),
        ("Mossy Caches", "MossConf 2023", None),
        ("A Chapter", "Handbook of Ferns 2004", None),
        ("Without a Volume", "LostConf 2020", None),
    ]
    assert [event.get("location") for event in data["events"]] == [None, "Oslo", None, None]
    assert data["events"][1]["end_date"] == "2023-05-03"


def test_volumes_that_take_over_from_each_other_end() -> None:
    ring = "".join(
        f"@book{{v{one}, title = {{V}}, crossref = {{v{(one + 1) % 5000}}}}}\n" for one in range(5000)
    )
    drafts, problems = found(bibtex, ring + "@misc{k, title = {T}, crossref = {v0}}")
    assert ([one.fields["title"] for one in drafts], len(problems)) == (["T"], 5000)


KEYS = """\
@article{, author = {Ruiz, Lea}, title = {Notes on Ledgers}, journal = {Log Letters}, year = {2018}}
@article{
  author = {Ng, Tom}, title = {Notes on Leases}, journal = {Log Letters}, year = {2018}}
@article{Ng 2018, title = {Notes on Locks},, journal = {Log Letters}, year = {2018}, abstract = ,}
@article{NG18, title = {Notes on Logs}, journal = {Log Letters}, year = {2018}}
@article{ng18, title = {Notes on Loops}, journal = {Log Letters}, year = {2018}}
% @article{old, title = {Left aside}, journal = {Log Letters}, year = {2018}}
"""


def test_keys_may_be_missing_or_differ_in_case(mltalks: Run, tmp_path: Path) -> None:
    result, data = imported(mltalks, tmp_path, "keys.bib", KEYS)
    assert (result.code, len({one["id"] for one in data["sessions"]})) == (0, 5)
    assert [one["title"] for one in data["sessions"]] == [
        f"Notes on {what}" for what in ("Ledgers", "Leases", "Locks", "Logs", "Loops")
    ]


def test_a_missing_comma_is_reported_and_no_value_runs_into_another() -> None:
    drafts, problems = found(
        bibtex,
        "@inproceedings{k1,\n  title = {One}\n  author = {Fern, Ann}\n  year = 2020\n  booktitle = {Conf 2020}}\n"
        "@inproceedings{k2\n  title = {Two}, year = 2020}\n@inproceedings{k3, title = Not in braces, year = 2020}\n",
    )
    assert [(one.fields["title"], one.fields.get("speakers")) for one in drafts] == [
        ("One", [{"name": "Ann Fern"}]),
        ("Two", None),
    ]
    assert drafts[0].event == {"name": "Conf 2020", "year": 2020}
    assert texts(problems) == [
        "in:1: k1: a comma is missing after title",
        "in:6: k2: a comma is missing after k2",
        "in:8: k3: is not closed, or a comma or = is missing; it is left out",
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"$\ell_1$-Sparse Nets in $O(\log n)$ Steps", "ℓ_1-Sparse Nets in O(log n) Steps"),
        (r"$\varepsilon$-Soft with $\sqrt{T}$ Loss, $\Theta(n)$ Memory", "ε-Soft with √T Loss, Θ(n) Memory"),
        (r"$\frac{1}{2}$, $\frac{\alpha}{\beta+1}$ and $\sqrt{n \log n}$", "1/2, α/(β+1) and √(n log n)"),
        (
            r"$k\geq3$, $x\in S$, $\nabla f\neq0$, $\hat{x}_{i,j}$, $2^{n+1}$",
            "k≥3, x∈S, ∇f≠0, x̂_(i,j), 2^(n+1)",
        ),
        (r"\textmu{}Serve, {\Gamma}-Nets, Type\hyphen Safe", "μServe, Γ-Nets, Type-Safe"),
        (r"100\% of \emph{A}\_B \& {C}\# \mine{x}", "100% of A_B & C# \\mine x"),
        (r"CO<sub>2</sub> of <i>batch</i> jobs &amp; queues", "CO2 of batch jobs & queues"),
        (r"if $a<b$ and $c>d$", "if a<b and c>d"),
        (r"of {\textless}i{\textgreater}x{\textless}/i{\textgreater}", "of x"),
    ],
)
def test_a_title_says_in_unicode_what_latex_and_html_say(written: str, title: str) -> None:
    assert of_entry(f"title = {{{written}}}", "title") == [title]


def test_a_subtitle_belongs_to_the_title() -> None:
    assert of_entry("title = {Drift}, subtitle = {a second look}", "title") == ["Drift: a second look"]
    assert of_entry("title = {Drift?}, subtitle = {No.}", "title") == ["Drift? No."]


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/ab.7", "DOI: 10.5555/ab.7", "doi.org/10.5555/ab.7", "https://www.doi.org/10.5555/ab.7", "http://doi.acm.org/10.5555/ab.7",
        r"https://dx.doi.org/10.5555\%2Fab.7", "https://doi-org.proxy.example/10.5555/ab.7", "https://dl.example.org/doi/abs/10.5555/ab.7",
    ],
)  # fmt: skip
def test_a_doi_is_read_behind_any_resolver(written: str) -> None:
    assert of_entry(f"title = {{T}}, doi = {{{written}}}", "doi") == ["10.5555/ab.7"]


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("USenglish", "en"),
        ("ngerman", "de"),
        ("brazilian", "pt-br"),
        ("french", "fr"),
        ("ja", "ja"),
        ("Finnish", "fi"),
    ],
)
def test_languages_have_the_names_of_babel(written: str, language: str) -> None:
    assert of_entry(f"title = {{T}}, langid = {{{written}}}", "language") == [language]


def test_values_that_are_not_understood_are_reported(mltalks: Run, tmp_path: Path) -> None:
    text = "@inproceedings{k, title={T}, booktitle={C 2020}, year=2020, doi={see text}, language={Old Norse?}, date={in spring}}"
    result, data = imported(mltalks, tmp_path, "odd.bib", text)
    assert result.code == 0
    for field in ("doi", "language", "date"):
        assert f"odd.bib:1: k: {field}: " in result.err
    assert data["sessions"][0].keys() == {"id", "event", "title", "kind"}


@pytest.mark.parametrize(
    ("kind", "said_of_it", "place"),
    [
        ("incollection", "publisher = {Pine}, address = {Hilltown, NJ}", None),
        ("article", "address = {New York, NY, USA}", None),
        ("inproceedings", "publisher = {Association}, address = {New York, NY, USA}", None),
        ("inproceedings", "publisher = {Association}, address = {Santa Clara, CA}", "Santa Clara, CA"),
        ("inproceedings", "publisher = {P}, address = {New York, NY, USA}, location = {Oslo, Norway}", "Oslo, Norway"),
        ("article", "venue = {Oslo}", "Oslo"),
    ],
)  # fmt: skip
def test_where_a_publisher_sits_is_no_place_of_an_event(
    kind: str, said_of_it: str, place: str | None
) -> None:
    (draft,), _ = found(
        bibtex, f"@{kind}{{k, title = {{T}}, booktitle = {{B}}, journal = {{J}}, {said_of_it}}}"
    )
    assert draft.event.get("location") == place


def of_record(said_of_it: str, reference: str = "CPAPER") -> Draft:
    (only,), problems = found(
        ris, f"TY  - {reference}\nTI  - T\nT2  - Shard Days\nPY  - 2021\n{said_of_it}\nER  - \n"
    )
    assert problems == []
    return only


@pytest.mark.parametrize(
    ("said_of_it", "field", "value"),
    [
        ("AU  - Moss, Ivy\nA2  - Dorn, Karl\nA3  - Elm, Wren\nA4  - Oak, Lin\nED  - Ash, Bo", "speakers", ["Ivy Moss"]),
        ("A1  - Moss, Ivy\nAU  - Elm, Wren\nA1  - Oak, Lin", "speakers", ["Ivy Moss", "Wren Elm", "Lin Oak"]),
        ("AU  - Moss, Ivy; Elm, Wren\nA1  - Moss, Ivy", "speakers", ["Ivy Moss", "Wren Elm"]),
        ("AB  - Drift between shards.\nN2  - Drift  between shards.", "summary", "Drift between shards."),
        ("N2  - Drift between\nAB  - Drift between shards.", "summary", "Drift between shards."),
        ("AB  - One.\nN2  - Two.", "summary", "One.\nTwo."),
        ("KW  - Loom, Ada\nKW  - a; b\nKW  - c\nd", "keywords", ["Loom, Ada", "a", "b", "c", "d"]),
        ("DO  - doi:10.5555/ab.7", "doi", "10.5555/ab.7"),
        ("TI  - Other", "title", "T"),
    ],
)  # fmt: skip
def test_each_tag_of_ris_means_what_it_does_in_reference_managers(
    said_of_it: str, field: str, value: Any
) -> None:
    found = of_record(said_of_it).fields[field]
    assert ([one["name"] for one in found] if field == "speakers" else found) == value


def test_the_title_and_the_abstract_of_ris_may_have_html() -> None:
    (draft,), _ = found(
        ris, "TY  - JOUR\nTI  - CO<sub>2</sub> &amp; heat\nAB  - <p>Less.</p>\nJO  - A &amp; B\nER  - \n"
    )
    assert (draft.fields["title"], draft.fields["summary"], draft.event["name"]) == (
        "CO2 & heat",
        "Less.",
        "A & B",
    )


@pytest.mark.parametrize(
    ("reference", "said_of_it", "place"),
    [
        ("CHAP", "CY  - Berlin", None),
        ("CONF", "PB  - Birch\nCY  - Hilltown", None),
        ("CPAPER", "CY  - Oslo", "Oslo"),
        ("SLIDE", "CY  - Oslo", "Oslo"),
    ],
)  # fmt: skip
def test_where_a_publisher_of_ris_sits_is_no_place_of_an_event(
    reference: str, said_of_it: str, place: str | None
) -> None:
    assert of_record(said_of_it, reference).event.get("location") == place


def test_ris_with_one_space_is_read_and_a_volume_is_no_talk() -> None:
    text = "TY - JOUR\nTI - Pasted\nAU - Poe, Al\nAB - Of AB\nAB-tests.\nER -\nTY  - BOOK\nTI  - Handbook\nER  - \n"
    (draft,), problems = found(ris, text)
    assert draft.fields == {"title": "Pasted", "kind": "paper", "speakers": [{"name": "Al Poe"}], "summary": "Of AB\nAB-tests."}  # fmt: skip
    assert texts(problems) == ['in:7: Handbook: has the type "BOOK", which is not a talk']


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("refs.ris", "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Looms\nER\n", "is in a format of Web of Science; "),
        ("refs.enw", "%0 Conference Paper\n%T Looms\n", "is in a format of EndNote; export it there as RIS or BibTeX"),
        ("refs.nbib", "\nPMID- 123\nTI  - Looms\n", "is in a format of PubMed; "),
        ("refs.ris", "Looms and shards\n", 'has no line "TY  - ", which begins a record of RIS'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_ris_is_an_error_and_leaves_nothing(
    mltalks: Run, tmp_path: Path, name: str, text: str, reason: str
) -> None:
    result, data = imported(mltalks, tmp_path, name, text, "--event", "Refs 2024")
    assert (result.code, data) == (3, {})
    assert reason in result.err


def people_of(written: str) -> list[dict[str, str]]:
    people: list[dict[str, str]] = of_entry(f"title = {{T}}, author = {{{written}}}", "speakers")[0]
    return people


@pytest.mark.parametrize(
    ("written", "name", "family"),
    [
        ("Garcia Molina, Hector", "Hector Garcia Molina", "Garcia Molina"),
        ("Hector {Garcia Molina}", "Hector Garcia Molina", "Garcia Molina"),
        ("Daum{\\'e} III, Hal", "Hal Daumé III", None),
        ("King, Jr., Martin L.", "Martin L. King Jr.", None),
        ("van der Berg, Jan", "Jan van der Berg", None),
        ("family=Berg, given=Jan, prefix=van der, useprefix=true", "Jan van der Berg", None),
        ("{Fox, Inc.}", "Fox, Inc.", None),
        ("Fox, Ann", "Ann Fox", None),
    ],
)
def test_a_family_name_of_several_words_is_kept(written: str, name: str, family: str | None) -> None:
    assert people_of(written) == [{"name": name} | ({"family": family} if family else {})]


NAMES = [
    # (the name, its family name if known, what pybtex reads: first, prelast, last, lineage; what RIS has)
    ("Martin L. King Jr.", None, ("Martin L.", "", "King", "Jr."), "King, Martin L., Jr."),
    ("Hal Daumé III", None, ("Hal", "", "Daumé", "III"), "Daumé, Hal, III"),
    ("Hector Garcia Molina", "Garcia Molina", ("Hector", "", "Garcia Molina", ""), "Garcia Molina, Hector"),
    ("Hector Garcia Molina", None, ("Hector Garcia", "", "Molina", ""), "Molina, Hector Garcia"),
    ("Jan van der Berg", None, ("Jan", "van der", "Berg", ""), "van der Berg, Jan"),
    ("Acme Research and Tools", None, ("", "", "{Acme Research and Tools}", ""), "Acme Research and Tools"),
    ("Fern Labs", None, ("", "", "{Fern Labs}", ""), "Fern Labs"),
    ("Fox, Inc.", None, ("", "", "{Fox, Inc.}", ""), "Fox, Inc."),
    ("山田 太郎", None, ("太郎", "", "山田", ""), "山田, 太郎"),
    ("Zoë Ünal", None, ("Zoë", "", "Ünal", ""), "Ünal, Zoë"),
    ("Fern", None, ("", "", "Fern", ""), "Fern"),
]


@pytest.mark.parametrize(("name", "family", "parts", "in_ris"), NAMES)
def test_last_names_go_out_right_and_come_back(
    name: str, family: str | None, parts: tuple[str, str, str, str], in_ris: str
) -> None:
    speaker = Speaker(name, family=family)
    session = Session("a", "e", "E", 2024, "T", "paper", speakers=(speaker,))
    text = "".join(to_bibtex.write([session], Context()))
    (person,) = parse_string(text, "bibtex").entries["a"].persons["author"]
    read = (
        person.first_names + person.middle_names,
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    assert tuple(map(" ".join, read)) == parts
    reference = "".join(to_ris.write([session], Context()))
    assert rispy.loads(reference.replace("\r\n", "\n"))[0]["authors"] == [in_ris]
    for importer, written in ((bibtex, text), (ris, reference)):
        (draft,), _ = found(importer, written)
        assert draft.fields["speakers"] == [{"name": name} | ({"family": family} if family else {})]


def test_a_family_name_stays_through_all_that_keeps_sessions(mltalks: Run, tmp_path: Path) -> None:
    text = "@misc{gm, title={T}, author={Garcia Molina, Hector}, howpublished={Talk at NameConf 2021}}"
    imported(mltalks, tmp_path, "names.bib", text)
    for form in ("toml", "json", "jsonl", "bibtex", "ris"):
        exported = mltalks("export", "event:nameconf-2021", "--format", form).out
        assert "Garcia Molina" in exported.replace("Hector Garcia Molina", "")
        file = tmp_path / f"again.{form}"
        file.write_text(exported, encoding="utf-8")
        assert "1 already present" in mltalks("import", str(file), "--format", form).err
    assert mltalks("validate", str(tmp_path / ".local/share/mltalks/sessions.toml")).code == 0
    for form in ("csv", "md"):
        assert "Hector Garcia Molina" in mltalks("export", "event:nameconf-2021", "--format", form).out
    database = tmp_path / "talks.db"
    assert mltalks("export", "event:nameconf-2021", "-O", str(database)).code == 0


@pytest.mark.parametrize(
    "title", ["1. not a list", "- nor this", "+ x", "---", "a * b_c_ `d`", "12) x", "# x", "> x", "=== x", "<b> & [x](y)", "2.5 times"]
)  # fmt: skip
def test_commonmark_shows_what_markdown_says(title: str) -> None:
    session = Session("a", "e", "E", 2024, title, "paper", summary=title, speakers=(Speaker(title),))
    html = MarkdownIt().render("".join(to_markdown.write([session], Context())))
    assert [unescape(one) for one in re.findall(r"<p>(.*)</p>", html)] == [title] * 3
    assert html.count("<li>") == 1


# As Google Scholar, arXiv and DBLP write a paper of arXiv in BibTeX, and Zotero in its other formats.
OF_ARXIV = {
    "scholar.bib": "@article{a, title={Ferns}, author={Vega, Nia}, journal={arXiv preprint arXiv:1901.01234}, year={2021}}",
    "arxiv.bib": "@misc{a, title={Ferns}, author={Vega, Nia}, year={2021}, eprint={1901.01234}, archivePrefix={arXiv}}",
    "zotero.bib": "@misc{a, title={Ferns}, author={Vega, Nia}, date={2021-01-05}, eprint={1901.01234}, eprinttype={arXiv}}",
    "zotero.ris": "TY  - UNPB\nTI  - Ferns\nAU  - Vega, Nia\nPY  - 2021\nPB  - arXiv\nM1  - arXiv:1901.01234\nER  - \n",
    "mendeley.ris": "TY  - JOUR\nTI  - Ferns\nAU  - Vega, Nia\nPY  - 2021\nJO  - arXiv preprint arXiv:1901.01234\nER  - \n",
    "zotero.json": """[{"id": "a", "type": "article", "title": "Ferns", "author": [{"family": "Vega", "given": "Nia"}],
        "issued": {"date-parts": [[2021]]}, "number": "arXiv:1901.01234", "publisher": "arXiv"}]""",
    "zotero.csv": "Key,Item Type,Publication Year,Author,Title,Number,Publisher\n"
    'A,preprint,2021,"Vega, Nia",Ferns,arXiv:1901.01234,arXiv\n',
}


@pytest.mark.parametrize("name", OF_ARXIV)
def test_a_paper_of_arxiv_is_of_the_event_arxiv_and_keeps_its_address(
    mltalks: Run, tmp_path: Path, name: str
) -> None:
    result, data = imported(mltalks, tmp_path, name, OF_ARXIV[name])
    assert result.code == 0, result.err
    assert [(one["id"], one["year"]) for one in data["events"]] == [("arxiv-2021", 2021)]
    (talk,) = data["sessions"]
    assert (talk["kind"], talk["paper"]) == ("paper", "https://arxiv.org/abs/1901.01234")
