"""The generator: deterministic, append-only, and it stops at the first thing that it does not understand."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen.__main__ import ROOTS, main
from codegen.contract import ContractError, load, parse_type
from codegen.numbers import FieldNumbers
from codegen.surface import Message, MessageField, build

TOP = Path(__file__).parents[2]

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of its own, generated from the real contract."""
    top = tmp_path_factory.mktemp("tree")
    (top / "proto").mkdir()
    for name in ("contract.json", "special.toml", "field_numbers.json"):
        shutil.copy(TOP / "proto" / name, top / "proto")
    assert main([], top / "proto") == 0
    return top


@pytest.fixture
def tree(generated: Path, tmp_path: Path) -> Path:
    """A copy of it to be spoilt."""
    return Path(shutil.copytree(generated, tmp_path / "tree"))


def edit_contract(tree: Path, edit: Edit) -> None:
    path = tree / "proto" / "contract.json"
    contract = json.loads(path.read_text())
    edit(contract)
    path.write_text(json.dumps(contract))


@pytest.mark.slow
def test_the_same_contract_gives_the_same_files_as_are_committed(generated: Path) -> None:
    for root in (*ROOTS, "proto/field_numbers.json"):
        ours, theirs = TOP / root, generated / root
        names = {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()} or {Path()}
        for name in names:
            assert (ours / name).read_text() == (theirs / name).read_text(), f"{root}/{name}: run 'make gen'"


@pytest.mark.slow
def test_check_is_silent_on_a_fresh_tree(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tree / "proto") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "spoil", "line"),
    [
        ("mmhooks/api/_generated/models_core.py", lambda path: path.write_text("# mine\n"), "changed"),
        ("mmhooks/_pb/leftover_pb2.py", lambda path: path.write_text(""), "extra"),
        ("proto/mmhooks/v1/core.proto", lambda path: path.unlink(), "missing"),
    ],
)
def test_check_finds(
    tree: Path, capsys: pytest.CaptureFixture[str], path: str, spoil: Callable[[Path], None], line: str
) -> None:
    spoil(tree / path)
    assert main(["--check"], tree / "proto") == 1
    assert capsys.readouterr().out == f"{line}: {path}\n"


@pytest.mark.slow
def test_write_mends_what_check_finds(tree: Path) -> None:
    (tree / "mmhooks/_pb/leftover_pb2.py").write_text("")
    (tree / "proto/mmhooks/v1/core.proto").unlink()
    assert main([], tree / "proto") == 0
    assert main(["--check"], tree / "proto") == 0


def new_field(type: str, name: str = "X") -> Edit:
    field = {"name": name, "type": type, "json": name.lower()}
    return lambda contract: contract["structs"]["model.Post"]["fields"].append(field)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (new_field("complex128"), "model.Post.X: Go type complex128"),
        (new_field("chan int"), "chan int"),
        (new_field("other.Thing"), "model.Post.X: Go type other.Thing"),
        (new_field("[][]string"), "model.Post.X: a list of list"),
        (new_field("string", name="Id"), "model.Post has two fields named id"),
        (lambda c: c["hooks"][0].update(name="OnNovelty"), "hook OnNovelty has no topic"),
        (
            lambda c: [m.pop("group", None) for m in c["api"] if m["name"] == "GetUser"],
            "API method GetUser has no @tag",
        ),
        (
            lambda c: [m.update(name="Gone") for m in c["api"] if m["name"] == "UploadFile"],
            "special.toml names what the contract does not have: [stream] UploadFile",
        ),
    ],
)
def test_what_is_not_understood_stops_the_generator(
    tree: Path, capsys: pytest.CaptureFixture[str], edit: Edit, message: str
) -> None:
    edit_contract(tree, edit)
    assert main([], tree / "proto") == 2
    assert message in capsys.readouterr().err


def test_a_type_is_taken_apart() -> None:
    tree = parse_type("map[string][]*model.Post")
    assert (tree.kind, tree.key and tree.key.name, tree.elem and tree.elem.kind) == ("map", "string", "slice")
    with pytest.raises(ContractError, match="func"):
        parse_type("func(int) string")


def test_numbers_are_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "numbers.json"
    path.write_text('{"Post": {"id": 1, "gone": 2}}')
    numbers = FieldNumbers(path)
    shape = build(*load(TOP / "proto")).models[0].fields[0].shape
    post = Message("Post", "core", (MessageField("id", shape), MessageField("fresh", shape)))
    assert [numbers.of("Post", field.name) for field in post.fields] == [1, 3]
    assert numbers.reserved(post) == [2]
    assert json.loads(numbers.text()) == {"Post": {"fresh": 3, "gone": 2, "id": 1}}


def test_every_generated_file_says_so() -> None:
    attributes = (TOP / ".gitattributes").read_text()
    for root in ROOTS:
        assert f"{root}/**" in attributes
        for path in (TOP / root).rglob("*"):
            if path.suffix in (".py", ".proto"):
                head = path.read_text()[:300]
                assert "DO NOT EDIT" in head, path
    assert "DO NOT EDIT" in (TOP / "proto/contract.json").read_text()[:100]


def test_the_surface_is_whole() -> None:
    contract, special = load(TOP / "proto")
    surface = build(contract, special)
    assert [rpc.method.name for rpc in surface.hooks] == [hook.name for hook in contract.hooks]
    assert [rpc.method.name for rpc in surface.api] == [method.name for method in contract.api]
    assert {message.name for message in surface.models} >= {"Post", "User", "Channel", "PluginContext"}


@pytest.mark.parametrize(
    "name",
    [
        "ServeHTTP", "ServeMetrics", "FileWillBeUploaded", "PluginHTTP", "UploadData", "InstallPlugin",
        "ReceiveSharedChannelAttachmentSyncMsg", "UploadFile", "GetFile", "ReadFile", "GetProfileImage",
        "SetProfileImage", "GetEmojiImage", "GetTeamIcon", "SetTeamIcon",
    ],
)  # fmt: skip
def test_what_has_no_bound_is_streamed(name: str) -> None:
    surface = build(*load(TOP / "proto"))
    rpc = next(rpc for rpc in (*surface.hooks, *surface.api) if rpc.method.name == name)
    assert rpc.streams_request or rpc.streams_response
