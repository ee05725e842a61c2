"""The fixture ``mm``."""

from __future__ import annotations

import subprocess
import sys
import types
from typing import Any

import pytest
from attrs import frozen

from mmhooks import (
    AppError,
    AsyncAPI,
    CommandSpec,
    NotFoundError,
    Post,
    Response,
    RouteSpec,
    SettingsSpec,
    dismiss,
    hookimpl,
    reject,
)
from mmhooks.errors import CompositionError
from mmhooks.testing import HookCall, Workspace


class Shout:
    @hookimpl
    def message_will_be_posted(self, post):
        if "secret" in post.message:
            return reject("no secrets")
        if "hush" in post.message:
            return dismiss()
        return post.evolve(message=post.message.upper())

    @hookimpl
    def message_will_be_updated(self, new_post):
        if "secret" in new_post.message:
            return reject("no secrets")
        return None


def test_posts(mm: Workspace):
    mm.load(Shout())
    ann = mm.user("ann")
    assert mm.post("hi", by=ann).post.message == "HI"
    outcome = mm.post("a secret", by=ann)
    assert (outcome.rejected, outcome.dismissed, outcome.reason) == (True, False, "no secrets")
    outcome = mm.post("hush", by=ann)
    assert (outcome.rejected, outcome.dismissed) == (True, True)


def test_outcome_explains_itself(mm: Workspace):
    mm.load(Shout())
    ann = mm.user("ann")
    call = "message_will_be_posted: Shout -> "
    assert repr(mm.post("hi", by=ann)) == f"<Outcome: 'hi' was stored as 'HI' [{call}changed]>"
    assert repr(mm.post("HI", by=ann)) == f"<Outcome: 'HI' was stored unchanged [{call}none]>"
    refused = mm.post("a secret", by=ann)
    assert repr(refused) == f"<Outcome: 'a secret' was rejected, reason 'no secrets' [{call}rejected]>"
    with pytest.raises(AssertionError, match="there is no post: <Outcome: 'a secret' was rejected"):
        _ = refused.post
    assert refused.calls == (HookCall("message_will_be_posted", "Shout", "rejected"),)


def test_without_a_plugin(mm: Workspace):
    outcome = mm.post("hi", by=mm.user("ann"))
    assert repr(outcome) == "<Outcome: 'hi' was stored unchanged [no hookimpl was called]>"
    assert mm.get("/").status == 404
    with pytest.raises(NotFoundError):
        mm.command("/nothing", by=mm.user("ann"))


def test_edits_replies_reactions_and_deletions(mm: Workspace):
    mm.load(Shout())
    ann, bob = mm.user("ann"), mm.user("bob")
    post = mm.post("hi", by=ann).post
    assert mm.edit(post, "a secret").reason == "no secrets"
    assert mm.edit(post, "hello").post.message == "hello"
    assert mm.post("yes", by=bob, reply_to=post).post.root_id == post.id
    assert mm.react(post, "+1", by=bob).user_id == bob.id
    mm.delete(post, by=bob)
    with pytest.raises(NotFoundError):
        mm.api.get_post(post.id)


def test_mistakes_of_the_test_are_raised(mm: Workspace):
    ann = mm.user("ann")
    with pytest.raises(AppError):
        mm.edit(Post(id="x" * 26, user_id=ann.id), "hi")


def test_builders_give_what_is_there_and_fire_nothing(mm: Workspace):
    class Listener:
        @hookimpl
        def user_has_been_created(self): ...

        @hookimpl
        def channel_has_been_created(self): ...

        @hookimpl
        def user_has_joined_channel(self): ...

    mm.load(Listener())
    ann = mm.user("ann")
    assert mm.user("ann") == ann
    assert mm.channel("games", members=[ann]) == mm.channel("games")
    assert mm.team() == mm.team()
    assert mm.bot("robot") == mm.bot("robot")
    assert mm.bot("robot").is_bot
    assert "system_admin" not in ann.roles
    assert "system_admin" in mm.user("root", admin=True).roles
    mm.settle()
    assert mm.calls == []
    assert mm.api.get_channel_member(mm.channel("games").id, ann.id).user_id == ann.id


def test_everything_that_can_be_loaded(mm: Workspace):
    @hookimpl
    def message_will_be_posted(post):
        return post.evolve(message=post.message + " f")

    module = types.ModuleType("some_module")
    module.message_will_be_posted = hookimpl(lambda post: post.evolve(message=post.message + " m"))  # type: ignore[attr-defined]  # a module made here

    class Ending:
        @hookimpl
        def message_will_be_posted(self, post):
            return post.evolve(message=post.message + " o")

    mm.load(message_will_be_posted, module, Ending, Ending())
    assert mm.pm is not None
    assert sorted(name for name, _ in mm.pm.list_name_plugin()) == [
        "Ending",
        "Ending-2",
        "message_will_be_posted",
        "some_module",
    ]
    assert mm.post("x", by=mm.user("ann")).post.message == "x f m o o"


def test_installed_package_that_is_not_there(mm: Workspace):
    with pytest.raises(CompositionError, match="no_such_package: no such package is installed"):
        mm.load("no_such_package")


def test_plugin_with_mistakes(mm: Workspace):
    class Wrong:
        @hookimpl
        def mesage_will_be_posted(self): ...

    with pytest.raises(CompositionError, match="did you mean 'message_will_be_posted'"):
        mm.load(Wrong())


