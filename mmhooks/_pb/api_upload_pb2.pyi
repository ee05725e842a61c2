from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UploadSession(_message.Message):
    __slots__ = ("id", "type", "create_at", "user_id", "channel_id", "filename", "path", "file_size", "file_offset", "remote_id", "req_file_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    FILE_SIZE_FIELD_NUMBER: _ClassVar[int]
    FILE_OFFSET_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    REQ_FILE_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    type: str
    create_at: int
    user_id: str
    channel_id: str
    filename: str
    path: str
    file_size: int
    file_offset: int
    remote_id: str
    req_file_id: str
    def __init__(self, id: _Optional[str] = ..., type: _Optional[str] = ..., create_at: _Optional[int] = ..., user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., filename: _Optional[str] = ..., path: _Optional[str] = ..., file_size: _Optional[int] = ..., file_offset: _Optional[int] = ..., remote_id: _Optional[str] = ..., req_file_id: _Optional[str] = ...) -> None: ...

class CreateUploadSessionRequest(_message.Message):
    __slots__ = ("us",)
    US_FIELD_NUMBER: _ClassVar[int]
    us: UploadSession
    def __init__(self, us: _Optional[_Union[UploadSession, _Mapping[str, object]]] = ...) -> None: ...

class CreateUploadSessionResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: UploadSession
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[UploadSession, _Mapping[str, object]]] = ...) -> None: ...

class UploadDataRequest(_message.Message):
    __slots__ = ("us", "rd")
    US_FIELD_NUMBER: _ClassVar[int]
    RD_FIELD_NUMBER: _ClassVar[int]
    us: UploadSession
    rd: bytes
    def __init__(self, us: _Optional[_Union[UploadSession, _Mapping[str, object]]] = ..., rd: _Optional[bytes] = ...) -> None: ...

class UploadDataResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.FileInfo
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.FileInfo, _Mapping[str, object]]] = ...) -> None: ...

class GetUploadSessionRequest(_message.Message):
    __slots__ = ("upload_id",)
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    def __init__(self, upload_id: _Optional[str] = ...) -> None: ...

class GetUploadSessionResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: UploadSession
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[UploadSession, _Mapping[str, object]]] = ...) -> None: ...
