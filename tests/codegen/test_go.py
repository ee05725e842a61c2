"""The bridge's generated Go: as committed, and left alone where there is no Go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from codegen import emit_go, gobuild
from codegen.__main__ import GO_ROOTS, differences, generate_go, main
from codegen.contract import GoType, load
from codegen.golang import Conversions, pb_field, type_text
from codegen.shapes import Shapes
from codegen.surface import build

TOP = Path(__file__).parents[2]


@pytest.mark.go
@pytest.mark.slow
def test_the_same_contract_gives_the_same_files_as_are_committed() -> None:
    files = generate_go(TOP / "proto")
    existing = {str(path.relative_to(TOP)) for path in generated_files()}
    assert differences(TOP, files, existing) == []


def test_every_generated_file_says_so() -> None:
    attributes = (TOP / ".gitattributes").read_text()
    for pattern in (f"{GO_ROOTS[0]}/**", "*_gen.go", "*_gen_test.go"):
        assert f"{pattern} linguist-generated=true" in attributes
    for path in generated_files():
        assert "DO NOT EDIT" in path.read_text()[:120], path


def test_without_go_the_files_are_left_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "proto").mkdir()
    (tmp_path / "bridge/internal/pb").mkdir(parents=True)
    for name in ("proto/contract.json", "proto/special.toml", "proto/field_numbers.json", "bridge/go.mod"):
        shutil.copy(TOP / name, tmp_path / name)
    kept = tmp_path / "bridge/internal/pb/core.pb.go"
    kept.write_text("package pb\n")
    monkeypatch.setattr(gobuild, "available", lambda: False)
    assert main([], tmp_path / "proto") == 0
    assert "there is no Go toolchain" in capsys.readouterr().out
    assert kept.read_text() == "package pb\n"


def test_every_hook_and_method_has_its_go_side() -> None:
    contract, special = load(TOP / "proto")
    surface = build(contract, special)
    files = emit_go.emit(surface, contract, Shapes(contract, special))
    for rpc in (*surface.hooks, *surface.api):
        folder, receiver = ("hooks", "h *calls") if rpc.method.id is not None else ("api", "s *Server")
        method = f"func ({receiver}) {rpc.method.name}("
        texts = [text for path, text in files.items() if path.startswith(f"{folder}/")]
        texts += [path.read_text() for path in (TOP / emit_go.FOLDER / folder).glob("*.go")]
        assert any(method in text for text in texts), rpc.method.name


@pytest.mark.parametrize(
    ("proto", "go"),
    [
        ("create_at", "CreateAt"),
        ("user_id1", "UserId1"),
        ("from_", "From_"),
        ("id", "Id"),
        ("message_html", "MessageHtml"),
        ("string", "String_"),
        ("descriptor", "Descriptor_"),
    ],
)
def test_field_names_are_protoc_gen_gos(proto: str, go: str) -> None:
    assert pb_field(proto) == go


POINTER = GoType("pointer", elem=GoType("ref", "model.Post"))


@pytest.mark.parametrize(
    ("go", "there", "back"),
    [
        (GoType("basic", "string"), "x", "x"),
        (GoType("basic", "int"), "int64(x)", "int(x)"),
        (GoType("ref", "model.ChannelType"), "string(x)", "model.ChannelType(x)"),
        (GoType("ref", "model.StringArray"), "x", "x"),
        (GoType("ref", "time.Time"), "Millis(x)", "FromMillis(x)"),
        (GoType("ref", "json.RawMessage"), "x", "x"),
        (POINTER, "PostToPB(x, f)", "PostFromPB(x, f)"),
        (GoType("ref", "model.Post"), "PostToPB(&x, f)", "Value(PostFromPB(x, f))"),
        (
            GoType("pointer", elem=GoType("basic", "int")),
            "MapPointer(x, func(x int) int64 { return int64(x) })",
            "MapPointer(x, func(x int64) int { return int(x) })",
        ),
        (
            GoType("slice", elem=POINTER),
            "MapSlice(x, func(x *model.Post) *pb.Post { return PostToPB(x, f) })",
            "MapSlice(x, func(x *pb.Post) *model.Post { return PostFromPB(x, f) })",
        ),
        (
            GoType("map", key=GoType("basic", "string"), elem=GoType("basic", "any")),
            'ToJSON(x, f, "here")',
            'FromJSON[map[string]any](x, f, "here")',
        ),
    ],
    ids=lambda value: type_text(value) if isinstance(value, GoType) else "",
)
def test_conversions(go: GoType, there: str, back: str) -> None:
    contract, special = load(TOP / "proto")
    conversions = Conversions(contract, Shapes(contract, special))
    assert conversions.to_pb(go, "x", "here") == there
    assert conversions.from_pb(go, "x", "here") == back


def generated_files() -> list[Path]:
    bridge = TOP / "bridge"
    return sorted(
        {path for name in ("*_gen.go", "*_gen_test.go") for path in bridge.rglob(name)}
        | set((TOP / GO_ROOTS[0]).iterdir())
    )
