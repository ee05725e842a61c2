"""What hangs on an account: sessions, tokens, its password, its custom status; and how many and who there are."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.api.converter import structure
from mmhooks.api.models import CustomStatus, Permission, Session, UserAccessToken, UserSearch
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.clock import read_time
from mmhooks.devhost.ids import hash_password, verify_password
from mmhooks.devhost.rest.call import Call, Router, forbidden, invalid, ok
from mmhooks.devhost.tables import ACCESS_TOKENS, SESSIONS, UPLOADS, USERS
from mmhooks.errors import ConversionError

router = Router()

_NAMES: Final = ("username", "first_name", "last_name", "nickname")


@router.on("GET", "/users/stats")
def get_stats(call: Call) -> Any:
    return {"total_users_count": call.host.store.scalar("SELECT count(*) FROM users WHERE delete_at = 0")}


@router.on("GET", "/users/autocomplete")
def autocomplete(call: Call) -> Any:
    team_id, channel_id = call.query("in_team"), call.query("in_channel")
    if channel_id:
        call.need_channel(channel_id, "read_channel")
    if team_id:
        call.need_team(team_id, "view_team")
    most = min(call.number("limit", 100), 1000)
    search = UserSearch(term=call.query("name"), team_id=team_id, limit=most)
    if not channel_id:
        return {"users": call.api.find_users(search, _NAMES), "out_of_channel": None}
    inside = call.api.find_users(search.evolve(in_channel_id=channel_id), _NAMES)
    outside = call.api.find_users(search.evolve(not_in_channel_id=channel_id), _NAMES) if team_id else []
    return {"users": inside, "out_of_channel": outside}


@router.on("GET", "/users/{user_id}/sessions")
def get_sessions(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    rest = "WHERE user_id = ? ORDER BY last_activity_at DESC"
    return [one.evolve(token="") for one in call.host.store.select(SESSIONS, rest, call.path("user_id"))]


@router.on("POST", "/users/{user_id}/sessions/revoke")
def revoke_session(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    session_id = call.fields().get("session_id")
    if not isinstance(session_id, str) or not session_id:
        raise invalid("session_id")
    session: Session = call.api.get_session(session_id)
    if session.user_id != call.path("user_id"):
        raise fail(
            "revokeSession", "api.context.invalid_url_param.app_error", 400, "Another user has this session."
        )
    call.api.revoke_session(session.id)
    return ok()


@router.on("POST", "/users/{user_id}/sessions/revoke/all")
def revoke_sessions(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.host.store.execute("DELETE FROM sessions WHERE user_id = ?", call.path("user_id"))
    return ok()


@router.on("PUT", "/users/{user_id}/password")
def change_password(call: Call) -> Any:
    user_id, body = call.path("user_id"), call.fields()
    call.need_self(user_id)
    new = str(body.get("new_password", ""))
    user = call.api.stored_user(user_id, "GetUser")
    if user_id == call.user_id and not verify_password(str(body.get("current_password", "")), user.password):
        id = "api.user.update_password.incorrect.app_error"
        raise fail("updatePassword", id, 400, "The password as it is now is not right.")
    call.api.check_password(user.evolve(password=new))
    now = call.host.clock.now()
    changed = user.evolve(password=hash_password(new), last_password_update=now, update_at=now)
    call.host.store.update(USERS, changed)
    return ok()


@router.on("POST", "/users/{user_id}/typing")
def type_something(call: Call) -> Any:
    body = call.fields()
    call.need_self(call.path("user_id"), "manage_system")
    channel_id = str(body.get("channel_id") or "")
    may = Permission(id="create_post")
    if not call.api.has_permission_to_channel(call.path("user_id"), channel_id, may):
        raise forbidden("create_post")
    call.api.publish_user_typing(call.path("user_id"), channel_id, str(body.get("parent_id") or ""))
    return ok()


@router.on("GET", "/users/{user_id}/uploads")
def get_uploads(call: Call) -> Any:
    if call.path("user_id") != call.user_id:
        raise forbidden("manage_system")
    rest = "WHERE user_id = ? ORDER BY create_at"
    return [one.evolve(path="") for one in call.host.store.select(UPLOADS, rest, call.user_id)]


@router.on("GET", "/limits/server")
def get_limits(call: Call) -> Any:
    shown = dict.fromkeys(_USER_LIMITS, 0)
    if call.may("manage_system"):
        shown = _USER_LIMITS | {"activeUserCount": get_stats(call)["total_users_count"]}
    return {**shown, "postHistoryLimit": 0, "lastAccessiblePostTime": 0}


_USER_LIMITS: Final = {"maxUsersLimit": 200, "maxUsersHardLimit": 250, "activeUserCount": 0}
"""Of a server without a licence; the host has none."""


@router.on("PUT", "/users/{user_id}/status/custom")
def set_custom_status(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    status = _status(call)
    if not status.emoji and not status.text:
        raise invalid("custom_status")
    call.api.update_user_custom_status(call.path("user_id"), status)
    return ok()


def _status(call: Call) -> CustomStatus:
    """The body as a custom status, whose end is a time in words."""
    fields = call.fields()
    try:
        expires_at = read_time(str(fields.get("expires_at") or "0001-01-01T00:00:00Z"))
        return structure({**fields, "expires_at": expires_at}, CustomStatus)
    except (ValueError, ConversionError) as error:
        raise invalid("custom_status", str(error)) from None


@router.on("DELETE", "/users/{user_id}/status/custom")
def remove_custom_status(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.remove_user_custom_status(call.path("user_id"))
    return ok()


@router.on("DELETE", "/users/{user_id}/status/custom/recent")
@router.on("POST", "/users/{user_id}/status/custom/recent/delete")
def forget_custom_status(call: Call) -> Any:
    status = _status(call)
    call.need_self(call.path("user_id"))
    call.api.forget_custom_status(call.path("user_id"), status)
    return ok()


@router.on("POST", "/users/{user_id}/tokens")
def create_token(call: Call) -> Any:
    user_id = call.path("user_id")
    if "user_access_token_id" in call.session.props:
        raise forbidden("create_user_access_token")  # no token begets another
    _need_tokens(call, user_id, "create")
    description = str(call.fields().get("description", ""))
    if not 0 < len(description) <= 255:
        raise invalid("description")
    return call.api.create_user_access_token(UserAccessToken(user_id=user_id, description=description))


@router.on("GET", "/users/{user_id}/tokens")
def get_tokens(call: Call) -> Any:
    _need_tokens(call, call.path("user_id"), "read")
    page, per_page = call.page()
    rest = "WHERE user_id = ? LIMIT ? OFFSET ?"
    return _tokens(call, rest, call.path("user_id"), per_page, page * per_page)


@router.on("GET", "/users/tokens")
def get_all_tokens(call: Call) -> Any:
    call.need("manage_system")
    page, per_page = call.page()
    return _tokens(call, "LIMIT ? OFFSET ?", per_page, page * per_page)


@router.on("POST", "/users/tokens/search")
def search_tokens(call: Call) -> Any:
    call.need("manage_system")
    term = call.fields().get("term")
    if not term:
        raise invalid("term")
    found = "instr(access_tokens.id, ?1) OR instr(user_id, ?1) OR instr(users.username, ?1)"
    return _tokens(call, f"JOIN users ON users.id = user_id WHERE {found} LIMIT 100", str(term))


def _tokens(call: Call, rest: str, *parameters: Any) -> list[UserAccessToken]:
    return [one.evolve(token="") for one in call.host.store.select(ACCESS_TOKENS, rest, *parameters)]


@router.on("GET", "/users/tokens/{token_id}")
def get_token(call: Call) -> Any:
    return _token(call, call.path("token_id"), "read").evolve(token="")


@router.on("POST", "/users/tokens/revoke")
def revoke_token(call: Call) -> Any:
    token = _token(call, str(call.fields().get("token_id", "")), "revoke")
    call.api.revoke_user_access_token(token.id)
    return ok()


@router.on("POST", "/users/tokens/disable")
def disable_token(call: Call) -> Any:
    token = _token(call, str(call.fields().get("token_id", "")), "revoke")
    with call.host.store.transaction():
        call.host.store.update(ACCESS_TOKENS, token.evolve(is_active=False))
        call.host.store.execute("DELETE FROM sessions WHERE token = ?", token.token)
    return ok()


@router.on("POST", "/users/tokens/enable")
def enable_token(call: Call) -> Any:
    token = _token(call, str(call.fields().get("token_id", "")), "create")
    call.host.store.update(ACCESS_TOKENS, token.evolve(is_active=True))
    return ok()


def _token(call: Call, token_id: str, what: str) -> UserAccessToken:
    if not token_id:
        raise invalid("token_id")
    token = call.host.store.get(ACCESS_TOKENS, token_id)
    if token is None:
        id = "app.user_access_token.get_by_user.app_error"
        raise fail("GetUserAccessToken", id, 404, "There is no such token.")
    _need_tokens(call, token.user_id, what)
    return token


def _need_tokens(call: Call, user_id: str, what: str) -> None:
    call.need(f"{what}_user_access_token")
    call.need_self(user_id)
