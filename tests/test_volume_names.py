"""The event of a volume by its printed name, with another title after a colon or a dash or without one."""

import pytest

from mltalks.dataset.volume_names import VolumeNames

EVENTS = (
    ("fern31", "FernConf '31", "FernConf", "2031 Conference on Ferns, Spores and Moss"),
    ("elm31", "ElmConf 2031", "ElmConf", "Elms: Theory and Practice"),
)


@pytest.fixture
def names() -> VolumeNames:
    made = VolumeNames()
    for name, short, series, full in EVENTS:
        made.add({"id": name, "name": short, "series": series, "year": 2031, "full_name": full})
    return made


@pytest.mark.parametrize(
    "printed",
    [
        "FernConf 2031: The Garden Book",
        "FernConf '31 – The Garden Book",
        "FernConf 2031 - May Flowers",
        "FernConf 2031, Oslo: The Garden Book",
        "FernConf 2031 (Oslo): The Garden Book",
        "FernConf 2031 (Gardens: A Book)",
        "Proceedings of FernConf 2031: The Garden Book",
        "FernConf 2031: Conference on Ferns, Spores and Moss: The Garden Book",
        "Conference on Ferns, Spores and Moss: The Garden Book",
        "FernConf 2031: ElmConf",
    ],
)
def test_another_title_after_the_name_of_an_event_is_that_of_another_volume(
    names: VolumeNames, printed: str
) -> None:
    assert names.find(printed, 2031) is None


@pytest.mark.parametrize(
    ("printed", "event"),
    [
        ("FernConf 2031: Conference on Ferns, Spores and Moss, Oslo, May 2-3", "fern31"),
        ("FernConf '31: Proceedings of the 2031 Conference on Ferns, Spores and Moss", "fern31"),
        ("Proceedings of the Conference on Ferns, Spores and Moss, FernConf 2031", "fern31"),
        ("Conference on Ferns, Spores and Moss – FernConf 2031, Oslo", "fern31"),
        ("Proceedings of FernConf 2031, Volume 2", "fern31"),
        ("FernConf 2031, Oslo, May 2 – 4, 2031", "fern31"),
        ("FernConf 2031, Oslo, 30 May - June 2, 2031", "fern31"),
        ("FernConf 2031:", "fern31"),
        ("FernConf: 2031", "fern31"),
        ("Elms: Theory and Practice (ElmConf 2031)", "elm31"),
        ("Elms: Theory and Practice, Oslo", "elm31"),
    ],
)
def test_another_name_of_the_series_a_place_or_days_may_follow(
    names: VolumeNames, printed: str, event: str
) -> None:
    assert names.find(printed, 2031) == event


@pytest.mark.parametrize("pattern", [": ", "FernConf: ", " - FernConf, ", "(a) "])
def test_a_name_longer_than_any_names_no_event(names: VolumeNames, pattern: str) -> None:
    assert names.find(f"FernConf 2031, {pattern * 10_000}", 2031) is None
