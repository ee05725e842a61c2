"""Posts that a client may send twice: it gives them an id of its own, and gets the same post back."""

from __future__ import annotations

import threading
from typing import Final

__all__ = ["PendingPosts"]

_KEPT_MS: Final = 30_000


class PendingPosts:
    """The clients' ids of the last half minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._posts: dict[str, tuple[int, str]] = {}

    def begin(self, pending_id: str, now: int) -> str | None:
        """Take note of an id.

        Returns:
            The post made for it before; an empty text if it is new; None if its post is still being made.
        """
        with self._lock:
            old = [key for key, (since, _) in self._posts.items() if since + _KEPT_MS <= now]
            for key in old:
                del self._posts[key]
            if pending_id in self._posts:
                return self._posts[pending_id][1] or None
            self._posts[pending_id] = (now, "")
            return ""

    def end(self, pending_id: str, post_id: str) -> None:
        """Say which post has been made; with an empty id, none was, and the client may try again."""
        with self._lock:
            if post_id and pending_id in self._posts:
                self._posts[pending_id] = (self._posts[pending_id][0], post_id)
            else:
                self._posts.pop(pending_id, None)
