"""Makes Markdown links of ticket numbers, bare addresses and whatever ``/links add`` names."""

from __future__ import annotations

import re
from math import inf
from time import monotonic

from attrs import evolve, field, frozen

from mmhooks import API, CommandArgs, CommandSpec, KVBucket, Permission, Post, command, hookimpl

MAX_MESSAGE = 16_383
"""Characters that the server takes in one post."""

MAX_AGE = 5.0
"""Seconds after which the patterns are read again: another server, or another process of this one, may have
changed them."""

USAGE = """\
`/links list` – show the patterns
`/links add PATTERN ADDRESS [LABEL]` – in the pattern `#` stands for a number and `*` for a word; in address
and label they stand for what was found
`/links remove PATTERN` – forget a pattern"""

# In a post these stay as they are: code, links that are links already ...
_LEAVE = r"```.*?(?:```|\Z)|`[^`\n]*`|!?\[[^\[\]]*\]\([^()]*\)|<[^<>\s]*>"
# ... and addresses that no pattern names.
_ADDRESS = r"https?://\S+"


@frozen
class Link:
    """What to look for, and what to make of it."""

    pattern: str
    address: str
    label: str


@frozen
class Links:
    """All patterns, as they are kept in the KV store: one value, so that a change is all or nothing."""

    links: list[Link] = field(factory=list)


DEFAULTS = Links(
    [
        Link("TICK-#", "https://tickets.example.com/TICK-#", "TICK-#"),
        Link("https://www.youtube.com/watch?v=*", "https://www.youtube.com/watch?v=*", "YouTube video *"),
        Link("https://twitter.com/mattermosthq/status/#", "https://x.com/mattermosthq/status/#", "Tweet #"),
    ]
)


class Rules:
    """The patterns as read at one time. Never changed: other threads may be in the middle of a post."""

    def __init__(self, links: Links, read_at: float | None = None) -> None:
        self.links = links.links
        self._search = expression(links)
        self._read_at = monotonic() if read_at is None else read_at

    @property
    def age(self) -> float:
        """Seconds since they were read."""
        return monotonic() - self._read_at

    def rewrite(self, message: str) -> str:
        """The message with links."""
        return self._search.sub(self._replace, message)

    def _replace(self, found: re.Match[str]) -> str:
        if found.lastgroup is None:  # what is left alone
            return found[0]
        link = self.links[int(found.lastgroup.removeprefix("link"))]
        word = found[found.re.groupindex[found.lastgroup] + 1]
        return f"[{_put(word, link.label)}]({_put(word, link.address)})"


class LinkRewriter:
    """The package's hookimpls, and the patterns as last read."""

    def __init__(self) -> None:
        self._rules = Rules(DEFAULTS, read_at=-inf)  # to be read at the first post

    @hookimpl
    def register_commands(self) -> list[CommandSpec]:
        links = command("links", help="What is made a link in posts", hint="[add|remove|list]")
        return [links(self.run_command)]

    @hookimpl
    def message_will_be_posted(self, post: Post, api: API) -> Post | None:
        return self._rewritten(post, api)

    @hookimpl
    def message_will_be_updated(self, new_post: Post, api: API) -> Post | None:
        return self._rewritten(new_post, api)

    def _rewritten(self, post: Post, api: API) -> Post | None:
        if post.type:  # a system message, such as "ann joined the channel"
            return None
        message = self._current(api).rewrite(post.message)
        if message == post.message or len(message) > MAX_MESSAGE:
            return None
        return post.evolve(message=message)

    def _current(self, api: API) -> Rules:
        rules = self._rules
        if rules.age > MAX_AGE:
            rules = self._rules = Rules(self._stored(api).get("links") or DEFAULTS)
        return rules

    def _stored(self, api: API) -> KVBucket[Links]:
        # The packages of a plugin share one store, hence the prefix.
        return KVBucket(api, "link_rewriter:", Links)

    def run_command(self, text: str, args: CommandArgs, api: API) -> str:
        """Answer ``/links``; `text` is what stands behind it. Only the sender sees the answer."""
        match text.split(maxsplit=3):
            case ["list"] | []:
                links = self._current(api).links
                rows = [f"| `{link.pattern}` | `{link.address}` | {link.label} |" for link in links]
                return "\n".join(["| Pattern | Address | Label |", "|---|---|---|", *rows])
            case ["add" | "remove", *_] if not self._may_change(args.user_id, api):
                return "Only system administrators can change the patterns."
            case ["add", pattern, address, *label]:
                return self._add(Link(pattern, address, label[0] if label else pattern), api)
            case ["remove", pattern]:
                return self._remove(pattern, api)
        return USAGE

    def _add(self, link: Link, api: API) -> str:
        if problem := problem_of(link):
            return problem

        def added(stored: Links | None) -> Links:
            others = [other for other in (stored or DEFAULTS).links if other.pattern != link.pattern]
            return Links([*others, link])

        # Not get and set: two administrators may do this at the same time.
        self._rules = Rules(self._stored(api).update("links", added))
        return f"From now on `{link.pattern}` becomes a link to `{link.address}`."

    def _remove(self, pattern: str, api: API) -> str:
        def removed(stored: Links | None) -> Links:
            links = stored or DEFAULTS
            return evolve(links, links=[link for link in links.links if link.pattern != pattern])

        before = self._stored(api).get("links") or DEFAULTS
        self._rules = Rules(self._stored(api).update("links", removed))
        is_known = any(link.pattern == pattern for link in before.links)
        return f"`{pattern}` is forgotten." if is_known else f"There is no pattern `{pattern}`."

    def _may_change(self, user_id: str, api: API) -> bool:
        # What one sets here changes everybody's posts.
        return api.has_permission_to(user_id, Permission(id="manage_system"))


def problem_of(link: Link) -> str:
    """What is wrong with a new pattern; empty if nothing is."""
    if not re.search(r"\w", link.pattern) or len(re.findall(r"[#*]", link.pattern)) > 1:
        return "A pattern has letters and at most one `#` or `*`."
    if not link.address.startswith(("https://", "http://")) or re.search(r"[()\s]", link.address):
        return "An address begins with https:// and has no parentheses."
    if re.search(r"[\[\]`\n]", link.label + link.pattern):
        return "Pattern and label have no brackets and no backticks."
    return ""


def expression(links: Links) -> re.Pattern[str]:
    """One expression for all patterns and for what is to be left alone.

    Users write the patterns, so they are not regular expressions: those can be made to run for hours.
    """
    # The longest first: of two that fit at one place the more exact one is meant.
    order = sorted(range(len(links.links)), key=lambda number: -len(links.links[number].pattern))
    parts = [f"(?P<link{number}>{_part(links.links[number].pattern)})" for number in order]
    return re.compile("|".join([f"(?:{_LEAVE})", *parts, f"(?:{_ADDRESS})"]), re.DOTALL)


def _part(pattern: str) -> str:
    before, mark, after = re.match(r"([^#*]*)([#*]?)(.*)", pattern, re.DOTALL).groups()  # type: ignore[union-attr]  # matches anything
    word = {"#": r"(\d+)", "*": r"([\w-]+)", "": "()"}[mark]
    # Not in the middle of a word, and not a part of a longer address.
    return rf"(?<![\w/-]){re.escape(before)}{word}{re.escape(after)}(?![\w/&=-])"


def _put(word: str, text: str) -> str:
    return re.sub(r"[#*]", lambda _: word, text)
