from mmhooks._pb import core_pb2 as _core_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderedSidebarCategories(_message.Message):
    __slots__ = ("categories", "order")
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    categories: _containers.RepeatedCompositeFieldContainer[SidebarCategoryWithChannels]
    order: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, categories: _Optional[_Iterable[_Union[SidebarCategoryWithChannels, _Mapping[str, object]]]] = ..., order: _Optional[_Iterable[str]] = ...) -> None: ...

class SidebarCategoryWithChannels(_message.Message):
    __slots__ = ("id", "user_id", "team_id", "sort_order", "sorting", "type", "display_name", "muted", "collapsed", "channels")
    ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    SORT_ORDER_FIELD_NUMBER: _ClassVar[int]
    SORTING_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    COLLAPSED_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    id: str
    user_id: str
    team_id: str
    sort_order: int
    sorting: str
    type: str
    display_name: str
    muted: bool
    collapsed: bool
    channels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., user_id: _Optional[str] = ..., team_id: _Optional[str] = ..., sort_order: _Optional[int] = ..., sorting: _Optional[str] = ..., type: _Optional[str] = ..., display_name: _Optional[str] = ..., muted: _Optional[bool] = ..., collapsed: _Optional[bool] = ..., channels: _Optional[_Iterable[str]] = ...) -> None: ...

class CreateChannelSidebarCategoryRequest(_message.Message):
    __slots__ = ("user_id", "team_id", "new_category")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    NEW_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    team_id: str
    new_category: SidebarCategoryWithChannels
    def __init__(self, user_id: _Optional[str] = ..., team_id: _Optional[str] = ..., new_category: _Optional[_Union[SidebarCategoryWithChannels, _Mapping[str, object]]] = ...) -> None: ...

class CreateChannelSidebarCategoryResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: SidebarCategoryWithChannels
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[SidebarCategoryWithChannels, _Mapping[str, object]]] = ...) -> None: ...

class GetChannelSidebarCategoriesRequest(_message.Message):
    __slots__ = ("user_id", "team_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    team_id: str
    def __init__(self, user_id: _Optional[str] = ..., team_id: _Optional[str] = ...) -> None: ...

class GetChannelSidebarCategoriesResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: OrderedSidebarCategories
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Union[OrderedSidebarCategories, _Mapping[str, object]]] = ...) -> None: ...

class UpdateChannelSidebarCategoriesRequest(_message.Message):
    __slots__ = ("user_id", "team_id", "categories")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    team_id: str
    categories: _containers.RepeatedCompositeFieldContainer[SidebarCategoryWithChannels]
    def __init__(self, user_id: _Optional[str] = ..., team_id: _Optional[str] = ..., categories: _Optional[_Iterable[_Union[SidebarCategoryWithChannels, _Mapping[str, object]]]] = ...) -> None: ...

class UpdateChannelSidebarCategoriesResponse(_message.Message):
    __slots__ = ("error", "result")
    ERROR_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    error: _core_pb2.AppError
    result: _containers.RepeatedCompositeFieldContainer[SidebarCategoryWithChannels]
    def __init__(self, error: _Optional[_Union[_core_pb2.AppError, _Mapping[str, object]]] = ..., result: _Optional[_Iterable[_Union[SidebarCategoryWithChannels, _Mapping[str, object]]]] = ...) -> None: ...
