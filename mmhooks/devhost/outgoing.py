"""Requests to other servers, as integrations ask for them: bounded in time and size."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from mmhooks.api.converter import structure
from mmhooks.errors import ConversionError, TransportError

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "Outgoing", "read"]

T = TypeVar("T")

_LARGEST: Final = 1 << 20
_CONNECT_SECONDS: Final = 3
_MOST_REDIRECTS: Final = 10
_ALSO_INTERNAL: Final = [
    ipaddress.ip_network(one) for one in ("192.88.99.0/24", "2002::/16", "64:ff9b::/96", "100::/64")
]
_ALLOWED: Final = ("ServiceSettings", "AllowedUntrustedInternalConnections")
_SECONDS: Final = ("ServiceSettings", "OutgoingIntegrationRequestsTimeout")


@frozen
class Answer:
    """What the other server has answered."""

    status: int
    reason: str
    content_type: str
    """Without parameters."""
    body: bytes
    """At most a megabyte: the rest is left out."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


class Outgoing:
    """Makes requests.

    An address inside of a network has to be named in ``AllowedUntrustedInternalConnections``, as on the server.

    Args:
        setting: gives a value of the configuration by section and key.
    """

    def __init__(self, setting: Callable[[str, str], Any]) -> None:
        self._setting = setting

    def send(self, method: str, url: str, headers: Mapping[str, str], body: str = "") -> Answer:
        """Make a request, and follow where it is led.

        Raises:
            TransportError: no answer came in time, or the address may not be asked.
        """
        try:
            import httpx
        except ModuleNotFoundError:
            raise TransportError("calls to other servers need httpx: pip install 'mmhooks[host]'") from None
        seconds = int(self._setting(*_SECONDS))
        given = {"User-Agent": "Mattermost-Bot/1.1", "Accept-Encoding": "gzip", **headers}
        client = httpx.Client(
            trust_env=False,
            verify=_tls(),
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
            event_hooks={"request": [self._check]},
        )
        with client, _Deadline(seconds) as deadline:
            try:
                watched = {"trace": deadline.watch}
                with client.stream(
                    method, url, headers=given, content=body.encode() or None, extensions=watched
                ) as answer:
                    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
                    data = _first(answer.iter_bytes())
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                late = f"no answer within {seconds} s"
                raise TransportError(late if deadline.is_over else f"{url}: {error}") from error
            if deadline.is_over:
                raise TransportError(f"{url}: no whole answer within {seconds} s")
        return Answer(answer.status_code, answer.reason_phrase, kind, data)

    def _check(self, request: httpx.Request) -> None:
        if request.url.scheme not in ("http", "https"):
            raise TransportError(f"{str(request.url)!r} is no address of a web server")
        allowed = str(self._setting(*_ALLOWED)).replace(",", " ").split()
        host = request.url.host
        if host in allowed:
            return
        try:
            found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
        except (OSError, UnicodeError) as error:
            raise TransportError(f"{host} is not found: {error}") from error
        for address in map(ipaddress.ip_address, found):
            if _is_internal(address) and not any(address in network for network in _networks(allowed)):
                name = _ALLOWED[1]
                raise TransportError(f"{address} is an internal address that {name} does not name")


def _is_internal(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    address = getattr(address, "ipv4_mapped", None) or address
    if not address.is_global or address.is_multicast:
        return True
    return any(address in network for network in _ALSO_INTERNAL)


def _networks(allowed: list[str]) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    for one in allowed:
        if "/" in one:
            with contextlib.suppress(ValueError):
                yield ipaddress.ip_network(one, strict=False)


def _first(parts: Iterator[bytes]) -> bytes:
    data = bytearray()
    for part in parts:
        data += part
        if len(data) >= _LARGEST:
            break
    return bytes(data[:_LARGEST])


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def read(text: str, cls: type[T]) -> T:
    """Return JSON as a model. Null stands for what is left out, as it does for the server.

    Raises:
        ConversionError: it is no JSON, or does not fit.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ConversionError(f"answer: no JSON: {error}") from None
    return structure(_without_nulls({} if value is None else value), cls, "answer")


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value if one is not None] if isinstance(value, list) else value


class _Deadline:
    """Ends a request that takes too long as a whole: httpx limits each read alone."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[Any] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Note a connection that is made."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    def _end(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.cancel()
