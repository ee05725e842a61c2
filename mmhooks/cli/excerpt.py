"""Posts on one line or two, with the part that matters marked."""

from __future__ import annotations

import difflib
import re
from typing import Final

from rich.text import Text

__all__ = ["WIDTH", "difference", "excerpt", "flat", "short"]

WIDTH: Final = 150
"""Characters of a text that is shortened."""
_CONTEXT: Final = 30
"""Characters around a change."""
_COMPARED: Final = 4000
"""Characters of each text that are compared: the time grows with the square."""


def difference(before: str, after: str) -> tuple[Text, Text]:
    """Both texts with what differs marked and what is equal shortened."""
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text[:_COMPARED]) for text in (before, after))
    left, right = Text(), Text()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            same = _clipped("".join(old[i:j]), is_first=number == 0, is_last=number == len(codes) - 1)
            left.append(same)
            right.append(same)
        else:
            left.append(flat("".join(old[i:j])), style="bold red")
            right.append(flat("".join(new[k:m])), style="bold green")
    for text in (left, right):
        text.truncate(WIDTH * 2, overflow="ellipsis")
    return left, right


def flat(text: str) -> str:
    """On one line, with nothing in it that a terminal obeys."""
    return "".join(c if c.isprintable() else "�" for c in text.replace("\n", " ⏎ ").replace("\t", " "))


def _clipped(text: str, *, is_first: bool, is_last: bool) -> str:
    """An equal part: its middle is left out, or its beginning or end where nothing follows."""
    text = flat(text)
    if is_first and is_last:
        return short(text)
    if is_first:
        return text if len(text) <= _CONTEXT else f"…{text[-_CONTEXT:]}"
    if is_last:
        return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT]}…"
    return text if len(text) <= 2 * _CONTEXT else f"{text[:_CONTEXT]} … {text[-_CONTEXT:]}"


def short(text: str, width: int = WIDTH) -> str:
    """The text on one line, cut at the end."""
    text = flat(text)
    return text if len(text) <= width else f"{text[: width - 1]}…"


def excerpt(message: str, reason: str) -> Text:
    """The place in a message that the reason quotes, marked; its beginning if it quotes none."""
    message, reason = flat(message), flat(reason)
    matcher = difflib.SequenceMatcher(None, message, reason, autojunk=False)
    found = matcher.find_longest_match()
    if not re.search(r"\w{3}", message[found.a : found.a + found.size]):
        return Text(short(message))
    begin = max(0, found.a - WIDTH // 3)
    end = min(len(message), begin + WIDTH)
    return Text.assemble(
        "…" if begin else "",
        message[begin : found.a],
        (message[found.a : found.a + found.size], "bold red"),
        message[found.a + found.size : end],
        "…" if end < len(message) else "",
    )
