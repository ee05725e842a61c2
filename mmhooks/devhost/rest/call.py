"""One REST call: who makes it, what is in it, and how its answer is written.

Handlers are plain functions. Each runs on a thread of its own: it may fire hooks, which may call the host again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final, TypeVar

from attrs import define
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mmhooks.api.converter import structure
from mmhooks.api.models import Permission, PluginContext, Session, User
from mmhooks.api.stream import ByteStream
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.hooks import acting
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.answer import Answer, etag, no_content, ok, refusal, written
from mmhooks.errors import AppError, ConversionError, MmhooksError
from mmhooks.runtime.http import pull
from mmhooks.runtime.threads import WorkerThreads

__all__ = ["Answer", "Call", "Handler", "Router", "etag", "no_content", "ok", "refusal"]

T = TypeVar("T")

COOKIE: Final = "MMAUTHTOKEN"
MOST_PER_PAGE: Final = 200
_ROOM: Final = 1 << 20
"""For what a form has beside its file, in bytes."""


@define
class Call:
    """A request on its way through a handler."""

    host: Host
    request: Request
    session: Session
    body: bytes = b""
    form: Any = None
    """The parts of a form with files; None for other bodies."""
    content: ByteStream | None = None
    """The body of an upload that is no form, as it comes in."""

    @property
    def api(self) -> HostAPI:
        """The host's API."""
        return self.host.api

    @property
    def user_id(self) -> str:
        """Who makes the call."""
        return self.session.user_id

    @property
    def user(self) -> User:
        """Who makes the call."""
        return self.api.get_user(self.user_id)

    def tagged(self, tag: str, make: Callable[[], Any]) -> Answer:
        """An answer that the client may have already; then it is not made, and the status is 304.

        Args:
            tag: says the same as long as the answer is the same; see `etag`.
            make: makes the answer.
        """
        headers = {"ETag": tag}
        if self.request.headers.get("if-none-match") == tag:
            return Answer(status=304, headers=headers)
        return Answer(make(), headers=headers)

    def path(self, name: str) -> str:
        """A part of the address; ``me`` is the caller where a user is meant."""
        value: str = self.request.path_params[name]
        return self.user_id if name == "user_id" and value == "me" else value

    def query(self, name: str, default: str = "") -> str:
        """A parameter after the question mark."""
        return self.request.query_params.get(name, default)

    def flag(self, name: str) -> bool:
        """A parameter that is true or not there."""
        return self.query(name) == "true"

    def page(self, default: int = 60) -> tuple[int, int]:
        """Number and length of the page that is asked for."""
        return _number(self.query("page"), 0), min(
            _number(self.query("per_page"), default) or default, MOST_PER_PAGE
        )

    def number(self, name: str, default: int = 0) -> int:
        """A parameter that is a number; the default where it is none."""
        return _number(self.query(name), default)

    def json(self) -> Any:
        """The body.

        Raises:
            AppError: (400) it is no JSON.
        """
        try:
            return json.loads(self.body or b"null")
        except ValueError:
            raise invalid("body") from None

    def fields(self) -> dict[str, Any]:
        """The body, an object.

        Raises:
            AppError: (400) it is something else.
        """
        value = self.json()
        if not isinstance(value, dict):
            raise invalid("body")
        return value

    def strings(self) -> list[str]:
        """The body, a list of texts.

        Raises:
            AppError: (400) it is something else.
        """
        value = self.json()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise invalid("body")
        return value

    def read(self, cls: type[T]) -> T:
        """The body as a model.

        Raises:
            AppError: (400) it does not fit.
        """
        try:
            return structure(self.fields(), cls)
        except ConversionError as error:
            raise invalid(cls.__name__.lower(), str(error)) from None

    def items(self, cls: type[T]) -> list[T]:
        """The body as a list of models.

        Raises:
            AppError: (400) it does not fit.
        """
        value = self.json()
        if not isinstance(value, list):
            raise invalid(cls.__name__.lower())
        try:
            return [structure(one, cls) for one in value]
        except ConversionError as error:
            raise invalid(cls.__name__.lower(), str(error)) from None

    # -- what the caller may do -----------------------------------------------------------------

    def may(self, permission: str) -> bool:
        """Whether the caller has a permission everywhere."""
        return self.api.has_permission_to(self.user_id, Permission(id=permission))

    def need(self, permission: str) -> None:
        """Raise AppError (403) unless the caller has a permission everywhere."""
        if not self.may(permission):
            raise forbidden(permission)

    def need_team(self, team_id: str, permission: str) -> None:
        """Raise AppError (403) unless the caller has a permission in a team."""
        if not self.api.has_permission_to_team(self.user_id, team_id, Permission(id=permission)):
            raise forbidden(permission)

    def need_channel(self, channel_id: str, permission: str) -> None:
        """Raise AppError (403) unless the caller has a permission in a channel."""
        if not self.api.has_permission_to_channel(self.user_id, channel_id, Permission(id=permission)):
            raise forbidden(permission)

    def need_self(self, user_id: str, permission: str = "edit_other_users") -> None:
        """Raise AppError (403) unless it is about the caller, or the caller may do it for others."""
        if user_id != self.user_id:
            self.need(permission)


Handler = Callable[[Call], Any]


