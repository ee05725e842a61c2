"""What the server reads out of a search, and the conditions that a post has to meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from unicodedata import combining

from attrs import define, field

from mmhooks.api.models import SearchParams
from mmhooks.devhost.text import is_hashtag

__all__ = ["Condition", "parsed", "when", "words"]

Condition = tuple[str, Sequence[Any]]
"""A condition of SQL, and its parameters."""

_FLAGS: Final = ("from", "channel", "in", "before", "after", "on", "ext")
_QUOTED: Final = re.compile(r'-?"[^"]*"|[^\s"]+|"')
_CHUNK: Final = re.compile(r'"[^"]*"|[^\s"]+')
_SPECIAL: Final = str.maketrans(dict.fromkeys("<>+-()~:", " "))
_LETTER: Final = "a-z0-9\u00c0-\u024f\u0370-\u1fff\u3040-\ud7a3"
"""In a set of GLOB as of a regular expression; what is none of these parts words."""
_WORD: Final = re.compile(f"[{_LETTER}]+")
_GAPS: Final = 3
"""The most signs between two words of a phrase."""
_DAY: Final = timedelta(days=1)


@define
class _Read:
    words: list[tuple[str, bool]] = field(factory=list)
    """Each with whether it is excluded."""
    flags: list[tuple[str, str, bool]] = field(factory=list)
    """Name, value, and whether it is excluded."""

    def joined(self, *, hashtags: bool, excluded: bool) -> str:
        return " ".join(
            word for word, is_out in self.words if is_out is excluded and is_hashtag(word) is hashtags
        )

    def values(self, excluded: bool, *names: str) -> list[str]:
        return [value for name, value, is_out in self.flags if is_out is excluded and name in names]

    def last(self, excluded: bool, name: str) -> str:
        return next(iter(self.values(excluded, name)[::-1]), "")


def parsed(text: str, offset: int = 0) -> list[SearchParams]:
    """Read a search as somebody has typed it.

    Args:
        text: the search.
        offset: of the time zone of its dates, in seconds.

    Returns:
        What to search for: words and hashtags apart, and what is found by either.
    """
    read = _read(text)
    common = SearchParams(
        in_channels=read.values(False, "in", "channel"),
        excluded_channels=read.values(True, "in", "channel"),
        from_users=read.values(False, "from"),
        excluded_users=read.values(True, "from"),
        after_date=read.last(False, "after"),
        excluded_after_date=read.last(True, "after"),
        before_date=read.last(False, "before"),
        excluded_before_date=read.last(True, "before"),
        on_date=read.last(False, "on"),
        excluded_date=read.last(True, "on"),
        extensions=read.values(False, "ext"),
        excluded_extensions=read.values(True, "ext"),
        time_zone_offset=offset,
    )
    found = []
    for hashtags in (False, True):
        terms = read.joined(hashtags=hashtags, excluded=False)
        excluded = read.joined(hashtags=hashtags, excluded=True)
        if terms or excluded:
            found.append(common.evolve(terms=terms, excluded_terms=excluded, is_hashtag=hashtags))
    return found or ([common] if read.flags else [])


def _read(text: str) -> _Read:
    read, parts = _Read(), iter(_QUOTED.findall(text))
    for part in parts:
        is_out = part.startswith("-")
        name, colon, value = part.removeprefix("-").partition(":")
        if colon and name.lower() in _FLAGS:
            value = value or next(parts, "")
            if value:
                read.flags.append((name.lower(), value, is_out))
                continue
        if word := _trimmed(part):
            read.words.append((word, is_out))
    return read


def _trimmed(word: str) -> str:
    """Take away the signs around a word."""
    while word and not (word[0].isalnum() or word[0] in '#"'):
        word = word[1:]
    while word and not (word[-1].isalnum() or word[-1] in '*"' or combining(word[-1])):
        word = word[:-1]
    return re.sub("^##+", "#", word)


def words(params: SearchParams, column: str) -> Condition | None:
    """Return what a text has to have in it, and not; None if nothing has."""
    terms = params.terms if params.is_hashtag else params.terms.translate(_SPECIAL)
    wanted = list(_needles(terms, column))
    unwanted = list(_needles(params.excluded_terms.translate(_SPECIAL), column))
    if not wanted:
        return None  # PostgreSQL cannot read a query that only excludes
    joint = " OR " if params.or_terms else " AND "
    test = joint.join(
        test for test, _ in wanted
    )  # AND binds the excluded ones to the last, as PostgreSQL does
    test += "".join(f" AND NOT {test}" for test, _ in unwanted)
    return f"({test})", [value for _, some in (*wanted, *unwanted) for value in some]


def _needles(terms: str, column: str) -> Iterator[Condition]:
    chunks = [(chunk, _WORD.findall(chunk.lower())) for chunk in _CHUNK.findall(terms)]
    # What is likely to be rare comes first: SQLite leaves the rest of a row then.
    for chunk, found in sorted(chunks, key=lambda one: (one[0].isalpha(), -len(one[0]))):
        if found:
            yield _needle(found, column, chunk.endswith("*"))


def _needle(found: list[str], column: str, is_start: bool) -> Condition:
    """Return the condition that some words follow each other; of the last one, its beginning may do."""
    text, spelled = f"lower({column})", [_spelled(word) for word in found]
    end = "" if is_start else f"[^{_LETTER}]"
    gaps = range(1, _GAPS + 1) if len(found) > 1 else (1,)
    patterns = [f"*[^{_LETTER}]{(f'[^{_LETTER}]' * gap).join(spelled)}{end}*" for gap in gaps]
    whole = " OR ".join([f"' ' || {text} || ' ' GLOB ?"] * len(patterns))
    # A set at the beginning of a pattern is slow, so that most posts are to fail before it.
    quick = f"{text} || ' ' GLOB ?"
    return f"({' AND '.join([quick] * len(found))} AND ({whole}))", [
        *(f"*{word}*" for word in spelled[:-1]),
        f"*{spelled[-1]}{end}*",
        *patterns,
    ]


def _spelled(word: str) -> str:
    """Return a word as a pattern; SQLite's lower() knows the letters of ASCII only."""
    return "".join(
        sign if sign.isascii() or len(sign.upper()) > 1 else f"[{sign}{sign.upper()}]" for sign in word
    )


