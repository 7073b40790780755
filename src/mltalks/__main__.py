"""The entry point of the command: handles Ctrl-C, then imports and runs the command line."""

import gc
import os
import sys
from _signal import SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]
from _thread import start_new_thread


def main() -> int:
    """Run the command line in `sys.argv` and return its exit code."""
    gc.set_threshold(100_000)  # imports make no garbage: a search for it takes 2 to 4 ms of every start
    takes_signal = getsignal(SIGINT) is default_int_handler
    if takes_signal:
        signal(SIGINT, _stop)
        sys.unraisablehook = _unraisable
    try:
        if sys.argv[1:2] == ["__complete"]:
            from mltalks.cli.completion import complete  # without typer: 35 ms less for each press of TAB

            return complete(sys.argv[2:])
        from mltalks.cli.app import run

        if takes_signal:
            signal(SIGINT, default_int_handler)
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        if takes_signal:
            signal(SIGINT, _stop)


def _stop(*_: object) -> None:
    """End at once, while there is nothing to clean up: a KeyboardInterrupt within an import may be printed, or lost."""
    os._exit(130)


def _unraisable(what: "sys.UnraisableHookArgs") -> None:
    """Interrupt again, after this function, if Ctrl-C came where Python would print it and go on, such as in a callback."""
    if what.exc_type is KeyboardInterrupt:
        start_new_thread(os.kill, (os.getpid(), SIGINT))
    else:
        sys.__unraisablehook__(what)


if __name__ == "__main__":
    sys.exit(main())
