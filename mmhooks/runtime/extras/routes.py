"""The web applications of `register_routes`: the longest fitting path wins, before `serve_http` is asked."""

from __future__ import annotations

from collections.abc import Mapping

from mmhooks.api.http import AsyncRequest, Response
from mmhooks.runtime.extras.asgi import Exchange, path_of
from mmhooks.runtime.extras.gather import Declared
from mmhooks.runtime.extras.websocket import Conversation
from mmhooks.specs.compose import RouteSpec
from mmhooks.specs.semantics import hookimpl


class Routes:
    """The routes of one package. It knows those of the others, to leave to them what fits there better.

    Args:
        package: the package.
        table: the routes of all packages by `mount_of`.
    """

    def __init__(self, package: str, table: Mapping[str, Declared[RouteSpec]]) -> None:
        self._package = package
        self._table = table

    @hookimpl(tryfirst=True)
    async def serve_http(self, request: AsyncRequest) -> Response | None:
        found = find(self._table, path_of(request.url))
        if found is None or found[1].package != self._package:
            return None
        mount, route = found
        kind = Conversation if request.is_websocket else Exchange
        return await kind(route.spec.app, request, mount, self._package).answer()


def mount_of(spec: RouteSpec) -> str:
    """A route's path without slashes at its end: ``/a`` and ``/a/`` are one, ``/`` is empty."""
    return spec.path.rstrip("/")


def find(table: Mapping[str, Declared[RouteSpec]], path: str) -> tuple[str, Declared[RouteSpec]] | None:
    """The longest route that a path is below: ``/a`` fits ``/a`` and ``/a/b``, not ``/ab``."""
    mount = path
    while mount not in table:
        if not mount:
            return None
        mount = mount.rpartition("/")[0]
    return mount, table[mount]
