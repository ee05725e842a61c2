"""Groups, as a server without a licence answers: it has none, and none can be made."""

from __future__ import annotations

from typing import NoReturn

from mmhooks.api.models import (
    CreateDefaultMembershipParams,
    Group,
    GroupMember,
    GroupSearchOpts,
    GroupSyncable,
    User,
    ViewUsersRestrictions,
)
from mmhooks.devhost.api.base import Topic, fail


class GroupTopic(Topic):
    """Groups, as a server without a licence answers: it has none, and none can be made."""

    def get_group(self, group_id: str) -> Group:
        raise fail("GetGroup", "app.group.no_rows", 404, "There is no such group.")

    def get_group_by_name(self, name: str) -> Group:
        raise fail("GetGroupByName", "app.group.no_rows", 404, "There is no such group.")

    def get_group_member_users(self, group_id: str, page: int, per_page: int) -> list[User]:
        return []

    def get_groups_by_source(self, group_source: str) -> list[Group]:
        return []

    def get_groups_for_user(self, user_id: str) -> list[Group]:
        return []

    def get_group_by_remote_id(self, remote_id: str, group_source: str) -> Group:
        _unlicensed("GetGroupByRemoteID")

    def get_groups(
        self,
        page: int,
        per_page: int,
        opts: GroupSearchOpts,
        view_restrictions: ViewUsersRestrictions | None = None,
    ) -> list[Group]:
        _unlicensed("GetGroups")

    def create_group(self, group: Group) -> Group:
        _unlicensed("CreateGroup")

    def update_group(self, group: Group) -> Group:
        _unlicensed("UpdateGroup")

    def delete_group(self, group_id: str) -> Group:
        _unlicensed("DeleteGroup")

    def restore_group(self, group_id: str) -> Group:
        _unlicensed("RestoreGroup")

    def upsert_group_member(self, group_id: str, user_id: str) -> GroupMember:
        _unlicensed("UpsertGroupMember")

    def upsert_group_members(self, group_id: str, user_ids: list[str]) -> list[GroupMember]:
        _unlicensed("UpsertGroupMembers")

    def delete_group_member(self, group_id: str, user_id: str) -> GroupMember:
        _unlicensed("DeleteGroupMember")

    def get_group_syncable(self, group_id: str, syncable_id: str, syncable_type: str) -> GroupSyncable:
        _unlicensed("GetGroupSyncable")

    def get_group_syncables(self, group_id: str, syncable_type: str) -> list[GroupSyncable]:
        _unlicensed("GetGroupSyncables")

    def upsert_group_syncable(self, group_syncable: GroupSyncable) -> GroupSyncable:
        _unlicensed("UpsertGroupSyncable")

    def update_group_syncable(self, group_syncable: GroupSyncable) -> GroupSyncable:
        _unlicensed("UpdateGroupSyncable")

    def delete_group_syncable(self, group_id: str, syncable_id: str, syncable_type: str) -> GroupSyncable:
        _unlicensed("DeleteGroupSyncable")

    def create_default_syncable_memberships(self, params: CreateDefaultMembershipParams) -> None:
        _unlicensed("CreateDefaultSyncableMemberships")

    def delete_group_constrained_memberships(self) -> None:
        _unlicensed("DeleteGroupConstrainedMemberships")


def _unlicensed(where: str) -> NoReturn:
    raise fail(where, "app.group.license_error", 403, "Groups need a licence.")
