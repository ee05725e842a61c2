"""What packages declare beside hookimpls, put together: commands, routes, jobs, settings.

`install` asks every package once and registers plain pluggy plugins that do the work, one per package and
kind: ``audit_log:routes`` answers the requests for what ``audit_log`` returned from `register_routes`. The
names show in logs, in figures and in explanations. A plugin that declares nothing gets none, so that the
server is not told of hooks that nobody implements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from mmhooks.errors import CompositionError
from mmhooks.runtime.extras import commands, jobs, routes, settings
from mmhooks.runtime.extras.gather import Declared, claim_once, gather
from mmhooks.runtime.manager import PluginManager
from mmhooks.specs.compose import CommandSpec, JobSpec, RouteSpec, SettingsSpec

__all__ = ["Declared", "Extras", "install", "settings_schema"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Extras:
    """What the packages of a plugin have declared, in calling order."""

    commands: tuple[Declared[CommandSpec], ...] = ()
    routes: tuple[Declared[RouteSpec], ...] = ()
    jobs: tuple[Declared[JobSpec], ...] = ()
    settings: tuple[Declared[SettingsSpec], ...] = ()


def install(pm: PluginManager, *, with_jobs: bool = True) -> Extras:
    """Put together what the packages declare; to be called once all are registered, before any hook.

    Args:
        pm: the manager.
        with_jobs: whether jobs run by themselves while the plugin is active.

    Raises:
        CompositionError: one message with every mistake and every conflict, naming the packages.
    """
    problems: list[str] = []
    extras = _gather(pm, problems)
    for one in extras.commands:
        problems += [f"{one.package}: /{one.spec.trigger}: {text}" for text in commands.mistakes(one.spec)]
    for job in extras.jobs:
        problems += [f"{job.package}: job {job.spec.name}: {text}" for text in jobs.mistakes(job.spec)]
    _raise(problems)
    _register_commands(pm, extras.commands)
    table = {routes.mount_of(one.spec): one for one in extras.routes}
    for package in _by_package(extras.routes):
        pm.register(routes.Routes(package, table), f"{package}:routes")
    if with_jobs and jobs.run_here():
        _register_jobs(pm, extras.jobs)
    return extras


def settings_schema(pm: PluginManager) -> list[dict[str, Any]]:
    """The settings of all packages, for ``settings_schema.settings`` in ``plugin.json``.

    Raises:
        CompositionError: two packages have a setting of one name, or a field no setting can hold.
    """
    problems: list[str] = []
    extras = _gather(pm, problems)
    _raise(problems)
    return [entry for one in extras.settings for entry in settings.settings_of(one.spec.cls)]


def _gather(pm: PluginManager, problems: list[str]) -> Extras:
    extras = Extras(
        commands=tuple(gather(pm, "register_commands", problems)),
        routes=tuple(gather(pm, "register_routes", problems)),
        jobs=tuple(gather(pm, "register_jobs", problems)),
        settings=tuple(gather(pm, "register_settings", problems)),
    )
    claim_once(extras.commands, lambda spec: spec.trigger, "the command /{}", problems)
    claim_once(extras.routes, lambda spec: routes.mount_of(spec) or "/", "the route {}", problems)
    claim_once(extras.jobs, lambda spec: spec.name, "a job named {}", problems)
    fields = []
    for one in extras.settings:
        try:
            names = [entry["key"] for entry in settings.settings_of(one.spec.cls)]
        except (TypeError, NameError) as error:
            problems.append(f"{one.package}: register_settings: {error}")
            continue
        fields += [Declared(one.package, key) for key in settings.keys(names)]
    claim_once(fields, str, "a setting named {}", problems)
    return extras


def _raise(problems: list[str]) -> None:
    if problems:
        raise CompositionError("the plugin cannot be put together:", sorted(problems))


def _register_commands(pm: PluginManager, declared: Iterable[Declared[CommandSpec]]) -> None:
    for package, specs in _by_package(declared).items():
        sync, other = _by_kind(specs, lambda spec: commands.is_async(spec.handler))
        if sync:
            pm.register(commands.SyncCommands(sync), f"{package}:commands")
        if other:
            pm.register(commands.AsyncCommands(other), f"{package}:{'async_' if sync else ''}commands")


def _register_jobs(pm: PluginManager, declared: Iterable[Declared[JobSpec]]) -> None:
    for package, specs in _by_package(declared).items():
        sync, other = _by_kind(specs, lambda spec: commands.is_async(spec.run))
        if sync:
            pm.register(jobs.SyncJobs(package, sync), f"{package}:jobs")
        if other:
            pm.register(jobs.AsyncJobs(package, other), f"{package}:{'async_' if sync else ''}jobs")


def _by_package(declared: Iterable[Declared[T]]) -> Mapping[str, list[T]]:
    packages: dict[str, list[T]] = defaultdict(list)
    for one in declared:
        packages[one.package].append(one.spec)
    return packages


def _by_kind(specs: Iterable[T], is_async: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    """(those for threads, those for the event loop)."""
    kinds: tuple[list[T], list[T]] = ([], [])
    for spec in specs:
        kinds[is_async(spec)].append(spec)
    return kinds
