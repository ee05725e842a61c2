"""A Mattermost bulk export, played through a host: first its structure, then its posts in the order of time.

Structure is written without firing hooks. Posts, replies and reactions go the way of any other action, with
the time that the export gives, so that a plugin sees what it would have seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from attrs import Factory, define, field, frozen

from mmhooks.api.models import Post, Preference, Reaction
from mmhooks.devhost.bulk import BadLine, BulkFile, Line
from mmhooks.devhost.host import Host
from mmhooks.devhost.structure import ExportError, Structure
from mmhooks.devhost.tables import PREFERENCES
from mmhooks.errors import DISMISS_REASON, AppError, MmhooksError

__all__ = ["Importer", "LineError", "Progress", "Rejected", "Summary"]

Progress = Callable[[str, int, int], object]
"""Called with ``"structure"`` or ``"posts"``, how much is done, and how much there is in all."""

_REJECTED: Final = "Post rejected by plugin. "
_UNDER_WAY: Final = 64
_WRONG: Final = (MmhooksError, TypeError, ValueError, AttributeError, KeyError, ArithmeticError)


@frozen
class LineError:
    """Something in the export that could not be taken."""

    line: int
    """From 1."""
    reason: str


@frozen
class Rejected:
    """A post that the plugin has refused."""

    line: int
    post: Post
    reason: str
    """Empty for a post dismissed without a word."""


@define
class Summary:
    """What became of an export."""

    lines: int = 0
    posts: int = 0
    """Posts in channels that were stored, without replies."""
    replies: int = 0
    direct_posts: int = 0
    reactions: int = 0
    attachments: int = 0
    structure: Counter[str] = Factory(Counter)
    """Lines taken of each kind: ``team``, ``channel``, ``user``..."""
    ignored: Counter[str] = Factory(Counter)
    """Lines of kinds that the host has no use for, such as ``role``."""
    skipped: int = 0
    """Replies and reactions to posts that are not there, because they were rejected or wrong."""
    rejected: list[Rejected] = Factory(list)
    changed: list[tuple[Post, Post]] = Factory(list)
    """Posts that the plugin has changed, before and after."""
    errors: list[LineError] = Factory(list)
    stopped: bool = False
    """Whether it ended at the first error."""


@frozen(order=True)
class _Step:
    """A post, a reply or a reaction, by its time and its place in the export."""

    at: int
    line: int
    reply: int
    """Which reply of the line's post, -1 for the post itself."""
    reaction: int
    """Which reaction to that, -1 for none."""
    offset: int = field(order=False)


class _Stop(Exception):
    """The first error of a strict run."""


