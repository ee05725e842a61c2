"""`python -m mmhooks.runtime` as hosts see it: a process, a handshake line, gRPC."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from mmhooks._pb import core_pb2, hooks_message_pb2, servant_pb2
from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.models import PluginContext, Post
from mmhooks.api.transport import (
    MAX_MESSAGE,
    AsyncGrpcTransport,
    GrpcTransport,
    open_async_channel,
    open_channel,
)
from mmhooks.devhost.host import Host
from mmhooks.devhost.process import ServantProcess
from mmhooks.devhost.server import APIServer
from mmhooks.errors import MmhooksError, NotFoundError, TransportError

pytestmark = pytest.mark.slow

SHOUT = """
    from mmhooks.specs.semantics import hookimpl
    from mmhooks.errors import reject

    print("printed while importing")

    @hookimpl
    def message_will_be_posted(post):
        if "secret" in post.message:
            return reject("no secrets here")
        return post.evolve(message=post.message.upper())
"""
HOOK = "/mmhooks.v1.PluginHooks/MessageWillBePosted"


class Running:
    """A servant started by hand, as a go-plugin client would."""

    def __init__(self, manifest: Path, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "mmhooks.runtime", "--manifest", str(manifest), *arguments]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        assert self.process.stdout is not None
        self.handshake = self.process.stdout.readline().strip()
        self.address = self.handshake.split("|")[3] if self.handshake else ""

    def end(self) -> tuple[int, str, str]:
        """Exit code, the rest of stdout, stderr."""
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


@pytest.fixture
def run(write_plugin: Callable[..., Path]) -> Any:
    running: list[Running] = []

    def run(source: str, *arguments: str, **environment: str) -> Running:
        running.append(Running(write_plugin(source), *arguments, **environment))
        return running[-1]

    yield run
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def test_handshake_health_reflection_and_a_hook(run: Any) -> None:
    servant = run(SHOUT)
    assert servant.handshake.startswith("1|1|unix|/")
    assert servant.handshake.endswith("|grpc")
    assert os.stat(Path(servant.address).parent).st_mode & 0o777 == 0o700
    with open_channel(f"unix:{servant.address}") as channel:
        health = health_pb2_grpc.HealthStub(channel).Check(
            health_pb2.HealthCheckRequest(service="plugin"), timeout=10
        )
        assert health.status == health_pb2.HealthCheckResponse.SERVING
        asked = reflection_pb2.ServerReflectionRequest(file_containing_symbol="mmhooks.v1.PluginHooks")
        listed = reflection_pb2.ServerReflectionRequest(list_services="")
        answers = list(
            reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(
                iter([listed, asked]), timeout=10
            )
        )
        assert "mmhooks.v1.PluginHooks" in {
            service.name for service in answers[0].list_services_response.service
        }
        assert answers[1].file_descriptor_response.file_descriptor_proto
        request = hooks_message_pb2.MessageWillBePostedRequest(post=core_pb2.Post(message="hi"))
        answer = channel.unary_unary(HOOK)(request.SerializeToString(), timeout=10)
        assert hooks_message_pb2.MessageWillBePostedResponse.FromString(answer).result.message == "HI"


def test_sigterm_ends_it_cleanly_and_leaves_no_socket(run: Any) -> None:
    servant = run(SHOUT)
    folder = Path(servant.address).parent
    servant.process.terminate()
    code, out, err = servant.end()
    assert (code, out) == (0, "")
    assert "printed while importing" in err
    assert not folder.exists()


def test_it_ends_with_the_process_that_started_it(write_plugin: Callable[..., Path]) -> None:
    manifest = write_plugin(SHOUT)
    middle = (
        "import subprocess, sys;"
        f"p = subprocess.Popen([sys.executable, '-m', 'mmhooks.runtime', '--manifest', {str(manifest)!r}]);"
        "print(p.pid, flush=True); p.wait()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", middle], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    lines = [parent.stdout.readline(), parent.stdout.readline()]
    pid = int(next(line for line in lines if "|" not in line))
    descriptor = os.pidfd_open(pid)
    parent.kill()
    import select

    ready, _, _ = select.select([descriptor], [], [], 20)
    os.close(descriptor)
    parent.communicate()
    assert ready, "the servant outlived its parent"


def test_a_broken_call_is_refused_and_the_servant_lives_on(run: Any) -> None:
    servant = run(SHOUT)
    with open_channel(f"unix:{servant.address}") as channel:
        call = channel.unary_unary(HOOK)
        good = hooks_message_pb2.MessageWillBePostedRequest(
            post=core_pb2.Post(message="hi")
        ).SerializeToString()
        with pytest.raises(grpc.RpcError) as garbled:
            call(b"\xff\xff\xff not a message", timeout=10)
        assert garbled.value.code() == grpc.StatusCode.INVALID_ARGUMENT
        with (
            grpc.insecure_channel(
                f"unix:{servant.address}",
                options=[("grpc.max_send_message_length", -1), ("grpc.default_authority", "localhost")],
            ) as wide,
            pytest.raises(grpc.RpcError) as oversized,
        ):
            wide.unary_unary(HOOK)(b"x" * (MAX_MESSAGE + 1), timeout=30)
        assert oversized.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
        with pytest.raises(grpc.RpcError) as unknown:
            channel.unary_unary("/mmhooks.v1.PluginHooks/NoSuchHook")(b"", timeout=10)
        assert unknown.value.code() == grpc.StatusCode.UNIMPLEMENTED
        assert call(good, timeout=10)


def test_tcp_needs_a_token_and_checks_it(run: Any) -> None:
    refused = run(SHOUT, "--listen", "127.0.0.1:0")
    code, _, err = refused.end()
    assert code == 2
    assert "open to every local user" in err
    assert "Traceback" not in err
    servant = run(SHOUT, "--listen", "127.0.0.1:0", MATTERMOST_PLUGIN_API_TOKEN="right")
    assert servant.handshake.startswith("1|1|tcp|127.0.0.1:")
    with open_channel(servant.address) as channel:
        call = channel.unary_unary(HOOK)
        for token in ("wrong", "", "rightt"):
            with pytest.raises(grpc.RpcError) as caught:
                call(b"", timeout=10, metadata=(("authorization", f"Bearer {token}"),))
            assert caught.value.code() == grpc.StatusCode.UNAUTHENTICATED
        assert call(b"", timeout=10, metadata=(("authorization", "Bearer right"),)) is not None
    servant.process.terminate()
    assert "right" not in servant.end()[2].replace("rightt", "")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module_at_all", "the_plugin: cannot be imported"),
        (
            "from mmhooks.specs.semantics import hookimpl\n@hookimpl\ndef message_will_be_postd(post): ...",
            "message_will_be_posted",
        ),
        (
            "from mmhooks.specs.semantics import hookimpl\n@hookimpl\ndef message_will_be_posted(pst): ...",
            "post",
        ),
    ],
)
def test_what_is_no_plugin_does_not_start(run: Any, source: str, said: str) -> None:
    servant = run(source)
    code, _, err = servant.end()
    assert (servant.handshake, code) == ("", 2)
    assert said in err
    assert "Traceback" not in err


def test_a_taken_address_is_said_in_one_sentence(run: Any, tmp_path: Path) -> None:
    servant = run(SHOUT, "--listen", f"unix:{tmp_path}/no/such/folder/x.sock")
    code, _, err = servant.end()
    assert code == 2
    assert "cannot listen on" in err
    assert "Traceback" not in err


def test_logs_prints_and_tracebacks_reach_the_host(start: Any) -> None:
    records: list[dict[str, Any]] = []
    servant = start(
        """
        import logging
        from mmhooks.specs.semantics import hookimpl

        @hookimpl
        def message_will_be_posted(post):
            print("printed")
            logging.getLogger("my.logger").warning("careful", extra={"channel": post.channel_id})
            1 / 0
        """,
        on_log=records.append,
    )
    assert servant.hooks.call("message_will_be_posted", PluginContext(), Post(channel_id="c1")) == (None, "")
    servant.close()
    by_message = {record["@message"]: record for record in records}
    assert by_message["printed"]["@module"] == "stdout"
    assert (by_message["careful"]["@level"], by_message["careful"]["@module"]) == ("warn", "my.logger")
    assert by_message["careful"]["channel"] == "c1"
    failed = next(record for record in records if record["@level"] == "error")
    assert (failed["plugin_name"], failed["hook_name"]) == ("the_plugin", "message_will_be_posted")
    assert "ZeroDivisionError" in failed["traceback"]


def test_a_killed_servant_is_a_clear_error_and_no_post_is_lost(start: Any, host: Host) -> None:
    import threading

    ended = threading.Event()
    servant = start(SHOUT, on_death=lambda code: ended.set())
    assert "message_will_be_posted" in servant.hooks.implemented()
    os.kill(servant.pid, signal.SIGKILL)
    assert ended.wait(20)
    with pytest.raises(TransportError, match="the other side is gone"):
        servant.hooks.call("message_will_be_posted", PluginContext(), Post(message="hi"))
    user, channel = _populate(host)
    created = host.api.create_post(Post(user_id=user, channel_id=channel, message="still stored"))
    assert host.api.get_post(created.id).message == "still stored"


def test_a_host_that_is_gone_is_a_transport_error() -> None:
    host = Host()
    server = APIServer(host.api, token="t")
    with open_channel(server.target) as channel:
        api = API(GrpcTransport(channel, token="t"))
        with pytest.raises(NotFoundError):
            api.get_user("x" * 26)
        server.close(0)
        with pytest.raises(TransportError, match="get_user: the other side is gone"):
            api.get_user("x" * 26)
    host.close()


def test_the_host_refuses_a_wrong_token() -> None:
    with Host() as host:
        server = APIServer(host.api, token="right")
        with open_channel(server.target) as channel:
            for token in ("wrong", ""):
                with pytest.raises(TransportError, match="the token was refused"):
                    API(GrpcTransport(channel, token=token)).get_server_version()
            assert API(GrpcTransport(channel, token="right")).get_server_version()
        server.close(0)


def test_the_async_client_speaks_with_the_host() -> None:
    import asyncio

    async def talk(target: str) -> None:
        channel = open_async_channel(target)
        api = AsyncAPI(AsyncGrpcTransport(channel, token="t"))
        await api.kv_set("k", b"v")
        assert await api.kv_get("k") == b"v"
        assert await api.kv_get("absent") is None
        with pytest.raises(NotFoundError):
            await api.get_user("x" * 26)
        await channel.close()

    with Host() as host:
        server = APIServer(host.api, token="t")
        asyncio.run(talk(server.target))
        server.close(0)


def test_a_plugin_that_cannot_be_started_says_why(write_plugin: Callable[..., Path], host: Host) -> None:
    with pytest.raises(MmhooksError, match="no_such_module_at_all"):
        ServantProcess(write_plugin("import no_such_module_at_all"), host.api)
    with pytest.raises(MmhooksError, match="cannot start"):
        ServantProcess(write_plugin(SHOUT), host.api, command=["/no/such/interpreter"])


def _populate(host: Host) -> tuple[str, str]:
    from mmhooks.api.models import Channel, Team, User

    user = host.api.create_user(User(username="ann", email="ann@example.com", password="Passw0rd!"))
    team = host.api.create_team(Team(name="team-a", display_name="A", type="O"))
    host.api.create_team_member(team.id, user.id)
    channel = host.api.create_channel(Channel(team_id=team.id, name="town", display_name="Town", type="O"))
    host.api.add_channel_member(channel.id, user.id)
    return user.id, channel.id


def test_a_host_is_told_which_hooks_there_are_and_how_they_fail(run: Any) -> None:
    servant = run(
        """
        from mmhooks import hookimpl

        @hookimpl(on_error="reject")
        def message_will_be_posted(post): ...

        @hookimpl
        async def message_has_been_posted(post): ...

        @hookimpl
        def user_will_log_in(user): ...
        """
    )
    with open_channel(f"unix:{servant.address}") as channel:
        answer = servant_pb2.ImplementedResponse.FromString(
            channel.unary_unary("/mmhooks.v1.Servant/Implemented")(b"", timeout=10)
        )
    assert set(answer.hooks) == {"MessageWillBePosted", "MessageHasBeenPosted", "UserWillLogIn"}
    assert list(answer.rejecting_hooks) == ["MessageWillBePosted"]
    assert set(answer.blocking_hooks) == {"MessageWillBePosted", "UserWillLogIn"}
    assert answer.framed_target.startswith("/")
    assert answer.framed_blocking_target.startswith("/")
