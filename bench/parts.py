"""`python -m bench.parts`: what a hook call spends its time on inside the servant, in a loop and without a socket."""

from __future__ import annotations

import timeit
from collections.abc import Callable
from typing import Any

from bench.servers import package
from bench.values import CONTEXT, POST
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.bundle.manifest import Manifest
from mmhooks.runtime.compose import compose
from mmhooks.runtime.plugin import assemble

HOOK = "message_will_be_posted"


def main() -> None:
    """Prints microseconds, the best of seven repeats."""
    manifest = Manifest(id="bench.plugin", name="bench", version="1.0.0")
    packages = {f"package{number}": package(number, "sync") for number in range(3)}
    dispatcher = assemble(compose(manifest, entry_points=(), packages=packages), manifest).dispatcher
    entry, plan, parse = (
        dispatcher.entry(HOOK),
        dispatcher.pm.plan(HOOK),
        HOOKS[HOOK].codec.request_class.FromString,
    )
    data = HOOKS[HOOK].codec.encode_request(CONTEXT, POST).SerializeToString()
    request = parse(data)
    kwargs = entry.kwargs(request, plan)
    result = dispatcher.pm.call(HOOK, kwargs)
    response = entry.response(kwargs, result)
    parts: dict[str, Callable[[], Any]] = {
        "parse the request's bytes": lambda: parse(data),
        "message -> arguments": lambda: entry.kwargs(request, plan),
        "the manager, three hookimpls, one evolves": lambda: dispatcher.pm.call(HOOK, kwargs),
        "of that: evolve": lambda: POST.evolve(message="x"),
        "result -> message": lambda: entry.response(kwargs, result),
        "write the response's bytes": response.SerializeToString,
        "all of it": lambda: dispatcher.call(HOOK, parse(data)).SerializeToString(),
    }
    for name, part in parts.items():
        print(f"{min(timeit.repeat(part, number=5000, repeat=7)) / 5000 * 1e6:6.2f} us  {name}")


if __name__ == "__main__":
    main()
