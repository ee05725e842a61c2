"""The API clients: every method of the server's plugin API, blocking (`API`) and awaited (`AsyncAPI`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from mmhooks.api._generated.client import METHODS, AsyncMethods, Methods
from mmhooks.errors import ConversionError

C = TypeVar("C")

_LOAD_PLUGIN_CONFIGURATION = METHODS["load_plugin_configuration"]


class API(Methods):
    """The plugin API for ``def`` hookimpls: ``api.create_post(Post(channel_id=..., message="hi"))``.

    Raises:
        AppError: the server refused; the subclass tells why, such as `NotFoundError`.
        TransportError: the server could not be reached or did not answer in time.
        ConversionError: an argument has the wrong type.
    """

    def load_plugin_configuration(self, cls: type[C]) -> C:
        """The plugin's settings as your attrs class. Minimum server version: 5.2.

        Keys are matched without regard to case, as the server does; settings that the class does not have are ignored.

        Raises:
            ConversionError: a value does not fit; the message names the key.
        """
        return configuration(self._unary(_LOAD_PLUGIN_CONFIGURATION), cls)


class AsyncAPI(AsyncMethods):
    """The plugin API for ``async def`` hookimpls; see `API`."""

    async def load_plugin_configuration(self, cls: type[C]) -> C:
        """The plugin's settings as your attrs class; see `API.load_plugin_configuration`."""
        return configuration(await self._unary(_LOAD_PLUGIN_CONFIGURATION), cls)


def configuration(values: Mapping[str, Any], cls: type[C]) -> C:
    """Settings, in whatever case the server keeps their keys, as an attrs class.

    Raises:
        ConversionError: a value does not fit, or one without a default is missing; the message names the key.
    """
    from mmhooks.api.converter import structure  # cattrs is slow to import, and few calls need it

    fields: Sequence[attrs.Attribute[Any]] = getattr(cls, "__attrs_attrs__", ())
    if not fields:
        raise ConversionError(f"{cls!r} is no attrs class with fields; put @attrs.frozen above it")
    names = {field.name.lower().replace("_", ""): field.name for field in fields}
    known = {names[key]: value for key, value in _squeezed(values) if key in names}
    return structure(known, cls, root="configuration")


def _squeezed(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key.lower().replace("_", ""), value) for key, value in values.items()]
