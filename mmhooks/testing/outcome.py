"""What became of an action, with a ``repr`` that explains a failed assertion."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from mmhooks.api.models import Post
from mmhooks.errors import DISMISS_REASON, AppError

_REJECTED = "Post rejected by plugin. "


@frozen
class HookCall:
    """One hookimpl that was called."""

    hook: str
    package: str
    outcome: str
    """``none``, ``changed``, ``rejected``, ``error`` or ``result``."""
    result: Any = field(default=None, eq=False)
    """What it returned."""
    error: BaseException | None = field(default=None, eq=False)
    """What it raised."""

    def __repr__(self) -> str:
        error = (
            f" ({type(self.error).__name__}: {self.error})" if self.outcome == "error" and self.error else ""
        )
        return f"{self.hook}: {self.package} -> {self.outcome}{error}"


@frozen(kw_only=True, repr=False)
class Outcome:
    """What became of a post that somebody made or edited."""

    sent: str
    """The message as it was sent."""

    stored: Post | None = None
    """The post as it is stored; None if it was refused."""

    error: AppError | None = None
    """What its author got instead."""

    calls: tuple[HookCall, ...] = field(default=())
    """The hookimpls that were asked before it was stored, in order, and what each returned."""

    logs: tuple[str, ...] = field(default=())
    """What they logged, such as ``warning: looking at it``."""

    @property
    def rejected(self) -> bool:
        """Whether the plugin has refused it."""
        return self.stored is None

    @property
    def dismissed(self) -> bool:
        """Whether it was dropped without telling its author."""
        return self.error is not None and self.error.id == DISMISS_REASON

    @property
    def reason(self) -> str:
        """The reason of a refusal; empty without one."""
        return "" if self.error is None else self.error.id.removeprefix(_REJECTED)

    @property
    def post(self) -> Post:
        """The post as it is stored.

        Raises:
            AssertionError: it was refused.
        """
        if self.stored is None:
            raise AssertionError(f"there is no post: {self!r}")
        return self.stored

    def __repr__(self) -> str:
        if self.stored is None:
            what = "dismissed" if self.dismissed else f"rejected, reason {self.reason!r}"
        elif self.stored.message != self.sent:
            what = f"stored as {self.stored.message!r}"
        else:
            what = "stored unchanged"
        calls = "; ".join(map(repr, self.calls)) or "no hookimpl was called"
        logs = f" logged: {'; '.join(self.logs)}" if self.logs else ""
        return f"<Outcome: {self.sent!r} was {what} [{calls}]{logs}>"


def is_refusal(error: AppError) -> bool:
    """Whether the plugin has refused a post; other errors are mistakes of the test."""
    return error.id.startswith(_REJECTED) or error.id == DISMISS_REASON
