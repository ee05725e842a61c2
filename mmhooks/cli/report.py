"""What a replay found out. The names of the fields are the keys of ``mmhooks replay --json``."""

from __future__ import annotations

from typing import Any, Literal

import attrs
from attrs import Factory, define

__all__ = [
    "ChangedPost",
    "CommandRow",
    "Ending",
    "Executed",
    "HookRow",
    "LineProblem",
    "LogLine",
    "PackageRow",
    "Page",
    "Posts",
    "RejectedPost",
    "Report",
    "StoredValue",
]

Ending = Literal["finished", "limit", "strict", "plugin ended"]
"""``finished``: the whole export was played; ``limit``: as much as was asked for; ``strict``: until the first
error; ``plugin ended``: the plugin's process was gone."""


@define(frozen=True, kw_only=True)
class Posts:
    """How many posts there were; replies and direct posts are posts too."""

    seen: int = 0
    """Stored and rejected."""
    stored: int = 0
    changed: int = 0
    rejected: int = 0
    replies: int = 0
    """Stored replies."""
    direct: int = 0
    """Stored posts of direct and group channels, without replies."""
    reactions: int = 0
    attachments: int = 0
    skipped: int = 0
    """Replies and reactions to posts that were rejected or wrong."""


@define(frozen=True, kw_only=True)
class HookRow:
    """A hook as the host sees it: time is from the call to the answer, gRPC included."""

    hook: str
    calls: int
    changed: int
    rejected: int
    errors: int
    p50_ms: float
    p99_ms: float


@define(frozen=True, kw_only=True)
class PackageRow:
    """A package's part in a hook, as the plugin's own process counts it."""

    package: str
    hook: str
    calls: int
    changed: int
    rejected: int
    errors: int


@define(frozen=True, kw_only=True)
class ChangedPost:
    """A post that was stored otherwise than it was sent."""

    user: str
    channel: str
    before: str
    after: str


@define(frozen=True, kw_only=True)
class RejectedPost:
    """A post that was not stored."""

    line: int
    """In the export, from 1."""
    user: str
    channel: str
    message: str
    reason: str
    """Empty for a post that was dismissed without a word."""
    package: str
    """Who rejected it; empty if that is not known."""


@define(frozen=True, kw_only=True)
class CommandRow:
    """A slash command that the plugin has registered."""

    trigger: str
    hint: str
    help: str


@define(frozen=True, kw_only=True)
class Executed:
    """A slash command that was tried."""

    command: str
    answer: str = ""
    error: str = ""


@define(frozen=True, kw_only=True)
class StoredValue:
    """What the plugin keeps in its key-value store."""

    key: str
    size: int
    """Bytes."""
    value: str | None
    """The beginning of the text; None for what is no text."""


@define(frozen=True, kw_only=True)
class Page:
    """A page that the plugin serves, as a system administrator gets it."""

    path: str
    """Below ``/plugins/<id>``."""
    status: int = 0
    content_type: str = ""
    size: int = 0
    """Bytes."""
    title: str = ""
    error: str = ""


@define(frozen=True, kw_only=True)
class LineProblem:
    """A line of the export that could not be taken."""

    line: int
    """From 1."""
    reason: str


@define(frozen=True, kw_only=True)
class LogLine:
    """A warning or an error from the log of plugin or host."""

    level: str
    source: str
    message: str
    count: int = 1
    """How often it came."""


@define(frozen=True, kw_only=True)
class Report:
    """The whole."""

    plugin: dict[str, str]
    """``id``, ``name`` and ``version``."""
    export: str
    """The file."""
    ended: Ending = "finished"
    error: str = ""
    """Why it did not finish."""
    seconds: float = 0.0
    """From the first line of the export to its last post."""
    posts_per_second: float = 0.0
    lines: int = 0
    structure: dict[str, int] = Factory(dict)
    """Lines of each kind, such as ``team``."""
    ignored: dict[str, int] = Factory(dict)
    """Lines of kinds that the host has no use for."""
    posts: Posts = Factory(Posts)
    hooks: list[HookRow] = Factory(list)
    packages: list[PackageRow] = Factory(list)
    servant: dict[str, Any] = Factory(dict)
    """The figures of the plugin's own process, with latencies in seconds without gRPC."""
    changed: list[ChangedPost] = Factory(list)
    rejected: list[RejectedPost] = Factory(list)
    commands: list[CommandRow] = Factory(list)
    executed: Executed | None = None
    kv: list[StoredValue] = Factory(list)
    pages: list[Page] = Factory(list)
    problems: list[LineProblem] = Factory(list)
    log: list[LogLine] = Factory(list)

    @property
    def exit_code(self) -> int:
        """0 if everything could be played, else 1."""
        return int(bool(self.problems) or self.ended in ("strict", "plugin ended"))

    def as_dict(self) -> dict[str, Any]:
        """The document of ``--json``."""
        return attrs.asdict(self)
