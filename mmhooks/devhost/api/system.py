"""The server around it all: log, WebSocket events, licence."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.api.models import (
    AuditRecord,
    PluginClusterEvent,
    PluginClusterEventSendOptions,
    ProductLimits,
    SendToastMessageOptions,
    WebsocketBroadcast,
)
from mmhooks.devhost.api.base import Topic, fail

SERVER_VERSION: Final = "11.1.0"
"""The version whose behaviour the host follows."""


class SystemTopic(Topic):
    """The server around it all: log, WebSocket events, licence."""

    def log_debug(self, msg: str, *key_value_pairs: Any) -> None:
        self._log("debug", msg, key_value_pairs)

    def log_info(self, msg: str, *key_value_pairs: Any) -> None:
        self._log("info", msg, key_value_pairs)

    def log_warn(self, msg: str, *key_value_pairs: Any) -> None:
        self._log("warn", msg, key_value_pairs)

    def log_error(self, msg: str, *key_value_pairs: Any) -> None:
        self._log("error", msg, key_value_pairs)

    def _log(self, level: str, message: str, pairs: tuple[Any, ...]) -> None:
        if len(pairs) == 1 and isinstance(pairs[0], list | tuple):
            pairs = tuple(pairs[0])
        fields = {str(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=False)}
        if len(pairs) % 2:
            fields["ignored"] = pairs[-1]
        self.host.record(level, message, self.host.plugin_id, fields)

    def log_audit_rec(self, rec: AuditRecord) -> None:
        self.log_audit_rec_with_level(rec, {})

    def log_audit_rec_with_level(self, rec: AuditRecord, level: dict[str, Any]) -> None:
        fields = {"status": rec.status, "event_data": rec.event_data, "level": level}
        self.host.record("audit", rec.event_name, self.host.plugin_id, fields)

    def broadcast(self, *, user_id: str = "", channel_id: str = "", team_id: str = "") -> WebsocketBroadcast:
        """Return who is to get an event."""
        return WebsocketBroadcast(user_id=user_id, channel_id=channel_id, team_id=team_id)

    def publish_web_socket_event(
        self, event: str, payload: dict[str, Any], broadcast: WebsocketBroadcast | None = None
    ) -> None:
        name = f"custom_{self.host.plugin_id}_{event}"
        self.host.publish(name, payload, broadcast or WebsocketBroadcast())

    def send_toast_message(
        self, user_id: str, connection_id: str, message: str, options: SendToastMessageOptions
    ) -> None:
        if not user_id:
            raise fail(
                "SendToastMessage", "app.toast.send_toast_message.user_id.app_error", 400, "Whose toast?"
            )
        data = {"message": message, "position": options.position}
        target = WebsocketBroadcast(user_id=user_id, connection_id=connection_id)
        self.host.publish("show_toast", data, target)

    def publish_plugin_cluster_event(
        self, ev: PluginClusterEvent, opts: PluginClusterEventSendOptions
    ) -> None:
        return None  # one node has nobody to tell; the server does the same

    def get_license(self) -> dict[str, Any]:
        return {}

    def is_enterprise_ready(self) -> bool:
        return False

    def get_server_version(self) -> str:
        return SERVER_VERSION

    def get_system_install_date(self) -> int:
        return int(self.app.read_document("system")["install_date"])

    def get_diagnostic_id(self) -> str:
        return str(self.app.read_document("system")["server_id"])

    def get_telemetry_id(self) -> str:
        return self.get_diagnostic_id()

    def get_cloud_limits(self) -> ProductLimits:
        return ProductLimits()
