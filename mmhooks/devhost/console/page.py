"""The console's pages. What they show they ask the JSON endpoints for."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from mmhooks.devhost.host import Host

__all__ = ["routes"]


@frozen
class View:
    """One page."""

    name: str
    title: str

    @property
    def path(self) -> str:
        """Its address."""
        return "/console/" if self.name == "chat" else f"/console/{self.name}"


VIEWS: Final = (
    View("chat", "Chat"),
    View("trace", "Trace"),
    View("kv", "KV"),
    View("plugin", "Plugin"),
    View("log", "Log"),
)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("mmhooks.devhost.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def routes(host: Host) -> list[BaseRoute]:
    """Routes of the pages."""

    def shown(view: View) -> Any:
        async def show(request: Request) -> Response:
            template = _templates().get_template(f"{view.name}.html")
            about = {"id": host.plugin_id, **host.manifest}
            return HTMLResponse(template.render(view=view, views=VIEWS, plugin=about))

        return show

    async def home(request: Request) -> Response:
        return RedirectResponse("/console/", 307)

    pages: list[BaseRoute] = [Route(view.path, shown(view)) for view in VIEWS]
    return [Route("/", home), Route("/console", home), *pages]
