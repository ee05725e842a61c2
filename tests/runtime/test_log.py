"""What is printed reaches the host's log in pieces that fit."""

from __future__ import annotations

import io
import json
import logging

import pytest

from mmhooks.runtime.log import MAX_LINE, HostHandler, _LinesToLog


@pytest.fixture
def stream():
    return io.StringIO()


@pytest.fixture
def printed(stream):
    """Where to print; nothing else uses this logger."""
    logger = logging.getLogger("tests.runtime.printed")
    handler = HostHandler(stream)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    yield _LinesToLog(logger)
    logger.removeHandler(handler)


def messages(stream):
    lines = stream.getvalue().splitlines()
    assert all(len(line.encode()) <= MAX_LINE for line in lines)
    return [json.loads(line)["@message"] for line in lines]


def test_a_record_per_line(printed, stream):
    print("one\n\ntw", end="", file=printed)
    print("o", file=printed)
    assert messages(stream) == ["one", "two"]


@pytest.mark.parametrize("letter", ["x", "ä", "\x01", "😀"])
def test_a_line_without_end_comes_before_its_end(printed, stream, letter):
    text = letter * 300_000
    printed.write(text)
    assert len("".join(messages(stream))) > 290_000
    printed.write("\n")
    assert "".join(messages(stream)) == text
