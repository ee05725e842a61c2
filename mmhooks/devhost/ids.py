"""Identifiers and names as the server makes and checks them."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import Final

__all__ = [
    "direct_channel_name",
    "group_channel_name",
    "hash_password",
    "is_id",
    "new_id",
    "verify_password",
]

_STANDARD: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_ALPHABET: Final = b"ybndrfg8ejkmcpqxot1uwisza345h769"
_TRANSLATE: Final = bytes.maketrans(_STANDARD, _ALPHABET)
_ID: Final = re.compile(r"[a-z0-9]{26}")
_ROUNDS: Final = 1_000


def new_id() -> str:
    """Return 26 characters that nobody has used before (z-base-32 of 16 random bytes)."""
    return base64.b32encode(secrets.token_bytes(16))[:26].translate(_TRANSLATE).decode()


def is_id(value: str) -> bool:
    """Say whether a text has the form of an identifier."""
    return _ID.fullmatch(value) is not None


def direct_channel_name(user_id: str, other_id: str) -> str:
    """Return the name of the channel between two users, whoever is asked first."""
    return "__".join(sorted((user_id, other_id)))


def group_channel_name(user_ids: list[str]) -> str:
    """Return the name of the channel between several users."""
    return hashlib.sha1("".join(sorted(user_ids)).encode(), usedforsecurity=False).hexdigest()


def hash_password(password: str) -> str:
    """Return what is kept of a password: enough to check it, not to read it."""
    if not password:
        return ""
    salt = secrets.token_hex(8)
    return f"{salt}${_derive(password, salt)}"


def verify_password(password: str, kept: str) -> bool:
    """Say whether this is the password of which `kept` was made."""
    salt, _, digest = kept.partition("$")
    return bool(digest) and secrets.compare_digest(_derive(password, salt), digest)


def _derive(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ROUNDS).hex()
