"""What a hook or an API method is: its name, its parameters and results, and how they become messages."""

from __future__ import annotations

import builtins
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import define, frozen

from mmhooks.errors import AppError

if TYPE_CHECKING:
    from mmhooks.api.codec import Codec

T = TypeVar("T")


@cache
def resolve(annotation: str) -> Any:
    """The type that a parameter's annotation means; models are imported now."""
    from mmhooks.api import models

    return eval(annotation, {"Any": Any}, _Names(models))


class _Names(dict[str, Any]):
    def __init__(self, module: Any) -> None:
        self._module = module

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            raise KeyError(name)
        return AppError if name == "AppError" else getattr(self._module, name)


@frozen
class Param:
    """A parameter or a result."""

    name: str
    type: str
    """Its annotation, to be resolved by `resolve`."""
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
