"""The part of the server's REST API, WebSocket and plugin pages that ordinary clients need."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.host import Host
from mmhooks.devhost.rest import (
    account,
    bot,
    channel,
    client_config,
    command,
    draft,
    emoji,
    history,
    interaction,
    outgoing,
    overview,
    plugin,
    post,
    refused,
    role,
    server,
    sidebar,
    suggestion,
    team,
    thread,
    upload,
    user,
    webhook,
)
from mmhooks.devhost.rest.call import refusal
from mmhooks.devhost.rest.page import page_route
from mmhooks.devhost.rest.websocket import Sockets
from mmhooks.runtime.threads import WorkerThreads

__all__ = ["rest_app"]

_TOPICS = (
    client_config,
    overview,
    account,
    user,
    bot,
    team,
    sidebar,
    channel,
    command,
    draft,
    post,
    history,
    thread,
    interaction,
    emoji,
    role,
    upload,
    webhook,
    plugin,
    outgoing,
    suggestion,
    refused,
    server,
)


def rest_app(host: Host, *more: BaseRoute) -> Starlette:
    """An ASGI application: ``/api/v4``, the WebSocket, and ``/plugins/<id>/``.

    Args:
        host: whose workspace it shows.
        more: routes beside these.
    """
    threads = WorkerThreads("mmhooks-rest")
    sockets = Sockets(host, threads)
    routes: list[BaseRoute] = [route for topic in _TOPICS for route in topic.router.routes(host, threads)]
    routes += [sockets.route(), Route("/{path:path}", _unknown, methods=_ANY)]
    plain = webhook.plain_router.routes(host, threads)
    return Starlette(routes=[Mount("/api/v4", routes=routes), page_route(host, threads), *plain, *more])


_ANY = ["GET", "POST", "PUT", "PATCH", "DELETE"]


async def _unknown(request: Request) -> Response:
    text = f"The embedded host does not offer {request.method} {request.url.path}; a Mattermost server may."
    return refusal(fail("REST", "api.context.404.app_error", 404, text))
