"""Slash commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.specs.semantics import first, hookspec

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import CommandArgs, CommandResponse, PluginContext


@hookspec(first())
def execute_command(context: PluginContext, args: CommandArgs, api: API) -> CommandResponse | None:
    """Run a slash command that the plugin has registered.

    Fires: When a user sends a command whose trigger was registered, by `register_commands` or with the API's
        `register_command`. Most plugins want `register_commands`, which picks the handler by the trigger.
    Combines: First. The hookimpls are asked in order; the first answer wins, the rest are not called. Return
        None for the commands of other packages.

    Args:
        context: The request behind the command.
        args: The command line as sent, with trigger, and where and by whom it was sent.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Raise `AppError`; the user sees its message. A status outside 100 to 999 would become 500. The
        server checks the plugin's health right after.
    """
