"""`mmhooks host coverage`."""

import json

from mmhooks.devhost.coverage import coverage


def test_coverage(mmhooks):
    done = mmhooks("host", "coverage")
    assert done.exit_code == 0
    assert all(one.method in done.stdout for one in coverage())
    assert done.stdout.splitlines()[-1].endswith(" refused")


def test_coverage_as_json(mmhooks):
    document = json.loads(mmhooks("host", "coverage", "--json").stdout)
    assert sum(document["counts"].values()) == len(document["methods"]) == len(coverage())
    assert set(document["methods"][0]) == {"method", "group", "kind", "note"}
