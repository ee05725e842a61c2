"""From a plugin's folder to the bundle that an administrator uploads.

The bundle's folder, named like the plugin's id::

    plugin.json                            the manifest, with what the server needs to know of the bridge
    server/mmhooks-bridge-linux-amd64      the bridge
    python/site-packages/                  mmhooks, the plugin's packages, and all that they need
    assets/, public/, ...                  as they are in the plugin's folder
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from mmhooks.bundle.archive import MANIFEST, Bundle, pack, read_bundle
from mmhooks.bundle.bridge import bridge_binary, given_bridge, server_platform
from mmhooks.bundle.manifest import Manifest, read_manifest
from mmhooks.bundle.packages import Report, compile_packages, describe, install_packages, local_packages
from mmhooks.errors import BundleError

__all__ = ["Built", "build", "check_python", "with_settings"]

SITE_PACKAGES: Final = Path("python", "site-packages")
"""Where the bridge expects the packages."""
PUBLIC_FOLDERS: Final = ("assets", "public")
"""Folders that are taken into the bundle as they are; the server serves ``public``."""
_VERSION: Final = re.compile(r"(>=|<=|==|!=|~=|>|<|)\s*(\d+(?:\.\d+)*)(?:\.\*)?")


@attrs.frozen(kw_only=True)
class Built:
    """A bundle just made."""

    bundle: Bundle
    hooks: tuple[str, ...]
    """The hooks that its packages implement."""
    python: str
    """The Python that it needs on the server, such as ``3.11``; empty for any that mmhooks runs on."""
    platform: str
    """The server's platform, such as ``linux-amd64``."""


def build(
    plugin: Path,
    output: Path | None = None,
    *,
    bridge: Path | None = None,
    report: Report = lambda words: None,
    progress: Callable[[float], None] = lambda part: None,
) -> Built:
    """Make a bundle.

    Args:
        plugin: the ``plugin.json``, or the folder with it. Taken in are the packages in this folder and directly below
            it, what ``requirements.txt`` names, and the code that ``server.python.entry_point`` names.
        output: the file, or a folder for it; None for ``dist`` beside the ``plugin.json``.
        bridge: the bridge; None for the one of this version.
        report: told in a few words what is being done.
        progress: called with the part of the packing that is done, 0 to 1.

    Raises:
        ManifestError: ``plugin.json`` is missing or wrong.
        BundleError: anything else that is in the way.
    """
    manifest = read_manifest(plugin)
    source = Path(manifest.source).resolve().parent
    if manifest.runtime != "python":
        raise BundleError(
            f'{manifest.source}: server.runtime: is not "python", so this is no plugin of mmhooks'
        )
    check_python(manifest)
    platform = server_platform()
    with tempfile.TemporaryDirectory(prefix="mmhooks-build-") as name:
        work, top = Path(name), Path(name) / "bundle" / manifest.id
        report("the bridge")
        program = Path("server", f"mmhooks-bridge-{platform}")
        _copy_program(given_bridge(bridge) if bridge else bridge_binary(), top / program)
        python, hooks = _python_side(manifest, source, top, work, report)
        _write(top, _with_program(_raw(top), {platform: program.as_posix()}))
        _copy_rest(manifest, source, top)
        report("packing")
        file = _output(manifest, source, output)
        pack(top, file, progress)
    return Built(bundle=read_bundle(file), hooks=hooks, python=python, platform=platform)


def _python_side(
    manifest: Manifest, source: Path, top: Path, work: Path, report: Report
) -> tuple[str, tuple[str, ...]]:
    """Install the packages and write ``plugin.json``; (the Python that is needed, the hooks)."""
    site_packages = top / SITE_PACKAGES
    requirements = source / "requirements.txt"
    report("the packages")
    packages = local_packages(source)
    install_packages(site_packages, packages, requirements if requirements.is_file() else None, work, report)
    _copy_own_code(manifest, source, site_packages)
    report("compiling")
    compile_packages(site_packages)
    report("putting the plugin together")
    _write(top, manifest.raw)
    described = describe(site_packages, top / MANIFEST, manifest.source, work)
    # What is compiled is compiled for one version.
    python = f"{sys.version_info[0]}.{sys.version_info[1]}" if any(site_packages.rglob("*.so")) else ""
    _write(top, _with_python(with_settings(manifest.raw, described["settings"]), python))
    return python, tuple(described["hooks"])


