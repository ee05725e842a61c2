"""The command ``mmhooks``. The module of a command is imported when it is used, and not before."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import click

from mmhooks.errors import MmhooksError
from mmhooks.runtime.nearest import did_you_mean

__all__ = ["main"]

COMMANDS: Final = {
    "build": "Make the bundle that a Mattermost server takes.",
    "deploy": "Upload a bundle to a server and enable it.",
    "dev": "Run a plugin from its files, and again when one is saved.",
    "explain": "Which packages implement which hook, in which order.",
    "fire": "Call one hook by hand, and see what every package made of it.",
    "host": "What the embedded host offers; its workspaces as bulk files.",
    "replay": "Play a Mattermost export through a plugin and report what it did.",
    "trace": "What happened in the hook calls of a running mmhooks dev.",
}
"""Every command with its line in the help; each is a module of its name beside this one."""

WRONG: Final = 2
"""The exit code of a mistake that the user can put right."""
INTERRUPTED: Final = 130


class LazyGroup(click.Group):
    """Imports commands on demand, and turns errors into a sentence and an exit code.

    Args:
        summaries: name and help line of each command.
        arguments: click's.
    """

    def __init__(self, *arguments: Any, summaries: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the help."""
        return sorted(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None if there is none of this name."""
        if cmd_name not in self._summaries:
            return None
        command: click.Command = import_module(f"mmhooks.cli.{cmd_name}").command
        for one in (command, *getattr(command, "commands", {}).values()):
            if not any(parameter.name == "debug" for parameter in one.params):
                one.params.append(_debug_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; name the nearest one if there is none."""
        if args and args[0] not in self._summaries and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}{did_you_mean(args[0], self._summaries)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self._summaries.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; ends the process unless ``standalone_mode`` is off."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(
                arguments, prog_name or "mmhooks", complete_var, standalone_mode=False, **extra
            )
        except (click.ClickException, click.Abort, MmhooksError, OSError) as error:
            code = _report(error, is_debugging="--debug" in arguments)
        sys.exit(code or 0)


def _report(error: Exception, *, is_debugging: bool) -> int:
    """Say what went wrong in one sentence; return the exit code."""
    if is_debugging:
        traceback.print_exception(error)
    if isinstance(error, click.Abort):
        click.echo("mmhooks: stopped", err=True)
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    click.echo(f"mmhooks: {_sentence(error)}", err=True)
    return WRONG


def _sentence(error: Exception) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return str(error) or type(error).__name__
    ways_out = {
        FileNotFoundError: "check the path",
        PermissionError: "check who may read and write there",
        IsADirectoryError: "name a file in it",
    }
    place = f"{error.filename}: " if error.filename else ""
    way_out = ways_out.get(type(error))
    return f"{place}{error.strerror}{f'; {way_out}' if way_out else ''}"


def _debug_option() -> click.Option:
    # `main` looks for it among the arguments, so that it may stand anywhere.
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, help="Show the traceback when something fails."
    )


@click.group(
    "mmhooks",
    cls=LazyGroup,
    summaries=COMMANDS,
    params=[_debug_option()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="mmhooks", prog_name="mmhooks")
def main() -> None:
    """Mattermost server plugins in Python, composed from installable packages."""
