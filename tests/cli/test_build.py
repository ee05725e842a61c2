"""``mmhooks build``: what it says. What it makes is in tests/bundle and, on a real server, in tests/e2e."""

import json
import tarfile

import pytest


@pytest.fixture
def program(tmp_path):
    """Something that looks like a bridge."""
    path = tmp_path / "bridge"
    path.write_bytes(b"\x7fELF and more")
    return path


def test_no_manifest(mmhooks, tmp_path):
    done = mmhooks("build", tmp_path)
    assert done.exit_code == 2
    assert "plugin.json: no such file; every plugin needs a plugin.json" in done.stderr


def test_no_plugin_of_ours(mmhooks, tmp_path, program):
    (tmp_path / "plugin.json").write_text(
        json.dumps({"id": "com.example.go", "name": "Go", "version": "1.0.0"})
    )
    done = mmhooks("build", tmp_path, "--bridge", program)
    assert done.exit_code == 2
    assert 'server.runtime: is not "python"' in done.stderr


def test_no_such_bridge(mmhooks, make_plugin, tmp_path):
    done = mmhooks("build", make_plugin(), "--bridge", tmp_path / "nothing")
    assert done.exit_code == 2
    assert "nothing: no such file; --bridge takes the program" in done.stderr


def test_the_wrong_python(mmhooks, make_plugin, program):
    done = mmhooks("build", make_plugin(python_version="==3.7.*"), "--bridge", program)
    assert done.exit_code == 2
    assert "the plugin needs Python ==3.7.*, and this is 3." in done.stderr


@pytest.mark.go
@pytest.mark.slow
def test_what_it_reports(mmhooks_process, make_plugin, program):
    plugin = make_plugin()
    done = mmhooks_process("build", plugin, "--bridge", program, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["bundle"] == str(plugin / "dist" / "com.example.tiny-1.0.0.tar.gz")
    assert (report["id"], report["version"]) == ("com.example.tiny", "1.0.0")
    assert "message_will_be_posted" in report["hooks"]
    assert not any(hook.startswith("register_") for hook in report["hooks"])
    with tarfile.open(report["bundle"]) as bundle:
        assert len(bundle.getmembers()) == report["files"]
    (plugin / "tiny_plugin.py").unlink()
    done = mmhooks_process("build", plugin, "--bridge", program)
    assert done.returncode == 2
    assert "tiny_plugin: cannot be imported: ModuleNotFoundError" in done.stderr
    assert "Traceback" not in done.stderr