def invalid(name: str, detail: str = "") -> AppError:
    """The server's answer to a body or parameter that it cannot read."""
    text = f"Invalid or missing {name} in request body."
    return fail("Context", "api.context.invalid_body_param.app_error", 400, text, detail)


def forbidden(permission: str) -> AppError:
    """The server's answer to who may not."""
    text = "You do not have the appropriate permissions."
    return fail("Permissions", "api.context.permissions.app_error", 403, text, f"permission={permission}")


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default


class Router:
    """Collects the handlers of one topic."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, str, Handler, bool, bool]] = []

    def on(
        self, method: str, path: str, *, open_to_all: bool = False, uploads: bool = False
    ) -> Callable[[Handler], Handler]:
        """Register a handler.

        Args:
            method: the HTTP method.
            path: below ``/api/v4``, with parts such as ``{user_id}``.
            open_to_all: whether it needs no log-in.
            uploads: whether the body is a file, or a form with files: as large as these, never whole in memory.
        """

        def register(handler: Handler) -> Handler:
            self._entries.append((method, path, handler, open_to_all, uploads))
            return handler

        return register

    def routes(self, host: Host, threads: WorkerThreads) -> list[Route]:
        """Routes for an application."""
        return [
            Route(path, _Endpoint(host, threads, handler, open_to_all, uploads).answer, methods=[method])
            for method, path, handler, open_to_all, uploads in self._entries
        ]


@define
class _Endpoint:
    host: Host
    threads: WorkerThreads
    handler: Handler
    open_to_all: bool
    uploads: bool

    async def answer(self, request: Request) -> Response:
        """Find out who asks, then read what is sent, then have it handled; each but the reading on a thread."""
        loop, request_id = asyncio.get_running_loop(), new_id()
        call = Call(self.host, request, Session())
        try:
            if self.uploads:
                await self.threads.run(loop, self._log_in, call)
            await self._read(call, loop)
            return await self.threads.run(loop, self._handle, call, request_id)
        except AppError as error:
            return refusal(error, request_id)
        finally:
            if call.form is not None:
                await call.form.close()

    async def _read(self, call: Call, loop: asyncio.AbstractEventLoop) -> None:
        request = call.request
        section, key = ("FileSettings", "MaxFileSize") if self.uploads else _PAYLOAD
        most = int(self.host.api.setting(section, key))
        is_form = request.headers.get("content-type", "").startswith("multipart/form-data")
        if is_form and self.uploads:
            call.form = await _form(request, most + _ROOM)
        elif self.uploads:
            call.content = ByteStream(part for part in pull(_limited(request, most), loop) if part)
        else:
            call.body = b"".join([part async for part in _limited(request, most)])

    def _log_in(self, call: Call) -> None:
        session = session_of(self.host, call.request)
        if session is not None:
            call.session = session
        elif not self.open_to_all:
            text = "Invalid or expired session, please login again."
            raise fail("SessionRequired", "api.context.session_expired.app_error", 401, text)

    def _handle(self, call: Call, request_id: str) -> Response:
        request = call.request
        try:
            if not self.uploads:
                self._log_in(call)
            with acting(context_of(request, call.session, request_id)):
                return written(self.handler(call), request_id)
        except AppError:
            raise
        except MmhooksError as error:
            self.host.log("error", f"{request.method} {request.url.path} failed", error=str(error))
            raise fail(request.url.path, "mmhooks.host.failed", 500, str(error)) from error


_PAYLOAD: Final = ("ServiceSettings", "MaximumPayloadSizeBytes")


async def _form(request: Request, most: int) -> FormData:
    async def parts() -> AsyncGenerator[bytes, None]:
        try:
            async for part in _limited(request, most):
                yield part
        except AppError as error:  # the parser closes its files for an exception of its own
            raise MultiPartException(error.message) from error

    try:
        return await MultiPartParser(request.headers, parts()).parse()
    except MultiPartException as error:
        raise error.__cause__ if isinstance(error.__cause__, AppError) else invalid("form") from None
    except KeyError:  # no boundary
        raise invalid("form") from None


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes in.

    Raises:
        AppError: (413) it is larger; before anything of it is read, if its length is announced.
    """
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdecimal() else 0
    if size > most:
        raise too_large(most)
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_large(most)
        yield part


def too_large(most: int) -> AppError:
    """The server's answer to a body that it does not take."""
    text = f"The request's body is too large; at most {most} bytes are taken."
    return fail("Context", "api.context.request_body_too_large.app_error", 413, text)


def context_of(request: Any, session: Session, request_id: str) -> PluginContext:
    """What hooks are told about the request that fires them."""
    return PluginContext(
        session_id=session.id,
        request_id=request_id,
        ip_address=request.client.host if request.client else "",
        accept_language=request.headers.get("accept-language", ""),
        user_agent=request.headers.get("user-agent", ""),
    )


def session_of(host: Host, request: Any) -> Session | None:
    """The session behind a request's token: of its header, its cookie, or its address."""
    header = request.headers.get("authorization", "")
    kind, _, token = header.partition(" ")
    if kind.lower() not in ("bearer", "token"):
        token = request.cookies.get(COOKIE, "") or request.query_params.get("access_token", "")
    return host.api.session_for_token(token.strip()) if token else None
