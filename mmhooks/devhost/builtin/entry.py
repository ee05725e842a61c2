"""What the commands that a server has by itself are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen

from mmhooks.api.models import (
    AutocompleteData,
    Channel,
    Command,
    CommandArgs,
    CommandResponse,
    Permission,
    User,
)
from mmhooks.errors import AppError

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI

__all__ = ["BuiltIn", "Run", "always", "find_channel", "find_user", "go_to", "may_in", "psst"]

Run = Callable[["HostAPI", CommandArgs, str], CommandResponse | None]
"""Does what a command is for, given the text after its trigger; None is the answer of no command."""


def always(app: HostAPI) -> bool:
    """Say that a command is there whatever the configuration."""
    return True


@frozen
class BuiltIn:
    """A command that the server has by itself."""

    trigger: str
    run: Run
    description: str
    hint: str = ""
    display_name: str = ""
    """The trigger without one."""
    completion: AutocompleteData | None = None
    is_listed: Callable[[HostAPI], bool] = always
    """Whether it is completed and listed; it can be typed anyway."""

    def command(self) -> Command:
        """Return it as lists of commands have it."""
        return Command(
            trigger=self.trigger,
            auto_complete=True,
            auto_complete_desc=self.description,
            auto_complete_hint=self.hint,
            display_name=self.display_name or self.trigger,
            autocomplete_data=self.completion,
        )


def psst(text: str) -> CommandResponse:
    """Return an answer that only its user sees."""
    return CommandResponse(response_type="ephemeral", text=text)


def go_to(app: HostAPI, args: CommandArgs, channel_name: str, response_type: str = "") -> CommandResponse:
    """Return an answer that leads the client to a channel."""
    team = app.get_team(args.team_id)
    location = f"{args.site_url}/{team.name}/channels/{channel_name}"
    return CommandResponse(response_type=response_type, goto_location=location)


def may_in(app: HostAPI, args: CommandArgs, channel: Channel, permission: str) -> bool:
    """Say whether the command's user has a permission in a channel."""
    return app.has_permission_to_channel(args.user_id, channel.id, Permission(id=permission))


def find_user(app: HostAPI, name: str) -> User | None:
    """Return the account with this name, deactivated or not."""
    try:
        return app.get_user_by_username(name)
    except AppError:
        return None


def find_channel(app: HostAPI, team_id: str, name: str) -> Channel | None:
    """Return the channel of a team with this name, unless it is archived."""
    try:
        return app.get_channel_by_name(team_id, name, False)
    except AppError:
        return None
