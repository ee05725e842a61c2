from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OnInstallEvent(_message.Message):
    __slots__ = ("user_id",)
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    def __init__(self, user_id: _Optional[str] = ...) -> None: ...

class OnActivateRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnActivateResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class OnDeactivateRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnDeactivateResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class OnConfigurationChangeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnConfigurationChangeResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class OnInstallRequest(_message.Message):
    __slots__ = ("context", "event")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    event: OnInstallEvent
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., event: _Optional[_Union[OnInstallEvent, _Mapping[str, object]]] = ...) -> None: ...

class OnInstallResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
