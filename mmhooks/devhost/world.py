"""What a new workspace begins with: a team and some people, so that there is somebody to be."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import Team, User
from mmhooks.devhost.host import Host

__all__ = ["PASSWORD", "USERNAMES", "first_world"]

USERNAMES: Final = ("admin", "ann", "bob")
"""The first of them is a system administrator."""
PASSWORD: Final = "Mattermost-1"
"""Of all of them. It guards nothing: the host listens on this machine alone."""


def first_world(host: Host) -> bool:
    """Make a team with its channels and people, if there is nobody yet; say whether that was so.

    It has to be called before a plugin is attached: no hook is to fire.
    """
    if host.store.scalar("SELECT 1 FROM users LIMIT 1") or host.store.scalar("SELECT 1 FROM teams LIMIT 1"):
        return False
    with host.store.transaction():
        team = host.api.create_team(Team(name="team", display_name="Team", type="O"))
        for name in USERNAMES:
            person = User(username=name, email=f"{name}@example.com", password=PASSWORD)
            host.api.join_team(team, host.api.create_user(person))
    return True
