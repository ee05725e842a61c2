"""Threads that a user follows."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.api.thread import Wanted
from mmhooks.devhost.rest.call import Call, Router, ok

router = Router()

_ALL: Final = "/users/{user_id}/teams/{team_id}/threads"
_ONE: Final = f"{_ALL}/{{thread_id}}"


@router.on("GET", _ALL)
def get_threads(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    if call.query("before") and call.query("after"):
        raise _bad("bad_params")
    if call.flag("totalsOnly") and call.flag("threadsOnly"):
        raise _bad("bad_only_params")
    wanted = Wanted(
        limit=call.page(60)[1],
        before=call.query("before"),
        after=call.query("after"),
        since=call.number("since"),
        unread=call.flag("unread"),
        extended=call.flag("extended"),
        without_direct=call.flag("excludeDirect"),
    )
    found = call.api.followed_threads(call.path("user_id"), call.path("team_id"), wanted)
    if call.flag("totalsOnly"):
        return found | {"threads": None}
    if call.flag("threadsOnly"):
        return {name: 0 for name in found if name != "threads"} | {"threads": found["threads"]}
    return found


def _bad(name: str) -> Exception:
    id = f"api.getThreadsForUser.{name}"
    return fail("api.getThreadsForUser", id, 400, "Two of the parameters exclude each other.")


@router.on("PUT", f"{_ALL}/read")
def read_threads(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    call.api.read_threads(call.path("user_id"), call.path("team_id"))
    return ok()


@router.on("GET", _ONE)
def get_thread(call: Call) -> Any:
    user_id, _, thread_id = _which(call)
    return call.api.followed_thread(user_id, thread_id, extended=call.flag("extended"))


@router.on("PUT", f"{_ONE}/following")
def follow(call: Call) -> Any:
    call.api.follow_thread(*_which(call), True)
    return ok()


@router.on("DELETE", f"{_ONE}/following")
def unfollow(call: Call) -> Any:
    call.api.follow_thread(*_which(call), False)
    return ok()


@router.on("PUT", f"{_ONE}/read/{{timestamp}}")
def read_thread(call: Call) -> Any:
    at = call.path("timestamp")
    if not at.isdecimal() or not int(at):
        raise fail("Context", "api.context.invalid_url_param.app_error", 400, "This is no time.")
    return call.api.read_thread(*_which(call), int(at))


@router.on("POST", f"{_ONE}/set_unread/{{post_id}}")
def unread_thread(call: Call) -> Any:
    return call.api.unread_thread(*_which(call), call.path("post_id"))


def _which(call: Call) -> tuple[str, str, str]:
    """User, team and thread, if the caller may see it."""
    call.need_self(call.path("user_id"))
    call.need_channel(call.api.get_post(call.path("thread_id")).channel_id, "read_channel_content")
    return call.path("user_id"), call.path("team_id"), call.path("thread_id")
