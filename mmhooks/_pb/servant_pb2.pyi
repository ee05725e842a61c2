from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class ImplementedRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ImplementedResponse(_message.Message):
    __slots__ = ("hooks", "blocking_hooks", "rejecting_hooks", "framed_target", "framed_blocking_target", "settings")
    HOOKS_FIELD_NUMBER: _ClassVar[int]
    BLOCKING_HOOKS_FIELD_NUMBER: _ClassVar[int]
    REJECTING_HOOKS_FIELD_NUMBER: _ClassVar[int]
    FRAMED_TARGET_FIELD_NUMBER: _ClassVar[int]
    FRAMED_BLOCKING_TARGET_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    hooks: _containers.RepeatedScalarFieldContainer[str]
    blocking_hooks: _containers.RepeatedScalarFieldContainer[str]
    rejecting_hooks: _containers.RepeatedScalarFieldContainer[str]
    framed_target: str
    framed_blocking_target: str
    settings: bytes
    def __init__(self, hooks: _Optional[_Iterable[str]] = ..., blocking_hooks: _Optional[_Iterable[str]] = ..., rejecting_hooks: _Optional[_Iterable[str]] = ..., framed_target: _Optional[str] = ..., framed_blocking_target: _Optional[str] = ..., settings: _Optional[bytes] = ...) -> None: ...

class TraceRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class TraceResponse(_message.Message):
    __slots__ = ("trace",)
    TRACE_FIELD_NUMBER: _ClassVar[int]
    trace: bytes
    def __init__(self, trace: _Optional[bytes] = ...) -> None: ...

class StatisticsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class StatisticsResponse(_message.Message):
    __slots__ = ("statistics",)
    STATISTICS_FIELD_NUMBER: _ClassVar[int]
    statistics: bytes
    def __init__(self, statistics: _Optional[bytes] = ...) -> None: ...
