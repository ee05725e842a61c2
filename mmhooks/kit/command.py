"""Slash commands from functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mmhooks.specs.compose import CommandHandler, CommandSpec


def command(
    trigger: str, *, help: str = "", hint: str = "", autocomplete: dict[str, Any] | None = None
) -> Callable[[CommandHandler], CommandSpec]:
    """Make a slash command of a function, to be returned by the package's `register_commands`::

        @command("echo", help="Say it again", hint="[text]")
        def echo(text):
            return text

    The function, sync or async, takes by name what it needs: ``text`` (what stands behind the trigger),
    ``args`` (`CommandArgs`), ``context`` (`PluginContext`), ``api``. A text that it returns is shown to the
    sender alone; a `CommandResponse` says more; None shows nothing.

    Args:
        trigger: the word after the slash, in lower case, without the slash and without spaces.
        help: one line that says what the command does.
        hint: the arguments, as the completion shows them; the function's docstring is not used.
        autocomplete: subcommands and arguments in the JSON shape of the server's ``AutocompleteData``.
    """

    def make(handler: CommandHandler) -> CommandSpec:
        return CommandSpec(trigger=trigger, handler=handler, help=help, hint=hint, autocomplete=autocomplete)

    return make
