"""``mmhooks deploy`` against a small HTTP server that answers like Mattermost's. The real one is in tests/e2e."""

import json
import socketserver
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mmhooks.bundle.archive import pack

ID = "com.example.tiny"
SECRET = "s3cr3t-t0k3n"


class Mattermost:
    """What the server was asked, and how it answers."""

    def __init__(self):
        self.asked = []
        self.bodies = []
        self.answers = {}
        self.statuses = [[{"plugin_id": ID, "state": 1}], [{"plugin_id": ID, "state": 2, "error": ""}]]

    def answer(self, request, headers, body):
        """(status, headers, document)."""
        self.asked.append((request, headers.get("Authorization")))
        self.bodies.append(body)
        if request in self.answers:
            return self.answers[request]
        if request == "POST /api/v4/users/login":
            return 200, {"Token": SECRET}, {"id": "me"}
        if request == "GET /api/v4/plugins/statuses":
            return 200, {}, self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if request == "GET /api/v4/plugins":
            return 200, {}, {"active": [{"id": ID}], "inactive": []}
        return 201, {}, {"id": ID}


def handler(mattermost):
    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, document = mattermost.answer(f"{self.command} {self.path}", self.headers, body)
            data = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = answer

        def address_string(self):
            return ""

        def log_message(self, *arguments):
            pass

    return Handler


class UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture
def mattermost():
    return Mattermost()


@pytest.fixture
def listen(mattermost):
    """Start the server; gives its address."""
    started = []

    def listen(socket=None):
        server = (
            UnixServer(str(socket), handler(mattermost))
            if socket
            else ThreadingHTTPServer(("127.0.0.1", 0), handler(mattermost))
        )
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        return str(socket) if socket else f"http://127.0.0.1:{server.server_address[1]}"

    yield listen
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / ID
    folder.mkdir()
    (folder / "plugin.json").write_text(json.dumps({"id": ID, "name": "Tiny", "version": "1.0.0"}))
    pack(folder, tmp_path / "tiny.tar.gz")
    return tmp_path / "tiny.tar.gz"


@pytest.fixture
def deploy(mmhooks, bundle, monkeypatch, tmp_path):
    """Run the command with these variables set, and no others of their kind."""

    def deploy(*options, path=bundle, **variables):
        known = {
            "socket": "MM_LOCALSOCKETPATH",
            "url": "MM_SERVICESETTINGS_SITEURL",
            "token": "MM_ADMIN_TOKEN",
            "username": "MM_ADMIN_USERNAME",
            "password": "MM_ADMIN_PASSWORD",
        }
        variables = {"socket": str(tmp_path / "no.sock"), **variables}
        for short, name in known.items():
            monkeypatch.setenv(name, variables[short]) if short in variables else monkeypatch.delenv(
                name, False
            )
        done = mmhooks("deploy", path, *options)
        assert SECRET not in done.output
        return done

    return deploy


def test_with_a_token(deploy, listen, mattermost, bundle):
    url = listen()
    done = deploy(url=f"{url}/", token=SECRET)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"Tiny 1.0.0 runs on {url}, after ")
    bearer = f"Bearer {SECRET}"
    assert mattermost.asked == [
        ("POST /api/v4/plugins", bearer),
        (f"POST /api/v4/plugins/{ID}/enable", bearer),
        ("GET /api/v4/plugins/statuses", bearer),
        ("GET /api/v4/plugins/statuses", bearer),
    ]
    upload = mattermost.bodies[0]
    assert b'name="force"\r\n\r\ntrue\r\n' in upload
    assert b'name="plugin"; filename="tiny.tar.gz"' in upload
    assert bundle.read_bytes() in upload


def test_with_name_and_password(deploy, listen, mattermost):
    done = deploy("--json", url=listen(), username="admin", password="hunter2")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["id"] == ID
    assert mattermost.asked[0][0] == "POST /api/v4/users/login"
    assert json.loads(mattermost.bodies[0]) == {"login_id": "admin", "password": "hunter2"}
    assert mattermost.asked[1] == ("POST /api/v4/plugins", f"Bearer {SECRET}")
    assert mattermost.asked[-1][0] == "POST /api/v4/users/logout"


def test_the_token_goes_before_the_password(deploy, listen, mattermost):
    deploy(url=listen(), token=SECRET, username="admin", password="hunter2")
    assert mattermost.asked[0] == ("POST /api/v4/plugins", f"Bearer {SECRET}")


