"""What people press and fill in: buttons and menus of message attachments, and dialogs."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from mmhooks.api.converter import json_converter, structure
from mmhooks.api.http import Request
from mmhooks.api.models import Channel, OpenDialogRequest, Post, User
from mmhooks.api.stream import ByteStream
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.api.trigger import Trigger, Triggers
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.slack import links
from mmhooks.errors import ConversionError, TransportError

__all__ = ["InteractionTopic", "with_action_ids"]

_LARGEST_ANSWER: Final = 1 << 20
_HEADERS: Final = {"Content-Type": "application/json", "Accept": "application/json"}
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_KEPT_PROPS: Final[tuple[str, ...]] = (
    "from_webhook",
    "from_bot",
    "from_plugin",
    "override_username",
    "override_icon_url",
)
"""An answer that changes a post cannot change who seems to have written it."""


class InteractionTopic(Topic):
    """Buttons and menus of message attachments, and dialogs. They call pages of the plugin, or other servers."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._triggers = Triggers()

    def new_trigger(self, user_id: str) -> Trigger:
        """Return what lets a plugin open a dialog for whoever has just done something."""
        return self._triggers.issue(user_id, self.now())

    def open_interactive_dialog(self, dialog: OpenDialogRequest) -> None:
        seconds = int(self.app.setting("ServiceSettings", "OutgoingIntegrationRequestsTimeout"))
        trigger = self._triggers.read(dialog.trigger_id, self.now(), seconds)
        shown = dialog.evolve(trigger_id=trigger.client_id)
        self.publish("open_dialog", user_id=trigger.user_id, dialog=shown)

    def press(self, user_id: str, post_id: str, action_id: str, selected: str = "") -> str:
        """Do what a button or a menu of a post is for.

        Args:
            user_id: who has pressed it.
            post_id: the post, an ephemeral one too.
            action_id: the button or menu.
            selected: what was chosen in the menu.

        Returns:
            What the client knows the trigger by that whoever was called got.

        Raises:
            AppError: (404) there is no such post or action; (400) whoever was called did not take it.
        """
        post, is_ephemeral = self._pressed(user_id, post_id)
        action = _action(post, action_id)
        trigger = self.new_trigger(user_id)
        url = str((action.get("integration") or {}).get("url", ""))
        request = self._action_request(post, user_id, trigger.id, action, selected)
        try:
            answer = _object(self._ask("DoActionRequest", url, user_id, request))
        except ValueError as error:
            raise _unusable("DoPostActionWithCookie", f"{url} answered with {error}") from None
        if isinstance(answer.get("update"), Mapping):
            self._take_update(post, answer["update"], user_id if is_ephemeral else "")
        if text := str(answer.get("ephemeral_text") or ""):
            text = text if answer.get("skip_slack_parsing") else links(text)
            beside = Post(
                user_id=user_id, channel_id=post.channel_id, root_id=post.root_id or post.id, message=text
            )
            props = {key: post.props[key] for key in _KEPT_PROPS if key in post.props}
            self.app.send_ephemeral_post(user_id, beside.evolve(props=props))
        return trigger.client_id

    def _pressed(self, user_id: str, post_id: str) -> tuple[Post, bool]:
        for to, post in reversed(list(self.host.ephemeral)):
            if post.id == post_id and to == user_id:
                return post, True
        return self.app.get_post(post_id), False

    def _action_request(
        self, post: Post, user_id: str, trigger_id: str, action: Mapping[str, Any], selected: str
    ) -> dict[str, Any]:
        user: User = self.app.get_user(user_id)
        channel: Channel = self.app.get_channel(post.channel_id)
        team = self.app.get_team(channel.team_id) if channel.team_id else None
        context = dict((action.get("integration") or {}).get("context") or {})
        is_chosen = bool(selected) and action.get("type") == "select"
        if is_chosen:
            context["selected_option"] = selected
        request = {
            "user_id": user_id,
            "user_name": user.username,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "team_id": channel.team_id,
            "team_domain": team.name if team else "",
            "post_id": post.id,
            "trigger_id": trigger_id,
            "type": str(action.get("type", "")),
            "data_source": str(action.get("data_source", "")) if is_chosen else "",
        }
        return {**request, "context": context} if context else request

    def _take_update(self, post: Post, answer: Mapping[str, Any], ephemeral_to: str) -> None:
        try:
            new = structure(dict(answer), Post, "update")
        except ConversionError as error:
            raise _unusable("DoPostAction", str(error)) from None
        kept = {key: post.props[key] for key in _KEPT_PROPS if key in post.props}
        props = {**{key: value for key, value in new.props.items() if key not in _KEPT_PROPS}, **kept}
        if answer.get("props") is None:
            props = post.props
        changed = post.evolve(message=new.message, props=props, is_pinned=post.is_pinned)
        if ephemeral_to:
            self.app.update_ephemeral_post(ephemeral_to, changed)
        else:
            self.app.save_edit(changed)

    def submit_dialog(self, user_id: str, submission: Mapping[str, Any]) -> dict[str, Any]:
        """Hand in a dialog that somebody has filled in or called off.

        Args:
            user_id: who.
            submission: the client's request, with ``url``, ``callback_id``, ``state``, ``submission``, ``cancelled``.

        Returns:
            The answer: ``error``, and ``errors`` by field, or the ``form`` to fill in next; empty if all is well.

        Raises:
            AppError: (400) nobody took it, or the answer has no sense; (500) the answer cannot be read.
        """
        where, url = "SubmitInteractiveDialog", str(submission.get("url", ""))
        request = {
            **{
                key: str(submission.get(key, "")) for key in ("callback_id", "state", "channel_id", "team_id")
            },
            "type": "refresh" if submission.get("type") == "refresh" else "dialog_submission",
            "user_id": user_id,
            "submission": dict(submission.get("submission") or {}),
            "cancelled": bool(submission.get("cancelled")),
        }
        try:
            answer = _object(self._ask("DoActionRequest", url, user_id, request))
        except ValueError as error:
            id = "app.submit_interactive_dialog.decode_json_error"
            raise fail(where, id, 500, f"{url} answered with {error}.") from None
        answer = {key: answer[key] for key in ("error", "errors", "type", "form") if answer.get(key)}
        kind, form = answer.get("type", ""), answer.get("form")
        is_sound = form is not None if kind == "form" else kind in ("", "ok", "navigate") and form is None
        if not (is_sound or "error" in answer or "errors" in answer):
            id = "app.submit_interactive_dialog.invalid_response"
            raise fail(where, id, 400, f"{url} answered with the type {kind!r}, which does not fit its form.")
        return answer

    def _ask(self, where: str, url: str, user_id: str, body: Mapping[str, Any]) -> str:
        """Post JSON to a page of the plugin, in somebody's name, or to another server; return the answer.

        Raises:
            AppError: (400) there was none, or with another status than 200.
        """
        content = json.dumps(body, ensure_ascii=False)
        if self._is_page(url):
            status, text = self._ask_page(where, url, user_id, content.encode())
        else:
            try:
                sent = self.host.outgoing.send("POST", url, _HEADERS, content)
            except TransportError as error:
                raise _unusable(where, str(error)) from error
            status, text = sent.status, sent.text
        if status != 200:
            raise _unusable(where, f"{url} answered with status {status}")
        return text

    def _is_page(self, url: str) -> bool:
        """Say whether an address is one of this host, below ``/plugins/``."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        site = urlsplit(str(self.app.setting("ServiceSettings", "SiteURL"))).hostname
        if not parts.scheme and not parts.netloc:
            return posixpath.normpath(parts.path).removeprefix("/").startswith("plugins/")
        is_here = parts.hostname in (site, *_LOOPBACK)
        return is_here and parts.path.startswith(f"/plugins/{self.host.plugin_id}/")

    def read_page(self, where: str, url: str, user_id: str) -> str:
        """Read a page of the plugin as the server does, in somebody's name; return the text of its answer.

        Args:
            where: the server's function, for errors.
            url: the page.
            user_id: in whose name.

        Raises:
            AppError: (400) it is no page of the plugin, or it does not answer with status 200.
        """
        status, text = self._ask_page(where, url, user_id, None)
        if status != 200:
            raise _unusable(where, f"{url} answered with status {status}")
        return text

    def _ask_page(self, where: str, url: str, user_id: str, body: bytes | None) -> tuple[int, str]:
        """Ask a page of the plugin: status and text of its answer. Without a body it is only read."""
        request = self._request(where, url, user_id, body)
        answer = self.firing.ask_or_fail("serve_http", plugin_context(), request)
        return (answer.status, _text(answer.body)) if answer is not None else (404, "")

    def _request(self, where: str, url: str, user_id: str, body: bytes | None) -> Request:
        parts, own = urlsplit(url), f"/plugins/{self.host.plugin_id}"
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        if not path.startswith(f"{own}/"):
            raise _unusable(where, f"there is no plugin behind {url!r}, only {self.host.plugin_id}")
        if not self.firing.listens("serve_http"):
            raise _unusable(where, "no package implements serve_http or register_routes now")
        query = f"?{parts.query}" if parts.query else ""
        own_headers = [("Accept", "application/json"), ("Mattermost-User-Id", user_id)]
        if body is not None:
            own_headers += [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        return Request(
            method="GET" if body is None else "POST",
            url=path.removeprefix(own) + query,
            request_uri=path + query,
            proto="HTTP/1.1",
            host=parts.netloc or "localhost",
            headers=own_headers,
            body=ByteStream(iter([body] if body else [])),
        )


def _action(post: Post, action_id: str) -> Mapping[str, Any]:
    attachments = json_converter().unstructure(post.props.get("attachments")) or []
    for attachment in attachments:
        for action in attachment.get("actions") or []:
            if action.get("id") == action_id:
                return dict(action)
    raise fail("DoPostAction", "api.post.do_action.action_id.app_error", 404, "There is no such action.")


def _unusable(where: str, detail: str) -> Exception:
    text = f"The action could not be done: {detail}."
    return fail(where, "api.post.do_action.action_integration.app_error", 400, text, detail)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        raise ValueError("something that is no JSON") from None
    if not isinstance(value, dict):
        raise ValueError("something that is no object")
    return value


def _text(body: Any) -> str:
    if body is None or isinstance(body, str):
        return body or ""
    data = bytearray()
    for chunk in [body] if isinstance(body, bytes) else body:
        data += chunk
        if len(data) > _LARGEST_ANSWER:
            break
    return data.decode(errors="replace").strip()


def with_action_ids(post: Post) -> Post:
    """Give every button and menu of a post an id, as the server does with a post that it stores."""
    if not post.props.get("attachments"):
        return post
    attachments = json_converter().unstructure(post.props["attachments"])
    if not isinstance(attachments, list):
        return post
    known = [one for one in attachments if isinstance(one, dict)]
    for action in (action for one in known for action in one.get("actions") or []):
        action["id"] = action.get("id") or new_id()
    return post.evolve(props={**post.props, "attachments": attachments})
