"""The page of fields and formats, and the table of the fields of a query, made from their declarations.

Does not write files: `scripts.reference` does.
"""

from collections.abc import Iterable, Iterator, Sequence

from mltalks.cli.help.texts import topic_text
from mltalks.dataset.schema import TABLES, THEME_TERMS, Field
from mltalks.exchange.exporters.registry import ENDINGS, EXPORTERS
from mltalks.exchange.importers.registry import IMPORTERS
from mltalks.exchange.mapping.column_names import NAMES
from mltalks.render.json_schemas import OUTPUTS
from mltalks.render.views.sessions import SESSIONS
from mltalks.search.query.fields import CHOICE_NAMES, CHOICES, DATES, FIELD_NAMES, FIELDS, SINCE

# What a field means: of a kind of record, or of every kind that has it.
MEANINGS = {
    "id": "the name by which commands, links and other records know it; it never changes",
    "event": "the id of the event",
    "title": "the title, as printed",
    "sessions.kind": "what the talk is",
    "track": "the heading under which the event lists it",
    "track_inferred": "true if the track was concluded from other facts and not seen in print",
    "speakers": "`name`, `organization` and, if the last word is not the whole family name, `family`; as text `Ada Example (Example Inc.)`; an exported "
    "table has such family names in a column of their own, `families`",
    "speakers_incomplete": 'true if the talk has more speakers, whose names are not known ("et al.")',
    "sessions.organizations": "organizations that are printed for the talk, and not for a speaker",
    "keywords": "keywords, as the programme or the paper prints them",
    "keywords_ja": "the keywords in Japanese",
    "sessions.themes": "ids of themes that a person chose; without them, themes are inferred",
    "summary": "what the talk says",
    "summary_ja": "the same in Japanese",
    "questions": "questions that the talk answers",
    "questions_ja": "the questions in Japanese",
    "url": "the page",
    "slides": "the slides",
    "paper": "the paper",
    "video": "the recording",
    "slides_public": "false if the slides are known not to be public",
    "source": "where the facts were seen",
    "source_note": "what is doubtful about them",
    "source_note_ja": "the same in Japanese",
    "doi": "the DOI, without `https://doi.org/`",
    "citation_key": "the key of the talk in your bibliography, if its id is another (empty: the talk is cited by its id, as in `-o bibtex`); `show`, `tag` and other commands find the talk by it",
    "sessions.language": "the spoken language: a code such as `en` or `ja`",
    "sessions.date": "the day, or day and time: `2026-05-20T10:30`",
    "minutes": "the length",
    "room": "the room, as the programme prints it",
    "tags": "your tags, without spaces",
    "mark": "your mark",
    "note": "your note; `export` leaves it out without `--with-notes`",
    "series": "the series of the event, such as MLSys",
    "year": "the year of the event",
    "companies": "the usual names of the organizations of the talk and its speakers, each once",
    "themes_inferred": "those of `themes` that are inferred",
    "inferred": "true if any theme is inferred",
    "links": "all addresses of the talk; only if `--fields` names it",
    "score": "of `search` and `related` alone: how well the talk answers; only the order counts",
    "matched": "of `search` alone: why the talk was found: the word of the query, the text that matches it, how, and in which fields",
    "sessions.shared": "what two related talks share",
    "origins": "the file and line of each field",
    "events.name": "the usual name: `USENIX OpML '19`",
    "full_name": "the name in full",
    "start_date": "the first day",
    "end_date": "the last day",
    "location": "the place",
    "about": "what the event is about",
    "about_ja": "the same in Japanese",
    "coverage": "how many of its talks are known",
    "coverage_note": "what is missing",
    "coverage_note_ja": "the same in Japanese",
    "committee_coverage": "how many members of its committee are known",
    "committee_note": "what is missing of the committee",
    "committee_note_ja": "the same in Japanese",
    "journal": "true for the year of a journal, whose talks are articles",
    "collection": "true for works that name no event (preprints, reports), which are not cited as talks at one",
    "members.name": "a member of a committee, one record for each role",
    "role": "the role, as printed",
    "organization": "the organization, as printed",
    "organization_source": "where the organization was seen",
    "total": "how many there are in all",
    "seats": "how many seats each organization has: `organization`, `seats`",
    "tracks": "how many talks each track has: `track`, `sessions`",
    "label": "the name in English (`en`), Japanese (`ja`) or both",
    "broader": "the id of the theme above it; without it, the theme is a broad one",
    "definition": "what belongs to the theme, and what does not",
    "definition_ja": "the same in Japanese",
    "themes.aliases": "ids that it had, which still find it",
    "terms": f"the phrases that indicate it, in lists: {', '.join(f'`{name}`' for name in THEME_TERMS)}; see [How talks are filed](taxonomy.md)",
    "organizations.name": "the usual name",
    "name_ja": "the name in Japanese output, one of its spellings; without it, the usual name",
    "organizations.kind": "what it is",
    "organizations.aliases": "its other spellings",
    "parent": "the usual name of the organization that it belongs to",
    "session": "the id of the talk",
    "theme": "the id of the theme",
    "verdict": "whether the talk belongs under the theme",
    "decisions.date": "the day of the decision",
    "en": "spellings in English, the usual one first",
    "ja": "spellings in Japanese, the usual one first",
    "near": "words that mean something close to it, or describe it in everyday words; they count less",
}
RECORDS = {
    "events": "Events",
    "themes": "Themes",
    "organizations": "Organizations",
    "keywords": "Keywords in two languages",
    "terms": "Names that the search takes as one",
    "decisions": "Decisions on themes",
    "members": "Members of committees",
    "committee_tallies": "Committees of which only numbers are known",
    "track_tallies": "Tracks of which only numbers are known",
}
# What a filter of the query finds.
FILTERS = {
    "company": "talks of an organization and its units",
    "theme": "talks under a theme, by id or label, and under its narrower ones",
    "keyword": "talks with a keyword, whole or some words of it",
    "speaker": "talks of a speaker, by the whole name or some words of it",
    "event": "talks of one edition, by id or name",
    "series": "talks of all editions",
    "track": "talks of a track, whole or some words of it",
    "room": "talks in a room, the whole name or some words of it",
    "id": "the talk of that id",
    "doi": "the talk of that DOI",
    "tag": "talks with your tag",
    "language": "talks given in a language, by its code or name, such as `fr` or `french`",
    "year": "talks of `2019`, `2019..2021`, `2024..` or `..2020`",
    "kind": "talks of a kind",
    "lang": "talks with a title, keywords or a summary in the language",
    "has": "talks that have it",
    "mark": "talks with your mark",
    "origin": "talks that you added or imported, or those of the shipped data",
    "title": "words in the title",
    "summary": "words in the summary",
    "answers": "words in the questions that the talk answers",
    "note": "words in your note",
    SINCE: "talks of that year and later",
}


