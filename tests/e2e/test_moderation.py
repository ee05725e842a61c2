"""The moderation example on the real server: built, uploaded, used by several people, taken away."""

import threading

import pytest

from mmhooks.errors import AppError
from tests.e2e.server import changed, until

ID = "com.example.moderation"
REASON = "This post contains words that are not welcome here"
SECONDS = 20


@pytest.fixture
def moderation(server, bundle, deploy):
    """The plugin, running on the server."""
    if (server.status(ID) or {}).get("state") != 2:
        done = deploy(bundle)
        assert done.returncode == 0, done.stderr
    return server


def messages(client, channel):
    """What a user sees in a channel, newest first, without the messages about people who joined."""
    found = client.get(f"/channels/{channel['id']}/posts")
    posts = [found["posts"][id] for id in found["order"]]
    return [post["message"] for post in posts if not post["type"]]


def test_a_post_is_rewritten_for_everybody(moderation, ann, bob, channel):
    ann.say(channel, "see TICK-7")
    assert messages(bob, channel) == ["see [TICK-7](https://tickets.example.com/TICK-7)"]


def test_a_post_is_rejected_with_the_reason(moderation, ann, bob, channel):
    with pytest.raises(AppError) as caught:
        ann.say(channel, "The password is 1234")
    assert caught.value.status_code == 400
    assert f"{REASON}: The password is" in str(caught.value)
    assert messages(bob, channel) == []


def test_edits_go_the_same_way(moderation, ann, bob, channel):
    post = ann.say(channel, "hello")
    ann.put(f"/posts/{post['id']}/patch", {"message": "hello again"})
    assert messages(bob, channel) == ["hello again"]
    ann.put(f"/posts/{post['id']}/patch", {"message": "hello TICK-8"})
    assert messages(bob, channel) == ["hello [TICK-8](https://tickets.example.com/TICK-8)"]
    with pytest.raises(AppError, match=f"{REASON}: culpa est"):
        ann.put(f"/posts/{post['id']}/patch", {"message": "mea culpa est"})


def test_a_slash_command(moderation, ann, channel):
    answer = ann.run("/links list", channel)
    assert answer["text"].startswith("| Pattern | Address | Label |")
    assert "`TICK-#`" in answer["text"]
    assert "Only system administrators" in ann.run("/links add X# https://example.com/#", channel)["text"]
    offered = ann.get(f"/teams/{channel['team_id']}/commands/autocomplete_suggestions", user_input="/link")
    assert [(one["Suggestion"], one["Description"]) for one in offered] == [
        ("links", "What is made a link in posts")
    ]


def test_a_page(moderation, ann, channel):
    address = f"/plugins/{ID}/audit"
    assert moderation.client().http.get(address).status_code == 401
    for number in range(3):
        ann.say(channel, f"number {number}")

    def counted():
        found = ann.http.get(f"{address}/counts.json").json()
        return next((one["counts"] for one in found if one["id"] == channel["id"]), {}).get("posts", 0) >= 3

    until(counted, "the posts are counted", SECONDS)  # message_has_been_posted comes after the answer
    page = ann.http.get(address)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert channel["display_name"] in page.text
    assert ann.http.post(address).status_code == 405


def test_settings_reach_python(moderation, ann, channel):
    manifest = next(one for one in moderation.admin.get("/plugins")["active"] if one["id"] == ID)
    assert [one["key"] for one in manifest["settings_schema"]["settings"]] == ["words"]
    ann.say(channel, "a banana")

    def save(words):
        moderation.admin.put("/config/patch", {"PluginSettings": {"Plugins": {ID: {"words": words}}}})

    def is_rejected(message):
        try:
            ann.say(channel, message)
        except AppError as error:
            return REASON in str(error)
        return False

    save("banana")
    until(lambda: is_rejected("a banana"), "the new words are known", SECONDS)
    assert not is_rejected("mea culpa est")
    save("culpa est")
    until(lambda: is_rejected("mea culpa est"), "the old words are known", SECONDS)
    assert not is_rejected("a banana")


def test_disabled_and_enabled(moderation, ann, bob, channel):
    moderation.admin.post(f"/plugins/{ID}/disable")
    until(lambda: moderation.status(ID)["state"] == 0, "the plugin is disabled", SECONDS)
    until(lambda: not moderation.servants(ID), "Python has ended", SECONDS)
    ann.say(channel, "see TICK-1")
    assert messages(bob, channel) == ["see TICK-1"]
    moderation.admin.post(f"/plugins/{ID}/enable")
    until(lambda: moderation.status(ID)["state"] == 2, "the plugin runs", SECONDS)
    ann.say(channel, "see TICK-2")
    assert messages(bob, channel)[0] == "see [TICK-2](https://tickets.example.com/TICK-2)"


def test_packages_that_make_no_plugin(server, deploy, bundle, tmp_path):
    def change(document):
        document["id"] = "com.example.other"
        document["server"]["python"]["packages"] = ["word_filter", "nobody"]

    done = deploy(changed(bundle, tmp_path / "other.tar.gz", change))
    server.admin.send("DELETE", "/plugins/com.example.other")
    assert done.returncode == 2
    assert "com.example.other failed to start: " in done.stderr
    assert "nobody: no such package is installed" in done.stderr


def test_an_upgrade_while_posts_flow(moderation, deploy, bundle, tmp_path, ann, bob, channel):
    upgrade = changed(bundle, tmp_path / "newer.tar.gz", lambda document: document.update(version="0.2.0"))
    sent, failures, is_over = [], [], threading.Event()

    def talk():
        while not is_over.is_set():
            message = f"number {len(sent)}"
            try:
                ann.say(channel, message)
            except AppError as error:
                failures.append(error)
            sent.append(message)
            is_over.wait(0.02)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        done = deploy(upgrade)
    finally:
        is_over.set()
        thread.join()
    assert done.returncode == 0, done.stderr
    assert moderation.status(ID)["version"] == "0.2.0"
    assert failures == []
    last = ann.say(channel, "see TICK-3")
    assert last["message"] == "see [TICK-3](https://tickets.example.com/TICK-3)"
    # Each is there, and once.
    seen = bob.get(f"/channels/{channel['id']}/posts", since=1)["posts"].values()
    assert sorted(post["message"] for post in seen if post["message"].startswith("number")) == sorted(sent)


def test_removed(moderation, ann, bob, channel):
    moderation.admin.send("DELETE", f"/plugins/{ID}")
    until(lambda: moderation.status(ID) is None, "the plugin is gone", SECONDS)
    until(lambda: not moderation.servants(ID), "Python has ended", SECONDS)
    assert not (moderation.folder / "plugins" / ID).exists()
    assert ann.http.get(f"/plugins/{ID}/audit").status_code == 404
    ann.say(channel, "see TICK-1")
    assert messages(bob, channel) == ["see TICK-1"]


def test_by_the_socket_of_local_mode(server, mmhooks, bundle):
    done = mmhooks("deploy", bundle, MM_LOCALSOCKETPATH=str(server.local_socket))
    assert done.returncode == 0, done.stderr
    assert f"Moderation 0.1.0 runs on {server.local_socket}" in done.stdout
