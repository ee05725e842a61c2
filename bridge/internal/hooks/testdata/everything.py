"""Implements every hook: notes all values in the arguments, and answers something in which they can be found again."""

import json
import os

import attrs

from mmhooks import hookimpl, reject
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.models import CommandResponse, EmailNotificationContent, FileData, SyncResponse

ANSWERS = {
    "execute_command": lambda args: CommandResponse(text="answered", response_type="ephemeral"),
    "run_data_retention": lambda args: 7,
    "generate_support_data": lambda args: [FileData(filename="support.txt", body=b"\x01\xff")],
    "on_shared_channels_ping": lambda args: True,
    "on_shared_channels_sync_msg": lambda args: SyncResponse(users_last_update_at=5, posts_last_update_at=6),
    "on_shared_channels_attachment_sync_msg": lambda args: None,
    "on_shared_channels_profile_image_sync_msg": lambda args: None,
    "configuration_will_be_saved": lambda args: {
        **args["new_cfg"],
        "ServiceSettings": {"SiteURL": "http://new"},
    },
    "messages_will_be_consumed": lambda args: [post.evolve() for post in args["posts"]],
    "messages_will_be_consumed_with_context": lambda args: [post.evolve() for post in args["posts"]],
    "message_will_be_posted": lambda args: args["post"].evolve(),
    "message_will_be_updated": lambda args: args["new_post"].evolve(),
    "email_notification_will_be_sent": lambda args: EmailNotificationContent(subject="S"),
    "notification_will_be_pushed": lambda args: args["push_notification"].evolve(),
}


def leaves(value):
    """All values in a value as text; truth values, and what is zero, left out."""
    if value is None or isinstance(value, bool) or value in ("", 0):
        return []
    if isinstance(value, bytes):
        return [value.hex()]
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in [key, *leaves(inner)]]
    if isinstance(value, list | tuple):
        return [leaf for inner in value for leaf in leaves(inner)]
    if attrs.has(type(value)):
        return [leaf for name in fields(value) for leaf in leaves(getattr(value, name))]
    return [str(value)]


def fields(value):
    return [attribute.name for attribute in attrs.fields(type(value))]


def note(hook, values):
    with open(os.environ["MMHOOKS_RECORD"], "a") as file:
        file.write(json.dumps({"hook": HOOKS[hook].rpc, "leaves": leaves(values)}) + "\n")


def answer(hook, arguments):
    results = [result.name for result in HOOKS[hook].results]
    if hook in ANSWERS:
        return ANSWERS[hook](arguments)
    if results == ["result", "rejection_reason"]:
        return list(arguments.values())[-1].evolve()
    if results == ["result"]:
        return reject(f"because of {hook}")
    return None


def define(hook, names):
    source = f"def {hook}({', '.join(names)}):\n    note({hook!r}, list(locals().values()))\n"
    source += f"    return answer({hook!r}, locals())\n"
    exec(source, globals())
    globals()[hook] = hookimpl(globals()[hook])


for hook, method in HOOKS.items():
    if not method.stream_in and not method.stream_out:
        define(hook, [param.name for param in method.params])
