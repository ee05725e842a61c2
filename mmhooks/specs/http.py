"""HTTP requests to the plugin's own addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.api.http import Request, Response
from mmhooks.specs.metrics import merge_metrics
from mmhooks.specs.semantics import aggregate, first, hookspec

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import PluginContext


@hookspec(first())
def serve_http(context: PluginContext, request: Request, api: API) -> Response | None:
    """Answer an HTTP request.

    Fires: For each request below ``/plugins/<id>/`` on the server. Most plugins want `register_routes`, which
        gives each package an address of its own.
    Combines: First. The hookimpls are asked in order; the first answer wins, the rest are not called. Return
        None for the addresses of other packages, and decide by method, address and headers: the body can be
        read once.

    Args:
        context: Session and client of the request.
        request: The request, its body a stream without bound; an ``async def`` hookimpl gets an
            `AsyncRequest`. The header ``Mattermost-User-Id`` is there if and only if the server has
            authenticated the user. With ``is_websocket`` it may be answered with a `WebSocket`.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Answer with a status, such as 403; the server does not check who may ask. A request that no
        hookimpl answers is answered with 404.
    """


@hookspec(aggregate(merge_metrics))
def serve_metrics(context: PluginContext, request: Request, api: API) -> str | bytes | Response | None:
    """Report figures in Prometheus' text format.

    Fires: For each request below ``/plugins/<id>/metrics`` on the server's metrics listener, if metrics are
        enabled.
    Combines: Aggregate. Every hookimpl is called, and the expositions are merged: one HELP and TYPE for each
        family, its samples together. A series that two packages report counts once, as first reported. A
        `Response` with an error status is left out as long as another hookimpl has something to say.

    Args:
        context: The request for the metrics; it comes without a session.
        request: The request; an ``async def`` hookimpl gets an `AsyncRequest`.
        api: The plugin API.

    Minimum server version: 9.2

    Rejecting: Answer with a status; it counts only if nobody answers better.
    """
