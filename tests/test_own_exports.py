"""Exports of one's own events, as their readers, calendars and feed readers see them."""

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.excerpt


def test_markdown_has_each_event_once_the_newest_first(mltalks: Run) -> None:
    for name, day in (("Serving Day 2031", "2031-06-01"), ("Feature Night 2031", "2031-07-01")):
        mltalks("event", "add", name, "--date", day)
    mltalks("event", "add", "Undated 2031")
    order = ("serving-day-2031", "feature-night-2031", "undated-2031")
    for number, event in enumerate(order * 2):
        mltalks("add", f"Talk {number}", "--event", event, "--date", "2031-06-01")
    text = mltalks("export", "year:2031", "-o", "md").out
    heads = [line for line in text.splitlines() if line.startswith("##")]
    assert heads == ["## Feature Night 2031", "## Serving Day 2031", "## Undated 2031"]
    assert text.count("\n- ") == 6
    assert text.index("Talk 0") < text.index("Talk 2")


def test_an_organization_of_a_talk_is_not_written_like_a_speaker(mltalks: Run) -> None:
    some = ("--speaker", "Ada Ray", "--speaker", "Bo Sol (Kite Labs)")
    mltalks("add", "Both", "--event", "Serving Day 2031", *some, "--organization", "Orbit, Canada")
    mltalks("add", "None", "--event", "Serving Day 2031", "--organization", "Orbit, Canada")
    text = mltalks("export", "event:serving-day-2031", "-o", "md").out
    assert "\n  Ada Ray, Bo Sol (Kite Labs) — Orbit, Canada\n" in text
    assert "\n  Orbit, Canada\n" in text
