from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Dialog(_message.Message):
    __slots__ = ("callback_id", "title", "introduction_text", "icon_url", "elements", "submit_label", "notify_on_cancel", "state", "source_url")
    CALLBACK_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    INTRODUCTION_TEXT_FIELD_NUMBER: _ClassVar[int]
    ICON_URL_FIELD_NUMBER: _ClassVar[int]
    ELEMENTS_FIELD_NUMBER: _ClassVar[int]
    SUBMIT_LABEL_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_ON_CANCEL_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_URL_FIELD_NUMBER: _ClassVar[int]
    callback_id: str
    title: str
    introduction_text: str
    icon_url: str
    elements: _containers.RepeatedCompositeFieldContainer[DialogElement]
    submit_label: str
    notify_on_cancel: bool
    state: str
    source_url: str
    def __init__(self, callback_id: _Optional[str] = ..., title: _Optional[str] = ..., introduction_text: _Optional[str] = ..., icon_url: _Optional[str] = ..., elements: _Optional[_Iterable[_Union[DialogElement, _Mapping[str, object]]]] = ..., submit_label: _Optional[str] = ..., notify_on_cancel: _Optional[bool] = ..., state: _Optional[str] = ..., source_url: _Optional[str] = ...) -> None: ...

class DialogActionButton(_message.Message):
    __slots__ = ("url", "context")
    class ContextEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    URL_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    url: str
    context: _containers.ScalarMap[str, str]
    def __init__(self, url: _Optional[str] = ..., context: _Optional[_Mapping[str, str]] = ...) -> None: ...

class DialogDateTimeConfig(_message.Message):
    __slots__ = ("min_date", "max_date", "time_interval", "location_timezone", "manual_time_entry")
    MIN_DATE_FIELD_NUMBER: _ClassVar[int]
    MAX_DATE_FIELD_NUMBER: _ClassVar[int]
    TIME_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    LOCATION_TIMEZONE_FIELD_NUMBER: _ClassVar[int]
    MANUAL_TIME_ENTRY_FIELD_NUMBER: _ClassVar[int]
    min_date: str
    max_date: str
    time_interval: int
    location_timezone: str
    manual_time_entry: bool
    def __init__(self, min_date: _Optional[str] = ..., max_date: _Optional[str] = ..., time_interval: _Optional[int] = ..., location_timezone: _Optional[str] = ..., manual_time_entry: _Optional[bool] = ...) -> None: ...

class DialogElement(_message.Message):
    __slots__ = ("display_name", "name", "type", "sub_type", "default", "placeholder", "help_text", "optional", "min_length", "max_length", "data_source", "data_source_url", "options", "multi_select", "allow_multiple", "refresh", "date_time_config", "action_button")
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_FIELD_NUMBER: _ClassVar[int]
    PLACEHOLDER_FIELD_NUMBER: _ClassVar[int]
    HELP_TEXT_FIELD_NUMBER: _ClassVar[int]
    OPTIONAL_FIELD_NUMBER: _ClassVar[int]
    MIN_LENGTH_FIELD_NUMBER: _ClassVar[int]
    MAX_LENGTH_FIELD_NUMBER: _ClassVar[int]
    DATA_SOURCE_FIELD_NUMBER: _ClassVar[int]
    DATA_SOURCE_URL_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    MULTI_SELECT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MULTIPLE_FIELD_NUMBER: _ClassVar[int]
    REFRESH_FIELD_NUMBER: _ClassVar[int]
    DATE_TIME_CONFIG_FIELD_NUMBER: _ClassVar[int]
    ACTION_BUTTON_FIELD_NUMBER: _ClassVar[int]
    display_name: str
    name: str
    type: str
    sub_type: str
    default: str
    placeholder: str
    help_text: str
    optional: bool
    min_length: int
    max_length: int
    data_source: str
    data_source_url: str
    options: _containers.RepeatedCompositeFieldContainer[_core_pb2.PostActionOptions]
    multi_select: bool
    allow_multiple: bool
    refresh: bool
    date_time_config: DialogDateTimeConfig
    action_button: DialogActionButton
    def __init__(self, display_name: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., sub_type: _Optional[str] = ..., default: _Optional[str] = ..., placeholder: _Optional[str] = ..., help_text: _Optional[str] = ..., optional: _Optional[bool] = ..., min_length: _Optional[int] = ..., max_length: _Optional[int] = ..., data_source: _Optional[str] = ..., data_source_url: _Optional[str] = ..., options: _Optional[_Iterable[_Union[_core_pb2.PostActionOptions, _Mapping[str, object]]]] = ..., multi_select: _Optional[bool] = ..., allow_multiple: _Optional[bool] = ..., refresh: _Optional[bool] = ..., date_time_config: _Optional[_Union[DialogDateTimeConfig, _Mapping[str, object]]] = ..., action_button: _Optional[_Union[DialogActionButton, _Mapping[str, object]]] = ...) -> None: ...

