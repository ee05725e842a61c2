"""What a plugin author imports.

Everything is loaded when it is first asked for, so that ``import mmhooks`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mmhooks.api import models
    from mmhooks.api.client import API, AsyncAPI
    from mmhooks.api.file import AsyncFileReader, FileReader, UploadedFile
    from mmhooks.api.http import AsyncRequest, Request, Response
    from mmhooks.api.models import (
        Bot,
        Channel,
        ChannelMember,
        CommandArgs,
        CommandResponse,
        FileInfo,
        Permission,
        PluginContext,
        Post,
        Reaction,
        Team,
        TeamMember,
        User,
    )
    from mmhooks.errors import (
        AppError,
        BadRequestError,
        ConflictError,
        ConversionError,
        MmhooksError,
        NotFoundError,
        NotImplementedOnHostError,
        PayloadTooLargeError,
        PermissionDeniedError,
        RateLimitedError,
        Rejection,
        TransportError,
        UnauthorizedError,
        dismiss,
        reject,
    )
    from mmhooks.kit.command import command
    from mmhooks.kit.kv import AsyncKVBucket, KVBucket
    from mmhooks.kit.setting import setting
    from mmhooks.specs.compose import (
        ASGIApp,
        CommandSpec,
        JobSpec,
        Message,
        RouteSpec,
        Scope,
        SettingsSpec,
    )
    from mmhooks.specs.semantics import hookimpl

__all__ = [
    "API",
    "ASGIApp",
    "AppError",
    "AsyncAPI",
    "AsyncFileReader",
    "AsyncKVBucket",
    "AsyncRequest",
    "BadRequestError",
    "Bot",
    "Channel",
    "ChannelMember",
    "CommandArgs",
    "CommandResponse",
    "CommandSpec",
    "ConflictError",
    "ConversionError",
    "FileInfo",
    "FileReader",
    "JobSpec",
    "KVBucket",
    "Message",
    "MmhooksError",
    "NotFoundError",
    "NotImplementedOnHostError",
    "PayloadTooLargeError",
    "Permission",
    "PermissionDeniedError",
    "PluginContext",
    "Post",
    "RateLimitedError",
    "Reaction",
    "Rejection",
    "Request",
    "Response",
    "RouteSpec",
    "Scope",
    "SettingsSpec",
    "Team",
    "TeamMember",
    "TransportError",
    "UnauthorizedError",
    "UploadedFile",
    "User",
    "command",
    "dismiss",
    "hookimpl",
    "models",
    "reject",
    "setting",
]

# The imports above once more, for run time; a test holds the two together.
_HOMES: Final = {
    "mmhooks.api.client": "API AsyncAPI",
    "mmhooks.api.file": "AsyncFileReader FileReader UploadedFile",
    "mmhooks.api.http": "AsyncRequest Request Response",
    "mmhooks.api.models": (
        "Bot Channel ChannelMember CommandArgs CommandResponse FileInfo Permission PluginContext Post "
        "Reaction Team TeamMember User"
    ),
    "mmhooks.errors": (
        "AppError BadRequestError ConflictError ConversionError MmhooksError NotFoundError "
        "NotImplementedOnHostError PayloadTooLargeError PermissionDeniedError RateLimitedError Rejection "
        "TransportError UnauthorizedError dismiss reject"
    ),
    "mmhooks.kit.command": "command",
    "mmhooks.kit.kv": "AsyncKVBucket KVBucket",
    "mmhooks.kit.setting": "setting",
    "mmhooks.specs.compose": "ASGIApp CommandSpec JobSpec Message RouteSpec Scope SettingsSpec",
    "mmhooks.specs.semantics": "hookimpl",
}
_MODULE_OF: Final = {name: module for module, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # a misspelt name is an error to type checkers

    def __getattr__(name: str) -> Any:
        if name == "models":
            value: Any = import_module("mmhooks.api.models")
        elif name in _MODULE_OF:
            value = getattr(import_module(_MODULE_OF[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
