"""Commands about whoever types them, and about who else may come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mmhooks.api.models import (
    CommandArgs,
    CommandResponse,
    CustomStatus,
    Permission,
    Preference,
)
from mmhooks.devhost.builtin.entry import BuiltIn, Run, psst
from mmhooks.devhost.tables import PREFERENCES
from mmhooks.errors import AppError

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI

_EMOJI: Final = re.compile(r":([a-zA-Z0-9_+-]+):")
_LONGEST_STATUS: Final = 100


def _status(name: str, text: str) -> Run:
    def run(app: HostAPI, args: CommandArgs, rest: str) -> CommandResponse:
        app.update_user_status(args.user_id, name)
        return psst(text)

    return run


def _custom_status(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse | None:
    if not app.setting("TeamSettings", "EnableCustomUserStatuses"):
        return None
    text = text.strip()
    try:
        if text == "clear":
            app.remove_user_custom_status(args.user_id)
            return psst("Your status is cleared.")
        found = _EMOJI.match(text)
        emoji, words = (found[1], text[found.end() :].strip()) if found else ("speech_balloon", text)
        app.update_user_custom_status(args.user_id, CustomStatus(emoji=emoji, text=words[:_LONGEST_STATUS]))
    except AppError:
        return psst("Your status could not be changed.")
    return psst(f"Your status is now :{emoji}: {words[:_LONGEST_STATUS]}".rstrip())


def _previews(collapse: str, text: str) -> Run:
    def run(app: HostAPI, args: CommandArgs, rest: str) -> CommandResponse:
        preference = Preference(
            user_id=args.user_id, category="display_settings", name="collapse_previews", value=collapse
        )
        app.store.put(PREFERENCES, preference)  # no hook tells of this one
        app.publish("preference_changed", user_id=args.user_id, preference=preference)
        return psst(text)

    return run


def _invite_people(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    needed = ("invite_user", "add_user_to_team")
    if not all(app.has_permission_to_team(args.user_id, args.team_id, Permission(id=one)) for one in needed):
        return psst("You may not invite people to this team.")
    if not _sends_invitations(app):
        return psst("Nobody is invited: invitations by email are switched off.")
    addresses = [word.strip(",") for word in text.split() if "@" in word]
    for address in addresses:
        app.host.log("info", "an invitation would be sent", to=address, team_id=args.team_id)
    return psst("The invitations are sent." if addresses else "Whom? Give their email addresses.")


def _sends_invitations(app: HostAPI) -> bool:
    needed = (
        ("EmailSettings", "SendEmailNotifications"),
        ("TeamSettings", "EnableUserCreation"),
        ("ServiceSettings", "EnableEmailInvitations"),
    )
    return all(app.setting(*one) for one in needed)


COMMANDS: Final = (
    BuiltIn("away", _status("away", "You are away."), "Set your status to away"),
    BuiltIn("dnd", _status("dnd", "You are not disturbed from now on."), "Set your status to do not disturb"),
    BuiltIn("offline", _status("offline", "You are offline."), "Set your status to offline"),
    BuiltIn("online", _status("online", "You are online."), "Set your status to online"),
    BuiltIn("status", _custom_status, "Set or clear a status of your own", "[:emoji:] [text] or clear"),
    BuiltIn(
        "collapse", _previews("true", "Previews of images are collapsed."), "Collapse previews of images"
    ),
    BuiltIn("expand", _previews("false", "Previews of images are shown."), "Show previews of images"),
    BuiltIn(
        "invite_people",
        _invite_people,
        "Invite people to the team by email",
        "[address ...]",
        is_listed=_sends_invitations,
    ),
)
