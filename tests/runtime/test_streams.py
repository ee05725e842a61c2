"""HTTP and file content without bound: streamed both ways, with back pressure, whole and unchanged."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mmhooks.api.file import UploadedFile
from mmhooks.api.http import Request
from mmhooks.api.models import FileInfo, PluginContext
from mmhooks.api.stream import CHUNK, ByteStream
from mmhooks.bundle.manifest import Manifest
from mmhooks.devhost.local import local_port
from mmhooks.devhost.process import ServantProcess
from mmhooks.errors import TransportError, reject
from mmhooks.runtime.compose import compose
from mmhooks.runtime.plugin import assemble
from mmhooks.specs.semantics import hookimpl

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024
LARGE = 200 * MEGABYTE


def peak_memory(servant: ServantProcess) -> int:
    """The most memory that the servant has had, in bytes."""
    status = Path(f"/proc/{servant.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


def blocks(size: int) -> Iterator[bytes]:
    block = bytes(range(256)) * (CHUNK // 256)
    for _ in range(size // CHUNK):
        yield block


def digest(parts: Any) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part)
    return sha.hexdigest()


def get(servant: ServantProcess, url: str, body: Any = b"", method: str = "GET") -> Any:
    request = Request(
        method=method,
        url=url,
        headers=[("X-Two", "a"), ("x-two", "b")],
        body=ByteStream(iter([body]) if isinstance(body, bytes) else body),
    )
    return servant.hooks.call("serve_http", PluginContext(), request)


ECHO = """
    from mmhooks.specs.semantics import hookimpl
    from mmhooks.api.http import Response

    @hookimpl
    {define} serve_http(request):
        headers = [("X-Seen", request.method), ("Set-Cookie", "a"), ("Set-Cookie", "b")]
        return Response(status=201, headers=headers, body=request.body)
"""


@pytest.mark.parametrize("define", ["def", "async def"])
def test_a_large_body_passes_both_ways_in_little_memory(start: Any, define: str) -> None:
    servant = start(ECHO.format(define=define))
    assert get(servant, "/warm", blocks(MEGABYTE)).body.read()
    before = peak_memory(servant)
    response = get(servant, "/large", blocks(LARGE), method="POST")
    assert (response.status, response.header("x-seen")) == (201, "POST")
    assert [value for name, value in response.headers if name == "Set-Cookie"] == ["a", "b"]
    assert digest(response.body) == digest(blocks(LARGE))
    assert peak_memory(servant) - before < 20 * MEGABYTE


@pytest.mark.parametrize("define", ["def", "async def"])
def test_the_answer_begins_before_the_request_has_ended(start: Any, define: str) -> None:
    servant = start(ECHO.format(define=define))
    may_end = threading.Event()

    def body() -> Iterator[bytes]:
        yield b"first"
        assert may_end.wait(20)
        yield b"second"

    response = get(servant, "/", body())
    chunks = iter(response.body)
    assert next(chunks) == b"first"
    may_end.set()
    assert b"".join(chunks) == b"second"


def test_a_slow_reader_holds_the_writer_back(start: Any) -> None:
    servant = start(
        """
        from mmhooks.specs.semantics import hookimpl
        from mmhooks.api.http import Response

        written = 0

        def endless():
            global written
            while written < 4000:
                written += 1
                yield bytes(65536)

        @hookimpl
        def serve_http(request):
            if request.url == "/written":
                return Response(body=str(written))
            return Response(body=endless())
        """
    )
    response = get(servant, "/endless")
    assert next(iter(response.body))
    written = [int(get(servant, "/written").body.read()) for _ in range(20)][-1]
    assert written < 1000  # 62 MB: gRPC's own buffers, not the whole answer
    response.body.close()


def test_nobody_at_home_is_404_and_an_error_is_a_status(start: Any) -> None:
    servant = start(
        """
        from mmhooks.specs.semantics import hookimpl
        from mmhooks.api.http import Response

        def breaks_off():
            yield b"so far"
            raise ValueError("no more")

        @hookimpl
        def serve_http(request):
            if request.url == "/breaks":
                return Response(body=breaks_off())
        """
    )
    assert get(servant, "/nothing").status == 404
    response = get(servant, "/breaks")
    with pytest.raises(TransportError, match="no more"):
        response.body.read()
    assert get(servant, "/nothing").status == 404


TRAILERS = """
    from mmhooks.specs.semantics import hookimpl
    from mmhooks.api.http import Response

    left = []

    class Sync:
        def __iter__(self):
            try:
                while True:
                    yield bytes(65536)
            finally:
                left.append("sync")

        # A body that is closed itself, not only its generator.
        def close(self):
            left.append("closed")

    async def awaited():
        try:
            while True:
                yield bytes(65536)
        finally:
            left.append("async")

    def blocking():
        try:
            while True:
                yield bytes(65536)
        except GeneratorExit:
            left.append("exit")
            raise

    @hookimpl
    def serve_http(request):
        if request.url == "/left":
            return Response(body=" ".join(sorted(left)))
        if request.url == "/trailers":
            seen = []
            def body():
                for part in (b"one", b"two"):
                    seen.append(part)
                    yield part
            return Response(body=body(), trailers=lambda: [("X-Parts", str(len(seen))), ("X-Two", "a"), ("X-Two", "b")])
        if request.url == "/known":
            return Response(body="é", headers={"X-Mine": "1"})
        bodies = {"/sync": Sync, "/async": awaited, "/blocking": blocking}
        return Response(body=bodies[request.url]())
