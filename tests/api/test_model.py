"""What every model can do."""

import attrs
import pytest
from hypothesis import given, settings

from mmhooks.api.models import Post, PostList
from mmhooks.testing import strategies


@settings(max_examples=50, deadline=None)
@given(strategies.model(Post), strategies.TEXTS)
def test_evolve_changes_what_it_is_told_and_nothing_else(post: Post, text: str) -> None:
    evolved = post.evolve(message=text, root_id="r")
    assert evolved == attrs.evolve(post, message=text, root_id="r")
    assert type(evolved) is Post
    assert post.evolve() == post
    assert post.evolve() is not post


def test_a_field_that_there_is_not_is_named() -> None:
    with pytest.raises(TypeError, match=r"^Post has no field 'mesage'; did you mean 'message'\?$"):
        Post().evolve(mesage="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"^PostList has no field 'zzz'$"):
        PostList().evolve(zzz=1)  # type: ignore[call-arg]


def test_models_are_frozen_and_take_names_only() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Post().message = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Post("x")  # type: ignore[call-arg]


def test_defaults_are_not_shared() -> None:
    one, other = Post(), Post()
    one.props["a"] = 1
    assert other.props == {}
