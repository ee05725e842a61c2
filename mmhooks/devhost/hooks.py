"""What the server does around each hook.

Hooks that ask (``*_will_be_*``) run on the thread of the action; hooks that tell (``*_has_been_*``) run
beside it, after the write. No lock is held meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from mmhooks.api.model import Model
from mmhooks.api.models import PluginContext, Post
from mmhooks.devhost.merge import merge_answer
from mmhooks.errors import AppError, TransportError

if TYPE_CHECKING:
    from mmhooks.devhost.host import Host

__all__ = ["Firing", "HookPort", "acting", "plugin_context"]

M = TypeVar("M", bound=Model)

_context: ContextVar[PluginContext | None] = ContextVar("mmhooks_plugin_context", default=None)
_SKIPPED: Final = object()


class HookPort(Protocol):
    """The plugin as the host sees it."""

    def implemented(self) -> frozenset[str]:
        """Return the names of the hooks that the plugin implements; the others are never called."""
        ...

    def call(self, hook: str, *args: Any) -> Any:
        """Call a hook and wait for its answer.

        Args:
            hook: its name, in snake_case.
            args: its arguments in the order of ``HOOKS``, the context first where it takes one.

        Returns:
            None for a hook without results, the value for one with a single result, else a tuple.

        Raises:
            AppError: the hook answered with an error.
            TransportError: the plugin cannot be reached, or broke off.
        """
        ...


def plugin_context() -> PluginContext:
    """Return the request that the current action belongs to; empty for what a plugin does by itself."""
    return _context.get() or PluginContext()


@contextmanager
def acting(context: PluginContext) -> Iterator[None]:
    """Make everything in the block belong to a request: hooks are given its context."""
    token = _context.set(context)
    try:
        yield
    finally:
        _context.reset(token)


class Firing:
    """Fires hooks for a host and does with the answers what the server does."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._warned: set[tuple[str, str]] = set()
        self._warned_lock = threading.Lock()

    def listens(self, hook: str) -> bool:
        """Say whether a plugin is attached that implements the hook."""
        port = self._host.port
        return port is not None and hook in port.implemented()

    def tell(self, hook: str, *args: Any) -> None:
        """Let the plugin know, beside the action: its answer and its errors matter to nobody."""
        if self.listens(hook):
            self._host.workers.submit(lambda: self._ask(hook, *args))

    def ask(self, hook: str, *args: Any, guarded: bool = False) -> Any:
        """Return the hook's answer, None without one: nobody implements it, or the plugin could not answer.

        Args:
            hook: its name.
            args: its arguments.
            guarded: whether a plugin that cannot answer ends the action.

        Raises:
            AppError: (503) the plugin could not answer, and it guards the channel.
        """
        answer = self._ask(hook, *args, guarded=guarded)
        return None if answer is _SKIPPED else answer

    def ask_or_fail(self, hook: str, *args: Any) -> Any:
        """Return the hook's answer, None without one. An error that it answers is raised."""
        answer = self._ask(hook, *args, passing=True)
        return None if answer is _SKIPPED else answer

    def veto(self, hook: str, *args: Any) -> str:
        """Return the reason that forbids the action, an empty one for consent."""
        return str(self.ask(hook, *args) or "")

    def replace(self, hook: str, value: M, *rest: Any, guarded: bool = False) -> tuple[M, str]:
        """Have a model changed or refused.

        Returns:
            The model, with the answer read onto it, and the reason of a refusal.
        """
        answer, reason = self.ask(hook, plugin_context(), value, *rest, guarded=guarded) or (None, "")
        return self.merged(hook, value, answer), reason

    def substitute(self, hook: str, value: M, *rest: Any, guarded: bool = False) -> tuple[M, str]:
        """Have a model changed or refused, where the server takes the answer as it stands."""
        answer, reason = self.ask(hook, plugin_context(), value, *rest, guarded=guarded) or (None, "")
        return (answer or value), reason

    def merged(self, hook: str, value: M, answer: M | None) -> M:
        """Read an answer onto what the hook was given, and log once what it has cleared in vain."""
        if answer is None:
            return value
        outcome, kept = merge_answer(value, answer)
        for field in kept:
            self._warn_kept(hook, field)
        return outcome

    def post(self, post: Post, *, guarded: bool = False) -> tuple[Post, str]:
        """Fire ``message_will_be_posted``: the hook sees no metadata, and the post keeps its own."""
        if not self.listens("message_will_be_posted"):
            return post, ""
        bare = post.evolve(metadata=None)
        changed, reason = self.replace("message_will_be_posted", bare, guarded=guarded)
        return changed.evolve(metadata=post.metadata), reason

    def post_update(self, new: Post, old: Post, *, guarded: bool = False) -> tuple[Post | None, str]:
        """Fire ``message_will_be_updated``, whose answer without a post is a refusal.

        Returns:
            The post to be stored, None if it is refused, and the reason.
        """
        hook = "message_will_be_updated"
        bare = (new.evolve(metadata=None), old.evolve(metadata=None))
        answer = self._ask(hook, plugin_context(), *bare, guarded=guarded)
        if answer is _SKIPPED:
            return new, ""
        changed, reason = answer
        if guarded and (reason or changed is None):
            return (None, reason) if reason else (new, "")
        return (None if changed is None else changed.evolve(metadata=new.metadata)), reason

    def consumed(self, posts: list[Post]) -> list[Post]:
        """Fire the hooks on the way of posts to a reader: what they change is matched by id."""
        if not posts:
            return posts
        bare = [post.evolve(metadata=None) for post in posts]
        by_id = {post.id: post for post in posts}
        for hook, context in (
            ("messages_will_be_consumed", ()),
            ("messages_will_be_consumed_with_context", (plugin_context(),)),
        ):
            for changed in self.ask(hook, *context, bare) or []:
                if changed.id in by_id:
                    by_id[changed.id] = changed.evolve(metadata=by_id[changed.id].metadata)
        return [by_id[post.id] for post in posts]

    def _ask(self, hook: str, *args: Any, passing: bool = False, guarded: bool = False) -> Any:
        port = self._host.port
        if port is None or hook not in port.implemented():
            return _SKIPPED
        self._host.store.assert_idle()
        try:
            return port.call(hook, *args)
        except AppError as error:
            if passing:
                raise
            self._failed(hook, error)
        except TransportError as error:
            self._failed(hook, error)
        if guarded:
            raise AppError(
                f"The plugin that guards this channel did not answer {hook}.",
                id="app.plugin.guard_hook_failed.app_error",
                status_code=503,
                where=hook,
            )
        return _SKIPPED

    def _failed(self, hook: str, error: Exception) -> None:
        self._host.log("error", f"{hook} failed; the action goes on", error=str(error), hook=hook)

    def _warn_kept(self, hook: str, field: str) -> None:
        with self._warned_lock:
            if (hook, field) in self._warned:
                return
            self._warned.add((hook, field))
        text = (
            f"{hook} cannot clear {field}: a field returned empty, 0 or false keeps its value, as on a server"
        )
        self._host.log("warn", text, hook=hook, field=field)
