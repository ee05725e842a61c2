"""One plugin out of many packages: find them, check them, put them in order.

Packages announce themselves in the entry-point group ``mmhooks``; the entry point's name is the package's
name in messages and in the manifest, its value a module or an object (a class is instantiated).

Order of calling, among hookimpls without ``tryfirst`` and ``trylast``: first the packages that the manifest
lists in ``order``, as listed; then all others by name.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import logging
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from typing import Any

import attrs
import pluggy
from pluggy import HookImpl

from mmhooks.bundle.deadline import BACKGROUND, DEFAULT
from mmhooks.bundle.manifest import Manifest, Packages
from mmhooks.errors import CompositionError
from mmhooks.runtime.manager import PluginManager, make_manager
from mmhooks.runtime.nearest import did_you_mean
from mmhooks.runtime.plan import compile_call, is_wrapper
from mmhooks.runtime.threads import WorkerThreads

GROUP = "mmhooks"
"""The entry-point group."""

logger = logging.getLogger("mmhooks.compose")

_Load = Callable[[], Any]


def compose(
    manifest: Manifest | None = None,
    hookspecs: Iterable[Any] | None = None,
    *,
    entry_points: Iterable[metadata.EntryPoint] | None = None,
    packages: Mapping[str, object] | None = None,
    threads: WorkerThreads | None = None,
    loop: asyncio.AbstractEventLoop | None = None,
) -> PluginManager:
    """Make a plugin manager with all packages registered.

    Args:
        manifest: which packages, in which order; None for all that are installed.
        hookspecs: modules or classes; None for all of `mmhooks.specs`.
        entry_points: where to look; None for what is installed, in the group ``mmhooks``.
        packages: more packages, by name: modules or objects that are there already.
        threads: for synchronous hookimpls called from an event loop.
        loop: for asynchronous hookimpls called from a thread.

    Raises:
        CompositionError: one message with every mistake of every package.
    """
    manager = make_manager(hookspecs, threads=threads, loop=loop)
    if entry_points is None:
        entry_points = metadata.entry_points(group=GROUP)
    problems: list[str] = []
    loaders = _loaders(manifest, entry_points, packages or {}, problems)
    chosen = _choose(loaders, manifest.python.packages if manifest else Packages(), problems)
    if manifest is not None:
        problems += _wrong_deadlines(manager, manifest)
    plugins = {name: _load(name, loaders[name], problems) for name in chosen}
    # pluggy calls the last registered first.
    for name, plugin in reversed(plugins.items()):
        if plugin is None:
            continue
        mistakes = check_plugin(manager, plugin, name)
        problems += mistakes
        if not mistakes:
            _register(manager, plugin, name, problems)
    if problems:
        source = f" ({manifest.source})" if manifest else ""
        raise CompositionError(f"the plugin cannot be put together{source}:", sorted(problems))
    return manager


def _loaders(
    manifest: Manifest | None,
    entry_points: Iterable[metadata.EntryPoint],
    packages: Mapping[str, object],
    problems: list[str],
) -> dict[str, _Load]:
    """How to get at each package, by name."""
    values: dict[str, str] = {}
    loaders: dict[str, _Load] = {}
    for point in entry_points:
        if values.setdefault(point.name, point.value) != point.value:
            problems.append(
                f"{point.name}: two installed packages have this name: {values[point.name]} and {point.value}"
            )
        loaders[point.name] = point.load
    own = manifest.python.entry_point if manifest else None
    if own is not None:
        loaders.setdefault(own.partition(":")[0], lambda: _resolve(own))
    for name, plugin in packages.items():
        loaders[name] = lambda plugin=plugin: plugin  # type: ignore[misc]
    return loaders


def _resolve(value: str) -> Any:
    module_name, _, attribute = value.partition(":")
    found: Any = importlib.import_module(module_name)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def _choose(loaders: Mapping[str, _Load], packages: Packages, problems: list[str]) -> list[str]:
    """The names to load, in order of calling."""
    for name in dict.fromkeys((*(packages.include or ()), *packages.order)):
        if name not in loaders:
            problems.append(f"{name}: no such package is installed{did_you_mean(name, loaders)}")
    wanted = set(loaders if packages.include is None else packages.include) - set(packages.exclude)
    first = [name for name in packages.order if name in wanted and name in loaders]
    return first + sorted(name for name in wanted if name in loaders and name not in first)


def _load(name: str, load: _Load, problems: list[str]) -> Any:
    try:
        plugin = load()
        return plugin() if inspect.isclass(plugin) else plugin
    except (Exception, SystemExit) as error:
        logger.debug("%s cannot be loaded", name, exc_info=error)
        problems.append(f"{name}: cannot be imported: {type(error).__name__}: {error}{_place(error)}")
        return None


def _place(error: BaseException) -> str:
    """Where in the package's own code it happened: file name and line."""
    traceback = error.__traceback__
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if "importlib" not in code.co_filename and code.co_filename != __file__:
            place = f" ({code.co_filename}, line {traceback.tb_lineno})"
        traceback = traceback.tb_next
    return place