"""


def test_trailers_and_lengths(start: Any) -> None:
    servant = start(TRAILERS)
    response = get(servant, "/trailers")
    assert response.body.read() == b"onetwo"
    assert response.trailers() == (("X-Parts", "2"), ("X-Two", "a"), ("X-Two", "b"))
    assert response.header("Content-Length") is None
    response = get(servant, "/known")
    assert (response.header("Content-Length"), response.body.read()) == ("2", "é".encode())
    assert response.trailers() == ()


def test_a_body_is_closed_when_its_reader_has_gone(start: Any) -> None:
    servant = start(TRAILERS)
    expected: list[str] = []
    for url, marks in (("/async", ["async"]), ("/blocking", ["exit"]), ("/sync", ["closed", "sync"])):
        response = get(servant, url)
        assert next(iter(response.body))
        response.body.close()
        expected = sorted(expected + marks)
        until(lambda: get(servant, "/left").body.read().decode().split(), expected)


def until(ask: Callable[[], Any], wanted: Any) -> None:
    """Asks again and again: what is waited for happens in another process."""
    deadline = time.monotonic() + 10
    while (answer := ask()) != wanted:
        assert time.monotonic() < deadline, f"{answer}, not {wanted}"


def upload(servant: ServantProcess, content: Any) -> tuple[bool, Any, FileInfo | None, str]:
    info = FileInfo(name="a.txt", size=3)
    return servant.hooks.call("file_will_be_uploaded", PluginContext(), info, content)  # type: ignore[no-any-return]


def in_process(**packages: object) -> Any:
    """A hook port to packages in this process: the same streams without gRPC."""
    manifest = Manifest(id="com.example.test", name="Test", version="1.0.0")
    return local_port(assemble(compose(manifest, entry_points=(), packages=packages), manifest).dispatcher)


class Look:
    """Reads a part of the content and leaves it."""

    @hookimpl(tryfirst=True)
    def file_will_be_uploaded(self, info: FileInfo, file: Any) -> Any:
        if file.read(6) == b"reject":
            return reject("not this one")
        return info.evolve(name="renamed") if info.name == "rename" else None


class Upper:
    """Replaces the content and its description, reading as it is read."""

    @hookimpl
    def file_will_be_uploaded(self, info: FileInfo, file: Any) -> Any:
        return UploadedFile(content=(chunk.upper() for chunk in file), info=info.evolve(extension="up"))


class Tail:
    """Adds to the content, asynchronously; reads it twice."""

    @hookimpl(trylast=True)
    async def file_will_be_uploaded(self, info: FileInfo, file: Any) -> Any:
        size = len(await file.read())
        await file.seek(0)

        async def content() -> Any:
            async for chunk in file:
                yield chunk
            yield b" %d" % size

        return UploadedFile(content=content())


def sent(port: Any, content: Any, name: str = "a.txt") -> tuple[bool, bytes, FileInfo | None, str]:
    written, output, info, reason = port.call(
        "file_will_be_uploaded", PluginContext(), FileInfo(name=name), content
    )
    return written, output.read(), info, reason


def test_each_hookimpl_sees_the_content_as_the_one_before_left_it() -> None:
    port = in_process(look=Look(), upper=Upper(), tail=Tail())
    written, output, info, reason = sent(port, iter([b"hel", b"lo"]), "rename")
    assert (written, output, reason) == (True, b"HELLO 5", "")
    assert info is not None
    assert (info.name, info.extension) == ("renamed", "up")


def test_content_that_nobody_replaces_is_not_sent_back() -> None:
    port = in_process(look=Look())
    assert sent(port, b"hello") == (False, b"", None, "")
    assert sent(port, b"hello", "rename") == (False, b"", FileInfo(name="renamed"), "")
    assert sent(port, b"reject this") == (False, b"", None, "not this one")


def test_content_that_breaks_off_is_an_error_and_no_half_file() -> None:
    class Breaks:
        @hookimpl
        def file_will_be_uploaded(self, file: Any) -> Any:
            def content() -> Iterator[bytes]:
                yield b"half"
                raise OSError("disk gone")

            return UploadedFile(content=content())

    with pytest.raises(OSError, match="disk gone"):
        sent(in_process(breaks=Breaks()), b"hello")


def test_a_large_file_passes_in_little_memory(start: Any) -> None:
    servant = start(
        """
        from mmhooks.specs.semantics import hookimpl
        from mmhooks.api.file import UploadedFile

        @hookimpl
        def file_will_be_uploaded(info, file):
            return UploadedFile(content=file)
        """
    )
    assert upload(servant, blocks(2 * MEGABYTE))[1].read()
    before = peak_memory(servant)
    written, output, _, _ = upload(servant, blocks(LARGE))
    assert written
    assert digest(output) == digest(blocks(LARGE))
    assert peak_memory(servant) - before < 20 * MEGABYTE
