"""The tree builds anywhere: no paths of one machine in it, no package index but each tool's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
IGNORED = [".git", *(line.rstrip("/") for line in (TOP / ".gitignore").read_text().split())]

# The patterns are put together here, so that this file does not contain what it looks for.
HOMES = re.compile("|".join((r"/ho" + r"me/\w", r"/Us" + r"ers/\w", r"/ro" + r"ot\b", r"[A-Z]:\\Us" + "ers")))
INDEXES = re.compile(
    "|".join(
        (
            r"index-" + r"url",
            r"(?:registry|npm)\." + r"(?:npmjs|yarnpkg)\.",
            r"pypi\." + r"org/simple|files\." + r"pythonhosted",
            r"GOP" + r"ROXY|proxy\." + r"golang\.org",
            r"arti" + r"factory|nexus" + r"\d*\.",
            r"//(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+",
        )
    )
)


def files() -> Iterator[Path]:
    """Every file that is not ignored."""
    folders = [TOP]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if any(fnmatch(path.name, pattern) for pattern in IGNORED):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def lines() -> Iterator[tuple[str, str]]:
    """Place and text of every line of every text file."""
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{path.relative_to(TOP)}:{number}", line


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [HOMES, INDEXES], ids=["home", "index"])
def test_nothing_of_one_machine(pattern: re.Pattern[str]) -> None:
    assert [place for place, line in lines() if pattern.search(line)] == []


@pytest.mark.slow
def test_every_file_ends_with_a_newline() -> None:
    texts = [
        path for path in files() if path.suffix in (".py", ".md", ".toml", ".proto", ".go", ".cfg", ".sql")
    ]
    wrong = [
        str(path.relative_to(TOP))
        for path in texts
        if path.stat().st_size and path.read_bytes()[-1:] != b"\n"
    ]
    assert wrong == []
