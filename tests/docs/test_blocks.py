"""What stands in fences on the pages is run.

A Python block below a paragraph that begins by naming a file is written to that file (a file named again grows); so
is TOML and JSON. Other Python blocks are run by themselves. Then the commands that the page shows are given, in the
folder with its files.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

TOP = Path(__file__).parents[2]

GENERATED = ("docs/reference/hooks.md",)  # its blocks are signatures; held against the hookspecs elsewhere
PAGES = sorted(
    str(path.relative_to(TOP))
    for path in [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *(TOP / "examples").rglob("README.md")]
    if str(path.relative_to(TOP)) not in GENERATED
)

# What goes to a server is run in tests/e2e, what Ctrl-C ends in tests/devhost/console.
NOT_RUN = (["mmhooks", "build"], ["mmhooks", "deploy"], ["mmhooks", "dev"])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w./-]+\.(?:py|toml|json))`")


@frozen
class Block:
    """A fence."""

    page: str
    line: int
    language: str
    text: str
    file: str
    """The file that it is, or a part of; empty if it is none."""


def blocks(page: str) -> Iterator[Block]:
    text = (TOP / page).read_text()
    for fence in FENCE.finditer(text):
        paragraph = text[: fence.start()].rstrip("\n").rpartition("\n\n")[2]
        names = re.findall(r"`[^`]+`", paragraph)
        file = FILE.fullmatch(names[0]) if names else None
        line = text.count("\n", 0, fence.start()) + 1
        yield Block(page, line, fence[1], fence[2], file[1] if file else "")


def every(language: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page) if block.language == language]


def place(block: Block) -> str:
    return f"{block.page}:{block.line}"


def run(command: list[str], folder: Path, site: Path | None = None) -> str:
    path = os.pathsep.join(filter(None, (str(site or ""), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("block", [b for b in every("python") if not b.file], ids=place)
def test_a_block_runs_by_itself(block: Block, tmp_path: Path) -> None:
    # From a file, in a process of its own: as its reader would.
    script = tmp_path / "block.py"
    script.write_text("\n" * block.line + block.text)
    run([sys.executable, "-W", "error", str(script)], tmp_path)


def write_files(page: str, folder: Path) -> list[str]:
    names = []
    for block in blocks(page):
        if block.file:
            path = folder / block.file
            parts = [path.read_text()] if path.exists() else []
            path.write_text("\n\n".join([*parts, block.text]))
            names.append(block.file)
    return names


def install(folder: Path, site: Path) -> None:
    """What ``pip install -e .`` leaves behind, but for this test alone."""
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    info = site / f"{project['name']}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    points = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("".join(points))
    (site / "editable.pth").write_text(f"{folder}\n")


def commands(page: str) -> Iterator[list[str]]:
    """The commands that try a plugin, as they stand on the page."""
    for block in blocks(page):
        if block.language == "sh":
            for line in block.text.splitlines():
                words = shlex.split(line.replace("path/to/mmhooks", str(TOP)), comments=True)
                if words and words[0] in ("pytest", "mmhooks"):
                    yield words


def as_run(words: list[str]) -> list[str]:
    if words[0] == "pytest":
        return [sys.executable, "-m", "pytest", *words[1:]]
    # A part of the export shows as well that the command is right.
    limit = ["--limit", "20"] if "replay" in words and "--limit" not in words else []
    return [str(Path(sys.executable).with_name("mmhooks")), *words[1:], *limit]


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if any(b.file for b in blocks(page))])
def test_a_page_can_be_followed(page: str, tmp_path: Path) -> None:
    folder, site = tmp_path / "plugin", tmp_path / "site"
    folder.mkdir()
    names = write_files(page, folder)
    if "plugin.json" not in names:  # a page about tests alone
        given = [as_run(words) for words in commands(page)]
        assert given
        assert all(" passed" in run(command, folder) for command in given)
        return
    if "pyproject.toml" in names:
        install(folder, site)
        site_and_code = Path(f"{site}{os.pathsep}{folder}")  # a .pth counts in site folders only
    else:
        site_and_code = None
    given = [words for words in commands(page) if words[:2] not in NOT_RUN]
    assert [words[:2] for words in given] == [["pytest"], ["mmhooks", "explain"], ["mmhooks", "replay"]]
    tests, explained, replayed = (run(as_run(words), folder, site_and_code) for words in given)
    assert " passed" in tests
    assert "message_will_be_posted" in explained
    assert "20 posts seen" in replayed or "50 posts seen" in replayed


@pytest.mark.parametrize("page", PAGES)
def test_targets_of_make_exist(page: str) -> None:
    makefile = (TOP / "Makefile").read_text()
    text = (TOP / page).read_text()
    named = set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", text, re.MULTILINE))
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize("page", [*PAGES, *GENERATED])
def test_links_lead_somewhere(page: str) -> None:
    text = (TOP / page).read_text()
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", FENCE.sub("", text)):
        path, _, anchor = target.partition("#")
        if path.startswith("http"):
            continue
        if path:
            assert ((TOP / page).parent / path).exists(), target
        else:
            assert anchor in headings, target
