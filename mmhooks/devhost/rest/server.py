"""What clients ask of the server itself."""

from __future__ import annotations

from typing import Any

from mmhooks.devhost.config import overlay
from mmhooks.devhost.rest.call import Call, Router

router = Router()


@router.on("GET", "/system/ping", open_to_all=True)
def ping(call: Call) -> Any:
    return {"status": "OK", "ActiveSearchBackend": "database"}


@router.on("GET", "/license/client", open_to_all=True)
def get_client_license(call: Call) -> Any:
    return {"IsLicensed": "false"}


@router.on("GET", "/config")
def get_config(call: Call) -> Any:
    call.need("manage_system")
    return call.api.get_config()


@router.on("PUT", "/config/patch")
def patch_config(call: Call) -> Any:
    call.need("manage_system")
    call.api.save_config(overlay(call.api.get_config(), call.fields()))
    return call.api.get_config()
