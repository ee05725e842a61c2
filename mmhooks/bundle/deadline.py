"""``server.python.deadlines``: how long hooks may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DEFAULT: Final = "default"
"""The key for all hooks that are not named."""
BACKGROUND: Final = "background"
"""The key for those among them that nobody waits for; it goes before ``default``."""

_HOLD_UP: Final = frozenset({"execute_command", "on_saml_login", "serve_http"})


def holds_up(hook: str) -> bool:
    """Whether somebody waits for the hook. ``bridge/internal/hooks/deadline.go`` says the same."""
    return "_will_" in hook or hook in _HOLD_UP


def deadline_of(deadlines: Mapping[str, float], hook: str) -> float | None:
    """Seconds that a call of the hook may take; None if the manifest sets no limit."""
    keys = (hook, DEFAULT) if holds_up(hook) else (hook, BACKGROUND, DEFAULT)
    return next((deadlines[key] for key in keys if key in deadlines), None)