def _register(manager: PluginManager, plugin: object, name: str, problems: list[str]) -> None:
    try:
        manager.register(plugin, name)
    except pluggy.PluginValidationError as error:
        problems.append(f"{name}: {' '.join(str(error).split())}")
    except ValueError:
        problems.append(f"{name}: the same object is registered under another name already")


def check_plugin(manager: PluginManager, plugin: object, name: str) -> list[str]:
    """Hold the hookimpls of a package against the hookspecs.

    Returns:
        A sentence per mistake, naming package, hook and the nearest right name.
    """
    problems = []
    count = 0
    for attribute in dir(plugin):
        options = manager.parse_hookimpl_opts(plugin, attribute)
        if options is None:
            _warn_if_unmarked(manager, plugin, name, attribute)
            continue
        count += 1
        hook_name = options.get("specname") or attribute
        caller = getattr(manager.hook, hook_name, None)
        if caller is None or caller.spec is None:
            if not options.get("optionalhook"):
                near = did_you_mean(hook_name, _spec_names(manager))
                problems.append(f"{name}: {hook_name}: there is no such hook{near}")
            continue
        right = (*caller.spec.argnames, *caller.spec.kwargnames)
        taken = pluggy.HookImpl(plugin, name, getattr(plugin, attribute), options).argnames
        for argument in taken:
            if argument not in right:
                near = did_you_mean(argument, right) or f"; it has {', '.join(right) or 'none'}"
                problems.append(f"{name}: {hook_name}: the hook has no argument {argument!r}{near}")
    if not count:
        problems.append(f"{name}: has no hookimpls; mark its functions with @hookimpl")
    return problems


def _spec_names(manager: PluginManager) -> list[str]:
    return [name for name, caller in vars(manager.hook).items() if caller.spec is not None]


def _warn_if_unmarked(manager: PluginManager, plugin: object, name: str, attribute: str) -> None:
    if attribute not in manager.hook_names():
        return
    value = inspect.getattr_static(plugin, attribute, None)
    home = plugin.__name__ if inspect.ismodule(plugin) else type(plugin).__module__
    if inspect.isfunction(value) and value.__module__ == home:
        logger.warning("%s: %s has the name of a hook but is not marked with @hookimpl", name, attribute)


def _wrong_deadlines(manager: PluginManager, manifest: Manifest) -> list[str]:
    right = [*manager.hook_names(), DEFAULT, BACKGROUND]
    return [
        f"server.python.deadlines: there is no hook {name!r}{did_you_mean(name, right)}"
        for name in manifest.python.deadlines
        if name not in right
    ]


@attrs.frozen(kw_only=True)
class Row:
    """One hookimpl in the explanation of a plugin."""

    hook: str
    semantics: str
    package: str
    order: int
    """1 is called first; wrappers come before the hookimpls they go round."""
    tryfirst: bool
    trylast: bool
    wrapper: bool
    on_error: str
    """``allow`` or ``reject``."""
    timeout: float | None
    """Seconds."""
    is_async: bool
    may_reject: bool
    """Whether it can stop what the hook is about."""


def explain(manager: PluginManager, hook: str | None = None) -> list[Row]:
    """Which packages implement which hooks, in order of calling.

    Args:
        manager: the composed plugin.
        hook: only this one; None for all that are implemented.

    Raises:
        CompositionError: there is no such hook.
    """
    rows = []
    for name in manager.hook_names() if hook is None else [hook]:
        plan = manager.plan(name)
        may_reject = plan.semantics.name in ("pipeline", "veto", "first") and plan.accepted.may_reject
        for order, impl in enumerate(reversed(plan.hookimpls), 1):
            rows.append(_row(name, plan.semantics.name, impl, order, may_reject))
    return rows


def _row(hook: str, semantics: str, impl: HookImpl, order: int, may_reject: bool) -> Row:
    call = compile_call(impl, hook)
    return Row(
        hook=hook,
        semantics=semantics,
        package=impl.plugin_name,
        order=order,
        tryfirst=impl.tryfirst,
        trylast=impl.trylast,
        wrapper=is_wrapper(impl),
        on_error="reject" if call.fail_closed else "allow",
        timeout=call.timeout,
        is_async=call.is_async,
        may_reject=may_reject,
    )
