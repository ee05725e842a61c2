from __future__ import annotations

import inspect

import pytest

from mmhooks.api._generated.client import METHODS
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.api.base import Topic
from mmhooks.devhost.coverage import coverage
from mmhooks.errors import NotImplementedOnHostError


def test_every_method_of_the_api_is_accounted_for():
    assert {one.method for one in coverage()} == set(METHODS)


def test_a_note_says_in_what_a_method_differs_or_why_it_is_refused():
    assert all(bool(one.note) == (one.kind != "real") for one in coverage())


def test_what_is_refused_says_its_name_and_why(mm):
    refused = [one for one in coverage() if one.kind == "refused"]
    assert refused
    for one in refused:
        with pytest.raises(NotImplementedOnHostError) as error:
            getattr(mm.host.api, one.method)()
        assert error.value.status_code == 501
        assert error.value.message == f"The embedded host does not offer {one.method}: {one.note}."


def test_a_method_takes_what_the_client_gives():
    for one in coverage():
        if one.kind != "refused":
            offered = inspect.signature(getattr(HostAPI, one.method)).parameters
            wanted = [param.name for param in METHODS[one.method].params]
            assert list(offered)[1:] == wanted, one.method


def test_no_topic_hides_a_method_of_another():
    owners = {}
    for topic in HostAPI.__mro__[1 : HostAPI.__mro__.index(Topic)]:
        for name in vars(topic):
            if not name.startswith("__"):
                assert owners.setdefault(name, topic) is topic, (
                    f"{owners[name].__name__} and {topic.__name__}"
                )
