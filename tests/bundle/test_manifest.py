import json

import pytest

from mmhooks.bundle.manifest import Packages, parse_manifest, read_manifest
from mmhooks.errors import ManifestError

SMALLEST = {"id": "com.example.plugin", "name": "Example", "version": "1.0.0"}


def with_python(**python):
    return {**SMALLEST, "server": {"runtime": "python", "python": python}}


def test_the_smallest_one():
    manifest = parse_manifest(SMALLEST)

    assert (manifest.id, manifest.name, manifest.version) == ("com.example.plugin", "Example", "1.0.0")
    assert manifest.runtime == ""
    assert manifest.python.workers == 1
    assert manifest.python.packages == Packages(include=None, exclude=(), order=())
    assert manifest.python.deadline("serve_http") is None
    assert manifest.min_server_version == ""


def test_everything(tmp_path):
    document = with_python(
        packages={"include": ["a", "b"], "order": ["b"]},
        deadlines={"default": 5, "serve_http": 60.5},
        workers=2,
        entry_point="own.code:plugin",
        python_version=">=3.11",
        vendor_key={"x": 1},
    )
    document |= {"min_server_version": "9.0.0", "settings_schema": {"settings": []}}
    (tmp_path / "plugin.json").write_text("\ufeff" + json.dumps(document), encoding="utf-8")

    manifest = read_manifest(tmp_path)

    assert manifest == read_manifest(tmp_path / "plugin.json")
    assert manifest.runtime == "python"
    assert manifest.python.packages == Packages(include=("a", "b"), order=("b",))
    assert manifest.python.deadline("serve_http") == 60.5
    assert manifest.python.deadline("other") == 5
    assert manifest.python.workers == 2
    assert manifest.python.entry_point == "own.code:plugin"
    assert manifest.python.python_version == ">=3.11"
    assert manifest.raw == document
    assert manifest.min_server_version == "9.0.0"


@pytest.mark.parametrize(
    ("deadlines", "hook", "seconds"),
    [
        ({}, "message_will_be_posted", None),
        ({"default": 2}, "message_will_be_posted", 2),
        ({"default": 2}, "message_has_been_posted", 2),
        ({"default": 2, "background": 60}, "message_will_be_posted", 2),
        ({"default": 2, "background": 60}, "execute_command", 2),
        ({"default": 2, "background": 60}, "serve_http", 2),
        ({"default": 2, "background": 60}, "message_has_been_posted", 60),
        ({"background": 60}, "message_will_be_posted", None),
        ({"background": 60, "on_activate": 90}, "on_activate", 90),
    ],
)
def test_the_nearest_deadline_counts(deadlines, hook, seconds):
    assert parse_manifest(with_python(deadlines=deadlines)).python.deadline(hook) == seconds


def test_a_list_of_packages_means_exactly_these_in_this_order():
    assert parse_manifest(with_python(packages=["b", "a"])).python.packages == Packages(
        include=("b", "a"), order=("b", "a")
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "not JSON: .* at line 1, column 2"),
        ("[]", "must be an object, not a list"),
        ({}, "plugin.json: id: is missing; add it"),
        ({"Id": "com.example"}, "id: is missing; 'Id' is written 'id'"),
        ({**SMALLEST, "id": "ab"}, "id: 'ab' is not 3 to 190"),
        ({**SMALLEST, "id": "a" * 191}, "is not 3 to 190"),
        ({**SMALLEST, "id": "com example"}, "is not 3 to 190"),
        ({**SMALLEST, "id": "com.example\n"}, "is not 3 to 190"),
        ({**SMALLEST, "name": ""}, "name: is empty"),
        ({**SMALLEST, "version": 1.0}, "version: must be a string, not a number; put it in quotes"),
        ({**SMALLEST, "server": []}, "server: must be an object, not a list"),
        ({**SMALLEST, "server": {"python": "3.11"}}, "server.python: must be an object, not a string"),
        (with_python(workers=0), "server.python.workers: 0 is not a whole number from 1"),
        (with_python(workers=True), "workers: True is not"),
        (with_python(workers="2"), "workers: '2' is not"),
        (with_python(package=["a"]), "server.python.package: .*did you mean 'packages'"),
        (with_python(packages="a"), "packages: must be a list of names or an object .* not a string"),
        (with_python(packages=["a", 1]), r"packages\[1\]: must be a package's name, not a number"),
        (with_python(packages=["a", "a"]), r"packages\[1\]: 'a' is there twice"),
        (with_python(packages={"includes": ["a"]}), "packages.includes: .*did you mean 'include'"),
        (with_python(packages={"include": ["a"], "order": ["b"]}), "order: 'b' is not in 'include'"),
        (with_python(packages={"exclude": ["a"], "order": ["a"]}), "exclude: 'a' is also in"),
        (with_python(deadlines={"serve_http": 0}), "deadlines.serve_http: 0 is not a number of seconds"),
        (with_python(deadlines={"default": "5s"}), "deadlines.default: '5s' is not"),
        (with_python(deadlines={"default": float("nan")}), "deadlines.default: nan is not"),
        (with_python(entry_point="own code"), "entry_point: 'own code' is neither"),
        (with_python(python_version=3.11), "python_version: must be a string, not a number"),
    ],
)
def test_mistakes(document, message):
    with pytest.raises(ManifestError, match=message) as error:
        parse_manifest(document)
    assert str(error.value).startswith("plugin.json: ")


def test_a_missing_file(tmp_path):
    with pytest.raises(ManifestError, match=r"plugin\.json: no such file"):
        read_manifest(tmp_path)


def test_a_file_that_is_not_utf_8(tmp_path):
    (tmp_path / "plugin.json").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(ManifestError, match=r"not UTF-8 \(byte 8\)"):
        read_manifest(tmp_path)
