import asyncio
import logging
import sys
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from mmhooks.bundle.manifest import parse_manifest
from mmhooks.errors import CompositionError, Rejection
from mmhooks.runtime.compose import compose, explain
from mmhooks.specs.semantics import hookimpl, hookspec, notify, pipeline


class Specs:
    @hookspec(pipeline("post"))
    def message_will_be_posted(self, context, post, api) -> str | Rejection | None: ...

    @hookspec(notify())
    def message_has_been_posted(self, post, api): ...


def package(name, **members):
    """A module that carries hookimpls, as an installed package would."""
    module = ModuleType(name)
    for key, value in members.items():
        if getattr(value, "__module__", None) == __name__:
            value.__module__ = name
        setattr(module, key, value)
    return module


def manifest(**python):
    return parse_manifest(
        {"id": "com.example", "name": "Example", "version": "1", "server": {"python": python}}, "plugin.json"
    )


LETTERS = {
    name: package(name, message_will_be_posted=hookimpl(lambda post, name=name: post + name))
    for name in "cab"
}


def order(**python):
    pm = compose(manifest(**python), [Specs], entry_points=[], packages=LETTERS)
    return pm.call("message_will_be_posted", {"post": ""})


def problems(installed, entry_points=(), **python):
    with pytest.raises(CompositionError) as error:
        compose(manifest(**python), [Specs], entry_points=entry_points, packages=installed)
    return list(error.value.problems)


@pytest.mark.parametrize(
    ("packages", "result"),
    [
        (None, "abc"),
        ([], ""),
        (["b", "a"], "ba"),
        ({"order": ["c"]}, "cab"),
        ({"order": ["c", "b", "a"]}, "cba"),
        ({"exclude": ["a"]}, "bc"),
        ({"include": ["c", "a"]}, "ac"),
        ({"include": ["c", "a", "b"], "order": ["b"]}, "bac"),
    ],
)
def test_the_manifest_includes_excludes_and_orders(packages, result):
    assert order(packages=packages) == result


def test_a_name_that_is_not_installed():
    found = problems({"word_filter": LETTERS["a"]}, packages=["word-filter"])

    assert found == ["word-filter: no such package is installed; did you mean 'word_filter'?"]


def test_entry_points(monkeypatch):
    class Plugin:
        @hookimpl
        def message_will_be_posted(self, post):
            return post + "!"

    monkeypatch.setitem(sys.modules, "example_a", package("example_a", Plugin=Plugin))
    monkeypatch.setitem(sys.modules, "example_b", LETTERS["b"])
    points = [EntryPoint("a", "example_a:Plugin", "mmhooks"), EntryPoint("b", "example_b", "mmhooks")]

    pm = compose(None, [Specs], entry_points=points)

    assert pm.call("message_will_be_posted", {"post": ""}) == "!b"
    assert isinstance(pm.get_plugin("a"), Plugin)


def test_the_plugins_own_entry_point(monkeypatch):
    monkeypatch.setitem(sys.modules, "own_code", LETTERS["c"])

    pm = compose(manifest(entry_point="own_code"), [Specs], entry_points=[])

    assert pm.call("message_will_be_posted", {"post": ""}) == "c"


def test_every_problem_of_every_package_is_in_one_message(monkeypatch):
    @hookimpl
    def message_will_be_postd(post): ...

    @hookimpl
    def message_will_be_posted(pots, nonsense): ...

    class Broken:
        def __init__(self):
            raise RuntimeError("no database")

    monkeypatch.setitem(sys.modules, "example_broken", package("example_broken", Broken=Broken))
    points = [
        EntryPoint("broken", "example_broken:Broken", "mmhooks"),
        EntryPoint("gone", "no_such_module_anywhere", "mmhooks"),
        EntryPoint("twice", "one", "mmhooks"),
        EntryPoint("twice", "other", "mmhooks"),
    ]
    packages = {
        "misspelt": package("misspelt", message_will_be_postd=message_will_be_postd),
        "arguments": package("arguments", message_will_be_posted=message_will_be_posted),
        "empty": package("empty"),
        "right": LETTERS["a"],
        "twice": LETTERS["b"],
    }

    found = problems(
        packages,
        points,
        deadlines={"message_will_be_postd": 1, "backgroud": 2, "default": 3, "background": 4},
    )

    text = "\n".join(found)
    assert (
        "misspelt: message_will_be_postd: there is no such hook; did you mean 'message_will_be_posted'?"
        in text
    )
    assert "arguments: message_will_be_posted: the hook has no argument 'pots'; did you mean 'post'?" in text
    assert "argument 'nonsense'; it has context, post, api" in text
    assert "empty: has no hookimpls" in text
    assert "broken: cannot be imported: RuntimeError: no database (" in text
    assert "gone: cannot be imported: ModuleNotFoundError" in text
    assert "twice: two installed packages have this name: one and other" in text
    assert (
        "server.python.deadlines: there is no hook 'message_will_be_postd'; "
        "did you mean 'message_will_be_posted'?" in text
    )
    assert "server.python.deadlines: there is no hook 'backgroud'; did you mean 'background'?" in text
    assert len(found) == 9


def test_what_pluggy_refuses_is_a_problem_too():
    @hookimpl(wrapper=True)
    def message_will_be_posted(post):
        return post

    found = problems({"wrap": package("wrap", message_will_be_posted=message_will_be_posted)})

    assert len(found) == 1
    assert found[0].startswith("wrap: ")
    assert "not a generator function" in found[0]


def test_an_optional_hook_need_not_exist():
    @hookimpl(optionalhook=True)
    def something_newer(post): ...

    compose(None, [Specs], entry_points=[], packages={"p": package("p", something_newer=something_newer)})


def test_a_hook_that_is_not_marked_is_warned_of(caplog):
    def message_will_be_posted(post): ...

    module = package("forgetful", message_will_be_posted=message_will_be_posted)
    module.message_has_been_posted = hookimpl(lambda post: None)

    with caplog.at_level(logging.WARNING, logger="mmhooks.compose"):
        compose(None, [Specs], entry_points=[], packages={"forgetful": module})

    assert "forgetful: message_will_be_posted has the name of a hook" in caplog.text


def test_explain():
    async def told(post): ...

    @hookimpl(wrapper=True)
    def wrapper(post):
        return (yield)

    packages = {
        "a": package("a", message_will_be_posted=hookimpl(on_error="reject", timeout=2)(lambda post: None)),
        "b": package("b", message_will_be_posted=wrapper, message_has_been_posted=hookimpl(told)),
    }
    pm = compose(None, [Specs], entry_points=[], packages=packages)

    rows = explain(pm)

    assert [(r.hook, r.semantics, r.package, r.order, r.wrapper, r.is_async, r.may_reject) for r in rows] == [
        ("message_has_been_posted", "notify", "b", 1, False, True, False),
        ("message_will_be_posted", "pipeline", "b", 1, True, False, True),
        ("message_will_be_posted", "pipeline", "a", 2, False, False, True),
    ]
    assert (rows[2].on_error, rows[2].timeout) == ("reject", 2)
    assert explain(pm, "message_has_been_posted") == rows[:1]
    with pytest.raises(CompositionError, match="did you mean 'message_has_been_posted'"):
        explain(pm, "message_has_been_postd")


def test_a_composed_plugin_is_called_from_a_loop():
    pm = compose(None, [Specs], entry_points=[], packages=LETTERS)

    assert asyncio.run(pm.acall("message_will_be_posted", {"post": ""})) == "abc"
