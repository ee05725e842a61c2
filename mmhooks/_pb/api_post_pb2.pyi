from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PostList(_message.Message):
    __slots__ = ("order", "posts", "next_post_id", "prev_post_id", "has_next", "first_inaccessible_post_time", "burn_on_read_posts")
    class PostsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _core_pb2.Post
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...
    class BurnOnReadPostsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _core_pb2.Post
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...
    ORDER_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_POST_ID_FIELD_NUMBER: _ClassVar[int]
    PREV_POST_ID_FIELD_NUMBER: _ClassVar[int]
    HAS_NEXT_FIELD_NUMBER: _ClassVar[int]
    FIRST_INACCESSIBLE_POST_TIME_FIELD_NUMBER: _ClassVar[int]
    BURN_ON_READ_POSTS_FIELD_NUMBER: _ClassVar[int]
    order: _containers.RepeatedScalarFieldContainer[str]
    posts: _containers.MessageMap[str, _core_pb2.Post]
    next_post_id: str
    prev_post_id: str
    has_next: bool
    first_inaccessible_post_time: int
    burn_on_read_posts: _containers.MessageMap[str, _core_pb2.Post]
    def __init__(self, order: _Optional[_Iterable[str]] = ..., posts: _Optional[_Mapping[str, _core_pb2.Post]] = ..., next_post_id: _Optional[str] = ..., prev_post_id: _Optional[str] = ..., has_next: _Optional[bool] = ..., first_inaccessible_post_time: _Optional[int] = ..., burn_on_read_posts: _Optional[_Mapping[str, _core_pb2.Post]] = ...) -> None: ...

class PostSearchResults(_message.Message):
    __slots__ = ("order", "posts", "next_post_id", "prev_post_id", "has_next", "first_inaccessible_post_time", "burn_on_read_posts", "matches")
    class PostsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _core_pb2.Post
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...
    class BurnOnReadPostsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _core_pb2.Post
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...
    class MatchesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _core_pb2.StringList
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_core_pb2.StringList, _Mapping[str, object]]] = ...) -> None: ...
    ORDER_FIELD_NUMBER: _ClassVar[int]
    POSTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_POST_ID_FIELD_NUMBER: _ClassVar[int]
    PREV_POST_ID_FIELD_NUMBER: _ClassVar[int]
    HAS_NEXT_FIELD_NUMBER: _ClassVar[int]
    FIRST_INACCESSIBLE_POST_TIME_FIELD_NUMBER: _ClassVar[int]
    BURN_ON_READ_POSTS_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    order: _containers.RepeatedScalarFieldContainer[str]
    posts: _containers.MessageMap[str, _core_pb2.Post]
    next_post_id: str
    prev_post_id: str
    has_next: bool
    first_inaccessible_post_time: int
    burn_on_read_posts: _containers.MessageMap[str, _core_pb2.Post]
    matches: _containers.MessageMap[str, _core_pb2.StringList]
    def __init__(self, order: _Optional[_Iterable[str]] = ..., posts: _Optional[_Mapping[str, _core_pb2.Post]] = ..., next_post_id: _Optional[str] = ..., prev_post_id: _Optional[str] = ..., has_next: _Optional[bool] = ..., first_inaccessible_post_time: _Optional[int] = ..., burn_on_read_posts: _Optional[_Mapping[str, _core_pb2.Post]] = ..., matches: _Optional[_Mapping[str, _core_pb2.StringList]] = ...) -> None: ...

class SearchParameter(_message.Message):
    __slots__ = ("terms", "is_or_search", "time_zone_offset", "page", "per_page", "include_deleted_channels")
    TERMS_FIELD_NUMBER: _ClassVar[int]
    IS_OR_SEARCH_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_OFFSET_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_CHANNELS_FIELD_NUMBER: _ClassVar[int]
    terms: str
    is_or_search: bool
    time_zone_offset: int
    page: int
    per_page: int
    include_deleted_channels: bool
    def __init__(self, terms: _Optional[str] = ..., is_or_search: _Optional[bool] = ..., time_zone_offset: _Optional[int] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ..., include_deleted_channels: _Optional[bool] = ...) -> None: ...

