"""Functions between models and protobuf messages, written once per class from the message's own descriptor.

For a model two functions: a *reader* (message -> model) and a *filler* (model, message -> None). Fields with zero
values are skipped on the way out, as protobuf itself does. The generated text is kept for tracebacks, as attrs and
cattrs do.
"""

from __future__ import annotations

import importlib
import json
import linecache
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_type_hints

import attrs
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from mmhooks.errors import AppError, ConversionError, app_error

PACKAGE = "mmhooks.v1"

Reader = Callable[..., Any]
Writer = Callable[[Any], Any]
Filler = Callable[[Any, Any], None]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_decode = json.JSONDecoder().decode


def dump(value: Any) -> bytes:
    """A dynamic value as its field's bytes."""
    return _encode(value).encode()


def load(data: bytes) -> Any:
    """A dynamic value from its field's bytes."""
    return _decode(data.decode())


@cache
def reader(cls: Any) -> Reader:
    """message -> model."""
    if issubclass(cls, AppError):
        return read_error
    types = get_type_hints(cls)
    fields = message_class(cls.__name__).DESCRIPTOR.fields_by_name
    names = [attribute.name for attribute in attrs.fields(cls)]
    # The slots are set directly: __init__ takes the same values one by one as keywords, and a post has many. Models
    # have no validators, converters or hooks of their own that this would pass over.
    setters = {f"set_{name}": getattr(cls, name).__set__ for name in names}
    scope = Scope(f"read {cls.__name__}", {"new": object.__new__, "cls": cls, **setters})
    lines = [f"set_{name}(value, {scope.read(fields[name], types[name], f'm.{name}')})" for name in names]
    return scope.function("read", "m, _=None", ["value = new(cls)", *lines, "return value"])


@cache
def filler(cls: Any) -> Filler:
    """Sets a message's fields from a model."""
    if issubclass(cls, AppError):
        return fill_error
    types = get_type_hints(cls)
    fields = message_class(cls.__name__).DESCRIPTOR.fields_by_name
    scope = Scope(f"fill {cls.__name__}", {})
    lines: list[str] = []
    for attribute in attrs.fields(cls):
        lines += scope.fill(fields[attribute.name], types[attribute.name], f"v.{attribute.name}", "m")
    return scope.function("fill", "v, m", lines or ["pass"])


@cache
def writer(cls: Any) -> Writer:
    """model -> message."""
    message, fill = message_class(cls.__name__), filler(cls)

    def write(value: Any) -> Any:
        target = message()
        try:
            fill(value, target)
        except (TypeError, ValueError, AttributeError) as error:
            raise ConversionError(explain(cls, value, cls.__name__.lower()) or str(error)) from error
        return target

    return write


def read_error(message: Any, _: Any = None) -> AppError:
    """The AppError message as an exception of the right class."""
    return app_error(
        message.message,
        id=message.id,
        status_code=message.status_code or 500,
        where=message.where,
        detailed_error=message.detailed_error,
        request_id=message.request_id,
    )


def fill_error(error: AppError, message: Any) -> None:
    """Sets an AppError message from an exception."""
    message.id, message.message, message.where = error.id, error.message, error.where
    message.detailed_error, message.request_id = error.detailed_error, error.request_id
    message.status_code = error.status_code


@cache
def message_class(name: str, topic: str = "") -> Any:
    """The message class of that name; without a topic all topics that hold models are searched, core first."""
    for module in (topic,) if topic else _topics():
        found = getattr(importlib.import_module(f"mmhooks._pb.{module}_pb2"), name, None)
        if found is not None:
            return found
    raise ConversionError(f"no message {name} in {PACKAGE}")


@cache
def _topics() -> tuple[str, ...]:
    import mmhooks._pb as package

    names = (info.name for info in pkgutil.iter_modules(package.__path__))
    topics = [name.removesuffix("_pb2") for name in names if name.endswith("_pb2")]
    return tuple(sorted(topics, key=lambda name: (name != "core", name)))


