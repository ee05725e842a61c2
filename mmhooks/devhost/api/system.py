"""The server around it all: log, WebSocket events, plugins, licence, mail."""

from __future__ import annotations

import io
from typing import Any, Final
from urllib.parse import urlsplit

from mmhooks.api.http import Request, Response
from mmhooks.api.models import (
    AuditRecord,
    OpenDialogRequest,
    PluginClusterEvent,
    PluginClusterEventSendOptions,
    PluginStatus,
    ProductLimits,
    PushNotification,
    SendToastMessageOptions,
    WebsocketBroadcast,
)
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.hooks import plugin_context

SERVER_VERSION: Final = "11.1.0"
"""The version whose behaviour the host follows."""

_RUNNING: Final = 2


class SystemTopic(Topic):
    """The server around it all: log, WebSocket events, plugins, licence, mail."""

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

    @approximate(
        "a trigger id never runs out; with one that nobody was given, the dialog goes to all clients"
    )
    def open_interactive_dialog(self, dialog: OpenDialogRequest) -> None:
        self.publish("open_dialog", user_id=self.app.user_of_trigger(dialog.trigger_id), dialog=dialog)

    @approximate("the plugin is asked, then the notification is recorded instead of pushed")
    def send_push_notification(self, notification: PushNotification, user_id: str) -> None:
        answer = self.firing.ask("notification_will_be_pushed", notification, user_id)
        changed, reason = answer or (None, "")
        if reason:
            self.host.log(
                "debug", "a notification was rejected by the plugin", reason=reason, user_id=user_id
            )
            return
        self.publish("push_notification", user_id=user_id, notification=changed or notification)

    def get_plugin_id(self) -> str:
        return self.host.plugin_id

    def get_bundle_path(self) -> str:
        return str(self.host.bundle_path.resolve())

    def get_plugins(self) -> list[dict[str, Any]]:
        return [dict(self.host.manifest)]

    def get_plugin_status(self, id: str) -> PluginStatus:
        if id != self.host.plugin_id:
            text = "There is no such plugin."
            raise fail("GetPluginStatus", "app.plugin.not_installed.app_error", 404, text)
        manifest = self.host.manifest
        return PluginStatus(
            plugin_id=id,
            plugin_path=self.get_bundle_path(),
            state=_RUNNING if self.host.port is not None else 0,
            name=str(manifest.get("name", "")),
            description=str(manifest.get("description", "")),
            version=str(manifest.get("version", "")),
        )

    @approximate("there is one plugin on the host; it is switched by the program that runs it")
    def enable_plugin(self, id: str) -> None:
        self._switch(id, True)

    @approximate("there is one plugin on the host; it is switched by the program that runs it")
    def disable_plugin(self, id: str) -> None:
        self._switch(id, False)

    @approximate("there is one plugin on the host; removing it switches it off")
    def remove_plugin(self, id: str) -> None:
        self._switch(id, False)

    def _switch(self, id: str, is_on: bool) -> None:
        self.get_plugin_status(id)
        switch = self.host.switch
        if switch is not None:  # beside this call, which may be the plugin's own
            self.host.workers.submit(lambda: switch(is_on))

    @approximate("answers by the plugin itself only; there are no others on the host")
    def plugin_http(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        split = parts.path.split("/", 2)
        if len(split) != 3:
            return Response(status=400, body="Not enough URL. Form of URL should be /<pluginid>/*")
        if split[1] != self.host.plugin_id or not self.firing.listens("serve_http"):
            return Response(status=404, body=f"Plugin not found: {split[1]}")
        url = f"/{split[2]}" + (f"?{parts.query}" if parts.query else "")
        inner = Request(
            method=request.method,
            url=url,
            proto=request.proto,
            headers=(*request.headers, ("Mattermost-Plugin-ID", self.host.plugin_id)),
            host=request.host,
            remote_addr=request.remote_addr,
            request_uri=request.request_uri,
            body=request.body if request.body is not None else io.BytesIO(),
        )
        answer = self.firing.ask_or_fail("serve_http", plugin_context(), inner)
        return answer if isinstance(answer, Response) else Response(status=500)

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

    @approximate("the mail is written into the log instead of sent")
    def send_mail(self, to: str, subject: str, html_body: str) -> None:
        for value, name in ((to, "to"), (subject, "subject"), (html_body, "htmlbody")):
            if not value:
                text = f"A mail needs {name}."
                raise fail("SendMail", f"plugin_api.send_mail.missing_{name}", 400, text)
        self.host.log("info", "a mail would be sent", to=to, subject=subject, body=html_body)