def test_life_of_a_plugin(mm: Workspace):
    log: list[str] = []

    class Living:
        def __init__(self, name: str) -> None:
            self.name = name

        @hookimpl
        def on_configuration_change(self):
            log.append(f"{self.name} configured")

        @hookimpl
        def on_activate(self):
            log.append(f"{self.name} activated")

        @hookimpl
        def on_deactivate(self):
            log.append(f"{self.name} deactivated")

    mm.load(Living("one"))
    mm.load(Living("two"))
    mm.unload()
    assert log == [
        "one configured",
        "one activated",
        "one deactivated",
        "two configured",
        "two activated",
        "two deactivated",
    ]


def test_plugin_that_cannot_be_activated(mm: Workspace):
    class Broken:
        @hookimpl
        def on_activate(self):
            raise RuntimeError("broken")

    with pytest.raises(AppError, match="Broken: on_activate: RuntimeError: broken"):
        mm.load(Broken())
    assert mm.post("hi", by=mm.user("ann")).post.message == "hi"


def test_commands_pages_and_settings(mm: Workspace):
    import attrs

    @attrs.frozen
    class Settings:
        greeting: str = "hello"

    class Greeter:
        @hookimpl
        def register_settings(self):
            return [SettingsSpec(Settings)]

        @hookimpl
        def register_commands(self):
            return [CommandSpec(trigger="greet", handler=self.greet, help="Say hello.")]

        @hookimpl
        def register_routes(self):
            return [RouteSpec("/echo", echo)]

        @hookimpl
        def serve_http(self, request):
            return Response(status=418, headers={"X-Url": request.url}, body=[b"a", b"b"])

        def greet(self, text, api, args, context):
            assert context.session_id == f"session-{args.user_id}"
            return f"{api.load_plugin_configuration(Settings).greeting} {text}"

    async def echo(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message["body"]
            if not message["more_body"]:
                break
        user = (scope["mattermost_user_id"] or "nobody").encode()
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": user + b" sent ", "more_body": True})
        await send({"type": "http.response.body", "body": body})

    ann = mm.user("ann")
    mm.load(Greeter(), settings={"Greeting": "moin"})
    assert mm.command("/greet ann", by=ann).text == "moin ann"
    mm.configure(Greeting="hi")
    assert mm.command("/greet ann", by=ann).text == "hi ann"
    [registered] = mm.host.api.list_plugin_commands(mm.team().id)
    assert registered.auto_complete_desc == "Say hello."
    page = mm.get("/echo", by=ann, method="POST", body=b"x" * 200_000)
    assert (page.status, page.text) == (201, f"{ann.id} sent " + "x" * 200_000)
    assert mm.get("/echo", headers={"mattermost-user-id": "forged"}).text == "nobody sent "
    other = mm.get("/other?x=1")
    assert (other.status, other.header("x-url"), other.body) == (418, "/other?x=1", b"ab")


def test_hooks_after_the_fact_and_the_async_client(mm: Workspace):
    seen: list[str] = []

    class Reader:
        @hookimpl
        async def message_has_been_posted(self, post, api):
            assert isinstance(api, AsyncAPI)
            seen.append((await api.get_user(post.user_id)).username)

    mm.load(Reader())
    mm.post("hi", by=mm.user("ann"))
    mm.settle()
    assert seen == ["ann"]
    assert repr(mm) == "<Workspace with Reader>"


def test_posts_that_one_user_sees(mm: Workspace):
    ann, bob, square = mm.user("ann"), mm.user("bob"), mm.channel()
    for number, reader in enumerate((ann, bob, ann)):
        mm.api.send_ephemeral_post(reader.id, Post(channel_id=square.id, message=str(number)))
    assert [post.message for post in mm.ephemeral(ann)] == ["0", "2"]
    assert [post.message for post in mm.ephemeral(bob)] == ["1"]
    assert mm.ephemeral(mm.user("eve")) == []


def test_pytest_plugin_imports_lazily():
    script = "import sys, mmhooks.testing.pytest_plugin; print([n for n in sys.modules if 'mmhooks.' in n])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['mmhooks.testing', 'mmhooks.testing.pytest_plugin']"


@pytest.mark.parametrize("number", range(20))
def test_is_quick(mm: Workspace, number: int):
    mm.load(Shout())
    assert mm.post("hi", by=mm.user("ann")).post.message == "HI"


def test_settings_that_are_not_changed_stay(mm: Workspace):
    @frozen
    class Settings:
        a: str = ""
        b: str = ""

    seen = []

    @hookimpl
    def on_configuration_change(api):
        seen.append(api.load_plugin_configuration(Settings))

    mm.load(on_configuration_change, settings={"a": "1"})
    mm.configure(b="2")
    assert (seen[-1].a, seen[-1].b) == ("1", "2")


def test_settings_that_packages_declare_are_the_plugins(mm: Workspace):
    @frozen
    class Settings:
        greeting: str = "hello"

    @hookimpl
    def register_settings():
        return [SettingsSpec(Settings)]

    mm.load(register_settings, settings={"greeting": "hi", "unknown": 1})
    assert (
        mm.api.get_plugin_config()["greeting"] == "hi"
    )  # others than declared ones are masked, as on a server
    assert mm.host.manifest["settings_schema"]["settings"][0]["key"] == "greeting"
    mm.load(Shout())
    assert not mm.host.manifest.get("settings_schema")
