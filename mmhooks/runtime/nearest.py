"""The nearest right name, for messages about a wrong one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """``; did you mean 'x'?``, or nothing if no name is near."""
    names = list(right)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    if not near:  # get_close_matches takes letter case for a difference
        near = [name for name in names if name.lower() == wrong.lower()]
    return f"; did you mean {near[0]!r}?" if near else ""
