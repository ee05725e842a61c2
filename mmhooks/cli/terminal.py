"""Where commands print."""

from __future__ import annotations

import sys

from rich.console import Console

__all__ = ["make_console"]

_PIPED_WIDTH = 110


def make_console(*, stderr: bool = False) -> Console:
    """A console on standard output or standard error; outside a terminal without colours."""
    is_terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(
        stderr=stderr,
        width=None if is_terminal else _PIPED_WIDTH,
        color_system="auto" if is_terminal else None,
        force_terminal=is_terminal,
        highlight=False,
        emoji=False,
        soft_wrap=False,
    )
