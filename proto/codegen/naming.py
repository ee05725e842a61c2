"""Go names to Python and proto names: one table of initialisms, one rule."""

from __future__ import annotations

import keyword
import re

INITIALISMS = (
    "OAuth",
    "LDAP",
    "VoIP",
    "SAML",
    "HTML",
    "HTTP",
    "CEL",
    "AST",
    "API",
    "URL",
    "DND",
    "KV",
    "DM",
    "ID",
    "IP",
)
"""Written as one word. Longest first, so that none is cut by a shorter one."""

_PLURAL = "|".join(f"{word}s(?![a-z])|{word}" for word in INITIALISMS)
_WORD = re.compile(rf"{_PLURAL}|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def snake(name: str) -> str:
    """`MessageWillBePosted` -> `message_will_be_posted`, `userID` -> `user_id`, `userId1` -> `user_id1`."""
    words: list[str] = []
    for word in _WORD.findall(name):
        if word.isdigit() and words:
            words[-1] += word
        else:
            words.append(word.lower())
    return "_".join(words)


def identifier(name: str) -> str:
    """A snake_case name that is no Python keyword."""
    snaked = snake(name)
    return f"{snaked}_" if keyword.iskeyword(snaked) else snaked


def upper(name: str) -> str:
    """`CreatePost` -> `CREATE_POST`."""
    return snake(name).upper()
