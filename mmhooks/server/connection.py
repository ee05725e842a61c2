"""A Mattermost server, found as its own tools find it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from mmhooks.errors import AppError, MmhooksError, app_error

if TYPE_CHECKING:
    import httpx

__all__ = ["DEFAULT_SOCKET", "SOCKET", "Server", "at_address", "at_socket", "connected"]

# The names that Mattermost's own pluginctl has, in its order of preference.
SOCKET: Final = "MM_LOCALSOCKETPATH"
SITE_URL: Final = "MM_SERVICESETTINGS_SITEURL"
TOKEN: Final = "MM_ADMIN_TOKEN"
USERNAME: Final = "MM_ADMIN_USERNAME"
PASSWORD: Final = "MM_ADMIN_PASSWORD"
DEFAULT_SOCKET: Final = "/var/tmp/mattermost_local.socket"
"""Where a server in local mode listens unless it is told otherwise."""

_UPLOAD_SECONDS: Final = 300.0
_POLL_SECONDS: Final = 0.1
_STATES: Final = {2: "running", 3: "failed to start", 4: "failed to stay running"}


class Server:
    """A Mattermost server that we may administer.

    Args:
        http: what leads there, logged in.
        name: what messages call it.
        is_local: whether it is the socket of local mode, which asks nobody who he is and offers less.
    """

    def __init__(self, http: httpx.Client, name: str, *, is_local: bool) -> None:
        self.http = http
        self.name = name
        self.is_local = is_local

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask the REST API.

        Raises:
            AppError: the server refused.
            MmhooksError: it could not be reached.
        """
        import httpx

        try:
            answer = self.http.request(method, f"/api/v4{path}", **options)
        except httpx.HTTPError as error:
            raise MmhooksError(
                f"{self.name}: {error or type(error).__name__}; does the server run?"
            ) from None
        if answer.is_redirect:
            raise MmhooksError(
                f"{self.name}: leads to {answer.headers.get('location', 'elsewhere')}; put that in {SITE_URL}"
            )
        if answer.is_error:
            raise self._refusal(answer)
        return answer

    def _refusal(self, answer: httpx.Response) -> AppError:
        try:
            document = answer.json()
        except ValueError:
            document = None
        said = document if isinstance(document, dict) else {}
        message = str(
            said.get("message") or f"HTTP status {answer.status_code} {answer.reason_phrase}".strip()
        )
        return app_error(
            f"{self.name}: {message}{_way_out(str(said.get('id', '')), answer.status_code)}",
            id=str(said.get("id", "")),
            status_code=answer.status_code,
            detailed_error=str(said.get("detailed_error") or ""),
        )

    def log_in(self, username: str, password: str) -> None:
        """Begin a session.

        Raises:
            AppError: the server does not know this name or password.
        """
        answer = self.send("POST", "/users/login", json={"login_id": username, "password": password})
        self.http.headers["Authorization"] = f"Bearer {answer.headers.get('Token', '')}"

    def log_out(self) -> None:
        """End the session that `log_in` began."""
        self.send("POST", "/users/logout")

    def wait_for(self, plugin_id: str, seconds: float) -> None:
        """Wait until a plugin that was enabled runs.

        Raises:
            MmhooksError: it failed, or it took too long; in the server's words.
        """
        deadline = time.monotonic() + seconds
        while True:
            state, error = self.state(plugin_id)
            if state == "running":
                return
            if state:
                raise MmhooksError(f"{self.name}: {plugin_id} {state}: {error or 'the server log says why'}")
            if time.monotonic() > deadline:
                raise MmhooksError(
                    f"{self.name}: {plugin_id} does not run yet after {seconds:g} s; the server log says what it does"
                )
            time.sleep(_POLL_SECONDS)

    def state(self, plugin_id: str) -> tuple[str, str]:
        """What has become of a plugin.

        Returns:
            ``running``, ``failed to start`` or ``failed to stay running``, empty if none of these; and the error.
        """
        if self.is_local:  # no statuses there
            active = self.send("GET", "/plugins").json().get("active") or ()
            return ("running" if any(one.get("id") == plugin_id for one in active) else ""), ""
        for status in self.send("GET", "/plugins/statuses").json() or ():
            if status.get("plugin_id") == plugin_id:
                return _STATES.get(status.get("state"), ""), str(status.get("error") or "")
        return "", ""


def _way_out(id: str, status: int) -> str:
    if id == "app.plugin.upload_disabled.app_error":
        return " Set PluginSettings.EnableUploads in the server's config.json, and no RequirePluginSignature."
    if status == 401:
        return f" Check {TOKEN}, or {USERNAME} and {PASSWORD}."
    if status == 413:
        return " Raise FileSettings.MaxFileSize, and the limit of a proxy before the server."
    return ""


def _need_httpx() -> None:
    """Raise MmhooksError if httpx is missing."""
    if find_spec("httpx") is None:
        raise MmhooksError("'mmhooks deploy' needs httpx; install it: pip install 'mmhooks[deploy]'")


@contextmanager
def connected() -> Iterator[Server]:
    """Find the server as pluginctl does, and log in.

    Raises:
        MmhooksError: httpx is missing, or the environment names no server.
        AppError: the server refused the login.
    """
    _need_httpx()
    import httpx

    socket = _local_socket()
    if socket:
        with at_socket(socket) as server:
            yield server
        return
    address, token, username, password = _from_environment()
    url = httpx.URL(address)
    shown = str(url.copy_with(username=None, password=None)).rstrip("/")
    with httpx.Client(base_url=url, timeout=_UPLOAD_SECONDS) as http:
        server = Server(http, shown, is_local=False)
        if token:
            http.headers["Authorization"] = f"Bearer {token}"
            yield server
            return
        server.log_in(username, password)
        try:
            yield server
        finally:
            with suppress(MmhooksError):  # what went wrong before is what counts
                server.log_out()


@contextmanager
def at_address(url: str, token: str) -> Iterator[Server]:
    """The server at an address, for whoever has the token.

    Raises:
        MmhooksError: httpx is missing.
    """
    _need_httpx()
    import httpx

    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, timeout=_UPLOAD_SECONDS, trust_env=False) as http:
        yield Server(http, url, is_local=False)


@contextmanager
def at_socket(path: str) -> Iterator[Server]:
    """The server whose local mode has this socket.

    Raises:
        ModuleNotFoundError: httpx is missing.
    """
    import httpx

    transport = httpx.HTTPTransport(uds=path)
    with httpx.Client(transport=transport, base_url="http://localhost", timeout=_UPLOAD_SECONDS) as http:
        yield Server(http, path, is_local=True)


def _local_socket() -> str:
    """The socket of local mode if somebody listens there; empty if not."""
    import socket

    path = os.environ.get(SOCKET) or DEFAULT_SOCKET
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except OSError:
            return ""
    return path


def _from_environment() -> tuple[str, str, str, str]:
    """(address, token, name, password)."""
    address = os.environ.get(SITE_URL, "").strip()
    if not address:
        path = os.environ.get(SOCKET)
        nobody = f"nobody listens at {path}, and " if path else ""
        raise MmhooksError(f"which server? {nobody}{SITE_URL} is not set; set it to the server's address")
    if not address.startswith(("https://", "http://")):
        raise MmhooksError(f"{SITE_URL}: {address!r} is no address; it begins with https:// or http://")
    token, username, password = (os.environ.get(name, "") for name in (TOKEN, USERNAME, PASSWORD))
    if not token and not (username and password):
        raise MmhooksError(f"who are you? Set {TOKEN}, or {USERNAME} and {PASSWORD}, for {address}")
    return address, token, username, password
