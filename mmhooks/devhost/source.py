"""Where the code of a plugin comes from: its files, or a bundle of them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from mmhooks.bundle.archive import Bundle, unpack
from mmhooks.bundle.builder import SITE_PACKAGES, check_python
from mmhooks.bundle.manifest import Manifest, read_manifest

__all__ = ["Source", "from_bundle", "from_files"]


@frozen
class Source:
    """How a plugin's process is started."""

    manifest: Manifest
    command: tuple[str, ...]
    environment: Mapping[str, str]
    unpacked: tempfile.TemporaryDirectory[str] | None = None
    """The files of a bundle; None where the code is run in its place."""

    @property
    def path(self) -> Path:
        """The ``plugin.json``."""
        return Path(self.manifest.source)

    @property
    def packages(self) -> Path:
        """The folder of its own packages; the files' may be installed elsewhere."""
        folder = self.path.resolve().parent
        return folder if self.unpacked is None else folder / SITE_PACKAGES

    def discard(self) -> None:
        """Remove what was unpacked."""
        if self.unpacked is not None:
            self.unpacked.cleanup()


def from_files(manifest: Path, runtime: Sequence[str] = ()) -> Source:
    """A plugin's own files and what is installed here.

    Args:
        manifest: the ``plugin.json``.
        runtime: more arguments for ``python -m mmhooks.runtime``.

    Raises:
        ManifestError: the manifest is missing or wrong.
    """
    return Source(
        read_manifest(manifest),
        (sys.executable, "-m", "mmhooks.runtime", *runtime),
        # What was compiled is trusted for a second and a size: too coarse for who saves often.
        {"PYTHONDONTWRITEBYTECODE": "1"},
    )


def from_bundle(bundle: Bundle) -> Source:
    """A bundle, unpacked into a folder of its own. It has only the packages that are in it.

    Raises:
        BundleError: it cannot be unpacked, or needs another Python.
    """
    unpacked = tempfile.TemporaryDirectory(prefix="mmhooks-bundle-")
    folder = Path(unpacked.name)
    try:
        unpack(bundle, folder)
        manifest = read_manifest(folder)
        check_python(manifest)
    except BaseException:
        unpacked.cleanup()
        raise
    command = (sys.executable, "-S", "-m", "mmhooks.runtime")  # -S: what is installed here is out of sight
    return Source(manifest, command, {"PYTHONPATH": str(folder / SITE_PACKAGES)}, unpacked)
