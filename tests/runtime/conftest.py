"""Real servants: a plugin written by the test, started as its own process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from mmhooks.devhost.host import Host
from mmhooks.devhost.process import ServantProcess

StartServant = Callable[..., ServantProcess]


@pytest.fixture
def host() -> Iterator[Host]:
    """An embedded host in memory."""
    with Host(plugin_id="com.example.test") as host:
        yield host


@pytest.fixture
def write_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a plugin of one module; the path of its manifest."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")

    def write(source: str, **python: Any) -> Path:
        (tmp_path / "the_plugin.py").write_text(dedent(source))
        section = {"entry_point": "the_plugin", "packages": ["the_plugin"], **python}
        manifest = {"id": "com.example.test", "name": "Test", "version": "1.0.0"}
        manifest["server"] = {"runtime": "python", "python": section}  # type: ignore[assignment]
        path = tmp_path / "plugin.json"
        path.write_text(json.dumps(manifest))
        return path

    return write


@pytest.fixture
def start(write_plugin: Callable[..., Path], host: Host) -> Iterator[StartServant]:
    """Starts a servant with a plugin's source, attached to the host."""
    started: list[ServantProcess] = []

    def start(source: str, *, api: Any = None, **options: Any) -> ServantProcess:
        servant = ServantProcess(write_plugin(source), api or host.api, **options)
        started.append(servant)
        host.attach(servant.hooks)
        return servant

    yield start
    host.detach()
    for servant in started:
        servant.close()
