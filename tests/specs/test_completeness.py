"""The hookspecs against the contract: every hook is there, with its arguments, and documented."""

import importlib
import inspect
import json
import re
import typing
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mmhooks.api import models
from mmhooks.api.client import API
from mmhooks.specs import HOOKSPEC_MODULES
from mmhooks.specs.semantics import Aggregate, Pipeline, Semantics, Veto, semantics_of

CONTRACT = Path(__file__).parents[2] / "proto" / "contract.json"

OWN = {"register_commands", "register_jobs", "register_routes", "register_settings"}

PARAMETERS = {
    # Writers cannot cross a wire: what would be written is returned, a request carries its body.
    "ServeHTTP": ["context", "request"],
    "ServeMetrics": ["context", "request"],
    "FileWillBeUploaded": ["context", "info", "file"],
}

WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

COMBINES = {
    "notify": "Notify. Every hookimpl is called, results are ignored.",
    "lifecycle": "Lifecycle",
    "first": "First. The hookimpls are asked in order; the first answer wins",
    "veto": "Veto. The hookimpls are asked in order, the first reason stops",
    "pipeline": "Pipeline",
    "aggregate": "Aggregate. Every hookimpl is called",
}


def hints_of(function: Any) -> dict[str, Any]:
    """Annotations of a hookspec; models and clients are imported there for type checkers alone."""
    names = {name: getattr(models, name) for name in models.__all__} | {"API": API}
    return typing.get_type_hints(function, localns=names)


def snake_case(go_name: str) -> str:
    return WORD.sub("_", go_name).lower()


def hookspecs_of(module: ModuleType) -> dict[str, Callable[..., object]]:
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and semantics_of(function)
    }


MODULES = [importlib.import_module(name) for name in HOOKSPEC_MODULES]
HOOKSPECS = {name: function for module in MODULES for name, function in hookspecs_of(module).items()}
CONTRACT_HOOKS: dict[str, dict[str, Any]] = {
    snake_case(hook["name"]): hook for hook in json.loads(CONTRACT.read_text())["hooks"]
}
EVERY_HOOKSPEC = [pytest.param(function, id=name) for name, function in HOOKSPECS.items()]


def documentation(function: Callable[..., object]) -> str:
    return inspect.getdoc(function) or ""


def section(function: Callable[..., object], title: str) -> str:
    found = re.search(rf"^{title}:(.*?)(?=^\S|\Z)", documentation(function), re.MULTILINE | re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def semantics(function: Callable[..., object]) -> Semantics:
    found = semantics_of(function)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("go_name", "python_name"),
    [
        ("OnSAMLLogin", "on_saml_login"),
        ("ServeHTTP", "serve_http"),
        ("OnWebSocketConnect", "on_web_socket_connect"),
        ("webConnID", "web_conn_id"),
        ("newPost", "new_post"),
        ("fi", "fi"),
    ],
)
def test_snake_case(go_name: str, python_name: str) -> None:
    assert snake_case(go_name) == python_name


def test_every_hook_of_the_contract_has_a_hookspec() -> None:
    assert sorted(CONTRACT_HOOKS.keys() - HOOKSPECS.keys()) == []


def test_the_only_other_hookspecs_are_our_own() -> None:
    assert HOOKSPECS.keys() - CONTRACT_HOOKS.keys() == OWN


def test_no_module_and_no_hookspec_is_left_out_or_listed_twice() -> None:
    package = Path(importlib.import_module("mmhooks.specs").__file__ or "").parent
    stems = {path.stem for path in package.glob("*.py")} - {"__init__"}
    with_hookspecs = {
        name for stem in stems if hookspecs_of(importlib.import_module(name := f"mmhooks.specs.{stem}"))
    }
    assert sorted(HOOKSPEC_MODULES) == sorted(with_hookspecs)
    assert len(HOOKSPECS) == sum(len(hookspecs_of(module)) for module in MODULES)


@pytest.mark.parametrize("name", CONTRACT_HOOKS)
def test_parameters_are_those_of_the_contract(name: str) -> None:
    hook = CONTRACT_HOOKS[name]
    expected = PARAMETERS.get(hook["name"]) or [
        "context" if param["type"] == "*plugin.Context" else snake_case(param["name"])
        for param in hook["params"]
    ]
    assert list(inspect.signature(HOOKSPECS[name]).parameters) == [*expected, "api"]


