"""Every hook can be fired with values that are sensible and that fit."""

from __future__ import annotations

import contextlib
import types

import pytest

from mmhooks import NotFoundError, Post, hookimpl
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.models import OpenDialogRequest
from mmhooks.devhost.sample import Sample
from mmhooks.errors import MmhooksError
from mmhooks.testing import Workspace


def listener(hook: str, seen: list[dict[str, object]]) -> object:
    """A package that takes every argument of a hook."""
    names = [param.name for param in HOOKS[hook].params if not param.streamed]
    names += {"serve_http": ["request"], "serve_metrics": ["request"], "file_will_be_uploaded": ["file"]}.get(
        hook, []
    )
    names = list(dict.fromkeys(names))
    namespace: dict[str, object] = {"seen": seen}
    exec(f"def {hook}({', '.join(names)}):\n    seen.append(dict(locals()))", namespace)
    package = types.ModuleType("listener")
    setattr(package, hook, hookimpl(namespace[hook]))
    return package


@pytest.mark.parametrize("hook", sorted(HOOKS))
def test_every_hook(mm: Workspace, hook: str) -> None:
    seen: list[dict[str, object]] = []
    sample = Sample(mm.host)
    mm.load(listener(hook, seen))
    seen.clear()
    assert mm.host.port is not None
    with contextlib.suppress(NotFoundError):  # nobody answers the command
        mm.host.port.call(hook, *sample.arguments(hook, {}))
    (arguments,) = seen
    assert all(value is not None for value in arguments.values()), arguments
    if "user_id" in arguments:
        assert arguments["user_id"] == sample.user.id
    if "post" in arguments:
        assert arguments["post"] == sample.post


def test_given_values_go_over_the_others(mm: Workspace) -> None:
    sample = Sample(mm.host)
    _, post = sample.arguments("message_will_be_posted", {"post": {"message": "mine", "props": {"a": [1]}}})
    assert isinstance(post, Post)
    assert (post.message, post.props, post.user_id) == ("mine", {"a": [1]}, sample.user.id)
    (_, request) = sample.arguments(
        "serve_http", {"request": {"url": "/x?y=1", "method": "PUT", "body": "text"}}
    )
    assert (request.method, request.url, request.body.read()) == ("PUT", "/x?y=1", b"text")
    *_, content = sample.arguments("file_will_be_uploaded", {"file": "inside"})[:3]
    assert content.read() == b"inside"


def test_a_notification_is_about_a_post_that_is_there(mm: Workspace) -> None:
    sample = Sample(mm.host)
    (mail,) = sample.arguments("email_notification_will_be_sent", {"email_notification": {"title": "mine"}})
    assert (mail.post_id, mail.message_text, mail.title) == (sample.post.id, sample.post.message, "mine")
    assert (mail.channel_name, mail.team_name) == (sample.channel.display_name, sample.team.display_name)
    push, user_id = sample.arguments("notification_will_be_pushed", {})
    assert (push.type, push.channel_type, user_id) == ("message", "O", sample.user.id)
    assert push.message.endswith(sample.post.message)


def test_a_command_may_open_a_dialog(mm: Workspace) -> None:
    _, args = Sample(mm.host).arguments("execute_command", {})
    mm.api.open_interactive_dialog(OpenDialogRequest(trigger_id=args.trigger_id, url="/x"))


@pytest.mark.parametrize(
    ("hook", "given", "said"),
    [
        ("message_will_be_posted", {"pots": {}}, "has no argument 'pots'; did you mean 'post'"),
        ("message_will_be_posted", {"post": {"message": 5}}, r"post\.message"),
        ("serve_http", {"request": {"ulr": "/"}}, "did you mean 'url'"),
    ],
)
def test_what_does_not_fit_is_said(mm: Workspace, hook: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(MmhooksError, match=said):
        Sample(mm.host).arguments(hook, given)
