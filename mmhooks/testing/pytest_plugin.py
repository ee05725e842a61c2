"""The pytest plugin. It imports nothing of mmhooks before a test asks for a fixture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mmhooks.testing.workspace import Workspace


@pytest.fixture
def mm() -> Iterator[Workspace]:
    """A fresh workspace in memory; see `mmhooks.testing.Workspace`."""
    from mmhooks.testing.workspace import Workspace

    with Workspace() as workspace:
        yield workspace