def when(params: SearchParams, now: int) -> list[Condition]:
    """Return the conditions on the time of a post.

    Args:
        params: with the dates.
        now: in milliseconds since the epoch; stands for a date that cannot be read.
    """
    if params.on_date:
        return [("create_at BETWEEN ? AND ?", _day(params.on_date, params))]
    tests: list[Condition] = []
    if params.excluded_date:
        tests.append(("create_at NOT BETWEEN ? AND ?", _day(params.excluded_date, params)))
    today = datetime.fromtimestamp(now / 1000, UTC).date()
    for text, sign in ((params.after_date, ">="), (params.excluded_after_date, "<")):
        if text:
            tests.append((f"create_at {sign} ?", [_start((_date(text) or today) + _DAY, params)]))
    for text, sign in ((params.before_date, "<="), (params.excluded_before_date, ">")):
        if text:
            day = _date(text)
            tests.append((f"create_at {sign} ?", [_start(day, params) - 1 if day else 0]))
    return tests


def _day(text: str, params: SearchParams) -> list[int]:
    day = _date(text)
    return [_start(day, params), _start(day + _DAY, params) - 1] if day else [0, 0]


def _start(day: date, params: SearchParams) -> int:
    """Return when a day begins, in milliseconds since the epoch."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (int(midnight.timestamp()) - params.time_zone_offset) * 1000


def _date(text: str) -> date | None:
    padded = "-".join(part.zfill(2) if len(part) == 1 else part for part in text.split("-"))
    try:
        return datetime.strptime(padded, "%Y-%m-%d").date() if len(padded) == 10 else None
    except ValueError:
        return None
