"""hypothesis strategies for models and the arguments of hooks and API methods. Needs the extra ``mmhooks[test]``."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from mmhooks.api.method import Method, resolve
from mmhooks.errors import AppError, app_error

T = TypeVar("T")

INTEGERS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
"""Values of ``props`` and their kind."""

APP_ERRORS = st.builds(
    app_error,
    TEXTS,
    id=TEXTS,
    status_code=st.integers(100, 999),
    where=TEXTS,
    detailed_error=TEXTS,
    request_id=TEXTS,
)

_SMALL = {"Bitmask": st.integers(0, 2**32 - 1)}
_UINT32 = {("RemoteCluster", "options")}
"""Fields that are narrower on the wire than an int is in Python."""


def model(cls: type[T]) -> st.SearchStrategy[T]:
    """Values of a model: ``model(Post)``."""
    strategy: st.SearchStrategy[T] = _model(cls, 2)  # type: ignore[arg-type]  # a class is hashable
    return strategy


def arguments(method: Method[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Arguments of a hook or an API method, streamed ones left out."""
    types = [resolve(param.type) for param in method.params if not param.streamed]
    return st.tuples(*(_value(annotation, 2) for annotation in types))


def results(method: Method[Any]) -> st.SearchStrategy[Any]:
    """Results of a hook or an API method, streamed ones left out: nothing, one value, or a tuple."""
    types = [resolve(param.type) for param in method.results if not param.streamed]
    if len(types) == 1:
        return _value(types[0], 2)
    return st.tuples(*(_value(annotation, 2) for annotation in types)) if types else st.none()


@cache
def _model(cls: Any, depth: int) -> st.SearchStrategy[Any]:
    types = get_type_hints(cls)
    fields = {
        field.name: _SMALL["Bitmask"]
        if (cls.__name__, field.name) in _UINT32
        else _value(types[field.name], depth - 1)
        for field in attrs.fields(cls)
    }
    # Most values have few of their fields set, as in life; every field is set in some.
    return st.fixed_dictionaries({}, optional=fields).map(lambda values: cls(**values))


def _value(annotation: Any, depth: int) -> st.SearchStrategy[Any]:
    if annotation in (str, int, bool, bytes, float):
        return {
            str: TEXTS,
            int: INTEGERS,
            bool: st.booleans(),
            bytes: st.binary(max_size=9),
            float: st.floats(allow_nan=False),
        }[annotation]
    if annotation is Any:
        return JSON
    if annotation is AppError:
        return APP_ERRORS
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.none() | _value(next(part for part in inner if part is not NoneType), depth)
    if origin is list:
        return st.lists(_value(inner[0], depth), max_size=2 if depth > 0 else 0)
    if origin is dict:
        return st.dictionaries(
            _value(inner[0], depth), _value(inner[1], depth), max_size=2 if depth > 0 else 0
        )
    return _model(annotation, depth) if depth > 0 else st.just(annotation())
