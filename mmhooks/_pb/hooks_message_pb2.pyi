from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Draft(_message.Message):
    __slots__ = ("create_at", "update_at", "delete_at", "user_id", "channel_id", "root_id", "message", "type", "props", "file_ids", "metadata", "priority")
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    FILE_IDS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    create_at: int
    update_at: int
    delete_at: int
    user_id: str
    channel_id: str
    root_id: str
    message: str
    type: str
    props: bytes
    file_ids: _containers.RepeatedScalarFieldContainer[str]
    metadata: _core_pb2.PostMetadata
    priority: bytes
    def __init__(self, create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., root_id: _Optional[str] = ..., message: _Optional[str] = ..., type: _Optional[str] = ..., props: _Optional[bytes] = ..., file_ids: _Optional[_Iterable[str]] = ..., metadata: _Optional[_Union[_core_pb2.PostMetadata, _Mapping[str, object]]] = ..., priority: _Optional[bytes] = ...) -> None: ...

class ScheduledPost(_message.Message):
    __slots__ = ("create_at", "update_at", "delete_at", "user_id", "channel_id", "root_id", "message", "type", "props", "file_ids", "metadata", "priority", "id", "scheduled_at", "processed_at", "error_code", "repeat_type", "repeat_timezone")
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    FILE_IDS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_AT_FIELD_NUMBER: _ClassVar[int]
    PROCESSED_AT_FIELD_NUMBER: _ClassVar[int]
    ERROR_CODE_FIELD_NUMBER: _ClassVar[int]
    REPEAT_TYPE_FIELD_NUMBER: _ClassVar[int]
    REPEAT_TIMEZONE_FIELD_NUMBER: _ClassVar[int]
    create_at: int
    update_at: int
    delete_at: int
    user_id: str
    channel_id: str
    root_id: str
    message: str
    type: str
    props: bytes
    file_ids: _containers.RepeatedScalarFieldContainer[str]
    metadata: _core_pb2.PostMetadata
    priority: bytes
    id: str
    scheduled_at: int
    processed_at: int
    error_code: str
    repeat_type: str
    repeat_timezone: str
    def __init__(self, create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., root_id: _Optional[str] = ..., message: _Optional[str] = ..., type: _Optional[str] = ..., props: _Optional[bytes] = ..., file_ids: _Optional[_Iterable[str]] = ..., metadata: _Optional[_Union[_core_pb2.PostMetadata, _Mapping[str, object]]] = ..., priority: _Optional[bytes] = ..., id: _Optional[str] = ..., scheduled_at: _Optional[int] = ..., processed_at: _Optional[int] = ..., error_code: _Optional[str] = ..., repeat_type: _Optional[str] = ..., repeat_timezone: _Optional[str] = ...) -> None: ...

class MessageWillBePostedRequest(_message.Message):
    __slots__ = ("context", "post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    post: _core_pb2.Post
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class MessageWillBePostedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.Post
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class MessageWillBeUpdatedRequest(_message.Message):
    __slots__ = ("context", "new_post", "old_post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    NEW_POST_FIELD_NUMBER: _ClassVar[int]
    OLD_POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    new_post: _core_pb2.Post
    old_post: _core_pb2.Post
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., new_post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ..., old_post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class MessageWillBeUpdatedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.Post
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class MessageHasBeenPostedRequest(_message.Message):
    __slots__ = ("context", "post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    post: _core_pb2.Post
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class MessageHasBeenPostedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class MessageHasBeenUpdatedRequest(_message.Message):
    __slots__ = ("context", "new_post", "old_post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    NEW_POST_FIELD_NUMBER: _ClassVar[int]
    OLD_POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    new_post: _core_pb2.Post
    old_post: _core_pb2.Post
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., new_post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ..., old_post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class MessageHasBeenUpdatedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class MessagesWillBeConsumedRequest(_message.Message):
    __slots__ = ("posts",)
    POSTS_FIELD_NUMBER: _ClassVar[int]
    posts: _containers.RepeatedCompositeFieldContainer[_core_pb2.Post]
    def __init__(self, posts: _Optional[_Iterable[_Union[_core_pb2.Post, _Mapping[str, object]]]] = ...) -> None: ...

class MessagesWillBeConsumedResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Post]
    def __init__(self, result: _Optional[_Iterable[_Union[_core_pb2.Post, _Mapping[str, object]]]] = ...) -> None: ...

class MessagesWillBeConsumedWithContextRequest(_message.Message):
    __slots__ = ("context", "posts")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    posts: _containers.RepeatedCompositeFieldContainer[_core_pb2.Post]
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., posts: _Optional[_Iterable[_Union[_core_pb2.Post, _Mapping[str, object]]]] = ...) -> None: ...

class MessagesWillBeConsumedWithContextResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Post]
    def __init__(self, result: _Optional[_Iterable[_Union[_core_pb2.Post, _Mapping[str, object]]]] = ...) -> None: ...

class MessageHasBeenDeletedRequest(_message.Message):
    __slots__ = ("context", "post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    post: _core_pb2.Post
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class MessageHasBeenDeletedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ReactionHasBeenAddedRequest(_message.Message):
    __slots__ = ("context", "reaction")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    REACTION_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    reaction: _core_pb2.Reaction
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., reaction: _Optional[_Union[_core_pb2.Reaction, _Mapping[str, object]]] = ...) -> None: ...

class ReactionHasBeenAddedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ReactionHasBeenRemovedRequest(_message.Message):
    __slots__ = ("context", "reaction")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    REACTION_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    reaction: _core_pb2.Reaction
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., reaction: _Optional[_Union[_core_pb2.Reaction, _Mapping[str, object]]] = ...) -> None: ...

class ReactionHasBeenRemovedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ScheduledPostWillBeCreatedRequest(_message.Message):
    __slots__ = ("context", "scheduled_post")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_POST_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    scheduled_post: ScheduledPost
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., scheduled_post: _Optional[_Union[ScheduledPost, _Mapping[str, object]]] = ...) -> None: ...

class ScheduledPostWillBeCreatedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: ScheduledPost
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[ScheduledPost, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class DraftWillBeUpsertedRequest(_message.Message):
    __slots__ = ("context", "draft")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    draft: Draft
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., draft: _Optional[_Union[Draft, _Mapping[str, object]]] = ...) -> None: ...

class DraftWillBeUpsertedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: Draft
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[Draft, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...
