"""The command on names in the user data: alias.

Does not rename speakers: `edit` does.
"""

from typing import Annotated

from mltalks.cli.commands.own.changing import DryRun, changing
from mltalks.cli.console import Console, with_console
from mltalks.cli.declarations import argument
from mltalks.cli.exit_codes import Exit
from mltalks.errors import UsageError
from mltalks.messages import excerpt


@with_console
def alias_command(
    console: Console,
    spelling: Annotated[str, argument("SPELLING", "The name as printed in a programme.")],
    organization: Annotated[str, argument("ORGANIZATION", "The organization, by any of its names.")],
    dry_run: DryRun = False,
) -> Exit:
    """Register another name of an organization, so that sessions with this name are counted under the organization.

    mltalks alias "Gogle Inc." Google
    mltalks alias 日本電信電話 NTT
    """
    with changing(console, "alias", dry_run=dry_run) as change:
        record = change.organization(organization)
        owner = change.known.named("organizations", spelling)
        if owner is not None:
            raise UsageError('"{alias}" is already a name of {owner}', alias=excerpt(spelling), owner=owner)
        record["aliases"] = [*change.valid(record, "aliases", [], "organizations"), spelling]
    return Exit.DONE
