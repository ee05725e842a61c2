"""Write hooks.md from the hookspecs and host.md from the embedded host, or hold them against these::

python docs/reference/build.py [--check]
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from mmhooks.devhost.coverage import Coverage, coverage
from mmhooks.specs import HOOKSPEC_MODULES
from mmhooks.specs.semantics import Semantics, semantics_of

PAGE: Final = Path(__file__).with_name("hooks.md")
HOST_PAGE: Final = Path(__file__).with_name("host.md")

HOST_HEAD: Final = """\
<!-- Written by docs/reference/build.py from mmhooks/devhost; do not edit. -->

# The embedded host's API

What the embedded host does with each method of the plugin API. `mmhooks host coverage` prints the same.

- *real*: as a Mattermost server does, one without a licence where that matters. A case in `tests/conformance`
  tries it, on the host and on a server.
- *approximate*: differs in what the note says.
- *refused*: an `AppError` with status 501 that names the method and says why.

Errors have the server's ids and status codes; their texts are the host's own.
"""

HEAD: Final = """\
<!-- Written by docs/reference/build.py from mmhooks/specs; do not edit. -->

# Hooks

Every hook, by theme. A hookimpl has the hook's name, is marked with `@hookimpl`, and takes by name only the
arguments that it needs. It may be `def` or `async def`; `api` is then the `API` or the `AsyncAPI`. How results
combine is told in [semantics](../explanation/semantics.md).
"""

WIDTH: Final = 100

SECTION: Final = re.compile(r"(Fires|Combines|Args|Minimum server version|Rejecting):(.*)")
ARGUMENT: Final = re.compile(r"    (\w+): (.*)")


def page() -> str:
    """The whole page."""
    modules = [import_module(name) for name in HOOKSPEC_MODULES]
    parts = [HEAD, "\n".join(_contents(modules))]
    for module in modules:
        title, _, rest = inspect.cleandoc(module.__doc__ or "").partition("\n")
        parts.append("## " + _code(title).rstrip("."))
        if rest.strip():
            parts.append(_code(" ".join(rest.split())))
        parts += ["\n".join(_hook(function)) for function in hookspecs(module)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def hookspecs(module: ModuleType) -> list[Callable[..., object]]:
    """The hookspecs that a module declares, in the order of its text."""
    return [
        value
        for value in vars(module).values()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and semantics_of(value)
    ]


def _contents(modules: list[ModuleType]) -> Iterator[str]:
    yield "| hook | results |"
    yield "|---|---|"
    for module in modules:
        for function in hookspecs(module):
            yield f"| [`{function.__name__}`](#{function.__name__}) | {_semantics(function).name} |"


def _semantics(function: Callable[..., object]) -> Semantics:
    semantics = semantics_of(function)
    assert semantics is not None
    return semantics


def _hook(function: Callable[..., object]) -> Iterator[str]:
    yield f"### {function.__name__}\n"
    yield from ("```text", _signature(function), "```\n")
    is_list = False
    for kind, text in _paragraphs(inspect.cleandoc(function.__doc__ or "")):
        if is_list and kind != "argument":
            yield ""
        is_list = kind == "argument"
        yield f"- {text}" if is_list else f"{text}\n"


def _signature(function: Callable[..., object]) -> str:
    """As it stands in the source; one argument a line where it is long."""
    source = ast.parse(inspect.getsource(function)).body[0]
    assert isinstance(source, ast.FunctionDef)
    assert source.returns
    arguments, result = [ast.unparse(argument) for argument in source.args.args], ast.unparse(source.returns)
    whole = f"{source.name}({', '.join(arguments)}) -> {result}"
    if len(whole) <= WIDTH:
        return whole
    return f"{source.name}(\n" + "".join(f"    {argument},\n" for argument in arguments) + f") -> {result}"


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a docstring, each in one line; (``text`` or ``argument``, Markdown)."""
    kind, words = "text", ""
    for line in [*text.splitlines(), ""]:
        head, argument = SECTION.match(line), ARGUMENT.match(line)
        if not line.strip() or head or (argument and kind in ("arguments", "argument")):
            if words:
                yield ("argument" if kind == "argument" else "text"), _code(words)
            words = ""
        if head:
            kind = "arguments" if head[1] == "Args" else "text"
            words = "" if kind == "arguments" else f"**{head[1]}:** {head[2].strip()}".strip()
        elif argument and kind in ("arguments", "argument"):
            kind, words = "argument", f"`{argument[1]}`: {argument[2]}"
        elif line.strip():
            if kind == "argument" and not line.startswith("     "):
                kind = "text"
            words = f"{words} {line.strip()}".strip()


def _code(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one."""
    return text.replace("``", "`")


def host_page() -> str:
    """What the embedded host does with each API method, by group."""
    groups: dict[str, list[Coverage]] = {}
    for one in coverage():
        groups.setdefault(one.group, []).append(one)
    parts = [HOST_HEAD]
    for group, methods in groups.items():
        rows = [f"| `{one.method}` | {one.kind} | {one.note} |" for one in methods]
        parts.append(
            "\n".join(
                [f"## {group.replace('_', ' ')}\n", "| method | | differs in |", "|---|---|---|", *rows]
            )
        )
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def main(arguments: list[str]) -> int:
    wrong = False
    for path, text in ((PAGE, page()), (HOST_PAGE, host_page())):
        if "--check" not in arguments:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            print(f"{path.name} is not up to date; run: python docs/reference/build.py", file=sys.stderr)
            wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
