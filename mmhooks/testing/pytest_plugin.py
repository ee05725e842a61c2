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
        choices=["inproc", "devhost", "server"],
        default="inproc",
        help="what the fixture mm is: a host in this process called by functions, the same across gRPC, or "
        "a real server in local mode, named by MM_LOCALSOCKETPATH and MM_SERVICESETTINGS_SITEURL (default: inproc)",
    )


@pytest.fixture
def mm(request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """A fresh workspace in memory; see `mmhooks.testing.Workspace`."""
    from mmhooks.testing.workspace import Workspace

    kind = request.config.getoption("--mm-host")
    if kind == "server":
        from mmhooks.testing.remote import server_workspace

        with server_workspace() as workspace:
            yield workspace
    else:
        with Workspace(over_grpc=kind == "devhost") as workspace:
            yield workspace
