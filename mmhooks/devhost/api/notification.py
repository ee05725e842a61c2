"""Notifications: mail and mobile pushes, which plugins may change or stop."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import fields

from mmhooks.api.converter import json_converter
from mmhooks.api.models import (
    Channel,
    Post,
    PushNotification,
    Team,
    User,
)
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.mail import Postman, page_of
from mmhooks.devhost.notice import (
    PUSH_VERSION,
    News,
    Reader,
    Rules,
    mail_for,
    push_for,
    wants_mail,
    wants_push,
)
from mmhooks.devhost.tables import SESSIONS
from mmhooks.errors import TransportError

_PUSH: Final = "notification_will_be_pushed"
_MAIL: Final = "email_notification_will_be_sent"


class NotificationTopic(Topic):
    """Notifications: mail and mobile pushes, which plugins may change or stop."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._postman = Postman(self.app.setting)

    @approximate("what is sent to EmailSettings.PushNotificationServer, if one is set, has no signature")
    def send_push_notification(self, notification: PushNotification, user_id: str) -> None:
        answer = self.firing.ask(_PUSH, notification, user_id)
        changed, reason = answer or (None, "")
        if reason:
            text = "a notification was rejected by the plugin"
            self.host.log("debug", text, reason=reason, user_id=user_id)
            return
        note = changed or notification
        self.host.log("debug", "a notification is pushed", user_id=user_id, type=note.type, text=note.message)
        if self.app.setting("EmailSettings", "PushNotificationServer"):
            for session in self.store.select(SESSIONS, "WHERE user_id = ? AND device_id <> ''", user_id):
                if not 0 < session.expires_at <= self.now():
                    self._push_to(session.device_id, note)

    def _push_to(self, device_id: str, note: PushNotification) -> None:
        platform, _, device = device_id.rpartition(":")
        sent = note.evolve(
            platform=platform, device_id=device, ack_id=new_id(), server_id=self.app.get_diagnostic_id()
        )
        url = (
            f"{str(self.app.setting('EmailSettings', 'PushNotificationServer')).rstrip('/')}/api/v1/send_push"
        )
        body = json.dumps(json_converter().unstructure(sent))
        try:
            answer = self.host.outgoing.send("POST", url, {"Content-Type": "application/json"}, body)
            problem = "" if answer.status == 200 else f"{url} answered with {answer.status}"
        except TransportError as error:
            problem = str(error)
        if problem:
            self.host.log("error", "a notification could not be pushed", error=problem, type=note.type)

    def send_mail(self, to: str, subject: str, html_body: str) -> None:
        for value, name in ((to, "to"), (subject, "subject"), (html_body, "htmlbody")):
            if not value:
                text = f"A mail needs {name}."
                raise fail("SendMail", f"plugin_api.send_mail.missing_{name}", 400, text)
        if not self.app.setting("EmailSettings", "SendEmailNotifications"):
            return
        try:
            self._deliver(to, subject, html_body)
        except TransportError as error:
            id = "plugin_api.send_mail.missing_htmlbody"  # the server has no other one here
            raise fail("SendMail", id, 500, str(error), str(error)) from error

    def _deliver(self, to: str, subject: str, body: str, headers: Mapping[str, str] | None = None) -> None:
        """Send a mail; without a mail server, show it in the log.

        Raises:
            TransportError: the mail server did not take it.
        """
        if self._postman.has_server:
            self._postman.send(to, subject, body, headers)
        else:
            self.host.log("info", "a mail would be sent", to=to, subject=subject, body=body)

    def clear_push(self, user_id: str, channel_id: str, root_id: str = "") -> None:
        """Take back what a user's devices show of a channel, or of a thread, beside the action: it was read."""
        note = PushNotification(
            type="clear", channel_id=channel_id, root_id=root_id, is_crt_enabled=self.has_threads()
        )
        self._push_beside(user_id, note)

    def update_badge(self, user_id: str) -> None:
        """Tell a user's devices how much is unread, beside the action."""
        self._push_beside(user_id, PushNotification(type="update_badge", sound="none"))

    def _push_beside(self, user_id: str, note: PushNotification) -> None:
        if self._has_push():
            whole = note.evolve(version=PUSH_VERSION, content_available=1, badge=self._badge(user_id))
            self.host.workers.submit(lambda: self.send_push_notification(whole, user_id))

    def _badge(self, user_id: str) -> int:
        """How many mentions are unread; those in threads are counted there."""
        column = "mention_count_root" if self.has_threads() else "mention_count"
        query = (
            f"SELECT sum(m.{column}) FROM channel_members m JOIN channels c ON c.id = m.channel_id"
            " WHERE m.user_id = ? AND c.delete_at = 0"
        )
        count = int(self.store.scalar(query, user_id) or 0)
        if self.has_threads():
            query = "SELECT sum(mentions) FROM thread_followers WHERE user_id = ? AND following"
            count += int(self.store.scalar(query, user_id) or 0)
        return count

    def has_threads(self) -> bool:
        """Say whether readers follow threads by themselves."""
        return str(self.app.setting("ServiceSettings", "CollapsedThreads")) != "disabled"

    def notify(self, post: Post, channel: Channel, sender: User, mentioned: Sequence[str]) -> None:
        """Mail and push a new post to whom it concerns, beside the action.

        Args:
            post: as it is stored.
            channel: where it is.
            sender: its author.
            mentioned: ids of the members whom it mentions.
        """
        setting = self.app.setting
        mails = (self.firing.listens(_MAIL) or self._postman.has_server) and bool(
            setting("EmailSettings", "SendEmailNotifications")
        )
        pushes = self._has_push() and bool(setting("EmailSettings", "SendPushNotifications"))
        if mails or pushes:
            self.host.workers.submit(
                lambda: self._notify(post, channel, sender, frozenset(mentioned), mails, pushes)
            )

    def _has_push(self) -> bool:
        """Whether anybody hears of pushes."""
        return self.firing.listens(_PUSH) or bool(self.app.setting("EmailSettings", "PushNotificationServer"))

    def _notify(
        self,
        post: Post,
        channel: Channel,
        sender: User,
        mentioned: frozenset[str],
        mails: bool,
        pushes: bool,
    ) -> None:
        rules, followers = self.notification_rules(), self._followers(post)
        names = self._names(channel) if channel.type == "G" else ()
        news = News(post=post, channel=channel, sender=sender, names=names)
        concerned = mentioned | followers | (self._always_pushed(channel.id) if pushes else frozenset())
        users = {user.id: user for user in self.app.get_users_by_ids(sorted(concerned))}
        readers = [
            Reader(
                user=users[member.user_id],
                member=member,
                status=self.app.status_of(member.user_id),
                is_mentioned=member.user_id in mentioned,
                is_following=member.user_id in followers,
            )
            for member in self.app.get_channel_members_by_ids(channel.id, list(users))
        ]
        now = self.now()
        for reader in readers:
            if mails and wants_mail(news, reader, rules):
                self._mail(news, reader, rules)
            if pushes and wants_push(news, reader, rules, now):
                note = push_for(news, reader, rules, self._badge(reader.user.id))
                self.send_push_notification(note, reader.user.id)

    def notification_rules(self) -> Rules:
        """Return the settings that count for what notifications say."""
        setting = self.app.setting
        return Rules(
            has_threads=self.has_threads(),
            requires_verification=bool(setting("EmailSettings", "RequireEmailVerification")),
            contents=str(setting("EmailSettings", "PushNotificationContents")),
            overrides_names=bool(setting("ServiceSettings", "EnablePostUsernameOverride")),
            overrides_icons=bool(setting("ServiceSettings", "EnablePostIconOverride")),
            site_name=str(setting("TeamSettings", "SiteName")),
            site_url=str(setting("ServiceSettings", "SiteURL") or ""),
        )

    def _followers(self, post: Post) -> frozenset[str]:
        """Who follows the thread that a post replies in, without its author."""
        if not (post.root_id and self.has_threads()):
            return frozenset()
        rows = self.store.rows(
            "SELECT user_id FROM thread_followers WHERE post_id = ? AND following", post.root_id
        )
        author = "" if post.props.get("from_webhook") == "true" else post.user_id
        return frozenset(row[0] for row in rows) - {author}

    def _names(self, channel: Channel) -> tuple[str, ...]:
        query = (
            "SELECT u.username FROM channel_members m JOIN users u ON u.id = m.user_id"
            " WHERE m.channel_id = ? ORDER BY u.username"
        )
        return tuple(row[0] for row in self.store.rows(query, channel.id))

    def _always_pushed(self, channel_id: str) -> frozenset[str]:
        """The members who want to know of every post."""
        query = (
            "SELECT m.user_id FROM channel_members m JOIN users u ON u.id = m.user_id WHERE m.channel_id = ?"
            """ AND (instr(m.notify_props, '"push": "all"') OR instr(u.notify_props, '"push": "all"'))"""
        )
        return frozenset(row[0] for row in self.store.rows(query, channel_id))

    def _mail(self, news: News, reader: Reader, rules: Rules) -> None:
        mail = mail_for(news, reader, rules, self._team(news.channel, reader.user))
        content, reason = self.firing.ask(_MAIL, mail) or (None, "")
        if reason:
            text = "a mail was rejected by the plugin"
            self.host.log("debug", text, reason=reason, user_id=reader.user.id)
            return
        if content is not None:
            mail = mail.evolve(
                **{field.name: getattr(content, field.name) for field in fields(type(content))}
            )
        site = urlsplit(rules.site_url).hostname or "localhost"
        headers = {"Message-ID": f"<{mail.post_id}@{site}>"}
        if mail.root_id:
            headers |= dict.fromkeys(("In-Reply-To", "References"), f"<{mail.root_id}@{site}>")
        try:
            self._deliver(reader.user.email, html.unescape(mail.subject), page_of(mail), headers)
        except TransportError as error:
            self.host.log("error", "a mail could not be sent", error=str(error), user_id=reader.user.id)

    def _team(self, channel: Channel, user: User) -> Team:
        """Where a user reads a post: a team's own channel there, others in any of the user's teams."""
        if channel.team_id:
            return self.app.get_team(channel.team_id)
        nowhere = Team(name="select_team", display_name=str(self.app.setting("TeamSettings", "SiteName")))
        return next(iter(self.app.get_teams_for_user(user.id)), nowhere)
