"""mattermostautodriver as it comes from PyPI, against the embedded host."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from mattermostautodriver import AsyncTypedDriver, TypedDriver
from mattermostautodriver.exceptions import (
    FeatureDisabled,
    NoAccessTokenProvided,
    NotEnoughPermissions,
    ResourceNotFound,
)

from mmhooks import CommandResponse, Post, hookimpl
from mmhooks.api.models import CommandArgs
from mmhooks.devhost.web import WebServer
from mmhooks.testing.workspace import Workspace
from tests.devhost.rest.conftest import PASSWORD, Client

pytestmark = pytest.mark.slow

Drivers = Callable[..., TypedDriver]


def options(served: WebServer, **more: Any) -> dict[str, Any]:
    address = urlsplit(served.url)
    return {"scheme": "http", "url": address.hostname, "port": address.port, "verify": False, **more}


class Polite:
    @hookimpl
    def on_activate(self, api: Any) -> None:
        from mmhooks.api.models import Command

        api.register_command(Command(trigger="greet", auto_complete=True, auto_complete_hint="[name]"))

    @hookimpl
    def execute_command(self, args: CommandArgs) -> CommandResponse:
        return CommandResponse(response_type="in_channel", text=f"Hello {args.command.split()[-1]}")

    @hookimpl
    def message_will_be_posted(self, post: Post) -> Post:
        return post.evolve(message=post.message.replace("damn", "d***"))


@pytest.fixture
def driver(served: WebServer, client: Callable[..., Client]) -> Iterator[Drivers]:
    opened: list[TypedDriver] = []

    def driver(name: str = "", **more: Any) -> TypedDriver:
        if name:
            client(name)
            more |= {"login_id": name, "password": PASSWORD}
        one = TypedDriver(options(served, **more))
        opened.append(one)
        one.login()
        return one

    yield driver
    for one in opened:
        one.client.client.close()


@pytest.fixture
def talk(driver: Drivers) -> tuple[TypedDriver, TypedDriver, dict[str, Any], dict[str, Any]]:
    """Ann who is an administrator, bob, their team, and their channel."""
    ann, bob = driver("ann"), driver("bob")
    team = ann.teams.create_team("team", "Team", "O")
    ann.teams.add_team_member(team["id"], bob.client.userid)
    channel = ann.channels.create_channel(team["id"], "talk", "Talk", "O")
    bob.channels.add_channel_member(channel["id"], bob.client.userid)
    return ann, bob, team, channel


def test_logging_in_by_password_and_by_token(driver: Drivers, served: WebServer) -> None:
    ann = driver("ann")
    assert ann.users.get_user("me")["username"] == ann.client.username == "ann"
    token = ann.users.create_user_access_token(ann.client.userid, "for a script")
    script = driver(token=token["token"])
    assert script.client.userid == ann.client.userid
    listed = ann.users.get_user_access_tokens_for_user(ann.client.userid)
    assert [(one["id"], one.get("token", "")) for one in listed] == [(token["id"], "")]
    ann.users.disable_user_access_token(token["id"])
    with pytest.raises(NoAccessTokenProvided):
        script.users.get_user("me")
    ann.users.enable_user_access_token(token["id"])
    assert script.users.get_user("me")["id"] == ann.client.userid
    ann.users.revoke_user_access_token(token["id"])
    with pytest.raises(NoAccessTokenProvided):
        script.users.get_user("me")
    with pytest.raises(NoAccessTokenProvided):
        driver(login_id="ann", password="wrong")
    ann.logout()
    with pytest.raises(NoAccessTokenProvided):
        ann.users.get_user("me")


def test_talking_in_threads_through_the_plugin(mm: Workspace, talk: Any) -> None:
    ann, bob, team, channel = talk
    mm.load(Polite())
    post = bob.posts.create_post(channel["id"], "damn it")
    assert post["message"] == "d*** it"
    answer = ann.posts.create_post(channel["id"], "now now", root_id=post["id"])
    thread = bob.posts.get_post_thread(post["id"])
    assert set(thread["posts"]) == {post["id"], answer["id"]}
    assert thread["posts"][post["id"]]["reply_count"] == 1
    bob.posts.patch_post(post["id"], message="so be it")
    page = ann.posts.get_posts_for_channel(channel["id"], per_page=2)
    assert [page["posts"][id]["message"] for id in page["order"]] == ["now now", "so be it"]
    found = ann.posts.search_posts(team["id"], "now", False)
    assert found["order"] == [answer["id"]]
    ann.posts.pin_post(post["id"])
    assert ann.channels.get_pinned_posts(channel["id"])["order"] == [post["id"]]
    with pytest.raises(NotEnoughPermissions):
        bob.posts.patch_post(answer["id"], message="mine")
    bob.posts.delete_post(post["id"])
    with pytest.raises(ResourceNotFound):
        ann.posts.get_post(post["id"])


def test_files_reactions_and_commands(mm: Workspace, talk: Any) -> None:
    ann, bob, team, channel = talk
    mm.load(Polite())
    content = bytes(range(256)) * 300
    info = bob.files.upload_file(("a.bin", content), channel["id"])["file_infos"][0]
    post = bob.posts.create_post(channel["id"], "see", file_ids=[info["id"]])
    assert ann.files.get_file(info["id"]).content == content
    assert ann.files.get_file_info(info["id"])["size"] == len(content)
    with pytest.raises(NotEnoughPermissions):
        ann.files.get_file_link(info["id"])
    like = {"user_id": ann.client.userid, "post_id": post["id"], "emoji_name": "thumbsup"}
    ann.reactions.save_reaction(like)
    assert [one["emoji_name"] for one in bob.reactions.get_reactions(post["id"])] == ["thumbsup"]
    ann.reactions.delete_reaction(ann.client.userid, post["id"], "thumbsup")
    assert not bob.reactions.get_reactions(post["id"])
    bob.commands.execute_command(channel["id"], "/greet ann")
    newest = ann.posts.get_posts_for_channel(channel["id"])
    assert newest["posts"][newest["order"][0]]["message"] == "Hello ann"
    assert "greet" in [one["trigger"] for one in bob.commands.list_autocomplete_commands(team["id"])]
    with pytest.raises(ResourceNotFound):
        bob.commands.execute_command(channel["id"], "/none")
    with pytest.raises(FeatureDisabled, match="licence"):
        bob.client.post(f"/api/v4/users/me/posts/{post['id']}/ack")


@pytest.mark.filterwarnings("ignore:ssl=None is deprecated")  # the driver's own
def test_events(mm: Workspace, talk: Any, served: WebServer) -> None:
    """An asynchronous driver hears what another one says, and that it was meant."""
    ann, bob, _, channel = talk

    async def listen() -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = []
        listener = AsyncTypedDriver(options(served, login_id="bob", password=PASSWORD, timeout=60))
        await listener.login()

        async def handle(text: str) -> None:
            event = json.loads(text)
            seen.append(event)
            if event.get("event") == "hello":
                await asyncio.to_thread(ann.posts.create_post, channel["id"], "hi @bob")
            if event.get("event") == "posted":
                listener.disconnect()

        await asyncio.wait_for(listener.init_websocket(handle), 30)
        await listener.client.client.aclose()
        return seen

    events = [event for event in asyncio.run(listen()) if "event" in event]
    assert events[0]["event"] == "hello"
    assert [event["seq"] for event in events] == list(range(len(events)))
    data = events[-1]["data"]
    assert json.loads(data["post"])["message"] == "hi @bob"
    assert json.loads(data["mentions"]) == [bob.client.userid]
    assert data["sender_name"] == "@ann"
