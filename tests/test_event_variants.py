"""One conference has one event a year and one series, if the telling words of its names are the same; two have two."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from mltalks.exchange.intake.event_variants import EventVariants
from tests.conftest import Run
from tests.test_foreign_bibliographies import imported

LONG = "16th North Symposium on Growing Ferns and Mosses (NSGF 22)"
SAME = [
    "{NSGF} '22",
    "NSGF 2022",
    "Proceedings of the 16th North Symposium on Growing Ferns \\& Mosses",
    "Proceedings of the North Symposium on Growing Ferns and Mosses (NSGF)",
    "North Symposium on Growing Ferns and Mosses 2022 (NSGF '22)",
    "Sixteenth North Symposium on Growing Ferns and Mosses (NSGF)",
]
OTHERS = [
    "North Workshop on Going Further (NSGF 22)",
    "17th North Symposium on Growing Ferns and Mosses",
    "North Symposium on Growing Ferns",
    "Workshops of the North Symposium on Growing Ferns and Mosses (NSGF 22)",
    "North Symposium on Growing Ferns and Mosses (NSGF-W 22)",
    "South Symposium on Growing Ferns and Mosses",
    "NSGX '22",
]


def events(mltalks: Run, folder: Path, *titles: str, year: int = 2022) -> list[dict[str, object]]:
    """Return the events after an import of papers in volumes with these titles."""
    entries = [
        f"@inproceedings{{k{year}{at}, title={{{word} of the garden}}, author={{Vega, Nia}}, booktitle={{{title}}}, year={{{year}}}}}"
        for at, (word, title) in enumerate(zip(("Shade", "Light", "Water"), titles, strict=False))
    ]
    imported(mltalks, folder, "in.bib", "\n".join(entries))
    own = tomllib.loads((folder / ".local/share/mltalks/sessions.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = own["events"]
    return found


@pytest.mark.excerpt
@pytest.mark.parametrize("name", SAME)
def test_names_with_the_same_telling_words_are_of_one_event(mltalks: Run, tmp_path: Path, name: str) -> None:
    assert len(events(mltalks, tmp_path, LONG, name)) == 1
    mltalks("undo")
    assert len(events(mltalks, tmp_path, name, LONG)) == 1


@pytest.mark.excerpt
@pytest.mark.parametrize("name", OTHERS)
def test_names_that_differ_in_a_word_a_number_or_the_acronym_are_of_two(
    mltalks: Run, tmp_path: Path, name: str
) -> None:
    assert len(events(mltalks, tmp_path, LONG, name)) == 2


@pytest.mark.excerpt
def test_an_acronym_alone_joins_no_two_events(mltalks: Run, tmp_path: Path) -> None:
    assert len(events(mltalks, tmp_path, "{NSGF} '22", LONG, OTHERS[0])) == 2


@pytest.mark.excerpt
def test_such_names_of_other_years_are_of_one_series_in_a_later_import_too(
    mltalks: Run, tmp_path: Path
) -> None:
    (first,) = events(mltalks, tmp_path, LONG)
    events(mltalks, tmp_path, "{NSGF} '23", year=2023)
    events(
        mltalks, tmp_path, "Proceedings of the 18th North Symposium on Growing Ferns \\& Mosses", year=2024
    )
    *_, last = found = events(mltalks, tmp_path, OTHERS[0].replace("22", "25"), year=2025)
    assert [one["series"] == first["series"] for one in found] == [True, True, True, False]
    assert last["year"] == 2025


@pytest.mark.excerpt
def test_all_new_events_are_named_or_counted(mltalks: Run, tmp_path: Path) -> None:
    rows = "".join(f"Talk {at},Fern Day {chr(65 + at)}{chr(65 + at)} 2031\n" for at in range(22))
    result, _ = imported(mltalks, tmp_path, "in.csv", f"title,event\n{rows}")
    assert result.err.count("(series ") == 20
    assert ", and 2 more; to change a series" in result.err


WORDS = st.sampled_from(["fern", "moss", "north", "garden", "workshop", "symposium", "shade"])


@given(st.lists(WORDS, min_size=2, max_size=5), st.lists(WORDS, min_size=2, max_size=5))
def test_telling_words_that_differ_are_never_joined(one: list[str], other: list[str]) -> None:
    names = EventVariants(
        [{"id": "a", "name": f"3rd {' '.join(one)} (FMNG 22)", "series": "S", "year": 2022}]
    )
    written = f"Proceedings of the {' '.join(other)} 2022 (FMNG '22)"
    assert names.find(written, 2022) == ("a" if one == other else None)