class Scope:
    """A generated function in the making: expressions for fields, and the names that they need."""

    def __init__(self, title: str, names: dict[str, Any]) -> None:
        self._title = title
        self._names: dict[str, Any] = {"load": load, "dump": dump, **names}

    def function(self, name: str, parameters: str, lines: list[str]) -> Callable[..., Any]:
        """Compiles ``def name(parameters)`` with these body lines."""
        source = f"def {name}({parameters}):\n" + "".join(f"    {line}\n" for line in lines)
        filename = f"<mmhooks {self._title}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), self._names)
        return self._names[name]  # type: ignore[no-any-return]

    def read(self, field: FieldDescriptor, annotation: Any, source: str) -> str:
        """The expression that reads one field; `source` is the field's own expression."""
        owner, _, name = source.rpartition(".")
        if _is_map(field):
            return self._read_map(field, annotation, source)
        if field.is_repeated:
            if field.message_type is None:
                return f"list({source})"
            return f"[{self._use(reader, _element(annotation))}(x) for x in {source}]"
        if field.message_type is not None:
            read = f"{self._use(reader, _model(annotation))}({source})"
            return f"{read} if {owner}.HasField({name!r}) else None" if _nullable(annotation) else read
        if is_json(field, annotation):
            return f"load({source}) if {source} else {_empty(annotation)}"
        return f"{source} if {owner}.HasField({name!r}) else None" if field.has_presence else source

    def fill(self, field: FieldDescriptor, annotation: Any, value: str, owner: str) -> list[str]:
        """The lines that set one field of `owner` from the expression `value`."""
        target = f"{owner}.{field.name}"
        if _is_map(field):
            return self._fill_map(field, annotation, value, target)
        if field.is_repeated:
            if field.message_type is None:
                return [f"if x := {value}: {target}.extend(x)"]
            return [f"for x in {value}: {self._use(filler, _element(annotation))}(x, {target}.add())"]
        if field.message_type is not None:
            fill = self._use(filler, _model(annotation))
            if _nullable(annotation):
                return [f"if (x := {value}) is not None: {target}.SetInParent(); {fill}(x, {target})"]
            return [f"{target}.SetInParent(); {fill}({value}, {target})"]
        if is_json(field, annotation):
            empty = "is not None" if annotation is Any else ""
            return [f"if (x := {value}) {empty}: {target} = dump(x)"]
        test = f"(x := {value}) is not None" if field.has_presence else f"x := {value}"
        return [f"if {test}: {target} = x"]

    def _read_map(self, field: FieldDescriptor, annotation: Any, source: str) -> str:
        value = _map_value(field)
        if value.message_type is None:
            return f"dict({source})"
        if value.message_type.name == "StringList":
            return f"{{k: list(x.values) for k, x in {source}.items()}}"
        return f"{{k: {self._use(reader, get_args(annotation)[1])}(x) for k, x in {source}.items()}}"

    def _fill_map(self, field: FieldDescriptor, annotation: Any, value: str, target: str) -> list[str]:
        inner = _map_value(field)
        if inner.message_type is None:
            return [f"if x := {value}: {target}.update(x)"]
        if inner.message_type.name == "StringList":
            return [f"for k, x in {value}.items(): {target}[k].values.extend(x)"]
        return [f"for k, x in {value}.items(): {self._use(filler, get_args(annotation)[1])}(x, {target}[k])"]

    def _use(self, build: Callable[..., Callable[..., Any]], cls: type[Any]) -> str:
        """The name of another class's function, built at its first call so that classes may hold themselves."""
        name = f"{'read' if build is reader else 'fill'}_{cls.__name__}"
        if name not in self._names:
            names = self._names

            def first(*arguments: Any) -> Any:
                names[name] = build(cls)
                return names[name](*arguments)

            names[name] = first
        return name


def explain(cls: type[Any], value: Any, path: str) -> str:
    """Which part of a value does not fit: ``post.create_at: expected int, got str``. Empty if none is found."""
    if not isinstance(value, cls):
        return f"{path}: expected {cls.__name__}, got {type(value).__name__}"
    if issubclass(cls, AppError):
        return ""
    types = get_type_hints(cls)
    descriptor = message_class(cls.__name__).DESCRIPTOR
    return explain_fields(descriptor, [(name, types[name], getattr(value, name)) for name in types], path)


def explain_fields(descriptor: Descriptor, fields: list[tuple[str, Any, Any]], path: str) -> str:
    """The same for named values of one message."""
    message = message_class(descriptor.name, _topic(descriptor))
    for name, annotation, value in fields:
        scope = Scope(f"probe {name}", {})
        probe = scope.function(
            "fill", "v, m", scope.fill(descriptor.fields_by_name[name], annotation, "v", "m")
        )
        try:
            probe(value, message())
        except (TypeError, ValueError, AttributeError, ConversionError) as error:
            return (
                _explain_field(annotation, value, f"{path}.{name}" if path else name)
                or f"{path}.{name}: {error}"
            )
    return ""


def _topic(descriptor: Descriptor) -> str:
    return descriptor.file.name.rpartition("/")[2].removesuffix(".proto")


def _explain_field(annotation: Any, value: Any, path: str) -> str:
    inner = _model(annotation)
    if attrs.has(inner):
        return explain(inner, value, path)
    arguments = get_args(annotation)
    if isinstance(value, list) and arguments and attrs.has(arguments[0]):
        return next(filter(None, (explain(arguments[0], x, f"{path}[{i}]") for i, x in enumerate(value))), "")
    if isinstance(value, list) and arguments and isinstance(arguments[0], type) and arguments[0] is not Any:
        wrong = next(((i, x) for i, x in enumerate(value) if not isinstance(x, arguments[0])), None)
        if wrong is not None:
            return f"{path}[{wrong[0]}]: expected {arguments[0].__name__}, got {type(wrong[1]).__name__}"
    if inner is Any or isinstance(value, list | dict):
        return _explain_json(value, path)
    expected = getattr(inner, "__name__", str(inner))
    if isinstance(value, inner):
        return f"{path}: {value!r} is too large for the wire"
    return f"{path}: expected {expected}, got {type(value).__name__}"


def _explain_json(value: Any, path: str) -> str:
    """The innermost value that JSON has no form for."""
    parts: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        parts = [(f"{path}[{key!r}]", item) for key, item in value.items()]
    elif isinstance(value, list | tuple):
        parts = [(f"{path}[{index}]", item) for index, item in enumerate(value)]
    for inner_path, item in parts:
        try:
            dump(item)
        except (TypeError, ValueError):
            return _explain_json(item, inner_path)
    return f"{path}: {type(value).__name__} has no JSON form"


def is_json(field: FieldDescriptor, annotation: Any) -> bool:
    """Whether a bytes field holds JSON rather than bytes."""
    return field.type == FieldDescriptor.TYPE_BYTES and _model(annotation) is not bytes


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _map_value(field: FieldDescriptor) -> FieldDescriptor:
    assert field.message_type is not None
    return field.message_type.fields_by_name["value"]


def _nullable(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


def _model(annotation: Any) -> Any:
    """``T`` of ``T | None``."""
    if _nullable(annotation):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _element(annotation: Any) -> Any:
    return get_args(annotation)[0]


def _empty(annotation: Any) -> str:
    origin = getattr(annotation, "__origin__", annotation)
    return {dict: "{}", list: "[]"}.get(origin, "None")
