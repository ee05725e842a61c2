"""Notifications: mail and mobile pushes, which plugins may change or stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mmhooks.api.models import (
    Channel,
    EmailNotification,
    EmailNotificationContent,
    Post,
    PushNotification,
    Team,
    User,
)
from mmhooks.devhost.api.base import Topic, approximate, fail
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

_PUSH: Final = "notification_will_be_pushed"
_MAIL: Final = "email_notification_will_be_sent"


class NotificationTopic(Topic):
    """Notifications: mail and mobile pushes, which plugins may change or stop.

    Nobody but the plugin and the log hears of them: the host sends nothing.
    """

    @approximate("the plugin is asked, then the notification is recorded instead of pushed")
    def send_push_notification(self, notification: PushNotification, user_id: str) -> None:
        answer = self.firing.ask(_PUSH, notification, user_id)
        changed, reason = answer or (None, "")
        if reason:
            text = "a notification was rejected by the plugin"
            self.host.log("debug", text, reason=reason, user_id=user_id)
            return
        self.publish("push_notification", user_id=user_id, notification=changed or notification)

    @approximate("the mail is written into the log instead of sent")
    def send_mail(self, to: str, subject: str, html_body: str) -> None:
        for value, name in ((to, "to"), (subject, "subject"), (html_body, "htmlbody")):
            if not value:
                text = f"A mail needs {name}."
                raise fail("SendMail", f"plugin_api.send_mail.missing_{name}", 400, text)
        self.host.log("info", "a mail would be sent", to=to, subject=subject, body=html_body)

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
        if self.firing.listens(_PUSH):
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
        mails = self.firing.listens(_MAIL) and self.app.setting("EmailSettings", "SendEmailNotifications")
        pushes = self.firing.listens(_PUSH) and self.app.setting("EmailSettings", "SendPushNotifications")
        if mails or pushes:
            self.host.workers.submit(
                lambda: self._notify(post, channel, sender, frozenset(mentioned), bool(mails), bool(pushes))
            )

    def _notify(
        self,
        post: Post,
        channel: Channel,
        sender: User,
        mentioned: frozenset[str],
        mails: bool,
        pushes: bool,
    ) -> None:
        rules, followers = self._rules(), self._followers(post)
        names = self._names(channel) if channel.type == "G" else ()
        news = News(post=post, channel=channel, sender=sender, names=names)
        concerned = mentioned | followers | (self._always_pushed(channel.id) if pushes else frozenset())
        users = {user.id: user for user in self.app.get_users_by_ids(sorted(concerned))}
        for member in self.app.get_channel_members_by_ids(channel.id, list(users)):
            reader = Reader(
                user=users[member.user_id],
                member=member,
                status=self.app.status_of(member.user_id),
                is_mentioned=member.user_id in mentioned,
                is_following=member.user_id in followers,
            )
            if mails and wants_mail(news, reader, rules):
                self._mail(news, reader, rules)
            if pushes and wants_push(news, reader, rules, self.now()):
                note = push_for(news, reader, rules, self._badge(member.user_id))
                self.send_push_notification(note, member.user_id)

    def _rules(self) -> Rules:
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
        shown: EmailNotificationContent | EmailNotification = content or mail
        self.host.log("debug", "a mail would be sent", to=reader.user.email, subject=shown.subject)

    def _team(self, channel: Channel, user: User) -> Team:
        """Where a user reads a post: a team's own channel there, others in any of the user's teams."""
        if channel.team_id:
            return self.app.get_team(channel.team_id)
        nowhere = Team(name="select_team", display_name=str(self.app.setting("TeamSettings", "SiteName")))
        return next(iter(self.app.get_teams_for_user(user.id)), nowhere)
