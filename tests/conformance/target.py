"""Another server on this machine: what it is asked it keeps, and it answers what it is told."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import attrs

SECONDS = 20


@attrs.frozen
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict
    body: str

    @property
    def form(self):
        """The fields of its form, in the body or the address."""
        text = self.body if self.method == "POST" else urlsplit(self.path).query
        found = parse_qs(text, keep_blank_values=True)
        return {name: values if "_mentions" in name else values[0] for name, values in found.items()}

    @property
    def json(self):
        """The body."""
        return json.loads(self.body)


class Background:
    """A server that runs in a thread of its own while its block does."""

    def __enter__(self):
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self.shutdown()
        self._thread.join()
        self.server_close()


class Target(Background, ThreadingHTTPServer):
    """A server with one answer at a time; `answer` changes it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked = queue.Queue()
        self.answers = (200, "application/json", b"{}", {})

    def answer(self, body="", *, status=200, content_type="application/json", **headers):
        """Answer so from now on; what is no text or bytes is sent as JSON."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        content = content.encode() if isinstance(content, str) else content
        self.answers = (status, content_type, content, headers)

    def wait(self):
        """The next request."""
        return self.asked.get(timeout=SECONDS)


class _Handler(BaseHTTPRequestHandler):
    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.put(Asked(self.command, self.path, headers, body))
        status, content_type, content, more = self.server.answers
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": len(content), **more}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _answer

    def log_message(self, *arguments):
        pass
