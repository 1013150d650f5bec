"""Holds a newsletter's lock until its standard input says so, or dies with it."""

from __future__ import annotations

import os
import signal
import sys

from digest.archive import open_archive


def main(url: str, newsletter: str, ending: str) -> None:
    with open_archive(url) as archive, archive.running(newsletter, lambda: print("waits", flush=True)):
        print("holds", flush=True)
        sys.stdin.readline()
        if ending == "dies":
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
