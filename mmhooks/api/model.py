"""The base of every model."""

from __future__ import annotations

from typing import Any, Self

import attrs


class Model:
    """A frozen attrs class. It knows nothing of wire or JSON; converters do."""

    __slots__ = ()

    def evolve(self, **changes: Any) -> Self:
        """A copy with some fields changed: ``post.evolve(message="hi")``.

        Raises:
            TypeError: there is no such field.
        """
        return attrs.evolve(self, **changes)  # type: ignore[misc]  # every subclass is an attrs class
