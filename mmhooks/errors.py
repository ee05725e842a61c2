"""Every exception of mmhooks.

::

    MmhooksError
    ├── AppError                     what the application answers: data, not a breakdown
    │   ├── BadRequestError          400
    │   ├── UnauthorizedError        401
    │   ├── PermissionDeniedError    403
    │   ├── NotFoundError            404
    │   ├── ConflictError            409
    │   ├── PayloadTooLargeError     413
    │   ├── RateLimitedError         429
    │   └── NotImplementedOnHostError  501
    ├── TransportError               the other side could not be reached, or broke off
    ├── ConversionError              a value does not fit its type
    ├── HookError                    a hookimpl failed
    │   ├── HookTypeError            ... by returning the wrong type
    │   ├── HookTimeoutError         ... by taking too long
    │   └── LifecycleError           ... several at once, in a lifecycle hook
    │       └── ActivationError      the plugin could not be activated
    ├── CompositionError             the packages do not make a plugin: wrong names, failed imports
    ├── ManifestError                plugin.json is wrong
    ├── BundleError                  a bundle cannot be built or read
    └── Rejection                    a hookimpl's refusal; raised or returned
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

DISMISS_REASON: Final = "plugin.message_will_be_posted.dismiss_post"
"""The reason at which the server drops a post without telling its author."""


class MmhooksError(Exception):
    """Base of everything mmhooks raises on purpose."""


class AppError(MmhooksError):
    """The application's own error: a request was understood and answered with a refusal.

    Args:
        message: what a person may read.
        id: the translation id, such as ``api.user.get.app_error``.
        status_code: HTTP status, 100-999.
        where: the function that reported it.
        detailed_error: more, for the log.
        request_id: the request it belongs to.
    """

    default_status: int = 500

    def __init__(
        self,
        message: str,
        *,
        id: str = "",
        status_code: int | None = None,
        where: str = "",
        detailed_error: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.id = id
        self.status_code = self.default_status if status_code is None else status_code
        self.where = where
        self.detailed_error = detailed_error
        self.request_id = request_id

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.id, self.message, self.status_code))

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}, {self.detailed_error}" if self.detailed_error else head

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r}, id={self.id!r}, status_code={self.status_code})"


class BadRequestError(AppError):
    """The request itself is wrong (400)."""

    default_status = 400


class UnauthorizedError(AppError):
    """Nobody is logged in, or the session has ended (401)."""

    default_status = 401


class PermissionDeniedError(AppError):
    """The user may not do this (403)."""

    default_status = 403


class NotFoundError(AppError):
    """There is no such thing (404)."""

    default_status = 404


class ConflictError(AppError):
    """It exists already, or was changed meanwhile (409)."""

    default_status = 409


class PayloadTooLargeError(AppError):
    """More bytes than the server takes (413)."""

    default_status = 413


class RateLimitedError(AppError):
    """Too many requests; try again later (429)."""

    default_status = 429


class NotImplementedOnHostError(AppError):
    """This host does not offer the method (501)."""

    default_status = 501


_BY_STATUS: Final[dict[int, type[AppError]]] = {cls.default_status: cls for cls in AppError.__subclasses__()}


def app_error(
    message: str,
    *,
    id: str = "",
    status_code: int = 500,
    where: str = "",
    detailed_error: str = "",
    request_id: str = "",
) -> AppError:
    """Make the `AppError` subclass that belongs to a status.

    Returns:
        An instance to raise; plain `AppError` where the status has no class of its own.
    """
    return _BY_STATUS.get(status_code, AppError)(
        message,
        id=id,
        status_code=status_code,
        where=where,
        detailed_error=detailed_error,
        request_id=request_id,
    )


class TransportError(MmhooksError):
    """The call did not get through, or no answer came: nothing is known about its effect."""


class ConversionError(MmhooksError):
    """A value does not fit the type it should have; the message starts with its path."""


class CompositionError(MmhooksError):
    """The installed packages cannot be put together.

    Args:
        message: the headline, or the whole message.
        problems: one sentence per mistake, naming package and hook.
    """

    def __init__(self, message: str, problems: Iterable[str] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__("\n  - ".join((message, *self.problems)))


class ManifestError(MmhooksError):
    """``plugin.json`` is missing, unreadable or wrong.

    Args:
        message: names file and key.
        key: the wrong key; empty if it is about the whole file.
    """

    def __init__(self, message: str, key: str = "") -> None:
        self.key = key
        super().__init__(message)


class BundleError(MmhooksError):
    """A bundle cannot be built, or a given one cannot be read."""


class HookError(MmhooksError):
    """A hookimpl failed. What it raised, if anything, is ``__cause__``.

    Args:
        plugin_name: the package whose hookimpl it is.
        hook_name: the hook that was being called.
        message: what happened.
    """

    def __init__(self, plugin_name: str, hook_name: str, message: str) -> None:
        super().__init__(plugin_name, hook_name, message)
        self.plugin_name = plugin_name
        self.hook_name = hook_name
        self.message = message

    def __str__(self) -> str:
        return f"{self.plugin_name}: {self.hook_name}: {self.message}"


class HookTypeError(HookError):
    """A hookimpl returned something of a type that its hook does not take."""


class HookTimeoutError(HookError):
    """A hookimpl did not end in time, or its turn came after the deadline."""


class LifecycleError(HookError):
    """One or more hookimpls of a lifecycle hook failed; ``errors`` holds each of them.

    Args:
        hook_name: the lifecycle hook.
        errors: one `HookError` per failure, in the order they happened.
    """

    def __init__(self, hook_name: str, errors: Iterable[HookError]) -> None:
        self.errors = tuple(errors)
        names = ", ".join(dict.fromkeys(error.plugin_name for error in self.errors))
        super().__init__(names, hook_name, "; ".join(str(error) for error in self.errors))

    def __str__(self) -> str:
        return f"{self.hook_name} failed: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hook_name, self.errors)


class ActivationError(LifecycleError):
    """The plugin was not activated, and what was active already has been deactivated."""


class Rejection(MmhooksError):
    """A hookimpl's refusal. Returning it and raising it mean the same.

    Args:
        reason: shown to the user whose action is refused; must not be empty.
    """

    def __init__(self, reason: str) -> None:
        if not isinstance(reason, str) or not reason:
            raise ValueError("a rejection needs a reason: the server takes an empty one for consent")
        super().__init__(reason)
        self.reason = reason

    @property
    def is_dismissal(self) -> bool:
        """Whether the post is to be dropped without a word to its author."""
        return self.reason == DISMISS_REASON

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rejection) and other.reason == self.reason

    def __hash__(self) -> int:
        return hash((Rejection, self.reason))


def reject(reason: str) -> Rejection:
    """Refuse what the hook asks about; to be returned (or raised) by the hookimpl."""
    return Rejection(reason)


def dismiss() -> Rejection:
    """Drop the post silently: nothing is stored and the author sees no error."""
    return Rejection(DISMISS_REASON)
