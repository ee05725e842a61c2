"""What becomes of a model that a hook has answered.

The server reads the answer of some hooks *onto* the value that it has handed over, and the encoding
between server and plugin leaves out zero values. So a field returned empty, 0 or false keeps what it was,
and a map keeps the keys that the answer lacks. The embedded host does the same, or plugins would behave
otherwise on a server.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs

from mmhooks.api.model import Model

__all__ = ["merge_answer"]

M = TypeVar("M", bound=Model)


def merge_answer(original: M, answer: M) -> tuple[M, list[str]]:
    """Read an answer onto the original.

    Returns:
        The outcome, and the names of the fields that the answer has cleared in vain.
    """
    kept: list[str] = []
    changes = {}
    for field in attrs.fields(cast(Any, type(original))):
        before, after = getattr(original, field.name), getattr(answer, field.name)
        if before is after or before == after:
            continue
        merged, cleared = _merge(before, after)
        changes[field.name] = merged
        kept.extend(f"{field.name}{path}" for path in cleared)
    outcome: M = attrs.evolve(cast(Any, original), **changes) if changes else original
    return outcome, kept


def _merge(before: Any, after: Any) -> tuple[Any, list[str]]:
    if not after and not isinstance(after, Model):
        return before, [""]
    if isinstance(before, dict) and isinstance(after, dict):
        return {**before, **after}, [f"[{key!r}]" for key in before if key not in after]
    if isinstance(before, Model) and isinstance(after, Model):
        merged, kept = merge_answer(before, after)
        return merged, [f".{path}" for path in kept]
    return after, []
