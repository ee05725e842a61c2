"""The base of every model."""

from __future__ import annotations

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
            return attrs.evolve(self, **changes)
