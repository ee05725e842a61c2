"""A report for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mmhooks.cli.excerpt import WIDTH, difference, excerpt, flat, short
from mmhooks.cli.report import ChangedPost, Executed, HookRow, Page, RejectedPost, Report, StoredValue

__all__ = ["show"]

_CHANGED: Final = 5
_REJECTED: Final = 5
_LISTED: Final = 12


def show(report: Report, console: Console) -> None:
    """Print a report."""
    plugin = report.plugin
    title = f"{plugin['name']} {plugin['version']}"
    console.print()
    console.rule(Text.assemble((title, "bold"), f"  on  {Path(report.export).name}"), characters="─")
    _summary(report, console)
    _hooks(report.hooks, console)
    _packages(report, console)
    _changed(report.changed, console)
    _rejected(report.rejected, console)
    _commands(report, console)
    _stored(report.kv, console)
    _pages(report, console)
    _log(report, console)
    _problems(report, console)


def _heading(console: Console, text: str, note: str = "") -> None:
    console.print()
    console.print(Text.assemble((text, "bold"), (f"  {note}" if note else "", "dim")))


def _indented(console: Console, content: Text | Table, by: int = 2) -> None:
    console.print(Padding(content, (0, 0, 0, by), expand=False))


def _table(*columns: str) -> Table:
    """A table whose columns are right-aligned where their titles end with ``>``."""
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim"
    )
    for title in columns:
        right = title.endswith(">")
        table.add_column(title.removesuffix(">"), justify="right" if right else "left", overflow="fold")
    return table


def _summary(report: Report, console: Console) -> None:
    posts = report.posts
    console.print()
    line = Text.assemble((f"{posts.seen:,}", "bold"), " posts seen")
    for count, word, style in (
        (posts.changed, "changed", "yellow"),
        (posts.rejected, "rejected", "red"),
        (posts.stored, "stored", "green"),
    ):
        line.append_text(Text.assemble(",  ", (f"{count:,}", f"bold {style}"), f" {word}"))
    _indented(console, line)
    in_channels = posts.stored - posts.replies - posts.direct
    of_these = _listing(
        (in_channels, "in channels"),
        (posts.direct, "direct"),
        (posts.replies, "replies"),
    )
    rest = _listing((posts.reactions, "reactions"), (posts.attachments, "files"), (posts.skipped, "skipped"))
    if of_these or rest:
        _indented(console, Text("; ".join(filter(None, (of_these, rest))), style="dim"))
    kinds = _listing(*((count, f"{kind.replace('_', ' ')}s") for kind, count in _structure(report)))
    if kinds:
        _indented(console, Text(f"loaded before: {kinds}", style="dim"))
    pace = f"{report.seconds:.1f} s, {report.posts_per_second:,.0f} posts a second"
    _indented(console, Text(pace, style="dim"))
    if report.ended == "limit":
        _indented(console, Text("stopped at the limit", style="yellow"))
    if report.error:
        _indented(console, Text(report.error, style="bold red"))


def _structure(report: Report) -> list[tuple[str, int]]:
    return [(kind, count) for kind, count in report.structure.items() if kind != "version"]


def _listing(*items: tuple[int, str]) -> str:
    return ", ".join(f"{count:,} {_singular(word) if count == 1 else word}" for count, word in items if count)


def _singular(word: str) -> str:
    return {"replies": "reply", "in channels": "in a channel"}.get(word, word.removesuffix("s"))


def _count(number: int, style: str) -> Text:
    return Text(f"{number:,}", style=style) if number else Text("·", style="dim")


def _hooks(rows: Sequence[HookRow], console: Console) -> None:
    if not rows:
        return
    _heading(console, "Hooks", "time from the call to the answer, as the server would see it")
    table = _table("hook", "calls>", "changed>", "rejected>", "errors>", "p50 ms>", "p99 ms>")
    for row in sorted(rows, key=lambda row: -row.calls):
        table.add_row(
            Text(row.hook, style="cyan"),
            f"{row.calls:,}",
            _count(row.changed, "yellow"),
            _count(row.rejected, "red"),
            _count(row.errors, "bold red"),
            f"{row.p50_ms:.2f}",
            f"{row.p99_ms:.2f}",
        )
    _indented(console, table)


def _packages(report: Report, console: Console) -> None:
    if not report.packages:
        return
    _heading(console, "Packages")
    table = _table("package and hook", "calls>", "changed>", "rejected>", "errors>")
    last = ""
    for row in report.packages:
        if row.package != last:
            table.add_row(Text(row.package, style="magenta"))
        table.add_row(
            Text(f"  {row.hook}", style="cyan"),
            f"{row.calls:,}",
            _count(row.changed, "yellow"),
            _count(row.rejected, "red"),
            _count(row.errors, "bold red"),
        )
        last = row.package
    _indented(console, table)


def _some(number: int, of: int) -> str:
    return f"{number} of {of:,}" if of > number else ""


def _changed(posts: Sequence[ChangedPost], console: Console) -> None:
    visible = [post for post in posts if post.before != post.after]
    if not visible:
        return
    chosen = _varied(visible, _CHANGED)
    _heading(console, "Changed posts", _some(len(chosen), len(posts)))
    for post in chosen:
        before, after = difference(post.before, post.after)
        _indented(console, Text(f"@{post.user} in {post.channel}", style="dim"))
        _indented(console, Text.assemble(("- ", "red"), before), 4)
        _indented(console, Text.assemble(("+ ", "green"), after), 4)


def _varied(posts: Sequence[ChangedPost], number: int) -> list[ChangedPost]:
    """Take some from all over, those first whose change looks unlike those taken before."""
    kinds: dict[str, list[ChangedPost]] = {}
    step = max(1, len(posts) // 400)
    for post in posts[::step]:
        kinds.setdefault(_kind(post), []).append(post)
    rounds = (group[depth] for depth in range(number) for group in kinds.values() if depth < len(group))
    return [post for post, _ in zip(rounds, range(number), strict=False)]


def _kind(post: ChangedPost) -> str:
    """What was put in, without the numbers in it."""
    old = set(post.before.split())
    return re.sub(r"\d+", "0", next((word for word in post.after.split() if word not in old), ""))[:24]


def _rejected(posts: Sequence[RejectedPost], console: Console) -> None:
    if not posts:
        return
    by_reason: dict[str, list[RejectedPost]] = {}
    for post in posts:
        by_reason.setdefault(post.reason, []).append(post)
    chosen = [group[0] for group in by_reason.values()]
    chosen = (chosen + [post for group in by_reason.values() for post in group[1:]])[:_REJECTED]
    _heading(console, "Rejected posts", _some(len(chosen), len(posts)))
    for post in chosen:
        reason = Text(short(post.reason) or "dismissed without a word", style="red")
        who = (f"  {post.package}", "magenta") if post.package else ""
        _indented(console, Text(f"@{post.user} in {post.channel}, line {post.line:,}", style="dim"))
        _indented(console, excerpt(post.message, post.reason), 4)
        _indented(console, Text.assemble("→ ", reason, who), 4)


def _commands(report: Report, console: Console) -> None:
    if not report.commands:
        return
    _heading(console, "Commands")
    for row in report.commands:
        usage = f"/{row.trigger} {row.hint}".rstrip()
        _indented(console, Text.assemble((usage, "cyan"), f"  {row.help}" if row.help else ""))
    if report.executed is not None:
        _executed(report.executed, console)


def _executed(executed: Executed, console: Console) -> None:
    console.print()
    _indented(console, Text.assemble(("> ", "dim"), (executed.command, "bold")))
    if executed.error:
        _indented(console, Text(flat(executed.error), style="red"), 4)
        return
    table = _markdown_table(executed.answer)
    if table is not None:
        _indented(console, table, 4)
        return
    for line in executed.answer.splitlines()[:_LISTED] or ["(no text)"]:
        _indented(console, Text(short(line)), 4)


def _markdown_table(text: str) -> Table | None:
    """The text as a table, if it is one in Markdown and nothing else."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 3 or not all(line.startswith("|") for line in lines):
        return None
    cells = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    if not all(re.fullmatch(r":?-+:?", cell) for cell in cells[1]):
        return None
    table = _table(*cells[0])
    for row in cells[2 : _LISTED + 2]:
        table.add_row(*(Text(short(cell)) for cell in row[: len(cells[0])]))
    return table


