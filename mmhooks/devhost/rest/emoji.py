"""Emoji that a workspace has of its own."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.responses import StreamingResponse

from mmhooks.api.converter import structure
from mmhooks.api.models import Emoji
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Answer, Call, Router, forbidden, invalid, ok
from mmhooks.devhost.tables import EMOJIS
from mmhooks.errors import ConversionError

router = Router()

_MOST: Final = 200


@router.on("POST", "/emoji", uploads=True)
def create_emoji(call: Call) -> Answer:
    call.need("create_emojis")
    if call.form is None or isinstance(call.form.get("image", ""), str):
        raise invalid("image")
    try:
        emoji = structure(json.loads(str(call.form.get("emoji", ""))), Emoji)
    except (ValueError, ConversionError):
        raise invalid("emoji") from None
    if emoji.creator_id != call.user_id:
        raise forbidden("create_emojis")
    return Answer(call.api.save_emoji(emoji, call.form["image"].file), 201)


@router.on("GET", "/emoji")
def get_list(call: Call) -> Any:
    sort = call.query("sort")
    if sort not in ("", "name"):
        raise fail(
            "getEmojiList", "api.context.invalid_url_param.app_error", 400, "Emoji are sorted by name."
        )
    return call.api.get_emoji_list(sort, *call.page())


@router.on("GET", "/emoji/autocomplete")
def autocomplete(call: Call) -> Any:
    if not call.query("name"):
        raise fail("autocompleteEmojis", "api.context.invalid_url_param.app_error", 400, "No name is given.")
    return _starting(call, call.query("name"), "")


@router.on("POST", "/emoji/search")
def search(call: Call) -> Any:
    body = call.fields()
    term = body.get("term")
    if not isinstance(term, str) or not term:
        raise invalid("term")
    return _starting(call, term, "" if body.get("prefix_only") else "%")


def _starting(call: Call, term: str, before: str) -> list[Emoji]:
    plain = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rest = "WHERE name LIKE ? ESCAPE char(92) AND delete_at = 0 ORDER BY name LIMIT 100"
    return call.host.store.select(EMOJIS, rest, f"{before}{plain}%")


@router.on("POST", "/emoji/names")
def get_by_names(call: Call) -> Any:
    names = sorted(set(call.strings()))
    if not names:
        raise invalid("names")
    if len(names) > _MOST:
        id = "api.emoji.get_multiple_by_name_too_many.request_error"
        raise fail("getEmojisByNames", id, 400, f"At most {_MOST} emoji are read at once.")
    return call.host.store.among(EMOJIS, "name", names, "AND delete_at = 0 ORDER BY name")


@router.on("GET", "/emoji/name/{name}")
def get_by_name(call: Call) -> Any:
    return call.api.get_emoji_by_name(call.path("name"))


@router.on("GET", "/emoji/{emoji_id}")
def get_emoji(call: Call) -> Any:
    return call.api.get_emoji(call.path("emoji_id"))


@router.on("GET", "/emoji/{emoji_id}/image")
def get_image(call: Call) -> Any:
    body, kind = call.api.get_emoji_image(call.path("emoji_id"))
    return StreamingResponse(
        iter(body), media_type=f"image/{kind}", headers={"X-Content-Type-Options": "nosniff"}
    )


@router.on("DELETE", "/emoji/{emoji_id}")
def delete_emoji(call: Call) -> Any:
    emoji = call.api.get_emoji(call.path("emoji_id"))
    call.need("delete_emojis" if emoji.creator_id == call.user_id else "delete_others_emojis")
    now = call.host.clock.now()
    call.host.store.update(EMOJIS, emoji.evolve(delete_at=now, update_at=now))
    call.api.drop_blob(f"emoji/{emoji.id}/image")
    return ok()
