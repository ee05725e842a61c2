"""The base of every model."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import attrs


class Model:
    """A frozen attrs class. It knows nothing of wire or JSON; converters do."""

    __slots__ = ()

    if not TYPE_CHECKING:  # every model declares its own to type checkers, with its fields

        def evolve(self, **changes: Any) -> Self:
            """A copy with some fields changed: ``post.evolve(message="hi")``.

            Raises:
                TypeError: there is no such field.
            """
            copy, setters = _evolution(type(self))
            value = copy(self)
            for name, new in changes.items():
                if name not in setters:
                    raise TypeError(_no_field(type(self), name))
                setters[name](value, new)
            return value


@cache
def _evolution(cls: Any) -> tuple[Callable[[Any], Any], dict[str, Callable[[Any, Any], None]]]:
    """A function that copies a model of the class, and what sets each field of the copy.

    `attrs.evolve` looks at every field of the class at each call; hookimpls evolve a post for every one posted.
    """
    setters = {field.name: getattr(cls, field.name).__set__ for field in attrs.fields(cls)}
    names = {"new": object.__new__, "cls": cls, **{f"set_{name}": put for name, put in setters.items()}}
    lines = [f"    set_{name}(value, self.{name})\n" for name in setters]
    exec("".join(["def copy(self):\n    value = new(cls)\n", *lines, "    return value\n"]), names)
    return names["copy"], setters


def _no_field(cls: type[Any], name: str) -> str:
    near = get_close_matches(name, [field.name for field in attrs.fields(cls)], n=1)
    return f"{cls.__name__} has no field {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
