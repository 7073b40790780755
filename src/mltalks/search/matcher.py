"""Evaluates the syntax tree of a query over the index: which sessions it finds, and by which terms.

Does not order sessions: `ranking` does.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import takewhile
from operator import or_
from typing import TYPE_CHECKING

from mltalks.errors import NotFoundError
from mltalks.messages import Message, Quoted, excerpt
from mltalks.search import other_names
from mltalks.search.catalogue import Catalogue, outermost
from mltalks.search.expansion.candidate_finder import Without
from mltalks.search.expansion.expanded_terms import ExpandedTerm, in_fields, noting
from mltalks.search.expansion.expander import QueryExpander, is_letter
from mltalks.search.expansion.joined import LONGEST_NAME
from mltalks.search.index.postings import DocSet, doc_set
from mltalks.search.name_resolver import Resolution
from mltalks.search.query.fields import (
    CHOICES,
    TextField,
    corrected_choice,
    exact_choice,
    wider_kind,
    year_range,
)
from mltalks.search.query.nodes import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Text,
    Word,
    is_bare,
)
from mltalks.search.term_notices import as_typed, rest_of_name, term_notices
from mltalks.text.folding import name_key
from mltalks.text.japanese.scripts import is_hiragana, is_japanese_word, is_katakana, is_single_character
from mltalks.text.words.passages import is_joined
from mltalks.text.words.query_fillers import FILLERS, LIGHT_VERBS
from mltalks.text.words.tokenizer import chains, hiragana_beginnings, words

if TYPE_CHECKING:
    from mltalks.search.expansion.readings import Reading

MOST_NOUNS = 2  # of a query in which the meaning of a verb of one kanji is searched
# Facets in which a name must mean exactly one value.
CLOSED = {"company", "theme", "event", "series", "id"}
TEXTS: dict[TextField, tuple[str, ...]] = {
    "title": ("title",),
    "summary": ("summary", "summary_ja"),
    "answers": ("questions", "questions_ja"),
    "note": ("note",),
}


class Matcher:
    """Evaluates queries over one catalogue."""

    def __init__(self, catalogue: Catalogue, without: Collection[Without] = ()) -> None:
        self.catalogue = catalogue
        self.index = catalogue.index
        self.expander = QueryExpander(self.index, without)
        self._reads = "sound" not in without
        self._notices: dict[Message, None] = {}
        self._terms: dict[Text, tuple[ExpandedTerm, ...]] = {}
        self.texts: list[str] = []  # that were typed

    @property
    def notices(self) -> tuple[Message, ...]:
        """Notices on how queries were understood, each once, in order."""
        return tuple(self._notices)

    def docs(self, node: Node) -> DocSet:
        """Return the documents that a query finds.

        Raises NotFoundError: a company, theme, event, series or id that does not exist.
        """
        match node:
            case Everything():
                return self.catalogue.everything
            case Word() | Phrase() | Prefix():
                return self._all(term.docs for term in self.terms(node))
            case Filter():
                return self._filtered(node)
            case Not(part):
                return self.catalogue.everything & ~self.docs(part)
            case And(parts):
                return self._all(self.docs(part) for part in self._with_names(parts))
            case Or(parts):
                return reduce(or_, map(self.docs, parts))

    def _all(self, sets: Iterable[DocSet]) -> DocSet:
        """Return the intersection of sets, without evaluating those after the first empty result."""
        found = self.catalogue.everything
        for docs in sets:
            found &= docs
            if not found:
                break
        return found

    def terms(self, node: Text) -> tuple[ExpandedTerm, ...]:
        """Return the expanded terms of a word (one for each of its parts), or of a phrase or prefix (one)."""
        if node not in self._terms:
            self.texts.append(node.text)
            if isinstance(node, Phrase):
                found = [self.expander.phrase(node.text)]
            elif isinstance(node, Prefix):
                found = [self.expander.prefix(node.text)]
            else:
                found = self._words(node.text)
            elsewhere: set[str] = set()
            if node.field:
                elsewhere = {word.typed for term in found for word in term.all() if word.docs}
                found = [in_fields(self.index, term, TEXTS[node.field]) for term in found]
            self._terms[node] = tuple(found)
            for term in found:
                self.add_term_notices(term, node.field, elsewhere)
        return self._terms[node]

    def _words(self, text: str) -> list[ExpandedTerm]:
        """Return the terms of the words of a text; names are one term, and so is a text that sessions have with a word of one character."""
        text = re.sub("((?<![0-9０-９])[12１２][0-9０-９]{3})年度?の?|(?<=\\w)['’]s\\b", r"\1 ", text)
        typed = [word for part in dict.fromkeys(chains(text)) for word in self.expander.worded(part)]
        cut = self.expander.units_of_text(text)
        apart = is_japanese_word(cut[0]) and re.search(r"の|\s", text.strip()) is not None if cut else False
        if len(cut) > 1 and any(map(is_single_character, cut)):
            whole = self.expander.named(cut, strictly=not apart)
            if whole is None and len(typed) > 1:
                whole = self.expander.phrase(text)
            if whole and whole.variants:
                return [whole]
        typed = [word for word in typed if len(word) > 1 or word not in FILLERS] or typed  # 推薦の話
        typed = self.expander.with_kana_names(typed, [text])
        found = list(self.terms_in_row(typed, strictly=True, apart=apart))
        for name in (one for one in found if " " in one.typed):
            docs = self._all(self.expander.strict_word(word).docs for word in name.typed.split())
            self._notices |= dict.fromkeys(rest_of_name(name, docs, self._as_typed))
        return found

    def terms_in_row(
        self, typed: Sequence[str], *, strictly: bool = False, apart: bool = False
    ) -> Iterator[ExpandedTerm]:
        """Yield the terms of words typed in a row; names of several words are one term, the longest first.

        So are parts of titles, unless `strictly`. Then a name stands for its words apart only if they are typed `apart`: AのB.
        A name typed as one word (基盤モデル) never stands for its words apart.
        """
        at = 0
        while at < len(typed):
            for length in range(min(LONGEST_NAME, len(typed) - at), 1, -1):
                run = typed[at : at + length]
                named = self.expander.named(run, strictly=strictly and not apart)
                one = named if is_japanese_word(run[0]) else strictly or any(map(is_letter, run))
                if one and any(is_joined(text, run) for text in self.texts):
                    named = self.expander.joined(run, strictly=strictly)
                named = named or (None if strictly else self.in_titles(run))
                if named:
                    yield named
                    at += length
                    break
            else:
                yield (self.expander.strict_word if strictly else self.expander.word)(typed[at])
                at += 1

    def _with_names(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Yield the parts of a conjunction; bare words in a row that are a name together are one word."""
        at = 0
        while at < len(parts):
            texts = [part.text for part in takewhile(is_bare, parts[at : at + LONGEST_NAME]) if is_bare(part)]
            lengths = range(len(texts), 1, -1)
            named = next(
                (n for n in lengths if self.expander.named(self.expander.units_of_text(" ".join(texts[:n])))),
                0,
            )
            yield Word(" ".join(texts[:named])) if named else parts[at]
            at += named or 1

    def in_titles(self, run: Sequence[str]) -> ExpandedTerm | None:
        """Return words of which one has one character, as those of 表の検索, as one term if titles have them side by side.

        Elsewhere one character may be a piece of any verb.
        """
        if not any(map(is_single_character, run)):
            return None
        whole = in_fields(self.index, self.expander.phrase(" ".join(run)), TEXTS["title"])
        return whole._replace(parts=tuple(map(self.expander.word, run))) if whole.variants else None

    def titled(self, texts: Iterable[str]) -> DocSet:
        """Return the sessions whose titles have all words that are typed side by side, fillers too; the last may be cut."""
        whole = " ".join(texts)
        typed = words(whole)
        if len(typed) < 2 or not any(map(FILLERS.__contains__, typed)):
            return 0  # the words alone rank such titles first
        return in_fields(self.index, self.expander.prefix(whole), TEXTS["title"]).docs

    def noted(self, texts: Iterable[str]) -> DocSet:
        """Return the sessions whose notes have all words that are typed side by side, and more than one."""
        whole = " ".join(texts)
        return noting(self.index, [self.expander.phrase(whole)] if len(words(whole)) > 1 else [])

    def read_beginnings(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the words that hiragana before another script spells in texts of a query, each with how it was typed.

        Add a notice on these.
        """
        found: dict[str, str] = {}
        for run in (run for text in texts for run in hiragana_beginnings(text) if self._reads):
            from mltalks.search.expansion.readings import read_hiragana

            read = read_hiragana(self.index, run)
            read = read if all(map(self._is_said, words(" ".join(read)))) else []
            if read:
                self.add_notice('"{name}" is read as {taken}', name=excerpt(run), taken=" ".join(read))
            found |= {word: run for one in read for word in self.expander.units_of_text(one)}
        return found

    def read(self, typed: list[str]) -> tuple[list[str], dict[str, str]]:
        """Return the words of a query with romaji and hiragana as Japanese words, and katakana that spells letters as these.

        Return, too, how each of these was typed; add a notice.
        """
        found_in = self.index.vocabulary.found_in
        read: Reading | None = None
        if not self._reads:
            return typed, {}
        if any(
            is_hiragana(word) or (word[-1] in "aeioun" and word.isascii() and not found_in(word))
            for word in typed
        ):
            from mltalks.search.expansion.readings import (
                read_as_japanese,  # 4 ms that other queries need not pay
            )

            read = read_as_japanese(self.index, typed)
        elif any(is_katakana(word) and not found_in(word) for word in typed):
            from mltalks.search.expansion.readings import read_katakana

            read = read_katakana(self.index, typed)
        said = list(map(self._is_said, read.words)) if read else []
        if read is None or not any(said) or (self.worded_as_typed(typed) and not all(said)):
            return typed, {}
        name = self._as_typed(" ".join(dict.fromkeys(read.typed.values())))
        taken = " ".join(read.written)
        taken += "ー" if name.endswith("ー") and is_katakana(read.written[-1]) and taken[-1] != "ー" else ""
        self.add_notice('"{name}" is read as {taken}', name=excerpt(name), taken=taken)
        return read.words, read.typed

    def predicates(
        self,
        found: Iterable[ExpandedTerm],
        searched: Collection[ExpandedTerm],
        hints: Collection[ExpandedTerm],
    ) -> list[ExpandedTerm]:
        """Return what the verbs and adjectives of one kanji mean that a query has beside what is searched (落ちる, 速く).

        Those that hints have are not among them, nor those of a sentence, whose nouns say more. Add a notice that names what is left out.
        """
        used = {word for term in hints for word in term.typed.split()}
        meant: list[ExpandedTerm] = []
        unknown: list[str] = []
        for kanji in dict.fromkeys(term.typed for term in found if term not in searched):
            typed = self._as_typed(kanji) if is_single_character(kanji) else ""
            if kanji in used or kanji in LIGHT_VERBS or len(typed) < 2:
                continue
            term = self.expander.predicate(kanji) if len(searched) <= MOST_NOUNS else None
            if term:
                meant.append(term)
            else:
                unknown.append(typed)
        if unknown:
            self.add_notice(
                "left out, since a word of one kanji is in too many texts: {words}", words=Quoted(unknown)
            )
        return meant

    def worded_as_typed(self, typed: Iterable[str]) -> list[ExpandedTerm]:
        """Return those of some words that are hiragana which sessions surely have as it is typed."""
        found = (self.expander.wording(word, surely=True) for word in typed if is_hiragana(word))
        return [term for term in found if term.variants]

    def _is_said(self, word: str) -> bool:
        return bool(self.expander.word(word).docs)

    def add_term_notices(
        self, term: ExpandedTerm, field: str | None = None, elsewhere: Collection[str] = ()
    ) -> None:
        """Add a notice for each word of a term, sought in a field, that was not found, was found `elsewhere` or was corrected."""
        labels = self.catalogue.japanese
        notices = term_notices(term, field, elsewhere, self._as_typed, labels, self._is_written)
        self._notices |= dict.fromkeys(notices)

    def _is_written(self, name: str) -> bool:
        return bool(self.expander.phrase(name).docs)

    def _as_typed(self, word: str) -> str:
        return as_typed(self.texts, word)

    def _filtered(self, node: Filter) -> DocSet:
        facets = self.index.facets
        if node.field == "year":
            ranges = [years for years in map(year_range, node.values) if years]
            years = [one for one in facets.values("year") if any(a <= int(one) <= b for a, b in ranges)]
            return facets.docs("year", years)
        if node.field == "origin":
            return self.catalogue.of_origin({self._choice("origin", typed) for typed in node.values})
        if node.field in CHOICES:
            return facets.docs(node.field, [self._choice(node.field, typed) for typed in node.values])
        if node.field == "doi":
            return reduce(or_, map(self._of_doi, node.values))
        wanted = [value for typed in node.values for value in self.named(node.field, typed)]
        if node.field == "id":
            docs = map(self.index.sessions.doc, wanted)
            return doc_set((doc for doc in docs if doc is not None), self.index.size)
        return facets.docs(node.field, wanted)

    def _of_doi(self, typed: str) -> DocSet:
        """Return the sessions of a DOI, or of those that begin so before a `*`; if there are none, add a notice.

        The DOI of a paper on arXiv means the paper, also where a session has only its address.
        """
        facets = self.index.facets
        several = typed.endswith("*")
        same = [one for one in facets.values("doi") if one.startswith(typed[:-1])] if several else [typed]
        found = facets.docs("doi", same)
        if not found and typed.startswith("10.48550/"):
            found = doc_set(self.catalogue.of_work(typed) or (), self.index.size)
        if not found:
            self.add_notice('no session has the DOI "{doi}"', doi=excerpt(typed))
        return found

    def _choice(self, field: str, typed: str) -> str:
        exact = exact_choice(field, typed)
        if exact:
            self._notices |= dict.fromkeys(wider_kind(typed, exact) if field == "kind" else ())
            return exact
        corrected = corrected_choice(field, typed)
        if corrected:
            self._notices[other_names.correction(field, excerpt(typed), corrected, [corrected])] = None
        return corrected or typed

    def named(self, facet: str, typed: str) -> tuple[str, ...]:
        """Return the values of a facet that a typed name stands for, with a notice if it is not one of their spellings.

        A part of several names stands for all of them.

        Raises NotFoundError: a company, theme, event, series or id that does not exist, or resembles several.
        """
        names = self.catalogue.names(facet)
        values, how = names.resolve(typed)
        if how == "pattern":
            return self._of_pattern(facet, typed, values)
        if not values and facet == "id":
            values = tuple(self.catalogue.ids[doc] for doc in self.catalogue.docs_named(typed))
        if not values and facet == "series":  # one whose events have no sessions yet
            own, key = {event.series for event in self.catalogue.events.values()}, name_key(typed)
            same = tuple(sorted(one for one in own if name_key(one) == key))
            values, how = same, "exact" if same else how
        values, how = other_names.named_otherwise(self.catalogue, facet, typed, Resolution(values, how))
        if facet == "company" and len(values) > 1:
            values = outermost(self.catalogue.organizations, values)
        if facet in CLOSED and (not values or (how == "typo" and len(values) > 1)):
            what = "session" if facet == "id" else facet
            near = values[:5] or other_names.meant_instead(self.catalogue, facet, typed)
            near = near or names.nearest(typed)
            error = NotFoundError.named(what, typed, near)
            error.japanese = self.catalogue.japanese(facet, near)
            raise error
        if not values:
            self._notices[other_names.nothing_named(self.catalogue, facet, typed)] = None
        elif how != "exact":
            taken = other_names.names_taken(self.catalogue, facet, typed, values, how)
            self._notices |= dict.fromkeys(taken)
        elif facet == "keyword":
            self._notices |= dict.fromkeys(other_names.longer_keywords(self.catalogue, typed, values))
        return values

    def _of_pattern(self, facet: str, typed: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values of names that begin as a pattern does, and add the notice on them."""
        if facet == "company":
            values = outermost(self.catalogue.organizations, values)
        try:
            self._notices[other_names.beginning_so(self.catalogue, facet, typed, values)] = None
        except NotFoundError as error:
            if facet in CLOSED:
                raise
            self._notices[error.message] = None
        return values

    def add_notice(self, template: str, **values: object) -> None:
        """Add a notice, unless there is an equal one."""
        self._notices[Message(template, values)] = None
