"""Commands about connections with other servers. Without a licence there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mmhooks.api.models import AutocompleteArg, AutocompleteData, CommandArgs, CommandResponse, Permission
from mmhooks.devhost.builtin.entry import BuiltIn, Run, psst

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI


def _not_connected(permission: str) -> Run:
    def run(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
        if not app.has_permission_to(args.user_id, Permission(id=permission)):
            return psst(f"This needs the permission {permission}.")
        return psst("This server is not connected with another one.")

    return run


def _text(name: str, *, required: bool = True, pattern: str = "") -> AutocompleteArg:
    data = {"Hint": name, "Pattern": pattern}
    return AutocompleteArg(name=name, help_text=name, type="TextInput", required=required, data=data)


def _connection(trigger: str) -> AutocompleteArg:
    data = {"FetchURL": f"builtin:{trigger}"}
    help_text = "The connection's id"
    return AutocompleteArg(
        name="connectionID", help_text=help_text, type="DynamicList", required=True, data=data
    )


def _completion(trigger: str, help_text: str, **actions: list[AutocompleteArg]) -> AutocompleteData:
    below = [
        AutocompleteData(trigger=name, role_id="system_user", arguments=arguments)
        for name, arguments in actions.items()
    ]
    return AutocompleteData(
        trigger=trigger, hint="[action]", help_text=help_text, role_id="system_user", sub_commands=below
    )


_INVITATION: Final = [_text("name"), _text("displayname", required=False), _text("password")]

COMMANDS: Final = (
    BuiltIn(
        "secure-connection",
        _not_connected("manage_secure_connections"),
        "Connect with another server",
        "[action]",
        completion=_completion(
            "secure-connection",
            "Make, remove or show connections",
            create=_INVITATION,
            accept=[*_INVITATION, _text("invite")],
            remove=[_connection("secure-connection")],
            status=[],
        ),
    ),
    BuiltIn(
        "share-channel",
        _not_connected("manage_shared_channels"),
        "Share this channel with another server",
        "[action]",
        completion=_completion(
            "share-channel",
            "Share the channel, or end that",
            invite=[_connection("share-channel"), _text("readonly", required=False, pattern="Y|N|y|n")],
            uninvite=[_connection("share-channel")],
            unshare=[],
            status=[],
        ),
    ),
)
