"""What becomes of a hook's results, and the two markers: ``hookspec`` and ``hookimpl``.

A hookspec names one of six semantics; the plugin manager combines the results accordingly::

    @hookspec(pipeline("post"))
    def message_will_be_posted(post: Post, api: API) -> Post | Rejection | None: ...

===========  =====================================================================
notify       all are called, results are ignored
lifecycle    all are called in order, failures are reported together
first        the first result that is not None wins, the rest are not called
veto         the first reason stops and rejects
pipeline     each sees what the one before returned; a rejection stops
aggregate    all are called, the results are reduced to one
===========  =====================================================================

The return annotation says which results are taken. A hook whose annotation does not hold `Rejection`
cannot be rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, Literal, TypeVar, overload

import attrs
import pluggy

PROJECT: Final = "mmhooks"
"""The pluggy project name: the markers and the plugin manager agree on it."""

_SEMANTICS_ATTRIBUTE: Final = "mmhooks_semantics"

_F = TypeVar("_F", bound=Callable[..., object])

OnError = Literal["allow", "reject"]


@attrs.frozen
class Semantics:
    """Base of the six; ``name`` is the word of the table above."""

    name: ClassVar[str] = ""


@attrs.frozen
class Notify(Semantics):
    """All are called, results are ignored, a failing hookimpl harms no other."""

    name: ClassVar[str] = "notify"


@attrs.frozen
class Lifecycle(Semantics):
    """All are called in order; failures always count and are raised together."""

    name: ClassVar[str] = "lifecycle"
    all_or_nothing: bool = False
    """Stop at the first failure and take back what has been done."""
    undo: str | None = None
    """The hook that takes back: called, in reverse, for the packages that had succeeded."""


@attrs.frozen
class First(Semantics):
    """The first result that is not None wins."""

    name: ClassVar[str] = "first"
    accepts: tuple[type, ...] | None = None
    """The result types taken, where the return annotation should not decide."""


@attrs.frozen
class Veto(Semantics):
    """The first rejection, or reason that is not empty, stops."""

    name: ClassVar[str] = "veto"


@attrs.frozen
class Pipeline(Semantics):
    """What a hookimpl returns is what the next one sees."""

    name: ClassVar[str] = "pipeline"
    argument: str = ""
    """The argument that is passed on."""
    merge: Callable[[Any, Any], Any] | None = None
    """(current value, what was returned) -> new value; without it, what was returned."""
    keep: Callable[[Mapping[str, Any], Any], None] | None = None
    """(all arguments, what was returned): puts aside what the new value has no room for; before ``merge``."""


@attrs.frozen
class Aggregate(Semantics):
    """The results that are not None are reduced to one."""

    name: ClassVar[str] = "aggregate"
    reduce: Callable[[Sequence[Any]], Any] = list
    """Called with the results in calling order, also when there are none."""


def notify() -> Notify:
    """All are called, results are ignored, failures are only logged."""
    return Notify()


def lifecycle(*, all_or_nothing: bool = False, undo: str | None = None) -> Lifecycle:
    """All are called in order.

    Args:
        all_or_nothing: stop at the first failure.
        undo: the hook to call, in reverse order, for those that had succeeded before it.
    """
    if undo is not None and not all_or_nothing:
        raise ValueError("undo needs all_or_nothing=True")
    return Lifecycle(all_or_nothing=all_or_nothing, undo=undo)


def first(accepts: type | tuple[type, ...] | None = None) -> First:
    """The first result that is not None wins; an `AppError` raised is the answer too.

    Args:
        accepts: result types, where the return annotation should not decide.
    """
    return First(accepts=(accepts,) if isinstance(accepts, type) else accepts)


def veto() -> Veto:
    """The first `Rejection`, or string that is not empty, stops and rejects."""
    return Veto()


def pipeline(
    argument: str,
    merge: Callable[[Any, Any], Any] | None = None,
    keep: Callable[[Mapping[str, Any], Any], None] | None = None,
) -> Pipeline:
    """Each sees what the one before returned.

    Args:
        argument: name of the argument that is passed on.
        merge: (current value, returned) -> new value, where a result is not simply the new value.
        keep: (all arguments, returned), called before ``merge``, for what the new value has no room for.
    """
    return Pipeline(argument=argument, merge=merge, keep=keep)


def aggregate(reduce: Callable[[Sequence[Any]], Any]) -> Aggregate:
    """All are called; ``reduce`` makes one value of the results that are not None.

    Args:
        reduce: called with the results in calling order, also when there are none.
    """
    return Aggregate(reduce=reduce)


_spec_marker: Final = pluggy.HookspecMarker(PROJECT)
_impl_marker: Final = pluggy.HookimplMarker(PROJECT)


def hookspec(
    semantics: Semantics,
    *,
    historic: bool = False,
    warn_on_impl: Warning | None = None,
    warn_on_impl_args: Mapping[str, Warning] | None = None,
) -> Callable[[_F], _F]:
    """Mark a function as a hook's declaration.

    Args:
        semantics: what becomes of the results.
        historic: calls are remembered for packages registered later; only with `notify`.
        warn_on_impl: given out whenever the hook is implemented.
        warn_on_impl_args: given out whenever the argument of that name is taken.
    """
    if not isinstance(semantics, Semantics) or not semantics.name:
        raise TypeError(f"hookspec() takes a semantics such as notify(), not {semantics!r}")
    if historic and not isinstance(semantics, Notify):
        raise ValueError(f"only a notify hook can be historic, not a {semantics.name} hook")

    def mark(function: _F) -> _F:
        if isinstance(semantics, Pipeline) and semantics.argument not in _arguments(function):
            raise ValueError(f"{function.__name__} has no argument {semantics.argument!r} to pass on")
        setattr(function, _SEMANTICS_ATTRIBUTE, semantics)
        return _spec_marker(
            function,
            firstresult=isinstance(semantics, First),
            historic=historic,
            warn_on_impl=warn_on_impl,
            warn_on_impl_args=warn_on_impl_args,
        )

    return mark


def _arguments(function: Callable[..., object]) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def semantics_of(function: object) -> Semantics | None:
    """The semantics that ``hookspec`` gave to a function; None for a plain pluggy hookspec."""
    return getattr(function, _SEMANTICS_ATTRIBUTE, None)


@overload
def hookimpl(function: _F, /) -> _F: ...


@overload
def hookimpl(
    function: None = None,
    /,
    *,
    on_error: OnError = ...,
    timeout: float | None = ...,
    tryfirst: bool = ...,
    trylast: bool = ...,
    wrapper: bool = ...,
    hookwrapper: bool = ...,
    optionalhook: bool = ...,
    specname: str | None = ...,
) -> Callable[[_F], _F]: ...


def hookimpl(
    function: _F | None = None,
    /,
    *,
    on_error: OnError = "allow",
    timeout: float | None = None,
    tryfirst: bool = False,
    trylast: bool = False,
    wrapper: bool = False,
    hookwrapper: bool = False,
    optionalhook: bool = False,
    specname: str | None = None,
) -> _F | Callable[[_F], _F]:
    """Mark a function as a hook's implementation; usable with and without arguments.

    Args:
        on_error: what a failure means: ``"allow"`` as if nothing had been returned (the default),
            ``"reject"`` a rejection, or an error where the hook cannot be rejected.
        timeout: seconds after which the call counts as failed.
        tryfirst: to be called before the others.
        trylast: to be called after the others.
        wrapper: a generator function that goes round all others; see pluggy.
        hookwrapper: pluggy's older form of ``wrapper``.
        optionalhook: no error if there is no such hook.
        specname: the hook's name, where the function has another.
    """
    if on_error not in ("allow", "reject"):
        raise ValueError(f'on_error is "allow" or "reject", not {on_error!r}')
    if timeout is not None and not timeout > 0:
        raise ValueError(f"timeout is a number of seconds above 0, not {timeout!r}")
    if (wrapper or hookwrapper) and (on_error != "allow" or timeout is not None):
        raise ValueError("on_error and timeout are for plain hookimpls: a wrapper's errors are its own")

    def mark(marked: _F) -> _F:
        _impl_marker(
            marked,
            tryfirst=tryfirst,
            trylast=trylast,
            wrapper=wrapper,
            hookwrapper=hookwrapper,
            optionalhook=optionalhook,
            specname=specname,
        )
        getattr(marked, PROJECT + "_impl").update(on_error=on_error, timeout=timeout)
        return marked

    return mark if function is None else mark(function)
