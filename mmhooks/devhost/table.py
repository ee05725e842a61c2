"""How a model becomes a row and a row a model."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

import attrs

from mmhooks.api.converter import json_converter
from mmhooks.api.model import Model

__all__ = ["Table"]

M = TypeVar("M", bound=Model)
_Codec = tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None]


class Table(Generic[M]):
    """The rows of one kind of model. Columns bear the names of its fields; fields without one are not kept.

    Args:
        model: what a row becomes.
        name: the table's name.
        key: its primary key.
        omit: fields that have no column.
    """

    def __init__(self, model: type[M], name: str, key: Iterable[str], omit: Iterable[str] = ()) -> None:
        self.model = model
        self.name = name
        self.key = tuple(key)
        self._omit = frozenset(omit)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the model's fields."""
        return tuple(
            field.name for field in attrs.fields(cast(Any, self.model)) if field.name not in self._omit
        )

    @cached_property
    def selection(self) -> str:
        """The columns as a query lists them."""
        return ", ".join(f'{self.name}."{column}"' for column in self.columns)

    @cached_property
    def insertion(self) -> str:
        """What comes after ``INSERT`` and ``REPLACE``."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f"INTO {self.name} ({names}) VALUES ({', '.join('?' * len(self.columns))})"

    @cached_property
    def update(self) -> str:
        """The statement that writes a whole row; its parameters are those of `row`, then the key."""
        names = ", ".join(f'"{column}" = ?' for column in self.columns)
        return f"UPDATE {self.name} SET {names} WHERE {self.where_key}"

    @cached_property
    def where_key(self) -> str:
        """The condition that finds a row by its key."""
        return " AND ".join(f'{self.name}."{column}" = ?' for column in self.key)

    @cached_property
    def _codecs(self) -> tuple[_Codec, ...]:
        types = typing.get_type_hints(self.model)
        return tuple(_codec(types[column]) for column in self.columns)

    def row(self, value: M) -> tuple[Any, ...]:
        """Return the value of each column."""
        return tuple(
            encode(getattr(value, column)) if encode else getattr(value, column)
            for column, (encode, _) in zip(self.columns, self._codecs, strict=True)
        )

    def key_of(self, value: M) -> tuple[Any, ...]:
        """Return the values of the primary key."""
        return tuple(getattr(value, column) for column in self.key)

    def load(self, row: Iterable[Any], **other: Any) -> M:
        """Make a model of a row; `other` gives fields that have no column, and other values."""
        return self.model(
            **{
                column: decode(value) if decode else value
                for column, value, (_, decode) in zip(self.columns, row, self._codecs, strict=True)
            }
            | other
        )


def _codec(annotation: Any) -> _Codec:
    """Say how a field is written into its column and read from it."""
    kinds = [kind for kind in (typing.get_args(annotation) or (annotation,)) if kind is not type(None)]
    optional = type(None) in typing.get_args(annotation)
    if annotation is Any:
        return _dump_any, json.loads
    if annotation is bool or (optional and kinds == [bool]):
        return None, _maybe_bool if optional else bool
    if typing.get_origin(annotation) in (dict, list):
        return _dump, json.loads
    if optional and isinstance(kinds[0], type) and issubclass(kinds[0], Model):
        return _dump_model, lambda text: None if text is None else _load_model(text, kinds[0])
    return None, None


def _maybe_bool(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _dump(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False, default=_unstructure)
        if value
        else ("[]" if value == [] else "{}")
    )


def _dump_any(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_unstructure)


def _unstructure(value: Any) -> Any:
    """Turn a model inside a dynamic value, such as an attachment in props, into what it is on the wire."""
    plain = json_converter().unstructure(value)
    if plain is value:
        raise TypeError(f"{type(value).__name__} cannot be stored as JSON")
    return plain


def _dump_model(value: Any) -> str | None:
    return None if value is None else json.dumps(json_converter().unstructure(value), ensure_ascii=False)


def _load_model(text: str, model: type[Model]) -> Model:
    return json_converter().structure(json.loads(text), model)
