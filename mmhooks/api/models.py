"""Every struct of the server's plugin API as a frozen attrs class: ``Post``, ``User``, ``Channel`` ...

Fields have Go's names in snake_case and Go's zero values as defaults; what is a pointer there is ``None`` here when
absent. Times are milliseconds since the epoch.
"""

from typing import TYPE_CHECKING, Any

from mmhooks.api._generated import models as _models

if TYPE_CHECKING:
    from mmhooks.api._generated.models import *  # noqa: F403

__all__ = _models.__all__


if not TYPE_CHECKING:  # a misspelt name is an error to type checkers

    def __getattr__(name: str) -> Any:
        """Models are made when they are first asked for: there are many, and a plugin uses few."""
        return getattr(_models, name)
