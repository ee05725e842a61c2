"""What is offered to whoever types a slash command whose arguments the plugin lists."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from mmhooks import API, Request, Response, hookimpl
from mmhooks.api.models import AutocompleteArg, AutocompleteData, Command
from mmhooks.testing.workspace import Workspace
from tests.devhost.rest.conftest import Client

pytestmark = pytest.mark.slow


class Fruit:
    """Commands whose arguments the plugin lists."""

    @hookimpl
    def on_activate(self, api: API) -> None:
        fetched = AutocompleteArg(type="DynamicList", required=True, data={"FetchURL": "fruit/list?all=1"})
        data = AutocompleteData(trigger="eat", role_id="system_user", arguments=[fetched])
        api.register_command(Command(trigger="eat", auto_complete=True, autocomplete_data=data))

    @hookimpl
    def serve_http(self, request: Request) -> Response:
        url = httpx.URL(request.url)
        if url.params["user_input"] == "eat bad":
            return Response(status=500, body="no list")
        names = [
            url.path,
            url.params["all"],
            url.params["parsed"],
            dict(request.headers)["Mattermost-User-Id"],
        ]
        return Response(body=json.dumps([{"Item": name, "HelpText": "Sweet"} for name in names]))


def test_arguments_that_the_plugin_lists(mm: Workspace, client: Callable[..., Client]) -> None:
    mm.load(Fruit())
    ann = client("ann")
    team = ann.call("POST", "/teams", 201, json={"name": "team", "display_name": "Team", "type": "O"})

    def offered(typed: str) -> list[str]:
        path = f"/teams/{team['id']}/commands/autocomplete_suggestions"
        return [one["Complete"] for one in ann.call("GET", path, params={"user_input": typed})]

    assert offered("/eat ") == ["eat /fruit/list", "eat 1", "eat eat ", f"eat {ann.id}"]
    assert offered("/eat /f") == ["eat /fruit/list"]
    assert offered("/eat bad") == []
    assert list(mm.host.logs)[-1].message.startswith("the list of a command's arguments")
