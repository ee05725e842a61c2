from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetPostsSinceForSyncCursor(_message.Message):
    __slots__ = ("last_post_update_at", "last_post_update_id", "last_post_create_at", "last_post_create_id")
    LAST_POST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_POST_UPDATE_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_POST_CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_POST_CREATE_ID_FIELD_NUMBER: _ClassVar[int]
    last_post_update_at: int
    last_post_update_id: str
    last_post_create_at: int
    last_post_create_id: str
    def __init__(self, last_post_update_at: _Optional[int] = ..., last_post_update_id: _Optional[str] = ..., last_post_create_at: _Optional[int] = ..., last_post_create_id: _Optional[str] = ...) -> None: ...

class RegisterPluginOpts(_message.Message):
    __slots__ = ("displayname", "plugin_id", "creator_id", "auto_share_dms", "auto_invited", "site_url")
    DISPLAYNAME_FIELD_NUMBER: _ClassVar[int]
    PLUGIN_ID_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    AUTO_SHARE_DMS_FIELD_NUMBER: _ClassVar[int]
    AUTO_INVITED_FIELD_NUMBER: _ClassVar[int]
    SITE_URL_FIELD_NUMBER: _ClassVar[int]
    displayname: str
    plugin_id: str
    creator_id: str
    auto_share_dms: bool
    auto_invited: bool
    site_url: str
    def __init__(self, displayname: _Optional[str] = ..., plugin_id: _Optional[str] = ..., creator_id: _Optional[str] = ..., auto_share_dms: _Optional[bool] = ..., auto_invited: _Optional[bool] = ..., site_url: _Optional[str] = ...) -> None: ...

class SharedChannel(_message.Message):
    __slots__ = ("channel_id", "team_id", "home", "read_only", "share_name", "share_display_name", "share_purpose", "share_header", "creator_id", "create_at", "update_at", "remote_id", "type")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    HOME_FIELD_NUMBER: _ClassVar[int]
    READ_ONLY_FIELD_NUMBER: _ClassVar[int]
    SHARE_NAME_FIELD_NUMBER: _ClassVar[int]
    SHARE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SHARE_PURPOSE_FIELD_NUMBER: _ClassVar[int]
    SHARE_HEADER_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    team_id: str
    home: bool
    read_only: bool
    share_name: str
    share_display_name: str
    share_purpose: str
    share_header: str
    creator_id: str
    create_at: int
    update_at: int
    remote_id: str
    type: str
    def __init__(self, channel_id: _Optional[str] = ..., team_id: _Optional[str] = ..., home: _Optional[bool] = ..., read_only: _Optional[bool] = ..., share_name: _Optional[str] = ..., share_display_name: _Optional[str] = ..., share_purpose: _Optional[str] = ..., share_header: _Optional[str] = ..., creator_id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., remote_id: _Optional[str] = ..., type: _Optional[str] = ...) -> None: ...

class RegisterPluginForSharedChannelsRequest(_message.Message):
    __slots__ = ("opts",)
    OPTS_FIELD_NUMBER: _ClassVar[int]
    opts: RegisterPluginOpts
    def __init__(self, opts: _Optional[_Union[RegisterPluginOpts, _Mapping[str, object]]] = ...) -> None: ...

class RegisterPluginForSharedChannelsResponse(_message.Message):
    __slots__ = ("error", "remote_id")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    remote_id: str
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., remote_id: _Optional[str] = ...) -> None: ...

class UnregisterPluginForSharedChannelsRequest(_message.Message):
    __slots__ = ("plugin_id",)
    PLUGIN_ID_FIELD_NUMBER: _ClassVar[int]
    plugin_id: str
    def __init__(self, plugin_id: _Optional[str] = ...) -> None: ...

class UnregisterPluginForSharedChannelsResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class UnregisterPluginRemoteForSharedChannelsRequest(_message.Message):
    __slots__ = ("remote_id",)
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    def __init__(self, remote_id: _Optional[str] = ...) -> None: ...

