"""The same cases on the embedded host and on a real server: what passes on both, the embedded host may claim.

pytest tests/conformance                  # the embedded host
pytest tests/conformance --host server    # a real server, through the bridge
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mmhooks.api.models import User
from mmhooks.devhost.coverage import coverage
from mmhooks.devhost.host import Host
from mmhooks.devhost.process import ServantProcess
from mmhooks.devhost.rest import rest_app
from mmhooks.devhost.web import WebServer
from tests.conformance.driver import ADDRESS
from tests.conformance.mailbox import Mailbox
from tests.conformance.target import Target
from tests.conformance.world import PASSWORD, PLUGIN, SETTINGS, Line, World, manifest
from tests.e2e.server import changed, running, until
from tests.server.build import server_folder

TOP = Path(__file__).parents[2]
HERE = Path(__file__).parent
LAST = "test_every_real_method_has_a_case"
COUNT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config, items):
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.server if config.option.host == "server" else pytest.mark.slow)
    last = [item for item in mine if item.name == LAST]
    items[:] = [item for item in items if item not in last] + last


@pytest.fixture(scope="session")
def world(request):
    """The host that --host names, with the driver active on it."""
    with tempfile.TemporaryDirectory(prefix="mmhooks-c-") as folder:
        address = Path(folder) / "s"
        line = Line(address)
        os.environ[ADDRESS] = str(address)
        start = _server if request.config.option.host == "server" else _devhost
        try:
            with (
                Mailbox() as mailbox,
                Target() as pushes,
                start(Path(folder), line, mailbox, pushes) as world,
            ):
                pushes.answer({"status": "OK"})
                world.mailbox, world.pushes = mailbox, pushes
                yield world
                world.close()
        finally:
            del os.environ[ADDRESS]
            line.close()


@contextlib.contextmanager
def _devhost(folder, line, mailbox, pushes):
    path = manifest(folder / "plugin")
    config = {
        "ServiceSettings": {"EnableEmailInvitations": True},
        "EmailSettings": {
            "SMTPServer": "127.0.0.1",
            "SMTPPort": str(mailbox.port),
            "PushNotificationServer": pushes.url,
        },
        "TeamSettings": {"MaxUsersPerTeam": 1000},
        "FeatureFlags": {"ConsumePostHook": True},
        "PluginSettings": {"EnableUploads": True, "EnableMarketplace": False},
    }
    with Host(plugin_id=PLUGIN, manifest=json.loads(path.read_text()), config=config) as host:
        host.api.create_user(User(username="admin", email="admin@example.com", password=PASSWORD))
        with _on_path(path.parent):
            servant = ServantProcess(path, host.api)
        try:
            host.attach(servant.hooks)
            servant.hooks.call("on_activate")
            line.accept()
            with WebServer(rest_app(host)) as web:
                yield World("devhost", web.url, line, "admin")
        finally:
            host.detach()
            servant.close()


@contextlib.contextmanager
def _on_path(folder):
    """The driver is no installed package."""
    old = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(folder), old]))
    try:
        yield
    finally:
        if old is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = old


@contextlib.contextmanager
def _server(folder, line, mailbox, pushes):
    python = Path(getattr(sys, "_base_executable", sys.executable)).parent
    bundle = _bundle(folder)
    variables = {ADDRESS: os.environ[ADDRESS], "MM_FEATUREFLAGS_CONSUMEPOSTHOOK": "true"}
    variables["MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS"] = "true"
    variables["MM_SERVICESETTINGS_ENABLEEMAILINVITATIONS"] = "true"
    variables["MM_EMAILSETTINGS_SENDEMAILNOTIFICATIONS"] = "true"
    variables["MM_EMAILSETTINGS_SENDPUSHNOTIFICATIONS"] = "true"
    variables["MM_EMAILSETTINGS_PUSHNOTIFICATIONSERVER"] = pushes.url
    variables["MM_EMAILSETTINGS_SMTPSERVER"] = "127.0.0.1"
    variables["MM_EMAILSETTINGS_SMTPPORT"] = str(mailbox.port)
    variables["MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS"] = "localhost 127.0.0.1"
    with running(server_folder(), python, variables) as server:
        with bundle.open("rb") as file:
            server.admin.send("POST", "/plugins", files={"plugin": file})
        server.admin.post(f"/plugins/{PLUGIN}/enable")
        until(lambda: server.status(PLUGIN)["state"] == 2, "the driver runs", 60)
        line.accept()
        yield World("server", server.url, line, "admin")


def _bundle(folder):
    example, bundle = folder / "moderation.tar.gz", folder / "conformance.tar.gz"
    build = "from mmhooks.cli.main import main; main()"
    command = [sys.executable, "-c", build, "build", TOP / "examples" / "moderation", "--output", example]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def change(document):
        document.update(id=PLUGIN, name="Conformance", version="1.0.0", settings_schema=SETTINGS)
        document["server"]["python"].update(entry_point="conformance_driver", packages=["conformance_driver"])

    return changed(example, bundle, change, conformance_driver=(HERE / "driver.py").read_text())


@pytest.fixture
def api(world):
    """The plugin's API client."""
    return world.api


@pytest.fixture
def hooks(world):
    """The hooks; none is answered at the beginning of a case, and none was fired."""
    world.hooks.forget()
    yield world.hooks
    world.hooks.forget()


@pytest.fixture(scope="session")
def team(world):
    """A team that every case may use."""
    return world.team()


@pytest.fixture
def channel(world, team):
    """A channel of this case's own."""
    return world.channel(team)


@pytest.fixture
def user(world, team):
    """A user of this case's own, in the team."""
    return world.user(team)


@pytest.fixture
def ann(world, team, channel):
    """Somebody who is logged in, in the team and the channel."""
    return world.person(team, channel)


@pytest.fixture
def bob(world, team, channel):
    """Somebody else, in the team and the channel; some modules have one who is in no channel."""
    return world.person(team, channel)


@pytest.fixture
def private(world, team):
    """A private channel of this case's own."""
    return world.channel(team, type="P")


@pytest.fixture
def target():
    """Another server, which integrations call."""
    with Target() as target:
        yield target


@pytest.fixture(autouse=True)
def few_people(request):
    """Accounts of earlier cases are switched off now and then."""
    yield
    if "world" in request.fixturenames:
        request.getfixturevalue("world").retire()


@pytest.fixture(scope="session")
def claimed():
    """The methods that the embedded host claims to have as a server has them."""
    return {one.method for one in coverage() if one.kind == "real"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if HERE in item.path.parents and report.when == "call" and report.passed:
        item.config.stash[COUNT] = item.config.stash.get(COUNT, 0) + 1
    return report


def pytest_terminal_summary(terminalreporter, config):
    if count := config.stash.get(COUNT, 0):
        terminalreporter.write_line(
            f"conformance: {count} cases pass on --host {config.option.host or 'devhost'}"
        )
