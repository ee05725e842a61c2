"""Bundles that a server does not take, and plugins that it does not have."""

import io
import json
import tarfile

import pytest

from tests.conformance.world import PLUGIN, refused

FORBIDDEN = (403, "api.context.permissions.app_error")


def bundle(**files):
    """A .tar.gz of texts by name."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"p/{name.replace('_', '.')}")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return packed.getvalue()


MANIFEST = json.dumps({"id": PLUGIN, "name": "P", "version": "9.9.9", "server": {"runtime": "python"}})
NOT_INSTALLED = (404, "app.plugin.not_installed.app_error")


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (b"", "extract"),
        (b"no archive", "extract"),
        (bundle(readme_md="no manifest"), "manifest"),
        (bundle(plugin_json="{"), "manifest"),
        (bundle(plugin_json='{"id": "a b", "name": "P", "version": "1.0.0"}'), "invalid_id"),
        (bundle(plugin_json=MANIFEST), "install_id"),
    ],
    ids=["empty", "garbage", "bare", "no-json", "id", "again"],
)
def test_a_bundle_that_is_not_taken(world, api, data, id):
    expected = (400, f"app.plugin.{id}.app_error")
    assert refused(world.admin.send, "POST", "/plugins", files={"plugin": ("p.tar.gz", data)}) == expected
    assert refused(api.install_plugin, data, False) == expected


def test_a_form_without_a_bundle(world):
    answer = refused(world.admin.send, "POST", "/plugins", files={"other": ("p.tar.gz", b"x")})
    assert answer == (400, "api.plugin.upload.no_file.app_error")


def test_who_may_not(world, ann):
    assert refused(ann.send, "POST", "/plugins", files={"plugin": ("p.tar.gz", b"x")}) == FORBIDDEN
    assert refused(ann.send, "DELETE", f"/plugins/{PLUGIN}") == FORBIDDEN


def test_a_plugin_that_is_not_there(world, api):
    for name in ("enable_plugin", "disable_plugin", "remove_plugin", "get_plugin_status"):
        assert refused(getattr(api, name), "no.such.plugin") == NOT_INSTALLED
    for method, path in (("POST", "/enable"), ("POST", "/disable"), ("DELETE", "")):
        assert refused(world.admin.send, method, f"/plugins/no.such.plugin{path}") == NOT_INSTALLED
