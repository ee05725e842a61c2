"""Counts what happens in each channel, and shows it at ``/plugins/<id>/audit``."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from html import escape

from mmhooks import (
    ASGIApp,
    AsyncAPI,
    AsyncKVBucket,
    Channel,
    JobSpec,
    Message,
    NotFoundError,
    Permission,
    Post,
    Reaction,
    RouteSpec,
    Scope,
    hookimpl,
)

COLUMNS = ("posts", "edits", "deletions", "reactions")
FLUSH_SECONDS = 5.0

Counts = dict[str, int]
"""By column."""

Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class AuditLog:
    """The package's hookimpls.

    All of them are ``async def``: they run on one event loop, so that counting needs no lock.
    """

    def __init__(self) -> None:
        self._unsaved: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._api: AsyncAPI | None = None

    @hookimpl
    async def on_activate(self, api: AsyncAPI) -> None:
        self._api = api  # for the page: a web application gets no api

    @hookimpl
    async def on_deactivate(self, api: AsyncAPI) -> None:
        await self.flush(api)

    @hookimpl
    def register_routes(self) -> list[RouteSpec]:
        return [RouteSpec("/audit", page(self))]

    @hookimpl
    def register_jobs(self) -> list[JobSpec]:
        return [JobSpec("audit_log.flush", FLUSH_SECONDS, self.flush)]

    @hookimpl
    async def message_has_been_posted(self, post: Post) -> None:
        self._count(post.channel_id, "posts")

    @hookimpl
    async def message_has_been_updated(self, new_post: Post) -> None:
        self._count(new_post.channel_id, "edits")

    @hookimpl
    async def message_has_been_deleted(self, post: Post) -> None:
        self._count(post.channel_id, "deletions")

    @hookimpl
    async def reaction_has_been_added(self, reaction: Reaction) -> None:
        self._count(reaction.channel_id, "reactions")

    def _count(self, channel_id: str, column: str) -> None:
        # In memory: a write for each post would be the busiest thing on the server.
        self._unsaved[channel_id][column] += 1

    async def flush(self, api: AsyncAPI) -> None:
        """Add what was counted to what is stored. Other processes do the same, and no count is lost."""
        unsaved, self._unsaved = self._unsaved, defaultdict(Counter)
        try:
            for channel_id, counts in list(unsaved.items()):
                await _stored(api).update(channel_id, partial(_add, counts))
                del unsaved[channel_id]
        finally:  # what could not be stored is counted again next time
            for channel_id, counts in unsaved.items():
                self._unsaved[channel_id].update(counts)

    async def report(self, user_id: str) -> list[tuple[Channel, Counts]]:
        """The counts of the channels that a user may read, busiest first."""
        api = self._api
        if api is None:
            return []
        await self.flush(api)
        stored = _stored(api)
        channels = await _readable(api, user_id, await stored.list())
        counts = await asyncio.gather(*(stored.get(channel.id) for channel in channels))
        rows = [(channel, found or {}) for channel, found in zip(channels, counts, strict=True)]
        return sorted(rows, key=lambda row: -sum(row[1].values()))


async def _readable(api: AsyncAPI, user_id: str, channel_ids: list[str]) -> list[Channel]:
    """Those of the channels that a user is in; all of them for an administrator.

    Anybody who is logged in may ask for the page, and the names of private channels are not for all.
    """
    found: dict[str, Channel] = {}
    if await api.has_permission_to(user_id, Permission(id="manage_system")):
        for channel_id in channel_ids:
            with suppress(NotFoundError):  # deleted for good
                found[channel_id] = await api.get_channel(channel_id)
    else:  # a call for each team, not for each channel
        for team in await api.get_teams_for_user(user_id):
            with suppress(NotFoundError):  # in no channel of this team
                for channel in await api.get_channels_for_team_for_user(team.id, user_id, False):
                    found[channel.id] = channel  # direct messages come with every team
    return [found[channel_id] for channel_id in channel_ids if channel_id in found]


def _add(counts: Counter[str], stored: Counts | None) -> Counts:
    return dict(counts + Counter(stored or {}))


def _stored(api: AsyncAPI) -> AsyncKVBucket[Counts]:
    return AsyncKVBucket(api, "audit_log:", Counts)


def page(audit: AuditLog) -> ASGIApp:
    """The web application: plain ASGI, since two pages need no framework. Starlette's would fit as well."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope["root_path"])
        user_id = scope["mattermost_user_id"]  # set if the server knows who is asking
        if scope["method"] != "GET":
            await answer(send, 405, "text/plain", "Only GET is answered here.\n")
        elif user_id is None:
            await answer(send, 401, "text/plain", "Please log in to Mattermost first.\n")
        elif path in ("", "/"):
            await answer(send, 200, "text/html", as_html(await audit.report(user_id)))
        elif path == "/counts.json":
            await answer(send, 200, "application/json", as_json(await audit.report(user_id)))
        else:
            await answer(send, 404, "text/plain", "There is no such page.\n")

    return app


def as_html(rows: list[tuple[Channel, Counts]]) -> str:
    """The counts as a page. Channel names are what somebody has typed, hence ``escape``."""
    head = "".join(f"<th>{column.capitalize()}</th>" for column in COLUMNS)
    body = "\n".join(
        f"<tr><td>{escape(channel.display_name or channel.name)}</td>"
        + "".join(f"<td>{counts.get(column, 0)}</td>" for column in COLUMNS)
        + "</tr>"
        for channel, counts in rows
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Audit log</title></head>
<body><h1>Audit log</h1>
<table><thead><tr><th>Channel</th>{head}</tr></thead>
<tbody>
{body}
</tbody></table>
</body></html>
"""


def as_json(rows: list[tuple[Channel, Counts]]) -> str:
    """The same for programs."""
    return json.dumps(
        [
            {"id": channel.id, "name": channel.name, "display_name": channel.display_name, "counts": counts}
            for channel, counts in rows
        ]
    )


async def answer(send: Send, status: int, content_type: str, text: str) -> None:
    """Send a whole response."""
    headers = [
        (b"content-type", f"{content_type}; charset=utf-8".encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
