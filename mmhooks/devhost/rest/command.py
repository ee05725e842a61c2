"""Slash commands: running them, and the custom ones of teams."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Command, CommandArgs, Permission
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, invalid, ok
from mmhooks.devhost.tables import COMMANDS
from mmhooks.errors import AppError

router = Router()

_OWN = "manage_own_slash_commands"
_OTHERS = "manage_others_slash_commands"


@router.on("POST", "/commands/execute")
def execute_command(call: Call) -> Any:
    args = call.read(CommandArgs)
    if len(args.command) < 2 or not args.command.startswith("/") or not is_id(args.channel_id):
        id = "api.command.execute_command.start.app_error"
        raise fail("executeCommand", id, 400, "A command is a slash and a name, in a channel.")
    call.need_channel(args.channel_id, "create_post")
    channel = call.api.get_channel(args.channel_id)
    if channel.delete_at:
        id = "api.command.execute_command.deleted.error"
        raise fail("createPost", id, 400, "The channel is archived.")
    member = call.api.maybe_team_member(args.team_id, call.user_id)
    if channel.type in ("D", "G") and (member is None or member.delete_at):
        call.need("create_post")
    url = call.request.url
    return call.api.run_command(
        args.evolve(
            user_id=call.user_id,
            team_id=channel.team_id or args.team_id,
            site_url=f"{url.scheme}://{url.netloc}",
        )
    )


@router.on("POST", "/commands")
def create_command(call: Call) -> Answer:
    command = call.read(Command)
    call.need_team(command.team_id, _OWN)
    _need_commands(call)
    own = call.api.create_command(command).evolve(creator_id=call.user_id, plugin_id="")
    call.host.store.update(COMMANDS, own)
    return Answer(own, 201)


@router.on("GET", "/commands/{command_id}")
def get_command(call: Call) -> Any:
    return _seen(call)


@router.on("PUT", "/commands/{command_id}")
def update_command(call: Call) -> Any:
    new = call.read(Command)
    if new.id != call.path("command_id"):
        raise invalid("command")
    old = _command(call)
    if new.team_id != old.team_id:
        id = "api.command.team_mismatch.app_error"
        raise fail("updateCommand", id, 400, "A command cannot be given to another team.")
    old = _own(call)
    kept = call.api.update_command(old.id, new).evolve(creator_id=old.creator_id, plugin_id=old.plugin_id)
    call.host.store.update(COMMANDS, kept)
    return kept


@router.on("DELETE", "/commands/{command_id}")
def delete_command(call: Call) -> Any:
    call.api.delete_command(_own(call).id)
    return ok()


@router.on("PUT", "/commands/{command_id}/regen_token")
def new_token(call: Call) -> Any:
    command = _own(call).evolve(token=new_id())
    call.host.store.update(COMMANDS, command)
    return {"token": command.token}


def _command(call: Call) -> Command:
    _need_commands(call)
    try:
        command: Command = call.api.get_command(call.path("command_id"))
    except AppError:
        raise _unknown() from None
    return command


def _seen(call: Call) -> Command:
    """The command, unless the caller is not to know that there is one."""
    command = _command(call)
    try:
        call.need_team(command.team_id, _OWN)
    except AppError:
        raise _unknown() from None
    return command


def _own(call: Call) -> Command:
    command = _seen(call)
    if command.creator_id != call.user_id:
        call.need_team(command.team_id, _OTHERS)
    return command


def _unknown() -> AppError:
    return fail("GetCommand", "store.sql_command.save.get.app_error", 404, "There is no such command.")


def _need_commands(call: Call) -> None:
    if not call.api.setting("ServiceSettings", "EnableCommands"):
        text = "Commands are switched off."
        raise fail("ListTeamCommands", "api.command.disabled.app_error", 501, text)


@router.on("GET", "/commands")
def list_commands(call: Call) -> Any:
    team_id = call.query("team_id")
    if not team_id:
        raise invalid("team_id")
    call.need_team(team_id, "view_team")
    if call.flag("custom_only"):
        call.need_team(team_id, _OWN)
        _need_commands(call)
        return call.api.list_custom_commands(team_id)
    manages = call.api.has_permission_to_team(call.user_id, team_id, Permission(id=_OWN))
    return call.api.offered_commands(team_id, hidden=manages)


@router.on("GET", "/teams/{team_id}/commands/autocomplete")
def list_autocomplete(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    return call.api.offered_commands(call.path("team_id"))
