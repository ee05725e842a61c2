"""Categories of the sidebar."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import SidebarCategoryWithChannels
from mmhooks.devhost.rest.call import Call, Router

router = Router()

_PATH = "/users/{user_id}/teams/{team_id}/channels/categories"


@router.on("GET", _PATH)
def get_categories(call: Call) -> Any:
    return call.api.get_channel_sidebar_categories(*_whose(call))


@router.on("POST", _PATH)
def create_category(call: Call) -> Any:
    new = call.read(SidebarCategoryWithChannels)
    return call.api.create_channel_sidebar_category(*_whose(call), new)


@router.on("PUT", _PATH)
def update_categories(call: Call) -> Any:
    changed = call.items(SidebarCategoryWithChannels)
    return call.api.update_channel_sidebar_categories(*_whose(call), changed)


def _whose(call: Call) -> tuple[str, str]:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    return call.path("user_id"), call.path("team_id")
