"""gRPC's standard services, health and reflection, imported when somebody first asks: they must not delay the start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import grpc

HEALTH_SERVICE = "grpc.health.v1.Health"
HEALTH_NAME = "plugin"
"""The name under which go-plugin asks for health."""
REFLECTION_SERVICE = "grpc.reflection.v1alpha.ServerReflection"


class Later(grpc.GenericRpcHandler):  # type: ignore[type-arg]  # generic in the stubs alone
    """The handlers of one service, made at its first call.

    Args:
        service: its full name.
        add: adds the service to a server.
    """

    def __init__(self, service: str, add: Callable[[Any], None]) -> None:
        self._prefix = f"/{service}/"
        self._add = add
        self._handlers: list[Any] = []

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        if not handler_call_details.method.startswith(self._prefix):
            return None
        if not self._handlers:
            self._add(self)
        found = (handler.service(handler_call_details) for handler in self._handlers)
        return next((handler for handler in found if handler is not None), None)

    def add_generic_rpc_handlers(self, handlers: Any) -> None:
        """What generated code calls on a server."""
        self._handlers += handlers

    def add_registered_method_handlers(self, service: str, handlers: Any) -> None:
        """What generated code calls on a server as well; it says the same again."""


def add_health(server: Any) -> None:
    """The health service, serving."""
    from grpc_health.v1 import health, health_pb2, health_pb2_grpc

    servicer = health.aio.HealthServicer()  # type: ignore[attr-defined]  # the stubs have no aio
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    serving = servicer.set(HEALTH_NAME, health_pb2.HealthCheckResponse.SERVING)
    asyncio.get_running_loop().create_task(serving)


def add_reflection(server: Any) -> None:
    """The reflection service, with our own services and the standard ones."""
    from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc

    from mmhooks._pb import plugin_hooks_pb2, servant_pb2

    ours = (plugin_hooks_pb2, servant_pb2)
    names = [service.full_name for module in ours for service in module.DESCRIPTOR.services_by_name.values()]
    servicer = reflection.aio.ReflectionServicer([*names, HEALTH_SERVICE, REFLECTION_SERVICE])  # type: ignore[attr-defined]
    reflection_pb2_grpc.add_ServerReflectionServicer_to_server(servicer, server)
