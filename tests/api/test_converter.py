"""The server's JSON, both ways, and an author's configuration class."""

import json

import attrs
import pytest

from mmhooks.api.client import configuration
from mmhooks.api.converter import from_json, to_json
from mmhooks.api.models import FileData, FileInfo, Post, TeamMemberWithError, User
from mmhooks.errors import ConversionError, NotFoundError


def test_a_rest_answer_becomes_the_same_model() -> None:
    answer = {
        "id": "abc", "create_at": 1700000000000, "message": "hi", "props": {"from_bot": "true", "n": 3},
        "participants": None, "metadata": {"embeds": [{"type": "link", "url": "https://x"}]}, "unknown_key": [1],
    }  # fmt: skip
    post = from_json(json.dumps(answer), Post)
    assert (post.id, post.create_at, post.props["n"], post.participants) == ("abc", 1700000000000, 3, [])
    assert post.metadata is not None
    assert post.metadata.embeds[0].url == "https://x"


def test_json_uses_the_servers_names_and_leaves_out_what_it_leaves_out() -> None:
    written = json.loads(to_json(Post(id="x", filenames=["never in JSON"])))
    assert written["id"] == "x"
    assert "filenames" not in written
    assert "metadata" not in written  # omitempty
    assert written["file_ids"] == []


def test_lists_bytes_and_errors() -> None:
    assert from_json('[{"username": "ann"}]', list[User]) == [User(username="ann")]
    assert from_json(to_json(FileInfo(mini_preview=b"\x00\x01")), FileInfo).mini_preview == b"\x00\x01"
    failed = TeamMemberWithError(user_id="u", error=NotFoundError("gone", id="x.y"))
    assert from_json(to_json(failed), TeamMemberWithError) == failed
    assert from_json(to_json(FileData(filename="a", body=b"b")), FileData).filename == "a"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": 5}', "post.id: expected str, got 5"),
        ('{"create_at": "now"}', 'post.create_at: expected int, got "now"'),
        ('{"is_pinned": "false"}', 'post.is_pinned: expected bool, got "false"'),
        ('{"file_ids": ["a", 5]}', "post.file_ids[1]: expected str, got 5"),
        ('{"metadata": {"embeds": [{"type": 3}]}}', "post.metadata.embeds[0].type: expected str, got 3"),
        ('{"create_at": true}', "post.create_at: expected int, got true"),
        ("[", "this is no JSON"),
        ("[]", "post: expected an object, got []"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(text: str, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        from_json(text, Post)
    assert str(caught.value).startswith(message)


@attrs.frozen
class Settings:
    api_key: str
    max_items: int = 10
    enabled: bool = True
    words: list[str] = attrs.Factory(list)


def test_settings_are_matched_without_regard_to_case() -> None:
    values = {"APIKey": "k", "maxitems": 3, "Enabled": False, "other": 1}
    assert configuration(values, Settings) == Settings(api_key="k", max_items=3, enabled=False)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"api_key": 5}, "configuration.api_key: expected str, got 5"),
        ({"api_key": "k", "MaxItems": "ten"}, 'configuration.max_items: expected int, got "ten"'),
        ({}, "configuration.api_key: it is missing"),
    ],
)
def test_a_wrong_setting_is_named(values: dict[str, object], message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        configuration(values, Settings)
    assert str(caught.value) == message


def test_a_class_that_is_none_of_attrs_is_refused() -> None:
    with pytest.raises(ConversionError, match="no attrs class"):
        configuration({}, int)
