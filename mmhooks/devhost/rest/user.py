"""Accounts, log-in, sessions, tokens, statuses and preferences."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from mmhooks.api.models import Preference, Status, User, UserGetOptions, UserSearch
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import verify_password
from mmhooks.devhost.picture import plain_picture
from mmhooks.devhost.rest.call import COOKIE, Answer, Call, Router, etag, invalid, ok
from mmhooks.devhost.tables import USERS
from mmhooks.errors import AppError

router = Router()

_MOST_PREFERENCES: Final = 100
_DAY: Final = 24 * 60 * 60
"""In seconds."""


@router.on("POST", "/users/login", open_to_all=True)
def log_in(call: Call) -> Answer:
    body = call.fields()
    user = _known(call, str(body.get("login_id") or body.get("id") or ""))
    if user is None or not verify_password(str(body.get("password", "")), user.password):
        raise _invalid_credentials()
    try:
        session = call.api.log_in(call.api.get_user(user.id), str(body.get("device_id", "")))
    except AppError as error:
        if error.status_code == 400:  # who logs in does not learn that a plugin refused
            raise _invalid_credentials() from error
        raise
    cookie = f"{COOKIE}={session.token}; Path=/; HttpOnly; SameSite=Lax"
    return Answer(call.api.get_user(user.id), headers={"Token": session.token, "Set-Cookie": cookie})


def _invalid_credentials() -> AppError:
    text = "Enter a valid email or username and/or password."
    return fail("Login", "api.user.login.invalid_credentials_email_username", 401, text)


def _known(call: Call, name: str) -> User | None:
    stored = call.host.store.first(USERS, "username = ? OR email = ?", name.lower(), name.lower())
    return stored if stored is not None and stored.password else None


@router.on("POST", "/users/logout", open_to_all=True)
def log_out(call: Call) -> Answer:
    if call.session.id:
        call.api.revoke_session(call.session.id)
    return Answer(ok(), headers={"Set-Cookie": f"{COOKIE}=; Path=/; Max-Age=0"})


@router.on("POST", "/users", open_to_all=True)
def create_user(call: Call) -> Answer:
    user = call.read(User)
    return Answer(call.api.create_user(user.evolve(roles="")), 201)


@router.on("GET", "/users")
def get_users(call: Call) -> Any:
    page, per_page = call.page()
    if channel_id := call.query("in_channel"):
        call.need_channel(channel_id, "read_channel")
        return call.api.get_users_in_channel(channel_id, "username", page, per_page)
    if team_id := call.query("in_team"):
        call.need_team(team_id, "view_team")
        return call.api.get_users_in_team(team_id, page, per_page)
    return call.api.get_users(UserGetOptions(page=page, per_page=per_page, active=call.flag("active")))


@router.on("POST", "/users/ids")
def get_users_by_ids(call: Call) -> Any:
    return call.api.get_users_by_ids(call.strings())


@router.on("POST", "/users/usernames")
def get_users_by_usernames(call: Call) -> Any:
    return call.api.get_users_by_usernames(call.strings())


@router.on("POST", "/users/search")
def search_users(call: Call) -> Any:
    search = call.read(UserSearch)
    return call.api.find_users(search.evolve(limit=search.limit or 100))


@router.on("POST", "/users/status/ids")
def get_statuses(call: Call) -> Any:
    return call.api.get_user_statuses_by_ids(call.strings())


@router.on("GET", "/users/username/{username}")
def get_user_by_username(call: Call) -> Any:
    return _tagged(call, call.api.get_user_by_username(call.path("username")))


@router.on("GET", "/users/email/{email}")
def get_user_by_email(call: Call) -> Any:
    return _tagged(call, call.api.get_user_by_email(call.path("email")))


@router.on("GET", "/users/{user_id}")
def get_user(call: Call) -> Any:
    return _tagged(call, call.api.get_user(call.path("user_id")))


def _tagged(call: Call, user: User) -> Answer:
    return call.tagged(etag(user.id, user.update_at, user.bot_last_icon_update), lambda: user)


@router.on("PUT", "/users/{user_id}/patch")
def patch_user(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    body = call.fields()
    changes: dict[str, Any] = {name: str(body[name]) for name in _PATCHED if body.get(name) is not None}
    return call.api.update_user(call.api.get_user(call.path("user_id")).evolve(**changes))


_PATCHED = ("username", "email", "nickname", "first_name", "last_name", "position", "locale")


@router.on("DELETE", "/users/{user_id}")
def delete_user(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.update_user_active(call.path("user_id"), False)
    return ok()


@router.on("PUT", "/users/{user_id}/active")
def set_active(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.update_user_active(call.path("user_id"), bool(call.fields().get("active")))
    return ok()


@router.on("PUT", "/users/{user_id}/roles")
def set_roles(call: Call) -> Any:
    roles = str(call.fields().get("roles", ""))
    if roles.strip() == "system_admin":  # an administrator is a user as well
        raise invalid("roles")
    call.need("manage_roles")
    call.api.update_user_roles(call.path("user_id"), roles)
    return ok()


@router.on("GET", "/users/{user_id}/status")
def get_status(call: Call) -> Any:
    try:
        return call.api.get_user_status(call.path("user_id"))
    except AppError:
        return Status(user_id=call.path("user_id"), status="offline")


@router.on("PUT", "/users/{user_id}/status")
def set_status(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.update_user_status(call.path("user_id"), str(call.fields().get("status", "")))


@router.on("GET", "/users/{user_id}/image")
def get_image(call: Call) -> Any:
    user = call.api.get_user(call.path("user_id"))
    if not user.last_picture_update:  # the server makes one, and does not tag it
        return _image(call, user.id, 5 * 60)
    return call.tagged(str(user.last_picture_update), lambda: _image(call, user.id, _DAY))


def _image(call: Call, user_id: str, seconds: int) -> StreamingResponse:
    headers = {"Cache-Control": f"max-age={seconds}, private"}
    return StreamingResponse(iter(call.api.get_profile_image(user_id)), 200, headers, "image/png")


@router.on("POST", "/users/{user_id}/image", uploads=True)
def set_image(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    if call.form is None or "image" not in call.form:
        raise invalid("image")
    call.api.set_profile_image(call.path("user_id"), call.form["image"].file)
    return ok()


@router.on("GET", "/users/{user_id}/image/default")
def get_default_image(call: Call) -> Any:
    picture = plain_picture(call.api.get_user(call.path("user_id")).username)
    return Response(picture, 200, {"Cache-Control": f"max-age={_DAY}, private"}, "image/png")


@router.on("DELETE", "/users/{user_id}/image")
def remove_image(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.reset_profile_image(call.path("user_id"))
    return ok()


@router.on("PUT", "/users/{user_id}")
def update_user(call: Call) -> Any:
    if call.fields().get("id") != call.path("user_id"):
        raise invalid("user_id")
    return patch_user(call)


@router.on("GET", "/users/{user_id}/preferences")
def get_preferences(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_preferences_for_user(call.path("user_id"))


@router.on("PUT", "/users/{user_id}/preferences")
def set_preferences(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.update_preferences_for_user(call.path("user_id"), _preferences(call))
    return ok()


@router.on("POST", "/users/{user_id}/preferences/delete")
def delete_preferences(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.api.delete_preferences_for_user(call.path("user_id"), _preferences(call))
    return ok()


@router.on("GET", "/users/{user_id}/preferences/{category}")
def get_category(call: Call) -> Any:
    return [one for one in get_preferences(call) if one.category == call.path("category")]


@router.on("GET", "/users/{user_id}/preferences/{category}/name/{name}")
def get_preference(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_preference_for_user(call.path("user_id"), call.path("category"), call.path("name"))


def _preferences(call: Call) -> list[Preference]:
    found = call.items(Preference)
    if not 0 < len(found) <= _MOST_PREFERENCES:
        raise invalid("preferences")
    return found
