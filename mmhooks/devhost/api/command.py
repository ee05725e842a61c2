"""Slash commands: which there are."""

from __future__ import annotations

import re
import sqlite3
import threading
from typing import Any, Final

from mmhooks.api.models import AutocompleteData, Command
from mmhooks.devhost.api.base import Topic, fail, first_wrong, plain
from mmhooks.devhost.builtin import BUILT_IN
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import COMMANDS

_TRIGGER: Final = re.compile(r"[^/\s]\S{0,127}")
_SPACE: Final = re.compile(r"\s")


class CommandTopic(Topic):
    """Slash commands: which there are."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._registered: list[Command] = []
        self._registered_lock = threading.Lock()

    def register_command(self, command: Command) -> None:
        if not command.trigger:
            raise fail("RegisterPluginCommand", "invalid command", 500, "A command needs a trigger.")
        data = command.autocomplete_data or AutocompleteData(
            trigger=command.trigger,
            hint=command.auto_complete_hint,
            help_text=command.auto_complete_desc,
            role_id="system_user",
        )
        kept = Command(
            trigger=command.trigger.lower(),
            team_id=command.team_id,
            auto_complete=command.auto_complete,
            auto_complete_desc=command.auto_complete_desc,
            auto_complete_hint=command.auto_complete_hint,
            display_name=command.display_name,
            autocomplete_data=data,
            autocomplete_icon_data=command.autocomplete_icon_data,
        )
        with self._registered_lock:
            known = [(one.trigger, one.team_id) for one in self._registered]
            if (kept.trigger, kept.team_id) in known:
                self._registered[known.index((kept.trigger, kept.team_id))] = kept
            else:
                self._registered.append(kept)

    def unregister_command(self, team_id: str, trigger: str) -> None:
        gone = (trigger.lower(), team_id)
        with self._registered_lock:
            self._registered = [one for one in self._registered if (one.trigger, one.team_id) != gone]

    def forget_commands(self) -> None:
        """Drop the plugin's commands, as when it is deactivated."""
        with self._registered_lock:
            self._registered = []

    def list_plugin_commands(self, team_id: str) -> list[Command]:
        with self._registered_lock:
            found = [one for one in self._registered if one.team_id in ("", team_id)]
        return list({one.trigger: one for one in reversed(found)}.values())[::-1]

    def list_custom_commands(self, team_id: str) -> list[Command]:
        return self.store.select(COMMANDS, "WHERE team_id = ? AND delete_at = 0 ORDER BY create_at", team_id)

    def list_built_in_commands(self) -> list[Command]:
        return [one.command() for one in BUILT_IN.values() if one.is_listed(self.app)]

    def list_commands(self, team_id: str) -> list[Command]:
        return [
            *self.list_plugin_commands(team_id),
            *self.list_built_in_commands(),
            *self.list_custom_commands(team_id),
        ]

    def offered_commands(self, team_id: str, *, hidden: bool = False) -> list[Command]:
        """Return what a client is offered, without secrets; of commands with one trigger, the one that runs.

        Args:
            team_id: the team.
            hidden: those too that are not completed.
        """
        custom = self.list_custom_commands(team_id) if self.commands_enabled() else []
        found = [*self.list_plugin_commands(team_id), *custom, *self.list_built_in_commands()]
        by_trigger: dict[str, Command] = {}
        for one in found:
            if hidden or one.auto_complete:
                by_trigger.setdefault(one.trigger, one)
        if not self.app.setting("TeamSettings", "EnableCustomUserStatuses"):
            by_trigger.pop("status", None)
        return [
            one.evolve(token="", creator_id="", method="", url="", username="", icon_url="")
            for one in by_trigger.values()
        ]

    def commands_enabled(self) -> bool:
        """Say whether there are custom commands."""
        return bool(self.app.setting("ServiceSettings", "EnableCommands"))

    def create_command(self, cmd: Command) -> Command:
        where, id = "CreateCommand", "api.command.duplicate_trigger.app_error"
        new = cmd.evolve(trigger=cmd.trigger.lower(), creator_id="", plugin_id=self.host.plugin_id)
        taken = {one.trigger for one in self.list_custom_commands(new.team_id)} | BUILT_IN.keys()
        if new.trigger in taken:
            raise fail(where, id, 400, "Another command has this trigger already.")
        now = self.now()
        new = new.evolve(
            id=new.id or new_id(), token=new.token or new_id(), create_at=now, update_at=now, delete_at=0
        )
        _check(new)
        try:
            self.store.insert(COMMANDS, new)
        except sqlite3.IntegrityError:
            id = "app.command.createcommand.internal_error"
            raise fail(where, id, 500, "This command exists already.") from None
        return new

    def get_command(self, command_id: str) -> Command:
        command = self.store.first(COMMANDS, "id = ? AND delete_at = 0", command_id)
        if command is None:
            raise plain(f"there is no command {command_id!r}")
        return command

    def update_command(self, command_id: str, updated_cmd: Command) -> Command:
        old = self.get_command(command_id)
        new = updated_cmd.evolve(
            trigger=updated_cmd.trigger.lower(),
            id=old.id,
            token=old.token,
            create_at=old.create_at,
            update_at=self.now(),
            delete_at=old.delete_at,
            plugin_id=self.host.plugin_id,
            team_id=updated_cmd.team_id or old.team_id,
        )
        _check(new)
        self.store.update(COMMANDS, new)
        return new

    def delete_command(self, command_id: str) -> None:
        now = self.now()
        self.store.execute(
            "UPDATE commands SET delete_at = ?1, update_at = ?1 WHERE id = ?2", now, command_id
        )


def _check(command: Command) -> None:
    wrong = first_wrong(
        ("team_id", not is_id(command.team_id)),
        ("trigger", not _TRIGGER.fullmatch(command.trigger)),
        ("url", not 0 < len(command.url) <= 1024),
        ("url_http", not command.url.startswith(("http://", "https://"))),
        ("method", command.method not in ("P", "G")),
        ("display_name", len(command.display_name) > 64),
        ("description", len(command.description) > 128),
    )
    if wrong:
        text = f"This is no valid {wrong} of a command."
        raise fail("Command.IsValid", f"model.command.is_valid.{wrong}.app_error", 400, text)
