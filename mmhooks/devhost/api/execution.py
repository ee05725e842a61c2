"""Running slash commands: the plugin's, custom ones, and the server's own."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from attrs import define

from mmhooks.api.converter import json_converter
from mmhooks.api.models import Command, CommandArgs, CommandResponse, Post
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.builtin import BUILT_IN
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.outgoing import read
from mmhooks.devhost.slack import from_slack, links, mentions
from mmhooks.devhost.tables import COMMANDS
from mmhooks.devhost.text import channel_mentions
from mmhooks.devhost.text import mentions as names_in
from mmhooks.errors import AppError, ConversionError, TransportError

__all__ = ["ExecutionTopic", "response_from"]

_SPACE: Final = re.compile(r"\s")
_LATE_MS: Final = 30 * 60 * 1000
_LATE_ANSWERS: Final = 5
_FORM: Final = "application/x-www-form-urlencoded"


@define
class _Late:
    """Where a custom command may answer once more."""

    command_id: str
    args: CommandArgs
    made_at: int
    used: int = 0


class ExecutionTopic(Topic):
    """Running slash commands: the plugin's, custom ones, and the server's own."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._late: dict[str, _Late] = {}
        self._late_lock = threading.Lock()

    @approximate("/status knows emoji by name only")
    def execute_slash_command(self, command_args: CommandArgs) -> CommandResponse:
        self.app.get_user(command_args.user_id)
        site = str(self.app.setting("ServiceSettings", "SiteURL"))
        return self.run_command(command_args.evolve(site_url=site))

    def run_command(self, args: CommandArgs) -> CommandResponse:
        """Run a slash command as the server does for whoever has typed it."""
        trigger, *rest = _SPACE.split(args.command, maxsplit=1)
        if not trigger.startswith("/"):
            id = "api.command.execute_command.format.app_error"
            raise fail("command", id, 400, "A command begins with a slash.")
        name, text = trigger[1:].lower(), "".join(rest)
        made = self.app.new_trigger(args.user_id)
        args = args.evolve(trigger_id=made.id)
        answer = self._ask_plugin(args)
        if answer is not None:
            return self._posted(args, answer.evolve(trigger_id=made.client_id))
        self._need_place(args)
        command = self._custom(name, args.team_id)
        if command is not None:
            answer = self._call(command, args, text)
            return self._posted(args, answer.evolve(trigger_id=made.client_id), command)
        built_in = BUILT_IN.get(name)
        answer = built_in.run(self.app, args, text) if built_in else None
        if answer is None:
            id = "api.command.execute_command.not_found.app_error"
            raise fail("command", id, 404, f"There is no command /{name}.")
        return self._posted(args, answer)

    def _ask_plugin(self, args: CommandArgs) -> CommandResponse | None:
        name = args.command.split(" ", 1)[0][1:].lower()
        if name not in [one.trigger for one in self.app.list_plugin_commands(args.team_id)]:
            return None
        users, channels = self._mentioned_in(args.command, args.team_id)
        args = args.evolve(
            user_mentions={**args.user_mentions, **users},
            channel_mentions={**args.channel_mentions, **channels},
        )
        try:
            answer: CommandResponse | None = self.firing.ask_or_fail(
                "execute_command", plugin_context(), args
            )
        except AppError as error:
            if 100 <= error.status_code <= 999:
                raise
            raise fail(error.where, error.id, 500, error.message, error.detailed_error) from error
        return answer

    def _need_place(self, args: CommandArgs) -> None:
        """Raise AppError unless commands are on (501), and there is where a command is run (404)."""
        if not self.app.commands_enabled():
            text = "Commands are switched off."
            raise fail("ExecuteCommand", "api.command.disabled.app_error", 501, text)
        self.app.get_team(args.team_id)
        self.app.get_user(args.user_id)
        self.app.get_channel(args.channel_id)

    def _mentioned_in(self, text: str, team_id: str) -> tuple[dict[str, str], dict[str, str]]:
        """Return the members and the public channels of a team that a text mentions: names and ids."""
        member = (
            "SELECT u.id FROM users u JOIN team_members m ON m.user_id = u.id"
            " WHERE m.team_id = ? AND u.username = ?"
        )
        channel = "SELECT id FROM channels WHERE team_id = ? AND name = ? AND type = 'O' AND delete_at = 0"
        return (
            self._ids(member, team_id, names_in(text)),
            self._ids(channel, team_id, channel_mentions(text)),
        )

    def _ids(self, query: str, team_id: str, names: Iterable[str]) -> dict[str, str]:
        found = {name: self.store.scalar(query, team_id, name) for name in names}
        return {name: str(id) for name, id in found.items() if id}

    # -- custom commands -----------------------------------------------------------------------

    def _custom(self, name: str, team_id: str) -> Command | None:
        where = 'team_id = ? AND "trigger" = ? AND delete_at = 0'
        return self.store.first(COMMANDS, where, team_id, name)

    def _call(self, command: Command, args: CommandArgs, text: str) -> CommandResponse:
        """Ask the server behind a custom command.

        Raises:
            AppError: (500) it did not answer, or with something else than an answer.
        """
        form, is_get = urlencode(self._form(command, args, text)), command.method == "G"
        url = f"{command.url}{'&' if '?' in command.url else '?'}{form}" if is_get else command.url
        headers = {"Accept": "application/json"}
        if command.token:
            headers["Authorization"] = f"Token {command.token}"
        if not is_get:
            headers["Content-Type"] = _FORM
        id = "api.command.execute_command.failed"
        try:
            sent = self.host.outgoing.send("GET" if is_get else "POST", url, headers, "" if is_get else form)
            if sent.status != 200:
                problem = f"/{command.trigger} answered with {sent.status} {sent.reason}."
                raise fail("command", f"{id}_resp.app_error", 500, problem, sent.text)
            return response_from(sent.content_type, sent.text)
        except (TransportError, ConversionError) as error:
            problem = f"/{command.trigger} could not be run: {error}"
            raise fail("command", f"{id}.app_error", 500, problem, str(error)) from error

    def _form(self, command: Command, args: CommandArgs, text: str) -> list[tuple[str, str]]:
        users, channels = self._mentioned_in(text, args.team_id)
        mentioned = [
            *(("user_mentions", name) for name in users),
            *(("user_mentions_ids", id) for id in users.values()),
            *(("channel_mentions", name) for name in channels),
            *(("channel_mentions_ids", id) for id in channels.values()),
        ]
        return [
            ("token", command.token),
            ("team_id", command.team_id),
            ("team_domain", self.app.get_team(command.team_id).name),
            ("channel_id", args.channel_id),
            ("channel_name", self.app.get_channel(args.channel_id).name),
            ("user_id", args.user_id),
            ("user_name", self.app.get_user(args.user_id).username),
            ("command", f"/{command.trigger}"),
            ("text", text),
            ("trigger_id", args.trigger_id),
            ("root_id", args.root_id),
            ("response_url", f"{args.site_url}/hooks/commands/{self._new_late(command, args)}"),
            *mentioned,
        ]

    def _new_late(self, command: Command, args: CommandArgs) -> str:
        now, id = self.now(), new_id()
        with self._late_lock:
            fresh = {key: one for key, one in self._late.items() if one.made_at > now - _LATE_MS}
            self._late = {**fresh, id: _Late(command.id, args, now)}
        return id

    def take_late_answer(self, hook_id: str, answer: CommandResponse) -> None:
        """Post what a custom command has to say later.

        Raises:
            AppError: (404) it may not answer any more; (400) it has answered too often.
        """
        where = "HandleCommandWebhook"
        with self._late_lock:
            late = self._late.get(hook_id)
            if late is None or late.made_at <= self.now() - _LATE_MS:
                text = "There is no such address for answers any more."
                raise fail(where, "app.command_webhook.get.missing", 404, text)
            command = self.store.first(COMMANDS, "id = ? AND delete_at = 0", late.command_id)
            if command is None:
                text = "The command is gone."
                raise fail(where, "web.command_webhook.command.app_error", 400, text)
            if late.used >= _LATE_ANSWERS:
                text = f"A command answers at most {_LATE_ANSWERS} times later."
                raise fail(where, "app.command_webhook.try_use.invalid", 400, text)
            late.used += 1
        self._posted(late.args, answer, command)

    # -- answers ---------------------------------------------------------------------------------

    def _posted(
        self, args: CommandArgs, answer: CommandResponse, command: Command | None = None
    ) -> CommandResponse:
        """Post what a command has answered: to everybody, or to its user alone; return the answer."""
        parts, error = [], None
        for part in (answer, *answer.extra_responses):
            parts.append(self._readable(part))
            try:
                self._post(args, parts[-1], command)
            except AppError as problem:
                error = problem
        if error is not None:
            id = "api.command.execute_command.create_post_failed.app_error"
            text = f"The answer of the command could not be posted: {error.message}"
            raise fail("command", id, 500, text) from error
        return parts[0].evolve(extra_responses=parts[1:])

    def _readable(self, answer: CommandResponse) -> CommandResponse:
        if answer.skip_slack_parsing:
            return answer
        return answer.evolve(text=mentions(self.store, answer.text))

    def _post(self, args: CommandArgs, answer: CommandResponse, command: Command | None) -> None:
        if answer.channel_id:
            self.app.get_channel_member(answer.channel_id, args.user_id)
        if answer.type.startswith("system_"):
            id = "api.context.invalid_param.app_error"
            raise fail("CreateCommandPost", id, 400, "A command cannot answer in the server's name.")
        props = {**answer.props, **self._author(answer, command)}
        if answer.attachments:
            attachments = json_converter().unstructure(answer.attachments)
            props["attachments"] = from_slack(self.store, attachments)
        post = Post(
            channel_id=answer.channel_id or args.channel_id,
            root_id=args.root_id,
            user_id=args.user_id,
            message=answer.text if answer.skip_slack_parsing else links(answer.text),
            type=answer.type or ("slack_attachment" if answer.attachments else ""),
            props=props,
        )
        if answer.response_type == "in_channel":
            self.app.save_post(post)
        elif answer.response_type in ("", "ephemeral") and (answer.text or answer.attachments):
            self.app.send_ephemeral_post(args.user_id, post)

    def _author(self, answer: CommandResponse, command: Command | None) -> dict[str, str]:
        """Return the props that say who seems to have written an answer."""
        props, is_foreign = {}, command is not None
        custom = command or Command()
        name = custom.username or answer.username
        if name and self.app.setting("ServiceSettings", "EnablePostUsernameOverride"):
            props["override_username"], is_foreign = name, True
        if self.app.setting("ServiceSettings", "EnablePostIconOverride"):
            icon = custom.icon_url or answer.icon_url
            props["override_icon_url"], is_foreign = icon, is_foreign or bool(icon)
        return {**props, "from_webhook": "true"} if is_foreign else props


def response_from(content_type: str, text: str) -> CommandResponse:
    """Return what a server says to a command: JSON, or else a text.

    Raises:
        ConversionError: it is no JSON, or does not fit.
    """
    if content_type == "application/json":
        return read(text, CommandResponse)
    return CommandResponse(text=text)
