from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ServeHTTPRequest(_message.Message):
    __slots__ = ("context", "request", "body", "websocket")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    WEBSOCKET_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    request: _core_pb2.HTTPRequest
    body: bytes
    websocket: _core_pb2.WebSocketEvent
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., request: _Optional[_Union[_core_pb2.HTTPRequest, _Mapping[str, object]]] = ..., body: _Optional[bytes] = ..., websocket: _Optional[_Union[_core_pb2.WebSocketEvent, _Mapping[str, object]]] = ...) -> None: ...

class ServeHTTPResponse(_message.Message):
    __slots__ = ("response", "body", "websocket")
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    WEBSOCKET_FIELD_NUMBER: _ClassVar[int]
    response: _core_pb2.HTTPResponse
    body: bytes
    websocket: _core_pb2.WebSocketEvent
    def __init__(self, response: _Optional[_Union[_core_pb2.HTTPResponse, _Mapping[str, object]]] = ..., body: _Optional[bytes] = ..., websocket: _Optional[_Union[_core_pb2.WebSocketEvent, _Mapping[str, object]]] = ...) -> None: ...

class ServeMetricsRequest(_message.Message):
    __slots__ = ("context", "request", "body")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    request: _core_pb2.HTTPRequest
    body: bytes
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., request: _Optional[_Union[_core_pb2.HTTPRequest, _Mapping[str, object]]] = ..., body: _Optional[bytes] = ...) -> None: ...

class ServeMetricsResponse(_message.Message):
    __slots__ = ("response", "body")
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    response: _core_pb2.HTTPResponse
    body: bytes
    def __init__(self, response: _Optional[_Union[_core_pb2.HTTPResponse, _Mapping[str, object]]] = ..., body: _Optional[bytes] = ...) -> None: ...
