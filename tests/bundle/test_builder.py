"""Bundles: what goes in, that the same plugin makes the same bytes, and that a hostile one does no harm."""

import contextlib
import gzip
import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import sysconfig
import tarfile
import time
from pathlib import Path

import pytest

from mmhooks.bundle import archive, bridge, builder, packages
from mmhooks.errors import BundleError, ManifestError

TOP = Path(__file__).parents[2]
ID = "com.example.tiny"
MANIFEST = {"id": ID, "name": "Tiny", "version": "1.0.0", "server": {"runtime": "python"}}


@pytest.fixture
def make_folder(tmp_path):
    """Write files below a folder: name to text."""

    def make(files, name=ID):
        folder = tmp_path / name
        for file, text in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text if isinstance(text, str) else json.dumps(text))
        return folder

    return make


@pytest.fixture
def program(tmp_path):
    """Something that looks like a bridge."""
    path = tmp_path / "bridge"
    path.write_bytes(b"\x7fELF and more")
    return path


# -- packing -------------------------------------------------------------------------------------


def test_the_same_files_make_the_same_bytes(make_folder, tmp_path):
    folder = make_folder(
        {"plugin.json": MANIFEST, "b/z.py": "z", "b/a.py": "a", "a-b.py": "", "server/program": "x"}
    )
    (folder / "server" / "program").chmod(0o700)
    archive.pack(folder, tmp_path / "one.tar.gz")
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    (folder / "b" / "a.py").chmod(0o600)
    archive.pack(folder, tmp_path / "deeper" / "two.tar.gz")
    one, two = (tmp_path / name for name in ("one.tar.gz", "deeper/two.tar.gz"))
    assert one.read_bytes() == two.read_bytes()
    with tarfile.open(one) as made:
        members = made.getmembers()
    assert [(member.name.removeprefix(f"{ID}/"), oct(member.mode)) for member in members] == [
        ("a-b.py", "0o644"),
        ("b/a.py", "0o644"),
        ("b/z.py", "0o644"),
        ("plugin.json", "0o644"),
        ("server/program", "0o755"),
    ]
    assert {(member.uid, member.gid, member.uname, member.mtime) for member in members} == {
        (0, 0, "", 315_532_800)
    }


