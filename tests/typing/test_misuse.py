"""Wrong use of the API fails type checking; right use passes, in strict mode.

A snippet marks the lines that must fail: ``# wrong: <mypy's error codes>``. mypy runs once over all of them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections import defaultdict
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]

WRONG = {
    "argument_of_another_type": """
        def f(api: API) -> None:
            api.get_user(1)  # wrong: arg-type
    """,
    "argument_missing": """
        def f(api: API) -> None:
            api.get_user()  # wrong: call-arg
    """,
    "method_misspelt": """
        def f(api: API) -> None:
            api.get_usr("id")  # wrong: attr-defined
    """,
    "argument_misspelt": """
        def f(api: API) -> None:
            api.get_user(userid="id")  # wrong: call-arg
    """,
    "result_taken_for_another": """
        def f(api: API) -> Post:
            return api.get_user("id")  # wrong: return-value
    """,
    "result_that_may_be_missing": """
        def f(api: API) -> str:
            return api.kv_get("key").decode()  # wrong: union-attr
    """,
    "blocking_client_awaited": """
        async def f(api: API) -> None:
            await api.get_user("id")  # wrong: misc
    """,
    "asynchronous_client_not_awaited": """
        async def f(api: AsyncAPI) -> str:
            return str(api.get_user("id").username)  # wrong: attr-defined
    """,
    "asynchronous_call_forgotten": """
        async def f(api: AsyncAPI) -> None:
            api.delete_post("id")  # wrong: unused-coroutine
    """,
    "clients_mixed_up": """
        def f(api: AsyncAPI) -> KVBucket[int]:
            return KVBucket(api, "n:", int)  # wrong: arg-type
    """,
    "model_assigned_to": """
        def f(post: Post) -> None:
            post.message = "hi"  # wrong: misc
    """,
    "model_field_misspelt": """
        Post(mesage="hi")  # wrong: call-arg
    """,
    "model_field_of_another_type": """
        Post(message=1)  # wrong: arg-type
    """,
    "model_built_by_position": """
        Post("hi")  # wrong: call-arg
    """,
    "model_replaced_by_another": """
        def f(post: Post) -> User:
            return post.evolve(message="hi")  # wrong: return-value
    """,
    "model_replaced_with_a_field_misspelt": """
        def f(post: Post) -> Post:
            return post.evolve(mesage="hi")  # wrong: call-arg
    """,
    "hookimpl_option_misspelt": """
        @hookimpl(tryfrist=True)  # wrong: call-overload, untyped-decorator
        def message_has_been_posted(post: Post) -> None: ...
    """,
    "hookimpl_option_unknown": """
        @hookimpl(on_error="explode")  # wrong: call-overload, untyped-decorator
        def message_has_been_posted(post: Post) -> None: ...
    """,
    "rejection_without_a_reason": """
        reject()  # wrong: call-arg
        reject(None)  # wrong: arg-type
    """,
    "error_by_position": """
        AppError("no", 404)  # wrong: arg-type, call-arg
    """,
    "command_without_a_handler": """
        CommandSpec(trigger="hi")  # wrong: call-arg
    """,
    "command_that_answers_a_number": """
        @command("hi")  # wrong: arg-type
        def hi() -> int:
            return 1
    """,
    "setting_of_another_type": """
        @attrs.frozen
        class Settings:
            words: int = setting("a, b")  # wrong: assignment
    """,
    "setting_misspelt": """
        @attrs.frozen
        class Settings:
            words: str = setting("a, b")

        def f(api: API) -> str:
            return str(api.load_plugin_configuration(Settings).word)  # wrong: attr-defined
    """,
    "value_of_another_type": """
        def f(api: API) -> None:
            KVBucket(api, "n:", int).set("key", "one")  # wrong: arg-type
    """,
    "response_status_as_text": """
        Response(status="200")  # wrong: arg-type
    """,
    "test_without_an_author": """
        def test(mm: Workspace) -> None:
            mm.post("hi")  # wrong: call-arg
            mm.post("hi", by="ann")  # wrong: arg-type
    """,
    "name_that_is_not_offered": """
        from mmhooks import HookImpl  # wrong: attr-defined
    """,
}

RIGHT = {
    "hookimpls": """
        @hookimpl
        def message_will_be_posted(post: Post, api: API) -> Post | Rejection | None:
            if "secret" in post.message:
                return reject("no secrets")
            return post.evolve(message=api.get_user(post.user_id).username)

        @hookimpl(tryfirst=True, on_error="reject", timeout=1.5)
        async def channel_will_be_archived(channel: models.Channel, api: AsyncAPI) -> str:
            return (await api.get_team(channel.team_id)).name
    """,
    "declarations": """
        @attrs.frozen
        class Settings:
            words: str = setting("a, b", label="Words:")
            most: int = setting(3)

        @command("hi", help="Say hi")
        def hi(text: str, api: API) -> str:
            return text * api.load_plugin_configuration(Settings).most

        @command("later")
        async def later(args: CommandArgs, api: AsyncAPI) -> CommandResponse:
            return CommandResponse(text=(await api.get_user(args.user_id)).username)

        @hookimpl
        def register_commands() -> list[CommandSpec]:
            return [hi, later]

        @hookimpl
        def register_settings() -> list[SettingsSpec]:
            return [SettingsSpec(Settings)]
    """,
    "errors": """
        def f(api: API) -> models.Channel | None:
            try:
                return api.get_channel("id")
            except NotFoundError as error:
                assert error.status_code == 404
                return None
    """,
    "values": """
        def f(api: API) -> int:
            return KVBucket(api, "n:", int).update("key", lambda old: (old or 0) + 1)

        async def g(api: AsyncAPI) -> list[str] | None:
            return await AsyncKVBucket(api, "l:", list[str]).get("key")
    """,
    "http": """
        @hookimpl
        async def serve_http(request: AsyncRequest) -> Response:
            return Response(status=201, headers={"X": "y"}, body=await request.body.read())
    """,
    "tests": """
        def test(mm: Workspace) -> None:
            mm.load(object(), settings={"Words": "a"})
            outcome = mm.post("hi", by=mm.user("ann"))
            assert not outcome.rejected
            assert outcome.post.message == "hi"
    """,
}

PRELUDE = """\
import attrs

