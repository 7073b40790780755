"""Settings from the environment and the configuration: places of files, language, colour, width, pager."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from mltalks import __version__, shipped_data
from mltalks.cli.config import Config, read_config
from mltalks.errors import UsageError
from mltalks.messages import Lang, excerpt

# Endings of files that cannot hold data, by which a folder is hardly meant.
_OTHER_FILES = frozenset(
    (".json", ".jsonl", ".csv", ".tsv", ".yaml", ".yml", ".db", ".sqlite", ".bib", ".ris", ".ics", ".md", ".txt", ".xlsx")
)  # fmt: skip
_NO_HOME = "/nonexistent"  # the home folder that Debian gives accounts without one
_XDG = {"data": ".local/share", "config": ".config", "cache": ".cache"}


@cache
def config() -> Config:
    """Return the configuration of config.toml in the person's folder; it is empty without one."""
    file = user_paths()["config"] / "config.toml"
    if not os.path.isfile(file):  # noqa: PTH113 - never raises
        return Config({})
    return read_config(file)


def language() -> Lang:
    """Return the language of messages: of the configuration, else by the locale, else English."""
    return "ja" if _language()[0] == "ja" else "en"


def _language() -> tuple[str, str]:
    """Return the language, and what sets it: LANGUAGE, unless the locale (LC_ALL, else LC_MESSAGES, else LANG) is none or "C"."""
    if "language" in config().values:
        return str(config().values["language"]), "config.toml"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := os.environ.get(name):
            listed = os.environ.get("LANGUAGE", "").lower().split(":")
            first = next((one for one in listed if one.startswith(("ja", "en"))), "")
            if first and locale.partition(".")[0] not in ("C", "POSIX"):  # as gettext takes them
                locale, name = first, "LANGUAGE"  # noqa: PLW2901 - of what is returned
            return "ja" if locale.lower().startswith("ja") else "en", name
    return "en", "default"


def colour(choice: str, *, terminal: bool) -> bool:
    """Return whether to colour: by the option, the configuration, NO_COLOR, FORCE_COLOR, TERM=dumb, then the terminal."""
    if choice == "auto":
        choice, _ = _colour()
    if choice != "auto":
        return choice == "always"
    return terminal and os.environ.get("TERM") != "dumb"


def _colour() -> tuple[str, str]:
    """Return when to colour, and what sets it."""
    if config().values.get("color", "auto") != "auto":
        return str(config().values["color"]), "config.toml"
    if os.environ.get("NO_COLOR"):
        return "never", "NO_COLOR"
    if os.environ.get("FORCE_COLOR"):
        return ("never" if os.environ["FORCE_COLOR"] == "0" else "always"), "FORCE_COLOR"
    return "auto", "default"


def width(*, terminal: bool) -> int | None:
    """Return the columns that a table may take: COLUMNS, else those of the terminal, which may only have the messages; None (any number) off a terminal."""
    if not terminal and not os.environ.get("COLUMNS", "").isdecimal():
        return None
    import shutil  # 2 ms that a press of TAB need not pay

    columns = 0  # as a terminal says that does not know its size
    with suppress(OSError):
        columns = os.get_terminal_size(2).columns  # standard output may be a pipe
    return max(10, shutil.get_terminal_size((columns or 80, 24)).columns)


def pager() -> str | None:
    """Return the command that shows long output on a terminal; None for none.

    NO_PAGER, TERM=dumb, an empty command and cat turn it off.
    """
    if os.environ.get("NO_PAGER") or os.environ.get("TERM", "dumb") == "dumb":
        return None
    command = _pager()[0].strip()
    return None if command in ("", "cat") else command


def _pager() -> tuple[str, str]:
    """Return the command of the pager, and what sets it."""
    if "MLTALKS_PAGER" in os.environ:
        return os.environ["MLTALKS_PAGER"], "MLTALKS_PAGER"
    if "pager" in config().values:
        return str(config().values["pager"]), "config.toml"
    if "PAGER" in os.environ:
        return os.environ["PAGER"], "PAGER"
    from shutil import which  # a terminal alone needs it

    return "less" if which("less") else "", "default"


def settings() -> list[tuple[str, str | None, str]]:
    """Return each setting with its value (None: not set) and what sets it."""
    values = config().values
    language, its_source = _language()
    pager_command, pager_source = _pager()
    if os.environ.get("NO_PAGER"):
        pager_command, pager_source = "", "NO_PAGER"
    colour_choice, colour_source = _colour()
    rows = [
        ("language", language, its_source),
        ("color", colour_choice, colour_source),
        ("pager", pager_command, pager_source),
        *(
            (
                name,
                str(values[name]) if name in values else default,
                "config.toml" if name in values else "default",
            )
            for name, default in {"format": "table", "limit": None}.items()
        ),
    ]
    columns = values.get("columns", {})
    return rows + [(f"columns.{name}", ",".join(some), "config.toml") for name, some in columns.items()]


