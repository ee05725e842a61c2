"""Commands that the web client does by itself. The server only answers whoever sends them all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mmhooks.api.models import CommandArgs, CommandResponse
from mmhooks.devhost.builtin.entry import BuiltIn, psst

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI

_HELP: Final = "https://mattermost.com/pl/help/"


def _unsupported(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    name = args.command.split()[0].lower()
    return psst(f"{name} is a command of the web client; this client does not have it.")


def _help(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    return psst(f"What Mattermost can do is described at {_HELP}.")


def _log_out(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    return CommandResponse(goto_location="/login")


def _has_marketplace(app: HostAPI) -> bool:
    return all(app.setting("PluginSettings", name) for name in ("Enable", "EnableMarketplace"))


COMMANDS: Final = (
    BuiltIn("help", _help, "Say where help is"),
    BuiltIn("logout", _log_out, "Log out"),
    BuiltIn("marketplace", _unsupported, "Open the marketplace", is_listed=_has_marketplace),
    BuiltIn("search", _unsupported, "Search messages", "[text]"),
    BuiltIn("settings", _unsupported, "Open the settings"),
    BuiltIn("shortcuts", _unsupported, "Show the keyboard's shortcuts"),
)
