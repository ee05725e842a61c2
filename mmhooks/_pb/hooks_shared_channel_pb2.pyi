from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RemoteCluster(_message.Message):
    __slots__ = ("remote_id", "remote_team_id", "name", "display_name", "site_url", "default_team_id", "create_at", "delete_at", "last_ping_at", "last_global_user_sync_at", "token", "remote_token", "topics", "creator_id", "plugin_id", "options")
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    REMOTE_TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_URL_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_PING_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_GLOBAL_USER_SYNC_AT_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    REMOTE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOPICS_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    PLUGIN_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    remote_id: str
    remote_team_id: str
    name: str
    display_name: str
    site_url: str
    default_team_id: str
    create_at: int
    delete_at: int
    last_ping_at: int
    last_global_user_sync_at: int
    token: str
    remote_token: str
    topics: str
    creator_id: str
    plugin_id: str
    options: int
    def __init__(self, remote_id: _Optional[str] = ..., remote_team_id: _Optional[str] = ..., name: _Optional[str] = ..., display_name: _Optional[str] = ..., site_url: _Optional[str] = ..., default_team_id: _Optional[str] = ..., create_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., last_ping_at: _Optional[int] = ..., last_global_user_sync_at: _Optional[int] = ..., token: _Optional[str] = ..., remote_token: _Optional[str] = ..., topics: _Optional[str] = ..., creator_id: _Optional[str] = ..., plugin_id: _Optional[str] = ..., options: _Optional[int] = ...) -> None: ...

class OnSharedChannelsSyncMsgRequest(_message.Message):
    __slots__ = ("msg", "rc")
    MSG_FIELD_NUMBER: _ClassVar[int]
    RC_FIELD_NUMBER: _ClassVar[int]
    msg: _core_pb2.SyncMsg
    rc: RemoteCluster
    def __init__(self, msg: _Optional[_Union[_core_pb2.SyncMsg, _Mapping[str, object]]] = ..., rc: _Optional[_Union[RemoteCluster, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsSyncMsgResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.SyncResponse
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.SyncResponse, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsPingRequest(_message.Message):
    __slots__ = ("rc",)
    RC_FIELD_NUMBER: _ClassVar[int]
    rc: RemoteCluster
    def __init__(self, rc: _Optional[_Union[RemoteCluster, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsPingResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: bool
    def __init__(self, result: _Optional[bool] = ...) -> None: ...

class OnSharedChannelsAttachmentSyncMsgRequest(_message.Message):
    __slots__ = ("fi", "post", "rc")
    FI_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    RC_FIELD_NUMBER: _ClassVar[int]
    fi: _core_pb2.FileInfo
    post: _core_pb2.Post
    rc: RemoteCluster
    def __init__(self, fi: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ..., rc: _Optional[_Union[RemoteCluster, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsAttachmentSyncMsgResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsProfileImageSyncMsgRequest(_message.Message):
    __slots__ = ("user", "rc")
    USER_FIELD_NUMBER: _ClassVar[int]
    RC_FIELD_NUMBER: _ClassVar[int]
    user: _core_pb2.User
    rc: RemoteCluster
    def __init__(self, user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ..., rc: _Optional[_Union[RemoteCluster, _Mapping[str, object]]] = ...) -> None: ...

class OnSharedChannelsProfileImageSyncMsgResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
