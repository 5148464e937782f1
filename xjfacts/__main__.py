"""The process around the command line: what must hold even while the rest is still being imported."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main() -> None:
    """Run the command line on the arguments of the process and end with the documented exit status."""
    try:
        from xjfacts.cli import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    # Everything was written and flushed; what is left at exit (of a closed pipe, say) must not speak up again.
    sys.stdout = sys.stderr = None
    os._exit(status) if status == INTERRUPTED else sys.exit(status)


if __name__ == "__main__":
    main()
