"""Commands that post something."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from mmhooks.api.models import Channel, CommandArgs, CommandResponse, Permission, Post
from mmhooks.devhost.builtin.entry import BuiltIn, find_user, go_to, psst
from mmhooks.devhost.ids import direct_channel_name, group_channel_name
from mmhooks.errors import AppError

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI

_SHRUG: Final = "¯\\\\\\_(ツ)\\_/¯"
_LONGEST_DELAY: Final = 10_000
_echoes: Final = threading.BoundedSemaphore(100)
"""As many wait at once, each on a thread."""
_LEAST: Final = 3
_MOST: Final = 8


def _me(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    return CommandResponse(response_type="in_channel", type="me", text=f"*{text}*")


def _shrug(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    return CommandResponse(response_type="in_channel", text=f"{text} {_SHRUG}" if text else _SHRUG)


def _code(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    if not text:
        return psst("/code needs a text.")
    block = "\n".join(f"    {line}" for line in text.split("\n"))
    return CommandResponse(response_type="in_channel", text=block, skip_slack_parsing=True)


def _echo(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    if not text:
        return psst("/echo needs a text.")
    text, delay = _delayed(text)
    if delay > _LONGEST_DELAY:
        return psst(f"/echo waits {_LONGEST_DELAY} seconds at most.")
    if not _echoes.acquire(blocking=False):
        return psst("Too many echoes are waiting.")
    post = Post(channel_id=args.channel_id, root_id=args.root_id, user_id=args.user_id, message=text)
    timer = threading.Timer(max(delay, 0), partial(_echo_now, app, post))
    timer.daemon = True
    timer.start()
    return CommandResponse()


def _echo_now(app: HostAPI, post: Post) -> None:
    _echoes.release()
    app.host.workers.submit(partial(_post_echo, app, post))


def _delayed(text: str) -> tuple[str, int]:
    """Return what to echo, and after how many seconds."""
    end = text.rfind('"')
    if text[0] == '"' and end > 1:
        return text[1:end], _number(text[end:].strip(' "')) or 0
    words, space, last = text.rpartition(" ")
    delay = _number(last) if space else None
    return (text, 0) if delay is None else (words, delay)


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _post_echo(app: HostAPI, post: Post) -> None:
    try:
        app.save_post(post)
    except AppError as error:
        app.host.log("error", "/echo could not post", error=str(error))


def _msg(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    name, _, message = text.partition(" ")
    user = find_user(app, name.removeprefix("@"))
    if user is None or user.id == args.user_id:
        return psst("There is nobody else with this name.")
    name = direct_channel_name(args.user_id, user.id)
    try:
        channel = app.maybe_direct(name)
        if channel is None:
            if not app.has_permission_to(args.user_id, Permission(id="create_direct_channel")):
                return psst("You may not write to this user.")
            channel = app.get_direct_channel(args.user_id, user.id)
        return _posted(app, args, channel, message)
    except AppError as error:
        return psst(error.message)


def _groupmsg(app: HostAPI, args: CommandArgs, text: str) -> CommandResponse:
    names, message = _names(text)
    found = {name: find_user(app, name) for name in names}
    if unknown := [f"@{name}" for name, user in found.items() if user is None]:
        return psst(f"There is nobody with this name: {', '.join(unknown)}")
    others = {user.id: user for user in found.values() if user and user.id != args.user_id}
    if len(others) == 1:
        return _msg(app, args, f"{next(iter(others.values())).username} {message}")
    ids = [args.user_id, *others]
    if not _LEAST <= len(ids) <= _MOST:
        return psst(f"A group message has between {_LEAST - 1} and {_MOST - 1} others in it.")
    try:
        channel = app.maybe_direct(group_channel_name(ids))
        if app.has_permission_to(args.user_id, Permission(id="create_group_channel")):
            channel = app.get_group_channel(ids)
        if channel is None:
            return psst("You may not begin a group message.")
        return _posted(app, args, channel, message)
    except AppError as error:
        return psst(error.message)


def _names(text: str) -> tuple[list[str], str]:
    """Return the names at the beginning, parted by commas, and the message after them."""
    names: list[str] = []
    while text:
        part, _, rest = text.partition(",")
        words = part.strip().removeprefix("@").split(maxsplit=1)
        names += words[:1]
        if len(words) > 1:
            message = text.strip().removeprefix("@").removeprefix(words[0])
            return names, message.strip()
        text = rest
    return names, ""


def _posted(app: HostAPI, args: CommandArgs, channel: Channel, message: str) -> CommandResponse:
    if message:
        app.save_post(Post(channel_id=channel.id, user_id=args.user_id, message=message))
    return go_to(app, args, channel.name, "ephemeral")


COMMANDS: Final = (
    BuiltIn("code", _code, "Post a block of code", "[text]"),
    BuiltIn("echo", _echo, "Post a text as yours, later if need be", "'text' [seconds]"),
    BuiltIn("groupmsg", _groupmsg, "Write to several people", "@[name],@[name] 'text'", "message"),
    BuiltIn("me", _me, "Say what you do", "[text]"),
    BuiltIn("msg", _msg, "Write to somebody", "@[name] 'text'", "message"),
    BuiltIn("shrug", _shrug, "Post a text with a shrug", "[text]"),
)
