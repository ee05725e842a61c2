from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateDefaultMembershipParams(_message.Message):
    __slots__ = ("since", "re_add_removed_members", "scoped_user_id", "scoped_team_id", "scoped_channel_id")
    SINCE_FIELD_NUMBER: _ClassVar[int]
    RE_ADD_REMOVED_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    SCOPED_USER_ID_FIELD_NUMBER: _ClassVar[int]
    SCOPED_TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    SCOPED_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    since: int
    re_add_removed_members: bool
    scoped_user_id: str
    scoped_team_id: str
    scoped_channel_id: str
    def __init__(self, since: _Optional[int] = ..., re_add_removed_members: _Optional[bool] = ..., scoped_user_id: _Optional[str] = ..., scoped_team_id: _Optional[str] = ..., scoped_channel_id: _Optional[str] = ...) -> None: ...

class Group(_message.Message):
    __slots__ = ("id", "name", "display_name", "description", "source", "remote_id", "create_at", "update_at", "delete_at", "has_syncables", "member_count", "allow_reference", "channel_member_count", "channel_member_timezones_count", "member_ids")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    HAS_SYNCABLES_FIELD_NUMBER: _ClassVar[int]
    MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MEMBER_TIMEZONES_COUNT_FIELD_NUMBER: _ClassVar[int]
    MEMBER_IDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    display_name: str
    description: str
    source: str
    remote_id: str
    create_at: int
    update_at: int
    delete_at: int
    has_syncables: bool
    member_count: int
    allow_reference: bool
    channel_member_count: int
    channel_member_timezones_count: int
    member_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., source: _Optional[str] = ..., remote_id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., has_syncables: _Optional[bool] = ..., member_count: _Optional[int] = ..., allow_reference: _Optional[bool] = ..., channel_member_count: _Optional[int] = ..., channel_member_timezones_count: _Optional[int] = ..., member_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class GroupMember(_message.Message):
    __slots__ = ("group_id", "user_id", "create_at", "delete_at")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    user_id: str
    create_at: int
    delete_at: int
    def __init__(self, group_id: _Optional[str] = ..., user_id: _Optional[str] = ..., create_at: _Optional[int] = ..., delete_at: _Optional[int] = ...) -> None: ...

class GroupSearchOpts(_message.Message):
    __slots__ = ("q", "not_associated_to_team", "not_associated_to_channel", "include_member_count", "filter_allow_reference", "page_opts", "since", "source", "filter_parent_team_permitted", "filter_has_member", "include_channel_member_count", "include_timezones", "include_member_ids", "include_archived", "filter_archived", "only_syncable_sources")
    Q_FIELD_NUMBER: _ClassVar[int]
    NOT_ASSOCIATED_TO_TEAM_FIELD_NUMBER: _ClassVar[int]
    NOT_ASSOCIATED_TO_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    FILTER_ALLOW_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_OPTS_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    FILTER_PARENT_TEAM_PERMITTED_FIELD_NUMBER: _ClassVar[int]
    FILTER_HAS_MEMBER_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_CHANNEL_MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_TIMEZONES_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_MEMBER_IDS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    FILTER_ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    ONLY_SYNCABLE_SOURCES_FIELD_NUMBER: _ClassVar[int]
    q: str
    not_associated_to_team: str
    not_associated_to_channel: str
    include_member_count: bool
    filter_allow_reference: bool
    page_opts: PageOpts
    since: int
    source: str
    filter_parent_team_permitted: bool
    filter_has_member: str
    include_channel_member_count: str
    include_timezones: bool
    include_member_ids: bool
    include_archived: bool
    filter_archived: bool
    only_syncable_sources: bool
    def __init__(self, q: _Optional[str] = ..., not_associated_to_team: _Optional[str] = ..., not_associated_to_channel: _Optional[str] = ..., include_member_count: _Optional[bool] = ..., filter_allow_reference: _Optional[bool] = ..., page_opts: _Optional[_Union[PageOpts, _Mapping[str, object]]] = ..., since: _Optional[int] = ..., source: _Optional[str] = ..., filter_parent_team_permitted: _Optional[bool] = ..., filter_has_member: _Optional[str] = ..., include_channel_member_count: _Optional[str] = ..., include_timezones: _Optional[bool] = ..., include_member_ids: _Optional[bool] = ..., include_archived: _Optional[bool] = ..., filter_archived: _Optional[bool] = ..., only_syncable_sources: _Optional[bool] = ...) -> None: ...