from mmhooks import *
from mmhooks.testing import Workspace

"""

ERROR = re.compile(r"(?P<file>\w+)\.py:(?P<line>\d+): error: .*\[(?P<code>[\w-]+)\]")
MARK = re.compile(r"# wrong: ([\w, -]+)$")

Findings = dict[str, set[tuple[int, str]]]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Findings:
    """What mypy says of each snippet: lines and error codes."""
    folder = tmp_path_factory.mktemp("snippets")
    for name, text in {**WRONG, **RIGHT}.items():
        (folder / f"{name}.py").write_text(PRELUDE + textwrap.dedent(text))
    kept = getattr(pytestconfig, "cache", None)  # the option -p no:cacheprovider takes it away
    cache = kept.mkdir("mypy") if kept else folder / "cache"
    # A configuration of their own, so that nothing depends on where the tests are started.
    (folder / "mypy.ini").write_text(f"[mypy]\nstrict = true\npretty = false\nmypy_path = {TOP}\n")
    command = [sys.executable, "-m", "mypy", "--config-file=mypy.ini", f"--cache-dir={cache}", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    found: Findings = defaultdict(set)
    for line in done.stdout.splitlines():
        if error := ERROR.match(line):
            found[error["file"]].add((int(error["line"]), error["code"]))
    assert found.keys() <= {*WRONG, *RIGHT}, done.stdout
    return found


def marked(text: str) -> set[tuple[int, str]]:
    lines = (PRELUDE + textwrap.dedent(text)).splitlines()
    marks = [(number, mark[1]) for number, line in enumerate(lines, 1) if (mark := MARK.search(line))]
    return {(number, code) for number, codes in marks for code in codes.split(", ")}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_fails(findings: Findings, name: str) -> None:
    assert marked(WRONG[name])
    assert findings.get(name, set()) == marked(WRONG[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", RIGHT)
def test_right_use_passes(findings: Findings, name: str) -> None:
    assert findings.get(name, set()) == set()


def test_every_snippet_is_python() -> None:
    for name, text in {**WRONG, **RIGHT}.items():
        compile(PRELUDE + textwrap.dedent(text), str(Path(name)), "exec")
