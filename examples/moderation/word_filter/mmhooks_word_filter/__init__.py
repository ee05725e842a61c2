"""Rejects posts and edits that contain one of the listed words or phrases. Bots may say anything."""

from __future__ import annotations

import re
from collections.abc import Generator

from attrs import frozen

from mmhooks import API, AppError, Post, Rejection, SettingsSpec, hookimpl, reject, setting

REASON = "This post contains words that are not welcome here"

Verdict = Post | Rejection | None


@frozen
class Settings:
    """What an administrator can set; part of the plugin's page in the System Console."""

    # The Latin is for the sample texts that Mattermost makes up for new workspaces ("it is your fault",
    # "hates everything"), so that there is something to see.
    words: str = setting(
        "the password is, culpa est, odit omnis",
        label="Unwelcome words:",
        kind="longtext",
        help="Words or phrases, separated by commas or line breaks. Upper and lower case are the same.",
    )


class WordFilter:
    """The package's hookimpls; one object for the life of the plugin."""

    def __init__(self) -> None:
        self._unwelcome = pattern_of(Settings().words)
        self._is_bot: dict[str, bool] = {}

    @hookimpl
    def register_settings(self) -> list[SettingsSpec]:
        return [SettingsSpec(Settings)]

    @hookimpl
    def on_configuration_change(self, api: API) -> None:
        self._unwelcome = pattern_of(api.load_plugin_configuration(Settings).words)

    # First, so that no other package works on a post that will not be. And should the filter itself fail,
    # nothing passes it unseen.
    @hookimpl(tryfirst=True, on_error="reject")
    def message_will_be_posted(self, post: Post) -> Verdict:
        return self._check(post)

    @hookimpl(tryfirst=True, on_error="reject")
    def message_will_be_updated(self, new_post: Post) -> Verdict:
        return self._check(new_post)

    # A wrapper goes round the hookimpls of all packages and has the last word on their result.
    @hookimpl(wrapper=True, specname="message_will_be_posted")
    def exempt_bots_that_post(self, post: Post, api: API) -> Generator[None, Verdict, Verdict]:
        return self._unless_bot((yield), post, api)

    @hookimpl(wrapper=True, specname="message_will_be_updated")
    def exempt_bots_that_edit(self, new_post: Post, api: API) -> Generator[None, Verdict, Verdict]:
        return self._unless_bot((yield), new_post, api)

    def _check(self, post: Post) -> Rejection | None:
        found = self._unwelcome.search(post.message)
        return reject(f"{REASON}: {found[0]}") if found else None

    def _unless_bot(self, verdict: Verdict, post: Post, api: API) -> Verdict:
        # Only what this package has rejected: a bot is not free of what other packages ask for.
        is_ours = isinstance(verdict, Rejection) and verdict.reason.startswith(REASON)
        return post if is_ours and self._by_bot(post.user_id, api) else verdict

    def _by_bot(self, user_id: str, api: API) -> bool:
        # Nobody becomes a bot later, so one question per user is enough.
        if user_id not in self._is_bot:
            try:
                self._is_bot[user_id] = api.get_user(user_id).is_bot
            except AppError:
                return False  # an unknown author is not exempt
        return self._is_bot[user_id]


def pattern_of(words: str) -> re.Pattern[str]:
    """One expression for all words; only whole words count, and any white space between those of a phrase."""
    phrases = [
        r"\s+".join(map(re.escape, part.split())) for part in re.split(r"[,\n]", words) if part.strip()
    ]
    # (?!) never matches: an empty list rejects nothing.
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases) or '(?!)'})(?!\w)", re.IGNORECASE)
