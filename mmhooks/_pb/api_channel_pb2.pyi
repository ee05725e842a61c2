from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChannelMemberIdentifier(_message.Message):
    __slots__ = ("channel_id", "user_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class ChannelStats(_message.Message):
    __slots__ = ("channel_id", "member_count", "guest_count", "pinned_post_count", "files_count")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    GUEST_COUNT_FIELD_NUMBER: _ClassVar[int]
    PINNED_POST_COUNT_FIELD_NUMBER: _ClassVar[int]
    FILES_COUNT_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    member_count: int
    guest_count: int
    pinned_post_count: int
    files_count: int
    def __init__(self, channel_id: _Optional[str] = ..., member_count: _Optional[int] = ..., guest_count: _Optional[int] = ..., pinned_post_count: _Optional[int] = ..., files_count: _Optional[int] = ...) -> None: ...

class CreateChannelRequest(_message.Message):
    __slots__ = ("channel",)
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    channel: _core_pb2.Channel
    def __init__(self, channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class CreateChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class DeleteChannelRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class DeleteChannelResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class RestoreChannelRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class RestoreChannelResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelOfTypeRequest(_message.Message):
    __slots__ = ("channel_id", "channel_type")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    channel_type: str
    def __init__(self, channel_id: _Optional[str] = ..., channel_type: _Optional[str] = ...) -> None: ...

class GetChannelOfTypeResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class GetPublicChannelsForTeamRequest(_message.Message):
    __slots__ = ("team_id", "page", "per_page")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    page: int
    per_page: int
    def __init__(self, team_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetPublicChannelsForTeamResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Channel]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.Channel, _Mapping[str, object]]]] = ...) -> None: ...

class GetChannelRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class GetChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelByNameRequest(_message.Message):
    __slots__ = ("team_id", "name", "include_deleted")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    name: str
    include_deleted: bool
    def __init__(self, team_id: _Optional[str] = ..., name: _Optional[str] = ..., include_deleted: _Optional[bool] = ...) -> None: ...

class GetChannelByNameResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelByNameForTeamNameRequest(_message.Message):
    __slots__ = ("team_name", "channel_name", "include_deleted")
    TEAM_NAME_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_NAME_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_FIELD_NUMBER: _ClassVar[int]
    team_name: str
    channel_name: str
    include_deleted: bool
    def __init__(self, team_name: _Optional[str] = ..., channel_name: _Optional[str] = ..., include_deleted: _Optional[bool] = ...) -> None: ...

class GetChannelByNameForTeamNameResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelsForTeamForUserRequest(_message.Message):
    __slots__ = ("team_id", "user_id", "include_deleted")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    user_id: str
    include_deleted: bool
    def __init__(self, team_id: _Optional[str] = ..., user_id: _Optional[str] = ..., include_deleted: _Optional[bool] = ...) -> None: ...

class GetChannelsForTeamForUserResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Channel]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.Channel, _Mapping[str, object]]]] = ...) -> None: ...

class GetChannelStatsRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class GetChannelStatsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: ChannelStats
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[ChannelStats, _Mapping[str, object]]] = ...) -> None: ...

class GetDirectChannelRequest(_message.Message):
    __slots__ = ("user_id1", "user_id2")
    USER_ID1_FIELD_NUMBER: _ClassVar[int]
    USER_ID2_FIELD_NUMBER: _ClassVar[int]
    user_id1: str
    user_id2: str
    def __init__(self, user_id1: _Optional[str] = ..., user_id2: _Optional[str] = ...) -> None: ...

class GetDirectChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class GetGroupChannelRequest(_message.Message):
    __slots__ = ("user_ids",)
    USER_IDS_FIELD_NUMBER: _ClassVar[int]
    user_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, user_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class GetGroupChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class UpdateChannelRequest(_message.Message):
    __slots__ = ("channel",)
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    channel: _core_pb2.Channel
    def __init__(self, channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class UpdateChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Channel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class RegisterChannelGuardRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class RegisterChannelGuardResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class UnregisterChannelGuardRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class UnregisterChannelGuardResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class SearchChannelsRequest(_message.Message):
    __slots__ = ("team_id", "term")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    term: str
    def __init__(self, team_id: _Optional[str] = ..., term: _Optional[str] = ...) -> None: ...

class SearchChannelsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Channel]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.Channel, _Mapping[str, object]]]] = ...) -> None: ...

class AddChannelMemberRequest(_message.Message):
    __slots__ = ("channel_id", "user_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class AddChannelMemberResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.ChannelMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelMemberRequest(_message.Message):
    __slots__ = ("channel_id", "user_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class GetChannelMemberResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.ChannelMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelMembersRequest(_message.Message):
    __slots__ = ("channel_id", "page", "per_page")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    page: int
    per_page: int
    def __init__(self, channel_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetChannelMembersResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.ChannelMember]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]]] = ...) -> None: ...

class GetChannelMembersByIdsRequest(_message.Message):
    __slots__ = ("channel_id", "user_ids")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_IDS_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, channel_id: _Optional[str] = ..., user_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class GetChannelMembersByIdsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.ChannelMember]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]]] = ...) -> None: ...

class GetChannelMembersForUserRequest(_message.Message):
    __slots__ = ("team_id", "user_id", "page", "per_page")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    user_id: str
    page: int
    per_page: int
    def __init__(self, team_id: _Optional[str] = ..., user_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetChannelMembersForUserResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.ChannelMember]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]]] = ...) -> None: ...

class UpdateChannelMemberRolesRequest(_message.Message):
    __slots__ = ("channel_id", "user_id", "new_roles")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NEW_ROLES_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    new_roles: str
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ..., new_roles: _Optional[str] = ...) -> None: ...

class UpdateChannelMemberRolesResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.ChannelMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ...) -> None: ...

class UpdateChannelMemberNotificationsRequest(_message.Message):
    __slots__ = ("channel_id", "user_id", "notifications")
    class NotificationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NOTIFICATIONS_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    notifications: _containers.ScalarMap[str, str]
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ..., notifications: _Optional[_Mapping[str, str]] = ...) -> None: ...

class UpdateChannelMemberNotificationsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.ChannelMember
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ...) -> None: ...

class PatchChannelMembersNotificationsRequest(_message.Message):
    __slots__ = ("members", "notify_props")
    class NotifyPropsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_PROPS_FIELD_NUMBER: _ClassVar[int]
    members: _containers.RepeatedCompositeFieldContainer[ChannelMemberIdentifier]
    notify_props: _containers.ScalarMap[str, str]
    def __init__(self, members: _Optional[_Iterable[_Union[ChannelMemberIdentifier, _Mapping[str, object]]]] = ..., notify_props: _Optional[_Mapping[str, str]] = ...) -> None: ...

class PatchChannelMembersNotificationsResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class DeleteChannelMemberRequest(_message.Message):
    __slots__ = ("channel_id", "user_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class DeleteChannelMemberResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
