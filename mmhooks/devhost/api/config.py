"""Configuration: the server's and the plugin's."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.config import declared, default_config, overlay, sanitized
from mmhooks.devhost.ids import new_id
from mmhooks.errors import AppError

_FAKE = "********************************"


class ConfigTopic(Topic):
    """Configuration: the server's and the plugin's."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._config: dict[str, Any] = default_config()

    def prepare(self, changes: Mapping[str, Any]) -> None:
        """Read the configuration of the workspace and put changes over it, without firing hooks."""
        stored = self.read_document("config") or {}
        self._config = overlay(overlay(default_config(), stored), changes)
        if self.read_document("system") is None:
            self.write_document("system", {"install_date": self.now(), "server_id": new_id()})

    def setting(self, section: str, key: str) -> Any:
        """Return one value of the configuration, the server's default if it is not set."""
        value = self._config.get(section, {}).get(key)
        return default_config()[section][key] if value is None else value

    def get_config(self) -> dict[str, Any]:
        return sanitized(self._config, self.host.manifest)

    def get_unsanitized_config(self) -> dict[str, Any]:
        return copy.deepcopy(self._config)

    def save_config(self, config: dict[str, Any]) -> None:
        new = _with_secrets(config, self._config)
        try:
            answer = self.firing.ask_or_fail("configuration_will_be_saved", copy.deepcopy(new))
        except AppError as error:
            raise _refusal(error) from error
        new = answer or new
        self.write_document("config", new)
        self._config = copy.deepcopy(new)
        self.publish("config_changed")
        self.configuration_changed()

    def configuration_changed(self) -> None:
        """Tell the plugin that its configuration may be another; an error of the hook is logged."""
        try:
            self.firing.ask_or_fail("on_configuration_change")
        except AppError as error:
            self.host.log("error", "on_configuration_change failed", error=str(error))

    def get_plugin_config(self) -> dict[str, Any]:
        plugins = self.get_config().get("PluginSettings", {}).get("Plugins", {})
        return dict(plugins.get(self.host.plugin_id) or {})

    def saved_plugin_config(self) -> dict[str, Any]:
        """Return all that an administrator has set for the plugin, also what only a package declares."""
        plugins = self._config.get("PluginSettings", {}).get("Plugins", {})
        return copy.deepcopy(dict(plugins.get(self.host.plugin_id) or {}))

    def save_plugin_config(self, config: dict[str, Any]) -> None:
        mine = {"PluginSettings": {"Plugins": {self.host.plugin_id: None}}}
        whole = overlay(self.get_config(), mine)
        whole["PluginSettings"]["Plugins"][self.host.plugin_id] = config
        self.save_config(whole)

    def load_plugin_configuration(self) -> dict[str, Any]:
        values = {str(one["key"]).lower(): one.get("default") for one in declared(self.host.manifest)}
        for key, value in self.saved_plugin_config().items():
            values[key.lower()] = value
        return copy.deepcopy(values)

    def read_document(self, name: str) -> Any:
        """Return a value kept under a name, None without one."""
        text = self.store.scalar("SELECT body FROM documents WHERE name = ?", name)
        return None if text is None else json.loads(text)

    def write_document(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold under a name."""
        text = json.dumps(value, ensure_ascii=False)
        self.store.execute("REPLACE INTO documents VALUES (?, ?)", name, text)

    def documents_list(self, name: str) -> list[str]:
        """Return the list kept under a name, an empty one without it."""
        return self.read_document(name) or []


def _with_secrets(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """Put back secrets that whoever saves has only seen as asterisks."""
    merged = copy.deepcopy(dict(new))
    for section, values in merged.items():
        if isinstance(values, dict):
            for key, value in values.items():
                if value == _FAKE:
                    values[key] = old.get(section, {}).get(key, "")
    before = old.get("PluginSettings", {}).get("Plugins") or {}
    after = merged.get("PluginSettings", {}).get("Plugins") or {}
    for id, settings in after.items():
        for key, value in (settings or {}).items():
            if value == _FAKE:
                settings[key] = (before.get(id) or {}).get(key, "")
    return merged


def _refusal(error: AppError) -> AppError:
    if error.id:  # the application's own error goes on as it is; any other becomes a 400
        return error
    return fail("saveConfig", "app.save_config.plugin_hook_error", 400, error.message, error.detailed_error)
