"""The Atom feed: what a feed reader finds in it, and what RFC 4287 demands of every entry."""

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]

from mltalks.dataset.model import Session, Speaker
from mltalks.exchange.exporters.atom import write
from mltalks.exchange.exporters.exporter import Context
from tests.conftest import Run

ATOM = "{http://www.w3.org/2005/Atom}"


def check(text: str) -> ET.Element:
    """Return the feed if each entry has what RFC 4287, 4.1.1 and 4.1.2, demands."""
    feed = ET.fromstring(text)
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
    for entry in entries:
        assert entry.findall(f"{ATOM}author/{ATOM}name")
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) + len(entry.findall(f"{ATOM}content")) == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return feed


def test_a_feed_reader_finds_the_talks(mltalks: Run, tmp_path: Path) -> None:
    assert mltalks("export", "series:OpML", "-O", str(tmp_path / "talks.atom")).code == 0
    text = (tmp_path / "talks.atom").read_text(encoding="utf-8")
    check(text)
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert len(feed.entries) == 44
    katib = next(entry for entry in feed.entries if entry.title.startswith("Katib"))
    assert [one.name for one in katib.authors][:2] == ["Jinan Zhou", "Andrey Velichkevich"]
    assert "AutoML" in [tag.term for tag in katib.tags]
    assert feed.feed.title == "OpML"
    assert "USENIX OpML '19" in katib.summary
    assert "Cisco, NTT Software Innovation Center — Katib is" in katib.summary
    assert {link.rel for link in katib.links} == {"alternate", "related"}
    check(mltalks("export", "title:nothingatall", "--format", "atom").out)


def test_hostile_text_stays_text() -> None:
    session = Session(
        "x", "e", "S", 2031, "\uffff<b>&\x00\x1b ]]> \"x\"", "talk", speakers=(Speaker("</name>"),), keywords=('"><x>',),
        url="javascript:alert(1)", slides='https://e.example/?a="<>&b', date="2031-05-01T10:00+09:00",
    )  # fmt: skip
    changed = datetime.fromisoformat("2031-05-01T10:00+09:00")
    some = [session, session._replace(id="y", date=None, slides=None)]
    feed = check("".join(write(some, Context(changed=lambda _: changed))))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert "<b>&" in (entry.findtext(f"{ATOM}title") or "")
    assert entry.findtext(f"{ATOM}updated") == "2031-05-01T01:00:00Z"
    assert feed.findtext(f"{ATOM}updated") == "2031-05-01T01:00:00Z"
