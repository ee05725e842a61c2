"""What a killed server leaves behind: nothing that runs."""

from tests.e2e.conftest import PYTHON
from tests.e2e.server import running, until
from tests.server.build import server_folder

ID = "com.example.moderation"
SECONDS = 10
"""The aim is 2; a busy machine may need longer to notice."""


def test_a_killed_server_leaves_no_process(mmhooks, bundle):
    with running(server_folder(), PYTHON) as server:
        known = {"MM_SERVICESETTINGS_SITEURL": server.url, "MM_ADMIN_TOKEN": server.admin.token}
        done = mmhooks("deploy", bundle, MM_LOCALSOCKETPATH="/nobody/is/here", **known)
        assert done.returncode == 0, done.stderr
        assert server.servants(ID)
        assert server.bridges()
        server.process.kill()
        server.process.wait()
        until(
            lambda: not server.servants(ID) and not server.bridges(), "the end of bridge and Python", SECONDS
        )
        assert not list((server.folder / "tmp").glob("mmhooks-bridge-*"))
