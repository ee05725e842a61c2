"""Shared channels: content that the server wants taken to a remote that the plugin stands for.

For plugins that have registered with `register_plugin_for_shared_channels`. The server keeps a cursor for
each remote, and moves it on by what these hooks answer. A hookimpl that raises counts as one that had nothing
to say, so that what it failed to take is not sent again, unless it is registered with
``@hookimpl(on_error="reject")``: then the server gets the error, leaves the cursor where it is, and tries
again later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mmhooks.specs.semantics import aggregate, hookspec, lifecycle

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import FileInfo, Post, RemoteCluster, SyncMsg, SyncResponse, User


def merge_sync_responses(responses: Sequence[SyncResponse]) -> SyncResponse:
    """Merge what several packages took of one message.

    Returns:
        The latest of each timestamp; the lists of ids one after another, each id once.
    """
    from mmhooks.api.models import SyncResponse

    return SyncResponse(
        users_last_update_at=max((r.users_last_update_at for r in responses), default=0),
        user_errors=_distinct(r.user_errors for r in responses),
        users_syncd=_distinct(r.users_syncd for r in responses),
        posts_last_update_at=max((r.posts_last_update_at for r in responses), default=0),
        post_errors=_distinct(r.post_errors for r in responses),
        reactions_last_update_at=max((r.reactions_last_update_at for r in responses), default=0),
        reaction_errors=_distinct(r.reaction_errors for r in responses),
        acknowledgements_last_update_at=max(
            (r.acknowledgements_last_update_at for r in responses), default=0
        ),
        acknowledgement_errors=_distinct(r.acknowledgement_errors for r in responses),
        status_errors=_distinct(r.status_errors for r in responses),
        membership_errors=_distinct(r.membership_errors for r in responses),
    )


def _distinct(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


@hookspec(aggregate(merge_sync_responses))
def on_shared_channels_sync_msg(msg: SyncMsg, rc: RemoteCluster, api: API) -> SyncResponse | None:
    """Take changes of one shared channel.

    Fires: When a channel shared with the plugin's remote has new users, posts, reactions, statuses,
        memberships or acknowledgements. The same change may come again.
    Combines: Aggregate. Every hookimpl is called, and the responses are merged: the latest timestamps, all
        lists of failed ids. The timestamps move the cursor, also past what only another package failed to
        take.

    Args:
        msg: The changes, all of one channel.
        rc: The remote they are for. A plugin may stand for several: answer None for those of other packages.
        api: The plugin API.

    Returns:
        How far the changes were taken (milliseconds since the epoch), and the ids of those that failed.

    Minimum server version: 9.5

    Rejecting: Raise, with ``on_error="reject"``; the cursor stays, and the changes are sent again.
    """


@hookspec(aggregate(all))
def on_shared_channels_ping(rc: RemoteCluster, api: API) -> bool | None:
    """Say whether the plugin and what it connects to are well.

    Fires: At regular intervals, for each of the plugin's remotes.
    Combines: Aggregate. Every hookimpl is called; all is well if nobody returns False. None is no answer.

    Args:
        rc: The remote in question.
        api: The plugin API.

    Minimum server version: 9.5

    Rejecting: Return False. After several such answers the remote counts as offline, also in the status that
        administrators see, and gets no `on_shared_channels_sync_msg` until it is well again.
    """


@hookspec(lifecycle())
def on_shared_channels_attachment_sync_msg(fi: FileInfo, post: Post, rc: RemoteCluster, api: API) -> None:
    """Take one file of a shared channel.

    Fires: For each attachment that the remote does not have yet, beside `on_shared_channels_sync_msg`.
    Combines: Lifecycle. Every hookimpl is called; their errors are reported together.

    Args:
        fi: The file; `get_file` gives its content.
        post: The post it is attached to.
        rc: The remote it is for.
        api: The plugin API.

    Minimum server version: 9.5

    Rejecting: Raise; the cursor stays, and the file is sent again. Without an error the cursor moves on.
    """


@hookspec(lifecycle())
def on_shared_channels_profile_image_sync_msg(user: User, rc: RemoteCluster, api: API) -> None:
    """Take a user's profile image.

    Fires: For each user in a shared channel whose image the remote does not have yet.
    Combines: Lifecycle. Every hookimpl is called; their errors are reported together.

    Args:
        user: Whose image it is; `get_profile_image` gives it.
        rc: The remote it is for.
        api: The plugin API.

    Minimum server version: 9.5

    Rejecting: Raise; the cursor stays, and the image is sent again. Without an error the cursor moves on.
    """
