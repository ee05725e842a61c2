"""The pytest plugin. It imports nothing of mmhooks before a test asks for a fixture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mmhooks.testing.workspace import Workspace


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--mm-host``."""
    parser.getgroup("mmhooks").addoption(
        "--mm-host",
        choices=["inproc", "devhost"],
        default="inproc",
        help="what the fixture mm is: a host in this process called by functions, or the same across gRPC "
        "(default: inproc)",
    )


@pytest.fixture
def mm(request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """A fresh workspace in memory; see `mmhooks.testing.Workspace`."""
    from mmhooks.testing.workspace import Workspace

    with Workspace(over_grpc=request.config.getoption("--mm-host") == "devhost") as workspace:
        yield workspace
