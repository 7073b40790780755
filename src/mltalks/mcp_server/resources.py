"""The resources of the server: one session, theme or event as JSON, and the help on the query language.

Does not search: the tools do.
"""

from urllib.parse import quote, unquote, urlsplit

import mcp_types as types

from mltalks.analysis.event_detail import EventDetail
from mltalks.errors import NotFoundError
from mltalks.mcp_server import reading
from mltalks.mcp_server.access import Access
from mltalks.mcp_server.tool import MOST_RECORDS, Tool
from mltalks.messages import excerpt
from mltalks.text.formats.json_text import encoded

HELP = "mltalks://help/query"
JSON, TEXT = "application/json", "text/plain"
# The tool that returns the thing of an id, and its argument.
_READ = {
    "session": (Tool(reading.show, "", {"session": ""}), "id"),
    "theme": (Tool(reading.themes, "", {"theme": ""}, MOST_RECORDS), "theme"),
    "event": (Tool(reading.show, "", {"event": ""}), "id"),
}


def templates() -> list[types.ResourceTemplate]:
    """Return the resources that have an id."""
    return [
        types.ResourceTemplate(uri_template=f"mltalks://{kind}/{{id}}", name=kind, mime_type=JSON)
        for kind in _READ
    ]


def listed(access: Access) -> list[types.Resource]:
    """Return the help on the query language, and the events.

    Raises DataError: the data cannot be used.
    """
    events = access.library().catalogue.events.values()
    named = ((f"mltalks://event/{quote(one.id, safe='')}", one.id, one.name) for one in events)
    return [
        types.Resource(uri=HELP, name="help/query", mime_type=TEXT),
        *(types.Resource(uri=uri, name=id_, title=name, mime_type=JSON) for uri, id_, name in named),
    ]


def content(access: Access, uri: str) -> types.TextResourceContents:
    """Return the content of a resource: what `mltalks show ID --json` or `mltalks themes ID --json` prints, without origins.

    Raises NotFoundError: there is no such resource; the error holds the nearest ids.
    Raises DataError: the data cannot be used.
    """
    if uri == HELP:
        return types.TextResourceContents(uri=uri, mime_type=TEXT, text=access.query_help)
    address = urlsplit(uri)
    name = unquote(address.path.removeprefix("/"))
    if address.scheme != "mltalks" or address.netloc not in _READ or not name:
        known = (HELP, *(one.uri_template for one in templates()))
        raise NotFoundError('no {what} "{name}"', what="resource", name=excerpt(uri), nearest=known)
    if address.netloc == "session":
        access.library().catalogue.doc(name)  # raises if the name is that of an event
    if address.netloc == "event" and not isinstance(access.library().show(name), EventDetail):
        raise NotFoundError.named("event", name, access.library().catalogue.names("event").nearest(name))
    tool, argument = _READ[address.netloc]
    found = tool.call(access, {argument: name})
    result, cursor = found["result"], found["next_cursor"]
    while cursor:  # a theme has a page of its sessions after the other
        found = tool.call(access, {argument: name, "cursor": cursor})
        result["sessions"] += found["result"]["sessions"]
        cursor = found["next_cursor"]
    return types.TextResourceContents(uri=uri, mime_type=JSON, text=encoded(result))
