"""The categories of the sidebar, as a client asks for them."""

import pytest

from mmhooks import AppError


def path(person, team):
    return f"/users/{person.id}/teams/{team.id}/channels/categories"


def test_a_category_of_ones_own(world, team, channel):
    ann = world.person(team, channel)
    first = ann.get(path(ann, team))
    assert sorted(one["type"] for one in first["categories"]) == ["channels", "direct_messages", "favorites"]
    assert sorted(first["order"]) == sorted(one["id"] for one in first["categories"])
    new = {"user_id": ann.id, "team_id": team.id, "display_name": "Mine", "channel_ids": [channel.id]}
    made = ann.post(path(ann, team), new)
    assert (made["type"], made["display_name"], made["channel_ids"]) == ("custom", "Mine", [channel.id])
    changed = {**made, "display_name": "Ours", "channel_ids": []}
    ann.put(path(ann, team), [changed])
    mine = next(one for one in ann.get(path(ann, team))["categories"] if one["id"] == made["id"])
    assert (mine["display_name"], mine["channel_ids"] or []) == ("Ours", [])


def test_nobody_elses(world, team):
    ann, bob = world.person(team), world.person(team)
    with pytest.raises(AppError) as refused:
        bob.get(path(ann, team))
    assert (refused.value.status_code, refused.value.id) == (403, "api.context.permissions.app_error")