class SearchParams(_message.Message):
    __slots__ = ("terms", "excluded_terms", "is_hashtag", "in_channels", "excluded_channels", "from_users", "excluded_users", "after_date", "excluded_after_date", "before_date", "excluded_before_date", "extensions", "excluded_extensions", "on_date", "excluded_date", "or_terms", "include_deleted_channels", "time_zone_offset", "search_without_user_id", "modifier")
    TERMS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_TERMS_FIELD_NUMBER: _ClassVar[int]
    IS_HASHTAG_FIELD_NUMBER: _ClassVar[int]
    IN_CHANNELS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_CHANNELS_FIELD_NUMBER: _ClassVar[int]
    FROM_USERS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_USERS_FIELD_NUMBER: _ClassVar[int]
    AFTER_DATE_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_AFTER_DATE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_DATE_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_BEFORE_DATE_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    ON_DATE_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_DATE_FIELD_NUMBER: _ClassVar[int]
    OR_TERMS_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_OFFSET_FIELD_NUMBER: _ClassVar[int]
    SEARCH_WITHOUT_USER_ID_FIELD_NUMBER: _ClassVar[int]
    MODIFIER_FIELD_NUMBER: _ClassVar[int]
    terms: str
    excluded_terms: str
    is_hashtag: bool
    in_channels: _containers.RepeatedScalarFieldContainer[str]
    excluded_channels: _containers.RepeatedScalarFieldContainer[str]
    from_users: _containers.RepeatedScalarFieldContainer[str]
    excluded_users: _containers.RepeatedScalarFieldContainer[str]
    after_date: str
    excluded_after_date: str
    before_date: str
    excluded_before_date: str
    extensions: _containers.RepeatedScalarFieldContainer[str]
    excluded_extensions: _containers.RepeatedScalarFieldContainer[str]
    on_date: str
    excluded_date: str
    or_terms: bool
    include_deleted_channels: bool
    time_zone_offset: int
    search_without_user_id: bool
    modifier: str
    def __init__(self, terms: _Optional[str] = ..., excluded_terms: _Optional[str] = ..., is_hashtag: _Optional[bool] = ..., in_channels: _Optional[_Iterable[str]] = ..., excluded_channels: _Optional[_Iterable[str]] = ..., from_users: _Optional[_Iterable[str]] = ..., excluded_users: _Optional[_Iterable[str]] = ..., after_date: _Optional[str] = ..., excluded_after_date: _Optional[str] = ..., before_date: _Optional[str] = ..., excluded_before_date: _Optional[str] = ..., extensions: _Optional[_Iterable[str]] = ..., excluded_extensions: _Optional[_Iterable[str]] = ..., on_date: _Optional[str] = ..., excluded_date: _Optional[str] = ..., or_terms: _Optional[bool] = ..., include_deleted_channels: _Optional[bool] = ..., time_zone_offset: _Optional[int] = ..., search_without_user_id: _Optional[bool] = ..., modifier: _Optional[str] = ...) -> None: ...

class SearchPostsInTeamRequest(_message.Message):
    __slots__ = ("team_id", "params_list")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    PARAMS_LIST_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    params_list: _containers.RepeatedCompositeFieldContainer[SearchParams]
    def __init__(self, team_id: _Optional[str] = ..., params_list: _Optional[_Iterable[_Union[SearchParams, _Mapping[str, object]]]] = ...) -> None: ...

class SearchPostsInTeamResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Post]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.Post, _Mapping[str, object]]]] = ...) -> None: ...

class SearchPostsInTeamForUserRequest(_message.Message):
    __slots__ = ("team_id", "user_id", "search_params")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    SEARCH_PARAMS_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    user_id: str
    search_params: SearchParameter
    def __init__(self, team_id: _Optional[str] = ..., user_id: _Optional[str] = ..., search_params: _Optional[_Union[SearchParameter, _Mapping[str, object]]] = ...) -> None: ...

class SearchPostsInTeamForUserResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostSearchResults
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostSearchResults, _Mapping[str, object]]] = ...) -> None: ...

class CreatePostRequest(_message.Message):
    __slots__ = ("post",)
    POST_FIELD_NUMBER: _ClassVar[int]
    post: _core_pb2.Post
    def __init__(self, post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class CreatePostResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Post
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class AddReactionRequest(_message.Message):
    __slots__ = ("reaction",)
    REACTION_FIELD_NUMBER: _ClassVar[int]
    reaction: _core_pb2.Reaction
    def __init__(self, reaction: _Optional[_Union[_core_pb2.Reaction, _Mapping[str, object]]] = ...) -> None: ...

class AddReactionResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Reaction
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Reaction, _Mapping[str, object]]] = ...) -> None: ...

