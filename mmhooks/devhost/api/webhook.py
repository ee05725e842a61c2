"""Outgoing webhooks, and what any webhook posts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from attrs import Factory, asdict, define, evolve

from mmhooks.api.converter import structure
from mmhooks.api.models import Channel, Post, User
from mmhooks.devhost.api.base import Topic, fail, first_wrong
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.outgoing import read
from mmhooks.devhost.slack import from_slack, links, mentions
from mmhooks.errors import AppError, MmhooksError

__all__ = ["OutgoingWebhook", "WebhookTopic"]

_KEPT: Final = "outgoing_webhooks"
_MOST_RUNES: Final = 16_383
_NOT_GIVEN: Final = ("override_icon_url", "override_username", "from_webhook", "attachments")
_JSON: Final = "application/json"


@define(frozen=True, kw_only=True)
class OutgoingWebhook:
    """Whom to tell of which posts."""

    id: str = ""
    token: str = ""
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    creator_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    trigger_words: list[str] = Factory(list)
    trigger_when: int = 0
    """0: the first word of a post is a trigger word; 1: it begins with one."""
    callback_urls: list[str] = Factory(list)
    display_name: str = ""
    description: str = ""
    content_type: str = ""
    username: str = ""
    icon_url: str = ""

    def heard(self, post: Post) -> str | None:
        """Return the trigger word with which a post begins, None if the post is none of this webhook's."""
        if self.channel_id not in ("", post.channel_id):
            return None
        if self.channel_id and not self.trigger_words:
            return ""
        first = (post.message.split(maxsplit=1) or [""])[0]
        for word in self.trigger_words:
            if first and (first.startswith(word) if self.trigger_when else first == word):
                return word
        return None


