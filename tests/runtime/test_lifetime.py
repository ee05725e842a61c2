"""What is left of a servant whose host was killed: nothing."""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mmhooks.runtime.lifetime import LOCK, RUN_FOLDER, remove_abandoned

SECONDS = 20

HOST = """
import subprocess, sys
servant = [sys.executable, "-m", "mmhooks.runtime", "--manifest", sys.argv[1]]
subprocess.Popen(servant, stdout=subprocess.DEVNULL, start_new_session=True).wait()
"""

HANGS = """
    import os, subprocess, threading
    child = subprocess.Popen(["sleep", "600"])
    descriptor = os.open(os.environ["NOTES"], os.O_WRONLY)
    os.write(descriptor, f"{os.getpid()} {child.pid}\\n".encode())
    threading.Event().wait()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A private folder as a bridge has it."""
    folder = tmp_path / "mmhooks-bridge-1"
    folder.mkdir()
    (folder / LOCK).touch()
    (folder / "api.sock").touch()
    return folder


def test_the_folder_of_the_living_is_kept(folder: Path) -> None:
    with (folder / LOCK).open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_abandoned(folder)
        assert (folder / "api.sock").exists()
    remove_abandoned(folder)
    assert not folder.exists()


def test_what_is_no_such_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    remove_abandoned(tmp_path)
    assert (tmp_path / "precious").exists()
    remove_abandoned(tmp_path / "nothing")


@pytest.mark.slow
def test_a_hanging_import_ends_with_the_host(
    write_plugin: Callable[..., Path], folder: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    os.mkfifo(notes)
    environment = {**os.environ, RUN_FOLDER: str(folder), "NOTES": str(notes)}
    host = subprocess.Popen([sys.executable, "-c", HOST, write_plugin(HANGS)], env=environment)
    with notes.open() as told:  # once the import hangs
        pids = [int(pid) for pid in told.readline().split()]
    ends = [os.pidfd_open(pid) for pid in pids]
    host.kill()
    host.wait()
    for end in ends:
        assert select.select([end], [], [], SECONDS)[0], "it outlived its host"
        os.close(end)
    assert not folder.exists()
