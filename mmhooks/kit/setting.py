"""Settings of a package, with what the System Console shows of them."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from mmhooks.runtime.extras.settings import LOOK, Look

T = TypeVar("T")


def setting(
    default: T, *, label: str = "", help: str = "", kind: str = "", options: tuple[str, ...] = ()
) -> T:
    """A field of a settings class::

        @attrs.frozen
        class Settings:
            greeting: str = setting("Hello", help="How newcomers are welcomed.")

    Args:
        default: the value until somebody sets another.
        label: what stands before the input; made from the field's name if empty.
        help: what stands below it, as Markdown.
        kind: the server's type of setting, such as ``longtext``; found by the field's type if empty.
        options: the values to choose from; makes the kind ``dropdown``.
    """
    look = Look(label=label, help=help, kind=kind, options=options)
    field: Any = attrs.field(default=default, metadata={LOOK: look})
    return field  # type: ignore[no-any-return]  # attrs sees the field, type checkers the value
