"""A look at a running plugin: its commands, its pages, what it has stored."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterable
from typing import Any, Final

from mmhooks.api.http import Request, Response
from mmhooks.api.models import Command, CommandArgs, PluginContext
from mmhooks.api.stream import ByteStream
from mmhooks.cli.report import CommandRow, Executed, Page, StoredValue
from mmhooks.devhost.hooks import acting
from mmhooks.devhost.host import Host
from mmhooks.errors import AppError, TransportError

__all__ = ["commands", "fetch", "stored", "try_command"]

_HARMLESS: Final = ("list", "help", "status", "show", "stats", "info", "about")
_LONGEST: Final = 400
_PER_PAGE: Final = 500


def commands(host: Host) -> list[CommandRow]:
    """The slash commands that the plugin has registered."""
    return [
        CommandRow(trigger=one.trigger, hint=one.auto_complete_hint, help=one.auto_complete_desc)
        for one in _registered(host)
    ]


def _registered(host: Host) -> list[Command]:
    found = {one.trigger: one for team in _teams(host) for one in host.api.list_plugin_commands(team)}
    return list(found.values())


def _teams(host: Host) -> list[str]:
    return [str(row[0]) for row in host.store.rows("SELECT id FROM teams ORDER BY name")] or [""]


def try_command(host: Host) -> Executed | None:
    """Execute a command that should do no harm, as an administrator.

    Returns:
        What came of it; None if there is no command, or nobody to execute it.
    """
    place = host.store.rows(
        "SELECT u.id, c.id, c.team_id FROM users u"
        " JOIN channel_members m ON m.user_id = u.id JOIN channels c ON c.id = m.channel_id"
        " WHERE u.delete_at = 0 AND c.delete_at = 0 AND c.team_id <> ''"
        " ORDER BY u.roles LIKE '%system_admin%' DESC, c.name = 'town-square' DESC, u.username LIMIT 1"
    )
    lines = sorted((_harmless(one) for one in _registered(host)), key=lambda found: found[0])
    if not place or not lines:
        return None
    user_id, channel_id, team_id = place[0]
    line = lines[0][1]
    try:
        with acting(PluginContext(session_id="mmhooks-replay")):
            args = CommandArgs(command=line, user_id=user_id, channel_id=channel_id, team_id=team_id)
            answer = host.api.run_command(args)
    except (AppError, TransportError) as error:
        return Executed(command=line, error=str(error))
    texts = [one.text for one in (answer, *answer.extra_responses) if one.text]
    return Executed(command=line, answer="\n".join(texts))


def _harmless(command: Command) -> tuple[int, str]:
    """How sure it is that a line does no harm (less is better), and the line."""
    data = command.autocomplete_data
    words = {one.trigger for one in data.sub_commands} if data else set()
    words |= set(re.findall(r"[a-z]+", command.auto_complete_hint))
    known = [word for word in _HARMLESS if word in words]
    if known:
        return _HARMLESS.index(known[0]), f"/{command.trigger} {known[0]}"
    return len(_HARMLESS), f"/{command.trigger} help"


def fetch(host: Host, paths: Iterable[str]) -> list[Page]:
    """Get pages that the plugin serves, as an administrator who is logged in."""
    user_id = host.store.scalar(
        "SELECT id FROM users WHERE delete_at = 0 ORDER BY roles LIKE '%system_admin%' DESC, username"
    )
    return [_page(host, path, str(user_id or "")) for path in paths]


def _page(host: Host, path: str, user_id: str) -> Page:
    request = Request(
        method="GET",
        url=path,
        request_uri=f"/plugins/{host.plugin_id}{path}",
        host="localhost:8065",
        remote_addr="127.0.0.1:0",
        headers=[("Mattermost-User-Id", user_id)] if user_id else [],
        body=ByteStream(()),
    )
    try:
        response: Response | None = host.firing.ask_or_fail("serve_http", PluginContext(), request)
        body = b"".join(_pieces(response.body)) if response else b""
    except (AppError, TransportError) as error:
        return Page(path=path, error=str(error))
    if response is None:
        return Page(path=path, error="no answer; see the log")
    title = re.search(rb"<title[^>]*>(.*?)</title>", body, re.IGNORECASE | re.DOTALL)
    return Page(
        path=path,
        status=response.status,
        content_type=response.header("Content-Type") or "",
        size=len(body),
        title=html.unescape(title[1].decode("utf-8", "replace")).strip() if title else "",
    )


def _pieces(body: Any) -> Iterable[bytes]:
    if body is None:
        return ()
    if isinstance(body, str):
        return (body.encode(),)
    return (body,) if isinstance(body, bytes) else body


def stored(host: Host) -> list[StoredValue]:
    """What the plugin keeps in its key-value store, by key."""
    found: list[StoredValue] = []
    page = 0
    while keys := host.api.kv_list(page, _PER_PAGE):
        found += [_value(key, host.api.kv_get(key) or b"") for key in keys]
        page += 1
    return found


def _value(key: str, value: bytes) -> StoredValue:
    text: str | None = None
    with contextlib.suppress(UnicodeDecodeError):
        text = value.decode()
    if text is not None and len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    return StoredValue(key=key, size=len(value), value=text)
