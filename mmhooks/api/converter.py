"""attrs models to protobuf messages and to JSON, both ways.

Both converters are cattrs converters with hook factories that write one function per class, at its first use. The
message converter's functions read and set fields directly: nothing is looked up while a hook call is on its way.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

import attrs
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from mmhooks.api import wire
from mmhooks.api._generated.json_names import OMIT_EMPTY, RENAMED
from mmhooks.api.model import Model
from mmhooks.errors import AppError, ConversionError, app_error

T = TypeVar("T")


def configure_message_converter(converter: Converter) -> None:
    """Registers the hook factories between models and their messages on any cattrs converter."""
    converter.register_structure_hook_factory(_is_model, lambda cls: wire.reader(cls))
    converter.register_unstructure_hook_factory(_is_model, lambda cls: wire.writer(cls))


@cache
def message_converter() -> Converter:
    """``structure(message, Post)`` and ``unstructure(post)`` -> message."""
    converter = Converter()
    configure_message_converter(converter)
    return converter


def configure_converter(converter: Converter) -> None:
    """Registers the server's JSON on any cattrs converter: its names, null and base64, and no silent conversions."""
    converter.register_structure_hook_factory(attrs.has, lambda cls: _json_structure(cls, converter))
    converter.register_unstructure_hook_factory(_is_model, lambda cls: _json_unstructure(cls, converter))
    for scalar in (str, int, float, bool):
        converter.register_structure_hook(scalar, _exactly)
    converter.register_structure_hook(bytes, lambda value, _: base64.b64decode(_exactly(value, str)))
    converter.register_unstructure_hook(bytes, lambda value: base64.b64encode(value).decode())
    converter.register_structure_hook(AppError, lambda value, _: app_error_from_json(value))
    converter.register_unstructure_hook(AppError, app_error_to_json)


def make_converter() -> Converter:
    """A converter between models and JSON values as the server writes them."""
    converter = Converter()
    configure_converter(converter)
    return converter


@cache
def json_converter() -> Converter:
    """The converter that mmhooks itself uses for JSON."""
    return make_converter()


def from_json(text: str | bytes, cls: type[T]) -> T:
    """The server's JSON as a model or any other type cattrs knows: ``from_json(answer, list[Post])``.

    Raises:
        ConversionError: it is no JSON, or a value does not fit; the message gives the path.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ConversionError(f"this is no JSON: {error}") from None
    return structure(value, cls)


def to_json(value: object) -> str:
    """A model as the server writes it."""
    return json.dumps(json_converter().unstructure(value), ensure_ascii=False)


def structure(value: object, cls: type[T], root: str = "") -> T:
    """JSON values as ``cls``. `root` names the value in the error's path.

    Raises:
        ConversionError: a value does not fit; the message gives its path.
    """
    name = root or _type_name(cls).lower()
    try:
        return json_converter().structure(value, cls)
    except BaseValidationError as error:
        problems = (
            problem.rpartition(" @ ")
            for problem in transform_error(error, path=name, format_exception=_describe)
        )
        raise ConversionError("; ".join(f"{path}: {text}" for text, _, path in problems)) from None
    except (TypeError, ValueError, KeyError) as error:
        raise ConversionError(f"{name}: {_describe(error, cls)}") from None


def app_error_from_json(value: Mapping[str, Any]) -> AppError:
    """The server's error document as an exception."""
    return app_error(
        str(value.get("message", "")),
        id=str(value.get("id", "")),
        status_code=int(value.get("status_code", 500)),
        detailed_error=str(value.get("detailed_error", "")),
        request_id=str(value.get("request_id", "")),
    )


def app_error_to_json(error: AppError) -> dict[str, Any]:
    """An exception as the server's error document."""
    return {
        "id": error.id,
        "message": error.message,
        "detailed_error": error.detailed_error,
        "request_id": error.request_id,
        "status_code": error.status_code,
    }


def _is_model(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model)


def _exactly(value: Any, cls: type[T]) -> T:
    """cattrs would make ``True`` of ``"false"``; JSON has types, so hold it to them."""
    fits = isinstance(value, cls) and (cls is bool or not isinstance(value, bool))
    if not fits and cls is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # type: ignore[return-value]  # cls is float
    if not fits:
        raise TypeError(f"expected {cls.__name__}, got {json.dumps(value, default=str)}")
    return value  # type: ignore[no-any-return]


def _json_structure(cls: type[Any], converter: Converter) -> Callable[[Any, Any], Any]:
    names = RENAMED.get(cls.__name__, {}) if _is_model(cls) else {}
    overrides: dict[str, Any] = {
        name: override(rename=json_name) if json_name else override(omit=True)
        for name, json_name in names.items()
    }
    inner = make_dict_structure_fn(cls, converter, **overrides)

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError(f"expected an object, got {json.dumps(value, default=str)}")
        return inner(
            {key: item for key, item in value.items() if item is not None}, cls
        )  # null is Go's absent

    return hook


def _json_unstructure(cls: type[Any], converter: Converter) -> Callable[[Any], Any]:
    names, optional = RENAMED.get(cls.__name__, {}), OMIT_EMPTY.get(cls.__name__, frozenset())
    overrides: dict[str, Any] = {}
    for attribute in attrs.fields(cls):
        json_name = names.get(attribute.name, attribute.name)
        if not json_name:
            overrides[attribute.name] = override(omit=True)
        else:
            overrides[attribute.name] = override(rename=json_name, omit_if_default=attribute.name in optional)
    return make_dict_unstructure_fn(cls, converter, **overrides)


def _describe(error: BaseException, _: Any) -> str:
    if isinstance(error, KeyError):
        return "it is missing"
    return str(error)


def _type_name(cls: Any) -> str:
    return getattr(cls, "__name__", None) or str(cls)
