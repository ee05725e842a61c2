"""Categories of the sidebar."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import SidebarCategoryWithChannels
from mmhooks.devhost.rest.call import Call, Router, forbidden, invalid, ok
from mmhooks.errors import AppError

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


@router.on("GET", f"{_PATH}/order")
def get_order(call: Call) -> Any:
    return call.api.get_channel_sidebar_categories(*_whose(call)).order


@router.on("PUT", f"{_PATH}/order")
def set_order(call: Call) -> Any:
    order = call.strings()
    user_id, team_id = _whose(call)
    mine = call.api.get_channel_sidebar_categories(user_id, team_id).order
    if not set(order) <= set(mine):
        raise invalid("category")
    call.api.order_categories(user_id, team_id, order)
    return order


@router.on("GET", f"{_PATH}/{{category_id}}")
def get_category(call: Call) -> Any:
    return _category(call)


@router.on("PUT", f"{_PATH}/{{category_id}}")
def update_category(call: Call) -> Any:
    category = _category(call)
    changed = call.read(SidebarCategoryWithChannels).evolve(id=category.id)
    if (changed.user_id, changed.team_id) != (category.user_id, category.team_id):
        raise invalid("category")
    return call.api.update_channel_sidebar_categories(category.user_id, category.team_id, [changed])[0]


@router.on("DELETE", f"{_PATH}/{{category_id}}")
def delete_category(call: Call) -> Any:
    call.api.delete_category(_category(call))
    return ok()


def _category(call: Call) -> SidebarCategoryWithChannels:
    """The category, if it is the user's."""
    try:
        category = call.api.category(call.path("category_id"))
    except AppError:
        raise forbidden("edit_other_users") from None
    call.need_self(category.user_id)
    if (category.user_id, category.team_id) != (call.path("user_id"), call.path("team_id")):
        raise forbidden("edit_other_users")
    call.need_team(category.team_id, "view_team")
    return category


def _whose(call: Call) -> tuple[str, str]:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    return call.path("user_id"), call.path("team_id")
