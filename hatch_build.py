"""Makes the index of the shipped data when mltalks is built or installed, so that its first search is as fast as the others."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedIndex(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Writes `data/index.sqlite`, which the wheel takes with the other data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling gives them
        """Write the index before a wheel, or the link of an editable installation, is made."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from mltalks import __version__
        from mltalks.search.indexing.shipped import write_shipped_index

        write_shipped_index(root / "data", __version__)
