"""The functions that make one value of what several hookimpls returned."""

from collections.abc import AsyncIterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhooks.api.file import UploadedFile
from mmhooks.api.http import Response
from mmhooks.api.models import (
    EmailNotification,
    EmailNotificationContent,
    FileData,
    FileInfo,
    Post,
    SyncResponse,
)
from mmhooks.specs.files import merge_upload
from mmhooks.specs.messages import merge_posts
from mmhooks.specs.metrics import merge_expositions, merge_metrics
from mmhooks.specs.shared_channels import merge_sync_responses
from mmhooks.specs.system import concatenate_files, merge_email

IDS = st.sampled_from("abcdef")
POSTS = st.lists(st.builds(Post, id=IDS, message=st.text(max_size=3)), max_size=8)


# consumed posts


def test_a_changed_post_takes_the_place_of_the_one_with_its_id() -> None:
    posts = [Post(id="a", message="1"), Post(id="b", message="2"), Post(id="c", message="3")]
    merged = merge_posts(posts, [Post(id="c", message="C"), Post(id="a", message="A")])
    assert [post.message for post in merged] == ["A", "2", "C"]


def test_a_post_that_was_not_asked_for_is_left_out() -> None:
    assert merge_posts([Post(id="a")], [Post(id="z", message="new")]) == [Post(id="a")]


@given(POSTS, POSTS)
def test_posts_keep_their_order_and_number(posts: list[Post], changed: list[Post]) -> None:
    merged = merge_posts(posts, changed)
    assert [post.id for post in merged] == [post.id for post in posts]
    assert merge_posts(merged, changed) == merged
    assert merge_posts(posts, []) == posts


# email


def test_email_content_is_replaced_whole_and_nothing_else() -> None:
    notification = EmailNotification(post_id="p", recipient_id="r", subject="old", footer_text="old")
    merged = merge_email(notification, EmailNotificationContent(subject="new", button_text="Open"))
    assert merged == EmailNotification(post_id="p", recipient_id="r", subject="new", button_text="Open")


def test_every_content_field_is_a_field_of_the_notification() -> None:
    content = {field.name for field in attrs.fields(EmailNotificationContent)}
    assert content <= {field.name for field in attrs.fields(EmailNotification)}


# upload


@pytest.mark.parametrize(
    ("returned", "name"),
    [
        (FileInfo(name="new"), "new"),
        (UploadedFile(content=b"x"), "old"),
        (UploadedFile(content=b"x", info=FileInfo(name="new")), "new"),
    ],
)
def test_a_file_is_described_by_the_last_info(returned: FileInfo | UploadedFile, name: str) -> None:
    assert merge_upload(FileInfo(name="old"), returned).name == name


# sync response


def test_sync_responses_have_the_latest_times_and_all_errors() -> None:
    merged = merge_sync_responses(
        [
            SyncResponse(posts_last_update_at=7, users_last_update_at=1, post_errors=["p1", "p2"]),
            SyncResponse(posts_last_update_at=5, users_last_update_at=2, post_errors=["p2", "p3"]),
        ]
    )
    assert (merged.posts_last_update_at, merged.users_last_update_at) == (7, 2)
    assert merged.post_errors == ["p1", "p2", "p3"]


def test_no_field_of_a_sync_response_is_forgotten() -> None:
    values: dict[str, Any] = {
        field.name: 3 if field.name.endswith("_at") else [field.name] for field in attrs.fields(SyncResponse)
    }
    assert attrs.asdict(merge_sync_responses([SyncResponse(**values), SyncResponse()])) == values


# support data


def test_files_of_a_support_packet_are_put_together() -> None:
    first, second = FileData(filename="a.txt", body=b"a"), FileData(filename="b.txt", body=b"b")
    assert concatenate_files([[first], [], [second]]) == [first, second]


# metrics

DECLARED = """\
# HELP posts Posts seen.
# TYPE posts counter
posts{package="one"} 1
# TYPE seconds histogram
seconds_bucket{le="+Inf"} 2
seconds_sum 0.5
seconds_count 2
"""