class GroupSyncable(_message.Message):
    __slots__ = ("group_id", "syncable_id", "auto_add", "scheme_admin", "create_at", "delete_at", "update_at", "type", "channel_display_name", "team_display_name", "team_type", "channel_type", "team_id")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_ID_FIELD_NUMBER: _ClassVar[int]
    AUTO_ADD_FIELD_NUMBER: _ClassVar[int]
    SCHEME_ADMIN_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TEAM_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TEAM_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    syncable_id: str
    auto_add: bool
    scheme_admin: bool
    create_at: int
    delete_at: int
    update_at: int
    type: str
    channel_display_name: str
    team_display_name: str
    team_type: str
    channel_type: str
    team_id: str
    def __init__(self, group_id: _Optional[str] = ..., syncable_id: _Optional[str] = ..., auto_add: _Optional[bool] = ..., scheme_admin: _Optional[bool] = ..., create_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., update_at: _Optional[int] = ..., type: _Optional[str] = ..., channel_display_name: _Optional[str] = ..., team_display_name: _Optional[str] = ..., team_type: _Optional[str] = ..., channel_type: _Optional[str] = ..., team_id: _Optional[str] = ...) -> None: ...

class PageOpts(_message.Message):
    __slots__ = ("page", "per_page")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    page: int
    per_page: int
    def __init__(self, page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetGroupRequest(_message.Message):
    __slots__ = ("group_id",)
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    def __init__(self, group_id: _Optional[str] = ...) -> None: ...

class GetGroupResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupByNameRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetGroupByNameResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupMemberUsersRequest(_message.Message):
    __slots__ = ("group_id", "page", "per_page")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    page: int
    per_page: int
    def __init__(self, group_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetGroupMemberUsersResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.User]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.User, _Mapping[str, object]]]] = ...) -> None: ...

class GetGroupsBySourceRequest(_message.Message):
    __slots__ = ("group_source",)
    GROUP_SOURCE_FIELD_NUMBER: _ClassVar[int]
    group_source: str
    def __init__(self, group_source: _Optional[str] = ...) -> None: ...

class GetGroupsBySourceResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[Group]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[Group, _Mapping[str, object]]]] = ...) -> None: ...

class GetGroupsForUserRequest(_message.Message):
    __slots__ = ("user_id",)
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    def __init__(self, user_id: _Optional[str] = ...) -> None: ...

class GetGroupsForUserResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[Group]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[Group, _Mapping[str, object]]]] = ...) -> None: ...

class UpsertGroupMemberRequest(_message.Message):
    __slots__ = ("group_id", "user_id")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    user_id: str
    def __init__(self, group_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class UpsertGroupMemberResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupMember, _Mapping[str, object]]] = ...) -> None: ...

class UpsertGroupMembersRequest(_message.Message):
    __slots__ = ("group_id", "user_ids")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    USER_IDS_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    user_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, group_id: _Optional[str] = ..., user_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class UpsertGroupMembersResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[GroupMember]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[GroupMember, _Mapping[str, object]]]] = ...) -> None: ...

class GetGroupByRemoteIDRequest(_message.Message):
    __slots__ = ("remote_id", "group_source")
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    GROUP_SOURCE_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    group_source: str
    def __init__(self, remote_id: _Optional[str] = ..., group_source: _Optional[str] = ...) -> None: ...

class GetGroupByRemoteIDResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class CreateGroupRequest(_message.Message):
    __slots__ = ("group",)
    GROUP_FIELD_NUMBER: _ClassVar[int]
    group: Group
    def __init__(self, group: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class CreateGroupResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class UpdateGroupRequest(_message.Message):
    __slots__ = ("group",)
    GROUP_FIELD_NUMBER: _ClassVar[int]
    group: Group
    def __init__(self, group: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class UpdateGroupResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class DeleteGroupRequest(_message.Message):
    __slots__ = ("group_id",)
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    def __init__(self, group_id: _Optional[str] = ...) -> None: ...

class DeleteGroupResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class RestoreGroupRequest(_message.Message):
    __slots__ = ("group_id",)
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    def __init__(self, group_id: _Optional[str] = ...) -> None: ...

class RestoreGroupResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: Group
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[Group, _Mapping[str, object]]] = ...) -> None: ...

class DeleteGroupMemberRequest(_message.Message):
    __slots__ = ("group_id", "user_id")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    user_id: str
    def __init__(self, group_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class DeleteGroupMemberResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupMember, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupSyncableRequest(_message.Message):
    __slots__ = ("group_id", "syncable_id", "syncable_type")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    syncable_id: str
    syncable_type: str
    def __init__(self, group_id: _Optional[str] = ..., syncable_id: _Optional[str] = ..., syncable_type: _Optional[str] = ...) -> None: ...

class GetGroupSyncableResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupSyncable
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupSyncablesRequest(_message.Message):
    __slots__ = ("group_id", "syncable_type")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    syncable_type: str
    def __init__(self, group_id: _Optional[str] = ..., syncable_type: _Optional[str] = ...) -> None: ...

class GetGroupSyncablesResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[GroupSyncable]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[GroupSyncable, _Mapping[str, object]]]] = ...) -> None: ...

class UpsertGroupSyncableRequest(_message.Message):
    __slots__ = ("group_syncable",)
    GROUP_SYNCABLE_FIELD_NUMBER: _ClassVar[int]
    group_syncable: GroupSyncable
    def __init__(self, group_syncable: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class UpsertGroupSyncableResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupSyncable
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class UpdateGroupSyncableRequest(_message.Message):
    __slots__ = ("group_syncable",)
    GROUP_SYNCABLE_FIELD_NUMBER: _ClassVar[int]
    group_syncable: GroupSyncable
    def __init__(self, group_syncable: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class UpdateGroupSyncableResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupSyncable
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class DeleteGroupSyncableRequest(_message.Message):
    __slots__ = ("group_id", "syncable_id", "syncable_type")
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_ID_FIELD_NUMBER: _ClassVar[int]
    SYNCABLE_TYPE_FIELD_NUMBER: _ClassVar[int]
    group_id: str
    syncable_id: str
    syncable_type: str
    def __init__(self, group_id: _Optional[str] = ..., syncable_id: _Optional[str] = ..., syncable_type: _Optional[str] = ...) -> None: ...

class DeleteGroupSyncableResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: GroupSyncable
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[GroupSyncable, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupsRequest(_message.Message):
    __slots__ = ("page", "per_page", "opts", "view_restrictions")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    OPTS_FIELD_NUMBER: _ClassVar[int]
    VIEW_RESTRICTIONS_FIELD_NUMBER: _ClassVar[int]
    page: int
    per_page: int
    opts: GroupSearchOpts
    view_restrictions: _core_pb2.ViewUsersRestrictions
    def __init__(self, page: _Optional[int] = ..., per_page: _Optional[int] = ..., opts: _Optional[_Union[GroupSearchOpts, _Mapping[str, object]]] = ..., view_restrictions: _Optional[_Union[_core_pb2.ViewUsersRestrictions, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[Group]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[Group, _Mapping[str, object]]]] = ...) -> None: ...

class CreateDefaultSyncableMembershipsRequest(_message.Message):
    __slots__ = ("params",)
    PARAMS_FIELD_NUMBER: _ClassVar[int]
    params: CreateDefaultMembershipParams
    def __init__(self, params: _Optional[_Union[CreateDefaultMembershipParams, _Mapping[str, object]]] = ...) -> None: ...

class CreateDefaultSyncableMembershipsResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class DeleteGroupConstrainedMembershipsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeleteGroupConstrainedMembershipsResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
