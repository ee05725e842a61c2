"""The plugin's own pages, under ``/plugins/<id>/``: streamed in, streamed out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from starlette.requests import Request as Incoming
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mmhooks.api.http import Request
from mmhooks.api.models import Session
from mmhooks.api.stream import ByteStream
from mmhooks.devhost.hooks import acting
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import COOKIE, context_of, session_of
from mmhooks.errors import MmhooksError
from mmhooks.runtime.http import pull
from mmhooks.runtime.threads import WorkerThreads

__all__ = ["page_route"]

_METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_KEPT_BACK: Final = frozenset({"mattermost-user-id", "mattermost-plugin-id", "authorization"})


def page_route(host: Host, threads: WorkerThreads) -> Route:
    """The route of all pages of the plugin."""

    async def serve(incoming: Incoming) -> Response:
        loop = asyncio.get_running_loop()
        if incoming.path_params["plugin_id"] != host.plugin_id or not host.firing.listens("serve_http"):
            return PlainTextResponse("404 page not found\n", 404)
        session = session_of(host, incoming) or Session()
        request = _request(host, incoming, session, loop)
        try:
            answer = await threads.run(loop, _ask, host, incoming, session, request)
        except MmhooksError as error:
            host.log("error", "serve_http failed", error=str(error))
            return PlainTextResponse("The plugin is not running.\n", 503)
        response = StreamingResponse(_body(answer.body, threads), answer.status)
        response.raw_headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in answer.headers
            if name.lower() != "transfer-encoding"
        ]
        return response

    return Route("/plugins/{plugin_id}/{path:path}", serve, methods=_METHODS)


def _ask(host: Host, incoming: Incoming, session: Session, request: Request) -> Any:
    context = context_of(incoming, session, new_id())
    with acting(context):
        return host.firing.ask_or_fail("serve_http", context, request)


def _request(host: Host, incoming: Incoming, session: Session, loop: asyncio.AbstractEventLoop) -> Request:
    """What the plugin gets: the path below its own, and who is logged in in place of how."""
    target = incoming.scope["raw_path"].decode("latin-1")
    query = incoming.scope["query_string"].decode("latin-1")
    inner = "/" + target.split("/", 3)[3] if target.count("/") >= 3 else "/"
    headers = [(name.title(), value) for name, value in incoming.headers.items() if name not in _KEPT_BACK]
    headers = [(name, _without_token(value) if name == "Cookie" else value) for name, value in headers]
    if session.user_id:
        headers.append(("Mattermost-User-Id", session.user_id))
    client = incoming.client
    return Request(
        method=incoming.method,
        url=inner + (f"?{query}" if query else ""),
        request_uri=target + (f"?{query}" if query else ""),
        proto=f"HTTP/{incoming.scope['http_version']}",
        host=incoming.headers.get("host", ""),
        remote_addr=f"{client.host}:{client.port}" if client else "",
        headers=headers,
        body=ByteStream(_pulled(incoming, loop)),
    )


def _without_token(cookies: str) -> str:
    parts = [part for part in cookies.split(";") if part.strip().partition("=")[0] != COOKIE]
    return ";".join(parts).strip()


def _pulled(incoming: Incoming, loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
    yield from (chunk for chunk in pull(incoming.stream(), loop) if chunk)


async def _body(body: Any, threads: WorkerThreads) -> AsyncIterator[bytes]:
    if isinstance(body, str | bytes) or body is None:
        yield body.encode() if isinstance(body, str) else body or b""
        return
    loop, chunks = asyncio.get_running_loop(), iter(body)
    try:
        while chunk := await threads.run(loop, next, chunks, b""):
            yield chunk
    finally:
        if (close := getattr(body, "close", None)) is not None:
            close()