def test_the_socket_goes_before_all(deploy, listen, mattermost, tmp_path):
    socket = listen(tmp_path / "mm.sock")
    done = deploy(socket=socket, url="http://127.0.0.1:1", token=SECRET)
    assert done.exit_code == 0, done.output
    assert f"runs on {socket}" in done.stdout
    assert mattermost.asked[-1][0] == "GET /api/v4/plugins"
    assert {bearer for _, bearer in mattermost.asked} == {None}


def refusal(id, message, status):
    return status, {}, {"id": id, "message": message, "status_code": status}


@pytest.mark.parametrize(
    ("request_line", "answer", "says"),
    [
        (
            "POST /api/v4/plugins",
            refusal(
                "app.plugin.upload_disabled.app_error",
                "Plugins and/or plugin uploads have been disabled.",
                501,
            ),
            "uploads have been disabled. Set PluginSettings.EnableUploads",
        ),
        (
            "POST /api/v4/plugins",
            refusal(
                "api.context.session_expired.app_error",
                "Invalid or expired session, please login again.",
                401,
            ),
            "please login again. Check MM_ADMIN_TOKEN",
        ),
        (
            "POST /api/v4/plugins",
            (413, {}, b"<html>nginx</html>"),
            "HTTP status 413 Request Entity Too Large Raise",
        ),
        (
            "POST /api/v4/plugins",
            (301, {"Location": "https://chat.example.com"}, b""),
            "leads to https://chat.example.com",
        ),
        (f"POST /api/v4/plugins/{ID}/enable", refusal("x", "No.", 403), "No."),
        (
            "GET /api/v4/plugins/statuses",
            (200, {}, [{"plugin_id": ID, "state": 3, "error": "unable to start plugin: no Python"}]),
            f"{ID} failed to start: unable to start plugin: no Python",
        ),
        (
            "GET /api/v4/plugins/statuses",
            (200, {}, [{"plugin_id": ID, "state": 4}]),
            "failed to stay running",
        ),
    ],
)
def test_refusals(deploy, listen, mattermost, request_line, answer, says):
    mattermost.answers[request_line] = answer
    url = listen()
    done = deploy(url=url, token=SECRET)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"mmhooks: {url}: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_new_version_that_does_not_start(deploy, listen, mattermost):
    mattermost.answers["POST /api/v4/plugins"] = refusal(
        "app.plugin.restart.app_error", "Unable to restart.", 500
    )
    mattermost.statuses = [[{"plugin_id": ID, "state": 3, "error": "no Python"}]]
    done = deploy(url=listen(), token=SECRET)
    assert done.exit_code == 2
    assert f"{ID} failed to start: no Python" in done.stderr


def test_one_that_never_runs(deploy, listen, mattermost):
    mattermost.statuses = [[{"plugin_id": ID, "state": 1}]]
    done = deploy("--wait", "0.05", url=listen(), token=SECRET)
    assert done.exit_code == 2
    assert "does not run yet after 0.05 s; the server log" in done.stderr


def test_a_wrong_password_is_one_sentence(deploy, listen, mattermost):
    mattermost.answers["POST /api/v4/users/login"] = refusal("x", "Enter a valid email or username.", 401)
    done = deploy(url=listen(), username="admin", password="hunter2")
    assert done.exit_code == 2
    assert "Enter a valid email or username. Check MM_ADMIN_TOKEN, or MM_ADMIN_USERNAME" in done.stderr
    assert "hunter2" not in done.output


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({}, "MM_SERVICESETTINGS_SITEURL is not set"),
        ({"url": "chat.example.com"}, "'chat.example.com' is no address; it begins with https://"),
        ({"url": "http://127.0.0.1:1"}, "Set MM_ADMIN_TOKEN, or MM_ADMIN_USERNAME and MM_ADMIN_PASSWORD"),
        ({"url": "http://127.0.0.1:1", "username": "admin"}, "Set MM_ADMIN_TOKEN"),
        ({"url": "http://me:pass@127.0.0.1:1", "token": SECRET}, "does the server run?"),
    ],
)
def test_what_is_missing(deploy, variables, says):
    done = deploy(**variables)
    assert done.exit_code == 2
    assert says in done.stderr
    assert "pass@" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_hostile_bundle_is_not_uploaded(deploy, listen, mattermost, tmp_path):
    (tmp_path / "text.tar.gz").write_text("hello")
    done = deploy(path=tmp_path / "text.tar.gz", url=listen(), token=SECRET)
    assert done.exit_code == 2
    assert "not a whole .tar.gz archive" in done.stderr
    assert mattermost.asked == []


@pytest.mark.slow
def test_without_httpx(bundle):
    script = "import sys; sys.modules['httpx'] = None\nfrom mmhooks.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "deploy", bundle], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "mmhooks: 'mmhooks deploy' needs httpx; install it: pip install 'mmhooks[deploy]'\n"