def _stored(values: Sequence[StoredValue], console: Console) -> None:
    if not values:
        return
    _heading(console, "Key-value store", f"{len(values)} keys, {sum(one.size for one in values):,} bytes")
    table = _table("key", "bytes>", "value")
    for one in values[:_LISTED]:
        value = Text("binary", style="dim") if one.value is None else Text(short(one.value, 60))
        table.add_row(Text(short(one.key, 60), style="cyan"), f"{one.size:,}", value)
    _indented(console, table)
    _and_more(console, len(values))


def _and_more(console: Console, number: int) -> None:
    if number > _LISTED:
        _indented(console, Text(f"and {number - _LISTED:,} more", style="dim"))


def _pages(report: Report, console: Console) -> None:
    if not report.pages:
        return
    _heading(console, "Pages")
    for page in report.pages:
        _indented(console, _page(page, report.plugin["id"]))


def _page(page: Page, plugin_id: str) -> Text:
    address = (f"/plugins/{plugin_id}{page.path}", "cyan")
    if page.error:
        return Text.assemble(address, "  ", (flat(page.error), "red"))
    parts = [page.content_type, f"{page.size:,} bytes", f"“{page.title}”" if page.title else ""]
    status = (str(page.status), "green" if page.status < 400 else "yellow")
    return Text.assemble(address, "  ", status, "  ", ", ".join(filter(None, parts)))


def _lines(console: Console, lines: Iterable[Text]) -> None:
    listed = list(lines)
    for line in listed[:_LISTED]:
        _indented(console, line)
    _and_more(console, len(listed))


def _log(report: Report, console: Console) -> None:
    if not report.log:
        return
    _heading(console, "Warnings and errors of the plugin and the host")
    styles = {"error": "red", "warn": "yellow"}
    _lines(
        console,
        (
            Text.assemble(
                (f"{one.level:5} ", styles.get(one.level, "")),
                (f"{one.source}: ", "dim"),
                short(one.message, 2 * WIDTH),
                (f"  ({one.count:,} times)" if one.count > 1 else "", "dim"),
            )
            for one in report.log
        ),
    )


def _problems(report: Report, console: Console) -> None:
    if not report.problems:
        return
    _heading(console, "Lines that could not be taken", f"{len(report.problems):,}")
    by_reason: dict[str, list[int]] = {}
    for one in report.problems:
        by_reason.setdefault(one.reason, []).append(one.line)
    _lines(
        console,
        (Text.assemble((f"{_numbers(lines)}: ", "red"), flat(reason)) for reason, lines in by_reason.items()),
    )


def _numbers(lines: Sequence[int]) -> str:
    """``line 3``, ``lines 3 and 4`` or ``lines 3, 4, 5 and 20 more``."""
    if len(lines) == 1:
        return f"line {lines[0]:,}"
    shown = [f"{line:,}" for line in lines[:3]]
    last = f"{len(lines) - 3:,} more" if len(lines) > 3 else shown.pop()
    return f"lines {', '.join(shown)} and {last}"
