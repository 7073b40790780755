"""What the environment says: where files lie, which language and how much colour a person wants."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from mltalks import shipped_data
from mltalks.messages import Lang


def language(environ: Mapping[str, str]) -> Lang:
    """Return the language of messages by the locale (LC_ALL before LC_MESSAGES before LANG), else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ja" if environ[name].lower().startswith("ja") else "en"
    return "en"


def colour(choice: str, environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether to colour: the option, then NO_COLOR, FORCE_COLOR, TERM=dumb, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return terminal and environ.get("TERM") != "dumb"


def width(environ: Mapping[str, str], *, terminal: bool) -> int | None:
    """Return the columns that a table may take: COLUMNS, else the terminal's; None (any number) off a terminal."""
    if not terminal and not environ.get("COLUMNS", "").isdecimal():
        return None
    return max(10, shutil.get_terminal_size().columns)


def user_paths(environ: Mapping[str, str]) -> dict[str, Path]:
    """Return where a person's own data, configuration and cache lie, by MLTALKS_DATA, _CONFIG, _CACHE or the system."""
    from platformdirs import PlatformDirs  # 2 ms

    system = PlatformDirs("mltalks", appauthor=False)
    return {
        "data": Path(environ.get("MLTALKS_DATA") or system.user_data_dir),
        "config": Path(environ.get("MLTALKS_CONFIG") or system.user_config_dir),
        "cache": Path(environ.get("MLTALKS_CACHE") or system.user_cache_dir),
    }


def data_paths(more: Sequence[Path]) -> list[Path]:
    """Return all that is loaded, in order: shipped data, a person's own where there are any, then `more`."""
    own = user_paths(os.environ)["data"]
    has_own = own.is_file() or (own.is_dir() and any(own.glob("*.toml")))
    return [near(shipped_data()), *([near(own)] if has_own else []), *more]


def near(path: Path) -> Path:
    """Return a path as seen from the current folder, when it lies within."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return path
