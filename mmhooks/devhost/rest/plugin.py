"""The plugin: its state, switching it, uploading a bundle of it."""

from __future__ import annotations

from typing import Any

from mmhooks.devhost.api.account import OWNER
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Answer, Call, Router

router = Router()


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
def upload_plugin(call: Call) -> Answer:
    call.need("sysconsole_write_plugins")
    if call.host.runner is not None and OWNER not in call.session.props:
        text = "What is in a bundle runs as you do, so a password is not enough; use: mmhooks deploy --dev."
        raise fail("uploadPlugin", "mmhooks.devhost.not_owner", 403, text)
    form = call.form or {}
    part = form.get("plugin")
    if part is None or isinstance(part, str):
        id = "api.plugin.upload.no_file.app_error"
        raise fail("uploadPlugin", id, 400, "The form has no file named plugin.")
    return Answer(call.api.install_uploaded(part.file, replace=form.get("force") == "true"), 201)


@router.on("POST", "/plugins/{plugin_id}/enable")
def enable_plugin(call: Call) -> Any:
    return _switch(call, True)


@router.on("POST", "/plugins/{plugin_id}/disable")
def disable_plugin(call: Call) -> Any:
    return _switch(call, False)


@router.on("GET", "/plugins/marketplace")
@router.on("POST", "/plugins/marketplace")
def refuse_marketplace(call: Call) -> Any:
    id = "app.plugin.marketplace_disabled.app_error"
    raise fail("Marketplace", id, 501, "The embedded host has no marketplace; upload a bundle.")


@router.on("DELETE", "/plugins/{plugin_id}")
def remove_plugin(call: Call) -> Any:
    """What is left is switched off: the host has no other plugin."""
    return _switch(call, False)


def _switch(call: Call, is_on: bool) -> Answer:
    call.need("sysconsole_write_plugins")
    if call.path("plugin_id") != call.host.plugin_id:
        raise fail("SwitchPlugin", "app.plugin.not_installed.app_error", 404, "There is no such plugin.")
    if call.host.runner is None:
        text = "This host's plugin is switched on and off by the program that runs it."
        raise fail("SwitchPlugin", "mmhooks.devhost.not_switchable", 501, text)
    call.host.runner.switch(is_on)
    return Answer({"status": "OK"})
