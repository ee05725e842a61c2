"""Bots."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Bot, BotGetOptions, BotPatch
from mmhooks.devhost.rest.call import Answer, Call, Router

router = Router()


@router.on("POST", "/bots")
def create_bot(call: Call) -> Answer:
    call.need("create_bot")
    body = call.read(Bot)
    new = Bot(
        username=body.username,
        display_name=body.display_name,
        description=body.description,
        owner_id=call.user_id,
    )
    return Answer(call.api.create_bot(new), 201)


@router.on("GET", "/bots")
def get_bots(call: Call) -> Any:
    page, per_page = call.page()
    options = BotGetOptions(
        page=page,
        per_page=per_page,
        include_deleted=call.flag("include_deleted"),
        only_orphaned=call.flag("only_orphaned"),
        owner_id="" if call.may("read_others_bots") else call.user_id,
    )
    return call.api.get_bots(options)


@router.on("GET", "/bots/{bot_id}")
def get_bot(call: Call) -> Any:
    bot = call.api.get_bot(call.path("bot_id"), call.flag("include_deleted"))
    _need(call, bot, "read")
    return bot


@router.on("PUT", "/bots/{bot_id}")
def patch_bot(call: Call) -> Any:
    _need(call, call.api.get_bot(call.path("bot_id"), True), "manage")
    return call.api.patch_bot(call.path("bot_id"), call.read(BotPatch))


@router.on("POST", "/bots/{bot_id}/enable")
def enable_bot(call: Call) -> Any:
    return _switch(call, True)


@router.on("POST", "/bots/{bot_id}/disable")
def disable_bot(call: Call) -> Any:
    return _switch(call, False)


def _switch(call: Call, is_on: bool) -> Bot:
    _need(call, call.api.get_bot(call.path("bot_id"), True), "manage")
    return call.api.update_bot_active(call.path("bot_id"), is_on)


@router.on("POST", "/bots/{bot_id}/assign/{user_id}")
def assign_bot(call: Call) -> Any:
    bot = call.api.get_bot(call.path("bot_id"), True)
    _need(call, bot, "manage")
    owner = call.api.get_user(call.path("user_id"))
    call.host.store.execute("UPDATE bots SET owner_id = ? WHERE user_id = ?", owner.id, bot.user_id)
    return call.api.get_bot(bot.user_id, True)


def _need(call: Call, bot: Bot, what: str) -> None:
    """A bot that one may not know of is not there, as on the server."""
    if call.may(f"{what}_others_bots") or (bot.owner_id == call.user_id and call.may(f"{what}_bots")):
        return
    if not call.may("read_others_bots"):
        call.api.get_bot("", True)  # there is no such bot
    call.need(f"{what}_others_bots")
