"""Measures how well talks of other events are filed, by title alone and with an abstract.

Does not tune anything: the labels of tests/data/outside.toml are compared with what the shipped tree says.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from mltalks.dataset.hierarchy import with_ancestors
from mltalks.dataset.model import Session, Theme
from mltalks.taxonomy.classifier import Classification, Classifier

TALKS = Path(__file__).parents[1] / "tests" / "data" / "outside.toml"
BANDS = ((0.0, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 99.0))  # of the score of a filed theme


@dataclass(frozen=True)
class Talk:
    """A talk of another event; `labels` are empty if it is not about machine learning, or no theme fits."""

    session: Session
    labels: frozenset[str]
    about_ml: bool
    language: str


def read_talks(themes: Sequence[Theme], path: Path = TALKS) -> list[Talk]:
    """Return the labelled talks; labels that are former ids are replaced."""
    now = {old: theme.id for theme in themes for old in (theme.id, *theme.aliases)}
    talks = []
    for record in tomllib.loads(path.read_text("utf-8"))["talks"]:
        session = Session(record["id"], "", "", 0, record["title"], "talk", summary=record.get("abstract"))
        labels = frozenset(now[label] for label in record["labels"])
        talks.append(Talk(session, labels, record["kind"] == "ml", record["language"]))
    return talks


Method = Callable[[Sequence[Session], Sequence[Session]], list[set[str]]]


def title_alone(talk: Talk) -> Session:
    """Return a talk without its abstract."""
    return talk.session._replace(summary=None)


def with_abstract(talk: Talk) -> Session:
    """Return a talk with its abstract."""
    return talk.session


VIEWS = {"title": title_alone, "title and abstract": with_abstract}


@dataclass(frozen=True)
class Outside:
    """What is right of the filed themes; `false` and `silent` are shares of the talks on other things and on ML."""

    precision: float
    recall: float
    f1: float
    broad_precision: float
    broad_f1: float
    false: float
    silent: float


def measure(talks: Sequence[Talk], found: Sequence[set[str]], broader: Mapping[str, str | None]) -> Outside:
    """Return the figures of some talks, from the themes that were found for each."""

    def rates(level: Callable[[set[str]], set[str]]) -> tuple[float, float, float]:
        pairs = [(level(set(talk.labels)), level(themes)) for talk, themes in zip(talks, found, strict=True)]
        right = sum(len(gold & got) for gold, got in pairs)
        wanted, got = sum(len(gold) for gold, _ in pairs), sum(len(got) for _, got in pairs)
        return share(right, got), share(right, wanted), share(2 * right, wanted + got)

    def top(themes: set[str]) -> set[str]:
        return {theme for theme in with_ancestors(themes, broader) if broader[theme] is None}

    precision, recall, f1 = rates(lambda themes: themes)
    broad = rates(top)
    off = [bool(themes) for talk, themes in zip(talks, found, strict=True) if not talk.about_ml]
    on = [not themes for talk, themes in zip(talks, found, strict=True) if talk.about_ml]
    return Outside(
        precision, recall, f1, broad[0], broad[2], share(sum(off), len(off)), share(sum(on), len(on))
    )


def share(part: int, whole: int) -> float:
    """Return `part` of `whole`, and 0 of nothing."""
    return part / whole if whole else 0.0


def calibration(
    talks: Sequence[Talk], classify: Callable[[Session], Classification]
) -> list[tuple[float, float, int, int]]:
    """Return for each band of scores its ends, how many themes were filed with such a score and how many of them are right."""
    filed = [
        (filing.score, filing.theme in talk.labels)
        for talk in talks
        for view in VIEWS.values()
        for filing in classify(view(talk)).filed
    ]
    bands = []
    for low, high in BANDS:
        right = [good for score, good in filed if low <= score < high]
        bands.append((low, high, len(right), sum(right)))
    return bands


def report(
    themes: Sequence[Theme], methods: Mapping[str, Method], learnt: Sequence[Session], path: Path = TALKS
) -> None:
    """Print a table of the methods, which learn from other sessions, one by language, and one of what scores are worth."""
    talks = read_talks(themes, path)
    broader = {theme.id: theme.broader for theme in themes}
    print(f"\n{len(talks)} talks of other events")
    print(
        "| method | seen | language | narrower: P | R | micro-F1 | broad: P | micro-F1 | other things filed | ML unfiled |"
    )
    print("|---|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for method, found_by in methods.items():
        for seen, view in VIEWS.items():
            found = found_by(learnt, [view(talk) for talk in talks])
            for language in ("all", "en", "ja"):
                some = [i for i, talk in enumerate(talks) if language in ("all", talk.language)]
                one = measure([talks[i] for i in some], [found[i] for i in some], broader)
                cells = " | ".join(f"{value:.3f}" for value in astuple(one))
                print(f"| {method} | {seen} | {language} | {cells} |", flush=True)
    print("\n| score | filed | right |\n|---|--:|--:|")
    for low, high, filed, right in calibration(talks, Classifier(themes).classify):
        print(f"| {low:.1f} to {high:.1f} | {filed} | {share(right, filed):.2f} |")
