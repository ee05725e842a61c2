"""Every model, and every method's arguments and results, survive the wire."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmhooks.api import models
from mmhooks.api._generated.client import METHODS
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.converter import message_converter
from mmhooks.api.method import Method
from mmhooks.api.models import Post, PostEmbed, PostMetadata, User
from mmhooks.api.wire import message_class
from mmhooks.errors import AppError, ConversionError, NotFoundError
from mmhooks.testing import strategies

EVERY_METHOD = sorted(METHODS.values(), key=lambda method: method.name)
EVERY_HOOK = sorted(HOOKS.values(), key=lambda hook: hook.name)
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def by_name(value: Any) -> str:
    return value.name if isinstance(value, Method) else str(value)


@pytest.mark.parametrize("name", models.__all__)
@FEW
@given(data=st.data())
def test_a_model_comes_back_equal(name: str, data: st.DataObject) -> None:
    cls = getattr(models, name)
    value = data.draw(strategies.model(cls))
    sent = message_converter().unstructure(value).SerializeToString()
    assert message_converter().structure(message_class(name).FromString(sent), cls) == value


@pytest.mark.parametrize("method", [*EVERY_METHOD, *EVERY_HOOK], ids=by_name)
@FEW
@given(data=st.data())
def test_arguments_come_back_equal(method: Method[Any], data: st.DataObject) -> None:
    if any(param.type == "Request" for param in method.params):
        return  # HTTP heads: tests/runtime/test_servant.py
    codec = method.codec
    arguments = data.draw(strategies.arguments(method))
    flat = [
        part
        for param, value in zip(_plain(method), arguments, strict=True)
        for part in (value if param.variadic else [value])
    ]
    sent = codec.encode_request(*flat).SerializeToString()
    assert list(codec.decode_request(codec.request_class.FromString(sent))) == flat


@pytest.mark.parametrize("method", [*EVERY_METHOD, *EVERY_HOOK], ids=by_name)
@FEW
@given(data=st.data())
def test_results_come_back_equal(method: Method[Any], data: st.DataObject) -> None:
    if any(param.type == "Response" for param in method.results):
        return
    codec = method.codec
    result = data.draw(strategies.results(method))
    sent = codec.encode_response(result).SerializeToString()
    assert codec.decode_response(codec.response_class.FromString(sent)) == result


def _plain(method: Method[Any]) -> list[Any]:
    return [param for param in method.params if not param.streamed]


def test_nil_empty_and_absent_stay_three_things() -> None:
    converter = message_converter()
    for remote_id in (None, "", "r1"):
        post = Post(remote_id=remote_id)
        assert converter.structure(converter.unstructure(post), Post).remote_id == remote_id
    assert (
        converter.structure(converter.unstructure(Post(metadata=PostMetadata())), Post).metadata
        == PostMetadata()
    )
    assert converter.structure(converter.unstructure(Post()), Post).metadata is None


def test_integers_in_props_stay_integers() -> None:
    props = {"small": 1, "big": 2**60, "float": 1.0, "nested": [{"n": 3}], "none": None}
    received = message_converter().structure(message_converter().unstructure(Post(props=props)), Post).props
    assert received == props
    assert isinstance(received["small"], int)
    assert isinstance(received["float"], float)


@pytest.mark.parametrize(
    ("post", "path"),
    [
        (Post(message=5), "post.message: expected str, got int"),  # type: ignore[arg-type]
        (Post(props={"a": [1, {2}]}), "post.props['a'][1]: set has no JSON form"),
        (Post(participants=[User(id=3)]), "post.participants[0].id: expected str, got int"),  # type: ignore[arg-type]
        (Post(file_ids=["a", 3]), "post.file_ids[1]: expected str, got int"),  # type: ignore[list-item]
        (
            Post(metadata=PostMetadata(embeds=[PostEmbed(data=object())])),
            "post.metadata.embeds[0].data: object has no JSON form",
        ),
        (Post(create_at=2**70), f"post.create_at: {2**70} is too large for the wire"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(post: Post, path: str) -> None:
    with pytest.raises(ConversionError) as caught:
        message_converter().unstructure(post)
    assert str(caught.value).startswith(path)


def test_a_wrong_argument_is_named() -> None:
    with pytest.raises(ConversionError, match=r"^get_user: user_id: expected str, got int$"):
        METHODS["get_user"].codec.encode_request(5)


def test_a_refusal_becomes_an_exception_of_its_status() -> None:
    codec = METHODS["get_user"].codec
    refused = AppError("no such user", id="store.sql_user.missing", status_code=404, where="GetUser")
    with pytest.raises(NotFoundError) as caught:
        codec.decode_response(codec.encode_error(refused))
    assert (caught.value.id, caught.value.where, caught.value.status_code) == (
        "store.sql_user.missing",
        "GetUser",
        404,
    )


def test_a_log_line_takes_whatever_it_is_given() -> None:
    codec = METHODS["log_info"].codec
    message, *pairs = codec.decode_request(codec.encode_request("hello", "what", {1, 2}, "n", 3))
    assert (message, pairs) == ("hello", ["what", "{1, 2}", "n", 3])


def test_a_model_that_is_required_cannot_be_left_out() -> None:
    with pytest.raises(ConversionError, match=r"^create_post: post: expected Post, got NoneType$"):
        METHODS["create_post"].codec.encode_request(None)
    event = METHODS["publish_web_socket_event"].codec
    assert event.decode_request(event.encode_request("e", {}, None)) == ("e", {}, None)