class OpenDialogRequest(_message.Message):
    __slots__ = ("trigger_id", "url", "dialog")
    TRIGGER_ID_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    DIALOG_FIELD_NUMBER: _ClassVar[int]
    trigger_id: str
    url: str
    dialog: Dialog
    def __init__(self, trigger_id: _Optional[str] = ..., url: _Optional[str] = ..., dialog: _Optional[_Union[Dialog, _Mapping[str, object]]] = ...) -> None: ...

class SendToastMessageOptions(_message.Message):
    __slots__ = ("position",)
    POSITION_FIELD_NUMBER: _ClassVar[int]
    position: str
    def __init__(self, position: _Optional[str] = ...) -> None: ...

class WebsocketBroadcast(_message.Message):
    __slots__ = ("omit_users", "user_id", "channel_id", "team_id", "connection_id", "omit_connection_id", "contains_sanitized_data", "contains_sensitive_data", "required_permissions", "reliable_cluster_send", "broadcast_hooks", "broadcast_hook_args")
    class OmitUsersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: bool
        def __init__(self, key: _Optional[str] = ..., value: _Optional[bool] = ...) -> None: ...
    OMIT_USERS_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    OMIT_CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    CONTAINS_SANITIZED_DATA_FIELD_NUMBER: _ClassVar[int]
    CONTAINS_SENSITIVE_DATA_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    RELIABLE_CLUSTER_SEND_FIELD_NUMBER: _ClassVar[int]
    BROADCAST_HOOKS_FIELD_NUMBER: _ClassVar[int]
    BROADCAST_HOOK_ARGS_FIELD_NUMBER: _ClassVar[int]
    omit_users: _containers.ScalarMap[str, bool]
    user_id: str
    channel_id: str
    team_id: str
    connection_id: str
    omit_connection_id: str
    contains_sanitized_data: bool
    contains_sensitive_data: bool
    required_permissions: _containers.RepeatedScalarFieldContainer[str]
    reliable_cluster_send: bool
    broadcast_hooks: _containers.RepeatedScalarFieldContainer[str]
    broadcast_hook_args: bytes
    def __init__(self, omit_users: _Optional[_Mapping[str, bool]] = ..., user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., team_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., omit_connection_id: _Optional[str] = ..., contains_sanitized_data: _Optional[bool] = ..., contains_sensitive_data: _Optional[bool] = ..., required_permissions: _Optional[_Iterable[str]] = ..., reliable_cluster_send: _Optional[bool] = ..., broadcast_hooks: _Optional[_Iterable[str]] = ..., broadcast_hook_args: _Optional[bytes] = ...) -> None: ...

class OpenInteractiveDialogRequest(_message.Message):
    __slots__ = ("dialog",)
    DIALOG_FIELD_NUMBER: _ClassVar[int]
    dialog: OpenDialogRequest
    def __init__(self, dialog: _Optional[_Union[OpenDialogRequest, _Mapping[str, object]]] = ...) -> None: ...

class OpenInteractiveDialogResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class SendToastMessageRequest(_message.Message):
    __slots__ = ("user_id", "connection_id", "message", "options")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    connection_id: str
    message: str
    options: SendToastMessageOptions
    def __init__(self, user_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., message: _Optional[str] = ..., options: _Optional[_Union[SendToastMessageOptions, _Mapping[str, object]]] = ...) -> None: ...

class SendToastMessageResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class PublishWebSocketEventRequest(_message.Message):
    __slots__ = ("event", "payload", "broadcast")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FIELD_NUMBER: _ClassVar[int]
    BROADCAST_FIELD_NUMBER: _ClassVar[int]
    event: str
    payload: bytes
    broadcast: WebsocketBroadcast
    def __init__(self, event: _Optional[str] = ..., payload: _Optional[bytes] = ..., broadcast: _Optional[_Union[WebsocketBroadcast, _Mapping[str, object]]] = ...) -> None: ...

class PublishWebSocketEventResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SendPushNotificationRequest(_message.Message):
    __slots__ = ("notification", "user_id")
    NOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    notification: _core_pb2.PushNotification
    user_id: str
    def __init__(self, notification: _Optional[_Union[_core_pb2.PushNotification, _Mapping[str, object]]] = ..., user_id: _Optional[str] = ...) -> None: ...

class SendPushNotificationResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
