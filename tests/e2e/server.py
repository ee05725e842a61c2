"""A Mattermost server with a PostgreSQL of its own: started in a new folder, and nothing of it is left."""

import contextlib
import io
import json
import os
import pwd
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

import httpx

from mmhooks.errors import app_error

PASSWORD = "Ordinary-1-password"
START_SECONDS = 90
STOP_SECONDS = 20


def postgres_programs():
    """The folder of initdb and postgres; None if PostgreSQL is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")  # Debian keeps it off the PATH
    places += [Path(found).resolve().parent] if found else []
    return next((place for place in reversed(places) if (place / "postgres").exists()), None)


def unprivileged():
    """Whom PostgreSQL runs as: it refuses root."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def until(condition, what, seconds=START_SECONDS, process=None):
    """Ask again and again until the answer is true; return it.

    Raises:
        AssertionError: it took too long, or the process has ended meanwhile.
    """
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert process is None or process.poll() is None, f"{what}: the process ended: {process.returncode}"
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.02)
    return answer


def end(process):
    """Ask a process of ours to end; kill it if it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def postgres(folder):
    """A PostgreSQL that listens on a socket in a folder and nowhere else; gives its address."""
    programs, user = postgres_programs(), unprivileged()
    folder.mkdir()
    if user:
        shutil.chown(folder, user)
    options = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    options |= {
        "cwd": folder,
        "stdin": subprocess.DEVNULL,
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"},
    }
    initdb = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--username=mattermost"]
    done = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *initdb], capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # Nobody needs this database after a crash.
    settings = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
    settings |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": 60}
    command = [programs / "postgres", "-D", folder / "data"]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, **options)
    try:
        ask = [programs / "pg_isready", "--quiet", "--host", folder, "--username=mattermost"]
        until(lambda: subprocess.run(ask).returncode == 0, "PostgreSQL", process=process)
        yield f"postgres://mattermost@/postgres?host={folder}&sslmode=disable&connect_timeout=10"
    finally:
        end(process)


class Client:
    """Somebody who talks to the server by REST, logged in or not."""

    def __init__(self, url):
        self.http = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self.id = self.name = self.token = ""

    def log_in(self, name):
        """Log in; everything afterwards is this user's."""
        answer = self.send("POST", "/users/login", json={"login_id": name, "password": PASSWORD})
        self.token = answer.headers["Token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.id, self.name = answer.json()["id"], name

    def send(self, method, path, **options):
        """Ask the REST API.

        Raises:
            AppError: the server refused; its own words.
        """
        answer = self.http.request(method, f"/api/v4{path}", **options)
        if answer.is_error:
            try:
                error = answer.json()
            except ValueError:
                error = {"message": answer.text}
            raise app_error(
                error.get("message", ""),
                id=error.get("id", ""),
                status_code=answer.status_code,
                detailed_error=error.get("detailed_error", ""),
            )
        return answer

    def get(self, path, **params):
        """What GET gives, from JSON."""
        return self.send("GET", path, params=params).json()

    def post(self, path, body=None):
        """What POST gives, from JSON."""
        return self.send("POST", path, json=body).json()

    def put(self, path, body):
        """What PUT gives, from JSON."""
        return self.send("PUT", path, json=body).json()

    def say(self, channel, message, **fields):
        """Post a message; gives the post as the server stored it."""
        return self.post("/posts", {"channel_id": channel["id"], "message": message, **fields})

    def run(self, command, channel):
        """Execute a slash command; gives the answer."""
        body = {"channel_id": channel["id"], "team_id": channel["team_id"], "command": command}
        return self.post("/commands/execute", body)


def changed(bundle, path, change, **more):
    """A bundle made of another one, which is quicker than to build it.

    Args:
        bundle: the other one.
        path: where to.
        change: called with the manifest, to change it.
        more: texts to put in as modules.
    """
    with tarfile.open(bundle) as old, tarfile.open(path, "w:gz", compresslevel=1) as new:
        for member in old:
            content = old.extractfile(member)
            top, _, name = member.name.partition("/")
            if name == "plugin.json":
                document = json.load(content)
                change(document)
                _add(new, member.name, json.dumps(document))
            else:
                new.addfile(member, content)
        for module, text in more.items():
            _add(new, f"{top}/python/site-packages/{module}.py", text)
    return path


def _add(archive, name, text):
    info = tarfile.TarInfo(name)
    data = text.encode()
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


class Server:
    """The running server, its first administrator, and a team."""

    def __init__(self, url, folder, process):
        self.url, self.folder, self.process = url, folder, process
        self.local_socket = folder / "local.sock"
        self.log_file = folder / "logs" / "mattermost.log"
        self.clients = []
        self.admin = self.team = None

    def client(self):
        """A client that is not logged in."""
        self.clients.append(Client(self.url))
        return self.clients[-1]

    def ping(self):
        """Whether the server answers."""
        try:
            return httpx.get(f"{self.url}/api/v4/system/ping", timeout=5, trust_env=False).is_success
        except httpx.TransportError:
            return False

    def set_up(self):
        """The first account becomes the administrator's; then the team."""
        self.account("admin", self.client())
        self.admin = self.client()
        self.admin.log_in("admin")
        team = {"name": "team", "display_name": "Team", "type": "O"}
        self.team = self.admin.post("/teams", team)

    def account(self, name, by):
        """Create an account."""
        return by.post("/users", {"username": name, "email": f"{name}@example.com", "password": PASSWORD})

    def user(self, name):
        """A new user in the team, logged in."""
        self.account(name, self.admin)
        client = self.client()
        client.log_in(name)
        member = {"team_id": self.team["id"], "user_id": client.id}
        self.admin.post(f"/teams/{self.team['id']}/members", member)
        return client

    def channel(self, name, *members):
        """A new channel with these users in it."""
        body = {"team_id": self.team["id"], "name": name, "display_name": name.title(), "type": "O"}
        channel = self.admin.post("/channels", body)
        for member in members:
            self.admin.post(f"/channels/{channel['id']}/members", {"user_id": member.id})
        return channel

    def status(self, plugin_id):
        """What has become of a plugin; None if there is none of this id."""
        found = self.admin.get("/plugins/statuses")
        return next((one for one in found if one["plugin_id"] == plugin_id), None)

    def servants(self, plugin_id):
        """The process ids of a plugin's Python side."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):  # it has just ended
                line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if "mmhooks.runtime" in line and str(self.folder / "plugins" / plugin_id) in line:
                    found.append(int(entry.parent.name))
        return found

    def bridges(self, plugin_id=""):
        """The process ids of the bridges that run from a plugin's folder, or from anyone's."""
        top, found = self.folder / "plugins" / plugin_id, []
        for link in Path("/proc").glob("[0-9]*/exe"):
            with contextlib.suppress(OSError):  # it has just ended, or is not ours to look at
                if top in link.readlink().parents:
                    found.append(int(link.parent.name))
        return found

    def log(self):
        """What the server has logged, as objects."""
        if not self.log_file.exists():
            return []
        lines = self.log_file.read_text(errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def log_tail(self, number=20):
        """The last warnings and errors of the log, for people."""
        lines = [entry for entry in self.log() if entry.get("level") not in ("debug", "info")]
        said = "\n".join(json.dumps(entry) for entry in lines[-number:])
        ended = "" if self.process.poll() is None else f"\nit has ended with {self.process.returncode}"
        output = self.folder / "output"
        printed = output.read_text(errors="replace")[:3000] if output.exists() else ""
        return f"{said}{ended}\n{printed}"

    def close(self):
        """Close every client's connections."""
        for client in self.clients:
            client.http.close()


def free_port():
    """A port of this machine that nobody listens on at the moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def settings(folder, database, port):
    """The server's configuration, as environment variables."""
    values = {
        "SqlSettings": {"DriverName": "postgres", "DataSource": database},
        "ServiceSettings": {
            "ListenAddress": f"127.0.0.1:{port}",
            "SiteURL": f"http://127.0.0.1:{port}",
            "EnableLocalMode": True,
            "EnableSecurityFixAlert": False,
            "LocalModeSocketLocation": folder / "local.sock",
        },
        "TeamSettings": {"EnableOpenServer": True, "MaxUsersPerTeam": 1000},
        "PluginSettings": {
            "EnableUploads": True,
            "Directory": folder / "plugins",
            "ClientDirectory": folder / "client-plugins",
            "AutomaticPrepackagedPlugins": False,
            "EnableMarketplace": False,
            "EnableRemoteMarketplace": False,
        },
        "FileSettings": {"Directory": folder / "data"},
        "LogSettings": {
            "EnableConsole": False,
            "EnableFile": True,
            "FileLevel": "DEBUG",
            "FileLocation": folder / "logs",
            "EnableDiagnostics": False,
            "EnableSentry": False,
        },
        "NotificationLogSettings": {"EnableFile": False, "EnableConsole": False},
        "EmailSettings": {"SendPushNotifications": False, "SendEmailNotifications": False},
        "AnnouncementSettings": {"AdminNoticesEnabled": False, "UserNoticesEnabled": False},
    }
    return {
        f"MM_{section.upper()}_{name.upper()}": str(value).lower() if isinstance(value, bool) else str(value)
        for section, names in values.items()
        for name, value in names.items()
    }


@contextlib.contextmanager
def running(program_folder, python, variables=None):
    """Start PostgreSQL and the server; stop both.

    Args:
        program_folder: what tests/server/build.py gives.
        python: the folder of the interpreter that plugins get, as the first on the server's PATH.
        variables: more of the server's environment.
    """
    # Not in pytest's folder: others cannot read it, and the path of a socket has to be short.
    with tempfile.TemporaryDirectory(prefix="mmhooks-e2e-", ignore_cleanup_errors=True) as name:
        top = Path(name)
        top.chmod(0o755)  # PostgreSQL is another user
        folder = top / "server"
        folder.mkdir(mode=0o700)
        for part in ("tmp", "plugins", "client-plugins", "data", "logs"):
            (folder / part).mkdir()
        with postgres(top / "postgres") as database:
            port = free_port()
            environment = {
                "PATH": os.pathsep.join((str(python), os.environ["PATH"])),
                "HOME": str(folder),
                "TMPDIR": str(folder / "tmp"),
                "LANG": "C.UTF-8",
                **settings(folder, database, port),
                **(variables or {}),
            }
            command = [program_folder / "mattermost", "server", "--config", folder / "config.json"]
            with (folder / "output").open("wb") as output:
                process = subprocess.Popen(
                    command,
                    cwd=program_folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            server = Server(f"http://127.0.0.1:{port}", folder, process)
            try:
                try:
                    until(server.ping, "the Mattermost server", process=process)
                except AssertionError as error:
                    raise AssertionError(f"{error}\n{server.log_tail()}") from None
                server.set_up()
                yield server
            finally:
                server.close()
                end(process)
