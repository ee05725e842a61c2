"""Requests and responses."""

from io import BytesIO

from mmhooks.api.http import Body, Request, Response


def test_a_header_is_found_whatever_its_case_and_its_first_value_counts() -> None:
    request = Request(method="GET", url="/", headers=[("X-A", "1"), ("x-a", "2")], body=BytesIO())
    assert request.header("x-A") == "1"
    assert request.header("X-B") is None


def test_headers_are_given_as_mapping_or_pairs_and_kept_as_pairs() -> None:
    assert Response(headers={"A": "1", "B": "2"}).headers == (("A", "1"), ("B", "2"))
    assert Response(headers=[("Set-Cookie", "a"), ("Set-Cookie", "b")]).headers == (
        ("Set-Cookie", "a"),
        ("Set-Cookie", "b"),
    )


def test_a_binary_file_can_stand_in_for_a_body() -> None:
    body: Body = BytesIO(b"text")
    assert isinstance(body, Body)
