"""What a person adds to and changes in their own data, checked before it is written: each an edit of one file.

Knows what records may say; writes nothing itself (`own` does), and never into a file that is not a person's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mltalks.dataset.ids import event_id, event_of, session_id
from mltalks.dataset.schema import TABLES, check
from mltalks.dataset.toml import record_text
from mltalks.errors import MltalksError, NotFoundError, UsageError
from mltalks.messages import Message
from mltalks.text.folding import name_key
from mltalks.text.fuzzy import nearest
from mltalks.userdata.journal import Splice
from mltalks.userdata.layers import Layers, Standing, merged, origins
from mltalks.userdata.store import How, Own
from mltalks.userdata.toml_document import Document
from mltalks.userdata.toml_edit import put

SESSIONS = "sessions.toml"
ORGANIZATIONS = "organizations.toml"
Values = Mapping[str, Any]


class Edit(NamedTuple):
    """A change of one file that can be made or previewed (see `Own.change`); `about` is known when it has been."""

    file: Path
    command: str
    about: list[str]
    how: How


class Writer:
    """Makes edits of a person's own data, over all that is loaded; `layer` is the number of their own among the layers."""

    def __init__(self, own: Own, known: Layers, layer: int) -> None:
        self.known = known
        self._own = own
        self._layer = layer

    # sessions

    def add(self, values: Values, name: str | None = None, event: Values | None = None) -> Edit:
        """Return the edit that adds a session, and its event where that is new (see `event`).

        Without a name for it, one is made of event and title.

        Raises:
            UsageError: a value is not what its field may hold, or the name is taken.
            NotFoundError: no event or theme of that name.

        """
        values = self._checked(values, event)
        _raise_finding("sessions", {"id": name, **values} if name else values, whole=True)
        file = self._own.file(SESSIONS)
        about: list[str] = []

        def how(text: str) -> Sequence[Splice]:
            document = Document(file, text)
            taken = {
                *self.known.ids("sessions"),
                *(str(one.get("id")) for one in document.records("sessions")),
            }
            if name in taken:
                raise UsageError('the id "{name}" is taken; write another, or change that session', name=name)
            made = name or session_id(values["event"], values["title"], taken)
            about[:] = [made]
            text = record_text({"id": made, **values})
            new = event and all(one.get("id") != event["id"] for one in document.records("events"))
            return [document.added(*([record_text(event, "events")] if event and new else []), text)]

        return Edit(file, "add", about, how)

    def change(self, found_id: str, command: str, change: Callable[[Values], Values]) -> Edit:
        """Return the edit that changes a session; `change` is given all its fields and returns those that change.

        A field that becomes None, an empty text or an empty list is taken away.

        Raises:
            NotFoundError: no such session, event or theme.
            UsageError: a value is not what its field may hold, or a field is not the person's own to take away.
            MltalksError: a file that is read later says otherwise, so that the change would not show.

        """
        parts = self.known.session(found_id)
        mine = [part for part in parts if part.layer == self._layer]
        file = mine[0].file.path if mine else self._own.file(SESSIONS)
        others = merged([part for part in parts if part.layer < self._layer])

        def how(text: str) -> Sequence[Splice]:
            document = Document(file, text)
            records = document.records("sessions")
            index = next((i for i, one in enumerate(records) if one.get("id") == found_id), None)
            own = {} if index is None else records[index]
            now = others | own
            changed = {
                field: value or None
                for field, value in change(now).items()
                if (value or None) != (now.get(field) or None)
            }
            given = self._checked({field: value for field, value in changed.items() if value is not None})
            gone = [field for field, value in changed.items() if value is None]
            self._check_shown(parts, [*given, *gone])
            self._check_own(parts, gone, others, own)
            if not changed:
                return []
            if index is None:
                return [document.added(record_text({"id": found_id, **given}))]
            empty = others and not given and set(own) - set(gone) == {"id"}
            if empty and not document.has_comments("sessions", index):
                return [document.removed("sessions", index)]
            return [document.changed("sessions", index, lambda table: put(table, given, gone))]

        return Edit(file, command, [found_id], how)

    def remove(self, found_id: str) -> Edit:
        """Return the edit that takes a person's own record of a session out.

        Raises:
            NotFoundError: no such session.
            MltalksError: nothing of it is the person's own.

        """
        parts = self.known.session(found_id)
        mine = [part for part in parts if part.layer == self._layer]
        if not mine:
            raise MltalksError(
                "{id} is not your own: it stands in {path}; only your own can be removed",
                id=found_id,
                path=parts[-1].file.path,
            )
        file = mine[0].file.path

        def how(text: str) -> Sequence[Splice]:
            document = Document(file, text)
            records = document.records("sessions")
            found = [i for i, one in enumerate(records) if one.get("id") == found_id]
            return [document.removed("sessions", index) for index in found[:1]]

        return Edit(file, "remove", [found_id], how)

    def text_of(self, found_id: str) -> str:
        """Return the person's own record of a session as it stands in their file, to be changed and given to `rewrite`.

        Where there is none, it is one that says nothing yet, with what is known of the session in comments.

        Raises:
            NotFoundError: no such session.

        """
        parts = self.known.session(found_id)
        mine = [part for part in parts if part.layer == self._layer]
        if mine:
            document = Document(mine[0].file.path, mine[0].file.text)
            span = document.span("sessions", mine[0].number)
            return document.text[span.start : span.end] if span else record_text(mine[0].values)
        known = {field: value for field, value in merged(parts).items() if field != "id"}
        return template({"id": found_id}, known)

    def rewrite(self, found_id: str, written: str) -> Edit:
        """Return the edit that puts a text (see `text_of`) in the place of the person's own record of a session.

        Raises:
            DataError: the text is not TOML.
            UsageError: it is not one record of that session, or a value is not what its field may hold.
            NotFoundError: no event or theme of that name.

        """
        values = record_of(written)
        if values.pop("id", found_id) != found_id:
            raise UsageError("the id must stay {id}", id=found_id)
        checked = self._checked(values)
        if checked != values or Document(Path("text"), written).span("sessions", 0) is None:
            written, values = record_text({"id": found_id, **checked}), checked
        parts = self.known.session(found_id)
        self._check_shown(parts, list(values))
        mine = [part for part in parts if part.layer == self._layer]
        if len(mine) == len(parts):
            _raise_finding("sessions", values, whole=True)
        file = mine[0].file.path if mine else self._own.file(SESSIONS)

        def how(text: str) -> Sequence[Splice]:
            document = Document(file, text)
            records = document.records("sessions")
            index = next((i for i, one in enumerate(records) if one.get("id") == found_id), None)
            if index is None:
                return [document.added(written.strip() + "\n")]
            if document.span("sessions", index) is None:
                gone = records[index].keys() - values.keys() - {"id"}
                return [document.changed("sessions", index, lambda table: put(table, values, [*gone]))]
            return [document.replaced("sessions", index, written.strip() + "\n")]

        return Edit(file, "edit", [found_id], how)

    def is_shipped(self, found_id: str) -> bool:
        """Tell whether a session would still be there without the person's own record of it."""
        return any(part.layer != self._layer for part in self.known.parts("sessions", found_id))

    # events and organizations

    def event(self, name: str) -> tuple[str, dict[str, Any] | None]:
        """Return the id of an event by any of its names; of one that is not known yet, also its record, not yet written.

        Raises:
            UsageError: it is not known, and its name says no year.

        """
        known = self.known.event_names.get(name_key(name))
        if known:
            return known, None
        said: dict[str, Any] = {**event_of(name)}
        if "year" not in said:
            raise UsageError(
                'no event "{name}"; write a new one with its year, as in "{name} 2024"',
                name=name[:60],
                nearest=nearest(name, self.known.event_names.values()),
            )
        made = {"id": event_id(name, int(said["year"]), self.known.ids("events")), **said}
        _raise_finding("events", made)
        return made["id"], made

    def alias(self, spelling: str, canonical: str) -> Edit:
        """Return the edit that makes a spelling one of an organization's names.

        Raises:
            NotFoundError: no organization goes by the second name.
            UsageError: the spelling is another organization's already.

        """
        owners = self._owners()
        name = owners.get(name_key(canonical))
        if name is None:
            near = nearest(canonical, {part.values["name"] for part in self._named()})
            raise NotFoundError('no {what} "{name}"', what="organization", name=canonical[:60], nearest=near)
        owner = owners.get(name_key(spelling))
        if owner is not None:
            raise UsageError('"{alias}" already names {owner}', alias=spelling[:60], owner=owner)
        parts = self.known.parts("organizations", name)
        mine = [part for part in parts if part.layer == self._layer]
        file = mine[0].file.path if mine else self._own.file(ORGANIZATIONS)

        def how(text: str) -> Sequence[Splice]:
            document = Document(file, text)
            records = document.records("organizations")
            index = next((i for i, one in enumerate(records) if one.get("name") == name), None)
            own = {} if index is None else records[index]
            now = merged([part for part in parts if part.layer < self._layer]) | own
            aliases = [*now.get("aliases", ()), spelling]
            _raise_finding(
                "organizations", {"name": name, "kind": now.get("kind", "other"), "aliases": aliases}
            )
            if index is None:
                record = {"name": name, "aliases": aliases}
                return [document.added(record_text(record, "organizations"))]
            return [document.changed("organizations", index, lambda table: put(table, {"aliases": aliases}))]

        return Edit(file, "alias", [name], how)

    def _named(self) -> Iterator[Standing]:
        return (
            part for part in self.known.records("organizations") if isinstance(part.values.get("name"), str)
        )

    def _owners(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in self._named():
            name = part.values["name"]
            aliases = part.values.get("aliases", ())
            for spelling in (name, *(aliases if isinstance(aliases, list) else ())):
                found.setdefault(name_key(str(spelling)), name)
        return found

    # checks

    def _checked(self, values: Values, event: Values | None = None) -> dict[str, Any]:
        """Return values with event and themes by their ids; `event` is one that is not known yet."""
        found = dict(values)
        _raise_finding("sessions", found)
        if event is None and "event" in found and found["event"] not in self.known.ids("events"):
            found["event"] = self._named_id("event", found["event"], self.known.event_names)
        if "themes" in found:
            names = (self._named_id("theme", one, self.known.theme_names) for one in found["themes"])
            found["themes"] = list(dict.fromkeys(names))
        return found

    def _named_id(self, what: str, name: str, names: Mapping[str, str]) -> str:
        found = names.get(name_key(name))
        if found is None:
            near = nearest(name, dict.fromkeys(names.values()))
            raise NotFoundError('no {what} "{name}"', what=what, name=name[:60], nearest=near)
        return found

    def _check_shown(self, parts: Sequence[Standing], fields: Sequence[str]) -> None:
        later = [part for part in parts if part.layer > self._layer]
        for field in fields:
            for part in later:
                if field in part.values:
                    raise MltalksError(
                        "{field} is set in {place}, which is read after your own; change it there",
                        field=field,
                        place=_place(part, field),
                    )

    def _check_own(self, parts: Sequence[Standing], gone: Sequence[str], others: Values, own: Values) -> None:
        for field in gone:
            if field in others and field in own and field not in ("id", "event", "title", "kind"):
                continue  # what the files before say shows again
            if field in others or field in ("id", "event", "title", "kind"):
                part = next((one for one in reversed(parts) if field in one.values), parts[0])
                raise UsageError(
                    "{field} stands in {place}; it can be changed here, not taken away",
                    field=field,
                    place=_place(part, field),
                )


def _place(part: Standing, field: str) -> str:
    origin = origins([[part.file.path]], part.values["id"]).get(field)
    return f"{origin.path}:{origin.line}" if origin else str(part.file.path)


def record_of(text: str) -> dict[str, Any]:
    """Return the one session that a text of TOML holds.

    Raises:
        DataError: it is not TOML.
        UsageError: it holds another number of sessions.

    """
    document = Document(Path("text"), text)
    found = document.records("sessions")
    if len(found) != 1 or document.tables != {"sessions"}:
        raise UsageError("write one session, under [[sessions]]")
    return dict(found[0])


def template(values: Values, known: Values | None = None) -> str:
    """Return a session as TOML to be filled in: what is said, then every other field in a comment.

    `known` are values to show in the comments.
    """
    said = {field: value for field, value in values.items() if value is not None}
    known = known or {}
    lines = []
    for field in TABLES["sessions"]:
        if field not in said:
            shown = record_text({field: known[field]}).split("\n", 1)[1] if field in known else f"{field} = "
            lines += [f"# {line}".rstrip() for line in shown.strip().split("\n")]
    return record_text(said) + "\n".join(lines) + "\n"


def _raise_finding(table: str, values: Values, *, whole: bool = False) -> None:
    if whole:
        for field, what in TABLES[table].items():
            if what.required and field not in values and field != "id":
                raise UsageError("{field}: {message}", field=field, message=Message("is missing"))
    for finding in check(table, dict(values)):
        if finding.severity == "error":
            message = Message(finding.template, finding.values)
            field = ".".join(str(part) for part in finding.path if isinstance(part, str))
            raise UsageError("{field}: {message}", field=field, message=message, nearest=finding.nearest)


def standing(values: Values, field: str, absent: Any) -> Any:
    """Return what stands in a field of a session, to be added to.

    Raises:
        UsageError: it is not what the field may hold, so that nothing can be added to it.

    """
    if field not in values:
        return absent
    _raise_finding("sessions", {field: values[field]})
    return values[field]
