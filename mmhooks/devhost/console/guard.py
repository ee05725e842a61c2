"""Who may talk to the host: browsers on this machine that were given the token, and nobody's other pages."""

from __future__ import annotations

import ipaddress
import secrets
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

__all__ = ["Guard"]

_LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_WILDCARDS: Final = frozenset({"0.0.0.0", "::"})
_HEADERS: Final = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)
_LOCKED: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>mmhooks console</title>
<h1>The console is locked</h1>
<p>Open the address that <code>mmhooks dev</code> has printed: it carries a token.</p></html>
"""


class Guard:
    """An ASGI application in front of another one.

    Everywhere the Host header has to be this machine's address, so that a name that somebody has made to lead here (DNS
    rebinding) does not help him, and a page of another origin is refused. Below ``/console/`` the token is needed: in
    the address, which sets a cookie, in the cookie, or as ``Authorization: Bearer``.

    Args:
        app: what is guarded.
        token: lets in.
        listen: the address at which the host listens.
    """

    def __init__(self, app: Any, token: str, listen: str = "127.0.0.1") -> None:
        self._app = app
        self._token = token
        self._listen = listen

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None and _is_console(scope):
            refusal = self._unlocked(scope)
            send = _with_headers(send)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Any) -> Response | None:
        hosts, origins = _headers(scope, b"host"), _headers(scope, b"origin")
        if len(hosts) != 1 or not self._is_here(hosts[0]):
            return _refused("this host answers to its own address only, not to another name")
        if any(urlsplit(origin).netloc != hosts[0] for origin in origins):
            return _refused("a page of another origin may not talk to this host")
        return None

    def _is_here(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in _LOOPBACK_NAMES or name == self._listen:
            return True
        return self._listen in _WILDCARDS and _is_address(name)

    def _unlocked(self, scope: Any) -> Response | None:
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        cookie_name = f"mmhooks_console_{(scope.get('server') or ('', 0))[1]}"  # cookies know no ports
        given = next((value for name, value in query if name == "token"), "")
        if given and scope["type"] == "http" and scope["method"] == "GET" and self._is_token(given):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(cookie_name, self._token, path="/console", httponly=True, samesite="strict")
            return answer
        cookies = SimpleCookie("; ".join(_headers(scope, b"cookie")))
        kept = cookies[cookie_name].value if cookie_name in cookies else ""
        kind, _, bearer = next(iter(_headers(scope, b"authorization")), "").partition(" ")
        if self._is_token(kept) or (kind.lower() == "bearer" and self._is_token(bearer.strip())):
            return None
        if scope["path"].startswith("/console/api/"):
            return _refused(
                "the console's token is missing or not this run's; open the printed address again"
            )
        return HTMLResponse(_LOCKED, 403)

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())


def _is_console(scope: Any) -> bool:
    path: str = scope["path"]
    return path == "/console" or path.startswith("/console/")


def _headers(scope: Any, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _refused(message: str) -> Response:
    return JSONResponse({"message": message, "status_code": 403}, 403)


def _with_headers(send: Any) -> Any:
    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            more = [(name, value) for name, value in _HEADERS if name not in given]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending
