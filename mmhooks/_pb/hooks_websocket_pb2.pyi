from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WebSocketRequest(_message.Message):
    __slots__ = ("seq", "action", "data", "session", "locale")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    seq: int
    action: str
    data: bytes
    session: _core_pb2.Session
    locale: str
    def __init__(self, seq: _Optional[int] = ..., action: _Optional[str] = ..., data: _Optional[bytes] = ..., session: _Optional[_Union[_core_pb2.Session, _Mapping[str, object]]] = ..., locale: _Optional[str] = ...) -> None: ...

class OnWebSocketConnectRequest(_message.Message):
    __slots__ = ("web_conn_id", "user_id")
    WEB_CONN_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    web_conn_id: str
    user_id: str
    def __init__(self, web_conn_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class OnWebSocketConnectResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnWebSocketDisconnectRequest(_message.Message):
    __slots__ = ("web_conn_id", "user_id")
    WEB_CONN_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    web_conn_id: str
    user_id: str
    def __init__(self, web_conn_id: _Optional[str] = ..., user_id: _Optional[str] = ...) -> None: ...

class OnWebSocketDisconnectResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WebSocketMessageHasBeenPostedRequest(_message.Message):
    __slots__ = ("web_conn_id", "user_id", "req")
    WEB_CONN_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    REQ_FIELD_NUMBER: _ClassVar[int]
    web_conn_id: str
    user_id: str
    req: WebSocketRequest
    def __init__(self, web_conn_id: _Optional[str] = ..., user_id: _Optional[str] = ..., req: _Optional[_Union[WebSocketRequest, _Mapping[str, object]]] = ...) -> None: ...

class WebSocketMessageHasBeenPostedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
