"""Notifications: who is pushed and mailed what, what is taken back, and what plugins make of it."""

import pytest

from mmhooks.api.models import EmailNotificationContent, Post
from tests.conformance.world import PASSWORD, refused


@pytest.fixture
def bob(world, team, channel):
    """A member whose settings are the usual ones and known to the server's caches."""
    person = world.person(team)
    person.post(f"/channels/{channel.id}/members", {"user_id": person.id})
    person.name = world.api.get_user(person.id).username
    person.put(f"/channels/{channel.id}/members/{person.id}/notify_props", {"push": "default"})
    return person


def status(person, value):
    person.put(f"/users/{person.id}/status", {"user_id": person.id, "status": value})


class Told:
    """The notifications that one person gets."""

    def __init__(self, hooks, person):
        self._hooks = hooks
        self._person = person

    def pushes(self, kind="message"):
        found = self._hooks.named("notification_will_be_pushed")
        notes = [one["push_notification"] for one in found if one["user_id"] == self._person.id]
        return [one for one in notes if one.type == kind]

    def push(self, post):
        told = self._hooks.wait("notification_will_be_pushed", lambda one: self._is(one, post))
        return told["push_notification"]

    def _is(self, one, post):
        return one["user_id"] == self._person.id and one["push_notification"].post_id == post.id

    def clear(self, channel_id):
        return self._hooks.wait(
            "notification_will_be_pushed",
            lambda one: (
                one["user_id"] == self._person.id
                and (one["push_notification"].type, one["push_notification"].channel_id)
                == ("clear", channel_id)
            ),
        )["push_notification"]

    def mail(self, post):
        return self._hooks.wait(
            "email_notification_will_be_sent",
            lambda one: (
                one["email_notification"].recipient_id == self._person.id
                and one["email_notification"].post_id == post.id
            ),
        )["email_notification"]

    def both(self, post):
        return self.push(post), self.mail(post)

    def mails(self):
        found = [one["email_notification"] for one in self._hooks.named("email_notification_will_be_sent")]
        return [one for one in found if one.recipient_id == self._person.id]


@pytest.fixture
def told(hooks, bob):
    return Told(hooks, bob)


@pytest.fixture
def say(ann, channel, hooks, world, team):
    """Have ann mention somebody else too, and wait until that one is told: it is decided who else is."""
    carl = world.person(team, channel)
    name = world.api.get_user(carl.id).username

    def say(text):
        Told(hooks, carl).push(ann.say(channel, f"{text} @{name}"))

    return say


def test_a_mention(ann, bob, told, channel, team):
    post = ann.say(channel, f"hello @{bob.name} <b>")
    push, mail = told.both(post)
    assert (push.category, push.version, push.badge, push.channel_type) == ("CAN_REPLY", "v2", 1, "O")
    assert (push.team_id, push.channel_id, push.channel_name) == (team.id, channel.id, channel.display_name)
    assert (push.sender_id, push.sender_name, push.root_id) == (ann.id, f"@{ann.name}", "")
    assert push.message.startswith(f"@{ann.name}: hello @{bob.name}")
    assert push.is_crt_enabled
    assert (mail.channel_id, mail.team_id, mail.channel_type) == (channel.id, team.id, "O")
    assert (mail.channel_name, mail.team_name) == (channel.display_name, team.display_name)
    assert (mail.sender_id, mail.sender_username) == (ann.id, ann.name)
    assert mail.sender_display_name == f"@{ann.name}"
    assert (mail.is_direct_message, mail.is_group_message, mail.is_thread_reply) == (False, False, False)
    assert mail.message_text == f"hello @{bob.name} <b>"
    assert mail.message_html == f"<p>hello @{bob.name} &lt;b&gt;</p>\n"
    assert mail.button_url.endswith(f"/landing#/{team.name}/pl/{post.id}")
    assert all((mail.subject, mail.title, mail.sub_title, mail.button_text, mail.footer_text))


def test_what_a_plugin_posts(api, ann, bob, told, channel):
    post = api.create_post(Post(user_id=ann.id, channel_id=channel.id, message=f"@{bob.name}"))
    assert told.push(post).badge == 1
    assert told.mail(post).sender_id == ann.id


@pytest.mark.parametrize("value", ["away", "offline"])
def test_mail_for_those_who_are_away(ann, bob, told, channel, value):
    status(bob, value)
    told.mail(ann.say(channel, f"@{bob.name}"))


def test_no_mail_for_those_who_are_there(ann, bob, told, channel):
    status(bob, "online")
    told.push(ann.say(channel, f"there @{bob.name}"))
    status(bob, "away")
    told.mail(ann.say(channel, f"away @{bob.name}"))
    assert len(told.mails()) == 1


def test_who_is_not_to_be_disturbed(ann, bob, told, channel, say):
    status(bob, "dnd")
    say(f"@{bob.name}")
    status(bob, "away")
    told.both(ann.say(channel, f"again @{bob.name}"))
    assert (len(told.pushes()), len(told.mails())) == (1, 1)


def test_who_looks_at_the_channel(ann, bob, told, channel, world, team, say):
    bob.post("/channels/members/me/view", {"channel_id": channel.id})
    state = bob.get(f"/users/{bob.id}/status")
    assert (state["status"], state["active_channel"]) == ("online", channel.id)
    say(f"seen @{bob.name}")
    other = world.channel(team)
    bob.post(f"/channels/{other.id}/members", {"user_id": bob.id})
    ann.post(f"/channels/{other.id}/members", {"user_id": ann.id})
    told.push(ann.say(other, f"unseen @{bob.name}"))
    assert [one.channel_id for one in told.pushes()] == [other.id]
    assert told.mails() == []


