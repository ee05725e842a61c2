"""The slash commands that a server has by itself."""

from __future__ import annotations

from typing import Final

from mmhooks.devhost.builtin import account, channel, client, connection, message
from mmhooks.devhost.builtin.entry import BuiltIn

__all__ = ["BUILT_IN", "BuiltIn"]

_TOPICS: Final = (account, channel, client, connection, message)

BUILT_IN: Final[dict[str, BuiltIn]] = {one.trigger: one for topic in _TOPICS for one in topic.COMMANDS}
"""By trigger."""
