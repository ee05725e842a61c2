"""Commands about channels and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mmhooks.api.models import (
    AutocompleteArg,
    AutocompleteData,
    Channel,
    CommandArgs,
    CommandResponse,
    User,
)
from mmhooks.devhost.builtin.entry import BuiltIn, find_channel, find_user, go_to, may_in, psst
from mmhooks.errors import AppError

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI

_KINDS: Final = {"O": "public", "P": "private"}
_LONGEST_NAME: Final = 64
_NOT_IN_TEAM: Final = (
    "app.team.get_member.missing.app_error",
    "api.channel.add_user.to.channel.failed.deleted.app_error",
)


def _may_edit(app: HostAPI, args: CommandArgs, channel: Channel) -> bool:
    return may_in(app, args, channel, f"manage_{_KINDS[channel.type]}_channel_properties")


def _header(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    channel = app.get_channel(args.channel_id)
    is_direct = channel.type not in _KINDS
    member = app.maybe_channel_member(channel.id, args.user_id)
    if not (member is not None if is_direct else _may_edit(app, args, channel)):
        return psst("You may not change the header of this channel.")
    return _changed(app, args, channel, "header", text)


def _purpose(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    channel = app.get_channel(args.channel_id)
    if channel.type not in _KINDS:
        return psst("A direct or group channel has no purpose; it has a /header.")
    if not _may_edit(app, args, channel):
        return psst("You may not change the purpose of this channel.")
    return _changed(app, args, channel, "purpose", text)


def _rename(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    channel = app.get_channel(args.channel_id)
    if channel.type not in _KINDS:
        return psst("A direct or group channel cannot be renamed.")
    if not _may_edit(app, args, channel):
        return psst("You may not rename this channel.")
    if len(text.encode()) > _LONGEST_NAME:
        return psst(f"A channel's name has at most {_LONGEST_NAME} characters.")
    return _changed(app, args, channel, "display_name", text)


def _changed(app: HostAPI, args: CommandArgs, channel: Channel, field: str, text: str) -> CommandResponse:
    if not text:
        return psst("This command needs a text.")
    try:
        app.patch_channel(channel, args.user_id, **{field: text})
    except AppError as error:
        return psst(f"The channel could not be changed: {error.message}")
    return CommandResponse()


def _join(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    name = text[1:] if text.startswith("~") else text.lower()
    channel = find_channel(app, args.team_id, name)
    if channel is None:
        return psst("There is no such channel.")
    needed = {"O": "join_public_channels", "P": "read_channel"}.get(channel.type)
    if needed is None or not may_in(app, args, channel, needed):
        return psst("You cannot join this channel.")
    try:
        if app.maybe_channel_member(channel.id, args.user_id) is None:
            if channel.type != "O":
                return psst("You cannot join this channel.")
            app.add_channel_member(channel.id, args.user_id)
        return go_to(app, args, channel.name)
    except AppError:
        return psst("You cannot join this channel.")


def _leave(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    try:
        app.delete_channel_member(args.channel_id, args.user_id)
    except AppError as error:
        return psst(error.message)
    member = app.maybe_team_member(args.team_id, args.user_id)
    if member is None or member.delete_at:
        return CommandResponse(goto_location=f"{args.site_url}/")
    return go_to(app, args, "town-square")


def _remove(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    channel = app.get_channel(args.channel_id)
    if channel.type not in _KINDS:
        return psst("Nobody can be removed from a direct or group channel.")
    if not may_in(app, args, channel, f"manage_{_KINDS[channel.type]}_channel_members"):
        return psst("You may not remove anybody from this channel.")
    user = find_user(app, text.partition(" ")[0].removeprefix("@")) if text else None
    if user is None or user.delete_at:
        return psst("There is no such user." if text else "Whom? Give a name.")
    if app.maybe_channel_member(channel.id, user.id) is None:
        return psst(f"{user.username} is not in this channel.")
    try:
        app.remove_channel_member(channel, user, app.get_user(args.user_id))
    except AppError as error:
        return psst(error.message)
    return CommandResponse()


def _mute(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    here = app.get_channel(args.channel_id)
    name = text.split(" ")[0].removeprefix("~")
    channel = find_channel(app, here.team_id, name) if name else here
    if channel is None:
        return psst(f"There is no channel {name}.")
    member = app.maybe_channel_member(channel.id, args.user_id)
    if member is None:
        return psst(f"You are not in the channel {name}.")
    is_muted = member.notify_props.get("mark_unread") == "mention"
    wanted = {"mark_unread": "all" if is_muted else "mention"}
    app.update_channel_member_notifications(channel.id, args.user_id, wanted)
    title = "This channel" if channel.type not in _KINDS else channel.display_name
    return psst(f"{title} is {'no longer muted' if is_muted else 'muted until you say /mute again'}.")


def _invite(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    users, channels, said = _invited(app, args, text)
    if not users or (said and not channels):
        return psst("\n".join(said) or "Whom? Give their names, and channels if need be.")
    allowed = [
        one for one in channels or [app.get_channel(args.channel_id)] if _may_invite(app, args, one, said)
    ]
    for channel in allowed:
        said += [line for user in users if (line := _invite_one(app, args, channel, user))]
    return psst("\n".join(said))


def _invited(app: HostAPI, args: CommandArgs, text: str) -> tuple[list[User], list[Channel], list[str]]:
    """Return the users and channels that are named, and what to say of names that are nobody's."""
    users: list[User] = []
    channels: list[Channel] = []
    said: list[str] = []
    for place, word in enumerate(text.split(" ")):
        if word.startswith("@") or (word and place == 0 and not word.startswith("~")):
            user = find_user(app, word.removeprefix("@"))
            if user is None or user.delete_at:
                said.append(f"There is no user {word}.")
            else:
                users.append(user)
        elif word:
            channel = find_channel(app, args.team_id, word.removeprefix("~"))
            if channel is None:
                said.append(f"There is no channel {word}.")
            else:
                channels.append(channel)
    return users, channels, said


