"""``plugin.json``: what the server reads, and our section ``server.python``.

Everything is kept: keys that mmhooks does not know are in ``raw`` for whoever writes the file again.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import attrs

from mmhooks.bundle.deadline import deadline_of
from mmhooks.errors import ManifestError

_ID: Final = re.compile(r"[A-Za-z0-9\-_.]{3,190}")
_ENTRY_POINT: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)?")
_PYTHON_KEYS: Final = ("packages", "deadlines", "workers", "entry_point", "python_version")
_PACKAGE_KEYS: Final = ("include", "exclude", "order")


@attrs.frozen
class Packages:
    """Which packages make the plugin, and in which order their hookimpls are called."""

    include: tuple[str, ...] | None = None
    """Only these; None for all that are installed."""
    exclude: tuple[str, ...] = ()
    """Not these."""
    order: tuple[str, ...] = ()
    """Called in this order, before all others."""


@attrs.frozen
class PythonSection:
    """``server.python``."""

    packages: Packages = Packages()
    deadlines: Mapping[str, float] = attrs.field(factory=dict)
    """Seconds per hook name; ``background`` for others that nobody waits for, ``default`` for all others."""
    workers: int = 1
    """How many servants run on a server; the embedded host runs one."""
    entry_point: str | None = None
    """The plugin's own code, ``module`` or ``module:object``, beside the installed packages."""
    python_version: str | None = None
    """The Python that is needed, such as ``3.11`` or ``>=3.11``."""

    def deadline(self, hook_name: str) -> float | None:
        """Seconds that a call of the hook may take; None for no limit."""
        return deadline_of(self.deadlines, hook_name)


@attrs.frozen
class Manifest:
    """A plugin's manifest."""

    id: str
    name: str
    version: str
    runtime: str = ""
    """``server.runtime``: ``python`` for our plugins."""
    python: PythonSection = PythonSection()
    """``server.python``."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    """The whole document, unknown keys too."""
    source: str = "plugin.json"
    """The file it was read from, for messages."""

    @property
    def min_server_version(self) -> str:
        """The oldest server it runs on; empty for any."""
        return str(self.raw.get("min_server_version", ""))


def read_manifest(path: Path | str) -> Manifest:
    """Read a manifest from a file, or from ``plugin.json`` in a directory.

    Raises:
        ManifestError: it is missing, unreadable or wrong.
    """
    file = Path(path)
    if file.is_dir():
        file /= "plugin.json"
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ManifestError(f"{file}: no such file; every plugin needs a plugin.json") from None
    except UnicodeDecodeError as error:
        raise ManifestError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise ManifestError(f"{file}: cannot be read: {error.strerror}") from error
    return parse_manifest(text, str(file))


def parse_manifest(document: str | Mapping[str, Any], source: str = "plugin.json") -> Manifest:
    """Check a manifest that is there already.

    Args:
        document: JSON text, or what it parses to.
        source: the file's name, for messages.

    Raises:
        ManifestError: it is wrong; the message names file, key and way out.
    """
    if isinstance(document, str):
        document = _json(document, source)
    if not isinstance(document, Mapping):
        raise ManifestError(f"{source}: the document must be an object, not {_kind(document)}")
    top = _Section(document, source, "")
    id_ = top.text("id")
    if not _ID.fullmatch(id_):
        top.wrong("id", f"{id_!r} is not 3 to 190 letters, digits, '-', '_' or '.'")
    name, version = top.text("name"), top.text("version")
    server = top.section("server")
    runtime = server.optional_text("runtime") or ""
    return Manifest(id_, name, version, runtime, _python(server.section("python")), document, source)


def _json(text: str, source: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ManifestError(f"{source}: not JSON: {error.msg} at {where}") from None


def _python(python: _Section) -> PythonSection:
    python.known(_PYTHON_KEYS)
    workers = python.data.get("workers", 1)
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        python.wrong("workers", f"{workers!r} is not a whole number from 1")
    entry_point = python.optional_text("entry_point")
    if entry_point is not None and not _ENTRY_POINT.fullmatch(entry_point):
        python.wrong("entry_point", f"{entry_point!r} is neither 'module' nor 'module:object'")
    return PythonSection(
        packages=_packages(python),
        deadlines=_deadlines(python.section("deadlines")),
        workers=workers,
        entry_point=entry_point,
        python_version=python.optional_text("python_version"),
    )


def _packages(python: _Section) -> Packages:
    value = python.data.get("packages")
    if isinstance(value, Sequence) and not isinstance(value, str):
        names = python.names("packages")
        return Packages(include=names, order=names)
    if value is not None and not isinstance(value, Mapping):
        python.wrong(
            "packages",
            f"must be a list of names or an object with {', '.join(_PACKAGE_KEYS)}, not {_kind(value)}",
        )
    section = python.section("packages")
    section.known(_PACKAGE_KEYS)
    include = section.names("include") if "include" in section.data else None
    packages = Packages(include, section.names("exclude"), section.names("order"))
    for name in packages.exclude:
        if name in packages.order or name in (include or ()):
            section.wrong("exclude", f"{name!r} is also in 'include' or 'order'; keep one of the two")
    for name in packages.order:
        if include is not None and name not in include:
            section.wrong("order", f"{name!r} is not in 'include'; add it there or take it out here")
    return packages


def _deadlines(section: _Section) -> dict[str, float]:
    deadlines = {}
    for hook, seconds in section.data.items():
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 1e9:
            section.wrong(hook, f"{seconds!r} is not a number of seconds above 0")
        deadlines[hook] = float(seconds)
    return deadlines


class _Section:
    """One object of the document; its mistakes are reported with their full key."""

    def __init__(self, data: Mapping[str, Any], source: str, path: str) -> None:
        self.data = data
        self.source = source
        self.path = path

    def key(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def wrong(self, name: str, why: str) -> NoReturn:
        raise ManifestError(f"{self.source}: {self.key(name)}: {why}", self.key(name))

    def section(self, name: str) -> _Section:
        value = self.data.get(name)
        if value is None:
            value = {}
        if not isinstance(value, Mapping):
            self.wrong(name, f"must be an object, not {_kind(value)}")
        return _Section(value, self.source, self.key(name))

    def text(self, name: str) -> str:
        value = self.optional_text(name)
        if value is None:
            near = [key for key in self.data if key.lower() == name.lower()]
            self.wrong(name, f"is missing; {near[0]!r} is written {name!r}" if near else "is missing; add it")
        return value

    def optional_text(self, name: str) -> str | None:
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name, f"must be a string, not {_kind(value)}; put it in quotes")
        if not value.strip():
            self.wrong(name, "is empty; fill it in")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name, [])
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.wrong(name, f"must be a list of package names, not {_kind(value)}")
        for position, element in enumerate(value):
            if not isinstance(element, str) or not element:
                self.wrong(f"{name}[{position}]", f"must be a package's name, not {_kind(element)}")
            if element in value[:position]:
                self.wrong(f"{name}[{position}]", f"{element!r} is there twice; take one out")
        return tuple(value)

    def known(self, right: Sequence[str]) -> None:
        """Refuse a misspelt key; one that is near to none is somebody else's and is let be."""
        for name in self.data:
            near = difflib.get_close_matches(name, right, n=1, cutoff=0.75)
            if name not in right and near:
                self.wrong(name, f"is not a key of this section; did you mean {near[0]!r}?")


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    for types, word in (((int, float), "a number"), ((str,), "a string"), ((Mapping,), "an object")):
        if isinstance(value, types):
            return word
    return "a list"
