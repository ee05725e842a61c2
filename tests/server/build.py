"""Builds the Mattermost server that go.mod names, and puts beside it the files that it reads at run time.

    python tests/server/build.py

prints the folder: a working directory for the server, with the program as ``mattermost``. It is kept in
``.cache/server`` and built again only when go.mod, go.sum or Go itself have changed.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

MODULE = "github.com/mattermost/mattermost/server/v8"
PROGRAM = "mattermost"
FOLDERS = ("fonts", "i18n", "templates")
# The server looks for the policy, to fit it to its address.
PAGE = """<!doctype html>
<html><head><meta http-equiv="Content-Security-Policy" content="script-src 'self'"><title>Mattermost</title></head>
<body>There is no web app here.</body></html>
"""

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".cache" / "server"
BUILD = ("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w")


def say(text):
    print(f"server: {text}", file=sys.stderr, flush=True)


def go(*arguments):
    command = ("go", *arguments)
    return subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True, check=True).stdout


def key(version):
    """What the program depends on, as a short name."""
    digest = hashlib.sha256(f"{version}{BUILD}{PAGE}".encode())
    for name in ("go.mod", "go.sum"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:16]


def build(folder):
    """Make the whole folder, or nothing."""
    module = json.loads(go("list", "-m", "-json", MODULE))
    if "Dir" not in module:
        say("downloading the modules")
        module = json.loads(go("mod", "download", "-json", MODULE))
    say(f"building {MODULE} {module['Version']}; this takes some minutes")
    begin = time.monotonic()
    made = folder.with_suffix(".part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    command = (*BUILD, "-o", str(made / PROGRAM), f"{MODULE}/cmd/mattermost")
    subprocess.run(command, cwd=HERE, stdout=sys.stderr, check=True)
    for name in FOLDERS:  # file by file: in the module cache nothing may be written, not even by its owner
        for path in (Path(module["Dir"]) / name).iterdir():
            if path.is_file():
                (made / name).mkdir(exist_ok=True)
                (made / name / path.name).write_bytes(path.read_bytes())
    (made / "client").mkdir()
    (made / "client" / "root.html").write_text(PAGE)
    made.rename(folder)
    say(f"built in {time.monotonic() - begin:.0f} s")


def server_folder():
    """The folder with the server, built if need be. Two that ask at the same time build it once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = CACHE / key(go("env", "GOVERSION"))
        if not folder.exists():
            build(folder)
            for old in CACHE.iterdir():
                if old.is_dir() and old != folder:
                    shutil.rmtree(old)
    return folder


if __name__ == "__main__":
    print(server_folder())
