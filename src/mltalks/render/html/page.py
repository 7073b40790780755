"""A survey as one page for a browser, in both languages, which works without a server.

Does not trust data: all of it is escaped, and the Content-Security-Policy allows only the script of the page.
"""

import base64
import hashlib
import json
import string
import zlib
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mltalks import __version__
from mltalks.dataset.loader import without_collecting
from mltalks.messages import Lang, say
from mltalks.render.document import Paragraph, Table, Talks, more
from mltalks.render.html import charts
from mltalks.render.html.payload import LANGS, embedded, filters
from mltalks.render.survey_document import survey_document
from mltalks.render.survey_writer import Limits
from mltalks.text import sanitize
from mltalks.text.japanese.scripts import is_japanese

if TYPE_CHECKING:
    from jinja2 import Environment

    from mltalks.analysis.survey import Survey
    from mltalks.search.catalogue import Catalogue

# The signs of base 85 by their values (RFC 1924), with others for those of HTML.
_MARKUP = str.maketrans(",.:", "<>&")
_NO_MARKUP = str.maketrans("<>&", ",.:")
_LETTERS = (
    string.digits + string.ascii_uppercase + string.ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
).translate(_NO_MARKUP)
LIMITS = Limits(rows=100, talks=None, columns=12)
FEW = 60  # sessions up to which the talks under each theme are shown without a click
SHORT_TABLE = 12  # rows up to which a table without a picture is shown without a click


def page(catalogue: "Catalogue", survey: "Survey", lang: Lang) -> str:
    """Return the page of a survey, first shown in a language."""
    script = _file("page.js")
    docs = [doc for one in survey.sessions if (doc := catalogue.index.sessions.doc(one.id)) is not None]
    choices = filters(catalogue, docs)
    with without_collecting():
        data = embedded(catalogue, survey, docs, choices)
    template = _environment().from_string(_file("page.html.j2"))
    documents = [survey_document(catalogue, survey, one, LIMITS) for one in LANGS]
    return (
        template.render(
            documents=documents,
            lang=lang,
            title=next(one.title for one in documents if one.lang == lang),
            style=_file("page.css"),
            script=script,
            script_hash=_hash(script),
            data=packed(data),
            letters=_LETTERS,
            filters=choices,
            texts={one: _texts(one) for one in LANGS},
            found=len(survey.sessions),
            few=len(survey.sessions) <= FEW,
            short_table=SHORT_TABLE,
            short=partial(charts.short, catalogue.organizations),
            version=__version__,
        )
        + "\n"
    )


def _texts(lang: Lang) -> dict[str, str]:
    """Return the texts of the page besides the survey and those of its script."""
    return {
        "skip": say("Skip to the survey", lang),
        "tools": say("Language and colours", lang),
        "dark": say("Dark", lang),
        "script": say("The search and the buttons need JavaScript.", lang),
        "find": say("Find sessions", lang),
        "words": say("Words, in English or Japanese", lang),
        "contents": say("Contents", lang),
        "numbers": say("Show the numbers as a table", lang),
        "all": say("All", lang),
        "by_theme": say("Theme", lang),
        "by_company": say("Organization", lang),
        "by_year": say("Year", lang),
        "by_kind": say("Kind", lang),
    }


def _file(name: str) -> str:
    return files("mltalks.render.html").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """Return the hash that identifies a script in a Content-Security-Policy (CSP Level 3, 2.3.1)."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def packed(value: Any) -> str:
    """Return a value as JSON, compressed (zlib, RFC 1950) and in base 85 (RFC 1924) with other signs for <, > and &."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode().translate(_NO_MARKUP)


def unpacked(text: str) -> Any:
    """Return the value that `packed` has made a text of."""
    return json.loads(zlib.decompress(base64.b85decode(text.translate(_MARKUP))))


def _environment() -> "Environment":
    """Return the environment of the template: all values are escaped, and an undefined name is an error."""
    from jinja2 import Environment, StrictUndefined  # 40 ms
    from markupsafe import Markup

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["shown"] = sanitize.shown
    made.filters["ours"] = Markup
    made.filters["link"] = sanitize.link
    made.globals["more"] = more
    made.tests["japanese"] = is_japanese
    made.globals["charts"] = charts
    made.tests["paragraph"] = lambda block: isinstance(block, Paragraph)
    made.tests["table"] = lambda block: isinstance(block, Table)
    made.tests["talks"] = lambda block: isinstance(block, Talks)
    return made