def _write(top: Path, document: Mapping[str, Any]) -> None:
    (top / MANIFEST).write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _raw(top: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((top / MANIFEST).read_text(encoding="utf-8"))
    return document


def _with_program(raw: Mapping[str, Any], executables: Mapping[str, str]) -> dict[str, Any]:
    server = {key: value for key, value in raw["server"].items() if key != "executable"}
    return {**raw, "server": {**server, "executables": dict(executables)}}


def _with_python(raw: Mapping[str, Any], python: str) -> dict[str, Any]:
    server = raw["server"]
    section = {**(server.get("python") or {}), **({"python_version": python} if python else {})}
    return {**raw, "server": {**server, "python": section}}


def with_settings(raw: Mapping[str, Any], declared: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Add what packages declare to the settings of the System Console; what is there already stays."""
    if not declared:
        return dict(raw)
    schema = dict(raw.get("settings_schema") or {"header": "", "footer": ""})
    own = list(schema.get("settings") or ())
    taken = {str(entry.get("key", "")).lower() for entry in own}
    schema["settings"] = own + [entry for entry in declared if entry["key"].lower() not in taken]
    return {**raw, "settings_schema": schema}


def _copy_program(program: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    shutil.copyfile(program, target)
    target.chmod(0o755)


def _copy_own_code(manifest: Manifest, source: Path, site_packages: Path) -> None:
    """Take in the module of ``entry_point``, unless it has come with a package."""
    if manifest.python.entry_point is None:
        return
    name = manifest.python.entry_point.partition(":")[0].partition(".")[0]
    folder, file = source / name, source / f"{name}.py"
    if (site_packages / name).exists() or (site_packages / file.name).exists():
        return
    if folder.is_dir():
        shutil.copytree(folder, site_packages / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    elif file.is_file():
        shutil.copyfile(file, site_packages / file.name)


def _copy_rest(manifest: Manifest, source: Path, top: Path) -> None:
    """Take in the icon, the web app, and the folders for the public."""
    for name in PUBLIC_FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, top / name, symlinks=True)  # `pack` refuses the links
    for key, name in _named_files(manifest.raw):
        file = (source / name).resolve()
        if not file.is_relative_to(source):
            raise BundleError(f"{manifest.source}: {key}: {name!r} is outside of the plugin's folder")
        if not file.is_file():
            raise BundleError(f"{manifest.source}: {key}: there is no file {name!r} beside plugin.json")
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, top / name)


def _named_files(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if raw.get("icon_path"):
        yield "icon_path", str(raw["icon_path"])
    webapp = raw.get("webapp") or {}
    if webapp.get("bundle_path"):
        yield "webapp.bundle_path", str(webapp["bundle_path"])


def _output(manifest: Manifest, source: Path, output: Path | None) -> Path:
    name = f"{manifest.id}-{manifest.version}.tar.gz"
    if output is None:
        return source / "dist" / name
    return output / name if output.is_dir() else output


def check_python(manifest: Manifest) -> None:
    """Refuse a Python that the plugin does not want: this one.

    Raises:
        BundleError: it does not fit ``server.python.python_version``.
    """
    wanted = manifest.python.python_version
    if wanted is None:
        return
    for part in wanted.split(","):
        found = _VERSION.fullmatch(part.strip())
        if found is None:
            raise BundleError(
                f"{manifest.source}: server.python.python_version: {wanted!r} is not like '3.11' or '>=3.11'"
            )
        if not _fits(found[1] or "==", tuple(int(number) for number in found[2].split("."))):
            here = ".".join(map(str, sys.version_info[:3]))
            raise BundleError(
                f"{manifest.source}: server.python.python_version: the plugin needs Python {wanted}, "
                f"and this is {here}; install and run mmhooks with that Python"
            )


def _fits(sign: str, version: tuple[int, ...]) -> bool:
    here = sys.version_info[: len(version)]
    same_family = sys.version_info[: max(len(version) - 1, 1)] == version[: max(len(version) - 1, 1)]
    return {
        "==": here == version,
        "!=": here != version,
        ">=": here >= version,
        "<=": here <= version,
        ">": here > version,
        "<": here < version,
        "~=": here >= version and same_family,
    }[sign]
