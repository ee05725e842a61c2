"""Slash commands, plugins, and what clients ask of the server itself."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Command, CommandArgs
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.config import overlay
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, invalid, ok
from mmhooks.devhost.tables import COMMANDS

router = Router()


@router.on("GET", "/system/ping", open_to_all=True)
def ping(call: Call) -> Any:
    return {"status": "OK", "ActiveSearchBackend": "database"}


@router.on("GET", "/license/client", open_to_all=True)
def get_client_license(call: Call) -> Any:
    return {"IsLicensed": "false"}


@router.on("POST", "/commands/execute")
def execute_command(call: Call) -> Any:
    args = call.read(CommandArgs)
    call.need_channel(args.channel_id, "create_post")
    channel = call.api.get_channel(args.channel_id)
    site = str(call.api.setting("ServiceSettings", "SiteURL") or call.request.base_url)
    return call.api.run_command(
        args.evolve(
            user_id=call.user_id,
            team_id=args.team_id or channel.team_id,
            site_url=site.rstrip("/"),
        )
    )


@router.on("POST", "/commands")
def create_command(call: Call) -> Answer:
    command = call.read(Command)
    call.need_team(command.team_id, "manage_own_slash_commands")
    return Answer(_own(call, call.api.create_command(command)), 201)


def _own(call: Call, command: Command) -> Command:
    """A person's command, as those of plugins have no creator."""
    own = command.evolve(creator_id=call.user_id, plugin_id="")
    call.host.store.update(COMMANDS, own)
    return own


@router.on("GET", "/commands/{command_id}")
def get_command(call: Call) -> Any:
    return _command(call)


@router.on("PUT", "/commands/{command_id}")
def update_command(call: Call) -> Any:
    old, new = _command(call), call.read(Command)
    if new.id != old.id:
        raise invalid("command")
    changed = call.api.update_command(old.id, new.evolve(team_id=old.team_id))
    kept = changed.evolve(creator_id=old.creator_id, plugin_id=old.plugin_id)
    call.host.store.update(COMMANDS, kept)
    return kept


@router.on("DELETE", "/commands/{command_id}")
def delete_command(call: Call) -> Any:
    call.api.delete_command(_command(call).id)
    return ok()


@router.on("PUT", "/commands/{command_id}/regen_token")
def new_token(call: Call) -> Any:
    command = _command(call).evolve(token=new_id())
    call.host.store.update(COMMANDS, command)
    return {"token": command.token}


def _command(call: Call) -> Command:
    command: Command = call.api.get_command(call.path("command_id"))
    call.need_team(command.team_id, "manage_own_slash_commands")
    if command.creator_id != call.user_id:
        call.need_team(command.team_id, "manage_others_slash_commands")
    return command


@router.on("GET", "/commands")
def list_commands(call: Call) -> Any:
    team_id = call.query("team_id")
    call.need_team(team_id, "view_team")
    if call.flag("custom_only"):
        call.need_team(team_id, "manage_own_slash_commands")
        return call.api.list_custom_commands(team_id)
    return call.api.list_commands(team_id)


@router.on("GET", "/teams/{team_id}/commands/autocomplete")
def list_autocomplete(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    found: list[Command] = call.api.list_commands(call.path("team_id"))
    return [command for command in found if command.auto_complete]


@router.on("GET", "/plugins")
def get_plugins(call: Call) -> Any:
    call.need("sysconsole_read_plugins")
    active = call.host.port is not None
    manifests = call.api.get_plugins()
    return {"active": manifests if active else [], "inactive": [] if active else manifests}


@router.on("GET", "/plugins/statuses")
def get_statuses(call: Call) -> Any:
    call.need("sysconsole_read_plugins")
    return [call.api.get_plugin_status(call.host.plugin_id)]


@router.on("GET", "/plugins/webapp", open_to_all=True)
def get_webapps(call: Call) -> Any:
    return [
        {"id": manifest["id"], "version": manifest.get("version", ""), "webapp": manifest["webapp"]}
        for manifest in call.api.get_plugins()
        if manifest.get("webapp")
    ]


@router.on("POST", "/plugins", uploads=True)
def upload_plugin(call: Call) -> Any:
    call.need("sysconsole_write_plugins")
    text = "This host runs the plugin that it was started with; start it again with: mmhooks dev."
    raise fail("uploadPlugin", "mmhooks.devhost.no_uploads", 501, text)


@router.on("POST", "/plugins/{plugin_id}/enable")
def enable_plugin(call: Call) -> Any:
    return _switch(call, True)


@router.on("POST", "/plugins/{plugin_id}/disable")
def disable_plugin(call: Call) -> Any:
    return _switch(call, False)


def _switch(call: Call, is_on: bool) -> Answer:
    call.need("sysconsole_write_plugins")
    if call.path("plugin_id") != call.host.plugin_id:
        raise fail("SwitchPlugin", "app.plugin.not_installed.app_error", 404, "There is no such plugin.")
    if call.host.switch is None:
        text = "This host's plugin is switched on and off by the program that runs it."
        raise fail("SwitchPlugin", "mmhooks.devhost.not_switchable", 501, text)
    call.host.switch(is_on)
    return Answer({"status": "OK"})


@router.on("GET", "/config")
def get_config(call: Call) -> Any:
    call.need("manage_system")
    return call.api.get_config()


@router.on("PUT", "/config/patch")
def patch_config(call: Call) -> Any:
    call.need("manage_system")
    call.api.save_config(overlay(call.api.get_config(), call.fields()))
    return call.api.get_config()
