from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuditEventActor(_message.Message):
    __slots__ = ("user_id", "session_id", "client", "ip_address", "x_forwarded_for")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CLIENT_FIELD_NUMBER: _ClassVar[int]
    IP_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    X_FORWARDED_FOR_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    session_id: str
    client: str
    ip_address: str
    x_forwarded_for: str
    def __init__(self, user_id: _Optional[str] = ..., session_id: _Optional[str] = ..., client: _Optional[str] = ..., ip_address: _Optional[str] = ..., x_forwarded_for: _Optional[str] = ...) -> None: ...

class AuditEventData(_message.Message):
    __slots__ = ("parameters", "prior_state", "result_state", "object_type")
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    PRIOR_STATE_FIELD_NUMBER: _ClassVar[int]
    RESULT_STATE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_TYPE_FIELD_NUMBER: _ClassVar[int]
    parameters: bytes
    prior_state: bytes
    result_state: bytes
    object_type: str
    def __init__(self, parameters: _Optional[bytes] = ..., prior_state: _Optional[bytes] = ..., result_state: _Optional[bytes] = ..., object_type: _Optional[str] = ...) -> None: ...

class AuditEventError(_message.Message):
    __slots__ = ("description", "code")
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    description: str
    code: int
    def __init__(self, description: _Optional[str] = ..., code: _Optional[int] = ...) -> None: ...

class AuditRecord(_message.Message):
    __slots__ = ("event_name", "status", "event_data", "actor", "meta", "error")
    EVENT_NAME_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATA_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    META_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    event_name: str
    status: str
    event_data: AuditEventData
    actor: AuditEventActor
    meta: bytes
    error: AuditEventError
    def __init__(self, event_name: _Optional[str] = ..., status: _Optional[str] = ..., event_data: _Optional[_Union[AuditEventData, _Mapping[str, object]]] = ..., actor: _Optional[_Union[AuditEventActor, _Mapping[str, object]]] = ..., meta: _Optional[bytes] = ..., error: _Optional[_Union[AuditEventError, _Mapping[str, object]]] = ...) -> None: ...

class LogAuditRecRequest(_message.Message):
    __slots__ = ("rec",)
    REC_FIELD_NUMBER: _ClassVar[int]
    rec: AuditRecord
    def __init__(self, rec: _Optional[_Union[AuditRecord, _Mapping[str, object]]] = ...) -> None: ...

class LogAuditRecResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LogAuditRecWithLevelRequest(_message.Message):
    __slots__ = ("rec", "level")
    REC_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    rec: AuditRecord
    level: bytes
    def __init__(self, rec: _Optional[_Union[AuditRecord, _Mapping[str, object]]] = ..., level: _Optional[bytes] = ...) -> None: ...

class LogAuditRecWithLevelResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