def test_the_time_can_be_set(make_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    archive.pack(make_folder({"plugin.json": MANIFEST}), tmp_path / "one.tar.gz")
    with tarfile.open(tmp_path / "one.tar.gz") as made:
        assert made.getmembers()[0].mtime == 1_700_000_000


def test_a_link_is_not_packed_and_nothing_is_left(make_folder, tmp_path):
    folder = make_folder({"plugin.json": MANIFEST})
    (folder / "passwords").symlink_to("/etc/passwd")
    with pytest.raises(BundleError, match="passwords: only plain files"):
        archive.pack(folder, tmp_path / "out" / "one.tar.gz")
    assert list(tmp_path.glob("out/*")) == []


# -- reading -------------------------------------------------------------------------------------


def member(name, content=b"", **fields):
    """One entry of an archive."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, content


PLUGIN_JSON = member(f"{ID}/plugin.json", json.dumps(MANIFEST).encode())


@pytest.fixture
def make_archive(tmp_path):
    """Write an archive of entries."""

    def make(*members):
        path = tmp_path / "bundle.tar.gz"
        with tarfile.open(path, "w:gz") as made:
            for info, content in members:
                made.addfile(info, io.BytesIO(content))
        return path

    return make


def test_a_bundle_is_read(make_archive):
    path = make_archive(
        PLUGIN_JSON, member(f"{ID}/server/x", b"12345"), member(f"{ID}/d", type=tarfile.DIRTYPE)
    )
    read = archive.read_bundle(path)
    assert (read.manifest.id, read.manifest.version) == (ID, "1.0.0")
    assert read.files == ("plugin.json", "server/x")
    assert read.unpacked == len(PLUGIN_JSON[1]) + 5
    assert read.size == path.stat().st_size
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_bundle_without_a_folder_is_read(make_archive):
    read = archive.read_bundle(
        make_archive(member("./plugin.json", json.dumps(MANIFEST).encode()), member("./x"))
    )
    assert read.files == ("plugin.json", "x")


def test_a_bundle_is_unpacked(make_archive, tmp_path):
    program = member(f"{ID}/server/x", b"12345", mode=0o700)
    read = archive.read_bundle(make_archive(PLUGIN_JSON, program, member(f"{ID}/d", type=tarfile.DIRTYPE)))
    archive.unpack(read, tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.glob("out/**/*") if path.is_file()
    }
    assert found == {"plugin.json", "server/x"}
    assert (tmp_path / "out" / "server" / "x").read_bytes() == b"12345"
    assert (tmp_path / "out" / "server" / "x").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out" / "plugin.json").stat().st_mode & 0o777 == 0o644


def test_a_file_where_a_folder_has_to_be(make_archive, tmp_path):
    read = archive.read_bundle(make_archive(PLUGIN_JSON, member(f"{ID}/a", b"x"), member(f"{ID}/a/b", b"y")))
    with pytest.raises(BundleError, match=r"a/b cannot be unpacked"):
        archive.unpack(read, tmp_path / "out")


def test_a_bundle_that_was_exchanged_is_checked_again(make_archive, tmp_path):
    read = archive.read_bundle(make_archive(PLUGIN_JSON))
    make_archive(PLUGIN_JSON, member("../evil", b"x"))
    with pytest.raises(BundleError, match="would end outside"):
        archive.unpack(read, tmp_path / "out")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    ("hostile", "says"),
    [
        (member("../evil"), "'../evil' would end outside"),
        (member(f"{ID}/../../evil"), "would end outside"),
        (member("/etc/passwd"), "'/etc/passwd' would end outside"),
        (member("..\\evil"), "would end outside"),
        (member("C:evil"), "would end outside"),
        (member(f"{ID}/a\nb"), "would end outside"),
        (member(f"{ID}/x", type=tarfile.SYMTYPE, linkname="/etc"), f"{ID}/x is a link or a device"),
        (member(f"{ID}/x", type=tarfile.LNKTYPE, linkname=f"{ID}/plugin.json"), "is a link or a device"),
        (member(f"{ID}/x", type=tarfile.CHRTYPE), "is a link or a device"),
        (member(f"{ID}/x", type=tarfile.FIFOTYPE), "is a link or a device"),
        (PLUGIN_JSON, "plugin.json is there twice"),
        (member(f"{ID}/./plugin.json", b"{}"), "plugin.json is there twice"),
    ],
)
def test_hostile_names_and_kinds(make_archive, hostile, says):
    with pytest.raises(BundleError) as caught:
        archive.read_bundle(make_archive(PLUGIN_JSON, hostile))
    assert says in str(caught.value)
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ([member(f"{ID}/x")], "has no plugin.json at the top or in its only folder"),
        ([PLUGIN_JSON, member("other/x")], "has no plugin.json at the top or in its only folder"),
        ([], "has no plugin.json"),
        ([member("plugin.json", b"{")], "plugin.json: not JSON"),
        ([member("plugin.json", b"\xff\xfe")], "plugin.json: not UTF-8"),
        (
            [member("plugin.json", b'{"id": "../../x", "name": "x", "version": "1"}')],
            "plugin.json: id: '../../x'",
        ),
        ([member("plugin.json", b" " * (2 << 20))], "which is no plugin.json"),
        (
            [member("plugin.json", json.dumps({**MANIFEST, "server": {"executable": "server/x"}}).encode())],
            "names the program 'server/x', which is not in the bundle",
        ),
        (
            [
                member(
                    "plugin.json",
                    json.dumps({**MANIFEST, "server": {"executables": {"linux-amd64": "y"}}}).encode(),
                )
            ],
            "names the program 'y', which is not in the bundle",
        ),
    ],
)
def test_what_is_no_bundle(make_archive, members, says):
    with pytest.raises((BundleError, ManifestError)) as caught:
        archive.read_bundle(make_archive(*members))
    assert says in str(caught.value)


def test_what_is_no_archive(tmp_path, make_archive):
    path = tmp_path / "text.tar.gz"
    path.write_text("hello")
    with pytest.raises(BundleError, match="not a whole"):
        archive.read_bundle(path)
    path.write_bytes(gzip.compress(b"hello" * 1000))
    with pytest.raises(BundleError, match="not a whole"):
        archive.read_bundle(path)
    whole = make_archive(PLUGIN_JSON, member(f"{ID}/x", os.urandom(100_000))).read_bytes()
    for length in (0, 5, 300, len(whole) // 2, len(whole) - 9):
        path.write_bytes(whole[:length])
        with pytest.raises(BundleError, match="not a whole"):
            archive.read_bundle(path)


def test_a_missing_one_names_the_path(tmp_path):
    with pytest.raises(FileNotFoundError):
        archive.read_bundle(tmp_path / "nothing.tar.gz")


@pytest.mark.slow
def test_bombs(tmp_path, make_archive, monkeypatch):
    begin = time.process_time()
    # A gigabyte and more of nothing in a megabyte, in the size that a header claims ...
    info, _ = member(f"{ID}/zeros")
    info.size = archive.MAX_UNPACKED + 1
    path = tmp_path / "bomb.tar.gz"
    path.write_bytes(gzip.compress(PLUGIN_JSON[0].tobuf() + PLUGIN_JSON[1].ljust(512, b"\0") + info.tobuf()))
    with pytest.raises(BundleError, match="unpacks to more than"):
        archive.read_bundle(path)
    # ... in a header's extension, which would be put in memory ...
    long_name, _ = member("././@LongLink", type=tarfile.GNUTYPE_LONGNAME)
    long_name.size = 1 << 33
    path.write_bytes(gzip.compress(long_name.tobuf(tarfile.GNU_FORMAT)))
    with pytest.raises(BundleError, match="a header in it is too long"):
        archive.read_bundle(path)
    # ... as one block after the other ...
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1 << 20)
    with pytest.raises(BundleError, match="unpacks to more than"):
        archive.read_bundle(
            make_archive(PLUGIN_JSON, *(member(f"{ID}/{n}", bytes(300_000)) for n in range(4)))
        )
    # ... or as many files with nothing in them.
    monkeypatch.setattr(archive, "MAX_FILES", 10)
    with pytest.raises(BundleError, match="has more than 10 files"):
        archive.read_bundle(make_archive(PLUGIN_JSON, *(member(f"{ID}/{number}") for number in range(11))))
    assert time.process_time() - begin < 5


def test_random_damage_is_never_a_traceback(make_archive, tmp_path):
    whole = gzip.decompress(make_archive(PLUGIN_JSON, member(f"{ID}/x", b"x" * 700)).read_bytes())
    path = tmp_path / "damaged.tar.gz"
    for place in range(0, len(whole) - 8, 37):
        data = bytearray(whole)
        data[place : place + 8] = struct.pack("<Q", (place * 2_654_435_761) % (1 << 64))
        path.write_bytes(gzip.compress(bytes(data), 1))
        with contextlib.suppress(BundleError, ManifestError):  # or nothing that matters was hit
            archive.read_bundle(path)


# -- the bridge ----------------------------------------------------------------------------------


def test_a_given_bridge_is_checked(tmp_path, program):
    assert bridge.given_bridge(program) == program
    (tmp_path / "script").write_text("#!/bin/sh\n")
    with pytest.raises(BundleError, match="not a program for Linux"):
        bridge.given_bridge(tmp_path / "script")
    with pytest.raises(BundleError, match="no such file"):
        bridge.given_bridge(tmp_path / "nothing")


def test_without_go_the_last_one_is_taken(tmp_path, monkeypatch, program):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BundleError, match=r"there is no go; install Go 1\.\d+(\.\d+)? or newer"):
        bridge.bridge_binary()
    cached = bridge.cache_folder() / f"mmhooks-bridge-{bridge.server_platform()}"
    cached.parent.mkdir(parents=True)
    shutil.copyfile(program, cached)
    assert bridge.bridge_binary() == cached


def test_without_a_checkout_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(bridge, "checkout", lambda: None)
    with pytest.raises(BundleError, match="run 'mmhooks build' once in a source checkout"):
        bridge.bridge_binary()


# -- building ------------------------------------------------------------------------------------


def test_mistakes_are_found_before_anything_is_built(make_folder, tmp_path, program):
    with pytest.raises(ManifestError, match="every plugin needs"):
        builder.build(tmp_path, bridge=program)
    folder = make_folder({"plugin.json": {**MANIFEST, "server": {"executable": "server/plugin"}}})
    with pytest.raises(BundleError, match='is not "python"'):
        builder.build(folder, bridge=program)
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for wanted in ("3.9", ">=4", f">={here},<{here}", f"!={here}", "~=3.9.1"):
        folder = make_folder({"plugin.json": {**MANIFEST, "server": python(python_version=wanted)}})
        with pytest.raises(BundleError, match="python_version: the plugin needs Python"):
            builder.build(folder, bridge=program)
    folder = make_folder({"plugin.json": {**MANIFEST, "server": python(python_version="the newest")}})
    with pytest.raises(BundleError, match=r"'the newest' is not like '3\.11' or '>=3\.11'"):
        builder.build(folder, bridge=program)


def python(**section):
    return {"runtime": "python", "python": section}


def test_local_packages(make_folder):
    folder = make_folder({"pyproject.toml": "", "b/pyproject.toml": "", "a/pyproject.toml": "", "c/x.py": ""})
    make_folder({f"{ID}/.hidden/pyproject.toml": "", f"{ID}/a/deep/pyproject.toml": ""}, name=".")
    assert packages.local_packages(folder) == [folder, folder / "a", folder / "b"]


@pytest.fixture
def installed(tmp_path):
    """A folder that has in it what is installed here, and mmhooks."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "mmhooks").symlink_to(TOP / "mmhooks")
    return folder


OWN = """
from mmhooks import SettingsSpec, hookimpl, setting
from attrs import frozen

print("noise")

@frozen
class Settings:
    colour: str = setting("red", label="Colour:")

@hookimpl
def register_settings():
    return [SettingsSpec(Settings)]

@hookimpl
def user_has_logged_in(user): ...
"""


@pytest.mark.slow
def test_a_plugin_is_put_together_from_the_bundle_alone(make_folder, installed, tmp_path):
    (installed / "tiny.py").write_text(OWN)
    folder = make_folder(
        {"plugin.json": {**MANIFEST, "server": python(entry_point="tiny", packages=["tiny"])}}
    )
    described = packages.describe(installed, folder / "plugin.json", "plugin.json", tmp_path)
    assert described["hooks"] == ["user_has_logged_in"]
    assert [entry["key"] for entry in described["settings"]] == ["colour"]
    folder = make_folder({"plugin.json": {**MANIFEST, "server": python(packages=["nobody"])}})
    with pytest.raises(BundleError, match="nobody: no such package is installed"):
        packages.describe(installed, folder / "plugin.json", "plugin.json", tmp_path)
    wrong = python(packages=["tiny"], entry_point="tiny", deadlines={"user_has_loged_in": 5})
    folder = make_folder({"plugin.json": {**MANIFEST, "server": wrong}})
    with pytest.raises(
        BundleError, match="no hook 'user_has_loged_in'; did you mean 'user_has_logged_in'"
    ) as caught:
        packages.describe(installed, folder / "plugin.json", "plugin.json", tmp_path)
    assert "Traceback" not in str(caught.value)


PYPROJECT = """
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "tiny-package"
version = "0.1.0"
scripts.tiny = "tiny_package:main"

[project.entry-points.mmhooks]
tiny_package = "tiny_package"

[tool.setuptools]
py-modules = ["tiny_package"]
"""


PACKAGE = """
from mmhooks import hookimpl

@hookimpl
def user_has_been_created(user): ...
"""


@pytest.mark.go
@pytest.mark.slow
def test_a_whole_bundle(make_folder, tmp_path):
    folder = make_folder(
        {
            "plugin.json": {
                **MANIFEST,
                "server": python(
                    entry_point="tiny", packages=["tiny_package", "tiny"], python_version=">=3.11"
                ),
                "icon_path": "assets/icon.svg",
                "webapp": {"bundle_path": "webapp/dist/main.js"},
                "settings_schema": {"header": "Hello", "settings": [{"key": "Colour", "type": "text"}]},
                "x_of_somebody": [1],
            },
            "tiny.py": OWN,
            "requirements.txt": "iniconfig\n",
            "package/pyproject.toml": PYPROJECT,
            "package/tiny_package.py": PACKAGE,
            "package/build/lib/stale.py": "",
            "assets/icon.svg": "<svg/>",
            "public/logo.txt": "logo",
            "webapp/dist/main.js": "",
            "webapp/src/main.ts": "",
        }
    )
    before = sorted(folder.rglob("*"))
    built = builder.build(folder, tmp_path / "one.tar.gz")
    assert built.hooks == ("user_has_been_created", "user_has_logged_in")
    assert sorted(folder.rglob("*")) == before, "something was left in the plugin's folder"
    site_packages = "python/site-packages"
    program = f"server/mmhooks-bridge-{built.platform}"
    assert {
        "assets/icon.svg",
        "public/logo.txt",
        "webapp/dist/main.js",
        program,
        f"{site_packages}/tiny.py",
        f"{site_packages}/tiny_package.py",
        f"{site_packages}/iniconfig/__init__.py",
        f"{site_packages}/mmhooks/runtime/__main__.py",
        f"{site_packages}/mmhooks/py.typed",
    } <= set(built.bundle.files)
    compiled = f"{site_packages}/mmhooks/__pycache__/errors.{sys.implementation.cache_tag}.pyc"
    assert compiled in built.bundle.files
    left_out = ("/bin/", "stale.py", "main.ts", "direct_url.json", "requirements.txt")
    assert [name for name in built.bundle.files if any(part in f"/{name}" for part in left_out)] == []
    raw = built.bundle.manifest.raw
    assert raw["server"]["executables"] == {built.platform: program}
    assert raw["server"]["python"] == {
        "entry_point": "tiny",
        "packages": ["tiny_package", "tiny"],
        "python_version": built.python,
    }
    # What the author has written stays.
    assert raw["settings_schema"] == {"header": "Hello", "settings": [{"key": "Colour", "type": "text"}]}
    assert raw["x_of_somebody"] == [1]
    again = builder.build(folder, tmp_path / "two.tar.gz")
    assert again.bundle.sha256 == built.bundle.sha256
    unpacked = tmp_path / "unpacked"
    with tarfile.open(built.bundle.path) as made:
        made.extractall(unpacked, filter="data")
    mentions = [
        str(path.relative_to(unpacked))
        for path in unpacked.rglob("*")
        if path.is_file()
        and any(str(place).encode() in path.read_bytes() for place in (TOP, tmp_path.parent))
    ]
    assert mentions == []
    done = subprocess.run([unpacked / ID / program], capture_output=True, text=True, timeout=20, check=False)
    assert "plugin" in done.stdout + done.stderr  # it says that it is one, and that nobody runs it by hand
