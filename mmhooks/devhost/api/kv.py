"""The plugin's key-value store."""

from __future__ import annotations

from mmhooks.api.models import PluginKVSetOptions
from mmhooks.devhost.api.base import Topic, fail

_ALIVE = "(expire_at = 0 OR expire_at > ?)"


class KVTopic(Topic):
    """The plugin's key-value store. A key has at most 150 characters; None as a value means no value."""

    def kv_set(self, key: str, value: bytes | None) -> None:
        self.kv_set_with_options(key, value, PluginKVSetOptions())

    def kv_set_with_expiry(self, key: str, value: bytes | None, expire_in_seconds: int) -> None:
        self.kv_set_with_options(key, value, PluginKVSetOptions(expire_in_seconds=expire_in_seconds))

    def kv_compare_and_set(self, key: str, old_value: bytes | None, new_value: bytes | None) -> bool:
        options = PluginKVSetOptions(atomic=True, old_value=old_value)
        return self.kv_set_with_options(key, new_value, options)

    def kv_set_with_options(self, key: str, value: bytes | None, options: PluginKVSetOptions) -> bool:
        if not options.atomic and options.old_value is not None:
            id = "model.plugin_kvset_options.is_valid.old_value.app_error"
            text = "An old value is only compared in an atomic write."
            raise fail("PluginKVSetOptions.IsValid", id, 400, text)
        self._check(key)
        now = self.now()
        expire_at = now + options.expire_in_seconds * 1000 if options.expire_in_seconds else 0
        if not options.atomic:
            self._put(key, value, expire_at)
            return True
        if value is None:
            return self.kv_compare_and_delete(key, options.old_value)
        with self.store.transaction():
            if self._current(key, now) != options.old_value:
                return False
            self._put(key, value, expire_at)
            return True

    def kv_compare_and_delete(self, key: str, old_value: bytes | None) -> bool:
        self._check(key)
        if old_value is None:
            return False
        statement = f"DELETE FROM plugin_values WHERE plugin_id = ? AND key = ? AND value = ? AND {_ALIVE}"
        return self.store.execute(statement, self.host.plugin_id, key, old_value, self.now()) > 0

    def kv_get(self, key: str) -> bytes | None:
        return self._current(key, self.now())

    def kv_delete(self, key: str) -> None:
        self.store.execute(
            "DELETE FROM plugin_values WHERE plugin_id = ? AND key = ?", self.host.plugin_id, key
        )

    def kv_delete_all(self) -> None:
        self.store.execute("DELETE FROM plugin_values WHERE plugin_id = ?", self.host.plugin_id)

    def kv_list(self, page: int, per_page: int) -> list[str]:
        limit = per_page if per_page > 0 else 10
        rows = self.store.rows(
            f"SELECT key FROM plugin_values WHERE plugin_id = ? AND {_ALIVE} ORDER BY key LIMIT ? OFFSET ?",
            self.host.plugin_id,
            self.now(),
            limit,
            max(page * per_page, 0),
        )
        return [row[0] for row in rows]

    def _current(self, key: str, now: int) -> bytes | None:
        query = f"SELECT value FROM plugin_values WHERE plugin_id = ? AND key = ? AND {_ALIVE}"
        value = self.store.scalar(query, self.host.plugin_id, key, now)
        return None if value is None else bytes(value)

    def _put(self, key: str, value: bytes | None, expire_at: int) -> None:
        if value is None:
            self.kv_delete(key)
            return
        row = (self.host.plugin_id, key, bytes(value), expire_at)
        self.store.execute("REPLACE INTO plugin_values VALUES (?, ?, ?, ?)", *row)

    def _check(self, key: str) -> None:
        if not 0 < len(key) <= 150:
            id = "model.plugin_key_value.is_valid.key.app_error"
            text = "A key has between 1 and 150 characters."
            raise fail("PluginKeyValue.IsValid", id, 400, text, f"key={key}")
