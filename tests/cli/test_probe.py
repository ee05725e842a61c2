"""What is tried of a plugin's commands."""

import pytest

from mmhooks.api.models import AutocompleteData, Command
from mmhooks.cli.probe import _harmless


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (Command(trigger="links", auto_complete_hint="[add|remove|list]"), "/links list"),
        (Command(trigger="poll", auto_complete_hint="[question]"), "/poll help"),
        (Command(trigger="todo"), "/todo help"),
        (Command(trigger="audit", auto_complete_hint="[wipe | status]"), "/audit status"),
        (
            Command(
                trigger="jira",
                autocomplete_data=AutocompleteData(
                    sub_commands=[AutocompleteData(trigger="delete"), AutocompleteData(trigger="info")]
                ),
            ),
            "/jira info",
        ),
    ],
)
def test_a_harmless_line(command, line):
    assert _harmless(command)[1] == line
