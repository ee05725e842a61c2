from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AppError(_message.Message):
    __slots__ = ("id", "message", "detailed_error", "where", "status_code", "request_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DETAILED_ERROR_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    STATUS_CODE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    message: str
    detailed_error: str
    where: str
    status_code: int
    request_id: str
    def __init__(self, id: _Optional[str] = ..., message: _Optional[str] = ..., detailed_error: _Optional[str] = ..., where: _Optional[str] = ..., status_code: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class StringList(_message.Message):
    __slots__ = ("values",)
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, values: _Optional[_Iterable[str]] = ...) -> None: ...

class HTTPHeader(_message.Message):
    __slots__ = ("name", "values")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    name: str
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...

class HTTPRequest(_message.Message):
    __slots__ = ("method", "url", "proto", "headers", "host", "remote_addr", "request_uri")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    PROTO_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ADDR_FIELD_NUMBER: _ClassVar[int]
    REQUEST_URI_FIELD_NUMBER: _ClassVar[int]
    method: str
    url: str
    proto: str
    headers: _containers.RepeatedCompositeFieldContainer[HTTPHeader]
    host: str
    remote_addr: str
    request_uri: str
    def __init__(self, method: _Optional[str] = ..., url: _Optional[str] = ..., proto: _Optional[str] = ..., headers: _Optional[_Iterable[_Union[HTTPHeader, _Mapping[str, object]]]] = ..., host: _Optional[str] = ..., remote_addr: _Optional[str] = ..., request_uri: _Optional[str] = ...) -> None: ...

class HTTPResponse(_message.Message):
    __slots__ = ("status_code", "headers", "trailers")
    STATUS_CODE_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    TRAILERS_FIELD_NUMBER: _ClassVar[int]
    status_code: int
    headers: _containers.RepeatedCompositeFieldContainer[HTTPHeader]
    trailers: _containers.RepeatedCompositeFieldContainer[HTTPHeader]
    def __init__(self, status_code: _Optional[int] = ..., headers: _Optional[_Iterable[_Union[HTTPHeader, _Mapping[str, object]]]] = ..., trailers: _Optional[_Iterable[_Union[HTTPHeader, _Mapping[str, object]]]] = ...) -> None: ...

class WebSocketEvent(_message.Message):
    __slots__ = ("offer", "accept", "text", "binary", "close")
    OFFER_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BINARY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    offer: WebSocketOffer
    accept: WebSocketAccept
    text: str
    binary: bytes
    close: WebSocketClose
    def __init__(self, offer: _Optional[_Union[WebSocketOffer, _Mapping[str, object]]] = ..., accept: _Optional[_Union[WebSocketAccept, _Mapping[str, object]]] = ..., text: _Optional[str] = ..., binary: _Optional[bytes] = ..., close: _Optional[_Union[WebSocketClose, _Mapping[str, object]]] = ...) -> None: ...

class WebSocketOffer(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WebSocketAccept(_message.Message):
    __slots__ = ("subprotocol", "headers")
    SUBPROTOCOL_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    subprotocol: str
    headers: _containers.RepeatedCompositeFieldContainer[HTTPHeader]
    def __init__(self, subprotocol: _Optional[str] = ..., headers: _Optional[_Iterable[_Union[HTTPHeader, _Mapping[str, object]]]] = ...) -> None: ...

class WebSocketClose(_message.Message):
    __slots__ = ("code", "reason")
    CODE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    code: int
    reason: str
    def __init__(self, code: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class AutocompleteArg(_message.Message):
    __slots__ = ("name", "help_text", "type", "required", "data")
    NAME_FIELD_NUMBER: _ClassVar[int]
    HELP_TEXT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    name: str
    help_text: str
    type: str
    required: bool
    data: bytes
    def __init__(self, name: _Optional[str] = ..., help_text: _Optional[str] = ..., type: _Optional[str] = ..., required: _Optional[bool] = ..., data: _Optional[bytes] = ...) -> None: ...

class AutocompleteData(_message.Message):
    __slots__ = ("trigger", "hint", "help_text", "role_id", "arguments", "sub_commands")
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    HELP_TEXT_FIELD_NUMBER: _ClassVar[int]
    ROLE_ID_FIELD_NUMBER: _ClassVar[int]
    ARGUMENTS_FIELD_NUMBER: _ClassVar[int]
    SUB_COMMANDS_FIELD_NUMBER: _ClassVar[int]
    trigger: str
    hint: str
    help_text: str
    role_id: str
    arguments: _containers.RepeatedCompositeFieldContainer[AutocompleteArg]
    sub_commands: _containers.RepeatedCompositeFieldContainer[AutocompleteData]
    def __init__(self, trigger: _Optional[str] = ..., hint: _Optional[str] = ..., help_text: _Optional[str] = ..., role_id: _Optional[str] = ..., arguments: _Optional[_Iterable[_Union[AutocompleteArg, _Mapping[str, object]]]] = ..., sub_commands: _Optional[_Iterable[_Union[AutocompleteData, _Mapping[str, object]]]] = ...) -> None: ...

class Channel(_message.Message):
    __slots__ = ("id", "create_at", "update_at", "delete_at", "team_id", "type", "display_name", "name", "header", "purpose", "last_post_at", "total_msg_count", "extra_update_at", "creator_id", "scheme_id", "props", "group_constrained", "auto_translation", "shared", "total_msg_count_root", "policy_id", "last_root_post_at", "banner_info", "policy_enforced", "policy_actions", "policy_is_active", "default_category_name", "managed_category_name", "discoverable")
    class PolicyActionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: bool
        def __init__(self, key: _Optional[str] = ..., value: _Optional[bool] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    LAST_POST_AT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MSG_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXTRA_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    SCHEME_ID_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    GROUP_CONSTRAINED_FIELD_NUMBER: _ClassVar[int]
    AUTO_TRANSLATION_FIELD_NUMBER: _ClassVar[int]
    SHARED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MSG_COUNT_ROOT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_ROOT_POST_AT_FIELD_NUMBER: _ClassVar[int]
    BANNER_INFO_FIELD_NUMBER: _ClassVar[int]
    POLICY_ENFORCED_FIELD_NUMBER: _ClassVar[int]
    POLICY_ACTIONS_FIELD_NUMBER: _ClassVar[int]
    POLICY_IS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_CATEGORY_NAME_FIELD_NUMBER: _ClassVar[int]
    MANAGED_CATEGORY_NAME_FIELD_NUMBER: _ClassVar[int]
    DISCOVERABLE_FIELD_NUMBER: _ClassVar[int]
    id: str
    create_at: int
    update_at: int
    delete_at: int
    team_id: str
    type: str
    display_name: str
    name: str
    header: str
    purpose: str
    last_post_at: int
    total_msg_count: int
    extra_update_at: int
    creator_id: str
    scheme_id: str
    props: bytes
    group_constrained: bool
    auto_translation: bool
    shared: bool
    total_msg_count_root: int
    policy_id: str
    last_root_post_at: int
    banner_info: ChannelBannerInfo
    policy_enforced: bool
    policy_actions: _containers.ScalarMap[str, bool]
    policy_is_active: bool
    default_category_name: str
    managed_category_name: str
    discoverable: bool
    def __init__(self, id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., team_id: _Optional[str] = ..., type: _Optional[str] = ..., display_name: _Optional[str] = ..., name: _Optional[str] = ..., header: _Optional[str] = ..., purpose: _Optional[str] = ..., last_post_at: _Optional[int] = ..., total_msg_count: _Optional[int] = ..., extra_update_at: _Optional[int] = ..., creator_id: _Optional[str] = ..., scheme_id: _Optional[str] = ..., props: _Optional[bytes] = ..., group_constrained: _Optional[bool] = ..., auto_translation: _Optional[bool] = ..., shared: _Optional[bool] = ..., total_msg_count_root: _Optional[int] = ..., policy_id: _Optional[str] = ..., last_root_post_at: _Optional[int] = ..., banner_info: _Optional[_Union[ChannelBannerInfo, _Mapping[str, object]]] = ..., policy_enforced: _Optional[bool] = ..., policy_actions: _Optional[_Mapping[str, bool]] = ..., policy_is_active: _Optional[bool] = ..., default_category_name: _Optional[str] = ..., managed_category_name: _Optional[str] = ..., discoverable: _Optional[bool] = ...) -> None: ...

class ChannelBannerInfo(_message.Message):
    __slots__ = ("enabled", "text", "background_color")
    ENABLED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BACKGROUND_COLOR_FIELD_NUMBER: _ClassVar[int]
    enabled: bool
    text: str
    background_color: str
    def __init__(self, enabled: _Optional[bool] = ..., text: _Optional[str] = ..., background_color: _Optional[str] = ...) -> None: ...

class ChannelMember(_message.Message):
    __slots__ = ("channel_id", "user_id", "roles", "last_viewed_at", "msg_count", "mention_count", "mention_count_root", "urgent_mention_count", "msg_count_root", "notify_props", "last_update_at", "scheme_guest", "scheme_user", "scheme_admin", "explicit_roles", "auto_translation_disabled")
    class NotifyPropsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    LAST_VIEWED_AT_FIELD_NUMBER: _ClassVar[int]
    MSG_COUNT_FIELD_NUMBER: _ClassVar[int]
    MENTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    MENTION_COUNT_ROOT_FIELD_NUMBER: _ClassVar[int]
    URGENT_MENTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    MSG_COUNT_ROOT_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_PROPS_FIELD_NUMBER: _ClassVar[int]
    LAST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    SCHEME_GUEST_FIELD_NUMBER: _ClassVar[int]
    SCHEME_USER_FIELD_NUMBER: _ClassVar[int]
    SCHEME_ADMIN_FIELD_NUMBER: _ClassVar[int]
    EXPLICIT_ROLES_FIELD_NUMBER: _ClassVar[int]
    AUTO_TRANSLATION_DISABLED_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    roles: str
    last_viewed_at: int
    msg_count: int
    mention_count: int
    mention_count_root: int
    urgent_mention_count: int
    msg_count_root: int
    notify_props: _containers.ScalarMap[str, str]
    last_update_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str
    auto_translation_disabled: bool
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ..., roles: _Optional[str] = ..., last_viewed_at: _Optional[int] = ..., msg_count: _Optional[int] = ..., mention_count: _Optional[int] = ..., mention_count_root: _Optional[int] = ..., urgent_mention_count: _Optional[int] = ..., msg_count_root: _Optional[int] = ..., notify_props: _Optional[_Mapping[str, str]] = ..., last_update_at: _Optional[int] = ..., scheme_guest: _Optional[bool] = ..., scheme_user: _Optional[bool] = ..., scheme_admin: _Optional[bool] = ..., explicit_roles: _Optional[str] = ..., auto_translation_disabled: _Optional[bool] = ...) -> None: ...

class Command(_message.Message):
    __slots__ = ("id", "token", "create_at", "update_at", "delete_at", "creator_id", "team_id", "trigger", "method", "username", "icon_url", "auto_complete", "auto_complete_desc", "auto_complete_hint", "display_name", "description", "url", "plugin_id", "autocomplete_data", "autocomplete_icon_data")
    ID_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    ICON_URL_FIELD_NUMBER: _ClassVar[int]
    AUTO_COMPLETE_FIELD_NUMBER: _ClassVar[int]
    AUTO_COMPLETE_DESC_FIELD_NUMBER: _ClassVar[int]
    AUTO_COMPLETE_HINT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    PLUGIN_ID_FIELD_NUMBER: _ClassVar[int]
    AUTOCOMPLETE_DATA_FIELD_NUMBER: _ClassVar[int]
    AUTOCOMPLETE_ICON_DATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    token: str
    create_at: int
    update_at: int
    delete_at: int
    creator_id: str
    team_id: str
    trigger: str
    method: str
    username: str
    icon_url: str
    auto_complete: bool
    auto_complete_desc: str
    auto_complete_hint: str
    display_name: str
    description: str
    url: str
    plugin_id: str
    autocomplete_data: AutocompleteData
    autocomplete_icon_data: str
    def __init__(self, id: _Optional[str] = ..., token: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., creator_id: _Optional[str] = ..., team_id: _Optional[str] = ..., trigger: _Optional[str] = ..., method: _Optional[str] = ..., username: _Optional[str] = ..., icon_url: _Optional[str] = ..., auto_complete: _Optional[bool] = ..., auto_complete_desc: _Optional[str] = ..., auto_complete_hint: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., url: _Optional[str] = ..., plugin_id: _Optional[str] = ..., autocomplete_data: _Optional[_Union[AutocompleteData, _Mapping[str, object]]] = ..., autocomplete_icon_data: _Optional[str] = ...) -> None: ...

class CommandArgs(_message.Message):
    __slots__ = ("user_id", "channel_id", "team_id", "root_id", "parent_id", "trigger_id", "connection_id", "command", "site_url", "user_mentions", "channel_mentions")
    class UserMentionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class ChannelMentionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    SITE_URL_FIELD_NUMBER: _ClassVar[int]
    USER_MENTIONS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_MENTIONS_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    channel_id: str
    team_id: str
    root_id: str
    parent_id: str
    trigger_id: str
    connection_id: str
    command: str
    site_url: str
    user_mentions: _containers.ScalarMap[str, str]
    channel_mentions: _containers.ScalarMap[str, str]
    def __init__(self, user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., team_id: _Optional[str] = ..., root_id: _Optional[str] = ..., parent_id: _Optional[str] = ..., trigger_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., command: _Optional[str] = ..., site_url: _Optional[str] = ..., user_mentions: _Optional[_Mapping[str, str]] = ..., channel_mentions: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CommandResponse(_message.Message):
    __slots__ = ("response_type", "text", "username", "channel_id", "icon_url", "type", "props", "goto_location", "trigger_id", "skip_slack_parsing", "attachments", "extra_responses")
    RESPONSE_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ICON_URL_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    GOTO_LOCATION_FIELD_NUMBER: _ClassVar[int]
    TRIGGER_ID_FIELD_NUMBER: _ClassVar[int]
    SKIP_SLACK_PARSING_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    EXTRA_RESPONSES_FIELD_NUMBER: _ClassVar[int]
    response_type: str
    text: str
    username: str
    channel_id: str
    icon_url: str
    type: str
    props: bytes
    goto_location: str
    trigger_id: str
    skip_slack_parsing: bool
    attachments: _containers.RepeatedCompositeFieldContainer[MessageAttachment]
    extra_responses: _containers.RepeatedCompositeFieldContainer[CommandResponse]
    def __init__(self, response_type: _Optional[str] = ..., text: _Optional[str] = ..., username: _Optional[str] = ..., channel_id: _Optional[str] = ..., icon_url: _Optional[str] = ..., type: _Optional[str] = ..., props: _Optional[bytes] = ..., goto_location: _Optional[str] = ..., trigger_id: _Optional[str] = ..., skip_slack_parsing: _Optional[bool] = ..., attachments: _Optional[_Iterable[_Union[MessageAttachment, _Mapping[str, object]]]] = ..., extra_responses: _Optional[_Iterable[_Union[CommandResponse, _Mapping[str, object]]]] = ...) -> None: ...

class Emoji(_message.Message):
    __slots__ = ("id", "create_at", "update_at", "delete_at", "creator_id", "name")
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    create_at: int
    update_at: int
    delete_at: int
    creator_id: str
    name: str
    def __init__(self, id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., creator_id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class FileInfo(_message.Message):
    __slots__ = ("id", "creator_id", "post_id", "channel_id", "create_at", "update_at", "delete_at", "path", "thumbnail_path", "preview_path", "name", "extension", "size", "mime_type", "width", "height", "has_preview_image", "mini_preview", "content", "remote_id", "archived")
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    THUMBNAIL_PATH_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_PATH_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    MIME_TYPE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    HAS_PREVIEW_IMAGE_FIELD_NUMBER: _ClassVar[int]
    MINI_PREVIEW_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    id: str
    creator_id: str
    post_id: str
    channel_id: str
    create_at: int
    update_at: int
    delete_at: int
    path: str
    thumbnail_path: str
    preview_path: str
    name: str
    extension: str
    size: int
    mime_type: str
    width: int
    height: int
    has_preview_image: bool
    mini_preview: bytes
    content: str
    remote_id: str
    archived: bool
    def __init__(self, id: _Optional[str] = ..., creator_id: _Optional[str] = ..., post_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., path: _Optional[str] = ..., thumbnail_path: _Optional[str] = ..., preview_path: _Optional[str] = ..., name: _Optional[str] = ..., extension: _Optional[str] = ..., size: _Optional[int] = ..., mime_type: _Optional[str] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., has_preview_image: _Optional[bool] = ..., mini_preview: _Optional[bytes] = ..., content: _Optional[str] = ..., remote_id: _Optional[str] = ..., archived: _Optional[bool] = ...) -> None: ...

class FilesLimits(_message.Message):
    __slots__ = ("total_storage",)
    TOTAL_STORAGE_FIELD_NUMBER: _ClassVar[int]
    total_storage: int
    def __init__(self, total_storage: _Optional[int] = ...) -> None: ...

class MembershipChangeMsg(_message.Message):
    __slots__ = ("channel_id", "user_id", "is_add", "remote_id", "change_time")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    IS_ADD_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    user_id: str
    is_add: bool
    remote_id: str
    change_time: int
    def __init__(self, channel_id: _Optional[str] = ..., user_id: _Optional[str] = ..., is_add: _Optional[bool] = ..., remote_id: _Optional[str] = ..., change_time: _Optional[int] = ...) -> None: ...

class MessageAttachment(_message.Message):
    __slots__ = ("id", "fallback", "color", "pretext", "author_name", "author_link", "author_icon", "title", "title_link", "text", "fields", "image_url", "thumb_url", "footer", "footer_icon", "timestamp", "actions")
    ID_FIELD_NUMBER: _ClassVar[int]
    FALLBACK_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    PRETEXT_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_NAME_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_LINK_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_ICON_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_LINK_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    IMAGE_URL_FIELD_NUMBER: _ClassVar[int]
    THUMB_URL_FIELD_NUMBER: _ClassVar[int]
    FOOTER_FIELD_NUMBER: _ClassVar[int]
    FOOTER_ICON_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    id: int
    fallback: str
    color: str
    pretext: str
    author_name: str
    author_link: str
    author_icon: str
    title: str
    title_link: str
    text: str
    fields: _containers.RepeatedCompositeFieldContainer[MessageAttachmentField]
    image_url: str
    thumb_url: str
    footer: str
    footer_icon: str
    timestamp: bytes
    actions: _containers.RepeatedCompositeFieldContainer[PostAction]
    def __init__(self, id: _Optional[int] = ..., fallback: _Optional[str] = ..., color: _Optional[str] = ..., pretext: _Optional[str] = ..., author_name: _Optional[str] = ..., author_link: _Optional[str] = ..., author_icon: _Optional[str] = ..., title: _Optional[str] = ..., title_link: _Optional[str] = ..., text: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[MessageAttachmentField, _Mapping[str, object]]]] = ..., image_url: _Optional[str] = ..., thumb_url: _Optional[str] = ..., footer: _Optional[str] = ..., footer_icon: _Optional[str] = ..., timestamp: _Optional[bytes] = ..., actions: _Optional[_Iterable[_Union[PostAction, _Mapping[str, object]]]] = ...) -> None: ...

class MessageAttachmentField(_message.Message):
    __slots__ = ("title", "value", "short")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SHORT_FIELD_NUMBER: _ClassVar[int]
    title: str
    value: bytes
    short: bool
    def __init__(self, title: _Optional[str] = ..., value: _Optional[bytes] = ..., short: _Optional[bool] = ...) -> None: ...

class MessagesLimits(_message.Message):
    __slots__ = ("history",)
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    history: int
    def __init__(self, history: _Optional[int] = ...) -> None: ...

class PluginClusterEvent(_message.Message):
    __slots__ = ("id", "data")
    ID_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    data: bytes
    def __init__(self, id: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...

class Post(_message.Message):
    __slots__ = ("id", "create_at", "update_at", "edit_at", "delete_at", "is_pinned", "user_id", "channel_id", "root_id", "original_id", "message", "message_source", "type", "props", "hashtags", "filenames", "file_ids", "pending_post_id", "has_reactions", "remote_id", "reply_count", "last_reply_at", "participants", "is_following", "metadata")
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    EDIT_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    IS_PINNED_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_SOURCE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    HASHTAGS_FIELD_NUMBER: _ClassVar[int]
    FILENAMES_FIELD_NUMBER: _ClassVar[int]
    FILE_IDS_FIELD_NUMBER: _ClassVar[int]
    PENDING_POST_ID_FIELD_NUMBER: _ClassVar[int]
    HAS_REACTIONS_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_COUNT_FIELD_NUMBER: _ClassVar[int]
    LAST_REPLY_AT_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    IS_FOLLOWING_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    id: str
    create_at: int
    update_at: int
    edit_at: int
    delete_at: int
    is_pinned: bool
    user_id: str
    channel_id: str
    root_id: str
    original_id: str
    message: str
    message_source: str
    type: str
    props: bytes
    hashtags: str
    filenames: _containers.RepeatedScalarFieldContainer[str]
    file_ids: _containers.RepeatedScalarFieldContainer[str]
    pending_post_id: str
    has_reactions: bool
    remote_id: str
    reply_count: int
    last_reply_at: int
    participants: _containers.RepeatedCompositeFieldContainer[User]
    is_following: bool
    metadata: PostMetadata
    def __init__(self, id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., edit_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., is_pinned: _Optional[bool] = ..., user_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., root_id: _Optional[str] = ..., original_id: _Optional[str] = ..., message: _Optional[str] = ..., message_source: _Optional[str] = ..., type: _Optional[str] = ..., props: _Optional[bytes] = ..., hashtags: _Optional[str] = ..., filenames: _Optional[_Iterable[str]] = ..., file_ids: _Optional[_Iterable[str]] = ..., pending_post_id: _Optional[str] = ..., has_reactions: _Optional[bool] = ..., remote_id: _Optional[str] = ..., reply_count: _Optional[int] = ..., last_reply_at: _Optional[int] = ..., participants: _Optional[_Iterable[_Union[User, _Mapping[str, object]]]] = ..., is_following: _Optional[bool] = ..., metadata: _Optional[_Union[PostMetadata, _Mapping[str, object]]] = ...) -> None: ...

class PostAcknowledgement(_message.Message):
    __slots__ = ("user_id", "post_id", "acknowledged_at", "channel_id", "remote_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_AT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    post_id: str
    acknowledged_at: int
    channel_id: str
    remote_id: str
    def __init__(self, user_id: _Optional[str] = ..., post_id: _Optional[str] = ..., acknowledged_at: _Optional[int] = ..., channel_id: _Optional[str] = ..., remote_id: _Optional[str] = ...) -> None: ...

class PostAction(_message.Message):
    __slots__ = ("id", "type", "name", "tooltip", "disabled", "style", "data_source", "options", "default_option", "integration", "cookie")
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TOOLTIP_FIELD_NUMBER: _ClassVar[int]
    DISABLED_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    DATA_SOURCE_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_OPTION_FIELD_NUMBER: _ClassVar[int]
    INTEGRATION_FIELD_NUMBER: _ClassVar[int]
    COOKIE_FIELD_NUMBER: _ClassVar[int]
    id: str
    type: str
    name: str
    tooltip: str
    disabled: bool
    style: str
    data_source: str
    options: _containers.RepeatedCompositeFieldContainer[PostActionOptions]
    default_option: str
    integration: PostActionIntegration
    cookie: str
    def __init__(self, id: _Optional[str] = ..., type: _Optional[str] = ..., name: _Optional[str] = ..., tooltip: _Optional[str] = ..., disabled: _Optional[bool] = ..., style: _Optional[str] = ..., data_source: _Optional[str] = ..., options: _Optional[_Iterable[_Union[PostActionOptions, _Mapping[str, object]]]] = ..., default_option: _Optional[str] = ..., integration: _Optional[_Union[PostActionIntegration, _Mapping[str, object]]] = ..., cookie: _Optional[str] = ...) -> None: ...

class PostActionIntegration(_message.Message):
    __slots__ = ("url", "context")
    URL_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    url: str
    context: bytes
    def __init__(self, url: _Optional[str] = ..., context: _Optional[bytes] = ...) -> None: ...

class PostActionOptions(_message.Message):
    __slots__ = ("text", "value")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    text: str
    value: str
    def __init__(self, text: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...

class PostEmbed(_message.Message):
    __slots__ = ("type", "url", "data")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    type: str
    url: str
    data: bytes
    def __init__(self, type: _Optional[str] = ..., url: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...

class PostImage(_message.Message):
    __slots__ = ("width", "height", "format", "frame_count")
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    FRAME_COUNT_FIELD_NUMBER: _ClassVar[int]
    width: int
    height: int
    format: str
    frame_count: int
    def __init__(self, width: _Optional[int] = ..., height: _Optional[int] = ..., format: _Optional[str] = ..., frame_count: _Optional[int] = ...) -> None: ...

class PostMetadata(_message.Message):
    __slots__ = ("embeds", "emojis", "files", "redacted_file_count", "images", "reactions", "priority", "acknowledgements", "translations", "expire_at", "recipients")
    class ImagesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: PostImage
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[PostImage, _Mapping[str, object]]] = ...) -> None: ...
    class TranslationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: PostTranslation
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[PostTranslation, _Mapping[str, object]]] = ...) -> None: ...
    EMBEDS_FIELD_NUMBER: _ClassVar[int]
    EMOJIS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    REDACTED_FILE_COUNT_FIELD_NUMBER: _ClassVar[int]
    IMAGES_FIELD_NUMBER: _ClassVar[int]
    REACTIONS_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENTS_FIELD_NUMBER: _ClassVar[int]
    TRANSLATIONS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_AT_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    embeds: _containers.RepeatedCompositeFieldContainer[PostEmbed]
    emojis: _containers.RepeatedCompositeFieldContainer[Emoji]
    files: _containers.RepeatedCompositeFieldContainer[FileInfo]
    redacted_file_count: int
    images: _containers.MessageMap[str, PostImage]
    reactions: _containers.RepeatedCompositeFieldContainer[Reaction]
    priority: PostPriority
    acknowledgements: _containers.RepeatedCompositeFieldContainer[PostAcknowledgement]
    translations: _containers.MessageMap[str, PostTranslation]
    expire_at: int
    recipients: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, embeds: _Optional[_Iterable[_Union[PostEmbed, _Mapping[str, object]]]] = ..., emojis: _Optional[_Iterable[_Union[Emoji, _Mapping[str, object]]]] = ..., files: _Optional[_Iterable[_Union[FileInfo, _Mapping[str, object]]]] = ..., redacted_file_count: _Optional[int] = ..., images: _Optional[_Mapping[str, PostImage]] = ..., reactions: _Optional[_Iterable[_Union[Reaction, _Mapping[str, object]]]] = ..., priority: _Optional[_Union[PostPriority, _Mapping[str, object]]] = ..., acknowledgements: _Optional[_Iterable[_Union[PostAcknowledgement, _Mapping[str, object]]]] = ..., translations: _Optional[_Mapping[str, PostTranslation]] = ..., expire_at: _Optional[int] = ..., recipients: _Optional[_Iterable[str]] = ...) -> None: ...

class PostPriority(_message.Message):
    __slots__ = ("priority", "requested_ack", "persistent_notifications", "post_id", "channel_id")
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_ACK_FIELD_NUMBER: _ClassVar[int]
    PERSISTENT_NOTIFICATIONS_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    priority: str
    requested_ack: bool
    persistent_notifications: bool
    post_id: str
    channel_id: str
    def __init__(self, priority: _Optional[str] = ..., requested_ack: _Optional[bool] = ..., persistent_notifications: _Optional[bool] = ..., post_id: _Optional[str] = ..., channel_id: _Optional[str] = ...) -> None: ...

class PostTranslation(_message.Message):
    __slots__ = ("text", "object", "type", "state", "source_lang")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    OBJECT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_LANG_FIELD_NUMBER: _ClassVar[int]
    text: str
    object: bytes
    type: str
    state: str
    source_lang: str
    def __init__(self, text: _Optional[str] = ..., object: _Optional[bytes] = ..., type: _Optional[str] = ..., state: _Optional[str] = ..., source_lang: _Optional[str] = ...) -> None: ...

class Preference(_message.Message):
    __slots__ = ("user_id", "category", "name", "value")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    category: str
    name: str
    value: str
    def __init__(self, user_id: _Optional[str] = ..., category: _Optional[str] = ..., name: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...

class ProductLimits(_message.Message):
    __slots__ = ("files", "messages", "teams")
    FILES_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    files: FilesLimits
    messages: MessagesLimits
    teams: TeamsLimits
    def __init__(self, files: _Optional[_Union[FilesLimits, _Mapping[str, object]]] = ..., messages: _Optional[_Union[MessagesLimits, _Mapping[str, object]]] = ..., teams: _Optional[_Union[TeamsLimits, _Mapping[str, object]]] = ...) -> None: ...

class PropertyField(_message.Message):
    __slots__ = ("id", "group_id", "name", "type", "attrs", "target_id", "target_type", "object_type", "protected", "permission_field", "permission_values", "permission_options", "linked_field_id", "create_at", "update_at", "delete_at", "created_by", "updated_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ATTRS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_TYPE_FIELD_NUMBER: _ClassVar[int]
    OBJECT_TYPE_FIELD_NUMBER: _ClassVar[int]
    PROTECTED_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_VALUES_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_OPTIONS_FIELD_NUMBER: _ClassVar[int]
    LINKED_FIELD_ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    UPDATED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    group_id: str
    name: str
    type: str
    attrs: bytes
    target_id: str
    target_type: str
    object_type: str
    protected: bool
    permission_field: str
    permission_values: str
    permission_options: str
    linked_field_id: str
    create_at: int
    update_at: int
    delete_at: int
    created_by: str
    updated_by: str
    def __init__(self, id: _Optional[str] = ..., group_id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[str] = ..., attrs: _Optional[bytes] = ..., target_id: _Optional[str] = ..., target_type: _Optional[str] = ..., object_type: _Optional[str] = ..., protected: _Optional[bool] = ..., permission_field: _Optional[str] = ..., permission_values: _Optional[str] = ..., permission_options: _Optional[str] = ..., linked_field_id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., created_by: _Optional[str] = ..., updated_by: _Optional[str] = ...) -> None: ...

class PushNotification(_message.Message):
    __slots__ = ("ack_id", "platform", "server_id", "device_id", "post_id", "category", "sound", "message", "badge", "content_available", "team_id", "channel_id", "root_id", "channel_name", "type", "sub_type", "transport", "sender_id", "sender_name", "override_username", "override_icon_url", "from_webhook", "version", "is_crt_enabled", "is_id_loaded", "post_type", "channel_type", "signature")
    ACK_ID_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    SERVER_ID_FIELD_NUMBER: _ClassVar[int]
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SOUND_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    BADGE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    ROOT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SUB_TYPE_FIELD_NUMBER: _ClassVar[int]
    TRANSPORT_FIELD_NUMBER: _ClassVar[int]
    SENDER_ID_FIELD_NUMBER: _ClassVar[int]
    SENDER_NAME_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_USERNAME_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_ICON_URL_FIELD_NUMBER: _ClassVar[int]
    FROM_WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    IS_CRT_ENABLED_FIELD_NUMBER: _ClassVar[int]
    IS_ID_LOADED_FIELD_NUMBER: _ClassVar[int]
    POST_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    ack_id: str
    platform: str
    server_id: str
    device_id: str
    post_id: str
    category: str
    sound: str
    message: str
    badge: int
    content_available: int
    team_id: str
    channel_id: str
    root_id: str
    channel_name: str
    type: str
    sub_type: str
    transport: str
    sender_id: str
    sender_name: str
    override_username: str
    override_icon_url: str
    from_webhook: str
    version: str
    is_crt_enabled: bool
    is_id_loaded: bool
    post_type: str
    channel_type: str
    signature: str
    def __init__(self, ack_id: _Optional[str] = ..., platform: _Optional[str] = ..., server_id: _Optional[str] = ..., device_id: _Optional[str] = ..., post_id: _Optional[str] = ..., category: _Optional[str] = ..., sound: _Optional[str] = ..., message: _Optional[str] = ..., badge: _Optional[int] = ..., content_available: _Optional[int] = ..., team_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., root_id: _Optional[str] = ..., channel_name: _Optional[str] = ..., type: _Optional[str] = ..., sub_type: _Optional[str] = ..., transport: _Optional[str] = ..., sender_id: _Optional[str] = ..., sender_name: _Optional[str] = ..., override_username: _Optional[str] = ..., override_icon_url: _Optional[str] = ..., from_webhook: _Optional[str] = ..., version: _Optional[str] = ..., is_crt_enabled: _Optional[bool] = ..., is_id_loaded: _Optional[bool] = ..., post_type: _Optional[str] = ..., channel_type: _Optional[str] = ..., signature: _Optional[str] = ...) -> None: ...

class Reaction(_message.Message):
    __slots__ = ("user_id", "post_id", "emoji_name", "create_at", "update_at", "delete_at", "remote_id", "channel_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    EMOJI_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    post_id: str
    emoji_name: str
    create_at: int
    update_at: int
    delete_at: int
    remote_id: str
    channel_id: str
    def __init__(self, user_id: _Optional[str] = ..., post_id: _Optional[str] = ..., emoji_name: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., remote_id: _Optional[str] = ..., channel_id: _Optional[str] = ...) -> None: ...

class Session(_message.Message):
    __slots__ = ("id", "token", "create_at", "expires_at", "last_activity_at", "user_id", "device_id", "voip_device_id", "roles", "is_oauth", "expired_notify", "props", "team_members", "local")
    class PropsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVITY_AT_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    VOIP_DEVICE_ID_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    IS_OAUTH_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_NOTIFY_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    TEAM_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    LOCAL_FIELD_NUMBER: _ClassVar[int]
    id: str
    token: str
    create_at: int
    expires_at: int
    last_activity_at: int
    user_id: str
    device_id: str
    voip_device_id: str
    roles: str
    is_oauth: bool
    expired_notify: bool
    props: _containers.ScalarMap[str, str]
    team_members: _containers.RepeatedCompositeFieldContainer[TeamMember]
    local: bool
    def __init__(self, id: _Optional[str] = ..., token: _Optional[str] = ..., create_at: _Optional[int] = ..., expires_at: _Optional[int] = ..., last_activity_at: _Optional[int] = ..., user_id: _Optional[str] = ..., device_id: _Optional[str] = ..., voip_device_id: _Optional[str] = ..., roles: _Optional[str] = ..., is_oauth: _Optional[bool] = ..., expired_notify: _Optional[bool] = ..., props: _Optional[_Mapping[str, str]] = ..., team_members: _Optional[_Iterable[_Union[TeamMember, _Mapping[str, object]]]] = ..., local: _Optional[bool] = ...) -> None: ...

class Status(_message.Message):
    __slots__ = ("user_id", "status", "manual", "last_activity_at", "active_channel", "dnd_end_time", "prev_status")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    MANUAL_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVITY_AT_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    DND_END_TIME_FIELD_NUMBER: _ClassVar[int]
    PREV_STATUS_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    status: str
    manual: bool
    last_activity_at: int
    active_channel: str
    dnd_end_time: int
    prev_status: str
    def __init__(self, user_id: _Optional[str] = ..., status: _Optional[str] = ..., manual: _Optional[bool] = ..., last_activity_at: _Optional[int] = ..., active_channel: _Optional[str] = ..., dnd_end_time: _Optional[int] = ..., prev_status: _Optional[str] = ...) -> None: ...

class SyncMsg(_message.Message):
    __slots__ = ("id", "channel_id", "users", "posts", "reactions", "statuses", "membership_changes", "acknowledgements", "mention_transforms")
    class UsersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: User
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[User, _Mapping[str, object]]] = ...) -> None: ...
    class MentionTransformsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    REACTIONS_FIELD_NUMBER: _ClassVar[int]
    STATUSES_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIP_CHANGES_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENTS_FIELD_NUMBER: _ClassVar[int]
    MENTION_TRANSFORMS_FIELD_NUMBER: _ClassVar[int]
    id: str
    channel_id: str
    users: _containers.MessageMap[str, User]
    posts: _containers.RepeatedCompositeFieldContainer[Post]
    reactions: _containers.RepeatedCompositeFieldContainer[Reaction]
    statuses: _containers.RepeatedCompositeFieldContainer[Status]
    membership_changes: _containers.RepeatedCompositeFieldContainer[MembershipChangeMsg]
    acknowledgements: _containers.RepeatedCompositeFieldContainer[PostAcknowledgement]
    mention_transforms: _containers.ScalarMap[str, str]
    def __init__(self, id: _Optional[str] = ..., channel_id: _Optional[str] = ..., users: _Optional[_Mapping[str, User]] = ..., posts: _Optional[_Iterable[_Union[Post, _Mapping[str, object]]]] = ..., reactions: _Optional[_Iterable[_Union[Reaction, _Mapping[str, object]]]] = ..., statuses: _Optional[_Iterable[_Union[Status, _Mapping[str, object]]]] = ..., membership_changes: _Optional[_Iterable[_Union[MembershipChangeMsg, _Mapping[str, object]]]] = ..., acknowledgements: _Optional[_Iterable[_Union[PostAcknowledgement, _Mapping[str, object]]]] = ..., mention_transforms: _Optional[_Mapping[str, str]] = ...) -> None: ...

class SyncResponse(_message.Message):
    __slots__ = ("users_last_update_at", "user_errors", "users_syncd", "posts_last_update_at", "post_errors", "reactions_last_update_at", "reaction_errors", "acknowledgements_last_update_at", "acknowledgement_errors", "status_errors", "membership_errors")
    USERS_LAST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    USER_ERRORS_FIELD_NUMBER: _ClassVar[int]
    USERS_SYNCD_FIELD_NUMBER: _ClassVar[int]
    POSTS_LAST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    POST_ERRORS_FIELD_NUMBER: _ClassVar[int]
    REACTIONS_LAST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    REACTION_ERRORS_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENTS_LAST_UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_ERRORS_FIELD_NUMBER: _ClassVar[int]
    STATUS_ERRORS_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIP_ERRORS_FIELD_NUMBER: _ClassVar[int]
    users_last_update_at: int
    user_errors: _containers.RepeatedScalarFieldContainer[str]
    users_syncd: _containers.RepeatedScalarFieldContainer[str]
    posts_last_update_at: int
    post_errors: _containers.RepeatedScalarFieldContainer[str]
    reactions_last_update_at: int
    reaction_errors: _containers.RepeatedScalarFieldContainer[str]
    acknowledgements_last_update_at: int
    acknowledgement_errors: _containers.RepeatedScalarFieldContainer[str]
    status_errors: _containers.RepeatedScalarFieldContainer[str]
    membership_errors: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, users_last_update_at: _Optional[int] = ..., user_errors: _Optional[_Iterable[str]] = ..., users_syncd: _Optional[_Iterable[str]] = ..., posts_last_update_at: _Optional[int] = ..., post_errors: _Optional[_Iterable[str]] = ..., reactions_last_update_at: _Optional[int] = ..., reaction_errors: _Optional[_Iterable[str]] = ..., acknowledgements_last_update_at: _Optional[int] = ..., acknowledgement_errors: _Optional[_Iterable[str]] = ..., status_errors: _Optional[_Iterable[str]] = ..., membership_errors: _Optional[_Iterable[str]] = ...) -> None: ...

class TeamMember(_message.Message):
    __slots__ = ("team_id", "user_id", "roles", "delete_at", "scheme_guest", "scheme_user", "scheme_admin", "explicit_roles", "create_at")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    SCHEME_GUEST_FIELD_NUMBER: _ClassVar[int]
    SCHEME_USER_FIELD_NUMBER: _ClassVar[int]
    SCHEME_ADMIN_FIELD_NUMBER: _ClassVar[int]
    EXPLICIT_ROLES_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    user_id: str
    roles: str
    delete_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str
    create_at: int
    def __init__(self, team_id: _Optional[str] = ..., user_id: _Optional[str] = ..., roles: _Optional[str] = ..., delete_at: _Optional[int] = ..., scheme_guest: _Optional[bool] = ..., scheme_user: _Optional[bool] = ..., scheme_admin: _Optional[bool] = ..., explicit_roles: _Optional[str] = ..., create_at: _Optional[int] = ...) -> None: ...

class TeamsLimits(_message.Message):
    __slots__ = ("active",)
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    active: int
    def __init__(self, active: _Optional[int] = ...) -> None: ...

class User(_message.Message):
    __slots__ = ("id", "create_at", "update_at", "delete_at", "username", "password", "auth_data", "auth_service", "email", "email_verified", "nickname", "first_name", "last_name", "position", "roles", "allow_marketing", "props", "notify_props", "last_password_update", "last_picture_update", "failed_attempts", "locale", "timezone", "mfa_active", "mfa_secret", "remote_id", "last_activity_at", "is_bot", "bot_description", "bot_last_icon_update", "terms_of_service_id", "terms_of_service_create_at", "disable_welcome_email", "last_login", "mfa_used_timestamps")
    class PropsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class NotifyPropsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class TimezoneEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_AT_FIELD_NUMBER: _ClassVar[int]
    DELETE_AT_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    AUTH_DATA_FIELD_NUMBER: _ClassVar[int]
    AUTH_SERVICE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    EMAIL_VERIFIED_FIELD_NUMBER: _ClassVar[int]
    NICKNAME_FIELD_NUMBER: _ClassVar[int]
    FIRST_NAME_FIELD_NUMBER: _ClassVar[int]
    LAST_NAME_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MARKETING_FIELD_NUMBER: _ClassVar[int]
    PROPS_FIELD_NUMBER: _ClassVar[int]
    NOTIFY_PROPS_FIELD_NUMBER: _ClassVar[int]
    LAST_PASSWORD_UPDATE_FIELD_NUMBER: _ClassVar[int]
    LAST_PICTURE_UPDATE_FIELD_NUMBER: _ClassVar[int]
    FAILED_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    TIMEZONE_FIELD_NUMBER: _ClassVar[int]
    MFA_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    MFA_SECRET_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVITY_AT_FIELD_NUMBER: _ClassVar[int]
    IS_BOT_FIELD_NUMBER: _ClassVar[int]
    BOT_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    BOT_LAST_ICON_UPDATE_FIELD_NUMBER: _ClassVar[int]
    TERMS_OF_SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    TERMS_OF_SERVICE_CREATE_AT_FIELD_NUMBER: _ClassVar[int]
    DISABLE_WELCOME_EMAIL_FIELD_NUMBER: _ClassVar[int]
    LAST_LOGIN_FIELD_NUMBER: _ClassVar[int]
    MFA_USED_TIMESTAMPS_FIELD_NUMBER: _ClassVar[int]
    id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    password: str
    auth_data: str
    auth_service: str
    email: str
    email_verified: bool
    nickname: str
    first_name: str
    last_name: str
    position: str
    roles: str
    allow_marketing: bool
    props: _containers.ScalarMap[str, str]
    notify_props: _containers.ScalarMap[str, str]
    last_password_update: int
    last_picture_update: int
    failed_attempts: int
    locale: str
    timezone: _containers.ScalarMap[str, str]
    mfa_active: bool
    mfa_secret: str
    remote_id: str
    last_activity_at: int
    is_bot: bool
    bot_description: str
    bot_last_icon_update: int
    terms_of_service_id: str
    terms_of_service_create_at: int
    disable_welcome_email: bool
    last_login: int
    mfa_used_timestamps: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., create_at: _Optional[int] = ..., update_at: _Optional[int] = ..., delete_at: _Optional[int] = ..., username: _Optional[str] = ..., password: _Optional[str] = ..., auth_data: _Optional[str] = ..., auth_service: _Optional[str] = ..., email: _Optional[str] = ..., email_verified: _Optional[bool] = ..., nickname: _Optional[str] = ..., first_name: _Optional[str] = ..., last_name: _Optional[str] = ..., position: _Optional[str] = ..., roles: _Optional[str] = ..., allow_marketing: _Optional[bool] = ..., props: _Optional[_Mapping[str, str]] = ..., notify_props: _Optional[_Mapping[str, str]] = ..., last_password_update: _Optional[int] = ..., last_picture_update: _Optional[int] = ..., failed_attempts: _Optional[int] = ..., locale: _Optional[str] = ..., timezone: _Optional[_Mapping[str, str]] = ..., mfa_active: _Optional[bool] = ..., mfa_secret: _Optional[str] = ..., remote_id: _Optional[str] = ..., last_activity_at: _Optional[int] = ..., is_bot: _Optional[bool] = ..., bot_description: _Optional[str] = ..., bot_last_icon_update: _Optional[int] = ..., terms_of_service_id: _Optional[str] = ..., terms_of_service_create_at: _Optional[int] = ..., disable_welcome_email: _Optional[bool] = ..., last_login: _Optional[int] = ..., mfa_used_timestamps: _Optional[_Iterable[str]] = ...) -> None: ...

class ViewUsersRestrictions(_message.Message):
    __slots__ = ("teams", "channels")
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    teams: _containers.RepeatedScalarFieldContainer[str]
    channels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, teams: _Optional[_Iterable[str]] = ..., channels: _Optional[_Iterable[str]] = ...) -> None: ...

class PluginContext(_message.Message):
    __slots__ = ("session_id", "connection_id", "request_id", "ip_address", "accept_language", "user_agent")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    IP_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    USER_AGENT_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    connection_id: str
    request_id: str
    ip_address: str
    accept_language: str
    user_agent: str
    def __init__(self, session_id: _Optional[str] = ..., connection_id: _Optional[str] = ..., request_id: _Optional[str] = ..., ip_address: _Optional[str] = ..., accept_language: _Optional[str] = ..., user_agent: _Optional[str] = ...) -> None: ...
