"""What lets a plugin open a dialog for whoever has just done something."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import Final

from attrs import frozen

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import new_id
from mmhooks.errors import AppError

__all__ = ["Trigger", "Triggers"]

_DIGEST: Final = hashlib.sha256


@frozen
class Trigger:
    """One thing that somebody has done."""

    client_id: str
    """What the client knows it by."""
    user_id: str
    id: str
    """What the plugin gets: all of this, signed."""


class Triggers:
    """Issues triggers, and knows them again; they hold as long as the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes()

    def issue(self, user_id: str, now: int) -> Trigger:
        """Make a trigger.

        Args:
            user_id: who has done something.
            now: in milliseconds since the epoch.
        """
        client_id = new_id()
        data = f"{client_id}:{user_id}:{now}:"
        signed = data + base64.b64encode(self._sign(data)).decode()
        return Trigger(client_id, user_id, base64.b64encode(signed.encode()).decode())

    def read(self, id: str, now: int, seconds: int) -> Trigger:
        """Know a trigger again.

        Args:
            id: what the plugin got.
            now: in milliseconds since the epoch.
            seconds: how long a trigger holds.

        Raises:
            AppError: (400) it has run out, or was not issued here.
        """
        data = _decoded(id, "base64_decode_failed").decode(errors="replace")
        parts = data.split(":")
        if len(parts) != 4:
            raise _refusal("missing_data", "it has not all its parts")
        client_id, user_id, at, given = parts
        if now - (int(at) if at.isdecimal() else 0) > seconds * 1000:
            raise _refusal("expired", f"it ran out after {seconds} s")
        signature = _decoded(given, "base64_decode_failed_signature")
        if len(signature) != _DIGEST().digest_size:
            raise _refusal("signature_decode_failed", "its signature cannot be read")
        if not hmac.compare_digest(signature, self._sign(data.removesuffix(given))):
            raise _refusal("verify_signature_failed", "its signature is wrong")
        return Trigger(client_id, user_id, id)

    def _sign(self, data: str) -> bytes:
        return hmac.digest(self._key, data.encode(), _DIGEST)


def _decoded(text: str, wrong: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _refusal(wrong, "it is not in base64") from None


def _refusal(id: str, why: str) -> AppError:
    text = f"The trigger id cannot be used: {why}."
    return fail("DecodeAndVerifyTriggerId", f"interactive_message.decode_trigger_id.{id}", 400, text)
