"""Slash commands that packages declare."""

from __future__ import annotations

from typing import Any

import pytest

from mmhooks import CommandArgs, CommandResponse, CommandSpec, PluginContext, command, hookimpl
from mmhooks.errors import ActivationError, CompositionError, HookError
from mmhooks.runtime.extras import install
from mmhooks.runtime.manager import PluginManager, make_manager


class RecordingAPI:
    """Takes the one call that is made here."""

    def __init__(self) -> None:
        self.registered: list[Any] = []

    def register_command(self, command: Any) -> None:
        self.registered.append(command)


class AsyncRecordingAPI(RecordingAPI):
    async def register_command(self, command: Any) -> None:  # type: ignore[override]  # the async twin
        self.registered.append(command)


class Package:
    def __init__(self, *specs: Any) -> None:
        self.specs = list(specs)

    @hookimpl
    def register_commands(self):
        return self.specs


def plugin(**packages: object) -> PluginManager:
    pm = make_manager()
    for name, package in packages.items():
        pm.register(package, name)
    pm.set_api(RecordingAPI(), AsyncRecordingAPI())
    return pm


def run(pm: PluginManager, line: str) -> Any:
    return pm.hook.execute_command(context=PluginContext(), args=CommandArgs(command=line, user_id="ann"))


def test_handler_takes_what_it_names():
    @command("echo")
    def echo(text, args):
        return f"{args.user_id} says {text}"

    pm = plugin(echo=Package(echo))
    install(pm)
    assert run(pm, "/echo  hi  there ") == CommandResponse(
        response_type="ephemeral", text="ann says hi  there"
    )


def test_async_handler_gets_the_async_client():
    @command("who")
    async def who(api):
        return type(api).__name__

    pm = plugin(who=Package(who))
    install(pm)
    assert run(pm, "/who").text == "AsyncRecordingAPI"


def test_sync_and_async_handlers_of_one_package():
    @command("one")
    def one(api):
        return type(api).__name__

    @command("two")
    async def two(api):
        return type(api).__name__

    pm = plugin(both=Package(one, two))
    install(pm)
    assert [run(pm, "/one").text, run(pm, "/two").text] == ["RecordingAPI", "AsyncRecordingAPI"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/echo", ""),
        ("/echo ", ""),
        ("/ECHO a", "a"),
        ("/echo\ta\nb", "a\nb"),
        ("/echo /echo", "/echo"),
    ],
)
def test_text_is_what_stands_behind_the_trigger(line: str, text: str):
    pm = plugin(echo=Package(CommandSpec(trigger="echo", handler=lambda text: f"<{text}>")))
    install(pm)
    assert run(pm, line).text == f"<{text}>"


@pytest.mark.parametrize("line", ["/ech", "/echoes", "/", ""])
def test_other_commands_go_to_execute_command(line: str):
    class Other(Package):
        @hookimpl(tryfirst=True)
        def execute_command(self, args):
            return CommandResponse(text=f"other: {args.command}")

    pm = plugin(other=Other(CommandSpec(trigger="echo", handler=lambda: "echo")))
    install(pm)
    assert run(pm, line).text == f"other: {line}"
    assert run(pm, "/echo").text == "echo"


def test_answers_of_all_kinds():
    shown = CommandResponse(response_type="in_channel", text="for all", channel_id="c")
    pm = plugin(
        a=Package(
            CommandSpec(trigger="nothing", handler=lambda: None),
            CommandSpec(trigger="shown", handler=lambda: shown),
            CommandSpec(trigger="wrong", handler=lambda: 7),
        )
    )
    install(pm)
    assert run(pm, "/nothing") == CommandResponse()
    assert run(pm, "/shown") is shown
    with pytest.raises(HookError, match=r"a:commands: execute_command: .*/wrong returned int, not text"):
        run(pm, "/wrong")


def test_handler_that_raises_is_an_error_and_not_an_unknown_command():
    def broken():
        raise RuntimeError("broken")

    class Other:
        @hookimpl
        def execute_command(self):
            return CommandResponse(text="me")

    pm = plugin(other=Other(), broken=Package(CommandSpec(trigger="broken", handler=broken)))
    install(pm)
    with pytest.raises(HookError, match="RuntimeError: broken"):
        run(pm, "/broken")
    assert pm.failure_counts == {("execute_command", "broken:commands"): 1}


