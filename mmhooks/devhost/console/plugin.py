"""The plugin itself: its packages and hooks, its settings, whether it runs."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmhooks.bundle.builder import with_settings
from mmhooks.bundle.packages import describe
from mmhooks.devhost.live import Live
from mmhooks.errors import MmhooksError

__all__ = ["PluginView"]


class PluginView:
    """Shows a plugin, and changes what an administrator may change.

    Args:
        live: the plugin.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._lock = threading.Lock()
        self._described: tuple[object, dict[str, Any]] = (None, {})

    def state(self) -> dict[str, Any]:
        """Whether it runs, at little cost."""
        live, manifest = self._live, self._live.host.manifest
        servant = live.servant
        return {
            "id": live.host.plugin_id,
            "name": str(manifest.get("name", "")),
            "version": str(manifest.get("version", "")),
            "description": str(manifest.get("description", "")),
            "enabled": live.is_on,
            "running": servant is not None,
            "pid": servant.pid if servant is not None else 0,
            "problem": live.problem,
            "is_bundle": live.source.unpacked is not None,
        }

    def whole(self) -> dict[str, Any]:
        """All of it, with packages, hooks and settings."""
        try:
            found = self._description()
            problem = ""
        except MmhooksError as error:
            found, problem = {"rows": [], "settings": []}, str(error)
        state = self.state()
        rows = found["rows"]
        return {
            **state,
            "problem": state["problem"] or problem,
            "packages": list(dict.fromkeys(row["package"].partition(":")[0] for row in rows)),
            "rows": rows,
            "settings": self._settings(found["settings"]),
        }

    def _description(self) -> dict[str, Any]:
        """The plugin put together in a process of its own: once for each process that runs it."""
        servant = self._live.servant
        with self._lock:
            if servant is None or self._described[0] is not servant:
                source = self._live.source
                path, is_bundle = source.path.resolve(), source.unpacked is not None
                with tempfile.TemporaryDirectory(prefix="mmhooks-console-") as work:
                    found = describe(source.packages, path, str(path), Path(work), is_isolated=is_bundle)
                self._described = (servant, found)
            return self._described[1]

    def _settings(self, declared: list[dict[str, Any]]) -> list[dict[str, Any]]:
        host = self._live.host
        schema = with_settings(host.manifest, declared).get("settings_schema") or {}
        entries = list(schema.get("settings") or ())
        for section in schema.get("sections") or ():
            entries += section.get("settings") or ()
        saved = {key.lower(): value for key, value in host.api.saved_plugin_config().items()}
        shown = []
        for entry in entries:
            key = str(entry.get("key", ""))
            value = saved.get(key.lower(), entry.get("default"))
            is_hidden = bool(entry.get("secret")) and bool(value)
            shown.append(
                {**entry, "key": key, "value": "" if is_hidden else value, "is_set": key.lower() in saved}
            )
        return shown

    def save(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Save settings as an administrator does; the others stay.

        Raises:
            AppError: the plugin refuses them.
        """
        host = self._live.host
        given = {key.lower() for key in values}
        kept = {
            key: value for key, value in host.api.saved_plugin_config().items() if key.lower() not in given
        }
        host.api.save_plugin_config({**kept, **values})
        return self.whole()
