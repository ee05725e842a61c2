"""``mmhooks host export`` and ``import``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EXPORT = Path(__file__).parents[2] / "examples" / "data" / "mattermost-11.1-export.jsonl.gz"


@pytest.mark.slow
def test_there_and_back(mmhooks: Any, tmp_path: Path) -> None:
    first, second, out = tmp_path / "1.db", tmp_path / "2.db", tmp_path / "out.jsonl"
    counts = []
    for arguments in ([EXPORT, first], [out, second]):
        done = mmhooks("host", "import", *arguments, "--json")
        assert done.exit_code == 0, done.stderr
        counts.append(json.loads(done.stdout)["counts"])
        if not out.exists():
            assert mmhooks("host", "export", first, out).exit_code == 0
    assert counts[0] == counts[1]
    assert counts[0]["post"] == 2603
    assert counts[0]["errors"] == 0


def test_mistakes_are_one_sentence(mmhooks: Any, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is no database, and long enough to look at" * 50)
    for arguments, said in (
        (["export", tmp_path / "no.db", tmp_path / "out.zip"], "no such workspace"),
        (["export", tmp_path / "no.db", tmp_path / "out.txt"], "end the name in .jsonl"),
        (["export", tmp_path / "text.db", tmp_path / "out.zip"], "this file is not an SQLite database"),
        (["import", tmp_path / "no.jsonl", tmp_path / "w.db"], "no such file"),
    ):
        done = mmhooks("host", *arguments)
        assert done.exit_code == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["text.db"]
