"""Which results a hook takes, read once from the return annotation of its hookspec."""

from __future__ import annotations

import collections.abc
import types
import typing
from collections.abc import Callable
from typing import Any

import attrs

from mmhooks.api import models
from mmhooks.errors import CompositionError, Rejection
from mmhooks.specs.semantics import First, Semantics, Veto

_SEQUENCES = (list, tuple, set, frozenset, collections.abc.Sequence, collections.abc.Collection)


@attrs.frozen
class Accepted:
    """The result types of one hook; None and `Rejection` are kept apart."""

    types: tuple[type, ...] | None
    """For ``isinstance``; None takes anything."""
    elements: tuple[type, ...] | None = None
    """What each element of a sequence must be; None takes anything."""
    may_reject: bool = True
    text: str = "anything"
    """For messages: the types as a person would name them."""

    def takes(self, value: object) -> bool:
        """Whether a result that is neither None nor a `Rejection` is of a right type."""
        if self.types is None:
            return True
        if not isinstance(value, self.types):
            return False
        if self.elements is None or not isinstance(value, _SEQUENCES) or isinstance(value, str | bytes):
            return True
        return all(isinstance(element, self.elements) for element in value)


def accepted_results(function: Callable[..., object], semantics: Semantics) -> Accepted:
    """Read a hookspec's return annotation.

    Raises:
        CompositionError: the annotation names something that cannot be found.
    """
    if isinstance(semantics, First) and semantics.accepts is not None:
        names = [cls.__name__ for cls in semantics.accepts]
        return Accepted(semantics.accepts, None, False, _text(names, may_reject=False))
    annotation = _return_annotation(function)
    if annotation is None:
        return Accepted(None)
    reader = _Reader()
    reader.read(annotation)
    types_ = None if reader.anything else tuple(dict.fromkeys(reader.types))
    if isinstance(semantics, Veto) and types_ is not None:
        types_ = tuple(dict.fromkeys((*types_, str)))
        reader.names.append("str")
    elements = tuple(reader.elements) if reader.elements and not reader.any_element else None
    may_reject = reader.may_reject or isinstance(semantics, Veto)
    return Accepted(types_, elements, may_reject, _text(reader.names, may_reject=may_reject))


def _return_annotation(function: Callable[..., object]) -> Any:
    """The resolved annotation; None if there is none, or if it says that nothing is returned."""
    raw = getattr(function, "__annotations__", {}).get("return")
    if raw is None or raw == "None":
        return None
    # Only the return annotation: the arguments' may well be importable for type checkers alone.
    holder = types.SimpleNamespace(__annotations__={"return": raw})
    names = getattr(function, "__globals__", {})
    try:
        return typing.get_type_hints(holder, globalns=names, localns=_Models(names))["return"]
    except NameError as error:
        name = getattr(function, "__name__", "?")
        raise CompositionError(
            f"hookspec {name}: the return annotation {raw!r} cannot be resolved ({error}); "
            "names other than models must be importable at run time, not only under TYPE_CHECKING"
        ) from error


class _Models(dict[str, Any]):
    """Models by name: made when a hookspec that takes them is first planned, not when it is imported."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: str) -> Any:
        if name in self._known or name not in models.__all__:
            raise KeyError(name)
        return getattr(models, name)


class _Reader:
    """Collects what one annotation takes."""

    def __init__(self) -> None:
        self.types: list[type] = []
        self.elements: list[type] = []
        self.names: list[str] = []
        self.anything = False
        self.any_element = False
        self.may_reject = False

    def read(self, annotation: Any) -> None:
        for part in _union(annotation):
            if part is type(None):
                continue
            if part is Rejection:
                self.may_reject = True
                continue
            self.names.append(_name(part))
            self._read_one(part)

    def _read_one(self, part: Any) -> None:
        cls = _runtime_class(part)
        if cls is None:
            self.anything = True
            return
        self.types += (float, int) if cls is float else (cls,)
        if not issubclass(cls, _SEQUENCES) or cls in (str, bytes):
            return
        arguments = [a for a in typing.get_args(part) if a is not Ellipsis]
        element_classes = [_runtime_class(a) for argument in arguments for a in _union(argument)]
        if not element_classes or None in element_classes or (cls is tuple and Ellipsis not in _args(part)):
            self.any_element = True
        self.elements += [element for element in element_classes if element is not None]


def _args(annotation: Any) -> tuple[Any, ...]:
    return typing.get_args(annotation)


def _union(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(part for arg in _args(annotation) for part in _union(arg))
    return (annotation,)


def _runtime_class(annotation: Any) -> type | None:
    """The class to give to ``isinstance``; None where that is not possible."""
    supertype = getattr(annotation, "__supertype__", None)  # typing.NewType
    if supertype is not None:
        return _runtime_class(supertype)
    candidate = typing.get_origin(annotation) or annotation
    if candidate is object or not isinstance(candidate, type):
        return None
    try:
        isinstance(None, candidate)
    except TypeError:  # a protocol that is not for run time
        return None
    return candidate


def _name(annotation: Any) -> str:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation.__name__
    return str(annotation).replace("typing.", "").replace("collections.abc.", "")


def _text(names: list[str], *, may_reject: bool) -> str:
    words = list(dict.fromkeys([*names, *(["Rejection"] if may_reject else []), "None"]))
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
