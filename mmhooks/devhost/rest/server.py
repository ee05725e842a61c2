"""Plugins, and what clients ask of the server itself."""

from __future__ import annotations

from typing import Any

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.config import overlay
from mmhooks.devhost.rest.call import Answer, Call, Router

router = Router()


@router.on("GET", "/system/ping", open_to_all=True)
def ping(call: Call) -> Any:
    return {"status": "OK", "ActiveSearchBackend": "database"}


@router.on("GET", "/config/client", open_to_all=True)
def get_client_config(call: Call) -> Any:
    version = call.api.get_server_version()
    return {
        "Version": version,
        "BuildNumber": "mmhooks",
        "SiteURL": str(call.api.setting("ServiceSettings", "SiteURL") or ""),
        "SiteName": "mmhooks",
        "EnableUserCreation": "true",
        "EnableOpenServer": "true",
        "PluginsEnabled": "true",
        "CollapsedThreads": "disabled",
    }


@router.on("GET", "/license/client", open_to_all=True)
def get_client_license(call: Call) -> Any:
    return {"IsLicensed": "false"}


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