def test_commands_are_announced_after_every_package_is_active():
    log: list[str] = []

    class API(RecordingAPI):
        def register_command(self, command: Any) -> None:
            super().register_command(command)
            log.append(f"/{command.trigger}")

    class Slow(Package):
        @hookimpl(trylast=True)
        def on_activate(self):
            log.append("active")

    pm = plugin(a=Slow(CommandSpec(trigger="one", handler=lambda: "", help="First.", hint="[x]")))
    api = API()
    pm.set_api(api)
    install(pm)
    pm.hook.on_activate()
    assert log == ["active", "/one"]
    [announced] = api.registered
    assert (announced.auto_complete, announced.auto_complete_desc, announced.auto_complete_hint) == (
        True,
        "First.",
        "[x]",
    )


def test_command_that_cannot_be_announced_ends_the_activation():
    class API(RecordingAPI):
        def register_command(self, command: Any) -> None:
            raise RuntimeError("no")

    pm = plugin(a=Package(CommandSpec(trigger="one", handler=lambda: "")))
    pm.set_api(API())
    install(pm)
    with pytest.raises(ActivationError, match="a:commands"):
        pm.hook.on_activate()


def test_autocomplete_is_completed_and_checked():
    beneath = [{"Trigger": "list", "HelpText": "Show them."}, {"Trigger": "drop", "RoleID": "system_admin"}]
    data = {"SubCommands": beneath}
    spec = CommandSpec(trigger="links", handler=lambda: "", help="Links.", autocomplete=data)
    pm = plugin(a=Package(spec))
    api = RecordingAPI()
    pm.set_api(api)
    install(pm)
    pm.hook.on_activate()
    announced = api.registered[0].autocomplete_data
    assert (announced.trigger, announced.help_text) == ("links", "Links.")
    assert announced.role_id == "system_user"
    roles = [(sub.trigger, sub.role_id) for sub in announced.sub_commands]
    assert roles == [("list", "system_user"), ("drop", "system_admin")]

    wrong = CommandSpec(trigger="links", handler=lambda: "", autocomplete={"SubCommands": "list"})
    with pytest.raises(
        CompositionError, match=r"b: /links: autocomplete is not AutocompleteData: .*sub_commands"
    ):
        install(plugin(b=Package(wrong)))


def test_two_packages_with_one_command():
    one, two = (Package(CommandSpec(trigger="links", handler=lambda: "")) for _ in range(2))
    with pytest.raises(CompositionError, match=r"(one and two|two and one) both have the command /links"):
        install(plugin(one=one, two=two))


def test_wrong_argument_of_a_handler():
    with pytest.raises(CompositionError, match=r"a: /x: .*'txt' .*did you mean 'text'"):
        install(plugin(a=Package(CommandSpec(trigger="x", handler=lambda txt: txt))))


def test_handler_with_further_arguments_of_its_own():
    pm = plugin(a=Package(CommandSpec(trigger="x", handler=lambda text, limit=3: f"{text}{limit}")))
    install(pm)
    assert run(pm, "/x a").text == "a3"


def test_package_that_fails_to_declare_stops_the_start():
    class Broken:
        @hookimpl
        def register_commands(self):
            raise RuntimeError("broken")

    class Wrong:
        @hookimpl
        def register_commands(self):
            return ["links"]

    with pytest.raises(CompositionError) as caught:
        install(plugin(broken=Broken(), wrong=Wrong()))
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["broken", "wrong"]


def test_declared_asynchronously_and_filtered_by_a_wrapper():
    class Late:
        @hookimpl
        async def register_commands(self):
            return [CommandSpec(trigger=t, handler=lambda: "") for t in ("keep", "drop")]

    class Filter:
        @hookimpl(wrapper=True)
        def register_commands(self):
            specs = yield
            return [spec for spec in specs if spec.trigger != "drop"]

    extras = install(plugin(late=Late(), filter=Filter()))
    assert [(one.package, one.spec.trigger) for one in extras.commands] == [("late", "keep")]


def test_nothing_declared_registers_nothing():
    pm = plugin(a=Package())
    install(pm)
    assert [name for name, _ in pm.list_name_plugin()] == ["a"]
