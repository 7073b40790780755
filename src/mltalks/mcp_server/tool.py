"""A tool: a typed function with its description, the schemas of its arguments and its answers, and a call of it.

Does not hold the tools: `reading` and `editing` do.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any, NamedTuple

import mcp_types as types
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from mltalks.errors import UsageError
from mltalks.library import Library
from mltalks.mcp_server.access import Access
from mltalks.mcp_server.answers import EVERYTHING, Found, Page, answer, answer_schema
from mltalks.messages import excerpt
from mltalks.render.value_types import Schema
from mltalks.text.fuzzy import nearest

MOST_RECORDS = 100
Limit = Annotated[int, Field(ge=1, le=MOST_RECORDS, description="How many records to return.")]
Cursor = Annotated[
    str | None,
    Field(description="The next_cursor of the last answer: returns what follows. The other arguments stay."),
]
_FIELDS = 'Fields of each record; ["*"]: all. Default: {names}.'


class Call(NamedTuple):
    """A call of a tool: the data, and the page that is asked for."""

    access: Access
    page: Page

    def library(self) -> Library:
        """Return the library of the data as they are now.

        Raises DataError: the data cannot be used.
        """
        return self.access.library()

    def wants(self, field: str) -> bool:
        """Return whether the call names a field, or asks for all."""
        return not {field, EVERYTHING}.isdisjoint(self.page.fields or ())


class Tool:
    """A tool of the server.

    `shown` has the fields that are returned by default, by the name of the output (see `mltalks schema`); a tool with a
    `limit` returns pages of so many records. It changes data if `destructive` is not None.
    """

    def __init__(
        self,
        function: Callable[..., Found],
        title: str,
        shown: Mapping[str, str],
        limit: int = 0,
        *,
        destructive: bool | None = None,
        idempotent: bool = True,
    ) -> None:
        self.name = function.__name__
        self.title = title
        self.shown = {name: fields.split() for name, fields in shown.items()}
        self.limit = limit
        self.destructive = destructive
        self.idempotent = idempotent
        self._function = function

    @property
    def choosable(self) -> bool:
        """Whether a call can choose the fields of records."""
        return any(self.shown.values())

    @cached_property
    def _arguments(self) -> type[BaseModel]:
        parameters = list(inspect.signature(self._function, eval_str=True).parameters.values())[1:]
        fields: dict[str, Any] = {
            one.name: (one.annotation, ... if one.default is one.empty else one.default) for one in parameters
        }
        if self.choosable:
            names = "; ".join(", ".join(names) for names in self.shown.values())
            about = Field(min_length=1, max_length=100, description=_FIELDS.format(names=names))
            fields["fields"] = (Annotated[list[str] | None, about], None)
        if self.limit:
            fields |= {"limit": (Limit, self.limit), "cursor": (Cursor, None)}
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    @cached_property
    def output_schema(self) -> Schema:
        """The JSON Schema of its answers."""
        return answer_schema(self.shown)

    def declared(self, query_help: str) -> types.Tool:
        """Return the tool as the protocol declares it; the query language belongs to the description if that asks for it."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=inspect.cleandoc(self._function.__doc__ or "").replace("{query_help}", query_help),
            input_schema=self._arguments.model_json_schema(),
            output_schema=self.output_schema,
            annotations=types.ToolAnnotations(
                title=self.title,
                read_only_hint=self.destructive is None,
                destructive_hint=bool(self.destructive),
                idempotent_hint=self.idempotent,
                open_world_hint=False,
            ),
        )

    def call(self, access: Access, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a call.

        Raises UsageError: an argument is missing, unknown or not what it may be.
        Raises MltalksError: as the library.
        """
        typed = self._typed(arguments)
        page = Page.of(typed, self.limit or MOST_RECORDS)
        own = {name: value for name, value in typed.items() if name not in ("fields", "limit", "cursor")}
        found = self._function(Call(access, page), **own)
        return answer(found, page, self.shown[found.view.output.name] or [EVERYTHING], access.lang)

    def _typed(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self._arguments.model_validate(arguments).model_dump()
        except ValidationError as error:
            errors = error.errors(include_url=False)
            first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
            name = excerpt(".".join(map(str, first["loc"])))
            known = list(self._arguments.model_fields)
            if first["type"] == "extra_forbidden":
                raise UsageError(
                    'there is no argument "{name}"; the arguments are {names}',
                    name=name,
                    names=", ".join(known),
                    nearest=nearest(name, known),
                ) from None
            raise UsageError("argument {name}: {reason}", name=name, reason=first["msg"]) from None
