"""The plugin's key-value store, to look at and to change."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from mmhooks.api.models import PluginKVSetOptions
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.host import Host

__all__ = ["delete_value", "get_value", "list_values", "set_value"]

_MOST: Final = 1000
_PREVIEW: Final = 200


def list_values(host: Host, text: str = "") -> dict[str, Any]:
    """Keys that contain a text, in their order, with the beginning of each value."""
    where = "plugin_id = ? AND (expire_at = 0 OR expire_at > ?) AND instr(lower(key), lower(?))"
    order = f"ORDER BY key LIMIT {_MOST}"
    columns = f"key, length(value), expire_at, substr(value, 1, {_PREVIEW})"
    given = (host.plugin_id, host.clock.now(), text)
    rows = host.store.rows(f"SELECT {columns} FROM plugin_values WHERE {where} {order}", *given)
    total = host.store.scalar(f"SELECT count(*) FROM plugin_values WHERE {where}", *given)
    values = [
        {"key": key, "size": size, "expire_at": expire_at, "preview": bytes(head).decode(errors="replace")}
        for key, size, expire_at, head in rows
    ]
    return {"total": total, "values": values}


def get_value(host: Host, key: str) -> dict[str, Any]:
    """One value, as base64.

    Raises:
        AppError: (404) there is none.
    """
    value = host.api.kv_get(key)
    if value is None:
        raise fail("Console", "mmhooks.console.value", 404, f"There is no value of {key!r} any more.")
    query = "SELECT expire_at FROM plugin_values WHERE plugin_id = ? AND key = ?"
    expire_at = host.store.scalar(query, host.plugin_id, key)
    return {"key": key, "base64": base64.b64encode(value).decode(), "expire_at": expire_at or 0}


def set_value(host: Host, body: Mapping[str, Any]) -> dict[str, Any]:
    """Write a value: ``key``, ``base64``, and ``expire_in_seconds``, 0 for never.

    Raises:
        AppError: (400) it is not valid.
    """
    key, seconds = str(body.get("key", "")), body.get("expire_in_seconds") or 0
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds < 0:
        raise fail("Console", "mmhooks.console.expiry", 400, "An expiry is a whole number of seconds.")
    try:
        value = base64.b64decode(str(body.get("base64", "")), validate=True)
    except binascii.Error:
        raise fail("Console", "mmhooks.console.base64", 400, "The value is no base64.") from None
    host.api.kv_set_with_options(key, value, PluginKVSetOptions(expire_in_seconds=seconds))
    return get_value(host, key)


def delete_value(host: Host, key: str) -> dict[str, Any]:
    """Take a value away; nothing happens if there is none."""
    host.api.kv_delete(key)
    return {"key": key}
