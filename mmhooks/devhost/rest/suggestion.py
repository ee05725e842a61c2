"""What a client offers to whoever types a slash command."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import CommandArgs
from mmhooks.devhost.rest.call import Call, Router, invalid

router = Router()


@router.on("GET", "/teams/{team_id}/commands/autocomplete_suggestions")
def get_suggestions(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    typed = call.query("user_input")
    if not typed:
        raise invalid("userInput")
    site = str(call.api.setting("ServiceSettings", "SiteURL") or call.request.base_url)
    args = CommandArgs(
        user_id=call.user_id,
        channel_id=call.query("channel_id"),
        team_id=call.path("team_id"),
        root_id=call.query("root_id"),
        command=typed.removeprefix("/"),
        site_url=site.rstrip("/"),
    )
    role = "system_admin" if "system_admin" in call.user.roles.split() else "system_user"
    return [
        {
            "Complete": one.complete,
            "Suggestion": one.suggestion,
            "Hint": one.hint,
            "Description": one.description,
            "IconData": one.icon_data,
        }
        for one in call.api.suggest_commands(args, role)
    ]
