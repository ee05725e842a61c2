"""Slack's way to write mentions and links, which the server understands in what integrations say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mmhooks.devhost.store import Store

__all__ = ["from_slack", "links", "mentions"]

_LINK: Final = re.compile(r"<([^\n<|>]+)\|([^|\n>]+)>")
_USER: Final = re.compile(r"<@([a-zA-Z0-9]+)>")
_EVERYBODY: Final = re.compile(r"<!(channel|here|all)>")


def mentions(store: Store, text: str) -> str:
    """Return a text with the names of users and groups in place of ``<@id>`` and ``<!here>``."""
    if "<" not in text:
        return text

    def name(match: re.Match[str]) -> str:
        found = store.scalar("SELECT username FROM users WHERE id = ?", match[1])
        return f"@{found}" if found else match[0]

    return _USER.sub(name, _EVERYBODY.sub(r"@\1", text))


def links(text: str) -> str:
    """Return a text with Markdown links in place of ``<address|title>``."""
    return _LINK.sub(r"[\2](\1)", text)


def from_slack(store: Store, attachments: Sequence[Any]) -> list[dict[str, Any]]:
    """Return message attachments, as JSON has them, with such texts changed, and values of fields as texts."""

    def both(text: str) -> str:
        return links(mentions(store, text))

    known = [one for one in attachments if isinstance(one, Mapping)]
    return [_changed(one, both, lambda text: mentions(store, text)) for one in known]


def _changed(
    attachment: Mapping[str, Any], change: Callable[[str], str], change_title: Callable[[str], str]
) -> dict[str, Any]:
    new = dict(attachment)
    for name, how in (("text", change), ("pretext", change), ("title", change_title)):
        if isinstance(new.get(name), str):
            new[name] = how(new[name])
    if isinstance(new.get("fields"), list):
        fields = [dict(one) for one in new["fields"] if isinstance(one, Mapping)]
        for field in fields:
            if field.get("value") is not None:
                field["value"] = change(_as_text(field["value"]))
        new["fields"] = fields
    return new


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
