from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FileWillBeUploadedRequest(_message.Message):
    __slots__ = ("context", "info", "file")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    INFO_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    info: _core_pb2.FileInfo
    file: bytes
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., info: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ..., file: _Optional[bytes] = ...) -> None: ...

class FileWillBeUploadedResponse(_message.Message):
    __slots__ = ("output_written", "output", "result", "rejection_reason")
    OUTPUT_WRITTEN_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    output_written: bool
    output: bytes
    result: _core_pb2.FileInfo
    rejection_reason: str
    def __init__(self, output_written: _Optional[bool] = ..., output: _Optional[bytes] = ..., result: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class FileWillBeDownloadedRequest(_message.Message):
    __slots__ = ("context", "file_info", "user_id", "download_type")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    FILE_INFO_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    DOWNLOAD_TYPE_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    file_info: _core_pb2.FileInfo
    user_id: str
    download_type: str
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., file_info: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ..., user_id: _Optional[str] = ..., download_type: _Optional[str] = ...) -> None: ...

class FileWillBeDownloadedResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: str
    def __init__(self, result: _Optional[str] = ...) -> None: ...
