"""The Python packages in a bundle: installed by pip into a folder of their own, with nothing of this machine."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any, Final

from mmhooks.bundle.bridge import checkout
from mmhooks.errors import BundleError

__all__ = ["compile_packages", "describe", "install_packages", "local_packages", "own_requirement"]

Report = Callable[[str], None]
"""Told in a few words what is being done."""

_OWN_FILES: Final = ("pyproject.toml", "setup.cfg", "README.md", "LICENSE", "mmhooks")
_NOT_COPIED: Final = ("build", "dist", "node_modules", "venv", "__pycache__", "*.egg-info", "*.pyc", ".*")
_SAID_LINES: Final = 8
_PIP: Final = ("--no-input", "--disable-pip-version-check", "--no-compile", "--no-warn-script-location")

_DESCRIBE: Final = """
import json, sys
site_packages, manifest, source, answer = sys.argv[1:]
sys.path.insert(0, site_packages)
import attrs
from mmhooks.bundle.manifest import parse_manifest
from mmhooks.errors import MmhooksError
from mmhooks.runtime.compose import compose, explain
from mmhooks.runtime.extras import install, settings_schema
try:
    manager = compose(parse_manifest(open(manifest, encoding="utf-8").read(), source))
    schema = settings_schema(manager)
    install(manager)
    rows = explain(manager)
    hooks = sorted({row.hook for row in rows if not row.hook.startswith("register_")})
except MmhooksError as error:
    sys.exit(str(error))
with open(answer, "w", encoding="utf-8") as file:
    json.dump({"settings": schema, "hooks": hooks, "rows": [attrs.asdict(row) for row in rows]}, file)
"""
"""Runs on what is in the bundle alone: without this environment's packages."""


def local_packages(folder: Path) -> list[Path]:
    """The packages of a plugin: its own folder and those directly in it, where they have a ``pyproject.toml``."""
    below = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [path for path in (folder, *below) if (path / "pyproject.toml").is_file()]


def own_requirement(work: Path) -> str:
    """What pip is given to install the mmhooks that runs here.

    Args:
        work: an empty folder; a source checkout is copied into it, since building leaves files beside the sources.
    """
    top = checkout()
    if top is not None:
        copied = _copy(top, work / "mmhooks", _OWN_FILES)
        return str(copied)
    origin = json.loads(distribution("mmhooks").read_text("direct_url.json") or "{}")
    address = origin.get("url", "")
    return f"mmhooks @ {address}" if address else f"mmhooks=={version('mmhooks')}"


def _copy(source: Path, target: Path, names: Iterable[str]) -> Path:
    target.mkdir(parents=True)
    for name in names:
        one = source / name
        if one.is_dir():
            shutil.copytree(one, target / name, ignore=shutil.ignore_patterns(*_NOT_COPIED))
        elif one.is_file():
            shutil.copyfile(one, target / name)
    return target


def install_packages(
    site_packages: Path, packages: Sequence[Path], requirements: Path | None, work: Path, report: Report
) -> None:
    """Install mmhooks, local packages and requirements, with all that they need, into a folder.

    Args:
        site_packages: the folder.
        packages: folders with a ``pyproject.toml``.
        requirements: a ``requirements.txt``.
        work: a folder for copies of the sources.
        report: told what pip says.

    Raises:
        BundleError: pip is missing or has failed; with what it said.
    """
    wanted = [own_requirement(work)]
    for number, package in enumerate(packages):
        names = [path.name for path in package.iterdir() if not path.name.startswith(".")]
        kept = [name for name in names if name not in _NOT_COPIED and not name.endswith(".egg-info")]
        wanted.append(str(_copy(package, work / str(number) / package.resolve().name, kept)))
    if requirements is not None:
        wanted += ["--requirement", str(requirements)]
    _pip(["install", "--target", str(site_packages), *_PIP, *wanted], report)
    _strip(site_packages)


def _pip(arguments: Sequence[str], report: Report) -> None:
    said: deque[str] = deque(maxlen=_SAID_LINES)
    command = [sys.executable, "-I", "-m", "pip", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            if line.strip():
                said.append(line.rstrip())
                report(line.strip())
    if not pip.returncode:
        return
    if any("No module named pip" in line for line in said):
        raise BundleError(
            f"{sys.executable} has no pip; install it (Debian, Ubuntu: apt install python3-pip)"
        )
    raise BundleError("\n".join(("the packages cannot be installed; pip says:", *said)))


def _strip(site_packages: Path) -> None:
    """Take out what tells of this machine: scripts, which name its Python, and where packages came from."""
    shutil.rmtree(site_packages / "bin", ignore_errors=True)
    for folder in site_packages.glob("*.dist-info"):
        for name in ("direct_url.json", "REQUESTED"):
            (folder / name).unlink(missing_ok=True)
        record = folder / "RECORD"
        if record.is_file():
            record.write_text(_shortened(record.read_text(), site_packages))


def _shortened(record: str, site_packages: Path) -> str:
    """The lines of a RECORD whose files are still there."""
    rows = [row for row in csv.reader(io.StringIO(record)) if row and (site_packages / row[0]).is_file()]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(sorted(rows))
    return text.getvalue()


def compile_packages(site_packages: Path) -> None:
    """Compile every module, so that the first start on the server does not have to: that takes it seconds.

    The server keeps no times of files, hence the digests of sources in what is compiled.
    """
    options = (
        "-q",
        "--invalidation-mode",
        "checked-hash",
        "-s",
        str(site_packages),
        "-p",
        site_packages.name,
    )
    command = [sys.executable, "-I", "-m", "compileall", *options, str(site_packages)]
    # Packages may have files that are templates of modules: what does not compile stays as it is.
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def describe(
    site_packages: Path, manifest: Path, source: str, work: Path, *, is_isolated: bool = True
) -> dict[str, Any]:
    """Put the plugin together from the bundle's packages alone, in a process of its own.

    Args:
        site_packages: the bundle's packages.
        manifest: the bundle's ``plugin.json``.
        source: what messages call it.
        work: a folder for the answer.
        is_isolated: whether this environment's packages are out of sight.

    Returns:
        ``hooks``: the names of those that are implemented. ``rows``: who implements
        them, as `mmhooks.runtime.compose.Row`. ``settings``: what `register_settings` declares, as
        entries of the manifest's settings schema.

    Raises:
        BundleError: the packages do not make a plugin.
    """
    answer = work / "described.json"
    # Without -S the packages of this environment would be found, and what is missing in the bundle not be noticed.
    arguments = [str(site_packages), str(manifest), source, str(answer)]
    isolated = ("-I", "-S") if is_isolated else ()
    command = [sys.executable, *isolated, "-B", "-c", _DESCRIBE, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(done.stderr.strip() or f"Python ended with {done.returncode}")
    described: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return described