def user_paths() -> dict[str, Path]:
    """Return the paths of the user data, configuration and cache, by MLTALKS_DATA, _CONFIG, _CACHE or the system."""
    return {
        what: Path(_named(f"MLTALKS_{what.upper()}") or _system_path(what))
        for what in ("data", "config", "cache")
    }


def _named(variable: str) -> str:
    """Return the path in a variable of the environment, "" without one; an .env file has a ~ as it is typed."""
    path = os.environ.get(variable, "")
    return os.path.expanduser(path) if path.startswith("~") else path  # noqa: PTH111 - without a Path


def data_place() -> Path:
    """Return the folder or file that the user data are written to.

    Raises UsageError: MLTALKS_DATA names a file of another format, which would become a folder.
    """
    place = user_paths()["data"]
    if place.suffix.lower() in _OTHER_FILES and not place.exists():
        template = "MLTALKS_DATA is set to {path}; it names a folder, or a file that ends in .toml"
        raise UsageError(template, path=excerpt(str(place)))
    return place


def _system_path(what: str) -> str:
    """Return the system's folder for data, configuration or cache of the application.

    Where data and configuration have one folder, as on macOS, the data are in a folder within it: all TOML files there are data.

    Without any home folder, it is one that nobody can make: reading finds nothing there, and writing names it.

    Source for Linux: XDG Base Directory Specification 0.8. platformdirs, for other systems, takes 3 ms.
    """
    base = os.environ.get(f"XDG_{what.upper()}_HOME", "")
    if sys.platform == "linux" and os.path.isabs(base):  # noqa: PTH117 - without a Path
        return f"{base}/mltalks"
    if sys.platform == "linux" and os.path.isabs(os.environ.get("HOME", "")):  # noqa: PTH117
        return f"{os.environ['HOME']}/{_XDG[what]}/mltalks"
    from platformdirs import PlatformDirs

    system = PlatformDirs("mltalks", appauthor=False)
    try:
        data, config, cache = system.user_data_dir, system.user_config_dir, system.user_cache_dir
    except RuntimeError:  # the system does not know the account, as in a container
        return f"{_NO_HOME}/{_XDG[what]}/mltalks"
    return {
        "data": os.path.join(data, "data") if data == config else data,  # noqa: PTH118 - without a Path
        "config": config,
        "cache": cache,
    }[what]


PROJECT = Path("mltalks.toml")  # the data file of a project, in the current folder
USER_LAYER = 1  # the place of the user data among the layers


def layers(more: Sequence[Path]) -> list[tuple[str, Path | None]]:
    """Return the layers in order, each with its name: shipped data, user data, data of the project, then `more`.

    The user data are None if there are none.
    """
    user = user_paths()["data"]
    found = os.path.isfile(user) or (os.path.isdir(user) and any(user.glob("*.toml")))  # noqa: PTH112, PTH113 - never raise
    project = os.path.isfile(PROJECT) and os.path.abspath(PROJECT) != os.path.abspath(user)  # noqa: PTH100, PTH113
    return [
        ("shipped data", near(shipped_data())),
        ("your data", near(user) if found else None),
        *([("project", PROJECT)] if project else []),
        *(("--data", path) for path in more),
    ]


def data_paths(more: Sequence[Path]) -> list[Path]:
    """Return the files and folders of all layers."""
    return [path for _, path in layers(more) if path is not None]


def own_data() -> Path | None:
    """Return the one of `data_paths` that has the user data; None if there are none."""
    return layers(())[USER_LAYER][1]


def missing_data() -> str | None:
    """Return the path of MLTALKS_DATA if there is no such file or folder."""
    named = _named("MLTALKS_DATA")
    return named if named and not os.path.exists(named) else None  # noqa: PTH110 - never raises


def check_above(place: str | None) -> None:
    """Refuse to make a folder or file of user data within a folder that does not exist: a drive that is not mounted, or a typo.

    Raises UsageError: it does not exist.
    """
    folder = Path(place or ".").parent
    if not folder.exists():
        template = "{folder}, in which your data would be made, does not exist; is it not mounted, or MLTALKS_DATA misspelt?"
        raise UsageError(template, folder=excerpt(str(folder), 200))


def near(path: Path) -> Path:
    """Return a path relative to the current folder, if it is within."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def version_line() -> str:
    """Return the version, and the digest of the shipped data, by which a paper can cite them."""
    return f"mltalks {__version__} (data {data_digest()})"


def data_digest() -> str:
    """Return twelve hexadecimal digits that name the content of the shipped data: the beginning of the SHA-256 of its files."""
    from hashlib import sha256  # 3 ms

    files = sorted(shipped_data().glob("*.toml"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
