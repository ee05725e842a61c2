"""The server itself, and what it and ``mmhooks deploy`` say of bundles that cannot work."""

import io
import json
import tarfile

import pytest

from mmhooks.errors import AppError


def archive(path, files):
    """A bundle of these files: name to text."""
    with tarfile.open(path, "w:gz") as made:
        for name, text in files.items():
            info = tarfile.TarInfo(f"com.example.wrong/{name}")
            info.size, info.mode = len(text.encode()), 0o755
            made.addfile(info, io.BytesIO(text.encode()))
    return path


def manifest(**more):
    return json.dumps({"id": "com.example.wrong", "name": "Wrong", "version": "1.0.0", **more})


def test_it_is_the_pinned_version(server):
    config = server.admin.get("/config/client", format="old")
    assert config["Version"] == "11.1.0"
    assert sorted(server.admin.get("/users/me")["roles"].split()) == ["system_admin", "system_user"]


def test_a_bundle_without_a_program(server, deploy, tmp_path):
    bundle = archive(tmp_path / "wrong.tar.gz", {"plugin.json": manifest(server={"runtime": "python"})})
    done = deploy(bundle)
    assert done.returncode == 2
    assert done.stderr.startswith(f"mmhooks: {server.url}: com.example.wrong failed to start: ")
    assert "backend executable not found for environment: linux/amd64" in done.stderr
    server.admin.send("DELETE", "/plugins/com.example.wrong")


def test_a_new_version_that_does_not_start(server, deploy, tmp_path):
    without = archive(tmp_path / "without.tar.gz", {"plugin.json": manifest(server={"runtime": "python"})})
    deploy(without)  # it stays enabled
    program = {"executables": {"linux-amd64": "program"}}
    files = {"plugin.json": manifest(server=program), "program": "#!/bin/sh\nexit 3\n"}
    done = deploy(archive(tmp_path / "with.tar.gz", files))
    assert done.returncode == 2
    assert "com.example.wrong failed to start: " in done.stderr
    assert "Failed to read any lines from plugin's stdout" in done.stderr
    server.admin.send("DELETE", "/plugins/com.example.wrong")


def test_a_bundle_without_a_manifest(server, deploy, tmp_path):
    bundle = archive(tmp_path / "wrong.tar.gz", {"README": ""})
    with pytest.raises(AppError, match="Unable to find manifest for extracted plugin"):
        server.admin.send("POST", "/plugins", files={"plugin": bundle.read_bytes()})
    done = deploy(bundle)
    assert done.returncode == 2
    assert "has no plugin.json at the top or in its only folder" in done.stderr
