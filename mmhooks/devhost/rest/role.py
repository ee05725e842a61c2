"""Roles, and which permissions they grant."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Final

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Call, Router, invalid
from mmhooks.devhost.roles import ROLES

router = Router()

_MOST: Final = 100
_ALL: Final = "system_admin"


@router.on("GET", "/roles")
def get_roles(call: Call) -> Any:
    call.need("manage_system")
    return [_role(name) for name in (_ALL, *ROLES)]


@router.on("POST", "/roles/names")
def get_by_names(call: Call) -> Any:
    names = set(call.strings())
    if not names:
        raise invalid("rolenames")
    if len(names) > _MOST:
        id = "api.roles.get_multiple_by_name_too_many.request_error"
        raise fail("getRolesByNames", id, 400, f"At most {_MOST} roles are read at once.")
    return [_role(name) for name in (_ALL, *ROLES) if name in names] or None


@router.on("GET", "/roles/name/{name}")
def get_by_name(call: Call) -> Any:
    name = call.path("name")
    if name not in ROLES and name != _ALL:
        raise fail("GetRoleByName", "app.role.get_by_name.app_error", 404, "There is no such role.")
    return _role(name)


@router.on("GET", "/roles/{role_id}")
def get_role(call: Call) -> Any:
    found = [name for name in (_ALL, *ROLES) if _id(name) == call.path("role_id")]
    if not found:
        raise fail("GetRole", "app.role.get.app_error", 404, "There is no such role.")
    return _role(found[0])


def _role(name: str) -> dict[str, Any]:
    granted = frozenset().union(*ROLES.values()) if name == _ALL else ROLES[name]
    return {
        "id": _id(name),
        "name": name,
        "display_name": f"authentication.roles.{name}.name",
        "description": f"authentication.roles.{name}.description",
        "create_at": 0,
        "update_at": 0,
        "delete_at": 0,
        "permissions": sorted(granted),
        "scheme_managed": name.endswith(("_guest", "_user", "_admin")),
        "built_in": True,
    }


def _id(name: str) -> str:
    """An id of the server's form that is the same in every workspace."""
    return base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()[:26]
