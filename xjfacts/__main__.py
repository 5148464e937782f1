"""The process around the command line: what must hold even while the rest is still being imported.

A traceback is for whoever mends xjfacts: `python -X dev -m xjfacts` shows it, everybody else gets a line.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

INTERRUPTED = 130  # 128 + SIGINT, as shells report it
BROKEN = 70  # EX_SOFTWARE: an error of our own, or no memory left


def stop(*_: object) -> None:
    """End at once, in silence: nothing has been begun yet that would have to be cleared away."""
    os._exit(INTERRUPTED)


# From here on, until `main` can catch it. Where interrupts are ignored (nohup) they stay so, and where this is only
# imported nothing changes.
IS_PROGRAM = __name__ == "__main__" or os.path.basename(sys.argv[0]) == "xjfacts"
if IS_PROGRAM and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, stop)


def again(dropped: sys.UnraisableHookArgs) -> None:
    """Raise an interrupt once more, a moment later: Python drops one that comes within a callback of its own."""
    if issubclass(dropped.exc_type, KeyboardInterrupt) and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.001)
    else:
        sys.__unraisablehook__(dropped)


def main() -> None:
    """Run the command line on the arguments of the process and end with the documented exit status."""
    gc.disable()  # one answer makes little garbage, and the process ends: looking for it took a twentieth of the time
    try:
        spare_modules()
        from xjfacts.cli.process import run

        if signal.getsignal(signal.SIGINT) is stop:
            sys.unraisablehook = again
            signal.signal(
                signal.SIGINT, signal.default_int_handler
            )  # from here on there may be something to clear away
        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        status = INTERRUPTED if comes_of_interrupt(error) else give_up(error)
    # Everything was written, and nothing is buffered. Python would now take its modules down one by one, which costs a
    # tenth of the time, and speak up about a pipe that was closed.
    os._exit(status)


def comes_of_interrupt(error: BaseException | None) -> bool:
    """Tell whether an interrupt stands behind an error: Python wraps one that comes while a class is being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def spare_modules() -> None:
    """Keep Python from writing compiled modules where files may not grow.

    Before 3.12.9 and 3.13.2 it would leave halves, which no later run can load (python/cpython#126606).
    """
    try:
        import resource  # not on Windows
    except ImportError:
        return
    if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
        sys.dont_write_bytecode = True


def give_up(error: Exception) -> int:
    """Say in one line, if that can still be done, what nobody thought of; return the exit status."""
    known = "there is not enough memory" if isinstance(error, MemoryError) else ""
    told = known or f"this should not happen, please report it: {type(error).__name__}: {error}"
    try:
        from xjfacts.cli.output import write_line

        write_line(f"xjfacts: {told}")
        from xjfacts.cli.process import wants_json, write_failure
        from xjfacts.errors import OwnError

        if wants_json(sys.argv[1:]):
            write_failure(OwnError(told))
    except Exception:  # noqa: BLE001, S110, there is no way left to say it
        pass
    return BROKEN


if __name__ == "__main__":
    main()
