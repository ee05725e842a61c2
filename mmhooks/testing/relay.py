"""`python -m mmhooks.testing.relay FOLDER`: what a bridge takes for the servant, which is in the process of a test.

It passes the bridge's environment to the test, and the servant's address to the bridge.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = "environment.json"
SERVANT: Final = "servant"
_PAUSE: Final = 0.01
_SECONDS: Final = 60.0


def main(folder: Path) -> int:
    write(folder / ENVIRONMENT, json.dumps(dict(os.environ)))
    end = time.monotonic() + _SECONDS
    while not (folder / SERVANT).exists():
        if time.monotonic() > end:
            print("the test has not started its servant", file=sys.stderr)
            return 1
        time.sleep(_PAUSE)
    print(f"1|1|unix|{(folder / SERVANT).read_text()}|grpc", flush=True)
    sys.stdin.read()
    parent = os.getppid()
    while os.getppid() == parent:  # the bridge ends us
        time.sleep(0.2)
    return 0


def write(file: Path, text: str) -> None:
    """Make a file that others never see half written."""
    part = file.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.rename(file)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
