"""What each package declares, and what two packages both claim."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import attrs

from mmhooks.runtime.manager import PluginManager
from mmhooks.runtime.plan import FAILURES, Call, Plan
from mmhooks.runtime.wrap import call_wrapped

T = TypeVar("T")


@attrs.frozen
class Declared(Generic[T]):
    """Something that a package has declared."""

    package: str
    spec: T


def gather(pm: PluginManager, hook_name: str, problems: list[str]) -> list[Declared[Any]]:
    """Call a ``register_*`` hook, remembering who declared what.

    Args:
        pm: the composed plugin.
        hook_name: one of the hooks of `mmhooks.specs.compose`.
        problems: a sentence is added for each hookimpl that fails: without its commands or routes a plugin
            must not start.

    Returns:
        The declarations in calling order; those that a wrapper has added are the wrapper's.
    """
    plan = pm.plan(hook_name)
    owners: dict[int, str] = {}

    def declarations() -> list[Any]:
        found: list[Any] = []
        for call in plan.calls:
            specs = _ask(pm, plan, call, problems)
            owners.update((id(spec), call.plugin_name) for spec in specs)
            found += specs
        return found

    wrapper_names = ", ".join(wrapper.plugin_name for wrapper in plan.wrappers)
    try:
        specs = call_wrapped(plan, plan.wrappers, {}, declarations) if plan.wrappers else declarations()
    except FAILURES as error:
        problems.append(f"{wrapper_names}: {hook_name}: the wrapper failed: {type(error).__name__}: {error}")
        return []
    return [Declared(owners.get(id(spec), wrapper_names), spec) for spec in specs]


def _ask(pm: PluginManager, plan: Plan, call: Call, problems: list[str]) -> list[Any]:
    try:
        result = call.invoke({})
        if call.is_async:
            # On a loop of its own: the one for hookimpls need not be running yet.
            result = pm.lanes.threads.submit(asyncio.run, result).result(call.timeout)
    except FAILURES as error:
        problems.append(f"{call.plugin_name}: {call.hook_name}: failed: {type(error).__name__}: {error}")
        return []
    if result is None:
        return []
    if not plan.accepted.takes(result):
        problems.append(str(plan.wrong_type(call, result)))
        return []
    return list(result)


def claim_once(
    declared: Iterable[Declared[T]], key: Callable[[T], str], what: str, problems: list[str]
) -> dict[str, Declared[T]]:
    """Index declarations by what they claim; the second claim to one thing is a problem.

    Args:
        declared: by all packages.
        key: what a declaration claims.
        what: the kind of thing, with ``{}`` for the claim, for the message.
        problems: gets a sentence per conflict, naming both packages.
    """
    claims: dict[str, Declared[T]] = {}
    for one in declared:
        name = key(one.spec)
        other = claims.setdefault(name, one)
        if other is not one:
            both = (
                f"{other.package} and {one.package} both have"
                if other.package != one.package
                else (f"{one.package} has twice")
            )
            problems.append(
                f"{both} {what.format(name)}; rename one, or leave one package out in plugin.json"
            )
    return claims
