from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UserHasBeenCreatedRequest(_message.Message):
    __slots__ = ("context", "user")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    user: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasBeenCreatedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UserWillLogInRequest(_message.Message):
    __slots__ = ("context", "user")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    user: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserWillLogInResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: str
    def __init__(self, result: _Optional[str] = ...) -> None: ...

class UserHasLoggedInRequest(_message.Message):
    __slots__ = ("context", "user")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    user: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasLoggedInResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class UserHasBeenDeactivatedRequest(_message.Message):
    __slots__ = ("context", "user")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    user: _core_pb2.User
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ...) -> None: ...

class UserHasBeenDeactivatedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class PreferencesHaveChangedRequest(_message.Message):
    __slots__ = ("context", "preferences")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PREFERENCES_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    preferences: _containers.RepeatedCompositeFieldContainer[_core_pb2.Preference]
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., preferences: _Optional[_Iterable[_Union[_core_pb2.Preference, _Mapping[str, object]]]] = ...) -> None: ...

class PreferencesHaveChangedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnSAMLLoginRequest(_message.Message):
    __slots__ = ("context", "user", "assertion")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    ASSERTION_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    user: _core_pb2.User
    assertion: bytes
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., user: _Optional[_Union[_core_pb2.User, _Mapping[str, object]]] = ..., assertion: _Optional[bytes] = ...) -> None: ...

class OnSAMLLoginResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
