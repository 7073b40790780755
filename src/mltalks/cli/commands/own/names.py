"""The command on the names of organizations in the user data: alias.

Does not rename speakers: `edit` does.
"""

from shlex import quote
from typing import Annotated

from mltalks.cli.commands.own.changing import DryRun, changing
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import argument, flag, option
from mltalks.cli.exit_codes import Exit
from mltalks.dataset.hierarchy import ancestors
from mltalks.dataset.vocabulary import ORGANIZATION_KINDS
from mltalks.errors import NotFoundError, UsageError
from mltalks.messages import excerpt
from mltalks.text.folding import name_key

_SWAPPED = '"{name}" is already a name of {owner}; the other spelling comes first: {command}'

_UNIT = '"{name}" is an organization of its own, a unit of {organization}: its talks and seats count under {organization}, too'


@with_console
def alias_command(
    console: Console,
    spelling: Annotated[str, argument("SPELLING", "The name as printed in a programme.")],
    organization: Annotated[
        str | None,
        argument(
            "[ORGANIZATION]", "The organization, by any of its names; without it, --new adds SPELLING itself."
        ),
    ] = None,
    new: Annotated[bool, flag("--new", "Add the organization if no data have it.")] = False,
    kind: Annotated[
        str | None, option("--kind", f"Its kind: {', '.join(ORGANIZATION_KINDS)}.", metavar="KIND")
    ] = None,
    parent: Annotated[
        str | None, option("--parent", "The organization that it is a unit of.", metavar="ORGANIZATION")
    ] = None,
    dry_run: DryRun = False,
) -> Exit:
    """Register another name of an organization, so that sessions with this name are counted under the organization.

    mltalks alias "Gogle Inc." Google
    mltalks alias 日本電信電話 NTT
    mltalks alias "Acme Inc." Acme --new --kind company
    mltalks alias "Acme Labs" --new --parent Acme

    The organization may be any that 'mltalks companies' or 'mltalks committee' lists.
    """
    if organization is None and not new:
        raise UsageError(
            "name the organization after its other spelling, or add --new to make one of this name"
        )
    alone = organization is None
    organization = organization or spelling
    known = console.records.named("organizations", organization)
    if not alone and not known and name_key(spelling) == name_key(organization):
        template = '"{name}" is the same name twice; an organization without another spelling: mltalks alias {typed} --new'
        raise UsageError(template, name=excerpt(spelling), typed=quote(excerpt(spelling)))
    owned = None if alone else console.records.named("organizations", spelling)
    if owned and not known and not new:
        shown = console.library.catalogue.label("company", owned, console.lang)
        command = f"mltalks alias {quote(excerpt(organization))} {quote(excerpt(spelling))}"
        raise UsageError(_SWAPPED, name=excerpt(spelling), owner=shown, command=command)
    name = known or _counted(console, spelling, organization, new=new)
    with changing(console, "alias", dry_run=dry_run) as change:
        record = change.organization(name) if known else change.new_organization(name)
        owner = change.known.named("organizations", spelling)
        if owner is not None and name in ancestors(owner, console.library.catalogue.organizations.parents):
            raise UsageError(_UNIT, name=excerpt(owner), organization=name)
        if owner is not None:
            raise UsageError('"{alias}" is already a name of {owner}', alias=excerpt(spelling), owner=owner)
        if not alone:
            record["aliases"] = [*change.valid(record, "aliases", [], "organizations"), spelling]
        seated = map(name_key, console.library.catalogue.seated)
        printed = _is_printed(console, spelling) or name_key(spelling) in seated
        if kind is not None:
            record["kind"] = kind
        if parent is not None:
            record["parent"] = change.known.resolve("organizations", parent)
    if not printed:
        console.say('no talk and no committee has an organization "{name}" yet', name=excerpt(spelling))
    return Exit.DONE


def _is_printed(console: Console, spelling: str) -> bool:
    """Return whether a session has an organization of this spelling, which counts without the legal form of a Japanese company."""
    from mltalks.dataset.organizations import Organizations

    facets = console.library.catalogue.index.facets
    names = (spelling, *Organizations(()).resolve(spelling))
    return any(facets.named("company", name_key(name)) for name in names)


def _counted(console: Console, spelling: str, typed: str, *, new: bool) -> str:
    """Return the name of an organization that has no record but is counted, or the typed one if it is `new`.

    Raises NotFoundError: it is neither.
    Raises UsageError: it is a speaker, of whom there is another spelling.
    """
    catalogue = console.library.catalogue
    counted = catalogue.index.facets.named("company", name_key(typed))
    if counted or new:
        return counted[0] if counted else typed
    seated = next((one for one in catalogue.seated if name_key(one) == name_key(typed)), None)
    if seated is not None:
        return seated
    if catalogue.index.facets.named("speaker", name_key(typed)):
        template = '"{name}" is a speaker; to change the name of one in all sessions: mltalks edit --rename-speaker {names}'
        raise UsageError(template, name=excerpt(typed), names=quote(f"{excerpt(spelling)}={excerpt(typed)}"))
    near = catalogue.names("company").nearest(typed)
    template = 'no organization "{name}"; --new adds it'
    raise NotFoundError(template, name=excerpt(typed), nearest=near)
