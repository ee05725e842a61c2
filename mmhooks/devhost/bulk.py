"""The lines of a Mattermost bulk export, wherever they are kept: ``.jsonl``, ``.jsonl.gz`` or ``.zip``."""

from __future__ import annotations

import gzip
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final, cast

from attrs import frozen

from mmhooks.errors import MmhooksError

__all__ = ["BadLine", "BulkFile", "Line"]

_PIECE: Final = 64 * 1024


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
        self._broken_off = ""
        """Why the packed file could not be read to its end; empty if it could."""
        try:
            self._file = self._open()
        except (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
            reason = getattr(error, "strerror", None) or error
            raise MmhooksError(f"{self.path}: the export cannot be read ({reason})") from error

    def _open(self) -> BinaryIO:
        if self.path.suffix == ".gz":
            with gzip.GzipFile(self.path) as packed:
                return self._unpacked(packed)
        if self.path.suffix == ".zip":
            self._archive = zipfile.ZipFile(self.path)
            names = [name for name in self._archive.namelist() if name.endswith(".jsonl")]
            if not names:
                raise MmhooksError(f"{self.path}: there is no .jsonl file in this archive")
            with self._archive.open(min(names, key=lambda name: name.count("/"))) as member:
                return self._unpacked(cast("zipfile.ZipExtFile", member))
        return self.path.open("rb")

    def _unpacked(self, packed: gzip.GzipFile | zipfile.ZipExtFile) -> BinaryIO:
        target = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the BulkFile
        try:
            while piece := packed.read1(_PIECE):
                target.write(piece)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            if not target.tell():
                target.close()
                raise
            cut = isinstance(error, EOFError)
            self._broken_off = "the file ends in the middle" if cut else f"the file is damaged here ({error})"
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return cast("BinaryIO", target)

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
        """Yield every line from the first to the last; empty lines are passed over.

        Of a packed file that is cut or damaged come the lines before that place, then a `BadLine` that says so.
        """
        self._file.seek(0)
        offset = number = 0
        for number, raw in enumerate(iter(self._file.readline, b""), 1):
            following = self._file.tell()
            line = _parse(number, offset, raw)
            if self._broken_off and not raw.endswith(b"\n") and isinstance(line, BadLine):
                number -= 1  # the part of a line before the break: one error is enough
                break
            if raw.strip():
                yield line
            if self._file.tell() != following:
                self._file.seek(following)
            offset = following
        if self._broken_off:
            yield BadLine(number + 1, self._broken_off)

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
