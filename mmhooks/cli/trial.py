"""A plugin in its own process, started, put through an export, looked at and ended."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from attrs import Factory, define, frozen

from mmhooks.api.models import Post
from mmhooks.bundle.manifest import Manifest
from mmhooks.cli import probe, report
from mmhooks.cli.logbook import LogBook
from mmhooks.cli.plugin import composed, own_code_found
from mmhooks.cli.watch import PluginEnded, WatchedPort
from mmhooks.devhost.host import Host
from mmhooks.devhost.importer import Importer, Progress, Summary
from mmhooks.devhost.process import ServantProcess
from mmhooks.devhost.store import MEMORY, Store
from mmhooks.errors import AppError, MmhooksError, TransportError

__all__ = ["Trial", "run"]

_DRAIN_SECONDS: Final = 60.0


@frozen(kw_only=True)
class Trial:
    """What is to be tried."""

    manifest: Manifest
    export: Path
    workspace: Path | None = None
    """An SQLite file; None for memory."""
    is_strict: bool = False
    limit: int | None = None
    """End after so many posts."""
    log_level: str = "info"
    """Of the plugin."""


@define
class _Findings:
    """What is known so far; it grows, so that an end in the middle leaves what came before."""

    ended: report.Ending = "finished"
    error: str = ""
    seconds: float = 0.0
    servant: dict[str, Any] = Factory(dict)
    commands: list[report.CommandRow] = Factory(list)
    executed: report.Executed | None = None
    pages: list[report.Page] = Factory(list)
    kv: list[report.StoredValue] = Factory(list)


class _Enough(Exception):
    """As many posts as were asked for."""


def run(trial: Trial, book: LogBook, progress: Progress) -> report.Report:
    """Replay an export through a plugin.

    Raises:
        MmhooksError: export, workspace or plugin cannot be used at all; the message says what to do.
    """
    if not trial.export.is_file():
        raise MmhooksError(f"{trial.export}: no such file; name a bulk export (.jsonl, .jsonl.gz or .zip)")
    folder = Path(trial.manifest.source).resolve().parent
    store = Store(trial.workspace or MEMORY, durable=False)
    host = Host(store, manifest=trial.manifest.raw, bundle_path=folder)
    host.logs.subscribe(book.add_host)
    with host, own_code_found(trial.manifest), _servant(trial, host, book) as (servant, death):
        servant.statistics()  # count from now on
        port = WatchedPort(servant.hooks, servant.statistics, death)
        host.declare(servant.settings())
        host.attach(port)
        findings = _Findings()
        replay = Importer(host, trial.export)
        try:
            _activate(port, host)
            _play(trial, replay, host, findings, progress, death)
            if not replay.summary.lines:
                raise MmhooksError(f"{trial.export}: there is not one line in this export; is it whole?")
            _look(trial, host, findings)
            _deactivate(port, host)
            findings.servant = servant.statistics()
        except (PluginEnded, TransportError) as error:
            _note_end(findings, servant, error)
        with suppress(AppError):
            findings.kv = probe.stored(host)
        return _report(trial, host, replay.summary, port, findings, book)


@contextmanager
def _servant(trial: Trial, host: Host, book: LogBook) -> Iterator[tuple[ServantProcess, threading.Event]]:
    death = threading.Event()
    servant = ServantProcess(
        Path(trial.manifest.source),
        host.api,
        on_log=book.add_servant,
        on_death=lambda code: death.set(),
        command=(sys.executable, "-m", "mmhooks.runtime", "--log-level", trial.log_level),
    )
    try:
        yield servant, death
    finally:
        host.detach()
        servant.close()


def _activate(port: WatchedPort, host: Host) -> None:
    """What a server does when a plugin is enabled."""
    implemented = port.implemented()
    if "on_configuration_change" in implemented:
        host.api.configuration_changed()
    if "on_activate" in implemented:
        try:
            port.call("on_activate")
        except AppError as error:
            raise MmhooksError(f"the plugin could not be activated: {error}") from error
        except PluginEnded as error:
            raise MmhooksError("the plugin's process ended while it was being activated") from error


def _play(
    trial: Trial,
    replay: Importer,
    host: Host,
    findings: _Findings,
    progress: Progress,
    death: threading.Event,
) -> None:
    def tell(stage: str, done: int, total: int) -> None:
        progress(stage, done, total)
        if death.is_set():
            raise PluginEnded
        if trial.limit is not None and _seen(replay.summary) >= trial.limit:
            raise _Enough

    begin = time.perf_counter()
    try:
        replay.run(tell, trial.is_strict)
        if replay.summary.stopped:
            findings.ended, findings.error = "strict", "stopped at the first error of the export"
    except _Enough:
        findings.ended = "limit"
    finally:
        if not death.is_set() and not host.drain(_DRAIN_SECONDS):
            host.log("warn", f"hooks were still under way after {_DRAIN_SECONDS:.0f} s")
        findings.seconds = time.perf_counter() - begin


def _look(trial: Trial, host: Host, findings: _Findings) -> None:
    findings.commands = probe.commands(host)
    findings.executed = probe.try_command(host)
    if host.firing.listens("serve_http"):
        findings.pages = probe.fetch(host, _paths(trial.manifest))


def _paths(manifest: Manifest) -> list[str]:
    """The paths of `register_routes`; without any, all that can be guessed is ``/``."""
    try:
        _, extras = composed(manifest)
    except MmhooksError:
        return ["/"]
    return [route.spec.path for route in extras.routes] or ["/"]


def _deactivate(port: WatchedPort, host: Host) -> None:
    host.drain(_DRAIN_SECONDS)
    if "on_deactivate" in port.implemented():
        try:
            port.call("on_deactivate")
        except AppError as error:
            host.log("error", "on_deactivate failed", error=str(error))


def _note_end(findings: _Findings, servant: ServantProcess, error: Exception) -> None:
    findings.ended = "plugin ended"
    if servant.alive:
        findings.error = str(error)
    else:
        findings.error = "the plugin's process ended in the middle; its last words are in the log below"


def _seen(summary: Summary) -> int:
    return summary.posts + summary.replies + summary.direct_posts + len(summary.rejected)


def _report(
    trial: Trial, host: Host, summary: Summary, port: WatchedPort, findings: _Findings, book: LogBook
) -> report.Report:
    manifest = trial.manifest
    seen = _seen(summary)
    name = _Names(host)
    return report.Report(
        plugin={"id": manifest.id, "name": manifest.name, "version": manifest.version},
        export=str(trial.export),
        ended=findings.ended,
        error=findings.error,
        seconds=round(findings.seconds, 3),
        posts_per_second=round(seen / findings.seconds, 1) if findings.seconds else 0.0,
        lines=summary.lines,
        structure=dict(summary.structure),
        ignored=dict(summary.ignored),
        posts=_posts(summary),
        hooks=port.rows(),
        packages=_packages(findings.servant),
        servant=findings.servant,
        changed=[name.changed(before.message, after) for before, after in summary.changed],
        rejected=[
            name.rejected(one.line, one.post, one.reason, port.rejected_by.get(one.reason, ""))
            for one in summary.rejected
        ],
        commands=findings.commands,
        executed=findings.executed,
        kv=findings.kv,
        pages=findings.pages,
        problems=[report.LineProblem(line=one.line, reason=one.reason) for one in summary.errors],
        log=book.lines(),
    )


def _posts(summary: Summary) -> report.Posts:
    return report.Posts(
        seen=_seen(summary),
        stored=_seen(summary) - len(summary.rejected),
        changed=len(summary.changed),
        rejected=len(summary.rejected),
        replies=summary.replies,
        direct=summary.direct_posts,
        reactions=summary.reactions,
        attachments=summary.attachments,
        skipped=summary.skipped,
    )


def _packages(servant: dict[str, Any]) -> list[report.PackageRow]:
    rows = [
        report.PackageRow(package=package, hook=hook, **counts)
        for hook, figures in servant.items()
        for package, counts in figures["packages"].items()
    ]
    return sorted(rows, key=lambda row: (row.package, row.hook))


class _Names:
    """Names instead of ids, each looked up once."""

    def __init__(self, host: Host) -> None:
        self._users = dict(host.store.rows("SELECT id, username FROM users"))
        self._channels = {
            id: f"~{name}" if team else "direct message"
            for id, name, team in host.store.rows("SELECT id, name, team_id FROM channels")
        }

    def changed(self, before: str, post: Post) -> report.ChangedPost:
        user, channel = self._who_and_where(post)
        return report.ChangedPost(user=user, channel=channel, before=before, after=post.message)

    def rejected(self, line: int, post: Post, reason: str, package: str) -> report.RejectedPost:
        user, channel = self._who_and_where(post)
        return report.RejectedPost(
            line=line, user=user, channel=channel, message=post.message, reason=reason, package=package
        )

    def _who_and_where(self, post: Post) -> tuple[str, str]:
        return self._users.get(post.user_id, post.user_id), self._channels.get(post.channel_id, "")
