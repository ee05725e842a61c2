"""What the server reads out of a message."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["channel_mentions", "containing", "hashtags", "is_hashtag", "mentions"]

_HASHTAG: Final = re.compile(r"#[^\W\d_][\w.\-]*[^\W_]", re.UNICODE)
_MENTION: Final = re.compile(r"(?<![\w@])@([a-zA-Z0-9][a-zA-Z0-9._-]*)")
_CHANNEL: Final = re.compile(r"\B~([a-zA-Z0-9_-]+)")
_EDGES: Final = ".,;:!?\"'()[]{}<>*~`"


def hashtags(message: str) -> str:
    """Return the hashtags of a message, parted by spaces, at most 1000 characters."""
    words = (word.strip(_EDGES) for word in message.split() if "#" in word)
    tags = [word for word in words if len(word) > 2 and is_hashtag(word)]
    text = " ".join(tags)
    return text if len(text) <= 1000 else text[:1000].rpartition(" ")[0]


def is_hashtag(word: str) -> bool:
    """Say whether a word is a hashtag."""
    return _HASHTAG.fullmatch(word) is not None


def mentions(message: str) -> list[str]:
    """Return the names after ``@``, in lower case: usernames, or ``channel``, ``all`` and ``here``."""
    if "@" not in message:
        return []
    return list(dict.fromkeys(name.lower().rstrip(".-_") for name in _MENTION.findall(message)))


def channel_mentions(message: str) -> list[str]:
    """Return the channel names after ``~``."""
    return list(dict.fromkeys(_CHANNEL.findall(message))) if "~" in message else []


def containing(text: str, escape: str) -> str:
    """Return a pattern of LIKE for what has a text in it; signs in the text that escape are left out."""
    for sign in (escape, "%", "_"):
        text = text.replace(sign, "" if sign == escape else f"{escape}{sign}")
    return f"%{text.lower()}%"
