"""Measures how well sessions are filed under themes, beside what a user would take instead, on the same folds.

    python -m benchmarks.taxonomy [--seeds N] [--themes]

Prints Markdown; changes nothing. Every method sees of the held-out sessions only the texts, never the labels.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MultiLabelBinarizer
from sklearn.svm import LinearSVC

from benchmarks import outside
from mltalks.dataset.files import files_of
from mltalks.dataset.loader import read
from mltalks.dataset.model import Session, Theme
from mltalks.taxonomy.classifier import Classifier, readings

DATA = Path(__file__).parents[1] / "data"
FOLDS = 5
Labels = list[set[str]]
Method = outside.Method
TFIDF = partial(TfidfVectorizer, ngram_range=(1, 2), sublinear_tf=True, stop_words="english")


def text_of(session: Session) -> str:
    """Return all that a session says, the title twice."""
    return " . ".join([session.title, *(text for _, _, text in readings(session))])


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 over all labels (micro), and the mean of the themes' F1 (macro)."""

    precision: float
    recall: float
    f1: float
    macro_precision: float
    macro_recall: float
    macro_f1: float


def score(gold: Labels, found: Labels) -> Score:
    counts = {theme: count(gold, found, theme) for theme in sorted(set().union(*gold, *found))}
    right, extra, missed = (sum(values) for values in zip(*counts.values(), strict=True))
    each = np.array([rates(*values) for values in counts.values() if values[0] + values[2]])
    return Score(*rates(right, extra, missed), *each.mean(axis=0))


def count(gold: Labels, found: Labels, theme: str) -> tuple[int, int, int]:
    """Return how often a theme was rightly found, wrongly found and missed."""
    pairs = Counter((theme in g, theme in f) for g, f in zip(gold, found, strict=True))
    return pairs[True, True], pairs[False, True], pairs[True, False]


def rates(right: int, extra: int, missed: int) -> tuple[float, float, float]:
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / (2 * right + extra + missed) if right + extra + missed else 0.0


def held_out(sessions: Sequence[Session], method: Method, seed: int) -> Labels:
    """Return what a method finds for each session when it learns from the other folds."""
    order = list(range(len(sessions)))
    random.Random(seed).shuffle(order)
    found: Labels = [set() for _ in sessions]
    for fold in range(FOLDS):
        tested = order[fold::FOLDS]
        learnt = [sessions[i] for i in order if i not in set(tested)]
        for i, labels in zip(tested, method(learnt, [sessions[i] for i in tested]), strict=True):
            found[i] = labels
    return found


