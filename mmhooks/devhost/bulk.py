"""The lines of a Mattermost bulk export, wherever they are kept: ``.jsonl``, ``.jsonl.gz`` or ``.zip``."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from attrs import frozen

from mmhooks.errors import MmhooksError

__all__ = ["BadLine", "BulkFile", "Line"]


@frozen
class Line:
    """A line that can be read."""

    number: int
    """From 1."""
    offset: int
    """Where it begins in the unpacked file."""
    kind: str
    """Such as ``team`` or ``post``."""
    value: dict[str, Any]


@frozen
class BadLine:
    """A line that cannot be read."""

    number: int
    reason: str


class BulkFile:
    """A bulk export, read line by line, and again at single lines.

    A packed file is unpacked into a temporary one, so that single lines can be gone back to.

    Args:
        path: a ``.jsonl`` file, the same with ``.gz``, or a ``.zip`` with one inside and the attachments
            beside it.

    Raises:
        MmhooksError: the file is not there, or is none of these.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._archive: zipfile.ZipFile | None = None
        try:
            self._file = self._open()
        except (OSError, EOFError, zipfile.BadZipFile) as error:
            reason = getattr(error, "strerror", None) or error
            raise MmhooksError(f"{self.path}: the export cannot be read ({reason})") from error

    def _open(self) -> BinaryIO:
        if self.path.suffix == ".gz":
            with gzip.open(self.path) as packed:
                return _unpacked(cast("IO[bytes]", packed))
        if self.path.suffix == ".zip":
            self._archive = zipfile.ZipFile(self.path)
            names = [name for name in self._archive.namelist() if name.endswith(".jsonl")]
            if not names:
                raise MmhooksError(f"{self.path}: there is no .jsonl file in this archive")
            with self._archive.open(min(names, key=lambda name: name.count("/"))) as packed:
                return _unpacked(packed)
        return self.path.open("rb")

    def close(self) -> None:
        """Close the file and drop what was unpacked."""
        self._file.close()
        if self._archive is not None:
            self._archive.close()

    @property
    def size(self) -> int:
        """The bytes of the unpacked file."""
        here = self._file.tell()
        size = self._file.seek(0, 2)
        self._file.seek(here)
        return size

    def lines(self) -> Iterator[Line | BadLine]:
        """Yield every line from the first to the last; empty lines are passed over."""
        self._file.seek(0)
        offset = 0
        for number, raw in enumerate(iter(self._file.readline, b""), 1):
            following = self._file.tell()
            if raw.strip():
                yield _parse(number, offset, raw)
            if self._file.tell() != following:
                self._file.seek(following)
            offset = following

    def at(self, number: int, offset: int) -> Line | BadLine:
        """Return the line that begins at an offset."""
        self._file.seek(offset)
        return _parse(number, offset, self._file.readline())

    def attachment(self, path: str) -> IO[bytes] | None:
        """Open an attached file by the path that the export gives; None if it is not there.

        It is looked for beside the export and in ``data`` beside it, or at the same places in the archive.
        """
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            return None
        if self._archive is not None:
            names = set(self._archive.namelist())
            inside = next((name for name in (path, f"data/{path}") if name in names), None)
            return self._archive.open(inside) if inside else None
        beside = (self.path.parent / path, self.path.parent / "data" / path)
        found = next((place for place in beside if place.is_file()), None)
        return found.open("rb") if found else None


def _unpacked(packed: IO[bytes]) -> BinaryIO:
    target = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the BulkFile
    try:
        shutil.copyfileobj(packed, target, 1 << 20)
    except EOFError:
        pass  # cut in the middle: what came before counts, and its last line will say so
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return cast("BinaryIO", target)


def _parse(number: int, offset: int, raw: bytes) -> Line | BadLine:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        cut = "" if raw.endswith(b"\n") else "; the file seems to be cut here"
        return BadLine(number, f"this is no JSON ({error}){cut}")
    if not isinstance(record, dict) or not isinstance(record.get("type"), str):
        return BadLine(number, 'a line is an object with a "type"')
    kind = record["type"]
    value = record.get(kind)
    if kind == "version":
        return Line(number, offset, kind, {"version": value, "info": record.get("info")})
    if not isinstance(value, dict):
        return BadLine(number, f'the line has no object "{kind}"')
    return Line(number, offset, kind, value)
