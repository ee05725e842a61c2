"""Typed values in the plugin's KV store, kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from typing import Any, Final, Generic, TypeVar

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.converter import from_json, json_converter
from mmhooks.errors import ConflictError

T = TypeVar("T")
R = TypeVar("R")

_PAGE: Final = 1000
_ATTEMPTS: Final = 100

# The steps are written once, as generators of (API method, arguments), and driven by both clients.
_Steps = Generator[tuple[str, tuple[Any, ...]], Any, R]


class _Bucket(Generic[T]):
    def __init__(self, prefix: str, cls: type[T]) -> None:
        self.prefix = prefix
        self.cls = cls

    def _read(self, raw: bytes | None) -> T | None:
        return None if raw is None else from_json(raw, self.cls)

    def _write(self, value: T) -> bytes:
        return json.dumps(json_converter().unstructure(value), ensure_ascii=False, sort_keys=True).encode()

    def _get(self, key: str) -> _Steps[T | None]:
        return self._read((yield "kv_get", (self.prefix + key,)))

    def _set(self, key: str, value: T) -> _Steps[None]:
        yield "kv_set", (self.prefix + key, self._write(value))

    def _delete(self, key: str) -> _Steps[None]:
        yield "kv_delete", (self.prefix + key,)

    def _list(self) -> _Steps[list[str]]:
        found: list[str] = []
        page = 0
        while keys := (yield "kv_list", (page, _PAGE)):
            found += [key.removeprefix(self.prefix) for key in keys if key.startswith(self.prefix)]
            page += 1
        return sorted(found)

    def _update(self, key: str, change: Callable[[T | None], T]) -> _Steps[T]:
        name = self.prefix + key
        for _ in range(_ATTEMPTS):
            raw = yield "kv_get", (name,)
            value = change(self._read(raw))
            new = self._write(value)
            # An equal value is not written: the server takes that for a failed comparison.
            if new == raw or (yield "kv_compare_and_set", (name, raw, new)):
                return value
        raise ConflictError(
            f"{name}: others have changed it {_ATTEMPTS} times meanwhile", where="KVBucket.update"
        )


class KVBucket(_Bucket[T]):
    """Values of one type under keys that begin with a prefix, for ``def`` hookimpls.

    Args:
        api: the plugin API.
        prefix: what the keys in the store begin with; packages of one plugin share the store.
        cls: the values' type: a model, an attrs class, or what JSON has, such as ``dict[str, int]``.
    """

    def __init__(self, api: API, prefix: str, cls: type[T]) -> None:
        super().__init__(prefix, cls)
        self._api = api

    def get(self, key: str) -> T | None:
        """The value, None without one.

        Raises:
            ConversionError: something else is stored there.
        """
        return self._run(self._get(key))

    def set(self, key: str, value: T) -> None:
        """Store a value, whatever was there."""
        self._run(self._set(key, value))

    def delete(self, key: str) -> None:
        """Remove a value, if there is one."""
        self._run(self._delete(key))

    def list(self) -> list[str]:
        """The keys without the prefix, sorted."""
        return self._run(self._list())

    def update(self, key: str, change: Callable[[T | None], T]) -> T:
        """Change a value so that no concurrent change is lost, also one by another process.

        Args:
            key: without the prefix.
            change: makes the new value of the old one; called again if somebody else was faster.

        Returns:
            The new value.
        """
        return self._run(self._update(key, change))

    def _run(self, steps: _Steps[R]) -> R:
        try:
            method, arguments = next(steps)
            while True:
                method, arguments = steps.send(getattr(self._api, method)(*arguments))
        except StopIteration as stop:
            result: R = stop.value
            return result


class AsyncKVBucket(_Bucket[T]):
    """The same for ``async def`` hookimpls; see `KVBucket`."""

    def __init__(self, api: AsyncAPI, prefix: str, cls: type[T]) -> None:
        super().__init__(prefix, cls)
        self._api = api

    async def get(self, key: str) -> T | None:
        """See `KVBucket.get`."""
        return await self._run(self._get(key))

    async def set(self, key: str, value: T) -> None:
        """See `KVBucket.set`."""
        await self._run(self._set(key, value))

    async def delete(self, key: str) -> None:
        """See `KVBucket.delete`."""
        await self._run(self._delete(key))

    async def list(self) -> list[str]:
        """See `KVBucket.list`."""
        return await self._run(self._list())

    async def update(self, key: str, change: Callable[[T | None], T]) -> T:
        """See `KVBucket.update`."""
        return await self._run(self._update(key, change))

    async def _run(self, steps: _Steps[R]) -> R:
        try:
            method, arguments = next(steps)
            while True:
                method, arguments = steps.send(await getattr(self._api, method)(*arguments))
        except StopIteration as stop:
            result: R = stop.value
            return result
