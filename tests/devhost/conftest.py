"""A workspace with two people in a team, and a plugin made of plain functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import Factory, define

from mmhooks.api.models import Channel, Team, User
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.clock import ManualClock
from mmhooks.devhost.host import Host


@define
class Functions:
    """A hook port over functions, named as hooks. It keeps the order of the calls."""

    table: dict[str, Callable[..., Any]]
    calls: list[str] = Factory(list)

    def implemented(self) -> frozenset[str]:
        return frozenset(self.table)

    def call(self, hook: str, *args: Any) -> Any:
        self.calls.append(hook)
        return self.table[hook](*args)


@define
class Workspace:
    """The host under test and what is in it."""

    host: Host
    clock: ManualClock
    team: Team
    channel: Channel
    alice: User
    """The system's administrator, as its first user."""
    bob: User
    """A member of the team, not of the channel."""

    @property
    def api(self) -> HostAPI:
        return self.host.api

    def plug(self, **hooks: Callable[..., Any]) -> Functions:
        port = Functions(hooks)
        self.host.attach(port)
        return port


@pytest.fixture
def ws() -> Iterator[Workspace]:
    clock = ManualClock(tick=1)
    with Host(clock=clock, plugin_id="com.example.test") as host:
        api = host.api
        alice = api.create_user(User(username="alice", email="alice@example.com", password="password"))
        bob = api.create_user(User(username="bob", email="bob@example.com", password="password"))
        team = api.create_team(Team(name="crew", display_name="Crew", type="O"))
        channel = api.create_channel(Channel(team_id=team.id, name="dev", display_name="Dev", type="O"))
        for user in (alice, bob):
            api.create_team_member(team.id, user.id)
        api.add_channel_member(channel.id, alice.id)
        host.drain()
        host.events.clear()
        yield Workspace(host, clock, team, channel, alice, bob)
