from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TeamMemberWillBeAddedRequest(_message.Message):
    __slots__ = ("context", "team_member")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TEAM_MEMBER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    team_member: _core_pb2.TeamMember
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., team_member: _Optional[_Union[_core_pb2.TeamMember, _Mapping[str, object]]] = ...) -> None: ...

class TeamMemberWillBeAddedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.TeamMember
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.TeamMember, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class UserHasJoinedTeamRequest(_message.Message):
    __slots__ = ("context", "team_member", "actor")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TEAM_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    team_member: _core_pb2.TeamMember
    actor: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., team_member: _Optional[_Union[_core_pb2.TeamMember, _Mapping[str, object]]] = ..., actor: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasJoinedTeamResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UserHasLeftTeamRequest(_message.Message):
    __slots__ = ("context", "team_member", "actor")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TEAM_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    team_member: _core_pb2.TeamMember
    actor: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., team_member: _Optional[_Union[_core_pb2.TeamMember, _Mapping[str, object]]] = ..., actor: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasLeftTeamResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
