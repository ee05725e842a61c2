"""What a hook or an API method is: its name, its parameters and results, and how they become messages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, frozen

if TYPE_CHECKING:
    from mmhooks.api.codec import Codec

T = TypeVar("T")


@frozen
class Param:
    """A parameter or a result."""

    name: str
    type: Any
    variadic: bool = False
    streamed: bool = False
    """Its bytes travel in chunks over the messages of a stream."""


@define(eq=False, slots=False)
class Method(Generic[T]):
    """A hook or an API method that results in ``T``. One object serves clients, hosts and servants."""

    name: str
    """snake_case, as Python calls it."""
    rpc: str
    """The server's name, as it stands on the wire."""
    topic: str
    """The module of its messages, without ``_pb2``."""
    params: tuple[Param, ...]
    results: tuple[Param, ...]
    stream_in: str
    """The request field whose bytes are streamed, or nothing."""
    stream_out: str
    """The response field whose bytes are streamed, or nothing."""
    min_server_version: str

    @cached_property
    def codec(self) -> Codec:
        """Its conversions, built at the first use."""
        from mmhooks.api.codec import Codec

        return Codec(self)
