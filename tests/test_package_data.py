"""What is installed: every file in the tree that is no module has to be named as package data."""

from __future__ import annotations

import configparser
from fnmatch import fnmatch
from pathlib import Path

TOP = Path(__file__).parents[1]


def place_in_package(file: Path) -> str:
    """The path below the package that it is in; setuptools matches that."""
    package = next(folder for folder in file.parents if (folder / "__init__.py").is_file())
    return str(file.relative_to(package))


def test_no_file_stays_behind() -> None:
    config = configparser.ConfigParser(interpolation=None)
    config.read(TOP / "setup.cfg")
    patterns = config["options.package_data"]["*"].split()
    files = [
        path
        for path in (TOP / "mmhooks").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and not path.name.startswith(".")
    ]
    places = {place_in_package(file): file for file in files}
    # A * matches no slash there.
    left = [
        str(file.relative_to(TOP))
        for place, file in places.items()
        if not any(fnmatch(place, one) and place.count("/") == one.count("/") for one in patterns)
    ]
    assert left == []
