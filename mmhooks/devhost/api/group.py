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
from mmhooks.devhost.api.base import Topic, approximate, fail

_alike = approximate("as on a server without a licence")


class GroupTopic(Topic):
    """Groups, as a server without a licence answers: it has none, and none can be made."""

    @_alike
    def get_group(self, group_id: str) -> Group:
        raise fail("GetGroup", "app.group.no_rows", 404, "There is no such group.")

    @_alike
    def get_group_by_name(self, name: str) -> Group:
        raise fail("GetGroupByName", "app.group.no_rows", 404, "There is no such group.")

    @_alike
    def get_group_member_users(self, group_id: str, page: int, per_page: int) -> list[User]:
        return []

    @_alike
    def get_groups_by_source(self, group_source: str) -> list[Group]:
        return []

    @_alike
    def get_groups_for_user(self, user_id: str) -> list[Group]:
        return []

    @_alike
    def get_group_by_remote_id(self, remote_id: str, group_source: str) -> Group:
        _unlicensed("GetGroupByRemoteID")

    @_alike
    def get_groups(
        self,
        page: int,
        per_page: int,
        opts: GroupSearchOpts,
        view_restrictions: ViewUsersRestrictions | None = None,
    ) -> list[Group]:
        _unlicensed("GetGroups")

    @_alike
    def create_group(self, group: Group) -> Group:
        _unlicensed("CreateGroup")

    @_alike
    def update_group(self, group: Group) -> Group:
        _unlicensed("UpdateGroup")

    @_alike
    def delete_group(self, group_id: str) -> Group:
        _unlicensed("DeleteGroup")

    @_alike
    def restore_group(self, group_id: str) -> Group:
        _unlicensed("RestoreGroup")

    @_alike
    def upsert_group_member(self, group_id: str, user_id: str) -> GroupMember:
        _unlicensed("UpsertGroupMember")

    @_alike
    def upsert_group_members(self, group_id: str, user_ids: list[str]) -> list[GroupMember]:
        _unlicensed("UpsertGroupMembers")

    @_alike
    def delete_group_member(self, group_id: str, user_id: str) -> GroupMember:
        _unlicensed("DeleteGroupMember")

    @_alike
    def get_group_syncable(self, group_id: str, syncable_id: str, syncable_type: str) -> GroupSyncable:
        _unlicensed("GetGroupSyncable")

    @_alike
    def get_group_syncables(self, group_id: str, syncable_type: str) -> list[GroupSyncable]:
        _unlicensed("GetGroupSyncables")

    @_alike
    def upsert_group_syncable(self, group_syncable: GroupSyncable) -> GroupSyncable:
        _unlicensed("UpsertGroupSyncable")

    @_alike
    def update_group_syncable(self, group_syncable: GroupSyncable) -> GroupSyncable:
        _unlicensed("UpdateGroupSyncable")

    @_alike
    def delete_group_syncable(self, group_id: str, syncable_id: str, syncable_type: str) -> GroupSyncable:
        _unlicensed("DeleteGroupSyncable")

    @_alike
    def create_default_syncable_memberships(self, params: CreateDefaultMembershipParams) -> None:
        _unlicensed("CreateDefaultSyncableMemberships")

    @_alike
    def delete_group_constrained_memberships(self) -> None:
        _unlicensed("DeleteGroupConstrainedMemberships")


def _unlicensed(where: str) -> NoReturn:
    raise fail(where, "app.group.license_error", 403, "Groups need a licence.")