@pytest.mark.parametrize("name", sorted(OWN))
def test_our_own_take_no_arguments(name: str) -> None:
    assert not inspect.signature(HOOKSPECS[name]).parameters


def type_name(annotation: object) -> str:
    return annotation.__name__ if inspect.isclass(annotation) else str(annotation)


@pytest.mark.parametrize("name", [n for n, hook in CONTRACT_HOOKS.items() if hook["name"] not in PARAMETERS])
def test_parameter_types_are_those_of_the_contract(name: str) -> None:
    hook = CONTRACT_HOOKS[name]
    hints = hints_of(HOOKSPECS[name])
    parameters = list(inspect.signature(HOOKSPECS[name]).parameters)[:-1]
    for parameter, contract in zip(parameters, hook["params"], strict=True):
        go_type = contract["type"].lstrip("*[]").rsplit(".", 1)[-1]
        python_type = {
            "Context": "PluginContext",
            "Config": "dict",
            "AssertionInfo": "dict",
            "string": "str",
            "FileDownloadType": "str",
            "int64": "int",
        }.get(go_type, go_type)
        assert python_type in type_name(hints[parameter]), parameter


@pytest.mark.parametrize("function", EVERY_HOOKSPEC)
def test_annotations_resolve_and_api_is_the_client(function: Callable[..., object]) -> None:
    hints = hints_of(function)
    assert hints.keys() == inspect.signature(function).parameters.keys() | {"return"}
    if function.__name__ not in OWN:
        assert hints["api"] is API


@pytest.mark.parametrize("function", EVERY_HOOKSPEC)
def test_the_docstring_names_every_argument(function: Callable[..., object]) -> None:
    arguments = re.findall(r"(?:^|\s)(\w+): ", section(function, "Args"))
    for name in inspect.signature(function).parameters:
        assert name in arguments


@pytest.mark.parametrize("function", EVERY_HOOKSPEC)
def test_the_docstring_has_its_parts_in_order(function: Callable[..., object]) -> None:
    titles = ["Fires:", "Combines:", "Args:", "Minimum server version:", "Rejecting:"]
    if function.__name__ in OWN:
        titles.remove("Args:")
    text = documentation(function)
    places = [text.find(f"\n{title}") for title in titles]
    assert -1 not in places
    assert places == sorted(places)
    assert section(function, "Fires")
    assert section(function, "Rejecting")


@pytest.mark.parametrize("name", CONTRACT_HOOKS)
def test_the_minimum_server_version_is_that_of_the_contract(name: str) -> None:
    assert section(HOOKSPECS[name], "Minimum server version") == CONTRACT_HOOKS[name]["min_server_version"]


@pytest.mark.parametrize("function", EVERY_HOOKSPEC)
def test_the_docstring_says_how_results_combine(function: Callable[..., object]) -> None:
    assert section(function, "Combines").startswith(COMBINES[semantics(function).name])


@pytest.mark.parametrize("function", EVERY_HOOKSPEC)
def test_the_result_annotation_fits_the_semantics(function: Callable[..., object]) -> None:
    result = hints_of(function)["return"]
    name = semantics(function).name
    if name in {"notify", "lifecycle"}:
        assert result is type(None)
    else:
        assert "None" in str(result)
    if name == "veto":
        assert "Rejection" in str(result)


@pytest.mark.parametrize("name", CONTRACT_HOOKS)
def test_only_hooks_with_a_reason_or_an_error_can_be_rejected(name: str) -> None:
    hook, kind = CONTRACT_HOOKS[name], semantics(HOOKSPECS[name])
    rejects = isinstance(kind, Veto | Pipeline) and hook["results"][-1]["type"] in {"string", "error"}
    assert ("Rejection" in str(hints_of(HOOKSPECS[name])["return"])) == rejects


@pytest.mark.parametrize(
    "function", [p for p in EVERY_HOOKSPEC if isinstance(semantics_of(p.values[0]), Aggregate)]
)
def test_an_aggregate_of_nothing_is_a_value(function: Callable[..., object]) -> None:
    kind = semantics(function)
    assert isinstance(kind, Aggregate)
    assert kind.reduce([]) is not None