class RemoveReactionRequest(_message.Message):
    __slots__ = ("reaction",)
    REACTION_FIELD_NUMBER: _ClassVar[int]
    reaction: _core_pb2.Reaction
    def __init__(self, reaction: _Optional[_Union[_core_pb2.Reaction, _Mapping[str, object]]] = ...) -> None: ...

class RemoveReactionResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class GetReactionsRequest(_message.Message):
    __slots__ = ("post_id",)
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    def __init__(self, post_id: _Optional[str] = ...) -> None: ...

class GetReactionsResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[_core_pb2.Reaction]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[_core_pb2.Reaction, _Mapping[str, object]]]] = ...) -> None: ...

class SendEphemeralPostRequest(_message.Message):
    __slots__ = ("user_id", "post")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    post: _core_pb2.Post
    def __init__(self, user_id: _Optional[str] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class SendEphemeralPostResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.Post
    def __init__(self, result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class UpdateEphemeralPostRequest(_message.Message):
    __slots__ = ("user_id", "post")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    post: _core_pb2.Post
    def __init__(self, user_id: _Optional[str] = ..., post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class UpdateEphemeralPostResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: _core_pb2.Post
    def __init__(self, result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class DeleteEphemeralPostRequest(_message.Message):
    __slots__ = ("user_id", "post_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    post_id: str
    def __init__(self, user_id: _Optional[str] = ..., post_id: _Optional[str] = ...) -> None: ...

class DeleteEphemeralPostResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeletePostRequest(_message.Message):
    __slots__ = ("post_id",)
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    def __init__(self, post_id: _Optional[str] = ...) -> None: ...

class DeletePostResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...

class GetPostThreadRequest(_message.Message):
    __slots__ = ("post_id",)
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    def __init__(self, post_id: _Optional[str] = ...) -> None: ...

class GetPostThreadResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostList
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostList, _Mapping[str, object]]] = ...) -> None: ...

class GetPostRequest(_message.Message):
    __slots__ = ("post_id",)
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    def __init__(self, post_id: _Optional[str] = ...) -> None: ...

class GetPostResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Post
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class GetPostsSinceRequest(_message.Message):
    __slots__ = ("channel_id", "time")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    time: int
    def __init__(self, channel_id: _Optional[str] = ..., time: _Optional[int] = ...) -> None: ...

class GetPostsSinceResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostList
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostList, _Mapping[str, object]]] = ...) -> None: ...

class GetPostsAfterRequest(_message.Message):
    __slots__ = ("channel_id", "post_id", "page", "per_page")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    post_id: str
    page: int
    per_page: int
    def __init__(self, channel_id: _Optional[str] = ..., post_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetPostsAfterResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostList
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostList, _Mapping[str, object]]] = ...) -> None: ...

class GetPostsBeforeRequest(_message.Message):
    __slots__ = ("channel_id", "post_id", "page", "per_page")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    post_id: str
    page: int
    per_page: int
    def __init__(self, channel_id: _Optional[str] = ..., post_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetPostsBeforeResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostList
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostList, _Mapping[str, object]]] = ...) -> None: ...

class GetPostsForChannelRequest(_message.Message):
    __slots__ = ("channel_id", "page", "per_page")
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    PER_PAGE_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    page: int
    per_page: int
    def __init__(self, channel_id: _Optional[str] = ..., page: _Optional[int] = ..., per_page: _Optional[int] = ...) -> None: ...

class GetPostsForChannelResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: PostList
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[PostList, _Mapping[str, object]]] = ...) -> None: ...

class UpdatePostRequest(_message.Message):
    __slots__ = ("post",)
    POST_FIELD_NUMBER: _ClassVar[int]
    post: _core_pb2.Post
    def __init__(self, post: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class UpdatePostResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _core_pb2.Post
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[_core_pb2.Post, _Mapping[str, object]]] = ...) -> None: ...

class RegisterCollectionAndTopicRequest(_message.Message):
    __slots__ = ("collection_type", "topic_type")
    COLLECTION_TYPE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_TYPE_FIELD_NUMBER: _ClassVar[int]
    collection_type: str
    topic_type: str
    def __init__(self, collection_type: _Optional[str] = ..., topic_type: _Optional[str] = ...) -> None: ...

class RegisterCollectionAndTopicResponse(_message.Message):
    __slots__ = ("error",)
    ERROR_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ...) -> None: ...
