"""Emoji that a workspace has of its own."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from starlette.responses import StreamingResponse

from mmhooks.api.models import Emoji
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, invalid, ok
from mmhooks.devhost.tables import EMOJIS

router = Router()
_NAME: Final = re.compile(r"[a-zA-Z0-9\-+_]{1,64}")


@router.on("POST", "/emoji", uploads=True)
def create_emoji(call: Call) -> Answer:
    call.need("create_emojis")
    image = call.form.get("image") if call.form is not None else None
    if image is None or isinstance(image, str):
        raise invalid("image")
    name = _name(call)
    if call.host.store.first(EMOJIS, "name = ? AND delete_at = 0", name) is not None:
        raise fail("createEmoji", "api.emoji.create.duplicate.app_error", 400, "Another emoji has this name.")
    now = call.host.clock.now()
    emoji = Emoji(id=new_id(), create_at=now, update_at=now, creator_id=call.user_id, name=name)
    call.api.write_blob(f"emoji/{emoji.id}/image", image.file)
    call.host.store.insert(EMOJIS, emoji)
    call.api.publish("emoji_added", emoji=emoji)
    return Answer(emoji, 201)


def _name(call: Call) -> str:
    try:
        body = json.loads(str(call.form.get("emoji", "")))
        name = body["name"]
    except (ValueError, TypeError, KeyError):
        raise invalid("emoji") from None
    if body.get("creator_id") != call.user_id:
        raise fail(
            "createEmoji", "api.emoji.create.other_user.app_error", 403, "An emoji is made in one's own name."
        )
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise fail("Emoji.IsValid", "model.emoji.name.app_error", 400, "This is no valid name of an emoji.")
    return name


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
