"""Finds the bare words of a query that mean a filter: a year, a kind, an event, an organization, "slides".

Words that can hardly mean anything else are read as the filter; of the others it only says which filter may be meant. Does
not rank: `ranking` does, and it takes the words again if the filters leave nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from mltalks.messages import Message, excerpt
from mltalks.search.catalogue import Catalogue, outermost
from mltalks.search.matcher import Matcher
from mltalks.search.query.fields import KIND_WORDS, plain_years, year_range
from mltalks.search.query.nodes import And, Everything, Filter, Node, Word, all_of, negation, parts_of
from mltalks.search.query.written_years import (
    EXCEPT,
    SIGN_OF_JAPANESE,
    Written,
    is_excluding,
    written_english,
    written_japanese,
)
from mltalks.search.rewriting.claims import (
    ANY_TALK,
    AS_KINDS,
    INVITED,
    OF_TEXTS,
    PAPERS,
    Claim,
    completed,
    kind_claim,
    language_claim,
    material_claim,
    merged,
    own_claim,
    unsure,
)
from mltalks.search.rewriting.denials import denied_claim, joint_claim
from mltalks.search.rewriting.query_tokens import PIECES_WITH_YEARS, SIGNS, Token, tokens_of, without_tokens
from mltalks.text.folding import fold, name_key, slug
from mltalks.text.japanese.scripts import is_japanese
from mltalks.text.words.english_words import is_english
from mltalks.text.words.query_fillers import EXAMPLES, is_content, is_example
from mltalks.text.words.tokenizer import words

MOST_TOKENS = 100  # of a query, the first ones are read
LONGEST_NAME = 5  # words of the name of an organization or an event
LONGEST_SERIES = 2
SHORT_NAME = 4  # letters of a name up to which it may be the start of other words: "meta learning"
YEARS_AROUND = 20  # years before and after those of the data that are hardly other numbers
LONGEST_YEARS = 9  # words of years: "not from the last 3 years"
PLACES = ("at", "in", "from")  # words before the name of an event
MAKERS = ("by", "from", "at")  # words before the name of an organization
ABOUT = ("about", "on", "of", "from", "by")
JOINING = ("and", "or", "&")
MADE_BY = ("による", "における", "での")
JOINED = ("と", "や", "および", "及び", *SIGNS)
OWNED_AT_END = re.compile(
    f"の(?:.*[のるうた])?(?:発表|論文|講演|基調講演|トーク|セッション|{EXAMPLES}|取り?組み?)(.*)"
)
TALKS = ("発表", "論文", "講演", "トーク", "セッション", "事例", "話", "研究", "取")
DENIED = re.compile(f"{EXCEPT}|な[いし]|ません|ず$")
EXCLUDING = re.compile(f"{EXCEPT}の?|を?除[くいき]?")
READ = '"{words}" is read as {filter}'
AS_TEXT = '"{words}" is searched as text; the filter is written {filter}'
LEFT_OUT = (
    '"{words}" is left out, since it is not certain which years it means; the filter is written {filter}'
)


class Reading(NamedTuple):
    """A query with filters in place of words, and what to say of it.

    `notices` say what was read as a filter and what else may be one; `hints` name all of these as filters to be typed.
    `filters` are those that were read, as typed text.
    """

    query: Node
    filters: str
    notices: tuple[Message, ...]
    hints: tuple[Message, ...]


def read_filters(matcher: Matcher, query: Node) -> Reading:
    """Return a query with its words that surely mean filters replaced by them.

    Only words that must all be found are read; a field that the query already filters by is left alone. A kind is not read if
    it leaves none of the sessions that have all words.
    """
    reading = _reading(matcher.catalogue, query)
    if _kind_hides(matcher, reading.query):
        reading = _reading(matcher.catalogue, query, doubted="kind")
    return reading


def filter_hints(catalogue: Catalogue, query: Node) -> tuple[Message, ...]:
    """Return what filters the words of a query may mean, for a search that takes words as they are."""
    return _reading(catalogue, query).hints


def _reading(catalogue: Catalogue, query: Node, doubted: str = "") -> Reading:
    """Return the reading of a query, in which the words for one field, `doubted`, only may mean a filter."""
    reader, claims = _claims(catalogue, query)
    claims = unsure(claims, doubted)
    sure = [claim for claim in claims if claim.sure]
    vague = [claim for claim in claims if reader.is_vague(claim)]
    filters = merged(sure)
    return Reading(
        _rest(query, reader, (*sure, *vague), filters),
        " ".join(map(str, filters)),
        _each_once(
            _notice(reader, claim, READ if claim in sure else LEFT_OUT if claim in vague else AS_TEXT)
            for claim in claims
        ),
        _each_once(_notice(reader, claim, AS_TEXT) for claim in claims),
    )


def left_out(catalogue: Catalogue, query: Node) -> list[str]:
    """Return the words of a query that leave out what a filter names."""
    reader, claims = _claims(catalogue, query)
    return [reader.typed(claim) for claim in claims if claim.denied]


def _each_once(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(messages))


def without_vague_years(catalogue: Catalogue, query: Node) -> tuple[Node, tuple[Message, ...]]:
    """Return a query without the Japanese words of years that are not certain, and notices on these.

    The rule is that of `read_filters`: such words are no text, and a query of nothing else finds nothing.
    """
    reader, claims = _claims(catalogue, query)
    vague = [claim for claim in claims if reader.is_vague(claim)]
    return _rest(query, reader, vague), tuple(_notice(reader, claim, LEFT_OUT) for claim in vague)


def _claims(catalogue: Catalogue, query: Node) -> "tuple[_Reader, list[Claim]]":
    """Return what the words of a query claim, of fields that it does not filter by, and the reader of its tokens."""
    parts = parts_of(query)
    taken = {part.field for part in parts if isinstance(part, Filter)}
    reader = _Reader(catalogue, list(tokens_of(parts)))
    claims = [claim for claim in reader.claims() if claim.filter.field not in taken]
    claims = completed(reader.tokens, claims)
    if any(not one.values for one in merged(claim for claim in claims if claim.sure)):
        claims = unsure(claims, "year")
    return reader, claims


def _rest(query: Node, reader: "_Reader", claims: Iterable[Claim], filters: Iterable[Filter] = ()) -> Node:
    """Return a query with filters in place of claims; it finds nothing if only claims without a filter say anything."""
    used = {at for claim in claims for at in range(claim.start, reader.after(claim.end))}
    if not used:
        return query
    rest = all_of((*without_tokens(parts_of(query), reader.tokens, used), *filters))
    said = any(not token.plain for at, token in enumerate(reader.tokens) if at not in used)
    fillers = all(
        isinstance(part, Everything) or (isinstance(part, Word) and not part.field) for part in parts_of(rest)
    )
    return negation(Everything()) if fillers and not said else rest


def _kind_hides(matcher: Matcher, query: Node) -> bool:
    """Return whether a kind leaves none of the sessions that have all else of a query.

    Programmes use the names of kinds unevenly: a keynote of one is an invited talk of another.
    """
    parts = query.parts if isinstance(query, And) else ()
    kinds = [part for part in parts if isinstance(part, Filter) and part.field == "kind"]
    typed = [word for part in parts if isinstance(part, Word) and not part.field for word in words(part.text)]
    content = list(map(Word, filter(is_content, typed)))
    if not kinds or not content:
        return False
    others = [part for part in parts if isinstance(part, Filter) and part not in kinds]
    answers = matcher.docs(all_of((*content, *others)))
    return bool(answers) and not answers & matcher.docs(all_of(kinds))


def _notice(reader: "_Reader", claim: Claim, template: str) -> Message:
    typed = reader.typed(claim)
    if claim.filter.field == "lang":
        template = OF_TEXTS
    elif claim.filter == INVITED and template == READ:
        template = AS_KINDS
    elif template == AS_TEXT and claim.filter in (PAPERS, INVITED) and not claim.denied:
        template = ANY_TALK
    operator = "NOT " if claim.denied or (not claim.sure and is_excluding(fold(typed))) else ""
    return Message(template, {"words": typed, "filter": operator + " ".join(map(str, claim.filters))})


def _spaced(key: str) -> str:
    """Return the key of a name with a space before its year.

    >>> _spaced("mlsys2024")
    'mlsys 2024'
    """
    return re.sub(r"^([a-z]+)([0-9]{4})$", r"\1 \2", key)


class _Reader:
    """Reads the tokens of one query from left to right."""

    def __init__(self, catalogue: Catalogue, tokens: list[Token]) -> None:
        self.tokens = tokens
        self._catalogue = catalogue
        self._facets = catalogue.index.facets
        self._values: dict[str, frozenset[str]] = {}
        kind = partial(kind_claim, tokens, self._known, self._ends)
        own, language = (partial(find, tokens, self._known) for find in (own_claim, language_claim))
        company = partial(self._named, "company")
        material = partial(material_claim, tokens, self._known, self._ends)
        denied = partial(denied_claim, tokens, self._known, self._event, company)
        joint = partial(joint_claim, tokens, company)
        names = (self._event, self._organization)
        self._readings = (self._years, denied, joint, *names, kind, own, material, language)

    def claims(self) -> Iterator[Claim]:
        """Yield what tokens mean filters, none twice."""
        at = 0
        while at < min(len(self.tokens), MOST_TOKENS):
            found = next(filter(None, (read(at) for read in self._readings)), None)
            if found:
                yield found
            at = found.end if found else at + 1

    def typed(self, claim: Claim) -> str:
        """Return the tokens of a claim as they were typed."""
        tokens = self.tokens[claim.start : claim.end]
        joined = "".join(token.text if token.glued else f" {token.text}" for token in tokens)
        return excerpt(joined.strip())

    def is_vague(self, claim: Claim) -> bool:
        """Return whether a claim is Japanese text of a year that is not read; its pieces say nothing of a subject."""
        return claim.filter.field == "year" and not (claim.sure or self._folded(claim.start).isascii())

    def after(self, end: int) -> int:
        """Return the end of tokens together with the hiragana that follows without a space."""
        token = self._token(end)
        return end + 1 if token and token.glued and token.plain else end

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _folded(self, at: int) -> str:
        token = self._token(at)
        return token.folded if token else ""

    def _ends(self, at: int) -> bool:
        """Return whether no subject follows directly: the query ends, or a stop word, particle or year comes."""
        token = self._token(at)
        if token and token.folded == "・":
            return False
        return token is None or token.plain or self._year(at) is not None

    def _known(self, facet: str) -> frozenset[str]:
        if facet not in self._values:
            self._values[facet] = frozenset(self._facets.values(facet))
        return self._values[facet]

    def _year(self, at: int) -> Written | None:
        """Return the years of one token."""
        token = self._token(at)
        if token is None:
            return None
        if not token.folded.isascii():
            sign = re.search(SIGN_OF_JAPANESE, token.folded)
            # The pattern that cut the tokens: another one would take 20 ms to compile.
            may_be = sign and re.fullmatch(PIECES_WITH_YEARS, token.folded)
            return written_japanese(token.folded) if may_be else None
        years = plain_years(token.folded)
        if re.fullmatch("[0-9]{4}", years) or not year_range(years):
            return Written(1, (years,)) if years in self._known("year") else None
        return Written(1, (years,)) if self._known("year").intersection(re.split(r"\.\.", years)) else None

    def _years(self, at: int) -> Claim | None:
        """Read years with the words around them: "2024", "since 2023", "from 2020 to 2022", "2023年以降", "last year"."""
        following = [token.folded for token in self.tokens[at : at + LONGEST_YEARS]]
        written = written_english(following) if following[0].isascii() else None
        if written is None or (written.length == 1 and not re.search("[a-z]", following[0])):
            written = self._year(at)
        known = sorted(map(int, self._known("year")))
        near = range(known[0] - YEARS_AROUND, known[-1] + YEARS_AROUND) if known else ()
        if written is None or not all(
            int(year) in near for years in written.values for year in re.findall("[0-9]+", years)
        ):
            return None
        end = at + written.length
        if self._is_number(at, end):
            return None
        excluded = self._excluded_after(end)
        return Claim(at, excluded or end, Filter("year", written.values), written.sure and not excluded)

    def _excluded_after(self, end: int) -> int | None:
        """Return the end of separate words after years that exclude these: "2024 以外", "2024年 を除く"."""
        following = [token.folded for token in self.tokens[end : end + 3]]
        counts = range(len(following), 0, -1)
        return next((end + n for n in counts if EXCLUDING.fullmatch("".join(following[:n]))), None)

    def _is_number(self, at: int, end: int) -> bool:
        """Return whether tokens with years may say a number of something: "of 2000 nodes", "2000から"; not "in 2030", "2030年".

        A number that is a year of the data is taken for that.
        """
        typed = " ".join(token.folded for token in self.tokens[at:end])
        years = re.findall(r"(?<!\d)\d{4}(?![\ds年])", typed, re.ASCII)
        unknown = bool(years) and self._known("year").isdisjoint(years)
        return unknown and "年" not in typed and not (typed.isascii() and self._ends(end))

    def _named(self, facet: str, at: int, longest: int = LONGEST_NAME) -> tuple[int, str] | None:
        """Return where the longest name that starts at a token ends, and the name for a query."""
        run = self.tokens[at : at + longest]
        if not run or run[0].plain or not self._begins(facet, name_key(run[0].folded)):
            return None
        for length in (n for n in range(len(run), 0, -1) if run[n - 1].folded not in SIGNS):
            joined = "".join(one.folded if one.glued else f" {one.folded}" for one in run[:length])
            key = _spaced(name_key(joined))
            values = self._facets.named(facet, key) if key else ()
            if facet == "company" and len(values) > 1:
                values = outermost(self._catalogue.organizations, values)
            if len(values) == 1 and self._facets.docs(facet, values):
                return at + length, slug(key)
        return None

    def _begins(self, facet: str, key: str) -> bool:
        """Return whether a name starts with the first word of a key; that is asked before longer names are looked up."""
        return bool(key) and self._facets.has_beginning((facet,), _spaced(key).split()[0])

    def _event(self, at: int) -> Claim | None:
        """Read "mlsys 2024", "at opml19"; a series alone only may be meant: "at mlsys", "mlsys"."""
        start = at + 1 if self._folded(at) in PLACES else at
        numbered = any(
            re.search("[0-9]", token.folded) for token in self.tokens[start : start + LONGEST_NAME]
        )
        event = self._named("event", start) if numbered else None
        if event:
            return Claim(at, event[0], Filter("event", (event[1],)), sure=True)
        short = self._folded(start) + self._folded(start + 1).lstrip("'’")  # OpML '20
        if re.fullmatch("[a-z]+[0-9]{2}", short) and self._facets.named("event", short):
            return Claim(at, start + 2, Filter("event", (short,)), sure=True)
        series = self._named("series", start, LONGEST_SERIES)
        if series is None:
            return None
        sure = start > at or any(self._year(other) is not None for other in (series[0], at - 1))
        return Claim(at, series[0], Filter("series", (series[1],)), sure)

    def _organization(self, at: int) -> Claim | None:
        """Read "by google", "from Intel and Arm", "Googleの発表", "Googleの監視"; the name alone only may be meant."""
        word = self._folded(at)
        start = at + 1 if word in MAKERS else at
        found = self._named("company", start)
        if found is None:
            return None
        end, name = found
        names = [name]
        ordinary = end == start + 1 and not self._surely_a_name(start)
        if start == at:
            while self._folded(end) in JOINED and (other := self._named("company", end + 1)):
                end = other[0]
                names.append(other[1])
            owned = self._owns_talks(end) or (not ordinary and self._has_subject(end))
            if ordinary and not owned:
                return None
            sure = (owned or self._folded(end).startswith(MADE_BY)) and not (
                at and self._folded(at - 1) in JOINED
            )
            return Claim(at, end, Filter("company", tuple(names)), sure)
        other = self._named("company", end + 1) if self._folded(end) in JOINING else None
        if other:
            end = other[0]
            names.append(other[1])
        short = end == start + 1 and len(name) <= SHORT_NAME
        sure = self._ends(end) or not (ordinary or short)
        if word == "from" and self._folded(end) == "to":
            sure = False
        return Claim(at if sure else start, end, Filter("company", tuple(names)), sure)

    def _owns_talks(self, at: int) -> bool:
        """Return whether a name before a token owns talks: "の論文", "の2025年の基調講演"; other words between if the query ends so."""
        direct = at
        while self._folded(direct) == "の":
            owned = self._folded(direct + 1)
            if owned.startswith(TALKS) or owned in KIND_WORDS or is_example(owned):
                return True
            direct += 2 if self._year(direct + 1) is not None else 1
        rest = OWNED_AT_END.fullmatch("".join(token.folded for token in self.tokens[at:MOST_TOKENS]))
        return rest is not None and not any(map(is_content, words(rest[1])))

    def _has_subject(self, at: int) -> bool:
        """Return whether Japanese words alone follow の: グーグルの推薦システム; NVIDIAのGPU may be the product, which others use, too."""
        rest = [token.folded for token in self.tokens[at + 1 :]]
        denied = any(map(DENIED.search, rest))
        return self._folded(at) == "の" and bool(rest) and not denied and all(map(is_japanese, rest))

    def _surely_a_name(self, at: int) -> bool:
        """Return whether a token is no ordinary word: "google" and "Rice" are not, "rice" and "ms" may be one."""
        token = self.tokens[at]
        return token.text[:1].isupper() or not (len(token.folded) < 3 or is_english(token.folded))