def test_a_family_of_two_packages_is_described_once_with_its_samples_together() -> None:
    second = '# HELP posts Others.\n# TYPE posts counter\nposts{package="two"} 5\nup 1\n'
    assert merge_expositions([DECLARED, second]) == (
        "# HELP posts Posts seen.\n"
        "# TYPE posts counter\n"
        'posts{package="one"} 1\n'
        'posts{package="two"} 5\n'
        "# TYPE seconds histogram\n"
        'seconds_bucket{le="+Inf"} 2\n'
        "seconds_sum 0.5\n"
        "seconds_count 2\n"
        "up 1\n"
    )


def test_a_series_that_two_packages_report_counts_once() -> None:
    assert merge_expositions(['up{a="1"} 1\n', 'up{a="1"} 2\nup{a="2"} 3\n']) == 'up{a="1"} 1\nup{a="2"} 3\n'


def test_one_text_may_report_a_series_at_several_times() -> None:
    text = "up 1 1000\nup 0 2000\n"
    assert merge_expositions([text]) == text


@pytest.mark.parametrize(
    "label", ['{path="a}b c"}', r'{path="say \"}\" now"}', '{path="a\u2028b"}', '{path="#"}']
)
def test_labels_may_hold_anything(label: str) -> None:
    text = f"hits{label} 1\n"
    assert merge_expositions([text, text]) == text


@pytest.mark.parametrize(
    "text",
    [
        '# TYPE "dotted.name" counter\n{"dotted.name",a="b"} 1\n',
        "# TYPE posts counter\n# UNIT posts bytes\nposts_total 1\n",
        "# TYPE seconds counter\nseconds 1\nseconds_bucket 1\n",
    ],
)
def test_text_that_is_grouped_stays_as_it_is(text: str) -> None:
    assert merge_expositions([text]) == text


def test_comments_blank_lines_and_the_end_mark_are_dropped() -> None:
    assert merge_expositions(["# made by hand\n\nup 1\r\n# EOF\n"]) == "up 1\n"


NAMES = st.sampled_from(["a", "b", "a_sum", "a_count", "b_total", "c"])
LABELS = st.sampled_from(["", '{x="1"}', '{x="}"}', '{y="\\""}'])
SAMPLE_LINES = st.builds(lambda name, labels, value: f"{name}{labels} {value}", NAMES, LABELS, st.integers())
TYPE_LINES = st.builds(
    lambda name, kind: f"# TYPE {name} {kind}", NAMES, st.sampled_from(["counter", "gauge", "summary"])
)
TEXTS = st.lists(st.one_of(SAMPLE_LINES, TYPE_LINES), max_size=12).map(lambda lines: "\n".join(lines))


@given(st.lists(TEXTS, max_size=4))
def test_merging_describes_once_keeps_series_and_is_idempotent(texts: list[str]) -> None:
    merged = merge_expositions(texts)
    assert merge_expositions([merged]) == merged
    assert merge_expositions([*texts, *texts]) == merged
    lines = merged.splitlines()
    described = [line.split()[2] for line in lines if line.startswith("#")]
    assert len(described) == len(set(described))
    series = {line.rpartition(" ")[0] for line in lines if not line.startswith("#")}
    assert series == {
        line.rpartition(" ")[0]
        for text in texts
        for line in text.splitlines()
        if line and not line.startswith("#")
    }


def test_answers_may_be_text_bytes_and_responses() -> None:
    merged = merge_metrics(["a 1", b"b 2", Response(body=[b"c", b" 3"]), Response()])
    assert merged.body == "a 1\nb 2\nc 3\n"
    assert (merged.header("content-type") or "").startswith("text/plain")


def test_a_single_response_passes_as_it_is() -> None:
    response = Response(status=403, body="no")
    assert merge_metrics([response]) is response


def test_an_answer_with_an_error_status_counts_only_alone() -> None:
    failed = Response(status=500, body="broken")
    assert merge_metrics([failed, "a 1\n"]).body == "a 1\n"
    assert merge_metrics([failed, Response(status=403)]) is failed


def test_a_body_that_must_be_awaited_cannot_be_merged() -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"a 1\n"

    with pytest.raises(TypeError, match="asynchronous"):
        merge_metrics(["b 1\n", Response(body=body())])
