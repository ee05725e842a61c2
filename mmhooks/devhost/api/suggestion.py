"""What a client offers to whoever types a slash command."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from attrs import frozen

from mmhooks.api.models import AutocompleteArg, AutocompleteData, Command, CommandArgs
from mmhooks.devhost.api.base import Topic
from mmhooks.devhost.hooks import plugin_context
from mmhooks.errors import AppError

__all__ = ["Suggestion", "SuggestionTopic"]

_ADMIN: Final = "system_admin"


@frozen
class Suggestion:
    """How a command may go on."""

    complete: str
    """The whole input with it, without the slash."""
    suggestion: str
    """What is added; empty where any text may follow."""
    hint: str = ""
    description: str = ""
    icon_data: str = ""


@frozen
class _Reader:
    """What is being typed: the part that is understood, and the rest."""

    done: str
    rest: str
    found: tuple[Suggestion, ...] | None = None
    """The suggestions, once the reader has come to the end of the input."""

    def after(self, length: int) -> _Reader:
        """Go on behind a part of the rest; a space before it does not count."""
        text = self.text
        return _Reader(self.done + text[:length], text[length:])

    def offering(self, *found: Suggestion) -> _Reader:
        """Stop here."""
        return _Reader(self.done + self.rest, "", found)

    @property
    def text(self) -> str:
        """The rest without the space before it."""
        return self.rest.removeprefix(" ")


class SuggestionTopic(Topic):
    """What a client offers to whoever types a slash command."""

    def suggest_commands(self, args: CommandArgs, role_id: str) -> list[Suggestion]:
        """Return how an input may go on.

        Args:
            args: who types where; its command is the input without the slash.
            role_id: whose commands are offered.
        """
        commands: dict[str, Command] = {}
        for command in self.app.list_commands(args.team_id):
            if command.auto_complete:
                commands.setdefault(command.trigger, command)
        ordered = sorted(commands.values(), key=lambda one: one.trigger.lower())
        found = self._suggest([_data(one) for one in ordered], "", args.command, role_id, args)
        return [_with_icon(one, ordered) for one in found]

    def _suggest(
        self, known: Sequence[AutocompleteData], done: str, rest: str, role_id: str, args: CommandArgs
    ) -> list[Suggestion]:
        mine = [one for one in known if role_id in (_ADMIN, one.role_id)]
        word, space, after = rest.partition(" ")
        if not space:
            return [
                Suggestion(done + one.trigger, one.trigger, one.hint, one.help_text)
                for one in mine
                if one.trigger.startswith(word.lower())
            ]
        found: list[Suggestion] = []
        for one in mine:
            if one.trigger != word.lower():
                continue
            if one.arguments:
                reader = self._arguments(one.arguments, _Reader(f"{done}{word} ", after), args)
                found += reader.found or ()
            else:
                found += self._suggest(one.sub_commands, f"{done}{word} ", after, role_id, args)
        return found

    def _arguments(self, arguments: Sequence[AutocompleteArg], reader: _Reader, args: CommandArgs) -> _Reader:
        """Read arguments one after the other; one that is optional may be there or not."""
        if not arguments:
            return reader
        first, others = arguments[0], arguments[1:]
        given = self._argument(first, reader, args)
        if first.required:
            return given if given.found is not None else self._arguments(others, given, args)
        whole = given if given.found is not None else self._arguments(others, given, args)
        left_out = self._arguments(others, reader, args)
        if whole.found is not None or left_out.found is not None:
            return reader.offering(*(whole.found or ()), *(left_out.found or ()))
        return given if given.done != reader.done and given.rest != reader.rest else left_out

    def _argument(self, argument: AutocompleteArg, reader: _Reader, args: CommandArgs) -> _Reader:
        if argument.name:
            reader = _named(argument, reader)
            if reader.found is not None:
                return reader
        data = argument.data if isinstance(argument.data, Mapping) else {}
        if argument.type == "TextInput":
            return _text(argument, str(data.get("Hint") or ""), reader)
        if argument.type == "StaticList":
            return _listed(data.get("PossibleArguments") or [], reader)
        if argument.type == "DynamicList":
            return self._fetched(str(data.get("FetchURL") or ""), reader, args)
        return reader

    def _fetched(self, url: str, reader: _Reader, args: CommandArgs) -> _Reader:
        """Read one of a list that the plugin has."""
        if url.startswith("builtin:"):
            return reader
        context = plugin_context()
        query = {
            "user_input": reader.done + reader.rest,
            "parsed": reader.done,
            "request_id": context.request_id,
            "session_id": context.session_id,
            "ip_address": context.ip_address,
            "accept_language": context.accept_language,
            "user_agent": context.user_agent,
            "channel_id": args.channel_id,
            "team_id": args.team_id,
            "root_id": args.root_id,
            "user_id": args.user_id,
            "site_url": args.site_url,
        }
        address = f"/plugins/{self.host.plugin_id}/{url.lstrip('/')}{'&' if '?' in url else '?'}"
        address += urlencode(sorted(query.items()))
        try:
            items = json.loads(self.app.read_page("GetSuggestions", address, args.user_id))
        except (AppError, ValueError) as error:
            self.host.log("warn", "the list of a command's arguments could not be read", error=str(error))
            items = []
        return _listed(items if isinstance(items, list) else [], reader)


def _data(command: Command) -> AutocompleteData:
    return command.autocomplete_data or AutocompleteData(
        trigger=command.trigger,
        hint=command.auto_complete_hint,
        help_text=command.auto_complete_desc,
        role_id="system_user",
    )


def _with_icon(found: Suggestion, commands: Sequence[Command]) -> Suggestion:
    of = next((one for one in commands if found.complete.startswith(one.trigger)), None)
    icon = of.autocomplete_icon_data if of else ""
    return Suggestion(found.complete, found.suggestion, found.hint, found.description, icon)


def _named(argument: AutocompleteArg, reader: _Reader) -> _Reader:
    """Read ``--name``; what does not fit it ends the reading without suggestions."""
    name, text = f"--{argument.name}", reader.text
    if name.lower().startswith(text.lower()):
        complete = f"{reader.done}{reader.rest}{name[len(text) :]} "
        return reader.offering(Suggestion(complete, name, "", argument.help_text))
    if not text.lower().startswith(f"{name.lower()} "):
        return reader.offering()
    return _Reader(f"{reader.done}{name} ", text[len(name) + 1 :])


def _text(argument: AutocompleteArg, hint: str, reader: _Reader) -> _Reader:
    """Read a word, or several in quotation marks."""
    text = reader.text
    end = text.find('"', 1) if text.startswith('"') else text.find(" ")
    if end < 0:
        return reader.offering(Suggestion(reader.done + reader.rest, "", hint, argument.help_text))
    return reader.after(end + 2 if text[end : end + 2] == '" ' else end + 1)


def _listed(items: Sequence[Any], reader: _Reader) -> _Reader:
    """Read one of a list."""
    text = reader.text.lower()
    known = [one for one in items if isinstance(one, Mapping)]
    names = [str(one.get("Item", "")) for one in known]
    typed = max((name for name in names if text.startswith(f"{name.lower()} ")), key=len, default=None)
    if typed is not None:
        return reader.after(len(typed) + 1)
    return reader.offering(
        *(
            Suggestion(reader.done + name, name, str(one.get("Hint", "")), str(one.get("HelpText", "")))
            for name, one in zip(names, known, strict=True)
            if name.lower().startswith(text)
        )
    )