def fields() -> Iterator[str]:
    """Yield the lines of docs/fields.md."""
    yield from (
        "# Fields and formats",
        "",
        "The fields of data files and of what commands print. `mltalks schema NAME` prints those of an output as JSON Schema.",
        "",
        "## Talks",
        "",
        "A `[[sessions]]` record of a data file has these fields, and so have JSON, CSV, `--fields`, `import --map` and `source.draft`. A data",
        "file needs those in bold; `import` and `add` fill in the id and the kind. What is not known is left out (in JSON:",
        "null or an empty list). In text, several values are joined by `; `.",
        "",
        *declared("sessions"),
        "",
        "These have no field: a title in another language, a status (cancelled), a rating or level, a biography or a photo of a speaker,",
        "the day of a mark or tag, and a second link of a kind; a tag or the note can hold them",
        "([a second link](howto.md#add-a-summary-a-keyword-or-a-second-link-or-video-to-a-talk),",
        "[cancelled talks](howto.md#keep-a-talk-as-a-record-that-did-not-take-place-cancelled-no-show-a-replaced-speaker)).",
        "",
        "mltalks adds these to what it prints; `--map` also takes `series` and `year`, which are those of the event:",
        "",
        *added(),
        "",
        "### Columns that `import` knows",
        "",
        "Upper and lower case, spaces, hyphens and underscores do not matter. `--map FIELD=COLUMN` reads any other column. The rows from",
        '"start" on are no fields: they say when and where a talk is given, whether it was accepted, and the parts of a speaker\'s name. A column `tags` has',
        "your tags in a file that mltalks wrote and in any table with a column `id`, and keywords in other tables; a message says so. A column of ids counts as",
        "`id` by itself only if it has ids of talks; numbers of papers need `--map id=COLUMN`.",
        "",
        "Words in `kind`: article, oral and spotlight are read as paper; presentation, lecture, demo and lightning as talk; workshop and hands-on as tutorial;",
        "discussion as panel. Words before them (full paper, short talk, invited talk) and a length (Talk 40 min) do not matter. An unknown word is left out, with a",
        "message: the talk is then a talk.",
        "",
        "Japanese names may be made of such words (勉強会名, 開催年月日, 講師のご所属), with more in brackets (敬称略), and `--map` takes them as",
        "names of fields (`--map 会議=催し`), as it takes those of exported headings and of queries.",
        "",
        *table(
            ("field", "columns and keys"),
            (
                (f"`{field}`" if field in (*TABLES["sessions"], "series", "year") else field, names)
                for field, names in NAMES.items()
            ),
        ),
        "",
        "## Other records of data files",
        "",
        "Your own data and `mltalks.toml` may have records of every kind. A record with a known id (organizations: name) changes the fields",
        "that it has.",
    )
    for name in TABLES:
        if name != "sessions":
            yield from ("", f"### {RECORDS[name]}: `[[{name}]]`", "", *declared(name))
    yield from (
        "",
        "## Formats of output",
        "",
        "```text",
        *topic_text("formats", "en").splitlines(),
        "```",
        "",
    )
    yield from ("## Fields of what each command prints", "", *table(("command", "fields"), printed()))
    yield from ("", "## Formats of files", "", "### import", "")
    yield from table(("`--format`", "what it reads"), documented(IMPORTERS.built_in))
    yield from ("", "### export", "")
    yield from table(
        ("`--format`", "endings", "what it writes"),
        (
            (name, " ".join(f"`{ending}`" for ending, form in ENDINGS.items() if name == f"`{form}`"), text)
            for name, text in documented(EXPORTERS.built_in)
        ),
    )


