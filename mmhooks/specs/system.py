"""The server around the plugin: configuration, notifications, cluster, retention, support, limits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs

from mmhooks.errors import Rejection
from mmhooks.specs.semantics import aggregate, hookspec, notify, pipeline

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import (
        EmailNotification,
        EmailNotificationContent,
        FileData,
        PluginClusterEvent,
        PluginContext,
        ProductLimits,
        PushNotification,
    )


def merge_email(notification: EmailNotification, content: EmailNotificationContent) -> EmailNotification:
    """Put new content into a notification; who is told of what stays as it is."""
    return attrs.evolve(
        notification,
        **{field.name: getattr(content, field.name) for field in attrs.fields(type(content))},
    )


def concatenate_files(results: Sequence[list[FileData]]) -> list[FileData]:
    """Put the files of all packages into one list."""
    return list(chain.from_iterable(results))


@hookspec(pipeline("new_cfg"))
def configuration_will_be_saved(new_cfg: dict[str, Any], api: API) -> dict[str, Any] | Rejection | None:
    """Look at, change or refuse the server's configuration before it is saved.

    Fires: Before the configuration is saved, whoever saves it: administrators, plugins, this plugin's
        `save_config`.
    Combines: Pipeline. Each hookimpl sees the configuration that the one before returned; None leaves it as
        it is. The first rejection stops.

    Args:
        new_cfg: The whole configuration to be saved, as in ``config.json``. Return a changed copy, whole as
            well.
        api: The plugin API; `get_config` still gives the old configuration.

    Minimum server version: 8.0

    Rejecting: Nothing is saved, and the caller gets the reason as an error (status 400).
    """


@hookspec(pipeline("push_notification"))
def notification_will_be_pushed(
    push_notification: PushNotification, user_id: str, api: API
) -> PushNotification | Rejection | None:
    """Look at, change or hold back a push notification.

    Fires: Before a notification goes to the push notification server.
    Combines: Pipeline. Each hookimpl sees the notification that the one before returned; None leaves it as it
        is. The first rejection stops.

    Args:
        push_notification: What the device is to show.
        user_id: Who is to be notified.
        api: The plugin API.

    Minimum server version: 9.0

    Rejecting: Nothing is pushed. That is no error: the reason is only logged.
    """


@hookspec(pipeline("email_notification", merge=merge_email))
def email_notification_will_be_sent(
    email_notification: EmailNotification, api: API
) -> EmailNotificationContent | Rejection | None:
    """Look at, rewrite or hold back an email that tells a user of a post.

    Fires: Before a notification email is sent.
    Combines: Pipeline. Each hookimpl sees the notification with the content that the one before returned;
        None leaves it as it is. The first rejection stops.

    Args:
        email_notification: The content (subject, titles, texts, button, footer) and, beside it, what the
            email is about: ids, names, kind of channel. Return an `EmailNotificationContent`, whole: a field
            left out is empty. What the email is about cannot be changed.
        api: The plugin API.

    Minimum server version: 11.00

    Rejecting: No email is sent. That is no error: the reason is only logged.
    """


@hookspec(notify())
def on_plugin_cluster_event(context: PluginContext, ev: PluginClusterEvent, api: API) -> None:
    """Take a message from the same plugin on another node of the cluster.

    Fires: When another node has called `publish_plugin_cluster_event`. All packages share the plugin's
        events: begin the event's id with the package's name.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: Empty but for what the server fills in.
        ev: Id and payload (bytes) as published.
        api: The plugin API.

    Minimum server version: 5.36

    Rejecting: Not possible.
    """


@hookspec(aggregate(sum))
def run_data_retention(now_time: int, batch_size: int, api: API) -> int | None:
    """Delete what the plugin has kept for too long.

    Fires: During the server's data retention job.
    Combines: Aggregate. Every hookimpl is called, and the numbers are added up; None counts as 0.

    Args:
        now_time: The job's idea of now, in milliseconds since the epoch.
        batch_size: How many items to delete at most.
        api: The plugin API.

    Returns:
        How many items were deleted.

    Minimum server version: 6.4

    Rejecting: Not possible.
    """


@hookspec(aggregate(concatenate_files))
def generate_support_data(context: PluginContext, api: API) -> list[FileData] | None:
    """Add files to a support packet.

    Fires: When an administrator makes a support packet. If the manifest's ``props`` carry ``support_packet``
        (a text to choose by), only when the plugin was chosen.
    Combines: Aggregate. Every hookimpl is called, and the lists are put together. Begin the file names with
        the package's name, so that no two are the same.

    Args:
        context: The request for the packet.
        api: The plugin API.

    Returns:
        Name and content of each file.

    Minimum server version: 9.8

    Rejecting: Not possible. An error that reaches the server becomes a line in the packet's file of warnings.
    """


@hookspec(notify())
def on_send_daily_telemetry(api: API) -> None:
    """Send the plugin's own telemetry.

    Fires: When the server sends its daily telemetry.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        api: The plugin API; ask it whether the administrator allows diagnostics.

    Minimum server version: 6.5

    Rejecting: Not possible.
    """


@hookspec(notify())
def on_cloud_limits_updated(limits: ProductLimits, api: API) -> None:
    """Act on new limits of a hosted workspace.

    Fires: When the product's limits change, for instance with the plan.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        limits: The limits from now on; a part that is None has none.
        api: The plugin API.

    Minimum server version: 7.0

    Rejecting: Not possible.
    """
