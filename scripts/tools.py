"""The arguments of the tools of the MCP server as tables: what each takes, which fields and how many records it returns by default.

Made from what the server itself declares to a client. Does not write files: `scripts.reference` does.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from mltalks.mcp_server import editing, reading
from mltalks.mcp_server.tool import Tool
from scripts.fields import table

# Arguments that mean the same for every tool that has them; the text above the tables says what.
_COMMON = ("fields", "limit", "cursor")
# What the server leaves to the description of the tool.
_MEANINGS = {
    ("list_sessions", "query"): "A query; empty: all sessions.",
    ("explain", "id"): "The id of a session.",
    ("add_note", "text"): "The text of the note.",
    ("tag", "tags"): "The tags to add.",
    ("mark", "mark"): '"none" removes the mark.',
    ("undo", "steps"): "How many changes.",
    "reverse": "Turns the order round.",
}


def tools() -> Iterator[str]:
    """Yield the lines of the tables."""
    heads = ("tool", "argument", "value", "default", "what it is")
    yield from table(heads, _arguments(reading.TOOLS))
    yield from ("", "With `--allow-edits`, these too:", "")
    yield from table(heads, _arguments(editing.TOOLS))
    yield from ("", "What a tool returns by default:", "")
    yield from table(("tool", "`limit`", "`fields`"), map(_page, reading.TOOLS))


def _arguments(some: Iterable[Tool]) -> Iterator[tuple[str, ...]]:
    for tool in some:
        schema = tool.declared("").input_schema
        required = schema.get("required", ())
        for name, one in schema["properties"].items():
            if name not in _COMMON:
                about = one.get("description") or _MEANINGS.get((tool.name, name)) or _MEANINGS[name]
                default = "required" if name in required else _default(one["default"])
                yield f"`{tool.name}`", f"`{name}`", _value(one), default, about


def _default(value: Any) -> str:
    if value is None:
        return "none"
    return f'`"{value}"`' if isinstance(value, str) else f"`{str(value).lower()}`"


def _value(schema: dict[str, Any]) -> str:
    """Return which values an argument takes, in words."""
    if "anyOf" in schema:
        return _value(next(one for one in schema["anyOf"] if one["type"] != "null"))
    if "enum" in schema:
        return ", ".join(f'`"{one}"`' for one in schema["enum"])
    if schema["type"] == "array":
        return f"list of 1 to {schema['maxItems']} texts"
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    return {"boolean": "`true`, `false`", "string": "text"}[schema["type"]]


def _page(tool: Tool) -> tuple[str, ...]:
    shown = "; or ".join(", ".join(f"`{one}`" for one in names) for names in tool.shown.values())
    return f"`{tool.name}`", str(tool.limit or "none"), shown or "none: text in Markdown"
