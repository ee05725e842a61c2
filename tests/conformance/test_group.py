"""What needs a licence or a service that is not there: groups, shared channels, LDAP."""

import pytest

from mmhooks.api.models import (
    CreateDefaultMembershipParams,
    GetPostsSinceForSyncCursor,
    Group,
    GroupSearchOpts,
    GroupSyncable,
    RegisterPluginOpts,
    SharedChannel,
)
from tests.conformance.world import NOBODY, refused

UNLICENSED = {
    "get_group_by_remote_id": ["", "ldap"],
    "get_groups": [0, 10, GroupSearchOpts()],
    "create_group": [Group(name="g", display_name="G", source="custom")],
    "update_group": [Group(id=NOBODY)],
    "delete_group": [NOBODY],
    "restore_group": [NOBODY],
    "upsert_group_member": [NOBODY, NOBODY],
    "upsert_group_members": [NOBODY, [NOBODY]],
    "delete_group_member": [NOBODY, NOBODY],
    "get_group_syncable": [NOBODY, NOBODY, "Team"],
    "get_group_syncables": [NOBODY, "Team"],
    "upsert_group_syncable": [GroupSyncable()],
    "update_group_syncable": [GroupSyncable()],
    "delete_group_syncable": [NOBODY, NOBODY, "Team"],
    "create_default_syncable_memberships": [CreateDefaultMembershipParams()],
    "delete_group_constrained_memberships": [],
}


@pytest.mark.parametrize("method", UNLICENSED)
def test_groups_need_a_licence(api, method):
    assert refused(getattr(api, method), *UNLICENSED[method]) == (403, "app.group.license_error")


def test_there_are_no_groups(api, user):
    assert refused(api.get_group, NOBODY) == (404, "app.group.no_rows")
    assert refused(api.get_group_by_name, "none") == (404, "app.group.no_rows")
    assert api.get_group_member_users(NOBODY, 0, 10) == []
    assert api.get_groups_by_source("ldap") == []
    assert api.get_groups_for_user(user.id) == []


def test_ldap_is_switched_off(api, user):
    assert refused(api.get_ldap_user_attributes, user.id, ["cn"]) == (501, "ent.ldap.disabled.app_error")


SERVICE = {
    "share_channel": [SharedChannel(channel_id=NOBODY)],
    "update_shared_channel": [SharedChannel(channel_id=NOBODY)],
    "unshare_channel": [NOBODY],
    "sync_shared_channel": [NOBODY],
    "invite_remote_to_channel": [NOBODY, NOBODY, NOBODY, True],
    "uninvite_remote_from_channel": [NOBODY, NOBODY],
}


@pytest.mark.parametrize("method", SERVICE)
def test_shared_channels_need_a_service(api, method):
    assert refused(getattr(api, method), *SERVICE[method]) == (400, "api.command_share.service_disabled")


def test_a_cursor_of_what_is_not_shared(api):
    cursor = GetPostsSinceForSyncCursor()
    assert refused(api.update_shared_channel_cursor, NOBODY, NOBODY, cursor) == (500, "")


def test_a_plugin_registers_for_shared_channels(api, world, user):
    name = world.word("remote")
    opts = RegisterPluginOpts(displayname=name, plugin_id=name, creator_id=user.id)
    remote_id = api.register_plugin_for_shared_channels(opts)
    assert len(remote_id) == 26
    assert api.register_plugin_for_shared_channels(opts) == remote_id
    api.unregister_plugin_for_shared_channels(name)
    api.unregister_plugin_for_shared_channels(name)
    assert api.register_plugin_for_shared_channels(opts) == remote_id
    api.unregister_plugin_for_shared_channels(name)


def test_what_cannot_register_for_shared_channels(api, world):
    bad = RegisterPluginOpts(displayname="", plugin_id=world.word("p"), creator_id=NOBODY)
    assert refused(api.register_plugin_for_shared_channels, bad) == (
        400,
        "model.cluster.is_valid.name.app_error",
    )
    bad = bad.evolve(displayname="fine", creator_id="x")
    assert refused(api.register_plugin_for_shared_channels, bad) == (
        400,
        "model.cluster.is_valid.id.app_error",
    )
    assert refused(api.unregister_plugin_for_shared_channels, "none") == (500, "")
