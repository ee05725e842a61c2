"""Channels and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.errors import Rejection
from mmhooks.specs.semantics import hookspec, notify, pipeline, veto

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import Channel, ChannelMember, PluginContext, User


@hookspec(notify())
def channel_has_been_created(context: PluginContext, channel: Channel, api: API) -> None:
    """Act on a new channel.

    Fires: After a channel is stored.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the channel.
        channel: The channel as stored.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """


@hookspec(pipeline("new_channel"))
def channel_will_be_updated(
    context: PluginContext, new_channel: Channel, old_channel: Channel, api: API
) -> Channel | Rejection | None:
    """Look at, change or refuse an update of a channel before it is stored.

    Fires: Before a channel is updated or patched, by whatever way: REST, plugins, import, bulk changes.
    Combines: Pipeline. Each hookimpl sees the new channel that the one before returned; None leaves it as it
        is. The first rejection stops.

    Args:
        context: The request behind the update.
        new_channel: The channel as it is to become.
        old_channel: The channel as it is stored.
        api: The plugin API.

    Minimum server version: 11.9

    Rejecting: The channel stays as it was, and the caller gets the reason as an error.
    """


@hookspec(veto())
def channel_will_be_archived(context: PluginContext, channel: Channel, api: API) -> Rejection | str | None:
    """Refuse to have a channel archived.

    Fires: Before a channel is archived.
    Combines: Veto. The hookimpls are asked in order, the first reason stops: a rejection, or a text that is
        not empty.

    Args:
        context: The request behind the archiving.
        channel: The channel, still in use.
        api: The plugin API.

    Minimum server version: 11.7

    Rejecting: The channel stays in use, and the caller gets the reason as an error.
    """


@hookspec(veto())
def channel_will_be_restored(context: PluginContext, channel: Channel, api: API) -> Rejection | str | None:
    """Refuse to have an archived channel brought back.

    Fires: Before an archived channel is restored.
    Combines: Veto. The hookimpls are asked in order, the first reason stops: a rejection, or a text that is
        not empty.

    Args:
        context: The request behind the restoring.
        channel: The channel, still archived.
        api: The plugin API.

    Minimum server version: 11.9

    Rejecting: The channel stays archived, and the caller gets the reason as an error.
    """


@hookspec(pipeline("channel_member"))
def channel_member_will_be_added(
    context: PluginContext, channel_member: ChannelMember, api: API
) -> ChannelMember | Rejection | None:
    """Look at, change or refuse a membership of a channel before it is stored.

    Fires: Before somebody is added to a channel, or joins one.
    Combines: Pipeline. Each hookimpl sees the member that the one before returned; None leaves it as it is.
        The first rejection stops.

    Args:
        context: The request behind the membership.
        channel_member: The membership to be; names channel and user.
        api: The plugin API.

    Minimum server version: 11.7

    Rejecting: The user does not become a member, and the caller gets the reason as an error (status 400).

    On a real server a field that is returned empty, 0 or false keeps its old value.
    """


@hookspec(notify())
def user_has_joined_channel(
    context: PluginContext, channel_member: ChannelMember, actor: User | None, api: API
) -> None:
    """Act on a new member of a channel.

    Fires: After the membership is stored.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the membership.
        channel_member: Names channel and user.
        actor: Who added the user, None if the user joined alone.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible; see `channel_member_will_be_added`.
    """


@hookspec(notify())
def user_has_left_channel(
    context: PluginContext, channel_member: ChannelMember, actor: User | None, api: API
) -> None:
    """Act on a member who is gone from a channel.

    Fires: After the membership is removed.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the removal.
        channel_member: Names channel and user.
        actor: Who removed the user, None if the user left alone.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """
