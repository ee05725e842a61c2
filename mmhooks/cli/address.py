"""How a running ``mmhooks dev`` is reached."""

from __future__ import annotations

import ipaddress
import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from mmhooks.bundle.manifest import Manifest, read_manifest
from mmhooks.errors import MmhooksError

__all__ = ["FOLDER", "address_file", "is_loopback", "read_address"]

FOLDER: Final = ".mmhooks"
"""Beside ``plugin.json``: what a run keeps."""


def address_file(manifest: Manifest) -> Path:
    """Where a run says how it is reached: an object with ``url`` and ``token``."""
    return Path(manifest.source).resolve().parent / FOLDER / "dev.json"


def read_address(plugin: Path) -> tuple[str, str]:
    """The address and the token of the run of a plugin.

    Args:
        plugin: the ``plugin.json``, or the folder with it.

    Raises:
        MmhooksError: it does not run.
    """
    file = address_file(read_manifest(plugin))
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return str(found["url"]), str(found["token"])
    except FileNotFoundError:
        raise MmhooksError(
            f"{file}: not there, so 'mmhooks dev' of this plugin is not running; start it"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise MmhooksError(f"{file}: cannot be read; start 'mmhooks dev' again") from None


def is_loopback(address: str) -> bool:
    """Say whether only this machine reaches what listens at an address."""
    with suppress(ValueError):
        return ipaddress.ip_address(address).is_loopback
    return address == "localhost"
