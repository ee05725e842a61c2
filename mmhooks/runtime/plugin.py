"""A plugin put together: its packages in a manager, its clients, and the dispatcher in front."""

from __future__ import annotations

import asyncio

from attrs import define

from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.framed import AsyncFramedTransport, FramedTransport
from mmhooks.api.transport import (
    AsyncGrpcTransport,
    AsyncTransport,
    GrpcTransport,
    Transport,
    open_async_channel,
    open_channel,
)
from mmhooks.bundle.manifest import Manifest
from mmhooks.runtime.compose import compose
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.extras import install
from mmhooks.runtime.manager import PluginManager
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.trace import AsyncTracedTransport, TracedTransport


@define
class Plugin:
    """What a servant serves."""

    pm: PluginManager
    dispatcher: Dispatcher
    statistics: Statistics
    _channels: tuple[object, ...] = ()

    async def close(self) -> None:
        """Closes the channels to the host."""
        await close_channels(self._channels)


async def close_channels(channels: tuple[object, ...]) -> None:
    """Closes channels of either kind."""
    for channel in channels:
        closing = channel.close()  # type: ignore[attr-defined]  # grpc's two kinds of channel share no base
        if closing is not None:
            await closing


async def open_plugin(manifest: Manifest, api_target: str, token: str, api_frames: str = "") -> Plugin:
    """Composes the manifest's packages and connects them with the host's API.

    Args:
        manifest: which packages.
        api_target: the address of the host's plugin API; empty leaves `api` unset.
        token: sent to the host with every call.
        api_frames: the unix socket where the host answers unary calls in frames; empty makes them over gRPC.

    Raises:
        CompositionError: the packages do not make a plugin.
    """
    pm = compose(manifest, loop=asyncio.get_running_loop())
    channels: tuple[object, ...] = ()
    if api_target:
        transport, async_transport, channels = open_transports(api_target, token, api_frames)
        pm.set_api(API(TracedTransport(transport)), AsyncAPI(AsyncTracedTransport(async_transport)))
    return assemble(pm, manifest, channels)


def open_transports(
    target: str, token: str, frames: str
) -> tuple[Transport, AsyncTransport, tuple[object, ...]]:
    """The ways to a host's API, for threads and for the running event loop, and what is to be closed afterwards."""
    channel, async_channel = open_channel(target), open_async_channel(target)
    transport: Transport = GrpcTransport(channel, token=token)
    async_transport: AsyncTransport = AsyncGrpcTransport(async_channel, token=token)
    if not frames:
        return transport, async_transport, (channel, async_channel)
    framed = FramedTransport(frames, transport, token=token)
    async_framed = AsyncFramedTransport(frames, async_transport, token=token)
    return framed, async_framed, (channel, async_channel, framed, async_framed)


def assemble(pm: PluginManager, manifest: Manifest, channels: tuple[object, ...] = ()) -> Plugin:
    """A manager with what its packages declare, its statistics and its dispatcher.

    Raises:
        CompositionError: two packages declare the same command, path, job or setting.
    """
    install(pm)
    return Plugin(pm, Dispatcher(pm, manifest.python.deadlines), Statistics(), channels)
