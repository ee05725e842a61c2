from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EmailNotification(_message.Message):
    __slots__ = ("post_id", "channel_id", "team_id", "sender_id", "sender_display_name", "recipient_id", "root_id", "channel_type", "channel_name", "team_name", "sender_username", "is_direct_message", "is_group_message", "is_thread_reply", "is_crt_enabled", "use_military_time", "subject", "title", "sub_title", "message_html", "message_text", "button_text", "button_url", "footer_text")
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    SENDER_ID_FIELD_NUMBER: _ClassVar[int]
    SENDER_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_NAME_FIELD_NUMBER: _ClassVar[int]
    TEAM_NAME_FIELD_NUMBER: _ClassVar[int]
    SENDER_USERNAME_FIELD_NUMBER: _ClassVar[int]
    IS_DIRECT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    IS_GROUP_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    IS_THREAD_REPLY_FIELD_NUMBER: _ClassVar[int]
    IS_CRT_ENABLED_FIELD_NUMBER: _ClassVar[int]
    USE_MILITARY_TIME_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUB_TITLE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_HTML_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_URL_FIELD_NUMBER: _ClassVar[int]
    FOOTER_TEXT_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    channel_id: str
    team_id: str
    sender_id: str
    sender_display_name: str
    recipient_id: str
    root_id: str
    channel_type: str
    channel_name: str
    team_name: str
    sender_username: str
    is_direct_message: bool
    is_group_message: bool
    is_thread_reply: bool
    is_crt_enabled: bool
    use_military_time: bool
    subject: str
    title: str
    sub_title: str
    message_html: str
    message_text: str
    button_text: str
    button_url: str
    footer_text: str
    def __init__(self, post_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., team_id: _Optional[str] = ..., sender_id: _Optional[str] = ..., sender_display_name: _Optional[str] = ..., recipient_id: _Optional[str] = ..., root_id: _Optional[str] = ..., channel_type: _Optional[str] = ..., channel_name: _Optional[str] = ..., team_name: _Optional[str] = ..., sender_username: _Optional[str] = ..., is_direct_message: _Optional[bool] = ..., is_group_message: _Optional[bool] = ..., is_thread_reply: _Optional[bool] = ..., is_crt_enabled: _Optional[bool] = ..., use_military_time: _Optional[bool] = ..., subject: _Optional[str] = ..., title: _Optional[str] = ..., sub_title: _Optional[str] = ..., message_html: _Optional[str] = ..., message_text: _Optional[str] = ..., button_text: _Optional[str] = ..., button_url: _Optional[str] = ..., footer_text: _Optional[str] = ...) -> None: ...

class EmailNotificationContent(_message.Message):
    __slots__ = ("subject", "title", "sub_title", "message_html", "message_text", "button_text", "button_url", "footer_text")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUB_TITLE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_HTML_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_TEXT_FIELD_NUMBER: _ClassVar[int]
    BUTTON_URL_FIELD_NUMBER: _ClassVar[int]
    FOOTER_TEXT_FIELD_NUMBER: _ClassVar[int]
    subject: str
    title: str
    sub_title: str
    message_html: str
    message_text: str
    button_text: str
    button_url: str
    footer_text: str
    def __init__(self, subject: _Optional[str] = ..., title: _Optional[str] = ..., sub_title: _Optional[str] = ..., message_html: _Optional[str] = ..., message_text: _Optional[str] = ..., button_text: _Optional[str] = ..., button_url: _Optional[str] = ..., footer_text: _Optional[str] = ...) -> None: ...

class FileData(_message.Message):
    __slots__ = ("filename", "body")
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    filename: str
    body: bytes
    def __init__(self, filename: _Optional[str] = ..., body: _Optional[bytes] = ...) -> None: ...

class OnPluginClusterEventRequest(_message.Message):
    __slots__ = ("context", "ev")
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EV_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    ev: _core_pb2.PluginClusterEvent
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ..., ev: _Optional[_Union[_core_pb2.PluginClusterEvent, _Mapping[str, object]]] = ...) -> None: ...

class OnPluginClusterEventResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RunDataRetentionRequest(_message.Message):
    __slots__ = ("now_time", "batch_size")
    NOW_TIME_FIELD_NUMBER: _ClassVar[int]
    BATCH_SIZE_FIELD_NUMBER: _ClassVar[int]
    now_time: int
    batch_size: int
    def __init__(self, now_time: _Optional[int] = ..., batch_size: _Optional[int] = ...) -> None: ...

class RunDataRetentionResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: int
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[int] = ...) -> None: ...

class OnSendDailyTelemetryRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnSendDailyTelemetryResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OnCloudLimitsUpdatedRequest(_message.Message):
    __slots__ = ("limits",)
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    limits: _core_pb2.ProductLimits
    def __init__(self, limits: _Optional[_Union[_core_pb2.ProductLimits, _Mapping[str, object]]] = ...) -> None: ...

class OnCloudLimitsUpdatedResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ConfigurationWillBeSavedRequest(_message.Message):
    __slots__ = ("new_cfg",)
    NEW_CFG_FIELD_NUMBER: _ClassVar[int]
    new_cfg: bytes
    def __init__(self, new_cfg: _Optional[bytes] = ...) -> None: ...

class ConfigurationWillBeSavedResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: bytes
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[bytes] = ...) -> None: ...

class EmailNotificationWillBeSentRequest(_message.Message):
    __slots__ = ("email_notification",)
    EMAIL_NOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    email_notification: EmailNotification
    def __init__(self, email_notification: _Optional[_Union[EmailNotification, _Mapping[str, object]]] = ...) -> None: ...

class EmailNotificationWillBeSentResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: EmailNotificationContent
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[EmailNotificationContent, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class NotificationWillBePushedRequest(_message.Message):
    __slots__ = ("push_notification", "user_id")
    PUSH_NOTIFICATION_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    push_notification: _core_pb2.PushNotification
    user_id: str
    def __init__(self, push_notification: _Optional[_Union[_core_pb2.PushNotification, _Mapping[str, object]]] = ..., user_id: _Optional[str] = ...) -> None: ...

class NotificationWillBePushedResponse(_message.Message):
    __slots__ = ("result", "rejection_reason")
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REJECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.PushNotification
    rejection_reason: str
    def __init__(self, result: _Optional[_Union[_core_pb2.PushNotification, _Mapping[str, object]]] = ..., rejection_reason: _Optional[str] = ...) -> None: ...

class GenerateSupportDataRequest(_message.Message):
    __slots__ = ("context",)
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    context: _core_pb2.PluginContext
    def __init__(self, context: _Optional[_Union[_core_pb2.PluginContext, _Mapping[str, object]]] = ...) -> None: ...

class GenerateSupportDataResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[FileData]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[FileData, _Mapping[str, object]]]] = ...) -> None: ...