class Importer:
    """Plays a bulk export through a host.

    Args:
        host: what receives it.
        path: a ``.jsonl``, ``.jsonl.gz`` or ``.zip`` file.
    """

    def __init__(self, host: Host, path: str | Path) -> None:
        self._host = host
        self._path = path
        self._strict = False
        self._line = 0
        self._summary = Summary()
        self._post_ids: dict[tuple[int, int], str] = {}

    @property
    def summary(self) -> Summary:
        """What has become of the export so far."""
        return self._summary

    def run(self, progress: Progress | None = None, strict: bool = False) -> Summary:
        """Play the export from its first line to its last.

        Args:
            progress: called now and then, on this thread.
            strict: whether the first error ends it.

        Returns:
            What became of it. It waits for the ``*_has_been_*`` hooks of the posts.

        Raises:
            MmhooksError: the file cannot be read at all.
        """
        tell = progress or (lambda stage, done, total: None)
        self._strict = strict
        self._summary = Summary()
        self._post_ids = {}
        bulk = BulkFile(self._path)
        try:
            structure = Structure(self._host, bulk, self._complain)
            steps = self._load(bulk, structure, tell)
            self._play(bulk, structure, steps, tell)
        except _Stop:
            self._summary.stopped = True
        finally:
            bulk.close()
        self._host.drain()
        return self._summary

    def _complain(self, reason: str) -> None:
        self._summary.errors.append(LineError(self._line, reason))
        if self._strict:
            raise _Stop

    def _load(self, bulk: BulkFile, structure: Structure, tell: Progress) -> list[_Step]:
        """Write the structure and note where the posts are, in the order of time."""
        size, steps = bulk.size, list[_Step]()
        for line in bulk.lines():
            self._line = line.number
            self._summary.lines += 1
            if isinstance(line, BadLine):
                self._complain(line.reason)
            elif line.kind in ("post", "direct_post"):
                steps += _steps(line)
            else:
                self._load_line(structure, line)
                tell("structure", line.offset, size)
        tell("structure", size, size)
        return sorted(steps)

    def _load_line(self, structure: Structure, line: Line) -> None:
        try:
            with self._host.store.transaction():
                known = line.kind == "version" or structure.load(line.kind, line.value)
        except _WRONG as error:
            self._complain(_reason(error))
        else:
            (self._summary.structure if known else self._summary.ignored)[line.kind] += 1

    def _play(self, bulk: BulkFile, structure: Structure, steps: list[_Step], tell: Progress) -> None:
        for done, step in enumerate(steps):
            self._line = step.line
            tell("posts", done, len(steps))
            line = bulk.at(step.line, step.offset)
            try:
                if isinstance(line, Line):
                    self._step(bulk, structure, step, line)
            except _WRONG as error:
                self._complain(_reason(error))
            self._host.workers.settle(_UNDER_WAY)
        tell("posts", len(steps), len(steps))

    def _step(self, bulk: BulkFile, structure: Structure, step: _Step, line: Line) -> None:
        root = self._post_ids.get((step.line, -1), "")
        target = self._post_ids.get((step.line, step.reply), "")
        if step.reaction >= 0:
            value = _reactions(line.value, step.reply)[step.reaction]
            self._react(structure, value, target) if target else self._skip()
        elif step.reply >= 0:
            value = line.value["replies"][step.reply]
            self._post(bulk, structure, step, line, value, root) if root else self._skip()
        else:
            self._post(bulk, structure, step, line, line.value, "")

    def _skip(self) -> None:
        self._summary.skipped += 1

    def _react(self, structure: Structure, value: dict[str, Any], post_id: str) -> None:
        self._host.api.save_reaction(
            Reaction(
                post_id=post_id,
                user_id=structure.user_id(value.get("user")),
                emoji_name=value.get("emoji_name") or "",
                create_at=int(value.get("create_at") or 0),
            )
        )
        self._summary.reactions += 1

    def _post(
        self,
        bulk: BulkFile,
        structure: Structure,
        step: _Step,
        line: Line,
        value: dict[str, Any],
        root_id: str,
    ) -> None:
        whole = line.value
        direct = line.kind == "direct_post"
        channel_id = (
            structure.direct_channel_id(whole.get("channel_members"))
            if direct
            else structure.channel_id(whole.get("team"), whole.get("channel"))
        )
        post = Post(
            channel_id=channel_id,
            user_id=structure.user_id(value.get("user")),
            root_id=root_id,
            message=value.get("message") or "",
            type=value.get("type") or "",
            props=value.get("props") or {},
            create_at=int(value.get("create_at") or 0),
            edit_at=int(value.get("edit_at") or 0),
            is_pinned=bool(value.get("is_pinned")),
        )
        post = post.evolve(file_ids=self._attach(bulk, value, post))
        saved = self._save(post)
        if saved is None:
            return
        self._post_ids[step.line, step.reply] = saved.id
        name = "replies" if root_id else "direct_posts" if direct else "posts"
        setattr(self._summary, name, getattr(self._summary, name) + 1)
        self._flag(structure, value, saved)

    def _save(self, post: Post) -> Post | None:
        """Make the post; None if the plugin refuses it."""
        try:
            saved = self._host.api.save_post(post, is_told=False)
        except AppError as error:
            if error.id != DISMISS_REASON and not error.id.startswith(_REJECTED):
                raise
            reason = "" if error.id == DISMISS_REASON else error.id.removeprefix(_REJECTED)
            self._summary.rejected.append(Rejected(self._line, post, reason))
            return None
        expected = post.message, _visible(post.props), post.type, post.file_ids
        if expected != (saved.message, _visible(saved.props), saved.type, saved.file_ids):
            self._summary.changed.append((post, saved))
        return saved

    def _attach(self, bulk: BulkFile, value: dict[str, Any], post: Post) -> list[str]:
        files = []
        for one in value.get("attachments") or []:
            path = str(one.get("path") or "")
            content = bulk.attachment(path)
            if content is None:
                self._complain(f"the attached file {path!r} is missing")
                continue
            with content:
                info = self._host.api.store_file(
                    cast("BinaryIO", content),
                    post.channel_id,
                    path.rpartition("/")[2],
                    user_id=post.user_id,
                    create_at=post.create_at,
                )
            files.append(info.id)
            self._summary.attachments += 1
        return files

    def _flag(self, structure: Structure, value: dict[str, Any], post: Post) -> None:
        for name in value.get("flagged_by") or []:
            try:
                user_id = structure.user_id(name)
            except ExportError as error:
                self._complain(f"flagged by: {error}")
                continue
            flag = Preference(user_id=user_id, category="flagged_post", name=post.id, value="true")
            self._host.store.put(PREFERENCES, flag)


def _steps(line: Line) -> Iterator[_Step]:
    """Yield a post with its replies and all their reactions; none comes before what it belongs to."""
    at = _time(line.value, 0)
    yield _Step(at, line.number, -1, -1, line.offset)
    yield from _reaction_steps(line, -1, at)
    replies = line.value.get("replies")
    for reply, value in enumerate(replies if isinstance(replies, list) else []):
        replied_at = _time(value, at)
        yield _Step(replied_at, line.number, reply, -1, line.offset)
        yield from _reaction_steps(line, reply, replied_at)


def _reaction_steps(line: Line, reply: int, at: int) -> Iterator[_Step]:
    for reaction, value in enumerate(_reactions(line.value, reply)):
        yield _Step(_time(value, at), line.number, reply, reaction, line.offset)


def _reactions(value: dict[str, Any], reply: int) -> list[Any]:
    holder = value if reply < 0 else value["replies"][reply]
    found = holder.get("reactions") if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def _time(value: Any, least: int) -> int:
    at = value.get("create_at") if isinstance(value, dict) else None
    return max(at if isinstance(at, int) else 0, least)


def _visible(props: dict[str, Any]) -> dict[str, Any]:
    """Return the properties without those that the server adds by itself."""
    return {key: value for key, value in props.items() if key not in ("from_bot", "channel_mentions")}


def _reason(error: Exception) -> str:
    if isinstance(error, AppError):
        return error.message
    return str(error) if isinstance(error, MmhooksError) else f"a value has the wrong form ({error})"
