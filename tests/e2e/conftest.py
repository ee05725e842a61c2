"""The real thing: a stock Mattermost server, built and started here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.server import Server, running
from tests.server.build import server_folder

TOP = Path(__file__).parents[2]
# Not this process's own environment: a bundle has to bring all that it needs.
PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).parent


FIGURES = pytest.StashKey[dict[str, list[dict[str, object]]]]()


def pytest_collection_modifyitems(config, items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.server)
            if config.option.host not in (None, "server"):
                item.add_marker(pytest.mark.skip("tests/e2e runs on a server alone: --host server"))


@pytest.fixture(scope="session")
def record_figures(request):
    """Keep a row of figures for the end of the run: the table's name, then column by column."""
    tables = request.config.stash.setdefault(FIGURES, {})

    def record(table, **row):
        tables.setdefault(table, []).append(row)

    return record


def pytest_terminal_summary(terminalreporter, config):
    for table, rows in config.stash.get(FIGURES, {}).items():
        lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        terminalreporter.section(table)
        for first, *others in lines:
            cells = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
            terminalreporter.line("  ".join([first.ljust(widths[0]), *cells]))


@pytest.fixture(scope="session")
def server() -> Server:
    """A running server with an administrator and a team; its like for all tests of a run."""
    with running(server_folder(), PYTHON) as server:
        yield server


@pytest.fixture(scope="session")
def mmhooks():
    """Run a command as a user does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MM_")}

    def run(*arguments, **environment):
        command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()", *map(str, arguments)]
        return subprocess.run(
            command, env={**kept, **environment}, capture_output=True, text=True, check=False, timeout=300
        )

    return run


@pytest.fixture
def deploy(server, mmhooks):
    """Run ``mmhooks deploy`` with the administrator's token."""

    def deploy(bundle):
        known = {"MM_SERVICESETTINGS_SITEURL": server.url, "MM_ADMIN_TOKEN": server.admin.token}
        return mmhooks("deploy", bundle, MM_LOCALSOCKETPATH="/nobody/is/here", **known)

    return deploy


@pytest.fixture(scope="session")
def bundle(mmhooks, tmp_path_factory):
    """The bundle of the moderation example."""
    path = tmp_path_factory.mktemp("bundle") / "moderation.tar.gz"
    done = mmhooks("build", TOP / "examples" / "moderation", "--output", path, "--json")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def people(server):
    """Two users."""
    return server.user("ann"), server.user("bob")


@pytest.fixture
def ann(people):
    return people[0]


@pytest.fixture
def bob(people):
    return people[1]


@pytest.fixture
def channel(server, people, request):
    """A channel with the two in it."""
    return server.channel(request.node.name.replace("_", "-")[:60], *people)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Show what the server logged when a test fails."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        report.sections.append(("Mattermost's log", server.log_tail()))
    return report