def test_a_muted_channel(ann, bob, told, channel, say):
    bob.put(f"/channels/{channel.id}/members/{bob.id}/notify_props", {"mark_unread": "mention"})
    say(f"@{bob.name}")
    bob.put(f"/channels/{channel.id}/members/{bob.id}/notify_props", {"mark_unread": "all"})
    told.both(ann.say(channel, f"again @{bob.name}"))
    assert (len(told.pushes()), len(told.mails())) == (1, 1)


def test_who_wants_all_and_who_wants_nothing(ann, bob, told, channel, say):
    props = f"/channels/{channel.id}/members/{bob.id}/notify_props"
    bob.put(props, {"push": "all"})
    assert told.push(ann.say(channel, "nobody in particular")).message == f"@{ann.name}: nobody in particular"
    bob.put(props, {"push": "none", "email": "false"})
    say(f"@{bob.name}")
    bob.put(props, {"push": "mention", "email": "true"})
    told.both(ann.say(channel, f"@{bob.name} again"))
    say("nobody")
    told.both(ann.say(channel, f"@{bob.name} at last"))
    assert (len(told.pushes()), len(told.mails())) == (3, 2)


def test_threads(ann, bob, told, channel, hooks):
    root = bob.say(channel, "root")
    status(bob, "away")
    reply = ann.say(channel, "reply", root_id=root.id)
    push, mail = told.both(reply)
    assert (push.root_id, push.message) == (root.id, f"@{ann.name}: reply")
    assert push.channel_name == f"Reply in {channel.display_name}"
    assert (mail.root_id, mail.is_thread_reply) == (root.id, True)


def test_direct_and_group_messages(ann, bob, told, world, team):
    direct = ann.post("/channels/direct", [ann.id, bob.id])["id"]
    post = Post(id=ann.post("/posts", {"channel_id": direct, "message": "psst"})["id"])
    push, mail = told.both(post)
    assert (push.message, push.channel_name, push.team_id) == ("psst", f"@{ann.name}", "")
    assert (mail.is_direct_message, mail.channel_name, mail.team_id) == (True, f"@{ann.name}", team.id)
    carl = world.person(team)
    name = world.api.get_user(carl.id).username
    group = ann.post("/channels/group", [ann.id, bob.id, carl.id])["id"]
    post = Post(id=ann.post("/posts", {"channel_id": group, "message": "us"})["id"])
    push, mail = told.both(post)
    assert (push.message, push.channel_name) == (f"@{ann.name}: us", ", ".join(sorted([ann.name, name])))
    assert mail.channel_name == ", ".join(sorted([ann.name, bob.name, name]))
    assert mail.is_group_message


def test_a_channel_that_was_read(ann, bob, told, channel, hooks):
    bob.post("/channels/members/me/view", {"channel_id": channel.id})
    ann.say(channel, f"@{bob.name}")
    bob.post("/channels/members/me/view", {"channel_id": channel.id})
    note = told.clear(channel.id)
    assert (note.badge, note.content_available, note.version, note.is_crt_enabled) == (0, 1, "v2", True)


def test_a_plugin_stops_notifications(ann, bob, told, channel, hooks, world):
    hooks.answer(
        notification_will_be_pushed=("reject", "not now"), email_notification_will_be_sent=("reject", "never")
    )
    address = world.api.get_user(bob.id).email
    post = ann.say(channel, f"first @{bob.name}")
    told.push(post)
    told.mail(post)
    hooks.forget()
    ann.say(channel, f"second @{bob.name}")
    world.mailbox.wait(address, "second")
    assert not any("first" in text for text in world.mailbox.texts(address))


def test_a_plugin_changes_a_mail(ann, bob, channel, hooks, world):
    content = EmailNotificationContent(
        subject="Other subject", title="Other title", message_html="<p>other <b>text</b></p>"
    )
    hooks.answer(email_notification_will_be_sent=("value", content))
    ann.say(channel, f"hello @{bob.name}")
    mail = world.mailbox.wait(world.api.get_user(bob.id).email, "Other title")
    assert mail["Subject"] == "Other subject"
    page = mail.get_body(("html",)).get_content()
    assert "<p>other <b>text</b></p>" in page
    assert "hello" not in page


def test_a_plugin_changes_a_push(ann, bob, channel, hooks, world):
    bob.send(
        "POST", "/users/login", json={"login_id": bob.name, "password": PASSWORD, "device_id": "apple:42"}
    )
    hooks.answer(notification_will_be_pushed=("evolve", ("push_notification", {"message": "other text"})))
    ann.say(channel, f"hello @{bob.name}")
    while (asked := world.pushes.wait()).json["type"] != "message":
        pass
    note = asked.json
    assert (asked.method, asked.path) == ("POST", "/api/v1/send_push")
    assert (note["platform"], note["device_id"]) == ("apple", "42")
    assert (note["message"], note["channel_id"]) == ("other text", channel.id)
    assert all((note["ack_id"], note["server_id"], note["version"]))


def test_a_plugin_sends_mail(api, world):
    to = f"{world.word()}@example.com"
    api.send_mail(to, "A subject: ü", "<p>Some <b>text</b></p>")
    mail = world.mailbox.wait(to)
    assert (mail["Subject"], mail["To"].addresses[0].addr_spec) == ("A subject: ü", to)
    assert mail["From"].addresses[0].addr_spec == "test@example.com"
    assert "<p>Some <b>text</b></p>" in mail.get_body(("html",)).get_content()
    assert "Some" in mail.get_body(("plain",)).get_content()
    for given, wrong in ((("", "s", "b"), "to"), (("t", "", "b"), "subject"), (("t", "s", ""), "htmlbody")):
        assert refused(api.send_mail, *given) == (400, f"plugin_api.send_mail.missing_{wrong}")
