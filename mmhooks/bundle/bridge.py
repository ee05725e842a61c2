"""The bridge: the Go program in every bundle. Built once, from a source checkout, and kept in the user's cache."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from mmhooks.errors import BundleError

__all__ = ["bridge_binary", "checkout", "given_bridge", "server_platform"]

_ARCHITECTURES: Final = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_BUILD: Final = ("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w")
_SAID_LINES: Final = 6


def server_platform() -> str:
    """The platform that bundles are made for, this machine's, as plugin.json names it.

    Raises:
        BundleError: no Mattermost server runs here.
    """
    architecture = _ARCHITECTURES.get(platform.machine().lower())
    if platform.system() != "Linux" or architecture is None:
        here = f"{platform.system()} on {platform.machine()}"
        raise BundleError(
            f"bundles are made for the machine they are built on, and no server runs on {here}; use Linux"
        )
    return f"linux-{architecture}"


def checkout() -> Path | None:
    """The top of the source checkout that mmhooks runs from, if it does."""
    top = Path(__file__).resolve().parents[2]
    return (
        top
        if all((top / name).exists() for name in ("setup.cfg", "pyproject.toml", "bridge/go.mod"))
        else None
    )


def cache_folder() -> Path:
    """Where bridges are kept, one folder for each version of mmhooks."""
    top = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return top / "mmhooks" / "bridge" / version("mmhooks")


def given_bridge(path: Path) -> Path:
    """Check a bridge that somebody has built.

    Raises:
        BundleError: it is missing or no program for Linux.
    """
    if not path.is_file():
        raise BundleError(
            f"{path}: no such file; --bridge takes the program that 'go build' made of cmd/mmhooks-bridge"
        )
    with path.open("rb") as file:
        if file.read(4) != b"\x7fELF":
            raise BundleError(f"{path}: not a program for Linux; build it with GOOS=linux")
    return path


def bridge_binary() -> Path:
    """A bridge for this version and this machine.

    In a source checkout Go is asked each time, which takes a second if nothing has changed. Elsewhere, and without
    Go, it is the one built last.

    Raises:
        BundleError: there is none, and it cannot be built; or building failed.
    """
    cached = cache_folder() / f"mmhooks-bridge-{server_platform()}"
    top, go = checkout(), shutil.which("go")
    if top is not None and go is not None:
        _build(top / "bridge", cached)
    if not cached.is_file():
        raise BundleError(_missing(top))
    return cached


def _missing(top: Path | None) -> str:
    if top is None:
        return (
            f"there is no bridge for mmhooks {version('mmhooks')} on this machine; run 'mmhooks build' once in a "
            "source checkout of this version, with Go installed (https://go.dev/dl), or name one with --bridge"
        )
    wanted = next(
        (
            line.split()[1]
            for line in (top / "bridge" / "go.mod").read_text().splitlines()
            if line[:3] == "go "
        ),
        "",
    )
    return f"the bridge has not been built yet, and there is no go; install Go {wanted} or newer (https://go.dev/dl)"


def _build(source: Path, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        made = Path(folder) / output.name
        done = subprocess.run(
            [*_BUILD, "-o", str(made), "./cmd/mmhooks-bridge"],
            cwd=source,
            env={**os.environ, "CGO_ENABLED": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = "\n".join(done.stderr.strip().splitlines()[-_SAID_LINES:])
            raise BundleError(f"the bridge cannot be built in {source}: {said}")
        made.replace(output)