def by_terms(themes: Sequence[Theme]) -> Method:
    classifier = Classifier(themes)

    def method(_learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
        return [set(classifier.classify(session).themes) for session in tested]

    return method


def by_shared_terms(themes: Sequence[Theme], sessions: Iterable[Session]) -> Method:
    """Leave out the terms that one session alone has, as if they had never been written."""
    bare = Classifier(themes)
    having = Counter(
        term
        for session in sessions
        for term in {term for terms in bare.evidence(session).values() for term in terms}
    )

    def method(_learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
        found = []
        for session in tested:
            evidence = {
                theme: {term: one for term, one in terms.items() if having[term] > 1}
                for theme, terms in bare.evidence(session).items()
            }
            kept = {theme: terms for theme, terms in evidence.items() if terms}
            found.append({filing.theme for filing in bare.file(kept).filed})
        return found

    return method


def by_vectors(make: Callable[[], Any], embed: Callable[[Sequence[str]], Any] | None = None) -> Method:
    """TF-IDF of words and pairs, or embeddings, with a linear model, one against the rest; inner folds set the threshold."""

    def values(model: Any, texts: list[str]) -> Any:
        return model.decision_function(texts)

    def fitted(sessions: Sequence[Session]) -> tuple[Any, list[str]]:
        binary = MultiLabelBinarizer().fit([session.themes for session in sessions])
        vectors = FunctionTransformer(embed) if embed else TFIDF()
        model = make_pipeline(vectors, OneVsRestClassifier(make()))
        model.fit(
            [text_of(session) for session in sessions],
            binary.transform([session.themes for session in sessions]),
        )
        return model, list(binary.classes_)

    def labels(rows: Any, names: list[str], threshold: float) -> Labels:
        return [
            {names[j] for j in np.flatnonzero(row >= threshold)} or {names[int(row.argmax())]} for row in rows
        ]

    def method(learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
        inner: list[tuple[Any, list[str]]] = []
        gold: Labels = []
        for fold in range(3):
            kept = [session for i, session in enumerate(learnt) if i % 3 != fold]
            out = [session for i, session in enumerate(learnt) if i % 3 == fold]
            model, names = fitted(kept)
            inner.append((values(model, [text_of(session) for session in out]), names))
            gold.extend(set(session.themes) for session in out)
        low, high = (f(f(rows.ravel()) for rows, _ in inner) for f in (min, max))
        best = max(
            np.linspace(low, high, 60),
            key=lambda t: (
                score(gold, [found for rows, names in inner for found in labels(rows, names, t)]).f1
            ),
        )
        model, names = fitted(learnt)
        return labels(values(model, [text_of(session) for session in tested]), names, best)

    return method


def by_definition(themes: Sequence[Theme], embed: Callable[[Sequence[str]], Any]) -> Method:
    """The themes whose label and definition are nearest; the threshold is set on the training folds."""
    names = [theme.id for theme in themes]
    places = embed([f"{theme.label_en}. {theme.definition}" for theme in themes])

    def labels(rows: Any, threshold: float) -> Labels:
        return [
            {names[j] for j in row.argsort()[-3:] if row[j] >= threshold} or {names[row.argmax()]}
            for row in rows
        ]

    def method(learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
        known, asked = (embed([text_of(one) for one in some]) @ places.T for some in (learnt, tested))
        gold = [set(session.themes) for session in learnt]
        best = max(np.linspace(0.2, 0.8, 61), key=lambda t: score(gold, labels(known, t)).f1)
        return labels(asked, best)

    return method


def by_phrases(themes: Sequence[Theme], with_terms: bool) -> Method:
    """Labels (and strong terms) looked for with rapidfuzz; the threshold is set on the training folds."""
    phrases: list[tuple[str, str]] = []
    for theme in themes:
        names = [theme.label_en or theme.id, *(theme.terms.strong if with_terms else ())]
        phrases.extend((theme.id, name.lower()) for name in names)

    def best(sessions: Sequence[Session]) -> list[dict[str, float]]:
        texts = [text_of(session).lower() for session in sessions]
        table = process.cdist([phrase for _, phrase in phrases], texts, scorer=fuzz.partial_ratio)
        rows: list[dict[str, float]] = []
        for i in range(len(texts)):
            row: dict[str, float] = {}
            for (theme, phrase), value in zip(phrases, table[:, i], strict=True):
                if len(phrase) > 3:
                    row[theme] = max(row.get(theme, 0.0), float(value))
            rows.append(row)
        return rows

    def labels(rows: list[dict[str, float]], threshold: float) -> Labels:
        return [
            {theme for theme, value in row.items() if value >= threshold} or {max(row, key=lambda t: row[t])}
            for row in rows
        ]

    def method(learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
        gold, rows = [set(session.themes) for session in learnt], best(learnt)
        threshold = max(range(60, 101), key=lambda t: score(gold, labels(rows, t)).f1)
        return labels(best(tested), threshold)

    return method


def by_embeddings(themes: Sequence[Theme]) -> dict[str, Method]:
    """Return the methods that use sentence embeddings; none, with a line that says so, if these are not installed."""
    try:
        from benchmarks.peers.embeddings import MiniLM
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: no sentence embeddings", file=sys.stderr)
        return {}
    model, known = MiniLM(), dict[str, Any]()

    def embed(texts: Sequence[str]) -> Any:
        new = list(dict.fromkeys(text for text in texts if text not in known))
        known.update(zip(new, model.embed(new) if new else (), strict=True))
        return np.array([known[text] for text in texts])

    return {
        "sentence embeddings, logistic regression": by_vectors(
            lambda: LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear"), embed
        ),
        "sentence embeddings, nearest definition": by_definition(themes, embed),
    }


def majority(learnt: Sequence[Session], tested: Sequence[Session]) -> Labels:
    common = Counter(theme for session in learnt for theme in session.themes).most_common(2)
    return [{theme for theme, _ in common} for _ in tested]


def measure(
    methods: dict[str, Method], sessions: Sequence[Session], broad: Callable[[Labels], Labels], seeds: int
) -> None:
    gold: Labels = [set(session.themes) for session in sessions]
    print(
        "| method | narrower: P | R | micro-F1 | macro-F1 | broad: P | R | micro-F1 | macro-F1 | themes a session |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, method in methods.items():
        found = [held_out(sessions, method, seed) for seed in range(seeds)]
        cells = []
        for level in (lambda labels: labels, broad):
            scores = [score(level(gold), level(labels)) for labels in found]
            cells += [
                f"{np.mean([getattr(one, field) for one in scores]):.3f}"
                for field in ("precision", "recall", "f1", "macro_f1")
            ]
        mean = np.mean([len(labels) for one in found for labels in one])
        print(f"| {name} | {' | '.join(cells)} | {mean:.2f} |", flush=True)


def per_theme(sessions: Sequence[Session], method: Method) -> None:
    gold: Labels = [set(session.themes) for session in sessions]
    found = held_out(sessions, method, 0)
    print("\n| theme | sessions | precision | recall | F1 |\n|---|--:|--:|--:|--:|")
    for theme in sorted(set().union(*gold)):
        right, extra, missed = count(gold, found, theme)
        cells = " | ".join(f"{value:.2f}" for value in rates(right, extra, missed))
        print(f"| {theme} | {right + missed} | {cells} |")


def speed(themes: Sequence[Theme], sessions: Sequence[Session]) -> None:
    """Time 10,000 titles, filed with evidence by mltalks and predicted by the linear SVM, in turn: the best CPU time of fifteen."""
    labelled = [session for session in sessions if session.themes]
    binary = MultiLabelBinarizer().fit([session.themes for session in labelled])
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), OneVsRestClassifier(LinearSVC())
    )
    model.fit(
        [text_of(session) for session in labelled], binary.transform([session.themes for session in labelled])
    )
    titles = [
        Session("x", "x", "x", 2000, f"{sessions[i % len(sessions)].title} {i}", "talk")
        for i in range(10_000)
    ]
    classifier = Classifier(themes)
    ours, theirs = [], []
    for _ in range(15):
        start = time.process_time()
        for session in titles:
            classifier.classify(session)
        middle = time.process_time()
        model.predict([session.title for session in titles])
        ours.append(middle - start)
        theirs.append(time.process_time() - middle)
    print(
        f"\n10,000 titles: mltalks with evidence {min(ours):.2f} s, linear SVM {min(theirs):.2f} s (best CPU time of fifteen)"
    )


def coverage(themes: Sequence[Theme], sessions: Sequence[Session]) -> None:
    classifier = Classifier(themes)
    longer = [session for session in sessions if len(session.title.split()) > 3]
    filed = sum(bool(classifier.classify(session).filed) for session in longer)
    print(f"\n{filed} of {len(longer)} sessions with more than three words in the title have a theme.")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=3, help="how many ways of making the folds")
    options.add_argument("--themes", action="store_true", help="a table of all themes too")
    chosen = options.parse_args()
    data = read([files_of(DATA)])
    top = {theme.id: theme.broader or theme.id for theme in data.themes}
    labelled = [session for session in data.sessions if session.themes]
    methods: dict[str, Method] = {
        "mltalks": by_terms(data.themes),
        "mltalks, without terms that one session alone has": by_shared_terms(data.themes, data.sessions),
        "TF-IDF, linear SVM": by_vectors(lambda: LinearSVC(C=1.0, class_weight="balanced")),
        "labels and terms, rapidfuzz": by_phrases(data.themes, with_terms=True),
        "labels, rapidfuzz": by_phrases(data.themes, with_terms=False),
        **by_embeddings(data.themes),
        "majority": majority,
    }

    def broad(labels: Labels) -> Labels:
        return [{top[theme] for theme in one} for one in labels]

    measure(methods, labelled, broad, chosen.seeds)
    if chosen.themes:
        per_theme(labelled, methods["mltalks"])
    beside = ["mltalks", "TF-IDF, linear SVM", *(name for name in methods if name.startswith("sentence"))]
    outside.report(data.themes, {name: methods[name] for name in beside}, labelled)
    coverage(data.themes, data.sessions)
    speed(data.themes, data.sessions)


if __name__ == "__main__":
    main()
