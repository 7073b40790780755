"""tantivy: each word of a query as a whole word, else as a beginning, else with slips; Japanese by pairs of characters."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from benchmarks.documents import FIELDS, Document, whole
from benchmarks.engines import JAPANESE, bigrams, latin


class Tantivy:
    """One field of the index for each of a document's, weighted, and one for all Japanese text."""

    name = "tantivy"
    weights: Mapping[str, float] = FIELDS

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        index = self._index(folder)
        writer = index.writer(heap_size=256_000_000)
        for one in documents:
            text = whole(one)
            shown = f"{one['title']}\n{one['summary']}".encode()
            japanese = " ".join(JAPANESE.findall(text))
            writer.add_document(tantivy.Document(id=one["id"], shown=shown, ja=japanese, **self.fields(one)))
        writer.commit()
        writer.wait_merging_threads()

    def load(self, folder: Path) -> None:
        index = self._index(folder)
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()

    def search(self, query: str, k: int = 10) -> list[str]:
        parts = [*map(self._word, latin(query)), *(self._term("ja", pair) for pair in bigrams(query))]
        for occur in (Occur.Must, Occur.Should):
            found = self._searcher.search(
                Query.boolean_query([(occur, part) for part in parts]), k, count=True
            )
            if found.count:
                return [self._searcher.doc(address)["id"][0] for _, address in found.hits]
        return []

    def fields(self, one: Document) -> dict[str, str]:
        """Return the text of each weighted field."""
        return {field: one[field] for field in FIELDS}

    def _index(self, folder: Path) -> Any:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_bytes_field("shown", stored=True)
        for field in self.weights:
            schema.add_text_field(field, tokenizer_name="words", index_option="freq")
        schema.add_text_field("ja", tokenizer_name="pairs", index_option="freq")
        index = tantivy.Index(schema.build(), str(folder))
        words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
        index.register_tokenizer("words", words.build())
        index.register_tokenizer("pairs", TextAnalyzerBuilder(Tokenizer.ngram(2, 2)).build())
        return index

    def _word(self, word: str) -> Any:
        """Return the query for a word: itself where the index has it, else longer ones, else up to 2 slips away."""
        if any(self._searcher.doc_freq(field, word) for field in self.weights):
            return self._anywhere(lambda field: self._term(field, word))
        longer = self._anywhere(lambda field: self._fuzzy(field, word, 0, prefix=True))
        if self._searcher.search(longer, 1, count=False).hits:
            return longer
        return self._anywhere(lambda field: self._fuzzy(field, word, 1 if len(word) < 6 else 2))

    def _anywhere(self, query: Callable[[str], Any]) -> Any:
        """Return what finds any of the fields' queries, ranked by the best field and .3 of the others."""
        each = [Query.boost_query(query(field), weight) for field, weight in self.weights.items()]
        return Query.disjunction_max_query(each, 0.3) if len(each) > 1 else each[0]

    def _term(self, field: str, term: str) -> Any:
        return Query.term_query(self._schema, field, term, index_option="freq")

    def _fuzzy(self, field: str, word: str, distance: int, *, prefix: bool = False) -> Any:
        return Query.fuzzy_term_query(self._schema, field, word, distance=distance, prefix=prefix)


class TantivyOneField(Tantivy):
    """All text in one field: less to look up, less to rank by."""

    name = "tantivy, one field"
    weights: Mapping[str, float] = {"text": 1.0}

    def fields(self, one: Document) -> dict[str, str]:
        return {"text": whole(one)}