def _may_invite(app: HostAPI, args: CommandArgs, channel: Channel, said: list[str]) -> bool:
    if channel.type not in _KINDS:
        said.append("Nobody can be added to a direct or group channel.")
    elif not may_in(app, args, channel, f"manage_{_KINDS[channel.type]}_channel_members"):
        is_seen = channel.type == "O" or app.maybe_channel_member(channel.id, args.user_id)
        name = channel.name
        said.append(f"You may not add anybody to {name}." if is_seen else f"There is no channel {name}.")
    else:
        return True
    return False


def _invite_one(app: HostAPI, args: CommandArgs, channel: Channel, user: User) -> str:
    if app.maybe_channel_member(channel.id, user.id) is not None:
        return f"@{user.username} is in the channel already."
    try:
        app.add_user_to_channel(channel.id, user.id, args.user_id)
    except AppError as error:
        if error.id in _NOT_IN_TEAM:
            return f"@{user.username} is not a member of the team."
        return f"@{user.username} could not be added."
    return "" if channel.id == args.channel_id else f"@{user.username} is now in {channel.name}."


_RENAME: Final = AutocompleteData(
    trigger="rename",
    hint="[text]",
    help_text="Rename the channel",
    role_id="system_user",
    arguments=[
        AutocompleteArg(
            help_text="The new name", type="TextInput", required=True, data={"Hint": "[text]", "Pattern": ""}
        )
    ],
)

COMMANDS: Final = (
    BuiltIn("header", _header, "Change the channel's header", "[text]"),
    BuiltIn("purpose", _purpose, "Change the channel's purpose", "[text]"),
    BuiltIn("rename", _rename, "Rename the channel", "[text]", completion=_RENAME),
    BuiltIn("join", _join, "Join a channel", "~[channel]"),
    BuiltIn("open", _join, "Join a channel", "~[channel]"),
    BuiltIn("leave", _leave, "Leave this channel"),
    BuiltIn("invite", _invite, "Add people to a channel", "@[name]... ~[channel]..."),
    BuiltIn("remove", _remove, "Remove somebody from this channel", "@[name]"),
    BuiltIn("kick", _remove, "Remove somebody from this channel", "@[name]"),
    BuiltIn("mute", _mute, "Mute a channel, or end that", "~[channel]"),
)
