from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChannelHasBeenCreatedRequest(_message.Message):
    __slots__ = ("context", "channel")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel: _core_pb2.Channel
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class ChannelHasBeenCreatedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ChannelWillBeArchivedRequest(_message.Message):
    __slots__ = ("context", "channel")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel: _core_pb2.Channel
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class ChannelWillBeArchivedResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: str
    def __init__(self, result: _Optional[str] = ...) -> None: ...

class ChannelMemberWillBeAddedRequest(_message.Message):
    __slots__ = ("context", "channel_member")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel_member: _core_pb2.ChannelMember
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel_member: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ...) -> None: ...

class ChannelMemberWillBeAddedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.ChannelMember
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class UserHasJoinedChannelRequest(_message.Message):
    __slots__ = ("context", "channel_member", "actor")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel_member: _core_pb2.ChannelMember
    actor: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel_member: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ..., actor: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasJoinedChannelResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UserHasLeftChannelRequest(_message.Message):
    __slots__ = ("context", "channel_member", "actor")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel_member: _core_pb2.ChannelMember
    actor: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel_member: _Optional[_Union[_core_pb2.ChannelMember, _Mapping[str, object]]] = ..., actor: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasLeftChannelResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ChannelWillBeUpdatedRequest(_message.Message):
    __slots__ = ("context", "new_channel", "old_channel")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    NEW_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    OLD_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    new_channel: _core_pb2.Channel
    old_channel: _core_pb2.Channel
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., new_channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ..., old_channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class ChannelWillBeUpdatedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.Channel
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class ChannelWillBeRestoredRequest(_message.Message):
    __slots__ = ("context", "channel")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    channel: _core_pb2.Channel
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., channel: _Optional[_Union[_core_pb2.Channel, _Mapping[str, object]]] = ...) -> None: ...

class ChannelWillBeRestoredResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: str
    def __init__(self, result: _Optional[str] = ...) -> None: ...
