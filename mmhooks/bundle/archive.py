"""The ``.tar.gz`` that an administrator uploads: written so that the same files make the same bytes, read so that
a hostile one does no harm."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

import attrs

from mmhooks.bundle.manifest import Manifest, parse_manifest
from mmhooks.errors import BundleError, ManifestError

__all__ = ["Bundle", "pack", "read_bundle", "unpack"]

MANIFEST: Final = "plugin.json"
MAX_FILES: Final = 50_000
MAX_UNPACKED: Final = 1 << 30
"""Bytes that a bundle may have unpacked: more than ten times what one with every dependency of mmhooks has."""
MAX_MANIFEST: Final = 1 << 20
_MAX_READ: Final = 1 << 20
"""Bytes that are read at once: a header's extension claims a size, and all of it would be put in memory."""
_LEVEL: Final = 6
_EPOCH: Final = 315_532_800
"""The time of every file, 1 January 1980, unless SOURCE_DATE_EPOCH says another."""


@attrs.frozen(kw_only=True)
class Bundle:
    """What a bundle has in it."""

    path: Path
    manifest: Manifest
    """Its ``plugin.json``."""
    top: str
    """The folder that all of it is in, with a slash; empty if there is none."""
    files: tuple[str, ...]
    """The names of its files, below the folder that holds ``plugin.json``, as they stand in the archive."""
    size: int
    """Bytes of the archive."""
    unpacked: int
    """Bytes of its files."""

    @property
    def sha256(self) -> str:
        """The archive's digest, in hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, output: Path, report: Callable[[float], None] = lambda part: None) -> None:
    """Make an archive of a folder: the folder's own name stands first in each name.

    Nothing of this machine goes in: names are sorted, times and owners are fixed, modes are 0644 or 0755. The output
    is there as a whole or not at all.

    Args:
        folder: what to pack.
        output: the file; its folder is made if need be.
        report: called with the part that is done, 0 to 1.

    Raises:
        BundleError: there is a link or a device in the folder.
    """
    files = sorted(_files(folder), key=lambda path: path.relative_to(folder).parts)
    total = sum(path.stat().st_size for path in files) or 1
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    mtime = int(os.environ.get("SOURCE_DATE_EPOCH") or _EPOCH)
    done = 0
    try:
        with (
            part.open("wb") as raw,
            gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for path in files:
                info = tarfile.TarInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
                status = path.stat()
                info.size, info.mtime = status.st_size, mtime
                info.mode = 0o755 if status.st_mode & 0o100 else 0o644
                with path.open("rb") as file:
                    archive.addfile(info, file)
                done += info.size
                report(done / total)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise BundleError(f"{path}: only plain files can be in a bundle; put a copy of the file there")
        if path.is_file():
            yield path


def read_bundle(path: Path) -> Bundle:
    """Look into a bundle; nothing is unpacked to disk.

    Raises:
        BundleError: it is no archive or a damaged one, a file of it would end outside of its folder, it has links or
            devices, or there is too much in it.
        ManifestError: its ``plugin.json`` is missing or wrong.
    """
    files: dict[str, int] = {}
    texts: dict[str, bytes] = {}
    for name, member, content in _checked_files(path):
        files[name] = member.size
        if PurePosixPath(name).name == MANIFEST and name.count("/") <= 1:
            if member.size > MAX_MANIFEST:
                raise ManifestError(f"{path}: {name} has {member.size:,} bytes, which is no plugin.json")
            texts[name] = content.read(member.size)
    top = _top(path, files, texts)
    manifest = _manifest(path, texts[f"{top}{MANIFEST}"], f"{top}{MANIFEST}")
    _check_executables(path, manifest, top, files)
    return Bundle(
        path=path,
        manifest=manifest,
        top=top,
        files=tuple(name.removeprefix(top) for name in files),
        size=path.stat().st_size,
        unpacked=sum(files.values()),
    )


def unpack(bundle: Bundle, folder: Path) -> None:
    """Put the files of a bundle into an empty folder, ``plugin.json`` at its top.

    Raises:
        BundleError: it is another one than was read, or a file cannot be written.
    """
    for name, member, content in _checked_files(bundle.path):
        target = folder / name.removeprefix(bundle.top)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                shutil.copyfileobj(content, file)
            target.chmod(0o755 if member.mode & 0o100 else 0o644)
        except OSError as error:
            raise BundleError(f"{bundle.path}: {name} cannot be unpacked: {error.strerror}") from None


def _checked_files(path: Path) -> Iterator[tuple[str, tarfile.TarInfo, IO[bytes]]]:
    """The files of a bundle, if there is nothing in it but plain files that stay inside of it."""
    seen: set[str] = set()
    with _members(path) as members:
        for member, content in members:
            name = _checked_name(path, member.name)
            if member.isdir():
                continue
            if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
                raise BundleError(f"{path}: {name} is a link or a device; a bundle has only plain files")
            if name in seen:
                raise BundleError(f"{path}: {name} is there twice")
            seen.add(name)
            yield name, member, content


class _Limited(io.RawIOBase):
    """What an archive unpacks to, as far as it is not too much."""

    def __init__(self, source: gzip.GzipFile, path: Path) -> None:
        self._source = source
        self._path = path

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MAX_READ:
            raise BundleError(f"{self._path}: a header in it is too long; this is no bundle")
        data = self._source.read(size)
        self._check()
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if offset > MAX_UNPACKED:
            self._refuse()
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def seekable(self) -> bool:
        return True

    def _check(self) -> None:
        if self._source.tell() > MAX_UNPACKED:
            self._refuse()

    def _refuse(self) -> None:
        raise BundleError(f"{self._path}: unpacks to more than {MAX_UNPACKED:,} bytes; this is no bundle")


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """Every member with its content; whatever is wrong with the archive is a `BundleError`."""
    try:
        with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as packed:
            limited = _Limited(packed, path)
            with tarfile.open(fileobj=cast("IO[bytes]", limited), mode="r:") as archive:
                yield _walk(archive, path)
            while limited.read(_MAX_READ):  # to the end, where the checksum is
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BundleError(f"{path}: not a whole .tar.gz archive ({error}); build it again") from None
    except (ValueError, OverflowError) as error:  # numbers and names in headers
        raise BundleError(f"{path}: a header in it is wrong ({error}); build it again") from None


def _walk(archive: tarfile.TarFile, path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    number = 0
    unpacked = 0
    while (member := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
        number += 1
        unpacked += max(member.size, 0)
        if number > MAX_FILES:
            raise BundleError(f"{path}: has more than {MAX_FILES:,} files; this is no bundle")
        if unpacked > MAX_UNPACKED:
            raise BundleError(f"{path}: unpacks to more than {MAX_UNPACKED:,} bytes; this is no bundle")
        content = archive.extractfile(member) if member.isreg() else None
        yield member, content or io.BytesIO()


def _checked_name(path: Path, name: str) -> str:
    """The name without ``./``; refused if it leads out of the folder, on any system."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    leads_out = name.startswith("/") or ".." in parts or "\\" in name or ":" in name
    if leads_out or not name.isprintable():
        raise BundleError(f"{path}: {name!r} would end outside of the plugin's folder")
    return "/".join(parts)


def _top(path: Path, files: dict[str, int], texts: dict[str, bytes]) -> str:
    """The folder that everything is in, with its slash; empty if there is none."""
    tops = {name.partition("/")[0] for name in files}
    if MANIFEST in texts:
        return ""
    top = f"{next(iter(tops))}/" if len(tops) == 1 else ""
    if not top or f"{top}{MANIFEST}" not in texts:
        raise ManifestError(
            f"{path}: has no plugin.json at the top or in its only folder; 'mmhooks build' makes bundles"
        )
    return top


def _manifest(path: Path, text: bytes, name: str) -> Manifest:
    try:
        return parse_manifest(text.decode("utf-8-sig"), f"{path}: {name}")
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: {name}: not UTF-8 (byte {error.start})") from None


def _check_executables(path: Path, manifest: Manifest, top: str, files: dict[str, int]) -> None:
    server = manifest.raw.get("server") or {}
    named = server.get("executables") or {}
    executables = [*named.values()] if isinstance(named, dict) else []
    executables += [server["executable"]] if server.get("executable") else []
    for executable in executables:
        if f"{top}{executable}" not in files:
            raise BundleError(
                f"{path}: plugin.json names the program {executable!r}, which is not in the bundle"
            )
