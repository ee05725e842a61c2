"""Shared channels, as a server without the service for them answers."""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

from mmhooks.api.models import GetPostsSinceForSyncCursor, RegisterPluginOpts, SharedChannel
from mmhooks.devhost.api.base import Topic, fail, plain
from mmhooks.devhost.ids import is_id, new_id

_NAME: Final = re.compile(r"[a-z0-9]+([a-z\-_0-9]+|(__)?)[a-z0-9]+")
_LONGEST: Final = 64


class SharedTopic(Topic):
    """Shared channels: a plugin can register for them, and the rest needs a service that is not there."""

    def register_plugin_for_shared_channels(self, opts: RegisterPluginOpts) -> str:
        known = self._remotes()
        if opts.plugin_id in known:
            remote_id = str(known[opts.plugin_id][0])
        else:
            _check(opts)
            remote_id = new_id()
        self.app.write_document("remotes", {**known, opts.plugin_id: [remote_id, True]})
        return remote_id

    def unregister_plugin_for_shared_channels(self, plugin_id: str) -> None:
        known = self._remotes()
        if plugin_id not in known:
            raise plain(f"the plugin {plugin_id!r} is not registered for shared channels")
        remote_id, _ = known[plugin_id]
        self.app.write_document("remotes", {**known, plugin_id: [remote_id, False]})

    def _remotes(self) -> dict[str, list[Any]]:
        return self.app.read_document("remotes") or {}

    def share_channel(self, sc: SharedChannel) -> SharedChannel:
        _no_service()

    def update_shared_channel(self, sc: SharedChannel) -> SharedChannel:
        _no_service()

    def unshare_channel(self, channel_id: str) -> bool:
        _no_service()

    def update_shared_channel_cursor(
        self, channel_id: str, remote_id: str, cursor: GetPostsSinceForSyncCursor
    ) -> None:
        raise plain("the channel is not shared with this remote")

    def sync_shared_channel(self, channel_id: str) -> None:
        _no_service("InviteRemoteToChannel")

    def invite_remote_to_channel(
        self, channel_id: str, remote_id: str, user_id: str, share_if_not_shared: bool
    ) -> None:
        _no_service()

    def uninvite_remote_from_channel(self, channel_id: str, remote_id: str) -> None:
        _no_service()


def _no_service(where: str = "getSharedChannelsService") -> NoReturn:
    raise fail(where, "api.command_share.service_disabled", 400, "Shared channels are switched off.")


def _check(opts: RegisterPluginOpts) -> None:
    name = opts.displayname.lower()
    for part, bad in (
        ("name", len(name) > _LONGEST or not _NAME.fullmatch(name)),
        ("id", not is_id(opts.creator_id)),
    ):
        if bad:
            id = f"model.cluster.is_valid.{part}.app_error"
            raise fail("RemoteCluster.IsValid", id, 400, f"This is no valid {part} of a remote.")
