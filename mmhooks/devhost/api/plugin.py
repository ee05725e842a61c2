"""The plugin as an administrator sees it: its state, switching it, bundles; and what plugins ask of each other."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mmhooks.api.http import Request, Response
from mmhooks.api.models import PluginStatus
from mmhooks.api.stream import Content, chunks
from mmhooks.bundle.archive import read_bundle
from mmhooks.devhost.api.base import Topic, approximate, fail
from mmhooks.devhost.hooks import plugin_context
from mmhooks.errors import BundleError, ManifestError

_STOPPED: Final = 0
_RUNNING: Final = 2
_FAILED: Final = 3


class PluginTopic(Topic):
    """The plugin as an administrator sees it: its state, switching it, bundles; and what plugins ask of each other."""

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
        manifest, runner = self.host.manifest, self.host.runner
        problem = runner.problem if runner is not None else ""
        return PluginStatus(
            plugin_id=id,
            plugin_path=self.get_bundle_path(),
            state=_RUNNING if self.host.port is not None else _FAILED if problem else _STOPPED,
            error=problem,
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
        runner = self.host.runner
        if runner is not None:  # beside this call, which may be the plugin's own
            self.host.workers.submit(lambda: runner.switch(is_on))

    @approximate(
        "a bundle of the host's own plugin, which runs in the place of its files once this has returned"
    )
    def install_plugin(self, file: Content, replace: bool) -> dict[str, Any]:
        manifest, run = self._unpacked(file, replace)
        self.host.workers.submit(run)
        return manifest

    def install_uploaded(self, file: Content, *, replace: bool) -> dict[str, Any]:
        """Install a bundle as an administrator does: it runs when this returns.

        Raises:
            AppError: (400) it is none, or ``replace`` is not set; (500) it does not start; (501) no uploads here.
        """
        manifest, run = self._unpacked(file, replace)
        if not run():
            problem = self.host.runner.problem if self.host.runner is not None else ""
            raise fail("installPlugin", "app.plugin.restart.app_error", 500, problem, problem)
        return manifest

    def _unpacked(self, file: Content, replace: bool) -> tuple[dict[str, Any], Callable[[], bool]]:
        where, runner = "installPlugin", self.host.runner
        if not self.app.setting("PluginSettings", "EnableUploads"):
            text = "Uploads of plugins are switched off: PluginSettings.EnableUploads."
            raise fail(where, "app.plugin.upload_disabled.app_error", 501, text)
        with tempfile.NamedTemporaryFile(prefix="mmhooks-upload-", suffix=".tar.gz") as kept:
            kept.writelines(chunks(file))
            kept.flush()
            try:
                bundle = read_bundle(Path(kept.name))
                self._check_id(bundle.manifest.id, replace)
                if runner is None:
                    text = "Whoever runs this host runs its plugin in the same process; 'mmhooks dev' takes bundles."
                    raise fail(where, "mmhooks.devhost.no_uploads", 501, text)
                return dict(bundle.manifest.raw), runner.unpack(bundle)
            except (BundleError, ManifestError) as error:
                text = str(error).removeprefix(f"{kept.name}: ")
                raise fail(where, f"app.plugin.{_wrong(error)}.app_error", 400, text, text) from None

    def _check_id(self, id: str, replace: bool) -> None:
        if id != self.host.plugin_id:
            text = f"This host runs {self.host.plugin_id}; {id} needs a host of its own: mmhooks dev."
            raise fail("installPlugin", "mmhooks.devhost.another_plugin", 501, text)
        if not replace:
            text = "The plugin is installed already; set force to replace it."
            raise fail("installPlugin", "app.plugin.install_id.app_error", 400, text)

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


def _wrong(error: BundleError | ManifestError) -> str:
    if isinstance(error, BundleError):
        return "extract"
    return "invalid_id" if error.key == "id" else "manifest"