def declared(record: str) -> Iterator[str]:
    """Yield the table of the fields of a record of data files."""
    yield from table(
        ("field", "value", "meaning"),
        (
            (f"**`{name}`**" if field.required else f"`{name}`", value(field), meaning(record, name))
            for name, field in TABLES[record].items()
        ),
    )


def value(field: Field) -> str:
    """Return what a field allows, as its check says it."""
    refused = [violation.values for probe in (object(), "") for violation in field.check(probe)]
    choices = next((str(one["choices"]) for one in refused if "choices" in one), "")
    return choices or str(refused[0].get("what", "a date"))


def meaning(record: str, field: str) -> str:
    """Return the meaning of a field of a kind of record."""
    return MEANINGS.get(f"{record}.{field}") or MEANINGS[field]


def added() -> Iterator[str]:
    """Yield the table of the fields of sessions that no data file has."""
    names = dict.fromkeys(
        name for output in OUTPUTS.values() if output.sessions for name in output.fields
    ).keys()
    yield from table(
        ("field", "meaning"),
        ((f"`{name}`", meaning("sessions", name)) for name in names if name not in TABLES["sessions"]),
    )


def printed() -> Iterator[tuple[str, str]]:
    """Yield the commands of each output, and the fields that `--fields` can choose."""
    for output in OUTPUTS.values():
        own = [f"`{name}`" for name in output.fields if not (output.sessions and name in SESSIONS.fields)]
        all_of = ["those of a talk"] if output.sessions else []
        years = ["one for each year (`2026`)"] if output.printed_by == "trend" else []
        if output.fields:
            yield output.printed_by, ", ".join([*all_of, *own, *years])


def documented(places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the formats of a registry, each with the first sentence of its module."""
    from importlib import import_module

    for name, place in places.items():
        first = (import_module(place.partition(":")[0]).__doc__ or "").partition("\n\n")[0]
        yield f"`{name}`", " ".join(first.split()).removeprefix("Imports ").removesuffix(".")


def filters() -> Iterator[str]:
    """Yield the table of the fields of a query."""
    names = {
        name: [other for other, field in FIELD_NAMES.items() if field == name] for name in (*FIELDS, SINCE)
    }
    names["year"] += DATES
    yield from table(
        ("filter", "finds", "other names"),
        (
            (f"`{name}:`", FILTERS[name] + choices(name), " ".join(f"`{other}:`" for other in others))
            for name, others in names.items()
        ),
    )


def choices(field: str) -> str:
    """Return the values of a field of the query that has fixed ones, each with its other names."""
    if field not in CHOICES:
        return ""
    names = {one: [f"`{one}`"] for one in CHOICES[field]}
    for other, one in CHOICE_NAMES.get(field, {}).items():
        names[one].append(other)
    return ": " + ", ".join(" ".join(some) for some in names.values())


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
