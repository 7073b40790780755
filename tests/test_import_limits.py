"""No text in any field of any format makes an import take more than linear time."""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from mltalks.dataset.event_names import EventNames
from mltalks.errors import DataError
from mltalks.exchange.importers import registry
from mltalks.exchange.intake.intake import Intake
from mltalks.exchange.intake.twins import Twins
from mltalks.exchange.readers.source import Source
from mltalks.problems import Problem
from tests.linear import takes_linear_time
from tests.test_import_fuzz import library, sample

LENGTH = 20_000
SIGNS = " \t\u3000,.;:()[]{}<\"'@&/\\-\nア"
NAMES = (
    "title", "speakers", "organizations", "keywords", "date", "minutes", "language", "doi", "url", "kind", "track", "summary",
    "themes", "tags", "slides",
)  # fmt: skip
OF_BIBTEX = (
    "author", "subtitle", "booktitle", "year", "month", "date", "doi", "url", "language", "keywords", "abstract", "howpublished",
    "crossref", "address", "eventdate", "pdf", "type", "x-mltalks-summary",
)  # fmt: skip
OF_RIS = [
    "AU",
    "A1",
    "AB",
    "N2",
    "KW",
    "T2",
    "PY",
    "DA",
    "DO",
    "LA",
    "UR",
    "L1",
    "M3",
    "ID",
    "U1",
    "CY",
    "PB",
]
OF_CALENDARS = (
    "DESCRIPTION", "CATEGORIES", "DTSTART", "DTEND", "DURATION", "URL", "LOCATION", "UID", "STATUS", "X-ALT-DESC", "RRULE",
    "X-MLTALKS-SPEAKER", "DTSTART;TZID=Europe/Berlin",
)  # fmt: skip
KEPT = (
    "type",
    "eventtype",
    "kind",
    "conference",
    "slug",
    "start",
    "date",
)  # without which a record is no talk


def csv(text: str, comma: str = ",") -> str:
    cell = '"' + text.replace('"', '""') + '"'
    rows = (
        [[name] for name in NAMES],
        [["T"], *[[cell]] * (len(NAMES) - 1)],
        [[cell], *[["x"]] * (len(NAMES) - 1)],
    )
    return "\n".join(comma.join(cells) for row in rows for cells in [[one for (one,) in row]]) + "\n"


def records(text: str) -> str:
    some = [
        dict.fromkeys(NAMES, text) | {"title": "T"},
        {"title": text},
        {"title": "U", "speakers": [{"name": text, "affiliation": text}]},
    ]
    return "\n".join(map(json.dumps, some))


def bibtex(text: str) -> str:
    fields = ", ".join(f"{name} = {{{text}}}" for name in OF_BIBTEX)
    odd = "".join(
        f"@misc{{{before}{text}{after}\n"
        for before, after in (("", ", title={x}}"), ("k, ", "=3}"), ("k, title=", "}"), ("k, title={x}", "}"))
    )
    return (
        f'@misc{{a, title = {{T}}, {fields}}}\n@misc{{b, title = {{{text}}}, author = "{text}"}}\n{odd}{text}'
    )


def ris(text: str) -> str:
    return (
        "TY  - CONF\nTI  - T\n"
        + "".join(f"{tag}  - {text}\n" for tag in OF_RIS)
        + f"ER  - \nTY  - CONF\nTI  - {text}\nER  - \n{text}"
    )


def calendar(text: str) -> str:
    text = text.replace("\n", "\n ")
    fields = "".join(f"{name}:{text}\n" for name in OF_CALENDARS)
    zone = f"BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:{text}\nRRULE:{text}\nRDATE:{text}\nEND:STANDARD\nEND:VTIMEZONE\n"
    event = f"BEGIN:VEVENT\nSUMMARY:T\n{fields}END:VEVENT\nBEGIN:VEVENT\nSUMMARY;LANGUAGE={text}:{text}\nDTSTART;TZID=Z:20250101T000000\nEND:VEVENT\n"
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:{text}\n{zone}{event}{text}\nEND:VCALENDAR\n"


def tree(form: str) -> Callable[[str], str]:
    document: Any = (
        yaml.safe_load(sample(form).decode()) if form == "rubyevents" else json.loads(sample(form))
    )

    def changed(value: Any, text: str, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(one, text, name) for name, one in value.items()}
        if isinstance(value, list):
            return [changed(one, text, key) for one in value[:2]]
        return text if isinstance(value, str) and key not in KEPT else value

    return lambda text: json.dumps(changed(document, text), default=str)


WRITTEN: dict[str, Callable[[str], str]] = {
    "csv": csv,
    "tsv": lambda text: csv(text, "\t"),
    "jsonl": records,
    "bibtex": bibtex,
    "ris": ris,
    "ical": calendar,
    **{form: tree(form) for form in ("pyvideo", "virtual", "schedule", "dblp", "csl", "rubyevents")},
}


def import_of(form: str, content: bytes) -> None:
    problems: list[Problem] = []
    intake = Intake(library().catalogue, problems.append, "opml19")
    source = Source(Path("<stdin>"), io.BytesIO(content))
    registry.detect(source.path, content[:4096].decode("utf-8", "replace"), print)
    with suppress(DataError):  # too many brackets for a file of talks
        assert [*intake.take(registry.read(source, form))] or problems


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITTEN)
def test_many_of_one_sign_in_any_field_take_linear_time(form: str) -> None:
    write = WRITTEN[form]
    for sign in SIGNS:
        for pattern in (sign, f"a{sign}"):

            def work(length: int, pattern: str = pattern) -> None:
                import_of(form, write(f"A{pattern * (length // len(pattern))}B").encode())

            assert takes_linear_time(work, LENGTH), (sign, pattern)


def test_talks_at_one_time_are_found_in_linear_time() -> None:
    def work(count: int) -> None:
        talks = {f"t{at}": {"date": f"2031-05-02T{at % 24:02}:{at // 24 % 60:02}"} for at in range(count)}
        twins = Twins(talks.__getitem__)
        for name in talks:
            twins.note(name, "e", f"Talk {name}", None)
        for one in talks.values():
            assert twins.beginning_at("e", one["date"])

    assert takes_linear_time(work, 4000)


@pytest.mark.parametrize("pattern", [",", "a b ", "a, ", "(a) ", "(", " - ", "2031 ", "workshop "])
def test_a_long_name_of_an_event_takes_linear_time(pattern: str) -> None:
    names = EventNames(one._asdict() for one in library().catalogue.events.values())

    def work(length: int) -> None:
        text = f"A{pattern * (length // len(pattern))}B"
        names.fields_of(text, 2031)
        names.of_volume(text, 2031)
        names.near(f"{text} 2031")

    assert takes_linear_time(work, 60_000)
