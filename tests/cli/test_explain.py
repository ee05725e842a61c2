"""`mmhooks explain`."""

import json

import pytest


@pytest.fixture
def plugin(make_plugin):
    """Three hookimpls of two hooks."""
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl(tryfirst=True, on_error="reject", timeout=2)
    def message_will_be_posted(self, post): ...

    @hookimpl
    async def message_has_been_posted(self, post): ...
"""
    return make_plugin(code)


def test_all_hooks(mmhooks, plugin):
    done = mmhooks("explain", "--plugin", plugin)
    assert done.exit_code == 0
    lines = [line.split(maxsplit=4) for line in done.stdout.splitlines()]
    assert ["message_has_been_posted", "notify", "tiny_plugin", "1", "async no"] in [
        [*line[:4], " ".join(line[4].split())] for line in lines
    ]
    assert "tryfirst, rejects on error, timeout 2 s" in done.stdout


def test_json(mmhooks, plugin):
    done = mmhooks("explain", "message_will_be_posted", "--plugin", plugin / "plugin.json", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == [
        {
            "hook": "message_will_be_posted",
            "semantics": "pipeline",
            "package": "tiny_plugin",
            "order": 1,
            "tryfirst": True,
            "trylast": False,
            "wrapper": False,
            "on_error": "reject",
            "timeout": 2.0,
            "is_async": False,
            "may_reject": True,
        }
    ]


def test_a_hook_that_nobody_implements(mmhooks, plugin):
    done = mmhooks("explain", "user_has_logged_in", "--plugin", plugin)
    assert done.exit_code == 0
    assert done.stdout.strip() == "No package of Tiny 1.0.0 implements user_has_logged_in."


def test_an_unknown_hook_names_the_nearest(mmhooks, plugin):
    done = mmhooks("explain", "message_will_be_post", "--plugin", plugin)
    assert done.exit_code == 2
    assert "did you mean 'message_will_be_posted'?" in done.stderr


def test_a_wrong_plugin_is_explained(mmhooks, make_plugin):
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl
    def message_will_be_post(self, post): ...
"""
    done = mmhooks("explain", "--plugin", make_plugin(code))
    assert done.exit_code == 2
    assert "tiny_plugin: message_will_be_post: there is no such hook" in done.stderr


def test_the_examples(mmhooks, top):
    pytest.importorskip("mmhooks_word_filter", reason="the example packages are not installed: make test")
    done = mmhooks("explain", "message_will_be_posted", "--plugin", top / "examples" / "moderation")
    assert done.exit_code == 0
    assert "word_filter" in done.stdout
