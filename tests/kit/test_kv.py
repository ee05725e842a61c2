"""Typed values in the KV store, in both kinds of bucket."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from attrs import frozen

from mmhooks import AsyncKVBucket, KVBucket
from mmhooks.errors import ConflictError, ConversionError


class Store:
    """The server's four methods on a dict; `meddle` is called before each comparison."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}
        self.meddle = lambda: None

    def kv_get(self, key: str) -> bytes | None:
        return self.data.get(key)

    def kv_set(self, key: str, value: bytes) -> None:
        self.data[key] = value

    def kv_delete(self, key: str) -> None:
        self.data.pop(key, None)

    def kv_list(self, page: int, per_page: int) -> list[str]:
        return sorted(self.data)[page * per_page :][:per_page]

    def kv_compare_and_set(self, key: str, old: bytes | None, new: bytes) -> bool:
        self.meddle()
        if self.data.get(key) != old or old == new:
            return False
        self.data[key] = new
        return True


class AsyncStore:
    """The same, awaited."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        async def call(*arguments: Any) -> Any:
            return getattr(self._store, name)(*arguments)

        return call


class Awaiting:
    """An `AsyncKVBucket` whose methods are called as those of a `KVBucket`."""

    def __init__(self, bucket: AsyncKVBucket[Any]) -> None:
        self._bucket = bucket

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: asyncio.run(getattr(self._bucket, name)(*arguments))


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture(params=["sync", "async"])
def bucket_of(request: pytest.FixtureRequest, store: Store) -> Any:
    def make(prefix: str, cls: Any) -> Any:
        if request.param == "sync":
            return KVBucket(store, prefix, cls)  # type: ignore[arg-type]  # has what a bucket calls
        return Awaiting(AsyncKVBucket(AsyncStore(store), prefix, cls))  # type: ignore[arg-type]  # the same

    return make


@frozen
class Pattern:
    text: str
    uses: int = 0


def test_values_go_in_and_come_out(bucket_of: Any, store: Store):
    bucket = bucket_of("pattern:", Pattern)
    bucket.set("a", Pattern("é"))
    assert store.data == {"pattern:a": '{"text": "é", "uses": 0}'.encode()}
    assert bucket.get("a") == Pattern("é")
    assert bucket.get("b") is None
    bucket.delete("a")
    assert bucket.get("a") is None


def test_keys_of_others_are_not_listed(bucket_of: Any, store: Store):
    store.data = {f"n:{i:04}": b"1" for i in range(2500)} | {"other:1": b"1"}
    assert bucket_of("n:", int).list() == [f"{i:04}" for i in range(2500)]


def test_update_begins_again_when_somebody_was_faster(bucket_of: Any, store: Store):
    bucket = bucket_of("", int)
    rivals = [10, 20]

    def meddle() -> None:
        if rivals:
            store.data["n"] = b"%d" % rivals.pop(0)

    store.meddle = meddle
    assert bucket.update("n", lambda n: (n or 0) + 1) == 21
    assert store.data["n"] == b"21"


def test_update_to_the_same_value(bucket_of: Any, store: Store):
    store.data["n"] = b"1"
    assert bucket_of("", int).update("n", lambda n: n) == 1


def test_update_gives_up_in_the_end(bucket_of: Any, store: Store):
    numbers = iter(range(1000))
    store.meddle = lambda: store.data.update(n=b"%d" % next(numbers))
    with pytest.raises(ConflictError, match="n: others have changed it"):
        bucket_of("", int).update("n", lambda n: -1)


def test_something_else_is_stored_there(bucket_of: Any, store: Store):
    store.data["n"] = b'"one"'
    with pytest.raises(ConversionError):
        bucket_of("", int).get("n")