class WebhookTopic(Topic):
    """Outgoing webhooks, and what any webhook posts."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._outgoing: dict[str, OutgoingWebhook] | None = None

    def outgoing_webhooks(self) -> dict[str, OutgoingWebhook]:
        """Return the outgoing webhooks by id."""
        if self._outgoing is None:  # looked up with every post
            kept = self.app.read_document(_KEPT) or {}
            self._outgoing = {id: structure(hook, OutgoingWebhook) for id, hook in kept.items()}
        return self._outgoing

    def outgoing_webhook(self, hook_id: str) -> OutgoingWebhook:
        """Return an outgoing webhook.

        Raises:
            AppError: (404) there is none; (501) they are switched off.
        """
        self._need_outgoing("GetOutgoingWebhook")
        hook = self.outgoing_webhooks().get(hook_id)
        if hook is None:
            id = "app.webhooks.get_outgoing.app_error"
            raise fail("GetOutgoingWebhook", id, 404, "There is no such webhook.")
        return hook

    def _need_outgoing(self, where: str) -> None:
        if not self.app.setting("ServiceSettings", "EnableOutgoingWebhooks"):
            id = "api.outgoing_webhook.disabled.app_error"
            raise fail(where, id, 501, "Outgoing webhooks are switched off.")

    def create_outgoing_webhook(self, hook: OutgoingWebhook) -> OutgoingWebhook:
        """Make an outgoing webhook as the server does."""
        where = "CreateOutgoingWebhook"
        self._need_outgoing(where)
        self._need_public(where, hook, hook.team_id, "api.outgoing_webhook.disabled.app_error", 400)
        self._need_own(hook, where, "api.webhook.create_outgoing.intersect.app_error", 500)
        if hook.id:
            id = "app.webhooks.save_outgoing.override.app_error"
            raise fail(where, id, 400, "A new webhook has no id yet.")
        now = self.now()
        new = evolve(hook, id=new_id(), token=hook.token or new_id(), create_at=now, update_at=now)
        _check(new)
        self._keep(new)
        return new

    def update_outgoing_webhook(self, old: OutgoingWebhook, hook: OutgoingWebhook) -> OutgoingWebhook:
        """Change an outgoing webhook as the server does: all but who made it, when, and in which team."""
        where = "UpdateOutgoingWebhook"
        self._need_outgoing(where)
        self._need_public(where, hook, old.team_id, "api.webhook.create_outgoing.not_open.app_error", 500)
        same = {name: getattr(old, name) for name in ("creator_id", "create_at", "delete_at", "team_id")}
        new = evolve(hook, **same, update_at=self.now())
        self._need_own(new, where, "api.webhook.update_outgoing.intersect.app_error", 400)
        self._keep(new)
        return new

    def _need_public(
        self, where: str, hook: OutgoingWebhook, team_id: str, not_open: str, no_words: int
    ) -> None:
        """Raise AppError unless a webhook hears a public channel of the team, or has words to hear in all of them.

        Args:
            where: the server's function.
            hook: the webhook.
            team_id: its team.
            not_open: the id of the error about another channel than a public one.
            no_words: the status of the error about neither.
        """
        if not hook.channel_id:
            if not hook.trigger_words:
                id = "api.webhook.create_outgoing.triggers.app_error"
                raise fail(where, id, no_words, "A webhook without a channel needs trigger words.")
            return
        channel = self.app.get_channel(hook.channel_id)
        if channel.type != "O":
            raise fail(where, not_open, 403, "A webhook hears public channels only.")
        if channel.team_id != team_id:
            id = "api.webhook.create_outgoing.permissions.app_error"
            raise fail(where, id, 403, "The channel belongs to another team.")

    def _need_own(self, hook: OutgoingWebhook, where: str, id: str, status: int) -> None:
        """Raise AppError if another webhook tells the same of the same."""
        for one in self.outgoing_webhooks().values():
            same_place = (one.team_id, one.channel_id) == (hook.team_id, hook.channel_id)
            words = set(one.trigger_words) & set(hook.trigger_words)
            if (
                one.id != hook.id
                and same_place
                and words
                and set(one.callback_urls) & set(hook.callback_urls)
            ):
                raise fail(where, id, status, "Another webhook has this trigger word and address.")

    def regenerate_outgoing_webhook(self, hook: OutgoingWebhook) -> OutgoingWebhook:
        """Give an outgoing webhook another token."""
        new = evolve(hook, token=new_id(), update_at=self.now())
        self._keep(new)
        return new

    def delete_outgoing_webhook(self, hook_id: str) -> None:
        """Forget an outgoing webhook."""
        with self.store.transaction():
            self._write({id: one for id, one in self.outgoing_webhooks().items() if id != hook_id})

    def _keep(self, hook: OutgoingWebhook) -> None:
        with self.store.transaction():
            self._write({**self.outgoing_webhooks(), hook.id: hook})

    def _write(self, hooks: dict[str, OutgoingWebhook]) -> None:
        self.app.write_document(_KEPT, {id: asdict(one) for id, one in hooks.items()})
        self._outgoing = hooks

    # -- telling of posts ----------------------------------------------------------------------

    def tell_webhooks(self, post: Post, channel: Channel, user: User) -> None:
        """Tell of a post whoever wants to know, beside the action."""
        if channel.type != "O" or not self.app.setting("ServiceSettings", "EnableOutgoingWebhooks"):
            return
        hooks = [one for one in self.outgoing_webhooks().values() if one.team_id == channel.team_id]
        told = [(one, word) for one in hooks if (word := one.heard(post)) is not None]
        for hook, _ in told:
            payload = {
                "token": hook.token,
                "team_id": hook.team_id,
                "team_domain": self.app.get_team(hook.team_id).name,
                "channel_id": post.channel_id,
                "channel_name": channel.name,
                "timestamp": post.create_at,
                "user_id": post.user_id,
                "user_name": user.username,
                "post_id": post.id,
                "text": post.message,
                "trigger_word": told[-1][1],  # the server tells all of them the last one
                "file_ids": ",".join(post.file_ids),
            }
            for url in hook.callback_urls:
                self.host.workers.submit(partial(self._tell, url, payload, hook, post, channel))

    def _tell(
        self, url: str, payload: dict[str, Any], hook: OutgoingWebhook, post: Post, channel: Channel
    ) -> None:
        if hook.content_type == _JSON:
            body, kind = json.dumps(payload, ensure_ascii=False), _JSON
        else:
            in_seconds = {**payload, "timestamp": post.create_at // 1000}
            body, kind = urlencode(in_seconds), "application/x-www-form-urlencoded"
        try:
            headers = {"Content-Type": kind, "Accept": _JSON}
            text = self.host.outgoing.send("POST", url, headers, body).text.strip()
            if text:
                self._post_answer(read(text, _Reply), hook, post, channel)
        except MmhooksError as error:
            what = "an outgoing webhook failed"
            self.host.log("error", what, url=url, error=str(error), webhook_id=hook.id, post_id=post.id)

    def _post_answer(self, reply: _Reply, hook: OutgoingWebhook, post: Post, channel: Channel) -> None:
        if reply.text is None and not reply.attachments:
            return
        self.save_webhook_post(
            hook.creator_id,
            channel,
            reply.text or "",
            {**(reply.props or {}), "webhook_display_name": hook.display_name},
            attachments=reply.attachments or [],
            username=reply.username or hook.username,
            icon_url=reply.icon_url or hook.icon_url,
            type=reply.type,
            root_id=post.id if reply.response_type == "comment" else "",
        )

    def save_webhook_post(
        self,
        user_id: str,
        channel: Channel,
        text: str,
        props: Mapping[str, Any],
        *,
        attachments: Sequence[Any] = (),
        username: str = "",
        icon_url: str = "",
        type: str = "",
        root_id: str = "",
    ) -> None:
        """Post what a webhook says, a long text in several posts.

        Raises:
            AppError: (500) it cannot be posted; (400) it has a type of the server's own.
        """
        if type.startswith("system_"):
            id = "api.context.invalid_param.app_error"
            raise fail("CreateWebhookPost", id, 400, "A webhook cannot post in the server's name.")
        shown = {key: value for key, value in props.items() if key not in _NOT_GIVEN}
        shown["from_webhook"] = "true"
        if self.app.setting("ServiceSettings", "EnablePostUsernameOverride"):
            shown["override_username"] = username or "webhook"
        if icon_url and self.app.setting("ServiceSettings", "EnablePostIconOverride"):
            shown["override_icon_url"] = icon_url
        text = links(mentions(self.store, text))
        parts = [text[at : at + _MOST_RUNES] for at in range(0, len(text), _MOST_RUNES)] or [""]
        changed = from_slack(self.store, attachments)
        kind = type or ("slack_attachment" if changed else "")
        for place, part in enumerate(parts, 1):
            last = {"attachments": changed} if changed and place == len(parts) else {}
            post = Post(
                user_id=user_id,
                channel_id=channel.id,
                root_id=root_id,
                message=part,
                type=kind,
                props={**shown, **last},
            )
            try:
                self.app.save_post(post, is_told=False)
            except AppError as error:
                id = "api.post.create_webhook_post.creating.app_error"
                raise fail("CreateWebhookPost", id, 500, error.message, error.detailed_error) from error


@define(frozen=True, kw_only=True)
class _Reply:
    """What the other side of an outgoing webhook answers."""

    text: str | None = None
    username: str = ""
    icon_url: str = ""
    props: dict[str, Any] | None = None
    attachments: list[Any] | None = None
    type: str = ""
    response_type: str = ""


def _check(hook: OutgoingWebhook) -> None:
    urls = hook.callback_urls
    wrong = first_wrong(
        ("is_valid.token", len(hook.token) != 26),
        ("is_valid.user_id", not is_id(hook.creator_id)),
        ("is_valid.channel_id", bool(hook.channel_id) and not is_id(hook.channel_id)),
        ("is_valid.team_id", not is_id(hook.team_id)),
        ("is_valid.words", len(" ".join(hook.trigger_words).encode()) > 1022),
        ("is_valid.trigger_words", "" in hook.trigger_words),
        ("is_valid.callback", not urls or len(" ".join(urls).encode()) > 1022),
        ("is_valid.url", not all(_is_address(url) for url in urls)),
        ("is_valid.display_name", len(hook.display_name.encode()) > 64),
        ("is_valid.description", len(hook.description.encode()) > 500),
        ("is_valid.content_type", len(hook.content_type) > 128 or hook.trigger_when > 1),
        ("username", len(hook.username.encode()) > 64),
        ("icon_url", len(hook.icon_url.encode()) > 1024),
    )
    if wrong:
        text = f"This is no valid webhook ({wrong.removeprefix('is_valid.')})."
        raise fail("OutgoingWebhook.IsValid", f"model.outgoing_hook.{wrong}.app_error", 400, text)


def _is_address(url: str) -> bool:
    try:
        return url.startswith(("http://", "https://")) and bool(urlsplit(url).netloc)
    except ValueError:
        return False
