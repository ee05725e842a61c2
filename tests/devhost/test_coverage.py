from __future__ import annotations

import inspect

from mmhooks.api._generated.client import METHODS
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.coverage import coverage


def test_every_method_of_the_api_is_accounted_for():
    assert {one.method for one in coverage()} == set(METHODS)


def test_a_note_says_in_what_a_method_differs():
    assert all(bool(one.note) == (one.kind == "approximate") for one in coverage())


def test_a_method_takes_what_the_client_gives():
    for one in coverage():
        if one.kind != "refused":
            offered = inspect.signature(getattr(HostAPI, one.method)).parameters
            wanted = [param.name for param in METHODS[one.method].params]
            assert list(offered)[1:] == wanted, one.method
