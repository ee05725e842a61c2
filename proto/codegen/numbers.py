"""Field numbers, append-only: a number once given is never given to another field."""

from __future__ import annotations

import json
from pathlib import Path

from codegen.surface import Message

FIRST_RESERVED, LAST_RESERVED = 19000, 19999
"""Numbers that protobuf keeps for itself."""


class FieldNumbers:
    """`{message: {field: number}}`, kept in field_numbers.json; fields that are gone keep their entry."""

    def __init__(self, path: Path) -> None:
        self._numbers: dict[str, dict[str, int]] = json.loads(path.read_text()) if path.exists() else {}

    def of(self, message: str, field: str) -> int:
        """The field's number; a new field gets the next free one."""
        known = self._numbers.setdefault(message, {})
        if field not in known:
            number = max(known.values(), default=0) + 1
            known[field] = LAST_RESERVED + 1 if number == FIRST_RESERVED else number
        return known[field]

    def reserved(self, message: Message) -> list[int]:
        """The numbers of fields that an earlier contract had."""
        current = {f.name for f in message.fields}
        return sorted(
            number for name, number in self._numbers.get(message.name, {}).items() if name not in current
        )

    def text(self) -> str:
        """The file's new content."""
        return json.dumps(self._numbers, indent=1, sort_keys=True) + "\n"
