from __future__ import annotations

import pytest

from mmhooks.api.models import Post, PostMetadata, PostPriority
from mmhooks.devhost.merge import merge_answer


@pytest.mark.parametrize(
    ("before", "after", "outcome", "kept"),
    [
        ({"message": "a"}, {"message": "b"}, {"message": "b"}, []),
        ({"message": "a"}, {"message": ""}, {"message": "a"}, ["message"]),
        ({"is_pinned": True}, {"is_pinned": False}, {"is_pinned": True}, ["is_pinned"]),
        ({"create_at": 5}, {"create_at": 0}, {"create_at": 5}, ["create_at"]),
        ({"file_ids": ["a", "b"]}, {"file_ids": ["c"]}, {"file_ids": ["c"]}, []),
        ({"file_ids": ["a"]}, {"file_ids": []}, {"file_ids": ["a"]}, ["file_ids"]),
        ({"props": {"a": 1, "b": 2}}, {"props": {"a": 3}}, {"props": {"a": 3, "b": 2}}, ["props['b']"]),
        ({"props": {"a": 1}}, {"props": {"a": 0}}, {"props": {"a": 0}}, []),
        ({"remote_id": "x"}, {"remote_id": None}, {"remote_id": "x"}, ["remote_id"]),
    ],
)
def test_zero_values_keep_what_was_there(before, after, outcome, kept):
    assert merge_answer(Post(**before), Post(**after)) == (Post(**outcome), kept)


def test_models_within_are_merged_too():
    before = Post(metadata=PostMetadata(priority=PostPriority(priority="urgent", post_id="a")))
    after = Post(metadata=PostMetadata(priority=PostPriority(priority="standard")))
    merged, kept = merge_answer(before, after)
    assert merged.metadata == PostMetadata(priority=PostPriority(priority="standard", post_id="a"))
    assert kept == ["metadata.priority.post_id"]
