"""The hookspecs: every hook of the server, and four of our own, each in the module of its theme.

A docstring says when a hook fires, how the results of several hookimpls combine, what its arguments are,
which server version it needs, and what rejecting means. ``api`` is the sync client in a ``def`` hookimpl, the
async client in an ``async def`` hookimpl; so it is with the streams of `file_will_be_uploaded`, `serve_http`
and `serve_metrics`.
"""

from typing import Final

HOOKSPEC_MODULES: Final = (
    "mmhooks.specs.lifecycle",
    "mmhooks.specs.messages",
    "mmhooks.specs.channels",
    "mmhooks.specs.teams",
    "mmhooks.specs.users",
    "mmhooks.specs.files",
    "mmhooks.specs.commands",
    "mmhooks.specs.http",
    "mmhooks.specs.websocket",
    "mmhooks.specs.system",
    "mmhooks.specs.shared_channels",
    "mmhooks.specs.compose",
)
"""The modules that hold hookspecs, to be imported by whoever builds a plugin manager."""