class UnregisterPluginRemoteForSharedChannelsResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class ShareChannelRequest(_message.Message):
    __slots__ = ("sc",)
    SC_FIELD_NUMBER: _ClassVar[int]
    sc: SharedChannel
    def __init__(self, sc: _Optional[_Union[SharedChannel, _Mapping[str, object]]] = ...) -> None: ...

class ShareChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: SharedChannel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[SharedChannel, _Mapping[str, object]]] = ...) -> None: ...

class UpdateSharedChannelRequest(_message.Message):
    __slots__ = ("sc",)
    SC_FIELD_NUMBER: _ClassVar[int]
    sc: SharedChannel
    def __init__(self, sc: _Optional[_Union[SharedChannel, _Mapping[str, object]]] = ...) -> None: ...

class UpdateSharedChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: SharedChannel
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[SharedChannel, _Mapping[str, object]]] = ...) -> None: ...

class UnshareChannelRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class UnshareChannelResponse(_message.Message):
    __slots__ = ("error", "unshared")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    UNSHARED_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    unshared: bool
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., unshared: _Optional[bool] = ...) -> None: ...

class UpdateSharedChannelCursorRequest(_message.Message):
    __slots__ = ("channel_id", "remote_id", "cursor")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    remote_id: str
    cursor: GetPostsSinceForSyncCursor
    def __init__(self, channel_id: _Optional[str] = ..., remote_id: _Optional[str] = ..., cursor: _Optional[_Union[GetPostsSinceForSyncCursor, _Mapping[str, object]]] = ...) -> None: ...

class UpdateSharedChannelCursorResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class SyncSharedChannelRequest(_message.Message):
    __slots__ = ("channel_id",)
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    def __init__(self, channel_id: _Optional[str] = ...) -> None: ...

class SyncSharedChannelResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class InviteRemoteToChannelRequest(_message.Message):
    __slots__ = ("channel_id", "remote_id", "user_id", "share_if_not_shared")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    SHARE_IF_NOT_SHARED_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    remote_id: str
    user_id: str
    share_if_not_shared: bool
    def __init__(self, channel_id: _Optional[str] = ..., remote_id: _Optional[str] = ..., user_id: _Optional[str] = ..., share_if_not_shared: _Optional[bool] = ...) -> None: ...

class InviteRemoteToChannelResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class UninviteRemoteFromChannelRequest(_message.Message):
    __slots__ = ("channel_id", "remote_id")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    remote_id: str
    def __init__(self, channel_id: _Optional[str] = ..., remote_id: _Optional[str] = ...) -> None: ...

class UninviteRemoteFromChannelResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class ReceiveSharedChannelSyncMsgRequest(_message.Message):
    __slots__ = ("remote_id", "msg")
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    MSG_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    msg: _core_pb2.SyncMsg
    def __init__(self, remote_id: _Optional[str] = ..., msg: _Optional[_Union[_core_pb2.SyncMsg, _Mapping[str, object]]] = ...) -> None: ...

class ReceiveSharedChannelSyncMsgResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.SyncResponse
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.SyncResponse, _Mapping[str, object]]] = ...) -> None: ...

class ReceiveSharedChannelAttachmentSyncMsgRequest(_message.Message):
    __slots__ = ("remote_id", "channel_id", "fi", "data")
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    FI_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    channel_id: str
    fi: _core_pb2.FileInfo
    data: bytes
    def __init__(self, remote_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., fi: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ..., data: _Optional[bytes] = ...) -> None: ...

class ReceiveSharedChannelAttachmentSyncMsgResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.FileInfo
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ...) -> None: ...

class ReceiveSharedChannelProfileImageSyncMsgRequest(_message.Message):
    __slots__ = ("remote_id", "user_id", "image")
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    IMAGE_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    user_id: str
    image: bytes
    def __init__(self, remote_id: _Optional[str] = ..., user_id: _Optional[str] = ..., image: _Optional[bytes] = ...) -> None: ...

class ReceiveSharedChannelProfileImageSyncMsgResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
