"""The key-value store."""

import time

import pytest

from mmhooks.api.models import PluginKVSetOptions
from tests.conformance.world import refused

BAD_KEY = (400, "model.plugin_key_value.is_valid.key.app_error")
BAD_OLD = (400, "model.plugin_kvset_options.is_valid.old_value.app_error")


@pytest.fixture
def key(world):
    return world.word("key")


def test_a_value_is_kept(api, key):
    assert api.kv_get(key) is None
    assert api.kv_set(key, b"\x00value\xff") is None
    assert api.kv_get(key) == b"\x00value\xff"
    api.kv_set(key, b"other")
    assert api.kv_get(key) == b"other"
    api.kv_set(key, None)
    assert api.kv_get(key) is None
    api.kv_delete(key)


@pytest.mark.parametrize("length", [1, 50, 150])
def test_how_long_a_key_may_be(api, key, length):
    name = (key + "k" * 150)[-length:] if length > 1 else "k"
    api.kv_set(name, b"v")
    assert api.kv_get(name) == b"v"
    api.kv_delete(name)


@pytest.mark.parametrize("name", ["", "k" * 151])
def test_what_is_no_key(api, name):
    assert refused(api.kv_set, name, b"v") == BAD_KEY
    assert refused(api.kv_set_with_expiry, name, b"v", 10) == BAD_KEY
    assert refused(api.kv_compare_and_set, name, None, b"v") == BAD_KEY
    assert refused(api.kv_compare_and_delete, name, b"v") == BAD_KEY
    assert refused(api.kv_set_with_options, name, b"v", PluginKVSetOptions()) == BAD_KEY
    assert api.kv_get(name) is None
    api.kv_delete(name)


def test_the_length_of_a_key_is_in_characters(api):
    api.kv_set("ü" * 150, b"v")
    assert api.kv_get("ü" * 150) == b"v"
    api.kv_delete("ü" * 150)


def test_compare_and_set(api, key):
    assert api.kv_compare_and_set(key, b"old", b"new") is False
    assert api.kv_compare_and_set(key, None, b"one") is True
    assert api.kv_compare_and_set(key, None, b"two") is False
    assert api.kv_compare_and_set(key, b"wrong", b"two") is False
    assert api.kv_compare_and_set(key, b"one", b"two") is True
    assert api.kv_get(key) == b"two"
    assert api.kv_compare_and_set(key, b"two", b"two") is True
    assert api.kv_compare_and_set(key, b"two", None) is True
    assert api.kv_get(key) is None


def test_compare_and_delete(api, key):
    assert api.kv_compare_and_delete(key, b"x") is False
    assert api.kv_compare_and_delete(key, None) is False
    api.kv_set(key, b"x")
    assert api.kv_compare_and_delete(key, b"y") is False
    assert api.kv_compare_and_delete(key, None) is False
    assert api.kv_compare_and_delete(key, b"x") is True
    assert api.kv_get(key) is None


def test_options(api, key):
    assert refused(api.kv_set_with_options, key, b"v", PluginKVSetOptions(old_value=b"x")) == BAD_OLD
    atomic = PluginKVSetOptions(atomic=True, old_value=b"x")
    assert api.kv_set_with_options(key, b"v", atomic) is False
    assert api.kv_set_with_options(key, b"x", PluginKVSetOptions()) is True
    assert api.kv_set_with_options(key, b"v", atomic) is True
    assert api.kv_set_with_options(key, None, PluginKVSetOptions(atomic=True, old_value=b"v")) is True
    assert api.kv_get(key) is None
    assert api.kv_set_with_options(key, None, PluginKVSetOptions()) is True


def test_a_value_expires(api, key):
    api.kv_set_with_expiry(key, b"v", 2)
    assert api.kv_get(key) == b"v"
    end = time.monotonic() + 10
    while api.kv_get(key) is not None:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert key not in api.kv_list(0, 1000)
    assert api.kv_compare_and_set(key, None, b"new") is True
    assert api.kv_get(key) == b"new"


@pytest.mark.parametrize("seconds", [-1, 0])
def test_an_expiry_that_is_none_or_past(api, key, seconds):
    api.kv_set_with_expiry(key, b"v", seconds)
    assert api.kv_get(key) == (b"v" if seconds == 0 else None)


def test_an_expiry_is_given_up_by_the_next_write(api, key):
    api.kv_set_with_expiry(key, b"v", 3600)
    api.kv_set(key, b"w")
    assert api.kv_get(key) == b"w"
    assert api.kv_set_with_options(key, b"x", PluginKVSetOptions(expire_in_seconds=3600)) is True
    assert api.kv_get(key) == b"x"


def test_keys_in_pages(api):
    api.kv_delete_all()
    assert api.kv_list(0, 10) == []
    keys = [f"k{number:02d}" for number in range(12)]
    for one in reversed(keys):
        api.kv_set(one, b"v")
    assert api.kv_list(0, 100) == keys
    assert api.kv_list(1, 5) == keys[5:10]
    assert api.kv_list(2, 5) == keys[10:]
    assert api.kv_list(9, 5) == []
    assert api.kv_list(0, 0) == keys[:10]
    assert api.kv_list(-1, -1) == keys[1:11]  # minus by minus is plus
    api.kv_delete_all()
    assert api.kv_list(0, 10) == []


def test_an_empty_value_is_a_value(api, key):
    api.kv_set(key, b"x")
    api.kv_set(key, b"")
    assert not api.kv_get(key)
